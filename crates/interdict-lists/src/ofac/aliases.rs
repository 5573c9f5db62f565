//! One strong alias or former name from one row of the ALT file.

use interdict_core::issue::Severity;

use super::draft::Draft;
use super::log::{Log, Place};
use super::party;
use super::rows::Row;

/// Adds the name of a row to its party; `false`, with an issue, when there is none.
pub(super) fn take(draft: &mut Draft<'_>, row: &Row, file: &str, log: &mut Log) -> bool {
    let place = Place { file, line: row.line, record: row.id().to_owned() };
    let Some(name) = row.value(3) else {
        log.issue(Severity::RecordLost, "no_name", &place, "the alias has no name");
        return false;
    };
    let property = match row.value(2).as_deref() {
        Some("fka") => "previousName",
        Some("aka" | "nka") => "alias",
        other => {
            let kind: String = other.unwrap_or_default().chars().take(20).collect();
            let reason = format!("the type of alias {kind:?} is not known; it was read as aka");
            log.issue(Severity::Note, "unknown_type", &place, reason);
            "alias"
        }
    };
    party::add_name(draft, property, &name, log);
    if let Some(remarks) = row.value(4) {
        draft.note(&format!("{name}: {remarks}"), log);
    }
    true
}
