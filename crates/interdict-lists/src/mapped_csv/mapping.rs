//! What does a mapping say? Reads its TOML and checks it against the model, before any file is read.

use std::collections::BTreeMap;

use interdict_core::date::PartialDate;
use interdict_core::model::{self, PropertyKind, Schema};
use serde::Deserialize;

use super::KNOWN_COLUMNS;
use super::dates::DateFormat;

/// A property of no schema: the general identifier of the party, `idNumber` or `registrationNumber` by its schema.
pub(super) const IDENTIFIER: &str = "identifier";
const SEPARATOR: &str = "|";

/// What the columns of a CSV file mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    pub(super) delimiter: Option<u8>,
    pub(super) skip_lines: usize,
    pub(super) published: Option<PartialDate>,
    pub(super) topics: Vec<String>,
    pub(super) id: Option<Source>,
    pub(super) schema: SchemaRule,
    pub(super) properties: Fields,
    pub(super) sanction: Option<Fields>,
    pub(super) addresses: Vec<Fields>,
    pub(super) ignore: Vec<String>,
}

/// Properties with the sources of their values.
pub(super) type Fields = Vec<(String, Vec<Source>)>;

/// How the schema of a row is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SchemaRule {
    /// All rows have it.
    Fixed(&'static Schema),
    /// It is in a column: through a table of values, or by its own name. `otherwise` is for what is in neither.
    Column { column: String, values: BTreeMap<String, &'static Schema>, otherwise: Option<&'static Schema> },
    /// No column says it: who has a date of birth is a person.
    ByBirthDate,
}

/// Where the values of a property come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) from: From,
    pub(super) split: Option<String>,
    pub(super) dates: Vec<DateFormat>,
    pub(super) values: BTreeMap<String, String>,
    pub(super) otherwise: Option<String>,
}

/// What a source reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum From {
    Columns { columns: Vec<String>, separator: String },
    Constant(String),
}

