//! Which values do the columns of a row give a property?

use std::borrow::Cow;

use interdict_core::entity::Entity;
use interdict_core::identifier::IdentifierKind;
use interdict_core::list::ListId;
use interdict_core::model::PropertyKind;

use super::header::Header;
use super::mapping::{Fields, From, IDENTIFIER, Source};
use crate::delimited::Record;
use crate::reading::{Ids, Log, keep_as_note};
use crate::text::fold;

/// Properties with the sources of their values.
pub(super) type BoundFields<'a> = Vec<(&'a str, Vec<BoundSource<'a>>)>;

/// A source whose columns are found.
pub(super) struct BoundSource<'a> {
    source: &'a Source,
    pub(super) columns: Vec<usize>,
}

impl BoundSource<'_> {
    /// The texts of a row, split and on one line each; not yet mapped.
    pub(super) fn texts(&self, row: &Record) -> Vec<String> {
        let whole = match &self.source.from {
            From::Constant(text) => text.clone(),
            From::Columns { separator, .. } => {
                let fields = self.columns.iter().filter_map(|at| row.get(*at)).map(str::trim);
                fields.filter(|field| !field.is_empty()).collect::<Vec<_>>().join(separator)
            }
        };
        let texts = match &self.source.split {
            Some(separator) => whole.split(separator.as_str()).map(fold).collect(),
            None => vec![fold(&whole)],
        };
        texts.into_iter().filter(|text| !text.is_empty()).map(Cow::into_owned).collect()
    }

    /// Whether a text that is to be split looks like several that are separated by something else.
    pub(super) fn looks_unsplit(&self, row: &Record) -> bool {
        let is_list = |text: &String| text.contains(';') || text.matches(',').count() > 1;
        self.source.split.is_some() && matches!(&self.texts(row)[..], [one] if is_list(one))
    }
}

pub(super) fn bind<'a>(source: &'a Source, header: &Header) -> Result<BoundSource<'a>, String> {
    let columns = match &source.from {
        From::Constant(_) => Vec::new(),
        From::Columns { columns, .. } => {
            columns.iter().map(|column| header.position(column)).collect::<Result<_, _>>()?
        }
    };
    Ok(BoundSource { source, columns })
}

pub(super) fn bind_fields<'a>(fields: &'a Fields, header: &Header) -> Result<BoundFields<'a>, String> {
    let bound = |(property, sources): &'a (String, Vec<Source>)| {
        let sources = sources.iter().map(|source| bind(source, header)).collect::<Result<_, _>>()?;
        Ok((property.as_str(), sources))
    };
    fields.iter().map(bound).collect()
}

pub(super) fn put_fields(
    log: &mut Log,
    entity: &mut Entity,
    fields: &BoundFields<'_>,
    row: &Record,
    list: &ListId,
) {
    for (property, sources) in fields {
        put_sources(log, entity, property, sources, row, list);
    }
}

pub(super) fn put_sources(
    log: &mut Log,
    entity: &mut Entity,
    property: &str,
    sources: &[BoundSource<'_>],
    row: &Record,
    list: &ListId,
) {
    for bound in sources {
        for text in bound.texts(row) {
            match value_of(bound.source, &text) {
                Some(value) => put_value(log, entity, property, bound.source, &value, list),
                None => {
                    let reason =
                        format!("a value of {property} is not among its `values`; it is kept as a note");
                    log.value_lost("unmapped_value", reason);
                    keep_as_note(entity, property, &text);
                }
            }
        }
    }
}

/// The value that the table of values gives for a text; the text itself when there is no table.
fn value_of(source: &Source, text: &str) -> Option<String> {
    if source.values.is_empty() {
        return Some(text.to_owned());
    }
    source.values.get(&text.to_lowercase()).or(source.otherwise.as_ref()).cloned()
}

fn put_value(
    log: &mut Log,
    entity: &mut Entity,
    property: &str,
    source: &Source,
    value: &str,
    list: &ListId,
) {
    if property == IDENTIFIER {
        let is_person = entity.schema.is_a("Person");
        let kind = if is_person { IdentifierKind::NationalId } else { IdentifierKind::Registration };
        return log.put_identifier(entity, kind, value);
    }
    let kind = entity.schema.property(property).map(|property| property.kind);
    let kind = kind.or((property == "nationality").then_some(PropertyKind::Country));
    match (kind, IdentifierKind::of_property(property)) {
        (_, Some(kind)) => log.put_identifier(entity, kind, value),
        (Some(PropertyKind::Country), _) => log.put_country(entity, property, value),
        (Some(PropertyKind::Entity), _) => log.put(entity, property, Ids::OfList(list).of(value)),
        (Some(PropertyKind::Gender), _) => log.put(entity, property, value.to_lowercase()),
        (Some(PropertyKind::Date), _) => {
            let date = source.dates.iter().find_map(|format| format.read(value));
            log.put(entity, property, date.map_or_else(|| value.to_owned(), |date| date.to_string()));
        }
        _ => log.put(entity, property, value),
    }
}
