//! How is a TRON address read? Base58 with Bitcoin's checksum and version 0x41, or these 21 bytes in hexadecimal.

use super::{Findings, bitcoin};
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::hex;
use crate::reading::Verified;

/// The first byte of an address.
pub(crate) const VERSION: u8 = 0x41;

/// `41` and forty digits; `0x` before it is allowed.
pub(crate) fn read_hex(text: &[u8], findings: &mut Findings) {
    if let Some([VERSION, hash @ ..]) = hex::decode::<21>(text) {
        add(&hash, Verified::FormOnly, findings);
    }
}

pub(crate) fn add(hash: &[u8], verified: Verified, findings: &mut Findings) {
    findings.add(WalletAddress::new(Family::Tron, hash), Chains::of(&[Chain::Tron]), verified);
}

/// `T…`.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    (payload.len() == 20).then(|| bitcoin::write_checked(&[&[VERSION], payload].concat()))
}
