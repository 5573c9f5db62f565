//! What does an `other-information` say? Many are one number or one address with its kind in front: `Website: www.x.org`.

use interdict_core::country;
use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;
use interdict_core::identifier::{Identifier, IdentifierKind, Validity};

use crate::months;
use crate::reading::Log;

/// Longest text behind a label that is one number, in bytes.
const NUMBER_BYTES_MAX: usize = 60;

/// What stands behind a label.
#[derive(Clone, Copy)]
enum Label {
    Number(IdentifierKind),
    Contact(&'static str),
    Text(&'static str),
    Date(&'static str),
    Country(&'static str),
}

use Label::{Contact, Country, Date, Number, Text};

/// Labels in small letters.
const LABELS: &[(&str, Label)] = &[
    ("website", Contact("website")),
    ("web site", Contact("website")),
    ("company website", Contact("website")),
    ("e-mail", Contact("email")),
    ("email", Contact("email")),
    ("e-mail address", Contact("email")),
    ("email address", Contact("email")),
    ("company email", Contact("email")),
    ("tel", Contact("phone")),
    ("tel.", Contact("phone")),
    ("tel. number", Contact("phone")),
    ("telephone", Contact("phone")),
    ("telephone number", Contact("phone")),
    ("phone", Contact("phone")),
    ("phone number", Contact("phone")),
    ("fax", Contact("phone")),
    ("fax number", Contact("phone")),
    ("imo", Number(IdentifierKind::Imo)),
    ("imo number", Number(IdentifierKind::Imo)),
    ("mmsi", Number(IdentifierKind::Mmsi)),
    ("call sign", Number(IdentifierKind::CallSign)),
    ("passport", Number(IdentifierKind::Passport)),
    ("passport number", Number(IdentifierKind::Passport)),
    ("national identification number", Number(IdentifierKind::NationalId)),
    ("national identity card", Number(IdentifierKind::NationalId)),
    ("national id", Number(IdentifierKind::NationalId)),
    ("id number", Number(IdentifierKind::NationalId)),
    ("identification number", Number(IdentifierKind::NationalId)),
    ("personal identification number", Number(IdentifierKind::NationalId)),
    ("personal id", Number(IdentifierKind::NationalId)),
    ("registration number", Number(IdentifierKind::Registration)),
    ("state registration number", Number(IdentifierKind::Registration)),
    ("business registration number", Number(IdentifierKind::Registration)),
    ("company registration number", Number(IdentifierKind::Registration)),
    ("ogrn", Number(IdentifierKind::Ogrn)),
    ("огрн/main registration number", Number(IdentifierKind::Ogrn)),
    ("main state registration number", Number(IdentifierKind::Ogrn)),
    ("taxpayer identification number", Number(IdentifierKind::TaxNumber)),
    ("tax identification number", Number(IdentifierKind::TaxNumber)),
    ("tax registration number", Number(IdentifierKind::TaxNumber)),
    ("tax id", Number(IdentifierKind::TaxNumber)),
    ("tax number", Number(IdentifierKind::TaxNumber)),
    ("inn", Number(IdentifierKind::Inn)),
    ("kpp", Number(IdentifierKind::Kpp)),
    ("okpo", Number(IdentifierKind::Okpo)),
    ("swift/bic", Number(IdentifierKind::Bic)),
    ("swift", Number(IdentifierKind::Bic)),
    ("bic", Number(IdentifierKind::Bic)),
    ("lei", Number(IdentifierKind::Lei)),
    ("type of entity", Text("legalForm")),
    ("position", Text("position")),
    ("function", Text("position")),
    ("vessel type", Text("type")),
    ("date of registration", Date("incorporationDate")),
    ("date of incorporation", Date("incorporationDate")),
    ("date of establishment", Date("incorporationDate")),
    ("registered on", Date("incorporationDate")),
    ("flag", Country("flag")),
    ("flag state", Country("flag")),
    ("nationality", Country("nationality")),
    ("country of incorporation", Country("country")),
    ("principal place of business", Country("country")),
];

/// Puts an information into the property of its kind, or into the notes.
pub(super) fn put(log: &mut Log, party: &mut Entity, text: &str) {
    let is_taken = text.split_once(':').is_some_and(|(label, value)| {
        let label = label.trim().to_lowercase();
        let value = value.trim().trim_end_matches(['.', ';', ',']);
        let known = LABELS.iter().find(|(known, _)| *known == label);
        known.is_some_and(|(_, label)| take(log, party, *label, value))
    });
    if !is_taken {
        log.put(party, "notes", text);
    }
}

/// Whether the text behind a label was taken whole.
fn take(log: &mut Log, party: &mut Entity, label: Label, value: &str) -> bool {
    match label {
        Number(kind) => is_number(value) && put_number(log, party, kind, value),
        Contact(property) => put_contact(log, party, property, value),
        Text(property) => !value.is_empty() && log.offer(party, property, value),
        Date(property) => day(value).is_some_and(|date| log.offer(party, property, date.to_string())),
        Country(property) => country::code(value).is_some_and(|code| log.offer(party, property, code)),
    }
}

/// One number without words beside it.
fn is_number(value: &str) -> bool {
    let is_word =
        |word: &str| word.len() > 2 && word.chars().all(|char| char.is_alphabetic() && char.is_lowercase());
    value.len() <= NUMBER_BYTES_MAX
        && value.contains(|char: char| char.is_ascii_digit() || char.is_ascii_uppercase())
        && !value.contains([',', ';', '(', ':'])
        && !value.split_whitespace().any(is_word)
}

fn put_number(log: &mut Log, party: &mut Entity, kind: IdentifierKind, value: &str) -> bool {
    let is_valid = |kind| Identifier::new(kind, value).validity == Validity::Valid;
    let kind = match kind {
        IdentifierKind::TaxNumber if is_valid(IdentifierKind::Inn) => IdentifierKind::Inn,
        IdentifierKind::Registration if is_valid(IdentifierKind::Ogrn) => IdentifierKind::Ogrn,
        kind => kind,
    };
    log.put_identifier(party, kind, value);
    true
}

fn put_contact(log: &mut Log, party: &mut Entity, property: &str, value: &str) -> bool {
    let items: Vec<&str> = value.split([',', ';']).map(str::trim).filter(|item| !item.is_empty()).collect();
    let fits = |item: &&str| match property {
        "email" => item.contains('@') && !item.contains(' '),
        "website" => item.contains('.') && !item.contains(' '),
        _ => item.chars().all(|char| char.is_ascii_digit() || "+-()/. ".contains(char)),
    };
    if items.is_empty() || !items.iter().all(fits) || party.schema.property(property).is_none() {
        return false;
    }
    items.iter().for_each(|item| log.put(party, property, item));
    true
}

/// `7.2.1992`, `1992`, `7 February 1992`, `Feb 1992`, `1992-02-07`.
pub(super) fn day(text: &str) -> Option<PartialDate> {
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let parts: Vec<&str> = text.split(['.', ' ', '/', ',']).filter(|part| !part.is_empty()).collect();
    let number = |text: &str| text.parse::<u8>().ok();
    let month_of = |text: &str| number(text).or_else(|| months::month(text));
    let (day, month, year) = match parts[..] {
        [day, month, year] => (number(day)?, month_of(month)?, year),
        [month, year] => (0, months::month(month)?, year),
        _ => return None,
    };
    PartialDate::new(year.parse().ok()?, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use interdict_core::model;

    fn taken(schema: &str, text: &str) -> String {
        let mut party = Entity::new("x", model::schema(schema).unwrap());
        let mut log = Log::default();
        put(&mut log, &mut party, text);
        let values = party
            .properties()
            .flat_map(|(property, values)| values.iter().map(|value| format!("{} {value}", property.name)));
        values.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn labels() {
        for (schema, text, expected) in [
            ("Company", "Website: www.x.org.", "website www.x.org"),
            ("Company", "Website: www.x.org and others", "notes Website: www.x.org and others"),
            ("Person", "E-mail address: a@x.org, b@x.org", "email a@x.org; email b@x.org"),
            ("Company", "Tel. number: +7 (495) 1", "phone +7 (495) 1"),
            ("Company", "Taxpayer identification number: 7707083893", "innCode 7707083893"),
            ("Company", "Taxpayer Identification Number: 1", "taxNumber 1"),
            ("Company", "Registration number: 1027700132195", "ogrnCode 1027700132195"),
            ("Vessel", "IMO number: 7406784", "imoNumber 7406784"),
            ("Company", "Date of registration: 7.2.1992", "incorporationDate 1992-02-07"),
            (
                "Company",
                "Date of registration: 1.2.1994/6.3.2000",
                "notes Date of registration: 1.2.1994/6.3.2000",
            ),
            ("Person", "Passport: see above", "notes Passport: see above"),
            ("Person", "Commander of a brigade", "notes Commander of a brigade"),
            ("Vessel", "Position: at sea", "notes Position: at sea"),
        ] {
            assert_eq!(taken(schema, text), expected, "{text}");
        }
    }
}
