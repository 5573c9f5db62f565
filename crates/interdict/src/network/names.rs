//! Which holders of a network have the name and particulars of a listed party? Their names are screened as those of customers are.

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use interdict_core::entity::Entity;
use interdict_core::model::PropertyKind;
use interdict_core::outcome::{NotScreened, Outcome};
use interdict_core::subject::Subject;
use interdict_core::{country, limits};
use interdict_match::index::Index;
use interdict_match::{Settings, screen};
use interdict_network::network::PartyId;

use super::loading::Loaded;
use crate::config::Config;
use crate::progress;
use crate::terminal::NOTE;

/// An id of fewer letters is an abbreviation and no name.
const NAME_LETTERS_MIN: usize = 4;

/// A party that may be a listed one.
#[derive(Debug)]
pub(super) struct NameHit {
    pub party: PartyId,
    pub listed: PartyId,
    pub score: String,
}

/// What came of comparing the names of holders.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// Holders that have the name and particulars of a listed party.
    pub hits: Vec<NameHit>,
    /// Holders of which no name can be compared, and why: of them nothing can be said.
    pub not_screened: Vec<(PartyId, NotScreened)>,
}

/// Compares the names of parties of files that hold something or are tied.
pub(super) fn compared(config: &Config, loaded: &Loaded, index: &Index) -> Compared {
    let network = &loaded.network;
    let asked: Vec<(PartyId, Vec<Subject>)> = network
        .parties()
        .skip(loaded.parties_of_lists)
        .filter(|&party| !network.held_by(party).is_empty())
        .map(|party| {
            let mut subjects = network.description(party).map(subjects).unwrap_or_default();
            if subjects.is_empty() {
                subjects.extend(named_by_id(network.id(party)));
            }
            (party, subjects)
        })
        .filter(|(_, subjects)| !subjects.is_empty())
        .collect();
    // How many hits a person wants to see of a screening is no reason to leave a question out.
    let settings = Settings { threshold: config.threshold, hits_max: limits::HITS_MAX, lists: Vec::new() };
    let bar = progress::count(asked.len(), "comparing the names of holders");
    let found: Vec<Compared> = asked
        .par_iter()
        .map(|(party, subjects)| {
            bar.inc(1);
            of_party(loaded, index, &settings, *party, subjects)
        })
        .collect();
    bar.finish_and_clear();
    let mut all = Compared::default();
    for one in found {
        all.hits.extend(one.hits);
        all.not_screened.extend(one.not_screened);
    }
    if !all.not_screened.is_empty() {
        let n = all.not_screened.len();
        anstream::eprintln!(
            "{NOTE}note:{NOTE:#} the names of {n} holders cannot be compared; what they hold enough of is undetermined"
        );
    }
    all
}

/// The hits of one party, or why none of its names can be compared.
fn of_party(
    loaded: &Loaded,
    index: &Index,
    settings: &Settings,
    party: PartyId,
    subjects: &[Subject],
) -> Compared {
    let mut compared = Compared::default();
    let mut reason = None;
    for subject in subjects {
        let screening = screen(index, subject, settings);
        if let Outcome::NotScreened(why) = screening.outcome {
            reason = Some(why);
            continue;
        }
        let hits = screening.hits.iter().filter_map(|hit| {
            let listed = loaded.network.find(hit.entity.id())?;
            Some(NameHit { party, listed, score: hit.score.to_string() })
        });
        compared.hits.extend(hits);
    }
    // What was found counts; where nothing was, the names that could not be compared leave it open.
    if let Some(reason) = reason.filter(|_| compared.hits.is_empty()) {
        compared.not_screened.push((party, reason));
    }
    compared
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use interdict_core::model;

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

    #[test]
    fn an_id_that_is_a_name_is_asked_about() {
        let is_name = |id: &str| named_by_id(id).is_some();
        for name in ["Kim Sang Man", "Rosneft", "김상만", "Роснефть"] {
            assert!(is_name(name), "{name}");
        }
        for id in ["e123", "gb-coh-07444723", "abc", "12 345", "ofac-1"] {
            assert!(!is_name(id), "{id}");
        }
    }
}
