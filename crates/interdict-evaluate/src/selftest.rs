//! Does every name of every list in force find its own party, screened as it stands?

use rayon::iter::{IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};
use serde::Serialize;

use interdict_core::limits;
use interdict_core::outcome::Outcome;
use interdict_core::score::Threshold;
use interdict_core::subject::Subject;
use interdict_match::index::{EntityRef, Index, NameQuality, NameRef};
use interdict_match::{Settings, screen};

/// What came out for every list.
#[derive(Debug, Serialize)]
pub struct Selftest {
    /// The threshold.
    pub threshold: f64,
    /// One in so many names was screened.
    pub one_in: usize,
    /// By list, in the order of the index.
    pub lists: Vec<Coverage>,
}

/// What came out for one list.
#[derive(Debug, Serialize)]
pub struct Coverage {
    /// The list.
    pub list: String,
    /// Its version.
    pub version: String,
    /// Primary names and strong aliases that were screened.
    pub names: usize,
    /// How many of them are a hit on their own party.
    pub found: usize,
    /// How many have no better hit than their own party.
    pub first_place: usize,
    /// Weak aliases and former names that were screened; they decide nothing.
    pub weak_names: usize,
    /// How many of them are a hit on their own party.
    pub weak_found: usize,
    /// Names that were screened and did not find their own party, weak ones included.
    pub missed: Vec<Missed>,
    /// Names that could not be screened, weak ones included.
    pub not_screened: Vec<Missed>,
}

/// A listed name that did not find its party.
#[derive(Debug, Clone, Serialize)]
pub struct Missed {
    /// The id of the party.
    pub id: String,
    /// The name as listed.
    pub name: String,
    /// How the list gives it.
    pub quality: &'static str,
    /// Why it could not be screened, or the score it had.
    pub reason: String,
}

impl Selftest {
    /// Whether every primary name and strong alias found its own party.
    pub fn is_complete(&self) -> bool {
        self.lists.iter().all(|list| list.found == list.names)
    }
}

enum Said {
    Found { is_first: bool },
    Missed(Missed),
    NotScreened(Missed),
}

/// The names that a self-test screens: all, or evenly spread so many that there are at most `sample`.
pub fn names(index: &Index, sample: Option<usize>) -> (Vec<(EntityRef<'_>, NameRef<'_>)>, usize) {
    let all = index.entities().flat_map(|entity| entity.names().map(move |name| (entity, name)));
    let one_in = sample.map_or(1, |sample| index.n_names().div_ceil(sample.max(1)).max(1));
    (all.step_by(one_in).collect(), one_in)
}

/// Screens every name, without any other evidence. `tick` is called after each.
pub fn selftest(
    index: &Index,
    threshold: Threshold,
    sample: Option<usize>,
    tick: &(dyn Fn() + Sync),
) -> Selftest {
    let settings = Settings { threshold, hits_max: limits::HITS_MAX, lists: Vec::new() };
    let (names, one_in) = names(index, sample);
    let one = |&(entity, name): &(EntityRef<'_>, NameRef<'_>)| {
        let said = said(index, entity, name, &settings);
        tick();
        said
    };
    let said: Vec<Said> = names.par_iter().with_min_len(16).map(one).collect();
    let mut lists: Vec<Coverage> =
        index.info().lists.iter().map(|list| empty(list.id.as_str(), &list.version)).collect();
    for ((entity, name), said) in names.iter().zip(said) {
        let of_list = |coverage: &&mut Coverage| coverage.list == entity.list().id.as_str();
        if let Some(coverage) = lists.iter_mut().find(of_list) {
            add(coverage, name.quality(), said);
        }
    }
    Selftest { threshold: threshold.score().value(), one_in, lists }
}

fn empty(list: &str, version: &str) -> Coverage {
    Coverage {
        list: list.to_owned(),
        version: version.to_owned(),
        names: 0,
        found: 0,
        first_place: 0,
        weak_names: 0,
        weak_found: 0,
        missed: Vec::new(),
        not_screened: Vec::new(),
    }
}

fn add(coverage: &mut Coverage, quality: NameQuality, said: Said) {
    let is_strong = matches!(quality, NameQuality::Primary | NameQuality::Strong);
    let is_found = matches!(said, Said::Found { .. });
    let is_first = matches!(said, Said::Found { is_first: true });
    if is_strong {
        coverage.names += 1;
        coverage.found += usize::from(is_found);
        coverage.first_place += usize::from(is_first);
    } else {
        coverage.weak_names += 1;
        coverage.weak_found += usize::from(is_found);
    }
    match said {
        Said::Found { .. } => {}
        Said::Missed(missed) => coverage.missed.push(missed),
        Said::NotScreened(missed) => coverage.not_screened.push(missed),
    }
}

fn said(index: &Index, entity: EntityRef<'_>, name: NameRef<'_>, settings: &Settings) -> Said {
    let subject = Subject::named(name.text());
    let screening = screen(index, &subject, settings);
    let missed = |reason: String| Missed {
        id: entity.id().to_owned(),
        name: name.text().to_owned(),
        quality: name.quality().name(),
        reason,
    };
    let is_own = |other: EntityRef<'_>| other.id() == entity.id() && other.list().id == entity.list().id;
    match screening.hits.iter().find(|hit| is_own(hit.entity)) {
        Some(own) => {
            let best = screening.hits.first().map(|hit| hit.score);
            Said::Found { is_first: Some(own.score) == best }
        }
        None => match screening.outcome {
            Outcome::NotScreened(reason) => Said::NotScreened(missed(reason.to_string())),
            Outcome::Clear => Said::Missed(missed("no hit".to_owned())),
            Outcome::Hits => Said::Missed(missed(format!("{} other parties are hits", screening.n_hits))),
        },
    }
}
