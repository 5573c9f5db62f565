//! South Korean designations: what a small file gives, what broken lines give, and the real file.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use interdict_core::entity::Entity;
use interdict_core::issue::{Parsed, Severity};
use interdict_core::list::ListId;
use interdict_lists::{Format, ListContent, ReadError, SourceFile, detect, read};
use proptest::prelude::*;

#[path = "shared/parsed.rs"]
mod parsed;
#[path = "shared/real.rs"]
mod real;

use parsed::{check_account, entity, issues};

const FIXTURE: &[u8] = include_bytes!("fixtures/kr/designations.jsonl");

fn parse(bytes: &[u8]) -> Result<Parsed<ListContent>, ReadError> {
    let list: ListId = "kr".parse().unwrap();
    read(Format::KrJsonLines, &list, &[SourceFile { name: "kr.jsonl", bytes }], None)
}

fn party<'a>(parsed: &'a Parsed<ListContent>, name: &str) -> &'a Entity {
    parsed.value.entities.iter().find(|entity| entity.first("name") == Some(name)).unwrap()
}

#[test]
fn designations_become_parties() {
    let parsed = parse(FIXTURE).unwrap();
    assert_eq!(detect(&[SourceFile { name: "x", bytes: FIXTURE }]), Ok(Format::KrJsonLines));
    let kim = party(&parsed, "김상만");
    assert_eq!(kim.id, format!("kr-20230523-{}", hex("김상만")));
    assert_eq!(kim.schema.name, "Person");
    assert_eq!(kim.get("alias"), ["KIM, Sang Man"]);
    assert_eq!(kim.get("topics"), ["sanction"]);
    assert_eq!(kim.get("sourceUrl"), ["https://example.org/a", "https://example.org/b"]);
    assert_eq!(kim.referents, ["ofac-43377"]);
    assert!(kim.get("nationality").is_empty() && kim.get("country").is_empty());
    let sanction = entity(&parsed, &format!("{}-sanction-1", kim.id));
    for (property, value) in [
        ("entity", kim.id.as_str()),
        ("authority", "Ministry of Foreign Affairs, Republic of Korea"),
        ("country", "kr"),
        ("listingDate", "2023-05-23"),
        ("program", "KR-MOFA"),
    ] {
        assert_eq!(sanction.get(property), [value]);
    }
    let university = party(&parsed, "지휘자동화대학");
    assert_eq!(university.get("alias"), ["PYONGYANG UNIVERSITY OF AUTOMATION", "미림대학"]);
    assert_eq!(university.referents, ["ofac-43336"]);
    assert!(party(&parsed, "전연근").get("alias").is_empty());
    assert_eq!(parsed.value.published.unwrap().to_string(), "2023-05-23");
}

/// The first eight hex digits of the SHA-256 of a name.
fn hex(name: &str) -> String {
    interdict_core::digest::Digest::of(name.as_bytes()).to_hex()[..8].to_owned()
}

#[test]
fn bad_lines_are_issues() {
    let parsed = parse(FIXTURE).unwrap();
    assert_eq!(
        issues(&parsed),
        [
            (Severity::Note, "id_reused"),
            (Severity::Note, "unknown_kind"),
            (Severity::ValueLost, "bad_date"),
            (Severity::Note, "unknown_field"),
            (Severity::RecordLost, "no_name"),
            (Severity::RecordLost, "bad_json"),
        ]
    );
    let row = &parsed.value.reconciliation.records[0];
    assert_eq!((row.read, row.taken, row.lost, parsed.value.reconciliation.parties), (7, 5, 2, 5));
    let undated = party(&parsed, "금성");
    assert_eq!(undated.id, format!("kr-undated-{}", hex("금성")));
}

#[test]
fn ids_stay_when_lines_move() {
    let ids = |bytes: &[u8]| {
        let parsed = parse(bytes).unwrap();
        parsed.value.entities.into_iter().map(|entity| entity.id).collect::<std::collections::BTreeSet<_>>()
    };
    let mut lines: Vec<&[u8]> = FIXTURE.split(|byte| *byte == b'\n').collect();
    lines.reverse();
    assert_eq!(ids(&lines.join(&b'\n')), ids(FIXTURE));
}

#[test]
fn files_of_other_forms_are_refused() {
    let long = "x".repeat(5 << 20);
    for text in ["<html>", "", "a,b\n1,2", r#"{"id":"1","schema":"Person","properties":{}}"#, &long] {
        assert!(parse(text.as_bytes()).is_err());
        assert_ne!(detect(&[SourceFile { name: "x", bytes: text.as_bytes() }]), Ok(Format::KrJsonLines));
    }
}

#[test]
fn the_real_file_has_forty_designations() {
    let Some(path) = real::path("kr/kr_mofa_dprk.jsonl") else { return };
    let parsed = parse(&std::fs::read(path).unwrap()).unwrap();
    let account = &parsed.value.reconciliation;
    assert!(account.is_closed());
    assert_eq!((account.parties, account.entities), (40, 80));
    assert_eq!(parsed.value.published.unwrap().to_string(), "2024-12-26");
    assert!(parsed.issues.is_empty(), "{:?}", parsed.issues);
    assert_eq!(
        party(&parsed, "진영정보기술개발협조회사").get("alias").last().unwrap(),
        "진영정보기술협조회사"
    );
}

proptest! {
    /// Bytes changed anywhere: never a panic, and the account always closes.
    #[test]
    fn mutated_files_reconcile(changes in prop::collection::vec((0..FIXTURE.len(), any::<u8>()), 1..20)) {
        let mut bytes = FIXTURE.to_vec();
        changes.into_iter().for_each(|(at, byte)| bytes[at] = byte);
        if let Ok(parsed) = parse(&bytes) {
            check_account(&parsed);
            let row = &parsed.value.reconciliation.records[0];
            prop_assert_eq!((row.taken, row.lost), (parsed.value.reconciliation.parties, parsed.issues.count(Severity::RecordLost)));
        }
    }
}
