//! The British lists: one party is the same entity in XML, CSV and ODS, old and new columns are read, and broken, strange and
//! real files keep their account.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use interdict_core::entity::Entity;
use interdict_core::issue::{Parsed, Severity};
use interdict_core::limits;
use interdict_lists::delimited::Records;
use interdict_lists::uk::{Edition, is_uk, read};
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

const XML: &[u8] = include_bytes!("fixtures/uk/list.xml");
const CSV: &[u8] = include_bytes!("fixtures/uk/list.csv");
const CONSOLIDATED: &[u8] = include_bytes!("fixtures/uk/consolidated.csv");

fn parse_as(edition: Edition, bytes: &[u8]) -> Result<Parsed<ListContent>, ReadError> {
    let list = match edition {
        Edition::SanctionsList => "uk",
        Edition::Consolidated => "uk-ofsi",
    };
    let parsed = read(&list.parse().unwrap(), &SourceFile { name: "list", bytes }, edition);
    parsed.inspect(check_account)
}

fn list(bytes: &[u8]) -> Parsed<ListContent> {
    assert!(is_uk(&SourceFile { name: "x", bytes }, Edition::SanctionsList));
    parse_as(Edition::SanctionsList, bytes).unwrap()
}

fn consolidated(bytes: &[u8]) -> Parsed<ListContent> {
    assert!(is_uk(&SourceFile { name: "x", bytes }, Edition::Consolidated));
    parse_as(Edition::Consolidated, bytes).unwrap()
}

fn rows(csv: &[u8]) -> Vec<Vec<String>> {
    Records::new(csv, b',').flatten().map(|record| record.iter().map(str::to_owned).collect()).collect()
}

fn as_ods(csv: &[u8]) -> Vec<u8> {
    let rows = rows(csv);
    sheets::ods(&rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect::<Vec<_>>())
}

fn by_id(parsed: &Parsed<ListContent>) -> Vec<Entity> {
    let mut entities = parsed.value.entities.clone();
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    entities
}

fn check_values(entity: &Entity, expected: &[(&str, &[&str])]) {
    for (property, values) in expected {
        assert_eq!(entity.get(property), *values, "{}: {property}", entity.id);
    }
}

#[test]
fn a_person_with_every_detail() {
    let parsed = list(CSV);
    assert_eq!(issues(&parsed), []);
    assert_eq!(parsed.value.published.unwrap().to_string(), "2026-01-28");
    let person = entity(&parsed, "uk-TST0001");
    assert_eq!(person.schema.name, "Person");
    assert_eq!(person.referents, ["uk-ofsi-90001"]);
    check_values(
        person,
        &[
            ("name", &["Pavel Ilich NOVAKOV"]),
            ("alias", &["Павел НОВАКОВ"]),
            ("weakAlias", &["Pasha NOVAK"]),
            ("firstName", &["Pasha", "Pavel"]),
            ("secondName", &["Ilich"]),
            ("lastName", &["NOVAK", "NOVAKOV"]),
            ("birthDate", &["1965-04-25", "1965-04"]),
            ("birthPlace", &["Omsk, Russia"]),
            ("birthCountry", &["ru"]),
            ("nationality", &["ru"]),
            ("gender", &["male"]),
            ("title", &["Colonel"]),
            ("position", &["Commander"]),
            ("passportNumber", &["72 1234567"]),
            ("idNumber", &["4510 123456"]),
            ("email", &["a@example.org", "b@example.org"]),
            ("website", &["www.example.org"]),
            ("phone", &["+7 495 000 00 00"]),
            ("program", &["Testland"]),
            ("topics", &["sanction"]),
        ],
    );
    check_values(
        entity(&parsed, "uk-TST0001-sanction-1"),
        &[
            ("authorityId", &["TST0001", "90001"]),
            ("unscId", &["TSi.001"]),
            ("provisions", &["Asset freeze", "Travel Ban"]),
            ("listingDate", &["2012-06-29"]),
            ("modifiedAt", &["2020-12-31"]),
            ("reason", &["Involved in testing."]),
        ],
    );
    check_values(
        entity(&parsed, "uk-TST0001-address-1"),
        &[
            ("full", &["1 Test Street, Test Oblast, Testgrad, 101000, Russia"]),
            ("city", &["Testgrad"]),
            ("postalCode", &["101000"]),
            ("country", &["ru"]),
        ],
    );
    check_values(
        entity(&parsed, "uk-TST0001-document-1"),
        &[("passportNumber", &["72 1234567"]), ("description", &["issued in Omsk"])],
    );
}

