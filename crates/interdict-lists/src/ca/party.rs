//! Who is the party of a record, and what is said of it?

use std::borrow::Cow;

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::identifier::IdentifierKind;
use interdict_core::model;

use super::{dates, names};
use crate::leftover;
use crate::ofac::has_legal_form;
use crate::reading::{Log, Lost, Reading, keep_as_note};
use crate::text::clip;
use crate::xml::Element;

const AUTHORITY: &str = "Global Affairs Canada";
const NAME: [&str; 2] = ["EntityOrShip", "Entity"];
const TITLE: [&str; 2] = ["TitleOrShip", "Title"];
const DATE: [&str; 2] = ["DateOfBirthOrShipBuildDate", "DateOfBirth"];
const KNOWN: &[&str] = &[
    "Country",
    "LastName",
    "GivenName",
    "EntityOrShip",
    "Entity",
    "TitleOrShip",
    "Title",
    "DateOfBirthOrShipBuildDate",
    "DateOfBirth",
    "ShipIMONumber",
    "Schedule",
    "Item",
    "DateOfListing",
    "Aliases",
];
/// Longest part of an id that is made of words, in characters.
const SLUG_CHARS_MAX: usize = 40;

/// What a record is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Person,
    Ship,
    Organization,
}

impl Kind {
    pub(super) fn of(record: &Element<'_>) -> Self {
        let has = |name: &str| record.children(name).any(|child| !child.text.trim().is_empty());
        if has("LastName") || has("GivenName") {
            Self::Person
        } else if has("ShipIMONumber") || has("TitleOrShip") {
            Self::Ship
        } else {
            Self::Organization
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Person => "individual",
            Self::Ship => "ship",
            Self::Organization => "entity",
        }
    }
}

/// The entities of one record, the party first.
pub(super) fn draft(
    reading: &mut Reading<'_>,
    record: &Element<'_>,
    kind: Kind,
    log: &mut Log,
) -> Result<[Entity; 2], Lost> {
    let whole = text_of(record, NAME).map(|text| names::whole(&text)).unwrap_or_default();
    let person = person_name(record);
    let name = person.as_ref().or(whole.name.as_ref());
    let name = name.ok_or_else(|| Lost::new("no_name", "the record has no name"))?;
    let id = record_id(record);
    log.of_record(&id);
    let id = reading.unique(reading.ids_of.of_party(&id), log);
    let mut party = new(id, schema(kind, name));
    log.put(&mut party, "name", name);
    if party.first("name").is_none() {
        return Err(Lost::new("no_name", "the name of the record cannot be kept"));
    }
    if person.is_some() {
        put_person(log, &mut party, record);
        if let Some(other) = &whole.name {
            log.note(
                "two_names",
                "the record has the name of a person and that of an entity; the second is an alias",
            );
            log.put(&mut party, "alias", other);
        }
    }
    whole.aliases.iter().for_each(|alias| log.put(&mut party, "alias", alias));
    whole.former.iter().for_each(|name| log.put(&mut party, "previousName", name));
    put_aliases(log, &mut party, record);
    put_title(log, &mut party, record);
    put_date(log, &mut party, record);
    for number in record.texts_of("ShipIMONumber") {
        log.put_identifier(&mut party, IdentifierKind::Imo, &number);
    }
    log.put(&mut party, "topics", "sanction");
    let sanction = sanction(log, &mut party, record);
    keep_repeated(log, &mut party, record);
    leftover::note(log, &mut party, record, KNOWN, &[]);
    let holds_more = |child: &&Element<'_>| !(child.children.is_empty() && child.attributes.is_empty());
    let known =
        record.children.iter().filter(holds_more).filter(|child| KNOWN.contains(&child.name.as_ref()));
    for child in known {
        for inner in &child.children {
            leftover::note_element(log, &mut party, inner);
        }
        leftover::note_attributes(log, &mut party, child, &[]);
    }
    Ok([party, sanction])
}

/// Elements that a record has once; what a second one says is kept.
fn keep_repeated(log: &mut Log, party: &mut Entity, record: &Element<'_>) {
    const ONCE: [&str; 8] = [
        "EntityOrShip",
        "LastName",
        "GivenName",
        "TitleOrShip",
        "DateOfBirthOrShipBuildDate",
        "Schedule",
        "Item",
        "DateOfListing",
    ];
    for name in ONCE {
        for text in record.children(name).map(Element::line).filter(|text| !text.is_empty()).skip(1) {
            log.note(
                "repeated_element",
                format!("{name} stands twice in the record; the second is kept as a note"),
            );
            keep_as_note(party, name, &text);
        }
    }
}

fn text_of<'r>(record: &'r Element<'_>, names: [&str; 2]) -> Option<Cow<'r, str>> {
    names.iter().find_map(|name| record.line_of(name))
}

fn new(id: String, schema: &'static str) -> Entity {
    #[expect(clippy::expect_used, reason = "the names are written here and the model is part of the program")]
    Entity::new(id, model::schema(schema).expect("the schema is in the model"))
}

fn schema(kind: Kind, name: &str) -> &'static str {
    match kind {
        Kind::Person => "Person",
        Kind::Ship => "Vessel",
        Kind::Organization if has_legal_form(name) => "Company",
        Kind::Organization => "Organization",
    }
}

