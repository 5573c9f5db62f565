//! The units of a name: words in the form in which they are compared, several words that are one part put together.
//!
//! Nothing here asks who bears the name.

use std::borrow::Cow;
use std::ops::Range;

use super::super::vocabulary::{self, Record, Traits};
use super::tokens::{Break, Shape, Token, is_single_letter};

/// A part to be: its text is final, its kind is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// The text in the form that is compared.
    pub text: String,
    /// What it can be.
    pub traits: Traits,
    /// What stands before it.
    pub before: Break,
    /// Whether it was written as a Roman number.
    pub is_roman: bool,
    /// Whether it is an unknown word with a dot behind it.
    pub is_cut: bool,
    /// The word or words as they are written, without blanks, where the compared form is another.
    pub written: Option<String>,
}

impl Unit {
    /// Whether it has one of these traits.
    pub(super) fn has(&self, any_of: Traits) -> bool {
        self.traits.has(any_of)
    }
}

/// Any legal form.
pub(super) const LEGAL: Traits = Traits::LEGAL.with(Traits::LEGAL_AT_EDGE).with(Traits::LEGAL_OR_NAME);
/// Words that only organizations have in their names.
const OF_ORGANIZATIONS: Traits = Traits::LEGAL.with(Traits::GENERIC);

/// Whether one of the words shows that the name is an organization's.
pub(in crate::names) fn is_of_organization(all_traits: impl IntoIterator<Item = Traits>) -> bool {
    all_traits.into_iter().any(|traits| traits.has(OF_ORGANIZATIONS) && !traits.has(Traits::GENERIC_OR_NAME))
}

/// The units of a name.
pub(super) fn units(tokens: Vec<Token>) -> Vec<Unit> {
    let mut tokens = split_glued(tokens);
    let groups = grouped(&tokens);
    let certain = groups.iter().filter_map(|group| group.record).filter(|record| !record.in_organizations);
    let is_organization = is_of_organization(certain.map(|record| record.traits));
    let closing = closing(&groups, &tokens);
    let mut units = Units { found: Vec::with_capacity(tokens.len()), is_organization };
    for (idx, group) in groups.into_iter().enumerate() {
        let is_last_or_divided =
            tokens.get(group.tokens.end).is_none_or(|token| token.before == Break::Bracket);
        units.add(&group, &mut tokens, idx > 0 && closing[idx], is_last_or_divided);
    }
    units.found
}

/// Tokens that are looked up as one, and what is known of them.
struct Group {
    tokens: Range<usize>,
    is_phrase: bool,
    record: Option<&'static Record>,
}

/// Takes the tokens together that are one: letters that stand apart (`s. a. r. l.`), and phrases of what results.
fn grouped(tokens: &[Token]) -> Vec<Group> {
    let runs = letter_runs(tokens);
    let texts: Vec<Cow<'_, str>> = runs.iter().map(|run| joined(&tokens[run.clone()])).collect();
    let mut groups: Vec<Group> = Vec::with_capacity(runs.len());
    let mut idx = 0;
    while let Some(run) = runs.get(idx) {
        let phrase =
            vocabulary::phrase(|n| texts.get(idx + n).map(Cow::as_ref)).filter(|(n_runs, record)| {
                let crosses =
                    runs[idx + 1..idx + n_runs].iter().any(|run| tokens[run.start].before > Break::Hyphen);
                record.traits.has(LEGAL) || !crosses
            });
        let (n_runs, record) = match phrase {
            Some((n_runs, record)) => (n_runs, Some(record)),
            None => (1, vocabulary::record(&texts[idx])),
        };
        let tokens = run.start..runs[idx + n_runs - 1].end;
        groups.push(Group { tokens, is_phrase: n_runs > 1, record });
        idx += n_runs;
    }
    groups
}

/// The tokens one by one, but single letters, and letters with dots, that follow each other together.
fn letter_runs(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::with_capacity(tokens.len());
    for (idx, token) in tokens.iter().enumerate() {
        let follows = idx > 0
            && matches!(token.shape, Shape::Letter | Shape::Dotted)
            && token.before == Break::Blank
            && tokens[idx - 1].shape == token.shape;
        match runs.last_mut() {
            Some(run) if follows => run.end = idx + 1,
            _ => runs.push(idx..idx + 1),
        }
    }
    runs
}

