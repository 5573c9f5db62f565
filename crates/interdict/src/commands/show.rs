//! `interdict lists show ID`: one party with everything its list says.

use std::fmt::Write as _;

use serde_json::{Value, json};

use interdict_match::index::{EntityRef, Index};

use super::{print, print_json};
use crate::Ending;
use crate::cli::Output;
use crate::config::Config;
use crate::failure::Failure;
use crate::index_store;
use crate::terminal::{FAINT, STRONG, printable};

/// Shows the party of an id; one that is on several lists is shown once for each.
pub(crate) fn run(config: &Config, id: &str, output: Output) -> Result<Ending, Failure> {
    let opened = index_store::open(config)?;
    let found = parties(&opened.index, id)?;
    let records =
        found.iter().map(|&entity| Ok((entity, record(entity)?))).collect::<Result<Vec<_>, Failure>>()?;
    if output == Output::Json {
        let parties: Vec<Value> = records
            .iter()
            .map(|(entity, record)| json!({"list": entity.list(), "entities": record}))
            .collect();
        return print_json(&json!({"id": id.trim(), "parties": parties}));
    }
    let text: String = records.iter().map(|(entity, record)| party(*entity, record)).collect();
    print(text.as_bytes())
}

/// The parties of an id as a person types it: one for each list that has it.
pub(crate) fn parties<'a>(index: &'a Index, id: &str) -> Result<Vec<EntityRef<'a>>, Failure> {
    let mut found = index.entities_with_id(id.trim());
    if found.is_empty() {
        found = index.entities_with_id(&id.trim().to_lowercase());
    }
    if found.is_empty() {
        return Err(Failure::UnknownEntity { id: id.chars().take(80).collect() });
    }
    Ok(found)
}

fn record(entity: EntityRef<'_>) -> Result<Vec<Value>, Failure> {
    serde_json::from_slice(entity.record_json()).map_err(|error| Failure::Output(error.into()))
}

fn party(entity: EntityRef<'_>, record: &[Value]) -> String {
    let list = entity.list();
    let published = list.published.map(|date| format!(" of {date}")).unwrap_or_default();
    let mut text = format!(
        "{STRONG}{}{STRONG:#}  {}\n{FAINT}{} on list {}{published}, version {}{FAINT:#}\n",
        printable(entity.caption()),
        printable(entity.id()),
        entity.schema_name(),
        list.id,
        list.version
    );
    for (idx, part) in record.iter().enumerate() {
        if idx > 0 {
            let schema = part["schema"].as_str().unwrap_or_default();
            let id = part["id"].as_str().unwrap_or_default();
            let _ = writeln!(text, "\n{STRONG}{schema}{STRONG:#}  {FAINT}{}{FAINT:#}", printable(id));
        }
        properties(part, entity.id(), &mut text);
    }
    text
}

/// The properties of one entity, one value a line; the reference back to the party goes without saying.
fn properties(entity: &Value, party_id: &str, text: &mut String) {
    for (name, values) in entity["properties"].as_object().into_iter().flatten() {
        let values = values.as_array().into_iter().flatten().filter_map(Value::as_str);
        for (idx, value) in values.filter(|value| *value != party_id).enumerate() {
            let label = if idx == 0 { name.as_str() } else { "" };
            let _ = writeln!(text, "  {FAINT}{label:<18}{FAINT:#}  {}", printable(value));
        }
    }
}
