//! How alike two names are, and what other evidence adds or takes away.

pub(crate) mod align;
mod costs;
pub(crate) mod evidence;
pub(crate) mod name;
pub(crate) mod similarity;
