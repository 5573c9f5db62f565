//! What is left of the remarks when no rule knows a clause: the office of a person, a form of address, a web site without
//! a label. Everything else is a note.

use super::draft::Draft;
use crate::reading::Log;

/// The kind of a clause that was taken; `None` when it is to be kept as a note.
pub(super) fn take(draft: &mut Draft, clause: &str, log: &mut Log) -> Option<&'static str> {
    if let Some((property, value)) = contact(clause) {
        return draft.put(property, value, log).then_some("contact");
    }
    if !draft.party.schema.is_a("Person") {
        return None;
    }
    if is_form_of_address(clause) {
        return draft.put("title", clause, log).then_some("title");
    }
    (is_office(clause) && draft.put("position", clause, log)).then_some("position")
}

/// A web site or an e-mail address without a label, perhaps with the label behind it in parentheses.
fn contact(clause: &str) -> Option<(&'static str, &str)> {
    let clause = clause.trim_end_matches('.');
    let value =
        ["(website)", "(email)"].iter().find_map(|label| clause.strip_suffix(label)).unwrap_or(clause).trim();
    let is_site = ["www.", "http://", "https://"].iter().any(|start| value.starts_with(start));
    let is_email = value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    match value.contains(char::is_whitespace) {
        false if is_site => Some(("website", value)),
        false if is_email => Some(("email", value)),
        _ => None,
    }
}

/// Whether a text is nothing but forms of address: `Dr`, `Mufti or Maulana`.
pub(super) fn is_form_of_address(clause: &str) -> bool {
    const TITLES: &str = "haji hajji doctor dr professor maulana maulavi maulawi mulawi mullah mufti shaykh sheikh ustad qari \
    hojjatoleslam ayatollah engineer";
    let clause = clause.trim_end_matches('.').to_lowercase();
    clause.split(" or ").all(|word| is_one_of(word, TITLES))
}

/// Words of which one makes a clause the office, rank or role of a person.
const OFFICES: &str = "adjutant adviser advisor admiral aide ambassador attorney brigadier brig businessman businesswoman \
    captain ceo cfo chair chairman chairperson chairwoman chief co-chairman co-founder co-owner col \
    colonel commandant commander commissioner congressman constituent consul coordinator counsellor \
    counselor dean deputy diplomat director employee envoy executive figure founder gen general governor \
    head inspector judge leader lieutenant lt magistrate major manager marshal mayor member minister mp \
    ombudsman officer official owner partner president principal professor prosecutor rector \
    representative secretary senator shareholder speaker spokesman spokesperson superintendent treasurer \
    vice-chairman vice-chairperson vice-president warden";

/// Words in front that make the clause about something else: the office of a relative, what happened, where someone is.
const NOT_AN_OFFICE: &str = "wife son daughter brother sister sister-in-law brother-in-law daughter-in-law son-in-law half-brother \
    nephew niece cousin child spouse husband father mother named arrested currently wanted associated \
    believed";

fn is_one_of(word: &str, words: &str) -> bool {
    words.split(' ').any(|other| other == word)
}

fn is_office(clause: &str) -> bool {
    let words = || {
        clause
            .split(|char: char| !(char.is_alphanumeric() || char == '-'))
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
    };
    if words().next().is_none_or(|first| is_one_of(&first, NOT_AN_OFFICE)) {
        return false;
    }
    words().any(|word| {
        let word = word.strip_prefix("ex-").unwrap_or(&word);
        is_one_of(word, OFFICES) || word.split('-').next().is_some_and(|part| is_one_of(part, OFFICES))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_and_what_is_none() {
        for office in [
            "Member of the Upper House of Parliament",
            "Korea Ryonbong General Corporation Official",
            "ex-FRY President",
            "KOMID Representative in Iran",
            "Prosecutor-General of Tehran",
            "Lt. General",
            "MP for Makonde",
            "former president of the Republika Srpska",
            "Deputy Police Commissioner",
        ] {
            assert!(is_office(office), "{office}");
        }
        for other in [
            "ICTY indictee",
            "wife of the President",
            "arrested 23 Apr 2002",
            "Kurdish",
            "",
            "...",
            "daughter-in-law of the Minister of Oil",
            "currently incarcerated in the U.S.",
        ] {
            assert!(!is_office(other), "{other}");
        }
        assert!(is_form_of_address("Mufti or Maulana") && !is_form_of_address("Major"));
    }
}
