//! What does a trace look like? A drawing as SVG: from the seeds on the left to where value ended on the right (backward: from where it
//! came to the seeds), boxes for addresses, and lines as wide as what went along them.
//!
//! Nothing in it comes from anywhere else: no script, no font, no address. It is bounded; what is too small to be drawn alone is gathered, so that
//! sums remain true, and what is left out it says. How value ended is told by color, border, icon and words.

mod cards;
mod gathered;
mod layout;
mod legend;
mod style;
mod svg;
mod text;
mod trail;

use crate::report::TraceReport;
use cards::Card;
use gathered::Gathered;
use layout::{Line, Wanted};
use trail::{Edge, Trail};

/// Most lines that are drawn, the largest ones.
const LINES_MAX: usize = 300;
/// Width of a line that carries as much as the seeds have, and of the thinnest line.
const WIDTHS: (i64, i64) = (110, 2);
/// Widest line back: it runs round boxes, where a wide one would cover others.
const BACK_MAX: i64 = 6;

/// What stands above the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// What is shown: `Where the ransom of May went`.
    pub title: String,
    /// In what it was seen, with a digest that is short enough to be read: `bitcoin to block 840000, 1a2b3c4d5e6f`.
    pub ledger: String,
}

/// Draws a report as one SVG document. The same report gives the same bytes.
///
/// ```
/// use interdict_ledger::picture::{Heading, svg};
/// use interdict_ledger::report::{End, EndKind, Seed, TraceReport, Unit};
/// use interdict_ledger::strategy::{Conservation, Direction, Strategy};
///
/// let report = TraceReport {
///     strategy: Strategy::Fifo,
///     direction: Direction::Forward,
///     unit: Unit { asset: "BTC".into(), decimals: 8 },
///     seeds: vec![Seed { what: "bc1qseed".into(), amount: 150_000_000, parts: 1 }],
///     conservation: Conservation { seed: 150_000_000, unspent: 150_000_000, ..Conservation::default() },
///     ends: Vec::new(),
///     flows: Vec::new(),
///     leads: Vec::new(),
///     notes: Vec::new(),
///     transactions: 0,
/// };
/// let drawing = svg(&report, &Heading { title: "A hop".into(), ledger: "invented".into() });
/// assert!(drawing.starts_with("<svg ") && drawing.contains("1.5 BTC"));
/// ```
pub fn svg(report: &TraceReport, heading: &Heading) -> String {
    let trail = Trail::new(report);
    let scene = Scene::new(report, &trail);
    let wanted: Vec<Wanted> = scene.cards.iter().map(Card::wanted).collect();
    let layout = layout::layout(&wanted, &scene.lines);
    let margin = legend::Margin::new(report, heading, &trail, &scene, &layout);
    svg::written(report, &scene, &layout, &margin)
}

/// What is drawn, before it has a place.
struct Scene {
    cards: Vec<Card>,
    lines: Vec<Line>,
    /// As how much the widest line counts.
    scale: u128,
    /// How many lines are too many, and what goes along them.
    left_out: (usize, u128),
}

impl Scene {
    fn new(report: &TraceReport, trail: &Trail<'_>) -> Self {
        let Gathered { groups, mut edges } = Gathered::new(trail);
        let largest = edges.iter().map(|edge| edge.amount).max().unwrap_or(0);
        let scale = report.conservation.seed.max(largest).max(1);
        let left_out = leave_out(&mut edges);
        let line = |edge: Edge| Line { edge, width: share(edge.amount, scale, WIDTHS.0).max(WIDTHS.1) };
        let cards = groups.iter().map(|group| Card::new(report, trail, group)).collect();
        Self { cards, lines: edges.into_iter().map(line).collect(), scale, left_out }
    }
}

/// Keeps the largest lines.
fn leave_out(edges: &mut Vec<Edge>) -> (usize, u128) {
    if edges.len() <= LINES_MAX {
        return (0, 0);
    }
    edges.sort_by_key(|edge| (std::cmp::Reverse(edge.amount), edge.from, edge.to));
    let left_out = edges.split_off(LINES_MAX);
    edges.sort_by_key(|edge| (edge.from, edge.to));
    (left_out.len(), left_out.iter().fold(0, |sum, edge| sum.saturating_add(edge.amount)))
}

/// The part of `full` that an amount is of another, at most all of it.
fn share(amount: u128, of: u128, full: i64) -> i64 {
    // So that the product fits.
    let shift = 64_u32.saturating_sub(of.leading_zeros());
    let (amount, of) = (amount.min(of) >> shift, (of >> shift).max(1));
    let part = amount.saturating_mul(u128::from(full.unsigned_abs())) / of;
    i64::try_from(part).unwrap_or(full).min(full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_do_not_overflow() {
        assert_eq!(
            [share(1, 2, 100), share(u128::MAX, u128::MAX, 100), share(u128::MAX / 4, u128::MAX, 100)],
            [50, 100, 24]
        );
        assert_eq!([share(5, 0, 100), share(0, 0, 100), share(7, 3, 100)], [0, 0, 100]);
    }
}
