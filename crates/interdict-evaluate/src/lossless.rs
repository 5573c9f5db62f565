//! Does the search through an index lose nothing? Manipulated names are screened twice: by the tables of the index, and by
//! looking at every listed name. Both must answer the same, far below any threshold of use, with names alone and with birth
//! dates and countries.

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use serde::Serialize;

use interdict_core::score::{Points, Score, Threshold};
use interdict_core::subject::Subject;
use interdict_match::index::Index;
use interdict_match::{Hit, Screening, screen, screen_exhaustively};

use crate::generate::{CLASSES, Plan, Severity, generate};
use crate::run::{Details, Run};

/// The thresholds that are compared, the lowest first: from far below any that is of use to one above the usual.
pub const THRESHOLDS: [Threshold; 4] = {
    const fn at(points: i32) -> Threshold {
        Threshold::from_points(Points(points))
    }
    [at(3_000), at(4_500), at(6_000), at(8_000)]
};

/// What came of screening names both ways.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// How many names were screened, each at every threshold, with and without details.
    pub names: usize,
    /// Where the answers differ, in the order of the names.
    pub differences: Vec<Difference>,
}

/// A subject with other answers by the two ways.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The name as it was screened.
    pub name: String,
    /// The threshold.
    pub threshold: f64,
    /// Whether birth dates and countries were screened with the name.
    pub with_details: bool,
    /// Hits that only looking at every name gives.
    pub missed: Vec<Answer>,
    /// Hits that only the search gives.
    pub extra: Vec<Answer>,
}

/// A hit as far as it is compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// The id of the party.
    pub id: String,
    /// Its score.
    pub score: Score,
}

/// About `n` manipulated names of the lists in force, hard negatives among them, evenly of all classes and severities.
pub fn subjects(index: &Index, n: usize, seed: u64) -> Vec<Subject> {
    let kinds = CLASSES.len() * Severity::ALL.len();
    let per_class = n.div_ceil(kinds);
    let cases = generate(index, &Plan { seed, per_class, hard_negatives: n.div_ceil(10), ..Plan::default() });
    let one_in = (cases.len() / n.max(1)).max(1);
    cases.into_iter().step_by(one_in).map(|case| case.subject).collect()
}

/// Screens the subjects both ways. Each name is looked at in full once for all thresholds: what reaches a higher one is among
/// what reaches the lowest. `tick` is called after each subject.
pub fn compare(index: &Index, subjects: &[Subject], tick: &(dyn Fn() + Sync)) -> Comparison {
    let both_ways = |subject: &Subject| {
        let found: Vec<Difference> = [Details::Names, Details::All]
            .iter()
            .flat_map(|details| of_one(index, subject, *details))
            .collect();
        tick();
        found
    };
    let differences = subjects.par_iter().flat_map_iter(both_ways).collect();
    Comparison { names: subjects.len(), differences }
}

fn of_one(index: &Index, subject: &Subject, details: Details) -> Vec<Difference> {
    let [lowest, ..] = THRESHOLDS;
    let run = Run { floor: lowest, lists: Vec::new(), details };
    let subject = run.evidence(subject);
    let all = answers(&screen_exhaustively(index, &subject, &run.settings(lowest)));
    let difference = |threshold: Threshold| {
        let found = answers(&screen(index, &subject, &run.settings(threshold)));
        let reached = all.iter().filter(|answer| threshold.is_reached_by(answer.score));
        let expected: Vec<Answer> = reached.cloned().collect();
        let without = |a: &[Answer], b: &[Answer]| -> Vec<Answer> {
            a.iter().filter(|answer| !b.contains(answer)).cloned().collect()
        };
        (found != expected).then(|| Difference {
            name: subject.names.first().cloned().unwrap_or_default(),
            threshold: threshold.score().value(),
            with_details: details == Details::All,
            missed: without(&expected, &found),
            extra: without(&found, &expected),
        })
    };
    THRESHOLDS.into_iter().filter_map(difference).collect()
}

fn answers(screening: &Screening<'_>) -> Vec<Answer> {
    let answer = |hit: &Hit<'_>| Answer { id: hit.entity.id().to_owned(), score: hit.score };
    screening.hits.iter().map(answer).collect()
}
