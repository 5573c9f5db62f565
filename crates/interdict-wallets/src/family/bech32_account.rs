//! How is an account in bech32 read, as on Cosmos, BNB Beacon Chain and many others? The letters before the separator name the
//! chain, or a chain that is not known by name.

use super::Findings;
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::bech32::{self, Bech32, Variant};
use crate::codec::bits;
use crate::reading::{Undecided, Verified};

const HRPS: [(&str, Chain); 11] = [
    ("bnb", Chain::BnbBeacon),
    ("cosmos", Chain::Cosmos),
    ("osmo", Chain::Osmosis),
    ("thor", Chain::Thorchain),
    ("terra", Chain::Terra),
    ("kava", Chain::Kava),
    ("inj", Chain::Injective),
    ("evmos", Chain::Evmos),
    ("sei", Chain::Sei),
    ("celestia", Chain::Celestia),
    ("tbnb", Chain::Testnet),
];
/// Those of them whose accounts are Ethereum's: the last bytes of Keccak-256 of the public key.
const ETHEREUM_LIKE: [&str; 7] = ["inj", "evmos", "one", "io", "canto", "zeta", "dym"];
/// Shortest and longest content: an account has 20 bytes, a contract 32, Litecoin's MWEB address 66.
const CONTENT_BYTES: std::ops::RangeInclusive<usize> = 20..=66;

/// Reads groups whose checksum is right.
pub(crate) fn read(read: &Bech32, findings: &mut Findings) {
    let content = bits::to_bytes(&read.groups).filter(|content| CONTENT_BYTES.contains(&content.len()));
    let Some(content) = content.filter(|_| is_written_hrp(&read.hrp)) else {
        findings.not(Undecided::UnknownForm);
        return;
    };
    // The checksum's constant is not part of the key: accounts are in bech32, and what is in bech32m is marked by a one.
    let mark = u8::from(read.variant == Variant::Bech32m);
    let payload = [read.hrp.as_bytes(), &[mark], &content].concat();
    let known = HRPS.iter().find(|(hrp, _)| *hrp == read.hrp);
    let chains = known.map_or(Chains::NONE, |(_, chain)| Chains::of(&[*chain]));
    findings.add(WalletAddress::new(Family::Bech32Account, payload), chains, Verified::Checksum);
}

/// Is the chain of these letters known by name?
pub(crate) fn is_known_hrp(hrp: &str) -> bool {
    HRPS.iter().any(|(known, _)| *known == hrp)
}

/// May it be before the separator of an address that is written? Lower case letters, digits and a few marks.
pub(crate) fn is_written_hrp(hrp: &str) -> bool {
    let is_letter =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
    (1..=32).contains(&hrp.len()) && hrp.bytes().all(is_letter)
}

/// The letters before the separator, the variant, and the content of a payload.
pub(crate) fn parts(payload: &[u8]) -> Option<(&str, Variant, &[u8])> {
    let end = payload.iter().position(|byte| *byte <= 1)?;
    let hrp = std::str::from_utf8(payload.get(..end)?).ok().filter(|hrp| is_written_hrp(hrp))?;
    let variant = if payload.get(end) == Some(&0) { Variant::Bech32 } else { Variant::Bech32m };
    Some((hrp, variant, payload.get(end + 1..)?))
}

/// Is the content an account as Ethereum makes it?
pub(crate) fn is_ethereum_like(hrp: &str) -> bool {
    ETHEREUM_LIKE.contains(&hrp)
}

/// `cosmos1…`.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    let (hrp, variant, content) = parts(payload)?;
    let is_other = super::is_of_another_bech32_family(hrp);
    (CONTENT_BYTES.contains(&content.len()) && !is_other)
        .then(|| bech32::encode(hrp, &bits::from_bytes(content), variant))
}
