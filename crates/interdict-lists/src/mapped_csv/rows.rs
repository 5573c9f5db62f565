//! Which parties do the rows give? Rows with one id are one party.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::limits;
use interdict_core::list::ListId;
use interdict_core::model::{self, Schema};

use super::header::Header;
use super::mapping::{Mapping, SchemaRule};
use super::sources::{BoundFields, BoundSource, bind, bind_fields, put_fields, put_sources};
use crate::delimited::Record;
use crate::reading::{Ids, Key, Log, Lost};
use crate::text::clip;

/// Hex digits of the digest that stands for a missing id.
const DIGEST_DIGITS: usize = 16;

const NAMES: &[&str] = &["alias", "weakAlias", "previousName"];

/// The rows read so far. Where the mapping names an id, they are held as entities.
pub(super) struct Rows<'a> {
    list: &'a ListId,
    mapping: &'a Mapping,
    header: &'a Header,
    id: Option<BoundSource<'a>>,
    schema_column: Option<usize>,
    properties: BoundFields<'a>,
    sanction: Option<BoundFields<'a>>,
    addresses: Vec<BoundFields<'a>>,
    /// The names for which it is said already that they look like several in one.
    unsplit: BTreeSet<&'a str>,
    /// The rows of a file without ids.
    alone: HashSet<Key>,
    /// The party of each id, as a place in `parties`.
    places: BTreeMap<String, usize>,
    /// Each party with the entities of its rows, the party first.
    parties: Vec<Vec<Entity>>,
}

impl<'a> Rows<'a> {
    /// Rows under a header, or the reason why the mapping does not fit it.
    pub(super) fn new(list: &'a ListId, mapping: &'a Mapping, header: &'a Header) -> Result<Self, String> {
        let schema_column = match &mapping.schema {
            SchemaRule::Column { column, .. } => Some(header.position(column)?),
            SchemaRule::Fixed(_) | SchemaRule::ByBirthDate => None,
        };
        Ok(Self {
            list,
            mapping,
            header,
            id: mapping.id.as_ref().map(|source| bind(source, header)).transpose()?,
            schema_column,
            properties: bind_fields(&mapping.properties, header)?,
            sanction: mapping.sanction.as_ref().map(|fields| bind_fields(fields, header)).transpose()?,
            addresses: mapping
                .addresses
                .iter()
                .map(|fields| bind_fields(fields, header))
                .collect::<Result<_, _>>()?,
            unsplit: BTreeSet::new(),
            alone: HashSet::new(),
            places: BTreeMap::new(),
            parties: Vec::new(),
        })
    }

    /// The columns that the mapping neither uses nor ignores.
    pub(super) fn unmapped(&self) -> Vec<String> {
        let fields = std::iter::once(&self.properties).chain(&self.sanction).chain(&self.addresses);
        let sources = fields.flatten().flat_map(|(_, sources)| sources).chain(&self.id);
        let used: BTreeSet<usize> =
            sources.flat_map(|source| source.columns.iter().copied()).chain(self.schema_column).collect();
        let is_ignored =
            |name: &str| self.mapping.ignore.iter().any(|ignored| ignored.trim().eq_ignore_ascii_case(name));
        let names = self.header.names.iter().enumerate();
        names
            .filter(|(at, name)| !used.contains(at) && !name.is_empty() && !is_ignored(name))
            .map(|(_, name)| clip(name, 60).to_owned())
            .collect()
    }

    /// Adds one row. Gives its entities when no other row can add to them.
    pub(super) fn add(&mut self, row: &Record, log: &mut Log) -> Result<Vec<Entity>, Lost> {
        let record_id = self.id.as_ref().and_then(|source| source.texts(row).into_iter().next());
        let record_id = record_id.unwrap_or_else(|| digest(row));
        log.of_record(&record_id);
        self.note_length(row, log);
        self.note_unsplit(row, log);
        let schema = self.schema(row, log)?;
        let id = Ids::OfList(self.list).of_party(&record_id);
        if self.id.is_none() {
            return self.add_alone(id, schema, row, log);
        }
        let id = self.party_id(id, schema, log);
        let place = self.places.get(&id).copied();
        let known = place.and_then(|place| self.parties.get_mut(place)).map(std::mem::take);
        let mut entities = known.unwrap_or_else(|| vec![Entity::new(id.clone(), schema)]);
        self.put_row(&mut entities, row, log);
        if let Some(known) = place.and_then(|place| self.parties.get_mut(place)) {
            *known = entities;
        } else if entities.first().is_some_and(|party| party.first("name").is_none()) {
            return Err(Lost::new("no_name", "the row has no name"));
        } else {
            self.places.insert(id, self.parties.len());
            self.parties.push(entities);
        }
        Ok(Vec::new())
    }

