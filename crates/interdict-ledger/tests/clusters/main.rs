//! Clusters and leads, on chains made in memory: against a plain search, and on planted patterns and what only looks like them.

mod built;
mod coinjoins;
mod deposits;
mod guards;
mod partition;
mod peel_chains;