fn joined(tokens: &[Token]) -> Cow<'_, str> {
    match tokens {
        [one] if one.shape == Shape::Slashed && vocabulary::record(&one.text).is_none() => {
            Cow::Owned(one.text.replace('/', ""))
        }
        [one] => Cow::Borrowed(&one.text),
        several => Cow::Owned(several.iter().map(|token| token.text.as_str()).collect()),
    }
}

/// Which groups have nothing but legal forms behind them before the name ends or is divided.
fn closing(groups: &[Group], tokens: &[Token]) -> Vec<bool> {
    let mut closing = vec![true; groups.len()];
    for idx in (0..groups.len().saturating_sub(1)).rev() {
        let next = &groups[idx + 1];
        let is_divided = tokens[next.tokens.start].before > Break::Hyphen;
        let is_legal = next.record.is_some_and(|record| record.traits.has(LEGAL));
        closing[idx] = is_divided || (is_legal && closing[idx + 1]);
    }
    closing
}

struct Units {
    found: Vec<Unit>,
    is_organization: bool,
}

impl Units {
    fn add(&mut self, group: &Group, tokens: &mut [Token], closes: bool, bracket_behind: bool) {
        let tokens = &mut tokens[group.tokens.clone()];
        let Some(first) = tokens.first() else { return };
        let (before, shape) = (first.before, first.shape);
        let in_brackets = before == Break::Bracket && bracket_behind;
        let is_one_character = is_one_character(&first.text);
        let letters: usize = match (shape, group.is_phrase) {
            (Shape::Letter | Shape::Dotted, false) => {
                tokens.iter().map(|token| token.text.chars().count()).sum()
            }
            _ => 0,
        };
        let known = group.record.filter(|record| {
            match letters {
                _ if group.is_phrase => true,
                // Single characters are legal forms in brackets only: (주), (有).
                0 => in_brackets || !is_one_character || !record.traits.has(LEGAL),
                1 => true,
                _ => self.is_one(record.traits, letters, shape, closes, in_brackets),
            }
        });
        match (known, tokens) {
            (Some(record), [only]) if shape != Shape::Slashed => {
                self.push_known(std::mem::take(&mut only.text), before, record);
            }
            (Some(record), several) => {
                let written = several.iter().map(|token| token.text.as_str()).collect::<String>();
                self.push_known(String::new(), before, record);
                if let Some(unit) = self.found.last_mut() {
                    unit.written = Some(written).filter(|written| *written != unit.text);
                }
            }
            (None, several) if several.len() > 1 => self.add_letters(several, closes),
            (None, [only]) => self.add_unknown(std::mem::take(&mut only.text), before, shape),
            (None, _) => {}
        }
    }

    /// Whether letters that stand apart are one known thing: a legal form where the name closes, a country, a title or prefix.
    fn is_one(
        &self,
        traits: Traits,
        n_letters: usize,
        shape: Shape,
        closes: bool,
        in_brackets: bool,
    ) -> bool {
        const IN_FRONT: Traits =
            Traits::VESSEL.with(Traits::VESSEL_ONLY).with(Traits::HONORIFIC).with(Traits::HONORIFIC_FIRST);
        const PLACES: Traits = Traits::PLACE.with(Traits::PLACE_OR_NAME);
        let is_in_front = traits.has(IN_FRONT) && self.found.is_empty();
        let closes = traits.has(LEGAL) && closes;
        if n_letters == 2 {
            let is_place = traits.has(PLACES) && in_brackets && !self.found.is_empty();
            return is_in_front || is_place || (closes && (shape == Shape::Dotted || self.is_organization));
        }
        let is_dotted =
            shape == Shape::Dotted && traits.has(LEGAL.with(Traits::SUFFIX).with(Traits::HONORIFIC));
        is_in_front || is_dotted || closes || traits.has(PLACES.with(Traits::LEGAL))
    }

