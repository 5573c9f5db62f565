//! Is a ledger of accounts that is exported as Parquet the one that is imported, are tables of other systems read, and is every row accounted for?

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use interdict_ledger::accounts::{
    AccountLedger, AddressKey, Builder, EventKind, Order, Request, Row, SeedRequest, trace,
};
use interdict_ledger::sources::SourceAccount;
use interdict_ledger::sources::parquet::{
    ParquetError, TransferOptions, export_accounts, import_accounts, transfer_files,
};
use interdict_ledger::strategy::Strategy;
use parquet::data_type::{ByteArray, ByteArrayType, FixedLenByteArrayType, Int64Type};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

const TOKEN: &str = "0x7e7E7E7e7E7E7e7E7E7E7E7E7e7E7E7e7e7E7E70";
const ZERO: &str = "0x0000000000000000000000000000000000000000";

/// Every kind of event, two assets, blocks out of order, a hash in two blocks, a largest value, labels and notes.
fn ledger() -> AccountLedger {
    let mut builder = Builder::new();
    let coin = builder.asset("ETH", 18).unwrap();
    let token = builder.asset(TOKEN, 6).unwrap();
    let hash = format!("0x{:064x}", 7);
    let rows = [
        (None, Some("mia"), token, 900, EventKind::Mint, "t0", 9),
        (None, Some("lea"), coin, 500, EventKind::Reward, "", 9),
        (None, Some("mia"), coin, 70, EventKind::Withdrawal, "", 9),
        (Some("mia"), Some("lea"), token, 400, EventKind::TokenTransfer, &hash, 10),
        (Some("mia"), None, coin, 3, EventKind::Fee, &hash, 10),
        (Some("lea"), Some(TOKEN), coin, 90, EventKind::Transfer, &hash, 3),
        (Some(TOKEN), Some("noah"), coin, 40, EventKind::Internal, "t1", 3),
        (Some("lea"), Some("noah"), token, 300, EventKind::TokenTransfer, "t2", 11),
        (Some("noah"), Some(ZERO), token, 10, EventKind::Burn, "t2", 11),
        (Some("noah"), Some("mia"), token, u128::MAX, EventKind::TokenTransfer, "t3", 11),
    ];
    for (place, (from, to, asset, value, kind, hash, block)) in (0..).zip(rows) {
        let mut account =
            |name: Option<&str>| name.map(|name| builder.account(&AddressKey::of(name).unwrap()).unwrap());
        let (from, to) = (account(from), account(to));
        let time = (block != 11).then_some(1_700_000_000);
        let hash = Some(hash).filter(|hash| !hash.is_empty());
        let transaction = builder.transaction(hash, block, time).unwrap();
        let order = Order { block: place, index: 0, place: 0 };
        builder.push(Row { order, from, to, asset, value, kind, transaction }).unwrap();
    }
    let mia = builder.account(&AddressKey::of("mia").unwrap()).unwrap();
    builder.label(mia, "Mia, the first");
    builder.note("fees_unknown", "2 transactions have no receipt".to_owned());
    builder.finish()
}

fn told(ledger: &AccountLedger) -> Vec<String> {
    let one = |event: interdict_ledger::accounts::Event| {
        let name =
            |account: Option<_>| account.map(|account| (ledger.address(account), ledger.label(account)));
        let at = event.transaction;
        let (hash, block, time) = (ledger.hash(at), ledger.block(at), ledger.time(at));
        let (from, to, unit) = (name(event.from), name(event.to), ledger.unit(event.asset));
        format!("{from:?} {to:?} {} {unit:?} {:?} {hash} {block} {time:?}", event.value, event.kind)
    };
    ledger.events().map(one).collect()
}

fn exported(ledger: &AccountLedger) -> Vec<u8> {
    let mut bytes = Vec::new();
    export_accounts(ledger, &mut bytes).unwrap();
    bytes
}

fn imported(files: &[PathBuf]) -> Result<(AccountLedger, SourceAccount), ParquetError> {
    let mut builder = Builder::new();
    let account = import_accounts(&mut builder, files, &TransferOptions::default())?;
    Ok((builder.finish(), account))
}

