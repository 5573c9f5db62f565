//! How is a TON address read? In base64 with flags and a checksum, or raw: `workchain:hash`.

use super::Findings;
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::{base64, checksum, hex};
use crate::reading::Verified;

/// First byte: to be sent back where it cannot be delivered, or not; the highest bit is for the test network.
const BOUNCEABLE: u8 = 0x11;
const NOT_BOUNCEABLE: u8 = 0x51;
const TESTNET: u8 = 0x80;

/// Reads 48 characters of base64. What tells how to send is no part of the address.
pub(crate) fn read(text: &[u8], findings: &mut Findings) {
    let Some(bytes) = base64::decode(text).filter(|bytes| bytes.len() == 36) else { return };
    let Some((body, check)) = bytes.split_last_chunk::<2>() else { return };
    let Some((tag, account)) = body.split_first() else { return };
    if !matches!(tag & !TESTNET, BOUNCEABLE | NOT_BOUNCEABLE) || !is_account(account) {
        return;
    }
    if checksum::crc16(body).to_be_bytes() != *check {
        findings.wrong_checksum(Family::Ton);
        return;
    }
    let chain = if tag & TESTNET == 0 { Chain::Ton } else { Chain::Testnet };
    findings.add(WalletAddress::new(Family::Ton, account), Chains::of(&[chain]), Verified::Checksum);
}

/// Reads `0:` or `-1:` and 64 digits.
pub(crate) fn read_raw(text: &str, findings: &mut Findings) {
    let Some((workchain, digits)) = text.split_once(':') else { return };
    let workchain = match workchain {
        "0" => 0,
        "-1" => u8::MAX,
        _ => return,
    };
    let Some(hash) = hex::decode::<32>(digits.as_bytes()) else { return };
    let payload = [&[workchain], &hash[..]].concat();
    findings.add(WalletAddress::new(Family::Ton, payload), Chains::of(&[Chain::Ton]), Verified::FormOnly);
}

fn is_account(account: &[u8]) -> bool {
    account.len() == 33 && matches!(account.first(), Some(0 | 255))
}

/// The spelling that services show: base64 of URLs, with the flag to be sent back.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    write_flagged(payload, BOUNCEABLE)
}

/// The spelling for wallets that need not exist yet.
pub(crate) fn write_not_bounceable(payload: &[u8]) -> Option<String> {
    write_flagged(payload, NOT_BOUNCEABLE)
}

fn write_flagged(payload: &[u8], tag: u8) -> Option<String> {
    let body = [&[tag], payload].concat();
    is_account(payload).then(|| base64::encode_url(&[&*body, &checksum::crc16(&body).to_be_bytes()].concat()))
}

/// `0:…`.
pub(crate) fn write_raw(payload: &[u8]) -> Option<String> {
    let (workchain, hash) = payload.split_first().filter(|_| is_account(payload))?;
    let workchain = if *workchain == 0 { "0" } else { "-1" };
    Some(format!("{workchain}:{}", hex::encode(hash)))
}
