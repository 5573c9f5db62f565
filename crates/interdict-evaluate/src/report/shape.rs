//! How the scores lie, and how often the best hit of a score is right.

use serde::Serialize;

use interdict_core::score::{Points, Score};

use crate::cases::Case;
use crate::metrics::{ratio, wilson};
use crate::report::rounded;
use crate::run::Found;

/// The width of a bin of the histogram, in ten-thousandths.
const HISTOGRAM_STEP: i32 = 250;
/// The width of a bin of the reliability.
const RELIABILITY_STEP: i32 = 500;

/// How many subjects have which score.
#[derive(Debug, Clone, Serialize)]
pub struct Histogram {
    /// From the lowest score that occurs up; a score of 0 (no hit) is not in them.
    pub bins: Vec<Bin>,
    /// Matches whose party was no hit at all.
    pub matches_without: usize,
    /// Benign names without a hit.
    pub benign_without: usize,
    /// Hard negatives without a hit.
    pub hard_negatives_without: usize,
}

/// The scores from `from` on, below `until`; the last bin holds 1 too.
#[derive(Debug, Clone, Serialize)]
pub struct Bin {
    /// The lowest score.
    pub from: f64,
    /// The score that the next bin begins with.
    pub until: f64,
    /// Matches by the score of the right party.
    pub matches: usize,
    /// Benign names by the score of their best hit.
    pub benign: usize,
    /// Hard negatives by the score of their best hit.
    pub hard_negatives: usize,
}

/// How often the best hit is the right one, among all subjects whose best hit has such a score.
#[derive(Debug, Clone, Serialize)]
pub struct Reliability {
    /// The lowest score.
    pub from: f64,
    /// The score that the next bin begins with.
    pub until: f64,
    /// How many subjects.
    pub n: usize,
    /// Of how many the best hit is right.
    pub right: usize,
    /// The share of these.
    pub share: f64,
    /// Where the share lies with 95 % confidence (Wilson): from.
    pub low: f64,
    /// And until.
    pub high: f64,
    /// The odds that the hit is right: how many right ones come on one wrong; null when none is wrong.
    pub odds: Option<f64>,
}

/// Which bin a score is in; none when it is 0.
fn bin_of(score: Score, step: i32) -> Option<i32> {
    let points = score.points().0;
    (points > 0).then(|| (points / step).min(Points::ONE.0 / step - 1))
}

fn edges(bin: i32, step: i32) -> (f64, f64) {
    (Points(bin * step).to_share(), Points((bin + 1) * step).to_share())
}

pub(super) fn histogram(own: &[Score], benign: &[Score], hard: &[Score]) -> Histogram {
    let bin_of = |score: &Score| bin_of(*score, HISTOGRAM_STEP);
    let first = own.iter().chain(benign).chain(hard).filter_map(bin_of).min();
    let last = Points::ONE.0 / HISTOGRAM_STEP;
    let count = |scores: &[Score], bin: i32| scores.iter().filter(|score| bin_of(score) == Some(bin)).count();
    let bin = |bin: i32| {
        let (from, until) = edges(bin, HISTOGRAM_STEP);
        Bin {
            from,
            until,
            matches: count(own, bin),
            benign: count(benign, bin),
            hard_negatives: count(hard, bin),
        }
    };
    let without = |scores: &[Score]| scores.iter().filter(|score| bin_of(score).is_none()).count();
    Histogram {
        bins: (first.unwrap_or(last)..last).map(bin).collect(),
        matches_without: without(own),
        benign_without: without(benign),
        hard_negatives_without: without(hard),
    }
}

pub(super) fn reliability(
    matches: &[(&Case, &Found)],
    hard: &[(&Case, &Found)],
    benign: &[Found],
) -> Vec<Reliability> {
    let right = matches.iter().map(|(_, found)| (found.best, found.place == Some(1)));
    let wrong = hard.iter().map(|(_, found)| *found).chain(benign).map(|found| (found.best, false));
    let all: Vec<(Score, bool)> = right.chain(wrong).collect();
    let bins = 0..Points::ONE.0 / RELIABILITY_STEP;
    bins.filter_map(|bin| {
        let own = || all.iter().filter(|(score, _)| bin_of(*score, RELIABILITY_STEP) == Some(bin));
        let (n, right) = (own().count(), own().filter(|(_, is_right)| *is_right).count());
        let (from, until) = edges(bin, RELIABILITY_STEP);
        let (low, high) = wilson(right, n);
        let odds = (n > right).then(|| rounded(ratio(right, n - right)));
        let reliability = Reliability {
            from,
            until,
            n,
            right,
            share: rounded(ratio(right, n)),
            low: rounded(low),
            high: rounded(high),
            odds,
        };
        (n > 0).then_some(reliability)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(value: f64) -> Score {
        Score::from_points(Points::from_share(value))
    }

    #[test]
    fn every_score_has_a_bin_but_none() {
        let shape = histogram(&[score(1.0), score(0.0)], &[score(0.96)], &[score(0.975)]);
        assert_eq!(shape.bins.len(), 2);
        assert_eq!((shape.bins[0].benign, shape.bins[1].matches, shape.bins[1].hard_negatives), (1, 1, 1));
        assert_eq!((shape.matches_without, shape.benign_without), (1, 0));
    }

    #[test]
    fn a_bin_counts_right_and_wrong() {
        let found = |best, place| Found { best: score(best), place, ..Found::default() };
        let benign = [found(0.91, None), found(0.93, None), found(0.0, None), found(0.72, None)];
        let reliability = reliability(&[], &[], &benign);
        assert_eq!(reliability.iter().map(|bin| (bin.n, bin.right)).collect::<Vec<_>>(), [(1, 0), (2, 0)]);
        assert_eq!(reliability[1].odds, Some(0.0));
    }
}
