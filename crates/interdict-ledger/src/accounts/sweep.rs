//! What happens to traced value at each event? The walk of [`super::trace`], step by step.

mod unseen;

use super::balances::{Balances, beyond_range};
use super::holdings::{BeyondRange, Holdings, Moved, Tag};
use super::leads::Leads;
use super::ledger::{AccountId, AccountLedger, EventKind, NONE, TransactionId};
use super::seeds::Seeds;
use super::tally::{Part, Tally};
use super::trace::{Openings, Outcome, Request, TraceError};
use crate::report::EndKind;
use crate::strategy::{Direction, Strategy};

/// What is known of an account, as bits.
mod role {
    /// A seed, at least at times.
    pub const SEED: u8 = 1;
    /// It held value of a seed that had not moved.
    pub const HOLDER: u8 = 2;
    /// It was asked whether it is a service.
    pub const ASKED: u8 = 4;
    pub const SERVICE: u8 = 8;
    /// It spent more than was seen to come.
    pub const OPENED: u8 = 16;
}

/// One movement, in the direction of the walk.
#[derive(Clone, Copy)]
struct Step {
    event: usize,
    from: u32,
    to: u32,
    value: u128,
    kind: EventKind,
    transaction: u32,
}

pub(super) struct Sweep<'a, H> {
    ledger: &'a AccountLedger,
    request: &'a Request<'a>,
    holdings: H,
    seeds: Seeds,
    tally: Tally,
    leads: Leads,
    roles: Vec<u8>,
    services: Vec<(u32, String)>,
    openings: Openings,
    dust: (u128, u64),
    moved: Moved,
    /// One bit for each transaction that was looked at.
    looked_at: Vec<u64>,
}

impl<'a, H: Holdings> Sweep<'a, H> {
    pub fn new(ledger: &'a AccountLedger, request: &'a Request<'a>, holdings: H, seeds: Seeds) -> Self {
        let mut roles = vec![0; ledger.n_accounts()];
        for account in seeds.accounts() {
            if let Some(role) = roles.get_mut(account as usize) {
                *role = role::SEED | role::HOLDER;
            }
        }
        let tally = Tally::new(ledger.n_accounts(), request.seeds.len(), request.flows_max);
        let looked_at = vec![0; ledger.n_transactions().div_ceil(64)];
        let (leads, services, moved) = (Leads::default(), Vec::new(), Moved::default());
        let (openings, dust) = (Openings::default(), (0, 0));
        Self {
            ledger,
            request,
            holdings,
            seeds,
            tally,
            leads,
            roles,
            services,
            openings,
            dust,
            moved,
            looked_at,
        }
    }

    pub fn forward(&mut self) -> Result<(), TraceError> {
        let mut seized = std::mem::take(&mut self.seeds.seized).into_iter().peekable();
        for event in 0..=self.ledger.len() {
            while let Some((_, account, request)) = seized.next_if(|(at, _, _)| *at == event) {
                self.seize(event, account, request)?;
            }
            let Some(step) = self.step(event) else { continue };
            let short = match step.from {
                NONE => 0,
                from => step.value.saturating_sub(self.holdings.balance(from)),
            };
            if short > 0 {
                self.open(&step, short)?;
            }
            self.pass(&step)?;
        }
        Ok(())
    }

    /// The same through the ledger turned around.
    pub fn backward(&mut self, balances: &Balances) -> Result<(), TraceError> {
        let mut seized = std::mem::take(&mut self.seeds.seized).into_iter().rev().peekable();
        let mut unseen = balances.unseen.iter().rev().peekable();
        for event in (0..self.ledger.len()).rev() {
            // What a walk forward seizes before event `n` is seized here before event `n - 1` is undone.
            while let Some((_, account, request)) = seized.next_if(|(at, _, _)| *at > event) {
                self.seize(event, account, request)?;
            }
            let Some(step) = self.step(event) else { continue };
            let step = Step { from: step.to, to: step.from, ..step };
            self.pass(&step)?;
            if let Some((_, short)) = unseen.next_if(|(at, _)| *at == event) {
                self.close(&step, *short)?;
            }
        }
        Ok(())
    }

