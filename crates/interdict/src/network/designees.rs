//! Who of a network is designated under a regime? By id, by what the operator says, by rule (governments), and - as a question that stays
//! open - by name and particulars.

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use interdict_core::entity::Entity;
use interdict_core::list::ListVersion;
use interdict_core::model::PropertyKind;
use interdict_core::subject::Subject;
use interdict_core::{country, limits};
use interdict_match::clusters::Clusters;
use interdict_match::index::Index;
use interdict_match::{Settings, screen};
use interdict_network::designated::{Basis, Certainty, Designee};
use interdict_network::government::BlockedGovernment;
use interdict_network::interest::Span;
use interdict_network::network::PartyId;
use interdict_network::policy::Regime;

use super::loading::Loaded;
use crate::config::Config;
use crate::failure::Failure;
use crate::index_store::{self, When};
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
    /// The parties that are the same as a party of a list, itself included.
    same: BTreeMap<PartyId, Vec<PartyId>>,
    /// Parties of files whose name and particulars are those of a party of a list.
    hits: Vec<NameHit>,
    /// Said by the operator.
    asserted: Vec<PartyId>,
    /// Lists all of whose parties count.
    counted_lists: BTreeSet<String>,
}

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
        let same = same(loaded, &opened.index, &clusters);
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
        let possible: Vec<Designee> = possible.collect();
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

    /// Those on lists: one designee for all parties that are the same person.
    fn listed(&self, regime: Regime) -> Vec<Designee> {
        let network = &self.loaded.network;
        // The earliest start; nothing when one of the designations has none.
        let mut spans: BTreeMap<PartyId, Span> = BTreeMap::new();
        let mut add = |party: PartyId, span: Span| {
            let known = spans.entry(party).or_insert(span);
            known.start = known.start.zip(span.start).map(|(a, b)| a.min(b));
            known.end = known.end.zip(span.end).map(|(a, b)| a.max(b));
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
        let mut taken = BTreeSet::new();
        let mut designees = Vec::new();
        for (&party, &span) in &spans {
            if !taken.insert(party) {
                continue;
            }
            let parties = self.same.get(&party).cloned().unwrap_or_else(|| vec![party]);
            let own = parties.iter().filter_map(|party| spans.get(party));
            let span = own.fold(span, |all, one| Span {
                start: all.start.zip(one.start).map(|(a, b)| a.min(b)),
                end: all.end.zip(one.end).map(|(a, b)| a.max(b)),
            });
            let mut evidence = self.evidence(party, regime);
            let others: Vec<&str> =
                parties.iter().filter(|&&other| other != party).map(|&other| network.id(other)).collect();
            if !others.is_empty() {
                let others = others.join(", ");
                evidence.push_str(&format!(
                    "; the same party as {others} (interdict lists same {})",
                    network.id(party)
                ));
            }
            taken.extend(parties.iter().copied());
            let (certainty, basis) = (Certainty::Certain, Basis::Listed);
            designees.push(Designee { parties, certainty, basis, span, evidence });
        }
        designees
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

/// Which parties are one: those of one cluster, and those that name each other by id.
fn same(loaded: &Loaded, index: &Index, clusters: &Clusters) -> BTreeMap<PartyId, Vec<PartyId>> {
    let network = &loaded.network;
    let mut groups: BTreeMap<PartyId, BTreeSet<PartyId>> = BTreeMap::new();
    for group in clusters.groups() {
        let parties = group.iter().filter_map(|&number| network.find(index.entity(number).id()));
        join(&mut groups, &parties.collect());
    }
    for party in network.parties() {
        let Some(entity) = network.description(party) else { continue };
        let others = entity.referents.iter().filter_map(|id| network.find(id));
        join(&mut groups, &others.chain([party]).collect());
    }
    groups.into_iter().map(|(party, group)| (party, group.into_iter().collect())).collect()
}

fn join(groups: &mut BTreeMap<PartyId, BTreeSet<PartyId>>, parties: &BTreeSet<PartyId>) {
    if parties.len() < 2 {
        return;
    }
    let mut all = parties.clone();
    for party in parties {
        all.extend(groups.get(party).into_iter().flatten().copied());
    }
    for party in &all {
        groups.insert(*party, all.clone());
    }
}

/// Parties of files that hold something or are tied, and have the name and particulars of a listed party.
fn hits(config: &Config, loaded: &Loaded, index: &Index) -> Vec<NameHit> {
    let network = &loaded.network;
    let asked: Vec<(PartyId, Subject)> = network
        .parties()
        .skip(loaded.parties_of_lists)
        .filter(|&party| !network.held_by(party).is_empty())
        .filter_map(|party| {
            let described = network.description(party).and_then(subject);
            Some((party, described.or_else(|| named_by_id(network.id(party)))?))
        })
        .collect();
    let settings = Settings { threshold: config.threshold, hits_max: config.hits_max, lists: Vec::new() };
    let bar = progress::count(asked.len(), "comparing the names of holders");
    let found: Vec<Vec<NameHit>> = asked
        .par_iter()
        .map(|(party, subject)| {
            let screening = screen(index, subject, &settings);
            bar.inc(1);
            let hits = screening.hits.iter().filter_map(|hit| {
                let listed = network.find(hit.entity.id())?;
                Some(NameHit { party: *party, listed, score: hit.score.to_string() })
            });
            hits.collect()
        })
        .collect();
    bar.finish_and_clear();
    found.into_iter().flatten().collect()
}

/// What is screened of a party; `None` when it has no name.
fn subject(entity: &Entity) -> Option<Subject> {
    let names: Vec<String> = entity
        .properties()
        .filter(|(property, _)| matches!(property.name, "name" | "alias" | "weakAlias" | "previousName"))
        .flat_map(|(_, values)| values.iter().cloned())
        .take(limits::NAMES_PER_SUBJECT_MAX)
        .collect();
    if names.is_empty() {
        return None;
    }
    let dates = entity.dates("birthDate").chain(entity.dates("incorporationDate"));
    let countries = entity.values_of(PropertyKind::Country).filter_map(|(_, value)| country::code(value));
    let identifiers = entity.values_of(PropertyKind::Identifier).map(|(_, value)| value.to_owned());
    Some(Subject {
        names,
        schema: Some(entity.schema),
        birth_dates: dates.collect(),
        countries: countries.collect(),
        identifiers: identifiers.collect(),
        ..Subject::default()
    })
}

/// Some files know parties by name alone, and the name is the id: several words, or letters that no register number has.
fn named_by_id(id: &str) -> Option<Subject> {
    let words = id.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let is_name = words > 1 || id.chars().any(|sign| sign.is_alphabetic() && !sign.is_ascii());
    is_name.then(|| Subject::named(id))
}

fn clip(text: &str) -> String {
    text.chars().take(60).collect()
}
