//! How is base64 of RFC 4648 read and written without padding, in both alphabets? As TON needs it.

const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bytes of a text in the common or the URL alphabet; its length is a multiple of four.
pub(crate) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for quartet in text.chunks(4) {
        let mut group = 0_u32;
        for byte in quartet {
            group = (group << 6) | sextet(*byte)?;
        }
        let [_, a, b, c] = group.to_be_bytes();
        bytes.extend([a, b, c]);
    }
    Some(bytes)
}

fn sextet(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'-' | b'+' => 62,
        b'_' | b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

/// A text in the URL alphabet; bytes beyond a multiple of three are left out.
pub(crate) fn encode_url(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() / 3 * 4);
    for triple in bytes.chunks_exact(3) {
        let group = triple.iter().fold(0_usize, |group, byte| (group << 8) | usize::from(*byte));
        for shift in [18, 12, 6, 0] {
            text.extend(URL.get((group >> shift) & 63).copied().map(char::from));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648, section 10.
    #[test]
    fn published_vectors() {
        for (plain, text) in [("", ""), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(encode_url(plain.as_bytes()), text);
            assert_eq!(decode(text.as_bytes()).unwrap(), plain.as_bytes());
        }
        assert_eq!(decode(b"__--"), decode(b"//++"));
        assert_eq!(decode(b"Zm9"), None);
    }
}
