//! What do FollowTheMoney entities say of who owns or controls whom? Parties are described, links become interests.
//!
//! What kind of interest a link is, its schema says, and of ownerships and plain links the words that the source has for it
//! (`ftm/words.rs`). A party that a link names and that is nowhere described stays in the network by its id.

mod words;

use std::collections::BTreeMap;

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;

use super::account::{Place, Tally};
use super::{Account, Origin, SourceError, clip, span};
use crate::interest::{InterestKind, Span, Terms};
use crate::network::{Builder, NetworkError, Record};
use crate::share::ShareRange;
use words::{Ends, Meaning};

/// What a record of the account is.
const PARTY: &str = "party";
const LINK: &str = "link";
const BESIDE: &str = "entity beside the graph";

/// Properties of a party that name another one, whether that one is the holder, and what it is.
const LINKING: &[(&str, Ends, InterestKind)] = &[
    ("parent", Ends::Backward, InterestKind::OwnsOrControls),
    ("subsidiaries", Ends::Forward, InterestKind::OwnsOrControls),
    ("owner", Ends::Backward, InterestKind::Shares),
    ("operator", Ends::Backward, InterestKind::Other),
    ("issuer", Ends::Backward, InterestKind::Other),
];

/// Words of a link go here; what else it says has no place in the graph and is counted.
const WORDS: [&str; 4] = ["role", "ownershipType", "relationship", "status"];
const USED: [&str; 9] = [
    "role",
    "ownershipType",
    "relationship",
    "status",
    "percentage",
    "startDate",
    "endDate",
    "date",
    "sourceUrl",
];

/// Takes entities into a network, in any order.
#[derive(Debug)]
pub struct Reader<'a> {
    builder: &'a mut Builder,
    origin: Origin<'a>,
    published: Option<PartialDate>,
    tally: Tally,
    /// Interests of other sources.
    before: usize,
    /// Values that did not fit before it began.
    unfit_before: u64,
    beside: BTreeMap<&'static str, u64>,
}

/// Takes all entities into a network.
///
/// # Errors
/// When the network is full or there are more entities than the bound.
pub fn read(
    builder: &mut Builder,
    origin: Origin<'_>,
    entities: impl IntoIterator<Item = Entity>,
) -> Result<Account, SourceError> {
    let mut reader = Reader::new(builder, origin);
    for entity in entities {
        reader.take(entity)?;
    }
    Ok(reader.finish())
}

/// What is to be added: the kind and how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Holding {
    ends: Ends,
    kind: InterestKind,
    share: ShareRange,
    span: Span,
}

impl<'a> Reader<'a> {
    /// A reader that adds to a network.
    pub fn new(builder: &'a mut Builder, origin: Origin<'a>) -> Self {
        let published = builder.source_of(origin.source).and_then(|source| source.published);
        let (before, unfit_before) = (builder.interests(), builder.unfit_values());
        let tally = Tally::new(origin);
        Self { builder, origin, published, tally, before, unfit_before, beside: BTreeMap::new() }
    }

    /// Takes one entity.
    ///
    /// # Errors
    /// When the network is full or there are more entities than the bound.
    pub fn take(&mut self, entity: Entity) -> Result<(), SourceError> {
        if entity.schema.edge.is_some() {
            self.tally.read(LINK)?;
            self.link(&entity)
        } else if entity.is_party() || entity.schema.is_a("Asset") {
            self.tally.read(PARTY)?;
            self.linking_properties(&entity)?;
            self.builder.describe(entity)?;
            self.tally.described();
            self.tally.take(PARTY);
            Ok(())
        } else {
            self.tally.read(BESIDE)?;
            self.tally.take(BESIDE);
            *self.beside.entry(entity.schema.name).or_default() += 1;
            Ok(())
        }
    }

    /// What became of everything.
    pub fn finish(mut self) -> Account {
        for (schema, n) in std::mem::take(&mut self.beside) {
            let reason = format!("{schema}: {n}, neither parties nor links, have no place in the graph");
            self.tally.note(Place::default(), "no_place", reason);
        }
        self.tally.undescribed(self.builder.undescribed(self.before));
        self.tally.unfit(self.builder.unfit_values() - self.unfit_before);
        self.tally.finish()
    }

    fn linking_properties(&mut self, entity: &Entity) -> Result<(), NetworkError> {
        for &(property, ends, kind) in LINKING {
            let Some(known) = entity.schema.property(property) else { continue };
            if known.kind != interdict_core::model::PropertyKind::Entity {
                continue;
            }
            for far in entity.get(property) {
                let words = self.builder.text(property)?;
                let url = self.builder.text(entity.first("sourceUrl").unwrap_or_default())?;
                let terms = Terms { words, url, ..Terms::new(kind, ShareRange::UNKNOWN, self.origin.source) };
                self.add(ends, [&entity.id, far], terms, &entity.id)?;
            }
        }
        Ok(())
    }

