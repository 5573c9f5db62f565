//! The report: how much is found at which price, for all cases and for each class, kind and severity.

mod shape;
mod slices;

use serde::Serialize;

use interdict_core::score::{Points, Score, Threshold};

pub use shape::{Bin, Histogram, Reliability};
pub use slices::{ClassSlice, Slice};

use crate::cases::{Case, Label};
use crate::generate::Kind;
use crate::metrics::{self, Cut, Quality};
use crate::pairs::PairReport;
use crate::run::{Details, Found, Run};
use crate::speed::Speed;
use slices::{Matches, by_class, class_slice, of_kind, with_macro};

/// The shares of alerts at which recall is told.
pub const ALERT_RATES: [f64; 5] = [0.001, 0.005, 0.01, 0.02, 0.05];

/// Everything that came out.
#[derive(Debug, Serialize)]
pub struct Report {
    /// What was screened.
    pub counts: Counts,
    /// `names` or `all`: whether birth dates and countries were used.
    pub evidence: &'static str,
    /// Hits below this score were not seen.
    pub floor: f64,
    /// Where recall is told; `recall` everywhere below has one number for each, in this order.
    pub points: Vec<Point>,
    /// All matches together.
    pub all: Slice,
    /// By kind of party.
    pub kinds: Vec<Slice>,
    /// By class, in the order of the generator, unknown classes last by name.
    pub classes: Vec<ClassSlice>,
    /// How often a match scores higher than a benign name.
    pub auc: Option<f64>,
    /// Average precision over matches and benign names.
    pub average_precision: Option<f64>,
    /// Share of benign names against share of matches, over all thresholds.
    pub curve: Vec<(f64, f64)>,
    /// The same against hard negatives.
    pub curve_hard: Vec<(f64, f64)>,
    /// How often the best hit is right, by its score.
    pub reliability: Vec<Reliability>,
    /// How the scores lie.
    pub histogram: Histogram,
    /// Labelled pairs, where a file of them was given.
    pub pairs: Option<PairReport>,
    /// The speed, where it was measured.
    pub speed: Option<Speed>,
}

/// How many of what.
#[derive(Debug, Clone, Serialize)]
pub struct Counts {
    /// Cases that should be found.
    pub matches: usize,
    /// Hard negatives.
    pub hard_negatives: usize,
    /// Benign names.
    pub benign: usize,
    /// Matches that could not be screened; they count as not found.
    pub matches_not_screened: usize,
    /// Hard negatives and benign names that could not be screened; they count as no alert.
    pub others_not_screened: usize,
}

/// What the threshold of a point keeps few.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// Alerts on benign names.
    Benign,
    /// Alerts on hard negatives.
    HardNegatives,
    /// Nothing: the threshold is the configured one.
    Configured,
}

/// A threshold, and what it costs.
#[derive(Debug, Clone, Serialize)]
pub struct Point {
    /// What it keeps few.
    pub against: Against,
    /// The share of alerts that was asked for; null for the configured threshold.
    pub alert_rate: Option<f64>,
    /// The threshold; null when even a score of 1 alerts too often.
    pub threshold: Option<f64>,
    /// The share of benign names that alert at it; null without benign names.
    pub benign_alerts: Option<f64>,
    /// The share of hard negatives that alert at it; null without.
    pub hard_alerts: Option<f64>,
    #[serde(skip)]
    cut: Cut,
}

/// What a report is made of.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// Cases with what came out for each.
    pub cases: Vec<(&'a Case, &'a Found)>,
    /// What came out for benign names.
    pub benign: &'a [Found],
    /// How it was screened.
    pub run: &'a Run,
    /// The configured threshold.
    pub threshold: Threshold,
    /// The report on pairs.
    pub pairs: Option<PairReport>,
    /// The speed.
    pub speed: Option<Speed>,
}

