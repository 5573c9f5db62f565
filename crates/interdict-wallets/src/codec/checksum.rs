//! Which checksums do addresses carry?

use sha2::{Digest, Sha256};
use sha3::Keccak256;

/// SHA-256 of SHA-256, of Bitcoin and those after it.
pub(crate) fn sha256d(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(Sha256::digest(bytes)).into()
}

/// The first four bytes of SHA-256 of SHA-256.
pub(crate) fn sha256d_4(bytes: &[u8]) -> [u8; 4] {
    let [a, b, c, d, ..] = sha256d(bytes);
    [a, b, c, d]
}

/// Keccak-256 as it was before SHA-3 was fixed, of Ethereum and Monero.
pub(crate) fn keccak256(bytes: &[u8]) -> [u8; 32] {
    Keccak256::digest(bytes).into()
}

/// What is before the last four bytes, where these are its SHA-256 of SHA-256.
pub(crate) fn without_sha256d(bytes: &[u8]) -> Option<&[u8]> {
    let (body, check) = bytes.split_last_chunk::<4>()?;
    (sha256d_4(body) == *check).then_some(body)
}

/// BLAKE2b of `N` bytes.
pub(crate) fn blake2b<const N: usize>(parts: &[&[u8]]) -> [u8; N] {
    let mut state = blake2b_simd::Params::new().hash_length(N).to_state();
    for part in parts {
        state.update(part);
    }
    state.finalize().as_bytes().first_chunk().copied().unwrap_or([0; N])
}

/// CRC-16/XMODEM, of Stellar and TON.
pub(crate) fn crc16(bytes: &[u8]) -> u16 {
    let step = |crc: u16| if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 };
    bytes.iter().fold(0, |crc, byte| (0..8).fold(crc ^ (u16::from(*byte) << 8), |crc, _| step(crc)))
}

/// CRC-32 of IEEE 802.3, of Cardano's Byron addresses.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 0 { crc >> 1 } else { (crc >> 1) ^ 0xedb8_8320 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::hex;

    /// The check values that catalogues of these sums give for `123456789`, and digests of the empty text.
    #[test]
    fn published_values() {
        assert_eq!(crc16(b"123456789"), 0x31c3);
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(
            hex::encode(&keccak256(b"")),
            "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
        );
        assert_eq!(
            hex::encode(&sha256d(b"hello")),
            "9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50"
        );
        assert_eq!(
            hex::encode(&blake2b::<32>(&[b""])),
            "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"
        );
    }
}
