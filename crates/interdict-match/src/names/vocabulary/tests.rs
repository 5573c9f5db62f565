//! Are the tables well-formed: folded, of known kinds, and of one mind on each word?

use std::collections::{BTreeMap, BTreeSet};

use super::super::fold::fold;
use super::*;

/// Every spelling of the tables that turn one word into another, without its mark, and the form it becomes.
fn spellings() -> Vec<(&'static str, &'static str)> {
    let mut spellings = Vec::new();
    for mut fields in rows(LEGAL_FORMS) {
        let form = fields.next().unwrap();
        for field in fields.skip(2) {
            let word = field.trim_start_matches(['=', '^', '!', '?']);
            spellings.push((word, if field.starts_with(['=', '!', '?']) { word } else { form }));
        }
    }
    for table in [ABBREVIATIONS, PLACES, HONORIFICS] {
        for fields in rows(table) {
            let fields: Vec<&str> = fields.collect();
            spellings.extend(fields[1..].iter().map(|field| (field.trim_start_matches('~'), fields[1])));
        }
    }
    spellings
}

#[test]
fn every_row_has_a_known_kind_and_something_to_say() {
    for table in [WORDS, ABBREVIATIONS, PLACES, HONORIFICS] {
        for mut fields in rows(table) {
            let kind = fields.next().unwrap();
            assert!(Traits::from_name(kind).is_some(), "{kind}");
            assert!(fields.count() > 0, "{kind}");
        }
    }
    for fields in rows(LEGAL_FORMS) {
        let fields: Vec<&str> = fields.collect();
        assert!(fields.len() > 3, "{fields:?}");
        assert!(fields[1] == "-" || CLASSES.contains(&fields[1]), "{fields:?}");
        assert!(fields[2].split(',').all(|country| country == "*" || country.len() == 2), "{fields:?}");
    }
    for fields in rows(FAMILY_NAMES) {
        let fields: Vec<&str> = fields.collect();
        assert!(["korean", "chinese", "vietnamese", "japanese"].contains(&fields[0]), "{fields:?}");
        assert!(["common", "rare"].contains(&fields[1]) && fields.len() > 2, "{fields:?}");
    }
    for fields in rows(NAME_VARIANTS) {
        let fields: Vec<&str> = fields.collect();
        assert!(["form", "nickname"].contains(&fields[0]) && fields.len() > 2, "{fields:?}");
        let is_name = |name: &str| name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_lowercase());
        assert!(fields[1..].iter().all(|field| field.split(' ').all(is_name)), "{fields:?}");
    }
}

/// The classes of legal forms. Forms of one class do the same job in different countries.
const CLASSES: [&str; 12] = [
    "limited",
    "stock",
    "partnership",
    "limited_partnership",
    "cooperative",
    "association",
    "foundation",
    "trust",
    "state",
    "sole",
    "branch",
    "unlimited",
];

/// The class that the table gives to a spelling.
fn class_of(spelling: &str) -> Option<&'static str> {
    let is_it = |field: &str| field.trim_start_matches(['=', '^', '!', '?']) == spelling;
    rows(LEGAL_FORMS).find(|fields| fields.clone().any(is_it))?.nth(1)
}

#[test]
fn every_class_is_used_and_equivalents_share_one() {
    let used: BTreeSet<&str> = rows(LEGAL_FORMS).filter_map(|mut fields| fields.nth(1)).collect();
    let known: BTreeSet<&str> = CLASSES.into_iter().chain(["-"]).collect();
    assert_eq!(used, known);
    for form in ["llc", "gmbh", "ltd", "ooo", "sarl", "doo", "spzoo", "kft", "bv", "srl", "wll", "too"] {
        assert_eq!(class_of(form), Some("limited"), "{form}");
    }
    for form in ["jsc", "ag", "sa", "plc", "pao", "oao", "ab", "spa", "kk", "nv", "pjsc", "bhd"] {
        assert_eq!(class_of(form), Some("stock"), "{form}");
    }
}

#[test]
fn every_word_is_folded_and_has_no_blanks_too_many() {
    let words = rows(WORDS).flat_map(|fields| fields.skip(1));
    let families = rows(FAMILY_NAMES).flat_map(|fields| fields.skip(2));
    for word in spellings().into_iter().flat_map(|(word, form)| [word, form]).chain(words).chain(families) {
        assert_eq!(fold(word), word);
        assert!(!word.is_empty() && word.split(' ').all(|word| !word.is_empty()), "{word:?}");
    }
}

#[test]
fn no_word_contradicts_itself() {
    let mut forms: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (word, form) in spellings() {
        if word != form {
            forms.entry(word).or_default().insert(form);
        }
    }
    let wrong: Vec<_> = forms.iter().filter(|(_, forms)| forms.len() > 1).collect();
    assert!(wrong.is_empty(), "turned into several forms: {wrong:?}");
    let chained: Vec<_> =
        forms.iter().filter(|(_, to)| to.iter().any(|form| forms.contains_key(form))).collect();
    assert!(chained.is_empty(), "turned into a form that is turned again: {chained:?}");
}

#[test]
fn no_row_says_a_word_twice() {
    for table in [WORDS, ABBREVIATIONS, LEGAL_FORMS, PLACES, HONORIFICS, FAMILY_NAMES] {
        for fields in rows(table) {
            let fields: Vec<&str> = fields.collect();
            let skip = if table == LEGAL_FORMS { 3 } else { 1 };
            let marks = ['=', '^', '!', '?', '~'];
            let words: Vec<&str> =
                fields.iter().skip(skip).map(|field| field.trim_start_matches(marks)).collect();
            let distinct: BTreeSet<&str> = words.iter().copied().collect();
            assert_eq!(distinct.len(), words.len(), "{fields:?}");
        }
    }
}
