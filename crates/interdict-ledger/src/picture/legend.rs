//! What stands around a drawing? Above it what it shows and how the sum comes out, below it what its signs mean and what it leaves out.

use super::gathered::What;
use super::layout::{Layout, Route};
use super::text;
use super::trail::Trail;
use super::{Heading, Scene};
use crate::report::{EndKind, TraceReport};
use crate::words::{END_KINDS, direction_name, end_words, ended};

/// Least width of a drawing.
const WIDTH_MIN: i64 = 860;
/// Most leads and notes that are told.
const LEADS_MAX: usize = 8;
const NOTES_MAX: usize = 12;
const NOTE: i64 = 12;

/// All texts around a drawing, and its inner width.
pub(super) struct Margin {
    pub width: i64,
    pub title: Vec<String>,
    pub subtitle: Vec<String>,
    pub sum: Vec<String>,
    /// Whether the sum does not come out.
    pub is_alarm: bool,
    /// How value ended: the amount, and words with a share.
    pub ended: Vec<(EndKind, u128, String)>,
    pub keys: Vec<(Key, String)>,
    pub notes: Vec<String>,
}

/// One entry of the legend below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Seed,
    Width(i64),
    Back,
    Chain,
    Rest,
    Lead,
}

impl Key {
    /// The width of the sign, with the room behind it.
    pub const SIGN: i64 = 42;
}

impl Margin {
    pub fn new(
        report: &TraceReport,
        heading: &Heading,
        trail: &Trail<'_>,
        scene: &Scene,
        layout: &Layout,
    ) -> Self {
        let width = layout.width.max(WIDTH_MIN);
        let mut notes = Vec::new();
        for note in all_notes(report, trail, scene, layout) {
            notes.extend(text::wrapped(&text::plain(&note), NOTE, width, 3));
        }
        let (sum, is_alarm) = sum(report);
        Self {
            width,
            title: text::wrapped(&text::plain(&heading.title), 22, width, 2),
            subtitle: text::wrapped(&subtitle(report, heading), 13, width, 3),
            sum: text::wrapped(&sum, 15, width, 3),
            is_alarm,
            ended: ends(report),
            keys: keys(report, scene, layout),
            notes,
        }
    }
}

