//! Networks that look like registers, made from a seed.

mod random;

pub use random::Random;
