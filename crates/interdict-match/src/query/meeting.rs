//! Does a part of a subject's name meet a listed one, or several written together, and what does that count for?

use super::known::doubted;
use super::{Query, Unit};
use crate::index::runs::{self, JOINED_KEY_MIN, join};
use crate::names::{Bearer, PartKind, Via};
use crate::score::similarity::{Form, Rule, Similarity, is_one_edit, similar};
use crate::sound;

/// What parts written together count for beside their likeness.
const JOINED_STRENGTH: f32 = 0.985;
/// The same where they are misspelt besides: two unlikely things at once.
const JOINED_SPELLING: f32 = 0.87;
const JOINED_SPELLING_MIN: f32 = 0.80;
/// The least that meetings of names count for that are read syllable by syllable.
const SYLLABLE_MIN: f32 = 0.85;
const ACRONYM_STRENGTH: f32 = 0.90;
/// What a word with a dot behind it and a longer one that starts so count for.
pub(crate) const ABBREVIATION_STRENGTH: f32 = 0.88;
/// What a single letter, or the first letters of a word that was cut off, count for.
pub(crate) const START_STRENGTH: f32 = 0.70;
/// A cut-off word needs so many letters, in a name of so many.
pub(crate) const CUT_OFF_MIN: usize = 2;
const CUT_OFF_NAME_MIN: usize = 8;
/// A name of one word may be cut off from so many letters on.
const CUT_OFF_ALONE_MIN: usize = 6;
/// Starts of words are looked up from so many letters on; shorter ones have too many words.
pub(super) const LOOKED_UP_MIN: usize = 4;

impl Query {
    /// Whether a part may meet words that were not looked up: those that start with its one to three letters.
    pub fn is_open(&self, part: usize) -> bool {
        let text = &self.parts[part].text;
        self.is_typed()
            && (text.len() == 1 || (text.len() < LOOKED_UP_MIN && self.may_be_cut_off(&self.units[part])))
    }

    /// Whether a unit and the start of a word, or a letter of the list, meet by being looked up; the others are tried with
    /// every word of a name.
    pub fn looks_up_start(&self, unit: &Unit, form: &Form<'_>) -> bool {
        unit.len > 1 || form.text.len() == 1 || !self.is_open(unit.start)
    }

    /// Whether a unit may be the start of a word: one with a dot behind it, or the last part of a long name, which was cut off.
    pub(super) fn may_be_cut_off(&self, unit: &Unit) -> bool {
        let letters_min = if unit.start > 0 { CUT_OFF_NAME_MIN } else { CUT_OFF_ALONE_MIN };
        let ends_long_name = unit.start + 1 == self.parts.len() && self.n_letters >= letters_min;
        unit.len == 1
            && unit.text.len() >= CUT_OFF_MIN
            && !unit.sounds.is_empty()
            && (self.parts[unit.start].is_cut || ends_long_name)
    }

    pub(super) fn is_acronym_run(&self, unit: &Unit) -> bool {
        let parts = &self.parts[unit.start..unit.start + unit.len];
        self.bearer != Bearer::Person
            && runs::is_acronym_run(parts.iter().map(|part| (part.text.as_str(), part.kind)))
    }

    pub(super) fn first_letters(&self, unit: &Unit) -> impl Iterator<Item = u8> {
        self.parts[unit.start..unit.start + unit.len].iter().filter_map(|part| part.text.bytes().next())
    }

    /// What a unit and a spelling of a token count for where they meet; nothing when they do not. The start of a word meets
    /// only the token's own text (`is_own`): its other spellings are not looked up by their starts.
    pub fn meets_form(&self, unit: &Unit, form: &Form<'_>, is_own: bool) -> Option<Similarity> {
        let own = self.form(unit);
        let is_near = unit.len == 1 || is_one_edit(&unit.key, form.key);
        let found =
            if is_near { similar(&own, form).filter(|met| self.is_enough(met, &own, form)) } else { None };
        if unit.len > 1 {
            let joined = found.and_then(joined).filter(|met| self.is_typed() || met.rule == Rule::Joined);
            let is_acronym = || {
                self.is_acronym_run(unit)
                    && form.text.len() == unit.len
                    && form.text.iter().copied().eq(self.first_letters(unit))
            };
            return match joined {
                None if is_acronym() => Some(Similarity { strength: ACRONYM_STRENGTH, rule: Rule::Acronym }),
                joined => joined,
            };
        }
        let best = |a: Option<Similarity>, b: Option<Similarity>| match (a, b) {
            (Some(a), Some(b)) if b.strength > a.strength => Some(b),
            (a, b) => a.or(b),
        };
        let own = unit.text.as_bytes();
        if self.is_typed() && (own.len() == 1 || form.text.len() == 1) {
            let starts = form.text.starts_with(own) || own.starts_with(form.text);
            let is_letter = |text: &[u8]| text.len() > 1 || text.iter().all(u8::is_ascii_lowercase);
            let is_initial = is_own && starts && is_letter(own) && is_letter(form.text);
            let initial = Similarity { strength: START_STRENGTH, rule: Rule::Initial };
            return best(found, is_initial.then_some(initial));
        }
        let by_table = unit.others.iter().find(|(text, _)| text.as_bytes() == form.text).map(|(_, met)| *met);
        if self.is_by_syllables() {
            return best(found, by_table);
        }
        if self.lacks_vowels {
            return found;
        }
        let found = if by_table.is_none() { found.map(|met| doubted(met, unit.known)) } else { found };
        let cut_off = if is_own { self.cut_off(unit, form) } else { None };
        best(best(found, cut_off), by_table)
    }

