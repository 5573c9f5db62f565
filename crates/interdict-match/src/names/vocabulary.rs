//! Words that carry little of a name's identity, and spellings of one word. The tables are in `words/`.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::parts::PartKind;

const WORDS: &str = include_str!("../../words/words.tsv");
const ABBREVIATIONS: &str = include_str!("../../words/abbreviations.tsv");

/// The tables as they stand. Other tables take names apart in another way, so an index names them in its digest.
pub(crate) const TABLES: [&str; 2] = [WORDS, ABBREVIATIONS];

/// The form in which a word of an organization's name is compared: `company` becomes `co`.
pub(super) fn canonical(word: &str) -> &str {
    static FORMS: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        rows(ABBREVIATIONS).flat_map(|(form, words)| words.map(move |word| (word, form))).collect()
    });
    forms.get(word).copied().unwrap_or(word)
}

/// The kinds that a word can be of. A word can be of several: which one counts depends on the bearer.
pub(super) fn kinds(word: &str) -> &'static [PartKind] {
    static KINDS: OnceLock<HashMap<&str, Vec<PartKind>>> = OnceLock::new();
    let kinds = KINDS.get_or_init(|| {
        let mut kinds: HashMap<&str, Vec<PartKind>> = HashMap::new();
        for (name, words) in rows(WORDS) {
            let Some(kind) = PartKind::from_name(name) else { continue };
            for word in words {
                for form in [word, canonical(word)] {
                    let kinds = kinds.entry(form).or_default();
                    if !kinds.contains(&kind) {
                        kinds.push(kind);
                    }
                }
            }
        }
        kinds
    });
    kinds.get(word).map_or(&[], Vec::as_slice)
}

/// The rows of a table: the first field and the others.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, std::str::Split<'static, char>)> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut fields = line.split('\t');
        (fields.next().unwrap_or_default(), fields)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_known_kind() {
        for (kind, words) in rows(WORDS) {
            assert!(PartKind::from_name(kind).is_some(), "{kind}");
            assert!(words.count() > 0, "{kind}");
        }
    }

    #[test]
    fn a_form_is_not_turned_into_another() {
        for (form, words) in rows(ABBREVIATIONS) {
            assert_eq!(canonical(form), form);
            for word in words {
                assert_eq!(canonical(word), form, "{word} has two forms");
            }
        }
    }
}
