//! How do other tools read a network? GraphML for tools that draw and measure graphs, JSON for everything else.
//!
//! Both are written piece by piece, so that a network of millions needs no second one in memory, and in a fixed order: the same network
//! gives the same bytes. `docs/network-export.md` tells the fields.

pub mod graphml;
pub mod json;

use interdict_core::model::PropertyKind;

use crate::excerpt::Excerpt;
use crate::network::{Interest, Network, PartyId};

/// What of a network is written.
#[derive(Debug, Clone, Copy)]
pub enum Scope<'a> {
    /// All of it.
    Whole,
    /// A part.
    Part(&'a Excerpt),
}

impl<'a> Scope<'a> {
    /// The parties: of a whole network in the order in which they were added.
    fn parties(self, network: &Network) -> Box<dyn Iterator<Item = PartyId> + 'a> {
        match self {
            Self::Whole => Box::new(network.parties()),
            Self::Part(excerpt) => Box::new(excerpt.parties.iter().copied()),
        }
    }

    /// The interests, in order of holder, then asset.
    fn interests(self, network: &'a Network) -> &'a [Interest] {
        match self {
            Self::Whole => network.interests(),
            Self::Part(excerpt) => &excerpt.interests,
        }
    }
}

/// The countries of a party, each once, in the order of its properties.
fn countries(network: &Network, party: PartyId) -> Vec<&str> {
    let values =
        network.description(party).into_iter().flat_map(|entity| entity.values_of(PropertyKind::Country));
    let mut seen = std::collections::HashSet::new();
    values.map(|(_, code)| code).filter(|code| seen.insert(*code)).collect()
}
