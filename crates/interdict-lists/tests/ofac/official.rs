//! The real lists, where they are at hand.

use std::collections::BTreeMap;
use std::path::PathBuf;

use interdict_core::issue::{Parsed, Severity};
use interdict_lists::{ListContent, SourceFile, ofac};

use super::{check_account, entity, kinds, list, read, real};

type Files = Vec<(String, Vec<u8>)>;

/// The delimited files of a folder of the real data, or nothing, said plainly.
fn folder(name: &str) -> Option<Files> {
    let entries = std::fs::read_dir(real::path("ofac")?.join(name)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let is_csv = |path: &PathBuf| path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("csv"));
    let mut files: Files = paths
        .filter(is_csv)
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    Some(files)
}

fn rows(parsed: &Parsed<ListContent>) -> Vec<(&str, u64, u64, u64)> {
    let rows = parsed.value.reconciliation.records.iter();
    rows.map(|row| (row.record.as_str(), row.read, row.taken, row.lost)).collect()
}

#[test]
fn the_list_of_january_2024() {
    let Some(files) = folder("2024-01-08") else { return };
    let parsed = read(&files).unwrap();
    check_account(&parsed);
    assert_eq!(parsed.value.reconciliation.parties, 13_821);
    // Three comments continue records that were delisted before.
    let expected = [
        ("party", 13_821, 13_821, 0),
        ("address", 18_990, 18_990, 0),
        ("alias", 17_091, 17_091, 0),
        ("comment", 13, 10, 3),
    ];
    assert_eq!(rows(&parsed), expected);
    let kim = entity(&parsed, "ofac-43377");
    assert_eq!(kim.get("name"), ["KIM, Sang Man"]);
    assert_eq!(
        (kim.get("lastName"), kim.get("birthDate")),
        (&["KIM".to_owned()][..], &["1965-04-25".to_owned()][..])
    );
    assert_eq!(kim.get("passportNumber"), ["109420132", "827220538", "563220082"]);
    let wallets = parsed.value.entities.iter().filter(|entity| entity.first("holder") == Some("ofac-43377"));
    assert_eq!(wallets.filter(|entity| entity.schema.name == "CryptoWallet").count(), 6);
    assert_eq!(entity(&parsed, "ofac-43338").get("weakAlias"), ["LAB 110", "UNIT 110"]);
    assert!(entity(&parsed, "ofac-27307").get("weakAlias").contains(&"WHOIS HACKING TEAM".to_owned()));
}

#[test]
fn clauses_of_january_2024() {
    let Some(files) = folder("2024-01-08") else { return };
    let set: Vec<_> = files.iter().map(|(name, bytes)| SourceFile { name, bytes }).collect();
    let counts = ofac::clause_counts(&list(), &set).unwrap();
    let total: u64 = counts.values().sum();
    let kept_as_notes = counts["note"] + counts["cut"];
    println!("{total} clauses by kind:");
    for (kind, count) in &counts {
        println!("{count:>7}  {kind}");
    }
    let per_cent =
        |n: u64| f64::from(u32::try_from(n).unwrap()) * 100.0 / f64::from(u32::try_from(total).unwrap());
    println!(
        "recognized {:.2} %, kept as notes {:.2} %",
        per_cent(total - kept_as_notes),
        per_cent(kept_as_notes)
    );
    assert!(total > 56_000);
    assert!(per_cent(total - kept_as_notes) >= 99.5);
}

#[test]
fn the_list_of_january_2022() {
    let Some(files) = folder("2022-01-31") else { return };
    let parsed = read(&files).unwrap();
    check_account(&parsed);
    // This copy has one address of a party that it does not hold, and ends with a party under the number of another.
    let expected = [("party", 9_044, 9_044, 0), ("address", 13_625, 13_624, 1), ("alias", 12_409, 12_409, 0)];
    assert_eq!(rows(&parsed), expected);
    assert_eq!(parsed.value.reconciliation.parties, 9_044);
    assert_eq!(kinds(&parsed, Severity::RecordLost), ["unknown_record"]);
    assert_ne!(entity(&parsed, "ofac-2677").get("name"), entity(&parsed, "ofac-2677-2").get("name"));
}

#[test]
fn single_files_of_history() {
    let Some(files) = folder("history") else { return };
    let mut parties = BTreeMap::new();
    for (name, bytes) in files {
        let parsed = read(&[(name.clone(), bytes)]).unwrap();
        check_account(&parsed);
        assert_eq!(parsed.issues.count(Severity::RecordLost), 0);
        parties.insert(name, parsed.value.reconciliation.parties);
    }
    let counts: Vec<_> = parties.into_values().collect();
    assert_eq!(counts, [9_083, 9_793, 10_026, 12_193]);
}

#[test]
fn the_consolidated_list() {
    let Some(files) = folder("consolidated") else { return };
    let parsed = read(&files).unwrap();
    check_account(&parsed);
    assert_eq!(
        rows(&parsed),
        [
            ("party", 442, 442, 0),
            ("address", 574, 574, 0),
            ("alias", 1_073, 1_073, 0),
            ("comment", 10, 10, 0)
        ]
    );
    let bank = entity(&parsed, "ofac-31695");
    assert_eq!((bank.schema.name, bank.get("swiftBic")), ("PublicBody", &["CBRFRUMM".to_owned()][..]));
    let sanction = entity(&parsed, "ofac-31695-sanction-2");
    assert_eq!(sanction.get("program"), ["EO 14024 Directive 1a"]);
    assert_eq!(
        (sanction.get("listingDate"), sanction.get("startDate")),
        (&["2022-02-22".to_owned()][..], &["2022-03-01".to_owned()][..])
    );
}
