//! Text that was damaged on its way: UTF-8 read as a one-byte encoding, and entities of web pages.

use std::borrow::Cow;

/// How often text is decoded that was encoded again and again.
const LAYERS_MAX: usize = 4;

/// The name as it was before it was read in the wrong encoding or written for a web page.
pub(super) fn repair(name: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(name);
    for _ in 0..LAYERS_MAX {
        let decoded = match without_entities(&text) {
            Some(decoded) => mojibake(&decoded).or(Some(decoded)),
            None => mojibake(&text),
        };
        match decoded {
            Some(decoded) => text = Cow::Owned(decoded),
            None => break,
        }
    }
    text
}

/// The text with the entities of web pages decoded; nothing when there are none.
fn without_entities(text: &str) -> Option<String> {
    let mut decoded = String::new();
    let mut rest = text;
    let mut any = false;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((entity(&rest[1..end])?, end))) {
            Some((letters, end)) => {
                decoded.push_str(&letters);
                rest = &rest[end + 1..];
                any = true;
            }
            None => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
    }
    decoded.push_str(rest);
    any.then_some(decoded)
}

/// What an entity stands for. Accents do not matter here, so `uuml` is `u`.
fn entity(name: &str) -> Option<Cow<'static, str>> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        let char = char::from_u32(code.ok()?).filter(|char| !char.is_control())?;
        return Some(char.to_string().into());
    }
    let lower = name.to_ascii_lowercase();
    let known = match lower.as_str() {
        "amp" => "&",
        "quot" | "ldquo" | "rdquo" | "laquo" | "raquo" => "\"",
        "apos" | "lsquo" | "rsquo" => "'",
        "lt" | "gt" | "nbsp" => " ",
        "ndash" | "mdash" => "-",
        "shy" | "zwj" | "zwnj" | "lrm" | "rlm" => "",
        "szlig" => "ss",
        "aelig" => "ae",
        "oelig" => "oe",
        "eth" => "d",
        "thorn" => "th",
        _ => {
            let accents = [
                "uml", "acute", "grave", "circ", "tilde", "cedil", "ring", "caron", "slash", "breve", "ogon",
            ];
            let letter = accents.iter().find_map(|accent| name.strip_suffix(accent))?;
            let is_letter = letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_alphabetic());
            return is_letter.then(|| letter.to_owned().into());
        }
    };
    Some(known.into())
}

/// The text with every run of other than ASCII characters decoded that is UTF-8 read as Windows-1252 or Windows-1251;
/// nothing when there is none.
fn mojibake(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut decoded = String::with_capacity(text.len());
    let mut any = false;
    let mut rest = text;
    while let Some(start) = rest.find(|char: char| !char.is_ascii()) {
        decoded.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|char: char| char.is_ascii()).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        match decode(run) {
            Some(letters) => {
                decoded.push_str(&letters);
                any = true;
            }
            None => decoded.push_str(run),
        }
        rest = after;
    }
    decoded.push_str(rest);
    any.then_some(decoded)
}

fn decode(run: &str) -> Option<String> {
    let latin = |char: char| western_byte(char);
    // Text in lower case has lost the first byte: `ã¼` was `Ã¼`.
    let raised = |char: char| western_byte(char.to_uppercase().next().unwrap_or(char));
    decode_by(run, latin, 1)
        .or_else(|| decode_by(run, raised, 1))
        .or_else(|| decode_by(run, cyrillic_byte, 2))
}

/// The run read back by an encoding, when that gives at least so many letters and nothing else.
fn decode_by(run: &str, byte: impl Fn(char) -> Option<u8>, letters_min: usize) -> Option<String> {
    let first = byte(run.chars().next()?)?;
    if !(0xc2..=0xf4).contains(&first) || run.chars().nth(1).and_then(&byte).is_none_or(|byte| byte >= 0xc0) {
        return None;
    }
    let bytes: Option<Vec<u8>> = run.chars().map(byte).collect();
    let text = String::from_utf8(bytes?).ok()?;
    let is_text = |char: char| {
        char.is_alphabetic()
            || unicode_normalization::char::is_combining_mark(char)
            || matches!(char, '\u{2010}'..='\u{2027}' | '\u{00a0}' | '\u{00ab}' | '\u{00bb}')
    };
    // What was encoded twice is no text yet.
    let is_sound = text.chars().all(is_text) || decode(&text).is_some();
    (is_sound && text.chars().count() >= letters_min).then_some(text)
}

/// The byte of a character in Windows-1252, or in Latin-1 where that has none.
fn western_byte(char: char) -> Option<u8> {
    const SIGNS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match char {
        '\u{80}'..='\u{ff}' => u8::try_from(u32::from(char)).ok(),
        _ => byte_of(SIGNS, 0x80, char),
    }
}

/// The byte of a character in Windows-1251.
fn cyrillic_byte(char: char) -> Option<u8> {
    const SIGNS: &str = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{98}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї";
    match char {
        'А'..='я' => u8::try_from(u32::from(char) - u32::from('А')).ok().map(|nth| nth + 0xc0),
        _ => byte_of(SIGNS, 0x80, char),
    }
}

fn byte_of(signs: &str, first: u8, char: char) -> Option<u8> {
    let idx = signs.chars().position(|sign| sign == char)?;
    u8::try_from(idx).ok().map(|idx| first + idx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_text_is_read_again() {
        let damaged = |text: &str, byte: fn(char) -> Option<u8>| -> String {
            let of = |wanted: u8| {
                ('\u{0}'..='\u{ffff}').find(|&char| {
                    if wanted < 128 {
                        u32::from(char) == u32::from(wanted)
                    } else {
                        byte(char) == Some(wanted)
                    }
                })
            };
            text.bytes().filter_map(of).collect()
        };
        for name in ["Müller", "Мохаммад", "محمد", "Łódź", "김정은", "Đorđević"] {
            let once = damaged(name, western_byte);
            assert_ne!(once, name);
            assert_eq!(repair(&once), name, "{once}");
            assert_eq!(repair(&damaged(&once, western_byte)), name, "{once}");
        }
        assert_eq!(repair(&damaged("Петров", cyrillic_byte)), "Петров");
        assert_eq!(repair("mã¼ller"), "müller");
    }

    #[test]
    fn sound_text_stays() {
        for name in
            ["Müller", "São Paulo", "Ñandú", "Société Générale", "Рі", "Сергій", "ĀĒ", "R&D; Co", "A & B;"]
        {
            assert_eq!(repair(name), name);
        }
    }

    #[test]
    fn entities() {
        assert_eq!(repair("M&uuml;ller &amp; S&#246;hne &#x41;"), "Muller & Söhne A");
        assert_eq!(repair("a &amp;amp; b"), "a & b");
        assert_eq!(repair("AT&T; &#9999999; &#7;"), "AT&T; &#9999999; &#7;");
    }
}
