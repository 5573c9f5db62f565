//! Chains of outputs: storing, reading and following value, against rules written a second time.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on ends")]

mod answers;
mod built;
mod naive;
mod planted;
mod segments;
mod unit_by_unit;
mod vectors;
