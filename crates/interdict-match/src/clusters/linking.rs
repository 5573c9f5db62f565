//! From an open index to the links between its parties: who is looked at, and what is found out about each pair.

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::evidence::{Evidence, conflicts};
use super::facts::Facts;
use super::names::Alike;
use super::verdict::verdict;
use super::{Link, Verdict, identifiers, names, references};
use crate::index::Index;
use crate::score::evidence::{DateRelation, nearest};

/// Counts up with every change of what is linked: links that were kept on disk under another version are computed again.
pub const LINKS_VERSION: u32 = 1;

/// All links between the parties of an index, in the order of their numbers. The same index gives the same links on any
/// number of threads.
///
/// Candidates are pairs that share an id, a reference number or an identifier, and pairs that the search by names finds, so
/// that the work grows with the lists and not with their square.
pub fn links(index: &Index) -> Vec<Link> {
    let n_entities = u32::try_from(index.n_entities()).unwrap_or(u32::MAX);
    let mut facts: Vec<Facts<'_>> =
        (0..n_entities).into_par_iter().map(|entity| Facts::of(index.entity(entity))).collect();
    identifiers::leave_out_crowded(&mut facts, &|entity| index.list_idx(entity));
    references::leave_out_crowded(&mut facts, &|entity| index.list_idx(entity));
    let both = |a: u32, b: u32| Some((facts.get(a as usize)?, facts.get(b as usize)?));
    let are_apart = |a: u32, b: u32| both(a, b).is_some_and(|(a, b)| !conflicts(a, b).is_empty());
    let have_same_day = |a: u32, b: u32| {
        both(a, b).is_some_and(|(a, b)| {
            nearest(&a.dates, &b.dates).is_some_and(|(relation, ..)| relation == DateRelation::SameDay)
        })
    };
    let alike = names::search(index, &are_apart, &have_same_day);
    let mut pairs: BTreeSet<(u32, u32)> = alike.keys().copied().collect();
    pairs.extend(identifiers::pairs(&facts));
    pairs.extend(references::pairs(index, &facts));
    let pairs: Vec<(u32, u32)> = pairs.into_iter().collect();
    pairs.into_par_iter().filter_map(|pair| link(index, &facts, pair, &alike)).collect()
}

fn link(
    index: &Index,
    facts: &[Facts<'_>],
    (a, b): (u32, u32),
    alike: &BTreeMap<(u32, u32), Alike>,
) -> Option<Link> {
    let (ours, theirs) = (facts.get(a as usize)?, facts.get(b as usize)?);
    let names = alike.get(&(a, b)).cloned().or_else(|| names::between(index, a, b));
    judged(index, (a, b), Evidence::of(ours, theirs, (index.entity(a), index.entity(b)), names))
}

/// The link of two parties, found out about them alone: that a name or a number is shared by many is not known then, so this
/// may say more than [`links()`] does. `None` when nothing joins them.
pub fn between(index: &Index, a: u32, b: u32) -> Option<Link> {
    let (a, b) = (a.min(b), a.max(b));
    let (ours, theirs) = (index.entity(a), index.entity(b));
    let names = names::between(index, a, b);
    let evidence = Evidence::of(&Facts::of(ours), &Facts::of(theirs), (ours, theirs), names);
    judged(index, (a, b), evidence)
}

fn judged(index: &Index, (a, b): (u32, u32), evidence: Evidence) -> Option<Link> {
    let is_one_list = index.list_idx(a) == index.list_idx(b);
    let verdict: Verdict = verdict(&evidence, is_one_list)?;
    let points = evidence.points().0;
    let (reasons, against) = evidence.reasons();
    Some(Link { a, b, verdict, points, reasons, against })
}
