//! CSV files with and without a mapping: what small files give, what broken files and mappings give.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail, and one that is skipped must say so"
)]

use interdict_core::issue::{Parsed, Severity};
use interdict_core::list::ListId;
use interdict_lists::mapped_csv::Mapping;
use interdict_lists::{Format, ListContent, ReadError, SourceFile, detect, read};
use proptest::prelude::*;

#[path = "shared/parsed.rs"]
mod parsed;

use parsed::{check_account, entity, issues};

const KNOWN: &[u8] = include_bytes!("fixtures/csv/known_columns.csv");
const CONLIST: &[u8] = include_bytes!("fixtures/csv/conlist.csv");
const CONLIST_MAPPING: &str = include_str!("fixtures/csv/conlist.toml");

fn parse(bytes: &[u8], mapping: Option<&str>) -> Result<Parsed<ListContent>, ReadError> {
    let list: ListId = "own".parse().unwrap();
    let mapping = mapping.map(|text| Mapping::parse(text).unwrap());
    read(Format::MappedCsv, &list, &[SourceFile { name: "list.csv", bytes }], mapping.as_ref())
}

#[test]
fn known_columns_need_no_mapping() {
    let parsed = parse(KNOWN, None).unwrap();
    let jane = entity(&parsed, "own-1");
    for (property, values) in [
        ("name", &["Doe, Jane", "Doe, Janet"][..]),
        ("alias", &["J. Doe", "Jane D."]),
        ("birthDate", &["1970-01-02"]),
        ("country", &["kp"]),
        ("idNumber", &["AB 123"]),
        ("address", &["1 Example Road, Sampletown"]),
        ("addressEntity", &["own-1-address-1"]),
        ("topics", &["sanction"]),
    ] {
        assert_eq!(jane.get(property), values, "{property}");
    }
    assert_eq!(entity(&parsed, "own-1-address-1").get("full"), ["1 Example Road, Sampletown"]);
    let company = entity(&parsed, "own-2");
    assert_eq!(company.get("registrationNumber"), ["91330000710000000X", "7777"]);
    let account = &parsed.value.reconciliation;
    let row = &account.records[0];
    assert_eq!((row.read, row.taken, row.lost, account.parties), (8, 6, 2, 5));
    assert_eq!(entity(&parsed, "own-2-person").get("name"), ["Doe Trading"]);
}

#[test]
fn what_cannot_be_taken_is_an_issue() {
    let parsed = parse(KNOWN, None).unwrap();
    assert_eq!(
        issues(&parsed),
        [
            (Severity::Note, "unmapped_column"),
            (Severity::ValueLost, "unknown_schema"),
            (Severity::ValueLost, "unknown_country"),
            (Severity::RecordLost, "no_name"),
            (Severity::ValueLost, "bad_date"),
            (Severity::Note, "id_reused"),
            (Severity::RecordLost, "unclosed_quote"),
        ]
    );
    let kept = entity(&parsed, "own-3");
    assert_eq!((kept.schema.name, kept.get("notes")), ("LegalEntity", &["country: Atlantis".to_owned()][..]));
}

#[test]
fn a_mapping_tells_what_columns_mean() {
    let parsed = parse(CONLIST, Some(CONLIST_MAPPING)).unwrap();
    let jane = entity(&parsed, "own-7001");
    assert_eq!(jane.get("name"), ["Jane DOE", "Jane DO"]);
    assert_eq!(jane.get("birthDate"), ["1970-01-02", "1971"]);
    assert_eq!(jane.get("country"), ["kp"]);
    let sanction = entity(&parsed, "own-7001-sanction-1");
    assert_eq!(sanction.get("authority"), ["HM Treasury"]);
    assert_eq!(sanction.get("listingDate"), ["2019-02-11"]);
    assert_eq!(jane.get("program"), ["DPRK"]);
    assert_eq!(entity(&parsed, "own-7001-address-1").get("full"), ["Pyongyang, North Korea"]);
    assert_eq!(entity(&parsed, "own-7003").schema.name, "Vessel");
    assert_eq!(issues(&parsed), [(Severity::Note, "unmapped_column"), (Severity::ValueLost, "bad_date")]);
    assert!(parsed.issues.kept()[0].reason.contains("Alias Type"));
    assert_eq!(parsed.issues.kept()[1].position.unwrap().to_string(), "line 6");
    assert_eq!(parsed.value.published.unwrap().to_string(), "2020-03-25");
    let account = &parsed.value.reconciliation;
    assert_eq!((account.records[0].read, account.parties, account.entities), (4, 3, 8));
}

#[test]
fn rows_without_ids_keep_their_ids_when_they_move() {
    let id = |text: &str, at: usize| parse(text.as_bytes(), None).unwrap().value.entities[at].id.clone();
    assert_eq!(id("name\nA\nB\n", 0), id("name\nB\nA\n", 1));
    assert_ne!(id("name\nA\nB\n", 0), id("name\nA\nB\n", 1));
}

