//! The program as a whole process.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

#[path = "../../interdict-ledger/tests/blocks/made.rs"]
mod made;
#[path = "program/run.rs"]
mod run;
#[path = "../src/fetch/server.rs"]
mod server;

#[path = "program/archive.rs"]
mod archive;
#[path = "program/chain.rs"]
mod chain;
#[path = "program/chain_parquet.rs"]
mod chain_parquet;
#[path = "program/clusters.rs"]
mod clusters;
#[path = "program/contract.rs"]
mod contract;
#[path = "program/diff.rs"]
mod diff;
#[path = "program/evaluate.rs"]
mod evaluate;
#[path = "program/fetch.rs"]
mod fetch;
#[path = "program/network.rs"]
mod network;
#[path = "program/official_lists.rs"]
mod official_lists;
#[path = "program/rescreen.rs"]
mod rescreen;
#[path = "program/trace.rs"]
mod trace;
#[path = "program/wallet.rs"]
mod wallet;
#[path = "program/wallet_tags.rs"]
mod wallet_tags;
