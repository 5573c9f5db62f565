//! Which parts of a subject's name need to be gathered, and which combinations of parts met can reach the wanted score?

use std::ops::Range;

use crate::index::Index;
use crate::index::format::TokenRow;
use crate::query::{ABBREVIATION_STRENGTH, Near, Query};

use super::bound::Costs;
use super::{ROUNDING, Rows, meetings};

/// The state of a reading that may meet anything: parts written together are weighed by the bound alone.
pub(super) const ALL: u16 = u16::MAX;
/// Groups of parts that have bits of their own; all parts beyond share those of the last.
const GROUPS: usize = 8;
/// A meeting of this strength or more is a strong one.
const STRONG: f32 = 0.75;
/// Parts that so few readings meet are always gathered: that is as fast as leaving them aside.
const FEW: usize = 32;
/// Looking up what one reading meets takes as long as noting so many readings.
const LOOKED_UP_COST: usize = 8;

/// The bits of a part that is met, and strongly.
pub(super) fn state(part: usize, is_strong: bool) -> u16 {
    let bits = if is_strong { 0b11 } else { 0b01 };
    bits << (2 * part.min(GROUPS - 1))
}

/// The bits that a meeting adds to its readings.
fn state_of(query: &Query, near: &Near) -> u16 {
    let unit = usize::from(near.unit);
    if unit < query.parts.len() { state(unit, near.met.strength >= STRONG) } else { ALL }
}

/// What meeting one part of the subject can be worth.
#[derive(Debug, Clone, Copy)]
struct Most {
    /// The strongest meeting there is.
    strength: f32,
    /// Weights of the listed parts.
    weights: (f32, f32),
    /// The weight of the part itself.
    own: f32,
    /// In how many readings it is met.
    n_readings: usize,
    is_open: bool,
}

/// How the readings of a query are gathered.
pub(super) struct Plan {
    wanted: f32,
    most: Vec<Most>,
    /// The state of a reading that meets all parts that are left aside.
    pub left: u16,
    /// Of these, the bits of parts that may meet words that were not looked up.
    left_open: u16,
    /// For each state the greatest weight of all listed parts together with which a reading in it may reach what is wanted;
    /// below 0 when none does, not a number as long as it was not asked for.
    listed_most: Vec<f32>,
}

impl Plan {
    pub fn of(index: &Index, query: &Query, wanted: f32) -> Self {
        let mut most: Vec<Most> = (query.parts.iter().enumerate())
            .map(|(part, own)| {
                let none = (f32::MAX, 0.0);
                let of =
                    Most { strength: 0.0, weights: none, own: own.weight, n_readings: 0, is_open: false };
                if !query.is_open(part) {
                    return of;
                }
                let n_readings = index.readings_starting(&own.text).len();
                Most {
                    strength: ABBREVIATION_STRENGTH,
                    weights: (0.0, OPEN_WEIGHT_MAX),
                    n_readings,
                    is_open: true,
                    ..of
                }
            })
            .collect();
        for near in &query.near {
            if let Some(most) = most.get_mut(usize::from(near.unit)) {
                let row = index.token(near.token);
                let (least, greatest) = weights_of(row);
                most.n_readings += row.readings.len.get() as usize;
                most.strength = most.strength.max(near.met.strength);
                most.weights = (most.weights.0.min(least), most.weights.1.max(greatest));
            }
        }
        let n_groups = most.len().min(GROUPS);
        let mut plan =
            Self { wanted, most, left: 0, left_open: 0, listed_most: vec![f32::NAN; 1 << (2 * n_groups)] };
        let mut groups: Vec<(usize, usize)> = (0..n_groups)
            .map(|group| (plan.parts_of(group).map(|part| plan.most[part].n_readings).sum(), group))
            .collect();
        groups.sort_unstable_by(|a, b| b.cmp(a));
        let mut rest: usize = groups.iter().map(|(n_readings, _)| n_readings).sum();
        for (n_readings, group) in groups {
            rest -= n_readings;
            let left = plan.left | state(group, true);
            if n_readings > FEW + rest * LOOKED_UP_COST && plan.listed_most(query, left) < 0.0 {
                plan.left = left;
            } else {
                rest += n_readings;
            }
        }
        let open = plan.most.iter().enumerate().filter(|(_, most)| most.is_open);
        let open = open.fold(0, |open, (part, _)| open | state(part, true));
        plan.left_open = plan.left & open;
        plan
    }

