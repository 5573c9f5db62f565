//! Parts of the matches: a class, a kind, a severity, and how much of each is found.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Point, rounded};
use crate::cases::Case;
use crate::generate::{CLASSES, Kind, Severity};
use crate::metrics;
use crate::run::Found;

/// Matches with what came out for each.
pub(super) type Matches<'a> = Vec<(&'a Case, &'a Found)>;

/// Some of the matches.
#[derive(Debug, Clone, Serialize)]
pub struct Slice {
    /// Which: a kind, a severity, or `all`.
    pub name: String,
    /// How many.
    pub n: usize,
    /// The share found, for each point.
    pub recall: Vec<f64>,
    /// The mean of the shares of the classes, for each point; empty within a class.
    pub macro_recall: Vec<f64>,
    /// The share in the first place.
    pub first_place: f64,
    /// The share in the first three places.
    pub top_three: f64,
}

/// The matches of one class.
#[derive(Debug, Clone, Serialize)]
pub struct ClassSlice {
    /// What the class does, where it is one of the generator.
    pub about: &'static str,
    /// All of them.
    #[serde(flatten)]
    pub slice: Slice,
    /// By severity, where known.
    pub severities: Vec<Slice>,
    /// By kind of party.
    pub kinds: Vec<Slice>,
}

pub(super) fn of_kind<'a>(matches: &Matches<'a>, kind: Option<Kind>) -> Matches<'a> {
    matches.iter().filter(|(case, _)| case.subject.schema.and_then(Kind::of) == kind).copied().collect()
}

pub(super) fn by_class<'a>(matches: &Matches<'a>) -> Vec<(&'a str, Matches<'a>)> {
    let place = |class: &str| CLASSES.iter().position(|known| known.name == class).unwrap_or(CLASSES.len());
    let mut classes: BTreeMap<(usize, &str), Matches<'_>> = BTreeMap::new();
    for &(case, found) in matches {
        classes.entry((place(&case.class), &case.class)).or_default().push((case, found));
    }
    classes.into_iter().map(|((_, class), own)| (class, own)).collect()
}

fn slice(name: &str, matches: &Matches<'_>, points: &[Point]) -> Slice {
    let recall = |point: &Point| {
        rounded(metrics::share_reaching(matches.iter().map(|(_, found)| found.own), point.cut))
    };
    let within = |n: usize| {
        let n_within =
            matches.iter().filter(|(_, found)| found.place.is_some_and(|place| place <= n)).count();
        rounded(metrics::ratio(n_within, matches.len()))
    };
    Slice {
        name: name.to_owned(),
        n: matches.len(),
        recall: points.iter().map(recall).collect(),
        macro_recall: Vec::new(),
        first_place: within(1),
        top_three: within(3),
    }
}

pub(super) fn with_macro(name: &str, matches: &Matches<'_>, points: &[Point]) -> Slice {
    let classes: Vec<Slice> =
        by_class(matches).into_iter().map(|(class, own)| slice(class, &own, points)).collect();
    let mean = |idx: usize| {
        rounded(metrics::mean(classes.iter().filter_map(|class| class.recall.get(idx).copied())))
    };
    Slice { macro_recall: (0..points.len()).map(mean).collect(), ..slice(name, matches, points) }
}

pub(super) fn class_slice(name: &str, matches: &Matches<'_>, points: &[Point]) -> ClassSlice {
    let of_severity = |severity: Severity| -> Matches<'_> {
        matches.iter().filter(|(case, _)| case.severity == Some(severity)).copied().collect()
    };
    let severities = Severity::ALL.into_iter().map(|severity| (severity.name(), of_severity(severity)));
    let kinds = Kind::ALL.into_iter().map(|kind| (kind.name(), of_kind(matches, Some(kind))));
    let there = |(name, own): (&str, Matches<'_>)| (!own.is_empty()).then(|| slice(name, &own, points));
    ClassSlice {
        about: CLASSES.iter().find(|class| class.name == name).map_or("", |class| class.about),
        slice: slice(name, matches, points),
        severities: severities.filter_map(there).collect(),
        kinds: kinds.filter_map(there).collect(),
    }
}
