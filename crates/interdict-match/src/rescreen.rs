//! Known customers after a change of the lists: whose answer can be another now?
//!
//! An answer depends on the customer, on the parties that are like it, and on how rare the parts of names are among all parties. So
//! after a change these customers are screened again, and only these:
//!
//! - those that are like a party that is new or changed, or has a part of a name that is spelt in new ways or of which the rarity
//!   jumped: listed parties are looked up in an index of the customers, where all parts weigh what they do on the lists, at a
//!   threshold below the customers' own; and those that have a part like one of which the rarity jumped;
//! - those that came near the threshold before ([`MARGIN`]) with a party of which a part became a little rarer or more frequent,
//!   or that have such a part themselves: a score moves less than the margin then;
//! - those that had a hit on a party that changed or is gone.
//!
//! The last two are among the answers that the caller keeps. All others keep the answer that they have.
//! `docs/rescreening.md` tells why, and what it costs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use interdict_core::list::ListVersion;
use interdict_core::model;
use interdict_core::score::{Points, Threshold};
use interdict_core::subject::Subject;

use crate::index::{BuildError, CUT_OFF, EntityRef, Index, OpenError, build_subjects};
use crate::names::{Bearer, Part, PartKind, Reading, Via};
use crate::query::Query;
use crate::screen::parties_reaching;

/// Customers, ready for listed parties to be looked up among them.
#[derive(Debug)]
pub struct Customers {
    index: Index,
}

/// What is other between two indexes of the lists.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Change {
    /// Ids of parties that are new, changed or gone.
    pub parties: BTreeSet<String>,
    /// Ids of other parties with a part in their names of which the rarity jumped, or that is spelt in new ways.
    pub moved: BTreeSet<String>,
    /// Ids of other parties with a part in their names that became a little rarer or more frequent.
    pub shifted: BTreeSet<String>,
    /// Parts of which the rarity jumped, and new spellings of parts.
    pub moved_parts: BTreeSet<String>,
    /// Parts that became a little rarer or more frequent; new ones and gone ones, since a part that no list has counts as one that
    /// is the rarest.
    pub shifted_parts: BTreeSet<String>,
}

/// How far below its threshold a score must have been for a little change of rarities not to lift it to the threshold. A rarity
/// that moves by 0.15 moves the weight of a part by as much, and how well it is known as a name by 0.4: a score by less than this.
pub const MARGIN: Points = Points(1_500);

/// The most that a rarity shifts, in ten-thousandths; more is a jump. On lists of ten thousand names a step from one power of two to
/// the next is some 500.
const SHIFT_MAX: u16 = 1_500;

/// The rarity of a part that no list has.
const RAREST: u16 = 10_000;

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

    /// The numbers of the customers who are like a party that changed or whose parts jumped, or who have a part that jumped. `new` is
    /// the index of the lists after the change, `threshold` the customers' own.
    pub fn like_changed(&self, change: &Change, new: &Index, threshold: Threshold) -> BTreeSet<u32> {
        let lower = below(threshold);
        let ids: Vec<&String> = change.parties.union(&change.moved).collect();
        let parties: Vec<EntityRef<'_>> = ids.iter().flat_map(|id| new.entities_with_id(id)).collect();
        let identifiers = new.identifiers_of(&parties.iter().map(|party| party.number()).collect());
        let like = |party: &EntityRef<'_>| {
            let identifiers = identifiers.get(&party.number()).cloned().unwrap_or_default();
            parties_reaching(&self.index, new, &as_subject(*party, identifiers), lower)
        };
        let mut rows = parties.par_iter().map(like).reduce(BTreeSet::new, union);
        rows.extend(self.rows_with(&change.moved_parts));
        if !parties.is_empty() {
            let is_cut_off = |customer: &EntityRef<'_>| customer.programs().any(|mark| mark == CUT_OFF);
            rows.extend(self.index.entities().filter(is_cut_off).map(EntityRef::number));
        }
        self.numbers(rows)
    }

    /// The numbers of the customers who have a part like one that became a little rarer or more frequent.
    pub fn with_shifted_parts(&self, change: &Change) -> BTreeSet<u32> {
        self.numbers(self.rows_with(&change.shifted_parts))
    }

    fn numbers(&self, rows: BTreeSet<u32>) -> BTreeSet<u32> {
        rows.into_iter().filter_map(|row| self.index.entity(row).id().parse().ok()).collect()
    }

    fn rows_with(&self, parts: &BTreeSet<String>) -> BTreeSet<u32> {
        let parts: Vec<&String> = parts.iter().collect();
        parts.par_iter().map(|part| self.with_part_like(part)).reduce(BTreeSet::new, union)
    }

    /// The rows of the customers that have a part like this one.
    fn with_part_like(&self, text: &str) -> BTreeSet<u32> {
        let mut rows = BTreeSet::new();
        for via in [Via::Written, Via::Hebrew] {
            let part = Part { text: text.to_owned(), kind: PartKind::Word, is_cut: false, written: None };
            let query = Query::new(&self.index, &Reading { via, parts: vec![part] }, Bearer::Unknown);
            for near in query.near.iter().filter(|near| near.met.strength >= LIKE) {
                let readings = self.index.readings_of(self.index.token(near.token));
                rows.extend(readings.iter().map(|reading| self.index.entity_of_reading(reading.get())));
            }
        }
        rows
    }
}

