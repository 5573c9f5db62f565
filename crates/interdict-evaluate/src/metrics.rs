//! The definitions of the numbers, free of any engine: scores and labels in, shares out. `docs/evaluate.md` tells them in
//! words; scores are counted in ten-thousandths, so equal scores are equal.

use interdict_core::score::{Points, Score};

/// A score at which something becomes an alert. It may lie one step above 1, where nothing does.
pub type Cut = Points;

/// The lowest cut at which no more than `rate` of the scores reach it, but not below `floor`.
pub fn cut_at(scores: &[Score], rate: f64, floor: Cut) -> Cut {
    let mut sorted: Vec<Points> = scores.iter().map(|score| score.points()).collect();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let allowed = whole(share_of(rate, sorted.len()));
    match sorted.get(allowed) {
        Some(first_too_many) => (*first_too_many + Points(1)).max(floor),
        None => floor,
    }
}

/// `rate` of `n`, so that 0.1 % of 20,000 is 20 and not a hair less.
fn share_of(rate: f64, n: usize) -> f64 {
    rate * real(n) + 1e-9
}

/// The share of the scores that reach a cut; 0 when there is none.
pub fn share_reaching(scores: impl IntoIterator<Item = Score>, cut: Cut) -> f64 {
    let (mut n, mut reached) = (0, 0);
    for score in scores {
        n += 1;
        reached += usize::from(score.points() >= cut);
    }
    ratio(reached, n)
}

/// The mean of some numbers; 0 of none.
pub fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut n, mut sum) = (0, 0.0);
    for value in values {
        n += 1;
        sum += value;
    }
    if n == 0 { 0.0 } else { sum / real(n) }
}

/// `part` of `whole`; 0 when there is nothing.
pub fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { real(part) / real(whole) }
}

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts of cases are far below 2^52")]
pub fn real(n: usize) -> f64 {
    n as f64
}

/// The whole number below.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a count, not below 0"
)]
fn whole(value: f64) -> usize {
    value.max(0.0).floor() as usize
}

/// How many of those that should score high and of those that should not have each score, from the highest score down.
fn tallied(positives: &[Score], negatives: &[Score]) -> Vec<(Points, usize, usize)> {
    let mut all: Vec<(Points, bool)> = positives.iter().map(|score| (score.points(), true)).collect();
    all.extend(negatives.iter().map(|score| (score.points(), false)));
    all.sort_unstable_by_key(|(points, _)| std::cmp::Reverse(*points));
    let mut tallied: Vec<(Points, usize, usize)> = Vec::new();
    for (points, is_positive) in all {
        if tallied.last().is_none_or(|(last, ..)| *last != points) {
            tallied.push((points, 0, 0));
        }
        if let Some((_, n_positive, n_negative)) = tallied.last_mut() {
            *n_positive += usize::from(is_positive);
            *n_negative += usize::from(!is_positive);
        }
    }
    tallied
}

/// The area under the curve: how often one that should score high scores higher than one that should not, equal scores
/// counting half. Nothing when one side is empty.
pub fn auc(positives: &[Score], negatives: &[Score]) -> Option<f64> {
    if positives.is_empty() || negatives.is_empty() {
        return None;
    }
    let mut above = 0.0;
    let mut n_positive_above = 0;
    for (_, n_positive, n_negative) in tallied(positives, negatives) {
        above += real(n_negative) * (real(n_positive_above) + real(n_positive) / 2.0);
        n_positive_above += n_positive;
    }
    Some(above / (real(positives.len()) * real(negatives.len())))
}

/// Average precision: the precision at each score, weighted by the recall that it adds. Nothing without positives.
pub fn average_precision(positives: &[Score], negatives: &[Score]) -> Option<f64> {
    if positives.is_empty() {
        return None;
    }
    let (mut hits, mut alerts, mut sum) = (0, 0, 0.0);
    for (_, n_positive, n_negative) in tallied(positives, negatives) {
        hits += n_positive;
        alerts += n_positive + n_negative;
        sum += ratio(hits, alerts) * ratio(n_positive, positives.len());
    }
    Some(sum)
}

