//! May two words be spellings of one word in different romanizations?

use crate::generate::tables::DIACRITICS;

/// A word as it sounds: its consonants, with a mark where vowels stand, and the vowels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelling {
    /// The consonants with `-` for each run of vowels. Words with digits are as they are.
    pub consonants: String,
    /// The runs of vowels, each as one.
    vowels: Vec<String>,
}

/// Consonants that romanizations write in several ways, longest first.
const CONSONANTS: [(&str, &str); 18] = [
    ("shch", "s"),
    ("sch", "s"),
    ("tch", "c"),
    ("dzh", "j"),
    ("sh", "s"),
    ("ch", "c"),
    ("dj", "j"),
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("w", "v"),
    ("x", "ks"),
];

/// Runs of vowels that are one vowel. `y` is an `i`, and `E` stands for ai, ei.
const VOWELS: [(&str, &str); 13] = [
    ("aa", "a"),
    ("ee", "i"),
    ("ii", "i"),
    ("oo", "u"),
    ("ou", "u"),
    ("uu", "u"),
    ("ai", "E"),
    ("ei", "E"),
    ("aii", "E"),
    ("ie", "e"),
    ("iia", "ia"),
    ("iou", "iu"),
    ("ioo", "iu"),
];

/// Vowels that stand for each other.
const NEAR: [(&str, &str); 5] = [("a", "e"), ("e", "i"), ("o", "u"), ("e", "E"), ("i", "E")];

impl Spelling {
    /// The spelling of a word of plain letters.
    pub fn of(word: &str) -> Self {
        if word.chars().any(|char| char.is_ascii_digit()) {
            return Self { consonants: word.to_owned(), vowels: Vec::new() };
        }
        let mut spelling = Self { consonants: String::new(), vowels: Vec::new() };
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let n_vowels = rest.find(|char| !is_vowel(char)).unwrap_or(rest.len());
            if n_vowels > 0 {
                let (run, behind) = rest.split_at(n_vowels);
                spelling.push_vowels(run);
                rest = behind;
                continue;
            }
            let group = CONSONANTS.iter().find(|(written, _)| rest.starts_with(written));
            let (written, sound) = group.map_or((first.len_utf8(), first.to_string()), |(written, sound)| {
                (written.len(), (*sound).to_owned())
            });
            rest = rest.get(written..).unwrap_or_default();
            // An h at the end is not heard, and a double consonant is one.
            let is_silent = sound == "h" && rest.is_empty() && !spelling.consonants.is_empty();
            if !is_silent && !spelling.consonants.ends_with(&sound) {
                spelling.consonants.push_str(&sound);
            }
        }
        spelling
    }

    fn push_vowels(&mut self, run: &str) {
        let run = run.replace('y', "i");
        let known = VOWELS.iter().find(|(written, _)| *written == run);
        self.vowels.push(known.map_or(run, |(_, one)| (*one).to_owned()));
        self.consonants.push('-');
    }

    /// Whether both may be one word: the same consonants, and vowels that stand for each other.
    pub fn may_be(&self, other: &Self) -> bool {
        let near = |(a, b): (&String, &String)| {
            a == b
                || NEAR.iter().any(|(x, y)| {
                    (x, y) == (&a.as_str(), &b.as_str()) || (y, x) == (&a.as_str(), &b.as_str())
                })
        };
        self.consonants == other.consonants && self.vowels.iter().zip(&other.vowels).all(near)
    }
}

fn is_vowel(char: char) -> bool {
    matches!(char, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// A word in small letters without accents and apostrophes.
pub(super) fn plain_letters(word: &str) -> String {
    let mut plain = String::new();
    for char in word.to_lowercase().chars().filter(|char| char.is_alphanumeric()) {
        let bare =
            DIACRITICS.iter().find(|(_, marked)| marked.iter().any(|marked| marked.chars().eq([char])));
        plain.push(bare.map_or(char, |(bare, _)| *bare));
    }
    plain.retain(|char| !"ʼʻʿʾ".contains(char));
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_be(a: &str, b: &str) -> bool {
        Spelling::of(a).may_be(&Spelling::of(b))
    }

    #[test]
    fn romanizations_of_one_word() {
        for (a, b) in [
            ("muhammad", "mohamed"),
            ("sulayman", "suleiman"),
            ("ebrahim", "ibrahim"),
            ("georgyevich", "georgievich"),
            ("kareem", "karim"),
            ("duri", "douri"),
            ("qassem", "kasim"),
            ("fatimah", "fatima"),
            ("shevchenko", "schevtchenko"),
        ] {
            assert!(may_be(a, b), "{a} {b} {:?} {:?}", Spelling::of(a), Spelling::of(b));
        }
    }

    #[test]
    fn other_words() {
        for (a, b) in [
            ("hassan", "hussein"),
            ("karami", "karimi"),
            ("ahmad", "ahmadi"),
            ("salman", "suleiman"),
            ("lyashenko", "lukashenko"),
            ("kim", "kam"),
            ("7896", "7897"),
        ] {
            assert!(!may_be(a, b), "{a} {b}");
        }
    }

    #[test]
    fn accents_and_apostrophes_go() {
        assert_eq!(plain_letters("Sa'íd"), "said");
        assert_eq!(plain_letters("MÜLLER"), "muller");
    }
}
