//! Which parties of an index have a name like the subject's, and which of their names is the most like it?

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use interdict_core::explanation::Explanation;
use interdict_core::score::Points;

use crate::candidates::{Scratch, Wanted, candidates};
use crate::compare::Comparer;
use crate::index::{Index, NameQuality};
use crate::names::{Analysis, Bearer};
use crate::query::Query;
use crate::score::name::Balance;

/// How the names to compare are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// By the keys of the index.
    ByKeys,
    /// By looking at every one.
    OneByOne,
}

/// The names of a subject, looked up in an index.
pub(crate) struct Matching<'a, 's> {
    pub index: &'a Index,
    /// The names that can be compared.
    pub names: Vec<(&'s str, Analysis)>,
    /// A query for every reading, with the name that it is of.
    queries: Vec<(usize, Query)>,
}

/// A name of the subject that meets a name of a party.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NameMatch {
    query: usize,
    reading: u32,
    /// How alike they are.
    pub points: Points,
    /// How the list gives the party's name.
    pub quality: NameQuality,
}

impl NameMatch {
    /// Of equal points the primary name goes before aliases, then the first.
    fn is_better_than(&self, other: &Self) -> bool {
        (self.points, Reverse(self.quality)) > (other.points, Reverse(other.quality))
    }
}

/// A name of generic words ("Ltd", "A") is only that of a party called just so.
const GENERIC_NAME_MIN: Points = Points(9_500);

fn share(points: Points) -> f32 {
    f32::from(i16::try_from(points.0).unwrap_or(i16::MAX)) / 10_000.0
}

thread_local! {
    /// Memory of a thread for its searches; it carries nothing from one to the next.
    static MEMORY: RefCell<(Scratch, Comparer, Vec<u32>)> = RefCell::default();
}

