//! Where did value go, or come from? One walk through the ledger, forward or back, for one asset by one strategy.
//!
//! Going back is going forward through the ledger turned around: each event is undone, by the rule that undoes what the strategy did. What an
//! account spends beyond what the ledger saw come in is taken for clean value that came unseen just before; of a seed it is seed.

use super::answer;
use super::balances::Balances;
use super::holdings::{End, Holdings, Lots, Mixed, Rule};
use super::leads::Leads;
use super::ledger::{AccountId, AccountLedger, AssetId};
use super::seeds::{SeedRequest, Seeds};
use super::sweep::Sweep;
use super::tally::Tally;
use crate::report::TraceReport;
use crate::strategy::{Direction, Strategy};

/// Who is a service, where tracing stops: its name.
pub type Services<'a> = &'a dyn Fn(&AccountLedger, AccountId) -> Option<String>;

/// What is asked.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Of which asset.
    pub asset: AssetId,
    /// By which rule.
    pub strategy: Strategy,
    /// To where value went, or from where it came.
    pub direction: Direction,
    /// Where it begins.
    pub seeds: &'a [SeedRequest],
    /// Where it stops. A seed is followed also where it is a service.
    pub services: Services<'a>,
    /// Traced value below this is not followed from where a transfer brings it, and counts as dust there. 0 follows all.
    pub dust: u128,
    /// Between how many pairs of accounts movements are told; 0 for none.
    pub flows_max: usize,
}

/// Nobody is a service.
pub fn no_services(_: &AccountLedger, _: AccountId) -> Option<String> {
    None
}

impl<'a> Request<'a> {
    /// Following an asset forward from seeds, to no services, without dust and flows.
    pub fn new(asset: AssetId, strategy: Strategy, seeds: &'a [SeedRequest]) -> Self {
        let direction = Direction::Forward;
        Self { asset, strategy, direction, seeds, services: &no_services, dust: 0, flows_max: 0 }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TraceError {
    /// The strategy says nothing of where value came from.
    #[error(
        "{0} cannot be followed backward: which value leaves first depends on which is traced, so the rule cannot be turned around; use fifo, lifo or haircut"
    )]
    NoBackward(Strategy),
    /// A sum is beyond 128 bits.
    #[error("more of {asset} than 128 bits can count came to {address}, at event {event}")]
    BeyondRange {
        /// The asset.
        asset: String,
        /// The account.
        address: String,
        /// The place in the ledger, counted from 0.
        event: usize,
    },
}

/// Follows value.
///
/// # Errors
/// When the strategy has no way back, or sums are beyond 128 bits.
pub fn trace(ledger: &AccountLedger, request: &Request<'_>) -> Result<TraceReport, TraceError> {
    run(ledger, request).map(|outcome| answer::report(ledger, request, &outcome))
}

/// What a walk leaves behind.
pub(super) struct Outcome {
    pub tally: Tally,
    pub seeds: Seeds,
    pub leads: Leads,
    /// By account: the name of a service that value arrived at.
    pub services: Vec<(u32, String)>,
    pub openings: Openings,
    pub dust: (u128, u64),
    pub transactions: u64,
}

/// What came unseen.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Openings {
    pub accounts: u64,
    pub amount: u128,
    /// Through how many of these accounts traced value passed.
    pub passed: u64,
    /// How much of the amount is traced.
    pub traced: u128,
}

/// The walk itself.
pub(super) fn run(ledger: &AccountLedger, request: &Request<'_>) -> Result<Outcome, TraceError> {
    let is_back = request.direction == Direction::Backward;
    if is_back && request.strategy == Strategy::Tiho {
        return Err(TraceError::NoBackward(request.strategy));
    }
    let balances =
        if is_back { Balances::at_end(ledger, request.asset)? } else { Balances::empty(ledger.n_accounts()) };
    let at_first = balances.held.iter().copied();
    match request.strategy {
        Strategy::Poison => walk(ledger, request, Mixed::new(Rule::Poison, at_first), &balances),
        Strategy::Haircut => walk(ledger, request, Mixed::new(Rule::Haircut, at_first), &balances),
        Strategy::Tiho => walk(ledger, request, Mixed::new(Rule::Tiho, at_first), &balances),
        Strategy::Fifo if is_back => {
            walk(ledger, request, Lots::new(End::Back, End::Front, at_first), &balances)
        }
        Strategy::Fifo => walk(ledger, request, Lots::new(End::Front, End::Back, at_first), &balances),
        Strategy::Lifo => walk(ledger, request, Lots::new(End::Back, End::Back, at_first), &balances),
    }
}

fn walk<H: Holdings>(
    ledger: &AccountLedger,
    request: &Request<'_>,
    holdings: H,
    balances: &Balances,
) -> Result<Outcome, TraceError> {
    let seeds = Seeds::find(ledger, request.asset, request.direction, request.seeds);
    let mut sweep = Sweep::new(ledger, request, holdings, seeds);
    match request.direction {
        Direction::Forward => sweep.forward()?,
        Direction::Backward => sweep.backward(balances)?,
    }
    sweep.finish()
}
