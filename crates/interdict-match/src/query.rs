//! A reading of a subject's name, ready to be compared: its parts, the runs of them that may be met, and what each run
//! meets in an index.
//!
//! Whether two things meet is decided here, once, for the search through an index and for comparing with one entity alike.

use std::borrow::Cow;

use crate::index::Index;
use crate::index::format::{RunRow, hash};
use crate::index::near::{Lookup, key_hashes, skeletons_met, spelling_hashes};
use crate::index::runs::{
    self, JOINED_KEY_MIN, Order, acronym_hash, first_half, join, joined_runs, last_half,
};
use crate::names::common;
use crate::names::variants::{self, Relation};
use crate::names::{Bearer, PartKind, Reading, Via};
use crate::score::similarity::{Form, Rule, Similarity, is_one_edit, similar};
use crate::sound::{self, Row};

/// Parts of one name that are compared; a longer name is compared by its first ones.
pub(crate) const PARTS_MAX: usize = 48;

/// The longest key that is so short that one with a class less is not found by leaving out another: see `key_edits`.
const JOINED_BY_KEY: usize = 5;

/// What parts written together count for beside their likeness.
const JOINED_STRENGTH: f32 = 0.985;
/// The same where they are misspelt besides: two unlikely things at once.
const JOINED_SPELLING: f32 = 0.87;
const JOINED_SPELLING_MIN: f32 = 0.80;
/// The least that meetings of names count for that are read syllable by syllable.
const SYLLABLE_MIN: f32 = 0.85;
const ACRONYM_STRENGTH: f32 = 0.90;
/// Unknown words of so few letters in the names of organizations are mostly legal forms and abbreviations.
const SHORT_MAX: usize = 3;
const SHORT_WEIGHT: f32 = 0.5;
/// What a word with a dot behind it and a longer one that starts so count for.
pub(crate) const ABBREVIATION_STRENGTH: f32 = 0.88;
/// What a single letter, or the first letters of a word that was cut off, count for.
pub(crate) const START_STRENGTH: f32 = 0.70;
const MISREAD_STRENGTH: f32 = 0.93;
/// What forms of one name count for.
const FORM_STRENGTH: f32 = 0.80;
const NICKNAME_STRENGTH: f32 = 0.72;
const GENDERED_STRENGTH: f32 = 0.88;
/// A cut-off word needs so many letters, in a name of so many.
const CUT_OFF_MIN: usize = 2;
const CUT_OFF_NAME_MIN: usize = 8;
/// A name of one word may be cut off from so many letters on.
const CUT_OFF_ALONE_MIN: usize = 6;
/// Starts of words are looked up from so many letters on; shorter ones have too many words.
const LOOKED_UP_MIN: usize = 4;
/// The likeness from which a text that no list has is taken for a misspelt word of the lists, and weighs as that.
const KNOWN_FROM: f32 = 0.75;

/// How well a name is known that a table has.
const KNOWN_BY_TABLE: f32 = 1.0;
/// What a frequent name's rarity is below that of the rarest.
const FREQUENT: f32 = 0.4;
/// How much less than alike a well-known name is to another.
const KNOWN_DOUBT: f32 = 2.5;

/// One part of the subject's name.
#[derive(Debug, Clone)]
pub(crate) struct QueryPart {
    pub text: String,
    pub kind: PartKind,
    /// Kind times rarity; what it counts where it meets nothing.
    pub weight: f32,
    /// Whether a dot behind it says that it is the start of a longer word.
    is_cut: bool,
    written: Option<String>,
}

/// A part, or neighboring parts written together.
#[derive(Debug)]
pub(crate) struct Unit {
    pub start: usize,
    pub len: usize,
    text: String,
    sounds: Vec<u8>,
    key: Row,
    /// How well its text is known as a name of its own, 0 to 1: what is known is seldom another name misspelt.
    known: f32,
    /// Texts that it may stand for besides its own, and what meeting them counts for.
    others: Vec<(Cow<'static, str>, Similarity)>,
}

/// A unit that meets a token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Near {
    pub token: u32,
    pub unit: u16,
    pub met: Similarity,
}

/// A unit that meets several neighboring parts of one reading.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NearRun {
    pub reading: u32,
    pub start: u8,
    pub len: u8,
    pub unit: u16,
    pub met: Similarity,
}

