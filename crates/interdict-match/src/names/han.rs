//! Names in Han characters, read as Chinese (pinyin), as Cantonese and as Korean.

use std::collections::HashMap;
use std::sync::OnceLock;

use hanja_hangul::Converter;
use pinyin::ToPinyin as _;

use super::hangul;

pub(super) const CANTONESE: &str = include_str!("../../words/scripts/cantonese.tsv");

/// Most characters of a person's name in Chinese.
const PERSON_CHARS_MAX: usize = 5;

/// Whether a character is a Han ideograph of the blocks that names are written in, or the mark that repeats one.
pub(super) fn is_han(char: char) -> bool {
    matches!(char, '\u{3005}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// The pinyin reading, one syllable a word; other letters stay. Nothing when no character has a reading.
pub(super) fn chinese(name: &str) -> Option<String> {
    let name = name.trim_start();
    let mut spelled = String::new();
    let mut rest = name;
    if let Some((family, pinyin)) = family_name(name) {
        spelled.push_str(pinyin);
        spelled.push(' ');
        rest = name.get(family.len()..).unwrap_or_default();
    }
    let mut any = !spelled.is_empty();
    for char in rest.chars() {
        if let Some(pinyin) = is_han(char).then(|| pinyin_of(char)).flatten() {
            any = true;
            spelled.extend([" ", &pinyin.replace('ü', "u"), " "]);
        } else {
            spelled.push(char);
        }
    }
    any.then_some(spelled)
}

fn pinyin_of(char: char) -> Option<&'static str> {
    // The dictionary gives the word's commonest sound, names have another one.
    match char {
        '长' | '長' => Some("chang"),
        '行' => Some("hang"),
        _ => char.to_pinyin().map(|pinyin| pinyin.plain()),
    }
}

/// The family name at the start of what looks like a person's name, where it is read otherwise than as a word.
fn family_name(name: &str) -> Option<(&'static str, &'static str)> {
    let n_chars = name.chars().filter(|&char| is_han(char)).count();
    let known = PINYIN_FAMILY_NAMES.iter().filter(|(family, _)| name.starts_with(family));
    let (family, pinyin) = known.max_by_key(|(family, _)| family.len())?;
    (2..=PERSON_CHARS_MAX).contains(&n_chars).then_some((*family, *pinyin))
}

/// The Cantonese reading as Hong Kong spells it, one syllable a word; nothing when a character is not in the table.
pub(super) fn cantonese(name: &str) -> Option<String> {
    static SOUNDS: OnceLock<HashMap<char, &str>> = OnceLock::new();
    let sounds = SOUNDS.get_or_init(|| {
        let rows = CANTONESE.lines().filter(|line| !line.starts_with('#'));
        let characters = rows.flat_map(|line| {
            let (sound, characters) = line.split_once('\t').unwrap_or((line, ""));
            characters.chars().filter(|&char| is_han(char)).map(move |char| (char, sound))
        });
        characters.collect()
    });
    let mut spelled = String::new();
    for char in name.chars() {
        if is_han(char) {
            spelled.extend([" ", sounds.get(&char)?, " "]);
        } else {
            spelled.push(char);
        }
    }
    Some(spelled)
}

/// The Latin readings of the Hangul spelling of Korean Han characters; none when a character has no Korean reading, and for
/// what is too long for a person.
pub(super) fn korean(name: &str) -> Vec<String> {
    if name.chars().filter(|&char| is_han(char)).count() > PERSON_CHARS_MAX {
        return Vec::new();
    }
    let spelled = Converter::global().convert(name);
    if spelled.chars().any(is_han) {
        return Vec::new();
    }
    let family = KOREAN_FAMILY_NAMES.iter().find(|(han, _)| name.starts_with(*han));
    match (family, spelled.chars().next()) {
        (Some((_, family)), Some(first)) => {
            hangul::romanized(&format!("{family}{}", &spelled[first.len_utf8()..]))
        }
        _ => hangul::romanized(&spelled),
    }
}

/// Characters that are read differently as a family name; the dictionary reads them so only in names that it knows.
const KOREAN_FAMILY_NAMES: &[(char, char)] = &[('金', '김'), ('沈', '심'), ('葉', '엽'), ('單', '선')];

/// The same for Chinese, and family names of two characters.
#[rustfmt::skip]
const PINYIN_FAMILY_NAMES: &[(&str, &str)] = &[
    ("单", "shan"), ("單", "shan"), ("曾", "zeng"), ("仇", "qiu"), ("区", "ou"), ("區", "ou"), ("查", "zha"),
    ("解", "xie"), ("任", "ren"), ("盖", "ge"), ("蓋", "ge"), ("朴", "piao"), ("冼", "xian"), ("覃", "qin"),
    ("翟", "zhai"), ("乐", "yue"), ("樂", "yue"), ("缪", "miao"), ("繆", "miao"), ("宁", "ning"), ("甯", "ning"),
    ("折", "she"), ("召", "shao"), ("逄", "pang"), ("秘", "bi"), ("员", "yun"), ("種", "chong"), ("种", "chong"),
    ("洗", "xian"), ("黑", "he"), ("句", "gou"), ("沈", "shen"), ("石", "shi"), ("燕", "yan"), ("华", "hua"),
    ("葉", "ye"), ("叶", "ye"), ("盛", "sheng"), ("纪", "ji"), ("紀", "ji"), ("那", "na"), ("尹", "yin"),
    ("万俟", "mo qi"), ("尉迟", "yu chi"), ("尉遲", "yu chi"), ("长孙", "zhang sun"), ("長孫", "zhang sun"),
    ("令狐", "ling hu"), ("澹台", "tan tai"), ("宿", "su"), ("隗", "wei"), ("晟", "cheng"), ("祭", "zhai"),
];

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

    #[test]
    fn family_names_have_their_own_sound() {
        let words =
            |text: &str| chinese(text).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        assert_eq!(words("曾庆红").as_deref(), Some("zeng qing hong"));
        assert_eq!(words("单田芳").as_deref(), Some("shan tian fang"));
        assert_eq!(words("尉迟恭").as_deref(), Some("yu chi gong"));
        assert_eq!(words("成长").as_deref(), Some("cheng chang"));
    }

    #[test]
    fn cantonese_readings() {
        let words =
            |text: &str| cantonese(text).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        assert_eq!(words("陳國強").as_deref(), Some("chan kwok keung"));
        assert_eq!(words("林鄭月娥").as_deref(), Some("lam cheng yuet ngo"));
        assert_eq!(words("李家超").as_deref(), Some("lee ka chiu"));
        assert_eq!(words("犇"), None);
    }
}
