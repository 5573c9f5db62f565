//! Which parties does an index hold, and what is known of each?

use std::collections::{BTreeMap, BTreeSet};

use interdict_core::date::PartialDate;
use interdict_core::identifier::{Identifier, IdentifierKind};
use interdict_core::list::ListVersion;
use interdict_core::model::{self, Schema};
use zerocopy::little_endian::U32;

use super::NameQuality;
use super::format::{DateRow, EntityRow, IdentifierRow, NO_ENTITY, NameRow, Section, Slice, Span, hash};
use super::open::Index;

impl Index {
    /// How many parties it holds.
    pub fn n_entities(&self) -> usize {
        self.entity_rows().len()
    }

    /// How many names its parties have.
    pub fn n_names(&self) -> usize {
        self.rows::<NameRow>(Section::Names).len()
    }

    /// All parties.
    pub fn entities(&self) -> impl Iterator<Item = EntityRef<'_>> {
        (0_u32..).zip(self.entity_rows()).map(|(number, row)| EntityRef { index: self, row, number })
    }

    /// The parties of an id: one for each list that has it.
    pub fn entities_with_id(&self, id: &str) -> Vec<EntityRef<'_>> {
        let order = self.rows::<U32>(Section::EntitiesById);
        let id_of = |entity: &U32| self.entity(entity.get()).id();
        let start = order.partition_point(|entity| id_of(entity) < id);
        order
            .iter()
            .skip(start)
            .take_while(|entity| id_of(entity) == id)
            .filter(|entity| (entity.get() as usize) < self.n_entities())
            .map(|entity| self.entity(entity.get()))
            .collect()
    }

    /// The parties that have an identifier which compares equal, with the identifier as the list gives it.
    pub(crate) fn entities_with_identifier(&self, value: &str) -> Vec<(u32, Identifier)> {
        let mut found = Vec::new();
        let rows = self.rows::<IdentifierRow>(Section::Identifiers);
        for kind in IdentifierKind::ALL {
            let asked = Identifier::new(*kind, value).comparable();
            let wanted = hash(asked.bytes());
            let start = rows.partition_point(|row| row.hash.get() < wanted);
            for row in rows.iter().skip(start).take_while(|row| row.hash.get() == wanted) {
                let listed = Identifier::new(kind_of(row.kind), self.text(row.text));
                if listed.kind == *kind && !asked.is_empty() && listed.comparable() == asked {
                    found.push((row.entity.get(), listed));
                }
            }
        }
        found
    }

    /// Whether any party has an identifier.
    pub(crate) fn has_identifiers(&self) -> bool {
        !self.rows::<IdentifierRow>(Section::Identifiers).is_empty()
    }

    /// The identifiers of these parties as their lists give them.
    pub(crate) fn identifiers_of(&self, entities: &BTreeSet<u32>) -> BTreeMap<u32, Vec<String>> {
        let mut values: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for row in self.rows::<IdentifierRow>(Section::Identifiers) {
            if entities.contains(&row.entity.get()) {
                values.entry(row.entity.get()).or_default().push(self.text(row.text).to_owned());
            }
        }
        values
    }

    /// The party of a number; the numbers go from 0 up to [`Self::n_entities`].
    pub fn entity(&self, entity: u32) -> EntityRef<'_> {
        EntityRef { index: self, row: self.entity_row(entity), number: entity }
    }

    /// The list of a party: a position in [`IndexInfo::lists`].
    pub(crate) fn list_idx(&self, entity: u32) -> usize {
        self.entity_row(entity).list.get() as usize
    }

    pub(super) fn entity_row(&self, entity: u32) -> &EntityRow {
        self.entity_rows().get(entity as usize).unwrap_or(&NO_ENTITY)
    }

    pub(super) fn entity_rows(&self) -> &[EntityRow] {
        self.rows(Section::Entities)
    }
}

fn kind_of(code: u8) -> IdentifierKind {
    IdentifierKind::ALL.get(usize::from(code)).copied().unwrap_or(IdentifierKind::Registration)
}

/// One party of an index.
#[derive(Debug, Clone, Copy)]
pub struct EntityRef<'a> {
    index: &'a Index,
    row: &'a EntityRow,
    number: u32,
}

impl<'a> EntityRef<'a> {
    /// Its number in the index, from 0.
    pub fn number(self) -> u32 {
        self.number
    }

    /// Its id.
    pub fn id(self) -> &'a str {
        self.index.text(self.row.id)
    }

    /// What to call it.
    pub fn caption(self) -> &'a str {
        self.index.text(self.row.caption)
    }

    /// The name of its schema.
    pub fn schema_name(self) -> &'a str {
        self.index.text(self.row.schema)
    }

    /// Its schema, when the model has it.
    pub fn schema(self) -> Option<&'static Schema> {
        model::schema(self.schema_name())
    }

    /// The list version it is of.
    pub fn list(self) -> &'a ListVersion {
        let lists = &self.index.info.lists;
        // Where there are entities there is a list; a number without one is only in a file that nobody verified.
        lists.get(self.row.list.get() as usize).unwrap_or(&lists[0])
    }

    /// Its names, the primary one first.
    pub fn names(self) -> impl Iterator<Item = NameRef<'a>> {
        let rows = self.index.slice::<NameRow>(Section::Names, self.row.names);
        rows.iter().map(move |row| NameRef { index: self.index, row })
    }

    /// Its dates of birth, foundation or build.
    pub fn dates(self) -> impl Iterator<Item = PartialDate> {
        let rows = self.index.slice::<DateRow>(Section::Dates, self.row.dates);
        rows.iter().filter_map(move |row| self.index.text(row.text).parse().ok())
    }

    /// The codes of its countries.
    pub fn countries(self) -> impl Iterator<Item = &'a str> {
        self.values(self.row.countries)
    }

    /// Its postal addresses.
    pub fn addresses(self) -> impl Iterator<Item = &'a str> {
        self.values(self.row.addresses)
    }

    /// The programs it is listed under.
    pub fn programs(self) -> impl Iterator<Item = &'a str> {
        self.values(self.row.programs)
    }

    /// The JSON array of the FollowTheMoney entities of its record, itself first.
    pub fn record_json(self) -> &'a [u8] {
        let records = &self.index.bytes[self.index.sections[Section::Records as usize].clone()];
        let start = usize::try_from(self.row.record_start.get()).unwrap_or(usize::MAX);
        records.get(start..start.saturating_add(self.row.record_len.get() as usize)).unwrap_or_default()
    }

    fn values(self, slice: Slice) -> impl Iterator<Item = &'a str> {
        let rows = self.index.slice::<Span>(Section::Values, slice);
        rows.iter().map(move |row| self.index.text(*row))
    }
}

/// One name of a party.
#[derive(Debug, Clone, Copy)]
pub struct NameRef<'a> {
    pub(super) index: &'a Index,
    pub(super) row: &'a NameRow,
}

impl<'a> NameRef<'a> {
    /// The name as published.
    pub fn text(self) -> &'a str {
        self.index.text(self.row.text)
    }

    /// How the list gives it.
    pub fn quality(self) -> NameQuality {
        NameQuality::from_code(self.row.quality)
    }

    /// Whether it has at least one reading, so that it can be found.
    pub fn is_comparable(self) -> bool {
        self.row.readings.len.get() > 0
    }
}
