//! How is a Stellar address read (SEP-23)? Accounts `G…`, contracts `C…`, and accounts with a number, `M…`.

use super::Findings;
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::{base32, checksum};
use crate::reading::Memo;
use crate::refusal::{Refusal, SecretKind};

/// Version of an account, `G`.
pub(crate) const ACCOUNT: u8 = 6 << 3;
const CONTRACT: u8 = 2 << 3;
const MUXED: u8 = 12 << 3;
const SEED: u8 = 18 << 3;

/// Reads 56 or 69 characters, and refuses seeds, `S…`.
pub(crate) fn read(text: &[u8], findings: &mut Findings) -> Result<(), Refusal> {
    if !matches!(text.len(), 56 | 69) {
        return Ok(());
    }
    let Some(bytes) = base32::decode_upper(text) else { return Ok(()) };
    let Some((body, check)) = bytes.split_last_chunk::<2>() else { return Ok(()) };
    let Some((version, content)) = body.split_first() else { return Ok(()) };
    if *version == SEED && content.len() == 32 {
        // Also where it is mistyped.
        return Err(Refusal::Secret(SecretKind::AccountSeed));
    }
    if !matches!((*version, content.len()), (ACCOUNT | CONTRACT, 32) | (MUXED, 40)) {
        return Ok(());
    }
    if checksum::crc16(body).to_le_bytes() != *check {
        findings.wrong_checksum(Family::Stellar);
        return Ok(());
    }
    let (key, id) = content.split_at_checked(32).unwrap_or_default();
    let memo = id.try_into().ok().map(|id| Memo::Id(u64::from_be_bytes(id)));
    let version = if *version == MUXED { ACCOUNT } else { *version };
    let address = WalletAddress::new(Family::Stellar, [&[version], key].concat());
    findings.add_with_memo(address, Chains::of(&[Chain::Stellar]), memo);
    Ok(())
}

/// `G…` or `C…`.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    let is_known = matches!(payload.first(), Some(&ACCOUNT | &CONTRACT));
    (payload.len() == 33 && is_known).then(|| write_checked(payload))
}

/// `M…`: an account with a number.
pub(crate) fn write_muxed(payload: &[u8], id: u64) -> Option<String> {
    let key = payload.strip_prefix(&[ACCOUNT]).filter(|key| key.len() == 32)?;
    Some(write_checked(&[&[MUXED], key, &id.to_be_bytes()].concat()))
}

fn write_checked(body: &[u8]) -> String {
    base32::encode_upper(&[body, &checksum::crc16(body).to_le_bytes()].concat())
}
