//! What stands at the line between two parties? All interests of one in the other are one line.

use std::collections::{BTreeMap, HashMap};

use super::layout::Size;
use super::text;
use crate::excerpt::{Excerpt, is_tie};
use crate::interest::{InterestKind, Terms};
use crate::network::{Interest, Network, PartyId};
use crate::share::ShareRange;

/// Most lines of a label; more interests are counted.
const LINES_MAX: usize = 3;
/// Most interests that are told in full for one line of the drawing.
const TOLD_MAX: usize = 6;
/// Greatest width of a label.
const WIDTH_MAX: i64 = 200;
/// Font size of labels.
const SIZE: i64 = 11;

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// Solid.
    Ownership,
    /// Dashed.
    Control,
    /// Dotted.
    Other,
}

impl Look {
    fn of(kind: InterestKind) -> Self {
        use InterestKind as Kind;
        match kind {
            Kind::Shares | Kind::IndirectShares | Kind::EconomicRights => Self::Ownership,
            Kind::VotingRights
            | Kind::AppointsBoard
            | Kind::Controls
            | Kind::OwnsOrControls
            | Kind::Commands => Self::Control,
            Kind::ArrangementRole
            | Kind::Directorship
            | Kind::Membership
            | Kind::Representation
            | Kind::Family
            | Kind::Associate
            | Kind::Other => Self::Other,
        }
    }

    /// How much it matters that the line points down.
    pub fn weight(self) -> i64 {
        match self {
            Self::Ownership => 4,
            Self::Control => 3,
            Self::Other => 1,
        }
    }

    /// A number for each look.
    fn number(self) -> u8 {
        match self {
            Self::Ownership => 0,
            Self::Control => 1,
            Self::Other => 2,
        }
    }
}

/// A line.
#[derive(Debug)]
pub(super) struct Tie {
    /// Numbers of cards.
    pub holder: usize,
    pub asset: usize,
    pub look: Look,
    /// Whether it has a direction.
    pub is_directed: bool,
    pub label: Vec<String>,
    /// Each interest in a sentence with its source.
    pub title: String,
}

impl Tie {
    /// Height of a line of a label.
    pub const LINE_HEIGHT: i64 = 14;

    /// A number for lines that look alike: of one look, with or without heads.
    pub fn alike(&self) -> u8 {
        2 * self.look.number() + u8::from(self.is_directed)
    }

    /// The room that the label needs.
    pub fn size(&self) -> Size {
        let widest = self.label.iter().map(|line| text::width(line, SIZE)).max().unwrap_or(0);
        let lines = i64::try_from(self.label.len()).unwrap_or(0);
        Size { width: widest + 8, height: lines * Self::LINE_HEIGHT + 2 }
    }
}

/// The lines of an excerpt, in order of holder, then asset. What a party has in itself is no line.
pub(super) fn ties(network: &Network, excerpt: &Excerpt, places: &HashMap<PartyId, usize>) -> Vec<Tie> {
    let mut pairs = BTreeMap::<(usize, usize), Vec<&Interest>>::new();
    for interest in excerpt.interests.iter().filter(|interest| interest.holder != interest.asset) {
        if let (Some(&holder), Some(&asset)) = (places.get(&interest.holder), places.get(&interest.asset)) {
            pairs.entry((holder, asset)).or_default().push(interest);
        }
    }
    pairs.into_iter().map(|((holder, asset), interests)| tie(network, holder, asset, &interests)).collect()
}

fn tie(network: &Network, holder: usize, asset: usize, interests: &[&Interest]) -> Tie {
    let mut interests = interests.to_vec();
    interests.sort_by_key(|interest| {
        let terms = network.terms(interest);
        (Look::of(terms.kind), std::cmp::Reverse(terms.share.max().share), terms.kind)
    });
    let kinds = || interests.iter().map(|interest| network.terms(interest).kind);
    let title: Vec<String> =
        interests.iter().take(TOLD_MAX).map(|interest| sentence(network, interest)).collect();
    let mut title = title.join("\n");
    if interests.len() > TOLD_MAX {
        title.push_str(&format!("\n+ {} more", interests.len() - TOLD_MAX));
    }
    Tie {
        holder,
        asset,
        look: kinds().map(Look::of).min().unwrap_or(Look::Other),
        is_directed: !kinds().all(is_tie),
        label: label(network, &interests),
        title,
    }
}

