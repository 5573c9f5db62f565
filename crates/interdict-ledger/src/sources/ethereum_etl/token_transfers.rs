//! Which tokens changed hands? Logs have one number in their block, so that their order is exact also where the transaction's is not told.

use super::super::{SourceError, Tally, moment};
use super::table::{Fields, Kind, Table};
use super::transactions::Transactions;
use super::{File, Reading};
use crate::accounts::address::{is_zero, written};
use crate::accounts::{AccountId, AddressKey, AssetId, EventKind, Order, Row, TransactionId};

struct Transfer {
    block: u64,
    log: u64,
    index: Option<u64>,
    from: Option<AccountId>,
    to: Option<AccountId>,
    asset: AssetId,
    value: u128,
    kind: EventKind,
    transaction: TransactionId,
    file: usize,
    line: u64,
}

/// Takes the tables in and moves what they say.
pub(super) fn read(
    reading: &mut Reading<'_>,
    transactions: &Transactions,
    files: &[File<'_>],
) -> Result<(), SourceError> {
    let (mut all, mut tallies) = (Vec::new(), Vec::new());
    for (file, &(name, bytes)) in files.iter().enumerate() {
        let mut table = Table::open(name, bytes)?;
        debug_assert_eq!(table.kind, Kind::TokenTransfers);
        let mut tally = Tally::new(name, "token transfer");
        while let Some(fields) = table.next(&mut tally)? {
            all.extend(read_one(reading, transactions, &mut tally, &fields, file)?);
        }
        tallies.push(tally);
    }
    all.sort_by_key(|transfer| (transfer.block, transfer.log));
    let (mut last, mut index) = (None, 0);
    for transfer in all {
        let place = (transfer.block, transfer.log);
        if last == Some(place) {
            if let Some(tally) = tallies.get_mut(transfer.file) {
                tally.lose(transfer.line, "duplicate", "a transfer of this log was read before");
            }
            continue;
        }
        // Where the place of the transaction is not told, it is not before that of the log before.
        let is_same_block = last.is_some_and(|(block, _)| block == transfer.block);
        index = transfer.index.unwrap_or(0).max(if is_same_block { index } else { 0 });
        last = Some(place);
        let Transfer { block, log, from, to, asset, value, kind, transaction, .. } = transfer;
        let order = Order { block, index, place: log.saturating_add(1) };
        reading.builder.push(Row { order, from, to, asset, value, kind, transaction })?;
    }
    for tally in tallies {
        tally.finish(&mut reading.account);
    }
    Ok(())
}

fn read_one(
    reading: &mut Reading<'_>,
    transactions: &Transactions,
    tally: &mut Tally,
    fields: &Fields<'_>,
    file: usize,
) -> Result<Option<Transfer>, SourceError> {
    let line = fields.line();
    let (Some(block), Some(hash)) =
        (fields.needed(tally, "blocknumber"), fields.hash(tally, "transactionhash"))
    else {
        if fields.number("blocknumber").is_some() {
            tally.lose(line, "no_transaction", "the transfer names no transaction");
        }
        return Ok(None);
    };
    let Some(log) = fields.needed(tally, "logindex") else { return Ok(None) };
    let Some(Ok(token)) = fields.get("tokenaddress").map(AddressKey::of) else {
        tally.lose(line, "no_asset", "the token has no address that can be read");
        return Ok(None);
    };
    if reading.facts.things.contains(&token) {
        tally.lose(line, "not_fungible", "the token is a single thing (ERC-721), which is not followed");
        return Ok(None);
    }
    let Some(value) = fields.value(tally) else { return Ok(None) };
    let is_nobody = |column| {
        fields.get(column).and_then(|text| AddressKey::of(text).ok()).is_none_or(|key| is_zero(&key))
    };
    let kind = match (is_nobody("fromaddress"), is_nobody("toaddress")) {
        (true, _) => EventKind::Mint,
        (false, true) => EventKind::Burn,
        (false, false) => EventKind::TokenTransfer,
    };
    let Ok(from) = reading.party(tally, fields, "fromaddress")? else { return Ok(None) };
    let Ok(to) = reading.party(tally, fields, "toaddress")? else { return Ok(None) };
    let from = from.filter(|_| kind != EventKind::Mint);
    let decimals = reading.facts.decimals.get(&token).copied().unwrap_or(0);
    let asset = reading.builder.asset(&written(token.as_bytes()), decimals)?;
    let time = fields.get("blocktimestamp").and_then(moment::parse).or_else(|| reading.facts.time(block));
    let transaction = transaction(reading, transactions, hash, block, time)?;
    let known = transactions.of(transaction).map(|one| one.index);
    let index = known.or_else(|| Some(fields.number("transactionindex")?.saturating_add(1)));
    Ok(Some(Transfer { block, log, index, from, to, asset, value, kind, transaction, file, line }))
}

/// The transaction of a hash: the one that was read, whatever this table says of times.
fn transaction(
    reading: &mut Reading<'_>,
    transactions: &Transactions,
    hash: &str,
    block: u64,
    time: Option<i64>,
) -> Result<TransactionId, SourceError> {
    let known = reading.builder.of_hash(hash, block);
    match known.filter(|known| transactions.of(*known).is_some()) {
        Some(known) => Ok(known),
        None => Ok(reading.builder.transaction(Some(hash), block, time)?),
    }
}
