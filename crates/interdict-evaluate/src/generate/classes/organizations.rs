//! What clerks do to company names: legal forms added, dropped, written otherwise, generic words shortened.

use super::Draft;
use crate::generate::name::{Severity, cased_like, n_letters, words};
use crate::generate::tables::{ABBREVIATIONS, LEGAL_FORMS};
use interdict_core::random::Random;

/// The legal form. Light: written in another way, or added where there is none; medium: dropped, or a longer one added;
/// heavy: that of another kind or country.
pub(super) fn legal_form(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let words = words(&draft.name);
    let Some((at, form)) = form_of(&words) else {
        let name = &draft.name;
        return Some(match severity {
            Severity::Light => format!("{name} {}", random.pick(&["Ltd", "LLC", "Inc.", "Co."])?),
            Severity::Medium => format!("{name} {}", random.pick(&["Co., Ltd.", "Company Limited", "GmbH"])?),
            Severity::Heavy => format!("{} {name}", random.pick(&["OOO", "PT", "JSC", "OJSC"])?),
        });
    };
    let n_form = form.split(' ').count();
    let with = match severity {
        Severity::Medium if words.len() > n_form => String::new(),
        Severity::Medium => return None,
        Severity::Light | Severity::Heavy => {
            let fitting =
                |own: &str, pair_form: &str, from: Severity| own == bare(pair_form) && from == severity;
            let mut others: Vec<&str> = Vec::new();
            for pair in LEGAL_FORMS.iter() {
                if fitting(&form, pair.a, pair.from) {
                    others.push(pair.b);
                } else if fitting(&form, pair.b, pair.from) && severity == Severity::Light {
                    others.push(pair.a);
                }
            }
            // Short forms are often written in capitals.
            let other = *random.pick(&others)?;
            if n_letters(other) <= 4 { other.to_uppercase() } else { titled(other) }
        }
    };
    let mut changed: Vec<&str> = words[..at].to_vec();
    changed.push(&with);
    changed.extend(&words[at + n_form..]);
    changed.retain(|word| !word.is_empty());
    Some(changed.join(" ").trim_end_matches([',', ' ']).to_owned())
}

/// A form without dots and commas.
fn bare(form: &str) -> String {
    form.to_lowercase().chars().filter(|char| !matches!(char, '.' | ',')).collect()
}

fn titled(form: &str) -> String {
    form.split(' ').map(|word| cased_like("Ab", word)).collect::<Vec<_>>().join(" ")
}

/// Where a name has a legal form of the table, and which, without dots. The longest, and of these the last.
fn form_of(words: &[&str]) -> Option<(usize, String)> {
    for n_words in (1..=4.min(words.len())).rev() {
        for at in (0..=words.len() - n_words).rev() {
            let text = bare(&words[at..at + n_words].join(" "));
            let is_form = |form: &str| bare(form) == text;
            if LEGAL_FORMS.iter().any(|pair| is_form(pair.a) || is_form(pair.b)) {
                return Some((at, text));
            }
        }
    }
    None
}

/// Generic words shortened: one (light), all (medium), all and one more word cut to its first letters (heavy).
pub(super) fn abbreviation(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let mut words: Vec<String> = words(&draft.name).into_iter().map(str::to_owned).collect();
    let short_for = |word: &str| -> Vec<&str> {
        let word = bare(word);
        ABBREVIATIONS.iter().filter(|pair| pair.a == word).map(|pair| pair.b).collect()
    };
    let mut generic: Vec<usize> =
        (0..words.len()).filter(|&idx| !short_for(&words[idx]).is_empty()).collect();
    random.shuffle(&mut generic);
    if severity == Severity::Light {
        generic.truncate(1);
    }
    if generic.is_empty() || (severity == Severity::Medium && generic.len() < 2) {
        return None;
    }
    if severity == Severity::Heavy {
        let is_long = |idx: &usize| !generic.contains(idx) && n_letters(&words[*idx]) >= 8;
        let long: Vec<usize> = (0..words.len()).filter(is_long).collect();
        let at = *random.pick(&long)?;
        words[at] = words[at].chars().take(5).chain(['.']).collect();
    }
    for idx in generic {
        let short = *random.pick(&short_for(&words[idx]))?;
        let dot = if random.one_in(2) { "." } else { "" };
        words[idx] = format!("{}{dot}", cased_like(&words[idx], short));
    }
    Some(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::super::trial::tried;
    use super::*;
    use crate::generate::name::Kind;

    fn made(class: &str, listed: &str, severity: Severity) -> Vec<String> {
        let mut names = tried(class, listed, Kind::Organization, &[], severity);
        names.sort();
        names.dedup();
        names
    }

    #[test]
    fn legal_forms() {
        let name = "Volga Shipyard OOO";
        assert_eq!(made("legal_form", name, Severity::Medium), ["Volga Shipyard"]);
        assert!(made("legal_form", name, Severity::Light).contains(&"Volga Shipyard O.O.O.".to_owned()));
        assert_eq!(made("legal_form", name, Severity::Heavy), ["Volga Shipyard LLC"]);
        assert_eq!(
            made("legal_form", "Anglo-Caribbean Co., Ltd.", Severity::Medium),
            ["Anglo-Caribbean Co."]
        );
        assert!(
            made("legal_form", "Volga Shipyard", Severity::Light).contains(&"Volga Shipyard LLC".to_owned())
        );
    }

    #[test]
    fn abbreviations() {
        let name = "Daesong General Trading Corporation";
        assert!(
            made("abbreviation", name, Severity::Light)
                .contains(&"Daesong General Trdg Corporation".to_owned())
        );
        assert!(made("abbreviation", name, Severity::Medium).contains(&"Daesong Gen Trdg Corp".to_owned()));
        assert_eq!(made("abbreviation", "Daesong", Severity::Light), [""; 0]);
    }
}