    /// The movement of an event, if it is of the asset and not to oneself.
    fn step(&mut self, event: usize) -> Option<Step> {
        let ledger = self.ledger;
        if *ledger.asset.get(event)? != self.request.asset.0 {
            return None;
        }
        let transaction = *ledger.transaction.get(event)?;
        if let Some(bits) = self.looked_at.get_mut(transaction as usize / 64) {
            *bits |= 1 << (transaction % 64);
        }
        let (from, to) = (*ledger.from.get(event)?, *ledger.to.get(event)?);
        if from == to {
            return None; // it moves nothing, and the owner could turn the row of lots with it
        }
        Some(Step {
            event,
            from,
            to,
            value: *ledger.value.get(event)?,
            kind: *ledger.kind.get(event)?,
            transaction,
        })
    }

    fn is(&self, account: u32, role: u8) -> bool {
        self.roles.get(account as usize).is_some_and(|roles| roles & role != 0)
    }

    fn mark(&mut self, account: u32, role: u8) {
        if let Some(roles) = self.roles.get_mut(account as usize) {
            *roles |= role;
        }
    }

    fn error(&self, account: u32, event: usize) -> TraceError {
        beyond_range(self.ledger, self.request.asset, AccountId(account), event)
    }

    fn time(&self, step: &Step) -> Option<i64> {
        self.ledger.time(TransactionId(step.transaction))
    }

    fn put(&mut self, account: u32, event: usize) -> Result<(), TraceError> {
        self.holdings.put(account, &self.moved).map_err(|BeyondRange| self.error(account, event))
    }

    fn held(&self, account: u32) -> Part {
        self.tally.arrived(account).map_or(Part::default(), |arrived| arrived.held)
    }

    /// Value leaves one account and comes to another.
    fn pass(&mut self, step: &Step) -> Result<(), TraceError> {
        match step.from {
            NONE => self.moved.set(step.value, 0),
            from => self.holdings.take(from, step.value, &mut self.moved),
        }
        let request = self.seed_of(step);
        if self.moved.taint > 0 || request.is_some() {
            self.pass_traced(step, request)?;
        }
        if step.to == NONE { Ok(()) } else { self.put(step.to, step.event) }
    }

    /// The seed that this movement is value of.
    fn seed_of(&self, step: &Step) -> Option<usize> {
        let itself = self.seeds.of_event(step.event);
        if itself.is_some() || !self.is(step.to, role::SEED) {
            return itself;
        }
        self.seeds.of_account(self.ledger, step.to, step.event)
    }

    fn pass_traced(&mut self, step: &Step, request: Option<usize>) -> Result<(), TraceError> {
        let is_direct = self.is(step.from, role::HOLDER);
        let mut steps = self.held(step.from).steps.saturating_add(1);
        if self.moved.taint > 0 {
            self.moved.retag(if is_direct { Tag::Direct } else { Tag::Traced });
            self.observe(step);
        }
        if let Some(request) = request {
            if self.moved.taint > 0 {
                let account = if step.to == NONE { step.from } else { step.to };
                self.end(step, account, EndKind::Superseded, steps)?;
            }
            self.tally.seed(request, step.value).ok_or_else(|| self.error(step.to, step.event))?;
            self.moved.set(step.value, step.value);
            self.mark(step.to, role::HOLDER);
            steps = 0;
        }
        self.settle(step, request, steps)
    }

