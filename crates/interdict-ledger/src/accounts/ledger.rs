//! What happened on a chain of accounts, in exact order? Events in columns; accounts, assets and transactions by number.

use std::collections::BTreeMap;

use super::address::{AddressKey, asset_key, transaction_key, transaction_written, written};
use super::keys::Keys;
use crate::report::{Note, Unit};

/// The number of an account in one ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub(crate) u32);

/// The number of an asset in one ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AssetId(pub(crate) u32);

/// The number of a transaction in one ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransactionId(pub(crate) u32);

/// Instead of an account: nobody. Instead of a text: none.
pub(super) const NONE: u32 = u32::MAX;
/// Instead of a time: none is known.
pub(super) const NO_TIME: i64 = i64::MIN;

impl AccountId {
    /// Its place among all accounts of the ledger.
    pub fn index(self) -> usize {
        self.idx()
    }

    pub(crate) fn idx(self) -> usize {
        self.0 as usize
    }
}

/// What an event is. All of them move value from one account to another, or from or to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum EventKind {
    /// The value of a transaction, or a line of an edge list.
    Transfer,
    /// A token changed hands.
    TokenTransfer,
    /// A contract sent value: an internal call, a creation, a contract that destroyed itself.
    Internal,
    /// What a transaction cost its sender; to nobody.
    Fee,
    /// Came into being; from nobody.
    Mint,
    /// Destroyed; to the zero address or to nobody.
    Burn,
    /// For a block: new coins, and what a miner had of fees; from nobody.
    Reward,
    /// From the stakes of validators; from nobody.
    Withdrawal,
}

/// What an asset is called and how it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its name, or the address of its contract.
    pub name: String,
    /// How many decimals it is written with; 0 where that is not known.
    pub decimals: u8,
}

/// One event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
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

/// What is known of a transaction besides its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Transaction {
    /// The number of its hash, [`NONE`] for what has none.
    pub hash: u32,
    pub block: u64,
    pub time: i64,
}

/// A ledger. [`super::Builder`] makes one.
#[derive(Debug, Default)]
pub struct AccountLedger {
    pub(super) accounts: Keys,
    pub(super) hashes: Keys,
    pub(super) assets: Vec<Asset>,
    pub(super) transactions: Vec<Transaction>,
    pub(super) labels: BTreeMap<u32, String>,
    pub(super) from: Vec<u32>,
    pub(super) to: Vec<u32>,
    pub(super) asset: Vec<u32>,
    pub(super) value: Vec<u128>,
    pub(super) kind: Vec<EventKind>,
    pub(super) transaction: Vec<u32>,
    pub(super) notes: Vec<Note>,
}

fn account(number: u32) -> Option<AccountId> {
    (number != NONE).then_some(AccountId(number))
}

impl AccountLedger {
    /// How many events there are.
    pub fn len(&self) -> usize {
        self.value.len()
    }

    /// Whether nothing ever happened.
    pub fn is_empty(&self) -> bool {
        self.value.is_empty()
    }

    /// The event at a place, counted from 0 in exact order.
    pub fn event(&self, idx: usize) -> Option<Event> {
        Some(Event {
            from: account(*self.from.get(idx)?),
            to: account(*self.to.get(idx)?),
            asset: AssetId(*self.asset.get(idx)?),
            value: *self.value.get(idx)?,
            kind: *self.kind.get(idx)?,
            transaction: TransactionId(*self.transaction.get(idx)?),
        })
    }

    /// All events in exact order.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = Event> + '_ {
        (0..self.len()).filter_map(|idx| self.event(idx))
    }

    /// How many accounts there are.
    pub fn n_accounts(&self) -> usize {
        self.accounts.len()
    }

    /// All accounts, in the order of their places.
    pub fn accounts(&self) -> impl Iterator<Item = AccountId> + use<> {
        (0..u32::try_from(self.n_accounts()).unwrap_or(u32::MAX)).map(AccountId)
    }

    /// How many transactions there are.
    pub fn n_transactions(&self) -> usize {
        self.transactions.len()
    }

    /// The account of an address in any spelling; `None` where the ledger does not have it.
    pub fn account(&self, address: &str) -> Option<AccountId> {
        let key = AddressKey::of(address).ok()?;
        self.accounts.find(key.as_bytes()).map(AccountId)
    }

    /// The key of an account, as of [`AddressKey`].
    pub fn key(&self, account: AccountId) -> &[u8] {
        self.accounts.get(account.0)
    }

    /// How an account is written.
    pub fn address(&self, account: AccountId) -> String {
        written(self.key(account))
    }

    /// What the source calls an account.
    pub fn label(&self, account: AccountId) -> Option<&str> {
        self.labels.get(&account.0).map(String::as_str)
    }

    /// All assets, in the order of their numbers.
    pub fn assets(&self) -> impl Iterator<Item = (AssetId, &Asset)> {
        (0..).map(AssetId).zip(&self.assets)
    }

    /// The asset of a symbol in any case, or of the address of a token's contract in any spelling.
    pub fn asset(&self, name: &str) -> Option<AssetId> {
        let key = asset_key(name);
        self.assets().find(|(_, asset)| asset_key(&asset.name) == key).map(|(id, _)| id)
    }

    /// What amounts of an asset are counted in.
    pub fn unit(&self, asset: AssetId) -> Unit {
        self.assets.get(asset.0 as usize).map_or(Unit { asset: String::new(), decimals: 0 }, |asset| Unit {
            asset: asset.name.clone(),
            decimals: asset.decimals,
        })
    }

    /// The transactions of a hash. Mostly one; several where a source gives one hash different blocks or times.
    pub fn transactions(&self, hash: &str) -> Vec<TransactionId> {
        let Some(hash) = self.hashes.find(&transaction_key(hash)) else { return Vec::new() };
        let all = (0..).map(TransactionId).zip(&self.transactions);
        all.filter(|(_, transaction)| transaction.hash == hash).map(|(id, _)| id).collect()
    }

    /// How a transaction is written; empty where the source gives no hash.
    pub fn hash(&self, transaction: TransactionId) -> String {
        let hash = self.transactions.get(transaction.0 as usize).map_or(NONE, |transaction| transaction.hash);
        transaction_written(self.hashes.get(hash))
    }

    /// In which block; 0 where the source does not tell.
    pub fn block(&self, transaction: TransactionId) -> u64 {
        self.transactions.get(transaction.0 as usize).map_or(0, |transaction| transaction.block)
    }

    /// When, in seconds since 1970.
    pub fn time(&self, transaction: TransactionId) -> Option<i64> {
        self.transactions.get(transaction.0 as usize).map(|one| one.time).filter(|&time| time != NO_TIME)
    }

    /// What whoever reads an answer from this ledger has to know of it.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}
