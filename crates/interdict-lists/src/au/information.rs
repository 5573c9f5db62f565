//! What does the free text say behind its labels? `Title: Mullah. Passport no.: A1. Website: www.example.org`.
//!
//! A label's value ends where a sentence or a line ends, or at the next label. The whole text stays in the notes, so nothing
//! depends on a label being understood.

use interdict_core::entity::Entity;
use interdict_core::identifier::IdentifierKind;

use crate::numbered::items;
use crate::parts::Parts;
use crate::reading::Log;
use crate::{text, uk};

/// What a label is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Property(&'static str),
    Gender,
    Paper(&'static str),
    Identifier(IdentifierKind),
    Site,
}

/// The labels, longer ones before those that they contain. A colon or a number word follows.
const LABELS: &[(&str, What)] = &[
    ("National identification no", What::Paper("Identification")),
    ("National identification number", What::Paper("Identification")),
    ("Passport number", What::Paper("Passport")),
    ("Passport no", What::Paper("Passport")),
    ("Passport", What::Paper("Passport")),
    ("Title", What::Property("title")),
    ("Designation", What::Property("position")),
    ("Gender", What::Gender),
    ("Website", What::Site),
    ("SWIFT", What::Identifier(IdentifierKind::Bic)),
    ("IMO Number", What::Identifier(IdentifierKind::Imo)),
    ("(IMO) Number", What::Identifier(IdentifierKind::Imo)),
    ("IMO", What::Identifier(IdentifierKind::Imo)),
    ("Company identification number", What::Identifier(IdentifierKind::Registration)),
    ("Company identification no", What::Identifier(IdentifierKind::Registration)),
];

/// Adds what a text labels.
pub(super) fn put(log: &mut Log, party: &mut Entity, parts: &mut Parts, text: &str) {
    if ["http://", "https://", "www."].iter().any(|start| text.starts_with(start)) {
        put_site(log, party, text);
    }
    let is_person = party.schema.is_a("Person");
    for (what, value) in labelled(text) {
        match what {
            What::Property(property) if is_person => {
                items(value).iter().for_each(|item| log.put(party, property, text::fold(item)));
            }
            What::Gender if is_person => {
                let word =
                    value.split(|char: char| !char.is_alphabetic()).next().unwrap_or_default().to_lowercase();
                if matches!(word.as_str(), "male" | "female") {
                    log.put(party, "gender", word);
                }
            }
            What::Paper(schema) if is_person && value.contains(|char: char| char.is_ascii_digit()) => {
                let papers = (String::new(), value.to_owned());
                uk::put_papers(log, party, parts, &papers, schema);
            }
            What::Identifier(kind) if !is_person => put_identifier(log, party, kind, value),
            What::Site => put_site(log, party, value),
            _ => {}
        }
    }
}

fn put_site(log: &mut Log, party: &mut Entity, value: &str) {
    let site = value.split_whitespace().next().unwrap_or_default().trim_end_matches(['.', ',', ';']);
    if site.contains('.') {
        log.put(party, "website", site);
    }
}

/// The first word with the form of such a number.
fn put_identifier(log: &mut Log, party: &mut Entity, kind: IdentifierKind, value: &str) {
    let words = value.split(|char: char| char.is_whitespace() || matches!(char, ',' | ';' | ':'));
    let mut words = words.map(|word| word.trim_end_matches(['.', ')'])).filter(|word| !word.is_empty());
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let fits = |word: &&str| match kind {
        IdentifierKind::Imo => word.len() == 7 && is_number(word),
        IdentifierKind::Bic => {
            matches!(word.len(), 8 | 11)
                && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        }
        _ => word.len() > 4 && is_number(word),
    };
    if let Some(number) = words.next().filter(fits) {
        log.put_identifier(party, kind, number);
    }
}

/// The labels of a text with what they say.
fn labelled(text: &str) -> Vec<(What, &str)> {
    let mut found: Vec<(usize, usize, What)> = Vec::new();
    for (at, _) in text.char_indices() {
        let is_start = text.get(..at).is_some_and(|head| !head.ends_with(char::is_alphanumeric));
        let is_taken = found.last().is_some_and(|(_, end, _)| at < *end);
        if !is_start || is_taken {
            continue;
        }
        let label = LABELS.iter().find_map(|(label, what)| Some((value_start(text, at, label)?, *what)));
        found.extend(label.map(|(start, what)| (at, start, what)));
    }
    let mut values = Vec::new();
    for (idx, (_, start, what)) in found.iter().enumerate() {
        let end = found.get(idx + 1).map_or(text.len(), |(next, ..)| *next);
        let value = text.get(*start..end).unwrap_or_default();
        let value = value.split(['\n', '\r']).find(|line| !line.trim().is_empty()).unwrap_or_default();
        let value = sentence(value).trim().trim_end_matches('.');
        if !value.is_empty() {
            values.push((*what, value));
        }
    }
    values
}

/// The text up to the end of its first sentence. A full stop before a number is that of a month: `issued on 19 Jun. 1987`.
fn sentence(text: &str) -> &str {
    let is_end = |at: &usize| !text.get(at + 2..).is_some_and(|rest| rest.trim_start().starts_with(is_digit));
    let end = text.match_indices(". ").map(|(at, _)| at).find(is_end);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

fn is_digit(char: char) -> bool {
    char.is_ascii_digit()
}

/// Where the value of a label begins, when the label stands at a place and is one: a colon follows, or `no.`, or it is
/// the name of a register.
fn value_start(text: &str, at: usize, label: &str) -> Option<usize> {
    let head = text.get(at..at + label.len())?;
    if !head.eq_ignore_ascii_case(label) {
        return None;
    }
    let rest = text.get(at + label.len()..)?;
    let behind = rest.strip_prefix('.').unwrap_or(rest).trim_start_matches(' ');
    let is_register = matches!(label, "IMO" | "IMO Number" | "(IMO) Number" | "SWIFT")
        || label.ends_with("no")
        || label.ends_with("number");
    let value = match behind.strip_prefix(':') {
        Some(value) => value,
        None if is_register && !rest.starts_with(char::is_alphanumeric) => behind,
        None => return None,
    };
    let value = value.trim_start_matches([':', ' ', '.']);
    Some(text.len() - value.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_their_values() {
        let values = |text| labelled(text).into_iter().map(|(_, value)| value).collect::<Vec<_>>();
        for (text, expected) in [
            (
                "Title: a) Mullah b) Haji. Designation: Governor. A friend.",
                &["a) Mullah b) Haji", "Governor"][..],
            ),
            ("Passport no: a) 381420565 b) 654120219. Born there", &["a) 381420565 b) 654120219"]),
            (
                "Passport no.: F508591 National identification no.:  Testian number 102",
                &["F508591", "Testian number 102"],
            ),
            ("IMO 1556069 Registered vessel", &["1556069 Registered vessel"]),
            ("International Maritime Organization (IMO) Number: 1790183.", &["1790183"]),
            ("Gender: Male\nListed", &["Male"]),
            ("Passport no.: E590976, issued on 19 Jun. 1987. Belgian", &["E590976, issued on 19 Jun. 1987"]),
            ("Website: www.example.org", &["www.example.org"]),
            ("His passport was lost. A title of honor", &[]),
            ("Title:", &[]),
            ("ünIMOdal", &[]),
        ] {
            assert_eq!(values(text), expected, "{text}");
        }
    }
}
