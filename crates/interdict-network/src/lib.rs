//! Who owns or controls whom, and is it blocked?
pub mod designated;
pub mod interest;
pub mod network;
pub mod policy;
pub mod share;
pub mod standing;

mod interner;
mod spread;
mod weights;
