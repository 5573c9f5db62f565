//! Who of a network is designated under a regime? By id, by what the operator says, by rule (governments), and - as a question that stays
//! open - by name and particulars.

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use interdict_core::entity::Entity;
use interdict_core::list::ListVersion;
use interdict_core::model::PropertyKind;
use interdict_core::outcome::Outcome;
use interdict_core::subject::Subject;
use interdict_core::{country, limits};
use interdict_match::index::Index;
use interdict_match::{Settings, screen};
use interdict_network::designated::{Basis, Certainty, Designee};
use interdict_network::government::BlockedGovernment;
use interdict_network::interest::Span;
use interdict_network::network::PartyId;
use interdict_network::policy::Regime;

use super::loading::Loaded;
use super::same::Same;
use crate::config::Config;
use crate::failure::Failure;
use crate::index_store::{self, When};
use crate::terminal::NOTE;
use crate::{cluster_store, progress};

/// What the operator says about who is designated.
#[derive(Debug, Default)]
pub(crate) struct Said<'a> {
    /// Ids of parties that are designated whatever the lists say.
    pub designated: &'a [String],
    /// Lists all of whose parties count, whosever they are.
    pub designated_by: &'a [String],
    /// Whether names are compared.
    pub names: Names,
}

/// Whether the names of holders are compared with the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Names {
    /// They are: a hit makes a holder possibly designated.
    #[default]
    Compared,
    /// They are not.
    LeftAside,
}

/// What is known of the designated, before a regime is asked about.
pub(crate) struct Known<'l> {
    loaded: &'l Loaded,
    /// Which parties are one.
    same: Same,
    /// Parties of files whose name and particulars are those of a party of a list.
    hits: Vec<NameHit>,
    /// Said by the operator.
    asserted: Vec<PartyId>,
    /// Lists all of whose parties count.
    counted_lists: BTreeSet<String>,
}

/// An id of fewer letters is an abbreviation and no name.
const NAME_LETTERS_MIN: usize = 4;
/// So many other ids of a designated person are told.
const SAME_TOLD: usize = 5;

/// A party that may be a listed one.
struct NameHit {
    party: PartyId,
    listed: PartyId,
    score: String,
}

impl<'l> Known<'l> {
    /// Finds out what can be known.
    pub fn new(config: &Config, loaded: &'l Loaded, when: When, said: &Said<'_>) -> Result<Self, Failure> {
        let network = &loaded.network;
        let mut asserted = Vec::new();
        for id in said.designated {
            asserted.push(network.find(id).ok_or_else(|| {
                Failure::Usage(format!("--designated: no party of this network has the id {:?}", clip(id)))
            })?);
        }
        let lists = || loaded.lists.iter().map(|list| list.id.as_str());
        for asked in said.designated_by {
            if lists().all(|list| list != asked) {
                let known = lists().collect::<Vec<_>>().join(", ");
                return Err(Failure::UnknownList { asked: clip(asked), known });
            }
        }
        let opened = index_store::open_at(config, when)?;
        let clusters = cluster_store::clusters(config, &opened)?;
        let same = Same::of(&loaded.network, &opened.index, &clusters);
        let hits = match said.names {
            Names::Compared => hits(config, loaded, &opened.index),
            Names::LeftAside => Vec::new(),
        };
        let counted_lists = said.designated_by.iter().cloned().collect();
        Ok(Self { loaded, same, hits, asserted, counted_lists })
    }