#[test]
fn what_is_exported_is_what_is_imported_and_traces_alike() {
    let folder = tempfile::tempdir().unwrap();
    let before = ledger();
    fs::write(folder.path().join("transfers.parquet"), exported(&before)).unwrap();
    let (after, account) = imported(&transfer_files(folder.path()).unwrap()).unwrap();
    assert_eq!(told(&after), told(&before));
    assert_eq!(after.assets().collect::<Vec<_>>(), before.assets().collect::<Vec<_>>());
    assert_eq!(after.notes(), before.notes());
    assert!(account.issues.is_empty(), "{:?}", account.issues);
    assert_eq!((account.records[0].read, account.records[0].lost), (10, 0));
    assert_eq!(after.transactions(&format!("0x{:064x}", 7)).len(), 2);
    for strategy in Strategy::ALL {
        for (asset, seed) in [("ETH", "lea"), (TOKEN, "mia"), (TOKEN, "lea")] {
            let seeds = [SeedRequest::address(seed)];
            let answer = |ledger: &AccountLedger| {
                trace(ledger, &Request::new(ledger.asset(asset).unwrap(), strategy, &seeds))
            };
            // The largest value there is makes a sum beyond 128 bits: the same error then.
            let (one, other) = (answer(&before), answer(&after));
            assert!(one.as_ref().is_ok_and(|report| !report.ends.is_empty()) || asset == TOKEN);
            assert_eq!(format!("{one:?}"), format!("{other:?}"), "{asset} {seed} by {strategy}");
        }
    }
    assert_eq!(exported(&after), exported(&before), "the same ledger is the same bytes");
}

#[test]
fn a_changed_or_cut_table_is_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let file = [folder.path().join("transfers.parquet")];
    let bytes = exported(&ledger());
    for cut in (0..bytes.len()).step_by(7) {
        fs::write(&file[0], &bytes[..cut]).unwrap();
        assert!(imported(&file).is_err(), "cut at {cut}");
    }
    let mut refused = 0;
    for at in (0..bytes.len()).step_by(3) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x81;
        fs::write(&file[0], changed).unwrap();
        refused += u32::from(imported(&file).is_err());
    }
    assert!(refused > 50, "{refused}");
}

enum Values<'a> {
    Numbers(&'a [Option<i64>]),
    Texts(&'a [Option<&'a str>]),
    Fixed(&'a [Option<Vec<u8>>]),
}

fn levels<T>(values: &[Option<T>]) -> Vec<i16> {
    values.iter().map(|value| i16::from(value.is_some())).collect()
}

