//! The same party read from two of OFAC's forms gives the same entity, property by property, but for what only one form has.

use std::collections::BTreeMap;

use interdict_core::entity::Entity;
use interdict_lists::{ListContent, SourceFile, ofac};

use super::{FIXTURE, content, list};

const SDN: &[u8] = include_bytes!("../fixtures/ofac/SDN.CSV");
const ADD: &[u8] = include_bytes!("../fixtures/ofac/ADD.CSV");
const ALT: &[u8] = include_bytes!("../fixtures/ofac/ALT.CSV");
/// Some parties of the fixture as the enhanced form has them.
const ENHANCED: &[u8] = include_bytes!("../fixtures/ofac_advanced/same_enhanced.xml");
const COMMENTS: &[u8] = include_bytes!("../fixtures/ofac/SDN_COMMENTS.CSV");

/// What one form says and the other does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differs {
    /// The advanced form says more.
    More,
    /// The delimited form says more.
    Less,
}

/// What may differ: schema, property, how, and why.
pub type Allowed = (&'static str, &'static str, Differs, &'static str);

/// What may differ in whole files.
pub const ALLOWED: &[Allowed] = &[
    ("Person", "alias", Differs::More, "names in other scripts are in no delimited file"),
    ("Person", "lastName", Differs::More, "as above"),
    ("Person", "firstName", Differs::More, "as above"),
    ("Person", "middleName", Differs::More, "the delimited form has all first names in one"),
    ("Organization", "alias", Differs::More, "names in other scripts"),
    ("Company", "alias", Differs::More, "as above"),
    ("PublicBody", "alias", Differs::More, "as above"),
    ("Vessel", "alias", Differs::More, "as above"),
    ("Sanction", "listingDate", Differs::More, "only the advanced form says when and why a party was listed"),
    ("Sanction", "reason", Differs::More, "as above"),
    ("Sanction", "description", Differs::More, "the list by name, as above"),
    ("Sanction", "provisions", Differs::More, "measures such as `Block`, as above"),
    ("Passport", "description", Differs::More, "authority and validity, as above"),
    ("Passport", "authority", Differs::More, "as above"),
];

/// The entities of a list by id.
pub fn by_id(content: &ListContent) -> BTreeMap<&str, &Entity> {
    content.entities.iter().map(|entity| (entity.id.as_str(), entity)).collect()
}

/// Every difference between two entities of one id that is not allowed, in words.
pub fn differences(advanced: &Entity, delimited: &Entity, allowed: &[Allowed]) -> Vec<String> {
    let mut found = Vec::new();
    let id = &advanced.id;
    if advanced.schema.name != delimited.schema.name {
        found.push(format!("{id} is a {}, not a {}", advanced.schema.name, delimited.schema.name));
    }
    let both = advanced.properties().chain(delimited.properties());
    for property in both.map(|(property, _)| property.name).collect::<std::collections::BTreeSet<_>>() {
        let missing = |from: &Entity, other: &Entity| -> Vec<String> {
            other.get(property).iter().filter(|value| !from.get(property).contains(value)).cloned().collect()
        };
        for (how, values) in
            [(Differs::More, missing(delimited, advanced)), (Differs::Less, missing(advanced, delimited))]
        {
            let is_allowed = allowed.iter().any(|(schema, known, allowed, _)| {
                *schema == advanced.schema.name && *known == property && *allowed == how
            });
            if !values.is_empty() && !is_allowed {
                found.push(format!("{id} {property} {how:?}: {values:?}"));
            }
        }
    }
    found
}

#[test]
fn the_parties_of_both_fixtures() {
    let advanced = content(FIXTURE);
    let files = [("SDN.CSV", SDN), ("ADD.CSV", ADD), ("ALT.CSV", ALT), ("SDN_COMMENTS.CSV", COMMENTS)]
        .map(|(name, bytes)| SourceFile { name, bytes });
    let delimited = ofac::read(&list(), &files).unwrap();
    let (advanced, delimited) = (by_id(&advanced.value), by_id(&delimited.value));
    let parties = ["ofac-43338", "ofac-43377", "ofac-43379", "ofac-90001", "ofac-90002"];
    let of_parties =
        |id: &str| parties.iter().any(|party| id == *party || id.starts_with(&format!("{party}-")));
    let mut found = Vec::new();
    let mut n_compared = 0;
    for (id, entity) in advanced.iter().filter(|(id, _)| of_parties(id) && !id.contains("-link-")) {
        match delimited.get(id) {
            Some(other) => {
                found.extend(differences(entity, other, ALLOWED));
                n_compared += 1;
            }
            None => found.push(format!("{id} is in the advanced form alone")),
        }
    }
    // A link of the delimited form has no type and is found by the name of the party; where the advanced form has a
    // relationship, it is between the same two.
    for id in delimited.keys().filter(|id| of_parties(id)) {
        if !advanced.contains_key(id) {
            found.push(format!("{id} is in the delimited form alone"));
        }
    }
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(n_compared, 24, "five parties and sanctions, five addresses, six wallets, three passports");
    let link = (advanced["ofac-90001-link-1"], delimited["ofac-90001-link-1"]);
    assert_eq!(link.0.first("asset"), link.1.first("subject"));
    assert_eq!(link.0.first("owner"), link.1.first("object"));
}

/// What the two larger forms say is all the same, links and their types, too.
#[test]
fn the_parties_of_the_enhanced_form() {
    let advanced = content(FIXTURE);
    let enhanced =
        ofac::enhanced::read(&list(), &SourceFile { name: "SDN_ENHANCED.XML", bytes: ENHANCED }).unwrap();
    let of_parties = |id: &str| id.starts_with("ofac-43377") || id.starts_with("ofac-90001");
    let (mut advanced, mut enhanced) = (by_id(&advanced.value), by_id(&enhanced.value));
    advanced.retain(|id, _| of_parties(id));
    enhanced.retain(|id, _| of_parties(id));
    assert_eq!(advanced.keys().collect::<Vec<_>>(), enhanced.keys().collect::<Vec<_>>());
    let found: Vec<String> =
        advanced.iter().flat_map(|(id, entity)| differences(entity, enhanced[id], &[])).collect();
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(
        advanced.len(),
        16,
        "two parties, sanctions and addresses, three passports, six wallets, a link"
    );
    assert_eq!(enhanced["ofac-90001-link-1"].schema.name, "Ownership");
}