    /// Who is designated under a regime.
    pub fn under(&self, regime: Regime) -> Vec<Designee> {
        let mut designees = self.listed(regime);
        let by_party: BTreeMap<PartyId, usize> = designees
            .iter()
            .enumerate()
            .flat_map(|(at, designee)| designee.parties.iter().map(move |&party| (party, at)))
            .collect();
        let network = &self.loaded.network;
        let possible = self.hits.iter().filter_map(|hit| {
            let listed = designees.get(*by_party.get(&hit.listed)?)?;
            let mut parties = listed.parties.clone();
            parties.push(hit.party);
            let name = network.caption(hit.listed);
            let evidence = format!("its name is a hit ({}) for {name}: {}", hit.score, listed.evidence);
            Some(Designee { parties, certainty: Certainty::Possible, evidence, ..listed.clone() })
        });
        let mut possible: Vec<Designee> = possible.collect();
        possible.extend(self.several_names(&designees, &by_party));
        designees.extend(possible);
        designees.extend(self.asserted.iter().map(|&party| Designee {
            parties: vec![party],
            certainty: Certainty::Certain,
            basis: Basis::Listed,
            span: Span::default(),
            evidence: "designated by --designated".to_owned(),
        }));
        if regime == Regime::Ofac {
            designees.extend(self.governments());
        }
        designees
    }

    /// Where several parties of files are hits for one person, all of them may be that person, and what they hold then counts together.
    fn several_names(&self, designees: &[Designee], by_party: &BTreeMap<PartyId, usize>) -> Vec<Designee> {
        let mut hits: BTreeMap<usize, BTreeSet<PartyId>> = BTreeMap::new();
        for hit in &self.hits {
            if let Some(&at) = by_party.get(&hit.listed) {
                hits.entry(at).or_default().insert(hit.party);
            }
        }
        let several = hits.into_iter().filter(|(_, parties)| parties.len() > 1);
        let together = several.filter_map(|(at, others)| {
            let listed = designees.get(at)?;
            let evidence = format!("{} names are hits for one person: {}", others.len(), listed.evidence);
            let parties = listed.parties.iter().copied().chain(others).collect();
            Some(Designee { parties, certainty: Certainty::Possible, evidence, ..listed.clone() })
        });
        together.collect()
    }

    /// Those on lists: one designee for all parties that are the same person.
    fn listed(&self, regime: Regime) -> Vec<Designee> {
        let network = &self.loaded.network;
        let mut spans: BTreeMap<PartyId, Span> = BTreeMap::new();
        let mut add = |party: PartyId, span: Span| {
            let known = spans.entry(party).or_insert(span);
            *known = both(*known, span);
        };
        for (designation, _) in self.loaded.designations.iter().filter(|(one, _)| one.regime == regime) {
            if let Some(party) = network.find(&designation.party) {
                add(party, designation.span);
            }
        }
        for (&party, places) in &self.loaded.listed {
            if places.iter().any(|&place| self.counted_lists.contains(self.loaded.lists[place].id.as_str())) {
                add(party, Span::default());
            }
        }
        let designee = |(parties, span): (Vec<PartyId>, Span)| {
            let named = spans_of(&parties, &spans).map(|(party, _)| party).next();
            let mut evidence = named.map(|party| self.evidence(party, regime)).unwrap_or_default();
            let others = parties.iter().filter(|&&other| Some(other) != named);
            let others: Vec<&str> = others.take(SAME_TOLD).map(|&other| network.id(other)).collect();
            if !others.is_empty() {
                evidence.push_str(&format!("; the same party as {}", others.join(", ")));
            }
            if parties.len() > SAME_TOLD + 1 {
                evidence.push_str(&format!(" and {} more", parties.len() - SAME_TOLD - 1));
            }
            Designee { parties, certainty: Certainty::Certain, basis: Basis::Listed, span, evidence }
        };
        persons(&spans, &self.same).into_iter().map(designee).collect()
    }

    /// Whether anybody can be designated under a regime: a list in force or a file designates somebody, or the operator does. Without,
    /// nothing is known, and "not blocked" would be no answer.
    pub fn has_designations(&self, regime: Regime) -> bool {
        self.loaded.designations.iter().any(|(designation, _)| designation.regime == regime)
            || !self.asserted.is_empty()
            || !self.counted_lists.is_empty()
    }

