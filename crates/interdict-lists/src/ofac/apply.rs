//! Where the clauses of the remarks go: each into a property, a part of the record, or the notes.

use interdict_core::country;
use interdict_core::entity::Entity;

use super::draft::{Draft, NOTE, Reference, ReferenceUse};
use super::numbers::{self, Number};
use super::rules::{self, Reading, Register, Rule};
use super::{dates, free_text, party};
use crate::reading::{Log, country_property, identifier_property};
use crate::text::fold;

/// Puts one clause in its place and counts it.
pub(crate) fn clause(draft: &mut Draft, clause: &str, log: &mut Log) {
    let text = without_alt(clause);
    let taken = rules::find(text).filter(|(rule, rest)| take(draft, rule, rest, text, log));
    let kind = match taken {
        Some((Rule { reading: Reading::Link, .. }, _)) => return, // counted when it is resolved
        Some((rule, _)) => Some(rule.kind),
        None => unlisted_number(draft, text, log).or_else(|| free_text::take(draft, text, log)),
    };
    if kind.is_none() {
        draft.note(clause, log);
    }
    draft.clauses.push(kind.unwrap_or(NOTE));
}

/// `alt. ` marks a second value of the same kind and says nothing else.
fn without_alt(clause: &str) -> &str {
    match clause.split_at_checked(5) {
        Some((head, rest)) if head.eq_ignore_ascii_case("alt. ") => rest.trim_start(),
        _ => clause,
    }
}

/// Whether the clause was taken by its rule; if not, it is free text.
fn take(draft: &mut Draft, rule: &Rule, rest: &str, clause: &str, log: &mut Log) -> bool {
    let value = rest.trim_start_matches([' ', ':', ',']).trim_end();
    match rule.reading {
        Reading::Date(property) => date(draft, property, value, log),
        Reading::Country(property) => put_country(draft, property, value, log),
        Reading::Text(property) => !value.is_empty() && draft.put(property, fold(value), log),
        Reading::BirthPlace => birth_place(draft, value, log),
        Reading::Gender => gender(draft, value, log),
        Reading::Quoted(property) => quoted(value).is_some_and(|name| draft.put(property, name, log)),
        Reading::Number(register) => number(draft, rule.label, register, rest, log),
        Reading::Contact(property) => contact(draft, property, value, log),
        Reading::Wallet => wallet(draft, value, log),
        Reading::Link => reference(draft, clause, value, ReferenceUse::Link),
        Reading::Party(property) => {
            let has_property = draft.party.schema.property(property).is_some();
            has_property && reference(draft, clause, value, ReferenceUse::Property(property))
        }
        Reading::Provision => provision(draft, clause, log),
        Reading::SanctionDate(property) => sanction_date(draft, property, value, log),
        Reading::MoreInformation => more_information(draft, value, log),
    }
}

fn date(draft: &mut Draft, property: &str, value: &str, log: &mut Log) -> bool {
    if draft.party.schema.property(property).is_none() {
        return false;
    }
    match dates::parse(value) {
        Some(date) => draft.put(property, date.to_string(), log),
        None => {
            let reason = format!("the {property} is no date that is known; the clause was kept as a note");
            log.value_lost("bad_date", reason);
            false
        }
    }
}

fn put_country(draft: &mut Draft, property: &str, value: &str, log: &mut Log) -> bool {
    let property = country_property(draft.party.schema, property);
    match country::code(value) {
        Some(code) => draft.put(property, code, log),
        None if is_said_to_be_unknown(value) => false,
        None => {
            log.unknown_country(property, value);
            false
        }
    }
}

pub(super) fn is_said_to_be_unknown(value: &str) -> bool {
    ["None Identified", "undetermined", "unknown", "stateless", "none"]
        .iter()
        .any(|text| value.eq_ignore_ascii_case(text))
}

