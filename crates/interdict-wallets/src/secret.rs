//! Is a text a secret that must not be kept? Seen by its form, also where a checksum fails: a mistyped key is still nearly the key.

use sha2::{Digest, Sha256};

use crate::codec::checksum;
use crate::refusal::{Refusal, SecretKind};

/// So many words and nothing else are a seed phrase: BIP-39 has 12 to 24, Monero 13 or 25, SLIP-39 20 or 33, and one may be missing.
/// No list of words is consulted: they are in many languages, and words are no address in any.
const SEED_WORDS_MIN: usize = 11;
/// Longest word of such lists, in characters.
const WORD_CHARS_MAX: usize = 14;
/// Shortest text that can be a key.
const KEY_CHARS_MIN: usize = 20;

/// Is it a row of words?
pub(crate) fn is_seed_phrase(text: &str) -> bool {
    if !text.contains(|char: char| !char.is_ascii_alphanumeric()) {
        return false;
    }
    let mut n_words = 0;
    for token in text.split(|char: char| !char.is_alphanumeric()) {
        if token.chars().count() > WORD_CHARS_MAX {
            return false;
        }
        let word = token.trim_matches(|char: char| char.is_ascii_digit());
        let is_word = !word.is_empty() && word.chars().all(char::is_alphabetic);
        n_words += usize::from(is_word && (word.len() > 1));
    }
    n_words >= SEED_WORDS_MIN
}

/// The pieces of a text that may each be a key or a label.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| !char.is_ascii_alphanumeric() && !matches!(char, '-' | '_' | '+'))
        .filter(|token| !token.is_empty())
}

/// Does a text call itself a key, a secret or a seed, and has something that can be one?
pub(crate) fn is_labelled(text: &str) -> bool {
    const LABELS: [&str; 13] = [
        "private",
        "privatekey",
        "privkey",
        "priv",
        "prv",
        "secret",
        "secretkey",
        "seed",
        "mnemonic",
        "wif",
        "sk",
        "passphrase",
        "keypair",
    ];
    /// Also behind another word, as in `DEPLOYER_PRIVATE_KEY`.
    const ENDINGS: [&str; 3] = ["privatekey", "privkey", "secretkey"];
    let is_label = |token: &str| {
        let letters: String =
            token.chars().filter(char::is_ascii_alphabetic).map(|char| char.to_ascii_lowercase()).collect();
        (token.len() < KEY_CHARS_MIN && LABELS.contains(&&*letters))
            || ENDINGS.iter().any(|ending| letters.ends_with(ending))
    };
    text.bytes().any(|byte| !byte.is_ascii_alphanumeric())
        && tokens(text).any(|token| token.len() >= KEY_CHARS_MIN && !is_label(token))
        && tokens(text).any(is_label)
}

/// Is it as long as a private key in hexadecimal digits, or a pair of keys?
pub(crate) fn is_as_long_as_a_key(text: &str) -> bool {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    matches!(digits.len(), 64 | 128) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Casascius' mini keys: `S`, 22, 26 or 30 characters, and SHA-256 with a `?` behind it begins with a zero byte.
pub(crate) fn check_mini_key(text: &str) -> Result<(), Refusal> {
    let has_form = text.starts_with('S') && matches!(text.len(), 22 | 26 | 30);
    if has_form && Sha256::digest(format!("{text}?")).first() == Some(&0) {
        return Err(Refusal::Secret(SecretKind::MiniKey));
    }
    Ok(())
}

/// Refuses what base58 decoded to, where it has the form of a secret.
pub(crate) fn check_base58(bytes: &[u8]) -> Result<(), Refusal> {
    /// First bytes of Tezos' secret keys: `edsk`, `spsk`, `p2sk`, and `edsk` with its public key.
    const TEZOS: [[u8; 4]; 4] = [[13, 15, 58, 7], [17, 162, 224, 201], [16, 81, 238, 189], [43, 246, 78, 7]];
    /// Versions of private keys of Bitcoin, Dogecoin, Litecoin, Namecoin, Peercoin, Komodo, Dash, PIVX and their test networks.
    const WIF: [u8; 10] = [0x80, 0x9e, 0xb0, 0xb4, 0xb7, 0xbc, 0xcc, 0xd4, 0xef, 0xf1];
    let at = |idx: usize| bytes.get(idx).copied().unwrap_or_default();
    let kind = match bytes.len() {
        // A key of 32 bytes, with a mark of compression or without, also mistyped; and the spending key of Sprout.
        37 if WIF.contains(&at(0)) => SecretKind::Wif,
        38 if (WIF.contains(&at(0)) && at(33) == 1) || bytes.starts_with(&[0xab, 0x36]) => SecretKind::Wif,
        // Chains add 0x80 to the version of their addresses for that of their keys.
        37 | 38 if at(0) >= 0x80 && checksum::without_sha256d(bytes).is_some() => SecretKind::Wif,
        43 if at(0) == 1 && matches!(at(1), 0x42 | 0x43) => SecretKind::EncryptedKey,
        // Depth, parent, number and chain code, and a key that begins with zero where it is private.
        82 if at(45) == 0 => SecretKind::ExtendedKey,
        40 | 72 if bytes.first_chunk().is_some_and(|prefix| TEZOS.contains(prefix)) => {
            SecretKind::AccountSeed
        }
        64 => SecretKind::KeyPair,
        _ => return Ok(()),
    };
    Err(Refusal::Secret(kind))
}
