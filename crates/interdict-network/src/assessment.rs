//! Who is blocked? The standing of every party of a network under a policy on a day.

use crate::alone;
use crate::designated::{Basis, Certainty, Designee};
use crate::interest::{Day, Presence};
use crate::network::{Network, PartyId};
use crate::policy::{ControlRule, Holders, Policy};
use crate::spread::{Spread, World};
use crate::standing::Standing;
use crate::weights::Weights;

/// Who has been reached in one world: 0 for those who have not, otherwise a number that says how.
#[derive(Debug)]
pub(crate) struct Reach(pub(crate) Vec<u32>);

impl Reach {
    /// Place in the order of entering ([`Holders::Together`]), or number of the designee from 1 ([`Holders::EachAlone`]); 0 for not at all.
    pub fn of(&self, party: PartyId) -> u32 {
        self.0.get(party.index()).copied().unwrap_or(0)
    }
}

/// The standing of every party of a network under one policy on one day.
#[derive(Debug)]
pub struct Assessment<'n> {
    pub(crate) network: &'n Network,
    pub(crate) policy: Policy,
    pub(crate) day: Day,
    pub(crate) weights: Weights<'n>,
    pub(crate) designees: Vec<Designee>,
    /// What the parties of blocked governments own or control is such a government itself; only where control does not block anyway.
    pub(crate) government: Option<Box<Assessment<'n>>>,
    certain: Reach,
    /// The same as `certain` when nothing is open.
    possible: Option<Reach>,
    /// Number of the designee that a party is, from 1.
    designee_of: Vec<u32>,
}

impl<'n> Assessment<'n> {
    /// Assesses all parties. `designees` are those of the regime that is asked about; what is designated elsewhere is none.
    pub fn new(network: &'n Network, policy: Policy, day: Day, designees: Vec<Designee>) -> Self {
        let designees = on(day, designees);
        let bodies: Vec<Designee> =
            designees.iter().filter(|designee| designee.basis == Basis::Government).cloned().collect();
        let government = (policy.control == ControlRule::DoesNotBlock && !bodies.is_empty()).then(|| {
            let policy = Policy { control: ControlRule::Blocks, ..policy };
            Box::new(Self::new(network, policy, day, bodies))
        });
        let weights = Weights::new(network, policy, day);
        let asked =
            Asked { weights: &weights, policy, designees: &designees, government: government.as_deref() };
        let certain = asked.reach(World::Certain);
        let is_open =
            !weights.are_exact() || designees.iter().any(|one| one.certainty == Certainty::Possible);
        let is_open = is_open || government.as_ref().is_some_and(|government| government.possible.is_some());
        let possible = is_open.then(|| asked.reach(World::Possible));
        let mut designee_of = vec![0; network.parties().len()];
        for (number, designee) in (1u32..).zip(&designees) {
            for party in &designee.parties {
                let known = &mut designee_of[party.index()];
                let is_surer = *known == 0
                    || designees[*known as usize - 1].certainty == Certainty::Possible
                        && designee.certainty == Certainty::Certain;
                if is_surer {
                    *known = number;
                }
            }
        }
        Self { network, policy, day, weights, designees, government, certain, possible, designee_of }
    }

