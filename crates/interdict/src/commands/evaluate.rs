//! `interdict evaluate`: how much is found, and at which price.

mod odds;
mod text;

use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use jiff::Timestamp;
use serde::Serialize;

use interdict_core::list::ListVersion;
use interdict_core::score::Threshold;
use interdict_core::subject::Subject;
use interdict_evaluate::cases::{Case, Label};
use interdict_evaluate::generate::{self, Plan};
use interdict_evaluate::page::{self, Heading};
use interdict_evaluate::pairs::{self, PairReport};
use interdict_evaluate::report::{self, Against, Inputs, Report};
use interdict_evaluate::run::{self, Details, Found, Run};
use interdict_evaluate::speed::{self, Speed};
use interdict_match::index::Index;

use super::{print, print_json};
use crate::answer::IndexName;
use crate::cases::{self, Read};
use crate::cli::{Evaluate, Output};
use crate::config::{self, Config};
use crate::failure::Failure;
use crate::terminal::{NOTE, number};
use crate::{Ending, index_store, progress};

/// Hits below are not seen. Low, so that the curves have their lower end; no engine is run there.
const FLOOR: f64 = 0.3;
/// Names of one run of the measurement of speed.
const SPEED_NAMES: usize = 1_000;
/// Runs of it.
const SPEED_RUNS: usize = 3;
/// The class of hard negatives from a file.
const HARD_FILE: &str = "hard_negative";

#[derive(Serialize)]
struct Answer<'a> {
    index: IndexName<'a>,
    #[serde(flatten)]
    report: &'a Report,
}

/// Everything that is screened.
struct Material {
    cases: Vec<Case>,
    benign: Vec<Subject>,
    pairs: Vec<pairs::Pair>,
}

/// Measures what was asked for.
pub(crate) fn run(config: &Config, args: &Evaluate, output: Output) -> Result<Ending, Failure> {
    let usage = |reason: String| Failure::Usage(format!("--threshold: {reason}"));
    let threshold = match args.threshold {
        Some(value) => config::threshold(value).map_err(usage)?,
        None => config.threshold,
    };
    let opened = index_store::open(config)?;
    let index = &opened.index;
    let run = Run {
        floor: config::threshold(FLOOR).map_err(usage)?,
        lists: super::generate::lists(index, &args.list)?,
        details: if args.details { Details::All } else { Details::Names },
    };
    let material = material(index, args, &run)?;
    let bar =
        progress::count(material.cases.len() + material.benign.len() + material.pairs.len(), "screening");
    let tick = || bar.inc(1);
    let found = run::screen_cases(index, &material.cases, &run, &tick);
    let benign = run::screen_benign(index, &material.benign, &run, &tick);
    let pairs = pair_report(&material, threshold, args.errors, &tick);
    bar.set_message("measuring the speed");
    let speed = speed(index, &material, &run, threshold);
    bar.finish_and_clear();
    let cases: Vec<(&Case, &Found)> = material.cases.iter().zip(&found).collect();
    let inputs = Inputs { cases: cases.clone(), benign: &benign, run: &run, threshold, pairs, speed };
    let report = report::report(inputs);
    if let Some(path) = &args.misses {
        write_misses(path, &cases, &report)?;
    }
    if let Some(path) = &args.fit_odds {
        odds::write(path, args, run.details, index, &cases, &benign)?;
    }
    if let Some(path) = &args.html {
        let html = page::page(&report, &heading(index));
        std::fs::write(path, html).map_err(|error| Failure::Unwritable { path: path.clone(), error })?;
    }
    if output == Output::Json {
        print_json(&Answer { index: IndexName::of(index.info()), report: &report })
    } else {
        print(text::text(&report).as_bytes())
    }
}

/// What the page says of itself.
fn heading(index: &Index) -> Heading {
    let list = |list: &ListVersion| {
        let published = list.published.map(|date| format!(" of {date}")).unwrap_or_default();
        format!("{}{published} ({} parties)", list.id, number(list.entities))
    };
    Heading {
        program: format!("interdict {}", env!("CARGO_PKG_VERSION")),
        made_on: Timestamp::now().strftime("%Y-%m-%d").to_string(),
        lists: index.info().lists.iter().map(list).collect(),
        digest: index.digest().to_string(),
    }
}