/// A reading of a subject's name with all that it meets.
#[derive(Debug)]
pub(crate) struct Query {
    pub via: Via,
    bearer: Bearer,
    pub parts: Vec<QueryPart>,
    pub units: Vec<Unit>,
    /// In the order of tokens.
    pub near: Vec<Near>,
    /// In the order of readings.
    pub near_runs: Vec<NearRun>,
    lacks_vowels: bool,
    n_letters: usize,
}

impl Query {
    /// Looks up what a reading meets in an index.
    pub fn new(index: &Index, reading: &Reading, bearer: Bearer) -> Self {
        let mut query = Self::of(reading, bearer);
        let lookup = index.lookup();
        let (mut near, mut near_runs) = (Vec::new(), Vec::new());
        let mut memory = Memory::default();
        for unit in query.units.iter_mut().filter(|unit| unit.len == 1) {
            unit.known = known(index, &lookup, &unit.text);
        }
        for (number, unit) in (0_u16..).zip(&query.units) {
            query.forms_near(index, &lookup, unit, &mut memory);
            memory.forms.sort_unstable();
            memory.forms.dedup();
            near.extend(memory.forms.iter().filter_map(|&form| {
                let (form, token) = lookup.form(form)?;
                // Only in a damaged file that was not verified it is not there.
                index.token_rows().get(token as usize)?;
                Some(Near { token, unit: number, met: query.meets_form(unit, &form)? })
            }));
            query.runs_near(index, &lookup, (unit, number), &mut memory, &mut near_runs);
        }
        (query.near, query.near_runs) = (near, near_runs);
        query.weigh(index);
        // Of several spellings of a token the one that counts most.
        query.near.sort_unstable_by(|a, b| {
            (a.token, a.unit).cmp(&(b.token, b.unit)).then_with(|| b.met.strength.total_cmp(&a.met.strength))
        });
        query.near.dedup_by_key(|near| (near.token, near.unit));
        query.near_runs.sort_unstable_by_key(|near| (near.reading, near.start, near.len, near.unit));
        query.near_runs.dedup_by_key(|near| (near.reading, near.start, near.len, near.unit));
        query
    }

    /// The parts and units of a reading, before anything is looked up.
    fn of(reading: &Reading, bearer: Bearer) -> Self {
        let parts: Vec<QueryPart> = reading
            .parts
            .iter()
            .take(PARTS_MAX)
            .map(|part| QueryPart {
                text: part.text.clone(),
                kind: part.kind,
                weight: 1.0,
                is_cut: part.is_cut,
                written: part.written.clone(),
            })
            .collect();
        let runs = (0..parts.len()).map(|start| (start, 1)).chain(joined_runs(parts.len(), Order::Fixed));
        let units: Vec<Unit> = runs.map(|(start, len)| Unit::of(&parts, start, len)).collect();
        let n_letters = parts.iter().map(|part| part.text.len()).sum();
        let lacks_vowels = reading.via.lacks_vowels();
        Self {
            via: reading.via,
            bearer,
            parts,
            units,
            near: Vec::new(),
            near_runs: Vec::new(),
            lacks_vowels,
            n_letters,
        }
    }

    /// Gives every part its weight: that of the token of its text, or of the one that it is a misspelling of.
    fn weigh(&mut self, index: &Index) {
        let by_syllables = self.is_by_syllables();
        let is_organization = match self.bearer {
            Bearer::Organization | Bearer::Vehicle => true,
            Bearer::Person => false,
            Bearer::Unknown => {
                self.parts.iter().any(|part| matches!(part.kind, PartKind::Legal | PartKind::Generic))
            }
        };
        for (idx, part) in self.parts.iter_mut().enumerate() {
            let of_unit = self.near.iter().filter(|near| usize::from(near.unit) == idx);
            let best =
                of_unit.max_by(|a, b| a.met.strength.total_cmp(&b.met.strength).then(b.token.cmp(&a.token)));
            let is_syllable = by_syllables && part.kind == PartKind::Initial;
            let kind = if is_syllable { 1.0 } else { part.kind.weight() };
            part.weight = match best {
                Some(near) if near.met.rule == Rule::Exact => {
                    kind * f32::from(index.token(near.token).rarity.get()) / 10_000.0
                }
                Some(near) if near.met.strength >= KNOWN_FROM => {
                    let token = index.token(near.token);
                    let rarity = f32::from(token.rarity.get()) / 10_000.0;
                    // A word of a person's name that looks like a legal form is none.
                    match is_organization {
                        false => kind * rarity,
                        true => kind.min(f32::from(token.weight_max.get()) / 10_000.0),
                    }
                }
                _ if is_organization && part.text.len() <= SHORT_MAX => kind * SHORT_WEIGHT,
                _ => kind,
            };
        }
    }