    fn link(&mut self, link: &Entity) -> Result<(), SourceError> {
        let Some(edge) = link.schema.edge else { return Ok(()) };
        let place = Place::record(&link.id);
        let (sources, targets) = (link.get(edge.source), link.get(edge.target));
        if sources.is_empty() || targets.is_empty() {
            let missing = if sources.is_empty() { edge.source } else { edge.target };
            let reason = format!("{} without {missing}", link.schema.name);
            self.tally.lose(LINK, place, "missing_end", reason);
            return Ok(());
        }
        for (property, values) in link.properties() {
            if !USED.contains(&property.name) && property.name != edge.source && property.name != edge.target
            {
                // A date that is none is told of its link.
                for _ in values.iter().filter(|value| !is_unread_date(property.name, value)) {
                    self.tally.unused(&format!("{}.{}", link.schema.name, property.name));
                }
            }
        }
        let said: Vec<&str> = WORDS.iter().flat_map(|name| link.get(name)).map(String::as_str).collect();
        let words = self.builder.text(&said.join("; "))?;
        let url = self.builder.text(link.first("sourceUrl").unwrap_or_default())?;
        for holding in self.holdings(link) {
            let Holding { ends, kind, share, span } = holding;
            let terms = Terms { span, words, url, ..Terms::new(kind, share, self.origin.source) };
            for near in sources {
                for far in targets {
                    self.add(ends, [near, far], terms, &link.id)?;
                }
            }
        }
        self.tally.take(LINK);
        Ok(())
    }

    fn add(
        &mut self,
        ends: Ends,
        [near, far]: [&str; 2],
        terms: Terms,
        record: &str,
    ) -> Result<(), NetworkError> {
        let (holder, asset) = match ends {
            Ends::Forward => (near, far),
            Ends::Backward => (far, near),
        };
        let (holder, asset) = (self.builder.party(holder)?, self.builder.party(asset)?);
        self.tally.interests(1);
        self.builder.add(holder, asset, terms, Record::Id(record))
    }

    /// What a link says: one interest, or several when its words are of several kinds.
    fn holdings(&mut self, link: &Entity) -> Vec<Holding> {
        let said = self.percentage(link);
        let meanings = words::meanings(link, said.is_some());
        let span = self.span(link, &meanings);
        let mut holdings: Vec<Holding> = Vec::new();
        for meaning in meanings {
            let Meaning { ends, kind, share, .. } = meaning;
            let is_counted = kind.has_share() || kind == InterestKind::OwnsOrControls;
            let share = said.filter(|_| is_counted).unwrap_or(share);
            let holding = Holding { ends, kind, share, span };
            if !holdings.contains(&holding) {
                holdings.push(holding);
            }
        }
        holdings
    }

    /// The percentage of a link; `None` when it says none that is one.
    fn percentage(&mut self, link: &Entity) -> Option<ShareRange> {
        let mut all: Option<ShareRange> = None;
        for text in link.get("percentage") {
            match text.parse::<ShareRange>() {
                Ok(share) => all = Some(all.map_or(share, |all| all.hull(share))),
                Err(error) => {
                    let reason = format!("percentage: {error}; the share counts as unknown");
                    self.tally.value_lost(Place::record(&link.id), "bad_share", reason);
                    all = Some(ShareRange::UNKNOWN);
                    break;
                }
            }
        }
        all
    }

    fn span(&mut self, link: &Entity, meanings: &[Meaning]) -> Span {
        let (start, end) = (self.date(link, "startDate"), self.date(link, "endDate"));
        let place = Place::record(&link.id);
        if end.is_none() && meanings.iter().any(|meaning| meaning.is_past) {
            self.tally.note(place, "ended_without_date", "it has ended, and the source does not say when");
            let known = span::hull(link.dates("date")).or(self.published);
            return span::ended(start, known);
        }
        span::span(start, end).unwrap_or_else(|| {
            let reason = "it ends before it begins; both dates are left out";
            self.tally.value_lost(place, "backwards", reason);
            Span::default()
        })
    }

    /// The date of a link. One that is none was kept as a note when the link was read, and may be any day.
    fn date(&mut self, link: &Entity, property: &str) -> Option<PartialDate> {
        let mut is_unread = false;
        for text in NOTES.iter().flat_map(|name| link.get(name)).filter_map(|note| unread(note, property)) {
            let reason = format!("{property} {:?} is no date; it may be any day", clip(text));
            self.tally.value_lost(Place::record(&link.id), "bad_date", reason);
            is_unread = true;
        }
        if is_unread { span::some_day() } else { span::hull(link.dates(property)) }
    }
}

/// Properties of a link to which a value goes that does not fit where it belongs.
const NOTES: [&str; 3] = ["notes", "summary", "description"];

/// The value of a property that a note keeps.
fn unread<'n>(note: &'n str, property: &str) -> Option<&'n str> {
    note.strip_prefix(property)?.strip_prefix(": ")
}

fn is_unread_date(place: &str, note: &str) -> bool {
    NOTES.contains(&place) && ["startDate", "endDate"].iter().any(|date| unread(note, date).is_some())
}
