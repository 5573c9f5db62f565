//! One party while its record is put together: the party, the entities of its record, and the names still to be looked up.

use interdict_core::entity::Entity;
use interdict_core::model::{self, Schema};

use super::relations::LINKED_TO;
use crate::reading::Log;

/// The kind of a clause that is kept as a note only.
pub(super) const NOTE: &str = "note";
/// The kind of a clause that was cut off by the file's limit on remarks.
pub(super) const CUT: &str = "cut";

/// A party with what is to be said of it.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) draft: Draft,
    pub(crate) log: Log,
}

/// A party and the parts of its record.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) party: Entity,
    pub(crate) sanctions: Vec<Entity>,
    pub(crate) addresses: Vec<Entity>,
    pub(crate) documents: Vec<Entity>,
    pub(crate) wallets: Vec<Entity>,
    pub(crate) links: Vec<Entity>,
    pub(crate) references: Vec<Reference>,
    /// The kind of each clause of the remarks.
    pub(crate) clauses: Vec<&'static str>,
}

/// A party that another names and that still has to be found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    /// The whole clause, for the notes when nothing is found.
    pub(crate) clause: String,
    pub(crate) target: Target,
    pub(crate) place: ReferenceUse,
    /// The source's words for how the two are tied.
    pub(crate) relation: String,
    /// What else is said of the link.
    pub(crate) remarks: Vec<String>,
}

/// By what a party is to be found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Its name as published.
    Name(String),
    /// The source's number.
    Number(String),
}

/// Where a found party goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReferenceUse {
    /// A link between the two.
    Link,
    /// This property of the party.
    Property(&'static str),
}

impl Reference {
    /// A party that the clause names.
    pub(crate) fn by_name(clause: String, name: &str, place: ReferenceUse) -> Self {
        let (target, relation) = (Target::Name(name.to_owned()), LINKED_TO.to_owned());
        Self { clause, target, place, relation, remarks: Vec::new() }
    }
}

impl Draft {
    /// A party with nothing but its id.
    pub(crate) fn new(id: String, schema: &'static Schema) -> Self {
        Self {
            party: Entity::new(id, schema),
            sanctions: Vec::new(),
            addresses: Vec::new(),
            documents: Vec::new(),
            wallets: Vec::new(),
            links: Vec::new(),
            references: Vec::new(),
            clauses: Vec::new(),
        }
    }

    /// Adds a value to the party; `false` when its schema has no such property.
    pub(crate) fn put(&mut self, property: &str, value: impl AsRef<str>, log: &mut Log) -> bool {
        log.offer(&mut self.party, property, value)
    }

    /// Keeps a text as a note of the party.
    pub(crate) fn note(&mut self, text: &str, log: &mut Log) {
        self.put("notes", text, log);
    }

    /// A new part of the record, with the party in the property that holds it.
    pub(crate) fn part(&self, schema: &'static str, suffix: &str, holder: &str, log: &mut Log) -> Entity {
        let mut part = Entity::new(format!("{}-{suffix}", self.party.id), self::schema(schema));
        log.put(&mut part, holder, self.party.id.as_str());
        part
    }

    /// The party, then the entities of its record, to look at.
    pub(super) fn entities(&self) -> impl Iterator<Item = &Entity> {
        let parts = [&self.sanctions, &self.addresses, &self.documents, &self.wallets, &self.links];
        std::iter::once(&self.party).chain(parts.into_iter().flatten())
    }

    /// The party, then the entities of its record.
    pub(crate) fn into_entities(self) -> impl Iterator<Item = Entity> {
        let parts = [self.sanctions, self.addresses, self.documents, self.wallets, self.links];
        std::iter::once(self.party).chain(parts.into_iter().flatten())
    }
}

/// A schema of the model by its name.
#[expect(
    clippy::expect_used,
    reason = "the names are written in this reader and the model is part of the program"
)]
pub(crate) fn schema(name: &'static str) -> &'static Schema {
    model::schema(name).expect("the schema is in the model")
}
