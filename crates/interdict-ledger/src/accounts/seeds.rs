//! What does tracing begin with? Addresses, transactions and single transfers that a caller names, and which events of the ledger they are.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use super::address::transaction_key;
use super::ledger::{AccountId, AccountLedger, AssetId, EventKind};
use crate::strategy::Direction;
use crate::written::moment;

/// When an address counts as a seed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Window {
    /// From the first event to the last.
    #[default]
    Always,
    /// In these blocks.
    Blocks(RangeInclusive<u64>),
    /// In these seconds since 1970. An event without a time is in none.
    Times(RangeInclusive<i64>),
}

/// Where tracing begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeedRequest {
    /// All value that an address holds when the window opens, and all that comes to it while it is open, also unseen. Backward: all that it holds
    /// when the window closes, and all that left it while it was open.
    Address {
        /// The address, in any spelling.
        address: String,
        /// When.
        window: Window,
    },
    /// What an address holds at the end of the ledger. Meant for going backward.
    Balance {
        /// The address, in any spelling.
        address: String,
    },
    /// Every movement of the asset in a transaction, but its fee.
    Transaction {
        /// The hash.
        hash: String,
    },
    /// One movement of the asset in a transaction.
    Transfer {
        /// The hash.
        hash: String,
        /// Which one, counted from 0 over those of the asset in this transaction, in exact order, fees not counted.
        position: usize,
    },
}

impl SeedRequest {
    /// An address at all times.
    pub fn address(address: impl Into<String>) -> Self {
        Self::Address { address: address.into(), window: Window::Always }
    }

    /// As it is told in the answer.
    pub fn written(&self) -> String {
        match self {
            Self::Address { address, window: Window::Always } => address.clone(),
            Self::Address { address, window: Window::Blocks(blocks) } => {
                format!("{address} in blocks {} to {}", blocks.start(), blocks.end())
            }
            Self::Address { address, window: Window::Times(times) } => {
                format!("{address} {}", days(times))
            }
            Self::Balance { address } => format!("balance of {address}"),
            Self::Transaction { hash } => hash.clone(),
            Self::Transfer { hash, position } => format!("{hash}:{position}"),
        }
    }
}

/// A window for people: days of UTC, moments where it cuts a day, and no end that is open.
fn days(times: &RangeInclusive<i64>) -> String {
    const DAY: i64 = 86_400;
    let (first, last) = (*times.start(), *times.end());
    let told = |seconds: i64, edge: i64| {
        let moment = moment(seconds);
        let day = moment.split('T').next().filter(|_| seconds.rem_euclid(DAY) == edge);
        day.map(str::to_owned).unwrap_or(moment)
    };
    let (from, to) = (told(first, 0), told(last, DAY - 1));
    match (first == i64::MIN, last == i64::MAX) {
        (true, true) => "at any known time".to_owned(),
        (true, false) => format!("until {to}"),
        (false, true) => format!("from {from} on"),
        (false, false) if from == to => format!("on {from}"),
        (false, false) => format!("from {from} to {to}"),
    }
}

/// The seeds of one run in numbers of the ledger.
#[derive(Debug, Default)]
pub(super) struct Seeds {
    /// Addresses with the place of their request.
    of_account: HashMap<u32, Vec<(usize, Window)>>,
    /// Events that are seeds themselves, in order.
    events: Vec<(usize, usize)>,
    /// One bit for each event of the ledger that is one.
    marks: Vec<u64>,
    /// Before which event (backward: behind it) all that an account holds becomes seed; in order.
    pub seized: Vec<(usize, u32, usize)>,
    /// Requests that the ledger has nothing of.
    pub missing: Vec<usize>,
}

impl Seeds {
    /// Finds what is asked for.
    pub fn find(ledger: &AccountLedger, asset: AssetId, direction: Direction, asked: &[SeedRequest]) -> Self {
        let (mut seeds, mut wanted) = (Self::default(), Wanted::default());
        for (request, seed) in asked.iter().enumerate() {
            let is_found = match seed {
                SeedRequest::Address { address, window } => {
                    let account = ledger.account(address);
                    if let Some(account) = account {
                        seeds.address(ledger, account, direction, request, window);
                    }
                    account.is_some()
                }
                SeedRequest::Balance { address } => {
                    let account = ledger.account(address);
                    seeds.seized.extend(account.map(|account| (ledger.len(), account.0, request)));
                    account.is_some()
                }
                SeedRequest::Transaction { hash } => wanted.add(ledger, hash, request, None),
                SeedRequest::Transfer { hash, position } => {
                    wanted.add(ledger, hash, request, Some(*position))
                }
            };
            if !is_found {
                seeds.missing.push(request);
            }
        }
        seeds.movements(ledger, asset, &wanted);
        seeds.events.sort_unstable();
        seeds.events.dedup_by_key(|(event, _)| *event);
        seeds.marks = vec![0; if seeds.events.is_empty() { 0 } else { ledger.len().div_ceil(64) }];
        for (event, _) in &seeds.events {
            if let Some(bits) = seeds.marks.get_mut(event / 64) {
                *bits |= 1 << (event % 64);
            }
        }
        seeds.seized.sort_unstable();
        seeds
    }