/// The points of the curve: share of the negatives and of the positives that reach each score, from the highest down. At most
/// some 200, chosen so that the shape stays.
pub fn curve(positives: &[Score], negatives: &[Score]) -> Vec<(f64, f64)> {
    let mut points = vec![(0.0, 0.0)];
    let (mut n_positive, mut n_negative) = (0, 0);
    for (score, more_positive, more_negative) in tallied(positives, negatives) {
        if score == Points(0) {
            break; // what is no hit at all cannot be reached by any threshold
        }
        n_positive += more_positive;
        n_negative += more_negative;
        points.push((ratio(n_negative, negatives.len()), ratio(n_positive, positives.len())));
    }
    thinned(points)
}

/// A curve without the points that would lie within a thousandth of the one before. Where alerts are few every point counts.
fn thinned(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let last = points.last().copied();
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for point in points {
        let is_near = |before: &(f64, f64)| {
            let step = if point.0 < 0.02 { 0.000_2 } else { 0.005 };
            point.0 - before.0 < step && point.1 - before.1 < 0.01
        };
        if !kept.last().is_some_and(is_near) {
            kept.push(point);
        }
    }
    if let Some(last) = last.filter(|last| kept.last() != Some(last)) {
        kept.push(last);
    }
    kept
}

/// Precision, recall and their harmonic mean at a cut.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Quality {
    /// The score from which on a pair counts as a match.
    pub threshold: f64,
    /// The share of right ones among those that reach it; 1 when none does.
    pub precision: f64,
    /// The share of the positives that reach it.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
    /// The share of the negatives below it.
    pub specificity: f64,
}

impl Quality {
    fn of(cut: Cut, hits: usize, alarms: usize, positives: usize, negatives: usize) -> Self {
        let recall = ratio(hits, positives);
        let precision = if hits + alarms == 0 { 1.0 } else { ratio(hits, hits + alarms) };
        let f1 = if hits == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
        let specificity = ratio(negatives - alarms, negatives);
        Self { threshold: cut.to_share(), precision, recall, f1, specificity }
    }

    /// The quality at a cut.
    pub fn at(cut: Cut, positives: &[Score], negatives: &[Score]) -> Self {
        let reaching = |scores: &[Score]| scores.iter().filter(|score| score.points() >= cut).count();
        Self::of(cut, reaching(positives), reaching(negatives), positives.len(), negatives.len())
    }

    /// The qualities at every score that occurs, from the highest down.
    fn all(positives: &[Score], negatives: &[Score]) -> Vec<Self> {
        let (mut hits, mut alarms) = (0, 0);
        tallied(positives, negatives)
            .into_iter()
            .filter(|(points, ..)| *points > Points(0))
            .map(|(points, n_positive, n_negative)| {
                hits += n_positive;
                alarms += n_negative;
                Self::of(points, hits, alarms, positives.len(), negatives.len())
            })
            .collect()
    }

    /// The best harmonic mean; of equals the highest threshold.
    pub fn best_f1(positives: &[Score], negatives: &[Score]) -> Option<Self> {
        Self::all(positives, negatives)
            .into_iter()
            .reduce(|best, next| if next.f1 > best.f1 { next } else { best })
    }

    /// The highest threshold with at least this recall.
    pub fn at_recall(recall: f64, positives: &[Score], negatives: &[Score]) -> Option<Self> {
        Self::all(positives, negatives).into_iter().find(|quality| quality.recall >= recall)
    }
}

/// Where the true share of `k` in `n` lies with 95 % confidence, after Wilson (1927); 0 to 1 when `n` is 0.
pub fn wilson(k: usize, n: usize) -> (f64, f64) {
    const Z: f64 = 1.959_964;
    if n == 0 {
        return (0.0, 1.0);
    }
    let (n, share) = (real(n), ratio(k, n));
    let middle = share + Z * Z / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    (((middle - half) / scale).max(0.0), ((middle + half) / scale).min(1.0))
}