/// A mapping that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// The text is no TOML, or a key at its top is unknown or of a wrong type.
    #[error("the mapping is not valid: {0}")]
    Toml(String),
    /// One key says something that cannot be.
    #[error("the mapping's key {key}: {reason}")]
    Key {
        /// The key, with the table it is in: `properties.birthDate`.
        key: String,
        /// What is wrong.
        reason: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    delimiter: Option<String>,
    #[serde(default)]
    skip_lines: usize,
    published: Option<String>,
    topics: Option<Vec<String>>,
    id: Option<toml::Value>,
    schema: toml::Value,
    properties: BTreeMap<String, toml::Value>,
    sanction: Option<BTreeMap<String, toml::Value>>,
    #[serde(default)]
    address: Vec<BTreeMap<String, toml::Value>>,
    #[serde(default)]
    ignore: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceTable {
    column: Option<String>,
    join: Option<Vec<String>>,
    separator: Option<String>,
    constant: Option<String>,
    split: Option<String>,
    #[serde(default)]
    dates: Vec<String>,
    #[serde(default)]
    values: BTreeMap<String, String>,
    otherwise: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SchemaTable {
    column: String,
    #[serde(default)]
    values: BTreeMap<String, String>,
    otherwise: Option<String>,
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// When the text is no TOML, or a key is unknown, missing or says what cannot be; the error names the key.
    ///
    /// # Example
    /// ```
    /// use interdict_lists::mapped_csv::Mapping;
    ///
    /// assert!(Mapping::parse("schema = 'Person'\n[properties]\nname = 'Full name'").is_ok());
    /// let error = Mapping::parse("schema = 'Person'\n[properties]\nname = { colum = 'Full name' }").unwrap_err();
    /// assert!(error.to_string().contains("properties.name"));
    /// ```
    pub fn parse(toml_text: &str) -> Result<Self, MappingError> {
        let document: Document = toml::from_str(toml_text)
            .map_err(|error| MappingError::Toml(error.to_string().trim().to_owned()))?;
        let schema = schema_rule(document.schema)?;
        let properties = fields("properties", document.properties, &schema.possible())?;
        if !properties.iter().any(|(property, _)| property == "name") {
            return Err(key_error("properties", "it must say where the name is: name = \"<column>\""));
        }
        let of_schema = |name: &str| model::schema(name).into_iter().collect::<Vec<_>>();
        let sanction =
            document.sanction.map(|table| fields("sanction", table, &of_schema("Sanction"))).transpose()?;
        let addresses =
            document.address.into_iter().map(|table| fields("address", table, &of_schema("Address")));
        let topics = document.topics.unwrap_or_else(|| vec!["sanction".to_owned()]);
        if let Some(topic) = topics.iter().find(|topic| model::value(PropertyKind::Topic, topic).is_none()) {
            return Err(key_error("topics", format!("{topic:?} is no topic of the FollowTheMoney model")));
        }
        Ok(Self {
            delimiter: document.delimiter.map(|text| delimiter(&text)).transpose()?,
            skip_lines: document.skip_lines,
            published: document.published.map(|text| published(&text)).transpose()?,
            topics,
            id: document.id.map(|value| source("id", value)).transpose()?,
            schema,
            properties,
            sanction,
            addresses: addresses.collect::<Result<_, _>>()?,
            ignore: document.ignore,
        })
    }

    /// The mapping of a header that has known names.
    pub(super) fn of_known_columns(has: impl Fn(&str) -> bool) -> Self {
        let split = |column: &str| Source { split: Some(SEPARATOR.to_owned()), ..Source::column(column) };
        let properties = KNOWN_COLUMNS.iter().filter(|(column, _)| has(column));
        let schema = if has("schema") {
            SchemaRule::Column { column: "schema".to_owned(), values: BTreeMap::new(), otherwise: None }
        } else {
            SchemaRule::ByBirthDate
        };
        Self {
            delimiter: None,
            skip_lines: 0,
            published: None,
            topics: vec!["sanction".to_owned()],
            id: has("id").then(|| Source::column("id")),
            schema,
            properties: properties.map(|(column, name)| ((*name).to_owned(), vec![split(column)])).collect(),
            sanction: None,
            addresses: Vec::new(),
            ignore: Vec::new(),
        }
    }
}

impl SchemaRule {
    /// The schemata that a row can have; none when that cannot be told.
    fn possible(&self) -> Vec<&'static Schema> {
        match self {
            Self::Fixed(schema) => vec![schema],
            Self::Column { values, otherwise, .. } if !values.is_empty() => {
                values.values().copied().chain(*otherwise).collect()
            }
            Self::Column { .. } | Self::ByBirthDate => Vec::new(),
        }
    }
}

impl Source {
    pub(super) fn column(column: &str) -> Self {
        let from = From::Columns { columns: vec![column.to_owned()], separator: String::new() };
        Self { from, split: None, dates: Vec::new(), values: BTreeMap::new(), otherwise: None }
    }
}

fn schema_rule(value: toml::Value) -> Result<SchemaRule, MappingError> {
    let known = |name: &str| {
        let schema = model::schema(name).filter(|schema| !schema.is_abstract);
        schema
            .ok_or_else(|| key_error("schema", format!("{name:?} is no schema of the FollowTheMoney model")))
    };
    if let toml::Value::String(name) = value {
        return known(&name).map(SchemaRule::Fixed);
    }
    let table: SchemaTable = value.try_into().map_err(|error| key_error("schema", message(&error)))?;
    let values =
        table.values.into_iter().map(|(value, name)| Ok((value.trim().to_lowercase(), known(&name)?)));
    Ok(SchemaRule::Column {
        column: table.column,
        values: values.collect::<Result<_, MappingError>>()?,
        otherwise: table.otherwise.map(|name| known(&name)).transpose()?,
    })
}

fn fields(
    table: &str,
    values: BTreeMap<String, toml::Value>,
    schemata: &[&'static Schema],
) -> Result<Fields, MappingError> {
    let mut fields = Vec::new();
    for (property, value) in values {
        let key = format!("{table}.{property}");
        check_property(&key, &property, schemata)?;
        let sources = match value {
            toml::Value::Array(values) => {
                values.into_iter().map(|value| source(&key, value)).collect::<Result<_, _>>()?
            }
            value => vec![source(&key, value)?],
        };
        fields.push((property, sources));
    }
    Ok(fields)
}

/// A property must exist in a schema that rows can have, and hold values itself.
fn check_property(key: &str, property: &str, schemata: &[&'static Schema]) -> Result<(), MappingError> {
    if property == IDENTIFIER {
        return Ok(());
    }
    let any = schemata.is_empty().then(model::schemata).into_iter().flatten();
    let mut found = schemata.iter().copied().chain(any).filter_map(|schema| schema.property(property));
    match found.next() {
        None => Err(key_error(key, format!("no schema that a row can have has the property {property:?}"))),
        Some(found) if found.is_stub => Err(key_error(key, "the property is only the other end of a link")),
        Some(_) => Ok(()),
    }
}

fn source(key: &str, value: toml::Value) -> Result<Source, MappingError> {
    if let toml::Value::String(column) = value {
        return Ok(Source::column(&column));
    }
    let table: SourceTable = value.try_into().map_err(|error| key_error(key, message(&error)))?;
    let separator = table.separator.unwrap_or_else(|| " ".to_owned());
    let from = match (table.column, table.join, table.constant) {
        (Some(column), None, None) => From::Columns { columns: vec![column], separator },
        (None, Some(columns), None) if !columns.is_empty() => From::Columns { columns, separator },
        (None, None, Some(text)) => From::Constant(text),
        _ => return Err(key_error(key, "it must have exactly one of `column`, `join` and `constant`")),
    };
    if table.split.as_ref().is_some_and(String::is_empty) {
        return Err(key_error(key, "`split` must not be empty"));
    }
    if table.otherwise.is_some() && table.values.is_empty() {
        return Err(key_error(key, "`otherwise` needs `values`"));
    }
    let dates =
        table.dates.iter().map(|format| DateFormat::parse(format).map_err(|reason| key_error(key, reason)));
    Ok(Source {
        from,
        split: table.split,
        dates: dates.collect::<Result<_, _>>()?,
        values: table.values.into_iter().map(|(value, to)| (value.trim().to_lowercase(), to)).collect(),
        otherwise: table.otherwise,
    })
}

fn delimiter(text: &str) -> Result<u8, MappingError> {
    match text {
        "," => Ok(b','),
        ";" => Ok(b';'),
        "\t" | "tab" => Ok(b'\t'),
        _ => Err(key_error("delimiter", "it must be \",\", \";\" or \"tab\"")),
    }
}

fn published(text: &str) -> Result<PartialDate, MappingError> {
    text.parse().map_err(|error: interdict_core::date::DateError| key_error("published", error.to_string()))
}

fn key_error(key: &str, reason: impl Into<String>) -> MappingError {
    MappingError::Key { key: key.to_owned(), reason: reason.into() }
}

fn message(error: &toml::de::Error) -> String {
    error.message().trim().to_owned()
}
