//! How does a ledger come to be? Rows in any order in, each with its place in time; a ledger in exact order out.

use super::address::{AddressKey, asset_key, transaction_key};
use super::keys::Keys;
use super::ledger::{
    AccountId, AccountLedger, Asset, AssetId, EventKind, NO_TIME, NONE, Transaction, TransactionId,
};
use crate::report::Note;

/// A ledger has no more numbers left: over four thousand million accounts, assets, transactions or events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the ledger is full: it has room for {} {what}", u32::MAX)]
pub struct LedgerFull {
    /// What there are too many of.
    pub what: &'static str,
}

/// Where an event stands: block, transaction in the block, place in the transaction. Rows that are equal in all stay in the order of adding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Order {
    /// The block, or a place in an order that a source knows otherwise.
    pub block: u64,
    /// The transaction in the block.
    pub index: u64,
    /// The place in the transaction: of a trace or a log.
    pub place: u64,
}

/// One event with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub order: Order,
    /// From whom; nobody for what came into being.
    pub from: Option<AccountId>,
    /// To whom; nobody for fees. What was destroyed may name the zero address.
    pub to: Option<AccountId>,
    /// Of what.
    pub asset: AssetId,
    /// How much.
    pub value: u128,
    /// What it is.
    pub kind: EventKind,
    /// In which transaction.
    pub transaction: TransactionId,
}

/// A ledger in the making.
#[derive(Debug, Default)]
pub struct Builder {
    ledger: AccountLedger,
    rows: Vec<Row>,
    assets: Keys,
    /// By hash, its transaction added last.
    last_of_hash: Vec<u32>,
}

impl Builder {
    /// A ledger without events.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of an account.
    ///
    /// # Errors
    /// When there are no more numbers.
    pub fn account(&mut self, key: &AddressKey) -> Result<AccountId, LedgerFull> {
        let number = self.ledger.accounts.intern(key.as_bytes());
        number.map(AccountId).ok_or(LedgerFull { what: "accounts" })
    }

    /// Keeps what the source calls an account; the first name stays. Whether this one was already the name or became it.
    pub fn label(&mut self, account: AccountId, label: &str) -> bool {
        self.ledger.labels.entry(account.0).or_insert_with(|| label.to_owned()) == label
    }

    /// The number of an asset: one for a symbol in any case and for an address in any spelling. Spelling and decimals of its first naming stay.
    ///
    /// # Errors
    /// When there are no more numbers.
    pub fn asset(&mut self, name: &str, decimals: u8) -> Result<AssetId, LedgerFull> {
        let number = self.assets.intern(&asset_key(name)).ok_or(LedgerFull { what: "assets" })?;
        if number as usize == self.ledger.assets.len() {
            self.ledger.assets.push(Asset { name: name.to_owned(), decimals });
        }
        Ok(AssetId(number))
    }

    /// The decimals of an asset that was named before.
    pub(crate) fn decimals(&self, name: &str) -> Option<u8> {
        let number = self.assets.find(&asset_key(name))?;
        self.ledger.assets.get(number as usize).map(|asset| asset.decimals)
    }

    /// The number of a transaction. A hash that comes again with another block or time is a transaction of its own.
    ///
    /// # Errors
    /// When there are no more numbers.
    pub fn transaction(
        &mut self,
        hash: Option<&str>,
        block: u64,
        time: Option<i64>,
    ) -> Result<TransactionId, LedgerFull> {
        let full = LedgerFull { what: "transactions" };
        let hash = match hash {
            Some(text) => self.ledger.hashes.intern(&transaction_key(text)).ok_or(full)?,
            None => NONE,
        };
        let transaction = Transaction { hash, block, time: time.unwrap_or(NO_TIME) };
        let known = self.last_of_hash.get(hash as usize).copied();
        if let Some(number) = known
            && self.ledger.transactions.get(number as usize) == Some(&transaction)
        {
            return Ok(TransactionId(number));
        }
        let number = u32::try_from(self.ledger.transactions.len()).map_err(|_| full)?;
        self.ledger.transactions.push(transaction);
        match self.last_of_hash.get_mut(hash as usize) {
            Some(last) => *last = number,
            None if hash != NONE => self.last_of_hash.push(number),
            None => {}
        }
        Ok(TransactionId(number))
    }

