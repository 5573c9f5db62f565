//! How is a Filecoin address read? `f`, a protocol, and bytes in base32 with four bytes of BLAKE2b; `f0` is a bare number.

use super::Findings;
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::{base32, checksum};
use crate::reading::Verified;

/// The namespace of Ethereum's addresses under protocol 4.
pub(crate) const ETHEREUM: u8 = 10;

/// Reads `f1…`, `f2…`, `f3…` and `f410f…`, and the same with `t` of the test network.
pub(crate) fn read(text: &str, findings: &mut Findings) {
    let mut letters = text.chars();
    let chain = match letters.next() {
        Some('f') => Chain::Filecoin,
        Some('t') => Chain::Testnet,
        _ => return,
    };
    let protocol =
        letters.next().and_then(|digit| digit.to_digit(10)).and_then(|digit| u8::try_from(digit).ok());
    let (Some(protocol), rest) = (protocol, letters.as_str()) else { return };
    let (namespace, encoded): (&[u8], _) = match protocol {
        1..=3 => (&[], rest),
        4 => (&[ETHEREUM], rest.strip_prefix("10f").unwrap_or_default()),
        _ => return,
    };
    let Some(bytes) = base32::decode_lower(encoded.as_bytes()) else { return };
    let Some((content, check)) = bytes.split_last_chunk::<4>() else { return };
    if !has_length(protocol, content.len()) {
        return;
    }
    let payload = [&[protocol], namespace, content].concat();
    if checksum::blake2b::<4>(&[&payload]) != *check {
        findings.wrong_checksum(Family::Filecoin);
        return;
    }
    findings.add(WalletAddress::new(Family::Filecoin, payload), Chains::of(&[chain]), Verified::Checksum);
}

fn has_length(protocol: u8, n_bytes: usize) -> bool {
    matches!((protocol, n_bytes), (1 | 2 | 4, 20) | (3, 48))
}

/// `f1…`.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    let (prefix, content) = match payload {
        [4, ETHEREUM, content @ ..] if has_length(4, content.len()) => ("f410f".to_owned(), content),
        [protocol @ 1..=3, content @ ..] if has_length(*protocol, content.len()) => {
            (format!("f{protocol}"), content)
        }
        _ => return None,
    };
    let check = checksum::blake2b::<4>(&[payload]);
    Some(prefix + &base32::encode_upper(&[content, &check].concat()).to_ascii_lowercase())
}
