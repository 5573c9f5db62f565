//! How are the letters of an address turned into bytes and back? One file for each alphabet; what the bytes mean is for the
//! families.

pub(crate) mod base32;
pub(crate) mod base58;
pub(crate) mod base64;
pub(crate) mod bech32;
pub(crate) mod bits;
pub(crate) mod checksum;
pub(crate) mod hex;
