//! What does a register of owners say? Statements of the Beneficial Ownership Data Standard (openownership.org), versions 0.1 to 0.4,
//! as one JSON array or as JSON lines.
//!
//! A register says the same record again and again: of each the latest statement counts, and one that is replaced does not. So a file
//! is read twice: first for which statements count (`bods/index.rs`), then those; nothing of the file itself is held in memory. Parties come
//! before relationships, and indirect interests last, as it depends on the others whether their chain is told.

mod index;
mod interests;
mod parties;
mod statements;

use std::borrow::Cow;
use std::collections::HashMap;

use interdict_core::date::PartialDate;
use interdict_core::issue::Position;

use super::account::{Place, Tally};
use super::raw::{Fields, Raw};
use super::{Account, Origin, SourceError, clip, span};
use crate::interest::{InterestKind, Span, Terms};
use crate::network::{Builder, NetworkError, PartyId, Record};
use crate::share::ShareRange;
use index::{Index, RecordKind};
use interests::Said;
use parties::Party;

/// Fields of a statement that are about it, and not about the record.
const ENVELOPE: &[&str] = &[
    "statementId",
    "statementID",
    "recordId",
    "recordType",
    "recordStatus",
    "statementType",
    "statementDate",
    "declaration",
    "declarationSubject",
    "publicationDetails",
    "replacesStatements",
    "isComponent",
];

/// Takes the statements of a file into a network.
///
/// # Errors
/// When the file ends in the middle, has no statement, has more than the bound, or the network is full.
pub fn read(builder: &mut Builder, origin: Origin<'_>, bytes: &[u8]) -> Result<Account, SourceError> {
    let mut tally = Tally::new(origin);
    let index = Index::new(&mut tally, origin, bytes)?;
    let mut reading = Reading { builder, origin, tally, index: &index, bytes, joint: HashMap::new() };
    for kind in [RecordKind::Entity, RecordKind::Person] {
        for number in index.counting(kind) {
            reading.party(number)?;
        }
    }
    let (mut direct, mut deferred) = (vec![false; index.len()], Vec::new());
    for number in index.counting(RecordKind::Relationship) {
        let Some(relationship) = reading.relationship(number) else { continue };
        if let Some(direct) = direct.get_mut(number as usize) {
            *direct = relationship.said.iter().any(Said::is_direct_share);
        }
        if relationship.components.is_empty() || !relationship.said.iter().any(|said| said.is_indirect) {
            reading.add(relationship, number, Chain::NotTold)?;
        } else {
            deferred.push(number);
        }
    }
    for number in deferred {
        let Some(mut relationship) = reading.again(number) else { continue };
        let components = std::mem::take(&mut relationship.components);
        let chain = index.chain(&components, &direct);
        reading.add(relationship, number, chain)?;
    }
    Ok(reading.tally.finish())
}

/// Whether the chain of an indirect interest is in the file, link by link with shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chain {
    Told,
    NotTold,
}

struct Reading<'a, 'f> {
    builder: &'a mut Builder,
    origin: Origin<'f>,
    tally: Tally,
    index: &'a Index,
    bytes: &'f [u8],
    /// The number of each joint arrangement.
    joint: HashMap<PartyId, u32>,
}

/// One end of a relationship.
enum End {
    Id(String),
    /// Nobody says who; why not, and in which words.
    Unspecified(String),
}

struct Relationship<'f> {
    holder: End,
    asset: End,
    said: Vec<Said>,
    components: Vec<Cow<'f, str>>,
    url: Option<Cow<'f, str>>,
    /// The date of the statement when it says that the record is closed.
    closed: Option<Option<PartialDate>>,
}

