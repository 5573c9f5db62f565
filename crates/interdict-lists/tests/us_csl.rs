//! The US Consolidated Screening List: what rows of its lists give, what strange rows give, and the real file.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use interdict_core::entity::Entity;
use interdict_core::issue::{Parsed, Severity};
use interdict_lists::us_csl::{is_us_csl, read};
use interdict_lists::{ListContent, ReadError, SourceFile};
use proptest::prelude::*;

#[path = "shared/parsed.rs"]
mod parsed;
#[path = "shared/real.rs"]
mod real;

use parsed::{check_account, entity, issues};

const FIXTURE: &[u8] = include_bytes!("fixtures/us_csl/list.csv");

fn parse(bytes: &[u8]) -> Result<Parsed<ListContent>, ReadError> {
    let parsed = read(&"us-csl".parse().unwrap(), &SourceFile { name: "csl.csv", bytes });
    parsed.inspect(check_account)
}

fn check_values(entity: &Entity, expected: &[(&str, &[&str])]) {
    for (property, values) in expected {
        assert_eq!(entity.get(property), *values, "{}: {property}", entity.id);
    }
}

#[test]
fn a_person_of_ofac() {
    let parsed = parse(FIXTURE).unwrap();
    let jane = entity(&parsed, "us-csl-sdn-70001");
    assert_eq!((jane.schema.name, &jane.referents[..]), ("Person", &["ofac-70001".to_owned()][..]));
    check_values(
        jane,
        &[
            ("name", &["DOE, Jane"]),
            ("lastName", &["DOE", "ROE"]),
            ("alias", &["ROE, Jane", "DOE, J."]),
            ("birthDate", &["1970~", "1971-02-03", "1972/1974"]),
            ("birthPlace", &["Pyongyang, Korea, North"]),
            ("birthCountry", &["kp"]),
            ("nationality", &["kp", "ru"]),
            ("citizenship", &["kp"]),
            ("country", &["kp", "cn"]),
            ("position", &["Director", "Major General"]),
            ("passportNumber", &["K475336"]),
            ("idNumber", &["28940000602"]),
            ("gender", &["female"]),
            ("email", &["jane@example.org"]),
            ("programId", &["DPRK4", "CYBER2"]),
            ("notes", &["ids: 1728, Chinese Commercial Code"]),
            ("topics", &["sanction"]),
        ],
    );
    check_values(
        entity(&parsed, "us-csl-sdn-70001-document-1"),
        &[("startDate", &["2009-08-31"]), ("endDate", &["2014-08-30"]), ("country", &["kp"])],
    );
    check_values(
        entity(&parsed, "us-csl-sdn-70001-wallet-1"),
        &[("publicKey", &["1D6gG9iKEhPitTcWRJiniuj1jYM2hNeAfJ"]), ("currencySymbol", &["XBT"])],
    );
    check_values(entity(&parsed, "us-csl-sdn-70001-link-1"), &[("object", &["us-csl-sdn-70003"])]);
    check_values(
        entity(&parsed, "us-csl-sdn-70001-address-1"),
        &[
            ("full", &["1 Test Street, Pyongyang, 101000, KP"]),
            ("postalCode", &["101000"]),
            ("country", &["kp"]),
        ],
    );
    check_values(
        entity(&parsed, "us-csl-sdn-70001-sanction-1"),
        &[
            ("authority", &["Treasury Department"]),
            ("program", &["Specially Designated Nationals (SDN)", "DPRK4", "CYBER2"]),
            ("authorityId", &["70001"]),
        ],
    );
}

#[test]
fn ships_other_lists_and_repeated_rows() {
    let parsed = parse(FIXTURE).unwrap();
    check_values(
        entity(&parsed, "us-csl-sdn-70003"),
        &[
            ("imoNumber", &["IMO 9074729"]),
            ("mmsi", &["256843000"]),
            ("flag", &["pa"]),
            ("tonnage", &["318000"]),
            ("owner", &[]), // two parties have that name, one on each list
            ("notes", &["Vessel owner: TEST SHIPPING"]),
        ],
    );
    let sectoral = entity(&parsed, "us-csl-ssi-70002");
    assert_eq!(sectoral.referents, ["ofac-nonsdn-70002"]);
    let plant = entity(&parsed, "us-csl-4398d33e9e93c7477af39f1e0bfffc13ddd47bcc");
    assert_eq!(plant.schema.name, "Company");
    check_values(
        plant,
        &[
            ("alias", &["Open Test Plant", "Test Works"]),
            ("address", &["1 First St., Testgrad, China", "2 Second St., Testgrad, CN"]),
            ("topics", &["export.control"]),
            ("notes", &["FR NOTICE ADDED"]),
        ],
    );
    let denied = entity(&parsed, "us-csl-deb7a1d5743a85c354ca1a2c7f2664e2104b32d7");
    assert_eq!((denied.schema.name, denied.caption()), ("LegalEntity", "J. ROE"));
    check_values(
        entity(&parsed, &format!("{}-sanction-1", denied.id)),
        &[("startDate", &["2003-06-19"]), ("endDate", &["2056-06-29"])],
    );
    let row = &parsed.value.reconciliation.records[0];
    assert_eq!((row.read, row.taken, row.lost), (7, 6, 1));
    assert!(issues(&parsed).contains(&(Severity::RecordLost, "duplicate_record")));
}

