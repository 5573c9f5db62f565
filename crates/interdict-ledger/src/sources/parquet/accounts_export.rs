//! How is a ledger of accounts written as Parquet? The table that is read, so that what is exported can be imported again.

use std::io::Write;

use parquet::file::metadata::KeyValue;

use super::accounts::{SAID_ASSET, SAID_NOTE, name_of_kind};
use super::export::{Column, ExportError, Table, Value, text, whole};
use crate::accounts::{AccountId, AccountLedger};

const TRANSFERS: &str =
    "message transfers { required int64 sequence; optional int64 block (UINT_64); optional int64 time;
    optional binary tx_hash (UTF8); optional binary from (UTF8); optional binary to (UTF8); required binary asset (UTF8);
    required int64 decimals; required binary value (UTF8); required binary kind (UTF8);
    optional binary from_label (UTF8); optional binary to_label (UTF8); }";

/// Writes the table `transfers`: every event in its order. Assets in their order and the notes of the ledger are in what the file says of
/// itself. What is kept of accounts without an event is not written.
///
/// # Errors
/// When writing fails.
pub fn export_accounts<W: Write + Send>(ledger: &AccountLedger, to: W) -> Result<(), ExportError> {
    let (number, maybe) =
        (|| Column::MaybeWhole(Vec::new(), Vec::new()), || Column::Maybe(Vec::new(), Vec::new()));
    let columns = vec![
        whole(),
        number(),
        number(),
        maybe(),
        maybe(),
        maybe(),
        text(),
        whole(),
        text(),
        text(),
        maybe(),
        maybe(),
    ];
    let mut table = Table::saying(to, TRANSFERS, columns, said(ledger))?;
    // Where no block is told all are 0.
    let has_blocks = ledger.events().any(|event| ledger.block(event.transaction) > 0);
    for (sequence, event) in (0_u64..).zip(ledger.events()) {
        let block = has_blocks.then(|| ledger.block(event.transaction).cast_signed());
        let hash = Some(ledger.hash(event.transaction)).filter(|hash| !hash.is_empty());
        let unit = ledger.unit(event.asset);
        let address = |account: Option<AccountId>| account.map(|account| ledger.address(account));
        let label = |account: Option<AccountId>| Some(ledger.label(account?)?.to_owned());
        table.row([
            Value::Whole(sequence),
            Value::MaybeWhole(block),
            Value::MaybeWhole(ledger.time(event.transaction)),
            Value::Maybe(hash),
            Value::Maybe(address(event.from)),
            Value::Maybe(address(event.to)),
            Value::Text(unit.asset),
            Value::Whole(u64::from(unit.decimals)),
            Value::Text(event.value.to_string()),
            Value::Text(name_of_kind(event.kind).to_owned()),
            Value::Maybe(label(event.from)),
            Value::Maybe(label(event.to)),
        ])?;
    }
    Ok(table.finish()?)
}

fn said(ledger: &AccountLedger) -> Vec<KeyValue> {
    let pair = |key: &str, value: String| KeyValue::new(key.to_owned(), value);
    let assets =
        ledger.assets().map(|(_, asset)| pair(SAID_ASSET, format!("{} {}", asset.decimals, asset.name)));
    let notes = ledger.notes().iter().map(|note| pair(SAID_NOTE, format!("{} {}", note.code, note.text)));
    assets.chain(notes).collect()
}
