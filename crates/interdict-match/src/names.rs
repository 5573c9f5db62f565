//! What a name is made of: spellings folded together, scripts read aloud, parts with their kinds.
//!
//! One name gives one or more [`Reading`]s: the name as written, and for other scripts how it is read in Latin letters.
//! Two names are compared reading by reading; list names are analyzed when the index is built, a subject's name once.

mod fold;
mod han;
mod hangul;
mod parts;
mod vocabulary;

use unicode_script::{Script, UnicodeScript as _};

use interdict_core::limits;
use interdict_core::model::Schema;
use interdict_core::outcome::NotScreened;

pub use parts::{Part, PartKind};
pub(crate) use vocabulary::TABLES;

/// What a bearer of a name is, as far as it decides how the name is taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bearer {
    /// A natural person.
    Person,
    /// A ship or an aircraft.
    Vehicle,
    /// A company, public body or other organization.
    Organization,
    /// Not known.
    Unknown,
}

impl Bearer {
    /// The bearer that a schema stands for; schemata above `Person` and `Company` say nothing.
    pub fn of(schema: Option<&Schema>) -> Self {
        match schema {
            Some(schema) if schema.is_a("Person") => Self::Person,
            Some(schema) if schema.is_a("Vehicle") => Self::Vehicle,
            Some(schema) if schema.is_a("Organization") => Self::Organization,
            _ => Self::Unknown,
        }
    }
}

/// How a reading came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// As written.
    Written,
    /// Hangul read in Latin letters.
    Korean,
    /// Han characters read as Chinese (pinyin).
    Chinese,
    /// Han characters read as Korean.
    SinoKorean,
    /// Another script turned into Latin letters sign by sign.
    Transliterated,
}

impl Via {
    /// The name in explanations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Korean => "korean",
            Self::Chinese => "chinese",
            Self::SinoKorean => "sino_korean",
            Self::Transliterated => "transliterated",
        }
    }

    /// The number under which it stands in an index file.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Written => 0,
            Self::Korean => 1,
            Self::Chinese => 2,
            Self::SinoKorean => 3,
            Self::Transliterated => 4,
        }
    }

    /// The way of that number.
    pub(crate) fn from_code(code: u8) -> Self {
        match code {
            1 => Self::Korean,
            2 => Self::Chinese,
            3 => Self::SinoKorean,
            4 => Self::Transliterated,
            _ => Self::Written,
        }
    }
}

/// One way to read a name: its parts in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// How it came about.
    pub via: Via,
    /// The parts; never empty.
    pub parts: Vec<Part>,
}

/// A name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analysis {
    /// The readings, the written one first; never empty.
    pub readings: Vec<Reading>,
    /// Whether it has only words that every other name has too ("The Company Ltd"). They are taken for plain words then:
    /// some listed parties are called so.
    pub is_generic: bool,
    /// The script without readings of its own that the name is written in, such as Arabic: turned sign by sign into Latin
    /// letters it meets few names, so finding nothing says nothing.
    pub unread_script: Option<&'static str>,
}

/// Takes a name apart.
///
/// # Errors
/// When the name is empty, too long, or has nothing that can be compared.
///
/// # Example
/// ```
/// use interdict_match::names::{Bearer, analyze};
/// let texts = |name| -> Vec<Vec<String>> {
///     let readings = analyze(name, Bearer::Person).unwrap().readings;
///     readings.into_iter().map(|r| r.parts.into_iter().map(|part| part.text).collect()).collect()
/// };
/// assert_eq!(texts("KIM, Sang-man"), [["kim", "sang", "man"]]);
/// assert!(texts("김상만").contains(&vec!["kim".into(), "sang".into(), "man".into()]));
/// ```
pub fn analyze(name: &str, bearer: Bearer) -> Result<Analysis, NotScreened> {
    if name.trim().is_empty() {
        return Err(NotScreened::EmptyName);
    }
    let chars = name.chars().count();
    if chars > limits::NAME_CHARS_MAX {
        return Err(NotScreened::NameTooLong { chars, max: limits::NAME_CHARS_MAX });
    }
    let written = fold::fold(name);
    let mut readings: Vec<Reading> = Vec::new();
    let mut add = |via: Via, text: &str| {
        let parts = parts::split(text, bearer);
        if !parts.is_empty() && readings.iter().all(|reading| reading.parts != parts) {
            readings.push(Reading { via, parts });
        }
    };
    add(Via::Written, &written);
    for (via, text) in other_readings(&written) {
        add(via, &text);
    }
    if readings.is_empty() {
        return Err(NotScreened::UnusableName { detail: name.chars().take(80).collect() });
    }
    let is_generic =
        readings.iter().all(|reading| reading.parts.iter().all(|part| part.kind.says_nothing_alone()));
    if is_generic {
        readings.iter_mut().for_each(|reading| parts::as_words(&mut reading.parts));
    }
    Ok(Analysis { readings, is_generic, unread_script: unread_script(&written) })
}

/// The first script in a name whose signs do not give its sound one by one, and which has no readings of its own.
fn unread_script(written: &str) -> Option<&'static str> {
    let is_read = |script: Script| {
        matches!(
            script,
            Script::Latin
                | Script::Cyrillic
                | Script::Greek
                | Script::Georgian
                | Script::Armenian
                | Script::Hangul
                | Script::Han
                | Script::Common
                | Script::Inherited
                | Script::Unknown
        )
    };
    written
        .chars()
        .map(|char| char.script())
        .find(|&script| !is_read(script))
        .map(|script| script.full_name())
}

/// The readings in Latin letters of a folded name that has other letters.
fn other_readings(written: &str) -> Vec<(Via, String)> {
    let mut texts = Vec::new();
    if written.chars().any(hangul::is_syllable) {
        texts.extend(hangul::readings(written).into_iter().map(|text| (Via::Korean, text)));
    }
    if written.chars().any(han::is_han) {
        texts.extend(han::chinese(written).into_iter().map(|text| (Via::Chinese, text)));
        texts.extend(han::korean(written).into_iter().map(|text| (Via::SinoKorean, text)));
    }
    if texts.is_empty() && written.chars().any(|char| char.is_alphabetic() && !char.is_ascii()) {
        texts.push((Via::Transliterated, fold::to_latin(written)));
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_without_anything_to_compare() {
        let reason = |name: &str| analyze(name, Bearer::Unknown).unwrap_err();
        assert_eq!(reason(" \t"), NotScreened::EmptyName);
        assert!(matches!(reason("--- !!"), NotScreened::UnusableName { .. }));
        assert!(matches!(reason("\u{200b}"), NotScreened::UnusableName { .. }));
        assert!(matches!(reason(&"x".repeat(2_000)), NotScreened::NameTooLong { .. }));
    }

    #[test]
    fn names_of_generic_words_are_marked() {
        let is_generic = |name: &str| analyze(name, Bearer::Unknown).unwrap().is_generic;
        assert!(is_generic("The Company Ltd.") && is_generic("SE"));
        assert!(!is_generic("Company of Korea"));
    }

    proptest! {
        #[test]
        fn analysis_never_panics(name in "\\PC{0,40}") {
            if let Ok(analysis) = analyze(&name, Bearer::Unknown) {
                prop_assert!(analysis.readings.iter().all(|reading| !reading.parts.is_empty()));
            }
        }
    }
}
