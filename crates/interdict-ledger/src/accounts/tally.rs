//! Where did traced value end, and how did it move? The sums of one run, by number; [`super::answer`] puts them in words.

use std::collections::HashMap;

use crate::report::{EndKind, FLOW_EXAMPLES_MAX};

/// Sums of one kind at one account.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Part {
    pub amount: u128,
    pub direct: u128,
    pub parts: u64,
    pub steps: u32,
    pub first: Option<i64>,
    pub last: Option<i64>,
}

impl Part {
    /// The two together. `None` when the sum is beyond 128 bits.
    pub fn add(&mut self, other: &Self) -> Option<()> {
        self.steps = if self.parts == 0 { other.steps } else { self.steps.min(other.steps) };
        self.amount = self.amount.checked_add(other.amount)?;
        self.direct = self.direct.checked_add(other.direct)?;
        self.parts = self.parts.saturating_add(other.parts);
        self.first = earliest(self.first, other.first);
        self.last = self.last.max(other.last);
        Some(())
    }

    /// One more arrival, whose amount is kept elsewhere.
    pub fn seen(&mut self, steps: u32, time: Option<i64>) {
        self.steps = if self.parts == 0 { steps } else { self.steps.min(steps) };
        self.parts = self.parts.saturating_add(1);
        self.first = earliest(self.first, time);
        self.last = self.last.max(time);
    }
}

fn earliest(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// What came to an account of traced value.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Arrived {
    /// All that ever came; stays at the largest number where it is beyond.
    pub ever: u128,
    /// What came since the account last held none.
    pub held: Part,
}

/// Traced value between two accounts.
#[derive(Debug, Clone, Default)]
pub(super) struct Moves {
    pub amount: u128,
    pub transactions: u64,
    pub first: Option<i64>,
    pub last: Option<i64>,
    pub examples: Vec<u32>,
    last_transaction: Option<u32>,
}

/// The sums of one run.
#[derive(Debug, Default)]
pub(super) struct Tally {
    end_of: HashMap<(u32, EndKind), usize>,
    /// By account and kind, in the order of meeting.
    pub ends: Vec<(u32, EndKind, Part)>,
    slot: Vec<u32>,
    arrived: Vec<(u32, Arrived)>,
    flow_of: HashMap<(u32, u32), usize>,
    /// By from and to, in the order of meeting.
    pub flows: Vec<(u32, u32, Moves)>,
    flows_max: usize,
    /// Movements that found no room.
    pub flows_left_out: u64,
    /// Of each seed that was asked for.
    pub seeds: Vec<(u128, u64)>,
}

impl Tally {
    /// For so many accounts and seeds, keeping so many flows.
    pub fn new(accounts: usize, seeds: usize, flows_max: usize) -> Self {
        Self { slot: vec![u32::MAX; accounts], seeds: vec![(0, 0); seeds], flows_max, ..Self::default() }
    }

    /// What came to an account, if ever anything did.
    pub fn arrived(&self, account: u32) -> Option<&Arrived> {
        let slot = *self.slot.get(account as usize)?;
        self.arrived.get(slot as usize).map(|(_, arrived)| arrived)
    }

    /// The same, to be counted up.
    pub fn arrived_mut(&mut self, account: u32) -> Option<&mut Arrived> {
        let slot = self.slot.get_mut(account as usize)?;
        if *slot == u32::MAX {
            *slot = u32::try_from(self.arrived.len()).ok()?;
            self.arrived.push((account, Arrived::default()));
        }
        self.arrived.get_mut(*slot as usize).map(|(_, arrived)| arrived)
    }

    /// All to whom anything came.
    pub fn all_arrived(&self) -> &[(u32, Arrived)] {
        &self.arrived
    }

    /// Value of a seed. `None` when the sum is beyond 128 bits.
    pub fn seed(&mut self, request: usize, amount: u128) -> Option<()> {
        if let Some((sum, parts)) = self.seeds.get_mut(request) {
            *sum = sum.checked_add(amount)?;
            *parts += 1;
        }
        Some(())
    }

    /// Traced value that ended. `None` when the sum is beyond 128 bits.
    pub fn end(&mut self, account: u32, kind: EndKind, part: &Part) -> Option<()> {
        let next = self.ends.len();
        let at = *self.end_of.entry((account, kind)).or_insert(next);
        if at == next {
            self.ends.push((account, kind, Part::default()));
        }
        self.ends.get_mut(at).map_or(Some(()), |(_, _, sum)| sum.add(part))
    }

    /// Traced value that moved.
    pub fn flow(&mut self, from: u32, to: u32, amount: u128, transaction: u32, time: Option<i64>) {
        if self.flows_max == 0 {
            return;
        }
        let next = self.flows.len();
        let at = match self.flow_of.get(&(from, to)) {
            Some(&at) => at,
            None if next < self.flows_max => {
                self.flow_of.insert((from, to), next);
                self.flows.push((from, to, Moves::default()));
                next
            }
            None => {
                self.flows_left_out += 1;
                return;
            }
        };
        let Some((_, _, moves)) = self.flows.get_mut(at) else { return };
        moves.amount = moves.amount.saturating_add(amount);
        moves.first = earliest(moves.first, time);
        moves.last = moves.last.max(time);
        if moves.last_transaction.replace(transaction) != Some(transaction) {
            moves.transactions += 1;
            if moves.examples.len() < FLOW_EXAMPLES_MAX {
                moves.examples.push(transaction);
            }
        }
    }
}
