//! Known customers after a change of the lists: whose answer can be another now?
//!
//! An answer depends on the customer, on the parties that are like it, and on how rare the parts of names are among all parties. So
//! after a change these customers are screened again, and only these:
//!
//! - those that are like a party that is new, changed, or has a part of a name that became rarer or more frequent: listed parties
//!   are looked up in an index of the customers, where all parts count alike, at a threshold below the customers' own;
//! - those that have a part like one of which the rarity changed, since it decides how much the part counts where it meets nothing;
//! - those that had a hit on a party that changed or is gone, which the caller knows.
//!
//! All others keep the answer that they have. `docs/rescreening.md` tells why, and what it costs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use interdict_core::list::ListVersion;
use interdict_core::model;
use interdict_core::score::{Points, Threshold};
use interdict_core::subject::Subject;

use crate::index::{BuildError, EntityRef, Index, OpenError, build_subjects};
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
    /// Ids of parties of the new index whose scores may be other although they are the same: parts of their names became rarer or
    /// more frequent.
    pub reweighed: BTreeSet<String>,
    /// Parts of names that came, went, or became rarer or more frequent.
    pub parts: BTreeSet<String>,
}

impl Customers {
    /// The bytes of an index of customers, each with its number; `version` names the file that they are of.
    ///
    /// # Errors
    /// When there are too many of them.
    pub fn build(version: &ListVersion, subjects: &[(u32, &Subject)]) -> Result<Vec<u8>, BuildError> {
        build_subjects(version, subjects)
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

    /// The numbers of the customers whose answer can be another after a change, but for those that had a hit on a party of
    /// `change.parties`. `new` is the index of the lists after the change, `threshold` the customers' own.
    pub fn affected(&self, change: &Change, new: &Index, threshold: Threshold) -> BTreeSet<u32> {
        let lower = below(threshold);
        let ids: Vec<&String> = change.parties.union(&change.reweighed).collect();
        let parties: Vec<EntityRef<'_>> = ids.iter().flat_map(|id| new.entities_with_id(id)).collect();
        let identifiers = new.identifiers_of(&parties.iter().map(|party| party.number()).collect());
        let like = |party: &EntityRef<'_>| {
            let identifiers = identifiers.get(&party.number()).cloned().unwrap_or_default();
            parties_reaching(&self.index, &as_subject(*party, identifiers), lower)
        };
        let like_parties = parties.par_iter().map(like);
        let mut rows = like_parties.reduce(BTreeSet::new, union);
        let parts: Vec<&String> = change.parts.iter().collect();
        rows.extend(parts.par_iter().map(|part| self.with_part_like(part)).reduce(BTreeSet::new, union));
        rows.into_iter().filter_map(|row| self.index.entity(row).id().parse().ok()).collect()
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
/// listed parties. Among customers all parts count alike; on lists a frequent part may count a third of a rare one, so that a
/// customer who shares the rare one of two has a higher score there than here.
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
        let reweighed = [old, new].into_iter().flat_map(|index| with_parts(index, &parts));
        let reweighed = reweighed.filter(|id| !parties.contains(id)).collect();
        Self { parties, reweighed, parts }
    }

    /// Whether nothing is other.
    pub fn is_empty(&self) -> bool {
        self.parties.is_empty() && self.reweighed.is_empty() && self.parts.is_empty()
    }
}

/// The record of every party by list and id.
fn records(index: &Index) -> BTreeMap<(&str, &str), &[u8]> {
    index.entities().map(|party| ((party.list().id.as_str(), party.id()), party.record_json())).collect()
}

/// What is known of the tokens of one text: rarity, weights, the forms that meet.
type Known<'a> = Vec<(u16, u16, u16, Vec<&'a str>)>;

fn changed_parts(old: &Index, new: &Index) -> BTreeSet<String> {
    let (before, after) = (tokens(old), tokens(new));
    let mut changed: BTreeSet<String> = after
        .iter()
        .filter(|(text, known)| before.get(*text) != Some(known))
        .map(|(text, _)| (*text).to_owned())
        .collect();
    changed.extend(before.keys().filter(|text| !after.contains_key(*text)).map(|text| (*text).to_owned()));
    changed
}

fn tokens(index: &Index) -> BTreeMap<&str, Known<'_>> {
    let mut known: BTreeMap<&str, Known<'_>> = BTreeMap::new();
    for (number, row) in (0_u32..).zip(index.token_rows()) {
        let mut forms: Vec<&str> =
            index.forms_of(number).map(|form| std::str::from_utf8(form.text).unwrap_or_default()).collect();
        forms.sort_unstable();
        let text = index.token_text(number);
        known.entry(text).or_default().push((
            row.rarity.get(),
            row.weight_max.get(),
            row.weight_min.get(),
            forms,
        ));
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
