//! What is a score worth? How many times likelier it is for the listed party than for somebody else, measured on development
//! data and kept as a table. `docs/matching.md` tells how the table is fitted, and the command that does it.

use std::sync::LazyLock;

use interdict_core::score::{Points, Score};

/// The fitted table.
const TABLE: &str = include_str!("../calibration/likelihood_ratio.tsv");

/// From a score on, up to the next step: how many times likelier.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    from: Points,
    likelihood_ratio: f64,
}

static STEPS: LazyLock<Vec<Step>> = LazyLock::new(|| steps(TABLE));

/// How many times likelier a score like this is for the listed party itself than for somebody else; below 1 it is likelier for
/// somebody else. Odds that the subject is the party are the odds before the screening times this.
///
/// It never falls when the score rises, and claims no more than the development data can show.
pub fn likelihood_ratio(score: Score) -> f64 {
    let n_reached = STEPS.partition_point(|step| step.from <= score.points());
    // The first step begins at 0; a test holds that.
    n_reached.checked_sub(1).and_then(|idx| STEPS.get(idx)).map_or(1.0, |step| step.likelihood_ratio)
}

fn steps(table: &str) -> Vec<Step> {
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|row| {
        let mut fields = row.split('\t');
        let from = Points::from_share(fields.next()?.parse().ok()?);
        Some(Step { from, likelihood_ratio: fields.next()?.parse().ok()? })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The counts of a row: of matches, and of names of others.
    fn counts(row: &str) -> (f64, f64) {
        let fields: Vec<&str> = row.split('\t').collect();
        assert_eq!(fields.len(), 4, "{row}");
        (fields[2].parse().unwrap(), fields[3].parse().unwrap())
    }

    #[test]
    fn the_table_is_whole_and_rises() {
        let rows: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(rows.first(), Some(&"from\tlikelihood_ratio\tmatches\tothers"));
        assert_eq!(STEPS.len(), rows.len() - 1, "every row is read");
        assert!(STEPS.len() >= 5 && STEPS[0].from == Points(0), "{STEPS:?}");
        assert!(STEPS.iter().all(|step| step.from <= Points::ONE && step.likelihood_ratio > 0.0));
        for pair in STEPS.windows(2) {
            assert!(pair[0].from < pair[1].from, "{pair:?}");
            assert!(pair[0].likelihood_ratio < pair[1].likelihood_ratio, "{pair:?}");
        }
        assert!(STEPS.iter().any(|step| step.likelihood_ratio < 1.0));
    }

    #[test]
    fn the_table_says_what_its_counts_say_and_no_more() {
        let rows: Vec<(f64, f64)> =
            TABLE.lines().filter(|line| !line.starts_with('#')).skip(1).map(counts).collect();
        let (n_matches, n_others): (f64, f64) =
            rows.iter().fold((0.0, 0.0), |(a, b), (matches, others)| (a + matches, b + others));
        assert!(n_matches >= 1_000.0 && n_others >= 10_000.0, "{n_matches} {n_others}");
        for (step, (matches, others)) in STEPS.iter().zip(rows) {
            let told = ((matches + 1.0) / (n_matches + 1.0)) / ((others + 1.0) / (n_others + 1.0));
            // Two digits are kept.
            assert!((step.likelihood_ratio / told - 1.0).abs() < 0.06, "{step:?} {told}");
            assert!(step.likelihood_ratio < n_others * 1.06 && step.likelihood_ratio > 0.94 / n_matches);
        }
    }

    #[test]
    fn the_table_tells_what_it_was_made_of() {
        for key in ["command", "lists", "matches", "others", "evidence", "smoothing"] {
            assert!(TABLE.lines().any(|line| line.starts_with(&format!("# {key}: "))), "{key}");
        }
    }

    #[test]
    fn higher_scores_are_worth_more() {
        let at = |points| likelihood_ratio(Score::from_points(Points(points)));
        assert!(at(10_000) > at(7_000) && at(7_000) > at(3_000));
        assert!(at(10_000) > 20.0 && at(0) < 1.0, "{} {}", at(10_000), at(0));
    }
}
