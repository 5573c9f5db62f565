//! Australia's consolidated list: rows become parties, in the old and the new columns, as spreadsheet and as CSV.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use interdict_core::entity::Entity;
use interdict_core::issue::{Parsed, Severity};
use interdict_lists::au::{is_au, read};
use interdict_lists::{ListContent, ReadError, SourceFile};
use proptest::prelude::*;

#[path = "shared/archive.rs"]
mod archive;
#[path = "shared/parsed.rs"]
mod parsed;
#[path = "shared/real.rs"]
mod real;
#[path = "shared/sheets.rs"]
mod sheets;

use parsed::{check_account, entity, issues};

fn parse(bytes: &[u8]) -> Result<Parsed<ListContent>, ReadError> {
    let parsed = read(&"au".parse().unwrap(), &SourceFile { name: "list.xlsx", bytes });
    parsed.inspect(check_account)
}

fn check_values(entity: &Entity, expected: &[(&str, &[&str])]) {
    for (property, values) in expected {
        assert_eq!(entity.get(property), *values, "{}: {property}", entity.id);
    }
}

const OLD: [&str; 12] = [
    "Reference",
    "Name of Individual or Entity",
    "Type",
    "Name Type",
    "Date of Birth",
    "Place of Birth",
    "Citizenship",
    "Address",
    "Additional Information",
    "Listing Information",
    "Committees",
    "Control Date",
];

fn table() -> Vec<Vec<&'static str>> {
    let rest = [
        "a) Approximately 1955- 1958 b) 17 Mar. 1962",
        "a) Omsk, Russia; b) Tunis",
        "Russian and Tunisian",
        "a) 1 Test Street, Omsk, Russia b) Somalia (since 2009)",
        "Title: a) Mullah b) Haji. Passport no.: A1234567. Gender: Male\nA friend.",
        "Listed on 25 January 2001 (amended on 20 December 2005)",
        "1988 (Testland)",
        "41988",
    ];
    let row = |start: [&'static str; 4]| start.into_iter().chain(rest).collect::<Vec<_>>();
    vec![
        OLD.to_vec(),
        row(["2", "NOVAKOV, Pavel", "Individual", "Primary Name "]),
        row(["2a", "Павел Новаков", "individual", "Original Script"]),
        row(["2b1", "Pasha (previously listed as)", "Individual ", "Aka"]),
        vec![
            "3",
            "TEST SHIPPING LTD",
            "Entity",
            "Primary Name",
            "",
            "",
            "",
            "NA",
            "IMO Number: 9074729. Website: www.example.org",
            "",
            "Autonomous (Test)",
            "45303",
        ],
        vec!["2c", "PAVLIK", "Individual", "aka", "1965", "", "", "", "", "", "", "45303"],
    ]
}

#[test]
fn rows_of_one_number_are_one_party() {
    let parsed = parse(&sheets::xlsx(&table())).unwrap();
    assert_eq!(issues(&parsed), [(Severity::Note, "no_date")]);
    let person = entity(&parsed, "au-2");
    assert_eq!(person.schema.name, "Person");
    check_values(
        person,
        &[
            ("name", &["NOVAKOV, Pavel"]),
            ("lastName", &["NOVAKOV"]),
            ("firstName", &["Pavel"]),
            ("alias", &["Павел Новаков", "PAVLIK"]),
            ("previousName", &["Pasha"]),
            ("birthDate", &["1955~/1958~", "1962-03-17", "1965"]),
            ("birthPlace", &["Omsk, Russia", "Tunis"]),
            ("birthCountry", &["ru"]),
            ("citizenship", &["ru", "tn"]),
            ("country", &["ru", "so"]),
            ("address", &["1 Test Street, Omsk, Russia"]),
            ("title", &["Mullah", "Haji"]),
            ("passportNumber", &["A1234567"]),
            ("gender", &["male"]),
            ("programId", &["1988 (Testland)"]),
        ],
    );
    check_values(
        entity(&parsed, "au-2-sanction-1"),
        &[
            ("listingDate", &["2001-01-25"]),
            ("startDate", &[]),
            ("modifiedAt", &["2014-12-15", "2024-01-12"]),
            ("authority", &["Department of Foreign Affairs and Trade"]),
            ("authorityId", &["2"]),
        ],
    );
    let company = entity(&parsed, "au-3");
    assert_eq!(company.schema.name, "Company");
    check_values(
        company,
        &[("imoNumber", &["9074729"]), ("website", &["www.example.org"]), ("address", &[])],
    );
    let row = &parsed.value.reconciliation.records[0];
    assert_eq!((row.read, row.taken, parsed.value.reconciliation.parties), (5, 5, 2));
}

#[test]
fn a_csv_and_an_ods_of_the_table_say_the_same() {
    let rows = table();
    let quoted = |cell: &&str| format!("\"{}\"", cell.replace('"', "\"\""));
    let lines: Vec<String> =
        rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",")).collect();
    let expected = parse(&sheets::xlsx(&rows)).unwrap().value.entities;
    assert_eq!(parse(lines.join("\n").as_bytes()).unwrap().value.entities, expected);
    assert_eq!(parse(&sheets::ods(&rows)).unwrap().value.entities, expected);
}

