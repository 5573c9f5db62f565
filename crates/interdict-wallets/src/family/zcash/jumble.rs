//! How are the bytes of a unified address mixed, so that one changed letter changes all of them? F4Jumble of ZIP-316.

use blake2b_simd::Params;

/// Shortest input, ZIP-316; the longest is bounded by what bech32 reads.
const BYTES_MIN: usize = 48;
/// Bytes of one digest.
const DIGEST_BYTES: usize = 64;

/// Mixes bytes; `None` for too few.
pub(super) fn forward(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut left, mut right) = halves(bytes)?;
    mix_right(&left, &mut right, 0);
    mix_left(&mut left, &right, 0);
    mix_right(&left, &mut right, 1);
    mix_left(&mut left, &right, 1);
    Some([left, right].concat())
}

/// Brings back what was mixed.
pub(super) fn inverse(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut left, mut right) = halves(bytes)?;
    mix_left(&mut left, &right, 1);
    mix_right(&left, &mut right, 1);
    mix_left(&mut left, &right, 0);
    mix_right(&left, &mut right, 0);
    Some([left, right].concat())
}

fn halves(bytes: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    if bytes.len() < BYTES_MIN {
        return None;
    }
    let (left, right) = bytes.split_at_checked(DIGEST_BYTES.min(bytes.len() / 2))?;
    Some((left.to_vec(), right.to_vec()))
}

fn mix_left(left: &mut [u8], right: &[u8], round: u8) {
    let digest = Params::new().hash_length(left.len()).personal(&person(b'H', [round, 0, 0])).hash(right);
    add(left, digest.as_bytes());
}

fn mix_right(left: &[u8], right: &mut [u8], round: u8) {
    for (part, idx) in right.chunks_mut(DIGEST_BYTES).zip(0_u16..) {
        let [low, high] = idx.to_le_bytes();
        let digest =
            Params::new().hash_length(DIGEST_BYTES).personal(&person(b'G', [round, low, high])).hash(left);
        add(part, digest.as_bytes());
    }
}

/// What makes the digests of each round different.
fn person(letter: u8, [round, low, high]: [u8; 3]) -> [u8; 16] {
    let mut person = *b"UA_F4Jumble_....";
    let [.., a, b, c, d] = &mut person;
    (*a, *b, *c, *d) = (letter, round, low, high);
    person
}

fn add(bytes: &mut [u8], digest: &[u8]) {
    for (byte, mask) in bytes.iter_mut().zip(digest) {
        *byte ^= mask;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 48..300)) {
            prop_assert_eq!(inverse(&forward(&bytes).unwrap()), Some(bytes));
        }
    }
}
