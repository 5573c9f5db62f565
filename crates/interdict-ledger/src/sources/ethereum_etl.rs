//! What do the tables of ethereum-etl say? CSV files of transactions, traces, token transfers, receipts and blocks, in any number and order, out
//! of which come events in exact order: block, transaction, place in the transaction.
//!
//! Where a transaction has traces, they say which value moved, and its own value is not counted again. A failed transaction moves nothing and
//! pays its fee. What the tables do not say (receipts, statuses, blocks) is told in notes.

mod facts;
mod table;
mod token_transfers;
mod traces;
mod transactions;

use std::collections::{BTreeMap, HashMap};

use super::{SourceAccount, SourceError, Tally};
use crate::accounts::{
    AccountId, AddressKey, AssetId, Builder, EventKind, LedgerFull, Order, Row, TransactionId,
};
use facts::Facts;
use table::{Fields, Kind, Table};
use transactions::Transactions;

/// One file: its name and its bytes.
pub type File<'f> = (&'f str, &'f [u8]);

/// Which place a row has in its block before any transaction, and behind all.
const BEFORE_ALL: u64 = 0;
const BEHIND_ALL: u64 = u64::MAX;

/// Whether the header of a file is that of a table of ethereum-etl.
pub fn is_table(bytes: &[u8]) -> bool {
    Table::open("", bytes).is_ok_and(|table| table.is_certain())
}

/// Takes tables into a ledger whose native asset has this name (`ETH`).
///
/// # Errors
/// When a file is none of the tables, lacks a column that it needs, has more rows than the bound, or the ledger is full.
pub fn read(builder: &mut Builder, native: &str, files: &[File<'_>]) -> Result<SourceAccount, SourceError> {
    let mut of_kind: BTreeMap<Kind, Vec<File<'_>>> = BTreeMap::new();
    for &(name, bytes) in files {
        of_kind.entry(Table::open(name, bytes)?.kind).or_default().push((name, bytes));
    }
    let native = builder.asset(native, 18)?;
    let (account, counts) = (SourceAccount::default(), Counts::default());
    let mut reading = Reading { builder, native, account, counts, facts: Facts::default() };
    let mut transactions = Transactions::default();
    let mut found = traces::Traces::default();
    // In this order: what is read later needs what was read before.
    for (kind, files) in &of_kind {
        for &(name, bytes) in files {
            let table = Table::open(name, bytes)?;
            match kind {
                Kind::Tokens | Kind::Contracts | Kind::Blocks | Kind::Receipts => reading.facts(table)?,
                Kind::Transactions => transactions.read(&mut reading, table)?,
                Kind::Traces => found.read(&mut reading, table)?,
                Kind::TokenTransfers => {}
                Kind::Other => reading.pass_over(&table),
            }
        }
    }
    let traced = found.finish(&mut reading, &transactions)?;
    transactions.finish(&mut reading, traced.as_ref())?;
    let tokens = of_kind.remove(&Kind::TokenTransfers).unwrap_or_default();
    token_transfers::read(&mut reading, &transactions, &tokens)?;
    reading.withdrawals()?;
    reading.tell();
    reading.account.tell(reading.builder);
    Ok(reading.account)
}

/// What is not known, by how many rows.
#[derive(Debug, Default)]
struct Counts {
    statuses_unknown: u64,
    fees_unknown: u64,
    without_traces: u64,
    receivers_unknown: u64,
    selfdestructs_unknown: u64,
}

/// A reading of several tables.
struct Reading<'b> {
    builder: &'b mut Builder,
    native: AssetId,
    account: SourceAccount,
    counts: Counts,
    facts: Facts,
}

/// An event of the native asset.
#[derive(Clone, Copy)]
struct Native {
    order: Order,
    from: Option<AccountId>,
    to: Option<AccountId>,
    value: u128,
    kind: EventKind,
    transaction: TransactionId,
}

impl Reading<'_> {
    /// Adds an event of the native asset; one of nothing is none.
    fn native(&mut self, event: Native) -> Result<(), LedgerFull> {
        let Native { order, from, to, value, kind, transaction } = event;
        if value == 0 {
            return Ok(());
        }
        self.builder.push(Row { order, from, to, asset: self.native, value, kind, transaction })
    }

    /// The account of a column; `None` where it is empty. A text that is refused is lost with an issue.
    fn party(
        &mut self,
        tally: &mut Tally,
        fields: &Fields<'_>,
        column: &str,
    ) -> Result<Result<Option<AccountId>, ()>, LedgerFull> {
        let Some(text) = fields.get(column) else { return Ok(Ok(None)) };
        match AddressKey::of(text) {
            Ok(key) => Ok(Ok(Some(self.builder.account(&key)?))),
            Err(refusal) => {
                tally.lose(fields.line(), "refused_address", format!("{column}: {refusal}"));
                Ok(Err(()))
            }
        }
    }

    fn pass_over(&mut self, table: &Table<'_>) {
        let mut tally = Tally::new(table.name, "row");
        tally.note(None, "file_not_read", "the table moves no value and is not read");
        tally.finish(&mut self.account);
    }

    /// Withdrawals of validators, behind all transactions of their block.
    fn withdrawals(&mut self) -> Result<(), LedgerFull> {
        for (place, withdrawal) in (1_u64 << 32..).zip(std::mem::take(&mut self.facts.withdrawals)) {
            let block = withdrawal.block;
            let time = self.facts.time(block);
            let transaction = self.builder.transaction(None, block, time)?;
            let order = Order { block, index: BEHIND_ALL, place };
            let (to, value, kind) = (Some(withdrawal.to), withdrawal.wei, EventKind::Withdrawal);
            self.native(Native { order, from: None, to, value, kind, transaction })?;
        }
        Ok(())
    }

    /// What the tables do not say.
    fn tell(&mut self) {
        let Counts {
            statuses_unknown,
            fees_unknown,
            without_traces,
            receivers_unknown,
            selfdestructs_unknown,
        } = self.counts;
        let notes: [(&'static str, u64, &str); 5] = [
            (
                "status_unknown",
                statuses_unknown,
                "transactions have no status and no traces; they are taken for successful",
            ),
            ("fees_unknown", fees_unknown, "transactions have no receipt; their fees are not in the ledger"),
            (
                "without_traces",
                without_traces,
                "transactions have no traces; what contracts sent in them is not in the ledger",
            ),
            (
                "receiver_unknown",
                receivers_unknown,
                "transactions made a contract whose address is not told; it is named after the transaction",
            ),
            (
                "selfdestruct_unknown",
                selfdestructs_unknown,
                "contracts destroyed themselves and it is not told who got what they held",
            ),
        ];
        for (code, n, text) in notes {
            if n > 0 {
                self.builder.note(code, format!("{n} {text}"));
            }
        }
    }
}

/// Numbers of transactions by block and place in the block.
type ByPlace = HashMap<(u64, u64), usize>;
