//! What stands for an address? Its key, as `interdict-wallets` makes it, and keys for what has no address.
//!
//! | first byte | the rest | written as |
//! |---|---|---|
//! | number of the family | payload, see [`interdict_wallets::Family`] | the canonical spelling |
//! | 254 | a text that is no address of a known form, as the source has it | the text |
//! | 255 | SHA-256 of a script that no address stands for | `script:` and 64 hexadecimal digits |

use interdict_wallets::{Chain, Refusal, WalletAddress, parse};

/// First byte of the key of a text that is no known address.
pub const TEXT: u8 = 254;
/// First byte of the key of a script that no address stands for.
pub const SCRIPT: u8 = 255;
/// What is written before the digest of a script.
const SCRIPT_PREFIX: &str = "script:";
/// Longest text that is kept as it is, in bytes.
const TEXT_BYTES_MAX: usize = 1_024;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How a key is written.
pub fn text_of(key: &[u8]) -> String {
    match key.split_first() {
        Some((&TEXT, text)) => String::from_utf8_lossy(text).into_owned(),
        Some((&SCRIPT, digest)) => format!("{SCRIPT_PREFIX}{}", hex(digest)),
        _ => WalletAddress::from_key(key)
            .map_or_else(|| format!("key:{}", hex(key)), |address| address.to_string()),
    }
}

/// Every key that a text may stand for, in any spelling: its candidates, then the text itself.
///
/// # Errors
/// When it is a private key or a seed phrase, empty or too long.
pub fn keys_of(text: &str) -> Result<Vec<Vec<u8>>, Refusal> {
    if let Some(digest) = digest_of(text) {
        return Ok(vec![script_key(&digest)]);
    }
    let reading = parse(text)?;
    let mut keys: Vec<Vec<u8>> =
        reading.candidates.iter().map(|candidate| candidate.address.to_key()).collect();
    keys.push([&[TEXT], text.as_bytes()].concat());
    Ok(keys)
}

/// The one key under which an address of a source is kept: the candidate that is on the chain, else the first, else the text. `None` for a
/// text that cannot be kept: a private key, an empty or a very long one.
pub fn key_on(text: &str, chain: Chain) -> Option<Vec<u8>> {
    if let Some(digest) = digest_of(text) {
        return Some(script_key(&digest));
    }
    let candidates = parse(text).ok()?.candidates;
    let chosen = candidates.iter().find(|candidate| candidate.chains.has(chain)).or(candidates.first());
    match chosen {
        Some(candidate) => Some(candidate.address.to_key()),
        None => (text.len() <= TEXT_BYTES_MAX).then(|| [&[TEXT], text.as_bytes()].concat()),
    }
}

fn script_key(digest: &[u8; 32]) -> Vec<u8> {
    [&[SCRIPT], digest.as_slice()].concat()
}

fn digest_of(text: &str) -> Option<[u8; 32]> {
    let digits = text.strip_prefix(SCRIPT_PREFIX).filter(|digits| digits.len() == 64)?;
    let mut digest = [0; 32];
    for (place, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(place * 2..place * 2 + 2)?, 16).ok()?;
    }
    Some(digest)
}