/// The value below which `share` of the sorted values lie: the one at the rounded-up place, 1 to n.
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = whole((share * real(sorted.len())).ceil()).max(1);
    sorted.get(place.min(sorted.len()).checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(values: &[f64]) -> Vec<Score> {
        values.iter().map(|value| Score::from_points(Points::from_share(*value))).collect()
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn cuts_keep_to_the_rate() {
        let benign = scores(&[0.9, 0.8, 0.8, 0.5, 0.4, 0.0, 0.0, 0.0, 0.0, 0.0]);
        let floor = Points(3_000);
        assert_eq!(cut_at(&benign, 0.0, floor), Points(9_001));
        assert_eq!(cut_at(&benign, 0.1, floor), Points(8_001));
        // The two of 0.8 cannot be told apart: at most one fifth may alert, so neither does.
        assert_eq!(cut_at(&benign, 0.2, floor), Points(8_001));
        assert_eq!(cut_at(&benign, 0.3, floor), Points(5_001));
        assert_eq!(cut_at(&benign, 0.6, floor), floor);
        assert_eq!(cut_at(&scores(&[1.0]), 0.5, floor), Points(10_001));
        assert!(near(share_reaching(benign, Points(8_000)), 0.3));
    }

    #[test]
    fn areas() {
        // Of 4 × 2 pairs 4 are in order and 1 is equal.
        let (positives, negatives) = (scores(&[0.9, 0.8, 0.5, 0.2]), scores(&[0.8, 0.3]));
        assert!(near(auc(&positives, &negatives).unwrap(), 4.5 / 8.0));
        assert_eq!(auc(&[], &negatives), None);
        // Down the scores: 1/1 · ¼, 2/3 · ¼, 3/4 · ¼, (0.3 adds no recall), 4/6 · ¼.
        let expected = (1.0 + 2.0 / 3.0 + 3.0 / 4.0 + 4.0 / 6.0) / 4.0;
        assert!(near(average_precision(&positives, &negatives).unwrap(), expected));
    }

    #[test]
    fn qualities() {
        let (positives, negatives) = (scores(&[0.9, 0.8, 0.5, 0.0]), scores(&[0.7, 0.3]));
        let best = Quality::best_f1(&positives, &negatives).unwrap();
        assert!(near(best.threshold, 0.5) && near(best.precision, 0.75) && near(best.recall, 0.75));
        assert!(near(best.f1, 0.75) && near(best.specificity, 0.5));
        assert!(near(Quality::at(Points(8_000), &positives, &negatives).f1, 2.0 / 3.0));
        assert!(near(Quality::at_recall(0.5, &positives, &negatives).unwrap().precision, 1.0));
        // What scores nothing is found at no threshold.
        assert_eq!(Quality::at_recall(1.0, &positives, &negatives), None);
    }

    #[test]
    fn curves_begin_at_nothing_and_end_at_what_is_found() {
        let points = curve(&scores(&[0.9, 0.0]), &scores(&[0.5, 0.0, 0.0, 0.0]));
        assert_eq!(points, [(0.0, 0.0), (0.0, 0.5), (0.25, 0.5)]);
    }

    #[test]
    fn intervals() {
        let (low, high) = wilson(9, 10);
        assert!((low - 0.595_85).abs() < 1e-4 && (high - 0.982_12).abs() < 1e-4, "{low} {high}");
        assert_eq!(wilson(0, 0), (0.0, 1.0));
        assert!(wilson(10, 10).1 <= 1.0);
    }

    #[test]
    fn quantiles() {
        let values = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(
            [0.0, 0.5, 0.75, 0.99].map(|share| quantile(&values, share)),
            [1.0, 2.0, 3.0, 4.0].map(Some)
        );
        assert_eq!(quantile(&[], 0.5), None);
    }
}
