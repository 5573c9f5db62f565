//! How are bech32 (BIP-173), bech32m (BIP-350) and CashAddr read and written? Any length up to a bound: that of BIP-173 is for
//! segregated witness addresses, and the families with longer ones leave it out.

const LETTERS: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const NO_GROUP: u8 = 255;
static GROUPS: [u8; 128] = groups();

/// Most characters that are read. A unified Zcash address with one receiver of each kind has some 250.
pub(crate) const CHARS_MAX: usize = 512;
/// Longest part before the separator, BIP-173.
const HRP_CHARS_MAX: usize = 83;

const fn groups() -> [u8; 128] {
    let mut groups = [NO_GROUP; 128];
    let (mut idx, mut group) = (0, 0_u8);
    while idx < 32 {
        groups[LETTERS[idx] as usize] = group;
        groups[LETTERS[idx].to_ascii_uppercase() as usize] = group;
        idx += 1;
        group += 1;
    }
    groups
}

/// Which constant the checksum ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    Bech32,
    Bech32m,
}

impl Variant {
    fn constant(self) -> u64 {
        match self {
            Self::Bech32 => 1,
            Self::Bech32m => 0x2bc8_30a3,
        }
    }
}

/// A text whose checksum is right.
pub(crate) struct Bech32 {
    /// In lower case.
    pub(crate) hrp: String,
    /// Groups of five bits, without those of the checksum.
    pub(crate) groups: Vec<u8>,
    pub(crate) variant: Variant,
}

/// What a text is as bech32.
pub(crate) enum Reading {
    /// It is none by its form.
    NotBech32,
    /// The form is right and the checksum is not.
    WrongChecksum,
    /// All is right.
    Right(Bech32),
}

/// What stands before the separator, in lower case, of a text that may be bech32 by its letters.
pub(crate) fn hrp(text: &[u8]) -> Option<String> {
    let one = text.iter().rposition(|byte| *byte == b'1')?;
    let (hrp, data) = (text.get(..one)?, text.get(one + 1..)?);
    let is_hrp =
        (1..=HRP_CHARS_MAX).contains(&hrp.len()) && hrp.iter().all(u8::is_ascii_graphic) && data.len() >= 6;
    (is_hrp && !is_mixed(text))
        .then(|| hrp.iter().map(|byte| char::from(byte.to_ascii_lowercase())).collect())
}

/// Reads a text in one case, of which [`hrp`] stands before the separator.
pub(crate) fn decode(text: &[u8], hrp: String) -> Reading {
    let data = text.get(hrp.len() + 1..).filter(|_| text.len() <= CHARS_MAX);
    let Some(mut groups) = data.and_then(to_groups) else { return Reading::NotBech32 };
    let sum = groups.iter().fold(hrp_sum(&hrp), |sum, group| step(sum, u64::from(*group)));
    let variant = [Variant::Bech32, Variant::Bech32m].into_iter().find(|variant| variant.constant() == sum);
    let Some(variant) = variant else { return Reading::WrongChecksum };
    groups.truncate(groups.len().saturating_sub(6));
    Reading::Right(Bech32 { hrp, groups, variant })
}

fn is_mixed(text: &[u8]) -> bool {
    text.iter().any(u8::is_ascii_lowercase) && text.iter().any(u8::is_ascii_uppercase)
}

fn to_groups(data: &[u8]) -> Option<Vec<u8>> {
    let mut groups = Vec::with_capacity(data.len());
    let mut all = 0;
    for byte in data {
        let group = GROUPS.get(usize::from(*byte)).copied().unwrap_or(NO_GROUP);
        all |= group;
        groups.push(group);
    }
    (all != NO_GROUP).then_some(groups)
}

/// The text of an `hrp` in lower case and groups.
pub(crate) fn encode(hrp: &str, groups: &[u8], variant: Variant) -> String {
    let sum = groups.iter().chain(&[0; 6]).fold(hrp_sum(hrp), |sum, group| step(sum, u64::from(*group)));
    let sum = sum ^ variant.constant();
    let check = (0..6).rev().map(|idx| u8::try_from((sum >> (5 * idx)) & 31).unwrap_or_default());
    let mut text = format!("{hrp}1");
    text.extend(groups.iter().copied().chain(check).map(letter));
    text
}

fn letter(group: u8) -> char {
    LETTERS.get(usize::from(group)).copied().map_or('q', char::from)
}

fn hrp_sum(hrp: &str) -> u64 {
    let high = hrp.bytes().fold(1, |sum, byte| step(sum, u64::from(byte >> 5)));
    hrp.bytes().fold(step(high, 0), |sum, byte| step(sum, u64::from(byte & 31)))
}

/// One step of the checksum of BIP-173.
fn step(sum: u64, group: u64) -> u64 {
    let generator =
        usize::try_from(sum >> 25).ok().and_then(|top| STEPS.get(top)).copied().unwrap_or_default();
    ((sum & 0x01ff_ffff) << 5) ^ group ^ generator
}

static STEPS: [u64; 32] = steps([0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]);

/// What the five highest bits of a checksum add in one step, for the generators of its code.
const fn steps(generators: [u64; 5]) -> [u64; 32] {
    let mut steps = [0; 32];
    let mut top = 0;
    while top < 32 {
        let mut bit = 0;
        while bit < 5 {
            if top >> bit & 1 == 1 {
                steps[top] ^= generators[bit];
            }
            bit += 1;
        }
        top += 1;
    }
    steps
}

/// The groups of a CashAddr text behind its prefix, without the checksum; `None` where that is wrong.
pub(crate) fn decode_cash(prefix: &str, data: &[u8]) -> Option<Vec<u8>> {
    if data.len() < 8 || data.len() > CHARS_MAX || is_mixed(data) {
        return None;
    }
    let mut groups = to_groups(data)?;
    let sum = groups.iter().fold(cash_prefix_sum(prefix), |sum, group| cash_step(sum, u64::from(*group)));
    groups.truncate(groups.len().saturating_sub(8));
    (sum == 1).then_some(groups)
}

/// The text of groups as CashAddr, without the prefix.
pub(crate) fn encode_cash(prefix: &str, groups: &[u8]) -> String {
    let sum = groups
        .iter()
        .chain(&[0; 8])
        .fold(cash_prefix_sum(prefix), |sum, group| cash_step(sum, u64::from(*group)));
    let sum = sum ^ 1;
    let check = (0..8).rev().map(|idx| u8::try_from((sum >> (5 * idx)) & 31).unwrap_or_default());
    groups.iter().copied().chain(check).map(letter).collect()
}

fn cash_prefix_sum(prefix: &str) -> u64 {
    cash_step(prefix.bytes().fold(1, |sum, byte| cash_step(sum, u64::from(byte & 31))), 0)
}

/// One step of the checksum of the CashAddr specification.
fn cash_step(sum: u64, group: u64) -> u64 {
    let generator =
        usize::try_from(sum >> 35).ok().and_then(|top| CASH_STEPS.get(top)).copied().unwrap_or_default();
    ((sum & 0x07_ffff_ffff) << 5) ^ group ^ generator
}

static CASH_STEPS: [u64; 32] =
    steps([0x98_f2bc_8e61, 0x79_b76d_99e2, 0xf3_3e5f_b3c4, 0xae_2eab_e2a8, 0x1e_4f43_e470]);

#[cfg(test)]
mod tests;
