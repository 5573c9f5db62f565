//! What did each transaction move and cost?

use std::collections::{HashMap, HashSet};

use super::super::{SourceError, Tally, moment};
use super::facts::Receipt;
use super::table::{Fields, Table};
use super::{ByPlace, Native, Reading};
use crate::accounts::{AccountId, AddressKey, EventKind, LedgerFull, Order, TransactionId};

/// One transaction, before anything moves.
#[derive(Debug)]
pub(super) struct Transaction {
    pub id: TransactionId,
    pub block: u64,
    /// Its place in the block, counted from 1.
    pub index: u64,
    from: AccountId,
    to: AccountId,
    value: u128,
    /// What it cost, and what of it the miner had.
    fee: Option<(u128, u128)>,
    pub status: Option<u64>,
}

#[derive(Debug, Default)]
pub(super) struct Transactions {
    all: Vec<Transaction>,
    by_id: HashMap<TransactionId, usize>,
    by_place: ByPlace,
}

impl Transactions {
    /// The transaction at a place.
    pub fn at(&self, block: u64, index: u64) -> Option<&Transaction> {
        self.by_place.get(&(block, index)).and_then(|&at| self.all.get(at))
    }

    /// The transaction of a number in the ledger.
    pub fn of(&self, id: TransactionId) -> Option<&Transaction> {
        self.by_id.get(&id).and_then(|&at| self.all.get(at))
    }

    /// Takes a table in.
    pub fn read(&mut self, reading: &mut Reading<'_>, mut table: Table<'_>) -> Result<(), SourceError> {
        let mut tally = Tally::new(table.name, "transaction");
        while let Some(fields) = table.next(&mut tally)? {
            if let Some(transaction) = read_one(reading, &mut tally, &fields)? {
                self.add(&mut tally, fields.line(), transaction);
            }
        }
        tally.finish(&mut reading.account);
        Ok(())
    }

    fn add(&mut self, tally: &mut Tally, line: u64, transaction: Transaction) {
        let at = self.all.len();
        if self.by_id.contains_key(&transaction.id) {
            tally.lose(line, "duplicate", "the transaction was read before");
        } else if self.by_place.contains_key(&(transaction.block, transaction.index)) {
            tally.lose(line, "same_place", "another transaction has this place in the block");
        } else {
            self.by_id.insert(transaction.id, at);
            self.by_place.insert((transaction.block, transaction.index), at);
            self.all.push(transaction);
        }
    }

    /// Moves what the transactions moved themselves: fees, and value where no traces tell it. `traced` is `None` when there are no traces at all.
    pub fn finish(
        &self,
        reading: &mut Reading<'_>,
        traced: Option<&HashSet<(u64, u64)>>,
    ) -> Result<(), LedgerFull> {
        for transaction in &self.all {
            let order = |place| Order { block: transaction.block, index: transaction.index, place };
            let (from, id) = (Some(transaction.from), transaction.id);
            let miner = reading.facts.blocks.get(&transaction.block).and_then(|block| block.miner);
            match transaction.fee {
                Some((fee, tip)) => {
                    let kind = EventKind::Fee;
                    reading.native(Native {
                        order: order(0),
                        from,
                        to: None,
                        value: fee,
                        kind,
                        transaction: id,
                    })?;
                    if let Some(miner) = miner {
                        let (to, kind) = (Some(miner), EventKind::Reward);
                        let order = order(u64::MAX);
                        reading.native(Native {
                            order,
                            from: None,
                            to,
                            value: tip,
                            kind,
                            transaction: id,
                        })?;
                    }
                }
                None => reading.counts.fees_unknown += 1,
            }
            if traced.is_some_and(|traced| traced.contains(&(transaction.block, transaction.index))) {
                continue;
            }
            reading.counts.without_traces += u64::from(traced.is_some());
            reading.counts.statuses_unknown += u64::from(transaction.status.is_none());
            if transaction.status != Some(0) {
                let (to, value, kind) = (Some(transaction.to), transaction.value, EventKind::Transfer);
                reading.native(Native { order: order(1), from, to, value, kind, transaction: id })?;
            }
        }
        Ok(())
    }
}

