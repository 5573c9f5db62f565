//! The FollowTheMoney model: which schemata exist, which properties they have, and what a value must look like.
//!
//! The model is embedded in compact form (`model/followthemoney.tsv`, written by the example `compact_model`)
//! and read once, at first use.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

const COMPACT: &str = include_str!("../model/followthemoney.tsv");

/// One kind of entity: `Person`, `Company`, `Vessel`, `Sanction`, `Ownership`…
#[derive(Debug)]
pub struct Schema {
    /// The name, as in FollowTheMoney JSON.
    pub name: &'static str,
    /// The name for people.
    pub label: &'static str,
    /// The name for people, of several.
    pub plural: &'static str,
    /// Whether entities have this schema only by way of a more special one.
    pub is_abstract: bool,
    /// Whether an entity of this schema can be a hit.
    pub is_matchable: bool,
    /// The properties whose first value names the entity, best first.
    pub caption: Vec<&'static str>,
    /// The properties that an entity should have.
    pub required: Vec<&'static str>,
    /// The two properties that a link runs between, when entities of this schema are links.
    pub edge: Option<Edge>,
    ancestors: Vec<&'static str>,
    /// In name order, inherited ones included.
    properties: Vec<Property>,
    places: HashMap<&'static str, usize, BuildHasherDefault<NameHasher>>,
}

/// The ends of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The property that holds the entity it starts from.
    pub source: &'static str,
    /// The property that holds the entity it leads to.
    pub target: &'static str,
}

/// One property of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// The name, as in FollowTheMoney JSON.
    pub name: &'static str,
    /// The name for people.
    pub label: &'static str,
    /// What its values are.
    pub kind: PropertyKind,
    /// Whether it helps to tell whether two entities are one.
    pub is_matchable: bool,
    /// Whether it is only the other end of a link, and never holds values itself.
    pub is_stub: bool,
    /// The schema that an entity value must have.
    pub range: Option<&'static str>,
    /// The property of the entity at the other end that points back here.
    pub reverse: Option<&'static str>,
    /// The longest value in characters.
    pub chars_max: usize,
}

macro_rules! property_kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What the values of a property are.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum PropertyKind { $($(#[$doc])* $variant,)* }

        impl PropertyKind {
            /// The name of the type in FollowTheMoney.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

property_kinds! {
    /// A postal address in one line.
    Address = "address",
    /// A content digest.
    Checksum = "checksum",
    /// A country code of the model.
    Country = "country",
    /// A date, see [`crate::date`].
    Date = "date",
    /// An e-mail address.
    Email = "email",
    /// The id of another entity.
    Entity = "entity",
    /// `male`, `female` or `other`.
    Gender = "gender",
    /// HTML text.
    Html = "html",
    /// An IBAN.
    Iban = "iban",
    /// An identifier of some register.
    Identifier = "identifier",
    /// An IP address.
    Ip = "ip",
    /// JSON text.
    Json = "json",
    /// A language code of the model.
    Language = "language",
    /// A MIME type.
    MimeType = "mimetype",
    /// A name.
    Name = "name",
    /// A number.
    Number = "number",
    /// A phone number.
    Phone = "phone",
    /// A short text.
    String = "string",
    /// A long text.
    Text = "text",
    /// A topic code of the model.
    Topic = "topic",
    /// A web address.
    Url = "url",
}

impl Schema {
    /// Whether this is `name` or a special form of it: a `Company` is an `Organization`.
    pub fn is_a(&self, name: &str) -> bool {
        self.name == name || self.ancestors.contains(&name)
    }

    /// The property of that name, inherited ones included.
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.places.get(name).and_then(|place| self.properties.get(*place))
    }

    /// All properties in name order, inherited ones included.
    pub fn properties(&self) -> impl Iterator<Item = &Property> {
        self.properties.iter()
    }

    /// Takes over the properties of the ancestors, nearest first, that it does not have itself.
    fn inherit_properties(&mut self, inherited: Vec<Property>) {
        let mut properties: BTreeMap<_, _> = BTreeMap::new();
        for property in std::mem::take(&mut self.properties).into_iter().chain(inherited) {
            properties.entry(property.name).or_insert(property);
        }
        self.properties = properties.into_values().collect();
        self.places =
            self.properties.iter().enumerate().map(|(place, property)| (property.name, place)).collect();
    }
}

/// FNV-1a: a property is looked up for every value that is read. The names in the table are those of the model, so that nobody can
/// choose them to collide.
#[derive(Debug, Clone, Copy)]
struct NameHasher(u64);

impl Default for NameHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325) // the offset basis of FNV-1a for 64 bits
    }
}

