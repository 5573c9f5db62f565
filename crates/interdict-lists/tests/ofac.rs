//! OFAC's delimited set: what clauses mean, what a whole set gives, bad input, and the real lists where they are at hand.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

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
#[path = "ofac/official.rs"]
mod official;
#[path = "shared/parsed.rs"]
mod parsed;
#[path = "shared/real.rs"]
mod real;

use parsed::{check_account, entity, issues};

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
    let party = entity(&parsed, "ofac-90003");
    assert!(party.get("weakAlias").contains(&"INVENTED NAME 33".to_owned()), "cut in the middle of it");
    assert_eq!(party.get("weakAlias").len(), 50);
    let link = entity(&parsed, "ofac-90003-link-1");
    assert_eq!(link.first("object"), Some("ofac-43338"));
}

#[test]
fn the_primary_file_alone() {
    let parsed = read(&[("sdn_2024-01-08.csv", SDN.to_vec())]).unwrap();
    check_account(&parsed);
    assert_eq!(parsed.value.reconciliation.parties, 8);
    assert_eq!(kinds(&parsed, Severity::Note), ["companion_missing"]);
    assert_eq!(parsed.issues.count(Severity::Note), 1);
    assert_eq!(kinds(&parsed, Severity::ValueLost), ["companion_missing", "remarks_cut"]);
    let party = entity(&parsed, "ofac-90003");
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
