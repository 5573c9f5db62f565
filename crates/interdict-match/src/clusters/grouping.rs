//! Which parties make one cluster, given links and decisions?
//!
//! Links are taken from the strongest to the weakest, and two groups are joined only when no two of their parties are kept
//! apart: by a conflict, by a decision, or because one list has both and does not itself give them one identifier. A link
//! that would join such groups is refused and stays for review. So one wrong link cannot chain two parties together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::decisions::{Action, Decision, Decisions};
use super::evidence::conflicts;
use super::facts::Facts;
use super::{Link, Reason, Rule, Verdict};
use crate::index::Index;

/// A cluster of more parties is none: so many lists have nobody.
const PARTIES_MAX: usize = 64;

/// A link that was not followed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The parties of the link.
    pub link: (u32, u32),
    /// The two parties that it would have joined although they are kept apart.
    pub apart: (u32, u32),
    /// What keeps these apart.
    pub because: Reason,
}

/// The clusters of two parties and more.
#[derive(Debug, Clone, Default)]
pub struct Clusters {
    groups: Vec<Vec<u32>>,
    of_party: BTreeMap<u32, usize>,
    /// Links that were not followed.
    pub refused: Vec<Refusal>,
    /// Decisions about parties that no list in force has.
    pub absent: Vec<Decision>,
    /// Decisions that two are one which other decisions contradict.
    pub contradicted: Vec<Decision>,
}

impl Clusters {
    /// The clusters that follow from links and decisions.
    pub fn new(index: &Index, links: &[Link], decisions: &Decisions) -> Self {
        let mut grouping = Grouping::new(index, links);
        let mut clusters = Self::default();
        let decided = grouping.take_decisions(decisions, &mut clusters.absent);
        for (decision, pairs) in decided {
            if pairs.iter().any(|&pair| grouping.join(pair).is_some()) {
                clusters.contradicted.push(decision);
            }
        }
        let mut same: Vec<&Link> = links.iter().filter(|link| link.verdict == Verdict::Same).collect();
        same.sort_by_key(|link| (strength(link), Reverse(link.points), link.a, link.b));
        for link in same {
            let pair = (link.a, link.b);
            if let Some((apart, because)) = grouping.join(pair) {
                clusters.refused.push(Refusal { link: pair, apart, because });
            }
        }
        clusters.refused.sort_by_key(|refusal| refusal.link);
        let groups = grouping.members.into_values().filter(|group| group.len() > 1).collect();
        Self {
            refused: clusters.refused,
            absent: clusters.absent,
            contradicted: clusters.contradicted,
            ..Self::from_groups(groups)
        }
    }

    /// Takes clusters that were computed before.
    pub fn from_groups(mut groups: Vec<Vec<u32>>) -> Self {
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.sort_unstable();
        let of_party = groups
            .iter()
            .enumerate()
            .flat_map(|(idx, group)| group.iter().map(move |&party| (party, idx)))
            .collect();
        Self { groups, of_party, ..Self::default() }
    }

    /// All clusters, each with the numbers of its parties in order.
    pub fn groups(&self) -> &[Vec<u32>] {
        &self.groups
    }

    /// The cluster of a party, itself among it; `None` when it is alone.
    pub fn of(&self, party: u32) -> Option<&[u32]> {
        self.of_party.get(&party).and_then(|&idx| self.groups.get(idx)).map(Vec::as_slice)
    }
}

/// What a link rests on, the strongest first: its first reason is its strongest.
fn strength(link: &Link) -> Option<Rule> {
    link.reasons.first().map(|reason| reason.rule)
}

struct Grouping<'a> {
    index: &'a Index,
    same: BTreeSet<(u32, u32)>,
    decided_same: BTreeSet<(u32, u32)>,
    decided_different: BTreeSet<(u32, u32)>,
    /// The group of each party that is in one.
    group: BTreeMap<u32, u32>,
    members: BTreeMap<u32, Vec<u32>>,
    facts: BTreeMap<u32, Facts<'a>>,
}

impl<'a> Grouping<'a> {
    fn new(index: &'a Index, links: &[Link]) -> Self {
        let same = links.iter().filter(|link| link.verdict == Verdict::Same).map(|link| (link.a, link.b));
        Self {
            index,
            same: same.collect(),
            decided_same: BTreeSet::new(),
            decided_different: BTreeSet::new(),
            group: BTreeMap::new(),
            members: BTreeMap::new(),
            facts: BTreeMap::new(),
        }
    }

