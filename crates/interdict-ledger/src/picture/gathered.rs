//! What is drawn as one box? An address, a chain of addresses in a row, or all that is too small to be drawn alone. Nothing is dropped: what
//! goes between two boxes is the sum of all that goes between what they hold.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::trail::{Edge, Trail, depths};
use crate::report::EndKind;

/// Most boxes that are one address or one chain.
const BOXES_MAX: usize = 130;
/// Most of them with the same distance from the seeds; fewer where there are more than [`MANY`], as nobody reads a web of thin lines.
const BOXES_PER_STEP_MAX: usize = 12;
const BOXES_PER_STEP_OF_MANY_MAX: usize = 7;
const MANY: usize = 200;
/// Most columns; what is farther away is gathered in the last.
pub(super) const COLUMNS_MAX: usize = 14;
/// Addresses in a row that are drawn one by one; more are folded into one box.
const ROW_MAX: usize = 4;

/// What a box stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// One address.
    Address,
    /// Addresses in a row, each of which gives most of what it got to the next.
    Chain,
    /// Others with the same distance from the seeds, all of which lead on, or none.
    Rest,
}

/// One box.
#[derive(Debug)]
pub(super) struct Group {
    pub what: What,
    /// What it holds, in order for a chain.
    pub members: Vec<usize>,
    pub depth: usize,
    pub is_seed: bool,
    pub ends: BTreeMap<EndKind, u128>,
    pub entering: u128,
    pub leaving: u128,
    /// What went between its members.
    pub within: u128,
    pub leads: BTreeSet<usize>,
}

impl Group {
    /// The way in which most of it ended, if anything did.
    pub fn main_end(&self) -> Option<EndKind> {
        let most = self
            .ends
            .iter()
            .filter(|(_, amount)| **amount > 0)
            .max_by_key(|(kind, amount)| (**amount, Reverse(**kind)));
        most.map(|(kind, _)| *kind)
    }
}

/// All boxes, and what goes between them.
#[derive(Debug)]
pub(super) struct Gathered {
    pub groups: Vec<Group>,
    pub edges: Vec<Edge>,
}

impl Gathered {
    pub fn new(trail: &Trail<'_>) -> Self {
        let chains = chains(trail);
        let mut of: Vec<Option<usize>> = vec![None; trail.nodes.len()];
        for (number, chain) in chains.iter().enumerate() {
            chain.iter().for_each(|&node| of[node] = Some(number));
        }
        let mut parts: Vec<Vec<usize>> = chains;
        for (node, of) in of.iter_mut().enumerate() {
            if of.is_none() {
                *of = Some(parts.len());
                parts.push(vec![node]);
            }
        }
        let of: Vec<usize> = of.into_iter().flatten().collect();
        let depths = part_depths(trail, &parts, &of);
        let (kept, rest) = chosen(trail, &parts, &depths);
        let mut groups: Vec<Group> = Vec::new();
        let mut group_of = vec![0; trail.nodes.len()];
        let single = kept.into_iter().map(|part| {
            let what = if parts[part].len() > 1 { What::Chain } else { What::Address };
            (what, parts[part].clone(), depths[part])
        });
        let rest = rest.into_iter().map(|((depth, _), parts_of)| {
            let members: Vec<usize> =
                parts_of.into_iter().flat_map(|part| parts[part].iter().copied()).collect();
            (What::Rest, members, depth)
        });
        for (what, members, depth) in single.chain(rest) {
            members.iter().for_each(|&node| group_of[node] = groups.len());
            groups.push(group(trail, what, members, depth));
        }
        let edges = joined(trail, &group_of, &mut groups);
        Self { groups, edges }
    }
}

/// Addresses in a row: each has one giver, no name and no end but fees, and gives at least half of what it gives to the next one.
fn chains(trail: &Trail<'_>) -> Vec<Vec<usize>> {
    let may_fold = |at: usize| {
        let node = &trail.nodes[at];
        trail.givers[at] == 1
            && node.seed.is_none()
            && node.label.is_none()
            && node.ends.keys().all(|kind| *kind == EndKind::Fee)
            && !trail.onward[at].is_empty()
    };
    let next = |at: usize| {
        let onward = trail.onward[at].iter().map(|&number| trail.edges[number]);
        let main = onward.clone().find(|edge| may_fold(edge.to))?;
        (main.amount >= trail.nodes[at].leaving / 2).then_some(main.to)
    };
    let mut is_next = vec![false; trail.nodes.len()];
    (0..trail.nodes.len()).filter(|&at| may_fold(at)).filter_map(next).for_each(|next| is_next[next] = true);
    let mut chains = Vec::new();
    for start in (0..trail.nodes.len()).filter(|&at| may_fold(at) && !is_next[at]) {
        let mut chain = vec![start];
        let mut at = start;
        while let Some(next) = next(at) {
            chain.push(next);
            at = next;
        }
        if chain.len() > ROW_MAX {
            chains.push(chain);
        }
    }
    chains
}

