//! How is base32 of RFC 4648 read and written without padding? Upper case of Stellar and Algorand, lower case of Filecoin.

use super::bits;

const UPPER: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Bytes of a text in upper case.
pub(crate) fn decode_upper(text: &[u8]) -> Option<Vec<u8>> {
    decode(text, u8::is_ascii_uppercase)
}

/// Bytes of a text in lower case.
pub(crate) fn decode_lower(text: &[u8]) -> Option<Vec<u8>> {
    decode(text, u8::is_ascii_lowercase)
}

fn decode(text: &[u8], is_letter: fn(&u8) -> bool) -> Option<Vec<u8>> {
    let group = |byte: &u8| match byte {
        b'2'..=b'7' => Some(byte - b'2' + 26),
        _ if is_letter(byte) => Some(byte.to_ascii_uppercase() - b'A'),
        _ => None,
    };
    let groups: Vec<u8> = text.iter().map(group).collect::<Option<_>>()?;
    bits::to_bytes(&groups)
}

/// A text in upper case.
pub(crate) fn encode_upper(bytes: &[u8]) -> String {
    let letter = |group: &u8| UPPER.get(usize::from(*group)).copied().map_or('A', char::from);
    bits::from_bytes(bytes).iter().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648, section 10, without padding.
    #[test]
    fn published_vectors() {
        let vectors =
            [("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI")];
        for (plain, text) in vectors {
            assert_eq!(encode_upper(plain.as_bytes()), text);
            assert_eq!(decode_upper(text.as_bytes()).unwrap(), plain.as_bytes());
            assert_eq!(decode_lower(text.to_lowercase().as_bytes()).unwrap(), plain.as_bytes());
        }
        assert_eq!(decode_upper(b"my"), None);
        assert_eq!(decode_upper(b"M1"), None);
    }
}
