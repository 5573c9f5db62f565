//! What of value that no event brings: held when a window opens, or come unseen before it was spent?

use super::super::holdings::Holdings;
use super::super::tally::Part;
use super::super::trace::TraceError;
use super::{Step, Sweep, role};
use crate::report::EndKind;
use crate::strategy::Strategy;

impl<H: Holdings> Sweep<'_, H> {
    /// All that an account holds becomes seed.
    pub(super) fn seize(&mut self, event: usize, account: u32, request: usize) -> Result<(), TraceError> {
        let (held, taint) = (self.holdings.balance(account), self.holdings.taint(account));
        if held == 0 {
            return Ok(());
        }
        if taint > 0 {
            let part =
                Part { amount: taint, direct: self.holdings.direct(account), parts: 1, ..self.held(account) };
            let ended = self.tally.end(account, EndKind::Superseded, &part);
            ended.ok_or_else(|| self.error(account, event))?;
        }
        self.holdings.trace_all(account);
        self.mark(account, role::HOLDER);
        self.tally.seed(request, held).ok_or_else(|| self.error(account, event))?;
        if let Some(arrived) = self.tally.arrived_mut(account) {
            arrived.ever = arrived.ever.saturating_add(held);
            arrived.held = Part { parts: 1, ..Part::default() };
        }
        Ok(())
    }

    /// An account spends more than it has: the rest came unseen just before.
    pub(super) fn open(&mut self, step: &Step, short: u128) -> Result<(), TraceError> {
        let account = step.from;
        self.openings.accounts += u64::from(!self.is(account, role::OPENED));
        self.openings.amount = self.openings.amount.saturating_add(short);
        self.mark(account, role::OPENED);
        let request = match self.is(account, role::SEED) {
            true => self.seeds.of_account(self.ledger, account, step.event),
            false => None,
        };
        // Poison reaches as far as value may have gone: what comes unseen to whoever held taint may be that taint.
        let is_reached = self.request.strategy == Strategy::Poison && self.held(account).parts > 0;
        self.moved.set(short, if request.is_some() || is_reached { short } else { 0 });
        self.openings.traced = self.openings.traced.saturating_add(self.moved.taint);
        if let Some(request) = request {
            self.tally.seed(request, short).ok_or_else(|| self.error(account, step.event))?;
            self.arrive(step, account, 0);
        }
        self.put(account, step.event)
    }

    /// Backward: what came unseen before the event that was just undone goes back there.
    pub(super) fn close(&mut self, step: &Step, short: u128) -> Result<(), TraceError> {
        let account = step.to;
        self.openings.accounts += u64::from(!self.is(account, role::OPENED));
        self.openings.amount = self.openings.amount.saturating_add(short);
        self.mark(account, role::OPENED);
        self.holdings.take(account, short, &mut self.moved);
        self.openings.traced = self.openings.traced.saturating_add(self.moved.taint);
        if self.moved.taint > 0 {
            let part =
                Part { amount: self.moved.taint, direct: self.moved.direct, parts: 1, ..self.held(account) };
            self.tally.end(account, EndKind::Unseen, &part).ok_or_else(|| self.error(account, step.event))?;
        }
        Ok(())
    }
}
