//! What does a list of weighted edges say? A CSV with a header, one transfer a row: from, to, value, and what else there is of time, block,
//! transaction, asset and labels ([columns](https://github.com/interdict/interdict/blob/main/docs/ledger-accounts.md)).
//!
//! The rows may stand in any order: they are put in that of time and block, or stay in that of the file where there is neither. Values are
//! decimal texts and become whole units exactly; what is beyond the decimals is rounded, counted and told.

mod header;
mod places;
pub(super) mod ties;

use std::collections::HashSet;

use interdict_lists::delimited::{self, Record, Records};

use self::header::Header;
use self::places::{Place, places};
use self::ties::{Tied, Ties};
use super::{DECIMALS_MAX, SourceAccount, SourceError, Tally, decimal, hash_refusal, moment, refusal, shown};
use crate::accounts::address::is_zero;
use crate::accounts::{
    AccountId, AddressKey, AssetId, Builder, EventKind, LedgerFull, Order, Row, TransactionId,
};

/// Decimals of values that are not whole, unless the caller says otherwise. Enough for wei, and for binary floating-point numbers as programs
/// print them.
pub const DECIMALS: u8 = 18;

/// What the file does not say itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// How many decimals values have: none where all are whole, or else [`DECIMALS`].
    pub decimals: Option<u8>,
    /// Which column is the value, where several may be.
    pub value_column: Option<String>,
    /// What values are counted in, where neither a column nor the name of one says so.
    pub asset: Option<String>,
}

/// One transfer, not yet in its place.
struct Edge {
    time: Option<i64>,
    block: Option<u64>,
    tied: Tied,
    kind: EventKind,
    transaction: TransactionId,
}

/// Takes an edge list into a ledger. Lists that are read into one builder follow one another; for one order they have to be one file.
///
/// # Errors
/// When values are said to have more decimals than 128 bits hold, the header lacks from, to or value, several columns may be the value, there are more rows than the bound, or the ledger is full.
pub fn read(
    builder: &mut Builder,
    file: &str,
    bytes: &[u8],
    options: &Options,
) -> Result<SourceAccount, SourceError> {
    if let Some(decimals) = options.decimals.filter(|&decimals| decimals > DECIMALS_MAX) {
        return Err(SourceError::TooManyDecimals(decimals));
    }
    let delimiter = delimited::delimiter(bytes);
    let mut records = Records::new(bytes, delimiter);
    let wrong = |reason: String| SourceError::WrongForm { file: file.to_owned(), reason };
    let first = records.next().ok_or_else(|| wrong("the list is empty; it needs a header".to_owned()))?;
    let first = first.map_err(|error| wrong(format!("the header cannot be read: {error}")))?;
    let header = Header::new(first.iter(), options.value_column.as_deref()).map_err(wrong)?;
    let decimals = options.decimals.unwrap_or_else(|| decimals(Records::new(bytes, delimiter), &header));
    let mut tally = Tally::new(file, "transfer");
    for name in &header.unused {
        let name = shown(std::iter::once(name.as_str()));
        tally.note(None, "unknown_column", format!("the column {name} is not read"));
    }
    let asset = header.unit.clone().or_else(|| options.asset.clone()).unwrap_or_else(|| "value".to_owned());
    let mut reader = Reader {
        builder,
        tally,
        header,
        decimals,
        asset,
        edges: Vec::new(),
        rounded: 0,
        unreadable_times: 0,
    };
    for record in records {
        reader.tally.read()?;
        match record {
            Ok(record) => reader.row(&record)?,
            Err(error) => reader.tally.lose(error.line, error.reason.kind(), error.reason.to_string()),
        }
    }
    reader.finish()
}

/// None where every value is whole.
fn decimals(records: Records<'_>, header: &Header) -> u8 {
    let mut values = records.skip(1).flatten();
    if values.any(|record| record.get(header.value).is_some_and(decimal::has_fraction)) {
        DECIMALS
    } else {
        0
    }
}

struct Reader<'b> {
    builder: &'b mut Builder,
    tally: Tally,
    header: Header,
    decimals: u8,
    asset: String,
    edges: Vec<Edge>,
    rounded: u64,
    unreadable_times: u64,
}

/// The text of a column; `None` where there is none.
fn field(record: &Record, column: Option<usize>) -> Option<&str> {
    column.and_then(|column| record.get(column)).map(str::trim).filter(|text| !text.is_empty())
}

