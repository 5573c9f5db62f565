//! The real excerpt of the list of 23 February 2024, next to the delimited list of 8 January 2024.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use interdict_core::entity::Entity;
use interdict_lists::{ListContent, SourceFile, ofac};

use super::same::{ALLOWED, Allowed, Differs, by_id, differences};
use super::{advanced, content, entity, list, real, rows};

fn excerpt() -> Option<String> {
    let path = real::path("ofac/advanced_xml/sdn_advanced_excerpt_2024-02-23.xml")?;
    Some(std::fs::read_to_string(path).unwrap())
}

fn delimited() -> Option<ListContent> {
    let folder = real::path("ofac/2024-01-08")?;
    let names = ["SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"];
    let files = names.map(|name| (name, std::fs::read(folder.join(name)).unwrap()));
    let files = files.each_ref().map(|(name, bytes)| SourceFile { name, bytes });
    Some(ofac::read(&list(), &files).unwrap().value)
}

/// What differs because the excerpt leaves out most locations, documents, relationships and entries of its parties, on top
/// of what may differ in whole files. None of these sections is left out of a whole file.
const CUT: &[(&str, &str)] = &[
    ("*", "address"),
    ("*", "addressEntity"),
    ("*", "country"),
    ("*", "nationality"),
    ("*", "citizenship"),
    ("*", "programId"),
    ("*", "passportNumber"),
    ("*", "innCode"),
    ("*", "ogrnCode"),
    ("*", "taxNumber"),
    ("*", "registrationNumber"),
    ("*", "imoNumber"),
    ("*", "mmsi"),
    ("Sanction", "program"),
];

fn allowed_in_the_excerpt() -> Vec<Allowed> {
    let schemata = ["Person", "Organization", "Company", "Vessel", "Sanction"];
    let cut = CUT.iter().flat_map(|(schema, property)| {
        let schemata = schemata.into_iter().filter(move |known| *schema == "*" || schema == known);
        schemata.map(move |schema| (schema, *property, Differs::Less, "the excerpt is cut"))
    });
    ALLOWED.iter().copied().chain(cut).collect()
}

#[test]
fn the_parties_of_the_excerpt_are_those_of_the_delimited_list() {
    let (Some(text), Some(delimited)) = (excerpt(), delimited()) else { return };
    let parsed = content(&text);
    let (advanced, delimited) = (by_id(&parsed.value), by_id(&delimited));
    let allowed = allowed_in_the_excerpt();
    let mut found = Vec::new();
    let mut n_parties = 0;
    for (id, entity) in &advanced {
        let Some(other) = delimited.get(id) else {
            found.push(format!("{id} is in the advanced form alone"));
            continue;
        };
        n_parties += u32::from(entity.is_party());
        found.extend(differences(entity, other, &allowed));
    }
    // Listed between the two dates.
    assert_eq!(
        found,
        ["ofac-46883 is in the advanced form alone", "ofac-46883-sanction-1 is in the advanced form alone"]
    );
    assert_eq!(n_parties, 36);
    let expected = [
        ("date of issue", (1, 0)),
        ("document", (12, 12)),
        ("location", (8, 7)),
        ("party", (37, 0)),
        ("reference set", (39, 0)),
        ("relationship", (3, 3)),
        ("sanctions entry", (147, 147)),
    ];
    assert_eq!(rows(&parsed), BTreeMap::from(expected));
    let bytes = text.as_bytes();
    assert!(!advanced::is_consolidated(&SourceFile { name: "x", bytes }));
}

/// A stand-in for a party that the excerpt leaves out: its name alone, as the delimited list has it.
fn stand_in(party: &Entity, identity: &str, locations: &[String]) -> String {
    let number = party.id.trim_start_matches("ofac-");
    let (sub_type, part) = match party.schema.name {
        "Person" => (4, 1520),
        "Vessel" => (1, 1526),
        "Airplane" => (2, 1524),
        _ => (3, 1525),
    };
    let name = party.first("name").unwrap().replace('&', "&amp;");
    let mut text = format!(
        "<DistinctParty FixedRef=\"{number}\"><Profile ID=\"{number}\" PartySubTypeID=\"{sub_type}\"><Identity ID=\"{identity}\">\
         <Alias AliasTypeID=\"1403\" Primary=\"true\" LowQuality=\"false\"><DocumentedName DocNameStatusID=\"1\"><DocumentedNamePart>\
         <NamePartValue NamePartGroupID=\"1\">{name}</NamePartValue></DocumentedNamePart></DocumentedName></Alias>\
         <NamePartGroups><MasterNamePartGroup><NamePartGroup ID=\"1\" NamePartTypeID=\"{part}\"/></MasterNamePartGroup></NamePartGroups>\
         </Identity>"
    );
    for location in locations {
        write!(
            text,
            "<Feature FeatureTypeID=\"25\"><FeatureVersion ReliabilityID=\"1\"><VersionLocation LocationID=\"{location}\"/>\
             </FeatureVersion></Feature>"
        )
        .unwrap();
    }
    text + "</Profile></DistinctParty>"
}