    /// Forms that may be near a unit: all that are, and some others.
    fn forms_near(&self, index: &Index, lookup: &Lookup<'_>, unit: &Unit, memory: &mut Memory) {
        let Memory { forms, hashes, .. } = memory;
        forms.clear();
        // Parts written together meet by their keys, too: where a key may be found with a class left out, that finds all.
        if unit.len == 1 || unit.key.len() <= JOINED_BY_KEY {
            spelling_hashes(&unit.text, hashes);
            forms.extend(hashes.iter().flat_map(|&hash| lookup.spellings.forms(hash)));
            let skeletons = skeletons_met(sound::skeleton(&unit.key), self.lacks_vowels);
            forms.extend(skeletons.flat_map(|hash| lookup.skeletons.forms(hash)));
        }
        key_hashes(&unit.key, hashes);
        forms.extend(hashes.iter().flat_map(|&hash| lookup.keys.forms(hash)));
        let of = |text: &[u8]| lookup.spellings.forms(hash(text.iter().copied()));
        if unit.len > 1 {
            if self.is_acronym_run(unit) {
                forms.extend(lookup.spellings.forms(hash(self.first_letters(unit))));
            }
            return;
        }
        // Forms by tables of names, misread letters, initials and cut-off ends.
        forms.extend(unit.others.iter().flat_map(|(text, _)| of(text.as_bytes())));
        if unit.text.len() > 1 {
            forms.extend(unit.text.as_bytes().get(..1).into_iter().flat_map(of));
        }
        if unit.text.len() >= LOOKED_UP_MIN && self.may_be_cut_off(unit) {
            forms.extend(index.forms_starting(&unit.text));
        }
    }

    /// Whether a part may meet words that were not looked up: those that start with its one to three letters.
    pub fn is_open(&self, part: usize) -> bool {
        let text = &self.parts[part].text;
        self.is_typed()
            && (text.len() == 1 || (text.len() < LOOKED_UP_MIN && self.may_be_cut_off(&self.units[part])))
    }

    /// Whether a unit may be the start of a word: one with a dot behind it, or the last part of a long name, which was cut off.
    fn may_be_cut_off(&self, unit: &Unit) -> bool {
        let letters_min = if unit.start > 0 { CUT_OFF_NAME_MIN } else { CUT_OFF_ALONE_MIN };
        let ends_long_name = unit.start + 1 == self.parts.len() && self.n_letters >= letters_min;
        unit.len == 1
            && unit.text.len() >= CUT_OFF_MIN
            && !unit.sounds.is_empty()
            && (self.parts[unit.start].is_cut || ends_long_name)
    }

    fn is_acronym_run(&self, unit: &Unit) -> bool {
        let parts = &self.parts[unit.start..unit.start + unit.len];
        self.bearer != Bearer::Person
            && runs::is_acronym_run(parts.iter().map(|part| (part.text.as_str(), part.kind)))
    }

    fn first_letters(&self, unit: &Unit) -> impl Iterator<Item = u8> {
        self.parts[unit.start..unit.start + unit.len].iter().filter_map(|part| part.text.bytes().next())
    }

    /// What a unit and a spelling of a token count for where they meet; nothing when they do not.
    pub fn meets_form(&self, unit: &Unit, form: &Form<'_>) -> Option<Similarity> {
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
            let is_initial = starts && is_letter(own) && is_letter(form.text);
            let initial = Similarity { strength: START_STRENGTH, rule: Rule::Initial };
            return best(found, is_initial.then_some(initial));
        }
        if !self.is_typed() {
            return found;
        }
        let by_table = unit.others.iter().find(|(text, _)| text.as_bytes() == form.text).map(|(_, met)| *met);
        let found = if by_table.is_none() { found.map(|met| of_known(met, unit.known)) } else { found };
        best(best(found, self.cut_off(unit, form)), by_table)
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
            let share = unit.text.len() as f32 / token.text.len() as f32;
            let strength = START_STRENGTH + (1.0 - START_STRENGTH) * (share - 0.5).max(0.0);
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

