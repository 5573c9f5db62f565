//! Where does a number go that some register gave? To a property of the party, and onto a document.

use interdict_core::model::{PropertyKind, Schema};

use super::features::{Feature, register};
use super::party::{Draft, keep_without_property, note_validity};
use crate::reading::{Log, identifier_property, keep_as_note};

/// Types of numbers as sources name them, besides the names of properties, and their properties.
const TYPES: &[(&str, &str)] = &[
    ("INN", "innCode"),
    ("OGRN", "ogrnCode"),
    ("OKPO", "okpoCode"),
    ("KPP", "kppCode"),
    ("BIK", "bikCode"),
    ("VAT", "vatCode"),
    ("LEI", "leiCode"),
    ("DUNS", "dunsCode"),
    ("NPI", "npiCode"),
    ("IMO", "imoNumber"),
    ("MMSI", "mmsi"),
    ("ISIN", "isinCode"),
    ("CIK", "cikCode"),
    ("BIC", "swiftBic"),
    ("SWIFT", "swiftBic"),
    ("SSN", "socialSecurityNumber"),
    ("UEI", "uniqueEntityId"),
    ("WIKIDATA", "wikidataId"),
    ("REGISTRATION_NUMBER", "registrationNumber"),
    ("PASSPORT", "passportNumber"),
];

const GENERAL: &[&str] = &["idNumber", "registrationNumber", "taxNumber", "passportNumber", "licenseNumber"];

/// Puts a number in its places. One that is the id of the record itself says nothing more.
pub(super) fn put(draft: &mut Draft, record_id: &str, feature: &Feature<'_>, log: &mut Log) {
    let Some((attribute, number)) = feature.values().find(|(attribute, _)| attribute.ends_with("_NUMBER"))
    else {
        for (attribute, text) in feature.values() {
            keep_without_property(&mut draft.party, attribute, text, log);
        }
        return;
    };
    let register = register(attribute);
    let of = |what: &str| feature.get(&format!("{register}_{what}"));
    let types = [of("SUBTYPE"), of("TYPE")];
    let country = of("COUNTRY").or_else(|| of("STATE")).unwrap_or_default();
    let known = types.into_iter().flatten().find_map(|kind| property_of_type(draft.party.schema, kind));
    let is_open = matches!(register, "OTHER_ID" | "TRUSTED_ID");
    if is_open && known.is_none() && number == record_id {
        return;
    }
    let is_party = draft.party.schema.is_a("LegalEntity");
    let property = match (known, register) {
        (Some(property), _) => property,
        (None, "OTHER_ID") if !is_party => "notes",
        (None, "PASSPORT") => identifier_property(draft.party.schema, "passportNumber"),
        (None, "TAX_ID") => identifier_property(draft.party.schema, "taxNumber"),
        (None, "DRIVERS_LICENSE") => identifier_property(draft.party.schema, "licenseNumber"),
        (None, "TRUSTED_ID") => "notes",
        _ => identifier_property(draft.party.schema, "idNumber"),
    };
    let label = types.into_iter().flatten().last().unwrap_or(register);
    if property == "notes" {
        let text =
            [number, country].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
        return keep_without_property(&mut draft.party, label, &text, log);
    }
    note_validity(property, number, log);
    log.put(&mut draft.party, property, number);
    if is_party && (GENERAL.contains(&property) || !country.is_empty()) {
        document(draft, property, (label, number, country), log);
    } else {
        log.put_country(&mut draft.party, "country", country);
        if known.is_none() && label != register {
            keep_as_note(&mut draft.party, label, number); // no document says the type
        }
    }
    if let [Some(subtype), Some(kind)] = types {
        let text = format!("{kind}, {subtype}: {number}");
        keep_without_property(&mut draft.party, attribute, &text, log);
    }
}

/// The property that numbers of a type have: named by its own name, as OpenSanctions does, or as in [`TYPES`].
fn property_of_type(schema: &Schema, kind: &str) -> Option<&'static str> {
    let is_identifier = |name: &&str| {
        schema
            .property(name)
            .is_some_and(|property| property.kind == PropertyKind::Identifier && !property.is_stub)
    };
    let own =
        schema.properties().map(|property| property.name).filter(is_identifier).find(|name| *name == kind);
    own.or_else(|| {
        let known =
            TYPES.iter().find(|(name, _)| name.eq_ignore_ascii_case(kind)).map(|(_, property)| *property);
        known.filter(is_identifier)
    })
}

fn document(draft: &mut Draft, property: &str, (label, number, country): (&str, &str, &str), log: &mut Log) {
    let is_passport = property == "passportNumber";
    let schema = if is_passport { "Passport" } else { "Identification" };
    if !draft.documents.insert([label, number, country].map(str::to_owned)) {
        return;
    }
    let suffix = format!("document-{}", draft.documents.len());
    let Some(mut document) = draft.part(schema, &suffix) else { return };
    log.put(&mut document, "holder", draft.party.id.as_str());
    log.put(&mut document, "number", number);
    if is_passport {
        log.put(&mut document, "passportNumber", number);
    }
    log.put(&mut document, "type", label);
    log.put_country(&mut document, "country", country);
    draft.parts.push(document);
}
