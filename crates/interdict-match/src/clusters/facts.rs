//! What is known of one party that can join it to another or keep it apart, read from its record.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use interdict_core::date::PartialDate;
use interdict_core::identifier::{Identifier, IdentifierKind, Validity};
use interdict_core::model::{self, PropertyKind, Schema};

use super::identifiers::Register;
use super::references::{self, Text};
use crate::index::EntityRef;

/// What a party is, as far as it keeps parties apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Person,
    Organization,
    Vessel,
    /// An aircraft, or another vehicle.
    Vehicle,
    /// A person or an organization, the list does not say.
    PersonOrOrganization,
    /// Anything else: a security, an asset, or a schema that says nothing.
    Other,
}

impl Kind {
    fn of(schema: Option<&Schema>) -> Self {
        let is = |name| schema.is_some_and(|schema| schema.is_a(name));
        match () {
            () if is("Person") => Self::Person,
            () if is("Organization") => Self::Organization,
            () if is("Vessel") => Self::Vessel,
            () if is("Vehicle") => Self::Vehicle,
            () if is("LegalEntity") => Self::PersonOrOrganization,
            () => Self::Other,
        }
    }

    /// The name in reasons.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Vessel => "vessel",
            Self::Vehicle => "vehicle",
            Self::PersonOrOrganization => "person or organization",
            Self::Other => "something else",
        }
    }

    /// Whether a party of this kind may be one of the other. What says nothing of itself may be anything.
    pub fn may_be(self, other: Self) -> bool {
        use Kind::{Organization, Other, Person, PersonOrOrganization};
        self == other
            || self == Other
            || other == Other
            || matches!(
                (self, other),
                (PersonOrOrganization, Person | Organization) | (Person | Organization, PersonOrOrganization)
            )
    }
}

/// What is known of one party besides its names.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub kind: Kind,
    pub genders: BTreeSet<String>,
    pub dates: Vec<PartialDate>,
    pub countries: BTreeSet<&'a str>,
    /// Permanent reference numbers of the United Nations that are its own.
    pub references: BTreeSet<String>,
    /// Those that a text mentions, which may be of somebody else.
    pub mentions: BTreeSet<String>,
    /// Ids of the same party elsewhere.
    pub referents: BTreeSet<String>,
    /// Its identifiers in comparable form, with the countries that issued them, where the list says.
    pub identifiers: BTreeMap<(Register, String), BTreeSet<String>>,
    /// Identifiers of which a party has only one, with right check digits.
    pub only_ones: BTreeMap<&'static str, BTreeSet<String>>,
}

/// One FollowTheMoney entity of a record.
#[derive(Deserialize)]
struct Part<'a> {
    #[serde(borrow)]
    schema: Cow<'a, str>,
    #[serde(default)]
    referents: Vec<String>,
    #[serde(default)]
    properties: BTreeMap<String, Vec<String>>,
}

/// Kinds of identifier of which a party has one for life; two different ones are two parties.
const ONLY_ONE: [IdentifierKind; 5] = [
    IdentifierKind::Imo,
    IdentifierKind::Lei,
    IdentifierKind::Inn,
    IdentifierKind::Ogrn,
    IdentifierKind::Uscc,
];

impl<'a> Facts<'a> {
    /// The facts of a party. A record that cannot be read, which only a damaged index has, tells nothing.
    pub fn of(entity: EntityRef<'a>) -> Self {
        let mut facts = Self {
            kind: Kind::of(entity.schema()),
            genders: BTreeSet::new(),
            dates: entity.dates().collect(),
            countries: entity.countries().collect(),
            references: BTreeSet::new(),
            mentions: BTreeSet::new(),
            referents: BTreeSet::new(),
            identifiers: BTreeMap::new(),
            only_ones: BTreeMap::new(),
        };
        let record: Vec<Part<'_>> = serde_json::from_slice(entity.record_json()).unwrap_or_default();
        for (idx, part) in record.iter().enumerate() {
            let Some(schema) = model::schema(&part.schema) else { continue };
            // A link names two parties: what stands on it is not this party's alone.
            if schema.edge.is_some() {
                continue;
            }
            if idx == 0 {
                facts.referents.extend(part.referents.iter().map(|id| references::comparable_id(id)));
            }
            facts.take(schema, part);
        }
        facts.mentions = &facts.mentions - &facts.references;
        facts
    }

    fn take(&mut self, schema: &'static Schema, part: &Part<'_>) {
        let issued_in: BTreeSet<String> =
            part.properties.get("country").into_iter().flatten().cloned().collect();
        for (name, values) in &part.properties {
            let Some(property) = schema.property(name) else { continue };
            for value in values {
                match name.as_str() {
                    "gender" if value == "male" || value == "female" => {
                        self.genders.insert(value.clone());
                    }
                    "unscId" => self.references.extend(references::in_field(value)),
                    _ => self.take_references(property.kind, value),
                }
                if let Some(kind) = kind_of(schema, name, property.kind) {
                    self.take_identifier(kind, value, is_document(schema).then_some(&issued_in));
                }
            }
        }
    }

    /// The reference numbers in a value. An identifier that is nothing else is the party's own.
    fn take_references(&mut self, kind: PropertyKind, value: &str) {
        if !matches!(kind, PropertyKind::Text | PropertyKind::String | PropertyKind::Identifier) {
            return;
        }
        match references::in_text(value) {
            Text::Own(reference) => {
                self.references.insert(reference);
            }
            Text::Mentions(references) => self.mentions.extend(references),
        }
    }

    fn take_identifier(&mut self, kind: IdentifierKind, value: &str, issued_in: Option<&BTreeSet<String>>) {
        let identifier = Identifier::new(kind, value);
        let comparable = identifier.comparable();
        if ONLY_ONE.contains(&kind) && identifier.validity == Validity::Valid {
            self.only_ones.entry(kind.name()).or_default().insert(comparable.clone());
        }
        if let Some(register) = Register::of(&identifier, &comparable) {
            let countries = self.identifiers.entry((register, comparable)).or_default();
            countries.extend(issued_in.into_iter().flatten().cloned());
        }
    }
}

fn is_document(schema: &Schema) -> bool {
    schema.is_a("Identification")
}

/// The kind of identifier that a property holds, if it is one.
fn kind_of(schema: &Schema, name: &str, kind: PropertyKind) -> Option<IdentifierKind> {
    match name {
        "number" if schema.is_a("Passport") => Some(IdentifierKind::Passport),
        "number" if is_document(schema) => Some(IdentifierKind::NationalId),
        "programId" | "wikidataId" | "authorityId" | "unscId" => None,
        name => IdentifierKind::of_property(name)
            .or_else(|| (kind == PropertyKind::Identifier).then_some(IdentifierKind::Registration)),
    }
}