impl Hasher for NameHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        const PRIME: u64 = 0x0000_0100_0000_01b3; // of FNV for 64 bits
        self.0 = bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME));
    }
}

impl PartialEq for Schema {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Schema {}

#[derive(Debug)]
struct Model {
    schemata: BTreeMap<&'static str, Schema>,
    values: BTreeMap<PropertyKind, BTreeMap<&'static str, &'static str>>,
}

/// The schema of that name.
///
/// # Example
/// ```
/// use interdict_core::model;
/// assert!(model::schema("Company").is_some_and(|company| company.is_a("LegalEntity")));
/// assert!(model::schema("Firm").is_none());
/// ```
pub fn schema(name: &str) -> Option<&'static Schema> {
    model().schemata.get(name)
}

/// All schemata in name order.
pub fn schemata() -> impl Iterator<Item = &'static Schema> {
    model().schemata.values()
}

/// The code of a closed type (country, gender, language, topic) and its name for people, when it exists.
///
/// # Example
/// ```
/// use interdict_core::model::{self, PropertyKind};
/// assert_eq!(model::value(PropertyKind::Country, "kp"), Some(("kp", "North Korea")));
/// ```
pub fn value(kind: PropertyKind, code: &str) -> Option<(&'static str, &'static str)> {
    model().values.get(&kind)?.get_key_value(code).map(|(code, label)| (*code, *label))
}

/// All codes of a closed type with their names, in code order; none for open types.
pub fn values(kind: PropertyKind) -> impl Iterator<Item = (&'static str, &'static str)> {
    model().values.get(&kind).into_iter().flatten().map(|(code, label)| (*code, *label))
}

/// Whether values of this type must come from a closed list.
pub fn is_closed(kind: PropertyKind) -> bool {
    model().values.contains_key(&kind)
}

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| read(COMPACT))
}

/// Reads the compact text. It is part of this program, so what does not fit is a bug, found by the tests below.
fn read(text: &'static str) -> Model {
    let mut model = Model { schemata: BTreeMap::new(), values: BTreeMap::new() };
    let mut parents: BTreeMap<&str, Vec<&'static str>> = BTreeMap::new();
    let mut last = "";
    for line in text.lines() {
        let fields: Vec<&'static str> = line.split('\t').collect();
        match fields[..] {
            ["value", kind, code, label] => {
                let Some(kind) = PropertyKind::from_name(kind) else { continue };
                model.values.entry(kind).or_default().insert(code, label);
            }
            ["schema", name, label, plural, flags, extends, caption, required, edge] => {
                last = name;
                parents.insert(name, names(extends));
                let schema = Schema {
                    name,
                    label,
                    plural,
                    is_abstract: has(flags, "abstract"),
                    is_matchable: has(flags, "matchable"),
                    caption: names(caption),
                    required: names(required),
                    edge: edge.split_once(',').map(|(source, target)| Edge { source, target }),
                    ancestors: Vec::new(),
                    properties: Vec::new(),
                    places: HashMap::default(),
                };
                model.schemata.insert(name, schema);
            }
            ["prop", name, kind, flags, range, reverse, chars_max, label] => {
                let (Some(kind), Some(schema)) =
                    (PropertyKind::from_name(kind), model.schemata.get_mut(last))
                else {
                    continue;
                };
                let property = Property {
                    name,
                    label,
                    kind,
                    is_matchable: has(flags, "matchable"),
                    is_stub: has(flags, "stub"),
                    range: (!range.is_empty()).then_some(range),
                    reverse: (!reverse.is_empty()).then_some(reverse),
                    chars_max: chars_max.parse().unwrap_or(crate::limits::FIELD_BYTES_MAX),
                };
                schema.properties.push(property);
            }
            _ => {}
        }
    }
    inherit(&mut model, &parents);
    model
}

