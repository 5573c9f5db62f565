//! Clusters and leads, on chains made in memory: against a plain search, and on planted patterns and what only looks like them.

#![expect(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on ends")]

mod built;
mod coinjoins;
mod deposits;
mod guards;
mod partition;
mod peel_chains;
