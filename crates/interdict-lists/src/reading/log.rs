//! What is there to say about one record? Values go into entities through its log, and what does not fit becomes an issue.

use interdict_core::country;
use interdict_core::entity::{Entity, ValueError};
use interdict_core::identifier::{Identifier, IdentifierKind, Validity};
use interdict_core::issue::{Issue, Position, Severity};
use interdict_core::model::{PropertyKind, Schema};

use crate::text::clip;
use crate::xml::Fault;

/// The longest text from outside in an issue, in characters.
const SHOWN_CHARS_MAX: usize = 80;

/// Where the record stands, and what there is to say about it. Its file is named when the [`Reading`](super::Reading) of the
/// file takes it.
#[derive(Debug, Default)]
pub(crate) struct Log {
    position: Option<Position>,
    record: Option<String>,
    pub(super) issues: Vec<Issue>,
}

impl Log {
    pub(super) fn at(position: Position) -> Self {
        Self { position: Some(position), ..Self::default() }
    }

    /// A log for another record at the same place.
    pub(crate) fn beside(&self) -> Self {
        Self { position: self.position, ..Self::default() }
    }

    /// Names the record in every issue that follows.
    pub(crate) fn of_record(&mut self, record: &str) {
        self.record = Some(clip(record, SHOWN_CHARS_MAX).to_owned());
    }

    pub(crate) fn note(&mut self, kind: &'static str, reason: impl Into<String>) {
        self.issue(Severity::Note, kind, reason);
    }

    pub(crate) fn value_lost(&mut self, kind: &'static str, reason: impl Into<String>) {
        self.issue(Severity::ValueLost, kind, reason);
    }

    pub(crate) fn issue(&mut self, severity: Severity, kind: &'static str, reason: impl Into<String>) {
        let mut issue = Issue::new(severity, kind, reason);
        (issue.position, issue.record) = (self.position, self.record.clone());
        self.issues.push(issue);
    }

    /// Says what was noticed in the XML of the record.
    pub(crate) fn faults(&mut self, faults: &[Fault]) {
        for fault in faults {
            self.issue(fault.severity, fault.kind, fault.in_words());
        }
    }

    /// Adds a value. One that does not fit becomes an issue, and its text goes to the notes of the entity; an empty one is
    /// no value.
    pub(crate) fn put(&mut self, entity: &mut Entity, property: &str, value: impl AsRef<str>) {
        let value = value.as_ref();
        if value.trim().is_empty() {
            return;
        }
        let Err(error) = entity.add(property, value) else { return };
        self.value_lost(kind_of(&error), error.to_string());
        if !matches!(error, ValueError::TooLong { .. } | ValueError::TooMany { .. }) {
            keep_as_note(entity, property, value);
        }
    }

    /// Adds a value when the schema has the property. `false` when it has not, so that the caller finds another place; a
    /// value that does not fit otherwise becomes an issue, as with [`Log::put`].
    pub(crate) fn offer(&mut self, entity: &mut Entity, property: &str, value: impl AsRef<str>) -> bool {
        let has_property = entity.schema.property(property).is_some();
        if has_property {
            self.put(entity, property, value);
        }
        has_property
    }

    /// Adds a country by its name or code. The nationality of what is no person is one of its countries.
    pub(crate) fn put_country(&mut self, entity: &mut Entity, property: &str, name: &str) {
        let property = country_property(entity.schema, property);
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
            self.unknown_country(property, name);
        } else {
            self.note(
                "qualified_country",
                format!("{property}: more is said than a country; it is kept as a note"),
            );
        }
    }

    /// Says that a country is none that is known. Its text must be kept by the caller.
    pub(crate) fn unknown_country(&mut self, property: &str, name: &str) {
        let name = clip(name, SHOWN_CHARS_MAX);
        let reason = format!("{property}: {name:?} is no country that is known; the text is kept");
        self.value_lost("unknown_country", reason);
    }

    /// Adds an identifier to the property that the schema has for it.
    pub(crate) fn put_identifier(&mut self, entity: &mut Entity, kind: IdentifierKind, value: &str) {
        self.note_validity(&Identifier::new(kind, value));
        self.put(entity, identifier_property(entity.schema, kind.property()), value);
    }

    /// Notes a form or a check digit that is wrong. Official lists have such numbers, so they are kept.
    pub(crate) fn note_validity(&mut self, identifier: &Identifier) {
        let (issue, what) = match identifier.validity {
            Validity::WrongCheckDigit => ("check_digit", "check digit"),
            Validity::WrongForm => ("identifier_form", "length or characters"),
            Validity::Valid | Validity::NotChecked => return,
        };
        let kind = identifier.kind.name();
        self.note(issue, format!("a number of kind {kind} has a wrong {what}; it is kept as published"));
    }
}

/// The property of a schema for a country that a source calls by this one.
pub(crate) fn country_property<'a>(schema: &Schema, property: &'a str) -> &'a str {
    if schema.property(property).is_some() { property } else { "country" }
}

/// The property of a schema for identifiers: the one that is meant where the schema has it, or a general one.
pub(crate) fn identifier_property(schema: &Schema, meant: &'static str) -> &'static str {
    let general = if schema.is_a("Person") { "idNumber" } else { "registrationNumber" };
    [meant, general, "idNumber"]
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

/// What stands behind a country that more is said of.
const BEHIND_COUNTRY: &[&str] =
    &[". ", " citizenship", " nationality", " passport", " by birth", " as at ", " as of "];

/// The countries in a text that says more than one country name: `Bahrain (citizenship revoked in Jan. 2015)`,
/// `Sudan/South Sudan`, `possibly Ethiopian`, `Kuwaiti citizenship withdrawn in 2002`.
fn qualified_countries(text: &str) -> Vec<&'static str> {
    let name = text.split_once(['(', ';']).map_or(text, |(name, _)| name);
    let before = |name: &'_ str, words: &str| name.find(words).unwrap_or(name.len());
    let end = BEHIND_COUNTRY.iter().map(|words| before(name, words)).min().unwrap_or(name.len());
    let name = name.get(..end).unwrap_or(name).trim();
    let name = ["possibly ", "Possibly ", "probably ", "Probably "]
        .iter()
        .find_map(|word| name.strip_prefix(word))
        .unwrap_or(name);
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

#[cfg(test)]
mod tests {
    #[test]
    fn countries_of_which_more_is_said() {
        for (text, codes) in [
            ("Bahrain (citizenship revoked in Jan. 2015)", &["bh"][..]),
            ("possibly Palestinian", &["ps"]),
            ("Kuwaiti citizenship withdrawn in 2002", &["kw"]),
            ("United States. Also believed to hold Syrian nationality", &["us"]),
            ("Sudanese by birth", &["sd"]),
            ("Syrian Arab Republic as of September 2015", &["sy"]),
            ("Sudan/South Sudan", &["sd", "ss"]),
            ("possibly", &[]),
        ] {
            assert_eq!(super::qualified_countries(text), codes, "{text}");
        }
    }
}
