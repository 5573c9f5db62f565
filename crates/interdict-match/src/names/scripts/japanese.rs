//! Japanese names in kana, and in Han characters as far as the tables have them.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{han, tables};

pub(super) const NAMES: &str = include_str!("../../../words/scripts/japanese_names.tsv");

/// Most characters of a name in Han characters without a blank.
const PERSON_CHARS_MAX: usize = 6;

pub(super) fn is_kana(char: char) -> bool {
    matches!(char, '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}')
}

/// The readings of a name with kana: in the Hepburn way without long vowels, and for words in katakana as the foreign name
/// that they stand for, without the vowels that Japanese puts in.
pub(super) fn with_kana(name: &str) -> Vec<String> {
    let read = |kana: &dyn Fn(&str) -> String| {
        let spelled = tables::read_words(name, is_kana, kana);
        tables::read_words(&spelled, han::is_han, |word| format!(" {} ", han_word(word)))
    };
    let mut readings = vec![read(&|word| hepburn(word))];
    // A long a is the `ar` and `er` of English.
    let foreign = read(&|word| foreign(&hepburn(&with_long_a_as_ar(word))));
    if !readings.contains(&foreign) {
        readings.push(foreign);
    }
    readings
}

/// The reading of a name of Han characters alone when it is made like a Japanese person's: a family name of the table, then
/// a given name of the table, or after a family name of several characters one whose characters all are.
pub(super) fn of_han(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    match words.as_slice() {
        [whole] if whole.chars().count() <= PERSON_CHARS_MAX => person(whole),
        [family, given] => {
            let first = names().family.get(*family)?;
            Some(format!(
                "{first} {}",
                names().given.get(*given).map_or_else(|| by_character(given), |it| Some((*it).to_owned()))?
            ))
        }
        _ => None,
    }
}

fn person(whole: &str) -> Option<String> {
    let ends = whole.char_indices().map(|(at, char)| at + char.len_utf8());
    let ends: Vec<usize> = ends.collect();
    ends.iter().enumerate().rev().find_map(|(idx, &end)| {
        let (family, given) = whole.split_at_checked(end)?;
        let first = names().family.get(family)?;
        if given.is_empty() {
            return (idx > 0).then(|| (*first).to_owned());
        }
        let known = names().given.get(given).map(|given| (*given).to_owned());
        let second = known.or_else(|| if idx > 0 { by_character(given) } else { None })?;
        Some(format!("{first} {second}"))
    })
}

/// A word of Han characters beside kana, where it is certainly Japanese.
fn han_word(word: &str) -> String {
    let names = names();
    let known = names.family.get(word).or_else(|| names.given.get(word)).map(|known| (*known).to_owned());
    known.or_else(|| person(word)).or_else(|| by_character(word)).unwrap_or_else(|| word.to_owned())
}

/// A name by the readings of its characters; nothing when one has none.
fn by_character(word: &str) -> Option<String> {
    word.chars().map(|char| names().characters.get(&char).copied()).collect()
}

struct Names {
    family: HashMap<String, &'static str>,
    given: HashMap<String, &'static str>,
    characters: HashMap<char, &'static str>,
}

fn names() -> &'static Names {
    static BY_SPELLING: OnceLock<Names> = OnceLock::new();
    BY_SPELLING.get_or_init(|| {
        let mut names = Names { family: HashMap::new(), given: HashMap::new(), characters: HashMap::new() };
        for row in tables::rows(NAMES) {
            let [kind, reading, spellings @ ..] = row.as_slice() else { continue };
            for spelling in spellings.iter().map(|spelling| crate::names::fold::fold(spelling)) {
                match *kind {
                    "f" => drop(names.family.entry(spelling).or_insert(reading)),
                    "g" => drop(names.given.entry(spelling).or_insert(reading)),
                    _ => {
                        for char in spelling.chars() {
                            names.characters.entry(char).or_insert(reading);
                        }
                    }
                }
            }
        }
        names
    })
}

/// The rows of the kana table from the start of the Hiragana block: what each sign is alone.
#[rustfmt::skip]
const SOUNDS: [&str; 86] = [
    "a", "a", "i", "i", "u", "u", "e", "e", "o", "o", "ka", "ga", "ki", "gi", "ku", "gu", "ke", "ge", "ko", "go",
    "sa", "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo", "ta", "da", "chi", "ji", "", "tsu", "zu", "te", "de", "to", "do",
    "na", "ni", "nu", "ne", "no", "ha", "ba", "pa", "hi", "bi", "pi", "fu", "bu", "pu", "he", "be", "pe", "ho", "bo", "po",
    "ma", "mi", "mu", "me", "mo", "ya", "ya", "yu", "yu", "yo", "yo", "ra", "ri", "ru", "re", "ro", "wa", "wa", "i", "e", "o",
    "n", "vu", "ka", "ke",
];

/// A long vowel after `a` made a syllable with `r`.
fn with_long_a_as_ar(word: &str) -> String {
    let mut before = ' ';
    let lengthened = word.chars().map(|char| {
        let is_ar = char == 'ー' && sound(hiragana(before)).ends_with('a');
        before = char;
        if is_ar { 'ル' } else { char }
    });
    lengthened.collect()
}

/// Hiragana and katakana have the same order.
fn hiragana(char: char) -> char {
    match char {
        '\u{30a1}'..='\u{30f6}' => char::from_u32(u32::from(char) - 0x60).unwrap_or(char),
        _ => char,
    }
}