/// Puts the report together.
pub fn report(inputs: Inputs<'_>) -> Report {
    let (matches, hard): (Matches<'_>, Matches<'_>) =
        inputs.cases.iter().partition(|(case, _)| case.label == Label::Match);
    let best = |found: &Found| found.best;
    let benign: Vec<Score> = inputs.benign.iter().map(best).collect();
    let hard_scores: Vec<Score> = hard.iter().map(|(_, found)| found.best).collect();
    let own: Vec<Score> = matches.iter().map(|(_, found)| found.own).collect();
    let points = points(&benign, &hard_scores, inputs.threshold, inputs.run.floor);
    let not_screened = |found: &&Found| found.is_not_screened;
    let counts = Counts {
        matches: matches.len(),
        hard_negatives: hard.len(),
        benign: benign.len(),
        matches_not_screened: matches.iter().map(|(_, found)| *found).filter(not_screened).count(),
        others_not_screened: hard
            .iter()
            .map(|(_, found)| *found)
            .chain(inputs.benign)
            .filter(not_screened)
            .count(),
    };
    let kinds = Kind::ALL.into_iter().map(|kind| (kind.name(), of_kind(&matches, Some(kind))));
    let kinds = kinds.chain([("other", of_kind(&matches, None))]).filter(|(_, own)| !own.is_empty());
    Report {
        counts,
        evidence: if inputs.run.details == Details::All { "all" } else { "names" },
        floor: inputs.run.floor.score().value(),
        all: with_macro("all", &matches, &points),
        kinds: kinds.map(|(name, own)| with_macro(name, &own, &points)).collect(),
        classes: by_class(&matches).into_iter().map(|(name, own)| class_slice(name, &own, &points)).collect(),
        auc: metrics::auc(&own, &benign).map(rounded),
        average_precision: metrics::average_precision(&own, &benign)
            .filter(|_| !benign.is_empty())
            .map(rounded),
        curve: rounded_curve(metrics::curve(&own, &benign)),
        curve_hard: rounded_curve(metrics::curve(&own, &hard_scores)),
        reliability: shape::reliability(&matches, &hard, inputs.benign),
        histogram: shape::histogram(&own, &benign, &hard_scores),
        points,
        pairs: inputs.pairs,
        speed: inputs.speed,
    }
}

/// A number with as many digits as it can bear.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}

fn rounded_curve(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    points.into_iter().map(|(x, y)| (rounded(x), rounded(y))).collect()
}

fn points(benign: &[Score], hard: &[Score], threshold: Threshold, floor: Threshold) -> Vec<Point> {
    let floor = floor.score().points();
    let share = |scores: &[Score], cut| {
        (!scores.is_empty()).then(|| rounded(metrics::share_reaching(scores.iter().copied(), cut)))
    };
    let point = |against, alert_rate, cut: Cut| Point {
        against,
        alert_rate,
        threshold: (cut <= Points::ONE).then(|| cut.to_share()),
        benign_alerts: share(benign, cut),
        hard_alerts: share(hard, cut),
        cut,
    };
    let mut points = Vec::new();
    for (against, scores) in [(Against::Benign, benign), (Against::HardNegatives, hard)] {
        let rates = ALERT_RATES.into_iter().filter(|_| !scores.is_empty());
        points.extend(rates.map(|rate| point(against, Some(rate), metrics::cut_at(scores, rate, floor))));
    }
    points.push(point(Against::Configured, None, threshold.score().points()));
    points
}

impl Report {
    /// The position of the point against something at a share of alerts.
    pub fn point(&self, against: Against, alert_rate: f64) -> Option<usize> {
        let is_it = |point: &Point| {
            let rate = point.alert_rate;
            point.against == against && rate.is_none_or(|rate| (rate - alert_rate).abs() < 1e-9)
        };
        self.points.iter().position(is_it)
    }
}

impl Point {
    /// Whether a score is an alert at this point.
    pub fn is_reached_by(&self, score: Score) -> bool {
        score.points() >= self.cut
    }

    /// What the point is, for people.
    pub fn title(&self) -> String {
        match (self.against, self.alert_rate) {
            (Against::Benign, Some(rate)) => format!("{} % of benign names alert", percent(rate)),
            (Against::HardNegatives, Some(rate)) => format!("{} % of hard negatives alert", percent(rate)),
            _ => "the configured threshold".to_owned(),
        }
    }
}

/// A share in percent with only the digits that it has.
pub(crate) fn percent(share: f64) -> f64 {
    (share * 1e4).round() / 100.0
}

/// The quality of labelled pairs, rounded for reports.
pub(crate) fn rounded_quality(quality: Quality) -> Quality {
    Quality {
        threshold: quality.threshold,
        precision: rounded(quality.precision),
        recall: rounded(quality.recall),
        f1: rounded(quality.f1),
        specificity: rounded(quality.specificity),
    }
}
