//! Ledgers of a question: where money went, as people read it.

pub(crate) mod told;
