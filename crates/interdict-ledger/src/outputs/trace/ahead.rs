//! What will be needed next? Inputs and values of the next transactions on the agenda, looked up together.
//!
//! Where much is traced, a walk waits for memory most of the time: each input is somewhere else. Look-ups of several transactions that do not
//! depend on each other are waited for once. Nothing is looked up that is not needed: what is on the agenda is looked at in any case.

use super::agenda::Agenda;
use super::held::Held;
use crate::outputs::chain::{Extents, Reader};
use crate::outputs::{Output, Tx};

/// Transactions that are looked up together.
const TOGETHER: usize = 32;

/// A transaction, looked up.
#[derive(Debug, Default)]
pub(super) struct Found {
    tx: Tx,
    pub extents: Extents,
    pub inputs: Vec<Output>,
    /// The value of each input at which nothing was held then; else 0, as its value is held beside.
    pub values: Vec<u64>,
}

/// The transactions that were looked up and are not used yet.
#[derive(Debug)]
pub(super) struct Ahead {
    found: Vec<Found>,
    used: usize,
    filled: usize,
    /// For a transaction that came onto the agenda before those that were looked up.
    between: Found,
    numbers: Vec<Tx>,
}

impl Ahead {
    pub fn new() -> Self {
        let found = std::iter::repeat_with(Found::default).take(TOGETHER).collect();
        Self { found, used: 0, filled: 0, between: Found::default(), numbers: Vec::new() }
    }

    /// The inputs of a transaction that was just taken from the agenda, and their values.
    pub fn of(&mut self, tx: Tx, agenda: &Agenda, reader: &mut Reader<'_>, held: &Held) -> &Found {
        let waiting = self.found.get(self.used).filter(|_| self.used < self.filled).map(|found| found.tx);
        match waiting {
            Some(next) if next == tx => {}
            Some(next) if next > tx => {
                look_up(&mut self.between, tx, reader);
                touch(&mut self.between, held);
                fill(&mut self.between, reader);
                return &self.between;
            }
            _ => self.refill(tx, agenda, reader, held),
        }
        self.used += 1;
        self.found.get(self.used - 1).unwrap_or(&self.between)
    }

    fn refill(&mut self, tx: Tx, agenda: &Agenda, reader: &mut Reader<'_>, held: &Held) {
        self.numbers.clear();
        self.numbers.push(tx);
        agenda.next_after(tx, TOGETHER, &mut self.numbers);
        (self.used, self.filled) = (0, self.numbers.len());
        for (found, number) in self.found.iter_mut().zip(&self.numbers) {
            look_up(found, *number, reader);
        }
        let found = self.found.get_mut(..self.filled).unwrap_or_default();
        found.iter_mut().for_each(|found| touch(found, held));
        found.iter_mut().for_each(|found| fill(found, reader));
    }
}

fn look_up(found: &mut Found, tx: Tx, reader: &mut Reader<'_>) {
    found.tx = tx;
    found.extents = reader.transaction(tx);
    reader.inputs(&found.extents, &mut found.inputs);
}

/// What is held at each input. Nothing is decided by it here, so that no look-up waits for the one before.
fn touch(found: &mut Found, held: &Held) {
    found.values.clear();
    found.values.extend(found.inputs.iter().map(|input| held.amount(*input)));
}

/// The values of inputs at which nothing is held.
fn fill(found: &mut Found, reader: &Reader<'_>) {
    for (input, value) in found.inputs.iter().zip(&mut found.values) {
        *value = if *value == 0 { reader.value(*input) } else { 0 };
    }
}