/// Kana in Latin letters, long vowels written short.
fn hepburn(word: &str) -> String {
    let kana: Vec<char> = word.chars().map(hiragana).collect();
    let mut latin = String::with_capacity(word.len());
    let mut doubles = false;
    for (idx, &char) in kana.iter().enumerate() {
        if char == 'っ' {
            doubles = true;
            continue;
        }
        let small = is_small(char) && idx > 0;
        let sound = sound(char);
        if small {
            push_small(&mut latin, sound);
        } else {
            if doubles && let Some(first) = sound.chars().next().filter(|&first| !is_vowel(first)) {
                latin.push(if first == 'c' { 't' } else { first });
            }
            latin.push_str(sound);
        }
        doubles = false;
    }
    let short = shortened(&latin);
    if short.is_empty() { "n".to_owned() } else { short }
}

fn sound(char: char) -> &'static str {
    match char {
        'ヷ' => "va",
        'ヸ' => "vi",
        'ヹ' => "ve",
        'ヺ' => "vo",
        _ => u32::from(char)
            .checked_sub(0x3041)
            .and_then(|at| usize::try_from(at).ok())
            .and_then(|at| SOUNDS.get(at))
            .copied()
            .unwrap_or(""),
    }
}

fn is_small(char: char) -> bool {
    matches!(char, 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ')
}

/// A small sign changes the vowel of the one before: kya, sha, fa, ti, wi.
fn push_small(latin: &mut String, small: &str) {
    let consonant = latin.trim_end_matches(is_vowel).len();
    let vowels = latin.len() - consonant;
    if vowels == 0 || consonant == 0 && !latin.ends_with('u') {
        latin.push_str(small);
        return;
    }
    let last = latin.pop();
    let glides = small.starts_with('y');
    let hushes = latin.ends_with("sh") || latin.ends_with("ch") || latin.ends_with('j');
    match last {
        // ウィ
        Some('u') if consonant == 0 || vowels > 1 => latin.push('w'),
        _ => {}
    }
    latin.push_str(if hushes && glides { small.trim_start_matches('y') } else { small });
}

fn is_vowel(char: char) -> bool {
    matches!(char, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Without long vowels: `ou` and `oo` are `o`, `uu` is `u`.
fn shortened(latin: &str) -> String {
    let mut short = String::with_capacity(latin.len());
    for char in latin.chars() {
        let last = short.chars().next_back();
        let lengthens = matches!((last, char), (Some('o'), 'u' | 'o') | (Some('u'), 'u'));
        if !lengthens {
            short.push(char);
        }
    }
    short
}

/// The foreign name behind kana: without the vowels that Japanese puts after a consonant (`kurisu` is `kris`).
fn foreign(latin: &str) -> String {
    let chars: Vec<char> = latin.chars().collect();
    let mut name = String::with_capacity(latin.len());
    for (idx, &char) in chars.iter().enumerate() {
        let before = idx.checked_sub(1).and_then(|idx| chars.get(idx)).copied();
        let next = chars.get(idx + 1).copied();
        let starts = idx < 2 && next.is_none();
        let before_consonant = next.is_none_or(|next| !is_vowel(next) && next != 'n' && next != 'y');
        // The vowel before a doubled consonant is real.
        let before_double = next.is_some() && next == chars.get(idx + 2).copied();
        let put_in = match (char, before) {
            ('u', Some('h')) => name.ends_with("sh"),
            ('u', Some(before)) => !is_vowel(before) && !matches!(before, 'n' | 'y' | 'w'),
            ('o', Some('t' | 'd')) => true,
            _ => false,
        } && !before_double;
        // `tsu` is a t more often than ts; a doubled consonant is one.
        if put_in && before_consonant && !starts {
            if name.ends_with("ts") && next.is_some() {
                name.pop();
            }
            continue;
        }
        if Some(char) == before && !is_vowel(char) {
            continue;
        }
        name.push(char);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &[&str]) {
        let words = |reading: String| reading.split_whitespace().collect::<Vec<_>>().join(" ");
        let readings: Vec<String> = with_kana(name).into_iter().map(words).collect();
        assert_eq!(readings, expected, "{name}");
    }

    #[test]
    fn kana() {
        check("たなか はなこ", &["tanaka hanako"]);
        check("きょうこ", &["kyoko"]);
        check("クリス スミス", &["kurisu sumisu", "kris smis"]);
        check("ジョン・ウィリアム", &["jon・wiriamu", "jon・wiriam"]);
        check("フィリップ", &["firippu", "firip"]);
        check("ヴェラ シェーン", &["vera shen"]);
        check("バーガー", &["baga", "bargar"]);
        check("っ", &["n"]);
        check("山田 はなこ", &["yamada hanako"]);
        check("ブッシュ", &["busshu", "bush"]);
    }

    #[test]
    fn han_characters() {
        assert_eq!(of_han("山田太郎").as_deref(), Some("yamada taro"));
        assert_eq!(of_han("田中 花子").as_deref(), Some("tanaka hanako"));
        assert_eq!(of_han("安倍晋三").as_deref(), Some("abe shinzo"));
        assert_eq!(of_han("佐々木"), Some("sasaki".to_owned()));
        for name in ["习近平", "金正恩", "李明", "朴鎮赫", "林彪"] {
            assert_eq!(of_han(name), None, "{name}");
        }
    }
}
