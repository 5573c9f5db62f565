//! How is base58 read and written, in Bitcoin's and in Ripple's alphabet, and in Monero's blocks? Digits are taken ten at a time
//! into limbs of 64 bits: several times as fast as byte by byte.

/// Most characters that are read. The longest address, of Cardano's first wallets, has some 115.
pub(crate) const CHARS_MAX: usize = 128;
/// Limbs of 64 bits for so many characters: 128 of them hold 750 bits.
const LIMBS_MAX: usize = 12;
/// Digits that fit in one limb.
const DIGITS_PER_LIMB: usize = 10;
const NO_DIGIT: u8 = 255;

/// The digits of base58 in order, and the value of each byte.
pub(crate) struct Alphabet {
    letters: [u8; 58],
    values: [u8; 256],
}

pub(crate) static BITCOIN: Alphabet =
    Alphabet::new(b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");
pub(crate) static RIPPLE: Alphabet =
    Alphabet::new(b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz");

impl Alphabet {
    const fn new(letters: &[u8; 58]) -> Self {
        let mut values = [NO_DIGIT; 256];
        let (mut idx, mut value) = (0, 0_u8);
        while idx < 58 {
            values[letters[idx] as usize] = value;
            idx += 1;
            value += 1;
        }
        Self { letters: *letters, values }
    }

    fn value(&self, letter: u8) -> Option<u64> {
        self.values
            .get(usize::from(letter))
            .filter(|value| **value != NO_DIGIT)
            .map(|value| u64::from(*value))
    }

    fn letter(&self, value: usize) -> u8 {
        self.letters.get(value).copied().unwrap_or_default()
    }
}

/// A few bytes on the stack.
pub(crate) struct Bytes {
    bytes: [u8; CHARS_MAX],
    n_bytes: usize,
}

impl Bytes {
    /// The bytes.
    pub(crate) fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.n_bytes).unwrap_or_default()
    }

    /// Zeros and then the number in limbs, the lowest first.
    fn new(n_zeros: usize, limbs: &[u64]) -> Option<Self> {
        let mut bytes = [0; CHARS_MAX];
        let mut n_bytes = n_zeros;
        let n_leading = limbs.last().map_or(0, |limb| limb.leading_zeros() / 8);
        let mut to_skip = usize::try_from(n_leading).ok()?;
        for limb in limbs.iter().rev() {
            let significant = limb.to_be_bytes();
            let significant = significant.get(to_skip..)?;
            bytes.get_mut(n_bytes..)?.get_mut(..significant.len())?.copy_from_slice(significant);
            n_bytes += significant.len();
            to_skip = 0;
        }
        Some(Self { bytes, n_bytes })
    }
}

/// The bytes of a text; `None` for a letter that is not of the alphabet, for no text and for more than [`CHARS_MAX`].
pub(crate) fn decode(text: &[u8], alphabet: &Alphabet) -> Option<Bytes> {
    if text.is_empty() || text.len() > CHARS_MAX {
        return None;
    }
    let zero = alphabet.letter(0);
    let n_zeros = text.iter().take_while(|byte| **byte == zero).count();
    let mut limbs = [0_u64; LIMBS_MAX];
    let mut n_limbs = 0;
    for digits in text.get(n_zeros..)?.chunks(DIGITS_PER_LIMB) {
        let (mut value, mut factor) = (0_u64, 1_u64);
        for digit in digits {
            value = value * 58 + alphabet.value(*digit)?;
            factor *= 58;
        }
        let mut carry = u128::from(value);
        for limb in limbs.iter_mut().take(n_limbs) {
            carry += u128::from(*limb) * u128::from(factor);
            *limb = low(carry);
            carry >>= 64;
        }
        if carry != 0 {
            *limbs.get_mut(n_limbs)? = low(carry);
            n_limbs += 1;
        }
    }
    Bytes::new(n_zeros, limbs.get(..n_limbs)?)
}

/// The lower 64 bits.
fn low(value: u128) -> u64 {
    u64::try_from(value & u128::from(u64::MAX)).unwrap_or_default()
}