    /// The runs of parts in the index that a unit meets.
    fn runs_near(
        &self,
        index: &Index,
        lookup: &Lookup<'_>,
        (unit, number): (&Unit, u16),
        memory: &mut Memory,
        near: &mut Vec<NearRun>,
    ) {
        let of = |row: &RunRow, met: Similarity| NearRun {
            reading: row.reading.get(),
            start: row.start,
            len: row.len,
            unit: number,
            met,
        };
        let Memory { rows, joiner, .. } = memory;
        joined_rows(lookup, unit, rows);
        rows.sort_unstable_by_key(|row| (row.reading.get(), row.start, row.len));
        rows.dedup_by_key(|row| (row.reading.get(), row.start, row.len));
        near.extend(rows.iter().filter_map(|row| {
            let (texts, via) = lookup.written(row);
            self.meets_joined(unit, texts, via.lacks_vowels(), joiner).map(|met| of(row, met))
        }));
        if self.may_be_acronym(unit) {
            let rows = lookup.acronyms.runs(acronym_hash(unit.text.bytes()));
            near.extend(rows.filter_map(|row| {
                let parts = index.run(row).map(|part| (part.text, part.kind));
                self.meets_acronym(unit, parts).map(|met| of(row, met))
            }));
        }
    }

    fn may_be_acronym(&self, unit: &Unit) -> bool {
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

/// Memory for parts that are written together.
#[derive(Debug, Default)]
pub(crate) struct Joiner {
    text: Vec<u8>,
    sounds: Vec<u8>,
}

/// Memory of the lookup of one unit, used again for the next.
#[derive(Debug, Default)]
struct Memory {
    hashes: Vec<u32>,
    forms: Vec<u32>,
    rows: Vec<RunRow>,
    joiner: Joiner,
}

/// The runs whose key of sounds may be one edit from that of a unit.
fn joined_rows(lookup: &Lookup<'_>, unit: &Unit, rows: &mut Vec<RunRow>) {
    rows.clear();
    let n = unit.key.len();
    if n + 1 < JOINED_KEY_MIN {
        return;
    }
    let parity = sound::parity(&unit.key);
    let mut look_up = |hash: u32| {
        let may_be = |row: &&RunRow| (row.parity.get() ^ parity).count_ones() <= 2;
        rows.extend(lookup.joined.runs(hash).filter(may_be));
    };
    for length in (n - 1).max(JOINED_KEY_MIN)..=n + 1 {
        look_up(first_half(&unit.key, length));
        look_up(last_half(&unit.key, length));
    }
    if n >= JOINED_KEY_MIN {
        let mut swapped = unit.key.to_vec();
        swapped.swap(n / 2 - 1, n / 2);
        look_up(first_half(&swapped, n));
    }
}

/// How well a text is known as a name: the more names of the lists have it the better, and half where a table has it.
fn known(index: &Index, lookup: &Lookup<'_>, text: &str) -> f32 {
    let is_common = common::is_common(text) || variants::variants(text).next().is_some();
    let in_table = if is_common { KNOWN_BY_TABLE } else { 0.0 };
    let same = lookup.spellings.forms(hash(text.bytes())).filter_map(|form| lookup.form(form));
    let same = same.filter(|(form, _)| form.text == text.as_bytes());
    let rarity = same.map(|(_, token)| f32::from(index.token(token).rarity.get()) / 10_000.0);
    rarity.fold(in_table, |known: f32, rarity| known.max((1.0 - rarity) / FREQUENT)).min(1.0)
}

/// What being like a listed part counts for when the subject's is known as a name of its own.
fn of_known(met: Similarity, known: f32) -> Similarity {
    match met.rule {
        Rule::Spelling => Similarity { strength: met.strength.powf(1.0 + KNOWN_DOUBT * known), ..met },
        _ => met,
    }
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

impl Unit {
    /// Its text, written together.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn of(parts: &[QueryPart], start: usize, len: usize) -> Self {
        let text = match &parts[start..start + len] {
            [part] => part.text.clone(),
            parts => parts.iter().map(|part| part.written.as_ref().unwrap_or(&part.text).as_str()).collect(),
        };
        let mut sounds = Vec::new();
        sound::sounds(&text, &mut sounds);
        let others = if len == 1 && !sounds.is_empty() { others(&text) } else { Vec::new() };
        Self { start, len, key: sound::key(&sounds), text, sounds, known: 0.0, others }
    }
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
