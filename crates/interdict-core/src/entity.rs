//! A record of a list in FollowTheMoney form: an id, a schema, and properties with texts for values.

mod values;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::date::{DateError, PartialDate};
use crate::limits;
use crate::model::{self, Property, PropertyKind, Schema};
use values::Values;

/// One entity. Values keep the order in which they were added, without repetition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// `<list>-<record id of the source>`, with a suffix for the parts of one record.
    pub id: String,
    /// What it is.
    pub schema: &'static Schema,
    /// Ids of the same party elsewhere, where the source names them.
    pub referents: Vec<String>,
    /// In name order.
    properties: Vec<(&'static Property, Values)>,
}

/// A value that an entity cannot take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// The schema has no such property.
    #[error("the schema {schema} has no property {property:?}")]
    UnknownProperty {
        /// The schema.
        schema: &'static str,
        /// The name that is no property.
        property: String,
    },
    /// The value has no text.
    #[error("the value of {property} is empty")]
    Empty {
        /// The property.
        property: &'static str,
    },
    /// The value is longer than the bound.
    #[error("a value of {property} has {bytes} bytes; the bound is {max}")]
    TooLong {
        /// The property.
        property: &'static str,
        /// The length of the value.
        bytes: usize,
        /// The bound, [`limits::FIELD_BYTES_MAX`].
        max: usize,
    },
    /// The property has as many values as it may.
    #[error("{property} has more than {max} values")]
    TooMany {
        /// The property.
        property: &'static str,
        /// The bound, [`limits::VALUES_PER_PROPERTY_MAX`].
        max: usize,
    },
    /// The value is no date.
    #[error("{property}: {error}")]
    Date {
        /// The property.
        property: &'static str,
        /// What is wrong with it.
        error: DateError,
    },
    /// The value is not in the closed list of its type.
    #[error("{property} takes a {kind} code of the FollowTheMoney model, and {value:?} is none")]
    UnknownCode {
        /// The property.
        property: &'static str,
        /// The type.
        kind: &'static str,
        /// The value.
        value: String,
    },
}

impl Entity {
    /// An entity without properties.
    pub fn new(id: impl Into<String>, schema: &'static Schema) -> Self {
        Self { id: id.into(), schema, referents: Vec::new(), properties: Vec::new() }
    }

    /// Adds one value to a property; a value that is there already is left as it is. Blanks around it are cut off.
    ///
    /// # Errors
    /// When the schema has no such property, or the value does not fit its type or the bounds.
    pub fn add(&mut self, property: &str, value: impl Into<String>) -> Result<(), ValueError> {
        let Some(property) = self.schema.property(property) else {
            return Err(ValueError::UnknownProperty {
                schema: self.schema.name,
                property: property.chars().take(80).collect(),
            });
        };
        let value = fitting(property, value.into())?;
        let known = self.properties.iter().position(|(known, _)| std::ptr::eq(*known, property));
        let at = match known.map_or_else(|| self.find(property.name), Ok) {
            Ok(at) => at,
            Err(at) => {
                self.properties.insert(at, (property, Values::default()));
                at
            }
        };
        let values = &mut self.properties[at].1;
        if values.contains(&value) {
            return Ok(());
        }
        if values.len() >= limits::VALUES_PER_PROPERTY_MAX {
            let max = limits::VALUES_PER_PROPERTY_MAX;
            return Err(ValueError::TooMany { property: property.name, max });
        }
        values.push(value);
        Ok(())
    }

    /// The values of a property, in the order they were added; none when it has no such property.
    pub fn get(&self, property: &str) -> &[String] {
        self.find(property).map_or(&[], |at| self.properties[at].1.as_slice())
    }

    /// Whether a property has this value, without a look at each when there are many.
    pub fn has(&self, property: &str, value: &str) -> bool {
        self.find(property).is_ok_and(|at| self.properties[at].1.contains(value))
    }

    /// Where the property is, or where it would stand.
    fn find(&self, property: &str) -> Result<usize, usize> {
        self.properties.binary_search_by(|(known, _)| known.name.cmp(property))
    }

    /// The first value of a property.
    pub fn first(&self, property: &str) -> Option<&str> {
        self.get(property).first().map(String::as_str)
    }

    /// All properties that have values, in name order.
    pub fn properties(&self) -> impl Iterator<Item = (&'static Property, &[String])> {
        self.properties.iter().map(|(property, values)| (*property, values.as_slice()))
    }

    /// All values of one type, whatever their property.
    pub fn values_of(&self, kind: PropertyKind) -> impl Iterator<Item = (&'static Property, &str)> {
        self.properties()
            .filter(move |(property, _)| property.kind == kind)
            .flat_map(|(property, values)| values.iter().map(move |value| (property, value.as_str())))
    }

    /// The dates of a property.
    pub fn dates(&self, property: &str) -> impl Iterator<Item = PartialDate> {
        self.get(property).iter().filter_map(|text| text.parse().ok())
    }

