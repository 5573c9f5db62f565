//! Where did the value of these outputs go, or come from? One walk in the order of transactions, exact for every strategy.
//!
//! A transaction is looked at once, when all that can reach it has reached it: the smallest number first on the way forward, the largest first
//! on the way back. Only transactions that traced value meets are looked at.

mod agenda;
mod ahead;
mod held;
mod rules;

use std::ops::Range;

use super::addresses::AddressSet;
use super::chain::{Chain, Reader};
use super::{Output, Tx};
use crate::strategy::{Conservation, Direction, Strategy};
use agenda::Agenda;
use ahead::Ahead;
use held::Held;
use rules::{Amounts, Part, Ranges, Rule};

/// What is asked.
pub struct Request<'a> {
    /// By which rule.
    pub strategy: Strategy,
    /// In which direction.
    pub direction: Direction,
    /// The outputs that tracing begins with, in any order. The whole value of each is traced.
    pub seeds: &'a [Output],
    /// At which addresses tracing stops: services, which mix the value of many. Seeds are followed all the same.
    pub stops: &'a AddressSet,
    /// Only these transactions are looked at. What later ones spend counts as unspent, what earlier ones made as unseen.
    pub window: Range<Tx>,
    /// Amounts below this are not followed, and told as dust. 0 follows everything.
    pub dust: u64,
}

/// Why a trace cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Untraceable {
    /// A seed is not in the chain.
    #[error("output {0} is not in the chain, which ends before it")]
    NoSuchOutput(Output),
    /// The values of a transaction do not fit 64 bits together.
    #[error(
        "the values of transaction {0} do not fit 64 bits together; the chain was not read from a sound source"
    )]
    TooMuch(Tx),
}

/// How value ended, other than unspent or as a fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It goes on, or is unspent.
    Held,
    /// It arrived at (backward: came from) an address at which tracing stops.
    Stopped,
    /// It arrived at another seed.
    Superseded,
    /// It is below the threshold that was asked for.
    Dust,
    /// Backward: the transaction made new coins.
    Issued,
    /// Backward: from before the window.
    Unseen,
}

/// Traced value at an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Which output.
    pub output: Output,
    /// How much of its value.
    pub amount: u64,
    /// What became of it.
    pub fate: Fate,
}

/// What one transaction did to traced value.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// The transaction.
    pub tx: Tx,
    /// Where traced value was: outputs that it spends, on the way back outputs that it made.
    pub from: &'a [At],
    /// Where traced value is now.
    pub onto: &'a [At],
    /// How much of it was paid as a fee; on the way back, how much has no known origin.
    pub rest: u64,
}

/// Whether a listener is told of each step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listening {
    /// No: nothing is put together for it.
    No,
    /// Yes.
    Yes,
}

/// Who wants to know each step.
pub trait Listener {
    /// Whether it is told anything.
    const LISTENING: Listening = Listening::Yes;

    /// One transaction, in the order of the walk.
    fn step(&mut self, step: &Step<'_>);
}

/// Nobody listens.
impl Listener for () {
    const LISTENING: Listening = Listening::No;

