//! How alike two names are, and what other evidence adds or takes away.

pub(crate) mod align;
pub(crate) mod evidence;
pub(crate) mod name;
pub(crate) mod similarity;
