//! How is a CashAddr address of Bitcoin Cash read? It is another spelling of the address that base58 writes.

use super::{Findings, bitcoin};
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::{bech32, bits};
use crate::reading::Verified;

/// Prefixes and their chains.
const PREFIXES: [(&str, Chain); 5] = [
    ("bitcoincash", Chain::BitcoinCash),
    ("ecash", Chain::Ecash),
    ("simpleledger", Chain::BitcoinCash),
    ("bchtest", Chain::Testnet),
    ("bchreg", Chain::Testnet),
];

/// Is it a prefix of such an address, in any case?
pub(crate) fn is_prefix(text: &str) -> bool {
    PREFIXES.iter().any(|(prefix, _)| prefix.eq_ignore_ascii_case(text))
}

/// Reads it with its prefix, or finds the prefix that the checksum is of.
pub(crate) fn read(text: &str, findings: &mut Findings) {
    let (said, data) = text.split_once(':').map_or((None, text), |(prefix, data)| (Some(prefix), data));
    if said.is_none() && !has_form(data) {
        return;
    }
    for (prefix, chain) in PREFIXES {
        if said.is_some_and(|said| !prefix.eq_ignore_ascii_case(said)) {
            continue;
        }
        if let Some(groups) = bech32::decode_cash(prefix, data.as_bytes()) {
            add(&groups, chain, findings);
            return;
        }
    }
    findings.wrong_checksum(Family::Bitcoin);
}

/// As long as one with a hash of 20 or 32 bytes, and of a version that is in use.
fn has_form(data: &str) -> bool {
    matches!(data.len(), 42 | 61)
        && matches!(data.as_bytes().first(), Some(b'q' | b'p' | b'z' | b'r' | b'Q' | b'P' | b'Z' | b'R'))
}

fn add(groups: &[u8], chain: Chain, findings: &mut Findings) {
    let Some(bytes) = bits::to_bytes(groups) else { return };
    let Some((version, hash)) = bytes.split_first() else { return };
    let form = match (version, hash.len()) {
        (0x00 | 0x10, 20) => bitcoin::KEY,
        (0x08 | 0x18, 20) | (0x0b | 0x1b, 32) => bitcoin::SCRIPT,
        _ => return,
    };
    let payload =
        if chain == Chain::Testnet { [testnet(form), hash].concat() } else { [form, hash].concat() };
    findings.add(WalletAddress::new(Family::Bitcoin, payload), Chains::of(&[chain]), Verified::Checksum);
}

fn testnet(form: &[u8]) -> &'static [u8] {
    if form == bitcoin::KEY { &[0x6f] } else { &[0xc4] }
}

/// The spelling of an address that has Bitcoin's version, without the prefix.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    let (version, hash) = payload.split_first()?;
    let form = match (version, hash.len()) {
        (0x00, 20) => 0x00,
        (0x05, 20) => 0x08,
        (0x05, 32) => 0x0b,
        _ => return None,
    };
    Some(bech32::encode_cash("bitcoincash", &bits::from_bytes(&[&[form], hash].concat())))
}
