//! Which readings of list names can reach a score with a reading of a subject's name? None that can is left out.
//!
//! Every meeting adds the most that it can count for to the readings that have it. What a reading has gathered so, against
//! what must be missing then, bounds its score from above; readings below the wanted score are not looked at again.

use crate::index::Index;
use crate::index::format::{PartRow, TokenRow};
use crate::query::{ABBREVIATION_STRENGTH, NearRun, Query};
use crate::score::name::Balance;

/// What a reading has gathered; nothing between searches.
#[derive(Debug, Clone, Copy, Default)]
struct Gathered {
    /// The weight of parts that have met.
    weight: f32,
    /// The same times the strength of the meetings.
    met: f32,
    /// Which of the subject's parts have met.
    parts: u32,
}

/// Memory that is used again from one search to the next.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    gathered: Vec<Gathered>,
    touched: Vec<u32>,
    /// For each token, where its meetings start in `Query::near`, plus 1; 0 between searches.
    pub slots: Vec<u32>,
}

impl Scratch {
    fn fit(&mut self, index: &Index) {
        let (n_readings, n_tokens) = (index.reading_rows().len(), index.token_rows().len());
        if self.gathered.len() != n_readings || self.slots.len() != n_tokens {
            self.gathered = vec![Gathered::default(); n_readings];
            self.slots = vec![0; n_tokens];
        }
    }

    /// Marks the tokens that a query meets.
    pub fn mark(&mut self, index: &Index, query: &Query) {
        self.fit(index);
        for (idx, near) in (1_u32..).zip(&query.near) {
            if let Some(slot) = self.slots.get_mut(near.token as usize)
                && *slot == 0
            {
                *slot = idx; // the first of the token's meetings
            }
        }
    }

    /// Takes the marks away again.
    pub fn unmark(&mut self, query: &Query) {
        for near in &query.near {
            if let Some(slot) = self.slots.get_mut(near.token as usize) {
                *slot = 0;
            }
        }
    }
}

/// The readings that can reach a share of `wanted` with the query, in the order of the index.
pub(crate) fn candidates(
    index: &Index,
    query: &Query,
    wanted: f32,
    scratch: &mut Scratch,
    found: &mut Vec<u32>,
) {
    found.clear();
    scratch.fit(index);
    let Scratch { gathered, touched, .. } = scratch;
    let mut gather = |reading: u32, weight: f32, strength: f32, parts: u32| {
        let Some(sum) = gathered.get_mut(reading as usize) else { return };
        if sum.parts == 0 {
            touched.push(reading);
        }
        sum.weight += weight;
        sum.met += weight * strength;
        sum.parts |= parts;
    };
    let weight_of = |row: &TokenRow| f32::from(row.weight_max.get()) / 10_000.0;
    for near in &query.near {
        let unit = &query.units[usize::from(near.unit)];
        let row = index.token(near.token);
        let (weight, parts) = (weight_of(row), mask(unit.start, unit.len));
        for reading in index.readings_of(row) {
            gather(reading.get(), weight, near.met.strength, parts);
        }
    }
    let readings = index.reading_rows();
    for near in &query.near_runs {
        let unit = &query.units[usize::from(near.unit)];
        let run = near_run_parts(index, near);
        let weight = run.map(|part| weight_of(index.token(part.token.get()))).sum();
        gather(near.reading, weight, near.met.strength, mask(unit.start, unit.len));
    }
    // A letter or two of the subject may meet any word that starts so; which ones is seen when names are compared.
    let open = (0..query.parts.len()).filter(|&part| query.is_open(part));
    let (open_parts, n_open) = open.fold((0, 0.0), |(parts, n), part| (parts | mask(part, 1), n + 1.0_f32));
    for &reading in touched.iter() {
        let sum = std::mem::take(&mut gathered[reading as usize]);
        let met_parts = sum.parts | open_parts;
        let own = query.parts.iter().enumerate().filter(|(idx, _)| met_parts & mask(*idx, 1) == 0);
        let listed = readings.get(reading as usize).map_or(0.0, |row| row.weight.get() as f32 / 10_000.0);
        let met = sum.met + n_open * ABBREVIATION_STRENGTH;
        let most = Balance {
            weight: met,
            met,
            own: own.map(|(_, part)| part.weight).sum(),
            listed: (listed - sum.weight - n_open).max(0.0),
            listed_names: 0.0,
            is_by_syllables: query.is_by_syllables(),
        };
        if most.share() + ROUNDING >= wanted {
            found.push(reading);
        }
    }
    touched.clear();
    // Letters alone can lift a reading that has met nothing else: then every one is looked at.
    let met = n_open * ABBREVIATION_STRENGTH;
    let rest = query.parts.iter().enumerate().filter(|(idx, _)| open_parts & mask(*idx, 1) == 0);
    let untouched = Balance {
        weight: met,
        met,
        own: rest.map(|(_, part)| part.weight).sum(),
        listed: 0.0,
        listed_names: 0.0,
        is_by_syllables: query.is_by_syllables(),
    };
    if n_open > 0.0 && untouched.share() + ROUNDING >= wanted {
        found.clear();
        found.extend((0_u32..).take(readings.len()));
    }
    found.sort_unstable();
}

/// The parts of a run of a listed name.
fn near_run_parts<'a>(index: &'a Index, near: &NearRun) -> impl Iterator<Item = &'a PartRow> {
    let parts = index.parts_of_reading(near.reading);
    parts.iter().cycle().skip(usize::from(near.start)).take(usize::from(near.len))
}

/// What sums of small numbers may be off.
const ROUNDING: f32 = 0.001;

/// The bits of parts; all parts beyond the 31st share one.
fn mask(start: usize, len: usize) -> u32 {
    (start..start + len).fold(0, |mask, idx| mask | 1 << idx.min(31))
}
