//! How is a Solana address read? 32 bytes in base58, and nothing to check them by.

use super::Findings;
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::base58;
use crate::reading::Verified;

/// Reads what base58 decoded to.
pub(crate) fn read(bytes: &[u8], findings: &mut Findings) {
    if bytes.len() == 32 {
        findings.add(
            WalletAddress::new(Family::Solana, bytes),
            Chains::of(&[Chain::Solana]),
            Verified::FormOnly,
        );
    }
}

/// Base58.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    (payload.len() == 32).then(|| base58::encode(payload, &base58::BITCOIN))
}
