//! Which readings of list names can reach a score with a reading of a subject's name? None that can is left out.
//!
//! 1. Parts of the subject's name that very many readings meet are left aside, as long as a reading that meets nothing else
//!    cannot reach the wanted score (`candidates/plan.rs`). In a large index this saves most of the work.
//! 2. For the other parts it is noted which readings meet them, and whether strongly: a few bits for each reading. What the
//!    bits allow at best is computed once for each combination; most readings end here.
//! 3. What a reading that is left can share is bounded by its own parts (`candidates/bound.rs`).

use crate::index::Index;
use crate::index::format::{PartRow, ReadingRow, TokenRow};
use crate::names::PartKind;
use crate::query::{Near, Query};

mod bound;
mod plan;

use bound::Bound;
use plan::Plan;

/// What sums of small numbers may be off.
const ROUNDING: f32 = 0.001;

/// The sections of an index that every reading is looked up in, each taken out once.
#[derive(Debug, Clone, Copy)]
struct Rows<'a> {
    readings: &'a [ReadingRow],
    parts: &'a [PartRow],
    tokens: &'a [TokenRow],
}

impl<'a> Rows<'a> {
    fn of(index: &'a Index) -> Self {
        Self { readings: index.reading_rows(), parts: index.part_rows(), tokens: index.token_rows() }
    }

    /// The weight of all parts of a reading together.
    fn weight_of_reading(self, reading: u32) -> f32 {
        self.readings.get(reading as usize).map_or(0.0, |row| row.weight.get() as f32 / 10_000.0)
    }

    fn parts_of_reading(self, reading: u32) -> &'a [PartRow] {
        let Some(row) = self.readings.get(reading as usize) else { return &[] };
        let start = row.parts.start.get() as usize;
        self.parts.get(start..start + row.parts.len.get() as usize).unwrap_or_default()
    }

    /// What a part weighs.
    fn weight_of(self, part: &PartRow) -> f32 {
        let rarity = self.tokens.get(part.token.get() as usize).map_or(0, |token| token.rarity.get());
        PartKind::from_code(part.kind).weight() * f32::from(rarity) / 10_000.0
    }
}

/// Memory that is used again from one search to the next.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// For each reading which parts of the subject's name it meets, see [`Plan`]; 0 between searches.
    states: Vec<u16>,
    touched: Vec<u32>,
    bound: Bound,
    /// For each token, where its meetings start in `Query::near`, plus 1; 0 between searches.
    pub slots: Vec<u32>,
}

impl Scratch {
    /// Marks the tokens that a query meets.
    pub fn mark(&mut self, index: &Index, query: &Query) {
        let (n_readings, n_tokens) = (index.reading_rows().len(), index.token_rows().len());
        if self.states.len() != n_readings || self.slots.len() != n_tokens {
            self.states = vec![0; n_readings];
            self.slots = vec![0; n_tokens];
        }
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

/// The meetings of a token of the index, by the marks of the query.
pub(crate) fn meetings<'q>(query: &'q Query, slots: &[u32], token: u32) -> impl Iterator<Item = &'q Near> {
    let slot = slots.get(token as usize).copied().unwrap_or(0) as usize;
    let from = slot.checked_sub(1).and_then(|first| query.near.get(first..)).unwrap_or_default();
    from.iter().take_while(move |near| near.token == token)
}

/// What share of the names a reading must have in common with the query.
pub(crate) struct Wanted<F> {
    /// The least that is wanted of any.
    pub least: f32,
    /// What is wanted of one, not less than the least; more than 1 of one that is not to be found at all.
    pub of_reading: F,
}

/// The readings that can reach the share wanted of them with the query, in the order of the index. The query must be marked.
pub(crate) fn candidates(
    index: &Index,
    query: &Query,
    wanted: &Wanted<impl Fn(u32) -> f32>,
    scratch: &mut Scratch,
    found: &mut Vec<u32>,
) {
    found.clear();
    let mut plan = Plan::of(index, query, wanted.least - ROUNDING);
    let Scratch { states, touched, bound, slots } = scratch;
    let mut meet = |reading: u32, state: u16| {
        let Some(known) = states.get_mut(reading as usize) else { return };
        if *known == 0 {
            touched.push(reading);
        }
        *known |= state;
    };
    for near in &query.near {
        let Some(state) = plan.gathered(query, near) else { continue };
        for reading in index.readings_of(index.token(near.token)) {
            meet(reading.get(), state);
        }
    }
    for near in &query.near_runs {
        meet(near.reading, plan::ALL);
    }
    for part in plan.open_to_gather() {
        let text = &query.parts[part].text;
        for reading in index.readings_starting(text) {
            meet(reading.get(), plan::state(part, true));
        }
    }
    bound.begin(query);
    let rows = Rows::of(index);
    for &reading in touched.iter() {
        let state = states.get_mut(reading as usize).map(std::mem::take).unwrap_or_default();
        // In a large index most readings end here, so nothing else of them is looked at before.
        let most = plan.listed_at_most(query, state | plan.left);
        if most < 0.0 {
            continue;
        }
        let wanted = (wanted.of_reading)(reading) - ROUNDING;
        if wanted > 1.0 {
            continue;
        }
        let weight = rows.weight_of_reading(reading);
        if weight > most {
            continue;
        }
        let most = plan.listed_at_most(query, plan.with_left(rows, query, reading, state, slots));
        if weight <= most && bound.allows(rows, query, reading, slots, wanted) {
            found.push(reading);
        }
    }
    touched.clear();
    found.sort_unstable();
}
