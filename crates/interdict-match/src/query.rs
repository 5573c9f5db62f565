//! A reading of a subject's name, ready to be compared: its parts, the runs of them that may be met, and what each run
//! meets in an index.
//!
//! Whether two things meet is decided in `query/meeting.rs`, once, for the search through an index and for comparing with one
//! entity alike.

use crate::index::Index;
use crate::index::format::{RunRow, hash};
use crate::index::near::{Lookup, key_hashes, skeletons_met, spelling_hashes};
use crate::index::runs::{JOINED_KEY_MIN, Order, acronym_hash, first_half, joined_runs, last_half};
use crate::names::{Bearer, PartKind, Reading, Via};
use crate::score::similarity::{Rule, Similarity};
use crate::sound;

mod known;
mod meeting;
mod starts;
mod unit;

use meeting::LOOKED_UP_MIN;
pub(crate) use meeting::{ABBREVIATION_STRENGTH, CUT_OFF_MIN, Joiner};
pub(crate) use unit::Unit;

/// Parts of one name that are compared; a longer name is compared by its first ones.
pub(crate) const PARTS_MAX: usize = 48;

/// The longest key that is so short that one with a class less is not found by leaving out another: see `key_edits`.
const JOINED_BY_KEY: usize = 5;

/// Unknown words of so few letters in the names of organizations are mostly legal forms and abbreviations.
const SHORT_MAX: usize = 3;
const SHORT_WEIGHT: f32 = 0.5;
/// The likeness from which a text that no list has is taken for a misspelt word of the lists, and weighs as that.
const KNOWN_FROM: f32 = 0.75;

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
        // How another script is read is not how its bearer spells it: there a likeness says as much for every word.
        let is_spelt = matches!(reading.via, Via::Written | Via::Corrected);
        for unit in query.units.iter_mut().filter(|unit| is_spelt && unit.len == 1) {
            unit.known = known::known(index, &lookup, &unit.text);
        }
        for (number, unit) in (0_u16..).zip(&query.units) {
            query.forms_near(index, &lookup, unit, &mut memory);
            memory.forms.sort_unstable();
            memory.forms.dedup();
            near.extend(memory.forms.iter().filter_map(|&form_row| {
                let (form, token) = lookup.form(form_row)?;
                // Only in a damaged file that was not verified it is not there.
                let is_own = index.token_rows().get(token as usize)?.forms.start.get() == form_row;
                let is_own = is_own && query.looks_up_start(unit, &form);
                Some(Near { token, unit: number, met: query.meets_form(unit, &form, is_own)? })
            }));
            query.runs_near(index, &lookup, (unit, number), &mut memory, &mut near_runs);
        }
        (query.near, query.near_runs) = (near, near_runs);
        query.weigh(index);
        query.sort_near();
        query.near_runs.sort_unstable_by_key(|near| (near.reading, near.start, near.len, near.unit));
        query.near_runs.dedup_by_key(|near| (near.reading, near.start, near.len, near.unit));
        query
    }

    /// Puts meetings in the order of tokens; of several spellings of a token the one that counts most.
    fn sort_near(&mut self) {
        self.near.sort_unstable_by(|a, b| {
            (a.token, a.unit).cmp(&(b.token, b.unit)).then_with(|| b.met.strength.total_cmp(&a.met.strength))
        });
        self.near.dedup_by_key(|near| (near.token, near.unit));
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
        let units: Vec<Unit> = runs.map(|(start, len)| Unit::of(&parts, reading.via, start, len)).collect();
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

    /// Gives every part the weight that it has on other lists, where they have it.
    pub fn weigh_as_on(&mut self, lists: &Index) {
        for part in &mut self.parts {
            if let Some(token) = lists.token_of(&part.text, self.lacks_vowels) {
                part.weight = part.kind.weight() * f32::from(token.rarity.get()) / 10_000.0;
            }
        }
    }

    /// What the first part weighs, and how well it is known as a name of its own.
    pub fn first_counts(&self) -> (f32, f32) {
        let weight = self.parts.first().map_or(0.0, |part| part.weight);
        (weight, self.units.first().map_or(0.0, |unit| unit.known))
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