    /// Whether a meeting is strong enough for the way the name is read. Signs that stand for a syllable are not misspelt, and
    /// the syllables are few and short: what is only near another is another.
    fn is_enough(&self, met: &Similarity, own: &Form<'_>, other: &Form<'_>) -> bool {
        match self.via {
            Via::Chinese | Via::Cantonese => met.rule == Rule::Exact,
            Via::Korean | Via::SinoKorean | Via::WadeGiles => {
                // `yang` and `jang`, `yon` and `yong` are two syllables, however they are spelt.
                let nasal =
                    |form: &Form<'_>| form.sounds.last().filter(|sound| b"nN".contains(sound)).copied();
                met.strength >= SYLLABLE_MIN
                    && own.key.first() == other.key.first()
                    && nasal(own) == nasal(other)
            }
            _ => true,
        }
    }

    /// Whether the letters of the reading are those that were written, one by one. Where they are made from syllables, or
    /// vowels are missing, there are no initials, nicknames and misspelt words in them.
    fn is_typed(&self) -> bool {
        !self.is_by_syllables() && !self.lacks_vowels
    }

    /// Whether every sign of the name as written stands for a syllable.
    pub fn is_by_syllables(&self) -> bool {
        matches!(self.via, Via::Korean | Via::Chinese | Via::SinoKorean | Via::Cantonese | Via::WadeGiles)
    }

    fn cut_off(&self, unit: &Unit, token: &Form<'_>) -> Option<Similarity> {
        let is_start = self.may_be_cut_off(unit)
            && token.text.len() > unit.text.len()
            && token.text.starts_with(unit.text.as_bytes())
            && !token.sounds.is_empty();
        is_start.then(|| {
            let strength = start_strength(unit.text.len(), token.text.len());
            let strength =
                if self.parts[unit.start].is_cut { strength.max(ABBREVIATION_STRENGTH) } else { strength };
            Similarity { strength, rule: Rule::CutOff }
        })
    }

    fn form<'a>(&self, unit: &'a Unit) -> Form<'a> {
        Form {
            text: unit.text.as_bytes(),
            sounds: &unit.sounds,
            key: &unit.key,
            lacks_vowels: self.lacks_vowels,
        }
    }

    pub(super) fn may_be_acronym(&self, unit: &Unit) -> bool {
        self.bearer != Bearer::Person && unit.len == 1 && (2..=7).contains(&unit.text.len())
    }

    /// What a unit and the first letters of several neighboring parts of a listed name count for.
    pub fn meets_acronym<'a>(
        &self,
        unit: &Unit,
        parts: impl Iterator<Item = (&'a str, PartKind)> + Clone,
    ) -> Option<Similarity> {
        let is_met = self.may_be_acronym(unit)
            && unit.text.len() == parts.clone().count()
            && runs::is_acronym_run(parts.clone())
            && unit.text.bytes().eq(parts.filter_map(|(text, _)| text.bytes().next()));
        is_met.then_some(Similarity { strength: ACRONYM_STRENGTH, rule: Rule::Acronym })
    }

    /// What a unit and several neighboring parts of a listed name, written together, count for.
    pub fn meets_joined<'a>(
        &self,
        unit: &Unit,
        parts: impl Iterator<Item = &'a [u8]>,
        lacks_vowels: bool,
        joiner: &mut Joiner,
    ) -> Option<Similarity> {
        let Joiner { text, sounds } = joiner;
        if unit.sounds.is_empty() || !join(parts, text, sounds) {
            return None;
        }
        let key = sound::key(sounds);
        let is_met = key.len() >= JOINED_KEY_MIN
            && key.len().abs_diff(unit.key.len()) <= 1
            && is_one_edit(&key, &unit.key);
        if !is_met {
            return None;
        }
        let (own, other) = (self.form(unit), Form { text, sounds, key: &key, lacks_vowels });
        similar(&own, &other)
            .filter(|met| self.is_enough(met, &own, &other))
            .and_then(joined)
            // Runs on both sides only tell that the blanks stand elsewhere.
            .filter(|met| met.rule == Rule::Joined || (unit.len == 1 && self.is_typed()))
    }
}

/// What the start of a word counts for, by its length and that of the word.
pub(super) fn start_strength(start: usize, whole: usize) -> f32 {
    let share = start as f32 / whole as f32;
    START_STRENGTH + (1.0 - START_STRENGTH) * (share - 0.5).max(0.0)
}

/// Memory for parts that are written together.
#[derive(Debug, Default)]
pub(crate) struct Joiner {
    text: Vec<u8>,
    sounds: Vec<u8>,
}

/// What meeting counts for when parts are written together.
fn joined(met: Similarity) -> Option<Similarity> {
    match met.rule {
        Rule::Exact | Rule::Sound => {
            Some(Similarity { strength: met.strength * JOINED_STRENGTH, rule: Rule::Joined })
        }
        _ if met.strength < JOINED_SPELLING_MIN => None,
        _ => Some(Similarity { strength: met.strength * JOINED_SPELLING, rule: Rule::JoinedSpelling }),
    }
}
