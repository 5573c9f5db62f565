//! How alike two parts of a name are: an edit distance in which sounds that are confused cost little.

/// Costs of one edit, in hundredths of a whole edit.
const WHOLE: u32 = 100;
const VOWEL_FOR_VOWEL: u32 = 45;
const LIKE_SOUND: u32 = 35;
const SWAPPED: u32 = 70;
const WEAK_LETTER: u32 = 45;
const DOUBLED: u32 = 20;
const VOWEL: u32 = 60;
/// What is added when the first letters differ.
const FIRST_LETTER: u32 = 30;

/// Longest part that is compared letter by letter; longer ones are compared by their first letters.
const LETTERS_MAX: usize = 48;

/// The lowest likeness that counts as the same part, misspelt or transliterated otherwise.
pub(crate) const LIKENESS_MIN: f64 = 0.62;

/// The likeness of two folded parts, 0 to 1; 0 below [`LIKENESS_MIN`].
///
/// It is 1 less the cost of the cheapest edits over the mean length, and the first letter weighs more than others: people
/// seldom get it wrong. Numbers are alike only when they are the same.
pub(crate) fn likeness(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let (mut buffer_a, mut buffer_b) = (['\0'; LETTERS_MAX], ['\0'; LETTERS_MAX]);
    let (a, b) = (letters(a, &mut buffer_a), letters(b, &mut buffer_b));
    if a.is_empty() || b.is_empty() || a.iter().chain(b).any(|char| char.is_numeric()) {
        return 0.0;
    }
    let length = f64::from(count(a.len()) + count(b.len())) / 2.0;
    let most = length * (1.0 - LIKENESS_MIN) * f64::from(WHOLE);
    let first = if substitution(a[0], b[0]) == WHOLE { FIRST_LETTER } else { 0 };
    match distance(a, b, most - f64::from(first)) {
        Some(cost) => 1.0 - f64::from(cost + first) / f64::from(WHOLE) / length,
        None => 0.0,
    }
}

/// What a likeness of two parts counts for as evidence. A misspelt part is weaker evidence than its share of right letters,
/// and the shorter it is the weaker: `song` and `sang` are two names, `abdurrahman` and `abdurahmen` hardly are.
pub(crate) fn strength(likeness: f64, a: &str, b: &str) -> f64 {
    match a.chars().count() + b.chars().count() {
        0..=8 => likeness.powi(5),
        9..=12 => likeness.powi(3),
        13..=16 => likeness.powi(2),
        _ => likeness.powf(1.5),
    }
}

/// The first letters of a text.
fn letters<'a>(text: &str, buffer: &'a mut [char; LETTERS_MAX]) -> &'a [char] {
    let mut n = 0;
    for (slot, letter) in buffer.iter_mut().zip(text.chars()) {
        *slot = letter;
        n += 1;
    }
    &buffer[..n]
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The cost of the cheapest way from one to the other by inserting, deleting, replacing and swapping letters; `None` when it
/// is more than `most`.
fn distance(a: &[char], b: &[char], most: f64) -> Option<u32> {
    let mut gaps_b = [0; LETTERS_MAX];
    // The row at hand and the two above it, in turn.
    let mut rows = [[0; LETTERS_MAX + 1]; 3];
    for j in 0..b.len() {
        gaps_b[j] = gap(b, j);
        rows[0][j + 1] = rows[0][j] + gaps_b[j];
    }
    for i in 0..a.len() {
        let (before, above, at) = ((i + 2) % 3, i % 3, (i + 1) % 3);
        let gap_a = gap(a, i);
        let mut left = rows[above][0] + gap_a;
        rows[at][0] = left;
        let mut cheapest = left;
        for j in 0..b.len() {
            let replaced = rows[above][j] + substitution(a[i], b[j]);
            let deleted = rows[above][j + 1] + gap_a;
            let inserted = left + gaps_b[j];
            left = replaced.min(deleted).min(inserted);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                left = left.min(rows[before][j - 1] + SWAPPED);
            }
            rows[at][j + 1] = left;
            cheapest = cheapest.min(left);
        }
        // A swap reaches back two rows, and saves less than a whole edit.
        if f64::from(cheapest) > most + f64::from(WHOLE) {
            return None;
        }
    }
    let cost = rows[a.len() % 3][b.len()];
    (f64::from(cost) <= most).then_some(cost)
}

/// The cost of a letter that only one of the two has: little for a doubled letter, less than whole for h, y, w and vowels.
fn gap(word: &[char], idx: usize) -> u32 {
    let letter = word[idx];
    if idx > 0 && word[idx - 1] == letter {
        return DOUBLED;
    }
    match letter {
        'h' | 'w' | 'y' => WEAK_LETTER,
        'a' | 'e' | 'i' | 'o' | 'u' if idx > 0 => VOWEL,
        _ => WHOLE,
    }
}

/// The cost of one letter in place of another.
fn substitution(a: char, b: char) -> u32 {
    let ascii = |letter: char| {
        u8::try_from(letter).ok().filter(u8::is_ascii_lowercase).map(|byte| usize::from(byte - b'a'))
    };
    match (ascii(a), ascii(b)) {
        _ if a == b => 0,
        (Some(a), Some(b)) => SUBSTITUTIONS[a][b],
        _ => WHOLE,
    }
}

/// Consonants that transliterations and ears confuse, each with those it is confused with.
const LIKE_SOUNDS: [(u8, &[u8]); 11] = [
    (b'k', b"gcqx"),
    (b'g', b"jq"),
    (b'p', b"bf"),
    (b't', b"d"),
    (b'j', b"czyi"),
    (b's', b"zcx"),
    (b'v', b"wbfu"),
    (b'l', b"r"),
    (b'm', b"n"),
    (b'w', b"uo"),
    (b'h', b"xj"),
];
const VOWELS: &[u8] = b"aeiouy";

/// The cost of every small Latin letter in place of every other.
const SUBSTITUTIONS: [[u32; 26]; 26] = {
    let mut costs = [[WHOLE; 26]; 26];
    let mut i = 0;
    while i < LIKE_SOUNDS.len() {
        let (letter, others) = LIKE_SOUNDS[i];
        let mut j = 0;
        while j < others.len() {
            costs[(letter - b'a') as usize][(others[j] - b'a') as usize] = LIKE_SOUND;
            costs[(others[j] - b'a') as usize][(letter - b'a') as usize] = LIKE_SOUND;
            j += 1;
        }
        i += 1;
    }
    let mut i = 0;
    while i < VOWELS.len() {
        let mut j = 0;
        while j < VOWELS.len() {
            costs[(VOWELS[i] - b'a') as usize][(VOWELS[j] - b'a') as usize] = VOWEL_FOR_VOWEL;
            j += 1;
        }
        i += 1;
    }
    costs
};

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
            prop_assert!((likeness(&a, &a) - 1.0).abs() < 1e-12);
        }
    }
}
