//! The United Nations list: what a small file gives in every detail, what broken files give, and the real files.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::fmt::Write as _;

use interdict_core::issue::{Parsed, Severity};
use interdict_core::list::ListId;
use interdict_lists::{Format, ListContent, ReadError, SourceFile, detect, read};
use proptest::prelude::*;

#[path = "shared/parsed.rs"]
mod parsed;
#[path = "shared/real.rs"]
mod real;

use parsed::{check_account, entity, issues};

const FIXTURE: &[u8] = include_bytes!("fixtures/un/consolidated.xml");
/// Parties of the fixture; a fifth record has no name.
const N_PARTIES: u64 = 4;

fn list() -> ListId {
    "un".parse().unwrap()
}

fn parse(bytes: &[u8]) -> Result<Parsed<ListContent>, ReadError> {
    read(Format::UnXml, &list(), &[SourceFile { name: "consolidated.xml", bytes }], None)
}

/// All entities and issues as text, one value a line.
fn in_words(parsed: &Parsed<ListContent>) -> String {
    let mut words = String::new();
    for entity in &parsed.value.entities {
        writeln!(words, "{} {}", entity.schema.name, entity.id).unwrap();
        for (property, values) in entity.properties() {
            values.iter().for_each(|value| writeln!(words, "  {}: {value}", property.name).unwrap());
        }
    }
    for issue in parsed.issues.kept() {
        let record = issue.record.as_deref().unwrap_or("-");
        writeln!(words, "{:?} {} [{record}] {}", issue.severity, issue.kind, issue.reason).unwrap();
    }
    words
}

#[test]
fn every_detail_of_the_fixture() {
    let parsed = parse(FIXTURE).unwrap();
    assert_eq!(parsed.value.published.unwrap().to_string(), "2025-11-25");
    assert_eq!(parsed.value.reconciliation.parties, N_PARTIES);
    insta::assert_snapshot!(in_words(&parsed));
}

#[test]
fn the_root_element_tells_the_format() {
    let format = |bytes: &[u8]| detect(&[SourceFile { name: "list.xml", bytes }]).ok();
    assert_eq!(format(FIXTURE), Some(Format::UnXml));
    assert_eq!(format(b"\xef\xbb\xbf<!-- x --><CONSOLIDATED_LIST/>"), Some(Format::UnXml));
    for other in [&b"<sdnList/>"[..], b"<INDIVIDUAL/>", b"CONSOLIDATED_LIST", b"<", b"<?xml", b"{}"] {
        assert_ne!(format(other), Some(Format::UnXml));
    }
}

#[test]
fn a_cut_file_is_never_taken_for_a_whole_one() {
    let whole = parse(FIXTURE).unwrap();
    let end = FIXTURE.trim_ascii_end().len();
    for cut in 0..FIXTURE.len() {
        match parse(&FIXTURE[..cut]) {
            Ok(parsed) => {
                assert!(cut >= end, "cut at {cut} of {end}");
                assert_eq!(parsed.value, whole.value);
            }
            Err(error) => {
                assert!(cut < end, "{error}");
                let fits = match error {
                    ReadError::Truncated { .. } => true,
                    ReadError::Empty { .. } => cut == 0,
                    // Before the root begins there is nothing to tell that it is this list.
                    ReadError::WrongForm { .. } => cut < 400,
                    _ => false,
                };
                assert!(fits, "cut at {cut}");
            }
        }
    }
}

