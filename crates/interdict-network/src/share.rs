//! How much of a party is held? Exact percentages, and the bounds between which one lies when a source does not say it exactly.
//!
//! A share is counted in billionths of a thousandth of a percent (12 decimals), so that adding shares is adding whole numbers. What has
//! more decimals, or is a fraction as one third, lies between two neighbors and stays a range: it never becomes more than the source says.

mod written;

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

pub use written::ShareError;

/// An exact percentage, 0 to 100, with at most [`Share::DECIMALS`] decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Share(u64);

/// Units in one percent.
const PERCENT: u64 = 1_000_000_000_000;

impl Share {
    /// Most decimals of a percentage that is kept exactly.
    pub const DECIMALS: usize = 12;
    /// 0 percent.
    pub const NONE: Self = Self(0);
    /// 50 percent.
    pub const HALF: Self = Self(50 * PERCENT);
    /// 100 percent.
    pub const WHOLE: Self = Self(100 * PERCENT);

    /// So many whole percent; more than 100 is 100.
    pub const fn percent(percent: u8) -> Self {
        if percent > 100 { Self::WHOLE } else { Self(percent as u64 * PERCENT) }
    }

    /// The number of units of 10⁻¹² percent.
    pub const fn units(self) -> u64 {
        self.0
    }

    /// So many units of 10⁻¹² percent; `None` beyond 100 percent.
    pub const fn from_units(units: u64) -> Option<Self> {
        if units > Self::WHOLE.0 { None } else { Some(Self(units)) }
    }
}

impl fmt::Display for Share {
    /// The percentage without a sign and without zeros at the end: `49.999999`, `50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / PERCENT, self.0 % PERCENT);
        if rest == 0 {
            return write!(f, "{whole}");
        }
        let decimals = format!("{rest:012}");
        write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
    }
}

/// One end of a range: a share, itself within the range or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bound {
    /// Where the range ends.
    pub share: Share,
    /// Whether that share itself is outside: `more than 25` is open at 25.
    pub is_open: bool,
}

impl Bound {
    /// A bound that is within its range.
    pub const fn closed(share: Share) -> Self {
        Self { share, is_open: false }
    }

    /// A bound that is outside its range.
    pub const fn open(share: Share) -> Self {
        Self { share, is_open: true }
    }
}

/// Between which bounds a share lies. An exact share is a range of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShareRange {
    min: Bound,
    max: Bound,
}

impl ShareRange {
    /// Nothing is known but that something is held: more than 0, at most 100.
    pub const UNKNOWN: Self = Self { min: Bound::open(Share::NONE), max: Bound::closed(Share::WHOLE) };

    /// Exactly this share.
    pub const fn exactly(share: Share) -> Self {
        Self { min: Bound::closed(share), max: Bound::closed(share) }
    }

    /// Between two bounds.
    ///
    /// # Errors
    /// When no share lies between them.
    pub fn between(min: Bound, max: Bound) -> Result<Self, ShareError> {
        let is_empty = min.share > max.share || (min.share == max.share && (min.is_open || max.is_open));
        if is_empty { Err(ShareError::Backwards(format!("{min:?} {max:?}"))) } else { Ok(Self { min, max }) }
    }

    /// The lower bound.
    pub fn min(self) -> Bound {
        self.min
    }

    /// The upper bound.
    pub fn max(self) -> Bound {
        self.max
    }

    /// The share, when it is known exactly.
    pub fn exact(self) -> Option<Share> {
        (self.min == self.max).then_some(self.min.share)
    }

    /// The range that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        let low = [self.min, other.min].into_iter().min_by_key(|bound| (bound.share, bound.is_open));
        let high = [self.max, other.max].into_iter().max_by_key(|bound| (bound.share, !bound.is_open));
        Self { min: low.unwrap_or(self.min), max: high.unwrap_or(self.max) }
    }
}

impl FromStr for ShareRange {
    type Err = ShareError;

    /// Reads what registers and lists write: `50`, `33.3 %`, `12,5`, `25-50`, `more than 25 up to 50`, `>50`, `1/3`, `majority`, `unknown`.
    fn from_str(text: &str) -> Result<Self, ShareError> {
        written::range(text)
    }
}

impl fmt::Display for ShareRange {
    /// `50 %`, `25 to 50 %`, `more than 25, less than 50 %`, `unknown`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(share) = self.exact() {
            return write!(f, "{share} %");
        }
        if *self == Self::UNKNOWN {
            return f.write_str("unknown");
        }
        let (min, max) = (self.min, self.max);
        match (min.is_open, max.is_open) {
            (false, false) if max.share == Share::WHOLE => write!(f, "{} % or more", min.share),
            (true, false) if max.share == Share::WHOLE => write!(f, "more than {} %", min.share),
            (false, false) => write!(f, "{} to {} %", min.share, max.share),
            (true, false) => write!(f, "more than {}, at most {} %", min.share, max.share),
            (false, true) => write!(f, "{} to less than {} %", min.share, max.share),
            (true, true) => write!(f, "more than {}, less than {} %", min.share, max.share),
        }
    }
}

/// `{"min": "25", "max": "50", "min_open": true, "max_open": false}`: percentages as decimal texts, so that no reader rounds them.
impl Serialize for ShareRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut range = serializer.serialize_struct("ShareRange", 4)?;
        range.serialize_field("min", &self.min.share.to_string())?;
        range.serialize_field("max", &self.max.share.to_string())?;
        range.serialize_field("min_open", &self.min.is_open)?;
        range.serialize_field("max_open", &self.max.is_open)?;
        range.end()
    }
}
