//! What is compared of one part of a subject's name, or of neighbors written together, and what else may it stand for?

use std::borrow::Cow;

use super::QueryPart;
use crate::names::variants::{self, Relation};
use crate::names::{Via, hangul};
use crate::score::similarity::{Rule, Similarity};
use crate::sound::{self, Row};

const MISREAD_STRENGTH: f32 = 0.93;
/// What forms of one name count for.
const FORM_STRENGTH: f32 = 0.80;
const NICKNAME_STRENGTH: f32 = 0.72;
/// Spellings of one Korean family name; some are those of another, too.
const FAMILY_SPELLING_STRENGTH: f32 = 0.95;
const GENDERED_STRENGTH: f32 = 0.88;

/// A part, or neighboring parts written together.
#[derive(Debug)]
pub(crate) struct Unit {
    pub start: usize,
    pub len: usize,
    pub(super) text: String,
    pub(super) sounds: Vec<u8>,
    pub(super) key: Row,
    /// How well its text is known as a name of its own, 0 to 1.
    pub(super) known: f32,
    /// Texts that it may stand for besides its own, and what meeting them counts for.
    pub(super) others: Vec<(Cow<'static, str>, Similarity)>,
}

impl Unit {
    /// Its text, written together.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn of(parts: &[QueryPart], via: Via, start: usize, len: usize) -> Self {
        let text = match &parts[start..start + len] {
            [part] => part.text.clone(),
            parts => parts.iter().map(|part| part.written.as_ref().unwrap_or(&part.text).as_str()).collect(),
        };
        let mut sounds = Vec::new();
        sound::sounds(&text, &mut sounds);
        let others = match via {
            _ if len > 1 || sounds.is_empty() => Vec::new(),
            Via::Korean | Via::SinoKorean if start == 0 => family_spellings(&text),
            Via::Korean | Via::SinoKorean | Via::Chinese | Via::Cantonese | Via::WadeGiles => Vec::new(),
            _ => others(&text),
        };
        Self { start, len, key: sound::key(&sounds), text, sounds, known: 0.0, others }
    }
}

/// The other spellings of a Korean family name.
fn family_spellings(text: &str) -> Vec<(Cow<'static, str>, Similarity)> {
    let met = Similarity { strength: FAMILY_SPELLING_STRENGTH, rule: Rule::Form };
    hangul::family_spellings(text).map(|spelling| (spelling.into(), met)).collect()
}

/// What a part may stand for by tables of names and by letters that are misread.
fn others(text: &str) -> Vec<(Cow<'static, str>, Similarity)> {
    let mut others: Vec<(Cow<'static, str>, Similarity)> = Vec::new();
    for (variant, relation) in variants::variants(text) {
        let (strength, rule) = match relation {
            Relation::Form => (FORM_STRENGTH, Rule::Form),
            Relation::Nickname => (NICKNAME_STRENGTH, Rule::Nickname),
        };
        others.push((variant.into(), Similarity { strength, rule }));
    }
    let gendered = gendered_forms(text).into_iter().filter(|form| variants::gendered(text, form));
    let met = Similarity { strength: GENDERED_STRENGTH, rule: Rule::Gendered };
    others.extend(gendered.map(|form| (form.into(), met)));
    let met = Similarity { strength: MISREAD_STRENGTH, rule: Rule::MisreadLetters };
    others.extend(misread_forms(text).into_iter().map(|form| (form.into(), met)));
    others
}

/// The other forms of a family name for men and women, as far as letters tell.
fn gendered_forms(text: &str) -> Vec<String> {
    let mut forms = Vec::new();
    // All endings that tell end so.
    let may_tell = matches!(text.as_bytes().last(), Some(b'a' | b'i' | b'j' | b'n' | b'v' | b'y'));
    if text.len() < 4 || !text.is_ascii() || !may_tell {
        return forms;
    }
    match text.strip_suffix('a') {
        Some(male) => forms.push(male.to_owned()),
        None => forms.push(format!("{text}a")),
    }
    for (male, female) in
        [("iy", "aya"), ("y", "aya"), ("i", "aya"), ("ii", "aya"), ("i", "aia"), ("y", "a"), ("i", "a")]
    {
        forms.extend(text.strip_suffix(male).map(|stem| format!("{stem}{female}")));
        forms.extend(text.strip_suffix(female).map(|stem| format!("{stem}{male}")));
    }
    forms
}

/// Letters that a reading machine takes for others.
const MISREAD: [(&str, &str); 6] =
    [("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"), ("nn", "m"), ("li", "h")];

/// A text with one place read otherwise.
fn misread_forms(text: &str) -> Vec<String> {
    let mut forms = Vec::new();
    if text.len() < 3 {
        return forms;
    }
    for (read, meant) in MISREAD {
        for (from, to) in [(read, meant), (meant, read)] {
            for (at, _) in text.match_indices(from).take(4) {
                forms.push([&text[..at], to, &text[at + from.len()..]].concat());
            }
        }
    }
    forms
}