#[test]
fn what_is_refused_as_a_whole() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>";
    let deep = format!("<CONSOLIDATED_LIST>{}</CONSOLIDATED_LIST>", "<a>".repeat(100_000));
    let deep_containers = format!("<CONSOLIDATED_LIST>{}", "<ENTITIES>".repeat(100_000));
    let latin_1 = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><CONSOLIDATED_LIST/>";
    for (text, part) in [
        ("<!DOCTYPE html><html></html>", "is an HTML page"),
        ("", "is empty"),
        ("plain text", "is not a UN consolidated list"),
        ("<sdnList></sdnList>", "its root is <sdnList>"),
        (bomb, "byte 22: a DOCTYPE is refused"),
        ("<!DOCTYPE CONSOLIDATED_LIST", "byte 0: a DOCTYPE is refused"),
        (latin_1, "declares the encoding \"ISO-8859-1\""),
        (&deep, "nested deeper than 64"),
        (&deep_containers, "nested deeper than 64"),
        (
            "<CONSOLIDATED_LIST><ENTITIES></INDIVIDUALS></CONSOLIDATED_LIST>",
            "</INDIVIDUALS> stands where </ENTITIES> must",
        ),
        ("<CONSOLIDATED_LIST></CONSOLIDATED_LIST><html>", "goes on behind the end of its root"),
        ("<CONSOLIDATED_LIST><ENTITIES>", "<ENTITIES> is never closed"),
        ("<CONSOLIDATED_LIST><ENTITIES><ENTITY a=\"1>", "ends in the middle"),
        ("\u{feff}", "is empty"),
    ] {
        let error = parse(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(part), "{part}: {error}");
    }
    let error = parse(b"\xff\xfe<\0C\0").unwrap_err();
    assert!(matches!(error, ReadError::OtherForm { form: "a UTF-16 text", .. }), "{error}");
}

/// A list with one entity that has this content, named if it has no name itself.
fn with_entity(content: &str) -> String {
    format!(
        "<CONSOLIDATED_LIST dateGenerated='2025-01-01'><ENTITIES><ENTITY>{content}</ENTITY></ENTITIES></CONSOLIDATED_LIST>"
    )
}

#[test]
fn one_bad_record_or_value_is_one_issue() {
    let long = "x".repeat(5 << 20);
    let many = "<b/>".repeat(100_000);
    for (content, kind, severity, n_parties) in [
        (
            format!("<FIRST_NAME>A</FIRST_NAME><DATAID>1</DATAID><COMMENTS1>{long}</COMMENTS1>"),
            "text_too_long",
            Severity::ValueLost,
            1,
        ),
        (
            format!("<FIRST_NAME>A</FIRST_NAME><DATAID>1</DATAID><X>{many}</X>"),
            "record_too_long",
            Severity::RecordLost,
            0,
        ),
        (
            "<DATAID>1</DATAID><FIRST_NAME>A &undefined; B</FIRST_NAME>".into(),
            "unknown_entity",
            Severity::ValueLost,
            1,
        ),
        ("<DATAID>1</DATAID><FIRST_NAME>A & B</FIRST_NAME>".into(), "bare_ampersand", Severity::Note, 1),
        ("<DATAID>1</DATAID><FIRST_NAME>A&#0;</FIRST_NAME>".into(), "unknown_entity", Severity::ValueLost, 1),
        ("<DATAID>1</DATAID><FIRST_NAME a=b>A</FIRST_NAME>".into(), "bad_attribute", Severity::ValueLost, 1),
        ("<FIRST_NAME>A</FIRST_NAME>".into(), "no_id", Severity::Note, 1),
        ("<DATAID>1</DATAID>".into(), "no_name", Severity::RecordLost, 0),
        ("<DATAID>1</DATAID><FIRST_NAME>A</FIRST_NAME>loose words".into(), "", Severity::Note, 1),
    ] {
        let parsed = parse(with_entity(&content).as_bytes()).unwrap();
        let account = &parsed.value.reconciliation;
        assert!(account.is_closed() && account.parties == n_parties, "{kind}");
        let expected = if kind.is_empty() { (Severity::Note, "unknown_text") } else { (severity, kind) };
        assert_eq!(issues(&parsed), [expected]);
    }
}

#[test]
fn bad_utf8_costs_the_letter_and_not_the_list() {
    let mut text =
        Vec::from(with_entity("<DATAID>1</DATAID><FIRST_NAME>A#</FIRST_NAME><T#G/><X y='#'>z</X>"));
    text.iter_mut().filter(|byte| **byte == b'#').for_each(|byte| *byte = 0xff);
    let parsed = parse(&text).unwrap();
    assert_eq!(parsed.value.entities[0].caption(), "A\u{fffd}");
    assert!(
        parsed.issues.kept().iter().filter(|issue| issue.kind == "not_utf8").count() == 3,
        "{:?}",
        parsed.issues
    );
    assert!(parsed.value.reconciliation.is_closed());
}

