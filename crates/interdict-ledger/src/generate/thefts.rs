//! What do thieves do, and where is the loot then? Thefts laid out so that the answer of each strategy can be told by hand.

use std::collections::BTreeMap;

use interdict_core::random::Random;

use super::{Background, Making};
use crate::outputs::segment::Unfit;
use crate::outputs::{AddressId, Output};
use crate::strategy::Strategy;

/// How loot is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TheftKind {
    /// Small parts go to a service one after the other, the rest goes on each time. Nobody else's coins: all strategies agree.
    Peel,
    /// Split into many coins, each passed on, and put together again. Nobody else's coins: all strategies agree.
    SplitAndReunite,
    /// Spent with a coin of somebody else as large as the loot, into two equal coins: first in, first out gives the first, last in, first
    /// out the second, TIHO the first of two that are alike, haircut half of each (of an odd sum the first has one more), poison both.
    MixWithEqual,
    /// A round of five with equal coins, the loot's place known: first in, first out gives the same place, last in, first out the opposite
    /// place, TIHO the first, haircut a fifth each (the first have one more), poison all.
    Join,
}

impl TheftKind {
    /// The kinds in turn.
    pub(super) fn of(number: usize) -> Self {
        match number % 4 {
            0 => Self::Peel,
            1 => Self::SplitAndReunite,
            2 => Self::MixWithEqual,
            _ => Self::Join,
        }
    }
}

/// Where the loot is, by one strategy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// Coins that are unspent, and how much of each is loot.
    pub unspent: BTreeMap<Output, u64>,
    /// What arrived at services.
    pub stopped: BTreeMap<Output, u64>,
    /// Fees that were paid with it.
    pub fee: u64,
}

/// A theft in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planted {
    /// How it went.
    pub kind: TheftKind,
    /// What was stolen.
    pub seed: Output,
    /// Its value.
    pub value: u64,
    /// The services at which tracing stops.
    pub services: Vec<AddressId>,
    /// Where the loot is, by each strategy.
    pub answers: BTreeMap<Strategy, Answer>,
}

/// A theft that is under way.
pub(super) struct Theft {
    kind: TheftKind,
    random: Random,
    steps_left: u32,
    seed: Option<(Output, u64)>,
    /// The thief's coins that are not passed on yet.
    coins: Vec<(Output, u64)>,
    /// Coins that were passed on once already.
    passed: Vec<(Output, u64)>,
    services: Vec<AddressId>,
    answer: Answer,
}

impl Theft {
    pub fn new(kind: TheftKind, mut random: Random) -> Self {
        let steps_left = 3 + random.below_u32(30);
        let (coins, passed, services, answer) = <(Vec<_>, Vec<_>, Vec<_>, Answer)>::default();
        Self { kind, random, steps_left, seed: None, coins, passed, services, answer }
    }

    /// One transaction of the theft; its answer when it was the last.
    pub fn step(
        &mut self,
        making: &mut Making<'_, '_>,
        background: &mut Background,
    ) -> Result<Option<Planted>, Unfit> {
        let Some((seed, value)) = self.seed else {
            self.steal(making, background)?;
            return Ok(None);
        };
        let answers = match self.kind {
            TheftKind::Peel => self.peel(making)?,
            TheftKind::SplitAndReunite => self.split_and_reunite(making)?,
            TheftKind::MixWithEqual => self.mix(making, background, seed, value)?,
            TheftKind::Join => self.join(making, background, seed, value)?,
        };
        let planted = |answers| Planted {
            kind: self.kind,
            seed,
            value,
            services: std::mem::take(&mut self.services),
            answers,
        };
        Ok(answers.map(planted))
    }

    /// Somebody's coin becomes the loot.
    fn steal(&mut self, making: &mut Making<'_, '_>, background: &mut Background) -> Result<(), Unfit> {
        let Some(victim) = background.take_worth(1_000_000) else { return Ok(()) };
        let (thief, fee) = (making.fresh_address(), victim.value / 1_000);
        let seed = making.add(&[victim.output], &[(victim.value - fee, thief)])?;
        self.seed = Some((seed, victim.value - fee));
        self.coins.push((seed, victim.value - fee));
        Ok(())
    }

    /// The same answer for every strategy, as no coin of another is involved.
    fn same_for_all(&mut self) -> BTreeMap<Strategy, Answer> {
        let answer = std::mem::take(&mut self.answer);
        Strategy::ALL.into_iter().map(|strategy| (strategy, answer.clone())).collect()
    }

    fn peel(&mut self, making: &mut Making<'_, '_>) -> Result<Option<BTreeMap<Strategy, Answer>>, Unfit> {
        let Some((coin, value)) = self.coins.pop() else { return Ok(None) };
        let (peeled, fee) = (value / 25, value / 5_000);
        let rest = value - peeled - fee;
        let (service, change) = (making.fresh_address(), making.fresh_address());
        self.services.push(service);
        let peel_first = self.random.percent(50);
        let outputs = if peel_first {
            [(peeled, service), (rest, change)]
        } else {
            [(rest, change), (peeled, service)]
        };
        let first = making.add(&[coin], &outputs)?;
        let (peel, next) = if peel_first { (first, first + 1) } else { (first + 1, first) };
        self.answer.stopped.insert(peel, peeled);
        self.answer.fee += fee;
        self.coins.push((next, rest));
        self.steps_left = self.steps_left.saturating_sub(1);
        if self.steps_left > 0 {
            return Ok(None);
        }
        self.answer.unspent.insert(next, rest);
        Ok(Some(self.same_for_all()))
    }