/// A table of columns, each a type with its name, in which anything may be missing.
fn table(path: &Path, columns: &[(&str, Values<'_>)]) {
    let fields: String = columns.iter().map(|(schema, _)| format!("optional {schema};")).collect();
    let schema = Arc::new(parse_message_type(&format!("message rows {{ {fields} }}")).unwrap());
    let mut writer = SerializedFileWriter::new(File::create(path).unwrap(), schema, Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for (_, values) in columns {
        let mut column = group.next_column().unwrap().unwrap();
        match values {
            Values::Numbers(values) => {
                let found: Vec<i64> = values.iter().flatten().copied().collect();
                column.typed::<Int64Type>().write_batch(&found, Some(&levels(values)), None).unwrap()
            }
            Values::Texts(values) => {
                let found: Vec<ByteArray> =
                    values.iter().flatten().map(|text| ByteArray::from(*text)).collect();
                column.typed::<ByteArrayType>().write_batch(&found, Some(&levels(values)), None).unwrap()
            }
            Values::Fixed(values) => {
                let found: Vec<_> =
                    values.iter().flatten().map(|run| ByteArray::from(run.clone()).into()).collect();
                column
                    .typed::<FixedLenByteArrayType>()
                    .write_batch(&found, Some(&levels(values)), None)
                    .unwrap()
            }
        };
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
}

#[test]
fn tables_of_other_systems_are_put_in_order() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("transfers")).unwrap();
    let columns: [(&str, Values<'_>); 8] = [
        ("int64 block", Values::Numbers(&[Some(2), Some(1), Some(1), Some(1)])),
        ("int64 time (TIMESTAMP_MICROS)", Values::Numbers(&[None, Some(5_999_999), Some(5_000_000), None])),
        ("int64 tx_index", Values::Numbers(&[Some(0), Some(1), Some(0), Some(0)])),
        ("int64 position", Values::Numbers(&[None, None, Some(1), Some(0)])),
        ("fixed_len_byte_array(32) tx_hash", Values::Fixed(&[None, Some(vec![0xab; 32]), None, None])),
        ("binary from (UTF8)", Values::Texts(&[Some("lea"), Some("mia"), None, Some(ZERO)])),
        ("binary to (UTF8)", Values::Texts(&[None, Some("lea"), Some("mia"), Some("mia")])),
        (
            "fixed_len_byte_array(20) value (DECIMAL(47,0))",
            Values::Fixed(&[
                Some([vec![0; 19], vec![1]].concat()),
                Some([vec![0; 19], vec![2]].concat()),
                Some([vec![0; 4], vec![0xff; 16]].concat()),
                Some([vec![0; 19], vec![4]].concat()),
            ]),
        ),
    ];
    table(&folder.path().join("transfers/part-0.parquet"), &columns);
    let (ledger, account) = imported(&transfer_files(folder.path()).unwrap()).unwrap();
    let events: Vec<(EventKind, u128)> = ledger.events().map(|event| (event.kind, event.value)).collect();
    let wanted =
        [(EventKind::Mint, 4), (EventKind::Mint, u128::MAX), (EventKind::Transfer, 2), (EventKind::Burn, 1)];
    assert_eq!(events, wanted);
    let third = ledger.event(2).unwrap().transaction;
    assert_eq!((ledger.hash(third), ledger.time(third)), (format!("0x{}", "ab".repeat(32)), Some(5)));
    assert!(account.issues.is_empty(), "{:?}", account.issues);
    assert_eq!(ledger.unit(ledger.event(0).unwrap().asset).asset, "native");
}

#[test]
fn every_row_is_an_event_or_an_issue() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("any.parquet");
    let secret = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";
    let too_large = [vec![0; 15], vec![1; 17]].concat();
    let small = |last: u8| Some([vec![0; 31], vec![last]].concat());
    let values = [small(1), small(2), Some(too_large), small(3), small(4), None, small(5)];
    let from = [Some("mia"), Some("lea"), Some("lea"), Some(secret), None, Some("mia"), Some("noah")];
    let to = [Some("lea"), Some("noah"), Some("noah"), Some("mia"), Some(""), Some("lea"), Some("mia")];
    let columns: [(&str, Values<'_>); 8] = [
        ("binary from (UTF8)", Values::Texts(&from)),
        ("binary to (UTF8)", Values::Texts(&to)),
        ("fixed_len_byte_array(32) value", Values::Fixed(&values)),
        ("binary kind (UTF8)", Values::Texts(&[Some("fee"), Some("gift"), None, None, None, None, None])),
        ("int64 block", Values::Numbers(&[Some(1), Some(-1), None, None, None, None, None])),
        ("binary asset (UTF8)", Values::Texts(&[Some("AAA"); 7])),
        ("int64 decimals", Values::Numbers(&[None, Some(6), None, None, None, None, Some(7)])),
        ("int64 color", Values::Numbers(&[None; 7])),
    ];
    table(&path, &columns);
    let (ledger, account) = imported(&[path]).unwrap();
    let count = &account.records[0];
    assert_eq!((count.read, count.taken, count.lost, ledger.len()), (7, 3, 4, 3));
    let kinds: Vec<&str> = account.issues.by_kind().keys().map(String::as_str).collect();
    let wanted = [
        "bad_kind",
        "bad_place",
        "bad_value",
        "no_party",
        "no_place",
        "other_decimals",
        "refused_address",
        "unknown_column",
    ];
    assert_eq!(kinds, wanted);
    assert_eq!(ledger.unit(ledger.asset("AAA").unwrap()).decimals, 6, "the first that is told stays");
    assert!(!format!("{:?}", account.issues).contains("zoo"));
    assert!(ledger.events().all(|event| event.kind == EventKind::Transfer), "a fee goes to nobody");
}

#[test]
fn a_column_that_is_missing_or_not_exact_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("transfers.parquet");
    let from = ("binary from (UTF8)", Values::Texts(&[Some("mia")]));
    table(&path, &[from, ("binary to (UTF8)", Values::Texts(&[Some("lea")]))]);
    let error = imported(std::slice::from_ref(&path)).unwrap_err().to_string();
    assert_eq!(error, "transfers.parquet: column `value` is not there");
    assert!(transfer_files(&folder.path().join("none")).is_err());
    fs::remove_file(&path).unwrap();
    assert!(transfer_files(folder.path()).unwrap_err().to_string().contains("no table `transfers`"));
}
