//! Scores: how strongly a subject and an entity are one, from 0 to 1, counted in ten-thousandths so that the
//! parts of an explanation add up to the whole exactly.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use serde::{Serialize, Serializer};

/// A signed share of a score, in ten-thousandths: `Points(250)` is +0.0250.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(pub i32);

impl Points {
    /// One whole: the points of an exact name.
    pub const ONE: Self = Self(10_000);

    /// The points nearest to a share (1.0 is [`Points::ONE`]); the share is clamped to ±100, and no number is 0.
    #[expect(clippy::cast_possible_truncation, reason = "clamped to ±1,000,000 just before")]
    pub fn from_share(share: f64) -> Self {
        let share = if share.is_nan() { 0.0 } else { share };
        Self((share.clamp(-100.0, 100.0) * 10_000.0).round() as i32)
    }

    /// The share as a number: 1.0 for [`Points::ONE`].
    pub fn to_share(self) -> f64 {
        f64::from(self.0) / 10_000.0
    }

    /// Splits these points in proportion to `weights` so that the parts add up to the whole: what rounding
    /// leaves over goes to the largest remainders, the first of equals. Weights that add up to nothing give
    /// everything to the first.
    pub fn split(self, weights: &[f64]) -> Vec<Self> {
        let total: f64 = weights.iter().sum();
        if weights.is_empty() {
            return Vec::new();
        }
        if !(total.is_finite() && total > 0.0) {
            let mut parts = vec![Self(0); weights.len()];
            parts[0] = self;
            return parts;
        }
        let exact: Vec<f64> = weights.iter().map(|weight| f64::from(self.0) * weight / total).collect();
        let mut parts: Vec<Self> =
            exact.iter().map(|share| Self::from_share(share.floor() / 10_000.0)).collect();
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by(|&a, &b| (exact[b] - exact[b].floor()).total_cmp(&(exact[a] - exact[a].floor())));
        let mut left = self.0 - parts.iter().map(|part| part.0).sum::<i32>();
        for idx in order.into_iter().cycle() {
            if left <= 0 {
                break;
            }
            parts[idx].0 += 1;
            left -= 1;
        }
        parts
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Neg for Points {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self(0), Add::add)
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:+.4}", self.to_share())
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.to_share())
    }
}

/// How strongly a subject and an entity are one: 0 to 1. 1 is an exact name without contrary evidence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(Points);

impl Score {
    /// No evidence at all.
    pub const ZERO: Self = Self(Points(0));
    /// An exact name and nothing against it.
    pub const ONE: Self = Self(Points::ONE);

    /// A score from points, kept within 0 to 1.
    pub fn from_points(points: Points) -> Self {
        Self(Points(points.0.clamp(0, Points::ONE.0)))
    }

    /// The points of this score.
    pub fn points(self) -> Points {
        self.0
    }

    /// The score as a number from 0 to 1.
    pub fn value(self) -> f64 {
        self.0.to_share()
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.4}", self.value())
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The lowest score that makes a candidate a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Threshold(Score);

/// The number is not a threshold.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("a threshold is a number above 0 and at most 1, not {0}")]
pub struct ThresholdError(f64);

impl Threshold {
    /// A threshold from a number.
    ///
    /// # Errors
    /// When the number is not above 0 and at most 1: at 0 every entity would be a hit.
    pub fn new(value: f64) -> Result<Self, ThresholdError> {
        if !(value > 0.0 && value <= 1.0) {
            return Err(ThresholdError(value));
        }
        Ok(Self(Score::from_points(Points::from_share(value).max(Points(1)))))
    }

    /// A threshold from points, kept above 0 and at most 1.
    pub const fn from_points(Points(points): Points) -> Self {
        let most = if points > Points::ONE.0 { Points::ONE.0 } else { points };
        Self(Score(Points(if most < 1 { 1 } else { most })))
    }

    /// Whether a score reaches this threshold.
    pub fn is_reached_by(self, score: Score) -> bool {
        score >= self.0
    }

    /// The lowest score of a hit.
    pub fn score(self) -> Score {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn thresholds_are_above_nothing() {
        for bad in [0.0, -1.0, 1.000_1, f64::NAN, f64::INFINITY] {
            assert!(Threshold::new(bad).is_err(), "{bad}");
        }
        assert!(Threshold::new(0.7).unwrap().is_reached_by(Score::from_points(Points(7_000))));
        assert!(!Threshold::new(0.7).unwrap().is_reached_by(Score::from_points(Points(6_999))));
    }

    proptest! {
        #[test]
        fn split_loses_nothing(whole in -20_000i32..20_000, weights in prop::collection::vec(0.0f64..10.0, 1..12)) {
            let parts = Points(whole).split(&weights);
            prop_assert_eq!(parts.len(), weights.len());
            prop_assert_eq!(parts.into_iter().sum::<Points>(), Points(whole));
        }
    }
}
