//! Block files of a node: what comes out of them is what the `bitcoin` crate, another implementation, wrote into them.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on ends")]

mod folder;
mod hostile;
mod kept;
mod made;
mod reading;
mod reorganized;
mod scripts;
mod tables;
