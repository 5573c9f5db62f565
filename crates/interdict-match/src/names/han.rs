//! Names in Han characters, read as Chinese (pinyin) and as Korean.

use hanja_hangul::Converter;
use pinyin::ToPinyin as _;

use super::hangul;

/// Whether a character is a Han ideograph of the blocks that names are written in.
pub(super) fn is_han(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// The pinyin reading, one syllable a word; other letters stay. Nothing when no character has a reading.
pub(super) fn chinese(name: &str) -> Option<String> {
    let mut spelled = String::new();
    let mut any = false;
    for char in name.chars() {
        if let Some(pinyin) = is_han(char).then(|| char.to_pinyin()).flatten() {
            any = true;
            spelled.extend([" ", &pinyin.plain().replace('ü', "u"), " "]);
        } else {
            spelled.push(char);
        }
    }
    any.then_some(spelled)
}

/// The Latin readings of the Hangul spelling of Korean Han characters; none when a character has no Korean reading.
pub(super) fn korean(name: &str) -> Vec<String> {
    let spelled = Converter::global().convert(name);
    if spelled.chars().any(is_han) {
        return Vec::new();
    }
    let family = FAMILY_READINGS.iter().find(|(han, _)| name.starts_with(*han));
    match (family, spelled.chars().next()) {
        (Some((_, family)), Some(first)) => {
            hangul::readings(&format!("{family}{}", &spelled[first.len_utf8()..]))
        }
        _ => hangul::readings(&spelled),
    }
}

/// Characters that are read differently as a family name; the dictionary reads them so only in names that it knows.
const FAMILY_READINGS: &[(char, char)] = &[('金', '김'), ('沈', '심'), ('葉', '엽'), ('單', '선')];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_and_korean_readings() {
        let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(chinese("李家东").map(words).as_deref(), Some("li jia dong"));
        assert_eq!(chinese("kim"), None);
        assert!(korean("金正恩").iter().any(|reading| words(reading.clone()) == "kim chong un"));
        assert!(korean("朴鎮赫").iter().any(|reading| words(reading.clone()) == "pak chin hyok"));
    }
}
