//! How far does blocking reach? From the designated parties along what they hold, until nothing changes any more.
//!
//! A party enters when those who have entered before it hold enough of it, or control it. So a circle of companies that hold each other
//! enters only when somebody outside brings one of them in, and the order of entering is a proof that can be read.
//!
//! Asked for what is *certain*, each holding counts with its least. Asked for what is *possible*, with its most; but no more than what the
//! others leave: who surely holds 60 percent leaves at most 40. That holds as long as the sources do not give away more than all.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use crate::network::{Interest, Network, PartyId};
use crate::policy::{Holders, Policy, Threshold};
use crate::share::Share;
use crate::weights::{Class, Weight, Weights};

/// Which of the two questions is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum World {
    /// Each holding counts with its least.
    Certain,
    /// Each holding counts with its most.
    Possible,
}

/// What all holders of one asset surely hold of its shares.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Taken {
    units: u64,
    /// How many of the summands are open.
    opens: u32,
}

impl Taken {
    pub fn of(weights: &Weights<'_>, asset: PartyId) -> Self {
        let mut taken = Self::default();
        for group in weights.network().groups_in(asset) {
            let weight = weights.of_group(group, Class::Shares);
            taken.units = taken.units.saturating_add(weight.min);
            taken.opens += u32::from(weight.min_is_open);
        }
        taken
    }

    /// Whether the sources give away more than there is. Then nothing follows from what others hold.
    pub fn is_too_much(self) -> bool {
        let whole = Share::WHOLE.units();
        self.units > whole || (self.units == whole && self.opens > 0)
    }

    /// The upper bound of what some holders have in the asset, when of that they surely have `own`: no more than the others leave.
    pub fn cap(self, most: (u64, bool), own: (u64, u32)) -> (u64, bool) {
        if self.is_too_much() {
            return most;
        }
        let left = Share::WHOLE.units() - self.units.saturating_sub(own.0);
        let others_are_open = self.opens > own.1;
        match most.0.cmp(&left) {
            Ordering::Less => most,
            Ordering::Equal => (left, most.1 || others_are_open),
            Ordering::Greater => (left, others_are_open),
        }
    }
}

/// The sums of one class, asset by asset. Columns and no rows: of what is certain, half of them are not needed.
#[derive(Debug, Default)]
struct Sums {
    units: Vec<u64>,
    is_open: Vec<bool>,
    /// What the summands surely are: others do not take it from them. Empty in [`World::Certain`].
    own: Vec<u64>,
    own_opens: Vec<u32>,
}

impl Sums {
    fn new(parties: usize, world: World) -> Self {
        let own = if world == World::Possible { parties } else { 0 };
        Self {
            units: vec![0; parties],
            is_open: vec![false; parties],
            own: vec![0; own],
            own_opens: vec![0; own],
        }
    }

    fn add(&mut self, asset: usize, (units, is_open): (u64, bool), weight: Weight) {
        let Some(sum) = self.units.get_mut(asset) else { return };
        *sum = sum.saturating_add(units);
        self.is_open[asset] |= is_open;
        if let Some(own) = self.own.get_mut(asset) {
            *own = own.saturating_add(weight.min);
            self.own_opens[asset] += u32::from(weight.min_is_open);
        }
    }

    fn get(&self, asset: usize) -> (u64, bool) {
        self.units.get(asset).map_or((0, false), |&units| (units, self.is_open[asset]))
    }

    fn forget(&mut self, asset: usize) {
        let Some(sum) = self.units.get_mut(asset) else { return };
        *sum = 0;
        self.is_open[asset] = false;
        if let Some(own) = self.own.get_mut(asset) {
            *own = 0;
            self.own_opens[asset] = 0;
        }
    }
}

/// The state of one spreading; used again for the next without being made anew.
#[derive(Debug)]
pub(crate) struct Spread<'a> {
    weights: &'a Weights<'a>,
    policy: Policy,
    world: World,
    /// What is taken of the assets where that was asked, for [`World::Possible`]. It is not forgotten.
    taken: HashMap<PartyId, Taken>,
    /// Place in the order of entering, from 1; 0 for those who have not entered.
    rank: Vec<u32>,
    order: Vec<PartyId>,
    shares: Sums,
    /// Empty when nobody votes.
    votes: Sums,
    touched: Vec<PartyId>,
    /// Joint arrangements that were counted: asset and number.
    joint: HashSet<(PartyId, u32)>,
    /// Holders and assets that were counted for a joint arrangement of which several sources tell.
    joint_twice: HashSet<(PartyId, PartyId)>,
}

impl<'a> Spread<'a> {
    pub fn new(weights: &'a Weights<'a>, policy: Policy, world: World) -> Self {
        let parties = weights.network().parties().len();
        let votes = if weights.network().has_votes() { parties } else { 0 };
        Self {
            weights,
            policy,
            world,
            taken: HashMap::new(),
            rank: vec![0; parties],
            order: Vec::new(),
            shares: Sums::new(parties, world),
            votes: Sums::new(votes, world),
            touched: Vec::new(),
            joint: HashSet::new(),
            joint_twice: HashSet::new(),
        }
    }