    /// The entities of a row whose id is a digest of all that it says. The same row once more gives none.
    fn add_alone(
        &mut self,
        id: String,
        schema: &'static Schema,
        row: &Record,
        log: &mut Log,
    ) -> Result<Vec<Entity>, Lost> {
        let key = Key::of(&id);
        let mut entities = vec![Entity::new(id, schema)];
        self.put_row(&mut entities, row, log);
        if entities.first().is_some_and(|party| party.first("name").is_none()) {
            return Err(Lost::new("no_name", "the row has no name"));
        }
        Ok(if self.alone.insert(key) { entities } else { Vec::new() })
    }

    /// Adds what a row says to the entities of its party, the party first.
    fn put_row(&self, entities: &mut Vec<Entity>, row: &Record, log: &mut Log) {
        let Some(party) = entities.first_mut() else { return };
        let n_addresses = party.get("address").len();
        put_fields(log, party, &self.properties, row, self.list);
        for topic in &self.mapping.topics {
            log.put(party, "topics", topic.as_str());
        }
        let addresses = party.get("address").get(n_addresses..).unwrap_or_default().to_vec();
        self.put_sanction(entities, row, log);
        self.put_addresses(entities, &addresses, row, log);
    }

    /// All entities that are held, each party followed by those of its rows.
    pub(super) fn into_entities(self) -> impl Iterator<Item = Entity> {
        self.parties.into_iter().flatten()
    }

    /// The id of the party of a row. Rows with one id and two schemata cannot be one party: the later gets its schema behind
    /// the id, and both are kept.
    fn party_id(&self, id: String, schema: &Schema, log: &mut Log) -> String {
        let known = self.places.get(&id).and_then(|place| self.parties.get(*place)?.first());
        let Some(known) = known.filter(|party| party.schema != schema) else { return id };
        let reason = format!(
            "an earlier row with this id is a {}, this one a {}; both are kept",
            known.schema.name, schema.name
        );
        log.note("id_reused", reason);
        format!("{id}-{}", schema.name.to_lowercase())
    }

    fn note_length(&self, row: &Record, log: &mut Log) {
        let (n_fields, n_columns) = (row.len(), self.header.names.len());
        let is_extra = row.iter().skip(n_columns).any(|field| !field.trim().is_empty());
        if is_extra {
            log.value_lost("extra_fields", format!("the row has {n_fields} fields, the header {n_columns}"));
        } else if n_fields < n_columns {
            log.note("short_row", format!("the row has {n_fields} fields, the header {n_columns}"));
        }
    }

    /// Says once of each kind of name that a field looks like several names, which would then match as one.
    fn note_unsplit(&mut self, row: &Record, log: &mut Log) {
        for (property, sources) in self.properties.iter().filter(|(property, _)| NAMES.contains(property)) {
            if !self.unsplit.contains(property) && sources.iter().any(|source| source.looks_unsplit(row)) {
                self.unsplit.insert(property);
                let reason = format!(
                    "a value of {property} looks like several, and is taken as one; a mapping can say how to split it (`split`)"
                );
                log.note("unsplit_names", reason);
            }
        }
    }