/// What a party has in itself: `holds 10 % of itself`.
pub(super) fn of_itself(network: &Network, interests: &[&Interest]) -> Option<String> {
    let labels = label(network, interests);
    (!labels.is_empty()).then(|| format!("in itself: {}", labels.join(", ")))
}

/// The lines of a label, each said once.
fn label(network: &Network, interests: &[&Interest]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for interest in interests {
        let terms = network.terms(interest);
        let jointly = if terms.joint == 0 { "" } else { " jointly" };
        // What is cut off is the source's words, not that it is held jointly.
        let room = WIDTH_MAX - text::width(jointly, SIZE);
        let line = format!("{}{jointly}", text::elided(&short(network, terms), SIZE, room));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.len() > LINES_MAX {
        let more = lines.len() - (LINES_MAX - 1);
        lines.truncate(LINES_MAX - 1);
        lines.push(format!("+ {more} more"));
    }
    lines
}

/// `50 %`, `25 to 50 % of votes`, `controls`, `director`.
fn short(network: &Network, terms: &Terms) -> String {
    use InterestKind as Kind;
    let is_unknown = terms.share == ShareRange::UNKNOWN;
    let words = || network.text(terms.words).map(text::plain).filter(|words| !words.is_empty());
    match terms.kind {
        Kind::Shares if is_unknown => "share unknown".to_owned(),
        Kind::Shares => terms.share.to_string(),
        Kind::IndirectShares if is_unknown => "holds indirectly".to_owned(),
        Kind::IndirectShares => format!("{} indirectly", terms.share),
        Kind::VotingRights if is_unknown => "votes".to_owned(),
        Kind::VotingRights => format!("{} of votes", terms.share),
        Kind::EconomicRights if is_unknown => "economic rights".to_owned(),
        Kind::EconomicRights => format!("{} economic rights", terms.share),
        Kind::AppointsBoard => "appoints board".to_owned(),
        Kind::Controls => "controls".to_owned(),
        Kind::OwnsOrControls => "owns or controls".to_owned(),
        Kind::Commands => "commands".to_owned(),
        Kind::ArrangementRole => words().unwrap_or_else(|| "role in trust".to_owned()),
        Kind::Directorship => "director or leader".to_owned(),
        Kind::Membership => "member".to_owned(),
        Kind::Representation => "acts for".to_owned(),
        Kind::Family => words().unwrap_or_else(|| "family".to_owned()),
        Kind::Associate => words().unwrap_or_else(|| "associate".to_owned()),
        Kind::Other => words().unwrap_or_else(|| "tied".to_owned()),
    }
}

/// `A holds 50 % of B, from 2019 (register, 2026-01, line 7)`.
fn sentence(network: &Network, interest: &Interest) -> String {
    let terms = network.terms(interest);
    let verb = match (terms.kind, terms.kind.has_share()) {
        (InterestKind::EconomicRights, _) => format!("has economic rights ({}) in", terms.share),
        (kind, true) if terms.share == ShareRange::UNKNOWN => format!("{} an unknown share of", kind.verb()),
        (kind, true) => format!("{} {} of", kind.verb(), terms.share),
        (kind, false) => kind.verb().to_owned(),
    };
    let source = network.source(terms.source);
    let from = terms.span.start.map_or_else(String::new, |start| format!(", from {start}"));
    let until = terms.span.end.map_or_else(String::new, |end| format!(", until {end}"));
    let jointly = network.arrangement(terms).map_or_else(String::new, |name| format!(" jointly (“{name}”)"));
    let words = network.text(terms.words).map_or_else(String::new, |words| format!(": “{words}”"));
    let (holder, asset) = (network.caption(interest.holder), network.caption(interest.asset));
    let record = network.record(interest);
    let (name, edition) = (&source.name, &source.edition);
    text::plain(&format!(
        "{holder} {verb} {asset}{jointly}{from}{until}{words} ({name}, {edition}, {record})"
    ))
}
