//! Is the embedded model still the FollowTheMoney model that is in force? Compares it with the real `model.json` where that is
//! at hand.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on must fail, and say what it skips"
)]

#[path = "../examples/compact_model/compact.rs"]
mod compact;

use std::path::PathBuf;

use serde_json::Value;

const EMBEDDED: &str = include_str!("../model/followthemoney.tsv");

fn model() -> Option<Value> {
    let data = std::env::var_os("INTERDICT_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let Ok(bytes) = std::fs::read(data.join("ftm/model.json")) else {
        println!("skipped: real data not found (set INTERDICT_DATA)");
        return None;
    };
    Some(serde_json::from_slice(&bytes).unwrap())
}

/// The first line in which two texts differ, and what each says there.
fn first_difference<'a>(one: &'a str, other: &'a str) -> Option<(usize, &'a str, &'a str)> {
    let (mut ones, mut others) = (one.lines(), other.lines());
    (1..).find_map(|number| match (ones.next(), others.next()) {
        (None, None) => Some(None),
        (one, other) if one == other => None,
        (one, other) => Some(Some((number, one.unwrap_or("(end)"), other.unwrap_or("(end)")))),
    })?
}

#[test]
fn the_embedded_model_is_the_one_in_force() {
    let Some(model) = model() else { return };
    let in_force = compact::compact(&model);
    assert!(in_force.lines().count() > 1_000);
    assert_eq!(
        first_difference(EMBEDDED, &in_force),
        None,
        "run the example compact_model, and look through what changed"
    );
}

#[test]
fn a_change_of_the_model_is_seen() {
    let Some(mut model) = model() else { return };
    model["schemata"]["Person"]["properties"]["birthDate"]["type"] = Value::from("string");
    let (_, was, is) = first_difference(EMBEDDED, &compact::compact(&model))
        .map(|(n, a, b)| (n, a.to_owned(), b.to_owned()))
        .unwrap();
    assert!(
        was.starts_with("prop\tbirthDate\tdate") && is.starts_with("prop\tbirthDate\tstring"),
        "{was} | {is}"
    );
}
