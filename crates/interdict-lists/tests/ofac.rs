//! OFAC's delimited set: what clauses mean, what a whole set gives, bad input, and the real lists where they are at hand.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests fail by panicking and say what they skip"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use interdict_core::entity::Entity;
use interdict_core::issue::{Parsed, Severity};
use interdict_core::list::ListId;
use interdict_lists::{ListContent, ReadError, SourceFile, ofac};

#[path = "ofac/clauses.rs"]
mod clauses;
#[path = "ofac/hostile.rs"]
mod hostile;
#[path = "ofac/real.rs"]
mod real;

const SDN: &[u8] = include_bytes!("fixtures/ofac/SDN.CSV");
const ADD: &[u8] = include_bytes!("fixtures/ofac/ADD.CSV");
const ALT: &[u8] = include_bytes!("fixtures/ofac/ALT.CSV");
const COMMENTS: &[u8] = include_bytes!("fixtures/ofac/SDN_COMMENTS.CSV");

fn list() -> ListId {
    "ofac".parse().unwrap()
}

fn set() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("SDN.CSV", SDN.to_vec()),
        ("ADD.CSV", ADD.to_vec()),
        ("ALT.CSV", ALT.to_vec()),
        ("SDN_COMMENTS.CSV", COMMENTS.to_vec()),
    ]
}

fn read(files: &[(impl AsRef<str>, Vec<u8>)]) -> Result<Parsed<ListContent>, ReadError> {
    let files: Vec<_> = files.iter().map(|(name, bytes)| SourceFile { name: name.as_ref(), bytes }).collect();
    ofac::read(&list(), &files)
}

fn read_one(bytes: impl AsRef<[u8]>) -> Result<Parsed<ListContent>, ReadError> {
    read(&[("SDN.CSV", bytes.as_ref().to_vec())])
}

/// The kinds of the issues of one severity, each once.
fn kinds(parsed: &Parsed<ListContent>, severity: Severity) -> Vec<&str> {
    let of_severity = parsed.issues.kept().iter().filter(|issue| issue.severity == severity);
    of_severity.map(|issue| issue.kind.as_str()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// What holds of every reading: each record is taken or is an issue, and no id is given twice.
fn check_account(parsed: &Parsed<ListContent>) {
    let account = &parsed.value.reconciliation;
    assert!(account.is_closed(), "{account:?}");
    assert_eq!(account.unexplained(), 0);
    let lost: u64 = account.records.iter().map(|row| row.lost).sum();
    assert_eq!(lost, parsed.issues.count(Severity::RecordLost), "{account:?}");
    assert_eq!(account.entities, parsed.value.entities.len() as u64);
    let parties = parsed.value.entities.iter().filter(|entity| entity.is_party()).count() as u64;
    assert_eq!(account.parties, parties);
    let ids: BTreeSet<_> = parsed.value.entities.iter().map(|entity| &entity.id).collect();
    assert_eq!(ids.len(), parsed.value.entities.len());
}

fn show(entities: &[Entity]) -> String {
    let mut text = String::new();
    for entity in entities {
        writeln!(text, "{} {}", entity.id, entity.schema.name).unwrap();
        for (property, values) in entity.properties() {
            let values: Vec<_> = values.iter().filter(|value| !value.starts_with("INVENTED NAME")).collect();
            writeln!(text, "    {}: {values:?}", property.name).unwrap();
        }
    }
    text
}

#[test]
fn a_whole_set() {
    let parsed = read(&set()).unwrap();
    check_account(&parsed);
    insta::assert_snapshot!("ofac_set", show(&parsed.value.entities));
    let issues: Vec<_> = parsed.issues.kept().iter().map(ToString::to_string).collect();
    assert_eq!(
        issues,
        ["ADD.CSV: line 8: record 90001: the address is empty: only its number is given"],
        "the rest is in order"
    );
    let rows: BTreeMap<_, _> =
        parsed.value.reconciliation.records.iter().map(|row| (row.record.as_str(), row.taken)).collect();
    assert_eq!(rows, BTreeMap::from([("party", 8), ("address", 9), ("alias", 4), ("comment", 1)]));
}

#[test]
fn a_comment_continues_the_remarks() {
    let parsed = read(&set()).unwrap();
    let party = parsed.value.entities.iter().find(|entity| entity.id == "ofac-90003").unwrap();
    assert!(party.get("weakAlias").contains(&"INVENTED NAME 33".to_owned()), "cut in the middle of it");
    assert_eq!(party.get("weakAlias").len(), 50);
    let link = parsed.value.entities.iter().find(|entity| entity.id == "ofac-90003-link-1").unwrap();
    assert_eq!(link.first("object"), Some("ofac-43338"));
}

#[test]
fn the_primary_file_alone() {
    let parsed = read(&[("sdn_2024-01-08.csv", SDN.to_vec())]).unwrap();
    check_account(&parsed);
    assert_eq!(parsed.value.reconciliation.parties, 8);
    assert_eq!(kinds(&parsed, Severity::Note), ["companion_missing"]);
    assert_eq!(parsed.issues.count(Severity::Note), 3);
    assert_eq!(kinds(&parsed, Severity::ValueLost), ["remarks_cut"]);
    let party = parsed.value.entities.iter().find(|entity| entity.id == "ofac-90003").unwrap();
    assert_eq!(party.get("notes"), ["a.k.a. 'INVENTED N"], "a cut name is no name");
    assert_eq!(party.get("weakAlias").len(), 33);
}

#[test]
fn detection_by_name_or_shape() {
    let is_ofac = |name, bytes| ofac::is_ofac(&[SourceFile { name, bytes }]);
    assert!(is_ofac("download.txt", SDN));
    assert!(is_ofac("CONS_PRIM.CSV", SDN));
    assert!(!is_ofac("ALT.CSV", ALT));
    assert!(!is_ofac("people.csv", b"id,name\n1,x\n"));
    assert!(!is_ofac("list.xml", b"<sdnList/>"));
    assert!(!ofac::is_ofac(&[]));
}

#[test]
fn what_is_no_set() {
    let refused = |files: &[(&str, Vec<u8>)]| read(files).unwrap_err();
    assert_eq!(refused(&[]), ReadError::NoFile);
    let two = [("SDN.CSV", SDN.to_vec()), ("CONS_PRIM.CSV", SDN.to_vec())];
    assert!(matches!(refused(&two), ReadError::NotOneSet { .. }));
    assert!(matches!(refused(&[("ADD.CSV", ADD.to_vec())]), ReadError::NotOneSet { .. }));
    let stray = [("SDN.CSV", SDN.to_vec()), ("readme.txt", b"hello".to_vec())];
    assert!(matches!(refused(&stray), ReadError::NotOneSet { .. }));
}
