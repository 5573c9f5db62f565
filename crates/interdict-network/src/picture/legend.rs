//! What stands around a drawing? Above it what it shows, below it what its signs mean, what it leaves out and who says so.

use std::collections::BTreeSet;

use super::Heading;
use super::Scene;
use super::cards::words;
use super::text;
use super::ties::Look;
use crate::excerpt::{Excerpt, LeftOut};
use crate::network::Network;
use crate::policy::Regime;
use crate::standing::Standing;

/// Least width of a drawing.
const WIDTH_MIN: i64 = 620;
/// Most lines of the title.
const TITLE_LINES_MAX: usize = 3;
/// Most lines for the sources; a network of many files names the first.
const SOURCE_LINES_MAX: usize = 6;
/// Reckoned size of the title, which is bold.
const TITLE_RECKONED: i64 = 22;
const NOTE: i64 = 12;

/// All texts around a drawing, and its inner width.
#[derive(Debug)]
pub(super) struct Margin {
    pub width: i64,
    pub title: Vec<String>,
    pub subtitle: String,
    /// The signs that appear.
    pub keys: Vec<Key>,
    pub notes: Vec<String>,
}

/// One entry of the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Standing(Standing),
    Look(Look),
    Focus,
}

impl Key {
    /// What the sign means.
    pub fn words(self) -> &'static str {
        match self {
            Self::Standing(standing) => words(standing),
            Self::Look(Look::Ownership) => "ownership",
            Self::Look(Look::Control) => "control",
            Self::Look(Look::Other) => "other tie",
            Self::Focus => "asked about",
        }
    }

    /// The width of the sign and its words, with the room behind.
    pub fn width(self) -> i64 {
        Self::SIGN + text::width(self.words(), NOTE) + 24
    }

    /// The width of the sign.
    pub const SIGN: i64 = 40;
}

impl Margin {
    pub fn new(network: &Network, excerpt: &Excerpt, heading: &Heading, scene: &Scene, width: i64) -> Self {
        let width = width.max(WIDTH_MIN);
        let title = text::wrapped(&text::plain(&heading.title), TITLE_RECKONED, width, TITLE_LINES_MAX);
        let mut notes = Vec::new();
        for note in left_out(&excerpt.left_out) {
            notes.extend(text::wrapped(&note, NOTE, width, 2));
        }
        notes.extend(text::wrapped(&sources(network, excerpt), NOTE, width, SOURCE_LINES_MAX));
        Self { width, title, subtitle: subtitle(heading, excerpt), keys: keys(scene), notes }
    }
}

/// `OFAC (United States) · as of 2026-04-01 · 12 parties, 14 interests`.
fn subtitle(heading: &Heading, excerpt: &Excerpt) -> String {
    let regime = heading.regime.map(|regime| match regime {
        Regime::Ofac => "OFAC (United States)".to_owned(),
        Regime::Eu => "European Union".to_owned(),
        Regime::Uk => "United Kingdom".to_owned(),
    });
    let day = heading.day.map(|day| format!("as of {day}"));
    let (parties, interests) = (excerpt.parties.len(), excerpt.interests.len());
    let counts = format!(
        "{} {}, {} {}",
        parties,
        if parties == 1 { "party" } else { "parties" },
        interests,
        if interests == 1 { "interest" } else { "interests" }
    );
    [regime, day, Some(counts)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn keys(scene: &Scene) -> Vec<Key> {
    let standings: BTreeSet<Standing> = scene.cards.iter().map(|card| card.standing).collect();
    let looks: BTreeSet<Look> = scene.ties.iter().map(|tie| tie.look).collect();
    let mut keys: Vec<Key> = Vec::new();
    if scene.cards.iter().any(|card| card.is_focus) {
        keys.push(Key::Focus);
    }
    keys.extend(standings.into_iter().rev().map(Key::Standing));
    keys.extend(looks.into_iter().map(Key::Look));
    keys
}

fn left_out(left_out: &LeftOut) -> Vec<String> {
    let told = |number, one: &str, many: &str| {
        let what = if number == 1 { one } else { many };
        format!("{} {what}", text::grouped(number))
    };
    let mut notes = Vec::new();
    if left_out.parties > 0 || left_out.interests > 0 {
        let parties = told(left_out.parties, "more party", "more parties");
        let interests = told(left_out.interests, "more interest", "more interests");
        notes.push(format!("Not shown: {parties} tied to those in this picture, and {interests}; “+” in a box counts its own."));
    }
    if left_out.not_asked_for > 0 {
        let interests = told(left_out.not_asked_for, "interest", "interests");
        notes.push(format!("Not shown: {interests} between these parties, of other kinds or of other days."));
    }
    notes
}

/// `Sources: register, 2026-01 (published 2026-01-15); …`: those of the interests that are shown.
fn sources(network: &Network, excerpt: &Excerpt) -> String {
    let used: BTreeSet<_> = excerpt.interests.iter().map(|interest| network.terms(interest).source).collect();
    let told: Vec<String> = used
        .into_iter()
        .map(|source| {
            let source = network.source(source);
            let published = source.published.map_or_else(String::new, |day| format!(" (published {day})"));
            let edition =
                if source.edition.is_empty() { String::new() } else { format!(", {}", source.edition) };
            format!("{}{edition}{published}", source.name)
        })
        .collect();
    if told.is_empty() {
        return "Sources: none of the parties shown has an interest in another.".to_owned();
    }
    text::plain(&format!("Sources: {}", told.join("; ")))
}
