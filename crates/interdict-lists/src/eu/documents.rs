//! Which papers and numbers does a party have?

use interdict_core::entity::Entity;
use interdict_core::identifier::IdentifierKind;

use super::countries::Country;
use super::dates;
use super::party::{Draft, is_yes, put_remarks, value};
use crate::leftover;
use crate::reading::{Log, identifier_property, keep_as_note};
use crate::text::clip;
use crate::xml::Element;

const ATTRIBUTES: &[&str] = &[
    "diplomatic",
    "knownExpired",
    "knownFalse",
    "reportedLost",
    "revokedByIssuer",
    "issuedBy",
    "issueDate",
    "issuedDate",
    "validFrom",
    "validTo",
    "latinNumber",
    "nameOnDocument",
    "number",
    "region",
    "identificationTypeCode",
    "identificationTypeDescription",
    "countryIso2Code",
    "countryDescription",
    "logicalId",
    "regulationLanguage",
];
const STATES: [(&str, &str); 5] = [
    ("diplomatic", "Diplomatic"),
    ("knownExpired", "Known to be expired"),
    ("knownFalse", "Known to be false"),
    ("reportedLost", "Reported lost"),
    ("revokedByIssuer", "Revoked by issuer"),
];

/// Where the number of a paper goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Register {
    Kind(IdentifierKind),
    License,
}

/// Adds one paper: its number to the party, and of a person or organization the paper itself.
pub(super) fn put(log: &mut Log, draft: &mut Draft, element: &Element<'_>) {
    leftover::note(log, &mut draft.party, element, &["remark", "regulationSummary"], ATTRIBUTES);
    let code = value(element, "identificationTypeCode").unwrap_or_default().to_lowercase();
    let register = register(&code).unwrap_or_else(|| {
        if !code.is_empty() {
            let reason =
                format!("the kind of paper {:?} is not known; it is read as any other", clip(&code, 40));
            log.note("unknown_paper", reason);
        }
        Register::Kind(IdentifierKind::NationalId)
    });
    let numbers: Vec<_> = ["number", "latinNumber"].iter().filter_map(|name| value(element, name)).collect();
    if numbers.is_empty() {
        let words = element.in_words();
        if !words.is_empty() {
            log.note("document_without_number", "a paper has no number; it is kept as a note");
            keep_as_note(&mut draft.party, "identification", &words);
        }
        return;
    }
    for number in &numbers {
        put_number(log, &mut draft.party, register, number);
    }
    if draft.party.schema.is_a("LegalEntity") {
        let is_passport = register == Register::Kind(IdentifierKind::Passport);
        let paper = paper(log, draft, element, is_passport);
        draft.documents.push(paper);
    } else {
        keep_beside(log, &mut draft.party, element);
    }
}

/// The register of a kind of paper by its code; `None` for one that is not known.
fn register(code: &str) -> Option<Register> {
    Some(Register::Kind(match code {
        "passport" | "diplomaticpassport" => IdentifierKind::Passport,
        "id" | "other" | "birthcert" | "nationcert" | "travelcardid" | "electionid" | "residentperm"
        | "drivinglicence" | "nrn" => IdentifierKind::NationalId,
        "ssn" => IdentifierKind::Ssn,
        "fiscalcode" | "taxid" => IdentifierKind::TaxNumber,
        "regnumber" => IdentifierKind::Registration,
        "imo" => IdentifierKind::Imo,
        "swiftbic" => IdentifierKind::Bic,
        "tradelic" => return Some(Register::License),
        _ => return None,
    }))
}

fn put_number(log: &mut Log, party: &mut Entity, register: Register, number: &str) {
    match register {
        Register::Kind(kind) => log.put_identifier(party, kind, number),
        Register::License => {
            let property = identifier_property(party.schema, "licenseNumber");
            log.put(party, property, number);
        }
    }
}

fn paper(log: &mut Log, draft: &Draft, element: &Element<'_>, is_passport: bool) -> Entity {
    let schema = if is_passport { "Passport" } else { "Identification" };
    let mut paper = draft.part(schema, "document", draft.documents.len());
    log.put(&mut paper, "holder", &draft.party.id);
    for name in ["number", "latinNumber"] {
        let number = value(element, name).unwrap_or_default();
        log.put(&mut paper, "number", &number);
        if is_passport {
            log.put(&mut paper, "passportNumber", &number);
        }
    }
    let kind = value(element, "identificationTypeDescription");
    log.put(
        &mut paper,
        "type",
        kind.or_else(|| value(element, "identificationTypeCode")).unwrap_or_default(),
    );
    log.put(&mut paper, "authority", value(element, "issuedBy").unwrap_or_default());
    for (name, property) in [
        ("issueDate", "startDate"),
        ("issuedDate", "startDate"),
        ("validFrom", "startDate"),
        ("validTo", "endDate"),
    ] {
        if let Some(day) = value(element, name) {
            dates::put_day(log, &mut paper, property, &day);
        }
    }
    Country::of(element).put(log, &mut paper, "country");
    for text in beside(element) {
        log.put(&mut paper, "description", text);
    }
    put_remarks(log, &mut paper, "description", element);
    paper
}

/// What is said of a number besides its register, its country and its dates.
fn beside(element: &Element<'_>) -> Vec<String> {
    let states = STATES.iter().filter(|(name, _)| is_yes(element, name)).map(|(_, text)| (*text).to_owned());
    let name = value(element, "nameOnDocument").map(|name| format!("Name on document: {name}"));
    let region = value(element, "region").map(|region| format!("Region: {region}"));
    states.chain(name).chain(region).collect()
}

/// A ship holds no paper: what is said of its number goes to its notes.
fn keep_beside(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    for text in beside(element) {
        keep_as_note(party, "identification", &text);
    }
    for name in ["issuedBy", "issueDate", "issuedDate", "validFrom", "validTo"] {
        if let Some(text) = value(element, name) {
            keep_as_note(party, name, &text);
        }
    }
    Country::of(element).put(log, party, "country");
    put_remarks(log, party, "notes", element);
}
