//! What became of each record of a source? The account of one reading ([`Reading`]) and the log of one record ([`Log`]),
//! through which every value goes into an entity or into an issue.

use std::collections::BTreeMap;

use interdict_core::country;
use interdict_core::date::PartialDate;
use interdict_core::entity::{Entity, ValueError};
use interdict_core::identifier::{Identifier, IdentifierKind, Validity};
use interdict_core::issue::{Issue, Issues, Parsed, Position, Severity};
use interdict_core::limits;
use interdict_core::list::{ListId, Reconciliation, RecordCount};
use interdict_core::model::{PropertyKind, Schema};

use crate::source::{ListContent, ReadError, SourceFile};

/// The name of the file in an issue is that of the whole reading: these formats are one file.
pub(crate) struct Reading<'a> {
    pub(crate) ids_of: Ids<'a>,
    pub(crate) file: SourceFile<'a>,
    entities: Vec<Entity>,
    /// Every id taken, with the number that the next record of the same id gets.
    ids: BTreeMap<String, u64>,
    issues: Issues,
    rows: Vec<RecordCount>,
}

/// Where the record stands, and what there is to say about it.
pub(crate) struct Log {
    file: String,
    position: Position,
    record: Option<String>,
    issues: Vec<Issue>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(ids_of: Ids<'a>, file: SourceFile<'a>) -> Self {
        let (entities, ids, issues, rows) = (Vec::new(), BTreeMap::new(), Issues::new(), Vec::new());
        Self { ids_of, file, entities, ids, issues, rows }
    }

    /// A log for the record at a place.
    pub(crate) fn log(&self, position: Position) -> Log {
        Log { file: self.file.name.to_owned(), position, record: None, issues: Vec::new() }
    }

    /// Counts one record of a kind as read. Whatever comes of it is told with [`Reading::take`] or [`Reading::lose`].
    ///
    /// # Errors
    /// When the file has more records than the bound.
    pub(crate) fn count(&mut self, kind: &str) -> Result<(), ReadError> {
        self.row(kind).read += 1;
        if self.rows.iter().map(|row| row.read).sum::<u64>() > limits::RECORDS_MAX {
            let file = self.file.name.to_owned();
            return Err(ReadError::TooMany { file, what: "records", max: limits::RECORDS_MAX });
        }
        Ok(())
    }

    /// Takes the entities of one record.
    pub(crate) fn take(&mut self, kind: &str, entities: impl IntoIterator<Item = Entity>, log: Log) {
        self.row(kind).taken += 1;
        self.add(entities);
        self.push(log);
    }

    /// Adds entities of records that are counted already.
    pub(crate) fn add(&mut self, entities: impl IntoIterator<Item = Entity>) {
        for entity in entities {
            self.ids.entry(entity.id.clone()).or_insert(2);
            self.entities.push(entity);
        }
    }

    /// Gives up one record, for a reason. What was said of its values no longer matters.
    pub(crate) fn lose(&mut self, kind: &str, mut log: Log, issue: &'static str, reason: impl Into<String>) {
        self.row(kind).lost += 1;
        log.issues.clear();
        log.issue(Severity::RecordLost, issue, reason);
        self.push(log);
    }

    /// Adds an issue that is not of one record.
    pub(crate) fn push(&mut self, log: Log) {
        log.issues.into_iter().for_each(|issue| self.issues.push(issue));
    }

    /// Whether an entity of that id was taken.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }

    /// The id, with a number behind it when another record has it already, which is noted.
    pub(crate) fn unique(&mut self, id: String, log: &mut Log) -> String {
        let Some(next) = self.ids.get_mut(&id) else { return id };
        log.note("duplicate_id", "another record has the same id; both are kept");
        let mut n = *next;
        *next += 1;
        while self.ids.contains_key(&format!("{id}-{n}")) {
            n += 1;
        }
        format!("{id}-{n}")
    }

    /// The content of the list.
    pub(crate) fn finish(self, published: Option<PartialDate>) -> Parsed<ListContent> {
        let parties = self.entities.iter().filter(|entity| entity.is_party()).count() as u64;
        let entities = self.entities.len() as u64;
        let reconciliation = Reconciliation { records: self.rows, entities, parties };
        let value = ListContent { published, entities: self.entities, reconciliation };
        Parsed { value, issues: self.issues }
    }

    fn row(&mut self, kind: &str) -> &mut RecordCount {
        let at = self.rows.iter().position(|row| row.record == kind).unwrap_or_else(|| {
            let (file, record) = (self.file.name.to_owned(), kind.to_owned());
            self.rows.push(RecordCount { file, record, read: 0, taken: 0, lost: 0 });
            self.rows.len() - 1
        });
        &mut self.rows[at]
    }
}

impl Log {
    /// Names the record in every issue that follows.
    pub(crate) fn of_record(&mut self, record: &str) {
        self.record = Some(record.chars().take(80).collect());
    }

    pub(crate) fn note(&mut self, kind: &'static str, reason: impl Into<String>) {
        self.issue(Severity::Note, kind, reason);
    }

    pub(crate) fn value_lost(&mut self, kind: &'static str, reason: impl Into<String>) {
        self.issue(Severity::ValueLost, kind, reason);
    }

