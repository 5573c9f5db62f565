//! How is an address of Polkadot and its like read (SS58)? Prefix of the network, account, and two bytes of BLAKE2b.

use super::Findings;
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::{base58, checksum};
use crate::reading::Verified;

/// Is it as long as an address with an account of 32 bytes?
pub(crate) fn has_length(n_bytes: usize) -> bool {
    matches!(n_bytes, 35 | 36)
}

/// Reads what base58 decoded to.
pub(crate) fn read(bytes: &[u8], findings: &mut Findings) {
    let Some((body, check)) = bytes.split_last_chunk::<2>() else { return };
    let Some((prefix, account)) = split(body) else { return };
    if sum(body) != *check {
        findings.wrong_checksum(Family::Substrate);
        return;
    }
    let chain = match prefix {
        0 => Chain::Polkadot,
        2 => Chain::Kusama,
        _ => Chain::OtherSubstrate,
    };
    let payload = [&prefix.to_be_bytes(), account].concat();
    findings.add(WalletAddress::new(Family::Substrate, payload), Chains::of(&[chain]), Verified::Checksum);
}

/// The prefix, of one byte below 64 or of two, and the account.
fn split(body: &[u8]) -> Option<(u16, &[u8])> {
    match body {
        [prefix @ 0..64, account @ ..] if account.len() == 32 => Some((u16::from(*prefix), account)),
        [a @ 64..128, b, account @ ..] if account.len() == 32 => {
            let low = ((a & 0b0011_1111) << 2) | (b >> 6);
            Some((u16::from_be_bytes([b & 0b0011_1111, low]), account)).filter(|(prefix, _)| *prefix >= 64)
        }
        _ => None,
    }
}

fn sum(body: &[u8]) -> [u8; 2] {
    let [a, b, ..] = checksum::blake2b::<64>(&[b"SS58PRE", body]);
    [a, b]
}

/// Base58 with prefix and checksum.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    let ([high, low], account) = payload.split_first_chunk::<2>()?;
    let prefix = match (high, low) {
        (0, 0..64) => vec![*low],
        (0..64, _) => vec![0b0100_0000 | (low >> 2), high | (low << 6)],
        _ => return None,
    };
    let body = [&*prefix, account].concat();
    (account.len() == 32).then(|| base58::encode(&[&*body, &sum(&body)].concat(), &base58::BITCOIN))
}
