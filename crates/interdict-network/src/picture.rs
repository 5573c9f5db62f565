//! What does an ownership tree look like? A drawing as SVG: boxes for parties, lines for interests, owners above what they own.
//!
//! Nothing in it comes from anywhere else: no script, no font, no address. It is bounded, and what it leaves out it says. How a party
//! stands is told by color, by border, by icon and by words, so that no reader depends on one of them.

mod cards;
mod layout;
mod legend;
mod style;
mod svg;
mod text;
mod ties;

use std::collections::HashMap;

use crate::excerpt::{Excerpt, StandingOf};
use crate::interest::Day;
use crate::network::{Network, PartyId};
use crate::policy::Regime;

use cards::Card;
use layout::{Graph, Line};
use ties::Tie;

/// What stands above the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// What is shown: `Ownership of Anchor Holding`.
    pub title: String,
    /// Under whose sanctions the parties stand as they are drawn.
    pub regime: Option<Regime>,
    /// As of which day.
    pub day: Option<Day>,
}

/// Draws an excerpt as one SVG document. The same excerpt gives the same bytes.
///
/// ```
/// use interdict_network::excerpt::{Excerpt, Extent};
/// use interdict_network::interest::{InterestKind, Source, Terms};
/// use interdict_network::network::{Builder, Record};
/// use interdict_network::picture::{Heading, svg};
/// use interdict_network::standing::Standing;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut builder = Builder::new();
/// let source = builder.source(Source { name: "register".into(), edition: "2026-01".into(), published: None })?;
/// let (holder, asset) = (builder.party("a")?, builder.party("b")?);
/// builder.add(holder, asset, Terms::new(InterestKind::Shares, "50".parse()?, source), Record::Line(1))?;
/// let network = builder.finish();
/// let excerpt = Excerpt::around(&network, &[asset], &Extent::default(), &|_| Standing::NotBlocked);
/// let heading = Heading { title: "Holders of b".into(), regime: None, day: None };
/// let drawing = svg(&network, &excerpt, &heading, &|_| Standing::NotBlocked);
/// assert!(drawing.starts_with("<svg ") && drawing.contains("50 %"));
/// # Ok(())
/// # }
/// ```
pub fn svg(network: &Network, excerpt: &Excerpt, heading: &Heading, standing: StandingOf<'_>) -> String {
    let scene = Scene::new(network, excerpt, standing);
    let layout = layout::layout(&scene.graph());
    svg::written(&scene, &layout, &legend::Margin::new(network, excerpt, heading, &scene, layout.size.width))
}

/// What is drawn, before it has a place.
#[derive(Debug)]
struct Scene {
    cards: Vec<Card>,
    ties: Vec<Tie>,
}

impl Scene {
    fn new(network: &Network, excerpt: &Excerpt, standing: StandingOf<'_>) -> Self {
        let places: HashMap<PartyId, usize> =
            excerpt.parties.iter().enumerate().map(|(at, &party)| (party, at)).collect();
        let ties = ties::ties(network, excerpt, &places);
        let card = |(&party, &hidden)| {
            let own = excerpt.interests.iter().filter(|own| own.holder == party && own.asset == party);
            let own: Vec<_> = own.collect();
            let own = ties::of_itself(network, &own);
            Card::new(network, party, standing(party), hidden, excerpt.focus.contains(&party), own)
        };
        Self { cards: excerpt.parties.iter().zip(&excerpt.hidden).map(card).collect(), ties }
    }

    fn graph(&self) -> Graph {
        let mut ties_of = vec![0usize; self.cards.len()];
        for tie in &self.ties {
            ties_of[tie.holder] += 1;
            ties_of[tie.asset] += 1;
        }
        let line = |tie: &Tie| {
            // A tie without direction hangs on the one of its ends on which more hangs.
            let hangs_on_asset = !tie.is_directed && ties_of[tie.asset] > ties_of[tie.holder];
            let (from, to) = if hangs_on_asset { (tie.asset, tie.holder) } else { (tie.holder, tie.asset) };
            Line { from, to, label: tie.size(), weight: tie.look.weight(), look: tie.alike() }
        };
        Graph {
            boxes: self.cards.iter().map(Card::outer).collect(),
            docks: vec![None; self.cards.len()],
            lines: self.ties.iter().map(line).collect(),
        }
    }
}