/// The place, and the country when its last part names one. Two letters at the end are rather a state than a country.
fn birth_place(draft: &mut Draft, value: &str, log: &mut Log) -> bool {
    if value.is_empty() || !draft.put("birthPlace", value, log) {
        return false;
    }
    let ends = std::iter::once(0).chain(value.match_indices(',').map(|(at, _)| at + 1));
    let country = ends
        .filter_map(|start| value.get(start..).map(str::trim))
        .filter(|end| end.len() > 3 || matches!(*end, "USA" | "UAE" | "UK"))
        .find_map(country::code);
    if let Some(code) = country {
        draft.put("birthCountry", code, log);
    }
    true
}

fn gender(draft: &mut Draft, value: &str, log: &mut Log) -> bool {
    let gender = match value.to_ascii_lowercase().as_str() {
        "male" => "male",
        "female" => "female",
        _ => return false,
    };
    draft.put("gender", gender, log)
}

/// The text between the outermost quotes; a second pair directly within is taken off too.
fn quoted(value: &str) -> Option<&str> {
    let strip = |text: &'_ str| -> Option<(usize, usize)> {
        let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
        Some((1, 1 + inner.len()))
    };
    let (start, end) = strip(value)?;
    let name = value.get(start..end)?;
    let name = strip(name).and_then(|(start, end)| name.get(start..end)).unwrap_or(name).trim();
    (!name.is_empty()).then_some(name)
}

fn number(draft: &mut Draft, label: &str, register: Register, rest: &str, log: &mut Log) -> bool {
    let Some(number) = numbers::parse(rest, register) else { return false };
    let property = match register {
        Register::Property(property) => identifier_property(draft.party.schema, property),
        Register::Kind(kind) => {
            let identifier = numbers::identify(label, kind, &number);
            log.note_validity(&identifier);
            identifier_property(draft.party.schema, identifier.kind.property())
        }
    };
    draft.put(property, number.value, log);
    let is_party = draft.party.schema.is_a("LegalEntity");
    let says_more = number.country.is_some() || number.issued.is_some() || number.expires.is_some();
    let is_general = matches!(
        property,
        "idNumber" | "registrationNumber" | "taxNumber" | "passportNumber" | "licenseNumber"
    );
    if is_party && (says_more || is_general || number.remark.is_some()) {
        document(draft, label, property, &number, log);
    } else if says_more || number.remark.is_some() {
        keep_country(draft, label, &number, log);
    }
    true
}

/// The document that a number is on.
fn document(draft: &mut Draft, label: &str, property: &str, number: &Number<'_>, log: &mut Log) {
    let is_passport = property == "passportNumber";
    let schema = if is_passport { "Passport" } else { "Identification" };
    let suffix = format!("document-{}", draft.documents.len() + 1);
    let mut document = draft.part(schema, &suffix, "holder", log);
    let mut add = |property: &str, value: String| log.put(&mut document, property, value);
    add("number", number.value.to_owned());
    if is_passport {
        add("passportNumber", number.value.to_owned());
    }
    add("type", number.qualifier.map_or(label.to_owned(), |qualifier| format!("{label} ({qualifier})")));
    if let Some(date) = number.issued {
        add("startDate", date.to_string());
    }
    if let Some(date) = number.expires {
        add("endDate", date.to_string());
    }
    if let Some(remark) = number.remark {
        add("description", remark.to_owned());
    }
    if let Some(name) = number.country {
        add_issuing_country(&mut document, name, log);
    }
    draft.documents.push(document);
}

fn add_issuing_country(document: &mut Entity, name: &str, log: &mut Log) {
    match country::code(name) {
        Some(code) => log.put(document, "country", code),
        None => {
            log.unknown_country("country", name);
            log.put(document, "description", name);
        }
    }
}

/// A ship or an aircraft holds no document; the country of its number goes where its countries are.
fn keep_country(draft: &mut Draft, label: &str, number: &Number<'_>, log: &mut Log) {
    match number.country.and_then(country::code) {
        Some(code) if number.issued.is_none() && number.expires.is_none() && number.remark.is_none() => {
            draft.put("country", code, log);
        }
        _ => {
            let place = [number.remark, number.country].into_iter().flatten().collect::<Vec<_>>().join(", ");
            draft.note(&format!("{label} {}: {place}", number.value), log);
        }
    }
}

