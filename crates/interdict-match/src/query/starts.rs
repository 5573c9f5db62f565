//! Which words of an index does a name of the lists meet that only a subject's name would look up? Spellings stand beside listed words, and only a
//! subject's words are cut off: so where a listed party is looked up among subjects, both are asked the other way round.

use crate::index::Index;
use crate::score::similarity::{Rule, Similarity};

use super::meeting::{START_STRENGTH, start_strength};
use super::{Near, Query};

/// A start counts for a little more than a letter, so that it is met as a start where both are: a company's letters meet no words.
const MORE_THAN_LETTER: f32 = START_STRENGTH + 0.001;

impl Query {
    /// Lets every part meet the words that are its start, as far as the index has them, as if each of them were cut off, for
    /// `strength_min` at least; and those that are a spelling of it on the lists.
    pub fn meet_as_listed(&mut self, index: &Index, lists: &Index, strength_min: f32) {
        let mut met: Vec<Near> = Vec::new();
        for (number, unit) in (0_u16..).zip(&self.units).filter(|(_, unit)| unit.len == 1) {
            let mut meet = |text: &str, strength: f32, rule: Rule| {
                let near = |token| Near { token, unit: number, met: Similarity { strength, rule } };
                met.extend(index.tokens_of(text).into_iter().map(near));
            };
            let text = &unit.text;
            for start in (1..text.len()).filter_map(|len| text.get(..len)) {
                let strength = start_strength(start.len(), text.len()).max(MORE_THAN_LETTER);
                meet(start, strength.max(strength_min), Rule::CutOff);
            }
            for form in lists.tokens_of(text).into_iter().flat_map(|token| lists.forms_of(token)) {
                meet(std::str::from_utf8(form.text).unwrap_or_default(), 1.0, Rule::Exact);
            }
        }
        self.near.extend(met);
        self.sort_near();
    }
}