/// From this likeness on one part may be taken for another when its weight is told (`query.rs`: 0.75), with room for what the two
/// directions of comparing differ by.
const LIKE: f32 = 0.70;

/// The threshold at which listed parties are looked up among customers, for a threshold at which customers are looked up among
/// listed parties. What only one side has does not take away the same in both directions.
fn below(threshold: Threshold) -> Threshold {
    let points = threshold.score().points();
    Threshold::from_points(Points(points.0 * BELOW_PERCENT / 100))
}

/// Found by comparing with full rescreenings; see `docs/rescreening.md`.
const BELOW_PERCENT: i32 = 70;

fn union(mut a: BTreeSet<u32>, mut b: BTreeSet<u32>) -> BTreeSet<u32> {
    if a.len() < b.len() {
        std::mem::swap(&mut a, &mut b);
    }
    a.extend(b);
    a
}

/// A listed party as a subject, with all that the lists say of it.
fn as_subject(party: EntityRef<'_>, identifiers: Vec<String>) -> Subject {
    let country = |code: &str| Some(model::value(model::PropertyKind::Country, code)?.0);
    Subject {
        id: None,
        names: party.names().map(|name| name.text().to_owned()).collect(),
        schema: party.schema(),
        birth_dates: party.dates().collect(),
        countries: party.countries().filter_map(country).collect(),
        identifiers,
        addresses: party.addresses().map(str::to_owned).collect(),
    }
}

impl Change {
    /// What is other between two indexes of the lists.
    pub fn between(old: &Index, new: &Index) -> Self {
        let parts = changed_parts(old, new);
        let mut parties = BTreeSet::new();
        let (before, after) = (records(old), records(new));
        for (key, record) in &after {
            if before.get(key) != Some(record) {
                parties.insert(key.1.to_owned());
            }
        }
        parties.extend(before.keys().filter(|key| !after.contains_key(*key)).map(|key| key.1.to_owned()));
        let with = |parts: &BTreeSet<String>| -> BTreeSet<String> {
            let ids = [old, new].into_iter().flat_map(|index| with_parts(index, parts));
            ids.filter(|id| !parties.contains(id)).collect()
        };
        let (moved, shifted) = (with(&parts.moved), with(&parts.shifted));
        let (moved_parts, shifted_parts) = (parts.met_otherwise, parts.shifted);
        Self { parties, moved, shifted, moved_parts, shifted_parts }
    }

    /// Whether nothing is other.
    pub fn is_empty(&self) -> bool {
        let Self { parties, moved, shifted, moved_parts, shifted_parts } = self;
        [parties, moved, shifted, moved_parts, shifted_parts].iter().all(|set| set.is_empty())
    }

    /// Whether a hit, or a score that came near, on this party may be another now.
    pub fn touches(&self, party: &str) -> bool {
        [&self.parties, &self.moved, &self.shifted].iter().any(|ids| ids.contains(party))
    }
}

