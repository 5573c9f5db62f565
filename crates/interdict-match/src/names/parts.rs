//! The parts of a folded name in order, each with its kind.

use super::{Bearer, vocabulary};

/// One part of a name: a word, an initial, a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The folded text in the form in which it is compared.
    pub text: String,
    /// What it is.
    pub kind: PartKind,
}

macro_rules! part_kinds {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $name:literal, $weight:literal;)*) => {
        /// What a part of a name is. It decides how much the part weighs beside its rarity.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum PartKind { $($(#[$doc])* $variant,)* }

        impl PartKind {
            /// The name in explanations and tables.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The kind of that name.
            pub(crate) fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }

            /// The number under which it stands in an index file.
            pub(crate) fn code(self) -> u8 {
                match self { $(Self::$variant => $code,)* }
            }

            /// The kind of that number; a number that is none is a plain word.
            pub(crate) fn from_code(code: u8) -> Self {
                match code { $($code => Self::$variant,)* _ => Self::Word }
            }

            /// The share of a plain word's weight, 0 to 1.
            pub(crate) fn weight(self) -> f64 {
                match self { $(Self::$variant => $weight,)* }
            }
        }
    };
}

part_kinds! {
    /// A word that names: given name, family name, the proper name of an organization.
    Word = 0, "word", 1.0;
    /// A single letter.
    Initial = 1, "initial", 0.5;
    /// A number.
    Number = 2, "number", 1.0;
    /// A word of many organizations: trading, technology, bank.
    Generic = 3, "generic", 0.30;
    /// A frequent place.
    Place = 4, "place", 0.6;
    /// A legal form.
    Legal = 5, "legal", 0.06;
    /// A small word: of, the, al, de.
    Particle = 6, "particle", 0.10;
    /// "Son of", "daughter of".
    Patronymic = 7, "patronymic", 0.12;
    /// A title before or after a name.
    Honorific = 8, "honorific", 0.06;
    /// The prefix of a ship's name.
    Vessel = 9, "vessel", 0.05;
    /// A word that tells two namesakes apart: Bank of Korea, Bank of North Korea.
    Direction = 10, "direction", 1.2;
}

impl PartKind {
    /// Whether a name of such parts alone names nobody.
    pub(super) fn says_nothing_alone(self) -> bool {
        use PartKind::{Honorific, Initial, Legal, Number, Particle, Patronymic, Vessel};
        matches!(self, Legal | Particle | Honorific | Vessel | Patronymic | Initial | Number)
    }
}

/// The same parts as plain words: for names that have nothing else.
pub(super) fn as_words(parts: &mut [Part]) {
    for part in parts {
        part.kind = PartKind::Word;
    }
}

/// The parts of a folded name. Apostrophes join, every other sign separates.
pub(super) fn split(folded: &str, bearer: Bearer) -> Vec<Part> {
    let mut words: Vec<String> = Vec::new();
    for chunk in folded
        .split(|char: char| char.is_whitespace() || matches!(char, ',' | ';' | '(' | ')' | '[' | ']' | '"'))
    {
        split_chunk(chunk, &mut words);
    }
    let n_words = words.len();
    words
        .iter()
        .enumerate()
        .map(|(idx, word)| {
            let text = vocabulary::canonical(word);
            Part { text: text.to_owned(), kind: kind_of(text, idx, n_words, bearer) }
        })
        .collect()
}

/// The words of a run without blanks: `sang-man`, `s.a.`, `o'neil`, `m/v`, `r&d`.
fn split_chunk(chunk: &str, words: &mut Vec<String>) {
    if matches!(chunk, "m/v" | "m/t" | "s/s" | "f/v") {
        words.push(chunk.replace('/', ""));
        return;
    }
    let joined: String = chunk.chars().filter(|&char| !is_apostrophe(char)).collect();
    for word in
        joined.split(|char: char| !(char.is_alphanumeric() || char == '.' || char == '&' || is_mark(char)))
    {
        let letters: Vec<&str> = word.split('.').filter(|piece| !piece.is_empty()).collect();
        let dotted_letters = letters.len() > 1 && letters.iter().all(|piece| piece.chars().count() == 1);
        if dotted_letters {
            push_dotted(&letters, words);
        } else {
            for piece in letters {
                push_word(piece, words);
            }
        }
    }
}