    fn parts_of(&self, group: usize) -> Range<usize> {
        if group + 1 < GROUPS { group..group + 1 } else { group..self.most.len() }
    }

    /// The bits that a meeting adds to its readings; nothing when its part is left aside.
    pub fn gathered(&self, query: &Query, near: &Near) -> Option<u16> {
        let state = state_of(query, near);
        (state == ALL || self.left & state == 0).then_some(state)
    }

    /// The parts of a letter or two whose readings are gathered.
    pub fn open_to_gather(&self) -> impl Iterator<Item = usize> {
        let is_left = |part: usize| self.left & state(part, true) != 0;
        self.most
            .iter()
            .enumerate()
            .filter(move |(part, most)| most.is_open && !is_left(*part))
            .map(|(part, _)| part)
    }

    /// The state of a reading with the parts that were left aside.
    pub fn with_left(&self, rows: Rows<'_>, query: &Query, reading: u32, state: u16, slots: &[u32]) -> u16 {
        if self.left == 0 || state == ALL {
            return state;
        }
        let mut all = state | self.left_open;
        for part in rows.parts_of_reading(reading) {
            for near in meetings(query, slots, part.token.get()) {
                all |= state_of(query, near);
            }
        }
        all
    }

    /// The greatest weight that all listed parts of a reading in this state may have together, if it is to reach what is
    /// wanted; below 0 when none does.
    pub fn listed_at_most(&mut self, query: &Query, state: u16) -> f32 {
        if state == ALL {
            return f32::INFINITY;
        }
        if let Some(known) = self.listed_most.get(usize::from(state)).filter(|most| !most.is_nan()) {
            return *known;
        }
        let most = self.listed_most(query, state) + ROUNDING;
        if let Some(known) = self.listed_most.get_mut(usize::from(state)) {
            *known = most;
        }
        most
    }

    /// What the meetings of a state are worth at best, over what listed weight costs (see `bound.rs`).
    fn listed_most(&self, query: &Query, met: u16) -> f32 {
        let strength = |part: usize| match met >> (2 * part.min(GROUPS - 1)) & 0b11 {
            0 => 0.0,
            // Bits that parts share say nothing of each.
            0b01 if part + 1 < GROUPS => self.most[part].strength.min(STRONG),
            _ => self.most[part].strength,
        };
        let most = self.most.iter().enumerate();
        let met: f32 = most.clone().map(|(part, most)| strength(part) * most.weights.1).sum();
        let costs = Costs::of(query, met);
        let mut worth = 0.0;
        for (part, most) in most {
            worth -= self.wanted * costs.own * most.own;
            let strength = strength(part);
            if strength > 0.0 {
                let (least, greatest) = most.weights;
                let over = strength - self.wanted + self.wanted * costs.listed;
                let meeting = (over * least).max(over * greatest) + self.wanted * costs.own * most.own;
                worth += meeting.max(0.0);
            }
        }
        if met <= 0.0 {
            return -1.0;
        }
        worth / (self.wanted * costs.listed).max(f32::MIN_POSITIVE)
    }
}

/// The most that a part weighs.
pub(super) const OPEN_WEIGHT_MAX: f32 = 1.2;

fn weights_of(row: &TokenRow) -> (f32, f32) {
    (f32::from(row.weight_min.get()) / 10_000.0, f32::from(row.weight_max.get()) / 10_000.0)
}
