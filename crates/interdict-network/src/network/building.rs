//! A network in the making: interests come in any order from any number of sources.

use std::collections::{HashMap, HashSet};

use interdict_core::entity::Entity;

use super::{Interest, Network, PartyId, RECORD_IS_ID, Record};
use crate::interest::{InterestKind, Source, SourceId, Terms};
use crate::interner::Interner;

/// A network that takes no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// More of something than a network can hold.
    #[error("a network holds at most {max} {what}")]
    Full {
        /// Of what.
        what: &'static str,
        /// The bound.
        max: u32,
    },
}

/// Takes parties and interests, and becomes a [`Network`].
#[derive(Debug, Default)]
pub struct Builder {
    ids: Interner,
    described: Vec<u32>,
    descriptions: Vec<Entity>,
    interests: Vec<Interest>,
    terms: Vec<Terms>,
    known_terms: HashMap<Terms, u32>,
    sources: Vec<Source>,
    texts: Interner,
    unfit_values: u64,
}

const NONE: u32 = u32::MAX;

impl Builder {
    /// An empty network.
    pub fn new() -> Self {
        let mut texts = Interner::default();
        // Text 0 stands for "none".
        texts.intern("");
        Self { texts, ..Self::default() }
    }

    /// A source of what is added next.
    ///
    /// # Errors
    /// When there are 65,535 already.
    pub fn source(&mut self, source: Source) -> Result<SourceId, NetworkError> {
        let full = NetworkError::Full { what: "sources", max: u16::MAX.into() };
        let number = u16::try_from(self.sources.len()).map_err(|_| full)?;
        self.sources.push(source);
        Ok(SourceId(number))
    }

    /// A source that was given.
    pub fn source_of(&self, source: SourceId) -> Option<&Source> {
        self.sources.get(usize::from(source.0))
    }

    /// The party with an id, which is new if need be.
    ///
    /// # Errors
    /// When there are no more numbers.
    pub fn party(&mut self, id: &str) -> Result<PartyId, NetworkError> {
        let number = self.ids.intern(id).ok_or(NetworkError::Full { what: "parties", max: u32::MAX - 1 })?;
        Ok(PartyId(number))
    }

    /// The party that has been added with an id.
    pub fn find(&self, id: &str) -> Option<PartyId> {
        self.ids.find(id).map(PartyId)
    }

    /// What is known of a party so far.
    pub fn description(&self, party: PartyId) -> Option<&Entity> {
        self.descriptions.get(*self.described.get(party.index())? as usize)
    }

    /// What is known of a party; its id is the party's id. Said again of the same party, values are added to those before, and of two schemata
    /// one above the other the more special one counts. Values that fit neither are counted: [`Builder::unfit_values`].
    ///
    /// # Errors
    /// When there are no more numbers.
    pub fn describe(&mut self, entity: Entity) -> Result<PartyId, NetworkError> {
        let party = self.party(&entity.id)?;
        if self.described.len() <= party.index() {
            self.described.resize(party.index() + 1, NONE);
        }
        match self.descriptions.get_mut(self.described[party.index()] as usize) {
            Some(known) => self.unfit_values += widened(known, entity),
            None => {
                let full = NetworkError::Full { what: "descriptions", max: NONE - 1 };
                self.described[party.index()] = u32::try_from(self.descriptions.len()).map_err(|_| full)?;
                self.descriptions.push(entity);
            }
        }
        Ok(party)
    }

    /// Values of later descriptions that do not fit the schema of the first, or of which there are too many.
    pub fn unfit_values(&self) -> u64 {
        self.unfit_values
    }

    /// The number of a text for [`Terms`]; an empty one is 0.
    ///
    /// # Errors
    /// When there are no more numbers.
    pub fn text(&mut self, text: &str) -> Result<u32, NetworkError> {
        let full = NetworkError::Full { what: "texts", max: RECORD_IS_ID - 1 };
        self.texts.intern(text).filter(|&number| number < RECORD_IS_ID).ok_or(full)
    }

    /// Adds an interest. Every one that is added counts: two that are alike are two.
    ///
    /// # Errors
    /// When there are no more numbers.
    pub fn add(
        &mut self,
        holder: PartyId,
        asset: PartyId,
        terms: Terms,
        record: Record<'_>,
    ) -> Result<(), NetworkError> {
        let full = NetworkError::Full { what: "interests", max: u32::MAX - 1 };
        if self.interests.len() >= (u32::MAX - 1) as usize {
            return Err(full);
        }
        let record = match record {
            // A line beyond two billion does not exist in a file within the bounds.
            Record::Line(line) => line.min(RECORD_IS_ID - 1),
            Record::Id(id) => self.text(id)? | RECORD_IS_ID,
        };
        let terms = match self.known_terms.get(&terms) {
            Some(&known) => known,
            None => {
                let number = u32::try_from(self.terms.len()).map_err(|_| full)?;
                self.terms.push(terms);
                self.known_terms.insert(terms, number);
                number
            }
        };
        self.interests.push(Interest { holder, asset, terms, record });
        Ok(())
    }

    /// How many parties there are.
    pub fn parties(&self) -> usize {
        self.ids.len()
    }

