//! Which papers and registers is a party in?

use interdict_core::country;
use interdict_core::entity::Entity;
use interdict_core::identifier::IdentifierKind;
use interdict_core::model;

use super::columns::What;
use super::facts::Facts;
use super::party::Draft;
use super::values;
use crate::numbered::items;
use crate::parts::Parts;
use crate::reading::{Log, keep_as_note};
use crate::un::number_in;

pub(super) fn put(log: &mut Log, draft: &mut Draft, facts: &Facts) {
    for pair in &facts.passports {
        put_papers(log, &mut draft.party, &mut draft.parts, pair, "Passport");
    }
    for pair in &facts.identifiers {
        put_papers(log, &mut draft.party, &mut draft.parts, pair, "Identification");
    }
    for text in facts.all(What::Registration).flat_map(values).flat_map(|text| text.split(';')) {
        put_registration(log, &mut draft.party, text.trim());
    }
}

/// One field may number several papers; the details are then in the same order, or are all in one field.
pub(crate) fn put_papers(
    log: &mut Log,
    party: &mut Entity,
    parts: &mut Parts,
    (numbers, details): &(String, String),
    schema: &'static str,
) {
    if numbers.is_empty() {
        for detail in items(details) {
            put_paper(log, party, parts, number_of(detail), detail, schema);
        }
        return;
    }
    let (numbers, each) = (items(numbers), items(details));
    for (idx, text) in numbers.iter().enumerate() {
        let detail =
            if each.len() == numbers.len() { each.get(idx).copied().unwrap_or_default() } else { details };
        let number = number_of(text).or_else(|| Some((*text).to_owned()));
        let said =
            if number.as_deref() == Some(*text) { detail.to_owned() } else { format!("{text} {detail}") };
        put_paper(log, party, parts, number, said.trim(), schema);
    }
}

/// The number in a text: up to the sentence that says when it was issued.
fn number_of(text: &str) -> Option<String> {
    let main = text.split(". ").find(|piece| piece.contains(|char: char| char.is_ascii_digit()))?;
    let number = number_in(main).or_else(|| number_in(text))?;
    let number = number.trim_matches(|char: char| char.is_whitespace() || matches!(char, '.' | ',' | ':'));
    (!number.is_empty()).then(|| number.to_owned())
}

fn put_paper(
    log: &mut Log,
    party: &mut Entity,
    parts: &mut Parts,
    number: Option<String>,
    said: &str,
    schema: &'static str,
) {
    let is_passport = schema == "Passport";
    let Some(number) = number else {
        log.note(
            "document_without_number",
            "a document has no number that can be told; it is kept as a note",
        );
        return keep_as_note(party, if is_passport { "passportNumber" } else { "idNumber" }, said);
    };
    let kind = if is_passport { IdentifierKind::Passport } else { kind_of(said) };
    log.put_identifier(party, kind, &number);
    let Some(schema) = model::schema(schema) else { return };
    let mut document = Entity::new(parts.next_id(party, "document"), schema);
    log.put(&mut document, "holder", party.id.as_str());
    log.put(&mut document, "number", &number);
    if is_passport {
        log.put(&mut document, "passportNumber", &number);
    }
    if let Some(code) = country_in(said) {
        log.put(&mut document, "country", code);
    }
    if said != number {
        log.put(&mut document, "description", said);
    }
    parts.push("document", document);
}

fn kind_of(said: &str) -> IdentifierKind {
    let said = said.to_lowercase();
    if said.contains("social security") || said.starts_with("ssn") {
        IdentifierKind::Ssn
    } else if said.contains("fiscal code") || said.contains("tax") {
        IdentifierKind::TaxNumber
    } else {
        IdentifierKind::NationalId
    }
}

/// The country that a text names in brackets, or as its first word or words: `G737411 (Tunisian)`, `Saudi Arabian passport no. 5`.
fn country_in(said: &str) -> Option<&'static str> {
    let bracket = |piece: &str| {
        let inner = piece.split(')').next().unwrap_or_default();
        let first = inner.split([',', ' ']).next().unwrap_or_default();
        country::code(inner).or_else(|| country::code(first).filter(|_| first.len() > 3))
    };
    let in_brackets = said.split('(').skip(1).find_map(bracket);
    in_brackets.or_else(|| issuer_in(said)).or_else(|| {
        let words: Vec<&str> = said.split_whitespace().collect();
        (1..=4).rev().find_map(|n| {
            let start = words.get(..n)?.join(" ");
            country::code(&start).filter(|_| start.len() > 3)
        })
    })
}

