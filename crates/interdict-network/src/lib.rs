//! Who owns or controls whom, and is it blocked because of that?
//!
//! A [`network::Builder`] takes parties and interests from any number of sources and becomes a [`network::Network`]. An
//! [`assessment::Assessment`] says how every party of it stands under the [`policy::Policy`] of a regime on a day, given who is designated;
//! [`assessment::Assessment::explain`] proves it for one party. The rules are told from zero in `docs/network.md`.
//!
//! This crate matches no names: who of a network is a designated person is told to it. It reads no clock and no environment; the same
//! input gives the same answer.

pub mod assessment;
pub mod cautions;
pub mod designated;
pub mod designation;
pub mod excerpt;
pub mod explanation;
pub mod export;
pub mod generate;
pub mod government;
pub mod history;
pub mod interest;
pub mod network;
pub mod picture;
pub mod policy;
pub mod share;
pub mod sources;
pub mod standing;

mod alone;
mod interner;
mod spread;
mod sums;
mod weights;
mod written;
