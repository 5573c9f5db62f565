//! Do links of FollowTheMoney become the interests that their words mean?

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../../interdict-lists/tests/shared/real.rs"]
mod real;
#[path = "shared/told.rs"]
mod told;

use std::path::{Path, PathBuf};

use interdict_core::entity::Entity;
use interdict_core::list::ListId;
use interdict_core::model;
use interdict_lists::{SourceFile, detect, read as read_list};
use interdict_network::network::Network;
use interdict_network::sources::{Account, ftm};
use told::lines;

fn entity(schema: &str, id: &str, values: &[(&str, &str)]) -> Entity {
    let mut entity = Entity::new(id, model::schema(schema).unwrap());
    for (property, value) in values {
        entity.add(property, *value).unwrap();
    }
    entity
}

fn read(entities: Vec<Entity>) -> (Network, Account) {
    told::read(|builder, origin| ftm::read(builder, origin, entities)).unwrap()
}

#[test]
fn words_of_an_ownership() {
    for (values, expected) in [
        (&[("percentage", "50.0 %")][..], "a > b shares 50 %"),
        (&[], "a > b shares"),
        (&[("role", "Owned or Controlled By")], "a > b owns_or_controls {Owned or Controlled By}"),
        (
            &[("role", "Owned or Controlled By"), ("percentage", "60")],
            "a > b shares 60 % {Owned or Controlled By}",
        ),
        (&[("role", "Property in the interest of")], "a > b shares {Property in the interest of}"),
        (
            &[("ownershipType", "indirect"), ("percentage", "25-50")],
            "a > b indirect_shares 25 to 50 % {indirect}",
        ),
        (&[("role", "voting rights"), ("percentage", "51")], "a > b voting_rights 51 % {voting rights}"),
        (&[("role", "parent company")], "a > b owns_or_controls {parent company}"),
        (
            &[("role", "ownership-of-shares-25-to-50-percent")],
            "a > b shares more than 25, at most 50 % {ownership-of-shares-25-to-50-percent}",
        ),
        (
            &[("role", "right-to-appoint-and-remove-directors")],
            "a > b appoints_board {right-to-appoint-and-remove-directors}",
        ),
        (&[("startDate", "2019"), ("endDate", "2020-01-01")], "a > b shares [2019..2020-01-01]"),
        (
            &[("status", "ceased"), ("startDate", "2019-05-01")],
            "a > b shares [2019-05-01..2019-05-01/2024-05-05] {ceased}",
        ),
        (&[("percentage", "120")], "a > b shares"),
    ] {
        let mut all = vec![("owner", "a"), ("asset", "b")];
        all.extend(values);
        assert_eq!(lines(&read(vec![entity("Ownership", "l", &all)]).0), [expected], "{values:?}");
    }
    let (_, account) = read(vec![
        entity("Ownership", "l", &[("owner", "a"), ("asset", "b"), ("percentage", "120")]),
        entity("Ownership", "m", &[("owner", "a")]),
    ]);
    let kinds = account.issues.by_kind();
    assert_eq!(kinds.keys().collect::<Vec<_>>(), ["bad_share", "missing_end", "not_described"]);
}

#[test]
fn a_link_with_a_date_that_is_none_may_hold_on_any_day() {
    let bytes = br#"{"id":"o","schema":"Ownership","properties":{"owner":["g"],"asset":["c"],"percentage":["60"],"startDate":["2020-13-01"]}}
{"id":"p","schema":"Ownership","properties":{"owner":["g"],"asset":["d"],"startDate":["2010"],"endDate":["soon"],"description":["a text"]}}"#;
    let file = SourceFile { name: "f.jsonl", bytes };
    let entities = interdict_lists::ftm::read_with_own_ids(&file).unwrap().value.entities;
    let (network, account) = read(entities);
    assert_eq!(lines(&network), ["g > c shares 60 % [1000/2200..]", "g > d shares [2010..2010/2200]"]);
    let told: Vec<_> =
        account.issues.kept().iter().map(|issue| (issue.record.as_deref(), issue.reason.as_str())).collect();
    assert_eq!(told[0], (Some("o"), "startDate \"2020-13-01\" is no date; it may be any day"));
    assert_eq!(told[1], (Some("p"), "endDate \"soon\" is no date; it may be any day"));
    assert_eq!(account.issues.by_kind().get("no_place"), Some(&1), "{told:?}");
}

#[test]
fn parties_that_nothing_describes_are_counted() {
    let links = [("1", "a", "b"), ("2", "a", "c"), ("3", "c", "d")]
        .map(|(id, owner, asset)| entity("Ownership", id, &[("owner", owner), ("asset", asset)]));
    let party = entity("Company", "b", &[("name", "B")]);
    let (_, account) = read(links.into_iter().chain([party]).collect());
    let issue = account.issues.kept().iter().find(|issue| issue.kind == "not_described").unwrap();
    assert!(issue.reason.contains("no description is of: 3;"), "{issue:?}");
    let (_, account) = read(vec![entity("Company", "b", &[("name", "B")])]);
    assert_eq!(account.issues.by_kind().get("not_described"), None);
}

