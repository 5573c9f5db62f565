//! Nested FollowTheMoney exports: the same entities as the flat form gives, and what is noted where copies differ.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::collections::{BTreeMap, BTreeSet};

use interdict_core::issue::{Parsed, Severity};
use interdict_core::limits;
use interdict_core::list::ListId;
use interdict_core::model::PropertyKind;
use interdict_lists::{Format, ListContent, ReadError, SourceFile, detect, read};

#[path = "shared/parsed.rs"]
mod parsed;
#[path = "shared/real.rs"]
mod real;

use parsed::{check_account, entity, issues};

const NESTED: &[u8] = include_bytes!("fixtures/ftm/targets.nested.json");
const FLAT: &[u8] = include_bytes!("fixtures/ftm/flat.ftm.json");

fn parse(bytes: &[u8]) -> Result<Parsed<ListContent>, ReadError> {
    let list: ListId = "test".parse().unwrap();
    read(Format::FtmJsonLines, &list, &[SourceFile { name: "targets.nested.json", bytes }], None)
}

type Said = (&'static str, BTreeMap<&'static str, BTreeSet<String>>, BTreeSet<String>);

/// What is said of each entity, whatever the order.
fn said(parsed: &Parsed<ListContent>) -> BTreeMap<String, Said> {
    let entities = parsed.value.entities.iter();
    entities
        .map(|entity| {
            let properties = entity
                .properties()
                .map(|(property, values)| (property.name, values.iter().cloned().collect()));
            let referents = entity.referents.iter().cloned().collect();
            (entity.id.clone(), (entity.schema.name, properties.collect(), referents))
        })
        .collect()
}

#[test]
fn nested_and_flat_forms_give_the_same_entities() {
    let (nested, flat) = (parse(NESTED).unwrap(), parse(FLAT).unwrap());
    check_account(&nested);
    check_account(&flat);
    assert_eq!(said(&nested), said(&flat));
    assert!(nested.issues.is_empty() && flat.issues.is_empty(), "{:?}", nested.issues.kept());
    let rows: Vec<_> = nested
        .value
        .reconciliation
        .records
        .iter()
        .map(|row| (row.record.as_str(), row.read, row.taken))
        .collect();
    assert_eq!(rows, [("entity", 2, 2), ("nested entity", 20, 20)]);
}

#[test]
fn links_lead_back_to_the_outer_entity() {
    // The exporter leaves the outer entity out of a property that has other nested values.
    let parsed = parse(NESTED).unwrap();
    let holders: BTreeSet<_> = entity(&parsed, "test-j1").get("holder").iter().collect();
    assert_eq!(holders, BTreeSet::from([&"test-P1".to_owned(), &"test-P2".to_owned()]));
    let silent = r#"{"id":"a","schema":"Person","properties":{"name":["A"],"sanctions":{"id":"s","schema":"Sanction","properties":{}}}}"#;
    let parsed = parse(silent.as_bytes()).unwrap();
    assert_eq!(entity(&parsed, "test-s").get("entity"), ["test-a"]);
}

