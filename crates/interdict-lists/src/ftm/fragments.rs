//! What becomes of a second word about one entity? Exports in fragments say one entity in several lines, nested exports say
//! it wherever it is met.

use std::collections::HashSet;

use interdict_core::entity::Entity;
use interdict_core::limits;
use interdict_core::model::Schema;

use crate::reading::{Log, Lost};

/// Adds what a later line says to the entity of the earlier one.
pub(super) fn merge(earlier: &mut Entity, later: &Entity, log: &mut Log) -> Result<(), Lost> {
    let schema = common_schema(earlier, later)?;
    if schema == earlier.schema && !says_more(earlier, later) {
        let reason = "an earlier line has the same id and says all that this one says";
        return Err(Lost::new("duplicate_record", reason));
    }
    add(earlier, later, schema, log);
    log.note("merged_fragments", "an earlier line has the same id; what this one adds was put to it");
    Ok(())
}

/// Puts two copies of one entity together, of which at least one is nested. Copies that say the same are one, without a word.
pub(super) fn join(earlier: &mut Entity, later: &Entity, log: &mut Log) -> Result<(), Lost> {
    let schema = common_schema(earlier, later)?;
    let is_same = earlier.schema == later.schema && !says_more(earlier, later) && !says_more(later, earlier);
    if !is_same {
        add(earlier, later, schema, log);
        log.note(
            "copies_differ",
            "another copy of this entity says more or less; what both say was put together",
        );
    }
    Ok(())
}

fn add(earlier: &mut Entity, later: &Entity, schema: &'static Schema, log: &mut Log) {
    earlier.schema = schema; // it has every property of the more general one
    for (property, values) in later.properties() {
        values.iter().for_each(|value| log.put(earlier, property.name, value.as_str()));
    }
    for referent in new_referents(earlier, later) {
        if earlier.referents.len() >= limits::VALUES_PER_PROPERTY_MAX {
            return super::values::too_many_referents(log);
        }
        earlier.referents.push(referent);
    }
}

/// The schema that is a special form of the other.
fn common_schema(earlier: &Entity, later: &Entity) -> Result<&'static Schema, Lost> {
    let (one, other) = (earlier.schema, later.schema);
    if one.is_a(other.name) {
        Ok(one)
    } else if other.is_a(one.name) {
        Ok(other)
    } else {
        let reason = format!(
            "what stands earlier with the same id is a {}, this a {}, and nothing is both",
            one.name, other.name
        );
        Err(Lost::new("conflicting_schema", reason))
    }
}

fn says_more(earlier: &Entity, later: &Entity) -> bool {
    let lacks = |property: &str, value: &str| !earlier.has(property, value);
    later.properties().any(|(property, values)| values.iter().any(|value| lacks(property.name, value)))
        || !new_referents(earlier, later).is_empty()
}

/// The referents that only the later one has.
fn new_referents(earlier: &Entity, later: &Entity) -> Vec<String> {
    if later.referents.is_empty() {
        return Vec::new();
    }
    let mut known: HashSet<&String> = earlier.referents.iter().collect();
    later.referents.iter().filter(|referent| known.insert(referent)).cloned().collect()
}