impl<'a, 's> Matching<'a, 's> {
    /// Looks the names up.
    pub fn of(index: &'a Index, names: Vec<(&'s str, Analysis)>, bearer: Bearer) -> Self {
        let readings = names
            .iter()
            .enumerate()
            .flat_map(|(idx, (_, analysis))| analysis.readings.iter().map(move |reading| (idx, reading)));
        let queries = readings.map(|(idx, reading)| (idx, Query::new(index, reading, bearer))).collect();
        Self { index, names, queries }
    }

    /// Lets the parts of the names weigh what they do on other lists than those that are searched.
    pub fn weigh_as_on(&mut self, lists: &Index) {
        for (_, query) in &mut self.queries {
            query.weigh_as_on(lists);
        }
    }

    /// Lets the names meet as those of the lists do when they are not what is looked up; see [`Query::meet_as_listed`].
    pub fn meet_as_listed(&mut self, lists: &Index, start_min: f32) {
        for (_, query) in &mut self.queries {
            query.meet_as_listed(self.index, lists, start_min);
        }
    }

    /// The best name of each party that can reach the share `wanted`, and of those in `always`.
    pub fn best(
        &self,
        way: Way,
        wanted: f32,
        always: &BTreeSet<u32>,
        is_wanted: &dyn Fn(u32) -> bool,
    ) -> BTreeMap<u32, NameMatch> {
        let mut best = BTreeMap::new();
        MEMORY.with_borrow_mut(|(scratch, comparer, found)| {
            for (number, (name, query)) in self.queries.iter().enumerate() {
                let is_generic = self.names[*name].1.is_generic;
                let mut take = |reading: u32, points: Points| {
                    let entity = self.index.entity_of_reading(reading);
                    let tells = !is_generic || points >= GENERIC_NAME_MIN || always.contains(&entity);
                    if tells && is_wanted(entity) {
                        self.take(&mut best, entity, number, reading, points);
                    }
                };
                match way {
                    Way::ByKeys => {
                        // A generic name is only looked for among those called just so.
                        let wanted = if is_generic { wanted.max(share(GENERIC_NAME_MIN)) } else { wanted };
                        scratch.mark(self.index, query);
                        let wanted = Wanted { least: wanted, of_reading: |_| wanted };
                        candidates(self.index, query, &wanted, scratch, found);
                        for &reading in found.iter() {
                            take(reading, comparer.by_marks(self.index, query, reading, &scratch.slots));
                        }
                        scratch.unmark(query);
                    }
                    Way::OneByOne => {
                        for reading in (0_u32..).take(self.index.reading_rows().len()) {
                            take(reading, comparer.directly(self.index, query, reading));
                        }
                    }
                }
                for reading in always.iter().flat_map(|&entity| self.index.readings_of_entity(entity)) {
                    take(reading, comparer.directly(self.index, query, reading));
                }
            }
        });
        best
    }

    /// The best name of each party of which one can reach the share that is wanted of it.
    pub fn best_of_wanted(&self, wanted: &Wanted<impl Fn(u32) -> f32>) -> BTreeMap<u32, NameMatch> {
        self.best_found(|query, scratch, found| candidates(self.index, query, wanted, scratch, found))
    }

    /// The same among the names that meet several parts written together.
    pub fn best_by_runs(&self, wanted: &Wanted<impl Fn(u32) -> f32>) -> BTreeMap<u32, NameMatch> {
        self.best_found(|query, _, found| {
            found.clear();
            let is_run = |unit: u16| query.units.get(usize::from(unit)).is_some_and(|unit| unit.len > 1);
            for near in query.near.iter().filter(|near| is_run(near.unit)) {
                let readings = self.index.readings_of(self.index.token(near.token));
                found.extend(readings.iter().map(|reading| reading.get()));
            }
            found.extend(query.near_runs.iter().filter(|near| is_run(near.unit)).map(|near| near.reading));
            found.sort_unstable();
            found.dedup();
            found.retain(|reading| (wanted.of_reading)(*reading) <= 1.0);
        })
    }

    /// The best name of each party among the readings that `find` finds for each query.
    fn best_found(&self, find: impl Fn(&Query, &mut Scratch, &mut Vec<u32>)) -> BTreeMap<u32, NameMatch> {
        let mut best = BTreeMap::new();
        MEMORY.with_borrow_mut(|(scratch, comparer, found)| {
            for (number, (_, query)) in self.queries.iter().enumerate() {
                scratch.mark(self.index, query);
                find(query, scratch, found);
                for &reading in found.iter() {
                    let points = comparer.by_marks(self.index, query, reading, &scratch.slots);
                    self.take(&mut best, self.index.entity_of_reading(reading), number, reading, points);
                }
                scratch.unmark(query);
            }
        });
        best
    }

    /// The best name of one party.
    pub fn best_of(&self, entity: u32) -> Option<NameMatch> {
        let mut best = BTreeMap::new();
        let mut comparer = Comparer::default();
        for (number, (_, query)) in self.queries.iter().enumerate() {
            for reading in self.index.readings_of_entity(entity) {
                let points = comparer.directly(self.index, query, reading);
                self.take(&mut best, entity, number, reading, points);
            }
        }
        best.remove(&entity)
    }

    fn take(
        &self,
        best: &mut BTreeMap<u32, NameMatch>,
        entity: u32,
        query: usize,
        reading: u32,
        points: Points,
    ) {
        if best.get(&entity).is_some_and(|known| known.points > points) {
            return;
        }
        let quality = self.index.reading(reading).name().quality();
        let matched = NameMatch { query, reading, points, quality };
        if best.get(&entity).is_none_or(|known| matched.is_better_than(known)) {
            best.insert(entity, matched);
        }
    }

    /// How alike each name of the subject is to the name of a party that is the most like it.
    pub fn points_by_name(&self, entity: u32) -> Vec<Points> {
        let mut points = vec![Points(0); self.names.len()];
        let mut comparer = Comparer::default();
        for (name, query) in &self.queries {
            for reading in self.index.readings_of_entity(entity) {
                let found = comparer.directly(self.index, query, reading);
                if let Some(best) = points.get_mut(*name) {
                    *best = found.max(*best);
                }
            }
        }
        points
    }

    /// The text of the subject's name and that of the party's that met.
    pub fn texts(&self, matched: &NameMatch) -> (&'s str, &'a str) {
        let (name, _) = &self.queries[matched.query];
        (self.names[*name].0, self.index.reading(matched.reading).name().text())
    }

    /// What the parts of the two names weigh, met and not.
    pub fn balance(&self, matched: &NameMatch) -> Balance {
        let mut comparer = Comparer::default();
        comparer.directly(self.index, &self.queries[matched.query].1, matched.reading);
        comparer.comparison.balance
    }

    /// Why the names are as alike as they are.
    pub fn explain(&self, matched: &NameMatch) -> Explanation {
        let (name, query) = &self.queries[matched.query];
        let reading = self.index.reading(matched.reading);
        let mut comparer = Comparer::default();
        comparer.directly(self.index, query, matched.reading);
        let explanation = comparer.comparison.explain(query, reading, &comparer.listed);
        Explanation { rule: matched.quality.name(), ..explanation }
            .between(self.names[*name].0, reading.name().text())
    }
}