    fn step(&mut self, _: &Step<'_>) {}
}

/// The answer of a walk.
#[derive(Debug)]
pub struct Traced {
    /// Where every unit went.
    pub conservation: Conservation,
    /// What ended other than unspent or as a fee, in the order of the walk.
    pub ended: Vec<At>,
    /// How many transactions were looked at.
    pub transactions: u64,
    unspent: Vec<(Output, u64)>,
}

impl Traced {
    /// Outputs with traced value that is unspent, in order. Empty on the way back.
    pub fn unspent(&self) -> &[(Output, u64)] {
        &self.unspent
    }
}

/// Follows value through the chain.
///
/// # Errors
/// When a seed is not in the chain, or values of a transaction are beyond what is possible.
pub fn trace<L: Listener>(
    chain: &Chain,
    request: &Request<'_>,
    listener: &mut L,
) -> Result<Traced, Untraceable> {
    match request.strategy {
        Strategy::Poison | Strategy::Haircut | Strategy::Tiho => {
            walk(chain, request, Amounts::new(request.strategy), listener)
        }
        Strategy::Fifo => walk(chain, request, Ranges::first_in(), listener),
        Strategy::Lifo => walk(chain, request, Ranges::last_in(request.direction), listener),
    }
}

struct Walk<'a, R> {
    request: &'a Request<'a>,
    seeds: Vec<Output>,
    next_seed: usize,
    has_stops: bool,
    reader: Reader<'a>,
    agenda: Agenda,
    held: Held,
    rule: R,
    conservation: Conservation,
    ended: Vec<At>,
}

fn walk<L: Listener, R: Rule>(
    chain: &Chain,
    request: &Request<'_>,
    rule: R,
    listener: &mut L,
) -> Result<Traced, Untraceable> {
    let mut seeds = request.seeds.to_vec();
    seeds.sort_unstable();
    seeds.dedup();
    let mut walk = Walk {
        request,
        seeds,
        next_seed: 0,
        has_stops: !request.stops.is_empty(),
        reader: chain.reader(),
        agenda: Agenda::new(chain.txs()),
        held: Held::new(chain.outputs()),
        rule,
        conservation: Conservation::default(),
        ended: Vec::new(),
    };
    walk.begin()?;
    let transactions = match request.direction {
        Direction::Forward => walk.forward(listener)?,
        Direction::Backward => walk.backward(listener)?,
    };
    let Walk { held, rule, mut conservation, ended, .. } = walk;
    let unspent: Vec<(Output, u64)> =
        held.iter().map(|(output, part)| (output, rule.amount(part.held))).collect();
    conservation.unspent = unspent.iter().map(|(_, amount)| u128::from(*amount)).sum();
    Ok(Traced { conservation, ended, transactions, unspent })
}

/// The lists of one transaction, kept from one to the next so that they are made once.
#[derive(Default)]
struct Lists {
    inputs: Vec<Output>,
    from: Vec<Part>,
    onto: Vec<Part>,
    told_from: Vec<At>,
    told_onto: Vec<At>,
}

impl Lists {
    fn clear(&mut self) {
        self.from.clear();
        self.onto.clear();
        self.told_from.clear();
        self.told_onto.clear();
    }

    /// Adds to the shorter side what it lacks, to both sides one part. Gives whether the values fit.
    fn balance(&mut self) -> Option<()> {
        let sum = |parts: &[Part]| parts.iter().map(|part| u128::from(part.value)).sum::<u128>();
        let (from, onto) = (sum(&self.from), sum(&self.onto));
        self.from.push(Part { value: u64::try_from(onto.saturating_sub(from)).ok()?, held: 0 });
        self.onto.push(Part { value: u64::try_from(from.saturating_sub(onto)).ok()?, held: 0 });
        u64::try_from(from.max(onto)).ok().map(|_| ())
    }
}

impl<R: Rule> Walk<'_, R> {
    fn begin(&mut self) -> Result<(), Untraceable> {
        let chain = self.reader.chain();
        for seed in self.seeds.clone() {
            let creator = chain.creator(seed).ok_or(Untraceable::NoSuchOutput(seed))?;
            let value = chain.value(seed);
            self.conservation.seed += u128::from(value);
            let held = self.rule.whole(value);
            self.hold(seed, Part { value, held }, creator);
        }
        Ok(())
    }

    /// Puts value at an output and its next transaction on the agenda.
    #[inline]
    fn hold(&mut self, output: Output, part: Part, creator: Tx) {
        if part.held == 0 {
            return;
        }
        self.held.put(output, part);
        let next = match self.request.direction {
            Direction::Forward => self.reader.spender(output, creator),
            Direction::Backward => Some(creator),
        };
        if let Some(next) = next.filter(|next| self.request.window.contains(next)) {
            self.agenda.add(next);
        }
    }

    fn forward<L: Listener>(&mut self, listener: &mut L) -> Result<u64, Untraceable> {
        let (mut lists, mut ahead) = (Lists::default(), Ahead::new());
        let mut looked_at = 0;
        while let Some(tx) = self.agenda.take_first() {
            looked_at += 1;
            lists.clear();
            let found = ahead.of(tx, &self.agenda, &mut self.reader, &self.held);
            let extents = found.extents;
            for (&output, &value) in found.inputs.iter().zip(&found.values) {
                let part = self.held.take(output).unwrap_or(Part { value, held: 0 });
                lists.from.push(part);
                if L::LISTENING == Listening::Yes && part.held != 0 {
                    let amount = self.rule.amount(part.held);
                    lists.told_from.push(At { output, amount, fate: Fate::Held });
                }
            }
            for output in extents.output_numbers() {
                lists.onto.push(Part { value: self.reader.value_near(output), held: 0 });
            }
            lists.balance().ok_or(Untraceable::TooMuch(tx))?;
            self.rule.carry(&mut lists.from, &mut lists.onto);
            let fee = lists.onto.pop().map_or(0, |fee| self.rule.amount(fee.held));
            self.conservation.fee += u128::from(fee);
            for (output, part) in extents.output_numbers().zip(&lists.onto) {
                self.arrive::<L>(output, *part, tx, &mut lists.told_onto);
            }
            if L::LISTENING == Listening::Yes {
                listener.step(&Step { tx, from: &lists.told_from, onto: &lists.told_onto, rest: fee });
            }
        }
        Ok(looked_at)
    }