impl<'f> Reading<'_, 'f> {
    fn place<'p>(&self, number: u32, id: &'p str) -> Place<'p> {
        let position = self.index.entry(number).map(|entry| Position::Byte(entry.offset as u64));
        Place { position, record: Some(id) }
    }

    /// The statement that counts for a record: about itself, and its details.
    fn statement(&self, number: u32) -> Option<(Fields<'f>, Fields<'f>)> {
        let entry = self.index.entry(number)?;
        let text = self.bytes.get(entry.offset..entry.offset + entry.len)?;
        let mut about = Raw::new(std::str::from_utf8(text).ok()?).ok()?.object()?;
        match about.take("recordDetails").and_then(Raw::object) {
            Some(details) => Some((about, details)),
            // Before 0.4, details stand among the rest.
            None => Some((Fields::default(), about)),
        }
    }

    fn party(&mut self, number: u32) -> Result<(), SourceError> {
        let (Some((mut about, mut details)), Some(entry)) =
            (self.statement(number), self.index.entry(number))
        else {
            return Ok(());
        };
        let (kind, id) = (entry.kind, self.index.id(number).to_owned());
        let place = self.place(number, &id);
        let mut party = Party::new(&id, kind, &mut details, &mut self.tally, place);
        party.fill(&mut details);
        let url = source_url(&mut about).or_else(|| source_url(&mut details));
        party.put("sourceUrl", url.as_deref().unwrap_or_default());
        let (is_joint, entity) = (party.is_joint, party.entity);
        self.rest(kind, &about, &details);
        let party = self.builder.describe(entity)?;
        self.tally.described();
        self.tally.take(kind.name());
        if is_joint {
            let name = format!("joint {} {id}", self.origin.source.0);
            self.joint.insert(party, self.builder.text(&name)?);
        }
        Ok(())
    }

    /// Counts what has no place.
    fn rest(&mut self, kind: RecordKind, about: &Fields<'_>, details: &Fields<'_>) {
        for name in about.rest().chain(details.rest()).filter(|name| !ENVELOPE.contains(name)) {
            self.tally.unused(&format!("{}.{name}", kind.name()));
        }
    }

    /// Reads a relationship; what is lost of it is said.
    fn relationship(&mut self, number: u32) -> Option<Relationship<'f>> {
        let (mut about, mut details) = self.statement(number)?;
        let id = self.index.id(number).to_owned();
        let place = self.place(number, &id);
        let relationship = self.parsed(number, place, &mut about, &mut details);
        self.rest(RecordKind::Relationship, &about, &details);
        relationship
    }

    /// Reads a relationship again, of which everything was said before.
    fn again(&mut self, number: u32) -> Option<Relationship<'f>> {
        let (mut about, mut details) = self.statement(number)?;
        let said = std::mem::replace(&mut self.tally, Tally::new(self.origin));
        let relationship = self.parsed(number, Place::default(), &mut about, &mut details);
        self.tally = said;
        relationship
    }

    fn parsed(
        &mut self,
        number: u32,
        place: Place<'_>,
        about: &mut Fields<'f>,
        details: &mut Fields<'f>,
    ) -> Option<Relationship<'f>> {
        let entry = self.index.entry(number)?;
        let ends = [details.take("interestedParty"), details.take("subject")];
        let [Some(holder), Some(asset)] = ends.map(|end| end.and_then(|end| self.end(end))) else {
            let reason = "a relationship names no interested party or no subject";
            self.tally.lose(RecordKind::Relationship.name(), place, "missing_end", reason);
            return None;
        };
        let items = details.take_items("interests");
        let mut said: Vec<Said> =
            items.into_iter().filter_map(|item| Said::new(item, &mut self.tally, place)).collect();
        if said.is_empty() {
            // That there is an interest is all that is said; nobody has one where there is no owner.
            let none = matches!(&holder, End::Unspecified(why) if why.starts_with("noBeneficialOwners"));
            said.push(Said::nothing(if none { InterestKind::Other } else { InterestKind::OwnsOrControls }));
        }
        let mut components = details.take_items("componentRecords");
        components.extend(details.take_items("componentStatementIDs"));
        let components = components.into_iter().filter_map(Raw::text).collect();
        let url = source_url(about).or_else(|| source_url(details));
        let closed = entry.is_closed.then_some(entry.date);
        Some(Relationship { holder, asset, said, components, url, closed })
    }

    /// Who an end is: an id, a reference to a statement, or why nobody says it.
    fn end(&self, end: Raw<'_>) -> Option<End> {
        if let Some(id) = end.text() {
            return Some(End::Id(self.index.party_id(&id).into_owned()));
        }
        let mut end = end.object()?;
        for name in ["describedByEntityStatement", "describedByPersonStatement"] {
            if let Some(id) = end.take_text(name) {
                return Some(End::Id(self.index.party_id(&id).into_owned()));
            }
        }
        let mut end = end.take("unspecified").and_then(Raw::object).unwrap_or(end);
        let said = [end.take_text("reason"), end.take_text("description")];
        let said: Vec<_> = said.into_iter().flatten().collect();
        (!said.is_empty()).then(|| End::Unspecified(said.join(": ")))
    }

    fn add(&mut self, relationship: Relationship<'_>, number: u32, chain: Chain) -> Result<(), SourceError> {
        let id = self.index.id(number).to_owned();
        let holder = self.end_party(&relationship.holder, &id, "interested-party")?;
        let asset = self.end_party(&relationship.asset, &id, "subject")?;
        let url = self.builder.text(relationship.url.as_deref().unwrap_or_default())?;
        let joint = self.joint.get(&asset).copied().unwrap_or(0);
        for said in relationship.said {
            let (kind, share) = said.meaning(chain);
            let span = self.span(&said, relationship.closed, self.place(number, &id));
            let words = self.builder.text(&said.words)?;
            let share = if kind.has_share() || kind == InterestKind::OwnsOrControls {
                share
            } else {
                ShareRange::UNKNOWN
            };
            let terms = Terms { span, joint, words, url, ..Terms::new(kind, share, self.origin.source) };
            self.builder.add(holder, asset, terms, Record::Id(&id))?;
            self.tally.interests(1);
        }
        self.tally.take(RecordKind::Relationship.name());
        Ok(())
    }

    fn end_party(&mut self, end: &End, id: &str, which: &str) -> Result<PartyId, NetworkError> {
        match end {
            End::Id(id) => self.builder.party(id),
            End::Unspecified(why) => {
                self.tally.described();
                self.builder.describe(parties::unspecified(&format!("{id}-{which}"), why))
            }
        }
    }

    fn span(&mut self, said: &Said, closed: Option<Option<PartialDate>>, place: Place<'_>) -> Span {
        let end = said.end.or(closed.flatten());
        if end.is_none() && closed.is_some() {
            self.tally.note(place, "ended_without_date", "the record is closed, and nothing says since when");
            return span::ended(said.start, None);
        }
        span::span(said.start, end).unwrap_or_else(|| {
            self.tally.value_lost(
                place,
                "backwards",
                "an interest ends before it begins; both dates are left out",
            );
            Span::default()
        })
    }
}

/// Where a statement's source can be read.
fn source_url<'f>(fields: &mut Fields<'f>) -> Option<Cow<'f, str>> {
    fields.take("source")?.object()?.take_text("url")
}

/// A date; what is none is said.
fn date(text: Option<Cow<'_, str>>, what: &str, tally: &mut Tally, place: Place<'_>) -> Option<PartialDate> {
    let text = text?;
    match text.trim().parse::<PartialDate>() {
        Ok(date) => Some(date),
        Err(error) => {
            tally.value_lost(place, "bad_date", format!("{what} {:?}: {error}", clip(&text)));
            None
        }
    }
}
