//! What does a register of owners say? Statements of the Beneficial Ownership Data Standard (openownership.org), versions 0.1 to 0.4,
//! as one JSON array or as JSON lines.
//!
//! A register says the same record again and again: of a party the latest statement counts, and one that is replaced does not; of a
//! relationship each is a state that held until the next (`bods/states.rs`). So a file is read twice: first for which statements count
//! (`bods/index.rs`), then those; nothing of the file itself is held in memory. Parties come before relationships, and indirect interests
//! last, as it depends on the others whether their chain is told.

mod given;
mod index;
mod interests;
mod parties;
mod statements;
mod states;

use std::borrow::Cow;
use std::collections::HashMap;

use interdict_core::date::PartialDate;

use super::account::{Place, Tally};
use super::raw::{Fields, Raw};
use super::{Account, Origin, SourceError, clip, span};
use crate::interest::{InterestKind, Terms};
use crate::network::{Builder, NetworkError, PartyId, Record};
use crate::share::ShareRange;
use index::{Entry, Index, RecordKind};
use interests::Said;
use parties::Party;
use states::{Held, State, Until};

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
    let (before, unfit_before) = (builder.interests(), builder.unfit_values());
    let mut reading = Reading { builder, origin, tally, index: &index, bytes, joint: HashMap::new() };
    for kind in [RecordKind::Entity, RecordKind::Person] {
        for number in index.counting(kind) {
            reading.party(number)?;
        }
    }
    let (mut direct, mut deferred) = (vec![false; index.len()], Vec::new());
    for number in index.counting(RecordKind::Relationship) {
        let states = reading.relationship(number);
        if let (Some(direct), Some(latest)) = (direct.get_mut(number as usize), states.last()) {
            *direct = latest.said.iter().any(Said::is_direct_share);
        }
        if states.iter().any(Relationship::has_chain) {
            deferred.push(number);
        } else {
            reading.add(states, number, &[])?;
        }
    }
    for number in deferred {
        let states = reading.again(number);
        reading.add(states, number, &direct)?;
    }
    reading.tally.undescribed(reading.builder.undescribed(before));
    reading.tally.unfit(reading.builder.unfit_values() - unfit_before);
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
#[derive(Debug, PartialEq, Eq)]
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
    entry: Entry,
    is_bare: bool,
}

impl Relationship<'_> {
    /// Whether others tell the chain of what is held here.
    fn has_chain(&self) -> bool {
        !self.components.is_empty() && self.said.iter().any(|said| said.is_indirect)
    }
}

