//! What does a part of a name sound like? Spellings of one sound, across languages and ways of romanizing, become one row
//! of *sounds*; coarser rows of the same find what is spelt otherwise.
//!
//! A sound is one ASCII letter: lower-case letters are themselves, upper-case ones stand for what is written with several
//! letters (`S` for sh, `K` for kh, …: see [`GRAPHEMES`]). Three forms are made of a part:
//!
//! | form | `mohammed` | `yevgeniy` | `chong` |
//! |---|---|---|---|
//! | sounds | `mohamed` | `yevgeni` | `CoN` |
//! | key: classes of sounds, neighbors of one class joined | `muhamit` | `ifkini` | `cun` |
//! | skeleton: the consonants of the key | `mt` | `fkn` | `cn` |

/// Longest part that is compared by sound, in letters; of longer ones the first letters count.
pub(crate) const LETTERS_MAX: usize = 48;

/// Letters that are written together for one sound, the longer ones first.
const GRAPHEMES: &[(&[u8], &[u8])] = &[
    (b"shch", b"S"),
    (b"tsch", b"C"),
    (b"sch", b"S"),
    (b"tch", b"C"),
    (b"tsh", b"C"),
    (b"dzh", b"j"),
    (b"zzh", b"Z"),
    (b"chr", b"kr"),
    (b"chl", b"kl"),
    (b"sh", b"S"),
    (b"ch", b"C"),
    (b"cz", b"C"),
    (b"zh", b"Z"),
    (b"kh", b"K"),
    (b"gh", b"G"),
    (b"ph", b"f"),
    (b"th", b"T"),
    (b"dh", b"D"),
    (b"dj", b"j"),
    (b"rh", b"r"),
    (b"bh", b"b"),
    (b"ck", b"k"),
    (b"qu", b"kw"),
    (b"sz", b"s"),
    (b"ts", b"X"),
    (b"tz", b"X"),
    (b"ou", b"u"),
    (b"oo", b"u"),
    (b"ee", b"i"),
    (b"iy", b"i"),
    (b"ij", b"i"),
    (b"ie", b"I"),
    (b"ae", b"E"),
    (b"ai", b"E"),
    (b"ay", b"E"),
    (b"ei", b"E"),
    (b"ey", b"E"),
    (b"eo", b"O"),
    (b"eu", b"U"),
    (b"ue", b"U"),
    (b"oe", b"O"),
    (b"au", b"W"),
    (b"aw", b"W"),
    (b"ow", b"W"),
    (b"ng", b"N"),
];

/// The sounds of a folded part into `sounds`; false when it is not written in small Latin letters alone.
pub(crate) fn sounds(text: impl AsRef<[u8]>, sounds: &mut Vec<u8>) -> bool {
    sounds.clear();
    let bytes = text.as_ref();
    let bytes = &bytes[..bytes.len().min(LETTERS_MAX)];
    if bytes.is_empty() || !bytes.iter().all(u8::is_ascii_lowercase) {
        return false;
    }
    let mut at = 0;
    while at < bytes.len() {
        at += push_sound(bytes, at, sounds);
    }
    true
}

/// Whether a grapheme starts with these two letters: most pairs start none, and need not be looked for.
static STARTS_GRAPHEME: [bool; 1024] = {
    let mut starts = [false; 1024];
    let mut row = 0;
    while row < GRAPHEMES.len() {
        starts[pair(GRAPHEMES[row].0[0], GRAPHEMES[row].0[1])] = true;
        row += 1;
    }
    starts
};

const fn pair(letter: u8, next: u8) -> usize {
    (letter & 31) as usize * 32 + (next & 31) as usize
}

