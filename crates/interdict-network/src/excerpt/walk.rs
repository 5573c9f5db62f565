//! Which parties lie around others? Breadth-first, within bounds.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use super::{Extent, StandingOf, at_most, is_tie};
use crate::network::{Network, PartyId};
use crate::share::Share;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// The parties around some, those first.
pub(super) fn around(
    network: &Network,
    focus: &[PartyId],
    extent: &Extent,
    standing: StandingOf<'_>,
    most: usize,
) -> Vec<PartyId> {
    let walk = || Walk {
        network,
        extent,
        standing,
        most,
        taken: focus.to_vec(),
        is_taken: focus.iter().copied().collect(),
        met_above: focus.iter().copied().collect(),
        met_below: focus.iter().copied().collect(),
        passed: Vec::new(),
    };
    let mut all = walk();
    if all.go(Room::All) {
        return all.taken;
    }
    let mut shared = walk();
    shared.go(Room::Shared);
    shared.fill();
    shared.taken
}

/// How much of the room a hop may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    /// All there is.
    All,
    /// Its share, so that something is left for the hops to come.
    Shared,
}

struct Walk<'a> {
    network: &'a Network,
    extent: &'a Extent,
    standing: StandingOf<'a>,
    most: usize,
    taken: Vec<PartyId>,
    is_taken: HashSet<PartyId>,
    /// Who was met on each way. Who is met on both leads on on both.
    met_above: HashSet<PartyId>,
    met_below: HashSet<PartyId>,
    /// Parties for which there was no room, in the order in which they would have come.
    passed: Vec<PartyId>,
}

impl Walk<'_> {
    /// Goes all hops; whether there was room for every party met.
    fn go(&mut self, room: Room) -> bool {
        let (mut above, mut below) = (self.taken.clone(), self.taken.clone());
        for hop in 0..self.extent.up.max(self.extent.down) {
            let left = self.most.saturating_sub(self.taken.len());
            let hops = usize::try_from(self.extent.up.max(self.extent.down) - hop).unwrap_or(usize::MAX);
            let share = if room == Room::All { left } else { left.div_ceil(hops) };
            let ups = if hop < self.extent.up { self.met(&above, Way::Up) } else { Vec::new() };
            let downs = if hop < self.extent.down { self.met(&below, Way::Down) } else { Vec::new() };
            let before = self.taken.len();
            above = self.take(ups, (share / 2).max(share.saturating_sub(downs.len())));
            below = self.take(downs, share.saturating_sub(self.taken.len() - before));
            if room == Room::All && !self.passed.is_empty() {
                return false;
            }
            if above.is_empty() && below.is_empty() {
                break;
            }
        }
        true
    }

    /// Parties one hop further that are not known, the most important first.
    fn met(&mut self, from: &[PartyId], way: Way) -> Vec<PartyId> {
        let known = if way == Way::Up { &self.met_above } else { &self.met_below };
        let mut met = BTreeMap::<PartyId, Share>::new();
        for &party in from {
            let held =
                self.network.held_by(party).iter().map(|interest| (interest, interest.asset, Way::Down));
            let holders = self.network.held_in(party).map(|interest| (interest, interest.holder, Way::Up));
            for (interest, other, leads) in held.chain(holders) {
                let follows = leads == way || is_tie(self.network.terms(interest).kind);
                if follows && !known.contains(&other) && self.extent.asks_for(self.network, interest) {
                    let share = met.entry(other).or_default();
                    *share = (*share).max(at_most(self.network, interest));
                }
            }
        }
        let mut met: Vec<(PartyId, Share)> = met.into_iter().collect();
        met.sort_by_cached_key(|&(party, share)| {
            (Reverse((self.standing)(party)), Reverse(share), self.network.id(party).to_owned())
        });
        let known = if way == Way::Up { &mut self.met_above } else { &mut self.met_below };
        known.extend(met.iter().map(|(party, _)| party));
        met.into_iter().map(|(party, _)| party).collect()
    }

    /// Takes as many as there is room for and passes the rest; gives those that lead on.
    fn take(&mut self, met: Vec<PartyId>, mut room: usize) -> Vec<PartyId> {
        let mut lead_on = Vec::new();
        for party in met {
            if self.is_taken.contains(&party) {
                lead_on.push(party);
            } else if let Some(less) = room.checked_sub(1) {
                room = less;
                self.is_taken.insert(party);
                self.taken.push(party);
                lead_on.push(party);
            } else {
                self.passed.push(party);
            }
        }
        lead_on
    }

    /// Gives room that was kept for hops that did not need it to those that were passed.
    fn fill(&mut self) {
        for party in std::mem::take(&mut self.passed) {
            if self.taken.len() < self.most && self.is_taken.insert(party) {
                self.taken.push(party);
            }
        }
    }
}
