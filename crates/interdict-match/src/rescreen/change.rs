//! What is other between two indexes of the lists: parties, how much the parts of names weigh, and how they are spelt.

use std::collections::{BTreeMap, BTreeSet};

use crate::index::Index;

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
    /// For parts that are spelt in new ways these ways.
    pub new_spellings: BTreeMap<String, BTreeSet<String>>,
}

/// The most that a rarity shifts, in ten-thousandths; more is a jump. On lists of ten thousand names a step from one power of two to
/// the next is some 500.
pub(super) const SHIFT_MAX: u16 = 1_500;

/// The rarity of a part that no list has.
const RAREST: u16 = 10_000;

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
        let Parts { met_otherwise: moved_parts, shifted: shifted_parts, new_spellings, .. } = parts;
        Self { parties, moved, shifted, moved_parts, shifted_parts, new_spellings }
    }

    /// Whether nothing is other.
    pub fn is_empty(&self) -> bool {
        let Self { parties, moved, shifted, moved_parts, shifted_parts, new_spellings } = self;
        let sets = [parties, moved, shifted, moved_parts, shifted_parts];
        sets.iter().all(|set| set.is_empty()) && new_spellings.is_empty()
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
    /// For parts that are spelt in new ways these ways.
    new_spellings: BTreeMap<String, BTreeSet<String>>,
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
        let gained = is.forms.difference(&was.forms).filter(|_| is_listed);
        let gained: BTreeSet<String> = gained.map(|form| (*form).to_owned()).collect();
        if !gained.is_empty() {
            parts.new_spellings.insert(text.to_owned(), gained);
        }
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
