//! Which papers does a person carry?

use interdict_core::entity::Entity;
use interdict_core::identifier::IdentifierKind;
use interdict_core::model;

use super::dates::put_day;
use super::party::note_unknown;
use crate::reading::{Log, keep_as_note};
use crate::xml::Element;

const KNOWN: &[&str] = &[
    "TYPE_OF_DOCUMENT",
    "TYPE_OF_DOCUMENT2",
    "NUMBER",
    "ISSUING_COUNTRY",
    "COUNTRY_OF_ISSUE",
    "CITY_OF_ISSUE",
    "DATE_OF_ISSUE",
    "NOTE",
];
/// Words behind which a number stands.
const NUMBER_WORDS: &[&str] = &["number", "no.", "no", "n°", "code", "ssn"];
/// With so many digits, a first word is a number even when a sentence follows it.
const DIGITS_MIN: usize = 5;

/// The entity of a document, and its number on the party. `None` when no number is given, which is noted and kept.
pub(super) fn document(
    log: &mut Log,
    party: &mut Entity,
    element: &Element<'_>,
    id: String,
) -> Option<Entity> {
    note_unknown(log, party, element, KNOWN);
    let exact = element.text_of("TYPE_OF_DOCUMENT2");
    let mut kind =
        [element.text_of("TYPE_OF_DOCUMENT"), exact.clone()].map(Option::unwrap_or_default).join(" ");
    let given = element.text_of("NUMBER");
    let note = element.text_of("NOTE");
    if given.is_none() {
        kind.extend(note.clone());
    }
    let is_passport =
        ["passport", "passeport", "pasaporte"].iter().any(|word| kind.to_lowercase().contains(word));
    let found = match &given {
        Some(given) => Some(number_in(given).or_else(|| last_words(given)).unwrap_or_else(|| given.clone())),
        None => [&exact, &note].into_iter().flatten().find_map(|text| number_in(text)),
    };
    let Some(number) = found else {
        if !element.is_blank() {
            keep_as_note(party, "idNumber", &element.in_words());
            log.note(
                "document_without_number",
                "a document has no number that can be told; it is kept as a note",
            );
        }
        return None;
    };
    let schema = if is_passport { "Passport" } else { "Identification" };
    let mut document = Entity::new(id, model::schema(schema)?);
    log.put(&mut document, "holder", party.id.as_str());
    log.put(&mut document, "number", number.as_str());
    if is_passport {
        log.put(&mut document, "passportNumber", number.as_str());
    }
    log.put(&mut document, "type", exact.or_else(|| element.text_of("TYPE_OF_DOCUMENT")).unwrap_or_default());
    for country in element.texts_of("ISSUING_COUNTRY").chain(element.texts_of("COUNTRY_OF_ISSUE")) {
        log.put_country(&mut document, "country", &country);
    }
    for date in element.texts_of("DATE_OF_ISSUE") {
        put_day(log, &mut document, "startDate", &date);
    }
    if let Some(city) = element.text_of("CITY_OF_ISSUE") {
        log.put(&mut document, "description", format!("Issued in {city}"));
    }
    log.put(&mut document, "description", note.unwrap_or_default());
    if let Some(given) = given.filter(|given| *given != number) {
        log.put(&mut document, "description", given);
    }
    log.put_identifier(party, identifier_kind(&kind, is_passport), &number);
    Some(document)
}

fn identifier_kind(kind: &str, is_passport: bool) -> IdentifierKind {
    let kind = kind.to_lowercase();
    if is_passport {
        IdentifierKind::Passport
    } else if kind.contains("social security") {
        IdentifierKind::Ssn
    } else if kind.contains("fiscal code") {
        IdentifierKind::TaxNumber
    } else {
        IdentifierKind::NationalId
    }
}

/// The number in a text: the text itself when it has no words, and otherwise what stands behind "number", "No." or a
/// colon, up to what is said about it. `None` when there is none.
pub(crate) fn number_in(text: &str) -> Option<String> {
    let main = without_remarks(text);
    let words: Vec<&str> = main.split_whitespace().collect();
    let named = words.iter().rposition(|word| is_number_word(word));
    let candidate = words.get(named.map_or(0, |at| at + 1)..)?;
    let number: Vec<&str> = candidate.iter().copied().take_while(|word| !is_plain_word(word)).collect();
    let digits = number.join(" ").bytes().filter(u8::is_ascii_digit).count();
    let whole = named.is_some() || number.len() == words.len() || (number.len() == 1 && digits >= DIGITS_MIN);
    (whole && digits > 0).then(|| number.join(" "))
}

/// What stands behind the last word of a text, when it has a digit: `German travel document A 0139243`.
fn last_words(text: &str) -> Option<String> {
    let main = without_remarks(text);
    let words: Vec<&str> = main.split_whitespace().collect();
    let number = words.get(words.iter().rposition(|word| is_plain_word(word))? + 1..)?.join(" ");
    number.contains(|char: char| char.is_ascii_digit()).then_some(number)
}

/// The text without what stands in brackets, and up to the first comma or semicolon.
fn without_remarks(text: &str) -> String {
    let mut depth = 0_usize;
    let mut main = String::new();
    for char in text.chars() {
        match char {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' if depth == 0 => break,
            _ if depth == 0 => main.push(char),
            _ => {}
        }
    }
    main.trim().to_owned()
}

fn is_number_word(word: &str) -> bool {
    let word = word.to_lowercase();
    NUMBER_WORDS.contains(&word.trim_end_matches(':')) || (word.ends_with(':') && word.len() > 3)
}

/// A word of a sentence (`issued`, `Jan.`), not a part of a number (`L`, `DE-`).
fn is_plain_word(word: &str) -> bool {
    let letters = word.trim_end_matches(['.', ',']);
    letters.chars().count() > 1
        && letters.chars().all(char::is_alphabetic)
        && letters.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_behind_words() {
        assert_eq!(
            last_words("German travel document (“Reiseausweis”) A 0139243").as_deref(),
            Some("A 0139243")
        );
        assert_eq!(last_words("Civil status office"), None);
    }

    #[test]
    fn numbers_in_texts() {
        for (text, number) in [
            ("381420754", Some("381420754")),
            ("DE- 473900", Some("DE- 473900")),
            ("403062567 (US)", Some("403062567")),
            ("R00012098, South Sudan", Some("R00012098")),
            ("Libyan Passport No. 96/184442", Some("96/184442")),
            ("Social Security Number 423-31-3021 (US)", Some("423-31-3021")),
            ("Tunisian passport number L 191609 issued on 28 Feb. 1996", Some("L 191609")),
            ("Afghan national identification card (tazkira) number 545167", Some("545167")),
            ("04643632 issued on 18 Jun. 1999", Some("04643632")),
            ("Diplomatic Passport: Z30321794", Some("Z30321794")),
            ("issued in 1974", None),
            ("national passport", None),
            ("", None),
        ] {
            assert_eq!(number_in(text).as_deref(), number, "{text}");
        }
    }
}
