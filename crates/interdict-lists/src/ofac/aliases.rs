//! One strong alias or former name from one row of the ALT file.

use super::draft::Draft;
use super::party::{self, AliasQuality};
use super::rows::Row;
use crate::reading::{Log, Lost};

/// Adds the name of a row to its party.
pub(super) fn take(draft: &mut Draft, row: &Row, log: &mut Log) -> Result<(), Lost> {
    let name = row.value(3).ok_or_else(|| Lost::new("no_name", "the alias has no name"))?;
    let kind = row.value(2).unwrap_or_default();
    party::add_alias(draft, &kind, AliasQuality::Strong, &name, log);
    if let Some(remarks) = row.value(4) {
        draft.note(&format!("{name}: {remarks}"), log);
    }
    Ok(())
}
