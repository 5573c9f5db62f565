//! How is an Algorand address read? 32 bytes and the last four of their SHA-512/256, in base32.

use sha2::{Digest, Sha512_256};

use super::Findings;
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::base32;
use crate::reading::Verified;

/// Reads 58 characters.
pub(crate) fn read(text: &[u8], findings: &mut Findings) {
    let Some(bytes) = base32::decode_upper(text).filter(|_| text.len() == 58) else { return };
    let Some((key, check)) = bytes.split_last_chunk::<4>() else { return };
    if sum(key) != *check {
        findings.wrong_checksum(Family::Algorand);
        return;
    }
    findings.add(
        WalletAddress::new(Family::Algorand, key),
        Chains::of(&[Chain::Algorand]),
        Verified::Checksum,
    );
}

fn sum(key: &[u8]) -> [u8; 4] {
    Sha512_256::digest(key).last_chunk().copied().unwrap_or_default()
}

/// Base32 with checksum.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    (payload.len() == 32).then(|| base32::encode_upper(&[payload, &sum(payload)].concat()))
}
