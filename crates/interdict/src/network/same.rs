//! Which parties of a network are one? Those of one cluster, and those that name each other by id.

use std::collections::{BTreeMap, HashMap};

use interdict_match::clusters::Clusters;
use interdict_match::index::Index;
use interdict_network::network::{Network, PartyId};

/// Groups of parties that are one.
#[derive(Debug)]
pub(crate) struct Same {
    groups: Vec<Vec<PartyId>>,
    /// The group of each party that is in one.
    group_of: HashMap<PartyId, usize>,
}

impl Same {
    /// Those that the clusters of the lists and the parties themselves say.
    pub fn of(network: &Network, index: &Index, clusters: &Clusters) -> Self {
        let mut joined = Joined::default();
        for group in clusters.groups() {
            let mut parties = group.iter().filter_map(|&number| network.find(index.entity(number).id()));
            if let Some(first) = parties.next() {
                parties.for_each(|other| joined.join(first, other));
            }
        }
        for party in network.parties() {
            let Some(entity) = network.description(party) else { continue };
            let others = entity.referents.iter().filter_map(|id| network.find(id));
            others.for_each(|other| joined.join(party, other));
        }
        joined.into_groups()
    }

    /// Those of these pairs.
    #[cfg(test)]
    pub fn joined(pairs: &[(PartyId, PartyId)]) -> Self {
        let mut joined = Joined::default();
        pairs.iter().for_each(|&(one, other)| joined.join(one, other));
        joined.into_groups()
    }

    /// The parties that are the same as one, itself included; nothing when no other is.
    pub fn group(&self, party: PartyId) -> Option<&[PartyId]> {
        self.groups.get(*self.group_of.get(&party)?).map(Vec::as_slice)
    }
}

/// Parties that were joined: from each a way leads to the one that stands for its group.
#[derive(Debug, Default)]
struct Joined {
    towards: HashMap<PartyId, PartyId>,
}

impl Joined {
    fn join(&mut self, one: PartyId, other: PartyId) {
        let (one, other) = (self.stands_for(one), self.stands_for(other));
        // The one read first stands for all, so that nothing depends on the order of joining.
        self.towards.insert(one.max(other), one.min(other));
    }

    fn stands_for(&mut self, party: PartyId) -> PartyId {
        let mut at = party;
        while let Some(&next) = self.towards.get(&at).filter(|&&next| next != at) {
            // Half the way for whoever asks next: many joins take little more than a step each.
            let after = self.towards.get(&next).copied().unwrap_or(next);
            self.towards.insert(at, after);
            at = after;
        }
        at
    }

    fn into_groups(mut self) -> Same {
        let parties: Vec<PartyId> = self.towards.keys().copied().collect();
        let mut groups: BTreeMap<PartyId, Vec<PartyId>> = BTreeMap::new();
        for party in parties {
            groups.entry(self.stands_for(party)).or_default().push(party);
        }
        let mut same = Same { groups: Vec::new(), group_of: HashMap::new() };
        for (first, mut group) in groups {
            group.push(first);
            group.sort_unstable();
            group.dedup();
            if group.len() > 1 {
                same.group_of.extend(group.iter().map(|&party| (party, same.groups.len())));
                same.groups.push(group);
            }
        }
        same
    }
}

#[cfg(test)]
mod tests {
    use interdict_network::network::Builder;

    use super::*;

    #[test]
    fn who_is_joined_with_one_is_joined_with_all() {
        let mut builder = Builder::new();
        let parties: Vec<PartyId> =
            (0..100_000).map(|number| builder.party(&format!("p{number}")).unwrap()).collect();
        let mut joined = Joined::default();
        // All but the first ten, by way of their neighbors, from the end; and two of the first.
        for pair in parties[10..].windows(2).rev() {
            joined.join(pair[1], pair[0]);
        }
        joined.join(parties[3], parties[7]);
        joined.join(parties[5], parties[5]);
        let same = joined.into_groups();
        assert_eq!(same.group(parties[500]).unwrap(), &parties[10..]);
        assert_eq!(same.group(parties[7]).unwrap(), [parties[3], parties[7]]);
        assert_eq!(same.group(parties[5]), None);
        assert_eq!(same.group(parties[0]), None);
    }
}
