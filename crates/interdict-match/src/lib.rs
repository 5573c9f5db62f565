//! Who on the lists is this? Names become parts, lists become an index file, a subject becomes hits with reasons.
//!
//! [`index::build()`] turns lists into one immutable file, [`index::Index`] opens it by memory map, and [`screen()`] is a pure
//! function of index, subject and settings. The algorithm is told from zero in `docs/matching.md`.
//!
//! This crate knows no list format and reads no clock, environment or random source; the same input gives the same
//! bytes on any number of threads.

pub mod names;

pub mod clusters;
pub mod index;

mod calibration;
mod candidates;
mod compare;
mod edits;
mod matching;
mod query;
mod score;
mod sound;

pub mod rescreen;
pub mod screen;

pub use calibration::likelihood_ratio;
pub use screen::{Hit, Screening, Settings, compare, screen, screen_exhaustively};
