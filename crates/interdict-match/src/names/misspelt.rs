//! Which words of a subject's name are misspelt, torn or cut-off ones that many organizations have in their names?
//!
//! `Limited Liability Compayn`, `Com pany`, `LCL`: the tables know such words only as they should be written. Put right they
//! are legal forms and generic words again, and weigh no more than these. Names of people are left alone.

mod words;

use super::Bearer;
use super::common_names::is_common;
use super::parts::is_of_organization;
use super::vocabulary;
use words::{OfOrganizations, Sort, words};

/// Legal forms are put right from so many letters on where no other word shows an organization.
const TELLING_MIN: usize = 6;
/// Two words that are one torn apart have so many letters together.
const TORN_MIN: usize = 6;
/// Words are put right from so many letters on, shorter ones only where a legal form is to be expected.
const INSIDE_MIN: usize = 5;
/// A word with so many letters may have two wrong ones.
const TWO_EDITS_MIN: usize = 8;
/// Longer words are not put right.
const WORD_MAX: usize = 24;

/// A folded name with such words put right: the words of legal forms alone, and generic words as well. Generic words are
/// like many names, so each may be the right one. Empty when there is nothing to put right.
pub(super) fn corrected(folded: &str, bearer: Bearer) -> Vec<String> {
    if !matches!(bearer, Bearer::Organization | Bearer::Unknown) {
        return Vec::new();
    }
    let words: Vec<Word<'_>> = folded.split_whitespace().map(Word::of).collect();
    if words.len() < 2 || words.iter().all(|word| word.is_known) {
        return Vec::new();
    }
    let shows_organization = bearer == Bearer::Organization || {
        let records = words.iter().filter_map(|word| vocabulary::record(&word.letters));
        is_of_organization(records.filter(|record| !record.in_organizations).map(|record| record.traits))
    };
    let mut texts = Vec::new();
    for sorts in [Sorts::Legal, Sorts::All] {
        texts.extend(put_right(&words, sorts, shows_organization).filter(|text| !texts.contains(text)));
    }
    texts
}

/// Which words are put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sorts {
    /// Those of legal forms.
    Legal,
    /// Generic ones, too.
    All,
}

fn put_right(words: &[Word<'_>], sorts: Sorts, shows_organization: bool) -> Option<String> {
    let legal: Vec<bool> = words.iter().map(|word| self::words().is_legal(&word.letters)).collect();
    let has_none = !legal.contains(&true);
    let mut text = String::new();
    let mut is_changed = false;
    let mut idx = 0;
    while let Some(word) = words.get(idx) {
        let is_last = idx + 1 == words.len();
        let follows_legal = is_last && idx > 0 && legal[idx - 1];
        let may_be_short_form = follows_legal || (has_none && (idx == 0 || is_last));
        let may_be_cut = is_last || word.written.ends_with('.');
        let place = Place { may_be_short_form, may_be_cut, shows_organization };
        let torn = words.get(idx + 1).and_then(|next| torn(word, next));
        let right = match torn {
            Some(right) => Some(right),
            None if word.is_known || is_a_name(&word.letters) => None,
            None => near(&word.letters, place, sorts),
        };
        is_changed |= right.is_some();
        text.push_str(right.unwrap_or(word.written));
        text.push(' ');
        idx += if torn.is_some() { 2 } else { 1 };
    }
    is_changed.then_some(text)
}

struct Word<'a> {
    written: &'a str,
    /// Its letters and digits; empty when other signs stand between them.
    letters: String,
    is_known: bool,
}

impl<'a> Word<'a> {
    fn of(written: &'a str) -> Self {
        let core = written.trim_matches(|char: char| !char.is_ascii_alphanumeric());
        let are_letters_with_dots = core.contains('.') && core.split('.').all(|piece| piece.len() <= 1);
        let mut letters = if are_letters_with_dots { core.replace('.', "") } else { core.to_owned() };
        let is_comparable = letters.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && letters.bytes().any(|byte| byte.is_ascii_lowercase())
            && (2..=WORD_MAX).contains(&letters.len());
        if !is_comparable {
            letters.clear();
        }
        let is_known = letters.is_empty() || vocabulary::record(&letters).is_some() || words().has(&letters);
        Self { written, letters, is_known }
    }
}

