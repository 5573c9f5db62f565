//! OFAC's classic and enhanced XML: what small files give, bad input, and whether the same party read from two forms is the same.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::fmt::Write as _;

use interdict_core::issue::Parsed;
use interdict_core::list::ListId;
use interdict_lists::{Format, ListContent, ReadError, SourceFile, ofac};

#[path = "ofac_xml/alike.rs"]
mod alike;
#[path = "ofac_xml/hostile.rs"]
mod hostile;
#[path = "shared/parsed.rs"]
mod parsed;
#[path = "shared/real.rs"]
mod real;
#[path = "ofac_xml/said.rs"]
mod said;

use parsed::{check_account, entity};

const CLASSIC_FIXTURE: &str = include_str!("fixtures/ofac_xml/classic.xml");
const ENHANCED_FIXTURE: &str = include_str!("fixtures/ofac_xml/enhanced.xml");

fn list() -> ListId {
    "ofac".parse().unwrap()
}

/// A reader of one of the two forms.
type Read = fn(&ListId, &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError>;
const CLASSIC: Read = ofac::classic::read;
const ENHANCED: Read = ofac::enhanced::read;

fn parse(read: Read, bytes: &[u8]) -> Result<Parsed<ListContent>, ReadError> {
    read(&list(), &SourceFile { name: "list.xml", bytes })
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
fn every_detail_of_the_classic_fixture() {
    let parsed = parse(CLASSIC, CLASSIC_FIXTURE.as_bytes()).unwrap();
    check_account(&parsed);
    assert_eq!(parsed.value.published.unwrap().to_string(), "2024-05-06");
    insta::assert_snapshot!(in_words(&parsed));
}

#[test]
fn every_detail_of_the_enhanced_fixture() {
    let parsed = parse(ENHANCED, ENHANCED_FIXTURE.as_bytes()).unwrap();
    check_account(&parsed);
    assert_eq!(parsed.value.published.unwrap().to_string(), "2024-08-28");
    insta::assert_snapshot!(in_words(&parsed));
}

#[test]
fn links_go_to_the_party_of_the_id_in_both_directions() {
    let parsed = parse(ENHANCED, ENHANCED_FIXTURE.as_bytes()).unwrap();
    let link = entity(&parsed, "ofac-90001-link-1");
    assert_eq!(link.schema.name, "Directorship");
    let values = ["director", "organization", "role"].map(|property| link.first(property));
    assert_eq!(values, [Some("ofac-90001"), Some("ofac-90002"), Some("Leader or official of")]);
    // A company is nobody's associate in the model.
    let link = entity(&parsed, "ofac-90002-link-1");
    let values = ["subject", "object", "role"].map(|property| link.first(property));
    assert_eq!(values, [Some("ofac-90002"), Some("ofac-90001"), Some("Associate Of")]);
}

#[test]
fn the_enhanced_form_says_when_it_is_a_part_of_a_list() {
    let told = |from: &str, to: &str| {
        assert!(ENHANCED_FIXTURE.contains(from));
        let parsed = parse(ENHANCED, ENHANCED_FIXTURE.replacen(from, to, 1).as_bytes()).unwrap();
        let partial = parsed.issues.kept().iter().find(|issue| issue.kind == "partial_list");
        partial.map(|issue| issue.reason.clone())
    };
    let filters = "</sanctionsLists></filters>";
    let programs = "<sanctionsPrograms><sanctionsProgram>TEST</sanctionsProgram></sanctionsPrograms>";
    let of_program = told(filters, &format!("</sanctionsLists>{programs}</filters>"));
    assert!(of_program.unwrap().ends_with("sanctionsPrograms: TEST"));
    assert!(told(">SDN List<", ">FSE List<").unwrap().ends_with("sanctionsLists: FSE List"));
    assert_eq!(told(">SDN List<", ">Consolidated List<"), None);
    assert_eq!(told(filters, "</sanctionsLists><sanctionsPrograms/></filters>"), None);
    assert_eq!(told(filters, filters), None);
}

#[test]
fn real_files_of_one_program_say_so() {
    for (name, is_part) in [
        ("IRGC_sdn_enhanced_2024-08-28.xml", true),
        ("yemen_sdn_enhanced_2024-05-24.xml", true),
        ("CONS_ENHANCED_2025-01-10.ZIP", false),
    ] {
        let Some(path) = real::path(&format!("ofac/enhanced_xml/{name}")) else { return };
        let bytes = std::fs::read(path).unwrap();
        let files = [SourceFile { name, bytes: &bytes }];
        let parsed = interdict_lists::read(Format::OfacEnhancedXml, &list(), &files, None).unwrap();
        let kinds = parsed.issues.kept().iter().map(|issue| issue.kind.as_str());
        assert_eq!(kinds.filter(|kind| *kind == "partial_list").count(), usize::from(is_part), "{name}");
    }
}

#[test]
fn the_enhanced_form_says_of_which_list_it_is() {
    let consolidated = ENHANCED_FIXTURE.replace(">SDN List<", ">Consolidated List<");
    assert!(!ofac::enhanced::is_consolidated(ENHANCED_FIXTURE.as_bytes()));
    assert!(ofac::enhanced::is_consolidated(consolidated.as_bytes()));
    let both =
        consolidated.replacen("<sanctionsList ", "<sanctionsList>SDN List</sanctionsList><sanctionsList ", 1);
    assert!(!ofac::enhanced::is_consolidated(both.as_bytes()));
    assert!(!ofac::enhanced::is_consolidated(b""));
}