#[test]
fn copies_that_differ_are_put_together_and_noted() {
    let target = |id: &str, address: &str| {
        format!(
            r#"{{"id":"{id}","schema":"Person","properties":{{"name":["{id}"],"addressEntity":[{{"id":"x","schema":"Address","properties":{{{address}}}}}]}}}}"#
        )
    };
    let lines = [
        target("a", r#""full":["Riga"]"#),
        target("b", r#""full":["Riga"]"#),
        target("c", r#""full":["Riga"],"country":["lv"]"#),
        target("d", r#""full":["Riga"]"#),
    ];
    let parsed = parse(lines.join("\n").as_bytes()).unwrap();
    check_account(&parsed);
    assert_eq!(entity(&parsed, "test-x").get("country"), ["lv"]);
    assert_eq!(issues(&parsed), [(Severity::Note, "copies_differ"), (Severity::Note, "copies_differ")]);
}

#[test]
fn what_does_not_fit_is_an_issue() {
    let line = |properties: &str| {
        format!(r#"{{"id":"a","schema":"Company","properties":{{"name":["A"],{properties}}}}}"#)
    };
    let (lost, value, note) = (Severity::RecordLost, Severity::ValueLost, Severity::Note);
    let person = r#"{"id":"p","schema":"Person","properties":{"name":["P"]}}"#;
    for (properties, expected, n_entities) in [
        // an entity without an id, and with a schema that is none
        (
            r#""addressEntity":[{"schema":"Address","properties":{}}]"#,
            &[(value, "nested_entity"), (lost, "no_id")][..],
            1,
        ),
        (r#""addressEntity":[{"id":"x","schema":"Robot","properties":{}}]"#, &[(lost, "unknown_schema")], 1),
        (r#""addressEntity":[{"id":"x","schema":"Address"}]"#, &[(value, "bad_json"), (note, "no_name")], 2),
        // an entity where none can stand, and one that cannot point back
        (&format!(r#""alias":[{person}]"#), &[(value, "nested_entity")], 2),
        (&format!(r#""shoes":[{person}]"#), &[(value, "unknown_property")], 2),
        (&format!(r#""sanctions":[{person}]"#), &[(value, "unknown_property")], 2),
        // ids beside nested entities
        (
            &format!(r#""sanctions":[{person},"s1"]"#),
            &[(value, "stub_property"), (value, "unknown_property")],
            2,
        ),
        (r#""addressEntity":[[{"id":"x"}]]"#, &[(value, "nested_value")], 1),
        // an entity within itself, as itself and as something else
        (
            r#""subsidiaries":[{"id":"a","schema":"Company","properties":{"name":["A"]}}]"#,
            &[(note, "copies_differ")],
            1,
        ),
        (
            r#""parent":[{"id":"a","schema":"Person","properties":{"name":["A"]}}]"#,
            &[(lost, "conflicting_schema")],
            1,
        ),
    ] {
        let parsed = parse(line(properties).as_bytes()).unwrap();
        check_account(&parsed);
        assert_eq!(
            (issues(&parsed).as_slice(), parsed.value.entities.len()),
            (expected, n_entities),
            "{properties}"
        );
    }
}

#[test]
fn nesting_is_bounded() {
    let deep = |depth: usize| {
        let open: String = (0..depth)
            .map(|n| format!(r#"{{"id":"n{n}","schema":"Company","properties":{{"name":["N"],"parent":["#))
            .collect();
        format!("{open}\"end\"{}", "]}}".repeat(depth))
    };
    let fits = (limits::DEPTH_MAX - 1) / 3;
    let parsed = parse(deep(fits).as_bytes()).unwrap();
    check_account(&parsed);
    assert_eq!(parsed.value.entities.len(), fits);
    assert!(parse(deep(10_000).as_bytes()).unwrap_err().to_string().contains("nested deeper"));
    let many: Vec<String> =
        (0..20_000).map(|n| format!(r#"{{"id":"s{n}","schema":"Sanction","properties":{{}}}}"#)).collect();
    let wide = format!(
        r#"{{"id":"a","schema":"Person","properties":{{"name":["A"],"sanctions":[{}]}}}}"#,
        many.join(",")
    );
    let parsed = parse(wide.as_bytes()).unwrap();
    check_account(&parsed);
    assert_eq!(parsed.value.entities.len(), 20_001);
}

#[test]
fn the_real_nested_export_is_read_whole() {
    let Some(path) = real::path("ftm/wd_peps_sa_targets.nested.json") else { return };
    let bytes = std::fs::read(path).unwrap();
    assert_eq!(detect(&[SourceFile { name: "x", bytes: &bytes }]), Ok(Format::FtmJsonLines));
    let parsed = parse(&bytes).unwrap();
    check_account(&parsed);
    let rows: Vec<_> = parsed
        .value
        .reconciliation
        .records
        .iter()
        .map(|row| (row.record.as_str(), row.read, row.taken, row.lost))
        .collect();
    assert_eq!(rows, [("entity", 20, 20, 0), ("nested entity", 316, 316, 0)]);
    assert_eq!((parsed.value.entities.len(), parsed.value.reconciliation.parties), (260, 100));
    assert_eq!(parsed.issues.count(Severity::ValueLost), 0, "{:?}", parsed.issues.kept().first());
    let ids: BTreeSet<_> = parsed.value.entities.iter().map(|entity| entity.id.as_str()).collect();
    for entity in &parsed.value.entities {
        for (property, id) in entity.values_of(PropertyKind::Entity) {
            assert!(ids.contains(id), "{}: {} leads nowhere", entity.id, property.name);
        }
    }
}
