//! The European Union's list: what small files give in every detail, in XML and in CSV; what broken ones give; the real files.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
#![expect(clippy::panic, reason = "a test that finds what it must not must fail")]

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
use words::in_words;
use xml_hostile::XmlList;

const SAME_XML: &[u8] = include_bytes!("fixtures/eu/same.xml");
const SAME_1_1: &[u8] = include_bytes!("fixtures/eu/same_1_1.csv");
const SAME_1_0: &[u8] = include_bytes!("fixtures/eu/same_1_0.csv");
const DETAILS: &[u8] = include_bytes!("fixtures/eu/details.xml");
const PARSED: &[u8] = include_bytes!("fixtures/eu/parsed.csv");
const XML: XmlList = XmlList {
    root: "export",
    start: "export xmlns='http://eu.europa.ec/fpi/fsd/export' generationDate='2024-01-01'",
    read: xml,
};

fn list() -> ListId {
    "eu".parse().unwrap()
}

fn xml(bytes: &[u8]) -> Result<Parsed<ListContent>, ReadError> {
    read(Format::EuXml, &list(), &[SourceFile { name: "eu.xml", bytes }], None)
}

fn csv(bytes: &[u8]) -> Result<Parsed<ListContent>, ReadError> {
    read(Format::EuCsv, &list(), &[SourceFile { name: "eu.csv", bytes }], None)
}

#[test]
fn every_detail_of_the_xml() {
    let parsed = xml(DETAILS).unwrap();
    check_account(&parsed);
    insta::assert_snapshot!(in_words(&parsed));
}

#[test]
fn every_detail_of_the_form_of_other_makers() {
    let parsed = csv(PARSED).unwrap();
    check_account(&parsed);
    insta::assert_snapshot!(in_words(&parsed));
}

#[test]
fn the_same_parties_in_xml_and_csv_are_the_same_entities() {
    let (xml, csv) = (xml(SAME_XML).unwrap(), csv(SAME_1_1).unwrap());
    assert_eq!(xml.value.published, csv.value.published);
    assert!(xml.value.entities == csv.value.entities, "{}\n{}", in_words(&xml), in_words(&csv));
    assert_eq!((issues(&xml), issues(&csv)), (vec![], vec![]));
    insta::assert_snapshot!(in_words(&xml));
}

#[test]
fn csv_1_0_says_less_and_nothing_else() {
    let (xml, csv) = (xml(SAME_XML).unwrap(), csv(SAME_1_0).unwrap());
    check_account(&csv);
    assert_eq!(issues(&csv), []);
    let ids = |parsed: &Parsed<ListContent>| -> Vec<String> {
        parsed.value.entities.iter().map(|entity| entity.id.clone()).collect()
    };
    assert_eq!(ids(&xml), ids(&csv));
    for less in &csv.value.entities {
        let more = entity(&xml, &less.id);
        assert_eq!(less.schema.name, more.schema.name);
        // It has no post box, no day of the designation, and nothing on how an address or a paper came to be known.
        for (property, values) in less.properties().filter(|(property, _)| {
            !matches!(property.name, "address" | "full" | "listingDate" | "description" | "sourceUrl")
        }) {
            for value in values {
                assert!(more.get(property.name).contains(value), "{} {}: {value}", less.id, property.name);
            }
        }
    }
    let person = entity(&csv, "eu-EU.9001.10");
    assert_eq!(person.get("name"), ["Jon Il Example"]);
    assert_eq!(person.get("passportNumber"), ["PX900900"]);
    assert_eq!(person.get("birthDate"), ["1965-04-25"]);
    assert_eq!(person.get("nationality"), ["kp"]);
    assert_eq!(entity(&csv, "eu-EU.9002.20-address-1").get("street"), ["1 Example Street"]);
}

#[test]
fn first_lines_tell_the_format() {
    let format = |bytes: &[u8]| detect(&[SourceFile { name: "list", bytes }]).ok();
    assert_eq!(format(SAME_XML), Some(Format::EuXml));
    for bytes in [SAME_1_1, SAME_1_0, PARSED] {
        assert_eq!(format(bytes), Some(Format::EuCsv));
    }
    for other in
        [&b"<export><sanctionEntity/></export>"[..], b"Entity_LogicalId;name\n", b"Name,Alias\n", b"name;x\n"]
    {
        assert!(!matches!(format(other), Some(Format::EuXml | Format::EuCsv)));
    }
}

#[test]
fn hostile_xml() {
    XML.refuses_cuts(SAME_XML);
    XML.refuses_constructs();
}

