//! Where is value that small parts are peeled off, transaction after transaction? Peel chains.
//!
//! A step spends one output and makes two: a small one that goes to somebody, and a large one that the next step spends (BlockSci; Kappos
//! and others, "How to peel a million", 2022). A wallet that pays from one large output does the same, so that a chain is a lead to look at
//! and not more. Types of addresses, which tell more, are not known to a chain of outputs.

use crate::outputs::chain::Chain;
use crate::outputs::{NO_ADDRESS, Tx};
use crate::report::Unit;

use super::transaction::{Coin, Transactions, View};
use super::{Confidence, Pattern, Patterns, Seen};

/// What a peel chain is. The defaults are a judgment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeelRules {
    /// Fewest steps.
    pub steps_min: usize,
    /// Most inputs and outputs of a step.
    pub size: (usize, usize),
    /// What is peeled off is at most so many hundredths of the outputs.
    pub peeled_percent_max: u64,
    /// Most seconds between two steps, where the chain tells times.
    pub seconds_max: i64,
    /// Of so many steps one may be an exception...
    pub exception_of: usize,
    /// ...which has at most so many inputs and outputs, and leaves half of the value or more.
    pub exception_size: (usize, usize),
}

impl Default for PeelRules {
    fn default() -> Self {
        Self {
            steps_min: 5,
            size: (1, 3),
            peeled_percent_max: 30,
            seconds_max: 14 * 24 * 60 * 60,
            exception_of: 5,
            exception_size: (3, 6),
        }
    }
}

/// A peel chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeelChain {
    /// By which rules.
    pub rules: PeelRules,
    /// How many steps, exceptions included.
    pub steps: usize,
    /// How many of them are exceptions.
    pub exceptions: usize,
    /// What the first step had for its outputs.
    pub started_with: u64,
    /// What the last step left.
    pub left: u64,
    /// What was peeled off on the way, without what other inputs of exceptions brought.
    pub peeled: u128,
    /// From the first step to the last, in seconds, if the chain tells times.
    pub seconds: Option<i64>,
}

impl PeelChain {
    /// The method, with its numbers.
    pub fn method(&self) -> String {
        let rules = &self.rules;
        format!(
            "peel_chain (at least {} steps of at most {} inputs and {} outputs, {} % peeled at most, {} s between steps at most, one exception in {})",
            rules.steps_min,
            rules.size.0,
            rules.size.1,
            rules.peeled_percent_max,
            rules.seconds_max,
            rules.exception_of
        )
    }

    /// A judgment: long chains are rarely a wallet that pays its bills.
    pub fn confidence(&self) -> Confidence {
        let by_steps: u8 = match self.steps {
            0..=9 => 30,
            10..=19 => 45,
            20..=49 => 60,
            _ => 70,
        };
        Confidence::percent(if self.exceptions == 0 { by_steps } else { by_steps - 10 })
    }

    /// What was seen.
    pub fn in_words(&self, unit: &Unit) -> String {
        let written = |value: u128| format!("{} {}", unit.written(value), unit.asset);
        let time = self.seconds.map(|seconds| format!(" within {seconds} s")).unwrap_or_default();
        format!(
            "{} steps{time}, {} of them exceptions: {} were peeled off {}, {} were left",
            self.steps,
            self.exceptions,
            written(self.peeled),
            written(u128::from(self.started_with)),
            written(u128::from(self.left))
        )
    }
}

/// How a transaction fits a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Step,
    Exception,
}

/// One step that was read.
struct Step {
    number: Tx,
    fit: Fit,
    time: Option<i64>,
    from: u32,
    rest: Coin,
    /// Its outputs besides the rest.
    peeled: Vec<Coin>,
    next: Option<Tx>,
}

