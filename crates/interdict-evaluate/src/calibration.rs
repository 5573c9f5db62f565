//! How many times likelier is a score for the listed party than for somebody else? A table fitted to the scores of one run,
//! which the engine keeps (`interdict-match/calibration/`). `docs/matching.md` tells the method in words.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use interdict_core::score::{Points, Score};

use crate::metrics::real;

/// Scores are counted in steps of a hundredth first; a score of 1 is a step of its own.
const GRID: i32 = 100;

/// From one score on, up to the next step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The lowest score.
    pub from: Points,
    /// How many matches have a score of this step: that of their own party.
    pub matches: usize,
    /// How many names of others: of their best hit.
    pub others: usize,
    /// How many times likelier a score of this step is for a match.
    pub likelihood_ratio: f64,
}

impl Step {
    /// Whether more of those that have its score are matches than of those that have the other's.
    fn has_greater_share_than(&self, other: &Self) -> bool {
        real(self.matches) * real(other.others) > real(other.matches) * real(self.others)
    }

    /// Takes in the step before it.
    fn take_in(&mut self, before: &Self) {
        self.from = before.from;
        self.matches += before.matches;
        self.others += before.others;
    }
}

/// The steps that fit the scores of matches and of others best among all that rise with the score: isotonic regression, by
/// pooling neighbors that violate the order. Nothing when one side is empty.
///
/// One more of each is counted in every step than was seen, so that no step claims more than the inverse of what there is:
/// 1,000 names of which none has such a score make a ratio below 1,001.
pub fn fit(matches: &[Score], others: &[Score]) -> Vec<Step> {
    if matches.is_empty() || others.is_empty() {
        return Vec::new();
    }
    let mut steps: Vec<Step> = Vec::new();
    for mut step in counted(matches, others) {
        while let Some(before) = steps.pop_if(|before| !step.has_greater_share_than(before)) {
            step.take_in(&before);
        }
        steps.push(step);
    }
    let share = |n: usize, of: usize| real(n + 1) / real(of + 1);
    told(steps, |step| share(step.matches, matches.len()) / share(step.others, others.len()))
}

/// With two digits each; steps that these cannot tell apart become one.
fn told(steps: Vec<Step>, ratio: impl Fn(&Step) -> f64) -> Vec<Step> {
    let mut told: Vec<Step> = Vec::new();
    for mut step in steps {
        step.likelihood_ratio = two_digits(ratio(&step));
        while let Some(before) = told.pop_if(|before| before.likelihood_ratio >= step.likelihood_ratio) {
            step.take_in(&before);
            step.likelihood_ratio = two_digits(ratio(&step));
        }
        told.push(step);
    }
    told
}

/// How many of both have a score in each hundredth, from 0 up; hundredths that nobody has are left out.
fn counted(matches: &[Score], others: &[Score]) -> Vec<Step> {
    let mut counts = BTreeMap::from([(0, (0, 0))]);
    for score in matches {
        counts.entry(score.points().0 / GRID).or_insert((0, 0)).0 += 1;
    }
    for score in others {
        counts.entry(score.points().0 / GRID).or_insert((0, 0)).1 += 1;
    }
    let step = |(hundredth, (matches, others)): (i32, (usize, usize))| Step {
        from: Points(hundredth * GRID),
        matches,
        others,
        likelihood_ratio: 1.0,
    };
    counts.into_iter().map(step).collect()
}

/// A number with its first two digits.
fn two_digits(value: f64) -> f64 {
    // Through text, so that what is kept is just what is written.
    format!("{value:.1e}").parse().unwrap_or(value)
}

/// The table as a file: what it was made of, then a row for each step.
pub fn table(steps: &[Step], made_of: &[(&str, String)]) -> String {
    let mut text = String::from(
        "# How many times likelier a score is for the listed party than for somebody else. Made by a command, not by hand.\n",
    );
    for (key, value) in made_of {
        let _ = writeln!(text, "# {key}: {value}");
    }
    text.push_str("from\tlikelihood_ratio\tmatches\tothers\n");
    for step in steps {
        let Step { from, matches, others, likelihood_ratio } = step;
        let _ = writeln!(text, "{:.4}\t{likelihood_ratio}\t{matches}\t{others}", from.to_share());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(values: &[(i32, usize)]) -> Vec<Score> {
        let of = |&(points, n): &(i32, usize)| vec![Score::from_points(Points(points)); n];
        values.iter().flat_map(of).collect()
    }

    #[test]
    fn neighbors_that_violate_the_order_are_pooled() {
        // 99 of each, so that the smoothed counts are shares of 100.
        let matches = scores(&[(3_000, 9), (5_000, 29), (7_000, 19), (10_000, 42)]);
        let others = scores(&[(0, 59), (3_000, 20), (5_000, 9), (7_000, 11)]);
        let steps = fit(&matches, &others);
        let told: Vec<(i32, usize, usize)> =
            steps.iter().map(|step| (step.from.0, step.matches, step.others)).collect();
        // 5,000 has 30 to 10 and 7,000 only 20 to 12: together 49 to 21. Nobody has between.
        assert_eq!(told, [(0, 0, 59), (3_000, 9, 20), (5_000, 48, 20), (10_000, 42, 0)]);
        let ratios: Vec<f64> = steps.iter().map(|step| step.likelihood_ratio).collect();
        assert_eq!(ratios, [0.017, 0.48, 2.3, 43.0]);
    }

    #[test]
    fn nothing_is_claimed_beyond_the_sample() {
        let steps = fit(&scores(&[(10_000, 50)]), &scores(&[(0, 1_000)]));
        assert_eq!(steps.len(), 2);
        assert!(steps[1].likelihood_ratio <= 1_001.0 && steps[0].likelihood_ratio >= 1.0 / 51.0, "{steps:?}");
        // The same scores on both sides say nothing.
        let same = fit(&scores(&[(3_000, 10), (6_000, 10)]), &scores(&[(3_000, 10), (6_000, 10)]));
        assert_eq!(same.len(), 1, "{same:?}");
        assert!(fit(&[], &scores(&[(0, 1)])).is_empty());
    }

    #[test]
    fn a_table_tells_what_it_was_made_of() {
        let steps = fit(&scores(&[(10_000, 50)]), &scores(&[(0, 1_000)]));
        let text = table(&steps, &[("others", "1,000".to_owned())]);
        let rows: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(
            rows,
            [
                "# others: 1,000",
                "from\tlikelihood_ratio\tmatches\tothers",
                "0.0000\t0.02\t0\t1000",
                "1.0000\t1000\t50\t0"
            ]
        );
    }
}
