//! What was read, as text: one value a line.

use std::fmt::Write as _;

use interdict_core::issue::Parsed;
use interdict_lists::ListContent;

/// All entities, the account and the issues.
pub fn in_words(parsed: &Parsed<ListContent>) -> String {
    let mut words = String::new();
    for entity in &parsed.value.entities {
        writeln!(words, "{} {}", entity.schema.name, entity.id).unwrap();
        for (property, values) in entity.properties() {
            values.iter().for_each(|value| writeln!(words, "  {}: {value}", property.name).unwrap());
        }
    }
    for row in &parsed.value.reconciliation.records {
        writeln!(words, "{}: {} read, {} taken, {} lost", row.record, row.read, row.taken, row.lost).unwrap();
    }
    for issue in parsed.issues.kept() {
        let record = issue.record.as_deref().unwrap_or("-");
        writeln!(words, "{:?} {} [{record}] {}", issue.severity, issue.kind, issue.reason).unwrap();
    }
    words
}
