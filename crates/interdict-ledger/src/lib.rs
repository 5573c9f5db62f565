//! Where did the money go? Ledgers of chains as mapped segments, value followed through them exactly, and what else a graph shows.
//!
//! Two kinds of ledger are told apart, because taint belongs to different things in them: on a chain of outputs (Bitcoin and its like)
//! it belongs to outputs; on a chain of accounts (Ethereum and its like) to balances in the order of time. Both give the same
//! answer, a [`report::TraceReport`].

pub mod accounts;
pub mod clusters;
pub mod column;
pub mod export;
pub mod exposure;
pub mod generate;
pub mod leads;
pub mod outputs;
pub mod picture;
pub mod report;
pub mod sources;
pub mod strategy;
pub mod words;
mod written;
