//! One spelling for what looks the same in writing: case, width, accents, invisible signs, look-alike letters, damaged
//! encoding, digits for letters. How a name sounds is left to the readings.

mod leet;
mod look_alike;
mod repair;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript as _};

/// What one pass uncovers may need another one, such as an entity inside an entity; no name needs more than this.
const PASSES_MAX: usize = 8;

/// A name in lower case, without accents, invisible characters and compatibility forms. Latin letters become ASCII;
/// letters of other scripts stay. Folding twice is folding once.
pub(super) fn fold(name: &str) -> String {
    if is_plain(name) {
        return name.to_ascii_lowercase();
    }
    let mut folded = pass(name);
    for _ in 0..PASSES_MAX {
        if is_plain(&folded) {
            folded.make_ascii_lowercase();
            break;
        }
        let again = pass(&folded);
        if again == folded {
            break;
        }
        folded = again;
    }
    folded
}

/// The name with every letter in Latin script: the fallback for scripts without a reading of their own.
pub(super) fn to_latin(folded: &str) -> String {
    any_ascii::any_ascii(folded).to_ascii_lowercase()
}

/// Whether a name is ASCII and has nothing to fold but case.
fn is_plain(name: &str) -> bool {
    let mut before = b' ';
    name.bytes().all(|byte| {
        let meets = |other: fn(&u8) -> bool, byte: u8| {
            (other(&before) && byte.is_ascii_alphabetic()) || (before.is_ascii_alphabetic() && other(&byte))
        };
        let plain = match byte {
            b'&' | b'@' | b'$' | b'!' | b'|' | b'+' | b'?' => false,
            b'\t' | b'\n' | b'\r' | b' ' => true,
            _ => byte.is_ascii_graphic() && !meets(u8::is_ascii_digit, byte),
        };
        before = byte;
        plain
    })
}

fn pass(name: &str) -> String {
    let decoded = repair::repair(name);
    let bare = without_marks(&decoded);
    let unified = look_alike::unify(&bare);
    let mut lower = String::with_capacity(unified.len());
    for char in unified.chars().flat_map(char::to_lowercase) {
        if char.is_ascii() || char.script() != Script::Latin {
            lower.push(char);
        } else {
            lower.push_str(&any_ascii::any_ascii_char(char).to_ascii_lowercase());
        }
    }
    leet::unmask(&lower)
}

/// The name in composed compatibility forms without accents and invisible characters, with one sign for each kind of
/// apostrophe, quote, dash and digit.
fn without_marks(name: &str) -> String {
    let mut bare = String::with_capacity(name.len());
    let mut before = ' ';
    let mut chars =
        name.chars().map(same_sign).nfkd().filter(|&char| !is_invisible(char)).map(same_sign).peekable();
    while let Some(char) = chars.next() {
        if is_combining_mark(char) && !is_letter_on(char, before) {
            continue;
        }
        let next = chars.peek().copied().unwrap_or(' ');
        let is_damage = char == '?' && before.is_alphabetic() && (next.is_alphabetic() || next == '?');
        let abbreviates = char == '"' && before.script() == Script::Hebrew && next.script() == Script::Hebrew;
        if is_damage || abbreviates {
            continue;
        }
        bare.push(char);
        before = char;
    }
    bare.nfc().collect()
}

/// Format and control characters: zero-width spaces and joiners, direction marks, variation selectors, soft hyphens; the
/// signs for a character that was lost; and the stroke that makes Arabic words longer.
fn is_invisible(char: char) -> bool {
    let format = matches!(
        char,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{0640}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffd}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    format || (char.is_control() && !char.is_whitespace())
}

