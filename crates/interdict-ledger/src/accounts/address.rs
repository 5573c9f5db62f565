//! Which account does a text name? The key of an address, so that two spellings meet; a text that is no address of a known form stands for itself.

use interdict_core::limits::WALLET_TEXT_BYTES_MAX;
use interdict_wallets::{Family, Refusal, WalletAddress, parse};

/// First byte of the key of a text that is no known address. No family has this number.
const TEXT: u8 = 0xff;
/// First byte of the key of a transaction with a hash of 32 bytes.
const HASH: u8 = 1;

/// What an account is found by: equal for every spelling of an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressKey(Vec<u8>);

impl AddressKey {
    /// The key of a text: `0x…` in any case, `\x…` as databases write it, an address of any known family, or else the text itself.
    ///
    /// # Errors
    /// When it is empty, too long or a secret, which is kept nowhere.
    pub fn of(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        if let Some(bytes) = evm(text) {
            let mut key = vec![Family::Evm.code()];
            key.extend_from_slice(&bytes);
            return Ok(Self(key));
        }
        if text.len() > WALLET_TEXT_BYTES_MAX {
            return Err(Refusal::TooLong);
        }
        let reading = parse(text)?;
        let key = match reading.candidates.first() {
            Some(candidate) => candidate.address.to_key(),
            None => [&[TEXT], text.as_bytes()].concat(),
        };
        Ok(Self(key))
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Shortest name that is looked at as an address: symbols are shorter.
const CONTRACT_BYTES_MIN: usize = 26;

/// What an asset is found by: equal for every spelling of a contract's address, and for symbols in any case.
pub(crate) fn asset_key(name: &str) -> Vec<u8> {
    let contract = (name.len() >= CONTRACT_BYTES_MIN).then(|| AddressKey::of(name).ok()).flatten();
    match contract.map(|key| key.0).filter(|key| key.first() != Some(&TEXT)) {
        Some(key) => key,
        None => [&[TEXT], name.trim().to_lowercase().as_bytes()].concat(),
    }
}

/// The 20 bytes of `0x` or `\x` and 40 hexadecimal digits. The case of the letters is not looked at: a ledger writes them in one.
fn evm(text: &str) -> Option<[u8; 20]> {
    let digits = ["0x", "\\x", "0X"].iter().find_map(|prefix| text.strip_prefix(prefix))?;
    hex(digits.as_bytes())
}

/// Bytes of exactly so many hexadecimal digits.
pub(crate) fn hex<const N: usize>(digits: &[u8]) -> Option<[u8; N]> {
    if digits.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let mut value = 0_u32;
        for &digit in pair {
            value = value * 16 + char::from(digit).to_digit(16)?;
        }
        *byte = u8::try_from(value).ok()?;
    }
    Some(bytes)
}

/// How the account of a key is written: the canonical spelling, or the text itself.
pub(crate) fn written(key: &[u8]) -> String {
    match key.split_first() {
        Some((&TEXT, text)) => String::from_utf8_lossy(text).into_owned(),
        Some(_) => WalletAddress::from_key(key).map(|address| address.to_string()).unwrap_or_default(),
        None => String::new(),
    }
}

/// Whether it is the zero address of Ethereum's like, which nobody holds.
pub(crate) fn is_zero(key: &AddressKey) -> bool {
    key.0.split_first().is_some_and(|(&family, payload)| {
        family == Family::Evm.code() && payload.iter().all(|&byte| byte == 0)
    })
}

/// The key of a transaction: 32 bytes where it is a hash in hexadecimal, or else the text itself.
pub(crate) fn transaction_key(text: &str) -> Vec<u8> {
    let text = text.trim();
    let digits = ["0x", "\\x", "0X"].iter().find_map(|prefix| text.strip_prefix(prefix));
    match digits.and_then(|digits| hex::<32>(digits.as_bytes())) {
        Some(hash) => [&[HASH], &hash[..]].concat(),
        None => [&[TEXT], text.as_bytes()].concat(),
    }
}

/// How a transaction is written.
pub(crate) fn transaction_written(key: &[u8]) -> String {
    match key.split_first() {
        Some((&HASH, hash)) => {
            let mut text = String::with_capacity(66);
            text.push_str("0x");
            for byte in hash {
                for digit in [byte >> 4, byte & 15] {
                    text.extend(char::from_digit(u32::from(digit), 16));
                }
            }
            text
        }
        Some((_, text)) => String::from_utf8_lossy(text).into_owned(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet_and_other_texts_stay() {
        let key = |text| AddressKey::of(text).unwrap();
        let lower = key("0x098b716b8aaf21512996dc57eb0615e2383e2f96");
        assert_eq!(lower, key("\\x098b716b8aaf21512996dc57eb0615e2383e2f96"));
        assert_eq!(lower, key("0x098B716B8Aaf21512996dC57EB0615e2383E2f96"));
        assert_eq!(lower, key("eip155:1:0x098B716B8Aaf21512996dC57EB0615e2383E2f96"));
        assert_eq!(written(lower.as_bytes()), "0x098B716B8Aaf21512996dC57EB0615e2383E2f96");
        assert_eq!(written(key("alice").as_bytes()), "alice");
        assert_ne!(key("alice"), key("Alice"));
        assert!(is_zero(&key("0x0000000000000000000000000000000000000000")) && !is_zero(&lower));
    }

    #[test]
    fn assets_meet_in_any_case_and_spelling() {
        assert_eq!(asset_key("USDC"), asset_key("usdc"));
        assert_ne!(asset_key("USDC"), asset_key("USDC.e"));
        let lower = "0x098b716b8aaf21512996dc57eb0615e2383e2f96";
        assert_eq!(asset_key(lower), asset_key("0x098B716B8Aaf21512996DC57EB0615e2383E2f96"));
        let mint = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";
        assert_ne!(
            asset_key(mint),
            asset_key(&mint.to_lowercase()),
            "addresses of Solana are told apart by case"
        );
    }

    #[test]
    fn a_secret_is_no_account() {
        let words = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";
        assert!(AddressKey::of(words).is_err());
        assert!(AddressKey::of(" ").is_err());
    }

    #[test]
    fn transactions_are_written_as_they_are_read() {
        let hash = format!("0x{}", "5a".repeat(32));
        assert_eq!(transaction_written(&transaction_key(&hash.to_uppercase().replace("0X", "0x"))), hash);
        assert_eq!(transaction_key(&hash).len(), 33);
        assert_eq!(transaction_written(&transaction_key("row 7")), "row 7");
    }
}