fn is_vowel_letter(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Puts the sound at a place; how many letters it takes.
fn push_sound(bytes: &[u8], at: usize, sounds: &mut Vec<u8>) -> usize {
    let rest = &bytes[at..];
    let letter = rest[0];
    let next = rest.get(1).copied().unwrap_or(0);
    if next == letter && !matches!(letter, b'e' | b'o') {
        return 1; // doubled: the second one counts
    }
    if STARTS_GRAPHEME[pair(letter, next)]
        && let Some((spelling, sound)) = GRAPHEMES.iter().find(|(spelling, _)| rest.starts_with(spelling))
        && reads_together(spelling, bytes, at)
    {
        sounds.extend_from_slice(sound);
        return spelling.len();
    }
    match letter {
        b'c' if matches!(next, b'e' | b'i' | b'y') => sounds.push(b'c'),
        b'c' => sounds.push(b'k'),
        b'x' if at == 0 => sounds.push(b'S'),
        b'x' => sounds.extend_from_slice(b"ks"),
        b'y' if is_vowel_letter(next) && next != b'y' => sounds.push(b'y'),
        b'y' => sounds.push(b'i'),
        other => sounds.push(other),
    }
    1
}

/// Whether the letters belong together where they stand: `aya` is a-ya, `anga` may be an-ga, `awa` is a-wa.
fn reads_together(spelling: &[u8], bytes: &[u8], at: usize) -> bool {
    let after = bytes.get(at + spelling.len()).copied().unwrap_or(0);
    match spelling {
        b"ng" => !is_vowel_letter(after),
        b"ay" | b"ey" | b"iy" | b"aw" | b"ow" => !is_vowel_letter(after),
        _ => true,
    }
}

/// The class of a sound: sounds that are taken for each other share one.
fn class(sound: u8) -> u8 {
    match sound {
        b'a' | b'W' => b'a',
        b'e' | b'i' | b'E' | b'y' | b'I' => b'i',
        b'o' | b'u' | b'O' | b'U' => b'u',
        b'b' | b'p' => b'p',
        b'f' | b'v' | b'w' => b'f',
        b't' | b'd' | b'T' | b'D' => b't',
        b'k' | b'g' | b'q' | b'G' => b'k',
        b'h' | b'K' => b'h',
        b's' | b'z' | b'S' | b'c' | b'X' => b's',
        b'C' | b'j' | b'Z' => b'c',
        b'l' | b'r' => b'l',
        b'n' | b'N' => b'n',
        other => other,
    }
}

/// Whether a class is of vowels.
pub(crate) fn is_vowel_class(class: u8) -> bool {
    matches!(class, b'a' | b'i' | b'u')
}

/// Whether a sound is a vowel.
pub(crate) fn is_vowel(sound: u8) -> bool {
    is_vowel_class(class(sound))
}

/// A short row of sounds or classes, without memory of its own.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    bytes: [u8; LETTERS_MAX],
    len: usize,
}

impl Row {
    fn new() -> Self {
        Self { bytes: [0; LETTERS_MAX], len: 0 }
    }

    fn push(&mut self, class: u8) {
        if let Some(slot) = self.bytes.get_mut(self.len) {
            *slot = class;
            self.len += 1;
        }
    }
}

impl std::ops::Deref for Row {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from_utf8_lossy(self))
    }
}

/// The key of sounds: their classes, neighbors of one class joined, without an `h` after a vowel.
pub(crate) fn key(sounds: &[u8]) -> Row {
    let mut key = Row::new();
    for (idx, &sound) in sounds.iter().enumerate() {
        let class = class(sound);
        let is_silent = sound == b'h'
            && idx > 0
            && is_vowel(sounds[idx - 1])
            && !sounds.get(idx + 1).is_some_and(|&next| is_vowel(next));
        if !is_silent && key.last() != Some(&class) {
            key.push(class);
        }
    }
    key
}

/// Which classes a key has an odd number of times: one edit changes two of these bits at most.
pub(crate) fn parity(key: &[u8]) -> u16 {
    key.iter().fold(0, |parity, class| parity ^ 1 << (class % 16))
}

/// The skeleton of a key: its consonants, without `h` but at the start.
pub(crate) fn skeleton(key: &[u8]) -> impl Iterator<Item = u8> + Clone {
    let mut last = 0;
    key.iter().enumerate().filter_map(move |(idx, &class)| {
        let counts = !is_vowel_class(class) && (class != b'h' || idx == 0) && class != last;
        if counts {
            last = class;
        }
        counts.then_some(class)
    })
}