#[test]
fn ships_and_companies() {
    let parsed = list(XML);
    assert_eq!(issues(&parsed), []);
    let company = entity(&parsed, "uk-TST0002");
    assert_eq!(company.schema.name, "Company");
    check_values(company, &[("innCode", &["7707083893"]), ("country", &["ir"]), ("address", &[])]);
    let ship = entity(&parsed, "uk-TST0003");
    assert_eq!(ship.schema.name, "Vessel");
    check_values(
        ship,
        &[
            ("imoNumber", &["9074729"]),
            ("flag", &["ir"]),
            ("pastFlags", &["pa"]),
            ("type", &["Tanker"]),
            ("tonnage", &["105000"]),
            ("buildDate", &["1999"]),
            ("registrationNumber", &["HIN77"]),
            (
                "notes",
                &["length: 250 metres", "Specified ship.", "previous owner or operator: Old Owner Ltd"],
            ),
        ],
    );
    check_values(
        entity(&parsed, "uk-TST0003-link-1"),
        &[("owner", &["uk-TST0002"]), ("asset", &["uk-TST0003"])],
    );
    check_values(
        entity(&parsed, "uk-TST0003-sanction-1"),
        &[("provisions", &["Shipping sanctions: (see \"Other information\")"])],
    );
}

#[test]
fn a_party_is_the_same_in_every_form_and_order() {
    let expected = by_id(&list(CSV));
    assert_eq!(by_id(&list(XML)), expected);
    assert_eq!(by_id(&list(&as_ods(CSV))), expected);
    let mut lines: Vec<&[u8]> = CSV.trim_ascii_end().split(|byte| *byte == b'\n').collect();
    lines[2..].reverse();
    assert_eq!(by_id(&list(&lines.join(&b'\n'))), expected);
}

#[test]
fn the_short_table_of_the_spreadsheet() {
    let table: Vec<Vec<&str>> = vec![
        vec![
            "Unique ID",
            "OFSI Group ID",
            "Name",
            "Regime Name",
            "Type",
            "Designation source",
            "Date Designated",
            "Sanctions Imposed",
        ],
        vec![
            "TST0001",
            "90001",
            "NOVAKOV Pavel",
            "Testland",
            "Individual",
            "UK|UN",
            "29-06-2012",
            ", Asset freeze, Travel Ban",
        ],
        vec![
            "TST0004",
            "90004",
            "ROE & SONS <EXPORT> LTD",
            "Testland",
            "Entity",
            "UK",
            "29-06-2012",
            "-, Asset freeze",
        ],
    ];
    for bytes in [sheets::ods(&table), sheets::xlsx(&table)] {
        let parsed = list(&bytes);
        assert_eq!(issues(&parsed), [(Severity::Note, "no_date")]);
        check_values(entity(&parsed, "uk-TST0001"), &[("name", &["NOVAKOV Pavel"])]);
        let sanction = entity(&parsed, "uk-TST0001-sanction-1");
        check_values(
            sanction,
            &[("provisions", &["Asset freeze", "Travel Ban"]), ("listingDate", &["2012-06-29"])],
        );
        let company = entity(&parsed, "uk-TST0004");
        assert_eq!((company.schema.name, company.caption()), ("Company", "ROE & SONS <EXPORT> LTD"));
        check_values(entity(&parsed, "uk-TST0004-sanction-1"), &[("provisions", &["Asset freeze"])]);
    }
}

