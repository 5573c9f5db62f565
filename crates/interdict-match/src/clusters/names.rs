//! Which parties of other lists have a name like one of a party's, and how telling is that name?

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};

use interdict_core::limits;
use interdict_core::score::Points;

use crate::index::{EntityRef, Index, NameQuality};
use crate::matching::{Matching, NameMatch, Way};
use crate::names::{Analysis, Bearer, analyze};

/// Names that are less alike are not looked at.
const WANTED: f32 = 0.75;
/// The same for a party without a date: below 0.90 only dates make a pair worth a look, and its rivals are 0.03 below.
const WANTED_WITHOUT_DATE: f32 = 0.87;
/// So many names of a party are looked up, the primary one first.
const NAMES_MAX: usize = 32;
/// Another party whose name is nearly as near: so many points below the best.
const RIVAL_WITHIN: Points = Points(300);
/// Two names that are as good as the same.
const AGREEING: Points = Points(9_700);
/// Rivals of pairs that are less alike do not matter: such pairs are never more than possible.
const RIVALS_FROM: Points = Points(8_000);
/// By how much the share of agreeing names must be larger to leave a rival behind.
const SHARE_AHEAD: f32 = 0.2;

/// How alike the names of two parties are.
#[derive(Debug, Clone)]
pub(super) struct Alike {
    /// The engine's score of the two names that are most alike.
    pub points: Points,
    /// What met weighs: two rare words weigh two.
    pub met: f32,
    /// What the list that was searched, or searching, calls it.
    pub a: String,
    pub b: String,
    /// Whether one of the names is an alias that its list calls weak.
    pub is_weak: bool,
    /// The share of the names of the party with fewer names that the other has, too; known where there are rivals.
    pub share: f32,
    /// How many other parties of either list are nearly as near by their names, and not left behind by the date or by the
    /// share of names that agree.
    pub rivals: usize,
}

/// The parties whose names are looked up: all but those of the largest list, which the others find. Nobody, when there is
/// one list only.
fn searching(index: &Index) -> Vec<u32> {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    let n_entities = u32::try_from(index.n_entities()).unwrap_or(u32::MAX);
    for entity in 0..n_entities {
        *sizes.entry(index.list_idx(entity)).or_default() += 1;
    }
    let largest =
        sizes.iter().max_by_key(|(list, n)| (**n, std::cmp::Reverse(**list))).map(|(list, _)| *list);
    (0..n_entities).filter(|&entity| Some(index.list_idx(entity)) != largest).collect()
}

/// All pairs of parties of different lists whose names are alike and that are not kept apart, the smaller number first.
pub(super) fn search(
    index: &Index,
    are_apart: &(dyn Fn(u32, u32) -> bool + Sync),
    have_same_day: &(dyn Fn(u32, u32) -> bool + Sync),
) -> BTreeMap<(u32, u32), Alike> {
    let found: Vec<Vec<((u32, u32), Alike)>> =
        searching(index).par_iter().map(|&entity| like(index, entity, are_apart)).collect();
    let mut alike: BTreeMap<(u32, u32), Alike> = BTreeMap::new();
    for (pair, found) in found.into_iter().flatten() {
        match alike.get(&pair) {
            Some(known) if known.points >= found.points => {}
            _ => {
                alike.insert(pair, found);
            }
        }
    }
    count_rivals(index, &mut alike, have_same_day);
    alike
}

/// The parties of other lists with a name like one of this party's.
fn like(
    index: &Index,
    entity: u32,
    are_apart: &(dyn Fn(u32, u32) -> bool + Sync),
) -> Vec<((u32, u32), Alike)> {
    let own_list = index.list_idx(entity);
    let matching = matching(index, index.entity(entity));
    let is_elsewhere = |other: u32| index.list_idx(other) != own_list;
    let has_date = index.entity(entity).dates().next().is_some();
    let wanted = if has_date { WANTED } else { WANTED_WITHOUT_DATE };
    let best = matching.best(Way::ByKeys, wanted, &BTreeSet::new(), &is_elsewhere);
    let near = best.into_iter().filter(|(other, found)| {
        f64::from(found.points.0) >= f64::from(wanted) * 10_000.0 && !are_apart(entity, *other)
    });
    let mut near: Vec<(u32, NameMatch)> = near.collect();
    near.sort_by(|a, b| b.1.points.cmp(&a.1.points).then(a.0.cmp(&b.0)));
    near.truncate(limits::NAMESAKES_PER_PARTY_MAX);
    let pair =
        |(other, found): (u32, NameMatch)| (ordered(entity, other), alike(&matching, &found, entity > other));
    near.into_iter().map(pair).collect()
}

/// How alike the names of two parties are, when they are at all.
pub(super) fn between(index: &Index, a: u32, b: u32) -> Option<Alike> {
    let matching = matching(index, index.entity(a));
    matching.best_of(b).map(|found| alike(&matching, &found, a > b))
}