#[test]
fn aliases_in_one_field_are_noted_once() {
    let text = "name,alias,nationality\nA,\"B, C, D\",fr\nE,\"F; G\",Iran\nH,\"KIM, Sang Man|I\",\n";
    let parsed = parse(text.as_bytes(), None).unwrap();
    assert_eq!(issues(&parsed), [(Severity::Note, "unsplit_names")]);
    let first = &parsed.value.entities[0];
    assert_eq!(first.get("alias"), ["B, C, D"], "a comma may stand in a name");
    assert_eq!((first.schema.name, first.get("country")), ("LegalEntity", &["fr".to_owned()][..]));
}

#[test]
fn who_has_a_birth_date_is_a_person() {
    let parsed = parse(b"Name;birth_date\nA;1970\nB;\n", None).unwrap();
    let schemata: Vec<_> = parsed.value.entities.iter().map(|entity| entity.schema.name).collect();
    assert_eq!(schemata, ["Person", "LegalEntity"]);
}

#[test]
fn files_that_do_not_fit_are_refused_with_what_to_do() {
    let long = format!("name,{}\n1\n", "x".repeat(5 << 20));
    for (text, mapping, parts) in [
        ("nom,land\nA,B\n", None, &["no column \"name\"", "found are: nom, land", "docs/csv-mapping.md"][..]),
        (
            "nom,land\nA,B\n",
            Some("schema='Person'\n[properties]\nname='navn'"),
            &["\"navn\"", "found are: nom, land"],
        ),
        ("nom,nom\nA,B\n", Some("schema='Person'\n[properties]\nname='nom'"), &["twice"]),
        (
            "one line",
            Some("skip_lines=5\nschema='Person'\n[properties]\nname='n'"),
            &["\"n\"", "found are: one line"],
        ),
        ("one line\n", Some("skip_lines=1\nschema='Person'\n[properties]\nname='n'"), &["is no header"]),
        (&long, None, &["longer than"]),
        ("<html><body>", None, &["HTML page"]),
    ] {
        let error = parse(text.as_bytes(), mapping).unwrap_err().to_string();
        parts.iter().for_each(|part| assert!(error.contains(part), "{part}: {error}"));
    }
}

#[test]
fn a_bad_row_does_not_hide_the_next() {
    let long = format!("\"{}\"", "x".repeat(5 << 20));
    for (row, kind, n_parties) in [
        (long.as_bytes(), "record_too_long", 1),
        (b"\xff", "not_utf8", 1),
        (b"A,,,,,", "extra_fields", 2),
        (b"A", "short_row", 2),
        (b"A,Atlantis", "unknown_country", 2),
        (b",fr", "no_name", 1),
    ] {
        let row = if kind == "extra_fields" { b"A,,,,,x" } else { row };
        let parsed = parse(&[b"name,country", row, b"Z,fr"].join(&b'\n'), None).unwrap();
        assert_eq!(parsed.issues.kept()[0].kind, kind);
        assert_eq!(parsed.value.reconciliation.parties, n_parties, "{kind}");
        assert!(parsed.value.reconciliation.is_closed());
    }
}

#[test]
fn headers_are_told_from_other_texts() {
    let format = |text: &str| detect(&[SourceFile { name: "x.csv", bytes: text.as_bytes() }]).ok();
    for header in ["name\nA\n", "id;Full Name;Country\n", "\u{feff}a\tb\n", "nom,land\n"] {
        assert_eq!(format(header), Some(Format::MappedCsv), "{header:?}");
    }
    let long = "a,".repeat(100_000);
    for other in ["{\"a\":1,\"b\":2}\n", "<a>,<b>\n", "1,2\n", "just words\n", &long] {
        assert_eq!(format(other), None);
    }
}

#[test]
fn a_bad_mapping_names_its_key() {
    let with = |line: &str| format!("schema = 'Person'\n{line}\n[properties]\nname = 'n'\n");
    let source = |line: &str| format!("schema = 'Person'\n[properties]\nname = 'n'\n{line}\n");
    for (text, parts) in [
        ("schema = ".to_owned(), &["not valid"][..]),
        ("[properties]\nname = 'n'".to_owned(), &["schema"]),
        ("schema = 'Person'\n[properties]".to_owned(), &["properties", "where the name is"]),
        (with("colour = 'red'"), &["colour"]),
        (with("delimiter = '|'"), &["delimiter"]),
        (with("published = 'yesterday'"), &["published"]),
        (with("topics = ['bad']"), &["topics", "\"bad\""]),
        (with("id = { colum = 'x' }"), &["id", "colum"]),
        ("schema = 'Robot'\n[properties]\nname = 'n'".to_owned(), &["schema", "Robot"]),
        (
            "schema = { column = 't', values = { a = 'Thing' } }\n[properties]\nname = 'n'".to_owned(),
            &["schema", "Thing"],
        ),
        (source("shoeSize = 's'"), &["properties.shoeSize"]),
        (source("sanctions = 's'"), &["properties.sanctions", "other end"]),
        (source("alias = { column = 'a', constant = 'b' }"), &["properties.alias", "exactly one"]),
        (source("alias = { join = [] }"), &["properties.alias", "exactly one"]),
        (source("alias = { column = 'a', split = '' }"), &["properties.alias", "split"]),
        (source("alias = { column = 'a', otherwise = 'b' }"), &["properties.alias", "otherwise"]),
        (source("alias = 5"), &["properties.alias"]),
        (source("birthDate = { column = 'a', dates = ['%y'] }"), &["properties.birthDate", "%Y"]),
        (source("[sanction]\nbirthDate = 'x'"), &["sanction.birthDate"]),
        (source("[[address]]\nplanet = 'x'"), &["address.planet"]),
    ] {
        let error = Mapping::parse(&text).unwrap_err().to_string();
        parts.iter().for_each(|part| assert!(error.contains(part), "{part}: {error}"));
    }
}

