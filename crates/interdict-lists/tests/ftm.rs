//! FollowTheMoney JSON lines: what a small file gives, what broken lines give, and the real file.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use interdict_core::issue::{Parsed, Severity};
use interdict_core::limits;
use interdict_core::list::ListId;
use interdict_lists::{Format, ListContent, ReadError, SourceFile, detect, read};
use proptest::prelude::*;

#[path = "shared/parsed.rs"]
mod parsed;
#[path = "shared/real.rs"]
mod real;

use parsed::{check_account, entity, issues};

const FIXTURE: &[u8] = include_bytes!("fixtures/ftm/entities.ftm.json");

fn parse(bytes: &[u8]) -> Result<Parsed<ListContent>, ReadError> {
    let list: ListId = "test".parse().unwrap();
    read(Format::FtmJsonLines, &list, &[SourceFile { name: "entities.ftm.json", bytes }], None)
}

#[test]
fn entities_keep_their_values_and_links() {
    let parsed = parse(FIXTURE).unwrap();
    let jane = entity(&parsed, "test-Q1");
    assert_eq!(jane.get("alias"), ["J. Doe", "Ждейн"]);
    assert_eq!(jane.get("nationality"), ["kp"]);
    assert_eq!(jane.get("topics"), ["role.pep"]);
    assert_eq!(jane.referents, ["NK-1"]);
    assert_eq!(entity(&parsed, "test-Q2").get("registrationNumber"), ["12345"]);
    let link = entity(&parsed, "test-own-1");
    assert_eq!(
        (link.get("owner"), link.get("asset")),
        (&["test-Q1".to_owned()][..], &["test-Q2".to_owned()][..])
    );
}

#[test]
fn bad_lines_and_values_are_issues() {
    let parsed = parse(FIXTURE).unwrap();
    let (lost, value) = (Severity::RecordLost, Severity::ValueLost);
    assert_eq!(
        issues(&parsed),
        [
            (value, "bad_date"),
            (value, "unknown_country"),
            (value, "unknown_topic"),
            (value, "unknown_property"),
            (value, "stub_property"),
            (Severity::Note, "unknown_field"),
            (Severity::Note, "no_name"), // of the nested address
            (lost, "unknown_schema"),
            (lost, "abstract_schema"),
            (Severity::Note, "merged_fragments"),
            (lost, "no_id"),
            (lost, "bad_json"),
            (lost, "bad_json"),
        ]
    );
    assert_eq!(entity(&parsed, "test-Q3").get("addressEntity"), ["test-a1"]);
    let notes = [
        "birthDate: 31 Feb 1970",
        "nationality: Atlantis",
        "topics: crime.unknown",
        "shoeSize: 43",
        "mood: sad",
    ];
    assert_eq!(entity(&parsed, "test-Q3").get("notes"), notes);
    let row = &parsed.value.reconciliation.records[0];
    assert_eq!((row.read, row.taken, row.lost), (10, 5, 5));
    let row = &parsed.value.reconciliation.records[1];
    assert_eq!((row.record.as_str(), row.read, row.taken, row.lost), ("nested entity", 1, 1, 0));
    assert_eq!((parsed.value.reconciliation.entities, parsed.value.reconciliation.parties), (5, 3));
}

