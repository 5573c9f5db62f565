//! Known customers after a change of the lists: whose answer can be another now?
//!
//! An answer depends on the customer, on the parties that are like it, and on how rare the parts of names are among all parties. So
//! after a change these customers are screened again, and only these:
//!
//! - those that are like a party that is new or changed, or has a part of a name that is spelt in new ways or of which the rarity
//!   jumped: these parties are looked up in an index of the customers (`rescreen/lookup.rs`);
//! - those that have a part that weighs much more or less than before, because it is like one of which the rarity jumped or is a new
//!   spelling;
//! - those that came near the threshold before ([`MARGIN`]) with a party of which a part became a little rarer or more frequent,
//!   or that have such a part themselves: a score moves less than the margin then;
//! - those that had a hit on a party that changed or is gone.
//!
//! The last two are among the answers that the caller keeps. All others keep the answer that they have.
//! `docs/rescreening.md` tells why, and what it costs.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use interdict_core::list::ListVersion;
use interdict_core::score::{Points, Threshold};
use interdict_core::subject::Subject;

use crate::index::{BuildError, CUT_OFF, EntityRef, Index, OpenError, build_subjects};
use crate::names::{Bearer, Part, PartKind, Reading, Via};
use crate::query::{ABBREVIATION_STRENGTH, CUT_OFF_MIN, Query};

mod change;
mod facts;
mod lookup;

pub use change::Change;

use change::SHIFT_MAX;
use facts::Facts;
use lookup::Lookup;

/// Customers, ready for listed parties to be looked up among them.
#[derive(Debug)]
pub struct Customers {
    index: Index,
}

/// How far below its threshold a score must have been for a little change of rarities not to lift it to the threshold. A rarity
/// that moves by 0.15 moves the weight of a part by as much, and how well it is known as a name by 0.4: a score by less than this.
pub const MARGIN: Points = Points(1_500);

impl Customers {
    /// The bytes of an index of customers, each with its number; `version` names the file that they are of. The parts of their
    /// names weigh what they do on `lists`.
    ///
    /// # Errors
    /// When there are too many of them.
    pub fn build(
        version: &ListVersion,
        subjects: &[(u32, &Subject)],
        lists: &Index,
    ) -> Result<Vec<u8>, BuildError> {
        build_subjects(version, subjects, lists)
    }

