//! The tables of the generator. They are its own: a generator that knew the tables of the matcher would only ask it what it
//! has been told.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::name::Severity;

/// The rows of a table: fields between tabs; `#` starts a comment line.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let is_row = |line: &&str| !line.is_empty() && !line.starts_with('#');
    text.lines().filter(is_row).map(|line| line.split('\t').collect())
}

/// The words of one column of a table of one column.
fn list(text: &'static str) -> Vec<&'static str> {
    rows(text).filter_map(|row| row.first().copied()).collect()
}

/// Where in a word a rule of spelling holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Anywhere.
    Any,
    /// At its start.
    Start,
    /// Neither at its start nor at its end.
    Inner,
    /// At its end.
    End,
    /// The whole of it.
    Whole,
}

/// One way in which the spelling of a name may change.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// The language it is of; empty for all.
    pub region: &'static str,
    /// What is replaced, in lower case.
    pub from: &'static str,
    /// By what.
    pub to: &'static str,
    /// Where.
    pub place: Place,
}

fn rules(text: &'static str) -> Vec<Rule> {
    rows(text)
        .filter_map(|row| {
            let &[region, place, from, to] = row.as_slice() else { return None };
            let place = match place {
                "start" => Place::Start,
                "inner" => Place::Inner,
                "end" => Place::End,
                "whole" => Place::Whole,
                _ => Place::Any,
            };
            let region = if region == "any" { "" } else { region };
            Some(Rule { region, from, to: if to == "-" { "" } else { to }, place })
        })
        .collect()
}

/// Two forms of one name or word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    /// One form.
    pub a: &'static str,
    /// The other.
    pub b: &'static str,
    /// The severity from which on it is used.
    pub from: Severity,
}

fn pairs(text: &'static str) -> Vec<Pair> {
    rows(text)
        .filter_map(|row| {
            let &[severity, a, b] = row.as_slice() else { return None };
            Some(Pair { a, b, from: Severity::named(severity)? })
        })
        .collect()
}

/// Signs of which one looks like, or is read as, the other.
fn signs(text: &'static str) -> Vec<(char, Vec<&'static str>)> {
    rows(text)
        .filter_map(|row| Some((row.first()?.chars().next()?, row.get(1)?.split(' ').collect())))
        .collect()
}

/// Spellings of the same sound in other romanizations.
pub(super) static TRANSLITERATION: LazyLock<Vec<Rule>> =
    LazyLock::new(|| rules(include_str!("../../tables/transliteration.tsv")));
/// Spellings by ear.
pub(super) static PHONETIC: LazyLock<Vec<Rule>> =
    LazyLock::new(|| rules(include_str!("../../tables/phonetic.tsv")));
/// What a scanner reads.
pub(super) static OCR: LazyLock<Vec<Rule>> = LazyLock::new(|| rules(include_str!("../../tables/ocr.tsv")));
/// Cyrillic for Latin letters.
pub(super) static CYRILLIC: LazyLock<Vec<Rule>> =
    LazyLock::new(|| rules(include_str!("../../tables/cyrillic.tsv")));
/// Arabic for Latin letters.
pub(super) static ARABIC: LazyLock<Vec<Rule>> =
    LazyLock::new(|| rules(include_str!("../../tables/arabic.tsv")));
/// Names and what friends make of them.
pub(super) static NICKNAMES: LazyLock<Vec<Pair>> =
    LazyLock::new(|| pairs(include_str!("../../tables/nicknames.tsv")));
/// Legal forms and their equivalents.
pub(super) static LEGAL_FORMS: LazyLock<Vec<Pair>> =
    LazyLock::new(|| pairs(include_str!("../../tables/legal_forms.tsv")));
/// Words of company names and their abbreviations.
pub(super) static ABBREVIATIONS: LazyLock<Vec<Pair>> =
    LazyLock::new(|| pairs(include_str!("../../tables/abbreviations.tsv")));