    pub(crate) fn issue(&mut self, severity: Severity, kind: &'static str, reason: impl Into<String>) {
        let issue = Issue::new(severity, kind, reason).in_file(self.file.as_str()).at(self.position);
        self.issues.push(match &self.record {
            Some(record) => issue.of_record(record.as_str()),
            None => issue,
        });
    }

    /// Adds a value. One that does not fit becomes an issue, and its text goes to the notes of the entity; an empty one is
    /// no value.
    pub(crate) fn put(&mut self, entity: &mut Entity, property: &str, value: impl Into<String>) {
        let value = value.into();
        if value.trim().is_empty() {
            return;
        }
        let Err(error) = entity.add(property, value.as_str()) else { return };
        self.value_lost(kind_of(&error), error.to_string());
        if !matches!(error, ValueError::TooLong { .. } | ValueError::TooMany { .. }) {
            keep_as_note(entity, property, &value);
        }
    }

    /// Adds a country by its name or code.
    pub(crate) fn put_country(&mut self, entity: &mut Entity, property: &str, name: &str) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        if let Some(code) = country::code(name) {
            return self.put(entity, property, code);
        }
        let found = qualified_countries(name);
        for code in &found {
            self.put(entity, property, *code);
        }
        keep_as_note(entity, property, name);
        if found.is_empty() {
            let name: String = name.chars().take(80).collect();
            self.value_lost(
                "unknown_country",
                format!("{property}: {name:?} is no country; it is kept as a note"),
            );
        } else {
            self.note(
                "qualified_country",
                format!("{property}: more is said than a country; it is kept as a note"),
            );
        }
    }

    /// Adds an identifier to the property that the schema has for it; a wrong check digit is noted.
    pub(crate) fn put_identifier(&mut self, entity: &mut Entity, kind: IdentifierKind, value: &str) {
        let property = identifier_property(entity.schema, kind);
        if Identifier::new(kind, value).validity == Validity::WrongCheckDigit {
            self.note("check_digit", format!("the check digit of a value of {property} is wrong"));
        }
        self.put(entity, property, value);
    }
}

/// The property of a schema for identifiers of a kind: its own, or a general one.
pub(crate) fn identifier_property(schema: &Schema, kind: IdentifierKind) -> &'static str {
    let general = if schema.is_a("Person") { "idNumber" } else { "registrationNumber" };
    [kind.property(), general, "idNumber"]
        .into_iter()
        .find(|property| schema.property(property).is_some())
        .unwrap_or("notes")
}

/// Keeps a text that fits no property findable: `property: text` in the free text of the schema.
pub(crate) fn keep_as_note(entity: &mut Entity, property: &str, text: &str) {
    let free = ["notes", "description"].into_iter().find(|free| entity.schema.property(free).is_some());
    if let Some(free) = free.filter(|free| *free != property) {
        // A text that does not fit even there was reported by the caller already.
        let _ = entity.add(free, format!("{property}: {}", text.trim()));
    }
}

/// How the id of a record becomes the id of an entity.
#[derive(Clone, Copy)]
pub(crate) enum Ids<'a> {
    /// As `<list>-<record>`, and the record alone where it begins so already.
    OfList(&'a ListId),
    /// As it is written: the file holds entities of several lists.
    AsWritten,
}

impl Ids<'_> {
    /// The id of the entity.
    pub(crate) fn of(self, record: &str) -> String {
        match self {
            Self::OfList(list) => {
                let begins = record
                    .strip_prefix(list.as_str())
                    .is_some_and(|rest| rest.starts_with('-') && rest.len() > 1);
                if begins { record.to_owned() } else { format!("{list}-{record}") }
            }
            Self::AsWritten => record.to_owned(),
        }
    }
}

/// The countries in a text that says more than one country name: `Bahrain (citizenship revoked in Jan. 2015)`,
/// `Sudan/South Sudan`.
fn qualified_countries(text: &str) -> Vec<&'static str> {
    let name = text.split_once(['(', ';']).map_or(text, |(name, _)| name);
    let mut codes: Vec<&'static str> = Vec::new();
    for part in name.split('/') {
        let part = part.trim();
        let part = part.strip_prefix("or ").unwrap_or(part);
        // A short word in a longer text may be a code by chance.
        if let Some(code) = country::code(part).filter(|code| part.len() > 3 && !codes.contains(code)) {
            codes.push(code);
        }
    }
    codes
}

fn kind_of(error: &ValueError) -> &'static str {
    match error {
        ValueError::UnknownProperty { .. } => "unknown_property",
        ValueError::Empty { .. } => "empty_value",
        ValueError::TooLong { .. } => "value_too_long",
        ValueError::TooMany { .. } => "too_many_values",
        ValueError::Date { .. } => "bad_date",
        ValueError::UnknownCode { kind, .. } if *kind == PropertyKind::Country.name() => "unknown_country",
        ValueError::UnknownCode { kind, .. } if *kind == PropertyKind::Topic.name() => "unknown_topic",
        ValueError::UnknownCode { .. } => "unknown_code",
    }
}
