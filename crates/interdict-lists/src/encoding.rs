//! Which letters are meant by bytes that are not UTF-8? British lists came in Windows-1252 for years.

use std::borrow::Cow;

/// The letters of Windows-1252 from 0x80 to 0x9f; what it leaves open is kept as a control character, as browsers do
/// (WHATWG Encoding, index windows-1252).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The bytes as UTF-8: as they are, or turned from Windows-1252 when more of them are wrong as UTF-8 than are letters of it.
/// A few wrong bytes in a text with Arabic or Cyrillic letters are damage, not another encoding.
pub(crate) fn to_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let (mut n_letters, mut n_wrong) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        n_letters += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        n_wrong += chunk.invalid().len();
    }
    if n_wrong <= n_letters {
        return Cow::Borrowed(bytes);
    }
    let text: String = bytes.iter().map(|&byte| windows_1252(byte)).collect();
    Cow::Owned(text.into_bytes())
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252.get(usize::from(byte - 0x80)).copied().unwrap_or(char::from(byte)),
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::to_utf8;

    #[test]
    fn the_more_probable_encoding() {
        for (bytes, text) in [
            (&b"plain"[..], "plain".as_bytes()),
            (b"People\x92s caf\xe9", "People’s café".as_bytes()),
            ("محسن".as_bytes(), "محسن".as_bytes()),
            (b"\xd9\x85\xd8\xad\x92", b"\xd9\x85\xd8\xad\x92"),
            (b"", b""),
        ] {
            assert_eq!(to_utf8(bytes).as_ref(), text);
        }
    }
}
