//! What is known of a word of a name, whoever bears it: the form in which it is compared, and what it can be. The tables are
//! in `words/`; which of its kinds counts in a name is decided in `parts`.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

pub(super) const WORDS: &str = include_str!("../../words/words.tsv");
pub(super) const ABBREVIATIONS: &str = include_str!("../../words/abbreviations.tsv");
pub(super) const LEGAL_FORMS: &str = include_str!("../../words/legal_forms.tsv");
const PLACES: &str = include_str!("../../words/places.tsv");
const HONORIFICS: &str = include_str!("../../words/honorifics.tsv");
pub(super) const FAMILY_NAMES: &str = include_str!("../../words/family_names.tsv");
const NAME_VARIANTS: &str = include_str!("../../words/name_variants.tsv");

/// The tables as they stand. Other tables take names apart in another way, so an index names them in its digest.
pub(crate) const TABLES: [&str; 8] = [
    WORDS,
    ABBREVIATIONS,
    LEGAL_FORMS,
    PLACES,
    HONORIFICS,
    FAMILY_NAMES,
    NAME_VARIANTS,
    super::common_names::TABLE,
];

/// What a word can be, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Traits(u32);

macro_rules! traits {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $word:literal;)*) => {
        impl Traits {
            $($(#[$doc])* pub(super) const $name: Self = Self(1 << $bit);)*

            /// The trait that the tables call so.
            fn from_name(name: &str) -> Option<Self> {
                match name { $($word => Some(Self::$name),)* _ => None }
            }
        }
    };
}

traits! {
    /// A legal form wherever it stands.
    LEGAL = 0, "legal";
    /// A legal form at the start or the end of a name only: it is a syllable or a word elsewhere.
    LEGAL_AT_EDGE = 1, "legal_at_edge";
    /// A word of many organizations.
    GENERIC = 2, "generic";
    /// The same, but people and ships are called so too.
    GENERIC_OR_NAME = 3, "generic_or_name";
    /// A place.
    PLACE = 4, "place";
    /// A place, but people are called so too.
    PLACE_OR_NAME = 5, "place_or_name";
    /// A small word.
    PARTICLE = 6, "particle";
    /// An Arabic article before a letter to which it has become alike: `ash` in `ash-shami`.
    ARTICLE = 7, "article";
    /// "Son of", "daughter of".
    PATRONYMIC = 8, "patronymic";
    /// A title anywhere in a person's name.
    HONORIFIC = 9, "honorific";
    /// A title before a person's name.
    HONORIFIC_FIRST = 10, "honorific_first";
    /// A title or "junior" behind a person's name.
    SUFFIX = 11, "suffix";
    /// The prefix of a ship's name.
    VESSEL = 12, "vessel";
    /// The same, but only where the bearer is known to be a ship.
    VESSEL_ONLY = 13, "vessel_only";
    /// North, south, upper.
    DIRECTION = 14, "direction";
    /// A number in letters.
    NUMBER = 15, "number";
    /// A word of which only the spelling is told.
    WORD = 16, "word";
    /// As [`Self::LEGAL_AT_EDGE`], but people are called so too.
    LEGAL_OR_NAME = 17, "legal_or_name";
}

impl Traits {
    /// Whether the two sets have a trait in common.
    pub(super) fn has(self, any_of: Self) -> bool {
        self.0 & any_of.0 != 0
    }

    /// This set without the other.
    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Both sets together.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What the tables say of a word, or of several words that are one part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    /// The form that is compared.
    pub form: &'static str,
    /// What it can be.
    pub traits: Traits,
    /// Whether `form` and a generic meaning hold only in the name of an organization: `dev`, `banks`.
    pub in_organizations: bool,
}

struct Vocabulary {
    words: Words<Record>,
    /// By the first word: the others, and what they are together; the longest first.
    phrases: Words<Vec<(Vec<&'static str>, Record)>>,
    /// Legal forms in scripts without blanks, which stand glued to a name; the longest first.
    glued: Vec<&'static str>,
}

/// What is known of a word.
pub(super) fn record(word: &str) -> Option<&'static Record> {
    vocabulary().words.get(word)
}

/// The other words in Latin letters that are compared as this form, in the order of the alphabet: `company` for `co`.
pub(crate) fn spellings(form: &str) -> impl Iterator<Item = &'static str> {
    static SPELLINGS: OnceLock<Words<Vec<&'static str>>> = OnceLock::new();
    let spellings = SPELLINGS.get_or_init(|| {
        let mut spellings: Words<Vec<&'static str>> = Words::default();
        let mut known: Vec<(&'static str, &'static str)> =
            vocabulary().words.iter().map(|(word, record)| (*word, record.form)).collect();
        // The long words of a legal form of several words stand for it, too: one of them may be misspelt or alone.
        let phrases = vocabulary().phrases.iter().flat_map(|(first, phrases)| {
            phrases.iter().map(move |(rest, record)| (std::iter::once(first).chain(rest), record))
        });
        known.extend(phrases.filter(|(_, record)| record.traits.has(Traits::LEGAL)).flat_map(
            |(words, record)| {
                let long = words.filter(|word| word.len() > 4 && !vocabulary().words.contains_key(*word));
                long.map(|word| (*word, record.form))
            },
        ));
        known.sort_unstable();
        known.dedup();
        for (word, form) in known {
            if word != form && word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                spellings.entry(form).or_default().push(word);
            }
        }
        spellings
    });
    spellings.get(form).into_iter().flatten().copied()
}