fn material(index: &Index, args: &Evaluate, run: &Run) -> Result<Material, Failure> {
    let mut material = Material { cases: Vec::new(), benign: Vec::new(), pairs: Vec::new() };
    for path in &args.cases {
        material.cases.extend(told(path, cases::read(path)?));
    }
    // Pairs alone need no cases and no list.
    let wants_cases = args.pairs.is_none() || args.benign.is_some() || args.hard.is_some();
    if args.cases.is_empty() && wants_cases {
        let plan = Plan {
            seed: args.seed,
            per_class: args.per_class,
            hard_negatives: args.hard_negatives,
            lists: run.lists.clone(),
            ..Plan::default()
        };
        material.cases = generate::generate(index, &plan);
    }
    if let Some(path) = &args.hard {
        let rows = told(path, cases::read_benign(path, None)?);
        material.cases.extend(rows.into_iter().enumerate().map(|(idx, subject)| hard(idx, subject)));
    }
    if let Some(path) = &args.benign {
        material.benign = told(path, cases::read_benign(path, args.benign_limit)?);
    }
    if let Some(path) = &args.pairs {
        material.pairs = told(path, cases::read_pairs(path)?);
        for pair in &mut material.pairs {
            (pair.a, pair.b) = (run.evidence(&pair.a), run.evidence(&pair.b));
        }
    }
    Ok(material)
}

fn hard(idx: usize, subject: Subject) -> Case {
    Case {
        id: format!("{HARD_FILE}-{}", idx + 1),
        class: HARD_FILE.to_owned(),
        severity: None,
        label: Label::NoMatch,
        subject,
        expected_id: None,
        expected_list: None,
        source_name: String::new(),
    }
}

/// The rows of a file, after saying how many details of it are not used.
fn told<T>(path: &Path, read: Read<T>) -> Vec<T> {
    if read.n_unused > 0 {
        anstream::eprintln!(
            "{NOTE}note:{NOTE:#} {}: {} birth dates, countries or schemas cannot be read and are not used",
            path.display(),
            read.n_unused
        );
    }
    read.rows
}

fn pair_report(
    material: &Material,
    threshold: Threshold,
    n_errors: usize,
    tick: &(dyn Fn() + Sync),
) -> Option<PairReport> {
    (!material.pairs.is_empty())
        .then(|| pairs::pair_report(&material.pairs, threshold, n_errors, &pairs::score_alone, tick))
}

/// The speed on benign names, as they are what an engine screens most, or on the cases where there are none.
fn speed(index: &Index, material: &Material, run: &Run, threshold: Threshold) -> Option<Speed> {
    let all: Vec<&Subject> = if material.benign.is_empty() {
        material.cases.iter().map(|case| &case.subject).collect()
    } else {
        material.benign.iter().collect()
    };
    let step = all.len().div_ceil(SPEED_NAMES).max(1);
    let subjects: Vec<Subject> = all.into_iter().step_by(step).map(|subject| run.evidence(subject)).collect();
    let mut settings = run.settings(threshold);
    settings.hits_max = 10;
    let start = Instant::now();
    speed::measure(index, &subjects, &settings, SPEED_RUNS, &|| start.elapsed())
}

/// Writes the matches that are not found at 1 % alerts on benign names, or at the configured threshold without these.
fn write_misses(path: &Path, cases: &[(&Case, &Found)], report: &Report) -> Result<(), Failure> {
    let point = report.point(Against::Benign, 0.01).or_else(|| report.point(Against::Configured, 0.0));
    let Some(point) = point.and_then(|idx| report.points.get(idx)) else { return Ok(()) };
    let missed: Vec<(&Case, &Found)> = cases
        .iter()
        .filter(|(case, found)| case.label == Label::Match && !point.is_reached_by(found.own))
        .copied()
        .collect();
    let mut bytes = Vec::new();
    cases::write_misses(&missed, &mut bytes).and_then(|()| bytes.flush()).map_err(Failure::Output)?;
    std::fs::write(path, &bytes).map_err(|error| Failure::Unwritable { path: path.to_owned(), error })
}
