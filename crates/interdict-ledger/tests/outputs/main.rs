//! Chains of outputs: storing, reading and following value, against rules written a second time.

mod built;
mod naive;
mod segments;
mod unit_by_unit;
mod vectors;
