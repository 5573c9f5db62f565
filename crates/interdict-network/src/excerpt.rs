//! Which part of a network is shown? What lies within some hops of the parties in question, or all of it: bounded, the most important
//! first, and with a count of all that is left out.

mod walk;

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::interest::{Day, InterestKind, Presence};
use crate::network::{Interest, Network, PartyId};
use crate::share::Share;
use crate::standing::Standing;

/// So many parties are shown where nobody says otherwise.
pub const PARTIES_DEFAULT: usize = 150;
/// More parties than these are never shown at once: nobody can read such a picture.
pub const PARTIES_MAX: usize = 500;
/// So many interests are shown for each party that may be shown.
pub const INTERESTS_PER_PARTY: usize = 4;

/// How far around the parties in question, and what of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    /// Holders, their holders, and so on: so many hops.
    pub up: u32,
    /// Assets, their assets, and so on: so many hops.
    pub down: u32,
    /// Which kinds of interest are followed and shown.
    pub kinds: Vec<InterestKind>,
    /// Interests that surely do not exist on this day are left out; without a day, all are shown.
    pub day: Option<Day>,
    /// Most parties; at least one and at most [`PARTIES_MAX`].
    pub parties_max: usize,
}

impl Default for Extent {
    /// Five hops up, three down, all kinds, any day, [`PARTIES_DEFAULT`] parties.
    fn default() -> Self {
        let kinds = InterestKind::ALL.to_vec();
        Self { up: 5, down: 3, kinds, day: None, parties_max: PARTIES_DEFAULT }
    }
}

/// A part of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The parties asked about, as far as they are shown; none for [`Excerpt::whole`].
    pub focus: Vec<PartyId>,
    /// The parties: those asked about first, then by hops, the most important first.
    pub parties: Vec<PartyId>,
    /// The interests between them, in order of holder, then asset.
    pub interests: Vec<Interest>,
    /// What is left out.
    pub left_out: LeftOut,
    /// What is left out of each party, in the order of `parties`.
    pub hidden: Vec<Hidden>,
}

/// What of a network is not in an excerpt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct LeftOut {
    /// Parties: around a focus, those tied to one that is shown (what lies behind them is not counted); of a whole network, all.
    pub parties: u64,
    /// Interests in or of a party that is shown, of the kinds and the day asked for.
    pub interests: u64,
    /// Interests between parties that are shown, of kinds or days that were not asked for.
    pub not_asked_for: u64,
}

/// Neighbors of one party that are not shown, each counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Hidden {
    /// Those with an interest in it.
    pub holders: u64,
    /// Those in which it has an interest.
    pub assets: u64,
    /// Family, associates and other ties without a direction.
    pub tied: u64,
}

/// How a party stands: what [`Excerpt`] and pictures ask for.
pub type StandingOf<'a> = &'a dyn Fn(PartyId) -> Standing;

impl Excerpt {
    /// What lies around some parties. Holders are followed upwards and assets downwards; family, associates and other ties have no up and
    /// down and are followed either way. When all of it is too much, each hop gets its share of the room, holders and assets each
    /// half of that, and the most important go first: by standing, then by the larger share, then by id.
    pub fn around(network: &Network, focus: &[PartyId], extent: &Extent, standing: StandingOf<'_>) -> Self {
        let most = extent.parties_max.clamp(1, PARTIES_MAX);
        let mut focus = focus.to_vec();
        let mut seen = std::collections::HashSet::new();
        focus.retain(|&party| party.index() < network.parties().len() && seen.insert(party));
        focus.truncate(most);
        let parties = walk::around(network, &focus, extent, standing, most);
        Self::of(network, focus, parties, extent, standing)
    }