    /// Opens such an index.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Ok(Self { index: Index::open(path)? })
    }

    /// The same from bytes.
    ///
    /// # Errors
    /// As [`Index::from_bytes`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, OpenError> {
        Ok(Self { index: Index::from_bytes(bytes)? })
    }

    /// The numbers of the customers who are like a party that changed, that is spelt in new ways or whose parts jumped, or who have a
    /// part that weighs otherwise now. `old` and `new` are the indexes of the lists before and after the change, `threshold` is
    /// the customers' own.
    pub fn like_changed(
        &self,
        change: &Change,
        (old, new): (&Index, &Index),
        threshold: Threshold,
    ) -> BTreeSet<u32> {
        let ids: Vec<&String> = change.parties.union(&change.moved).collect();
        let parties: Vec<EntityRef<'_>> = ids.iter().flat_map(|id| new.entities_with_id(id)).collect();
        let identifiers = new.identifiers_of(&parties.iter().map(|party| party.number()).collect());
        let mut rows = BTreeSet::new();
        if !parties.is_empty() {
            let lookup = Lookup {
                customers: &self.index,
                facts: &Facts::of(&self.index),
                lists: new,
                new_spellings: &change.new_spellings,
                start_min: if self.cut_off().next().is_some() { ABBREVIATION_STRENGTH } else { 0.0 },
                threshold,
            };
            let like = |party: &EntityRef<'_>| {
                lookup.rows_like(*party, identifiers.get(&party.number()).cloned().unwrap_or_default())
            };
            rows = parties.par_iter().map(like).reduce(BTreeSet::new, union);
            rows.extend(self.cut_off_as(&parties, new));
        }
        let moved = self.tokens_like([&change.moved_parts]);
        rows.extend(self.rows_with(
            moved.into_iter().filter(|token| weighs_otherwise(self.index.token_text(*token), old, new)),
        ));
        self.numbers(rows)
    }

    /// Of customers by their numbers those that have a part like one that became a little rarer or more frequent.
    pub fn with_shifted_parts(&self, change: &Change, among: impl IntoIterator<Item = u32>) -> BTreeSet<u32> {
        let tokens = self.tokens_like([&change.shifted_parts, &change.moved_parts]);
        let has_part = |number: &u32| {
            let rows = self.index.entities_with_id(&number.to_string());
            let readings = rows.iter().flat_map(|row| self.index.readings_of_entity(row.number()));
            let mut parts = readings.flat_map(|reading| self.index.parts_of_reading(reading));
            parts.any(|part| tokens.contains(&part.token.get()))
        };
        among.into_iter().filter(has_part).collect()
    }

    fn numbers(&self, rows: BTreeSet<u32>) -> BTreeSet<u32> {
        rows.into_iter().filter_map(|row| self.index.entity(row).id().parse().ok()).collect()
    }

    /// The customers who have a word with a dot behind it that may be the start of a longer one.
    fn cut_off(&self) -> impl Iterator<Item = u32> {
        let is_marked = |customer: &EntityRef<'_>| customer.programs().any(|mark| mark == CUT_OFF);
        self.index.entities().filter(is_marked).map(EntityRef::number)
    }

    /// Of these the rows of those who have a part that is a part of one of these parties, or the start of one.
    fn cut_off_as(&self, parties: &[EntityRef<'_>], lists: &Index) -> Vec<u32> {
        let readings = parties.iter().flat_map(|party| lists.readings_of_entity(party.number()));
        let parts = readings.flat_map(|reading| lists.reading(reading).parts());
        let starts: BTreeSet<&str> = parts
            .flat_map(|part| (CUT_OFF_MIN..=part.text.len()).filter_map(|len| part.text.get(..len)))
            .collect();
        let has_start = |row: &u32| {
            let readings = self.index.readings_of_entity(*row);
            let mut parts = readings.flat_map(|reading| self.index.reading(reading).parts());
            parts.any(|part| starts.contains(part.text))
        };
        self.cut_off().filter(has_start).collect()
    }

    /// The rows of the customers that have one of these tokens.
    fn rows_with(&self, tokens: impl Iterator<Item = u32>) -> BTreeSet<u32> {
        let readings = tokens.flat_map(|token| self.index.readings_of(self.index.token(token)));
        readings.map(|reading| self.index.entity_of_reading(reading.get())).collect()
    }

    /// The tokens of the customers that are like one of these parts.
    fn tokens_like<const N: usize>(&self, parts: [&BTreeSet<String>; N]) -> BTreeSet<u32> {
        let parts: Vec<&String> = parts.into_iter().flatten().collect();
        let like = |part: &&String| -> BTreeSet<u32> {
            let queries = [Via::Written, Via::Hebrew]
                .map(|via| Query::new(&self.index, &alone(part, via, Cut::No), Bearer::Unknown));
            let near = queries.iter().flat_map(|query| &query.near);
            near.filter(|near| near.met.strength >= LIKE).map(|near| near.token).collect()
        };
        parts.par_iter().map(like).reduce(BTreeSet::new, union)
    }
}

/// From this likeness on one part may be taken for another when its weight is told (`query.rs`: 0.75), with room for what the two
/// directions of comparing differ by.
const LIKE: f32 = 0.70;

/// Whether a dot stands behind a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    No,
    Yes,
}

/// A name of one word.
fn alone(text: &str, via: Via, cut: Cut) -> Reading {
    let part = Part { text: text.to_owned(), kind: PartKind::Word, is_cut: cut == Cut::Yes, written: None };
    Reading { via, parts: vec![part] }
}

/// Whether a part of a customer's name weighs more or less than before, or is better or less well known as a name, by more than a
/// shift. What a part weighs is told by the part of the lists that it is the most like: that of its own text, if the lists have it.
fn weighs_otherwise(text: &str, old: &Index, new: &Index) -> bool {
    let weight_max = f32::from(SHIFT_MAX) / 10_000.0;
    [Via::Written, Via::Hebrew].into_iter().any(|via| {
        [Bearer::Person, Bearer::Organization].into_iter().any(|bearer| {
            [Cut::No, Cut::Yes].into_iter().any(|cut| {
                let reading = alone(text, via, cut);
                let [was, is] = [old, new].map(|lists| Query::new(lists, &reading, bearer).first_counts());
                (was.0 - is.0).abs() > weight_max || (was.1 - is.1).abs() > KNOWN_SHIFT_MAX
            })
        })
    })
}

/// How much better known a name becomes when its rarity moves by the most that is a shift (`query/known.rs`).
const KNOWN_SHIFT_MAX: f32 = 0.375;

fn union(mut a: BTreeSet<u32>, mut b: BTreeSet<u32>) -> BTreeSet<u32> {
    if a.len() < b.len() {
        std::mem::swap(&mut a, &mut b);
    }
    a.extend(b);
    a
}
