//! The network of a question: what the lists and the files of holdings say of who owns or controls whom, and who of it is designated.
//!
//! [`loading`] reads, [`kept`] keeps files of holdings in the home folder, [`designees`] finds the designated parties, and [`ownership`]
//! makes those that are blocked through others ready to be screened against.

pub(crate) mod designees;
pub(crate) mod kept;
pub(crate) mod loading;
mod names;
pub(crate) mod ownership;
mod same;
mod told;
