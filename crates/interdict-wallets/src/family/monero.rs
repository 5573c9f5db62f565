//! How is a Monero address read? Two public keys in base58 by blocks, with Keccak-256; an integrated address adds a payment
//! identifier to a standard one.

use super::Findings;
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::{base58, checksum};
use crate::reading::Memo;

const STANDARD: u8 = 18;
const INTEGRATED: u8 = 19;
const SUBADDRESS: u8 = 42;
/// Standard, integrated and subaddresses of the test networks (monero `cryptonote_config.h`).
const TEST_STANDARD: [u8; 2] = [53, 24];
const TEST_INTEGRATED: [u8; 2] = [54, 25];
const TEST_SUBADDRESS: [u8; 2] = [63, 36];

/// Has it as many characters as an address?
pub(crate) fn has_length(n_chars: usize) -> bool {
    matches!(n_chars, 95 | 106)
}

/// Reads 95 or 106 characters.
pub(crate) fn read(text: &[u8], findings: &mut Findings) {
    let Some(bytes) = base58::decode_blocks(text) else { return };
    let Some((body, check)) = bytes.split_last_chunk::<4>() else { return };
    if !checksum::keccak256(body).starts_with(check) {
        findings.wrong_checksum(Family::Monero);
        return;
    }
    let Some((network, keys)) = body.split_first() else { return };
    let Some((keys, payment)) = keys.split_at_checked(64) else { return };
    let payment: Option<[u8; 8]> = payment.try_into().ok();
    let standard = match (*network, payment) {
        (STANDARD | SUBADDRESS, None) => *network,
        (INTEGRATED, Some(_)) => STANDARD,
        (other, None) if TEST_STANDARD.contains(&other) || TEST_SUBADDRESS.contains(&other) => other,
        (other, Some(_)) if TEST_INTEGRATED.contains(&other) => other - 1,
        _ => return,
    };
    let chain = if matches!(standard, STANDARD | SUBADDRESS) { Chain::Monero } else { Chain::Testnet };
    let address = WalletAddress::new(Family::Monero, [&[standard], keys].concat());
    findings.add_with_memo(address, Chains::of(&[chain]), payment.map(Memo::PaymentId));
}

/// `4…` or `8…`.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    let network = payload.first()?;
    let is_known = matches!(*network, STANDARD | SUBADDRESS)
        || TEST_STANDARD.contains(network)
        || TEST_SUBADDRESS.contains(network);
    (payload.len() == 65 && is_known).then(|| write_checked(payload))
}

/// A standard address with a payment identifier.
pub(crate) fn write_integrated(payload: &[u8], payment: [u8; 8]) -> Option<String> {
    let keys = payload.strip_prefix(&[STANDARD]).filter(|keys| keys.len() == 64)?;
    Some(write_checked(&[&[INTEGRATED], keys, &payment].concat()))
}

fn write_checked(body: &[u8]) -> String {
    let digest = checksum::keccak256(body);
    base58::encode_blocks(&[body, digest.first_chunk::<4>().unwrap_or(&[0; 4])].concat())
}