/// The country of who issued a paper: `issued by Yemen`, `issued in Kabul, Afghanistan`.
fn issuer_in(said: &str) -> Option<&'static str> {
    ["issued by ", "issued in ", "Issued by ", "Issued in "].iter().find_map(|words| {
        let (_, behind) = said.split_once(words)?;
        let issuer = behind.split(['(', ')', ';', '.']).next()?.split(" on ").next()?.trim();
        let issuer = issuer.strip_prefix("the ").unwrap_or(issuer);
        let place = issuer.rsplit(", ").next().filter(|place| place.len() > 3);
        country::code(issuer).filter(|_| issuer.len() > 3).or_else(|| country::code(place?))
    })
}

/// The registers by the words in front of their numbers.
const REGISTERS: &[(&str, IdentifierKind)] = &[
    ("ogrn", IdentifierKind::Ogrn),
    ("inn", IdentifierKind::Inn),
    ("kpp", IdentifierKind::Kpp),
    ("okpo", IdentifierKind::Okpo),
    ("bik", IdentifierKind::Bik),
    ("swift", IdentifierKind::Bic),
    ("bic", IdentifierKind::Bic),
    ("lei", IdentifierKind::Lei),
    ("imo", IdentifierKind::Imo),
    ("duns", IdentifierKind::Duns),
    ("vat", IdentifierKind::Vat),
    ("tin", IdentifierKind::TaxNumber),
    ("tax", IdentifierKind::TaxNumber),
];

/// `INN: 7725056162`, `Tax ID No. 5 (Russia)`, `1037739044111`.
fn put_registration(log: &mut Log, party: &mut Entity, text: &str) {
    if !text.contains(|char: char| char.is_ascii_digit()) {
        if !text.is_empty() {
            keep_as_note(party, "registrationNumber", text);
        }
        return;
    }
    let label: String =
        text.chars().take_while(|char| char.is_alphabetic()).collect::<String>().to_lowercase();
    let register = REGISTERS.iter().find(|(word, _)| *word == label).map(|(_, kind)| *kind);
    let number = number_of(text);
    match (register, number) {
        (Some(IdentifierKind::Bic), Some(number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            log.put_identifier(party, IdentifierKind::Bik, &number);
        }
        (register, Some(number)) => {
            log.put_identifier(party, register.unwrap_or(IdentifierKind::Registration), &number);
            if number != text && register.is_none() {
                keep_as_note(party, "registrationNumber", text);
            }
        }
        (_, None) => log.put_identifier(party, IdentifierKind::Registration, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_countries() {
        for (text, number, country) in [
            ("G737411 (Tunisian). Issued on 24 Oct 1990. Expired on 20 Sept 1997", "G737411", Some("tn")),
            ("Passport No: 592667 (Tunisian passport issued on 3 May 2007).", "592667", Some("tn")),
            ("Malaysia number A31142734 issued on 6 Nov 2013", "A31142734", Some("my")),
            ("Saudi Arabian passport no. G579315", "G579315", Some("sa")),
            ("381420565", "381420565", None),
            ("SE-011697 (Afghan) Issued on 25 Jan 1988 in Kabul.", "SE-011697", Some("af")),
            ("03825239. Place of issue: Oman.", "03825239", None),
        ] {
            assert_eq!(number_of(text).as_deref(), Some(number), "{text}");
            assert_eq!(country_in(text), country, "{text}");
        }
        assert_eq!(number_of("Uganda Passport."), None);
    }

    #[test]
    fn who_issued_a_paper() {
        for (said, code) in [
            (
                "05AT521433, issued on 30 Nov. 2005 (issued by the sous-prefecture of police of Lorient, France)",
                Some("fr"),
            ),
            ("D 000933 issued in Kabul, Afghanistan on 13 Sept. 1998", Some("af")),
            ("A1 issued by Yemen", Some("ye")),
            ("A1 issued in Kabul", None),
            ("Egyptian passport number 6487, issued in 1986", Some("eg")),
        ] {
            assert_eq!(country_in(said), code, "{said}");
        }
    }
}
