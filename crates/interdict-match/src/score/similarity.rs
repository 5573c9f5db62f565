//! How alike two parts of a name are: an edit distance in which sounds that are confused cost little.

/// Costs of one edit, in hundredths of a whole edit.
const WHOLE: u32 = 100;
const VOWEL_FOR_VOWEL: u32 = 45;
const LIKE_SOUND: u32 = 35;
const SWAPPED: u32 = 70;
const WEAK_LETTER: u32 = 45;
const DOUBLED: u32 = 20;

/// Longest part that is compared letter by letter; longer ones are compared by their first letters.
const LETTERS_MAX: usize = 48;

/// The lowest likeness that counts as the same part, misspelt or transliterated otherwise.
pub(crate) const LIKENESS_MIN: f64 = 0.62;

/// The likeness of two folded parts, 0 to 1; 0 below [`LIKENESS_MIN`].
///
/// It is 1 less the cost of the cheapest edits over the mean length, and the first letter weighs more than others: people
/// seldom get it wrong.
pub(crate) fn likeness(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let (a, b) = (letters(a), letters(b));
    if a.is_empty() || b.is_empty() || a.iter().chain(&b).any(|char| char.is_numeric()) {
        return 0.0;
    }
    let length = f64::from(count(a.len()) + count(b.len())) / 2.0;
    let gap = f64::from(count(a.len().abs_diff(b.len())));
    if gap * f64::from(DOUBLED) / 100.0 > length * (1.0 - LIKENESS_MIN) {
        return 0.0;
    }
    let mut cost = distance(&a, &b);
    if a[0] != b[0] && substitution(a[0], b[0]) == WHOLE {
        cost += 30;
    }
    let likeness = 1.0 - f64::from(cost) / 100.0 / length;
    if likeness < LIKENESS_MIN { 0.0 } else { likeness }
}

fn letters(text: &str) -> Vec<char> {
    text.chars().take(LETTERS_MAX).collect()
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The cost of the cheapest way from one to the other by inserting, deleting, replacing and swapping letters.
fn distance(a: &[char], b: &[char]) -> u32 {
    let mut before: Vec<u32> = Vec::new();
    let mut above: Vec<u32> = (0..=b.len()).map(|_| 0).collect();
    for j in 0..b.len() {
        above[j + 1] = above[j] + gap(b, j);
    }
    for i in 0..a.len() {
        let mut row = vec![above[0] + gap(a, i); b.len() + 1];
        for j in 0..b.len() {
            let replaced = above[j] + substitution(a[i], b[j]);
            let deleted = above[j + 1] + gap(a, i);
            let inserted = row[j] + gap(b, j);
            let mut cost = replaced.min(deleted).min(inserted);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                cost = cost.min(before[j - 1] + SWAPPED);
            }
            row[j + 1] = cost;
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

/// The cost of a letter that only one of the two has: little for a doubled letter, less than whole for h, y, w and vowels.
fn gap(word: &[char], idx: usize) -> u32 {
    let letter = word[idx];
    if idx > 0 && word[idx - 1] == letter {
        return DOUBLED;
    }
    match letter {
        'h' | 'w' | 'y' => WEAK_LETTER,
        letter if is_vowel(letter) && idx > 0 => 60,
        _ => WHOLE,
    }
}

fn substitution(a: char, b: char) -> u32 {
    if a == b {
        0
    } else if is_vowel(a) && is_vowel(b) {
        VOWEL_FOR_VOWEL
    } else if are_like(a, b) || are_like(b, a) {
        LIKE_SOUND
    } else {
        WHOLE
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Consonants that transliterations and ears confuse.
fn are_like(a: char, b: char) -> bool {
    matches!(
        (a, b),
        ('k', 'g' | 'c' | 'q' | 'x')
            | ('g', 'j' | 'q')
            | ('p', 'b' | 'f')
            | ('t', 'd')
            | ('j', 'c' | 'z' | 'y' | 'i')
            | ('s', 'z' | 'c' | 'x')
            | ('v', 'w' | 'b' | 'f' | 'u')
            | ('l', 'r')
            | ('m', 'n')
            | ('w', 'u' | 'o')
            | ('h', 'x' | 'j')
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn confused_sounds_are_near_and_other_names_are_not() {
        for (a, b, least) in [
            ("kim", "gim", 0.85),
            ("chinyong", "jinyong", 0.8),
            ("mohammed", "muhammad", 0.85),
            ("reconnaisance", "reconnaissance", 0.97),
            ("yevgeniy", "evgeny", 0.75),
            ("pak", "park", 0.62),
            ("chong", "jong", 0.75),
            ("hussein", "husayn", 0.7),
        ] {
            assert!(likeness(a, b) >= least, "{a} {b} {}", likeness(a, b));
        }
        for (a, b) in [
            ("un", "il"),
            ("kims", "kim il"),
            ("wheeler", "wilson"),
            ("144", "145"),
            ("nail", "niall x"),
            ("", "a"),
        ] {
            assert!(likeness(a, b) < 0.7, "{a} {b} {}", likeness(a, b));
        }
    }

    proptest! {
        #[test]
        fn symmetric_and_bounded(a in "[a-z]{0,9}", b in "[a-z]{0,9}") {
            let there = likeness(&a, &b);
            prop_assert!((0.0..=1.0).contains(&there));
            prop_assert!((there - likeness(&b, &a)).abs() < 1e-12);
            prop_assert_eq!(likeness(&a, &a), 1.0);
        }
    }
}