    /// Letters that are nothing as a whole: their end may be a legal form (`vitamin c s a r l`).
    fn add_letters(&mut self, tokens: &mut [Token], closes: bool) {
        let shortest = if tokens.iter().all(|token| token.shape == Shape::Letter) { 3 } else { 1 };
        let end = (1..tokens.len()).filter(|_| closes).find_map(|at| {
            let record = vocabulary::record(&joined(&tokens[at..]))?;
            (tokens.len() - at >= shortest && record.traits.has(LEGAL)).then_some((at, record))
        });
        let n_before = end.map_or(tokens.len(), |(at, _)| at);
        for token in &mut tokens[..n_before] {
            let record = vocabulary::record(&token.text)
                .filter(|record| token.text.chars().count() > 2 && record.traits.has(LEGAL));
            match record {
                Some(record) => self.push_known(std::mem::take(&mut token.text), token.before, record),
                None => self.add_unknown(std::mem::take(&mut token.text), token.before, token.shape),
            }
        }
        if let Some((at, record)) = end {
            self.push_known(String::new(), tokens[at].before, record);
        }
    }

    /// Letters, or a word that no table has; two letters with a dot between them are initials (`j.h.`), more are an acronym.
    fn add_unknown(&mut self, text: String, before: Break, shape: Shape) {
        match shape {
            Shape::Dotted if text.chars().count() == 2 => {
                let mut before = before;
                for letter in text.chars() {
                    self.push(letter.to_string(), before, Traits::default());
                    before = Break::Blank;
                }
            }
            Shape::Slashed => {
                let mut before = before;
                for word in text.split('/') {
                    match vocabulary::record(word) {
                        Some(record) => self.push_known(word.to_owned(), before, record),
                        None => self.push(word.to_owned(), before, Traits::default()),
                    }
                    before = Break::Blank;
                }
            }
            Shape::Cut => {
                let unit = Unit {
                    text,
                    traits: Traits::default(),
                    before,
                    is_roman: false,
                    is_cut: true,
                    written: None,
                };
                self.found.push(unit);
            }
            _ => self.push(text, before, Traits::default()),
        }
    }

    /// A word or words that a table has; `text` is what is written, where it can stay.
    fn push_known(&mut self, text: String, before: Break, record: &Record) {
        if record.in_organizations && !self.is_organization && !text.is_empty() {
            let traits = record.traits.without(Traits::GENERIC);
            self.push(text, before, traits);
            return;
        }
        let is_number = record.form.bytes().all(|byte| byte.is_ascii_digit());
        let is_roman =
            is_number && !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
        let (text, written) = if text == record.form || text.is_empty() {
            (record.form.to_owned(), None)
        } else {
            (record.form.to_owned(), Some(text))
        };
        self.found.push(Unit { text, traits: record.traits, before, is_roman, is_cut: false, written });
    }

    fn push(&mut self, text: String, before: Break, traits: Traits) {
        self.found.push(Unit { text, traits, before, is_roman: false, is_cut: false, written: None });
    }
}

fn is_one_character(text: &str) -> bool {
    text.chars().nth(1).is_none()
}

/// Takes legal forms off words in scripts without blanks: `삼성주식회사` is `삼성` and `주식회사`.
fn split_glued(tokens: Vec<Token>) -> Vec<Token> {
    let has_none = tokens.iter().all(|token| token.text.is_ascii());
    if has_none {
        return tokens;
    }
    let mut split = Vec::with_capacity(tokens.len() + 2);
    for token in tokens {
        if token.text.is_ascii() || vocabulary::record(&token.text).is_some() {
            split.push(token);
            continue;
        }
        let ends = vocabulary::glued_legal_forms().iter().find_map(|form| {
            let (text, form_first) = match token.text.strip_suffix(form) {
                Some(rest) => (rest, false),
                None => (token.text.strip_prefix(form)?, true),
            };
            (!text.is_empty()).then(|| (text.to_owned(), (*form).to_owned(), form_first))
        });
        match ends {
            None => split.push(token),
            Some((name, form, form_first)) => {
                let (first, second) = if form_first { (form, name) } else { (name, form) };
                split.push(Token { text: first, ..token });
                let shape = if is_single_letter(&second) { Shape::Letter } else { Shape::Word };
                split.push(Token { text: second, before: Break::Bracket, shape });
            }
        }
    }
    split
}
