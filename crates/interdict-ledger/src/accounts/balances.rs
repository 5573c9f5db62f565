//! What does each account hold at the end, and what must have come unseen? What going backward begins with.

use super::ledger::{AccountId, AccountLedger, AssetId, Event};
use super::trace::TraceError;

/// Balances of one asset.
#[derive(Debug)]
pub(super) struct Balances {
    /// By account.
    pub held: Vec<u128>,
    /// How much came unseen before which event, in order.
    pub unseen: Vec<(usize, u128)>,
}

impl Balances {
    /// Nobody holds anything.
    pub fn empty(accounts: usize) -> Self {
        Self { held: vec![0; accounts], unseen: Vec::new() }
    }

    /// Behind the last event.
    pub fn at_end(ledger: &AccountLedger, asset: AssetId) -> Result<Self, TraceError> {
        let mut all = Self::empty(ledger.n_accounts());
        // What goes to oneself moves nothing.
        let moves = |event: &Event| event.asset == asset && event.from != event.to;
        for (idx, event) in ledger.events().enumerate().filter(|(_, event)| moves(event)) {
            if let Some(held) = event.from.and_then(|from| all.held.get_mut(from.idx())) {
                if *held < event.value {
                    all.unseen.push((idx, event.value - *held));
                }
                *held = held.saturating_sub(event.value);
            }
            if let Some((to, held)) = event.to.and_then(|to| Some((to, all.held.get_mut(to.idx())?))) {
                *held = held.checked_add(event.value).ok_or_else(|| beyond_range(ledger, asset, to, idx))?;
            }
        }
        Ok(all)
    }
}

/// A sum that is beyond 128 bits, with its place.
pub(super) fn beyond_range(
    ledger: &AccountLedger,
    asset: AssetId,
    account: AccountId,
    event: usize,
) -> TraceError {
    TraceError::BeyondRange { asset: ledger.unit(asset).asset, address: ledger.address(account), event }
}