    /// The transaction of a hash that was added last, if it is in this block.
    pub(crate) fn of_hash(&self, hash: &str, block: u64) -> Option<TransactionId> {
        let hash = self.ledger.hashes.find(&transaction_key(hash))?;
        let number = *self.last_of_hash.get(hash as usize)?;
        let found = self.ledger.transactions.get(number as usize)?;
        (found.block == block).then_some(TransactionId(number))
    }

    /// Adds an event.
    ///
    /// # Errors
    /// When there is no more room.
    pub fn push(&mut self, row: Row) -> Result<(), LedgerFull> {
        if self.rows.len() >= u32::MAX as usize {
            return Err(LedgerFull { what: "events" });
        }
        self.rows.push(row);
        Ok(())
    }

    /// All events so far, in the order of adding.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Whether there is no event yet.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Something that whoever reads an answer has to know.
    pub fn note(&mut self, code: &'static str, text: String) {
        self.ledger.notes.push(Note { code, text });
    }

    /// The ledger, in exact order.
    pub fn finish(mut self) -> AccountLedger {
        if !self.rows.is_sorted_by_key(|row| row.order) {
            self.rows.sort_by_key(|row| row.order); // stable: equal places keep their order
        }
        let ledger = &mut self.ledger;
        let number = |account: Option<AccountId>| account.map_or(NONE, |account| account.0);
        ledger.from = self.rows.iter().map(|row| number(row.from)).collect();
        ledger.to = self.rows.iter().map(|row| number(row.to)).collect();
        ledger.asset = self.rows.iter().map(|row| row.asset.0).collect();
        ledger.value = self.rows.iter().map(|row| row.value).collect();
        ledger.kind = self.rows.iter().map(|row| row.kind).collect();
        ledger.transaction = self.rows.iter().map(|row| row.transaction.0).collect();
        self.ledger
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_in_exact_order_and_spellings_meet() {
        let mut builder = Builder::new();
        let lower = AddressKey::of("0x098b716b8aaf21512996dc57eb0615e2383e2f96").unwrap();
        let (a, b) =
            (builder.account(&lower).unwrap(), builder.account(&AddressKey::of("bob").unwrap()).unwrap());
        let asset = builder.asset("ETH", 18).unwrap();
        for (place, value) in [(2, 20), (1, 10), (2, 21)] {
            let transaction = builder.transaction(Some("t"), 5, None).unwrap();
            let order = Order { block: 5, index: 0, place };
            let kind = EventKind::Transfer;
            builder.push(Row { order, from: Some(a), to: Some(b), asset, value, kind, transaction }).unwrap();
        }
        assert!(builder.label(a, "A") && !builder.label(a, "other"));
        let ledger = builder.finish();
        assert_eq!(ledger.events().map(|event| event.value).collect::<Vec<_>>(), [10, 20, 21]);
        assert_eq!(ledger.account("0x098B716B8Aaf21512996dC57EB0615e2383E2f96"), Some(a));
        assert_eq!(
            (ledger.label(a), ledger.n_transactions(), ledger.transactions("t").len()),
            (Some("A"), 1, 1)
        );
        assert_eq!((ledger.asset("ETH"), ledger.asset("BTC")), (Some(asset), None));
    }

    #[test]
    fn one_hash_in_two_blocks_is_two_transactions() {
        let mut builder = Builder::new();
        let first = builder.transaction(Some("t"), 5, Some(1)).unwrap();
        let none = builder.transaction(None, 5, Some(1)).unwrap();
        let second = builder.transaction(Some("t"), 6, Some(2)).unwrap();
        assert!(first != second && none != builder.transaction(None, 5, Some(1)).unwrap());
        assert_eq!(builder.finish().transactions("t"), [first, second]);
    }
}