#[test]
fn fragments_of_one_entity_are_put_together() {
    let line = |schema: &str, properties: &str, referents: &str| {
        format!(r#"{{"id":"a","schema":"{schema}","properties":{{{properties}}},"referents":[{referents}]}}"#)
    };
    let first = line("LegalEntity", r#""name":["A"],"country":["fr"]"#, "");
    let same = line("LegalEntity", r#""country":["fr"]"#, "");
    let more = line("Company", r#""name":["A","B"],"birthDate":["x"],"bikCode":["1"]"#, r#""r""#);
    let other = line("Person", r#""name":["C"]"#, "");
    let parsed = parse([first, same, more.clone(), other, more].join("\n").as_bytes()).unwrap();
    check_account(&parsed);
    let company = entity(&parsed, "test-a");
    assert_eq!((company.schema.name, company.referents.as_slice()), ("Company", &["r".to_owned()][..]));
    assert_eq!(
        (company.get("name"), company.get("bikCode")),
        (&["A".to_owned(), "B".to_owned()][..], &["1".to_owned()][..])
    );
    assert_eq!(
        issues(&parsed),
        [
            (Severity::RecordLost, "duplicate_record"),
            (Severity::ValueLost, "unknown_property"),
            (Severity::Note, "merged_fragments"),
            (Severity::RecordLost, "conflicting_schema"),
            (Severity::RecordLost, "duplicate_record"),
        ]
    );
    let row = &parsed.value.reconciliation.records[0];
    assert_eq!((row.read, row.taken, row.lost), (5, 2, 3));
}

#[test]
fn other_forms_are_named() {
    let format = |text: &str| detect(&[SourceFile { name: "x.json", bytes: text.as_bytes() }]).ok();
    assert_eq!(format(std::str::from_utf8(FIXTURE).unwrap()), Some(Format::FtmJsonLines));
    let entity = r#"{"id":"a","schema":"Person","properties":{"name":["A"]}}"#;
    let delta = format!("{{\"op\":\"ADD\",\"entity\":{entity}}}");
    for (text, part) in [
        (delta.as_str(), "delta file"),
        (r#"{"DATA_SOURCE":"X","RECORD_ID":"1"}"#, "Senzing"),
        ("[]", "it has no line of the kind entity"),
        (r#"{"id":"a","schema":"Robot","properties":{}}"#, "\"Robot\" is no schema"),
    ] {
        let error = parse(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(part), "{part}: {error}");
        assert!(text.contains("Robot") || format(text) != Some(Format::FtmJsonLines), "{text}");
    }
}

#[test]
fn a_bad_line_does_not_hide_the_next() {
    let good = r#"{"id":"z","schema":"Person","properties":{"name":["Z"]}}"#;
    let long = format!("{{\"id\":\"{}\"}}", "x".repeat(5 << 20));
    let deep = format!("{{\"id\":{}", "[".repeat(100_000));
    let field = format!(
        r#"{{"id":"a","schema":"Person","properties":{{"name":["A"],"notes":["{}"]}}}}"#,
        "x".repeat(limits::FIELD_BYTES_MAX + 1)
    );
    for (line, kind, n_entities) in [
        (long.as_bytes(), "line_too_long", 1),
        (deep.as_bytes(), "bad_json", 1),
        (b"{\"id\": \"\xff\"}", "not_utf8", 1),
        (b"{\"id\":\"a\",\"schema\":\"Person\",\"properties\":[]}", "bad_json", 2),
        (field.as_bytes(), "value_too_long", 2),
    ] {
        let parsed = parse(&[line, good.as_bytes()].join(&b'\n')).unwrap();
        assert_eq!(parsed.issues.kept()[0].kind, kind);
        assert_eq!(parsed.value.reconciliation.entities, n_entities);
        assert!(parsed.value.reconciliation.is_closed());
    }
}

fn data(file: &str) -> Option<Vec<u8>> {
    Some(std::fs::read(real::path(&format!("ftm/{file}"))?).unwrap())
}

/// Each line alone is within the bound, together they are not.
#[test]
fn referents_of_fragments_are_bounded() {
    let n = limits::VALUES_PER_PROPERTY_MAX * 3 / 5;
    let line = |word: &str| {
        let referents: Vec<String> = (0..n).map(|number| format!("\"{word}-{number}\"")).collect();
        let referents = referents.join(",");
        format!(
            "{{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"A\"]}},\"referents\":[{referents}]}}\n"
        )
    };
    let parsed = parse([line("x"), line("x"), line("y")].concat().as_bytes()).unwrap();
    assert_eq!(entity(&parsed, "test-a").referents.len(), limits::VALUES_PER_PROPERTY_MAX);
    assert_eq!(
        issues(&parsed),
        [
            (Severity::RecordLost, "duplicate_record"),
            (Severity::ValueLost, "too_many_values"),
            (Severity::Note, "merged_fragments"),
        ]
    );
}

#[test]
fn properties_beside_the_properties_are_taken() {
    let line = r#"{"id":"a","schema":"Person","properties":{"name":["A"],"kin":[{"is":"son","name":"B"},[1,null]]},"birthDate":["1970"],"mood":["sad"],"more":{}}"#;
    let parsed = parse(line.as_bytes()).unwrap();
    check_account(&parsed);
    let person = entity(&parsed, "test-a");
    assert_eq!(
        (person.first("birthDate"), person.get("notes")),
        (Some("1970"), &["kin: is: son, name: B", "kin: 1", "mood: sad"].map(str::to_owned)[..])
    );
    let note = Severity::Note;
    assert_eq!(
        issues(&parsed),
        [
            (Severity::ValueLost, "unknown_property"),
            (note, "misplaced_property"),
            (note, "unknown_field"),
            (note, "unknown_field")
        ]
    );
}

#[test]
fn the_real_export_is_read_and_its_siblings_are_not() {
    let Some(bytes) = data("peps_entities.ftm.json") else { return };
    let n_lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count() as u64;
    let parsed = parse(&bytes).unwrap();
    let account = &parsed.value.reconciliation;
    assert!(account.is_closed());
    assert_eq!((account.entities, account.records[0].read), (n_lines, n_lines));
    assert_eq!(parsed.issues.count(Severity::RecordLost), 0);
    for (file, part) in [("entities.delta.json", "delta file"), ("wd_peps_sa_senzing.json", "Senzing")] {
        let Some(bytes) = data(file) else { return };
        assert!(parse(&bytes).unwrap_err().to_string().contains(part), "{file}");
    }
}

proptest! {
    /// Bytes changed anywhere: never a panic, and the account always closes.
    #[test]
    fn mutated_files_reconcile(changes in prop::collection::vec((0..FIXTURE.len(), any::<u8>()), 1..20)) {
        let mut bytes = FIXTURE.to_vec();
        changes.into_iter().for_each(|(at, byte)| bytes[at] = byte);
        if let Ok(parsed) = parse(&bytes) {
            check_account(&parsed);
            let n_taken: u64 = parsed.value.reconciliation.records.iter().map(|row| row.taken).sum();
            prop_assert!(n_taken >= parsed.value.reconciliation.entities);
        }
    }
}