/// Whether a word is a name of its own; a short one may be a legal form all the same.
fn is_a_name(word: &str) -> bool {
    word.len() >= INSIDE_MIN && is_common(word)
}

/// The word that two neighbors are together: `com pany`.
fn torn(word: &Word<'_>, next: &Word<'_>) -> Option<&'static str> {
    let is_impossible = (word.is_known && next.is_known)
        || word.letters.is_empty()
        || next.letters.is_empty()
        || !word.written.ends_with(|char: char| char.is_ascii_lowercase());
    let n_letters = word.letters.len() + next.letters.len();
    if is_impossible || !(TORN_MIN..=WORD_MAX).contains(&n_letters) {
        return None;
    }
    words().find(&[word.letters.as_str(), &next.letters].concat()).map(|of| of.word)
}

#[derive(Clone, Copy)]
struct Place {
    /// Whether a legal form of two or three letters is to be expected here.
    may_be_short_form: bool,
    /// Whether it may be the start of a word: the last one of a name that was cut off, or one with a dot behind it.
    may_be_cut: bool,
    /// Whether the bearer or another word shows that the name is an organization's.
    shows_organization: bool,
}

/// The word that another is a misspelling or the start of.
fn near(word: &str, place: Place, sorts: Sorts) -> Option<&'static str> {
    let Place { may_be_short_form, may_be_cut, shows_organization } = place;
    let may_be = |target: &OfOrganizations| match target.sort {
        Sort::Generic if sorts == Sorts::Legal => false,
        Sort::Generic | Sort::OfLegalForm if !shows_organization => false,
        Sort::LegalForm if may_be_short_form && shows_organization && word.len() < INSIDE_MIN => {
            target.word.len() > 2 || word.len() == 3
        }
        _ => {
            let letters_min = if shows_organization { INSIDE_MIN } else { TELLING_MIN };
            word.len() >= INSIDE_MIN && target.word.len() >= letters_min
        }
    };
    let n_edits = if word.len() >= TWO_EDITS_MIN { 2 } else { 1 };
    let misspelt = (1..=n_edits).find_map(|edits| {
        words().within(word, edits).find(|target| may_be(target)).map(|target| target.word)
    });
    let starts = |target: &&OfOrganizations| {
        target.sort != Sort::Generic && target.word.len() > 2 && target.word.starts_with(word)
    };
    let cut_off = || (may_be_cut && shows_organization).then(|| words().all.iter().find(starts)).flatten();
    misspelt.or_else(|| cut_off().map(|target| target.word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_organizations_are_put_right() {
        let right = |name: &str| corrected(name, Bearer::Organization);
        assert_eq!(right("limited liability compayn plaz"), ["limited liability company plaz "]);
        assert_eq!(right("joint stock com pany rif"), ["joint stock company rif "]);
        assert_eq!(right("fedorovskoe luc"), ["fedorovskoe llc "]);
        assert_eq!(right("zulekha general trading llci"), ["zulekha general trading llc "]);
        assert_eq!(right("oman oil compa"), ["oman oil compy "]);
        assert_eq!(
            right("obshchestvo s ogranihcennoi otvetstvennostyu plaz"),
            ["obshchestvo s ogranichennoi otvetstvennostyu plaz "]
        );
        assert_eq!(right("global sea line co ld"), ["global sea line co ltd "]);
        assert_eq!(right("ltd. liabi. co. signatek"), ["ltd. liability co. signatek "]);
        assert_eq!(right("iran petrolium research center"), ["iran petroleum research center "]);
    }

    #[test]
    fn generic_words_may_be_names() {
        let right = |name: &str| corrected(name, Bearer::Organization);
        assert_eq!(right("manco oil ltdd"), ["manco oil ltd ", "banco oil ltd "]);
        assert_eq!(right("optima invest o0o"), ["optima invest ooo ", "optika invest ooo "]);
    }

    #[test]
    fn other_names_are_left_alone() {
        let none = [""; 0];
        assert_eq!(corrected("daniela gomez", Bearer::Unknown), none);
        assert_eq!(corrected("travis king", Bearer::Unknown), none);
        assert_eq!(corrected("lara soares", Bearer::Unknown), none);
        assert_eq!(corrected("compayn ltd", Bearer::Person), none);
        assert_eq!(corrected("trading company limited", Bearer::Organization), none);
    }
}
