//! Which table of ethereum-etl is a file, and what stands in a column of a row?

use std::collections::HashMap;

use interdict_lists::delimited::{self, Record, Records};

use super::super::columns::folded;
use super::super::{SourceError, Tally, hash_refusal, shown};

/// The tables, in the order in which they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Tokens,
    Contracts,
    Blocks,
    Receipts,
    Transactions,
    Traces,
    TokenTransfers,
    /// One that moves no value.
    Other,
}

/// Columns that a table is known by, the surest first, and all without which it cannot be read.
const KINDS: &[(Kind, &[&str])] = &[
    (Kind::Traces, &["tracetype", "blocknumber", "fromaddress", "toaddress", "value"]),
    (
        Kind::TokenTransfers,
        &["tokenaddress", "fromaddress", "toaddress", "value", "transactionhash", "logindex", "blocknumber"],
    ),
    (Kind::Other, &["tokenaddress", "spenderaddress"]),
    (Kind::Other, &["topics", "logindex"]),
    (Kind::Contracts, &["address", "bytecode"]),
    (Kind::Tokens, &["address", "symbol", "decimals"]),
    (Kind::Receipts, &["transactionhash", "gasused", "cumulativegasused"]),
    (Kind::Transactions, &["hash", "fromaddress", "toaddress", "value", "blocknumber", "transactionindex"]),
    (Kind::Blocks, &["number", "timestamp", "parenthash"]),
];

/// A file with its header read.
pub(super) struct Table<'f> {
    pub name: &'f str,
    pub kind: Kind,
    columns: HashMap<String, usize>,
    n_columns: usize,
    last_needed: usize,
    records: Records<'f>,
}

/// A row by names of columns.
pub(super) struct Fields<'r> {
    columns: &'r HashMap<String, usize>,
    record: Record,
}

impl<'f> Table<'f> {
    /// Reads the header.
    pub fn open(name: &'f str, bytes: &'f [u8]) -> Result<Self, SourceError> {
        let wrong = |reason: String| SourceError::WrongForm { file: name.to_owned(), reason };
        let mut records = Records::new(bytes, delimited::delimiter(bytes));
        let header =
            records.next().ok_or_else(|| wrong("the table is empty; it needs a header".to_owned()))?;
        let header = header.map_err(|error| wrong(format!("the header cannot be read: {error}")))?;
        let columns: HashMap<String, usize> =
            header.iter().enumerate().map(|(at, name)| (folded(name), at)).collect();
        let is_it = |needed: &[&str]| needed.iter().all(|column| columns.contains_key(*column));
        let found = KINDS.iter().find(|(_, needed)| is_it(needed));
        let (kind, needed) = found.ok_or_else(|| {
            wrong(format!(
                "no table of ethereum-etl that moves value has these columns: {}",
                shown(header.iter())
            ))
        })?;
        let last_needed = needed.iter().filter_map(|column| columns.get(*column)).max().copied().unwrap_or(0);
        Ok(Self { name, kind: *kind, columns, n_columns: header.len(), last_needed, records })
    }

    /// Whether a file is of this source and of no other: an edge list may have columns like these.
    pub fn is_certain(&self) -> bool {
        self.kind != Kind::Other
    }

    /// The next row; one that cannot be read is an issue of the account.
    pub fn next(&mut self, tally: &mut Tally) -> Result<Option<Fields<'_>>, SourceError> {
        loop {
            let Some(record) = self.records.next() else { return Ok(None) };
            tally.read()?;
            match record {
                Ok(record) if tally.has_width(&record, self.n_columns, self.last_needed) => {
                    return Ok(Some(Fields { columns: &self.columns, record }));
                }
                Ok(_) => {}
                Err(error) => tally.lose(error.line, error.reason.kind(), error.reason.to_string()),
            }
        }
    }
}

impl Fields<'_> {
    /// The line of the row.
    pub fn line(&self) -> u64 {
        self.record.line
    }

    /// What stands in a column; `None` where there is nothing or no such column. The name without underscores.
    pub fn get(&self, column: &str) -> Option<&str> {
        let text = self.record.get(*self.columns.get(column)?)?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// The hash of a transaction; a text that is refused in its place is left out with an issue.
    pub fn hash(&self, tally: &mut Tally, column: &str) -> Option<&str> {
        self.get(column).and_then(|hash| tally.keepable(self.line(), column, hash, hash_refusal))
    }

    /// A whole number that is there and can be read.
    pub fn number(&self, column: &str) -> Option<u64> {
        self.get(column)?.parse().ok()
    }

    /// The same with 128 bits.
    pub fn large(&self, column: &str) -> Option<u128> {
        self.get(column)?.parse().ok()
    }

    /// A number without which the row says nothing; its absence is an issue.
    pub fn needed(&self, tally: &mut Tally, column: &str) -> Option<u64> {
        let number = self.number(column);
        if number.is_none() {
            tally.lose(self.line(), "bad_place", format!("{column} is missing or no number"));
        }
        number
    }

    /// The value of a row, 0 where there is none. `None` when it cannot be taken, which is an issue: never is a value wrapped or cut.
    pub fn value(&self, tally: &mut Tally) -> Option<u128> {
        let Some(text) = self.get("value") else { return Some(0) };
        match super::super::decimal::parse(text, 0) {
            Ok(amount) if !amount.is_rounded => Some(amount.units),
            Ok(_) => {
                tally.lose(self.line(), "bad_value", "the value is not whole");
                None
            }
            Err(fault) => {
                tally.lose(self.line(), "bad_value", fault.to_string());
                None
            }
        }
    }
}
