//! With whom does an address deal, straight and through others? Where its value went and came from, up to the first address that has a label.
//!
//! Direct is what came in one step, indirect what went through addresses without a label. Exposure is following value with every label as a place
//! to stop, so that the two parts and what has no label add up to all that the address sent and holds, or received.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::ledger::{AccountId, AccountLedger, AssetId};
use super::seeds::{SeedRequest, Window};
use super::trace::{Request, TraceError, trace};
use crate::exposure::{Exposure, Label, Side};
use crate::strategy::{Direction, Strategy};

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
    let met = met.into_inner();
    Ok(Side::of(report, |end| met.get(&end.address).cloned()))
}
