//! What was read? Looks into a parsed list.

use interdict_core::entity::Entity;
use interdict_core::issue::{Parsed, Severity};
use interdict_lists::ListContent;

/// The entity of that id.
pub fn entity<'a>(parsed: &'a Parsed<ListContent>, id: &str) -> &'a Entity {
    parsed.value.entities.iter().find(|entity| entity.id == id).unwrap()
}

/// Severity and kind of every issue kept, in order.
pub fn issues(parsed: &Parsed<ListContent>) -> Vec<(Severity, &str)> {
    parsed.issues.kept().iter().map(|issue| (issue.severity, issue.kind.as_str())).collect()
}

/// What holds of every reading: each record is taken or is an issue, the sums are right, and no id is given twice.
pub fn check_account(parsed: &Parsed<ListContent>) {
    let account = &parsed.value.reconciliation;
    assert!(account.is_closed() && account.unexplained() == 0, "{account:?}");
    let lost: u64 = account.records.iter().map(|row| row.lost).sum();
    assert_eq!(lost, parsed.issues.count(Severity::RecordLost), "{account:?}");
    assert_eq!(account.entities, parsed.value.entities.len() as u64);
    let parties = parsed.value.entities.iter().filter(|entity| entity.is_party()).count() as u64;
    assert_eq!(account.parties, parties);
    let ids: std::collections::BTreeSet<_> = parsed.value.entities.iter().map(|entity| &entity.id).collect();
    assert_eq!(ids.len(), parsed.value.entities.len());
}