/// The code block of the documentation that begins behind a fence of this language.
fn documented(language: &str) -> &'static str {
    let document = include_str!("../../../docs/csv-mapping.md");
    let block = document.split(&format!("```{language}\n")).nth(1).unwrap();
    block.split("```").next().unwrap()
}

#[test]
fn the_documentation_is_right() {
    let header = "Group ID;Group Type;Name 1;Name 2;Name 6;Also known as;Other names;DOB;Sex;Number;Listed On;Regime;\
                  Address 1;Town;Country;Remarks";
    let row = "7;Individual;Jane;;DOE;JD;a;2/1/1970;F;N1;11/02/2019;DPRK;1 Road;Pyongyang;North Korea;x";
    let text = format!("Last Updated\n{header}\n{row}\n");
    let parsed = parse(text.as_bytes(), Some(documented("toml"))).unwrap();
    assert!(parsed.issues.is_empty(), "{:?}", parsed.issues);
    assert_eq!(entity(&parsed, "own-7").get("name"), ["Jane DOE"]);
    assert_eq!(entity(&parsed, "own-7-address-1").get("full"), ["1 Road, Pyongyang, North Korea"]);
    let parsed = parse(documented("csv").as_bytes(), None).unwrap();
    assert_eq!(parsed.value.reconciliation.parties, 2);
    assert!(parsed.issues.is_empty(), "{:?}", parsed.issues);
}

#[test]
fn values_are_mapped_and_split() {
    let mapping = "
        schema = { column = 'kind', values = { P = 'Person' }, otherwise = 'Organization' }
        topics = ['role.pep']
        [properties]
        name = ['n1', 'n2']
        gender = { column = 'sex', values = { M = 'male', F = 'female' } }
        alias = { column = 'aka', split = ';' }
        identifier = 'number'
        country = { constant = 'North Korea' }
    ";
    let parsed =
        parse("kind,n1,n2,sex,aka,number\nP,A,B,m,\"x; y\",1\nQ,C,,x,,2\n".as_bytes(), Some(mapping))
            .unwrap();
    let (person, organization) = (&parsed.value.entities[0], &parsed.value.entities[1]);
    assert_eq!(
        (person.get("name"), person.get("gender")),
        (&["A".to_owned(), "B".to_owned()][..], &["male".to_owned()][..])
    );
    assert_eq!(
        (person.get("alias"), person.get("idNumber")),
        (&["x".to_owned(), "y".to_owned()][..], &["1".to_owned()][..])
    );
    assert_eq!(
        (person.get("country"), person.get("topics")),
        (&["kp".to_owned()][..], &["role.pep".to_owned()][..])
    );
    assert_eq!(
        (organization.schema.name, organization.get("registrationNumber")),
        ("Organization", &["2".to_owned()][..])
    );
    assert_eq!(issues(&parsed), [(Severity::ValueLost, "unmapped_value")]);
    assert_eq!(organization.get("notes"), ["gender: x"]);
}

fn mutated(bytes: &[u8], changes: Vec<(usize, u8)>) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let length = bytes.len();
    changes.into_iter().for_each(|(at, byte)| bytes[at % length] = byte);
    bytes
}

proptest! {
    /// Bytes changed anywhere: never a panic, and the account always closes.
    #[test]
    fn mutated_files_reconcile(changes in prop::collection::vec((0..10_000_usize, any::<u8>()), 1..20)) {
        for (bytes, mapping) in [(KNOWN, None), (CONLIST, Some(CONLIST_MAPPING))] {
            if let Ok(parsed) = parse(&mutated(bytes, changes.clone()), mapping) {
                check_account(&parsed);
            }
        }
    }

    #[test]
    fn any_text_is_a_mapping_or_an_error(changes in prop::collection::vec((0..10_000_usize, 32..127_u8), 1..10)) {
        let text = mutated(CONLIST_MAPPING.as_bytes(), changes);
        let _ = Mapping::parse(&String::from_utf8(text).unwrap());
    }
}
