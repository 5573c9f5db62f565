//! What stands in a box, and how large must it be?

use super::gathered::{Group, What};
use super::layout::{BOX, Wanted};
use super::text;
use super::trail::Trail;
use crate::report::{EndKind, TraceReport, Unit};
use crate::words::end_words;

/// Room to the left and right of texts.
pub(super) const PADDING: i64 = 11;
/// Room above and below texts.
pub(super) const ROOM: i64 = 8;
/// Width of an icon and of the room behind it.
pub(super) const ICON: i64 = 18;
/// Height of the strip that says that tracing began here.
pub(super) const SEED: i64 = 20;
/// Most lines of a name.
const NAME_LINES_MAX: usize = 2;
/// Addresses that are told in full for a box that holds many.
const TOLD_MAX: usize = 5;

/// A line of text in a box.
#[derive(Debug)]
pub(super) enum Row {
    Name(String),
    Plain(String),
    Muted(String),
    End(EndKind, String),
}

impl Row {
    /// Its height.
    pub fn height(&self) -> i64 {
        match self {
            Self::Name(_) => 17,
            Self::Plain(_) | Self::Muted(_) => 15,
            Self::End(..) => 18,
        }
    }
}

/// A box.
#[derive(Debug)]
pub(super) struct Card {
    pub what: What,
    /// What the strip of a seed says.
    pub seed: Option<String>,
    pub rows: Vec<Row>,
    /// The way in which most ended here.
    pub tone: Option<EndKind>,
    pub has_lead: bool,
    /// All of it in full.
    pub title: String,
    /// How it is called in a sentence.
    pub called: String,
    /// How many addresses it holds.
    pub members: usize,
    is_seed: bool,
    depth: usize,
    pub height: i64,
}

impl Card {
    pub fn new(report: &TraceReport, trail: &Trail<'_>, group: &Group) -> Self {
        let unit = &report.unit;
        let mut rows = names(trail, group);
        rows.extend(group.passing(unit));
        for (&kind, &amount) in group.ends.iter().filter(|(_, amount)| **amount > 0) {
            let told = format!("{} {}", end_words(kind), text::figure(unit, amount));
            rows.push(Row::End(kind, text::elided(&told, 12, BOX - 2 * PADDING - ICON)));
        }
        if !group.leads.is_empty() {
            let numbers: Vec<String> =
                group.leads.iter().take(4).map(|lead| (lead + 1).to_string()).collect();
            rows.push(Row::Muted(format!("lead {}", numbers.join(", "))));
        }
        let seed = group.is_seed.then(|| seed_words(trail, group, unit));
        let strip = if seed.is_some() { SEED } else { 0 };
        Self {
            what: group.what,
            seed,
            tone: group.main_end(),
            has_lead: !group.leads.is_empty(),
            title: title(report, trail, group),
            called: called(trail, group),
            members: group.members.len(),
            is_seed: group.is_seed,
            depth: group.depth,
            height: 2 * ROOM + strip + rows.iter().map(Row::height).sum::<i64>(),
            rows,
        }
    }

    /// What it asks of the layout.
    pub fn wanted(&self) -> Wanted {
        Wanted {
            height: self.height,
            depth: self.depth,
            is_seed: self.is_seed,
            is_gathered: self.what == What::Rest,
        }
    }
}

impl Group {
    /// How much passes, where that is not what ended.
    fn passing(&self, unit: &Unit) -> Option<Row> {
        let ended = self.ends.values().fold(0_u128, |sum, amount| sum.saturating_add(*amount));
        let amount = |amount| text::amount(unit, amount);
        let words = match self.what {
            What::Chain => format!("{} in", amount(self.entering)),
            _ if self.leaving == 0 || self.entering == 0 => return None,
            _ if self.is_seed && ended == 0 => format!("{} came back", amount(self.entering)),
            _ if ended == 0 => format!("passes on {}", amount(self.leaving)),
            _ => format!("{} in", amount(self.entering)),
        };
        Some(Row::Muted(text::elided(&words, 11, BOX - 2 * PADDING)))
    }
}

fn names(trail: &Trail<'_>, group: &Group) -> Vec<Row> {
    let room = BOX - 2 * PADDING;
    let nodes: Vec<_> = group.members.iter().filter_map(|&node| trail.nodes.get(node)).collect();
    let count = text::grouped(u64::try_from(nodes.len()).unwrap_or(u64::MAX));
    let short = |node: Option<&&super::trail::Node<'_>>| text::short(node.map_or("", |node| node.address));
    match group.what {
        What::Address => {
            let label = nodes.first().and_then(|node| node.label).map(text::plain).unwrap_or_default();
            let name = text::wrapped(&label, 14, room, NAME_LINES_MAX).into_iter().map(Row::Name);
            let address = short(nodes.first());
            let address = if address.is_empty() { "no address".to_owned() } else { address };
            name.chain([Row::Plain(text::elided(&address, 12, room))]).collect()
        }
        What::Chain => vec![
            Row::Name(format!("{count} addresses in a row")),
            Row::Plain(text::elided(&format!("from {}", short(nodes.first())), 12, room)),
            Row::Plain(text::elided(&format!("to {}", short(nodes.last())), 12, room)),
        ],
        What::Rest => {
            let words = [format!("… and {count} more addresses"), format!("… and {count} more")];
            words
                .into_iter()
                .find(|words| text::width(words, 14) <= room)
                .map(Row::Name)
                .into_iter()
                .collect()
        }
    }
}

fn seed_words(trail: &Trail<'_>, group: &Group, unit: &Unit) -> String {
    let mut amounts = group.members.iter().filter_map(|&node| trail.nodes.get(node)?.seed);
    let sum = amounts.try_fold(0_u128, |sum, amount| Some(sum.saturating_add(amount?)));
    let told = sum.map(|sum| format!("SEED  {}", text::amount(unit, sum)));
    text::elided(&told.unwrap_or_else(|| "SEED".to_owned()), 13, BOX - 2 * PADDING - ICON)
}

fn called(trail: &Trail<'_>, group: &Group) -> String {
    match (group.what, group.members.first().and_then(|&node| trail.nodes.get(node))) {
        (What::Rest, _) => format!("{} further addresses", group.members.len()),
        (What::Chain, _) => format!("{} addresses in a row", group.members.len()),
        (What::Address, Some(node)) if node.address.is_empty() => "no address".to_owned(),
        (What::Address, node) => text::plain(node.map_or("", |node| node.address)),
    }
}

fn title(report: &TraceReport, trail: &Trail<'_>, group: &Group) -> String {
    let exact = |amount| format!("{} {}", report.unit.written(amount), text::plain(&report.unit.asset));
    let mut lines = Vec::new();
    for node in group.members.iter().filter_map(|&node| trail.nodes.get(node)).take(TOLD_MAX) {
        let label = node.label.map(|label| format!(" ({})", text::plain(label))).unwrap_or_default();
        lines.push(format!("{}{label}", text::plain(node.address)));
    }
    if group.members.len() > TOLD_MAX {
        lines.push(format!("… and {} more", group.members.len() - TOLD_MAX));
    }
    for (what, amount) in
        [("came in", group.entering), ("went on", group.leaving), ("went round within", group.within)]
    {
        if amount > 0 {
            lines.push(format!("{what}: {}", exact(amount)));
        }
    }
    lines.extend(group.ends.iter().map(|(kind, amount)| format!("{}: {}", end_words(*kind), exact(*amount))));
    lines.join("\n")
}