impl Step {
    fn read(view: &mut View<'_, '_>, rules: &PeelRules) -> Option<Self> {
        let (most_inputs, most_outputs) =
            (rules.size.0.max(rules.exception_size.0), rules.size.1.max(rules.exception_size.1));
        if view.input_count() == 0
            || view.input_count() > most_inputs as u64
            || view.output_count() > most_outputs as u64
        {
            return None;
        }
        let outputs: Vec<(u64, Coin)> = (0..)
            .zip(view.outputs().iter().copied())
            .filter(|(_, output)| output.address != NO_ADDRESS)
            .collect();
        let (place, rest) = *outputs.iter().max_by_key(|(_, output)| output.value)?;
        let total: u128 = outputs.iter().map(|(_, output)| u128::from(output.value)).sum();
        let peeled: Vec<Coin> =
            outputs.iter().filter(|(other, _)| *other != place).map(|(_, output)| *output).collect();
        let away = total - u128::from(rest.value);
        let inputs = usize::try_from(view.input_count()).ok()?;
        let within = |size: (usize, usize)| inputs <= size.0 && outputs.len() <= size.1;
        let fit = if within(rules.size) && away * 100 <= total * u128::from(rules.peeled_percent_max) {
            Fit::Step
        } else if within(rules.exception_size) && away * 2 <= total {
            Fit::Exception
        } else {
            return None;
        };
        // A transaction that only moves value on peels nothing.
        if away == 0 {
            return None;
        }
        let from = view.input_addresses().first().copied().unwrap_or(NO_ADDRESS);
        Some(Self {
            number: view.number(),
            fit,
            time: view.time(),
            from,
            rest,
            peeled,
            next: view.spender(place),
        })
    }
}

/// The peel chains that begin at or go through some transactions, which are given in their order. Each transaction is in one chain.
pub fn search(chain: &Chain, among: impl IntoIterator<Item = Tx>, rules: &PeelRules) -> Patterns {
    let mut transactions = Transactions::of(chain);
    let mut seen = vec![0_u64; (chain.txs() as usize).div_ceil(64)];
    let mut found = Patterns::default();
    for number in among {
        let steps = follow(&mut transactions, number, rules, &mut seen);
        if steps.len() >= rules.steps_min {
            found.add(|| pattern(&steps, rules));
        }
    }
    found
}

/// Marks a transaction; false if it was marked or is beyond the chain.
fn mark(seen: &mut [u64], number: Tx) -> bool {
    let Some(word) = seen.get_mut(number as usize / 64) else { return false };
    let bit = 1 << (number % 64);
    let is_new = *word & bit == 0;
    *word |= bit;
    is_new
}

/// The steps from a transaction on. The first and the last are no exceptions.
fn follow(transactions: &mut Transactions<'_>, first: Tx, rules: &PeelRules, seen: &mut [u64]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut exceptions = 0;
    let mut next = Some(first);
    while let Some(step) = next.and_then(|number| transactions.read(number, |view| Step::read(view, rules))) {
        let before = steps.last();
        let gap = before.and_then(|before| step.time?.checked_sub(before.time?));
        if gap.is_some_and(|gap| gap > rules.seconds_max) {
            break;
        }
        if step.fit == Fit::Exception {
            exceptions += 1;
            let is_allowed = before.is_some_and(|before| before.fit == Fit::Step)
                && exceptions * rules.exception_of <= steps.len() + 1;
            if !is_allowed {
                break;
            }
        }
        if !mark(seen, step.number) {
            break;
        }
        next = step.next;
        steps.push(step);
    }
    while steps.last().is_some_and(|last| last.fit == Fit::Exception) {
        steps.pop();
    }
    steps
}

fn pattern(steps: &[Step], rules: &PeelRules) -> Pattern {
    let value = |coins: &[Coin]| -> u128 { coins.iter().map(|coin| u128::from(coin.value)).sum() };
    let (first, last) = (steps.first(), steps.last());
    let seconds = first.zip(last).and_then(|(first, last)| last.time?.checked_sub(first.time?));
    let started_with = first.map_or(0, |first| value(&first.peeled) + u128::from(first.rest.value));
    let chain = PeelChain {
        rules: *rules,
        steps: steps.len(),
        exceptions: steps.iter().filter(|step| step.fit == Fit::Exception).count(),
        started_with: u64::try_from(started_with).unwrap_or(u64::MAX),
        left: last.map_or(0, |last| last.rest.value),
        peeled: steps.iter().map(|step| value(&step.peeled)).sum(),
        seconds,
    };
    let mut addresses = Vec::new();
    let mut known = std::collections::BTreeSet::new();
    for step in steps {
        let of_step = [step.from]
            .into_iter()
            .chain(step.peeled.iter().map(|coin| coin.address))
            .chain([step.rest.address]);
        addresses.extend(of_step.filter(|address| *address != NO_ADDRESS && known.insert(*address)));
    }
    Pattern {
        seen: Seen::PeelChain(chain),
        transactions: steps.iter().map(|step| step.number).collect(),
        addresses,
    }
}
