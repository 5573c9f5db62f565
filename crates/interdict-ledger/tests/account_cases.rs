//! Do small cases worked out by hand come out, for every strategy and to the unit?

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

#[path = "shared/case.rs"]
mod case;

use std::path::Path;

use case::check_all;

#[test]
fn cases_of_this_repository() {
    let text = include_str!("fixtures/account_cases.json");
    assert_eq!(check_all(text), 9);
}

/// The published vectors, where they are at hand.
#[test]
fn shared_vectors() {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors/taint_cases.json"));
    match std::fs::read_to_string(path) {
        Ok(text) => assert!(check_all(&text) >= 5),
        Err(_) => println!("skipped: vectors not found"),
    }
}