impl<'f> Reading<'_, 'f> {
    /// A statement: about itself, and the details of its record.
    fn statement(&self, entry: Entry) -> Option<(Fields<'f>, Fields<'f>)> {
        let text = self.bytes.get(entry.offset..entry.offset + entry.len)?;
        let mut about = Raw::new(std::str::from_utf8(text).ok()?).ok()?.object()?;
        match about.take("recordDetails").and_then(Raw::object) {
            Some(details) => Some((about, details)),
            // Before 0.4, details stand among the rest.
            None => Some((Fields::default(), about)),
        }
    }

    fn party(&mut self, number: u32) -> Result<(), SourceError> {
        let Some(&entry) = self.index.entry(number) else { return Ok(()) };
        let Some((mut about, mut details)) = self.statement(entry) else { return Ok(()) };
        let (kind, id) = (entry.kind, self.index.id(number).to_owned());
        let place = entry.place(&id);
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

    /// Reads the states of a relationship; what is lost of them is said.
    fn relationship(&mut self, number: u32) -> Vec<Relationship<'f>> {
        let id = self.index.id(number).to_owned();
        let mut states = Vec::new();
        for entry in self.index.states(number) {
            let Some((mut about, mut details)) = self.statement(entry) else { continue };
            states.extend(self.parsed(entry, &id, &mut about, &mut details));
            self.rest(RecordKind::Relationship, &about, &details);
        }
        states
    }

    /// Reads a relationship again, of which everything was said before.
    fn again(&mut self, number: u32) -> Vec<Relationship<'f>> {
        let said = std::mem::replace(&mut self.tally, Tally::new(self.origin));
        let states = self.relationship(number);
        self.tally = said;
        states
    }

    fn parsed(
        &mut self,
        entry: Entry,
        id: &str,
        about: &mut Fields<'f>,
        details: &mut Fields<'f>,
    ) -> Option<Relationship<'f>> {
        let place = entry.place(id);
        let ends = [details.take("interestedParty"), details.take("subject")];
        let [Some(holder), Some(asset)] = ends.map(|end| end.and_then(|end| self.end(end))) else {
            let reason = "a relationship names no interested party or no subject";
            self.tally.lose(RecordKind::Relationship.name(), place, "missing_end", reason);
            return None;
        };
        let items = details.take_items("interests");
        let mut said: Vec<Said> =
            items.into_iter().filter_map(|item| Said::new(item, &mut self.tally, place)).collect();
        let is_bare = said.is_empty();
        if is_bare {
            // That there is an interest is all that is said; nobody has one where there is no owner.
            let none = matches!(&holder, End::Unspecified(why) if why.starts_with("noBeneficialOwners"));
            said.push(Said::nothing(if none { InterestKind::Other } else { InterestKind::OwnsOrControls }));
        }
        let mut components = details.take_items("componentRecords");
        components.extend(details.take_items("componentStatementIDs"));
        let components = components.into_iter().filter_map(Raw::text).collect();
        let url = source_url(about).or_else(|| source_url(details));
        Some(Relationship { holder, asset, said, components, url, entry, is_bare })
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

    /// Adds what a relationship says in its states; `direct` says of which records the holdings are direct.
    fn add(
        &mut self,
        relationships: Vec<Relationship<'_>>,
        number: u32,
        direct: &[bool],
    ) -> Result<(), SourceError> {
        let id = self.index.id(number).to_owned();
        let mut states = Vec::with_capacity(relationships.len());
        for relationship in relationships {
            self.tally.take(RecordKind::Relationship.name());
            states.push(self.state(relationship, &id, direct));
        }
        for stretch in states::stretches(&states) {
            let Some(state) = states.get(stretch.state) else { continue };
            let Some(held) = state.held.get(stretch.held) else { continue };
            let Some(span) = stretch.span() else {
                let reason =
                    "an interest had ended before it began, as a later statement says; it is left out";
                self.tally.note(Place::record(&id), "taken_back", reason);
                continue;
            };
            let holder = self.end_party(&state.holder, &id, "interested-party")?;
            let asset = self.end_party(&state.asset, &id, "subject")?;
            let joint = self.joint.get(&asset).copied().unwrap_or(0);
            let (words, url) = (self.builder.text(&held.words)?, self.builder.text(&state.url)?);
            let terms =
                Terms { span, joint, words, url, ..Terms::new(held.kind, held.share, self.origin.source) };
            self.builder.add(holder, asset, terms, Record::Id(&id))?;
            self.tally.interests(1);
        }
        Ok(())
    }

    /// What a statement says of a relationship, as kinds, shares and days.
    fn state(&mut self, relationship: Relationship<'_>, id: &str, direct: &[bool]) -> State {
        let has_chain = relationship.has_chain();
        let Relationship { holder, asset, said, components, url, entry, is_bare } = relationship;
        let chain = if has_chain { self.index.chain(&components, direct) } else { Chain::NotTold };
        let held = said.into_iter().map(|said| self.held(said, chain, entry, id)).collect();
        let (date, is_closed) = (entry.date, entry.is_closed);
        State { holder, asset, held, date, is_closed, is_bare, url: url.unwrap_or_default().into_owned() }
    }

    fn held(&mut self, said: Said, chain: Chain, entry: Entry, id: &str) -> Held {
        let (kind, share) = said.meaning(chain);
        let is_counted = kind.has_share() || kind == InterestKind::OwnsOrControls;
        let share = if is_counted { share } else { ShareRange::UNKNOWN };
        let end = said.end.or(entry.date.filter(|_| entry.is_closed));
        let mut held = Held { kind, share, words: said.words, start: said.start, until: Until::Open };
        held.until = match end {
            Some(end) if span::span(said.start, Some(end)).is_some() => Until::Day(end),
            Some(_) => {
                let reason = "an interest ends before it begins; both dates are left out";
                self.tally.value_lost(entry.place(id), "backwards", reason);
                held.start = None;
                Until::Open
            }
            None if entry.is_closed => {
                let reason = "the record is closed, and nothing says since when";
                self.tally.note(entry.place(id), "ended_without_date", reason);
                Until::Unknown
            }
            None => Until::Open,
        };
        held
    }

    fn end_party(&mut self, end: &End, id: &str, which: &str) -> Result<PartyId, NetworkError> {
        match end {
            End::Id(id) => self.builder.party(id),
            End::Unspecified(why) => {
                let id = format!("{id}-{which}");
                // Of one that several states name, it is said once.
                if self.builder.find(&id).and_then(|party| self.builder.description(party)).is_none() {
                    self.tally.described();
                }
                self.builder.describe(parties::unspecified(&id, why))
            }
        }
    }
}

/// Where a statement's source can be read.
fn source_url<'f>(fields: &mut Fields<'f>) -> Option<Cow<'f, str>> {
    fields.take("source")?.object()?.take_text("url")
}

/// A date; what is none is said, and may be any day.
fn date(text: Option<Cow<'_, str>>, what: &str, tally: &mut Tally, place: Place<'_>) -> Option<PartialDate> {
    let text = text?;
    match text.trim().parse::<PartialDate>() {
        Ok(date) => Some(date),
        Err(error) => {
            let reason = format!("{what} {:?}: {error}; it may be any day", clip(&text));
            tally.value_lost(place, "bad_date", reason);
            span::some_day()
        }
    }
}