/// The longest run of words, two at least, that the tables know as one; `at` gives the words from the first on. The number
/// of words comes with it.
pub(super) fn phrase<'a>(at: impl Fn(usize) -> Option<&'a str>) -> Option<(usize, &'static Record)> {
    let phrases = vocabulary().phrases.get(at(0)?)?;
    let known = phrases.iter().find(|(rest, _)| {
        rest.iter().enumerate().all(|(idx, word)| at(idx + 1).is_some_and(|other| other == *word))
    })?;
    Some((known.0.len() + 1, &known.1))
}

/// The legal forms that are written without a blank before or after a name: `주식회사`, `有限公司`.
pub(super) fn glued_legal_forms() -> &'static [&'static str] {
    &vocabulary().glued
}

fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
    VOCABULARY.get_or_init(Vocabulary::load)
}

impl Vocabulary {
    fn load() -> Self {
        let mut vocabulary = Self { words: Words::default(), phrases: Words::default(), glued: Vec::new() };
        for mut fields in rows(LEGAL_FORMS) {
            let (form, _class, _countries) = (next(&mut fields), next(&mut fields), next(&mut fields));
            for field in fields {
                vocabulary.add_legal(form, field);
            }
        }
        for table in [ABBREVIATIONS, PLACES, HONORIFICS] {
            for mut fields in rows(table) {
                let (kind, form) = (next(&mut fields), next(&mut fields));
                let Some(traits) = Traits::from_name(kind) else { continue };
                vocabulary.add(form, Record { form, traits, in_organizations: false });
                for field in fields {
                    let word = field.trim_start_matches('~');
                    let in_organizations = word.len() < field.len();
                    vocabulary.add(word, Record { form, traits, in_organizations });
                }
            }
        }
        for mut fields in rows(WORDS) {
            let Some(traits) = Traits::from_name(next(&mut fields)) else { continue };
            for word in fields {
                vocabulary.add(word, Record { form: word, traits, in_organizations: false });
            }
        }
        vocabulary.inherit_traits();
        let longest_first = |phrases: &mut Vec<(Vec<&str>, Record)>| {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        };
        vocabulary.phrases.values_mut().for_each(longest_first);
        vocabulary.glued.sort_by_key(|text| (std::cmp::Reverse(text.len()), *text));
        vocabulary
    }

    /// A spelling is also what its form is: `&` is the particle that `and` is.
    fn inherit_traits(&mut self) {
        let of_form: Words<Traits> = self.words.iter().map(|(word, record)| (*word, record.traits)).collect();
        let inherit = |record: &mut Record| {
            record.traits = record.traits.with(of_form.get(record.form).copied().unwrap_or_default());
        };
        self.words.values_mut().for_each(inherit);
        self.phrases.values_mut().flatten().map(|(_, record)| record).for_each(inherit);
    }

    /// A spelling of a legal form with the mark before it, as `words/README.md` tells.
    fn add_legal(&mut self, form: &'static str, field: &'static str) {
        let word = field.trim_start_matches(['=', '^', '!', '?']);
        let keeps_text = field.starts_with(['=', '!', '?']);
        let traits = match field.as_bytes().first() {
            Some(b'=' | b'^') => Traits::LEGAL_AT_EDGE,
            Some(b'?') => Traits::LEGAL_OR_NAME,
            _ => Traits::LEGAL,
        };
        let form = if keeps_text { word } else { form };
        self.add(word, Record { form, traits, in_organizations: false });
        // The compared form is a word that is known, even where no one writes it so.
        if form != word {
            self.add(form, Record { form, traits: Traits::default(), in_organizations: false });
        }
        if is_written_without_blanks(word) {
            self.glued.push(word);
        }
    }

    /// A word can stand in several tables: it is all that they say, and the first that turns it into another form counts.
    fn add(&mut self, word: &'static str, record: Record) {
        if let Some((first, rest)) = word.split_once(' ') {
            let phrases = self.phrases.entry(first).or_default();
            let rest: Vec<&str> = rest.split(' ').collect();
            if phrases.iter().all(|(other, _)| *other != rest) {
                phrases.push((rest, record));
            }
            return;
        }
        let known = self.words.entry(word).or_insert(Record { traits: Traits::default(), ..record });
        known.traits = known.traits.with(record.traits);
        if known.form == word && record.form != word {
            known.form = record.form;
            known.in_organizations = record.in_organizations;
        }
    }
}

/// Whether a word of several characters is in Han, Hangul or Thai, where names and legal forms stand side by side.
fn is_written_without_blanks(word: &str) -> bool {
    let is_such = |char: char| matches!(char, '\u{0e00}'..='\u{0e7f}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    word.chars().count() > 1 && word.chars().all(is_such)
}

/// The rows of a table, taken apart at the tabs.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = std::str::Split<'static, char>> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t'))
}

fn next(fields: &mut std::str::Split<'static, char>) -> &'static str {
    fields.next().unwrap_or_default()
}

/// A map by words of the tables. What is looked up comes from outside, but nothing from outside is put in, so a simple hash
/// does; the standard one takes most of the time of an analysis.
pub(super) type Words<V> = HashMap<&'static str, V, BuildHasherDefault<WordHasher>>;

/// The hash of Fowler, Noll and Vo (FNV-1a).
#[derive(Clone)]
pub(super) struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests;
