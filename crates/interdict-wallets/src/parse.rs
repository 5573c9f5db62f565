//! From a text to what it says as an address: letters folded, secrets refused, labels taken off, and every family that fits asked.

use interdict_core::limits::WALLET_TEXT_BYTES_MAX;

use crate::address::Family;
use crate::codec::base58;
use crate::codec::bech32::{self, Bech32};
use crate::envelope::{self, Envelope};
use crate::family::{
    Findings, algorand, bech32_account, bitcoin, cardano, cash, evm, filecoin, is_secret_hrp, monero, ripple,
    segwit, solana, stellar, substrate, tezos, ton, tron, zcash,
};
use crate::reading::{Candidate, Folded, Hint, RawKey, Reading, Undecided, Verified};
use crate::refusal::{Refusal, SecretKind};
use crate::{fold, secret};

/// Shortest piece that is looked at: the shortest address of segregated witness.
const PIECE_CHARS_MIN: usize = 14;

/// What a text says as an address.
///
/// # Errors
/// When it is a private key or a seed phrase, which are not kept; when it is empty or longer than
/// [`WALLET_TEXT_BYTES_MAX`].
///
/// # Example
/// ```
/// use interdict_wallets::{Chain, Family, parse};
/// let reading = parse("tron:TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq").unwrap();
/// assert_eq!(reading.candidates[0].address.family(), Family::Tron);
/// assert!(reading.candidates[0].chains.has(Chain::Tron));
/// ```
pub fn parse(text: &str) -> Result<Reading, Refusal> {
    if is_bare(text) {
        let findings = examined(text)?;
        return Ok(reading(findings, None, Folded::default(), text));
    }
    let (plain, mut folded) = checked(text)?;
    let envelope = envelope::open(&plain);
    let mut findings = read_core(&envelope, &plain, &mut folded)?;
    if !findings.candidates.iter().any(is_certain) && secret::is_labelled(&plain) {
        return Err(Refusal::Secret(SecretKind::Labelled));
    }
    if let Some(contract) = envelope.contract {
        findings.besides.extend(examined(contract)?.candidates);
    }
    let core = fold::without_blanks(envelope.core, &mut folded);
    Ok(reading(findings, envelope.hint, folded, &core))
}

