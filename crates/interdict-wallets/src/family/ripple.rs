//! How is an XRP ledger address read? Base58 in an alphabet of its own; an X-address adds a destination tag.

use super::Findings;
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::{base58, checksum};
use crate::reading::Memo;
use crate::refusal::{Refusal, SecretKind};

const ACCOUNT: u8 = 0;
/// Prefixes of X-addresses on the ledger and its test networks (XLS-5d).
const X_MAIN: [u8; 2] = [0x05, 0x44];
const X_TEST: [u8; 2] = [0x04, 0x93];
/// First bytes of seeds: `s…` and `sEd…`.
const SEED: u8 = 0x21;
const SEED_ED25519: [u8; 3] = [0x01, 0xe1, 0x4b];

/// Reads `r…`, `X…` and `T…`, and refuses seeds, `s…`.
pub(crate) fn read(text: &[u8], findings: &mut Findings) -> Result<(), Refusal> {
    if !matches!(text.first(), Some(b'r' | b'X' | b'T' | b's')) || !(25..=47).contains(&text.len()) {
        return Ok(());
    }
    let Some(bytes) = base58::decode(text, &base58::RIPPLE) else { return Ok(()) };
    let Some(body) = checksum::without_sha256d(bytes.as_slice()) else {
        if text.starts_with(b"r") && bytes.as_slice().len() == 25 {
            findings.wrong_checksum(Family::Ripple);
        }
        return Ok(());
    };
    match body {
        [ACCOUNT, account @ ..] if account.len() == 20 => {
            findings.add_with_memo(address(account), Chains::of(&[Chain::Ripple]), None);
        }
        [SEED, seed @ ..] if seed.len() == 16 => return Err(Refusal::Secret(SecretKind::AccountSeed)),
        [a, b, c, ..] if [*a, *b, *c] == SEED_ED25519 => {
            return Err(Refusal::Secret(SecretKind::AccountSeed));
        }
        [a, b, rest @ ..] if [*a, *b] == X_MAIN => read_x(rest, Chain::Ripple, findings),
        [a, b, rest @ ..] if [*a, *b] == X_TEST => read_x(rest, Chain::Testnet, findings),
        _ => {}
    }
    Ok(())
}

/// Account, whether there is a tag, the tag with its lowest byte first, and four zeros.
fn read_x(rest: &[u8], chain: Chain, findings: &mut Findings) {
    let Some((account, [flag, a, b, c, d, 0, 0, 0, 0])) = rest.split_at_checked(20) else { return };
    let tag = u32::from_le_bytes([*a, *b, *c, *d]);
    let memo = match (flag, tag) {
        (0, 0) => None,
        (1, _) => Some(Memo::Tag(tag)),
        _ => return,
    };
    findings.add_with_memo(address(account), Chains::of(&[chain]), memo);
}

fn address(account: &[u8]) -> WalletAddress {
    WalletAddress::new(Family::Ripple, account)
}

/// `r…`.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    (payload.len() == 20).then(|| write_checked(&[&[ACCOUNT], payload].concat()))
}

/// `X…`, with a tag or without.
pub(crate) fn write_x(payload: &[u8], tag: Option<u32>) -> Option<String> {
    let flag = u8::from(tag.is_some());
    let body = [&X_MAIN, payload, &[flag], &tag.unwrap_or_default().to_le_bytes(), &[0; 4]].concat();
    (payload.len() == 20).then(|| write_checked(&body))
}

fn write_checked(body: &[u8]) -> String {
    base58::encode(&[body, &checksum::sha256d_4(body)].concat(), &base58::RIPPLE)
}
