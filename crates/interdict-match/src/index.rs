//! The index: lists in a form in which a name finds its candidates in microseconds.
//!
//! It is one immutable file, built from list versions ([`build`]) and opened by memory map ([`Index::open`]). The layout is
//! told byte by byte in [`mod@format`]; nothing outside this module knows it.

pub mod format;

mod build;
pub(crate) mod near;
mod open;
mod party;
mod profile;
mod reading;
mod verify;

pub use build::{BuildError, ListInput, build, digest_of};
pub(crate) use build::{CUT_OFF, build_subjects};
pub use open::{Index, OpenError, VERIFIED_MAX};
pub use party::{EntityRef, NameRef};
pub use profile::NameQuality;
pub use reading::{PartRef, ReadingRef};

pub(crate) mod runs;

use serde::{Deserialize, Serialize};

use interdict_core::list::ListVersion;

/// What an index says of itself: the first section of the file, and the `index` of every answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexInfo {
    /// The digest of the inputs: format, analysis and the digests of the lists, in order.
    pub digest: interdict_core::digest::Digest,
    /// The lists it holds.
    pub lists: Vec<ListVersion>,
}
