//! Who of a network is designated under a regime? By id, by what the operator says, by rule (governments), and - as a question that stays
//! open - by name and particulars.

use std::collections::{BTreeMap, BTreeSet};

use interdict_core::country;
use interdict_core::list::ListVersion;
use interdict_network::designated::{Basis, Certainty, Designee};
use interdict_network::government::BlockedGovernment;
use interdict_network::interest::Span;
use interdict_network::network::PartyId;
use interdict_network::policy::Regime;

use super::loading::Loaded;
use super::names::{self, Compared};
use super::same::Same;
use crate::cluster_store;
use crate::config::Config;
use crate::failure::Failure;
use crate::index_store::{self, When};

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
    compared: Compared,
    /// Said by the operator.
    asserted: Vec<PartyId>,
    /// Lists all of whose parties count.
    counted_lists: BTreeSet<String>,
}

/// So many other ids of a designated person are told.
const SAME_TOLD: usize = 5;

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
        let compared = match said.names {
            Names::Compared => names::compared(config, loaded, &opened.index),
            Names::LeftAside => Compared::default(),
        };
        let counted_lists = said.designated_by.iter().cloned().collect();
        Ok(Self { loaded, same, compared, asserted, counted_lists })
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
        let possible = self.compared.hits.iter().filter_map(|hit| {
            let listed = designees.get(*by_party.get(&hit.listed)?)?;
            let mut parties = listed.parties.clone();
            parties.push(hit.party);
            let name = network.caption(hit.listed);
            let evidence = format!("its name is a hit ({}) for {name}: {}", hit.score, listed.evidence);
            Some(Designee { parties, certainty: Certainty::Possible, evidence, ..listed.clone() })
        });
        let mut possible: Vec<Designee> = possible.collect();
        possible.extend(self.several_names(&designees, &by_party));
        // A name that cannot be compared is never clear.
        possible.extend(self.compared.not_screened.iter().map(|(party, reason)| Designee {
            parties: vec![*party],
            certainty: Certainty::Possible,
            basis: Basis::Listed,
            span: Span::default(),
            evidence: format!("its name cannot be compared with the lists: {reason}"),
        }));
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
        for hit in &self.compared.hits {
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

fn clip(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
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
}
