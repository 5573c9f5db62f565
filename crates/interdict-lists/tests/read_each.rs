//! Reading with entities handed out one by one: the same as reading a list whole, and early where records stand on their own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use interdict_core::entity::Entity;
use interdict_core::list::ListId;
use interdict_lists::mapped_csv::Mapping;
use interdict_lists::{Account, Format, ReadError, SourceFile, read, read_each};

/// When entities are handed out.
#[derive(Debug, PartialEq, Eq)]
enum When {
    /// Record by record.
    AtOnce,
    /// When the files are read.
    AtEnd,
}
use When::{AtEnd, AtOnce};

macro_rules! fixture {
    ($format:ident, $when:ident, $($name:literal),+) => {
        (Format::$format, $when, &[$(($name, include_bytes!(concat!("fixtures/", $name)).as_slice())),+])
    };
}

type Fixture = (Format, When, &'static [(&'static str, &'static [u8])]);

const FIXTURES: &[Fixture] = &[
    fixture!(OfacCsv, AtEnd, "ofac/SDN.CSV", "ofac/ADD.CSV", "ofac/ALT.CSV", "ofac/SDN_COMMENTS.CSV"),
    fixture!(OfacXml, AtEnd, "ofac_xml/classic.xml"),
    fixture!(OfacEnhancedXml, AtEnd, "ofac_xml/enhanced.xml"),
    fixture!(OfacAdvancedXml, AtEnd, "ofac_advanced/SDN_ADVANCED.XML"),
    fixture!(UnXml, AtOnce, "un/consolidated.xml"),
    fixture!(EuXml, AtOnce, "eu/details.xml"),
    fixture!(EuXml, AtOnce, "eu/same.xml"),
    fixture!(EuCsv, AtEnd, "eu/same_1_0.csv"),
    fixture!(EuCsv, AtEnd, "eu/same_1_1.csv"),
    fixture!(EuCsv, AtOnce, "eu/parsed.csv"),
    fixture!(ChXml, AtEnd, "ch/list.xml"),
    fixture!(CaXml, AtOnce, "ca/data-set.xml"),
    fixture!(KrJsonLines, AtOnce, "kr/designations.jsonl"),
    fixture!(FtmJsonLines, AtEnd, "ftm/entities.ftm.json"),
    fixture!(FtmJsonLines, AtEnd, "ftm/targets.nested.json"),
    fixture!(SenzingJsonLines, AtEnd, "senzing/records.json"),
    (Format::SenzingJsonLines, AtOnce, &[("without pointers", WITHOUT_POINTERS)]),
    fixture!(Uk, AtEnd, "uk/list.xml"),
    fixture!(Uk, AtEnd, "uk/list.csv"),
    fixture!(UkOfsi, AtEnd, "uk/consolidated.csv"),
    fixture!(UsCsl, AtOnce, "us_csl/list.csv"),
    (Format::MappedCsv, AtOnce, &[("without ids", b"name,country\nJane Doe,lv\nRoe Ltd,\"ee\"\n")]),
    fixture!(MappedCsv, AtEnd, "csv/known_columns.csv"),
    fixture!(MappedCsv, AtEnd, "csv/conlist.csv"),
];

const WITHOUT_POINTERS: &[u8] =
    br#"{"DATA_SOURCE": "OWN", "RECORD_ID": "1", "NAME_FULL": "Jane Doe", "DATE_OF_BIRTH": "1970"}
{"DATA_SOURCE": "OWN", "RECORD_ID": "2", "NAME_ORG": "Roe Ltd"}
"#;

fn list() -> ListId {
    "own".parse().unwrap()
}

/// What is handed out, and how it ended.
fn handed_out(format: Format, files: &[SourceFile<'_>]) -> (Vec<Entity>, Result<Account, ReadError>) {
    let mut entities = Vec::new();
    let mapping = mapping(files);
    let end = read_each(format, &list(), files, mapping.as_ref(), &mut |entity| entities.push(entity));
    (entities, end)
}

fn mapping(files: &[SourceFile<'_>]) -> Option<Mapping> {
    let is_conlist = files.iter().any(|file| file.name == "csv/conlist.csv");
    is_conlist.then(|| Mapping::parse(include_str!("fixtures/csv/conlist.toml")).unwrap())
}

fn sources<'a>(files: &[(&'a str, &'a [u8])]) -> Vec<SourceFile<'a>> {
    files.iter().map(|(name, bytes)| SourceFile { name, bytes }).collect()
}

#[test]
fn every_fixture_gives_the_same_as_when_it_is_read_whole() {
    for (format, _, files) in FIXTURES {
        let files = sources(files);
        let whole = read(*format, &list(), &files, mapping(&files).as_ref()).unwrap();
        let (entities, account) = handed_out(*format, &files);
        let account = account.unwrap();
        let name = files[0].name;
        assert!(!entities.is_empty(), "{name}");
        assert_eq!(entities, whole.value.entities, "{name}");
        assert_eq!(account.reconciliation, whole.value.reconciliation, "{name}");
        assert_eq!(account.reconciliation.entities, entities.len() as u64, "{name}");
        let n_parties = entities.iter().filter(|entity| entity.is_party()).count();
        assert_eq!(account.reconciliation.parties, n_parties as u64, "{name}");
        assert_eq!((account.published, account.issues), (whole.value.published, whole.issues), "{name}");
    }
}

/// A file that ends in the middle is refused at its end, when all records before have gone out already, or none has.
#[test]
fn records_that_stand_on_their_own_are_handed_out_at_once() {
    let mut seen = Vec::new();
    for (format, when, files) in FIXTURES {
        let mut files = sources(files);
        let whole = files[0].bytes.trim_ascii_end();
        files[0].bytes = &whole[..whole.len() - 3];
        let (entities, end) = handed_out(*format, &files);
        // A table may not show that it was cut.
        if end.is_err() {
            assert!(matches!(end, Err(ReadError::Truncated { .. })), "{}: {end:?}", files[0].name);
            let found = if entities.is_empty() { AtEnd } else { AtOnce };
            assert_eq!(found, *when, "{}", files[0].name);
            seen.push(*format);
        }
    }
    for format in [Format::OfacCsv, Format::UnXml, Format::EuXml, Format::EuCsv, Format::ChXml] {
        assert!(seen.contains(&format), "{format:?} is refused when cut");
    }
}