    fn schema(&self, row: &Record, log: &mut Log) -> Result<&'static Schema, Lost> {
        let fallback =
            || model::schema("LegalEntity").ok_or_else(|| Lost::new("unknown_schema", "there is no schema"));
        match &self.mapping.schema {
            SchemaRule::Fixed(schema) => Ok(schema),
            SchemaRule::ByBirthDate if self.has_birth_date(row) => {
                model::schema("Person").map_or_else(fallback, Ok)
            }
            SchemaRule::ByBirthDate => fallback(),
            SchemaRule::Column { values, otherwise, .. } => {
                let text = self.schema_column.and_then(|at| row.get(at)).unwrap_or_default().trim();
                let own = || model::schema(text).filter(|schema| !schema.is_abstract);
                let found = values.get(&text.to_lowercase()).copied().or_else(own).or(*otherwise);
                if let Some(schema) = found {
                    return Ok(schema);
                }
                let text = clip(text, 60);
                if text.is_empty() {
                    log.note("no_schema", "the row has no schema; it is taken as a legal entity");
                } else {
                    let reason = format!(
                        "{text:?} is no schema and not mapped to one; the row is taken as a legal entity"
                    );
                    log.value_lost("unknown_schema", reason);
                }
                fallback()
            }
        }
    }

    fn has_birth_date(&self, row: &Record) -> bool {
        let mut sources = self.properties.iter().filter(|(property, _)| *property == "birthDate");
        sources.any(|(_, sources)| sources.iter().any(|source| !source.texts(row).is_empty()))
    }

    fn put_sanction(&self, entities: &mut Vec<Entity>, row: &Record, log: &mut Log) {
        let (Some(fields), Some(schema)) = (&self.sanction, model::schema("Sanction")) else { return };
        let Some(party) = entities.first_mut() else { return };
        for (property, sources) in
            fields.iter().filter(|(property, _)| matches!(*property, "program" | "programId"))
        {
            put_sources(log, party, property, sources, row, self.list);
        }
        let id = format!("{}-sanction-1", party.id);
        let holder = party.id.clone();
        let at = entities.iter().position(|entity| entity.id == id).unwrap_or_else(|| {
            entities.push(Entity::new(id, schema));
            entities.len() - 1
        });
        let Some(sanction) = entities.get_mut(at) else { return };
        log.put(sanction, "entity", holder);
        put_fields(log, sanction, fields, row, self.list);
    }

    /// Adds the addresses of the address tables, and one for each plain address that the row gave the party.
    fn put_addresses(&self, entities: &mut Vec<Entity>, plain: &[String], row: &Record, log: &mut Log) {
        let Some(schema) = model::schema("Address") else { return };
        let mut found: Vec<Entity> = Vec::new();
        for fields in &self.addresses {
            let mut address = Entity::new(String::new(), schema);
            put_fields(log, &mut address, fields, row, self.list);
            if address.properties().next().is_some() {
                if address.first("full").is_none() {
                    let full = one_line(&address);
                    log.put(&mut address, "full", full);
                }
                found.push(address);
            }
        }
        for text in plain {
            let mut address = Entity::new(String::new(), schema);
            log.put(&mut address, "full", text.as_str());
            found.push(address);
        }
        for address in found {
            attach(entities, address, log);
        }
    }
}

/// Gives an address its id and ties it to the party; one that the party has already is left out.
fn attach(entities: &mut Vec<Entity>, mut address: Entity, log: &mut Log) {
    let full = address.first("full").unwrap_or_default().to_owned();
    let known = entities.iter().filter(|entity| entity.schema == address.schema);
    let n = 1 + known.clone().count();
    if known.into_iter().any(|entity| entity.first("full") == Some(&full)) {
        return;
    }
    if n > limits::VALUES_PER_PROPERTY_MAX {
        return log.value_lost("too_many_values", format!("the party has more than {} addresses", n - 1));
    }
    let Some(party) = entities.first_mut() else { return };
    address.id = format!("{}-address-{n}", party.id);
    log.put(party, "addressEntity", address.id.as_str());
    log.put(party, "address", full);
    for country in address.get("country") {
        log.put(party, "country", country.as_str());
    }
    entities.push(address);
}

fn one_line(address: &Entity) -> String {
    let country = address.first("country").map(interdict_core::country::label);
    let parts = ["street", "street2", "city", "region", "state", "postalCode"];
    let parts = parts.iter().flat_map(|property| address.get(property)).map(String::as_str).chain(country);
    parts.collect::<Vec<_>>().join(", ")
}

fn digest(row: &Record) -> String {
    let digest = Digest::of_parts(row.iter().map(|field| field.trim().as_bytes()));
    digest.to_hex().chars().take(DIGEST_DIGITS).collect()
}
