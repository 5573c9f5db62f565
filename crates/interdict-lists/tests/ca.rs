//! Canada's list: what a small file gives in every detail, what broken files give, and the real file.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
#![expect(clippy::panic, reason = "a test that finds what it must not must fail")]

use std::collections::BTreeSet;

use interdict_core::issue::{Parsed, Severity};
use interdict_core::list::ListId;
use interdict_lists::{Format, ListContent, ReadError, SourceFile, detect, read};
use proptest::prelude::*;

#[path = "shared/parsed.rs"]
mod parsed;
#[path = "shared/real.rs"]
mod real;
#[path = "shared/words.rs"]
mod words;
#[path = "shared/xml_hostile.rs"]
mod xml_hostile;

use parsed::{check_account, entity, issues};
use xml_hostile::XmlList;

const FIXTURE: &[u8] = include_bytes!("fixtures/ca/data-set.xml");
const XML: XmlList = XmlList { root: "data-set", start: "data-set", read: parse };

fn parse(bytes: &[u8]) -> Result<Parsed<ListContent>, ReadError> {
    let list: ListId = "ca".parse().unwrap();
    read(Format::CaXml, &list, &[SourceFile { name: "list.xml", bytes }], None)
}

fn ids(parsed: &Parsed<ListContent>) -> BTreeSet<String> {
    parsed.value.entities.iter().map(|entity| entity.id.clone()).collect()
}

#[test]
fn every_detail_of_the_fixture() {
    let parsed = parse(FIXTURE).unwrap();
    check_account(&parsed);
    insta::assert_snapshot!(words::in_words(&parsed));
}

#[test]
fn the_root_element_tells_the_format() {
    assert_eq!(detect(&[SourceFile { name: "x", bytes: FIXTURE }]), Ok(Format::CaXml));
}

#[test]
fn hostile_files() {
    XML.refuses_cuts(FIXTURE);
    XML.refuses_constructs();
}

#[test]
fn ids_stay_when_records_are_added_around_them() {
    let record = |last: &str, item: u32| {
        format!(
            "<record><Country>Examplia / Exemplie</Country><LastName>{last}</LastName><Schedule>1, Part 1</Schedule><Item>{item}</Item></record>"
        )
    };
    let read = |records: &[String]| ids(&parse(XML.file(&records.concat()).as_bytes()).unwrap());
    let before = read(&[record("Primer", 1), record("Sample", 2)]);
    assert_eq!(before.len(), 4);
    // One in front, one with the same item, one with the same name.
    let added = [
        record("First", 3),
        record("Other", 1),
        record("Primer", 1),
        record("Sample", 2),
        record("Sample", 4),
    ];
    let after = read(&added);
    assert!(after.is_superset(&before) && after.len() == 10, "{after:?}");
    assert!(before.iter().any(|id| id.starts_with("ca-examplia-1-part-1-1-")));
    // A repealed item that another party gets is another id.
    assert!(read(&[record("Successor", 1)]).is_disjoint(&before));
    // Blanks and capitals are no change.
    assert_eq!(read(&[record(" PRIMER\u{a0}", 1), record("Sample", 2)]), before);
}

#[test]
fn one_bad_record_costs_one_record() {
    let good =
        "<record><Country>X</Country><EntityOrShip>Example Works</EntityOrShip><Item>1</Item></record>";
    for (bad, kind) in [
        ("<record/>", "no_name"),
        ("<record><Country>X</Country><Item>2</Item></record>", "no_name"),
        ("<other/>", "unknown_record"),
        ("stray", "stray_text"),
    ] {
        let parsed = parse(XML.file(&format!("{good}{bad}")).as_bytes()).unwrap();
        check_account(&parsed);
        assert_eq!(parsed.value.entities[0].get("name"), ["Example Works"]);
        let found = issues(&parsed);
        assert_eq!(found, [(Severity::Note, "no_date"), (Severity::RecordLost, kind)], "{bad}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn broken_bytes_never_panic(at in 0..FIXTURE.len(), byte: u8) {
        let mut bytes = FIXTURE.to_vec();
        bytes[at] = byte;
        if let Ok(parsed) = parse(&bytes) {
            check_account(&parsed);
        }
    }
}

#[test]
fn the_real_file() {
    let Some(path) = real::path("ca/sema-lmes_2025-05.xml") else { return };
    let bytes = std::fs::read(path).unwrap();
    assert_eq!(detect(&[SourceFile { name: "x", bytes: &bytes }]), Ok(Format::CaXml));
    let parsed = parse(&bytes).unwrap();
    check_account(&parsed);
    let rows: Vec<(&str, u64, u64)> = parsed
        .value
        .reconciliation
        .records
        .iter()
        .map(|row| (row.record.as_str(), row.read, row.taken))
        .collect();
    assert_eq!(rows, [("individual", 3_334, 3_334), ("entity", 1_316, 1_316), ("ship", 109, 109)]);
    let found = issues(&parsed);
    assert_eq!(found, [(Severity::Note, "no_date"), (Severity::ValueLost, "bad_date")]); // one birth is `Sep-99`
    let person =
        parsed.value.entities.iter().find(|entity| entity.id.starts_with("ca-belarus-1-part-1-8-")).unwrap();
    assert_eq!(person.get("name"), ["Aleksandr Grigoryevich Lukashenko"]);
    assert_eq!(entity(&parsed, &format!("{}-sanction-1", person.id)).get("listingDate"), ["2020-09-28"]);
    assert_eq!(ids(&parsed), ids(&parse(&bytes).unwrap()));
}
