//! Switzerland's list: what a small file gives in every detail, what broken files give, and the real example.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
#![expect(clippy::panic, reason = "a test that finds what it must not must fail")]

use std::fmt::Write as _;

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

const FIXTURE: &[u8] = include_bytes!("fixtures/ch/list.xml");
const XML: XmlList = XmlList {
    root: "swiss-sanctions-list",
    start: "swiss-sanctions-list list-type='whole-list' date='2024-01-01'",
    read: parse,
};

fn parse(bytes: &[u8]) -> Result<Parsed<ListContent>, ReadError> {
    let list: ListId = "ch".parse().unwrap();
    read(Format::ChXml, &list, &[SourceFile { name: "list.xml", bytes }], None)
}

fn target(inside: &str) -> String {
    format!(
        "<target ssid='1' sanctions-set-id='2'><individual><identity main='true'>{inside}</identity></individual></target>"
    )
}

#[test]
fn every_detail_of_the_fixture() {
    let parsed = parse(FIXTURE).unwrap();
    check_account(&parsed);
    insta::assert_snapshot!(words::in_words(&parsed));
}

#[test]
fn the_root_element_tells_the_format() {
    assert_eq!(detect(&[SourceFile { name: "x", bytes: FIXTURE }]), Ok(Format::ChXml));
}

#[test]
fn hostile_files() {
    XML.refuses_cuts(FIXTURE);
    XML.refuses_constructs();
}

#[test]
fn de_listed_targets_are_no_parties_and_are_counted() {
    let parsed = parse(FIXTURE).unwrap();
    assert!(parsed.value.entities.iter().all(|entity| !entity.id.starts_with("ch-300")));
    let rows = &parsed.value.reconciliation.records;
    let row = rows.iter().find(|row| row.record == "de-listed target").unwrap();
    assert_eq!((row.read, row.taken, row.lost), (1, 1, 0));
    assert!(issues(&parsed).contains(&(Severity::Note, "delisted")));
}

#[test]
fn spellings_make_whole_names_and_never_too_many() {
    let part = |order: usize, n: usize| {
        let mut spellings = String::new();
        (0..n).for_each(|n| {
            write!(spellings, "<spelling-variant lang='rus' script='Cyrl'>s{order}x{n}</spelling-variant>")
                .unwrap()
        });
        format!(
            "<name-part order='{order}' name-part-type='other'><value>v{order}</value>{spellings}</name-part>"
        )
    };
    let names = |parts: String| {
        let text =
            XML.file(&target(&format!("<name name-type='primary-name' quality='good'>{parts}</name>")));
        let parsed = parse(text.as_bytes()).unwrap();
        check_account(&parsed);
        (entity(&parsed, "ch-1").get("name").to_vec(), entity(&parsed, "ch-1").get("alias").to_vec())
    };
    assert_eq!(
        names(part(2, 2) + &part(1, 1)),
        (vec!["v1 v2".to_owned()], vec!["s1x0 s2x0".to_owned(), "s1x0 s2x1".to_owned()])
    );
    let (_, many) = names(part(1, 100) + &part(2, 100));
    assert_eq!((many.len(), many[99].as_str()), (100, "s1x99 s2x99"));
    let (whole, alone) = names((1..=100).map(|order| part(order, 2)).collect());
    assert_eq!((whole[0].split(' ').count(), alone.len()), (100, 200));
}

#[test]
fn one_bad_record_costs_one_record() {
    let good = target(
        "<name name-type='primary-name' quality='good'><name-part order='1' name-part-type='whole-name'><value>A B</value></name-part></name>",
    );
    for (bad, kind) in [
        ("<target ssid='2'/>", "unknown_target"),
        ("<target ssid='2'><individual/></target>", "no_name"),
        ("<place/>", "no_id"),
        ("<sanctions-program/>", "no_id"),
        ("<other/>", "unknown_record"),
        ("stray", "stray_text"),
    ] {
        let program = "<sanctions-program><sanctions-set ssid='2'>S</sanctions-set></sanctions-program>";
        let parsed = parse(XML.file(&format!("{program}{good}{bad}")).as_bytes()).unwrap();
        check_account(&parsed);
        assert_eq!(entity(&parsed, "ch-1").get("name"), ["A B"]);
        assert_eq!(issues(&parsed), [(Severity::RecordLost, kind)], "{bad}");
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
fn the_real_example() {
    let Some(path) = real::path("ch/seco_format_example_2024-01-17.xml") else { return };
    let bytes = std::fs::read(path).unwrap();
    assert_eq!(detect(&[SourceFile { name: "x", bytes: &bytes }]), Ok(Format::ChXml));
    let parsed = parse(&bytes).unwrap();
    check_account(&parsed);
    assert_eq!(parsed.value.reconciliation.parties, 3);
    assert_eq!(issues(&parsed), [(Severity::Note, "partial_list")]); // it is an amendment
}
