//! Senzing JSON: what a small file gives, what broken records give, and the real file.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use interdict_core::issue::Parsed;
use interdict_core::list::ListId;
use interdict_lists::{Format, ListContent, ReadError, SourceFile, detect, read};
use proptest::prelude::*;

#[path = "shared/parsed.rs"]
mod parsed;
#[path = "shared/real.rs"]
mod real;

use parsed::{check_account, entity, issues};

const FIXTURE: &[u8] = include_bytes!("fixtures/senzing/records.json");

fn parse(bytes: &[u8]) -> Result<Parsed<ListContent>, ReadError> {
    let list: ListId = "test".parse().unwrap();
    read(Format::SenzingJsonLines, &list, &[SourceFile { name: "senzing.json", bytes }], None)
}

/// One record with these attributes.
fn record(attributes: &str) -> Parsed<ListContent> {
    let parsed = parse(format!(r#"{{"DATA_SOURCE":"X","RECORD_ID":"1",{attributes}}}"#).as_bytes()).unwrap();
    check_account(&parsed);
    parsed
}

/// The values of properties of an entity, as `property=value`, without the links to other entities.
fn said(parsed: &Parsed<ListContent>, id: &str) -> Vec<String> {
    let entity = entity(parsed, id);
    let values = entity
        .properties()
        .flat_map(|(property, values)| values.iter().map(move |value| format!("{}={value}", property.name)));
    std::iter::once(entity.schema.name.to_owned()).chain(values).collect()
}

#[test]
fn a_record_becomes_a_party_with_its_parts() {
    assert_eq!(detect(&[SourceFile { name: "x", bytes: FIXTURE }]), Ok(Format::SenzingJsonLines));
    let parsed = parse(FIXTURE).unwrap();
    check_account(&parsed);
    assert_eq!(
        said(&parsed, "test-1"),
        [
            "Person",
            "address=1 Quay Street, Riga",
            "addressEntity=test-1-address-1",
            "alias=Ждейн Доу",
            "birthDate=1970-01-02",
            "birthPlace=Riga",
            "citizenship=lv",
            "email=jane@example.org",
            "firstName=Jane",
            "gender=female",
            "idNumber=020170-10001",
            "lastName=Poe",
            "name=Jane Doe",
            "nationality=lv",
            "notes=NAME_TYPE: MAIDEN: Jane Poe",
            "notes=PHONE_TYPE: MOBILE: +371 555",
            "passportNumber=AB123456",
            "phone=+371 555",
            "previousName=Jane Poe",
            "sourceUrl=https://example.org/1",
            "topics=sanction",
            "wikidataId=Q4711",
        ]
    );
    assert_eq!(entity(&parsed, "test-1").referents, ["ofac-12345"]);
    assert_eq!(
        said(&parsed, "test-1-document-1"),
        [
            "Passport",
            "country=lv",
            "holder=test-1",
            "number=AB123456",
            "passportNumber=AB123456",
            "type=PASSPORT"
        ]
    );
    assert_eq!(
        said(&parsed, "test-1-document-2"),
        ["Identification", "holder=test-1", "number=020170-10001", "type=idNumber"]
    );
}

#[test]
fn features_and_flat_attributes_say_the_same() {
    let parsed = parse(FIXTURE).unwrap();
    assert_eq!(
        said(&parsed, "test-3-address-1"),
        [
            "Address",
            "city=Riga",
            "country=lv",
            "full=2 Quay Street, Floor 3, Riga, LV-1050, LV",
            "postalCode=LV-1050",
            "remarks=BUSINESS",
            "street=2 Quay Street",
            "street2=Floor 3",
        ]
    );
    let company = entity(&parsed, "test-3");
    assert_eq!((company.first("innCode"), company.first("jurisdiction")), (Some("7707083893"), Some("lv")));
    assert_eq!((company.first("leiCode"), company.get("topics").len()), (Some("253400V1H6ART1UQ0N98"), 2));
    assert_eq!(entity(&parsed, "test-3-document-1").first("country"), Some("ru"));
    let max = entity(&parsed, "test-4");
    assert_eq!(
        (max.schema.name, max.first("name"), max.first("phone")),
        ("Person", Some("Max Roe"), Some("555"))
    );
    assert_eq!(entity(&parsed, "test-4-address-1").first("full"), Some("3 Quay Street, Riga"));
    assert!(max.get("notes").contains(&"SHOE_SIZE: 43".to_owned()));
    let vessel = entity(&parsed, "test-5");
    assert_eq!((vessel.schema.name, vessel.first("imoNumber")), ("Vessel", Some("IMO 7406784")));
    assert_eq!(vessel.get("notes"), ["hullNumber: H-1"]);
}

#[test]
fn pointers_become_links() {
    let parsed = parse(FIXTURE).unwrap();
    assert_eq!(said(&parsed, "test-1-link-1"), ["Family", "person=test-1", "relative=test-2"]);
    assert_eq!(
        said(&parsed, "test-4-link-1"),
        ["Ownership", "asset=test-3", "owner=test-4", "role=OWNER_OF"]
    );
    let n_links = parsed.value.entities.iter().filter(|entity| entity.id.contains("-link-")).count();
    assert_eq!(n_links, 2, "told by both records, a link is one");
    assert!(entity(&parsed, "test-3").get("notes").contains(&"REL_POINTER: BRANCH_OF CORP C9".to_owned()));
    let kinds: Vec<_> = issues(&parsed).into_iter().map(|(_, kind)| kind).collect();
    assert_eq!(kinds, ["unknown_field", "no_kind", "no_property", "unresolved_link"]);
}

#[test]
fn the_kind_of_a_record() {
    for (attributes, schema, kind) in [
        (r#""RECORD_TYPE":"PERSON","NAME_FULL":"A""#, "Person", None),
        (r#""RECORD_TYPE":"aircraft","NAME_ORG":"A""#, "Airplane", None),
        (r#""RECORD_TYPE":"PUBLICBODY","NAME_ORG":"A""#, "PublicBody", None),
        (r#""RECORD_TYPE":"CUSTOMER","NAME_FULL":"A""#, "LegalEntity", Some("unknown_kind")),
        (r#""RECORD_TYPE":"THING","NAME_FULL":"A""#, "LegalEntity", Some("unknown_kind")),
        (r#""RECORD_TYPE":"SANCTION","NAME_FULL":"A""#, "LegalEntity", Some("unknown_kind")),
        (r#""RECORD_TYPE":null,"NAME_FULL":"A""#, "LegalEntity", Some("no_kind")),
        (r#""NAME_ORG":"A""#, "Organization", Some("no_kind")),
        (r#""NAME_FULL":"A","DATE_OF_BIRTH":"1970""#, "Person", Some("no_kind")),
        (
            r#""NAME_FULL":"A","I":[{"OTHER_ID_TYPE":"publicKey","OTHER_ID_NUMBER":"1A"}]"#,
            "CryptoWallet",
            Some("no_kind"),
        ),
    ] {
        let parsed = record(attributes);
        assert_eq!(entity(&parsed, "test-1").schema.name, schema, "{attributes}");
        assert_eq!(issues(&parsed).first().map(|(_, kind)| *kind), kind, "{attributes}");
    }
}

#[test]
fn what_fits_no_property_is_noted_and_kept() {
    for (attributes, kind, note) in [
        (r#""DATE_OF_BIRTH":"31 Feb 1970""#, "bad_date", "birthDate: 31 Feb 1970"),
        (r#""GENDER":"X""#, "unknown_code", "gender: X"),
        (r#""NATIONALITY":"Atlantis""#, "unknown_country", "nationality: Atlantis"),
        (r#""TOPIC":"crime.unknown""#, "unknown_topic", "topics: crime.unknown"),
        (r#""EMPLOYER":"Doe Ltd""#, "no_property", "EMPLOYER: Doe Ltd"),
        (r#""TRUSTED_ID_TYPE":"FORCE","TRUSTED_ID_NUMBER":"7""#, "no_property", "FORCE: 7"),
        (r#""PASSPORT_COUNTRY":"LV""#, "no_property", "PASSPORT_COUNTRY: LV"),
        (r#""SHOE_SIZE":43"#, "unknown_field", "SHOE_SIZE: 43"),
        (r#""OTHER":[{"SHOE_SIZE":43}]"#, "unknown_field", "SHOE_SIZE: 43"),
        (r#""COLORS":["red"]"#, "unknown_field", "COLORS: red"),
        (
            r#""REL_POINTER_DOMAIN":"X","REL_POINTER_KEY":"1","REL_POINTER_ROLE":"SELF""#,
            "unresolved_link",
            "REL_POINTER: SELF X 1",
        ),
    ] {
        let parsed = record(&format!(r#""RECORD_TYPE":"PERSON","NAME_FULL":"A",{attributes}"#));
        assert_eq!(issues(&parsed).first().map(|(_, kind)| *kind), Some(kind), "{attributes}");
        assert_eq!(entity(&parsed, "test-1").get("notes"), [note], "{attributes}");
    }
}

#[test]
fn hostile_records_are_issues() {
    let good = r#"{"DATA_SOURCE":"X","RECORD_ID":"7-link","RECORD_TYPE":"PERSON","NAME_FULL":"A","REL_POINTER_DOMAIN":"X","REL_POINTER_KEY":"9","REL_POINTER_ROLE":"MEMBER_OF"}"#;
    let other = r#"{"DATA_SOURCE":"X","RECORD_ID":"9","RECORD_TYPE":"PERSON","NAME_FULL":"B"}"#;
    let deep = format!(r#"{{"DATA_SOURCE":"X","RECORD_ID":{}"#, "[".repeat(100_000));
    for (line, kind) in [
        ("[1]", "bad_json"),
        (deep.as_str(), "bad_json"),
        (r#"{"RECORD_ID":"1"}"#, "no_data_source"),
        (r#"{"DATA_SOURCE":["X"],"RECORD_ID":"1"}"#, "no_data_source"),
        (good, "id_reused"),
        (r#"{"DATA_SOURCE":"X","RECORD_TYPE":"PERSON","NAME_FULL":"C"}"#, "no_id"),
        (r#"{"DATA_SOURCE":"X","RECORD_ID":"2","RECORD_TYPE":"PERSON"}"#, "no_name"),
        (
            r#"{"DATA_SOURCE":"X","RECORD_ID":"2","RECORD_TYPE":"PERSON","NAME_FULL":"C","A":[{"B":{}}]}"#,
            "nested_value",
        ),
        (
            r#"{"DATA_SOURCE":"X","RECORD_ID":"2","RECORD_TYPE":"PERSON","NAME_FULL":"C","REL_POINTER_ROLE":"A"}"#,
            "bad_link",
        ),
        (
            r#"{"DATA_SOURCE":"X","RECORD_ID":"2","RECORD_TYPE":"PERSON","NAME_FULL":"C","ADDR_TYPE":"HOME"}"#,
            "empty_address",
        ),
    ] {
        let parsed = parse([good, other, line, "\n"].join("\n").as_bytes()).unwrap();
        check_account(&parsed);
        assert_eq!(issues(&parsed).first().map(|(_, kind)| *kind), Some(kind), "{line}");
    }
}

#[test]
fn a_record_that_repeats_itself_is_not_slow() {
    // Quadratic work on any of these would take minutes.
    for attribute in
        ["NAME_FULL", "OFAC_ID", "NATIONAL_ID_NUMBER", "ADDR_FULL", "REL_POINTER_KEY", "SHOE_SIZE"]
    {
        let many: Vec<String> = (0..20_000).map(|n| format!("\"{n}\"")).collect();
        let values = many.join(",");
        let parsed = record(&format!(r#""RECORD_TYPE":"PERSON","NAME_LAST":"A","{attribute}":[{values}]"#));
        assert!(!parsed.issues.is_empty() || attribute == "ADDR_FULL", "{attribute}");
    }
}

#[test]
fn the_real_export_is_read_whole() {
    let Some(path) = real::path("ftm/wd_peps_sa_senzing.json") else { return };
    let parsed = parse(&std::fs::read(path).unwrap()).unwrap();
    check_account(&parsed);
    let account = &parsed.value.reconciliation;
    assert_eq!((account.records[0].read, account.records[0].taken), (121, 121));
    let count =
        |schema: &str| parsed.value.entities.iter().filter(|entity| entity.schema.name == schema).count();
    assert_eq!((count("Person"), count("LegalEntity"), count("Family")), (100, 21, 139));
    assert_eq!((account.entities, account.parties), (260, 121));
    let not_kind = parsed.issues.kept().iter().find(|issue| issue.kind != "no_kind");
    assert_eq!((not_kind, parsed.issues.len()), (None, 21));
}

proptest! {
    /// Bytes changed anywhere: never a panic, and the account always closes.
    #[test]
    fn mutated_files_reconcile(changes in prop::collection::vec((0..FIXTURE.len(), any::<u8>()), 1..20)) {
        let mut bytes = FIXTURE.to_vec();
        changes.into_iter().for_each(|(at, byte)| bytes[at] = byte);
        if let Ok(parsed) = parse(&bytes) {
            check_account(&parsed);
        }
    }
}
