//! What an engine says of each case: the score of the right party, its place, and the best score of any.

use rayon::iter::{IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};

use interdict_core::limits;
use interdict_core::list::ListId;
use interdict_core::outcome::Outcome;
use interdict_core::score::{Score, Threshold};
use interdict_core::subject::Subject;
use interdict_match::index::{EntityRef, Index};
use interdict_match::{Hit, Settings, screen};

use crate::cases::Case;

/// Whether birth dates and countries are screened with the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Details {
    /// Names only.
    Names,
    /// Names, birth dates and countries.
    All,
}

/// How the cases are screened.
#[derive(Debug, Clone)]
pub struct Run {
    /// Hits below are not seen; their scores count as 0.
    pub floor: Threshold,
    /// The lists to screen against; all when empty.
    pub lists: Vec<ListId>,
    /// With which evidence.
    pub details: Details,
}

impl Run {
    /// The settings of one screening.
    pub fn settings(&self, threshold: Threshold) -> Settings {
        Settings { threshold, hits_max: limits::HITS_MAX, lists: self.lists.clone() }
    }

    /// A subject with the evidence of this run.
    pub fn evidence(&self, subject: &Subject) -> Subject {
        let mut subject = subject.clone();
        if self.details == Details::Names {
            subject.birth_dates.clear();
            subject.countries.clear();
        }
        subject
    }
}

/// What came out for one subject.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The score of the right party; 0 when it is no hit, or when there is none.
    pub own: Score,
    /// The place of the right party among the hits, counted from 1. Hits of the same score share a place, and a party that
    /// has one of its names just so is not before it: nobody could tell the two apart by the name.
    pub place: Option<usize>,
    /// The score of the best hit; 0 when there is none.
    pub best: Score,
    /// The id of the best hit.
    pub best_id: Option<String>,
    /// Whether the subject could not be screened.
    pub is_not_screened: bool,
}

/// Screens the cases side by side. `tick` is called after each.
pub fn screen_cases(index: &Index, cases: &[Case], run: &Run, tick: &(dyn Fn() + Sync)) -> Vec<Found> {
    let settings = run.settings(run.floor);
    let one = |case: &Case| {
        let found = found(index, &run.evidence(&case.subject), &settings, Some(case));
        tick();
        found
    };
    cases.par_iter().with_min_len(16).map(one).collect()
}

/// Screens subjects of which none should be found. `tick` is called after each.
pub fn screen_benign(index: &Index, subjects: &[Subject], run: &Run, tick: &(dyn Fn() + Sync)) -> Vec<Found> {
    let settings = run.settings(run.floor);
    let one = |subject: &Subject| {
        let found = found(index, &run.evidence(subject), &settings, None);
        tick();
        found
    };
    subjects.par_iter().with_min_len(16).map(one).collect()
}

fn found(index: &Index, subject: &Subject, settings: &Settings, case: Option<&Case>) -> Found {
    let screening = screen(index, subject, settings);
    let best = screening.hits.first();
    let own = case.and_then(|case| screening.hits.iter().find(|hit| is_expected(case, hit.entity)));
    Found {
        own: own.map_or(Score::ZERO, |hit| hit.score),
        place: own.map(|own| place(own, &screening.hits)),
        best: best.map_or(Score::ZERO, |hit| hit.score),
        best_id: best.map(|hit| hit.entity.id().to_owned()),
        is_not_screened: matches!(screening.outcome, Outcome::NotScreened(_)),
    }
}

/// Whether an entity is the one that a case expects.
fn is_expected(case: &Case, entity: EntityRef<'_>) -> bool {
    case.expected_id.as_deref() == Some(entity.id())
        && case.expected_list.as_deref().is_none_or(|list| list == entity.list().id.as_str())
}

fn place(own: &Hit<'_>, hits: &[Hit<'_>]) -> usize {
    let names: Vec<String> = own.entity.names().map(|name| name.text().to_lowercase()).collect();
    let shares_a_name =
        |hit: &Hit<'_>| hit.entity.names().any(|name| names.contains(&name.text().to_lowercase()));
    1 + hits.iter().take_while(|hit| hit.score > own.score).filter(|hit| !shares_a_name(hit)).count()
}