#[test]
fn the_consolidated_list_is_gathered_by_group() {
    let parsed = consolidated(CONSOLIDATED);
    assert_eq!(issues(&parsed), [(Severity::Note, "qualified_country")]);
    assert_eq!(parsed.value.published.unwrap().to_string(), "2025-12-15");
    let row = &parsed.value.reconciliation.records[0];
    assert_eq!((row.read, row.taken, row.lost, parsed.value.reconciliation.parties), (5, 5, 0, 3));
    let person = entity(&parsed, "uk-ofsi-90001");
    assert_eq!(person.referents, ["uk-TST0001"]);
    check_values(
        person,
        &[
            ("name", &["Pavel Ilich NOVAKOV"]),
            ("weakAlias", &["PASHA"]),
            ("title", &["Colonel", "Dr"]),
            ("birthDate", &["1965-04", "1965-04-25"]),
            ("birthPlace", &["Omsk", "Tomsk"]),
            ("birthCountry", &["ru"]),
            ("nationality", &["ru", "ir"]),
            ("passportNumber", &["72 1234567", "72 7654321"]),
            ("position", &["Commander"]),
            ("gender", &["male"]),
        ],
    );
    check_values(
        entity(&parsed, "uk-ofsi-90001-sanction-1"),
        &[
            ("unscId", &["TSi.001"]),
            ("authorityId", &["90001", "TST0001"]),
            ("listingDate", &["2012-06-30"]),
            ("startDate", &["2012-06-29"]),
        ],
    );
    let company = entity(&parsed, "uk-ofsi-90002");
    check_values(
        company,
        &[
            ("website", &["www.example.com"]),
            ("country", &["ir"]),
            ("registrationNumber", &["1027700132195"]),
        ],
    );
    check_values(entity(&parsed, "uk-ofsi-90002-address-1"), &[("postOfficeBox", &["PO Box 12"])]);
    let ship = entity(&parsed, "uk-ofsi-90003");
    check_values(ship, &[("imoNumber", &["9074729"]), ("flag", &["ir"])]);
    check_values(entity(&parsed, "uk-ofsi-90003-link-1"), &[("owner", &["uk-ofsi-90002"])]);
}

#[test]
fn old_editions_come_in_windows_1252() {
    let text = String::from_utf8(CONSOLIDATED.to_vec())
        .unwrap()
        .replace("Павел НОВАКОВ", "")
        .replace("Omsk", "Caf\u{e9}");
    let bytes: Vec<u8> = text.chars().map(|char| u8::try_from(u32::from(char)).unwrap()).collect();
    let parsed = consolidated(&bytes);
    assert_eq!(issues(&parsed)[0], (Severity::Note, "encoding"));
    check_values(entity(&parsed, "uk-ofsi-90001"), &[("birthPlace", &["Café", "Tomsk"])]);
}

#[test]
fn what_is_strange_is_an_issue_and_kept() {
    let csv = "Last Updated,1/1/2026\nName 6,Name 1,DOB,Nationality,Country,Passport Details,Group Type,Alias Type,Alias Quality,Mood,Group ID\n\
        ,,,,,,,,,,\n\
        ,,01/01/1950,,,,Individual,Prime Alias,,,1\n\
        DOE,Jane,99/99/1950,Atlantis,Nowhere,unknown,Robot,Nickname,Odd,grim,2\n\
        DOE,Jane,,,,,Individual,AKA,,,\n\
        \"ROE\n";
    let parsed = consolidated(csv.as_bytes());
    let mut found = issues(&parsed);
    found.sort_unstable();
    let mut expected = vec![
        (Severity::RecordLost, "unclosed_quote"),
        (Severity::RecordLost, "no_name"),
        (Severity::Note, "unknown_column"),
        (Severity::Note, "unknown_quality"),
        (Severity::Note, "unknown_type"),
        (Severity::Note, "unknown_type"),
        (Severity::Note, "no_primary_name"),
        (Severity::ValueLost, "bad_date"),
        (Severity::ValueLost, "unknown_country"),
        (Severity::ValueLost, "unknown_country"),
        (Severity::Note, "document_without_number"),
        (Severity::Note, "no_id"),
        (Severity::Note, "no_primary_name"),
    ];
    expected.sort_unstable();
    // The party that is neither of the known kinds is an organization, which has no birth date to be wrong.
    expected.retain(|issue| *issue != (Severity::ValueLost, "bad_date"));
    assert_eq!(found, expected);
    let notes = entity(&parsed, "uk-ofsi-2").get("notes").join("\n");
    for kept in ["99/99/1950", "Atlantis", "Nowhere", "unknown", "Mood: grim"] {
        assert!(notes.contains(kept), "{kept}: {notes}");
    }
    let row = &parsed.value.reconciliation.records[0];
    assert_eq!((row.read, row.taken, row.lost), (5, 3, 2));
}