    fn address(
        &mut self,
        ledger: &AccountLedger,
        account: AccountId,
        direction: Direction,
        request: usize,
        window: &Window,
    ) {
        let is_inside = |event: &usize| is_open(ledger, window, *event);
        let opening = match (direction, window) {
            // Nobody holds anything before the first event.
            (Direction::Forward, Window::Always) => None,
            (Direction::Forward, _) => (0..ledger.len()).find(is_inside),
            (Direction::Backward, Window::Always) => Some(ledger.len()),
            (Direction::Backward, _) => (0..ledger.len()).rfind(is_inside).map(|last| last + 1),
        };
        self.seized.extend(opening.map(|event| (event, account.0, request)));
        self.of_account.entry(account.0).or_default().push((request, window.clone()));
    }

    /// The movements of all transactions that are asked for, in one pass.
    fn movements(&mut self, ledger: &AccountLedger, asset: AssetId, wanted: &Wanted) {
        if wanted.of_hash.is_empty() {
            return;
        }
        let hashes = (0..).zip(&ledger.transactions);
        let of_transaction: HashMap<u32, u32> = hashes
            .filter(|(_, transaction)| wanted.of_hash.contains_key(&transaction.hash))
            .map(|(number, transaction)| (number, transaction.hash))
            .collect();
        let (mut counts, mut found): (HashMap<u32, usize>, Vec<usize>) = (HashMap::new(), Vec::new());
        for (idx, event) in ledger.events().enumerate() {
            if event.asset != asset || event.kind == EventKind::Fee {
                continue;
            }
            let Some(hash) = of_transaction.get(&event.transaction.0) else { continue };
            let count = counts.entry(*hash).or_default();
            for &(request, position) in wanted.of_hash.get(hash).into_iter().flatten() {
                if position.is_none_or(|position| position == *count) {
                    self.events.push((idx, request));
                    found.push(request);
                }
            }
            *count += 1;
        }
        let asked = wanted.of_hash.values().flatten().map(|(request, _)| *request);
        self.missing.extend(asked.filter(|request| !found.contains(request)));
        self.missing.sort_unstable();
    }

    /// All accounts that are seeds at some time.
    pub fn accounts(&self) -> impl Iterator<Item = u32> {
        let mut accounts: Vec<u32> = self.of_account.keys().copied().collect();
        accounts.sort_unstable();
        accounts.into_iter()
    }

    /// The request that an event itself is the seed of.
    pub fn of_event(&self, event: usize) -> Option<usize> {
        self.marks.get(event / 64).filter(|&bits| bits >> (event % 64) & 1 == 1)?;
        let at = self.events.binary_search_by_key(&event, |(event, _)| *event).ok()?;
        self.events.get(at).map(|(_, request)| *request)
    }

    /// The request that makes what comes to an account by an event a seed.
    pub fn of_account(&self, ledger: &AccountLedger, account: u32, event: usize) -> Option<usize> {
        let asked = self.of_account.get(&account)?;
        asked.iter().find(|(_, window)| is_open(ledger, window, event)).map(|(request, _)| *request)
    }
}

/// Movements that are asked for: by the number of a hash, the requests and the place in the transaction.
#[derive(Default)]
struct Wanted {
    of_hash: HashMap<u32, Vec<(usize, Option<usize>)>>,
}

impl Wanted {
    /// Whether the ledger has the hash.
    fn add(&mut self, ledger: &AccountLedger, hash: &str, request: usize, position: Option<usize>) -> bool {
        let hash = ledger.hashes.find(&transaction_key(hash));
        if let Some(hash) = hash {
            self.of_hash.entry(hash).or_default().push((request, position));
        }
        hash.is_some()
    }
}

fn is_open(ledger: &AccountLedger, window: &Window, event: usize) -> bool {
    let Some(event) = ledger.event(event) else { return false };
    match window {
        Window::Always => true,
        Window::Blocks(blocks) => blocks.contains(&ledger.block(event.transaction)),
        Window::Times(times) => ledger.time(event.transaction).is_some_and(|time| times.contains(&time)),
    }
}
