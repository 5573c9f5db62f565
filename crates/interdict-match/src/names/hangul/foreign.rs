//! Foreign names in Hangul: 이사벨라 is `isabela`.

use super::{System, is_syllable, spell};

/// Near the sounds that Hangul stands for in foreign words. The vowel ㅡ is only there because a Korean syllable needs one.
const FOREIGN: System = System {
    initials: ["g", "k", "n", "d", "t", "r", "m", "b", "p", "s", "s", "", "j", "j", "ch", "k", "t", "p", "h"],
    vowels: [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
        "yu", "", "ui", "i",
    ],
    finals: [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t",
        "t", "ng", "t", "t", "k", "t", "p", "t",
    ],
    family_spelling: 2,
};

const VOWEL_EO: u32 = 4;
const VOWEL_EU: u32 = 18;

/// Initial, vowel and final of a syllable by their numbers.
fn letters(syllable: char) -> Option<(u32, u32, u32)> {
    let idx = u32::from(syllable).checked_sub(u32::from('가'))?;
    is_syllable(syllable).then_some((idx / 588, idx % 588 / 28, idx % 28))
}

/// Whether a syllable is one that Korean names do not have.
pub(super) fn is_foreign(syllable: char) -> bool {
    let Some((initial, vowel, last)) = letters(syllable) else { return false };
    let open = last == 0;
    match (initial, vowel) {
        // A consonant with ㅡ and nothing after it, or ㄹ or ㄴ: 스, 클, 튼.
        (11, VOWEL_EU) => false,
        (9, VOWEL_EU) => open || last == 4,
        (_, VOWEL_EU) => open || last == 8 || (last == 4 && !matches!(initial, 0 | 18)),
        // ㅋ with any vowel but in 쾌, and 테, 티, 페, 푸, 베, 메, 네, 데, 레, 케, 디.
        (15, vowel) => vowel != 10,
        (16, 4..=5 | 20) | (17, 4..=5) | (7 | 6 | 2 | 3 | 5, 5) => true,
        (17, 13) => open,
        (3, 20) => true,
        // A last ㅅ is no sound of Chinese characters.
        _ => last == 19,
    }
}

/// The name with each word in one piece.
pub(super) fn read(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut latin = String::with_capacity(name.len());
    for (idx, &char) in chars.iter().enumerate() {
        let Some((initial, vowel, last)) = letters(char) else {
            latin.push(char);
            continue;
        };
        let at = latin.len();
        spell(char, &FOREIGN, &mut latin);
        let next = chars.get(idx + 1).copied().and_then(letters);
        match (initial, vowel, last) {
            // 으 alone; at the end of a word the vowel of 더 and 머 is an `er`.
            (11, VOWEL_EU, 0) => latin.push('e'),
            (_, VOWEL_EO, 0) if next.is_none() => {
                latin.truncate(latin.len() - 1);
                latin.pop();
                latin.push_str("er");
            }
            _ => {}
        }
        // ㄹㄹ is one l.
        if initial == 5 && latin.get(..at).is_some_and(|before| before.ends_with('l')) {
            latin.remove(at);
        }
    }
    latin
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &str) {
        assert_eq!(read(name), expected, "{name}");
    }

    #[test]
    fn foreign_names() {
        check("이사벨라", "isabela");
        check("리클스", "rikls");
        check("로버트 피셔", "robeot pisyeo");
        check("시드웰", "sidwel");
        check("피터", "piter");
        check("으", "e");
    }

    #[test]
    fn korean_syllables_are_not_foreign() {
        let foreign = |name: &str| name.chars().filter(|&char| is_foreign(char)).collect::<String>();
        assert_eq!(foreign("김정은박진혁최룡해태형철희흥득승슬음특제예의"), "");
        assert_eq!(foreign("스트크르테페클"), "스트크르테페클");
    }
}