    /// On which list a party is, in which version, or which file says that it is designated.
    fn evidence(&self, party: PartyId, regime: Regime) -> String {
        let id = self.loaded.network.id(party);
        let places = self.loaded.listed.get(&party).map(Vec::as_slice).unwrap_or_default();
        let version = |&place: &usize| {
            let list: &ListVersion = &self.loaded.lists[place];
            let published = list.published.map(|date| format!(" of {date}")).unwrap_or_default();
            let counted =
                if self.counted_lists.contains(list.id.as_str()) { " (--designated-by)" } else { "" };
            format!("list {}{published}, version {}{counted}", list.id, list.version)
        };
        let mut said: Vec<String> = places.iter().map(version).collect();
        let of_party =
            self.loaded.designations.iter().filter(|(one, _)| one.party == id && one.regime == regime);
        said.extend(of_party.filter_map(|(_, file)| Some(format!("file {}", file.as_ref()?))));
        said.dedup();
        format!("{id} on {}", said.join(" and "))
    }

    /// Bodies of governments that are blocked as such.
    fn governments(&self) -> impl Iterator<Item = Designee> + '_ {
        let network = &self.loaded.network;
        network.parties().filter_map(move |party| {
            let (government, certainty) = BlockedGovernment::of(network.description(party)?)?;
            let country = country::label(government.country);
            Some(Designee {
                parties: vec![party],
                certainty,
                basis: Basis::Government,
                span: government.span(),
                evidence: format!("a body of the government of {country}, blocked by {}", government.act),
            })
        })
    }
}

/// The designations among these parties.
fn spans_of<'a>(
    parties: &'a [PartyId],
    spans: &'a BTreeMap<PartyId, Span>,
) -> impl Iterator<Item = (PartyId, Span)> + 'a {
    parties.iter().filter_map(|party| Some((*party, *spans.get(party)?)))
}

/// The time of two designations of one person: from the earliest start to the latest end, open where one of them is.
fn both(one: Span, other: Span) -> Span {
    Span {
        start: one.start.zip(other.start).map(|(a, b)| a.min(b)),
        end: one.end.zip(other.end).map(|(a, b)| a.max(b)),
    }
}

/// The designated persons, each with all parties that it is and the time of all its designations.
fn persons(spans: &BTreeMap<PartyId, Span>, same: &Same) -> Vec<(Vec<PartyId>, Span)> {
    let mut taken = BTreeSet::new();
    let mut persons = Vec::new();
    for (&party, &span) in spans {
        if taken.insert(party) {
            let parties = same.group(party).map_or_else(|| vec![party], <[PartyId]>::to_vec);
            taken.extend(parties.iter().copied());
            let span = spans_of(&parties, spans).fold(span, |span, (_, other)| both(span, other));
            persons.push((parties, span));
        }
    }
    persons
}

/// Parties of files that hold something or are tied, and have the name and particulars of a listed party.
fn hits(config: &Config, loaded: &Loaded, index: &Index) -> Vec<NameHit> {
    let network = &loaded.network;
    let asked: Vec<(PartyId, Subject)> = network
        .parties()
        .skip(loaded.parties_of_lists)
        .filter(|&party| !network.held_by(party).is_empty())
        .flat_map(|party| {
            let mut subjects = network.description(party).map(subjects).unwrap_or_default();
            if subjects.is_empty() {
                subjects.extend(named_by_id(network.id(party)));
            }
            subjects.into_iter().map(move |subject| (party, subject))
        })
        .collect();
    // How many hits a person wants to see of a screening is no reason to leave a question out.
    let settings = Settings { threshold: config.threshold, hits_max: limits::HITS_MAX, lists: Vec::new() };
    let bar = progress::count(asked.len(), "comparing the names of holders");
    let found: Vec<Result<Vec<NameHit>, NotCompared>> = asked
        .par_iter()
        .map(|(party, subject)| {
            let screening = screen(index, subject, &settings);
            bar.inc(1);
            if matches!(screening.outcome, Outcome::NotScreened(_)) {
                return Err(NotCompared);
            }
            let hits = screening.hits.iter().filter_map(|hit| {
                let listed = network.find(hit.entity.id())?;
                Some(NameHit { party: *party, listed, score: hit.score.to_string() })
            });
            Ok(hits.collect())
        })
        .collect();
    bar.finish_and_clear();
    let n_left = found.iter().filter(|found| found.is_err()).count();
    if n_left > 0 {
        anstream::eprintln!(
            "{NOTE}note:{NOTE:#} the names of {n_left} holders cannot be compared: nothing in them is a name of which something is left"
        );
    }
    found.into_iter().flatten().flatten().collect()
}

