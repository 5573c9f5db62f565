//! What does the head of a block say, and how much work is in it?

use sha2::{Digest, Sha256};

/// Bytes of a head.
pub(super) const HEAD: usize = 80;

/// SHA-256 twice.
pub(super) fn sha256d(parts: &[&[u8]]) -> [u8; 32] {
    let mut digest = Sha256::new();
    parts.iter().for_each(|part| digest.update(part));
    Sha256::digest(digest.finalize()).into()
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().map_or(0, u32::from_le_bytes)
}

fn hash(bytes: &[u8], at: usize) -> [u8; 32] {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default()
}

/// The head of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BlockHead {
    pub version: u32,
    pub previous: [u8; 32],
    pub merkle: [u8; 32],
    pub time: u32,
    pub bits: u32,
    pub hash: [u8; 32],
}

impl BlockHead {
    pub(super) fn of(bytes: &[u8; HEAD]) -> Self {
        Self {
            version: word(bytes, 0),
            previous: hash(bytes, 4),
            merkle: hash(bytes, 36),
            time: word(bytes, 68),
            bits: word(bytes, 72),
            hash: sha256d(&[bytes]),
        }
    }

    /// Exponent and mantissa of the target; `None` for one that no network has: negative, zero, above 2^256, or so low that the work of a block
    /// does not fit 128 bits with that of millions of others.
    fn target(&self) -> Option<(u32, u32)> {
        let (exponent, mantissa) = (self.bits >> 24, self.bits & 0x00ff_ffff);
        let length = 32_u32.checked_sub(mantissa.leading_zeros())?;
        let is_sound =
            (1..0x80_0000).contains(&mantissa) && exponent >= 20 && 8 * (exponent - 3) + length <= 256;
        is_sound.then_some((exponent, mantissa))
    }

    /// The number of hashes that it takes on average: 2^256 / (target + 1), whole.
    pub(super) fn work(&self) -> Option<u128> {
        let (exponent, mantissa) = self.target()?;
        let power = 256 - 8 * (exponent - 3);
        let mantissa = u128::from(mantissa);
        let (one, rest) = ((1_u128 << power) / mantissa, (1_u128 << power) % mantissa);
        // Without a rest the 1 in the divisor brings it below the next whole number.
        Some(if rest == 0 { (one - 1).max(1) } else { one.max(1) })
    }

    /// Whether its hash is at most the target.
    pub(super) fn has_proof(&self) -> bool {
        let Some((exponent, mantissa)) = self.target() else { return false };
        let mut target = [0; 32];
        for (place, byte) in mantissa.to_le_bytes().iter().take(3).enumerate() {
            if let Some(slot) = target.get_mut(exponent as usize - 3 + place) {
                *slot = *byte;
            }
        }
        self.hash.iter().rev().le(target.iter().rev())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_that_of_the_networks() {
        let head =
            |bits| BlockHead { version: 1, previous: [0; 32], merkle: [0; 32], time: 0, bits, hash: [0; 32] };
        assert_eq!(head(0x1d00_ffff).work(), Some(0x1_0001_0001));
        assert_eq!(head(0x207f_ffff).work(), Some(2));
        assert_eq!(head(0x1b04_04cb).work(), Some(70_040_908_352_512));
        for bits in [0, 0x1d80_ffff, 0x1d00_0000, 0xff12_3456, 0x2112_3456, 0x0312_3456] {
            assert_eq!(head(bits).work(), None, "{bits:08x}");
        }
    }
}