    /// The whole network, or so many of its parties as may be shown: by standing, then by how many interests they have, then by id.
    pub fn whole(network: &Network, parties_max: usize, standing: StandingOf<'_>) -> Self {
        let most = parties_max.clamp(1, PARTIES_MAX);
        let key = |party: PartyId| {
            let degree = network.held_by(party).len() + network.held_in(party).len();
            (Reverse(standing(party)), Reverse(degree), network.id(party))
        };
        let mut ranked: Vec<_> = network.parties().map(|party| (key(party), party)).collect();
        if ranked.len() > most {
            ranked.select_nth_unstable(most);
            ranked.truncate(most);
        }
        ranked.sort_unstable();
        let parties = ranked.into_iter().map(|(_, party)| party).collect();
        let extent = Extent { parties_max: most, ..Extent::default() };
        let mut excerpt = Self::of(network, Vec::new(), parties, &extent, standing);
        excerpt.left_out.parties = count(network.parties().len() - excerpt.parties.len());
        excerpt.left_out.interests = count(network.interests().len() - excerpt.interests.len());
        excerpt
    }

    /// The excerpt of these parties, with the interests between them.
    fn of(
        network: &Network,
        focus: Vec<PartyId>,
        parties: Vec<PartyId>,
        extent: &Extent,
        standing: StandingOf<'_>,
    ) -> Self {
        let place: HashMap<PartyId, usize> =
            parties.iter().enumerate().map(|(at, &party)| (party, at)).collect();
        let mut excerpt = Self {
            focus,
            interests: Vec::new(),
            left_out: LeftOut::default(),
            hidden: vec![Hidden::default(); parties.len()],
            parties,
        };
        let mut unseen = Vec::new();
        for (at, &party) in excerpt.parties.iter().enumerate() {
            let (mut holders, mut assets, mut tied) = (Vec::new(), Vec::new(), Vec::new());
            let is_tied = |interest: &Interest| is_tie(network.terms(interest).kind);
            for interest in network.held_by(party) {
                match (place.contains_key(&interest.asset), extent.asks_for(network, interest)) {
                    (true, true) => excerpt.interests.push(*interest),
                    (true, false) => excerpt.left_out.not_asked_for += 1,
                    (false, true) if is_tied(interest) => tied.push(interest.asset),
                    (false, true) => assets.push(interest.asset),
                    (false, false) => {}
                }
            }
            let others = network.held_in(party).filter(|interest| !place.contains_key(&interest.holder));
            for interest in others.filter(|other| extent.asks_for(network, other)) {
                let side = if is_tied(interest) { &mut tied } else { &mut holders };
                side.push(interest.holder);
            }
            excerpt.left_out.interests += count(holders.len() + assets.len() + tied.len());
            let [holders, assets, tied] = [holders, assets, tied].map(|mut neighbors| {
                neighbors.sort_unstable();
                neighbors.dedup();
                unseen.extend_from_slice(&neighbors);
                count(neighbors.len())
            });
            excerpt.hidden[at] = Hidden { holders, assets, tied };
        }
        unseen.sort_unstable();
        unseen.dedup();
        excerpt.left_out.parties = count(unseen.len());
        excerpt.keep_most_important(network, extent, standing);
        excerpt
    }

    /// Leaves out interests beyond the bound.
    fn keep_most_important(&mut self, network: &Network, extent: &Extent, standing: StandingOf<'_>) {
        let most = extent.parties_max.clamp(1, PARTIES_MAX) * INTERESTS_PER_PARTY;
        if self.interests.len() > most {
            self.interests.sort_by_key(|interest| {
                let terms = network.terms(interest);
                (Reverse(standing(interest.holder)), Reverse(at_most(network, interest)), terms.kind)
            });
            self.left_out.interests += count(self.interests.len() - most);
            self.interests.truncate(most);
        }
        self.interests.sort_by_key(|interest| (interest.holder, interest.asset));
    }
}

impl Extent {
    /// Whether an interest is of a kind and a day asked for.
    fn asks_for(&self, network: &Network, interest: &Interest) -> bool {
        let terms = network.terms(interest);
        self.kinds.contains(&terms.kind) && self.day.is_none_or(|day| terms.span.on(day) != Presence::Absent)
    }
}

/// How much an interest can be; none for a kind that is not counted.
fn at_most(network: &Network, interest: &Interest) -> Share {
    let terms = network.terms(interest);
    if terms.kind.has_share() { terms.share.max().share } else { Share::NONE }
}

/// Whether a kind has no up and down.
pub(crate) fn is_tie(kind: InterestKind) -> bool {
    matches!(kind, InterestKind::Family | InterestKind::Associate | InterestKind::Other)
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
