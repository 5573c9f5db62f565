//! What a name is made of: spellings folded together, scripts read aloud, parts with their kinds.
//!
//! One name gives one or more [`Reading`]s: the name as written, and for other scripts how it is read in Latin letters.
//! Two names are compared reading by reading; list names are analyzed when the index is built, a subject's name once.

pub(crate) mod common_names;
mod digits;
mod fold;
mod han;
pub(crate) mod hangul;
mod lines;
mod misspelt;
mod parts;
mod scripts;
pub(crate) mod variants;
mod via;
mod vocabulary;

use unicode_script::UnicodeScript as _;

use interdict_core::limits;
use interdict_core::model::Schema;
use interdict_core::outcome::NotScreened;

pub use parts::{Part, PartKind};
pub use via::Via;
pub(crate) use vocabulary::spellings;

/// The tables as they stand. Other tables take names apart in another way, so an index names them in its digest.
pub(crate) const TABLES: [&str; vocabulary::TABLES.len() + scripts::TABLES.len()] = {
    let mut tables = [""; vocabulary::TABLES.len() + scripts::TABLES.len()];
    let mut idx = 0;
    while idx < tables.len() {
        let n_before = vocabulary::TABLES.len();
        tables[idx] = if idx < n_before { vocabulary::TABLES[idx] } else { scripts::TABLES[idx - n_before] };
        idx += 1;
    }
    tables
};

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
    /// The script without readings of its own that the name is written in, such as Khmer: turned sign by sign into Latin
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
    analyze_folded(&folded(name)?, name, bearer)
}

/// Takes the name of a subject apart. People misspell it where lists do not: words that many organizations have are read as
/// they should be, too.
///
/// # Errors
/// As [`analyze`].
pub fn analyze_subject(name: &str, bearer: Bearer) -> Result<Analysis, NotScreened> {
    let written = folded(name)?;
    let mut analysis = analyze_folded(&written, name, bearer)?;
    for text in misspelt::corrected(&written, bearer) {
        let parts = parts::split(&text, bearer);
        if !parts.iter().all(|part| part.kind.says_nothing_alone()) {
            analysis.readings.push(Reading { via: Via::Corrected, parts });
        }
    }
    Ok(analysis)
}

/// A name in the form that is taken apart.
fn folded(name: &str) -> Result<String, NotScreened> {
    if name.trim().is_empty() {
        return Err(NotScreened::EmptyName);
    }
    let chars = name.chars().count();
    if chars > limits::NAME_CHARS_MAX {
        return Err(NotScreened::NameTooLong { chars, max: limits::NAME_CHARS_MAX });
    }
    Ok(fold::fold(&lines::without_line_marks(name)))
}

fn analyze_folded(written: &str, name: &str, bearer: Bearer) -> Result<Analysis, NotScreened> {
    let mut readings: Vec<Reading> = Vec::new();
    let mut add = |via: Via, text: &str| {
        let parts = parts::split(text, bearer);
        if !parts.is_empty() && readings.iter().all(|reading| reading.parts != parts) {
            readings.push(Reading { via, parts });
        }
    };
    add(Via::Written, written);
    for (via, text) in scripts::readings(written, bearer) {
        add(via, &text);
    }
    for text in digits::readings(written) {
        add(Via::Written, &text);
    }
    if readings.is_empty() {
        return Err(NotScreened::UnusableName { detail: name.chars().take(80).collect() });
    }
    let is_generic =
        readings.iter().all(|reading| reading.parts.iter().all(|part| part.kind.says_nothing_alone()));
    if is_generic {
        readings.iter_mut().for_each(|reading| parts::as_words(&mut reading.parts));
    }
    Ok(Analysis { readings, is_generic, unread_script: unread_script(written) })
}

/// The first script in a name that has no readings of its own.
fn unread_script(written: &str) -> Option<&'static str> {
    let scripts = written.chars().filter(|char| !char.is_ascii()).map(|char| char.script());
    scripts.into_iter().find(|&script| !scripts::is_read(script)).map(|script| script.full_name())
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
