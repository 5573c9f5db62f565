//! Ledgers of a question: where they are, what their addresses are called, where tracing begins, and where money went as people read it.

pub(crate) mod labels;
pub(crate) mod opened;
pub(crate) mod places;
pub(crate) mod seeds;
pub(crate) mod store;
pub(crate) mod told;
