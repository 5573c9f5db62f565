//! What is this wallet address? A text in, every address that it can be out: family, bytes, possible chains, and what was verified.
//!
//! The label that a list gives is a hint and never a fact: the string is decoded, and that decides. A private key or seed phrase is refused and
//! kept nowhere. This crate knows nothing of lists; who is listed is for those who compare keys.

pub mod address;
pub mod chain;
pub mod claim;
pub mod confidence;
pub mod index;
pub mod reading;
pub mod refusal;
pub mod related;
pub mod scan;
pub mod spelling;
pub mod tagpack;

mod codec;
mod envelope;
mod family;
mod fold;
mod parse;
mod secret;

pub use address::{Family, WalletAddress};
pub use chain::{Chain, Chains};
pub use claim::{Claim, Class, Listed, Party, Standing, Tag};
pub use confidence::Confidence;
pub use index::{Added, AddressIndex, AddressLabel, By, Match};
pub use parse::{parse, raw_key};
pub use reading::{Candidate, Folded, Hint, Memo, RawKey, Reading, Relation, Undecided, Verified};
pub use refusal::{Refusal, SecretKind};
pub use related::{RelatedKey, RelatedKind, related_keys};
pub use spelling::{bare_spellings, spellings};
