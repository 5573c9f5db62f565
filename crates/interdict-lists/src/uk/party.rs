//! Which entities are a party's facts?

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::model::{self, Schema};

use super::columns::What;
use super::facts::{Facts, Name};
use super::{Edition, papers, places, ships, values};
use crate::ofac::has_legal_form;
use crate::parts::Parts;
use crate::reading::{Log, Lost, Reading, keep_as_note};
use crate::text::clip;
use crate::written_dates;

/// A party with the entities of its records, and the names of parties that it belongs to.
pub(super) struct Draft {
    pub(super) party: Entity,
    pub(super) sanction: Entity,
    pub(super) parts: Parts,
    pub(super) links: Vec<Link>,
}

/// Another party that is named.
pub(super) struct Link {
    /// What it is to this one.
    pub(super) what: What,
    pub(super) name: String,
}

impl Draft {
    /// The party, then the entities of its records.
    pub(super) fn into_entities(self) -> impl Iterator<Item = Entity> {
        [self.party, self.sanction].into_iter().chain(self.parts)
    }
}

/// The id of a party that has none.
pub(super) fn id_of_name(name: &str) -> String {
    Digest::of(name.as_bytes()).to_hex().chars().take(12).collect()
}

/// The entities of a party.
pub(super) fn draft(
    reading: &mut Reading<'_>,
    edition: Edition,
    facts: &Facts,
    log: &mut Log,
) -> Result<Draft, Lost> {
    log.of_record(&facts.id);
    let names = names(facts, log);
    let Some((_, name)) = names.first().filter(|(_, name)| name.contains(char::is_alphanumeric)) else {
        return Err(Lost::new("no_name", "the record has no name"));
    };
    let unknown_schema = || Lost::new("unknown_schema", "the model has no schema for it");
    let schema = schema(facts, name, log).ok_or_else(unknown_schema)?;
    let id = reading.unique(reading.ids_of.of_party(&facts.id), log);
    let mut party = Entity::new(id, schema);
    for (property, name) in &names {
        log.put(&mut party, property, name);
    }
    put_name_parts(log, &mut party, facts);
    log.put(&mut party, "topics", "sanction");
    put_referents(&mut party, edition, facts);
    let sanction = sanction(log, &mut party, edition, facts).ok_or_else(unknown_schema)?;
    let mut draft = Draft { party, sanction, parts: Parts::default(), links: Vec::new() };
    put_person(log, &mut draft.party, facts);
    ships::put(log, &mut draft.party, facts);
    put_contacts(log, &mut draft.party, facts);
    places::put(log, &mut draft, facts);
    papers::put(log, &mut draft, facts);
    put_notes(log, &mut draft.party, facts);
    for what in [What::Owner, What::PastOwner, What::Parent, What::Subsidiary] {
        let named = facts.all(what).flat_map(values).map(|name| Link { what, name: name.to_owned() });
        draft.links.extend(named);
    }
    Ok(draft)
}

/// The names with their properties, the first one the name of the party.
fn names(facts: &Facts, log: &mut Log) -> Vec<(&'static str, String)> {
    let mut names: Vec<(&'static str, String)> =
        facts.names.iter().map(|name| (name_property(name, log), name.full())).collect();
    names.extend(facts.all(What::OtherScript).map(|name| ("alias", name.to_owned())));
    // Names first, then those that may stand in for one.
    names.sort_by_key(|(property, _)| match *property {
        "name" => 0,
        "alias" => 1,
        "previousName" => 2,
        _ => 3,
    });
    if let Some((property, _)) = names.first_mut()
        && *property != "name"
    {
        log.note("no_primary_name", "no name is the primary one; another stands in for it");
        *property = "name";
    }
    names
}

fn name_property(name: &Name, log: &mut Log) -> &'static str {
    let kind = crate::table::key(&name.kind);
    let is_weak = match crate::table::key(&name.strength).as_str() {
        "lowquality" | "low" | "weak" => true,
        "" | "goodquality" | "good" | "strong" => false,
        _ => {
            let reason = format!(
                "the quality {:?} of a name is not known; it is taken as good",
                clip(&name.strength, 40)
            );
            log.note("unknown_quality", reason);
            false
        }
    };
    match kind.as_str() {
        "" | "primaryname" | "primaryalias" | "primealias" | "primary" => "name",
        "fka" | "formerlyknownas" | "formername" => "previousName",
        _ if is_weak => "weakAlias",
        "alias" | "aka" | "primarynamevariation" => "alias",
        _ => {
            let reason = format!(
                "the kind {:?} of a name is not known; it is taken as an alias",
                clip(&name.kind, 40)
            );
            log.note("unknown_type", reason);
            "alias"
        }
    }
}

/// Words in the type of an entity that make it a company.
const COMPANY_TYPES: &[&str] = &[
    "company",
    "compan",
    "bank",
    "enterprise",
    "corporation",
    "joint stock",
    "llc",
    "limited",
    "subsidiary",
];

fn schema(facts: &Facts, name: &str, log: &mut Log) -> Option<&'static Schema> {
    let is_company = || {
        let mut types = facts.all(What::EntityType).map(str::to_lowercase);
        has_legal_form(name) || types.any(|kind| COMPANY_TYPES.iter().any(|word| kind.contains(word)))
    };
    let kinds: Vec<String> = facts.all(What::Kind).map(crate::table::key).collect();
    let is = |wanted: &str| kinds.iter().any(|kind| kind == wanted);
    model::schema(if is("individual") {
        "Person"
    } else if is("ship") || is("vessel") {
        "Vessel"
    } else {
        if !is("entity") {
            log.note(
                "unknown_type",
                "the record is neither of an individual, an entity nor a ship; it is taken as an entity",
            );
        }
        if is_company() { "Company" } else { "Organization" }
    })
}