/// Letters with dots between them: a legal form or an acronym is one word (`s.a.`, `k.k.b.c.`), two letters that are none
/// are initials (`j.h.`).
fn push_dotted(letters: &[&str], words: &mut Vec<String>) {
    let joined = letters.concat();
    let is_legal_form = vocabulary::kinds(&joined).contains(&PartKind::Legal);
    if letters.len() > 2 || is_legal_form {
        words.push(joined);
    } else {
        words.extend(letters.iter().map(|&letter| letter.to_owned()));
    }
}

fn push_word(piece: &str, words: &mut Vec<String>) {
    let mut rest = piece.split('&').peekable();
    while let Some(word) = rest.next() {
        if !word.is_empty() {
            words.push(without_ordinal(word).to_owned());
        }
        if rest.peek().is_some() {
            words.push("and".to_owned());
        }
    }
}

/// `110th` is `110`.
fn without_ordinal(word: &str) -> &str {
    let digits = word.trim_end_matches(|char: char| char.is_ascii_alphabetic());
    let is_ordinal = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th");
    if is_ordinal { digits } else { word }
}

fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '`' | '´' | '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{02b9}'..='\u{02bf}' | '\u{02c8}' | '\u{05f3}')
}

/// Marks that folding has kept because they are letters of their script.
fn is_mark(char: char) -> bool {
    unicode_normalization::char::is_combining_mark(char)
}

fn kind_of(word: &str, idx: usize, n_words: usize, bearer: Bearer) -> PartKind {
    let mut letters = word.chars();
    if letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none() && word.is_ascii() {
        return PartKind::Initial;
    }
    if word.chars().all(char::is_numeric) {
        return PartKind::Number;
    }
    let kinds = vocabulary::kinds(word);
    let is = |kind| kinds.contains(&kind);
    // A word decides by its place: "General" opens a person's name as a title, "MS" a ship's as a prefix, and a legal
    // form closes an organization's. A person called "Sa" or "Ag" keeps the name.
    match bearer {
        Bearer::Person if is(PartKind::Honorific) && n_words > 1 => PartKind::Honorific,
        Bearer::Person if is(PartKind::Patronymic) && n_words > 1 => PartKind::Patronymic,
        Bearer::Person if is(PartKind::Particle) && n_words > 1 => PartKind::Particle,
        Bearer::Person => PartKind::Word,
        Bearer::Vehicle | Bearer::Unknown if is(PartKind::Vessel) && idx == 0 && n_words > 1 => {
            PartKind::Vessel
        }
        _ if is(PartKind::Legal) => PartKind::Legal,
        _ if is(PartKind::Generic) => PartKind::Generic,
        _ if is(PartKind::Place) => PartKind::Place,
        _ if is(PartKind::Direction) => PartKind::Direction,
        Bearer::Unknown if is(PartKind::Honorific) && (idx == 0 || idx + 1 == n_words) && n_words > 1 => {
            PartKind::Honorific
        }
        _ if is(PartKind::Patronymic) && n_words > 1 => PartKind::Patronymic,
        _ if is(PartKind::Particle) => PartKind::Particle,
        _ => PartKind::Word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, bearer: Bearer, expected: &str) {
        let shown: Vec<String> =
            split(name, bearer).iter().map(|part| format!("{}:{}", part.text, part.kind.name())).collect();
        assert_eq!(shown.join(" "), expected, "{name}");
    }

    #[test]
    fn parts_and_kinds() {
        check("kim, sang-man", Bearer::Person, "kim:word sang:word man:word");
        check("pak, ch'in-hyo'k", Bearer::Person, "pak:word chin:word hyok:word");
        check("j.h. park", Bearer::Person, "j:initial h:initial park:word");
        check("gen. qasem soleimani", Bearer::Person, "gen:honorific qasem:word soleimani:word");
        check("usama bin ladin", Bearer::Person, "usama:word bin:patronymic ladin:word");
        check(
            "agencia x, s.a. de c.v.",
            Bearer::Organization,
            "agencia:word x:initial sa:legal de:particle cv:legal",
        );
        check("110th research center", Bearer::Organization, "110:number research:generic ctr:generic");
        check(
            "r&d bros. co., ltd.",
            Bearer::Organization,
            "r:initial and:particle d:initial bros:word co:legal ltd:legal",
        );
        check("m/v chong chon gang", Bearer::Vehicle, "mv:vessel chong:word chon:word gang:word");
        check("sa", Bearer::Person, "sa:word");
    }
}
