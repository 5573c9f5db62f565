//! The classes of manipulation: what a careless clerk, a machine or an adversary does to a name. Each is one small function
//! from a name to another from which a human could still recognize it, or to nothing where the class does not apply.

mod combined;
mod organizations;
mod scripts;
mod signs;
mod spelling;
mod transport;
mod typing;
mod vessels;
mod words;

use super::name::{Kind, Severity};
use super::sources::Source;
use interdict_core::random::Random;

/// A name on its way: as it is so far, and where it came from.
#[derive(Debug, Clone)]
pub(super) struct Draft<'a> {
    /// The name so far.
    pub name: String,
    /// The listed name it is made of.
    pub source: &'a Source<'a>,
}

/// What a class does. Nothing when the name gives no occasion for it.
pub(super) type Change = fn(&Draft<'_>, Severity, &mut Random) -> Option<String>;

/// Where in the life of a name a class belongs, so that combinations happen in an order that makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Which words there are.
    Words,
    /// How they are spelled.
    Spelling,
    /// With which signs they are written.
    Signs,
    /// Not part of combinations.
    Alone,
}

/// One class of manipulation.
pub struct Class {
    /// Its name in files and reports.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    pub(super) kinds: &'static [Kind],
    pub(super) stage: Stage,
    pub(super) change: Change,
}

const ALL: &[Kind] = &Kind::ALL;
const PERSONS: &[Kind] = &[Kind::Person];
const PERSONS_AND_ORGANIZATIONS: &[Kind] = &[Kind::Person, Kind::Organization];
const ORGANIZATIONS: &[Kind] = &[Kind::Organization];
const VESSELS: &[Kind] = &[Kind::Vessel];

const fn class(
    name: &'static str,
    kinds: &'static [Kind],
    stage: Stage,
    change: Change,
    about: &'static str,
) -> Class {
    Class { name, about, kinds, stage, change }
}

/// All classes, in the order of reports.
pub static CLASSES: &[Class] = &[
    class("insert", ALL, Stage::Spelling, typing::insert, "letters typed that do not belong there"),
    class("delete", ALL, Stage::Spelling, typing::delete, "letters left out"),
    class("substitute", ALL, Stage::Spelling, typing::substitute, "letters replaced by others"),
    class("transpose", ALL, Stage::Spelling, typing::transpose, "neighboring letters swapped"),
    class("double", ALL, Stage::Spelling, typing::double, "letters doubled"),
    class("keyboard", ALL, Stage::Spelling, typing::keyboard, "a key hit beside the right one"),
    class("every_word_misspelt", ALL, Stage::Alone, typing::every_word, "a typing error in every word"),
    class("token_order", ALL, Stage::Words, words::order, "words in another order"),
    class("missing_token", PERSONS_AND_ORGANIZATIONS, Stage::Words, words::missing, "words left out"),
    class("extra_token", PERSONS_AND_ORGANIZATIONS, Stage::Words, words::extra, "words added"),
    class("initials", PERSONS, Stage::Words, words::initials, "given names cut to initials"),
    class("joined", ALL, Stage::Words, words::joined, "words written together"),
    class("split", ALL, Stage::Words, words::split, "a word written as two"),
    class("transliteration", ALL, Stage::Spelling, spelling::transliteration, "another romanization"),
    class("phonetic", ALL, Stage::Spelling, spelling::phonetic, "spelled by ear"),
    class("nickname", PERSONS, Stage::Words, spelling::nickname, "short or foreign form of a given name"),
    class("honorific", PERSONS, Stage::Words, words::honorific, "titles added"),
    class("original_script", ALL, Stage::Alone, scripts::original, "the listed name in its own script"),
    class("synthetic_cyrillic", ALL, Stage::Alone, scripts::cyrillic, "written in Cyrillic by rule"),
    class(
        "synthetic_hangul",
        PERSONS,
        Stage::Alone,
        scripts::hangul,
        "Korean name written in Hangul by sound",
    ),
    class(
        "synthetic_arabic",
        PERSONS,
        Stage::Alone,
        scripts::arabic,
        "Arabic or Persian name in Arabic letters",
    ),
    class("diacritics", ALL, Stage::Signs, signs::diacritics, "accents added"),
    class("homoglyph", ALL, Stage::Signs, signs::homoglyph, "look-alike letters of other alphabets"),
    class("invisible", ALL, Stage::Signs, signs::invisible, "invisible characters between letters"),
    class("full_width", ALL, Stage::Signs, signs::full_width, "full-width letters"),
    class("leetspeak", ALL, Stage::Signs, signs::leetspeak, "digits for letters"),
    class("ocr", ALL, Stage::Signs, signs::ocr, "misread by a scanner"),
    class("punctuation", ALL, Stage::Signs, signs::punctuation, "dots, hyphens, commas, quotes"),
    class("case", ALL, Stage::Alone, signs::case, "another case"),
    class(
        "legal_form",
        ORGANIZATIONS,
        Stage::Words,
        organizations::legal_form,
        "legal form added, dropped, changed",
    ),
    class(
        "abbreviation",
        ORGANIZATIONS,
        Stage::Words,
        organizations::abbreviation,
        "generic words shortened",
    ),
    class("encoding_damage", ALL, Stage::Alone, transport::encoding, "damage from a wrong character set"),
    class("truncation", ALL, Stage::Alone, transport::truncation, "cut at the length of a field"),
    class(
        "payment_lines",
        ALL,
        Stage::Alone,
        transport::payment_lines,
        "lines and codes of payment messages",
    ),
    class("vessel_prefix", VESSELS, Stage::Words, vessels::prefix, "M/V and the like added or dropped"),
    class("combination_two", ALL, Stage::Alone, combined::two, "two classes at once"),
    class("combination_three", ALL, Stage::Alone, combined::three, "three classes at once"),
];

/// The class that changes nothing but what a comparison without regard to case does not see. It is the one whose results may
/// equal the listed name.
pub(super) const ONLY_CASE: &str = "case";
/// The class whose queries are names of the list, in the list's own other script.
pub(super) const ORIGINAL_SCRIPT: &str = "original_script";

#[cfg(test)]
pub(super) mod trial {
    //! A source for the tests of the classes.

    use super::*;
    use crate::generate::name::natural;

    /// What a class makes of a listed name, many times.
    pub fn tried(
        class: &str,
        listed: &str,
        kind: Kind,
        countries: &[&str],
        severity: Severity,
    ) -> Vec<String> {
        // Outside of an index the longest word is taken for the most telling one.
        let telling = listed.split([' ', ',']).max_by_key(|word| word.len()).unwrap();
        let source = Source {
            entity: 0,
            id: "x-1",
            list: "x",
            schema: "Person",
            kind,
            listed,
            others: Vec::new(),
            countries: countries.to_vec(),
            dates: Vec::new(),
            telling: telling.to_lowercase(),
        };
        let class = CLASSES.iter().find(|known| known.name == class).unwrap();
        let draft = Draft { name: natural(listed, kind), source: &source };
        let mut random = Random::new(1, "trial");
        (0..40).filter_map(|_| (class.change)(&draft, severity, &mut random)).collect()
    }
}