/// Whether a mark is part of a letter or a letter itself, not an accent: Indic and Thai vowels, the voicing marks of kana,
/// and the marks that make й of и and ѓ of г.
fn is_letter_on(mark: char, before: char) -> bool {
    match mark {
        '\u{0306}' => matches!(before, 'и' | 'И'),
        '\u{0301}' => matches!(before, 'г' | 'Г' | 'к' | 'К'),
        '\u{3099}' | '\u{309a}' => matches!(before.script(), Script::Hiragana | Script::Katakana),
        _ => {
            let script = mark.script();
            script == before.script()
                && !matches!(
                    script,
                    Script::Inherited
                        | Script::Common
                        | Script::Latin
                        | Script::Greek
                        | Script::Cyrillic
                        | Script::Hebrew
                        | Script::Arabic
                )
        }
    }
}

/// One sign for what is written with several: apostrophes, quotes, dashes, digits of all scripts, Latin letters in boxes,
/// and Arabic letters that Persian, Urdu and Kurdish keyboards have as signs of their own, and the Greek sigma of word ends.
fn same_sign(char: char) -> char {
    if char.is_ascii() {
        return char;
    }
    match char {
        '´'
        | '\u{02b9}'..='\u{02bf}'
        | '\u{02c8}'
        | '\u{055a}'
        | '\u{05f3}'
        | '\u{2018}'..='\u{201b}'
        | '\u{2032}'
        | '\u{2035}' => '\'',
        '«' | '»' | '\u{05f4}' | '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{300c}'..='\u{300f}' => '"',
        '\u{058a}' | '\u{05be}' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' => '-',
        'ى' | 'ی' | 'ې' | 'ۍ' | 'ێ' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'ګ' | 'ݢ' => 'گ',
        'ہ' | 'ھ' | 'ۃ' => 'ه',
        'ٱ' => 'ا',
        'ς' => 'σ',
        'ۆ' | 'ۇ' => 'و',
        '\u{1f150}'..='\u{1f169}' => nth_letter(char, '\u{1f150}'),
        '\u{1f170}'..='\u{1f189}' => nth_letter(char, '\u{1f170}'),
        '\u{1f1e6}'..='\u{1f1ff}' => nth_letter(char, '\u{1f1e6}'),
        _ if char.is_numeric() => match any_ascii::any_ascii_char(char).as_bytes() {
            [digit] if digit.is_ascii_digit() => (*digit).into(),
            _ => char,
        },
        _ => char,
    }
}

fn nth_letter(char: char, first: char) -> char {
    u8::try_from(u32::from(char) - u32::from(first)).map_or(char, |nth| (b'a' + nth % 26).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(name: &str, expected: &str) {
        assert_eq!(fold(name), expected, "{name:?}");
    }

    #[test]
    fn what_looks_the_same_is_the_same() {
        check("KIM Sang Man", "kim sang man");
        check("ＫＩＭ　Ｓａｎｇ", "kim sang");
        check("Müller-Łódź Ærø Þór ǅ", "muller-lodz aero thor dz");
        check("Ki\u{200b}m\u{202e}", "kim");
        check("Kіm Sаng", "kim sang"); // Cyrillic і and а
        check("Александр", "александр");
        check("김상만", "김상만");
        check("ガ", "ガ");
        check("Αλέξανδρος", "αλεξανδροσ");
        check("مُحَمَّد", "محمد");
        check("Ю́рий Щёголев", "юрий щеголев");
        check("K̷̢i̴͠m̵̧ S์a็ng", "kim sang"); // Thai marks on Latin letters
        check("ⓚⓘⓜ 🅺🅸🅼 🇰🇮🇲 ᴋɪᴍ 𝕂𝕚𝕞", "kim kim kim kim kim");
        check("٣٩ ३९ ３９", "39 39 39");
        check("کریمی", "كريمي");
        check("O’Neil – “Ali”", "o'neil - \"ali\"");
        check("צה״ל", "צהל");
        check("M\u{fffd}ller M?ller who?", "mller mller who?");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(name in "\\PC{0,30}") {
            let once = fold(&name);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn tricks_combined_fold_once(name in "[a-zA-Zа-яА-ЯёЁüÃ¼Â©ÐœÑ…'0-9&;#@$!?|+ ×°\u{301}\u{306}\u{200b}\u{fffd}ампΑβΝ]{0,24}") {
            let once = fold(&name);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
