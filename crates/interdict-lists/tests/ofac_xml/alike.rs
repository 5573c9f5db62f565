//! Is the same party read from two forms the same entity? The real lists, property by property, and what remains different.
//!
//! The files are of different days, so a value that one form has and the file of the other does not hold at all is a change of the
//! list. Every other difference must be in the list of those that are explained, and each of these must occur.

#![expect(clippy::print_stdout, reason = "what remains different must be shown")]

use std::collections::{BTreeMap, BTreeSet};

use super::said::{Form, Said};
use super::{CLASSIC, ENHANCED};

const CONS: &[&str] = &[
    "consolidated/CONS_PRIM.CSV",
    "consolidated/CONS_ADD.CSV",
    "consolidated/CONS_ALT.CSV",
    "consolidated/CONS_COMMENTS.CSV",
];
const SDN: &[&str] =
    &["2024-01-08/SDN.CSV", "2024-01-08/ADD.CSV", "2024-01-08/ALT.CSV", "2024-01-08/SDN_COMMENTS.CSV"];

/// A difference that is right: the property, the parties (all when there is none), and why.
type Explained = (&'static str, &'static [&'static str], &'static str);

const ALL: &[&str] = &[];

const CITY: Explained = (
    "Address.city",
    ALL,
    "the delimited set has city and state on one line; its rules cannot tell which is which",
);
const STATE: Explained = ("Address.state", ALL, "as the city");
const CODE: Explained = ("Address.postalCode", ALL, "as the city: the rules take the words with digits");
const AMENDED: &str = "the record was amended between the days of the files";
const NO_COUNTRY: &str =
    "only one file says the country of the number, which makes it one of a Russian register";
/// Parties some of whose numbers have no country in the classic file.
const NUMBERS: &[&str] = &["ofac-17248", "ofac-18784", "ofac-19640"];

const ONLY_DELIMITED: &[Explained] = &[
    CITY,
    STATE,
    CODE,
    ("Address.full", &["ofac-18267"], AMENDED),
    ("Address.street", &["ofac-18267"], AMENDED),
    ("party.address", &["ofac-18267"], AMENDED),
    ("party.alias", &["ofac-18282", "ofac-23568", "ofac-23577"], AMENDED),
    ("party.name", &["ofac-23577"], AMENDED),
    ("Identification.country", ALL, NO_COUNTRY),
    ("party.innCode", NUMBERS, NO_COUNTRY),
    ("party.ogrnCode", NUMBERS, NO_COUNTRY),
    ("party.okpoCode", NUMBERS, NO_COUNTRY),
];
const ONLY_CLASSIC: &[Explained] = &[
    CITY,
    STATE,
    CODE,
    ("Address.full", &["ofac-18267"], AMENDED),
    ("Address.street", &["ofac-18267"], AMENDED),
    ("party.address", &["ofac-18267", "ofac-18282"], AMENDED),
    ("party.alias", &["ofac-23568", "ofac-23577"], AMENDED),
    ("party.name", &["ofac-23577"], AMENDED),
    (
        "Identification.country",
        &["ofac-17013"],
        "a number with a country is a document; only this file says the country",
    ),
    ("Identification.number", &["ofac-17013"], "as its country"),
    ("Identification.type", &["ofac-17013"], "as its country"),
    ("party.registrationNumber", NUMBERS, NO_COUNTRY),
    ("party.taxNumber", NUMBERS, NO_COUNTRY),
];
const DELIMITED_NOT_IRGC: &[Explained] = &[
    CITY,
    ("party.name", &["ofac-23475"], AMENDED),
    ("schema", &["ofac-13109"], "a sector that was added later makes an organization a company"),
    ("link.role", ALL, "this form says of each link how they are related, and not only that they are"),
    ("link.end", ALL, "only the parties of one program are in the file; a link to another is a note"),
];
const ONLY_HERE: &str = "only this form says it; the word stands elsewhere in the record";
const FIRST_NAME: &str = "only this form has the parts of the first name apart";
const IRGC: &[Explained] = &[
    CITY,
    STATE,
    ("Identification.description", &["ofac-26126"], ONLY_HERE),
    ("Sanction.provisions", ALL, ONLY_HERE),
    ("Sanction.reason", ALL, ONLY_HERE),
    ("party.middleName", ALL, FIRST_NAME),
    ("party.previousName", &["ofac-23475"], AMENDED),
];
const YEMEN: &[Explained] = &[("party.middleName", ALL, FIRST_NAME)];

/// Compares two forms: every value of the first that the second lacks is no text of the second's file, or is explained.
fn check(title: &str, a: &Form, b: &Form, explained: &[Explained]) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let mut wrong: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let (mut n_values, mut n_changed) = (0, 0);
    for (id, said) in &a.parties {
        let Some(other) = b.parties.get(id) else { continue };
        n_values += said.values().map(BTreeSet::len).sum::<usize>();
        for (property, value) in missing(said, other) {
            let is_of = |parties: &[&str]| parties.is_empty() || parties.contains(&id.as_str());
            if let Some((name, ..)) =
                explained.iter().find(|(name, parties, _)| *name == property && is_of(parties))
            {
                used.insert(name);
            } else if b.says(id, value) {
                wrong.entry(property).or_default().push(format!("{id}: {value}"));
            } else {
                n_changed += 1;
            }
        }
    }
    println!("{title}: {n_values} values, {n_changed} of them not in the other file");
    for (property, _, why) in explained.iter().filter(|(name, ..)| used.contains(name)) {
        println!("    {property}: {why}");
    }
    assert!(n_values > 0, "{title}: no party in common");
    assert!(wrong.is_empty(), "{title}: {wrong:#?}");
    let stale: Vec<_> = explained.iter().filter(|(name, ..)| !used.contains(name)).collect();
    assert!(stale.is_empty(), "{title}: explained and not there: {stale:?}");
}

