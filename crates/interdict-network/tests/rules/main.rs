//! Who is blocked under which rules: written cases, published examples, history, and the rules written a second time.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod cases;
mod chance;
mod generated;
mod graphs;
mod history;
mod naive;
mod proofs;
#[path = "../../../interdict-lists/tests/shared/real.rs"]
mod real;
mod vectors;
mod worlds;
