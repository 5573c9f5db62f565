//! Which readings of list names can reach a score with a reading of a subject's name? None that can is left out.
//!
//! 1. Parts of the subject's name that very many readings meet are left aside, as long as a reading that meets nothing else
//!    cannot reach the wanted score (`candidates/plan.rs`). In a large index this saves most of the work.
//! 2. For the other parts it is noted which readings meet them, and whether strongly: a few bits for each reading. What the
//!    bits allow at best is computed once for each combination; most readings end here.
//! 3. What a reading that is left can share is bounded by its own parts (`candidates/bound.rs`).

use crate::index::Index;
use crate::query::{Near, Query};

mod bound;
mod plan;

use bound::Bound;
use plan::Plan;

/// What sums of small numbers may be off.
const ROUNDING: f32 = 0.001;

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

/// The readings that can reach a share of `wanted` with the query, in the order of the index. The query must be marked.
pub(crate) fn candidates(
    index: &Index,
    query: &Query,
    wanted: f32,
    scratch: &mut Scratch,
    found: &mut Vec<u32>,
) {
    found.clear();
    let wanted = wanted - ROUNDING;
    let mut plan = Plan::of(index, query, wanted);
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
    for &reading in touched.iter() {
        let state = states.get_mut(reading as usize).map(std::mem::take).unwrap_or_default();
        // In a large index most readings end here, so nothing else of them is looked at before.
        let most = plan.listed_at_most(query, state | plan.left);
        if most < 0.0 || index.weight_of_reading(reading) > most {
            continue;
        }
        let most = plan.listed_at_most(query, plan.with_left(index, query, reading, state, slots));
        if index.weight_of_reading(reading) <= most && bound.allows(index, query, reading, slots, wanted) {
            found.push(reading);
        }
    }
    touched.clear();
    found.sort_unstable();
}