#[test]
fn what_stands_beside_the_known_records_is_told() {
    let text = "<CONSOLIDATED_LIST><VESSELS><VESSEL><NAME>X</NAME></VESSEL></VESSELS><ENTITIES>words</ENTITIES></CONSOLIDATED_LIST>";
    let parsed = parse(text.as_bytes()).unwrap();
    let kinds: Vec<_> = parsed.issues.kept().iter().map(|issue| issue.kind.as_str()).collect();
    assert_eq!(kinds, ["no_date", "unknown_record", "stray_text"]);
    let account = parsed.value.reconciliation;
    assert_eq!(account.records.iter().map(|row| (row.read, row.lost)).collect::<Vec<_>>(), [(1, 1), (1, 1)]);
}

#[test]
fn two_records_with_one_id_are_both_kept() {
    let record = "<ENTITY><DATAID>1</DATAID><FIRST_NAME>A</FIRST_NAME></ENTITY>";
    let text = format!(
        "<CONSOLIDATED_LIST dateGenerated='2025-01-01'><ENTITIES>{record}{record}</ENTITIES></CONSOLIDATED_LIST>"
    );
    let parsed = parse(text.as_bytes()).unwrap();
    let ids: Vec<_> = parsed.value.entities.iter().map(|entity| entity.id.as_str()).collect();
    assert_eq!(ids, ["un-1", "un-1-sanction-1", "un-1-2", "un-1-2-sanction-1"]);
    assert_eq!(entity(&parsed, "un-1-2-sanction-1").get("entity"), ["un-1-2"]);
    assert_eq!(issues(&parsed), [(Severity::Note, "id_reused")]);
}

#[test]
fn the_real_lists_reconcile() {
    for (file, date, n_persons, n_others) in [
        ("un_2018-08-24.xml", "2018-08-24", 701, 397),
        ("un_2024-09-26.xml", "2024-09-26", 682, 193),
        ("un_2025-11-25.xml", "2025-11-25", 727, 273),
    ] {
        let Some(path) = real::path(&format!("un/{file}")) else { return };
        let bytes = std::fs::read(path).unwrap();
        let files = [SourceFile { name: file, bytes: &bytes }];
        assert_eq!(detect(&files), Ok(Format::UnXml));
        let parsed = read(Format::UnXml, &list(), &files, None).unwrap();
        let account = &parsed.value.reconciliation;
        assert!(account.is_closed());
        assert_eq!(account.parties, n_persons + n_others, "{file}");
        assert_eq!(parsed.value.published.unwrap().to_string(), date);
        let rows: Vec<_> =
            account.records.iter().map(|row| (row.record.as_str(), row.read, row.taken)).collect();
        assert_eq!(rows, [("individual", n_persons, n_persons), ("entity", n_others, n_others)]);
        check_account(&parsed);
        assert_eq!(parsed.issues.count(Severity::RecordLost), 0);
        let unknown = parsed
            .issues
            .kept()
            .iter()
            .filter(|issue| issue.kind.starts_with("unknown_") && issue.kind != "unknown_country");
        assert_eq!(unknown.count(), 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Bytes changed, put in and taken out anywhere: never a panic, and the account always closes.
    #[test]
    fn mutated_lists_reconcile(changes in prop::collection::vec((0..FIXTURE.len(), any::<u8>(), 0..4_u8), 1..6)) {
        let mut bytes = FIXTURE.to_vec();
        for (at, byte, what) in changes {
            let at = at.min(bytes.len() - 1);
            match what {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => { bytes.remove(at); }
                _ => bytes[at] = b"<>&;/\"'= "[usize::from(byte) % 9],
            }
        }
        if let Ok(parsed) = parse(&bytes) {
            check_account(&parsed);
            let read: u64 = parsed.value.reconciliation.records.iter().map(|row| row.read).sum();
            prop_assert!(parsed.value.reconciliation.parties + parsed.issues.count(Severity::RecordLost) >= read);
        }
    }
}