#[test]
fn what_is_strange_is_an_issue_and_kept() {
    let csv = "_id,source,entity_number,type,name,alt_names,nationalities,dates_of_birth,ids,mood\n\
        ,,,,,,,,,\n\
        1,X (Y) - Z,,Robot,DOE,,Atlantis,someday,\"x, y\",grim\n\
        1,X (Y) - Z,,Individual,DOE,,Atlantis,someday,,\n\
        ,X (Y) - Z,,,DOE,,,,,\n\
        2,X (Y) - Z,,,-,,,,,\n";
    let parsed = parse(csv.as_bytes()).unwrap();
    let mut found = issues(&parsed);
    found.sort_unstable();
    let mut expected = vec![
        (Severity::Note, "no_date"),
        (Severity::Note, "unknown_column"),
        (Severity::Note, "unknown_type"),
        (Severity::Note, "unknown_identifier"),
        (Severity::ValueLost, "unknown_country"),
        (Severity::Note, "id_reused"),
        (Severity::ValueLost, "unknown_country"),
        (Severity::ValueLost, "bad_date"),
        (Severity::RecordLost, "no_id"),
        (Severity::RecordLost, "no_name"),
    ];
    expected.sort_unstable();
    assert_eq!(found, expected);
    let notes = entity(&parsed, "us-csl-1").get("notes").join("\n");
    for kept in ["Atlantis", "someday", "x, y", "mood: grim"] {
        assert!(notes.contains(kept), "{kept}: {notes}");
    }
    assert_eq!(entity(&parsed, "us-csl-1-2").schema.name, "Person");
}

/// Takes minutes when each row is compared with all before it.
#[test]
fn many_rows_of_one_number_take_no_square_of_time() {
    const MANY: usize = 60_000;
    let row = |n: usize| format!("{n},X (Y) - Z,7,Entity,DOE {},\n", n % (MANY / 2));
    let csv: String = (0..MANY).map(row).collect();
    let parsed = parse(format!("_url,source,entity_number,type,name,alt_names\n{csv}").as_bytes()).unwrap();
    let row = &parsed.value.reconciliation.records[0];
    assert_eq!((row.read, row.taken), (MANY as u64, (MANY / 2) as u64));
}

#[test]
fn other_files_are_refused() {
    for text in ["", "a,b\n1,2", "source,entity_number\n1,2", "<x/>"] {
        assert!(!is_us_csl(&SourceFile { name: "x", bytes: text.as_bytes() }));
        assert!(parse(text.as_bytes()).is_err());
    }
}

#[test]
fn the_real_list() {
    let Some(path) = real::path("us_csl/trade_gov_csl_2022-05-16.csv.gz") else { return };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).unwrap();
    let mut decoder = flate2::bufread::GzDecoder::new(std::io::BufReader::new(file));
    std::io::Read::read_to_end(&mut decoder, &mut bytes).unwrap();
    let parsed = parse(&bytes).unwrap();
    let account = &parsed.value.reconciliation;
    let row = &account.records[0];
    // One row of the CAPTA list comes twice.
    assert_eq!((row.read, row.taken, row.lost, account.parties), (14_160, 14_159, 1, 14_159));
    let n_wallets =
        parsed.value.entities.iter().filter(|entity| entity.schema.name == "CryptoWallet").count();
    assert_eq!(n_wallets, 345);
}

proptest! {
    /// Bytes changed anywhere: never a panic, and the account always closes.
    #[test]
    fn mutated_files_reconcile(changes in prop::collection::vec((0..FIXTURE.len(), any::<u8>()), 1..20)) {
        let mut bytes = FIXTURE.to_vec();
        changes.into_iter().for_each(|(at, byte)| bytes[at] = byte);
        let _ = parse(&bytes);
    }
}
