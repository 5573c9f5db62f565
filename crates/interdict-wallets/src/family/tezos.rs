//! How is a Tezos address read? Base58 with Bitcoin's checksum and three bytes that make it begin with `tz1`, `tz2`, `tz3`, `tz4` or `KT1`.

use super::{Findings, bitcoin};
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::checksum;
use crate::reading::Verified;

const PREFIXES: [[u8; 3]; 5] = [[6, 161, 159], [6, 161, 161], [6, 161, 164], [6, 161, 166], [2, 90, 121]];

/// Reads what base58 decoded to.
pub(crate) fn read(bytes: &[u8], findings: &mut Findings) {
    if !has_form(bytes, 27) {
        return;
    }
    let Some(body) = checksum::without_sha256d(bytes) else {
        findings.wrong_checksum(Family::Tezos);
        return;
    };
    findings.add(WalletAddress::new(Family::Tezos, body), Chains::of(&[Chain::Tezos]), Verified::Checksum);
}

fn has_form(bytes: &[u8], n_bytes: usize) -> bool {
    bytes.len() == n_bytes && bytes.first_chunk().is_some_and(|prefix| PREFIXES.contains(prefix))
}

/// `tz1…`.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    has_form(payload, 23).then(|| bitcoin::write_checked(payload))
}