#[test]
fn roles_of_a_plain_link_have_a_direction() {
    for (role, expected) in [
        ("subordinate to", "o > s commands {subordinate to}"),
        ("controlled by", "o > s controls {controlled by}"),
        ("Owned or Controlled By", "o > s owns_or_controls {Owned or Controlled By}"),
        ("Owns, controls, or operates", "s > o owns_or_controls {Owns, controls, or operates}"),
        ("Acting for or on behalf of", "s > o representation {Acting for or on behalf of}"),
        ("Linked To", "s > o other {Linked To}"),
    ] {
        let link = entity("UnknownLink", "l", &[("subject", "s"), ("object", "o"), ("role", role)]);
        assert_eq!(lines(&read(vec![link]).0), [expected]);
    }
    let all = [
        entity("Directorship", "1", &[("director", "a"), ("organization", "b"), ("role", "former chair")]),
        entity("Family", "2", &[("person", "a"), ("relative", "c")]),
        entity("Employment", "3", &[("employee", "a"), ("employer", "d")]),
        entity("Company", "e", &[("name", "E"), ("parent", "f")]),
        entity("RealEstate", "g", &[("name", "G")]),
        entity("Sanction", "h", &[("entity", "e")]),
    ];
    let (network, account) = read(all.to_vec());
    assert_eq!(
        lines(&network),
        [
            "a > b directorship [..1000/2024-05-05] {former chair}",
            "a > c family",
            "a > d other",
            "f > e owns_or_controls {parent}",
        ]
    );
    assert_eq!(account.reconciliation.parties, 2);
    assert!(network.find("f").is_some_and(|party| network.description(party).is_none()));
}

/// The network of files of a list, and how many links its entities have.
fn of_list(files: &[(&str, Vec<u8>)]) -> (Network, usize) {
    let files: Vec<_> = files.iter().map(|(name, bytes)| SourceFile { name, bytes }).collect();
    let format = detect(&files).unwrap();
    let list: ListId = format.default_list().unwrap_or("ofac").parse().unwrap();
    let Ok(content) = read_list(format, &list, &files, None) else { return (read(Vec::new()).0, 0) };
    let entities = content.value.entities;
    let links = entities.iter().filter(|entity| entity.schema.edge.is_some()).count();
    let (network, account) = read(entities);
    let row = account.reconciliation.records.iter().find(|row| row.record == "link");
    // A link of which a list says one end alone is lost, and said to be.
    let missing = account.issues.by_kind().get("missing_end").copied().unwrap_or(0);
    assert_eq!(
        row.map_or((0, 0), |row| (row.read, row.lost)),
        (links as u64, missing),
        "{:?}",
        files[0].name
    );
    (network, links)
}

#[test]
fn every_link_of_the_starter_list_comes_through() {
    let bytes =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../interdict/starter/dprk-cyber.jsonl")).unwrap();
    let (network, links) = of_list(&[("dprk-cyber.jsonl", bytes)]);
    assert_eq!((links, network.interests().len()), (45, 45));
    let told = lines(&network);
    for expected in [
        "ofac-12210 > ofac-43337 commands {subordinate to}",
        "ofac-12210 > ofac-27307 controls {controlled by}",
        "ofac-43377 > ofac-43379 representation {representative}",
        "ofac-52115 > ofac-43336 directorship {president}",
    ] {
        assert!(told.iter().any(|line| line == expected), "{expected} in {told:#?}");
    }
}

/// All files in a folder and those within it.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files_in(&path)) } else { all.push(path) }
    }
    all.sort();
    all
}

#[test]
fn every_link_of_the_real_lists_comes_through() {
    // Those of the United Kingdom and of OpenSanctions here have few or no links; all of them must come through.
    for (name, least) in [("ofac", 1_000), ("uk", 0), ("ftm", 0)] {
        let Some(folder) = real::path(name) else { return };
        let mut links = 0;
        for path in files_in(&folder) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = std::fs::read(&path).unwrap();
            if detect(&[SourceFile { name: &name, bytes: &bytes }]).is_ok() {
                let (network, n) = of_list(&[(&name, bytes)]);
                // An excerpt of a file has links to parties that it has not.
                assert!(
                    network.interests().len() * 5 >= n * 4,
                    "{name}: {} of {n}",
                    network.interests().len()
                );
                links += n;
            }
        }
        assert!(links >= least, "{name} has {links} links");
    }
}
