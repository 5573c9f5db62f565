//! How much can one reading share with a subject's name at most?
//!
//! Be s the strength of a meeting, w the weight of its listed parts, p that of the subject's. The share M / (W + missing)
//! reaches what is wanted, t, when M − t (W + missing) is not below 0. What is missing costs at least a for each weight of
//! the subject and b for each of the list ([`Costs`]), so this is at most
//!
//! ```text
//! − t a (all p) − t b (all w) + the sum over meetings of (s − t) w + t a p + t b w
//! ```
//!
//! In a choice of meetings each part of the subject is used once; the sum over its parts of the best meeting of each is no
//! less. Penalties only take away.

use crate::candidates::meetings;
use crate::query::{ABBREVIATION_STRENGTH, PARTS_MAX, Query};
use crate::score::name::{Balance, names};

use super::Rows;
use super::plan::OPEN_WEIGHT_MAX;

/// What missing weight costs at least.
#[derive(Debug, Clone, Copy)]
pub(super) struct Costs {
    /// Of the subject.
    pub own: f32,
    /// Of the list.
    pub listed: f32,
}

impl Costs {
    /// The costs when at most `met` has met: they fall as more meets. Balances are linear between three: only the subject has
    /// more, only the list has more, and both have as much. What holds for these holds for all between them.
    pub fn of(query: &Query, met: f32) -> Self {
        let are_names = query.parts.iter().all(|part| names(part.kind));
        Self::of_balance(met, are_names, query.is_by_syllables())
    }

    /// `are_names` is whether all the subject's parts name.
    fn of_balance(met: f32, are_names: bool, is_by_syllables: bool) -> Self {
        let met = met.max(0.01);
        let missing = |own: f32, listed: f32| {
            let own_names = if are_names { own } else { 0.0 };
            let balance =
                Balance { weight: met, met, own, listed, own_names, listed_names: 0.0, is_by_syllables };
            met / balance.share() - met
        };
        let listed = missing(0.0, 1.0);
        let both = missing(1.0, 1.0);
        Self { own: missing(1.0, 0.0).min(both - listed).max(0.0), listed }
    }
}

/// A meeting as far as the bound needs it.
#[derive(Debug, Clone, Copy)]
struct Met {
    part: usize,
    own: f32,
    strength: f32,
    weight: f32,
}

/// Memory for the bounds of the readings of one query.
#[derive(Debug, Default)]
pub(super) struct Bound {
    all: Vec<Met>,
    /// The weight of each unit of the query.
    own: Vec<f32>,
    /// The weight of all its parts.
    own_all: f32,
    /// Its parts that may meet words that were not looked up.
    open: Vec<usize>,
    /// Whether all its parts name.
    are_names: bool,
}

impl Bound {
    /// Takes from a query what is the same for all readings.
    pub fn begin(&mut self, query: &Query) {
        let own_of = |start: usize, len: usize| -> f32 {
            query.parts.iter().skip(start).take(len).map(|part| part.weight).sum()
        };
        self.own.clear();
        self.own.extend(query.units.iter().map(|unit| own_of(unit.start, unit.len)));
        self.own_all = own_of(0, query.parts.len());
        self.open.clear();
        self.open.extend((0..query.parts.len()).filter(|&part| query.is_open(part)));
        self.are_names = query.parts.iter().all(|part| names(part.kind));
    }

    /// Whether a reading can share as much as is wanted with the query, the one that was begun with.
    pub fn allows(
        &mut self,
        rows: Rows<'_>,
        query: &Query,
        reading: u32,
        slots: &[u32],
        wanted: f32,
    ) -> bool {
        let (listed, met) = self.gather(rows, query, reading, slots);
        let costs = Costs::of_balance(met, self.are_names, query.is_by_syllables());
        let mut best = [0.0_f32; PARTS_MAX];
        for met in &self.all {
            let worth =
                (met.strength - wanted + wanted * costs.listed) * met.weight + wanted * costs.own * met.own;
            if let Some(best) = best.get_mut(met.part) {
                *best = best.max(worth);
            }
        }
        let best: f32 = best.iter().take(query.parts.len()).sum();
        met > 0.0 && best >= wanted * (costs.own * self.own_all + costs.listed * listed)
    }

    /// Gathers all meetings of a reading; the weight of its parts, and the most of it that can meet.
    fn gather(&mut self, rows: Rows<'_>, query: &Query, reading: u32, slots: &[u32]) -> (f32, f32) {
        let Self { all, own, open, .. } = self;
        all.clear();
        let own_of = |unit: u16| own.get(usize::from(unit)).copied().unwrap_or(0.0);
        let (mut listed, mut met) = (0.0, 0.0);
        let parts = rows.parts_of_reading(reading);
        for row in parts {
            let weight = rows.weight_of(row);
            listed += weight;
            let mut strongest = 0.0_f32;
            for near in meetings(query, slots, row.token.get()) {
                let Some(unit) = query.units.get(usize::from(near.unit)) else { continue };
                let strength = near.met.strength;
                strongest = strongest.max(strength);
                all.push(Met { part: unit.start, own: own_of(near.unit), strength, weight });
            }
            met += weight * strongest;
        }
        let start = query.near_runs.partition_point(|near| near.reading < reading);
        for near in query.near_runs.iter().skip(start).take_while(|near| near.reading == reading) {
            let Some(unit) = query.units.get(usize::from(near.unit)) else { continue };
            let run = parts.iter().cycle().skip(usize::from(near.start)).take(usize::from(near.len));
            let weight = run.map(|row| rows.weight_of(row)).sum();
            let strength = near.met.strength;
            all.push(Met { part: unit.start, own: own_of(near.unit), strength, weight });
            met += weight * strength;
        }
        for &part in open.iter() {
            let (strength, weight) = (ABBREVIATION_STRENGTH, listed.min(OPEN_WEIGHT_MAX));
            let own = query.parts.get(part).map_or(0.0, |part| part.weight);
            all.push(Met { part, own, strength, weight });
            met += weight * strength;
        }
        (listed, met)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_missing_costs_less() {
        let steps = |n: u8, step: f32| (0..=n).map(move |at| f32::from(at) * step);
        for (is_by_syllables, are_names) in [(false, false), (false, true), (true, false)] {
            for most in steps(30, 0.1) {
                let costs = Costs::of_balance(most, are_names, is_by_syllables);
                for (met, own) in
                    steps(10, most / 10.0).flat_map(|met| steps(12, 0.25).map(move |own| (met, own)))
                {
                    for (listed, names) in steps(12, 0.25)
                        .flat_map(|listed| [0.0, listed / 2.0, listed].map(|names| (listed, names)))
                    {
                        let own_names = if are_names { own } else { own / 2.0 };
                        let (listed_names, weight) = (names, met * 1.25);
                        let balance =
                            Balance { weight, met, own, listed, own_names, listed_names, is_by_syllables };
                        let at_most = met / (weight + costs.own * own + costs.listed * listed).max(1e-6);
                        assert!(balance.share() <= at_most + 1e-4, "{balance:?} {costs:?}");
                    }
                }
            }
        }
    }
}
