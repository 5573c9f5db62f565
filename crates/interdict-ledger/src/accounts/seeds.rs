//! What does tracing begin with? Addresses, transactions and single transfers that a caller names, and which events of the ledger they are.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use super::ledger::{AccountId, AccountLedger, AssetId, EventKind};
use crate::strategy::Direction;

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
                format!("{address} from {} to {}", times.start(), times.end())
            }
            Self::Balance { address } => format!("balance of {address}"),
            Self::Transaction { hash } => hash.clone(),
            Self::Transfer { hash, position } => format!("{hash}:{position}"),
        }
    }
}

/// The seeds of one run in numbers of the ledger.
#[derive(Debug, Default)]
pub(super) struct Seeds {
    /// Addresses with the place of their request.
    of_account: HashMap<u32, Vec<(usize, Window)>>,
    /// Events that are seeds themselves, in order.
    events: Vec<(usize, usize)>,
    /// Before which event (backward: behind it) all that an account holds becomes seed; in order.
    pub seized: Vec<(usize, u32, usize)>,
    /// Requests that the ledger has nothing of.
    pub missing: Vec<usize>,
}

impl Seeds {
    /// Finds what is asked for.
    pub fn find(ledger: &AccountLedger, asset: AssetId, direction: Direction, asked: &[SeedRequest]) -> Self {
        let mut seeds = Self::default();
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
                SeedRequest::Transaction { hash } => seeds.movements(ledger, asset, hash, None, request),
                SeedRequest::Transfer { hash, position } => {
                    seeds.movements(ledger, asset, hash, Some(*position), request)
                }
            };
            if !is_found {
                seeds.missing.push(request);
            }
        }
        seeds.events.sort_unstable();
        seeds.events.dedup_by_key(|(event, _)| *event);
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

    /// The movements of a transaction, or one of them. Whether there are any.
    fn movements(
        &mut self,
        ledger: &AccountLedger,
        asset: AssetId,
        hash: &str,
        position: Option<usize>,
        request: usize,
    ) -> bool {
        let transactions = ledger.transactions(hash);
        let is_one = |event: usize| {
            let found = ledger.event(event);
            found.is_some_and(|found| {
                found.asset == asset
                    && found.kind != EventKind::Fee
                    && transactions.contains(&found.transaction)
            })
        };
        let all = (0..ledger.len()).filter(|&event| !transactions.is_empty() && is_one(event));
        let before = self.events.len();
        match position {
            Some(position) => self.events.extend(all.skip(position).take(1).map(|event| (event, request))),
            None => self.events.extend(all.map(|event| (event, request))),
        }
        self.events.len() > before
    }

    /// All accounts that are seeds at some time.
    pub fn accounts(&self) -> impl Iterator<Item = u32> {
        let mut accounts: Vec<u32> = self.of_account.keys().copied().collect();
        accounts.sort_unstable();
        accounts.into_iter()
    }

    /// The request that an event itself is the seed of.
    pub fn of_event(&self, event: usize) -> Option<usize> {
        if self.events.is_empty() {
            return None;
        }
        let at = self.events.binary_search_by_key(&event, |(event, _)| *event).ok()?;
        self.events.get(at).map(|(_, request)| *request)
    }

    /// The request that makes what comes to an account by an event a seed.
    pub fn of_account(&self, ledger: &AccountLedger, account: u32, event: usize) -> Option<usize> {
        let asked = self.of_account.get(&account)?;
        asked.iter().find(|(_, window)| is_open(ledger, window, event)).map(|(request, _)| *request)
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