    /// Decides whether traced value goes on from where it arrives.
    fn settle(&mut self, step: &Step, request: Option<usize>, steps: u32) -> Result<(), TraceError> {
        let is_back = self.request.direction == Direction::Backward;
        if step.to == NONE {
            let kind = match (is_back, step.kind) {
                (true, _) => EndKind::Issued,
                (false, EventKind::Fee) => EndKind::Fee,
                (false, _) => EndKind::Burnt,
            };
            return self.end(step, step.from, kind, steps);
        }
        if step.kind == EventKind::Burn && !is_back {
            self.end(step, step.to, EndKind::Burnt, steps)?;
            self.moved.set(step.value, 0);
        } else if request.is_none() && self.is_service(step.to) {
            self.end(step, step.to, EndKind::Stopped, steps)?;
            self.moved.set(step.value, 0);
        } else if request.is_none() && self.moved.taint < self.request.dust && !self.is_poisoned(step.to) {
            self.dust = (self.dust.0.saturating_add(self.moved.taint), self.dust.1 + 1);
            self.end(step, step.to, EndKind::Dust, steps)?;
            self.moved.set(step.value, 0);
        } else {
            self.arrive(step, step.to, steps);
        }
        Ok(())
    }

    /// Whether all that comes to an account becomes taint there, however little it is.
    fn is_poisoned(&self, account: u32) -> bool {
        self.request.strategy == Strategy::Poison && self.holdings.taint(account) > 0
    }

    /// Traced value comes to be held.
    fn arrive(&mut self, step: &Step, account: u32, steps: u32) {
        let is_anew = self.holdings.taint(account) == 0;
        let time = self.time(step);
        let amount = self.moved.taint;
        let Some(arrived) = self.tally.arrived_mut(account) else { return };
        arrived.ever = arrived.ever.saturating_add(amount);
        if is_anew {
            arrived.held = Part::default();
        }
        arrived.held.seen(steps, time);
    }

    fn end(&mut self, step: &Step, account: u32, kind: EndKind, steps: u32) -> Result<(), TraceError> {
        let time = self.time(step);
        let (amount, direct) = (self.moved.taint, self.moved.direct);
        let part = Part { amount, direct, parts: 1, steps, first: time, last: time };
        if account == step.to
            && kind != EndKind::Superseded
            && let Some(arrived) = self.tally.arrived_mut(account)
        {
            arrived.ever = arrived.ever.saturating_add(amount);
        }
        self.tally.end(account, kind, &part).ok_or_else(|| self.error(account, step.event))
    }

    /// What a movement of traced value shows besides.
    fn observe(&mut self, step: &Step) {
        let time = self.time(step);
        let (mut from, mut to) = (step.from, step.to);
        if self.request.direction == Direction::Backward {
            (from, to) = (to, from);
        }
        if from != NONE && to != NONE {
            self.tally.flow(from, to, self.moved.taint, step.transaction, time);
        }
        if step.kind != EventKind::Fee && from != NONE {
            self.leads.left(step.transaction, from);
        }
    }

    fn is_service(&mut self, account: u32) -> bool {
        if !self.is(account, role::ASKED) {
            self.mark(account, role::ASKED);
            if let Some(name) = (self.request.services)(self.ledger, AccountId(account)) {
                self.mark(account, role::SERVICE);
                self.services.push((account, name));
            }
        }
        self.is(account, role::SERVICE)
    }

    /// What is held at the end of the walk ends there.
    pub fn finish(mut self) -> Result<Outcome, TraceError> {
        let kind = match self.request.direction {
            Direction::Forward => EndKind::Unspent,
            Direction::Backward => EndKind::Unseen,
        };
        let held: Vec<u32> = self.tally.all_arrived().iter().map(|(account, _)| *account).collect();
        for account in held {
            let amount = self.holdings.taint(account);
            if amount > 0 {
                let part = Part { amount, direct: self.holdings.direct(account), ..self.held(account) };
                let ended = self.tally.end(account, kind, &part);
                ended.ok_or_else(|| self.error(account, self.ledger.len()))?;
            }
        }
        self.services.sort_unstable();
        let opened = (0..).zip(&self.roles).filter(|(_, roles)| *roles & role::OPENED != 0);
        let passed = opened.filter(|(account, _)| self.tally.arrived(*account).is_some());
        self.openings.passed = passed.fold(0, |n, _| n + 1);
        let transactions = self.looked_at.iter().map(|bits| u64::from(bits.count_ones())).sum();
        let Self { tally, seeds, leads, services, openings, dust, .. } = self;
        Ok(Outcome { tally, seeds, leads, services, openings, dust, transactions })
    }
}
