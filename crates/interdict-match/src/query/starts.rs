//! Which words of an index are the start of one of a name? Only a subject's words are cut off, so where a listed party is looked up among
//! subjects this is asked the other way round.

use crate::index::Index;
use crate::score::similarity::{Rule, Similarity};

use super::meeting::{CUT_OFF_MIN, start_strength};
use super::{Near, Query};

impl Query {
    /// Lets every part meet the words that are its start, as far as the index has them, as if each of them were cut off. A start counts
    /// for `strength_min` at least.
    pub fn meet_starts(&mut self, index: &Index, strength_min: f32) {
        let mut met: Vec<Near> = Vec::new();
        for (number, unit) in (0_u16..).zip(&self.units).filter(|(_, unit)| unit.len == 1) {
            let text = &unit.text;
            for start in (CUT_OFF_MIN..text.len()).filter_map(|len| text.get(..len)) {
                let strength = start_strength(start.len(), text.len()).max(strength_min);
                let tokens = index.tokens_of(start).into_iter();
                let near =
                    |token| Near { token, unit: number, met: Similarity { strength, rule: Rule::CutOff } };
                met.extend(tokens.map(near));
            }
        }
        self.near.extend(met);
        self.sort_near();
    }
}
