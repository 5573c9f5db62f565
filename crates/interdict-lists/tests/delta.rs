//! What changed between two versions of a list: exact for machines, by party for people.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

#[path = "shared/real.rs"]
mod real;

#[path = "delta/official.rs"]
mod official;
#[path = "delta/properties.rs"]
mod properties;
#[path = "delta/shown.rs"]
mod shown;
