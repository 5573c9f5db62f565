//! What do certain holders have of a party together? The same adding as in `spread`, for one party and told as a range.

use std::collections::BTreeSet;

use crate::network::{Interest, PartyId};
use crate::policy::{Holders, Policy, Threshold};
use crate::share::{Bound, Share, ShareRange};
use crate::spread::{Taken, World};
use crate::weights::{Class, Weight, Weights};

/// Who counts as blocked: surely, and perhaps.
pub(crate) struct Blocked<'s> {
    pub surely: &'s dyn Fn(PartyId) -> bool,
    pub perhaps: &'s dyn Fn(PartyId) -> bool,
}

/// A sum of shares or votes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Total {
    min: (u64, bool),
    max: (u64, bool),
}

impl Total {
    /// As a range within 0 to 100 percent; `None` when nothing is held.
    pub fn range(self) -> Option<ShareRange> {
        let bound = |(units, is_open): (u64, bool)| match Share::from_units(units) {
            Some(share) => Bound { share, is_open },
            None => Bound::closed(Share::WHOLE),
        };
        if self.max.0 == 0 {
            return None;
        }
        let (min, max) = (bound(self.min), bound(self.max));
        // Sources that give away more than all can leave less at the most than at the least.
        Some(ShareRange::between(min, max).unwrap_or(ShareRange::exactly(min.share)))
    }

    pub fn surely_reaches(self, threshold: Threshold) -> bool {
        threshold.is_surely_reached(self.min.0, self.min.1)
    }

    pub fn can_reach(self, threshold: Threshold) -> bool {
        threshold.can_be_reached(self.max.0, self.max.1)
    }
}

/// The interests in a party that count when these holders are blocked: theirs, and where each counts alone those of their joint arrangements.
pub(crate) fn counted<'n>(
    weights: &Weights<'n>,
    policy: Policy,
    party: PartyId,
    world: World,
    is_blocked: &dyn Fn(PartyId) -> bool,
) -> Vec<&'n Interest> {
    let network = weights.network();
    let joint = |interest: &Interest| network.terms(interest).joint;
    let arrangements: BTreeSet<u32> = match policy.holders {
        Holders::Together => BTreeSet::new(),
        Holders::EachAlone => network
            .groups_in(party)
            .filter(|group| is_blocked(group[0].holder))
            .flat_map(|group| weights.arrangements(group, world))
            .collect(),
    };
    let mut counted: Vec<&Interest> = Vec::new();
    for group in network.groups_in(party) {
        // What several sources tell of is one holding, and held jointly when one of them says so.
        let is_whole = is_blocked(group[0].holder)
            || !arrangements.is_empty()
                && weights.is_told_twice(group)
                && !weights.arrangements(group, world).is_disjoint(&arrangements);
        let is_told_once = !weights.is_told_twice(group);
        let counts = |interest: &&Interest| {
            weights.of(interest).class != Class::Nothing
                && (is_whole || is_told_once && arrangements.contains(&joint(interest)))
        };
        counted.extend(group.iter().filter(counts));
    }
    counted
}

/// What blocked holders have of one class in a party.
pub(crate) fn total(
    weights: &Weights<'_>,
    policy: Policy,
    party: PartyId,
    class: Class,
    blocked: &Blocked<'_>,
) -> Total {
    let of = |world: World, is_blocked: &dyn Fn(PartyId) -> bool| -> Vec<Weight> {
        let interests: Vec<Interest> =
            counted(weights, policy, party, world, is_blocked).into_iter().copied().collect();
        let by_holder = interests.chunk_by(|a, b| a.holder == b.holder);
        by_holder.map(|group| weights.of_group(group, class)).collect()
    };
    let (surely, perhaps) = (of(World::Certain, blocked.surely), of(World::Possible, blocked.perhaps));
    let sum = |weights: &[Weight], part: fn(&Weight) -> (u64, bool)| {
        let add = |sum: (u64, bool), next: (u64, bool)| (sum.0.saturating_add(next.0), sum.1 || next.1);
        weights.iter().map(part).fold((0, false), add)
    };
    let min = sum(&surely, |weight| (weight.min, weight.min_is_open));
    let max = sum(&perhaps, |weight| (weight.max, weight.max_is_open));
    if class != Class::Shares {
        return Total { min, max };
    }
    let own = sum(&perhaps, |weight| (weight.min, false)).0;
    let opens = perhaps.iter().filter(|weight| weight.min_is_open).count();
    Total { min, max: Taken::of(weights, party).cap(max, (own, u32::try_from(opens).unwrap_or(u32::MAX))) }
}