/// Gives every schema its ancestors, nearest first, and what it has from them: properties, caption, required, edge.
fn inherit(model: &mut Model, parents: &BTreeMap<&str, Vec<&'static str>>) {
    let order: Vec<&'static str> = model.schemata.keys().copied().collect();
    for name in order {
        let mut ancestors: Vec<&'static str> = parents[name].clone();
        let mut next = 0;
        while let Some(&ancestor) = ancestors.get(next) {
            next += 1;
            for &parent in &parents[ancestor] {
                if !ancestors.contains(&parent) {
                    ancestors.push(parent);
                }
            }
        }
        let inherited: Vec<Property> = ancestors
            .iter()
            .flat_map(|&ancestor| model.schemata[ancestor].properties.iter().cloned())
            .collect();
        let nearest = |has: fn(&Schema) -> bool| {
            ancestors.iter().map(|&ancestor| &model.schemata[ancestor]).find(|&schema| has(schema))
        };
        let caption = nearest(|schema| !schema.caption.is_empty()).map(|schema| schema.caption.clone());
        let required = nearest(|schema| !schema.required.is_empty()).map(|schema| schema.required.clone());
        let edge = nearest(|schema| schema.edge.is_some()).and_then(|schema| schema.edge);
        let Some(schema) = model.schemata.get_mut(name) else { continue };
        schema.inherit_properties(inherited);
        if schema.caption.is_empty() {
            schema.caption = caption.unwrap_or_default();
        }
        if schema.required.is_empty() {
            schema.required = required.unwrap_or_default();
        }
        schema.edge = schema.edge.or(edge);
        schema.ancestors = ancestors;
    }
}

fn names(text: &'static str) -> Vec<&'static str> {
    text.split(',').filter(|name| !name.is_empty()).collect()
}

fn has(flags: &str, flag: &str) -> bool {
    flags.split(',').any(|name| name == flag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_compact_model_is_read() {
        let count = |kind: &str| COMPACT.lines().filter(|line| line.split('\t').next() == Some(kind)).count();
        assert_eq!(schemata().count(), count("schema"));
        assert_eq!(model().values.values().map(BTreeMap::len).sum::<usize>(), count("value"));
        for line in COMPACT.lines().filter(|line| line.starts_with("type\t")) {
            let name = line.split('\t').nth(1).unwrap();
            assert_eq!(PropertyKind::from_name(name).map(PropertyKind::name), Some(name));
        }
    }

    #[test]
    fn what_a_schema_names_exists() {
        for schema in schemata() {
            for name in schema.caption.iter().chain(&schema.required) {
                assert!(schema.property(name).is_some(), "{}:{name}", schema.name);
            }
            for property in schema.properties() {
                assert!(
                    property.range.is_none_or(|range| super::schema(range).is_some()),
                    "{}",
                    property.name
                );
            }
        }
    }

    #[test]
    fn special_forms_inherit() {
        let company = schema("Company").unwrap();
        assert!(company.is_a("Thing") && company.is_a("Asset") && !company.is_a("Person"));
        assert!(company.property("weakAlias").is_some_and(|property| property.kind == PropertyKind::Name));
        assert!(company.property("birthDate").is_none());
        assert_eq!(schema("Ownership").unwrap().edge, Some(Edge { source: "owner", target: "asset" }));
    }
}