/// The text of some bytes.
pub(crate) fn encode(bytes: &[u8], alphabet: &Alphabet) -> String {
    let n_zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let mut digits: Vec<u8> = Vec::with_capacity(bytes.len() * 2);
    for byte in bytes.iter().skip(n_zeros) {
        let mut carry = u32::from(*byte);
        for digit in &mut digits {
            carry += u32::from(*digit) << 8;
            *digit = u8::try_from(carry % 58).unwrap_or_default();
            carry /= 58;
        }
        while carry > 0 {
            digits.push(u8::try_from(carry % 58).unwrap_or_default());
            carry /= 58;
        }
    }
    let zeros = std::iter::repeat_n(0, n_zeros);
    zeros
        .chain(digits.into_iter().rev())
        .map(|digit| char::from(alphabet.letter(usize::from(digit))))
        .collect()
}

/// How many characters Monero gives a block of so many bytes.
const BLOCK_CHARS: [usize; 9] = [0, 2, 3, 5, 6, 7, 9, 10, 11];

/// Monero's base58: blocks of eight bytes are eleven characters each, the last one is shorter.
pub(crate) fn decode_blocks(text: &[u8]) -> Option<Vec<u8>> {
    if text.len() > CHARS_MAX {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    for block in text.chunks(11) {
        let n_bytes = BLOCK_CHARS.iter().position(|n_chars| *n_chars == block.len())?;
        let (most, last) = block.split_at_checked(DIGITS_PER_LIMB).unwrap_or((block, &[]));
        let mut value = 0_u64;
        for digit in most {
            value = value * 58 + BITCOIN.value(*digit)?;
        }
        let mut value = u128::from(value);
        for digit in last {
            value = value * 58 + u128::from(BITCOIN.value(*digit)?);
        }
        if value >> (8 * n_bytes) != 0 {
            return None;
        }
        bytes.extend(value.to_be_bytes().get(16 - n_bytes..)?);
    }
    Some(bytes)
}

/// Monero's base58 of some bytes.
pub(crate) fn encode_blocks(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    for block in bytes.chunks(8) {
        let mut value = block.iter().fold(0_u64, |value, byte| (value << 8) | u64::from(*byte));
        let mut digits = [0_u8; 11];
        let n_chars = BLOCK_CHARS.get(block.len()).copied().unwrap_or_default();
        for digit in digits.iter_mut().take(n_chars).rev() {
            *digit = u8::try_from(value % 58).unwrap_or_default();
            value /= 58;
        }
        text.extend(digits.iter().take(n_chars).map(|digit| char::from(BITCOIN.letter(usize::from(*digit)))));
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_bs58(bytes in prop::collection::vec(any::<u8>(), 1..85), n_zeros in 0_usize..6) {
            let bytes = [vec![0; n_zeros], bytes].concat();
            let text = encode(&bytes, &BITCOIN);
            prop_assert_eq!(&text, &bs58::encode(&bytes).into_string());
            prop_assert_eq!(decode(text.as_bytes(), &BITCOIN).unwrap().as_slice().to_vec(), bytes.clone());
            let text = encode(&bytes, &RIPPLE);
            prop_assert_eq!(&text, &bs58::encode(&bytes).with_alphabet(bs58::Alphabet::RIPPLE).into_string());
            prop_assert_eq!(decode(text.as_bytes(), &RIPPLE).unwrap().as_slice().to_vec(), bytes.clone());
            let blocks = encode_blocks(&bytes);
            prop_assert_eq!(decode_blocks(blocks.as_bytes()), Some(bytes.clone()).filter(|_| blocks.len() <= CHARS_MAX));
        }

        #[test]
        fn any_text_is_read_as_bs58_reads_it(text in "[1-9A-HJ-NP-Za-km-z0OIl]{0,128}") {
            let other = bs58::decode(&text).into_vec().ok().filter(|_| !text.is_empty());
            prop_assert_eq!(decode(text.as_bytes(), &BITCOIN).map(|bytes| bytes.as_slice().to_vec()), other);
        }
    }

    #[test]
    fn the_longest_texts_are_read_and_longer_ones_are_not() {
        for letter in ["1", "z"] {
            assert!(decode(letter.repeat(CHARS_MAX).as_bytes(), &BITCOIN).is_some());
            assert!(decode(letter.repeat(CHARS_MAX + 1).as_bytes(), &BITCOIN).is_none());
        }
    }
}