    fn split_and_reunite(
        &mut self,
        making: &mut Making<'_, '_>,
    ) -> Result<Option<BTreeMap<Strategy, Answer>>, Unfit> {
        if self.passed.is_empty() && self.coins.len() == 1 {
            let Some((coin, value)) = self.coins.pop() else { return Ok(None) };
            let parts = u64::from(self.steps_left);
            let mut outputs = Vec::new();
            for _ in 0..parts {
                outputs.push((value / parts, making.fresh_address()));
            }
            let first = making.add(&[coin], &outputs)?;
            self.answer.fee += value - value / parts * parts;
            self.coins = (first..).zip(&outputs).map(|(output, made)| (output, made.0)).collect();
            return Ok(None);
        }
        if let Some((coin, value)) = self.coins.pop() {
            let (next, fee) = (making.fresh_address(), value / 2_000);
            let output = making.add(&[coin], &[(value - fee, next)])?;
            self.answer.fee += fee;
            self.passed.push((output, value - fee));
            return Ok(None);
        }
        let (inputs, total) = (
            self.passed.iter().map(|coin| coin.0).collect::<Vec<_>>(),
            self.passed.iter().map(|coin| coin.1).sum::<u64>(),
        );
        let home = making.fresh_address();
        let output = making.add(&inputs, &[(total, home)])?;
        self.answer.unspent.insert(output, total);
        Ok(Some(self.same_for_all()))
    }

    fn mix(
        &mut self,
        making: &mut Making<'_, '_>,
        background: &mut Background,
        loot: Output,
        value: u64,
    ) -> Result<Option<BTreeMap<Strategy, Answer>>, Unfit> {
        let Some(other) = equal_coins(making, background, 1, value)?.pop() else { return Ok(None) };
        let (one, two) = (making.fresh_address(), making.fresh_address());
        let first = making.add(&[loot, other], &[(value, one), (value, two)])?;
        let answer = |strategy| match strategy {
            Strategy::Poison => vec![(first, value), (first + 1, value)],
            Strategy::Haircut => vec![(first, value.div_ceil(2)), (first + 1, value / 2)],
            Strategy::Fifo | Strategy::Tiho => vec![(first, value)],
            Strategy::Lifo => vec![(first + 1, value)],
        };
        Ok(Some(unspent_for_each(answer)))
    }

    fn join(
        &mut self,
        making: &mut Making<'_, '_>,
        background: &mut Background,
        loot: Output,
        value: u64,
    ) -> Result<Option<BTreeMap<Strategy, Answer>>, Unfit> {
        let mut inputs = equal_coins(making, background, 4, value)?;
        if inputs.len() < 4 {
            return Ok(None);
        }
        let place = self.random.below(5);
        inputs.insert(place, loot);
        let outputs: Vec<(u64, AddressId)> = inputs.iter().map(|_| (value, making.fresh_address())).collect();
        let first = making.add(&inputs, &outputs)?;
        let at = |place: usize| first + place as u64;
        let answer = |strategy| match strategy {
            Strategy::Poison => (0..5).map(|place| (at(place), value)).collect(),
            Strategy::Haircut => {
                (0..5).map(|place| (at(place), value / 5 + u64::from((place as u64) < value % 5))).collect()
            }
            Strategy::Fifo => vec![(at(place), value)],
            Strategy::Lifo => vec![(at(4 - place), value)],
            Strategy::Tiho => vec![(at(0), value)],
        };
        Ok(Some(unspent_for_each(answer)))
    }
}

/// Others' coins of exactly a value: each of a coin that is large enough, with the change given back. Fewer if there are none so large.
fn equal_coins(
    making: &mut Making<'_, '_>,
    background: &mut Background,
    count: usize,
    value: u64,
) -> Result<Vec<Output>, Unfit> {
    let mut equal = Vec::new();
    for _ in 0..count {
        let Some(coin) = background.take_worth(value) else { break };
        let (owner, change) = (making.fresh_address(), making.fresh_address());
        let Some(rest) = coin.value.checked_sub(value) else {
            background.give(coin.output, coin.value, owner);
            break;
        };
        let first = making.add(&[coin.output], &[(value, owner), (rest, change)])?;
        background.give(first + 1, rest, change);
        equal.push(first);
    }
    Ok(equal)
}

fn unspent_for_each(answer: impl Fn(Strategy) -> Vec<(Output, u64)>) -> BTreeMap<Strategy, Answer> {
    let with = |strategy| {
        let unspent = answer(strategy).into_iter().filter(|(_, amount)| *amount > 0).collect();
        (strategy, Answer { unspent, ..Answer::default() })
    };
    Strategy::ALL.into_iter().map(with).collect()
}
