//! One strong alias or former name from one row of the ALT file.

use super::draft::Draft;
use super::party;
use super::rows::Row;
use crate::reading::{Log, Lost};
use crate::text::clip;

/// Adds the name of a row to its party.
pub(super) fn take(draft: &mut Draft, row: &Row, log: &mut Log) -> Result<(), Lost> {
    let name = row.value(3).ok_or_else(|| Lost::new("no_name", "the alias has no name"))?;
    let property = match row.value(2).as_deref() {
        Some("fka") => "previousName",
        Some("aka" | "nka") => "alias",
        other => {
            let kind = clip(other.unwrap_or_default(), 20);
            log.note("unknown_type", format!("the type of alias {kind:?} is not known; it was read as aka"));
            "alias"
        }
    };
    party::add_name(draft, property, &name, log);
    if let Some(remarks) = row.value(4) {
        draft.note(&format!("{name}: {remarks}"), log);
    }
    Ok(())
}
