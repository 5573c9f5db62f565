//! How is an address of Ethereum and its like read? Forty digits; the case of the letters can hold a checksum (EIP-55).

use super::Findings;
use crate::address::{Family, WalletAddress};
use crate::chain::Chains;
use crate::codec::{checksum, hex};
use crate::reading::Verified;

/// Forty digits without `0x`.
pub(crate) fn read(digits: &[u8], findings: &mut Findings) {
    let Some(bytes) = hex::decode::<20>(digits) else { return };
    let is_mixed = digits.iter().any(u8::is_ascii_lowercase) && digits.iter().any(u8::is_ascii_uppercase);
    let verified = match is_mixed {
        false => Verified::FormOnly,
        true if has_right_case(digits) => Verified::Checksum,
        true => Verified::WrongCase,
    };
    findings.add(WalletAddress::new(Family::Evm, bytes), Chains::EVM, verified);
}

fn has_right_case(digits: &[u8]) -> bool {
    let mut lower = [0; 40];
    for (lower, digit) in lower.iter_mut().zip(digits) {
        *lower = digit.to_ascii_lowercase();
    }
    // One for a letter in the wrong case, by the bit that lower case sets; digits have none and are right either way. Without
    // branches, as these would be guessed wrong half of the time.
    let wrong = |digit: u8, high_bit: u8| u8::from(digit >= b'A') & ((digit >> 5 & 1) ^ high_bit ^ 1);
    let hash = checksum::keccak256(&lower);
    let pairs = digits.chunks_exact(2).zip(hash);
    let any_wrong = pairs.fold(0, |any_wrong, (pair, byte)| match pair {
        [high, low] => any_wrong | wrong(*high, byte >> 7) | wrong(*low, byte >> 3 & 1),
        _ => 1,
    });
    any_wrong == 0
}

/// The digits of Keccak-256 of a text, one by one.
fn nibbles(text: &[u8]) -> impl Iterator<Item = u8> {
    checksum::keccak256(text).into_iter().flat_map(|byte| [byte >> 4, byte & 15])
}

/// `0x…` with the checksum of EIP-55.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    if payload.len() != 20 {
        return None;
    }
    let lower = hex::encode(payload);
    let cased = lower.chars().zip(nibbles(lower.as_bytes()));
    let cased = cased.map(|(digit, nibble)| if nibble >= 8 { digit.to_ascii_uppercase() } else { digit });
    Some("0x".chars().chain(cased).collect())
}