fn unlisted_number(draft: &mut Draft, clause: &str, log: &mut Log) -> Option<&'static str> {
    if !draft.party.schema.is_a("LegalEntity") {
        return None;
    }
    let (label, number) = numbers::unlisted(clause)?;
    let property = identifier_property(draft.party.schema, "idNumber");
    draft.put(property, number.value, log);
    document(draft, label, property, &number, log);
    Some("identifier")
}

/// An address, a site or a number; words behind a site (`www.x.org. Offices worldwide`) are kept as a note.
fn contact(draft: &mut Draft, property: &str, value: &str, log: &mut Log) -> bool {
    if property == "phone" {
        let value = ["Number", "No."].iter().find_map(|word| value.strip_prefix(word)).unwrap_or(value);
        let value = value.trim_start_matches([' ', ':']);
        return value.bytes().any(|byte| byte.is_ascii_digit()) && draft.put(property, value, log);
    }
    let (first, rest) = value.split_once(char::is_whitespace).unwrap_or((value, ""));
    let first = first.trim_end_matches(['.', ',']);
    let fits = if property == "email" { first.contains('@') } else { first.contains('.') };
    if !fits || !draft.put(property, first, log) {
        return false;
    }
    if !rest.trim().is_empty() {
        draft.note(rest, log);
    }
    true
}

/// `- XBT 1D6gG9iKEhPitTcWRJiniuj1jYM2hNeAfJ`, with any label of a currency.
fn wallet(draft: &mut Draft, value: &str, log: &mut Log) -> bool {
    let words: Vec<&str> = value.trim_start_matches(['-', ' ']).split_whitespace().collect();
    let [symbol, address] = words[..] else { return false };
    let suffix = format!("wallet-{}", draft.wallets.len() + 1);
    let mut wallet = draft.part("CryptoWallet", &suffix, "holder", log);
    log.put(&mut wallet, "publicKey", address);
    log.put(&mut wallet, "currencySymbol", symbol);
    draft.wallets.push(wallet);
    true
}

fn reference(draft: &mut Draft, clause: &str, name: &str, place: ReferenceUse) -> bool {
    if name.is_empty() {
        return false;
    }
    draft.references.push(Reference::by_name(clause.to_owned(), name, place));
    true
}

fn provision(draft: &mut Draft, clause: &str, log: &mut Log) -> bool {
    let Some(sanction) = draft.sanctions.first_mut() else { return false };
    log.offer(sanction, "provisions", clause)
}

/// `(EO 14024 Directive 2): 24 Feb 2022`: a date of the sanction under the authority in parentheses, which is one of its own.
fn sanction_date(draft: &mut Draft, property: &str, value: &str, log: &mut Log) -> bool {
    let Some((context, date)) = value.strip_prefix('(').and_then(|rest| rest.split_once(')')) else {
        return false;
    };
    let Some(date) = dates::parse(date.trim_start_matches([':', ' '])) else { return false };
    let has_context = |sanction: &Entity| sanction.first("program") == Some(context.trim());
    let idx =
        draft.sanctions.iter().skip(1).position(has_context).map_or(draft.sanctions.len(), |idx| idx + 1);
    if idx == draft.sanctions.len() {
        let mut sanction = party::new_sanction(draft, log);
        log.put(&mut sanction, "program", context);
        draft.sanctions.push(sanction);
    }
    let Some(sanction) = draft.sanctions.get_mut(idx) else { return false };
    log.offer(sanction, property, date.to_string())
}

/// `on directives, please visit the following link: https://…`
fn more_information(draft: &mut Draft, value: &str, log: &mut Log) -> bool {
    let Some(url) = value.find("http").and_then(|at| value.get(at..)) else { return false };
    let url = url.trim_end_matches('.');
    let Some(sanction) = draft.sanctions.first_mut() else { return false };
    !url.contains(char::is_whitespace) && log.offer(sanction, "programUrl", url)
}