/// The values that the second does not have, by property.
fn missing<'a>(said: &'a Said, other: &'a Said) -> impl Iterator<Item = (&'a str, &'a String)> {
    said.iter().flat_map(move |(property, values)| {
        let others = other.get(property);
        let values = values.iter().filter(move |value| !others.is_some_and(|others| others.contains(*value)));
        values.map(move |value| (property.as_str(), value))
    })
}

#[test]
fn the_classic_form_says_what_the_delimited_set_says() {
    let (Some(csv), Some(xml)) =
        (Form::delimited(CONS), Form::xml("consolidated/CONSOLIDATED.XML", CLASSIC, "<sdnEntry>"))
    else {
        return;
    };
    let in_common = csv.parties.keys().filter(|id| xml.parties.contains_key(*id)).count();
    assert_eq!((csv.parties.len(), xml.parties.len(), in_common), (442, 443, 441));
    check("only delimited, not classic", &csv, &xml, ONLY_DELIMITED);
    check("only classic, not delimited", &xml, &csv, ONLY_CLASSIC);
}

#[test]
fn the_enhanced_form_says_what_the_delimited_set_says() {
    let Some(csv) = Form::delimited(SDN) else { return };
    for (name, n_common, only_delimited, only_enhanced) in [
        ("enhanced_xml/IRGC_sdn_enhanced_2024-08-28.xml", 259, DELIMITED_NOT_IRGC, IRGC),
        ("enhanced_xml/yemen_sdn_enhanced_2024-05-24.xml", 10, &[], YEMEN),
    ] {
        let Some(xml) = Form::xml(name, ENHANCED, "<entity id=") else { return };
        assert_eq!(xml.parties.keys().filter(|id| csv.parties.contains_key(*id)).count(), n_common);
        check(&format!("only delimited, not {name}"), &csv, &xml, only_delimited);
        check(&format!("only {name}, not delimited"), &xml, &csv, only_enhanced);
    }
}
