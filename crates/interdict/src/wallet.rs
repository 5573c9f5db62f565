//! Wallet addresses: what the lists in force and kept tags say of them, as one index, and how an answer about one looks.

pub(crate) mod answer;
pub(crate) mod asked;
pub(crate) mod history;
pub(crate) mod listed;
pub(crate) mod opened;
pub(crate) mod tags;