#[test]
fn unknown_elements_are_kept() {
    let xml = "<Designations><Designation><UniqueID>A1</UniqueID><Names><Name><Name6>DOE LLC</Name6></Name></Names>\
        <IndividualEntityShip>Entity</IndividualEntityShip><Mood since='2020'>grim</Mood>\
        <SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze><TravelBan>false</TravelBan></SanctionsImposedIndicators>\
        </Designation><Surprise/></Designations>";
    let parsed = list(xml.as_bytes());
    check_values(entity(&parsed, "uk-A1"), &[("notes", &["Mood: grim", "Mood since: 2020"])]);
    check_values(entity(&parsed, "uk-A1-sanction-1"), &[("provisions", &["Asset Freeze"])]);
    assert!(issues(&parsed).contains(&(Severity::RecordLost, "unknown_record")));
}

#[test]
fn hostile_files_are_refused_or_bounded() {
    let row = |cells: &str| {
        format!("<table:table-row table:number-rows-repeated='4000000000'>{cells}</table:table-row>")
    };
    let wide =
        "<table:table-cell table:number-columns-repeated='4000000000'><text:p>x</text:p></table:table-cell>";
    let long = format!("<table:table-cell><text:p>{}</text:p></table:table-cell>", "x".repeat(100_000));
    let sparse = "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='9999999999'><c r='XFD1048576'><v>1</v></c></row></sheetData></worksheet>";
    let shared = format!(
        "<worksheet><sheetData>{}</sheetData></worksheet>",
        "<row><c t='s'><v>0</v></c></row>".repeat(5_000)
    );
    let strings = format!("<si><t>{}</t></si>", "x".repeat(200_000));
    for (name, bytes) in [
        ("rows repeated", sheets::ods_of(&row(&long))),
        ("cells repeated", sheets::ods_of(&row(wide))),
        ("far cells", sheets::xlsx_of(sparse, "")),
        ("one long text in many cells", sheets::xlsx_of(&shared, &strings)),
        ("document type", sheets::xlsx_of("<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>", "")),
        ("no table", sheets::ods(&[vec!["a", "b"]])),
        ("no header", b"a,b\n1,2\n".to_vec()),
        ("cut XML", XML[..XML.len() / 2].to_vec()),
        ("other XML", b"<x/>".to_vec()),
    ] {
        let error = parse_as(Edition::SanctionsList, &bytes).map(|_| ()).unwrap_err().to_string();
        assert!(error.len() < 500, "{name}: {error}");
    }
}

/// Each of these takes minutes when one of many is compared with all before it.
#[test]
fn many_records_of_one_party_take_no_square_of_time() {
    const MANY: usize = 30_000;
    let named = |n| format!("<A{n:05}>x</A{n:05}>");
    let owner = |n| format!("<CurrentOwnerOperator>OWNER {n} LLC</CurrentOwnerOperator>");
    let passport = |n| format!("<Passport><PassportNumber>P{n:06}</PassportNumber></Passport>");
    let party = |id: &str, name: &str, rest: &str| {
        format!(
            "<Designation><UniqueID>{id}</UniqueID><Names><Name><Name6>{name}</Name6></Name></Names>\
             <IndividualEntityShip>Entity</IndividualEntityShip>{rest}</Designation>"
        )
    };
    let others: String = (0..MANY).map(|n| party(&format!("B{n}"), &format!("OWNER {n} LLC"), "")).collect();
    // No record is larger than the bound.
    let of_one = |field: &dyn Fn(usize) -> String| -> String {
        let starts = (0..MANY).step_by(10_000);
        let records = starts.map(|start| (start..start + 10_000).map(field).collect::<String>());
        records.map(|fields| party("A1", "DOE LLC", &fields)).collect()
    };
    let one = [of_one(&owner), of_one(&owner), of_one(&passport), of_one(&named)].concat();
    let parsed = list(format!("<Designations>{one}{others}</Designations>").as_bytes());
    let of =
        |schema: &str| parsed.value.entities.iter().filter(|entity| entity.schema.name == schema).count();
    // A pair that is named twice is one link, and a party has no more values of one property than the bound.
    assert_eq!((of("Ownership"), of("Organization") + of("Company")), (MANY, MANY + 1));
    assert_eq!(of("Passport"), MANY);
    assert!(parsed.value.entities.iter().any(|part| part.id == format!("uk-A1-document-{MANY}")));
    assert_eq!(entity(&parsed, "uk-A1").get("notes").len(), limits::VALUES_PER_PROPERTY_MAX);
}