fn read_one(
    reading: &mut Reading<'_>,
    tally: &mut Tally,
    fields: &Fields<'_>,
) -> Result<Option<Transaction>, SourceError> {
    let (Some(block), Some(index)) = (fields.needed(tally, "blocknumber"), fields.number("transactionindex"))
    else {
        if fields.number("blocknumber").is_some() {
            tally.lose(fields.line(), "bad_place", "transactionindex is missing or no number");
        }
        return Ok(None);
    };
    let Some(hash) = fields.hash(tally, "hash") else {
        tally.lose(fields.line(), "no_transaction", "the transaction has no hash");
        return Ok(None);
    };
    let Some(value) = fields.value(tally) else { return Ok(None) };
    let Ok(from) = reading.party(tally, fields, "fromaddress")? else { return Ok(None) };
    let Ok(to) = reading.party(tally, fields, "toaddress")? else { return Ok(None) };
    let Ok(made) = reading.party(tally, fields, "receiptcontractaddress")? else { return Ok(None) };
    let Some(from) = from else {
        tally.lose(fields.line(), "no_party", "the transaction has no sender");
        return Ok(None);
    };
    let receipt = receipt(reading, fields, hash);
    let to = match to.or(made).or(receipt.contract) {
        Some(to) => to,
        None => {
            reading.counts.receivers_unknown += u64::from(value > 0);
            unnamed(reading, hash)?.unwrap_or(from)
        }
    };
    let time = fields.get("blocktimestamp").and_then(moment::parse).or_else(|| reading.facts.time(block));
    let id = reading.builder.transaction(Some(hash), block, time)?;
    let fee = fee(reading, fields, block, &receipt);
    let index = index.saturating_add(1);
    Ok(Some(Transaction { id, block, index, from, to, value, fee, status: receipt.status }))
}

/// The contract that a transaction made, where nothing tells its address.
fn unnamed(reading: &mut Reading<'_>, hash: &str) -> Result<Option<AccountId>, LedgerFull> {
    let key = AddressKey::of(&format!("contract made by {hash}")).ok();
    key.map(|key| reading.builder.account(&key)).transpose()
}

/// The receipt, out of its table or the columns of newer tables of transactions.
fn receipt(reading: &Reading<'_>, fields: &Fields<'_>, hash: &str) -> Receipt {
    let known = reading.facts.receipt(hash).copied().unwrap_or_default();
    let blob_gas = fields.large("receiptblobgasused").zip(fields.large("receiptblobgasprice"));
    Receipt {
        status: known.status.or_else(|| fields.number("receiptstatus")),
        gas_used: known.gas_used.or_else(|| fields.large("receiptgasused")),
        price: known.price.or_else(|| fields.large("receipteffectivegasprice")),
        blob_gas: known.blob_gas.or(blob_gas),
        contract: known.contract,
    }
}

/// What the transaction cost, and what of it the miner had; `None` where gas or price are unknown. The price of a mined transaction is the one that
/// was paid also where it is called `gas_price`.
fn fee(reading: &Reading<'_>, fields: &Fields<'_>, block: u64, receipt: &Receipt) -> Option<(u128, u128)> {
    let price = receipt.price.or_else(|| fields.large("gasprice"))?;
    let gas = receipt.gas_used?;
    let blobs = receipt.blob_gas.map_or(Some(0), |(gas, price)| gas.checked_mul(price))?;
    let burnt = reading.facts.blocks.get(&block).map_or(0, |block| block.base_fee);
    let tip = gas.checked_mul(price.saturating_sub(burnt))?;
    Some((gas.checked_mul(price)?.checked_add(blobs)?, tip))
}