    /// What to call it: the first value of the first caption property that has one; the id when none has.
    pub fn caption(&self) -> &str {
        self.schema.caption.iter().find_map(|property| self.first(property)).unwrap_or(&self.id)
    }

    /// Whether this is a party that can be listed and hit: a matchable thing that is no address, wallet or link.
    pub fn is_party(&self) -> bool {
        let schema = self.schema;
        schema.is_matchable
            && !schema.is_a("Address")
            && !schema.is_a("CryptoWallet")
            && schema.edge.is_none()
    }
}

/// The value as it is kept, when it fits the property.
fn fitting(property: &Property, value: String) -> Result<String, ValueError> {
    let value = match value.trim() {
        "" => return Err(ValueError::Empty { property: property.name }),
        text if text.len() == value.len() => value,
        text => text.to_owned(),
    };
    if value.len() > limits::FIELD_BYTES_MAX {
        return Err(ValueError::TooLong {
            property: property.name,
            bytes: value.len(),
            max: limits::FIELD_BYTES_MAX,
        });
    }
    if property.kind == PropertyKind::Date {
        value.parse::<PartialDate>().map_err(|error| ValueError::Date { property: property.name, error })?;
    }
    if model::is_closed(property.kind) && model::value(property.kind, &value).is_none() {
        return Err(ValueError::UnknownCode {
            property: property.name,
            kind: property.kind.name(),
            value: value.chars().take(80).collect(),
        });
    }
    Ok(value)
}

/// FollowTheMoney JSON: `{"id", "caption", "schema", "referents", "properties"}`. Dates with circa or a span become the
/// plain forms of [`PartialDate::to_ftm`].
impl Serialize for Entity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("caption", self.caption())?;
        map.serialize_entry("schema", self.schema.name)?;
        if !self.referents.is_empty() {
            map.serialize_entry("referents", &self.referents)?;
        }
        map.serialize_entry("properties", &Properties(self))?;
        map.end()
    }
}

struct Properties<'a>(&'a Entity);

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.properties.len()))?;
        for (property, values) in self.0.properties() {
            if property.kind == PropertyKind::Date {
                let dates: Vec<String> = values.iter().flat_map(|value| plain_dates(value)).collect();
                map.serialize_entry(property.name, &dates)?;
            } else {
                map.serialize_entry(property.name, values)?;
            }
        }
        map.end()
    }
}

fn plain_dates(value: &str) -> Vec<String> {
    value.parse::<PartialDate>().map_or_else(|_| vec![value.to_owned()], PartialDate::to_ftm)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Entity {
        Entity::new("ofac-1", model::schema("Person").unwrap())
    }

    #[test]
    fn values_are_checked_against_the_model() {
        let mut person = person();
        assert!(person.add("birthDate", "1951/1953").is_ok());
        assert!(person.add("nationality", "kp").is_ok());
        assert!(person.add("name", "  KIM  ").is_ok());
        assert!(matches!(person.add("imoNumber", "1"), Err(ValueError::UnknownProperty { .. })));
        assert!(matches!(person.add("birthDate", "25 Apr"), Err(ValueError::Date { .. })));
        assert!(matches!(person.add("nationality", "Korea"), Err(ValueError::UnknownCode { .. })));
        assert!(matches!(person.add("name", " "), Err(ValueError::Empty { .. })));
        let long = "x".repeat(limits::FIELD_BYTES_MAX + 1);
        assert!(matches!(person.add("notes", long), Err(ValueError::TooLong { .. })));
        assert_eq!(person.get("name"), ["KIM"]);
        assert!(person.has("name", "KIM") && !person.has("name", "LEE") && !person.has("alias", "KIM"));
    }

    #[test]
    fn json_is_plain_followthemoney() {
        let mut person = person();
        person.add("name", "KIM Sang Man").unwrap();
        person.add("name", "KIM Sang Man").unwrap();
        person.add("birthDate", "1951/1953").unwrap();
        person.add("birthDate", "1960~").unwrap();
        let json = serde_json::to_string(&person).unwrap();
        assert_eq!(
            json,
            r#"{"id":"ofac-1","caption":"KIM Sang Man","schema":"Person","properties":{"birthDate":["1951","1952","1953","1960"],"name":["KIM Sang Man"]}}"#
        );
    }

    #[test]
    fn parties_are_matchable_things() {
        let is_party = |name: &str| Entity::new("x", model::schema(name).unwrap()).is_party();
        for party in ["Person", "Company", "Vessel", "Airplane", "PublicBody", "Organization", "LegalEntity"]
        {
            assert!(is_party(party), "{party}");
        }
        for other in ["Address", "CryptoWallet", "Sanction", "Ownership", "Passport", "UnknownLink"] {
            assert!(!is_party(other), "{other}");
        }
    }
}