    /// Takes the decisions in, and gives those that two are one, with the pairs of parties that they mean.
    fn take_decisions(
        &mut self,
        decisions: &Decisions,
        absent: &mut Vec<Decision>,
    ) -> Vec<(Decision, Vec<(u32, u32)>)> {
        let mut same = Vec::new();
        for decision in decisions.in_force() {
            let [ours, theirs] = [&decision.a, &decision.b].map(|id| self.index.entities_with_id(id));
            if ours.is_empty() || theirs.is_empty() {
                absent.push(decision.clone());
                continue;
            }
            let pairs: Vec<(u32, u32)> = ours
                .iter()
                .flat_map(|a| theirs.iter().map(|b| ordered(a.number(), b.number())))
                .filter(|(a, b)| a != b)
                .collect();
            match decision.action {
                Action::Same => {
                    self.decided_same.extend(&pairs);
                    same.push((decision.clone(), pairs));
                }
                Action::Different => self.decided_different.extend(&pairs),
                Action::Undo => {}
            }
        }
        same
    }

    /// Joins the groups of two parties, or says which two of their parties are kept apart.
    fn join(&mut self, (a, b): (u32, u32)) -> Option<((u32, u32), Reason)> {
        let [ours, theirs] = [a, b].map(|party| self.group.get(&party).copied().unwrap_or(party));
        if ours == theirs {
            return self.decided_apart((a, b)).map(|because| ((a, b), because));
        }
        let members_of = |group: u32| self.members.get(&group).cloned().unwrap_or_else(|| vec![group]);
        let (mut all, others) = (members_of(ours), members_of(theirs));
        let is_decided = self.decided_same.contains(&ordered(a, b));
        if !is_decided && all.len() + others.len() > PARTIES_MAX {
            return Some(((a, b), Reason::new(Rule::TooMany, "", "")));
        }
        for &x in &all {
            for &y in &others {
                let pair = ordered(x, y);
                let apart = if is_decided { self.decided_apart(pair) } else { self.apart(pair) };
                if let Some(because) = apart {
                    return Some((pair, because));
                }
            }
        }
        all.extend(others);
        for &party in &all {
            self.group.insert(party, ours);
        }
        self.members.remove(&theirs);
        self.members.insert(ours, all);
        None
    }

    fn decided_apart(&self, pair: (u32, u32)) -> Option<Reason> {
        let [a, b] = [pair.0, pair.1].map(|party| self.index.entity(party).id());
        self.decided_different.contains(&pair).then(|| Reason::new(Rule::Decided, a, b))
    }

    /// What keeps two parties apart.
    fn apart(&mut self, pair: (u32, u32)) -> Option<Reason> {
        if let Some(decided) = self.decided_apart(pair) {
            return Some(decided);
        }
        if self.are_one(pair) {
            return None;
        }
        let because = self.apart_by_facts(pair)?;
        (!self.is_vouched(pair) && !self.is_vouched((pair.1, pair.0))).then_some(because)
    }

    /// Whether a link or a decision makes one of these two.
    fn are_one(&self, (a, b): (u32, u32)) -> bool {
        let pair = ordered(a, b);
        self.decided_same.contains(&pair) || self.same.contains(&pair)
    }

    /// Whether somebody decided that the first is a third party, which is one with the second: then the person has overruled
    /// how the first differs from it.
    fn is_vouched(&self, (a, b): (u32, u32)) -> bool {
        let thirds = self.decided_same.iter().filter_map(|&(x, y)| match a {
            a if a == x => Some(y),
            a if a == y => Some(x),
            _ => None,
        });
        thirds.into_iter().any(|third| self.are_one((third, b)))
    }

    fn apart_by_facts(&mut self, pair: (u32, u32)) -> Option<Reason> {
        let index = self.index;
        let (a, b) = (index.entity(pair.0), index.entity(pair.1));
        if index.list_idx(pair.0) == index.list_idx(pair.1) {
            return Some(Reason::new(Rule::OneList, a.id(), b.id()));
        }
        for party in [pair.0, pair.1] {
            self.facts.entry(party).or_insert_with(|| Facts::of(index.entity(party)));
        }
        let (ours, theirs) = (self.facts.get(&pair.0)?, self.facts.get(&pair.1)?);
        conflicts(ours, theirs).into_iter().next()
    }
}

fn ordered(a: u32, b: u32) -> (u32, u32) {
    (a.min(b), a.max(b))
}