#[test]
fn one_bad_record_costs_one_record() {
    let good = "<sanctionEntity euReferenceNumber='EU.1.1'><subjectType code='person'/><regulation/><nameAlias wholeName='A B' strong='true'/></sanctionEntity>";
    for (bad, kind) in [
        ("<sanctionEntity/>", "no_name"),
        ("<sanctionEntity><nameAlias wholeName=''/></sanctionEntity>", "no_name"),
        ("<other/>", "unknown_record"),
        ("stray", "stray_text"),
    ] {
        let parsed = xml(XML.file(&format!("{good}{bad}")).as_bytes()).unwrap();
        check_account(&parsed);
        assert_eq!(entity(&parsed, "eu-EU.1.1").get("name"), ["A B"]);
        assert_eq!(issues(&parsed), [(Severity::RecordLost, kind)], "{bad}");
    }
}

#[test]
fn rows_of_one_party_may_stand_apart_and_come_twice() {
    let text = "\u{feff}Entity_LogicalId;NameAlias_WholeName;Entity_SubjectType;Entity_Regulation_Programme;Color\n\
        1;A B;P;X;\n2;C D;P;X;\n1;Q R;P;X;red\n1;A B;P;X;red\n;E F;P;X;\n3;;P;X;\n1;S T;P;X;;more\n2;short\n";
    let parsed = csv(text.as_bytes()).unwrap();
    check_account(&parsed);
    let first = entity(&parsed, "eu-1");
    assert_eq!(
        (first.get("name"), first.get("alias")),
        (&["A B".to_owned()][..], &["Q R".to_owned(), "S T".to_owned()][..])
    );
    assert_eq!(first.get("notes"), ["Color: red", "behind the last column: more"]);
    assert_eq!(entity(&parsed, "eu-2").get("alias"), ["short"]);
    let row = &parsed.value.reconciliation.records[0];
    assert_eq!((row.read, row.taken, row.lost), (8, 6, 2));
    let kinds: Vec<&str> = issues(&parsed).iter().map(|(_, kind)| *kind).collect();
    for kind in ["unknown_column", "wrong_columns", "no_id", "no_name", "unknown_attribute", "no_date"] {
        assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
    }
}

#[test]
fn broken_csv() {
    for (text, part) in [
        ("a;b\n1;2\n", "its header has no column Entity_LogicalId"),
        ("\n", "is empty"),
        ("\"a;b\n", "its header cannot be read"),
        ("Entity_LogicalId;NameAlias_WholeName\n1", "ends in the middle"),
        ("Name,Alias,Nationality,Designation,Sanction Type,Source\nA,B", "ends in the middle"),
        ("<html><body></body></html>", "is an HTML page"),
    ] {
        let error = csv(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(part), "{part}: {error}");
    }
    let wrong = "Entity_LogicalId;NameAlias_WholeName\n1;\"A B\n2;C D\n3;\u{fffd}\n";
    let parsed = csv(wrong.as_bytes()).unwrap();
    check_account(&parsed);
    assert!(issues(&parsed).contains(&(Severity::RecordLost, "unclosed_quote")));
    assert_eq!(entity(&parsed, "eu-2").get("name"), ["C D"]);
}

#[test]
fn a_cut_csv_is_never_a_shorter_list() {
    for whole in [SAME_1_1, SAME_1_0, PARSED] {
        let n_lines =
            |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').filter(|line| line.len() > 1).count() as u64;
        for cut in 0..whole.len() {
            let Ok(parsed) = csv(&whole[..cut]) else { continue };
            check_account(&parsed);
            let read: u64 = parsed.value.reconciliation.records.iter().map(|row| row.read).sum();
            assert_eq!(read + 1, n_lines(&whole[..cut]), "cut at {cut}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn broken_bytes_never_panic(at in 0..SAME_XML.len(), byte: u8) {
        let mut bytes = SAME_XML.to_vec();
        bytes[at] = byte;
        if let Ok(parsed) = xml(&bytes) {
            check_account(&parsed);
        }
        let mut bytes = SAME_1_1.to_vec();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(parsed) = csv(&bytes) {
            check_account(&parsed);
        }
    }
}

#[test]
fn the_real_files() {
    for (path, format, n_parties, n_lost) in [
        ("eu/fsf_xml_sample.xml", Format::EuXml, 7, 0),
        ("eu/fsf_parsed_2025-05.csv", Format::EuCsv, 5_316, 0),
    ] {
        let Some(path) = real::path(path) else { return };
        let bytes = std::fs::read(path).unwrap();
        let files = [SourceFile { name: "list", bytes: &bytes }];
        assert_eq!(detect(&files), Ok(format));
        let parsed = read(format, &list(), &files, None).unwrap();
        check_account(&parsed);
        assert_eq!(parsed.value.reconciliation.parties, n_parties);
        assert_eq!(parsed.issues.count(Severity::RecordLost), n_lost);
        assert_eq!(parsed.issues.count(Severity::ValueLost), 0, "{:?}", issues(&parsed));
    }
}
