//! OFAC's advanced XML: what every detail gives, the same parties as in the delimited set, bad input, and the real excerpt where
//! it is at hand.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use interdict_core::issue::Parsed;
use interdict_core::list::ListId;
use interdict_lists::ofac::advanced;
use interdict_lists::{ListContent, ReadError, SourceFile};

#[path = "ofac_advanced/hostile.rs"]
mod hostile;
#[path = "ofac_advanced/official.rs"]
mod official;
#[path = "ofac_advanced/same.rs"]
mod same;

#[path = "shared/parsed.rs"]
mod parsed;
#[path = "shared/real.rs"]
mod real;

use parsed::{check_account, entity, issues};

const FIXTURE: &str = include_str!("fixtures/ofac_advanced/SDN_ADVANCED.XML");

fn list() -> ListId {
    "ofac".parse().unwrap()
}

fn read(bytes: impl AsRef<[u8]>) -> Result<Parsed<ListContent>, ReadError> {
    let file = SourceFile { name: "SDN_ADVANCED.XML", bytes: bytes.as_ref() };
    assert_eq!(advanced::is_consolidated(&file), advanced::is_consolidated(&file));
    advanced::read(&list(), &file)
}

/// What was read, after checking the account of it.
fn content(text: &str) -> Parsed<ListContent> {
    let parsed = read(text).unwrap();
    check_account(&parsed);
    parsed
}

/// How many records of each kind were read, and how many of them lost.
fn rows(parsed: &Parsed<ListContent>) -> BTreeMap<&str, (u64, u64)> {
    let rows = parsed.value.reconciliation.records.iter();
    rows.map(|row| (row.record.as_str(), (row.read, row.lost))).collect()
}

/// The kinds of issues, each once.
fn kinds(parsed: &Parsed<ListContent>) -> BTreeSet<&str> {
    issues(parsed).into_iter().map(|(_, kind)| kind).collect()
}

#[test]
fn every_detail_of_the_fixture() {
    let parsed = content(FIXTURE);
    let mut text = String::new();
    for entity in &parsed.value.entities {
        writeln!(text, "{} {}", entity.id, entity.schema.name).unwrap();
        for (property, values) in entity.properties() {
            writeln!(text, "    {}: {values:?}", property.name).unwrap();
        }
    }
    for issue in parsed.issues.kept() {
        // Places are left out: they change with every letter of the fixture.
        let record = issue.record.as_deref().unwrap_or_default();
        writeln!(text, "{:?} {} {record}: {}", issue.severity, issue.kind, issue.reason).unwrap();
    }
    insta::assert_snapshot!(text);
    assert_eq!(parsed.value.published.unwrap().to_string(), "2024-01-08");
    let expected = BTreeMap::from([
        ("date of issue", (1, 0)),
        ("document", (7, 0)),
        ("entry link", (1, 0)),
        ("location", (9, 0)),
        ("party", (6, 0)),
        ("reference set", (24, 0)),
        ("relationship", (9, 1)),
        ("sanctions entry", (7, 0)),
    ]);
    assert_eq!(rows(&parsed), expected);
}

#[test]
fn relationships_are_links_with_a_type() {
    let parsed = content(FIXTURE);
    let ends = |id: &str, near: &str, far: &str| {
        let link = entity(&parsed, id);
        (link.schema.name, link.first(near).unwrap().to_owned(), link.first(far).unwrap().to_owned())
    };
    let link = |schema, near: &str, far: &str| (schema, format!("ofac-{near}"), format!("ofac-{far}"));
    assert_eq!(ends("ofac-90001-link-1", "asset", "owner"), link("Ownership", "90001", "43379"));
    assert_eq!(ends("ofac-90004-link-1", "director", "organization"), link("Directorship", "90004", "43379"));
    assert_eq!(ends("ofac-90004-link-2", "person", "relative"), link("Family", "90004", "43377"));
    assert_eq!(ends("ofac-43379-link-1", "agent", "client"), link("Representation", "43379", "43338"));
    assert_eq!(ends("ofac-43379-link-2", "subject", "object"), link("UnknownLink", "43379", "90004"));
    let former = entity(&parsed, "ofac-90004-link-1");
    assert_eq!(
        (former.first("status"), former.get("description")),
        (Some("former"), &["Quality: High".to_owned(), "until 1999".to_owned()][..])
    );
}

#[test]
fn the_list_of_a_file_is_what_most_of_its_entries_say() {
    let of = |name: &str, text: &str| {
        let file = SourceFile { name, bytes: text.as_bytes() };
        if advanced::is_consolidated(&file) { "ofac-nonsdn" } else { "ofac" }
    };
    assert_eq!(of("x.xml", FIXTURE), "ofac");
    assert_eq!(
        of("SDN_ADVANCED.XML", &FIXTURE.replace("ListID=\"1550\"", "ListID=\"91512\"")),
        "ofac-nonsdn"
    );
    assert_eq!(of("x.xml", &FIXTURE.replace("SDN List", "Some Other List")), "ofac-nonsdn");
    assert_eq!(of("x.xml", "<Sanctions><SanctionsEntry ListID=\"1550\"/></Sanctions>"), "ofac");
    assert_eq!(of("CONS_ADVANCED.XML", "<Sanctions/>"), "ofac-nonsdn");
    assert_eq!(of("SDN_ADVANCED.XML", "<Sanctions/>"), "ofac");
    for at in 0..FIXTURE.len() {
        if let Some(cut) = FIXTURE.get(..at) {
            assert!(["ofac", "ofac-nonsdn"].contains(&of("x.xml", cut)));
        }
    }
}

#[test]
fn other_files_are_of_another_form() {
    let is_advanced = |bytes: &[u8]| advanced::is_advanced(&SourceFile { name: "x", bytes });
    assert!(is_advanced(FIXTURE.as_bytes()));
    assert!(!is_advanced(b"<sdnList/>") && !is_advanced(b"1,\"A\"") && !is_advanced(b""));
    assert!(matches!(read("<sdnList/>").unwrap_err(), ReadError::WrongForm { .. }));
}