/// Given name and last name, without what stands in brackets behind the last.
fn person_name(record: &Element<'_>) -> Option<String> {
    let last = record.line_of("LastName");
    let last = last.as_deref().map(|last| names::with_other(last).0);
    match (record.line_of("GivenName"), last) {
        (Some(given), Some(last)) => Some(format!("{given} {last}")),
        (Some(name), None) => Some(name.into_owned()),
        (None, last) => last.map(str::to_owned),
    }
}

fn put_person(log: &mut Log, party: &mut Entity, record: &Element<'_>) {
    let given = record.line_of("GivenName").unwrap_or_default();
    log.put(party, "firstName", &given);
    let Some(last) = record.line_of("LastName") else { return };
    let (last, other) = names::with_other(&last);
    log.put(party, "lastName", last);
    if let Some(other) = other {
        log.put(party, "lastName", other);
        log.put(party, "alias", format!("{given} {other}").trim());
    }
}

fn put_aliases(log: &mut Log, party: &mut Entity, record: &Element<'_>) {
    for field in record.children("Aliases") {
        let aliases = names::aliases(&field.text);
        for alias in &aliases.names {
            log.put(party, "alias", alias);
        }
        if aliases.is_guess
            && let Some(text) = field.text()
        {
            keep_as_note(party, "alias", &text);
        }
    }
}

fn put_title(log: &mut Log, party: &mut Entity, record: &Element<'_>) {
    let Some(text) = text_of(record, TITLE) else { return };
    if party.schema.is_a("Person") {
        for title in text.split('/') {
            log.put(party, "title", title);
        }
    } else if !log.offer(party, "type", &text) {
        keep_as_note(party, "title", &text);
    }
}

fn put_date(log: &mut Log, party: &mut Entity, record: &Element<'_>) {
    let Some(text) = text_of(record, DATE) else { return };
    let property = ["birthDate", "buildDate", "incorporationDate"]
        .into_iter()
        .find(|property| party.schema.property(property).is_some())
        .unwrap_or("notes");
    let dates = dates::parse(&text);
    if dates.is_empty() {
        log.value_lost("bad_date", format!("the {property} cannot be read; it is kept as a note"));
        return keep_as_note(party, property, &text);
    }
    for date in dates {
        log.put(party, property, date.to_string());
    }
}

fn sanction(log: &mut Log, party: &mut Entity, record: &Element<'_>) -> Entity {
    let mut sanction = new(format!("{}-sanction-1", party.id), "Sanction");
    log.put(&mut sanction, "entity", &party.id);
    log.put(&mut sanction, "authority", AUTHORITY);
    log.put(&mut sanction, "country", "ca");
    for program in record.texts_of("Country") {
        log.put(&mut sanction, "program", &program);
        log.put(party, "program", program);
    }
    let provision = match (record.line_of("Schedule"), record.line_of("Item")) {
        (Some(schedule), Some(item)) => format!("Schedule {schedule}, item {item}"),
        (Some(schedule), None) => format!("Schedule {schedule}"),
        (None, item) => item.map(|item| format!("item {item}")).unwrap_or_default(),
    };
    log.put(&mut sanction, "provisions", provision);
    if let Some(text) = record.line_of("DateOfListing") {
        match dates::parse(&text)[..] {
            [date] => log.put(&mut sanction, "listingDate", date.to_string()),
            _ => {
                log.value_lost("bad_date", "the listingDate cannot be read; it is kept as a note");
                keep_as_note(party, "listingDate", &text);
            }
        }
    }
    sanction
}

/// Regulations, schedule, item and a digest of the names, as far as they are given.
fn record_id(record: &Element<'_>) -> String {
    let names = ["LastName", "GivenName", "EntityOrShip", "Entity"]
        .map(|name| record.line_of(name).unwrap_or_default().to_lowercase());
    let digest = Digest::of_parts(names.iter().map(String::as_bytes));
    let [a, b, c, d, ..] = *digest.as_bytes();
    let regulations = record.line_of("Country").map(|country| regulations(&country)).unwrap_or_default();
    let of = |name: &str| slug(&record.line_of(name).unwrap_or_default());
    let digest = format!("{:08x}", u32::from_be_bytes([a, b, c, d]));
    let mut id = String::with_capacity(64);
    for part in [regulations, of("Schedule"), of("Item"), digest].iter().filter(|part| !part.is_empty()) {
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(part);
    }
    id
}

/// The English name of the regulations; their letters in brackets, where they have some.
fn regulations(country: &str) -> String {
    let english = country.split('/').next().unwrap_or(country);
    let bracket =
        english.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inside, _)| inside);
    let letters =
        bracket.filter(|inside| inside.len() > 2 && inside.bytes().all(|byte| byte.is_ascii_uppercase()));
    slug(letters.unwrap_or(english))
}

/// Letters and digits in lower case with hyphens between them.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for word in text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !slug.is_empty() {
            slug.push('-');
        }
        lower(word, &mut slug);
    }
    slug.truncate(clip(&slug, SLUG_CHARS_MAX).trim_end_matches('-').len());
    slug
}

/// Adds a text in lower case to another.
fn lower(text: &str, to: &mut String) {
    if text.is_ascii() {
        to.extend(text.chars().map(|char| char.to_ascii_lowercase()));
    } else {
        to.push_str(&text.to_lowercase());
    }
}