    fn network(&self) -> &'a Network {
        self.weights.network()
    }

    /// The rules.
    pub fn policy(&self) -> Policy {
        self.policy
    }

    /// Who has entered, in order; the designated first.
    pub fn order(&self) -> &[PartyId] {
        &self.order
    }

    /// Place in the order of entering, from 1; 0 for those who have not entered.
    pub fn rank(&self, party: PartyId) -> u32 {
        self.rank[party.index()]
    }

    /// All ranks.
    pub fn into_ranks(self) -> Vec<u32> {
        self.rank
    }

    /// Forgets what it did.
    pub fn reset(&mut self) {
        for party in self.order.drain(..) {
            self.rank[party.index()] = 0;
        }
        for asset in self.touched.drain(..) {
            self.shares.forget(asset.index());
            self.votes.forget(asset.index());
        }
        self.joint.clear();
        self.joint_twice.clear();
    }

    /// Spreads from these parties until nothing changes.
    pub fn run(&mut self, seeds: impl IntoIterator<Item = PartyId>) {
        self.run_but(seeds, |_| false);
    }

    /// The same, but does not go on from parties of whom everything is known.
    pub fn run_but(
        &mut self,
        seeds: impl IntoIterator<Item = PartyId>,
        is_settled: impl Fn(PartyId) -> bool,
    ) {
        for seed in seeds {
            self.enter(seed);
        }
        let mut next = 0;
        while let Some(&holder) = self.order.get(next) {
            next += 1;
            if is_settled(holder) {
                continue;
            }
            for group in Weights::groups(self.network().held_by(holder)) {
                self.hold(holder, group);
            }
        }
    }

    fn enter(&mut self, party: PartyId) {
        let rank = &mut self.rank[party.index()];
        if *rank == 0 {
            self.order.push(party);
            *rank = u32::try_from(self.order.len()).unwrap_or(u32::MAX);
        }
    }

    /// Counts what a holder that has entered has in one asset.
    fn hold(&mut self, holder: PartyId, group: &[Interest]) {
        let asset = group[0].asset;
        // Those who have entered need no sums; that also keeps designated parties from being explained by others.
        if self.rank(asset) != 0 {
            return;
        }
        let together = matches!(self.policy.holders, Holders::Together);
        if !together && group.iter().any(|interest| self.network().terms(interest).joint != 0) {
            self.hold_jointly(asset, group);
        } else {
            self.count_group(asset, group);
        }
        debug_assert_eq!(group[0].holder, holder);
        if self.weights.controls(group, self.world) || self.is_reached(asset) {
            self.enter(asset);
        }
    }

    /// Each party to a joint arrangement holds what all of them hold.
    fn hold_jointly(&mut self, asset: PartyId, group: &[Interest]) {
        let network = self.network();
        let arrangements = self.weights.arrangements(group, self.world);
        if !self.weights.is_told_twice(group) {
            for interest in group.iter().filter(|interest| network.terms(interest).joint == 0) {
                self.count(asset, self.weights.of(interest));
            }
        } else if arrangements.is_empty() && self.joint_twice.insert((group[0].holder, asset)) {
            self.count_group(asset, group);
        }
        for joint in arrangements {
            if self.joint.insert((asset, joint)) {
                for held in network.held_jointly(asset, joint) {
                    self.hold_with_others(held, joint);
                }
            }
        }
    }

    /// Counts what somebody has under a joint arrangement.
    fn hold_with_others(&mut self, held: &Interest, joint: u32) {
        let ends = (held.holder, held.asset);
        let group = self.network().held_between(held.holder, held.asset);
        if !self.weights.is_told_twice(group) {
            self.count(held.asset, self.weights.of(held));
        } else if !self.joint_twice.contains(&ends)
            && self.weights.arrangements(group, self.world).contains(&joint)
        {
            self.joint_twice.insert(ends);
            self.count_group(held.asset, group);
        }
    }

    fn count_group(&mut self, asset: PartyId, group: &[Interest]) {
        self.count(asset, self.weights.of_group(group, Class::Shares));
        if self.network().has_votes() {
            self.count(asset, self.weights.of_group(group, Class::Votes));
        }
    }

    fn count(&mut self, asset: PartyId, weight: Weight) {
        let sums = match weight.class {
            Class::Shares => &mut self.shares,
            Class::Votes => &mut self.votes,
            Class::Nothing | Class::Control => return,
        };
        let counted = match self.world {
            World::Certain => (weight.min, weight.min_is_open),
            World::Possible => (weight.max, weight.max_is_open),
        };
        if counted == (0, false) {
            return;
        }
        sums.add(asset.index(), counted, weight);
        self.touched.push(asset);
    }

    fn is_reached(&mut self, asset: PartyId) -> bool {
        let (units, is_open) = self.shares.get(asset.index());
        let (votes, votes_are_open) = self.votes.get(asset.index());
        let majority = Threshold::MoreThanHalf;
        match self.world {
            World::Certain => {
                self.policy.threshold.is_surely_reached(units, is_open)
                    || majority.is_surely_reached(votes, votes_are_open)
            }
            World::Possible => {
                majority.can_be_reached(votes, votes_are_open)
                    || self.policy.threshold.can_be_reached(units, is_open)
                        && self.is_left(asset, (units, is_open))
            }
        }
    }

    /// Whether what others surely hold leaves as much as that, or enough of it.
    fn is_left(&mut self, asset: PartyId, sum: (u64, bool)) -> bool {
        let own = self.shares.own.get(asset.index()).copied().unwrap_or(0);
        let own_opens = self.shares.own_opens.get(asset.index()).copied().unwrap_or(0);
        let taken = self.taken.entry(asset).or_insert_with(|| Taken::of(self.weights, asset));
        let (units, is_open) = taken.cap(sum, (own, own_opens));
        self.policy.threshold.can_be_reached(units, is_open)
    }
}