/// Name 1 is a given name and Name 6 a family name; those between may be either, so they go by their place.
fn put_name_parts(log: &mut Log, party: &mut Entity, facts: &Facts) {
    if !party.schema.is_a("Person") {
        return;
    }
    for name in &facts.names {
        let [first, second, middle, .., last] = &name.parts;
        if first.is_empty() {
            continue; // the whole name is in Name 6
        }
        for (property, part) in
            [("firstName", first), ("secondName", second), ("middleName", middle), ("lastName", last)]
        {
            log.put(party, property, part);
        }
    }
}

/// The ids of the party on the other British list.
fn put_referents(party: &mut Entity, edition: Edition, facts: &Facts) {
    let (other, prefix) = match edition {
        Edition::SanctionsList => (What::ReferenceOfOfsi, "uk-ofsi"),
        Edition::Consolidated => (What::ReferenceOfUk, "uk"),
    };
    party.referents.extend(facts.all(other).map(|id| format!("{prefix}-{id}")));
}

fn sanction(log: &mut Log, party: &mut Entity, edition: Edition, facts: &Facts) -> Option<Entity> {
    let mut sanction = Entity::new(format!("{}-sanction-1", party.id), model::schema("Sanction")?);
    let authority = match edition {
        Edition::SanctionsList => "Foreign, Commonwealth & Development Office",
        Edition::Consolidated => "Office of Financial Sanctions Implementation",
    };
    log.put(&mut sanction, "entity", party.id.as_str());
    log.put(&mut sanction, "authority", authority);
    log.put(&mut sanction, "country", "gb");
    log.put(&mut sanction, "authorityId", &facts.id);
    for what in [What::ReferenceOfOfsi, What::ReferenceOfUk] {
        facts.all(what).for_each(|id| log.put(&mut sanction, "authorityId", id));
    }
    facts.all(What::ReferenceOfUn).for_each(|id| log.put(&mut sanction, "unscId", id));
    for regime in facts.all(What::Regime) {
        for entity in [&mut *party, &mut sanction] {
            log.put(entity, "program", regime);
            log.put(entity, "programId", regime);
        }
    }
    for source in facts.all(What::Source) {
        log.put(&mut sanction, "description", format!("Designation source: {source}"));
    }
    for imposed in facts.all(What::Imposed).flat_map(|text| text.split('|')).flat_map(|text| text.split(", "))
    {
        let imposed = imposed.trim_matches(|char: char| char.is_whitespace() || matches!(char, ',' | '-'));
        log.put(&mut sanction, "provisions", imposed);
    }
    facts.all(What::Reasons).for_each(|reasons| log.put(&mut sanction, "reason", reasons));
    let designated = match edition {
        Edition::SanctionsList => "listingDate",
        Edition::Consolidated => "startDate",
    };
    facts.all(What::DesignatedOn).for_each(|date| written_dates::put(log, &mut sanction, designated, date));
    facts.all(What::ListedOn).for_each(|date| written_dates::put(log, &mut sanction, "listingDate", date));
    for date in facts.all(What::UpdatedOn) {
        written_dates::put(log, &mut sanction, "modifiedAt", date);
        written_dates::put(log, party, "modifiedAt", date);
    }
    Some(sanction)
}

fn put_person(log: &mut Log, party: &mut Entity, facts: &Facts) {
    for (what, property) in [(What::Title, "title"), (What::Position, "position")] {
        for text in facts.all(what).flat_map(values) {
            put(log, party, property, text);
        }
    }
    for text in facts.all(What::BirthDate) {
        match party.schema.is_a("Person") {
            true => written_dates::put(log, party, "birthDate", text),
            false => keep_as_note(party, "birthDate", text),
        }
    }
    for text in facts.all(What::Nationality).flat_map(values) {
        places::put_countries(log, party, "nationality", text);
    }
    for text in facts.all(What::Gender) {
        let gender = text.to_lowercase();
        match gender.as_str() {
            "male" | "female" | "other" => put(log, party, "gender", &gender),
            _ => keep_as_note(party, "gender", text),
        }
    }
}

fn put_contacts(log: &mut Log, party: &mut Entity, facts: &Facts) {
    for text in facts.all(What::EntityType).flat_map(values) {
        put(log, party, "classification", text);
    }
    for text in facts.all(What::Phone).flat_map(values).flat_map(|text| text.split(';')) {
        put(log, party, "phone", text.trim());
    }
    let is_between = |char: char| char.is_whitespace() || matches!(char, ',' | ';');
    for (what, property, mark) in [(What::Email, "email", '@'), (What::Website, "website", '.')] {
        for word in facts.all(what).flat_map(values).flat_map(|text| text.split(is_between)) {
            let word = word.trim_matches(['.', ',', '(', ')']);
            if word.contains(mark) {
                put(log, party, property, word);
            } else if word.contains(char::is_alphanumeric) {
                keep_as_note(party, property, word);
            }
        }
    }
}

fn put_notes(log: &mut Log, party: &mut Entity, facts: &Facts) {
    facts.all(What::Information).for_each(|text| log.put(party, "notes", text));
    facts.all(What::Script).for_each(|text| keep_as_note(party, "name in non-Latin script", text));
    for (name, text) in &facts.unknown {
        keep_as_note(party, clip(name, 60), text);
    }
}

/// Adds a value, or keeps it as a note where the schema has no place for it.
pub(super) fn put(log: &mut Log, party: &mut Entity, property: &str, text: &str) {
    if !log.offer(party, property, text) {
        keep_as_note(party, property, text);
    }
}
