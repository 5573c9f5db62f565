//! Does traced value reach the addresses that it is said to end at? Per address: is it in the ledger, is it linked with the seeds, is it linked
//! in the order of time, and how much came by each strategy.

use super::ledger::{AccountId, AccountLedger, AssetId};
use super::seeds::{SeedRequest, Seeds};
use super::trace::{Request, TraceError, run};
use crate::strategy::{Direction, Strategy};

/// One address where value is said to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terminal {
    /// As it was given.
    pub address: String,
    /// What the ledger calls it.
    pub label: Option<String>,
    /// Whether the ledger has it at all.
    pub is_in_ledger: bool,
    /// Whether transfers lead from a seed to it, whenever they happened.
    pub is_linked: bool,
    /// Whether transfers lead to it one after another in time.
    pub is_reached: bool,
    /// How much traced value ever came, by each strategy. What came, left and came again counts twice.
    pub came: Vec<(Strategy, u128)>,
}

impl Terminal {
    /// How much came by one strategy.
    pub fn by(&self, strategy: Strategy) -> u128 {
        self.came.iter().find(|(other, _)| *other == strategy).map_or(0, |(_, amount)| *amount)
    }
}

/// Follows an asset forward from the seeds by every strategy, without services, and looks at each address of a list.
///
/// # Errors
/// When sums are beyond 128 bits.
pub fn terminals(
    ledger: &AccountLedger,
    asset: AssetId,
    seeds: &[SeedRequest],
    list: &[String],
) -> Result<Vec<Terminal>, TraceError> {
    let found = Seeds::find(ledger, asset, Direction::Forward, seeds);
    let linked = linked(ledger, asset, &found);
    let reached = one_pass(ledger, asset, &found, vec![false; ledger.n_accounts()]);
    let at = |flags: &[bool], account: Option<AccountId>| {
        account.and_then(|account| flags.get(account.idx())).is_some_and(|flag| *flag)
    };
    let terminal = |address: &String| {
        let account = ledger.account(address);
        Terminal {
            address: address.clone(),
            label: account.and_then(|account| ledger.label(account)).map(str::to_owned),
            is_in_ledger: account.is_some(),
            is_linked: at(&linked, account),
            is_reached: at(&reached, account),
            came: Vec::new(),
        }
    };
    let mut all: Vec<Terminal> = list.iter().map(terminal).collect();
    for strategy in Strategy::ALL {
        let outcome = run(ledger, &Request::new(asset, strategy, seeds))?;
        for terminal in &mut all {
            let arrived = ledger.account(&terminal.address).and_then(|one| outcome.tally.arrived(one.0));
            terminal.came.push((strategy, arrived.map_or(0, |arrived| arrived.ever)));
        }
    }
    Ok(all)
}

/// Who is linked with a seed, whenever: passes until nothing changes.
fn linked(ledger: &AccountLedger, asset: AssetId, seeds: &Seeds) -> Vec<bool> {
    let mut flags = vec![false; ledger.n_accounts()];
    loop {
        let before = flags.iter().filter(|flag| **flag).count();
        flags = one_pass(ledger, asset, seeds, flags);
        if flags.iter().filter(|flag| **flag).count() == before {
            return flags;
        }
    }
}

/// Who is linked after all events in their order, with those who were before.
fn one_pass(ledger: &AccountLedger, asset: AssetId, seeds: &Seeds, mut flags: Vec<bool>) -> Vec<bool> {
    for account in seeds.accounts() {
        if let Some(flag) = flags.get_mut(account as usize) {
            *flag = true;
        }
    }
    for (idx, event) in ledger.events().enumerate().filter(|(_, event)| event.asset == asset) {
        let is_from = event.from.and_then(|from| flags.get(from.idx())).is_some_and(|flag| *flag);
        let is_linked = (is_from && event.value > 0) || seeds.of_event(idx).is_some();
        if let Some(flag) = event.to.and_then(|to| flags.get_mut(to.idx())) {
            *flag |= is_linked;
        }
    }
    flags
}