/// Letters of other alphabets that look like Latin ones.
pub(super) static HOMOGLYPHS: LazyLock<Vec<(char, Vec<&'static str>)>> =
    LazyLock::new(|| signs(include_str!("../../tables/homoglyphs.tsv")));
/// Letters with marks.
pub(super) static DIACRITICS: LazyLock<Vec<(char, Vec<&'static str>)>> =
    LazyLock::new(|| signs(include_str!("../../tables/diacritics.tsv")));
/// Keys beside a key.
pub(super) static KEYBOARD: LazyLock<Vec<(char, Vec<&'static str>)>> =
    LazyLock::new(|| signs(include_str!("../../tables/keyboard.tsv")));
/// Given names from many countries.
pub(super) static GIVEN_NAMES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| list(include_str!("../../tables/given_names.tsv")));
/// Family names from many countries.
pub(super) static FAMILY_NAMES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| list(include_str!("../../tables/family_names.tsv")));

/// Why a word tells no party from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SaysLittle {
    /// It only binds others: al, of.
    Particle,
    /// It is put before names of persons.
    Title,
    /// It tells what an organization does, or of which legal form it is.
    Generic,
}

/// Words that tell no party from another, in small letters without dots.
pub(super) static SAYS_LITTLE: LazyLock<BTreeMap<String, SaysLittle>> = LazyLock::new(|| {
    let forms = LEGAL_FORMS.iter().flat_map(|pair| [pair.a, pair.b]);
    let words = forms.chain(ABBREVIATIONS.iter().map(|pair| pair.a)).flat_map(str::split_whitespace);
    let mut kinds: BTreeMap<String, SaysLittle> =
        words.map(|word| (word.replace('.', ""), SaysLittle::Generic)).collect();
    for row in rows(include_str!("../../tables/says_little.tsv")) {
        let &[kind, word] = row.as_slice() else { continue };
        let kind = match kind {
            "particle" => SaysLittle::Particle,
            "title" => SaysLittle::Title,
            _ => SaysLittle::Generic,
        };
        kinds.insert(word.to_owned(), kind);
    }
    kinds
});

/// The other signs for a letter, in the case of the letter.
pub(super) fn others(table: &[(char, Vec<&'static str>)], letter: char) -> Vec<String> {
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    let find = |wanted: char| table.iter().find(|(sign, _)| *sign == wanted).map(|(_, others)| others);
    if let Some(exact) = find(letter) {
        return exact.iter().map(|&other| other.to_owned()).collect();
    }
    match find(lower) {
        Some(small) if letter.is_uppercase() => small.iter().map(|other| other.to_uppercase()).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_every_table_is_used() {
        let n_rows = |text: &'static str| rows(text).count();
        assert_eq!(TRANSLITERATION.len(), n_rows(include_str!("../../tables/transliteration.tsv")));
        assert_eq!(PHONETIC.len(), n_rows(include_str!("../../tables/phonetic.tsv")));
        assert_eq!(OCR.len(), n_rows(include_str!("../../tables/ocr.tsv")));
        assert_eq!(CYRILLIC.len(), n_rows(include_str!("../../tables/cyrillic.tsv")));
        assert_eq!(ARABIC.len(), n_rows(include_str!("../../tables/arabic.tsv")));
        assert_eq!(NICKNAMES.len(), n_rows(include_str!("../../tables/nicknames.tsv")));
        assert_eq!(LEGAL_FORMS.len(), n_rows(include_str!("../../tables/legal_forms.tsv")));
        assert_eq!(ABBREVIATIONS.len(), n_rows(include_str!("../../tables/abbreviations.tsv")));
        assert!(NICKNAMES.len() >= 150);
        for row in rows(include_str!("../../tables/says_little.tsv")) {
            assert!(row.len() == 2 && ["particle", "title", "generic"].contains(&row[0]), "{row:?}");
            assert!(SAYS_LITTLE.contains_key(row[1]));
        }
    }

    #[test]
    fn signs_keep_the_case() {
        assert_eq!(others(&KEYBOARD, 'Q'), ["W", "A"]);
        assert_eq!(others(&KEYBOARD, '€'), [""; 0]);
    }
}