fn ordered(a: u32, b: u32) -> (u32, u32) {
    (a.min(b), a.max(b))
}

/// The strong names of a party, looked up; its weak ones when it has no other.
fn matching<'a>(index: &'a Index, entity: EntityRef<'a>) -> Matching<'a, 'a> {
    let bearer = Bearer::of(entity.schema());
    let analyzed = |is_wanted: &dyn Fn(NameQuality) -> bool| -> Vec<(&'a str, Analysis)> {
        let names = entity.names().filter(|name| is_wanted(name.quality())).take(NAMES_MAX);
        names.filter_map(|name| Some((name.text(), analyze(name.text(), bearer).ok()?))).collect()
    };
    let strong = analyzed(&|quality| quality != NameQuality::Weak);
    let names = if strong.is_empty() { analyzed(&|_| true) } else { strong };
    Matching::of(index, names, bearer)
}

fn alike(matching: &Matching<'_, '_>, found: &NameMatch, is_turned: bool) -> Alike {
    let (own, theirs) = matching.texts(found);
    let (a, b) = if is_turned { (theirs, own) } else { (own, theirs) };
    Alike {
        points: found.points,
        met: matching.balance(found).met,
        a: a.to_owned(),
        b: b.to_owned(),
        is_weak: found.quality == NameQuality::Weak,
        share: 0.0,
        rivals: 0,
    }
}

/// A pair as its rivals see it.
#[derive(Clone, Copy)]
struct Rank {
    pair: (u32, u32),
    points: Points,
    has_same_day: bool,
    share: f32,
}

impl Rank {
    /// Whether the other is so near that nobody can tell which of the two is right.
    fn is_rivaled_by(&self, other: &Self) -> bool {
        self.pair != other.pair
            && other.points >= self.points - RIVAL_WITHIN
            && (!self.has_same_day || other.has_same_day)
            && self.share < other.share + SHARE_AHEAD
    }
}

/// Counts for each pair the rivals of either side.
fn count_rivals(
    index: &Index,
    alike: &mut BTreeMap<(u32, u32), Alike>,
    have_same_day: &(dyn Fn(u32, u32) -> bool + Sync),
) {
    // Names are counted only where two are near enough to be rivals: of most pairs there is one.
    let near = by_party(index, alike, have_same_day);
    let mut rivaled: BTreeSet<(u32, u32)> = BTreeSet::new();
    for ranks in near.values().filter(|ranks| ranks.len() > 1) {
        for rank in ranks.iter().filter(|rank| rank.points >= RIVALS_FROM) {
            let rivals: Vec<&Rank> = ranks.iter().filter(|other| rank.is_rivaled_by(other)).collect();
            rivaled.extend(rivals.iter().map(|rival| rival.pair));
            rivaled.extend((!rivals.is_empty()).then_some(rank.pair));
        }
    }
    let rivaled: Vec<(&(u32, u32), &mut Alike)> =
        alike.iter_mut().filter(|(pair, _)| rivaled.contains(*pair)).collect();
    rivaled.into_par_iter().for_each(|(&(a, b), pair)| pair.share = share(index, a, b));
    let near = by_party(index, alike, have_same_day);
    for (&(a, b), pair) in alike.iter_mut() {
        let rank =
            Rank { pair: (a, b), points: pair.points, has_same_day: have_same_day(a, b), share: pair.share };
        let rivals = |key: (u32, usize)| {
            near.get(&key).map_or(0, |others| others.iter().filter(|other| rank.is_rivaled_by(other)).count())
        };
        pair.rivals = rivals((a, index.list_idx(b))) + rivals((b, index.list_idx(a)));
    }
}

/// For each party and other list, the pairs that it makes with parties of that list.
fn by_party(
    index: &Index,
    alike: &BTreeMap<(u32, u32), Alike>,
    have_same_day: &(dyn Fn(u32, u32) -> bool + Sync),
) -> BTreeMap<(u32, usize), Vec<Rank>> {
    let mut near: BTreeMap<(u32, usize), Vec<Rank>> = BTreeMap::new();
    for (&(a, b), pair) in alike {
        let rank =
            Rank { pair: (a, b), points: pair.points, has_same_day: have_same_day(a, b), share: pair.share };
        near.entry((a, index.list_idx(b))).or_default().push(rank);
        near.entry((b, index.list_idx(a))).or_default().push(rank);
    }
    near
}

/// The share of names that agree, of the party that has fewer.
fn share(index: &Index, a: u32, b: u32) -> f32 {
    let n_names = |entity: u32| index.entity(entity).names().take(NAMES_MAX).count();
    let (fewer, more) = if n_names(a) <= n_names(b) { (a, b) } else { (b, a) };
    let matching = matching(index, index.entity(fewer));
    let points = matching.points_by_name(more);
    let n_agreeing = points.iter().filter(|points| **points >= AGREEING).count();
    let count = |n: usize| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
    count(n_agreeing) / count(points.len().max(1))
}
