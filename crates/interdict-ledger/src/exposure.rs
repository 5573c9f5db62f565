//! With whom does an address deal, straight and through others? What any kind of chain tells of it.

use crate::report::{End, EndKind, TraceReport};

/// What is known of an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Who it is.
    pub name: String,
    /// Of what kind: `exchange`, `mixer`, `sanctioned`.
    pub category: Option<String>,
}

/// What is shared with one label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// With whom.
    pub label: Label,
    /// In one step.
    pub direct: u128,
    /// Through addresses without a label.
    pub indirect: u128,
    /// Both, in ten-thousandths of all, rounded. Of poison, which makes taint, at most all.
    pub ten_thousandths: u32,
}

/// Exposure in one direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// All that the address sent and holds, or received: what came back to it and left again counts once.
    pub all: u128,
    /// With whom, the largest first.
    pub shares: Vec<Share>,
    /// What met no label.
    pub unlabelled: u128,
    /// The walk that tells it, with its notes.
    pub report: TraceReport,
}

/// Exposure in both directions.
#[derive(Debug, Clone, PartialEq)]
pub struct Exposure {
    /// Where value went.
    pub sending: Side,
    /// Where it came from.
    pub receiving: Side,
}

impl Side {
    /// What a walk tells that stopped at every label. `label` says what stopped it at an end.
    pub fn of(report: TraceReport, label: impl Fn(&End) -> Option<Label>) -> Self {
        let mut sums: std::collections::BTreeMap<Label, (u128, u128)> = std::collections::BTreeMap::new();
        for end in report.ends.iter().filter(|end| end.kind == EndKind::Stopped) {
            let Some(label) = label(end) else { continue };
            let (direct, indirect) = sums.entry(label).or_default();
            *direct = direct.saturating_add(end.direct);
            *indirect = indirect.saturating_add(end.amount.saturating_sub(end.direct));
        }
        let all = report.conservation.seed.saturating_sub(report.conservation.superseded);
        let share = |(label, (direct, indirect)): (Label, (u128, u128))| {
            let ten_thousandths = ten_thousandths(direct.saturating_add(indirect), all);
            Share { label, direct, indirect, ten_thousandths }
        };
        let mut shares: Vec<Share> = sums.into_iter().map(share).collect();
        shares.sort_by_key(|share| std::cmp::Reverse(share.direct.saturating_add(share.indirect)));
        let unlabelled = all.saturating_sub(report.conservation.stopped);
        Self { all, shares, unlabelled, report }
    }
}

/// A part of a whole in ten-thousandths, rounded to the nearest.
fn ten_thousandths(part: u128, all: u128) -> u32 {
    const WHOLE: u128 = 10_000;
    let (mut part, mut all) = (part.min(all), all);
    // Beyond 112 bits a ten-thousandth is far above what is cut off here.
    while all > u128::MAX / (4 * WHOLE) {
        (part, all) = (part >> 1, all >> 1);
    }
    u32::try_from((2 * part * WHOLE + all) / (2 * all).max(1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::ten_thousandths;

    #[test]
    fn shares_are_rounded() {
        assert_eq!((ten_thousandths(1, 3), ten_thousandths(2, 3), ten_thousandths(0, 0)), (3_333, 6_667, 0));
        assert_eq!((ten_thousandths(u128::MAX / 2, u128::MAX), ten_thousandths(7, 7)), (5_000, 10_000));
    }
}
