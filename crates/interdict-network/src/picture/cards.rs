//! What stands in the box of a party, and how large must it be?

use interdict_core::country;
use interdict_core::model::PropertyKind;

use super::layout::Size;
use super::text;
use crate::excerpt::Hidden;
use crate::network::{Network, PartyId};
use crate::standing::Standing;

/// Least and greatest width of a box.
const WIDTH: (i64, i64) = (136, 238);
/// Room to the left and right of texts.
const PADDING: i64 = 12;
/// Most lines of a name.
const CAPTION_LINES_MAX: usize = 4;
/// Font sizes; the name is bold and therefore reckoned wider than it is.
const CAPTION_RECKONED: i64 = 14;
const SMALL: i64 = 11;
/// Countries that are named; more are counted.
const COUNTRIES_MAX: usize = 2;

/// The box of a party.
#[derive(Debug)]
pub(super) struct Card {
    pub standing: Standing,
    pub is_focus: bool,
    /// How it stands, in words.
    pub status: &'static str,
    pub caption: Vec<String>,
    /// What it is, where it is, what it holds of itself, what is not shown of it.
    pub details: Vec<String>,
    /// All of it in full.
    pub title: String,
    pub size: Size,
}

impl Card {
    /// The room that the box takes, with the ring of a party asked about.
    pub fn outer(&self) -> Size {
        let ring = if self.is_focus { 2 * Self::RING } else { 0 };
        Size { width: self.size.width + ring, height: self.size.height + ring }
    }

    /// Room around the box of a party asked about, where its ring is.
    pub const RING: i64 = 6;
    /// Height of the row of the icon and the standing, of a line of the name, of a detail, of the room above and below.
    pub const STATUS_HEIGHT: i64 = 17;
    pub const CAPTION_HEIGHT: i64 = 17;
    pub const DETAIL_HEIGHT: i64 = 15;
    pub const ROOM: i64 = 8;
    /// Width of the icon and of the room behind it.
    pub const ICON: i64 = 17;

    pub fn new(
        network: &Network,
        party: PartyId,
        standing: Standing,
        hidden: Hidden,
        is_focus: bool,
        own: Option<String>,
    ) -> Self {
        let room = WIDTH.1 - 2 * PADDING;
        let name = text::plain(network.caption(party));
        let caption = text::balanced(&name, CAPTION_RECKONED, room, CAPTION_LINES_MAX);
        let details = [kind(network, party), own, remainder(hidden)].into_iter().flatten();
        let details: Vec<String> = details.map(|detail| text::elided(&detail, SMALL, room)).collect();
        let status = words(standing);
        let widths = caption.iter().map(|line| text::width(line, CAPTION_RECKONED));
        let widths = widths.chain(details.iter().map(|line| text::width(line, SMALL)));
        let widest = widths.max().unwrap_or(0).max(Self::ICON + text::width(status, SMALL));
        let rows = |lines: &[String]| i64::try_from(lines.len()).unwrap_or(0);
        let height = 2 * Self::ROOM
            + Self::STATUS_HEIGHT
            + rows(&caption) * Self::CAPTION_HEIGHT
            + rows(&details) * Self::DETAIL_HEIGHT;
        let size = Size { width: (widest + 2 * PADDING).clamp(WIDTH.0, WIDTH.1), height };
        let title = title(network, party, &name, status, &details);
        Self { standing, is_focus, status, caption, details, title, size }
    }
}

/// How a party stands, for people.
pub(super) fn words(standing: Standing) -> &'static str {
    match standing {
        Standing::Designated => "Designated",
        Standing::PossiblyDesignated => "Possibly designated",
        Standing::BlockedByOwnership => "Blocked by ownership",
        Standing::Undetermined => "Undetermined",
        Standing::NotBlocked => "Not blocked",
    }
}

/// `Company · Iran, Syria + 2`.
fn kind(network: &Network, party: PartyId) -> Option<String> {
    let entity = network.description(party)?;
    let mut countries: Vec<&str> = entity.values_of(PropertyKind::Country).map(|(_, code)| code).collect();
    let mut seen = std::collections::HashSet::new();
    countries.retain(|code| seen.insert(*code));
    let named: Vec<&str> = countries.iter().take(COUNTRIES_MAX).map(|code| country::label(code)).collect();
    let mut kind = entity.schema.label.to_owned();
    if !named.is_empty() {
        kind = format!("{kind} · {}", named.join(", "));
    }
    if countries.len() > COUNTRIES_MAX {
        kind = format!("{kind} + {}", countries.len() - COUNTRIES_MAX);
    }
    Some(text::plain(&kind))
}

/// `+ 3 above, 9,852 below, 1 tied`: neighbors that are not shown.
fn remainder(hidden: Hidden) -> Option<String> {
    let counts = [(hidden.holders, "above"), (hidden.assets, "below"), (hidden.tied, "tied")];
    let told = counts.into_iter().filter(|(number, _)| *number > 0);
    let told: Vec<String> = told.map(|(number, what)| format!("{} {what}", text::grouped(number))).collect();
    (!told.is_empty()).then(|| format!("+ {}", told.join(", ")))
}

fn title(network: &Network, party: PartyId, name: &str, status: &str, details: &[String]) -> String {
    let id = text::plain(network.id(party));
    let mut lines = vec![name.to_owned(), status.to_owned()];
    lines.extend(details.iter().cloned());
    lines.push(id);
    lines.join("\n")
}