#[test]
fn the_columns_of_newer_editions() {
    let rows = vec![
        vec![
            "Reference",
            "Name of Individual or Entity",
            "Type",
            "Name Type",
            "Alias Strength",
            "IMO Number",
            "Travel Ban",
            "Arms Embargo",
            "Instrument of Designation",
            "Mood",
        ],
        vec![
            "7",
            "STAR OF TESTING",
            "Vessel",
            "Primary Name",
            "",
            "9074729",
            "FALSE",
            "TRUE",
            "Test Instrument 2025",
            "grim",
        ],
        vec![
            "7a",
            "STAR",
            "Vessel",
            "Alias",
            "Weak",
            "9074729",
            "FALSE",
            "TRUE",
            "Test Instrument 2025",
            "grim",
        ],
    ];
    let parsed = parse(&sheets::xlsx(&rows)).unwrap();
    let ship = entity(&parsed, "au-7");
    assert_eq!(ship.schema.name, "Vessel");
    check_values(ship, &[("imoNumber", &["9074729"]), ("weakAlias", &["STAR"]), ("notes", &["Mood: grim"])]);
    check_values(
        entity(&parsed, "au-7-sanction-1"),
        &[("provisions", &["Arms embargo"]), ("description", &["Test Instrument 2025"])],
    );
    assert_eq!(issues(&parsed), [(Severity::Note, "no_date"), (Severity::Note, "unknown_column")]);
}

#[test]
fn numbers_given_twice_and_rows_that_say_little() {
    let rows = vec![
        OLD.to_vec(),
        vec!["1", "JANE DOE", "Individual", "Primary Name"],
        vec!["2", "JOHN ROE", "Robot", "Nickname", "99 Foo 1990"],
        vec!["1a", "JANIE", "Individual", "aka"],
        vec!["3", "X", "Entity", "Primary Name"],
        vec!["1", "TEST BANK", "Entity", "Primary Name"],
        vec!["x9", "NOBODY", "Individual", "Primary Name"],
        vec!["4", "-", "Individual", "Primary Name"],
        vec!["4a", "", "Individual", "aka"],
    ];
    let parsed = parse(&sheets::xlsx(&rows)).unwrap();
    check_values(entity(&parsed, "au-1"), &[("name", &["JANE DOE"]), ("alias", &["JANIE"])]);
    check_values(entity(&parsed, "au-1-2"), &[("name", &["TEST BANK"])]);
    let mut found = issues(&parsed);
    found.sort_unstable();
    let mut expected = vec![
        (Severity::Note, "no_date"),
        (Severity::Note, "unknown_type"),
        (Severity::Note, "unknown_type"),
        (Severity::Note, "no_primary_name"),
        (Severity::Note, "id_reused"),
        (Severity::RecordLost, "no_id"),
        (Severity::RecordLost, "no_name"),
        (Severity::RecordLost, "no_name"),
    ];
    expected.sort_unstable();
    assert_eq!(found, expected);
    let row = &parsed.value.reconciliation.records[0];
    assert_eq!((row.read, row.taken, row.lost), (8, 5, 3));
}

#[test]
fn other_files_are_refused() {
    let other = sheets::xlsx(&[vec!["a", "b"], vec!["1", "2"]]);
    for bytes in [&b""[..], b"a,b\n1,2", b"<x/>", &other] {
        assert!(!is_au(&SourceFile { name: "x", bytes }));
        assert!(parse(bytes).is_err());
    }
}

#[test]
fn the_real_list() {
    let Some(path) = real::path("au/dfat_2025-03.xlsx") else { return };
    let bytes = std::fs::read(path).unwrap();
    assert!(is_au(&SourceFile { name: "x", bytes: &bytes }));
    let parsed = parse(&bytes).unwrap();
    let account = &parsed.value.reconciliation;
    let row = &account.records[0];
    assert_eq!((row.read, row.taken, row.lost, account.parties), (9_983, 9_983, 0, 3_214));
    let n_persons = parsed.value.entities.iter().filter(|entity| entity.schema.name == "Person").count();
    assert!((2_200..2_400).contains(&n_persons), "{n_persons}");
}

proptest! {
    /// Bytes of the packed file and of its sheet changed anywhere: never a panic, and the account always closes.
    #[test]
    fn mutated_files_reconcile(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let sheet = "<worksheet><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>Reference</t></is></c>\
            <c r='B1' t='inlineStr'><is><t>Name of Individual or Entity</t></is></c><c r='C1' t='inlineStr'><is><t>Name Type</t></is></c></row>\
            <row r='2'><c r='A2'><v>5</v></c><c r='B2' t='inlineStr'><is><t>DOE</t></is></c></row></sheetData></worksheet>";
        for mutate_sheet in [true, false] {
            let mut text = sheet.as_bytes().to_vec();
            if mutate_sheet {
                changes.iter().for_each(|(at, byte)| text[at.index(sheet.len())] = *byte % 128);
            }
            let mut bytes = sheets::xlsx_of(&String::from_utf8(text).unwrap(), "");
            if !mutate_sheet {
                let len = bytes.len();
                changes.iter().for_each(|(at, byte)| bytes[at.index(len)] = *byte);
            }
            let _ = parse(&bytes);
        }
    }
}