/// The name of a holder has nothing that can be compared.
struct NotCompared;

/// What is screened of a party: all its names, as many at a time as can be; nothing when it has none.
fn subjects(entity: &Entity) -> Vec<Subject> {
    let names: Vec<String> = entity
        .properties()
        .filter(|(property, _)| matches!(property.name, "name" | "alias" | "weakAlias" | "previousName"))
        .flat_map(|(_, values)| values.iter().cloned())
        .collect();
    let dates = entity.dates("birthDate").chain(entity.dates("incorporationDate"));
    let countries = entity.values_of(PropertyKind::Country).filter_map(|(_, value)| country::code(value));
    let identifiers = entity.values_of(PropertyKind::Identifier).map(|(_, value)| value.to_owned());
    let subject = Subject {
        schema: Some(entity.schema),
        birth_dates: dates.collect(),
        countries: countries.collect(),
        identifiers: identifiers.collect(),
        ..Subject::default()
    };
    let named = |names: &[String]| Subject { names: names.to_vec(), ..subject.clone() };
    names.chunks(limits::NAMES_PER_SUBJECT_MAX).map(named).collect()
}

/// Some files know parties by name alone, and the name is the id: several words, letters that no register number has, or one word of letters.
fn named_by_id(id: &str) -> Option<Subject> {
    let words = id.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let is_word = id.chars().count() >= NAME_LETTERS_MIN && id.chars().all(char::is_alphabetic);
    let is_foreign = id.chars().any(|sign| sign.is_alphabetic() && !sign.is_ascii());
    (words > 1 || is_word || is_foreign).then(|| Subject::named(id))
}

fn clip(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use interdict_core::model;
    use interdict_network::network::Builder;

    #[test]
    fn a_person_is_designated_from_the_first_designation_to_the_last() {
        let mut builder = Builder::new();
        let ids: Vec<PartyId> = ["a", "b", "c"].iter().map(|id| builder.party(id).unwrap()).collect();
        let date = |text: &str| text.parse().ok();
        let spans = BTreeMap::from([
            (ids[0], Span { start: date("2023-05-25"), end: date("2024-01-01") }),
            (ids[1], Span { start: date("2014-03-17"), end: None }),
            (ids[2], Span { start: None, end: None }),
        ]);
        let same = Same::joined(&[(ids[0], ids[1])]);
        let open = Span { start: date("2014-03-17"), end: None };
        assert_eq!(persons(&spans, &same), [(vec![ids[0], ids[1]], open), (vec![ids[2]], Span::default())]);
    }

    #[test]
    fn all_names_are_asked_about() {
        let mut entity = Entity::new("x", model::schema("Company").unwrap());
        for number in 0..limits::NAMES_PER_SUBJECT_MAX {
            entity.add("alias", format!("Other Name {number}")).unwrap();
        }
        entity.add("name", "Blue Lake Trading").unwrap();
        let subjects = subjects(&entity);
        assert_eq!(subjects.len(), 2);
        assert!(subjects.iter().any(|subject| subject.names.iter().any(|name| name == "Blue Lake Trading")));
    }
}
