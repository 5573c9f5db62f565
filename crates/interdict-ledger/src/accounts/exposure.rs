//! With whom does an address deal, straight and through others? Where its value went and came from, up to the first address that has a label.
//!
//! Direct is what came in one step, indirect what went through addresses without a label. Exposure is following value with every label as a place
//! to stop, so that the two parts and what has no label add up to all that the address sent and holds, or received.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::ledger::{AccountId, AccountLedger, AssetId};
use super::seeds::{SeedRequest, Window};
use super::share::leaving;
use super::trace::{Request, TraceError, trace};
use crate::report::{EndKind, TraceReport};
use crate::strategy::{Direction, Strategy};

/// What is known of an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Who it is.
    pub name: String,
    /// Of what kind: `exchange`, `mixer`, `sanctioned`.
    pub category: Option<String>,
}

/// Who has a label.
pub type Labels<'a> = &'a dyn Fn(&AccountLedger, AccountId) -> Option<Label>;

/// What is asked.
#[derive(Clone)]
pub struct ExposureRequest<'a> {
    /// Of which asset.
    pub asset: AssetId,
    /// By which rule.
    pub strategy: Strategy,
    /// Whose exposure.
    pub address: &'a str,
    /// When.
    pub window: Window,
    /// Where it stops.
    pub labels: Labels<'a>,
    /// As of [`Request::dust`].
    pub dust: u128,
}

/// What is shared with one label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// With whom.
    pub label: Label,
    /// In one step.
    pub direct: u128,
    /// Through addresses without a label.
    pub indirect: u128,
    /// Both, in ten-thousandths of all, rounded. Of poison, which makes taint, at most all.
    pub ten_thousandths: u32,
}

/// Exposure in one direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// All that the address sent and holds, or received: what came back to it and left again counts once.
    pub all: u128,
    /// With whom, the largest first.
    pub shares: Vec<Share>,
    /// What met no label.
    pub unlabelled: u128,
    /// The walk that tells it, with its notes.
    pub report: TraceReport,
}

/// Exposure in both directions.
#[derive(Debug, Clone, PartialEq)]
pub struct Exposure {
    /// Where value went.
    pub sending: Side,
    /// Where it came from.
    pub receiving: Side,
}

/// Exposure of an address in both directions.
///
/// # Errors
/// As of [`trace`]; taint-in-highest-out has no way back.
pub fn exposure(ledger: &AccountLedger, request: &ExposureRequest<'_>) -> Result<Exposure, TraceError> {
    Ok(Exposure { sending: sending(ledger, request)?, receiving: receiving(ledger, request)? })
}

/// To whom the value of an address went.
///
/// # Errors
/// As of [`trace`].
pub fn sending(ledger: &AccountLedger, request: &ExposureRequest<'_>) -> Result<Side, TraceError> {
    side(ledger, request, Direction::Forward)
}

/// From whom the value of an address came.
///
/// # Errors
/// As of [`trace`]; taint-in-highest-out has no way back.
pub fn receiving(ledger: &AccountLedger, request: &ExposureRequest<'_>) -> Result<Side, TraceError> {
    side(ledger, request, Direction::Backward)
}

fn side(
    ledger: &AccountLedger,
    request: &ExposureRequest<'_>,
    direction: Direction,
) -> Result<Side, TraceError> {
    let (address, window) = (request.address.to_owned(), request.window.clone());
    let seeds = [SeedRequest::Address { address, window }];
    // An end tells the name of its label; what it was beyond that is kept by address.
    let met: RefCell<BTreeMap<String, Label>> = RefCell::default();
    let services = |ledger: &AccountLedger, account: AccountId| {
        let label = (request.labels)(ledger, account)?;
        let name = label.name.clone();
        met.borrow_mut().insert(ledger.address(account), label);
        Some(name)
    };
    let mut asked = Request::new(request.asset, request.strategy, &seeds);
    (asked.direction, asked.services, asked.dust) = (direction, &services, request.dust);
    let report = trace(ledger, &asked)?;
    let mut sums: BTreeMap<Label, (u128, u128)> = BTreeMap::new();
    for end in report.ends.iter().filter(|end| end.kind == EndKind::Stopped) {
        let Some(label) = met.borrow().get(&end.address).cloned() else { continue };
        let (direct, indirect) = sums.entry(label).or_default();
        *direct = direct.saturating_add(end.direct);
        *indirect = indirect.saturating_add(end.amount.saturating_sub(end.direct));
    }
    let all = report.conservation.seed.saturating_sub(report.conservation.superseded);
    let share = |(label, (direct, indirect)): (Label, (u128, u128))| {
        let ten_thousandths = ten_thousandths(direct.saturating_add(indirect), all);
        Share { label, direct, indirect, ten_thousandths }
    };
    let mut shares: Vec<Share> = sums.into_iter().map(share).collect();
    shares.sort_by_key(|share| std::cmp::Reverse(share.direct.saturating_add(share.indirect)));
    let unlabelled = all.saturating_sub(report.conservation.stopped);
    Ok(Side { all, shares, unlabelled, report })
}

fn ten_thousandths(part: u128, all: u128) -> u32 {
    const WHOLE: u128 = 10_000;
    let part = part.min(all);
    let rounded =
        if all >= WHOLE { leaving(part, WHOLE, all) } else { (2 * part * WHOLE + all) / (2 * all).max(1) };
    u32::try_from(rounded).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::ten_thousandths;

    #[test]
    fn shares_are_rounded() {
        assert_eq!((ten_thousandths(1, 3), ten_thousandths(2, 3), ten_thousandths(0, 0)), (3_333, 6_667, 0));
        assert_eq!((ten_thousandths(u128::MAX / 2, u128::MAX), ten_thousandths(7, 7)), (5_000, 10_000));
    }
}
