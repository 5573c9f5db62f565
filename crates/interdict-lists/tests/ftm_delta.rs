//! OpenSanctions delta files: what is read, what is refused, and what becomes of a version to which one is applied.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use interdict_core::entity::Entity;
use interdict_core::issue::{Parsed, Severity};
use interdict_core::list::ListId;
use interdict_lists::ftm::delta::{Delta, Operation, apply, read};
use interdict_lists::{ReadError, SourceFile, detect, ftm};
use proptest::prelude::*;

#[path = "shared/real.rs"]
mod real;

fn parse(text: impl AsRef<[u8]>) -> Result<Parsed<Delta>, ReadError> {
    let list: ListId = "test".parse().unwrap();
    read(&list, &SourceFile { name: "entities.delta.json", bytes: text.as_ref() })
}

fn person(id: &str, name: &str) -> String {
    format!(r#"{{"id":"{id}","schema":"Person","properties":{{"name":["{name}"]}}}}"#)
}

fn operation(op: &str, entity: &str) -> String {
    format!(r#"{{"op":"{op}","entity":{entity}}}"#)
}

fn entities(lines: &[String]) -> Vec<Entity> {
    let (list, text) = ("test".parse().unwrap(), lines.join("\n"));
    if lines.is_empty() {
        return Vec::new();
    }
    ftm::read(&list, &SourceFile { name: "x", bytes: text.as_bytes() }).unwrap().value.entities
}

fn kinds(issues: &interdict_core::issue::Issues) -> Vec<(Severity, &str)> {
    issues.kept().iter().map(|issue| (issue.severity, issue.kind.as_str())).collect()
}

fn by_id(mut entities: Vec<Entity>) -> Vec<Entity> {
    entities.sort_by(|one, other| one.id.cmp(&other.id));
    entities
}

#[test]
fn operations_are_read_in_order() {
    let lines = [
        operation("ADD", &person("a", "A")),
        operation("MOD", &person("test-b", "B")),
        operation("DEL", r#"{"id":" c "}"#),
    ];
    let parsed = parse(lines.join("\n")).unwrap();
    let ids: Vec<_> = parsed.value.operations.iter().map(Operation::id).collect();
    assert_eq!(ids, ["test-a", "test-b", "test-c"]);
    assert!(matches!(
        parsed.value.operations[..],
        [Operation::Add(_), Operation::Modify(_), Operation::Delete(_)]
    ));
    let account = &parsed.value.reconciliation;
    assert!(account.is_closed() && parsed.issues.is_empty());
    let row = &account.records[0];
    assert_eq!((row.record.as_str(), row.read, row.taken, row.lost), ("operation", 3, 3, 0));
    assert_eq!((account.entities, account.parties), (2, 2));
}

#[test]
fn bad_operations_are_issues() {
    let good = operation("DEL", r#"{"id":"x"}"#);
    for (line, severity, kind) in [
        (operation("RENAME", &person("a", "A")), Severity::RecordLost, "unknown_operation"),
        (r#"{"entity":{"id":"a"}}"#.to_owned(), Severity::RecordLost, "unknown_operation"),
        (r#"{"op":"ADD"}"#.to_owned(), Severity::RecordLost, "bad_operation"),
        (r#"{"op":"ADD","entity":"a"}"#.to_owned(), Severity::RecordLost, "bad_operation"),
        (operation("DEL", r#"{"id":""}"#), Severity::RecordLost, "no_id"),
        (
            operation("MOD", r#"{"id":"a","schema":"Robot","properties":{}}"#),
            Severity::RecordLost,
            "unknown_schema",
        ),
        ("[1]".to_owned(), Severity::RecordLost, "bad_json"),
        (format!("{{\"op\":{}", "[".repeat(100_000)), Severity::RecordLost, "bad_json"),
        (r#"{"op":"DEL","entity":{"id":"a"},"when":1}"#.to_owned(), Severity::Note, "unknown_field"),
    ] {
        let parsed = parse(format!("{good}\n{line}\n")).unwrap();
        assert_eq!(kinds(&parsed.issues), [(severity, kind)]);
        assert!(parsed.value.reconciliation.is_closed());
    }
}

#[test]
fn what_is_no_delta_is_refused() {
    for (text, part) in [
        ("", "empty"),
        ("<html>", "HTML"),
        ("[]", "no line of the kind operation"),
        (&person("a", "A"), "no line of the kind operation"),
        (r#"{"op":"ADD","ent"#, "ends in the middle"),
    ] {
        let error = parse(text).unwrap_err().to_string();
        assert!(error.contains(part), "{text}: {error}");
    }
}

#[test]
fn a_delta_is_no_list_even_when_it_only_adds() {
    for op in ["ADD", "MOD", "DEL"] {
        let text = operation(op, &person("a", "A"));
        let error =
            detect(&[SourceFile { name: "entities.delta.json", bytes: text.as_bytes() }]).unwrap_err();
        assert!(error.to_string().contains("--onto"), "{error}");
    }
}

#[test]
fn a_misfit_is_noted_and_carried_out() {
    let base = entities(&[person("a", "A"), person("b", "B")]);
    let lines = [
        operation("ADD", &person("a", "A2")),
        operation("MOD", &person("c", "C")),
        operation("DEL", r#"{"id":"d"}"#),
        operation("DEL", r#"{"id":"b"}"#),
    ];
    let after = apply(parse(lines.join("\n")).unwrap().value.operations, base);
    assert_eq!(after.value, entities(&[person("a", "A2"), person("c", "C")]));
    let note = Severity::Note;
    assert_eq!(
        kinds(&after.issues),
        [(note, "add_of_present"), (note, "mod_of_absent"), (note, "del_of_absent")]
    );
}

proptest! {
    /// The delta between two exports, applied to the first, gives the second.
    #[test]
    fn applied_to_its_base_a_delta_gives_the_full_export(
        before in prop::collection::btree_map(0..30_u8, 0..4_u8, 0..20),
        after in prop::collection::btree_map(0..30_u8, 0..4_u8, 0..20),
    ) {
        let line = |(id, name): (&u8, &u8)| person(&format!("n{id}"), &format!("Name {name}"));
        let base: Vec<String> = before.iter().map(line).collect();
        let full: Vec<String> = after.iter().map(line).collect();
        let mut operations = Vec::new();
        for (id, name) in &after {
            match before.get(id) {
                None => operations.push(operation("ADD", &line((id, name)))),
                Some(old) if old != name => operations.push(operation("MOD", &line((id, name)))),
                Some(_) => {}
            }
        }
        for id in before.keys().filter(|id| !after.contains_key(id)) {
            operations.push(operation("DEL", &format!(r#"{{"id":"n{id}"}}"#)));
        }
        let operations = if operations.is_empty() {
            Vec::new()
        } else {
            parse(operations.join("\n")).unwrap().value.operations
        };
        let result = apply(operations, entities(&base));
        prop_assert!(result.issues.is_empty());
        prop_assert_eq!(by_id(result.value), by_id(entities(&full)));
    }
}

#[test]
fn the_real_delta_is_read_whole() {
    let Some(path) = real::path("ftm/entities.delta.json") else { return };
    let parsed = parse(std::fs::read(path).unwrap()).unwrap();
    let count = |fits: fn(&Operation) -> bool| {
        parsed.value.operations.iter().filter(|operation| fits(operation)).count()
    };
    assert_eq!(count(|operation| matches!(operation, Operation::Add(_))), 90);
    assert_eq!(count(|operation| matches!(operation, Operation::Modify(_))), 1_039);
    assert_eq!(count(|operation| matches!(operation, Operation::Delete(_))), 571);
    let row = &parsed.value.reconciliation.records[0];
    assert_eq!((row.read, row.taken, row.lost), (1_700, 1_700, 0));
    // The base: what is changed and deleted is there, what is added is not.
    let base = parsed.value.operations.iter().filter(|operation| !matches!(operation, Operation::Add(_)));
    let schema = interdict_core::model::schema("Person").unwrap();
    let base: Vec<Entity> = base.map(|operation| Entity::new(operation.id(), schema)).collect();
    let after = apply(parsed.value.operations, base);
    assert!(after.issues.is_empty());
    assert_eq!(after.value.len(), 90 + 1_039);
}