/// How far each part is from the seeds, a chain counted as one step.
fn part_depths(trail: &Trail<'_>, parts: &[Vec<usize>], of: &[usize]) -> Vec<usize> {
    let seeds = (0..trail.nodes.len()).filter(|&at| trail.nodes[at].seed.is_some()).map(|at| of[at]);
    let onward = |part: usize| {
        let edges = parts[part].iter().flat_map(|&node| &trail.onward[node]);
        edges.map(|&number| of[trail.edges[number].to])
    };
    let found = depths(parts.len(), seeds, onward);
    let told = |(part, depth): (usize, Option<usize>)| {
        let own = || parts[part].first().map_or(1, |&node| trail.nodes[node].depth);
        depth.unwrap_or_else(own).min(COLUMNS_MAX - 1)
    };
    found.into_iter().enumerate().map(told).collect()
}

/// Parts that are not drawn alone, by their distance from the seeds and whether they lead on.
type Rest = BTreeMap<(usize, bool), Vec<usize>>;

/// The parts that are drawn alone, the largest ones, and all others.
fn chosen(trail: &Trail<'_>, parts: &[Vec<usize>], depths: &[usize]) -> (Vec<usize>, Rest) {
    let weight = |part: &usize| {
        let nodes = parts[*part].iter().map(|&node| &trail.nodes[node]);
        let is_seed = nodes.clone().any(|node| node.seed.is_some());
        let first = parts[*part].first().map_or("", |&node| trail.nodes[node].address);
        let most = nodes.map(|node| node.weight()).max().unwrap_or(0);
        (Reverse(is_seed), Reverse(most), first)
    };
    let mut ranked: Vec<usize> = (0..parts.len()).collect();
    ranked.sort_by_cached_key(weight);
    let per_step = if parts.len() > MANY { BOXES_PER_STEP_OF_MANY_MAX } else { BOXES_PER_STEP_MAX };
    let mut at_step = [0; COLUMNS_MAX];
    let mut kept = Vec::new();
    let mut rest: Rest = BTreeMap::new();
    for part in ranked {
        let count = &mut at_step[depths[part]];
        // In the last column all is gathered that is as far away or farther.
        if *count < per_step && kept.len() < BOXES_MAX {
            *count += 1;
            kept.push(part);
        } else {
            let leads_on = parts[part].iter().any(|&node| !trail.onward[node].is_empty());
            rest.entry((depths[part], leads_on)).or_default().push(part);
        }
    }
    // One alone needs no gathering.
    rest.retain(|_, parts| {
        if let [part] = parts.as_slice() {
            kept.push(*part);
        }
        parts.len() > 1
    });
    (kept, rest)
}

fn group(trail: &Trail<'_>, what: What, members: Vec<usize>, depth: usize) -> Group {
    let mut ends: BTreeMap<EndKind, u128> = BTreeMap::new();
    let (mut leads, mut within, mut is_seed) = (BTreeSet::new(), 0_u128, false);
    for node in members.iter().map(|&node| &trail.nodes[node]) {
        for (kind, amount) in &node.ends {
            let sum = ends.entry(*kind).or_insert(0);
            *sum = sum.saturating_add(*amount);
        }
        leads.extend(&node.leads);
        within = within.saturating_add(node.within);
        is_seed |= node.seed.is_some();
    }
    Group { what, members, depth, is_seed, ends, entering: 0, leaving: 0, within, leads }
}

/// What goes between groups, all together for each pair, in the order of groups.
fn joined(trail: &Trail<'_>, group_of: &[usize], groups: &mut [Group]) -> Vec<Edge> {
    let mut sums: BTreeMap<(usize, usize), (u128, u64)> = BTreeMap::new();
    for edge in &trail.edges {
        let (from, to) = (group_of[edge.from], group_of[edge.to]);
        if from == to {
            groups[from].within = groups[from].within.saturating_add(edge.amount);
            continue;
        }
        groups[from].leaving = groups[from].leaving.saturating_add(edge.amount);
        groups[to].entering = groups[to].entering.saturating_add(edge.amount);
        let (amount, transactions) = sums.entry((from, to)).or_insert((0, 0));
        *amount = amount.saturating_add(edge.amount);
        *transactions = transactions.saturating_add(edge.transactions);
    }
    let edge = |((from, to), (amount, transactions))| Edge { from, to, amount, transactions };
    sums.into_iter().map(edge).collect()
}
