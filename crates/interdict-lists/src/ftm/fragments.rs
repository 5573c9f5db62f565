//! What becomes of a second line about one entity? Exports in fragments say one entity in several lines.

use interdict_core::entity::Entity;
use interdict_core::model::Schema;

use crate::reading::{Log, Lost};

/// Adds what a later line says to the entity of the earlier one.
pub(super) fn merge(earlier: &mut Entity, later: &Entity, log: &mut Log) -> Result<(), Lost> {
    let Some(schema) = more_special(earlier.schema, later.schema) else {
        let (one, other) = (earlier.schema.name, later.schema.name);
        let reason =
            format!("an earlier line with the same id is a {one}, this one a {other}, and nothing is both");
        return Err(Lost::new("conflicting_schema", reason));
    };
    if schema == earlier.schema && !says_more(earlier, later) {
        let reason = "an earlier line has the same id and says all that this one says";
        return Err(Lost::new("duplicate_record", reason));
    }
    earlier.schema = schema; // it has every property of the more general one
    for (property, values) in later.properties() {
        values.iter().for_each(|value| log.put(earlier, property.name, value.as_str()));
    }
    for referent in &later.referents {
        if !earlier.referents.contains(referent) {
            earlier.referents.push(referent.clone());
        }
    }
    log.note("merged_fragments", "an earlier line has the same id; what this one adds was put to it");
    Ok(())
}

/// The schema that is a special form of the other; `None` when neither is.
fn more_special(one: &'static Schema, other: &'static Schema) -> Option<&'static Schema> {
    if one.is_a(other.name) { Some(one) } else { other.is_a(one.name).then_some(other) }
}

fn says_more(earlier: &Entity, later: &Entity) -> bool {
    let has = |property: &str, value| earlier.get(property).contains(value);
    later.properties().any(|(property, values)| values.iter().any(|value| !has(property.name, value)))
        || later.referents.iter().any(|referent| !earlier.referents.contains(referent))
}
