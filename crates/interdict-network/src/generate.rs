//! A network that looks like a register of companies, made from a seed, with structures in it whose answers are known.
//!
//! Most companies have one holder or two and a few have hundreds; most holders hold one thing and a few hold thousands. Shares are of hundredths
//! of a percent and never more than all; there are chains and circles. Apart from that stand the [`planted`] structures. The same seed makes
//! the same network on any machine.

pub mod planted;

use interdict_core::random::Random;

use crate::interest::InterestKind;
use crate::share::{Bound, Share, ShareRange};

/// What is to be made.
#[derive(Debug, Clone, Copy)]
pub struct Register {
    /// How many holdings, at the least.
    pub holdings: u32,
    /// Of a hundred holdings, so many are ranges or unknown.
    pub open: u32,
    /// How many holders are designated besides those of the planted structures.
    pub designated: u32,
    /// The seed.
    pub seed: u64,
}

/// One holding. The id of a party is that of its number: [`id`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Who holds.
    pub holder: u32,
    /// What is held.
    pub asset: u32,
    /// What kind of interest it is.
    pub kind: InterestKind,
    /// How much.
    pub share: ShareRange,
}

/// The id of a party, written into a text that is used again: `R0000012`.
pub fn id(number: u32, text: &mut String) {
    use std::fmt::Write as _;
    text.clear();
    // Writing into a text does not fail.
    let _ = write!(text, "R{number:07}");
}

/// Most holders of one company.
const HOLDERS_MAX: u32 = 500;
/// Of a hundred holders, so many are companies.
const COMPANIES: u32 = 30;
/// Of a hundred persons who hold, so many hold nothing else.
const NEWCOMERS: u32 = 70;

/// Hundredths of a percent.
const WHOLE: u32 = 10_000;

impl Register {
    /// The planted structures, as many as a register of this size is to have.
    pub fn planted(&self) -> planted::Planted {
        planted::Planted::new(self.holdings / 20_000 + 1, self.open > 0)
    }

    /// All holdings, the planted ones first.
    pub fn each_row(&self, take: &mut dyn FnMut(Row)) {
        let planted = self.planted();
        planted.rows.iter().copied().for_each(&mut *take);
        let mut making = Making {
            register: self,
            first: planted.parties,
            random: Random::new(self.seed, "register"),
            persons: 1,
        };
        let mut left = self.holdings.saturating_sub(u32::try_from(planted.rows.len()).unwrap_or(u32::MAX));
        let mut company = 0;
        while left > 0 {
            left = left.saturating_sub(making.company(company, take));
            company += 1;
        }
    }

    /// The numbers of all who are designated: those of the planted structures and some of those who hold most.
    pub fn designated(&self) -> Vec<u32> {
        let mut designated = self.planted().designated;
        let mut random = Random::new(self.seed, "designated");
        let first = self.planted().parties;
        designated.extend((0..self.designated).map(|_| person(first, random.skewed(self.holdings / 4))));
        designated.sort_unstable();
        designated.dedup();
        designated
    }
}

/// Companies have even numbers behind the planted parties, persons odd ones.
fn person(first: u32, number: u32) -> u32 {
    first.saturating_add(number.saturating_mul(2)).saturating_add(1)
}

struct Making<'r> {
    register: &'r Register,
    first: u32,
    random: Random,
    persons: u32,
}

impl Making<'_> {
    /// Makes the holders of a company, and says how many they are.
    fn company(&mut self, number: u32, take: &mut dyn FnMut(Row)) -> u32 {
        let asset = self.first.saturating_add(number.saturating_mul(2));
        let holders = match self.random.below_u32(100) {
            0..45 => 1,
            45..70 => 2,
            70..97 => 3 + self.random.below_u32(4),
            _ => 1 + self.random.skewed(HOLDERS_MAX),
        };
        let mut left = WHOLE;
        for at in 0..holders {
            let held = self.part(left, holders - at);
            left -= held;
            let holder = self.holder(number);
            let (kind, share) = self.told(held);
            take(Row { holder, asset, kind, share });
        }
        holders
    }

    /// What the next of so many holders has of what is left: often an equal part.
    fn part(&mut self, left: u32, holders: u32) -> u32 {
        let equal = left / holders.max(1);
        if holders == 1 || self.random.percent(40) {
            equal
        } else {
            self.random.below_u32(equal.saturating_mul(2)).min(left)
        }
    }

    fn holder(&mut self, company: u32) -> u32 {
        if company > 0 && self.random.percent(COMPANIES) {
            // One in twenty holds a company that may hold it: circles.
            let limit = if self.random.percent(5) { company.saturating_mul(2) } else { company };
            return self.first.saturating_add(self.random.below_u32(limit).saturating_mul(2));
        }
        if self.random.percent(NEWCOMERS) {
            self.persons = self.persons.saturating_add(1);
            person(self.first, self.persons)
        } else {
            person(self.first, self.random.skewed(self.persons))
        }
    }

    /// The holding as a register tells it.
    fn told(&mut self, hundredths: u32) -> (InterestKind, ShareRange) {
        if self.random.percent(1) {
            return (InterestKind::Controls, ShareRange::UNKNOWN);
        }
        if !self.random.percent(self.register.open) {
            return (InterestKind::Shares, ShareRange::exactly(share(hundredths)));
        }
        // The bands of the British register, and nothing below them.
        let band = match hundredths {
            0..=2_500 => ShareRange::UNKNOWN,
            2_501..=5_000 => between(Bound::open(share(2_500)), Bound::closed(share(5_000))),
            5_001..7_500 => between(Bound::open(share(5_000)), Bound::open(share(7_500))),
            _ => between(Bound::closed(share(7_500)), Bound::closed(Share::WHOLE)),
        };
        (InterestKind::Shares, band)
    }
}

fn share(hundredths: u32) -> Share {
    Share::from_units(u64::from(hundredths) * (Share::WHOLE.units() / u64::from(WHOLE)))
        .unwrap_or(Share::WHOLE)
}

fn between(min: Bound, max: Bound) -> ShareRange {
    ShareRange::between(min, max).unwrap_or(ShareRange::UNKNOWN)
}