/// Letters and digits alone: nothing is to be folded, and no label, no URI and no row of words is in it.
fn is_bare(text: &str) -> bool {
    (1..=WALLET_TEXT_BYTES_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn reading(mut findings: Findings, hint: Option<Hint>, folded: Folded, core: &str) -> Reading {
    let is_undecided = findings.candidates.is_empty();
    if findings.candidates.len() > 1 {
        findings.candidates.sort_by_key(|candidate| candidate.verified);
    }
    Reading {
        raw: is_undecided.then(|| RawKey::of_core(core)),
        undecided: is_undecided.then(|| findings.undecided.unwrap_or(Undecided::UnknownForm)),
        candidates: findings.candidates,
        besides: findings.besides,
        hint,
        folded,
    }
}

/// The digest of a text, by which what cannot be decided is searched: of the address without label, folded, in lower case.
///
/// # Errors
/// As [`parse`].
pub fn raw_key(text: &str) -> Result<RawKey, Refusal> {
    let (plain, mut folded) = checked(text)?;
    let envelope = envelope::open(&plain);
    let reading = read_core(&envelope, &plain, &mut folded)?;
    if !reading.candidates.iter().any(is_certain) && secret::is_labelled(&plain) {
        return Err(Refusal::Secret(SecretKind::Labelled));
    }
    Ok(RawKey::of_core(&fold::without_blanks(envelope.core, &mut folded)))
}

/// The text in plain letters, where it is neither too long nor a row of words.
fn checked(text: &str) -> Result<(std::borrow::Cow<'_, str>, Folded), Refusal> {
    if text.len() > WALLET_TEXT_BYTES_MAX {
        return Err(Refusal::TooLong);
    }
    let (plain, folded) = fold::fold(text);
    if plain.is_empty() {
        return Err(Refusal::Empty);
    }
    if secret::is_seed_phrase(&plain) {
        return Err(Refusal::Secret(SecretKind::SeedPhrase));
    }
    Ok((plain, folded))
}

/// The address within its envelope; where that is in several pieces and says nothing as a whole, the one piece that does.
fn read_core(envelope: &Envelope<'_>, plain: &str, folded: &mut Folded) -> Result<Findings, Refusal> {
    let core = fold::without_blanks(envelope.core, folded);
    let mut whole = examined(&core)?;
    let mut pieces: Vec<Findings> = Vec::new();
    if plain.len() != envelope.core.len() || plain.contains(' ') {
        // The whole itself was read already; a shorter piece is neither an address nor a key.
        let is_other = |token: &&str| token.len() >= PIECE_CHARS_MIN && *token != core;
        for token in secret::tokens(plain).filter(is_other) {
            let findings = examined(token)?;
            pieces.extend(Some(findings).filter(|findings| !findings.candidates.is_empty()));
        }
    }
    if !whole.candidates.is_empty() || pieces.is_empty() {
        return Ok(whole);
    }
    if pieces.len() == 1 {
        return Ok(pieces.pop().unwrap_or_default());
    }
    whole.undecided = Some(Undecided::Several);
    whole.besides = pieces.into_iter().flat_map(|piece| piece.candidates).collect();
    Ok(whole)
}

/// Is it an address for certain, whatever a label says?
fn is_certain(candidate: &Candidate) -> bool {
    candidate.verified == Verified::Checksum || candidate.address.family() == Family::Evm
}

/// All that one piece of text can be.
fn examined(text: &str) -> Result<Findings, Refusal> {
    let mut findings = Findings::default();
    if !read_hex(text, &mut findings) {
        read_letters(text, &mut findings)?;
    }
    if findings.candidates.is_empty() {
        findings.undecided = findings.undecided.or_else(|| undecided(text));
    }
    Ok(findings)
}

/// Hexadecimal digits, with `0x` or without. `false` where there is something else.
fn read_hex(text: &str, findings: &mut Findings) -> bool {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text).as_bytes();
    if !matches!(digits.len(), 40 | 42 | 64) || !digits.iter().all(u8::is_ascii_hexdigit) {
        return false;
    }
    match digits.len() {
        40 => evm::read(digits, findings),
        42 => tron::read_hex(digits, findings),
        _ => findings.not(Undecided::SixtyFourHexDigits),
    }
    true
}

/// All alphabets but hexadecimal.
fn read_letters(text: &str, findings: &mut Findings) -> Result<(), Refusal> {
    if text.contains(':') {
        ton::read_raw(text, findings);
        if text.split_once(':').is_some_and(|(prefix, _)| cash::is_prefix(prefix)) {
            cash::read(text, findings);
        }
        return Ok(());
    }
    let bytes = text.as_bytes();
    if read_bech32(bytes, findings)? {
        return Ok(());
    }
    cash::read(text, findings);
    stellar::read(bytes, findings)?;
    match bytes.len() {
        48 => ton::read(bytes, findings),
        58 => algorand::read(bytes, findings),
        n_chars if monero::has_length(n_chars) => monero::read(bytes, findings),
        _ => {}
    }
    if matches!(bytes.first(), Some(b'f' | b't')) {
        filecoin::read(text, findings);
    }
    ripple::read(bytes, findings)?;
    secret::check_mini_key(text)?;
    if findings.candidates.is_empty() {
        read_base58(bytes, findings)?;
    }
    Ok(())
}

/// `false` where it is no bech32 text, or one whose checksum fails.
fn read_bech32(text: &[u8], findings: &mut Findings) -> Result<bool, Refusal> {
    let Some(hrp) = bech32::hrp(text) else { return Ok(false) };
    if is_secret_hrp(&hrp) {
        return Err(Refusal::Secret(SecretKind::Bech32Key));
    }
    let family = family_of(&hrp);
    match bech32::decode(text, hrp) {
        bech32::Reading::NotBech32 => Ok(false),
        bech32::Reading::WrongChecksum => {
            if let Some(family) = family {
                findings.wrong_checksum(family);
            }
            Ok(false)
        }
        bech32::Reading::Right(read) => {
            read_right_bech32(text.len(), &read, findings);
            Ok(true)
        }
    }
}

fn family_of(hrp: &str) -> Option<Family> {
    match hrp {
        _ if segwit::is_hrp(hrp) => Some(Family::Segwit),
        _ if cardano::is_hrp(hrp) => Some(Family::Cardano),
        _ if bech32_account::is_known_hrp(hrp) => Some(Family::Bech32Account),
        _ if zcash::is_unified_hrp(hrp) => Some(Family::ZcashUnified),
        _ if zcash::is_hrp(hrp) => Some(Family::ZcashShielded),
        _ => None,
    }
}

fn read_right_bech32(n_chars: usize, read: &Bech32, findings: &mut Findings) {
    if segwit::is_hrp(&read.hrp) {
        if !segwit::read(n_chars, read, findings) {
            findings.not(Undecided::UnknownForm);
        }
    } else if cardano::is_hrp(&read.hrp) {
        cardano::read(read, findings);
    } else if zcash::is_hrp(&read.hrp) {
        zcash::read(read, findings);
    } else if zcash::is_viewing_hrp(&read.hrp) {
        findings.not(Undecided::ViewingKey);
    } else if !segwit::read(n_chars, read, findings) {
        bech32_account::read(read, findings);
    }
}

fn read_base58(text: &[u8], findings: &mut Findings) -> Result<(), Refusal> {
    let Some(decoded) = base58::decode(text, &base58::BITCOIN) else { return Ok(()) };
    let bytes = decoded.as_slice();
    secret::check_base58(bytes)?;
    match bytes.len() {
        25 | 26 => bitcoin::read(bytes, findings),
        27 => tezos::read(bytes, findings),
        32 => solana::read(bytes, findings),
        82 => findings.not(Undecided::ExtendedPublicKey),
        n_bytes if substrate::has_length(n_bytes) => substrate::read(bytes, findings),
        _ => {
            zcash::read_sprout(bytes, findings);
            cardano::read_byron(bytes, findings);
        }
    }
    Ok(())
}

/// Is it hexadecimal, by `0x` or as long as a digest?
fn is_hex(text: &str) -> bool {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let is_long = digits.is_some() || text.len() >= 32;
    is_long && digits.unwrap_or(text).bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Why a text may be no address.
fn undecided(text: &str) -> Option<Undecided> {
    const NAMES: [&str; 8] = [".eth", ".near", ".sol", ".ton", ".bnb", ".crypto", ".trx", ".arb"];
    let lower = text.bytes().filter(u8::is_ascii_lowercase).count();
    let upper = text.bytes().filter(u8::is_ascii_uppercase).count();
    let is_long = (25..=106).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if NAMES.iter().any(|ending| text.to_ascii_lowercase().ends_with(ending)) {
        Some(Undecided::Name)
    } else if is_hex(text) {
        Some(Undecided::HexLength)
    } else if is_long && lower.max(upper) >= 12 && lower.min(upper) == 0 {
        Some(Undecided::CaseLost)
    } else {
        None
    }
}
