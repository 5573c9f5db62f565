//! Who has an interest in whom? Parties, interests and their sources, found from either end.

mod building;

use std::borrow::Cow;

use interdict_core::entity::Entity;

use crate::interest::{Source, SourceId, Terms};
use crate::interner::Interner;
use crate::sources::composed;

pub use building::{Builder, NetworkError};

/// Number of a party within a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyId(pub(crate) u32);

impl PartyId {
    /// The number, for tables beside the network.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One interest of a holder in an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interest {
    /// Who holds, controls, commands or is tied.
    pub holder: PartyId,
    /// What is held, controlled, commanded.
    pub asset: PartyId,
    terms: u32,
    record: u32,
}

/// Where in its source an interest stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record<'a> {
    /// A line, counted from 1.
    Line(u32),
    /// The id of a record.
    Id(&'a str),
}

impl std::fmt::Display for Record<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Id(id) => f.write_str(id),
        }
    }
}

/// A graph of parties and interests. It does not change once it is built.
#[derive(Debug)]
pub struct Network {
    ids: Interner,
    /// Number of the description of a party; `u32::MAX` for none.
    described: Vec<u32>,
    descriptions: Vec<Entity>,
    /// In order of holder, then asset, then source.
    interests: Vec<Interest>,
    /// Where the interests of each holder begin; one more than there are parties.
    of_holder: Vec<u32>,
    /// Numbers of interests in order of asset.
    by_asset: Vec<u32>,
    /// Where those of each asset begin; one more than there are parties.
    of_asset: Vec<u32>,
    terms: Vec<Terms>,
    sources: Vec<Source>,
    texts: Interner,
    has_votes: bool,
    /// Numbers of the interests under joint arrangements, in order of asset and arrangement.
    joint: Vec<u32>,
}

/// The record of an interest with this bit is the number of a text; without it a line.
const RECORD_IS_ID: u32 = 1 << 31;

impl Network {
    /// How many parties there are.
    pub fn parties(&self) -> impl ExactSizeIterator<Item = PartyId> + use<> {
        (0..u32::try_from(self.ids.len()).unwrap_or(u32::MAX)).map(PartyId)
    }

    /// All interests, in order of holder, then asset, then source.
    pub fn interests(&self) -> &[Interest] {
        &self.interests
    }

    /// The party with an id, as it is written or in Unicode's composed form, in which tables and registers are read.
    pub fn find(&self, id: &str) -> Option<PartyId> {
        self.ids.find(id).or_else(|| self.ids.find(&composed(id))).map(PartyId)
    }

    /// The id of a party.
    pub fn id(&self, party: PartyId) -> &str {
        self.ids.get(party.0)
    }

    /// What the sources say of a party besides its interests: names, schema, countries, identifiers.
    pub fn description(&self, party: PartyId) -> Option<&Entity> {
        self.descriptions.get(*self.described.get(party.index())? as usize)
    }

    /// What to call a party: its name, or its id.
    pub fn caption(&self, party: PartyId) -> &str {
        self.description(party).map_or_else(|| self.id(party), Entity::caption)
    }

    /// The interests that a party holds, in order of asset.
    pub fn held_by(&self, holder: PartyId) -> &[Interest] {
        let bounds = |at: usize| self.of_holder.get(at).map_or(0, |&start| start as usize);
        self.interests.get(bounds(holder.index())..bounds(holder.index() + 1)).unwrap_or_default()
    }

    /// The interests in a party, in order of holder.
    pub fn held_in(&self, asset: PartyId) -> impl ExactSizeIterator<Item = &Interest> {
        let bounds = |at: usize| self.of_asset.get(at).map_or(0, |&start| start as usize);
        let numbers = self.by_asset.get(bounds(asset.index())..bounds(asset.index() + 1));
        numbers.unwrap_or_default().iter().map(|&number| &self.interests[number as usize])
    }

    /// The interests in a party, holder by holder.
    pub(crate) fn groups_in(&self, asset: PartyId) -> impl Iterator<Item = &[Interest]> {
        let mut last = None;
        // Those of one holder stand side by side.
        let is_next = move |interest: &&Interest| last.replace(interest.holder) != Some(interest.holder);
        let firsts = self.held_in(asset).filter(is_next);
        firsts.map(move |first| self.held_between(first.holder, asset))
    }

    /// The interests of a holder in one asset, in order of their sources.
    pub(crate) fn held_between(&self, holder: PartyId, asset: PartyId) -> &[Interest] {
        let held = self.held_by(holder);
        let start = held.partition_point(|interest| interest.asset < asset);
        let length = held[start..].partition_point(|interest| interest.asset == asset);
        &held[start..start + length]
    }

    /// The interests in a party under one joint arrangement.
    pub(crate) fn held_jointly(&self, asset: PartyId, joint: u32) -> impl Iterator<Item = &Interest> {
        let interest = |number: u32| &self.interests[number as usize];
        let place = move |number: u32| (interest(number).asset, self.terms(interest(number)).joint);
        let start = self.joint.partition_point(|&number| place(number) < (asset, joint));
        let held = self.joint[start..].iter().map(move |&number| interest(number));
        held.take_while(move |held| (held.asset, self.terms(held).joint) == (asset, joint))
    }

    /// What an interest is.
    pub fn terms(&self, interest: &Interest) -> &Terms {
        &self.terms[interest.terms as usize]
    }

    /// Where in its source an interest stands.
    pub fn record(&self, interest: &Interest) -> Record<'_> {
        if interest.record & RECORD_IS_ID == 0 {
            Record::Line(interest.record)
        } else {
            Record::Id(self.texts.get(interest.record & !RECORD_IS_ID))
        }
    }

    /// A source.
    pub fn source(&self, source: SourceId) -> &Source {
        &self.sources[usize::from(source.0)]
    }

    /// All sources.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// A text of [`Terms`]; `None` for 0.
    pub fn text(&self, number: u32) -> Option<&str> {
        (number > 0).then(|| self.texts.get(number))
    }

    /// What to call the joint arrangement of [`Terms`], within its source: the source's word for it, or its number. `None` for none.
    pub fn arrangement(&self, terms: &Terms) -> Option<Cow<'_, str>> {
        let number = Some(terms.joint).filter(|&number| number != 0)?;
        let name = self.text(number).filter(|name| !name.is_empty());
        // Readers put the number of the source before it, as two sources do not mean the same by the same word.
        let word = name.map(|name| {
            let rest = name.strip_prefix("joint ").and_then(|rest| rest.split_once(' '));
            rest.map_or(name, |(_, word)| word)
        });
        Some(word.map_or_else(|| Cow::Owned(number.to_string()), Cow::Borrowed))
    }

    /// Whether anybody votes in anything: most networks know shares alone.
    pub(crate) fn has_votes(&self) -> bool {
        self.has_votes
    }

    /// Terms by their number in [`Interest`].
    pub(crate) fn all_terms(&self) -> &[Terms] {
        &self.terms
    }
}

impl Interest {
    /// The number of its terms.
    pub(crate) fn terms_idx(&self) -> usize {
        self.terms as usize
    }
}
