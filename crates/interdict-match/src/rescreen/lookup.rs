//! Which customers are like a listed party? The party is looked up in the index of the customers as a customer is in the lists.
//!
//! The two directions do not give quite the same: what only one of two names has does not take away the same in both. So a name
//! that is looked up this way needs only to reach [`RATIO`] of what is needed the other way. What dates, countries, addresses
//! and identifiers add or take away is the same in both directions, and counts in full.

use std::collections::{BTreeMap, BTreeSet};

use interdict_core::limits;
use interdict_core::model;
use interdict_core::score::{Points, Score, Threshold};
use interdict_core::subject::Subject;

use crate::candidates::Wanted;
use crate::index::{EntityRef, Index};
use crate::matching::{Matching, NameMatch};
use crate::names::{Analysis, Bearer, Part, Reading};
use crate::score::evidence;
use crate::screen::{analyzed, shared_identifiers};

use super::facts::{Facts, Needed};

/// What looking up a party among customers finds of a name, of what looking up the customer among the parties does; found by comparing
/// with full rescreenings, see `docs/rescreening.md`.
const RATIO: f32 = 0.70;
const RATIO_PERCENT: i32 = 70;

/// The most ways to spell one name that are looked up.
const SPELLINGS_MAX: usize = 32;

/// Looks parties up among customers.
pub(super) struct Lookup<'a> {
    pub customers: &'a Index,
    pub facts: &'a Facts<'a>,
    /// The lists, on which the parts of names weigh what they do.
    pub lists: &'a Index,
    /// New ways to spell parts of the lists' names.
    pub new_spellings: &'a BTreeMap<String, BTreeSet<String>>,
    /// What the start of a word that a customer has counts for at least.
    pub start_min: f32,
    /// The threshold of the customers.
    pub threshold: Threshold,
}

impl Lookup<'_> {
    /// The rows of the customers who are like a party.
    pub fn rows_like(&self, party: EntityRef<'_>, identifiers: Vec<String>) -> BTreeSet<u32> {
        let subject = as_subject(party, identifiers);
        let shared = shared_identifiers(self.customers, &subject);
        let needed = Needed::of(self.facts, party, &subject.identifiers, self.threshold);
        let wanted = Wanted {
            least: needed.least() * RATIO,
            of_reading: |reading| needed.of_reading(reading) * RATIO,
        };
        let mut rows: BTreeSet<u32> = shared.keys().copied().collect();
        let bearer = Bearer::of(subject.schema);
        let mut take = |best: BTreeMap<u32, NameMatch>| {
            let is_like = |row: u32, points: Points| {
                let name = Points((points.0 * 100 / RATIO_PERCENT + 1).min(Points::ONE.0));
                let evidence = evidence::weigh(name, &subject, self.customers.entity(row), &[]);
                let added: Points = evidence.iter().map(|part| part.contribution).sum();
                evidence::is_enough_name(name)
                    && self.threshold.is_reached_by(Score::from_points(name + added))
            };
            rows.extend(best.iter().filter(|(row, name)| is_like(**row, name.points)).map(|(row, _)| *row));
        };
        let names = self.names(party, &subject);
        let turned = if bearer == Bearer::Person { turned(&names) } else { Vec::new() };
        let matching = |names: &[(_, Analysis)]| {
            let mut matching = Matching::of(self.customers, names.to_vec(), bearer);
            matching.meet_as_listed(self.lists, self.start_min);
            matching.weigh_as_on(self.lists);
            matching
        };
        for names in names.chunks(limits::NAMES_PER_SUBJECT_MAX) {
            take(matching(names).best_of_wanted(&wanted));
        }
        for names in turned.chunks(limits::NAMES_PER_SUBJECT_MAX) {
            take(matching(names).best_by_runs(&wanted));
        }
        rows
    }

    /// The names of a party taken apart, those that are the same once; also as they are spelt in new ways.
    fn names<'s>(&self, party: EntityRef<'_>, subject: &'s Subject) -> Vec<(&'s str, Analysis)> {
        let mut names = analyzed(subject).0;
        for reading in self.lists.readings_of_entity(party.number()) {
            let reading = self.lists.reading(reading);
            let parts: Vec<Part> = reading
                .parts()
                .map(|part| Part {
                    text: part.text.to_owned(),
                    kind: part.kind,
                    is_cut: false,
                    written: None,
                })
                .collect();
            let spelt = self.spelt_otherwise(&parts).into_iter();
            let readings: Vec<Reading> = spelt.map(|parts| Reading { via: reading.via(), parts }).collect();
            names.push(("", Analysis { readings, is_generic: false, unread_script: None }));
        }
        let mut seen: Vec<(bool, Reading)> = Vec::new();
        for (_, analysis) in &mut names {
            let is_generic = analysis.is_generic;
            analysis.readings.retain(|reading| {
                let is_new = !seen.iter().any(|(generic, known)| *generic == is_generic && known == reading);
                if is_new {
                    seen.push((is_generic, reading.clone()));
                }
                is_new
            });
        }
        names.retain(|(_, analysis)| !analysis.readings.is_empty());
        names
    }

    /// A name with the parts that are spelt in new ways, in each of these.
    fn spelt_otherwise(&self, parts: &[Part]) -> Vec<Vec<Part>> {
        let mut names = vec![parts.to_vec()];
        for (idx, part) in parts.iter().enumerate() {
            let Some(spellings) = self.new_spellings.get(&part.text) else { continue };
            let spelt = |name: &Vec<Part>, text: &String| {
                let mut name = name.clone();
                if let Some(part) = name.get_mut(idx) {
                    part.text.clone_from(text);
                }
                name
            };
            let more: Vec<Vec<Part>> =
                names.iter().flat_map(|name| spellings.iter().map(move |text| spelt(name, text))).collect();
            names.extend(more);
            names.truncate(SPELLINGS_MAX);
        }
        // The first is as it always was.
        names.split_off(1)
    }
}

/// Names with the first part, and with the first two, behind the others: a customer may have written the family name, which lists put
/// first, together with what stands before it elsewhere.
fn turned<'s>(names: &[(&'s str, Analysis)]) -> Vec<(&'s str, Analysis)> {
    let turned = |reading: &Reading| -> Vec<Reading> {
        let by = (1..=2).filter(|n| *n < reading.parts.len());
        by.map(|n| {
            let mut reading = reading.clone();
            reading.parts.rotate_left(n);
            reading
        })
        .collect()
    };
    let of_name = |(name, analysis): &(&'s str, Analysis)| {
        let readings: Vec<Reading> = analysis.readings.iter().flat_map(turned).collect();
        (!readings.is_empty()).then(|| (*name, Analysis { readings, ..analysis.clone() }))
    };
    names.iter().filter_map(of_name).collect()
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
