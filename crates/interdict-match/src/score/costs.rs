//! What does the cheapest way from one row of sounds to another cost?

use crate::sound::{self, LETTERS_MAX};

/// Costs of one edit, in hundredths of a whole edit.
pub(super) const WHOLE: u32 = 100;
const SWAPPED: u32 = 75;
/// A vowel at the end makes another name: Ahmad and Ahmadi, Daniel and Daniela.
const LAST_VOWEL: u32 = 85;

/// What every edit costs.
struct Costs {
    substitution: [[u32; 64]; 64],
    gap: [u32; 64],
    /// The same where one side writes no short vowels.
    gap_unwritten: [u32; 64],
}

/// Where a sound stands in a table of costs: ASCII letters differ in their last six bits.
const fn slot(sound: u8) -> usize {
    (sound & 0x3f) as usize
}

/// Sounds that are taken for each other, and what that costs.
const CONFUSED: &[(u8, &[(u8, u32)])] = &[
    (b'k', &[(b'g', 30), (b'q', 5), (b'K', 20), (b'c', 20), (b'G', 40), (b'C', 45)]),
    (b'g', &[(b'G', 8), (b'j', 40), (b'q', 30), (b'h', 60)]),
    (b'q', &[(b'G', 20), (b'K', 40)]),
    (b'K', &[(b'h', 10), (b'G', 40), (b'C', 40), (b'j', 60)]),
    (b'h', &[(b'j', 50), (b'G', 50)]),
    (b'p', &[(b'b', 30), (b'f', 40)]),
    (b'b', &[(b'v', 40), (b'f', 70)]),
    (b't', &[(b'd', 30), (b'T', 8), (b'D', 35), (b'C', 60)]),
    (b'd', &[(b'D', 8), (b'T', 40), (b'z', 60)]),
    (b'T', &[(b's', 30), (b'D', 30), (b'f', 60)]),
    (b'D', &[(b'z', 20)]),
    (b's', &[(b'z', 20), (b'S', 25), (b'c', 10), (b'X', 40), (b'C', 50)]),
    (b'z', &[(b'Z', 30), (b'X', 30), (b'j', 45), (b'c', 30), (b'S', 50)]),
    (b'S', &[(b'C', 25), (b'Z', 25), (b'j', 50), (b'X', 40)]),
    (b'X', &[(b'C', 35), (b'c', 10)]),
    (b'c', &[(b'C', 25), (b'j', 35)]),
    (b'C', &[(b'j', 20), (b'Z', 30)]),
    (b'j', &[(b'Z', 15), (b'y', 25), (b'i', 35), (b'I', 35)]),
    (b'v', &[(b'w', 10), (b'f', 30), (b'u', 45)]),
    (b'w', &[(b'u', 15), (b'o', 30), (b'f', 50), (b'W', 30)]),
    (b'l', &[(b'r', 45), (b'i', 55)]),
    (b'm', &[(b'n', 55)]),
    (b'n', &[(b'N', 30)]),
    (b'y', &[(b'i', 10), (b'I', 12), (b'E', 30), (b'e', 40)]),
    (b'a', &[(b'e', 35), (b'W', 20), (b'E', 25), (b'o', 40), (b'u', 45), (b'i', 50), (b'O', 45)]),
    (b'e', &[(b'i', 35), (b'E', 15), (b'I', 20), (b'O', 25), (b'U', 30), (b'o', 50), (b'u', 55)]),
    (b'i', &[(b'I', 5), (b'E', 20), (b'u', 50), (b'o', 55), (b'U', 40)]),
    (b'o', &[(b'u', 30), (b'O', 10), (b'W', 15), (b'U', 30)]),
    (b'u', &[(b'O', 25), (b'U', 10), (b'W', 30)]),
    (b'E', &[(b'I', 20), (b'O', 40)]),
    (b'O', &[(b'U', 30)]),
];

static COSTS: Costs = {
    let mut substitution = [[WHOLE; 64]; 64];
    let mut idx = 0;
    while idx < 64 {
        substitution[idx][idx] = 0;
        idx += 1;
    }
    let mut row = 0;
    while row < CONFUSED.len() {
        let (sound, others) = CONFUSED[row];
        let mut other = 0;
        while other < others.len() {
            let (with, cost) = others[other];
            substitution[slot(sound)][slot(with)] = cost;
            substitution[slot(with)][slot(sound)] = cost;
            other += 1;
        }
        row += 1;
    }
    let mut gap = [WHOLE; 64];
    let mut gap_unwritten = [WHOLE; 64];
    let vowels = b"aeiouEIOUW";
    let mut idx = 0;
    while idx < vowels.len() {
        gap[slot(vowels[idx])] = 55;
        gap_unwritten[slot(vowels[idx])] = 10;
        idx += 1;
    }
    let weak = b"hyw";
    let mut idx = 0;
    while idx < weak.len() {
        gap[slot(weak[idx])] = 35;
        gap_unwritten[slot(weak[idx])] = 35;
        idx += 1;
    }
    Costs { substitution, gap, gap_unwritten }
};

/// Whether two sounds are not taken for each other.
pub(super) fn are_unlike(a: u8, b: u8) -> bool {
    COSTS.substitution[slot(a)][slot(b)] >= WHOLE
}

/// The cost of the cheapest way from one row of sounds to the other by inserting, deleting, replacing and swapping; nothing
/// when it is more than `most`.
pub(super) fn distance(a: &[u8], b: &[u8], lacks_vowels: bool, most: u32) -> Option<u32> {
    let gap = if lacks_vowels { &COSTS.gap_unwritten } else { &COSTS.gap };
    let (a, b) = (&a[..a.len().min(LETTERS_MAX)], &b[..b.len().min(LETTERS_MAX)]);
    // The row at hand and the two above it, in turn.
    let mut rows = [[0u32; LETTERS_MAX + 1]; 3];
    let gap_at = |word: &[u8], at: usize| {
        let cost = gap[slot(word[at])];
        if at + 1 == word.len() && !lacks_vowels && sound::is_vowel(word[at]) {
            cost.max(LAST_VOWEL)
        } else {
            cost
        }
    };
    for j in 0..b.len() {
        rows[0][j + 1] = rows[0][j] + gap_at(b, j);
    }
    for (i, &sound_a) in a.iter().enumerate() {
        let (before, above, at) = ((i + 2) % 3, i % 3, (i + 1) % 3);
        let gap_a = gap_at(a, i);
        let costs = &COSTS.substitution[slot(sound_a)];
        let mut left = rows[above][0] + gap_a;
        rows[at][0] = left;
        let mut cheapest = left;
        for (j, &sound_b) in b.iter().enumerate() {
            let mut replacing = costs[slot(sound_b)];
            if lacks_vowels && replacing < WHOLE {
                let is_vowel = sound::is_vowel(sound_a);
                replacing = if is_vowel { replacing.min(15) } else { (replacing * 3 / 2).min(WHOLE) };
            }
            let replaced = rows[above][j] + replacing;
            let deleted = rows[above][j + 1] + gap_a;
            let inserted = left + gap_at(b, j);
            left = replaced.min(deleted).min(inserted);
            if i > 0 && j > 0 && sound_a == b[j - 1] && a[i - 1] == sound_b && sound_a != sound_b {
                left = left.min(rows[before][j - 1] + SWAPPED);
            }
            rows[at][j + 1] = left;
            cheapest = cheapest.min(left);
        }
        // A swap reaches back two rows, and costs less than two edits.
        if cheapest > most + WHOLE {
            return None;
        }
    }
    let cost = rows[a.len() % 3][b.len()];
    (cost <= most).then_some(cost)
}