/// `fifo, forward · seed 12.5 BTC at 2 places · 34 transactions · bitcoin to block 9, 1a2b3c4d5e6f`.
fn subtitle(report: &TraceReport, heading: &Heading) -> String {
    let seeds = match report.seeds.as_slice() {
        [seed] => format!("seed {}", text::short(&seed.what)),
        seeds => format!("{} seeds", seeds.len()),
    };
    let transactions = format!(
        "{} transaction{} looked at",
        text::grouped(report.transactions),
        if report.transactions == 1 { "" } else { "s" }
    );
    let way = format!("{}, {}", report.strategy, direction_name(report.direction));
    let parts = [way, seeds, transactions, text::plain(&heading.ledger)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The account in one line, and whether it fails to come out.
fn sum(report: &TraceReport) -> (String, bool) {
    let (unit, sums) = (&report.unit, &report.conservation);
    let parts: Vec<String> = END_KINDS
        .into_iter()
        .filter(|&kind| ended(sums, kind) > 0)
        .map(|kind| format!("{} {}", text::figure(unit, ended(sums, kind)), end_words(kind).to_lowercase()))
        .collect();
    let seed = text::amount(unit, sums.seed);
    let is_rounded = seed.starts_with('≈') || parts.iter().any(|part| part.starts_with('≈'));
    let exact = |text: &str| text.trim_start_matches("≈ ").to_owned();
    if !report.strategy.conserves() {
        return (
            format!("{seed} in the seed; reached: {}. Poison makes taint: no sum is kept.", parts.join(", ")),
            false,
        );
    }
    if sums.holds() {
        let parts: Vec<String> = parts.iter().map(|part| exact(part)).collect();
        let sign = if is_rounded { '≈' } else { '=' };
        return (
            format!("{} {sign} {}. Every unit is accounted for.", exact(&seed), parts.join(" + ")),
            false,
        );
    }
    // To the last unit: the difference may be small.
    let told =
        |&kind: &EndKind| format!("{} {}", unit.written(ended(sums, kind)), end_words(kind).to_lowercase());
    let parts: Vec<String> = END_KINDS.iter().filter(|kind| ended(sums, **kind) > 0).map(told).collect();
    let seed = unit.written(sums.seed);
    (format!("THE SUM DOES NOT COME OUT: {seed} in the seed, but {}.", parts.join(" + ")), true)
}

fn ends(report: &TraceReport) -> Vec<(EndKind, u128, String)> {
    let sums = &report.conservation;
    let told = |kind| {
        let amount = ended(sums, kind);
        let share = (super::share(amount, sums.seed, 100_000) + 50) / 100;
        let share = match share {
            0 => "< 0.1 %".to_owned(),
            share => format!("{}.{} %", share / 10, share % 10),
        };
        let share = if report.strategy.conserves() { format!(" ({share})") } else { String::new() };
        (kind, amount, format!("{} {}{share}", end_words(kind), text::amount(&report.unit, amount)))
    };
    END_KINDS.into_iter().map(told).filter(|(_, amount, _)| *amount > 0).collect()
}

fn keys(report: &TraceReport, scene: &Scene, layout: &Layout) -> Vec<(Key, String)> {
    let mut keys = Vec::new();
    let mut key = |is_there: bool, key: Key, words: &str| {
        if is_there {
            keys.push((key, words.to_owned()));
        }
    };
    key(scene.cards.iter().any(|card| card.seed.is_some()), Key::Seed, "tracing begins here");
    // The nearest round share of the widest line that a sign can show.
    let tenth = super::WIDTHS.0 / 10;
    let width = format!(
        "a line as wide as this: {}; the thinnest stand for less",
        text::amount(&report.unit, scene.scale / 10)
    );
    key(!scene.lines.is_empty(), Key::Width(tenth), &width);
    let has_back = layout.routes.iter().any(|route| matches!(route, Route::Back { .. }));
    key(has_back, Key::Back, "goes back to where value was before (always thin)");
    let has = |what| scene.cards.iter().any(|card| card.what == what);
    key(has(What::Chain), Key::Chain, "many addresses in a row, one box");
    key(has(What::Rest), Key::Rest, "all smaller ones with this distance from the seed");
    key(scene.cards.iter().any(|card| card.has_lead), Key::Lead, "named by a lead: a hint, no proof");
    keys
}

fn all_notes(report: &TraceReport, trail: &Trail<'_>, scene: &Scene, layout: &Layout) -> Vec<String> {
    let amount = |amount| text::amount(&report.unit, amount);
    let mut notes = Vec::new();
    for (number, lead) in report.leads.iter().enumerate().take(LEADS_MAX) {
        let kind = lead.kind.replace('_', " ");
        notes.push(format!(
            "Lead {}: {kind}, {:.0} % sure by {}: {}",
            number + 1,
            lead.confidence * 100.0,
            lead.method,
            lead.seen
        ));
    }
    if report.leads.len() > LEADS_MAX {
        notes.push(format!("… and {} more leads.", report.leads.len() - LEADS_MAX));
    }
    if trail.is_without_flows && !trail.edges.is_empty() {
        notes.push("How value moved was not asked for: lines lead from the seeds to the ends at once, over any number of steps.".to_owned());
    }
    let gathered: usize =
        scene.cards.iter().filter(|card| card.what == What::Rest).map(|card| card.members).sum();
    if gathered > 0 {
        let count = text::grouped(u64::try_from(gathered).unwrap_or(u64::MAX));
        notes.push(format!(
            "{count} addresses are gathered in boxes “… and n more”; their sums are in the lines and boxes."
        ));
    }
    let back = scene
        .lines
        .iter()
        .zip(&layout.routes)
        .filter(|(_, route)| **route == Route::Left)
        .map(|(line, _)| line.edge.amount);
    let (count, sum) =
        back.fold((0_usize, 0_u128), |(count, sum), amount| (count + 1, sum.saturating_add(amount)));
    for (count, sum, what) in
        [(count, sum, "smaller lines back"), (scene.left_out.0, scene.left_out.1, "smallest lines")]
    {
        if count > 0 {
            notes.push(format!("Not drawn: the {count} {what}, {} together.", amount(sum)));
        }
    }
    if report.conservation.fee > 0
        && report.ends.iter().any(|end| end.kind == EndKind::Fee && end.address.is_empty())
    {
        notes.push(
            "Fees are paid in every transaction; they are in the sum above and have no box.".to_owned(),
        );
    }
    notes.extend(report.notes.iter().take(NOTES_MAX).map(|note| format!("Note: {}", note.text)));
    if report.notes.len() > NOTES_MAX {
        notes.push(format!("… and {} more notes.", report.notes.len() - NOTES_MAX));
    }
    notes
}
