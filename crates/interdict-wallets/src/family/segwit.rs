//! How is a segregated witness address read (BIP-141, BIP-173, BIP-350)? The letters before the separator name the chain.

use super::Findings;
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::bech32::{self, Bech32, Variant};
use crate::codec::bits;
use crate::reading::Verified;

/// Most characters of an address, BIP-173.
const CHARS_MAX: usize = 90;

const HRPS: [(&str, Chain); 13] = [
    ("bc", Chain::Bitcoin),
    ("ltc", Chain::Litecoin),
    ("btg", Chain::BitcoinGold),
    ("dgb", Chain::DigiByte),
    ("vtc", Chain::Vertcoin),
    ("qc", Chain::Qtum),
    ("nc", Chain::Namecoin),
    ("pc", Chain::Peercoin),
    ("tb", Chain::Testnet),
    ("bcrt", Chain::Testnet),
    ("sb", Chain::Testnet),
    ("tltc", Chain::Testnet),
    ("rltc", Chain::Testnet),
];

/// Has the chain of these letters such addresses?
pub(crate) fn is_hrp(hrp: &str) -> bool {
    HRPS.iter().any(|(known, _)| *known == hrp)
}

/// Reads groups whose checksum is right. `false` where they are no such address.
pub(crate) fn read(text_chars: usize, read: &Bech32, findings: &mut Findings) -> bool {
    let Some((version, program)) = witness(read).filter(|_| text_chars <= CHARS_MAX) else { return false };
    let known = HRPS.iter().find(|(hrp, _)| *hrp == read.hrp);
    // Of an unknown chain only the usual lengths, so that no other bech32 text is taken for one.
    if known.is_none() && !matches!((version, program.len()), (0, 20 | 32) | (1, 32)) {
        return false;
    }
    let chains = known.map_or(Chains::NONE, |(_, chain)| Chains::of(&[*chain]));
    let payload = [read.hrp.as_bytes(), &[0, version], &program].concat();
    findings.add(WalletAddress::new(Family::Segwit, payload), chains, Verified::Checksum);
    true
}

fn witness(read: &Bech32) -> Option<(u8, Vec<u8>)> {
    let (version, groups) = read.groups.split_first()?;
    let program = bits::to_bytes(groups)?;
    (is_program(*version, &program) && read.variant == variant(*version)).then_some((*version, program))
}

fn is_program(version: u8, program: &[u8]) -> bool {
    match version {
        0 => matches!(program.len(), 20 | 32),
        1..=16 => (2..=40).contains(&program.len()),
        _ => false,
    }
}

fn variant(version: u8) -> Variant {
    if version == 0 { Variant::Bech32 } else { Variant::Bech32m }
}

/// The letters before the separator, version and program of a payload.
pub(crate) fn parts(payload: &[u8]) -> Option<(&str, u8, &[u8])> {
    let end = payload.iter().position(|byte| *byte == 0)?;
    let hrp = std::str::from_utf8(payload.get(..end)?).ok()?;
    let (version, program) = payload.get(end + 1..)?.split_first()?;
    Some((hrp, *version, program))
}

/// `bc1…`.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    let (hrp, version, program) = parts(payload)?;
    if !is_program(version, program) || !super::bech32_account::is_written_hrp(hrp) {
        return None;
    }
    let groups = [&[version], &*bits::from_bytes(program)].concat();
    let text = bech32::encode(hrp, &groups, variant(version));
    let is_usual = is_hrp(hrp) || matches!((version, program.len()), (0, 20 | 32) | (1, 32));
    (text.len() <= CHARS_MAX && is_usual).then_some(text)
}