    /// The network that was asked.
    pub fn network(&self) -> &'n Network {
        self.network
    }

    /// The policy.
    pub fn policy(&self) -> Policy {
        self.policy
    }

    /// The day.
    pub fn day(&self) -> Day {
        self.day
    }

    /// The designee that a party is.
    pub fn designee(&self, party: PartyId) -> Option<&Designee> {
        self.designees.get(self.designee_number(party)?)
    }

    /// Its place among the designees.
    pub(crate) fn designee_number(&self, party: PartyId) -> Option<usize> {
        (self.designee_of.get(party.index()).copied()? as usize).checked_sub(1)
    }

    /// The standing of a party.
    pub fn standing(&self, party: PartyId) -> Standing {
        let designee = self.designee(party).map(|designee| designee.certainty);
        match designee {
            Some(Certainty::Certain) => Standing::Designated,
            _ if self.is_in(party, World::Certain) => Standing::BlockedByOwnership,
            Some(Certainty::Possible) => Standing::PossiblyDesignated,
            None if self.is_in(party, World::Possible) => Standing::Undetermined,
            None => Standing::NotBlocked,
        }
    }

    /// All parties that are blocked through others, or may be.
    pub fn through_others(&self) -> impl Iterator<Item = (PartyId, Standing)> + '_ {
        let standings = self.network.parties().map(|party| (party, self.standing(party)));
        standings
            .filter(|(_, standing)| matches!(standing, Standing::BlockedByOwnership | Standing::Undetermined))
    }

    /// Parties in the order of the designated persons that first reached them, where each counts alone; all others as they are.
    pub fn by_designee(&self, mut parties: Vec<PartyId>) -> Vec<PartyId> {
        if self.policy.holders == Holders::EachAlone {
            parties.sort_by_key(|&party| self.first_to_reach(party));
        }
        parties
    }

    /// The number of the designee that a party is, or that first reached it in a world. Only where each counts alone.
    pub(crate) fn first_designee(&self, party: PartyId, world: World) -> Option<usize> {
        let own = self.designee_number(party).filter(|&number| counts(&self.designees[number], world));
        own.or_else(|| (self.reach(world).of(party) as usize).checked_sub(1))
    }

    /// The number of the designee that first reached a party surely, or else perhaps. Only where each counts alone.
    pub(crate) fn first_to_reach(&self, party: PartyId) -> Option<usize> {
        let first = |world| (self.reach(world).of(party) as usize).checked_sub(1);
        first(World::Certain).or_else(|| first(World::Possible))
    }

    pub(crate) fn is_in(&self, party: PartyId, world: World) -> bool {
        self.reach(world).of(party) != 0
    }

    /// How the parties of a world were reached.
    pub(crate) fn reach(&self, world: World) -> &Reach {
        match world {
            World::Certain => &self.certain,
            World::Possible => self.possible.as_ref().unwrap_or(&self.certain),
        }
    }
}

/// From which parties blocking spreads in a world.
fn seeds(designees: &[Designee], government: Option<&Assessment<'_>>, world: World) -> Vec<PartyId> {
    let counted = designees.iter().filter(|designee| counts(designee, world));
    let mut seeds: Vec<PartyId> = counted.flat_map(|designee| designee.parties.iter().copied()).collect();
    if let Some(government) = government {
        // In the order in which they were reached, so that the order of a proof is one too.
        let mut reached: Vec<PartyId> =
            government.network.parties().filter(|&party| government.is_in(party, world)).collect();
        reached.sort_by_key(|&party| government.reach(world).of(party));
        seeds.extend(reached);
    }
    seeds
}

/// Whether a designee counts as designated in a world.
pub(crate) fn counts(designee: &Designee, world: World) -> bool {
    world == World::Possible || designee.certainty == Certainty::Certain
}

/// The designees on a day.
fn on(day: Day, mut designees: Vec<Designee>) -> Vec<Designee> {
    designees.retain_mut(|designee| match designee.span.on(day) {
        Presence::Absent => false,
        Presence::Possible => {
            designee.certainty = Certainty::Possible;
            true
        }
        Presence::Certain => true,
    });
    designees
}

/// One question, before its answer.
struct Asked<'a, 'n> {
    weights: &'a Weights<'n>,
    policy: Policy,
    designees: &'a [Designee],
    government: Option<&'a Assessment<'n>>,
}

impl Asked<'_, '_> {
    fn reach(&self, world: World) -> Reach {
        let mut spread = Spread::new(self.weights, self.policy, world);
        match self.policy.holders {
            Holders::Together => {
                spread.run(seeds(self.designees, self.government, world));
                Reach(spread.into_ranks())
            }
            Holders::EachAlone => alone::reach(self.weights, &mut spread, self.designees, world),
        }
    }
}