/// The record of every party by list and id.
fn records(index: &Index) -> BTreeMap<(&str, &str), &[u8]> {
    index.entities().map(|party| ((party.list().id.as_str(), party.id()), party.record_json())).collect()
}

/// What is known of the tokens of one text.
#[derive(PartialEq, Eq)]
struct Known<'a> {
    /// Rarity, the most and the least that a part weighs; of each token.
    weights: Vec<[u16; 3]>,
    /// The forms that meet, besides the text itself.
    forms: BTreeSet<&'a str>,
}

/// What became of the parts of names between two indexes.
#[derive(Default)]
struct Parts {
    /// Parts of which the rarity jumped, or that are spelt in new ways.
    moved: BTreeSet<String>,
    /// What customers may have that meets these otherwise than before: parts of which the rarity jumped, and the new spellings.
    met_otherwise: BTreeSet<String>,
    /// Parts that became a little rarer or more frequent.
    shifted: BTreeSet<String>,
}

fn changed_parts(old: &Index, new: &Index) -> Parts {
    let (before, after) = (tokens(old), tokens(new));
    let mut parts = Parts::default();
    let unlisted = Known { weights: Vec::new(), forms: BTreeSet::new() };
    let texts: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    for text in texts {
        let (was, is) = (before.get(text).unwrap_or(&unlisted), after.get(text).unwrap_or(&unlisted));
        if was == is {
            continue;
        }
        // The forms of a text that comes or goes are met in the parties that come or go with it.
        let is_listed = before.contains_key(text) && after.contains_key(text);
        let forms = was.forms.symmetric_difference(&is.forms).filter(|_| is_listed);
        let n_before = parts.met_otherwise.len();
        parts.met_otherwise.extend(forms.map(|form| (*form).to_owned()));
        let has_jumped = has_jumped(was, is);
        parts.met_otherwise.extend(has_jumped.then(|| text.to_owned()));
        if has_jumped || is_listed && was.forms != is.forms {
            parts.moved.insert(text.to_owned());
        }
        if parts.met_otherwise.len() == n_before || was.weights != is.weights {
            parts.shifted.insert(text.to_owned());
        }
    }
    parts
}

/// Whether a weight moved by more than a shift. What is not listed counts as the rarest.
fn has_jumped(was: &Known<'_>, is: &Known<'_>) -> bool {
    let n = was.weights.len().max(is.weights.len());
    let at = |known: &Known<'_>, idx: usize| known.weights.get(idx).copied();
    (0..n).any(|idx| match (at(was, idx), at(is, idx)) {
        (Some(was), Some(is)) => was.iter().zip(is).any(|(was, is)| was.abs_diff(is) > SHIFT_MAX),
        (one, other) => one.or(other).is_some_and(|[rarity, ..]| rarity.abs_diff(RAREST) > SHIFT_MAX),
    })
}

fn tokens(index: &Index) -> BTreeMap<&str, Known<'_>> {
    let mut known: BTreeMap<&str, Known<'_>> = BTreeMap::new();
    for (number, row) in (0_u32..).zip(index.token_rows()) {
        let text = index.token_text(number);
        let known =
            known.entry(text).or_insert_with(|| Known { weights: Vec::new(), forms: BTreeSet::new() });
        known.weights.push([row.rarity.get(), row.weight_max.get(), row.weight_min.get()]);
        let forms = index.forms_of(number).filter_map(|form| std::str::from_utf8(form.text).ok());
        known.forms.extend(forms.filter(|form| *form != text));
    }
    known
}

/// The ids of the parties that have one of these parts in a name.
fn with_parts(index: &Index, parts: &BTreeSet<String>) -> Vec<String> {
    let mut rows = BTreeSet::new();
    for (number, row) in (0_u32..).zip(index.token_rows()) {
        if parts.contains(index.token_text(number)) {
            let readings = index.readings_of(row);
            rows.extend(readings.iter().map(|reading| index.entity_of_reading(reading.get())));
        }
    }
    rows.into_iter().map(|row| index.entity(row).id().to_owned()).collect()
}