/// The values of an attribute of all elements of a name.
fn attributes(text: &str, element: &str, attribute: &str) -> Vec<String> {
    let opening = format!("<{element} ");
    let tags = text.split(&opening).skip(1).filter_map(|rest| rest.split('>').next());
    let value = |tag: &str| Some(tag.split(&format!("{attribute}=\"")).nth(1)?.split('"').next()?.to_owned());
    tags.filter_map(value).collect()
}

/// The parties whose addresses, entries and documents are in the excerpt while they are not, with the identity of their
/// documents and the numbers of their locations.
fn stand_ins<'a>(text: &str, delimited: &'a ListContent) -> BTreeMap<&'a str, (String, Vec<String>)> {
    let known = by_id(delimited);
    let mut stand_ins: BTreeMap<&str, (String, Vec<String>)> = BTreeMap::new();
    for profile in attributes(text, "SanctionsEntry", "ProfileID") {
        if let Some(party) = known.get(format!("ofac-{profile}").as_str()) {
            stand_ins.entry(party.id.as_str()).or_default();
        }
    }
    for location in attributes(text, "Location", "ID") {
        let suffix = format!("-address-{location}");
        if let Some(party) = known.keys().find_map(|id| id.strip_suffix(&suffix)) {
            stand_ins.entry(party).or_default().1.push(location);
        }
    }
    let numbers = text.split("<IDRegistrationNo>").skip(1).filter_map(|rest| rest.split('<').next());
    for (number, identity) in numbers.zip(attributes(text, "IDRegDocument", "IdentityID")) {
        let mut documents = delimited.entities.iter().filter(|entity| entity.first("number") == Some(number));
        if let (Some(document), None) = (documents.next(), documents.next()) {
            stand_ins.entry(document.first("holder").unwrap()).or_default().0 = identity;
        }
    }
    for party in attributes(text, "DistinctParty", "FixedRef") {
        stand_ins.remove(format!("ofac-{party}").as_str()); // there in full
    }
    stand_ins
}

/// The entity of the delimited list that an address, document or sanction of a stand-in must be the same as.
fn counterpart<'a>(own: &Entity, delimited: &'a ListContent) -> Option<&'a Entity> {
    let is_document = own.schema.is_a("Identification");
    delimited.entities.iter().find(|other| {
        let same = |property: &str| other.first(property) == own.first(property);
        // The documents of a party are numbered, and a stand-in does not have all of them.
        if is_document {
            other.schema == own.schema && same("number") && same("holder")
        } else {
            other.id == own.id
        }
    })
}

#[test]
fn addresses_entries_and_documents_of_parties_that_are_cut_away() {
    let (Some(text), Some(delimited)) = (excerpt(), delimited()) else { return };
    let (stand_ins, known) = (stand_ins(&text, &delimited), by_id(&delimited));
    let parties = stand_ins.iter().enumerate().map(|(idx, (id, (identity, locations)))| {
        let identity = if identity.is_empty() { format!("none-{idx}") } else { identity.clone() };
        stand_in(known[id], &identity, locations)
    });
    let parties: String = parties.collect();
    let parsed = content(&text.replace("</DistinctParties>", &format!("{parties}</DistinctParties>")));
    // The words of the remarks are not in a stand-in.
    let words = ["provisions", "programUrl"].map(|property| ("Sanction", property, Differs::Less, ""));
    let allowed: Vec<Allowed> = ALLOWED.iter().copied().chain(words).collect();
    let (mut found, mut compared) =
        (Vec::new(), BTreeMap::from([("Address", 0), ("Sanction", 0), ("Passport", 0)]));
    for own in &parsed.value.entities {
        let of = |id: &str| own.id.strip_prefix(id).is_some_and(|rest| rest.starts_with('-'));
        let is_whole = own.schema.name != "Sanction" || own.first("listingDate").is_some();
        // Where a party is on three lists, the delimited list has one sanction.
        let is_further = own.schema.name == "Sanction" && !own.id.ends_with("-sanction-1");
        if !stand_ins.keys().any(|id| of(id)) || !is_whole || is_further {
            continue;
        }
        *compared.entry(own.schema.name).or_insert(0) += 1;
        match counterpart(own, &delimited) {
            Some(other) => found.extend(differences(own, other, &allowed)),
            None => found.push(format!("{} is in the advanced form alone", own.id)),
        }
    }
    assert_eq!(found, Vec::<String>::new());
    println!("compared: {compared:?}");
    assert!(compared.values().all(|n| *n > 0), "{compared:?}");
}

#[test]
fn a_file_of_another_maker() {
    let Some(path) = real::path("ofac/advanced_xml/sample_sdn_advanced_fixture.xml") else { return };
    let parsed = content(&std::fs::read_to_string(path).unwrap());
    assert_eq!(parsed.value.published.unwrap().to_string(), "2026-03-23");
    assert_eq!(parsed.value.reconciliation.parties, 6);
    let sanction = entity(&parsed, "ofac-39498-sanction-1");
    assert_eq!(
        (sanction.get("program"), sanction.first("listingDate")),
        (&["CYBER2".to_owned(), "DPRK3".to_owned()][..], Some("2022-04-14"))
    );
    let wallets = parsed.value.entities.iter().filter(|entity| entity.schema.name == "CryptoWallet");
    assert_eq!(wallets.count(), 15);
}