    /// How many interests were added.
    pub fn interests(&self) -> usize {
        self.interests.len()
    }

    /// How many parties the interests behind the first so many name that nothing describes.
    pub(crate) fn undescribed(&self, before: usize) -> usize {
        let is_described = |party: PartyId| {
            self.described.get(party.index()).is_some_and(|&description| description != NONE)
        };
        let interests = self.interests.get(before..).unwrap_or_default();
        let ends = interests.iter().flat_map(|interest| [interest.holder, interest.asset]);
        let mut parties: Vec<PartyId> = ends.filter(|&party| !is_described(party)).collect();
        parties.sort_unstable();
        parties.dedup();
        parties.len()
    }

    /// The network.
    pub fn finish(self) -> Network {
        let Self { ids, mut described, descriptions, mut interests, terms, sources, texts, .. } = self;
        described.resize(ids.len(), NONE);
        // Stable sorts: interests of the same ends and source stay in the order in which they were added. Hardly any are out of order by
        // source, so that terms need not be looked up for all.
        let ends = |interest: &Interest| (interest.holder, interest.asset);
        interests.sort_by_key(ends);
        let source = |interest: &Interest| terms[interest.terms_idx()].source;
        for group in interests.chunk_by_mut(|a, b| ends(a) == ends(b)) {
            if !group.is_sorted_by_key(source) {
                group.sort_by_key(source);
            }
        }
        let of_holder = beginnings(ids.len(), interests.iter().map(|interest| interest.holder));
        let of_asset = beginnings(ids.len(), interests.iter().map(|interest| interest.asset));
        let mut next = of_asset.clone();
        let mut by_asset = vec![0; interests.len()];
        for (number, interest) in (0..).zip(&interests) {
            let place = &mut next[interest.asset.index()];
            by_asset[*place as usize] = number;
            *place += 1;
        }
        let joint = jointly(&interests, &terms);
        let has_votes = terms.iter().any(|terms| terms.kind == InterestKind::VotingRights);
        Network {
            ids,
            described,
            descriptions,
            interests,
            of_holder,
            by_asset,
            of_asset,
            terms,
            sources,
            texts,
            has_votes,
            joint,
        }
    }
}

/// Numbers of the interests under joint arrangements, in order of asset and arrangement.
fn jointly(interests: &[Interest], terms: &[Terms]) -> Vec<u32> {
    if terms.iter().all(|terms| terms.joint == 0) {
        return Vec::new();
    }
    let arrangement = |interest: &Interest| terms[interest.terms_idx()].joint;
    let numbered = (0..).zip(interests).filter(|(_, interest)| arrangement(interest) != 0);
    let mut places: Vec<(PartyId, u32, u32)> =
        numbered.map(|(number, interest)| (interest.asset, arrangement(interest), number)).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, _, number)| number).collect()
}

/// Where the entries of each party begin, for entries in any order.
fn beginnings(parties: usize, ends: impl Iterator<Item = PartyId>) -> Vec<u32> {
    let mut starts = vec![0u32; parties + 1];
    for end in ends {
        starts[end.index() + 1] += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    starts
}

/// Adds what is said again of a party; how many values do not fit.
fn widened(known: &mut Entity, mut entity: Entity) -> u64 {
    if entity.schema.is_a(known.schema.name) {
        // What is said now is more special, so that all that was said before fits it.
        std::mem::swap(known, &mut entity);
    }
    let had: HashSet<String> = known.referents.iter().cloned().collect();
    known.referents.extend(entity.referents.iter().filter(|referent| !had.contains(*referent)).cloned());
    let values =
        entity.properties().flat_map(|(property, values)| values.iter().map(move |value| (property, value)));
    values.map(|(property, value)| u64::from(known.add(property.name, value.as_str()).is_err())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use interdict_core::model;

    fn entity(schema: &str, values: &[(&str, &str)], referents: &[&str]) -> Entity {
        let mut entity = Entity::new("a", model::schema(schema).unwrap());
        values.iter().for_each(|(property, value)| entity.add(property, *value).unwrap());
        entity.referents = referents.iter().map(|&referent| referent.to_owned()).collect();
        entity
    }

    #[test]
    fn what_is_said_again_is_added_and_what_fits_nowhere_is_counted() {
        let mut builder = Builder::new();
        builder.describe(entity("LegalEntity", &[("name", "Blue Lake")], &["x"])).unwrap();
        builder.describe(entity("Company", &[("name", "Lake"), ("voenCode", "1")], &["y", "x"])).unwrap();
        let party =
            builder.describe(entity("Person", &[("alias", "Sea"), ("birthDate", "1965")], &[])).unwrap();
        let known = builder.description(party).unwrap();
        assert_eq!((known.schema.name, known.first("voenCode")), ("Company", Some("1")));
        let mut names = [known.get("name"), known.get("alias")].concat();
        names.sort();
        assert_eq!(names, ["Blue Lake", "Lake", "Sea"]);
        let mut referents = known.referents.clone();
        referents.sort();
        assert_eq!(referents, ["x", "y"]);
        assert_eq!(builder.unfit_values(), 1);
    }
}
