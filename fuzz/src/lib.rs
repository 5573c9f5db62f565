//! The invariants that no input may break, one function for each fuzz target. The fuzz targets hand them generated input;
//! `tests/corpus.rs` of `interdict-lists`, `interdict-match`, `interdict-network` and `interdict-wallets` include the same files and hand them the corpus.

pub mod lists;
pub mod matching;
pub mod network;
pub mod wallets;