    fn backward<L: Listener>(&mut self, listener: &mut L) -> Result<u64, Untraceable> {
        let mut lists = Lists::default();
        let mut looked_at = 0;
        while let Some(tx) = self.agenda.take_last() {
            looked_at += 1;
            let extents = self.reader.transaction(tx);
            lists.clear();
            self.reader.inputs(&extents, &mut lists.inputs);
            let fate = if lists.inputs.is_empty() { Fate::Issued } else { Fate::Held };
            for output in extents.output_numbers() {
                let part = self
                    .held
                    .take(output)
                    .unwrap_or_else(|| Part { value: self.reader.value(output), held: 0 });
                lists.from.push(part);
                if part.held != 0 && (L::LISTENING == Listening::Yes || fate == Fate::Issued) {
                    lists.told_from.push(At { output, amount: self.rule.amount(part.held), fate });
                }
            }
            let mut unseen = 0;
            if fate == Fate::Issued {
                self.issue(&mut lists);
            } else {
                lists.onto.extend(
                    lists.inputs.iter().map(|&output| Part { value: self.reader.value(output), held: 0 }),
                );
                lists.balance().ok_or(Untraceable::TooMuch(tx))?;
                self.rule.carry(&mut lists.from, &mut lists.onto);
                unseen = lists.onto.pop().map_or(0, |rest| self.rule.amount(rest.held));
                self.conservation.unseen += u128::from(unseen);
                let inputs = std::mem::take(&mut lists.inputs);
                for (output, part) in inputs.iter().zip(&lists.onto) {
                    let creator =
                        if part.held == 0 { 0 } else { self.reader.chain().creator(*output).unwrap_or(0) };
                    self.arrive::<L>(*output, *part, creator, &mut lists.told_onto);
                }
                lists.inputs = inputs;
            }
            if L::LISTENING == Listening::Yes {
                listener.step(&Step { tx, from: &lists.told_from, onto: &lists.told_onto, rest: unseen });
            }
        }
        self.before_the_window();
        Ok(looked_at)
    }

    /// A transaction that makes new coins is where tracing back ends.
    fn issue(&mut self, lists: &mut Lists) {
        for at in &lists.told_from {
            self.conservation.issued += u128::from(at.amount);
            self.ended.push(*at);
        }
        lists.from.iter().for_each(|part| self.rule.release(part.held));
    }

    /// What is still asked of outputs that transactions before the window made.
    fn before_the_window(&mut self) {
        let held = std::mem::replace(&mut self.held, Held::new(0));
        for (output, part) in held.iter() {
            let amount = self.rule.amount(part.held);
            self.conservation.unseen += u128::from(amount);
            self.ended.push(At { output, amount, fate: Fate::Unseen });
        }
    }

    /// Value arrives at an output: it is held there, or ends.
    #[inline]
    fn arrive<L: Listener>(&mut self, output: Output, part: Part, creator: Tx, told: &mut Vec<At>) {
        if part.held == 0 {
            return;
        }
        let amount = self.rule.amount(part.held);
        let fate = self.fate(output, amount);
        let sum = match fate {
            Fate::Stopped => Some(&mut self.conservation.stopped),
            Fate::Superseded => Some(&mut self.conservation.superseded),
            Fate::Dust => Some(&mut self.conservation.dust),
            Fate::Held | Fate::Issued | Fate::Unseen => None,
        };
        if let Some(sum) = sum {
            *sum += u128::from(amount);
            self.ended.push(At { output, amount, fate });
            self.rule.release(part.held);
        } else {
            self.hold(output, part, creator);
        }
        if L::LISTENING == Listening::Yes {
            told.push(At { output, amount, fate });
        }
    }

    #[inline]
    fn fate(&mut self, output: Output, amount: u64) -> Fate {
        if self.is_seed(output) {
            Fate::Superseded
        } else if self.has_stops && self.request.stops.contains(self.reader.address(output)) {
            Fate::Stopped
        } else if amount < self.request.dust {
            Fate::Dust
        } else {
            Fate::Held
        }
    }

    /// Outputs come in order on the way forward, so that the next seed is all there is to look at.
    #[inline]
    fn is_seed(&mut self, output: Output) -> bool {
        if self.request.direction == Direction::Backward {
            return self.seeds.binary_search(&output).is_ok();
        }
        while self.seeds.get(self.next_seed).is_some_and(|seed| *seed < output) {
            self.next_seed += 1;
        }
        self.seeds.get(self.next_seed) == Some(&output)
    }
}