impl Reader<'_> {
    fn row(&mut self, record: &Record) -> Result<(), SourceError> {
        let (from, to, value) = (self.header.from, self.header.to, self.header.value);
        if !self.tally.has_width(record, self.header.n_columns, from.max(to).max(value)) {
            return Ok(());
        }
        let Some(value) = self.value(record) else { return Ok(()) };
        let Some(from) = self.party(record, self.header.from, "from") else { return Ok(()) };
        let Some(to) = self.party(record, self.header.to, "to") else { return Ok(()) };
        let time = self.read_or_note(record, self.header.time, "time", moment::parse);
        self.unreadable_times += u64::from(time.is_none() && field(record, self.header.time).is_some());
        let block = self.read_or_note(record, self.header.block, "block", |text| text.parse().ok());
        // Nobody sends from the zero address: it stands for what comes into being. What is sent there is destroyed.
        let kind = match (is_zero(&from), is_zero(&to)) {
            (true, _) => EventKind::Mint,
            (false, true) => EventKind::Burn,
            (false, false) => EventKind::Transfer,
        };
        let sender = self.account(record, &from, self.header.from_label)?;
        let from = (kind != EventKind::Mint).then_some(sender);
        let to = Some(self.account(record, &to, self.header.to_label)?);
        let asset = self.asset(record)?;
        let hash = field(record, self.header.hash)
            .and_then(|hash| self.tally.keepable(record.line, "transaction", hash, hash_refusal));
        let transaction = self.builder.transaction(hash, block.unwrap_or(0), time)?;
        self.edges.push(Edge { time, block, tied: Tied { from, to, asset, value }, kind, transaction });
        Ok(())
    }

    fn value(&mut self, record: &Record) -> Option<u128> {
        let told = field(record, self.header.asset).filter(|name| refusal(name).is_none());
        // An asset that another file named has decimals already, and its amounts are counted in these.
        let decimals = self.builder.decimals(told.unwrap_or(&self.asset)).unwrap_or(self.decimals);
        let amount = decimal::parse(record.get(self.header.value).unwrap_or_default(), decimals);
        match amount {
            Ok(amount) => {
                self.rounded += u64::from(amount.is_rounded);
                Some(amount.units)
            }
            Err(fault) => {
                self.tally.lose(record.line, "bad_value", fault.to_string());
                None
            }
        }
    }

    fn party(&mut self, record: &Record, column: usize, what: &str) -> Option<AddressKey> {
        let Some(text) = field(record, Some(column)) else {
            self.tally.lose(record.line, "no_party", format!("there is no {what}"));
            return None;
        };
        match AddressKey::of(text) {
            Ok(key) => Some(key),
            Err(refusal) => {
                self.tally.lose(record.line, "refused_address", format!("{what}: {refusal}"));
                None
            }
        }
    }

    fn read_or_note<T>(
        &mut self,
        record: &Record,
        column: Option<usize>,
        what: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = field(record, column)?;
        let read = read(text);
        if read.is_none() {
            self.tally.value_lost(record.line, "bad_place", format!("the {what} cannot be read"));
        }
        read
    }

    /// The account of a key with its label.
    fn account(
        &mut self,
        record: &Record,
        key: &AddressKey,
        label: Option<usize>,
    ) -> Result<AccountId, LedgerFull> {
        let account = self.builder.account(key)?;
        if let Some(label) = field(record, label)
            && let Some(label) = self.tally.keepable(record.line, "label", label, refusal)
            && !self.builder.label(account, label)
        {
            self.tally.note(
                Some(record.line),
                "other_label",
                "the account had another label before, which stays",
            );
        }
        Ok(account)
    }

    fn asset(&mut self, record: &Record) -> Result<AssetId, LedgerFull> {
        let told = field(record, self.header.asset);
        let told = told.and_then(|name| self.tally.keepable(record.line, "asset", name, refusal));
        let name = told.unwrap_or(&self.asset);
        self.builder.asset(name, self.decimals)
    }

    fn finish(mut self) -> Result<SourceAccount, SourceError> {
        if self.edges.is_empty() {
            let reason =
                format!("the list has no transfer that can be taken, in {} rows", self.tally.count.read);
            self.tally.note(None, "no_transfers", reason);
        }
        let mut ties = Ties::default();
        let edges = std::mem::take(&mut self.edges);
        let said: Vec<_> = edges.iter().map(|edge| (edge.time, edge.block)).collect();
        let is_ordered = said.iter().any(|(time, block)| time.is_some() || block.is_some());
        self.tell_of_places(&said);
        let mut edges: Vec<(Place, Edge)> = places(&said).into_iter().zip(edges).collect();
        edges.sort_by_key(|(place, _)| *place); // stable: equal places keep the order of the file
        self.tell_of_repeats(&edges);
        let mut place = 0;
        for group in edges.chunk_by(|one, other| is_ordered && one.0 == other.0) {
            let tied: Vec<Tied> = group.iter().map(|(_, edge)| edge.tied).collect();
            for (_, edge) in ties.order(&tied).into_iter().filter_map(|at| group.get(at)) {
                self.push(edge, place)?;
                place += 1;
            }
        }
        self.tell(is_ordered, ties.reordered);
        let mut account = SourceAccount::default();
        self.tally.finish(&mut account);
        account.tell(self.builder);
        Ok(account)
    }

    fn push(&mut self, edge: &Edge, place: u64) -> Result<(), LedgerFull> {
        let Tied { from, to, asset, value } = edge.tied;
        let (kind, transaction) = (edge.kind, edge.transaction);
        let order = Order { block: place, index: 0, place: 0 };
        self.builder.push(Row { order, from, to, asset, value, kind, transaction })
    }

    /// Rows that say again what a row before or a list before said, as far as transactions are named. They may be true, and are taken.
    fn tell_of_repeats(&mut self, edges: &[(Place, Edge)]) {
        let said: HashSet<_> = edges.iter().map(|(_, edge)| (edge.transaction, edge.tied)).collect();
        let again = |row: &&Row| {
            let Row { from, to, asset, value, transaction, .. } = **row;
            said.contains(&(transaction, Tied { from, to, asset, value }))
        };
        let n = edges.len() - said.len() + self.builder.rows().iter().filter(again).count();
        if n > 0 {
            let text = format!(
                "{}: {n} transfers say again what another says (transaction, from, to, value and asset); all are counted",
                self.tally.count.file
            );
            self.builder.note("repeated_rows", text);
        }
    }

    /// Rows that do not say where they stand, where others do.
    fn tell_of_places(&mut self, said: &[(Option<i64>, Option<u64>)]) {
        let (file, all, unreadable) = (&self.tally.count.file, said.len(), self.unreadable_times);
        let untimed = said.iter().filter(|(time, _)| time.is_none()).count();
        if untimed > 0 && (untimed < all || unreadable > 0) {
            let text = format!(
                "{file}: {untimed} of {all} transfers have no time ({unreadable} have one that cannot be read); each is taken at the time of its block, or behind the row before it in the file"
            );
            self.builder.note("rows_without_time", text);
        }
        let unplaced = said.iter().filter(|(time, block)| time.is_none() && block.is_none()).count();
        if untimed == all && unplaced > 0 && unplaced < all {
            let text = format!(
                "{file}: {unplaced} of {all} transfers have no block; each is taken behind the row before it in the file"
            );
            self.builder.note("rows_without_block", text);
        }
    }

    /// What whoever reads an answer has to know of the list.
    fn tell(&mut self, is_ordered: bool, reordered: u64) {
        let (file, decimals) = (&self.tally.count.file, self.decimals);
        if !is_ordered && self.tally.count.read > 0 {
            let text = format!(
                "{file} has neither times nor blocks; its transfers are taken in the order of the file"
            );
            self.builder.note("order_of_the_file", text);
        }
        if reordered > 0 {
            let text = format!(
                "{file}: in {reordered} groups of transfers of one time the order is unknown and that of the file is impossible; spends are put behind receipts"
            );
            self.builder.note("order_within_a_moment", text);
        }
        if self.rounded > 0 {
            let text = format!(
                "{file}: {} values have more decimals than their asset ({decimals} where no file before says otherwise) and are rounded there",
                self.rounded
            );
            self.builder.note("values_rounded", text);
        }
        if self.asset == "USD" {
            let text = format!(
                "{file}: values are what transfers were worth in USD at their time; what comes in and what goes out of an account may differ by the price"
            );
            self.builder.note("valued_in_usd", text);
        }
    }
}