#[test]
fn sheets_are_bounded() {
    let workbook = |targets: &[String]| {
        let places = targets.iter().enumerate();
        let listed: String =
            places.clone().map(|(n, _)| format!("<sheet name='{n}' r:id='r{n}'/>")).collect();
        let relations: String =
            places.map(|(n, target)| format!("<Relationship Id='r{n}' Target='{target}'/>")).collect();
        let sheet = b"<worksheet><sheetData/></worksheet>";
        archive::zip(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("xl/workbook.xml", format!("<workbook><sheets>{listed}</sheets></workbook>").as_bytes()),
            ("xl/_rels/workbook.xml.rels", format!("<Relationships>{relations}</Relationships>").as_bytes()),
            ("xl/sheet.xml", sheet),
        ])
    };
    let refusal = |targets: &[String]| {
        let refused = parse_as(Edition::SanctionsList, &workbook(targets));
        refused.map(|_| ()).unwrap_err().to_string()
    };
    let same = refusal(&["sheet.xml".to_owned(), "sheet.xml".to_owned()]);
    assert!(same.contains("two sheets are the same part"), "{same}");
    let many = refusal(&(0..200_000).map(|n| format!("{n}.xml")).collect::<Vec<_>>());
    assert!(many.contains("more than 1024 sheets"), "{many}");
}

#[test]
fn mixed_text_of_a_cell_keeps_its_order() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let cells = |texts: [&str; 3]| format!("<table:table-row>{}</table:table-row>", texts.map(cell).concat());
    let header = cells(["Unique ID", "Name", "Regime Name"]);
    let row = cells([
        "A1",
        "JANE<text:s text:c='2'/>M. <text:span>van <text:a>DER</text:a></text:span> ROE<text:line-break/>LTD",
        "x",
    ]);
    let parsed = list(&sheets::ods_of(&format!("{header}{row}")));
    check_values(entity(&parsed, "uk-A1"), &[("name", &["JANE M. van DER ROE LTD"])]);
}

#[test]
fn the_real_consolidated_lists() {
    for (name, rows, parties) in
        [("uk/hmt_conlist_2020-04-27.csv", 9_492, 2_114), ("uk/hmt_conlist_sample_new.csv", 23, 6)]
    {
        let Some(path) = real::path(name) else { return };
        let parsed = consolidated(&std::fs::read(path).unwrap());
        let account = &parsed.value.reconciliation;
        assert_eq!((account.records[0].read, account.records[0].taken), (rows, rows), "{name}");
        assert_eq!(account.parties, parties, "{name}");
        assert_eq!(parsed.value.published.unwrap().to_string(), "2020-04-27");
        assert_eq!(parsed.issues.count(Severity::RecordLost), 0);
    }
}

#[test]
fn the_real_spreadsheet() {
    let Some(path) = real::path("uk/fcdo_sl_2025-08-11.ods") else { return };
    let parsed = list(&std::fs::read(path).unwrap());
    let account = &parsed.value.reconciliation;
    // Two designations of that day have no name.
    assert_eq!((account.records[0].read, account.records[0].taken, account.parties), (5_302, 5_300, 5_300));
    let schemata =
        |name: &str| parsed.value.entities.iter().filter(|entity| entity.schema.name == name).count();
    assert_eq!((schemata("Person"), schemata("Vessel")), (3_752, 461));
    let lost = (Severity::RecordLost, "no_name");
    assert_eq!(issues(&parsed), [(Severity::Note, "no_date"), lost, lost]);
}

proptest! {
    /// Bytes changed anywhere: never a panic, and the account always closes.
    #[test]
    fn mutated_files_reconcile(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        for (edition, original) in [(Edition::SanctionsList, XML), (Edition::SanctionsList, CSV), (Edition::Consolidated, CONSOLIDATED)] {
            let mut bytes = original.to_vec();
            changes.iter().for_each(|(at, byte)| bytes[at.index(original.len())] = *byte);
            let _ = parse_as(edition, &bytes);
        }
    }
}
