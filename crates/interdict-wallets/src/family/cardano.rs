//! How is a Cardano address read (CIP-19)? Bech32 since Shelley; before, base58 of CBOR with a CRC-32.

use super::Findings;
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::bech32::{self, Bech32, Variant};
use crate::codec::{base58, bits, checksum};
use crate::reading::Verified;

/// An array of two, tag 24, and a string whose length fits in one byte.
const BYRON_START: [u8; 4] = [0x82, 0xd8, 0x18, 0x58];

/// Are the letters before the separator those of an address?
pub(crate) fn is_hrp(hrp: &str) -> bool {
    matches!(hrp, "addr" | "addr_test" | "stake" | "stake_test")
}

/// Reads groups whose checksum is right.
pub(crate) fn read(read: &Bech32, findings: &mut Findings) {
    let Some(bytes) = bits::to_bytes(&read.groups).filter(|_| read.variant == Variant::Bech32) else {
        return;
    };
    if hrp(&bytes) == Some(&*read.hrp) {
        add(&bytes, findings);
    }
}

fn add(bytes: &[u8], findings: &mut Findings) {
    let is_test = hrp(bytes).is_some_and(|hrp| hrp.ends_with("_test"));
    let chain = if is_test { Chain::Testnet } else { Chain::Cardano };
    findings.add(WalletAddress::new(Family::Cardano, bytes), Chains::of(&[chain]), Verified::Checksum);
}

/// What stands before the separator of these bytes: the first names kind (upper half) and network (lower half).
fn hrp(bytes: &[u8]) -> Option<&'static str> {
    let (header, content) = bytes.split_first()?;
    let fits = match header >> 4 {
        0..=3 => content.len() == 56,
        // A pointer: key hash, and three numbers of one to ten bytes.
        4 | 5 => (31..=58).contains(&content.len()),
        6 | 7 | 14 | 15 => content.len() == 28,
        _ => false,
    };
    match (header >> 4, header & 15) {
        _ if !fits => None,
        (14 | 15, 1) => Some("stake"),
        (14 | 15, 0) => Some("stake_test"),
        (_, 1) => Some("addr"),
        (_, 0) => Some("addr_test"),
        _ => None,
    }
}

/// Reads what base58 decoded to, where it begins as a Byron address does.
pub(crate) fn read_byron(bytes: &[u8], findings: &mut Findings) {
    if !bytes.starts_with(&BYRON_START) {
        return;
    }
    if is_byron(bytes) {
        add(bytes, findings);
    } else {
        findings.wrong_checksum(Family::Cardano);
    }
}

/// Length, string, and its CRC-32 as a number of CBOR.
fn is_byron(bytes: &[u8]) -> bool {
    let Some((n_bytes, rest)) = bytes.strip_prefix(&BYRON_START).and_then(|rest| rest.split_first()) else {
        return false;
    };
    let Some((content, sum)) = rest.split_at_checked(usize::from(*n_bytes)) else { return false };
    sum == cbor_number(checksum::crc32(content)) && content.first() == Some(&0x83)
}

/// The shortest form of a number, as CBOR has it.
fn cbor_number(value: u32) -> Vec<u8> {
    let [a, b, c, d] = value.to_be_bytes();
    match value {
        0..24 => vec![d],
        24..0x100 => vec![0x18, d],
        0x100..0x1_0000 => vec![0x19, c, d],
        _ => vec![0x1a, a, b, c, d],
    }
}

/// The hashes by which it is spent and staked.
pub(crate) fn credentials(payload: &[u8]) -> Vec<&[u8]> {
    match payload.split_first() {
        Some((header, content)) if hrp(payload).is_some() => {
            let n_hashes = if header >> 4 <= 3 { 2 } else { 1 };
            content.chunks_exact(28).take(n_hashes).collect()
        }
        _ => Vec::new(),
    }
}

/// `addr1…`, or base58 for those of before.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    if let Some(hrp) = hrp(payload) {
        return Some(bech32::encode(hrp, &bits::from_bytes(payload), Variant::Bech32));
    }
    let text = base58::encode(payload, &base58::BITCOIN);
    (is_byron(payload) && text.len() <= base58::CHARS_MAX).then_some(text)
}
