//! Does the reading of wallet addresses keep its invariants on everything that fuzzing ever found? The checks are those of the fuzz
//! targets.

#![expect(clippy::unwrap_used, reason = "a check that fails must fail the test")]

#[path = "../../../fuzz/src/replay.rs"]
mod replay;
#[path = "../../../fuzz/src/wallets.rs"]
mod wallets;

#[test]
fn every_corpus_file_keeps_the_invariants() {
    replay::all(wallets::TARGETS);
}
