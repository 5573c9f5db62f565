//! The words of organizations, as the tables have them, by how near they are to another word.

use std::sync::OnceLock;

use super::WORD_MAX;
use crate::edits::is_within;
use crate::names::vocabulary;

/// A word in small Latin letters that organizations have in their names. The tables have the frequent ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OfOrganizations {
    pub word: &'static str,
    pub sort: Sort,
}

/// What such a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A legal form by itself.
    LegalForm,
    /// A word of a legal form of several words: `liability`.
    OfLegalForm,
    /// A generic word.
    Generic,
}

/// Every such word that is one wherever it stands, in the order of the tables.
fn of_organizations() -> Vec<OfOrganizations> {
    let mut known = std::collections::HashSet::new();
    let mut words = Vec::new();
    let mut add = |word: &'static str, sort: Sort| {
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) && known.insert(word) {
            words.push(OfOrganizations { word, sort });
        }
    };
    let spellings = || {
        vocabulary::rows(vocabulary::LEGAL_FORMS)
            .flat_map(|row| row.skip(3))
            .filter(|field| !field.starts_with(['=', '^', '?']))
    };
    spellings().for_each(|field| add(field.trim_start_matches('!'), Sort::LegalForm));
    spellings().for_each(|field| field.split(' ').for_each(|word| add(word, Sort::OfLegalForm)));
    for mut fields in vocabulary::rows(vocabulary::ABBREVIATIONS).chain(vocabulary::rows(vocabulary::WORDS)) {
        if fields.next() == Some("generic") {
            fields.filter(|field| !field.contains([' ', '~'])).for_each(|word| add(word, Sort::Generic));
        }
    }
    words
}

pub(super) struct Words {
    /// In the order of the tables.
    pub(super) all: Vec<OfOrganizations>,
    /// For each length the words with so many letters: which letters they have, and where they stand in `all`.
    by_length: Vec<Vec<(u32, u32)>>,
}

pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let all = of_organizations();
        let mut by_length = vec![Vec::new(); WORD_MAX + 3];
        for (idx, of) in (0_u32..).zip(&all) {
            if let Some(words) = by_length.get_mut(of.word.len()) {
                words.push((letters(of.word), idx));
            }
        }
        Words { all, by_length }
    })
}

impl Words {
    fn of_length(&self, length: usize) -> &[(u32, u32)] {
        self.by_length.get(length).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is_legal(&self, word: &str) -> bool {
        self.find(word).is_some_and(|of| of.sort != Sort::Generic)
    }

    pub(super) fn find(&self, word: &str) -> Option<OfOrganizations> {
        let mask = letters(word);
        let same = self.of_length(word.len()).iter().filter(|(letters, _)| *letters == mask);
        same.map(|(_, idx)| self.all[*idx as usize]).find(|other| other.word == word)
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.find(word).is_some()
    }

    /// The words so many edits from another, in the order of the tables.
    pub(super) fn within(&self, word: &str, edits: usize) -> impl Iterator<Item = OfOrganizations> {
        let mask = letters(word);
        let mut found: Vec<u32> = (word.len().saturating_sub(edits)..=word.len() + edits)
            .flat_map(|length| self.of_length(length))
            // An edit changes which letters there are by two at most.
            .filter(|(letters, _)| (letters ^ mask).count_ones() as usize <= 2 * edits)
            .filter(|(_, idx)| is_within(self.all[*idx as usize].word.as_bytes(), word.as_bytes(), edits))
            .map(|(_, idx)| *idx)
            .collect();
        found.sort_unstable();
        found.into_iter().map(|idx| self.all[idx as usize])
    }
}

/// Which letters a word has.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |letters, byte| letters | 1 << (byte & 31))
}
