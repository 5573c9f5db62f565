//! How a reading of the subject's name and one of a listed name meet: every meeting that there is, then the best choice.
//!
//! Meetings come from what a search through the index has marked, or are tried one by one; both give the same.

use interdict_core::score::Points;

use crate::candidates::meetings;
use crate::index::Index;
use crate::index::runs::{Order, joined_runs, run_mask};
use crate::names::{Bearer, PartKind};
use crate::query::{Joiner, Query, Unit};
use crate::score::align::Meeting;
use crate::score::name::{Comparison, Listed, names};
use crate::score::similarity::{Rule, Similarity};

/// Parts of a listed name that are compared; a longer name is compared by its first ones.
const LISTED_MAX: usize = 64;

/// Compares names, one after the other, with memory that is used again.
#[derive(Debug, Default)]
pub(crate) struct Comparer {
    pub listed: Vec<Listed>,
    pub comparison: Comparison,
    /// Whether a word may meet a single letter of the list: a company's letters stand for words that are not its name.
    meets_letters: bool,
    joiner: Joiner,
}

impl Comparer {
    /// Compares a query with a reading by what the search has found: `slots` leads from a token to its meetings.
    pub fn by_marks(&mut self, index: &Index, query: &Query, reading: u32, slots: &[u32]) -> Points {
        self.take_listed(index, reading);
        let has_open = (0..query.parts.len()).any(|part| query.is_open(part));
        for idx in 0..self.listed.len() {
            let token = self.listed[idx].token;
            for near in meetings(query, slots, token) {
                self.meet(query, &query.units[usize::from(near.unit)], (idx, 1), near.met);
            }
            if has_open {
                self.meet_open(index, query, idx);
            }
        }
        let start = query.near_runs.partition_point(|near| near.reading < reading);
        for near in query.near_runs[start..].iter().take_while(|near| near.reading == reading) {
            let unit = &query.units[usize::from(near.unit)];
            self.meet(query, unit, (usize::from(near.start), usize::from(near.len)), near.met);
        }
        self.settle(index, query, reading)
    }

    /// Compares a query with a reading by trying every part and run of the one with every one of the other.
    pub fn directly(&mut self, index: &Index, query: &Query, reading: u32) -> Points {
        self.take_listed(index, reading);
        for idx in 0..self.listed.len() {
            let token = self.listed[idx].token;
            for unit in &query.units {
                // Letters that may start any word are tried below.
                let forms = index.forms_of(token).enumerate();
                let meetings = forms.filter_map(|(at, form)| {
                    query.meets_form(unit, &form, at == 0 && query.looks_up_start(unit, &form))
                });
                let best = meetings.max_by(|a, b| a.strength.total_cmp(&b.strength));
                if let Some(met) = best {
                    self.meet(query, unit, (idx, 1), met);
                }
            }
            self.meet_open(index, query, idx);
        }
        self.meet_runs(index, query, reading);
        self.settle(index, query, reading)
    }

    /// Every unit with every run of parts that is met written together or by first letters.
    fn meet_runs(&mut self, index: &Index, query: &Query, reading: u32) {
        let row = index.reading(reading);
        let lacks_vowels = row.via().lacks_vowels();
        let parts: Vec<(&str, PartKind)> = row.parts().map(|part| (part.text, part.kind)).collect();
        let written: Vec<&[u8]> = row.parts().map(|part| part.written.as_bytes()).collect();
        let bearer = index.bearer_of_reading(reading);
        let (is_person, order) = (bearer == Bearer::Person, Order::of(bearer));
        let mut joiner = std::mem::take(&mut self.joiner);
        for unit in &query.units {
            for (start, len) in joined_runs(parts.len(), order) {
                let texts = written.iter().cycle().skip(start).take(len).copied();
                if let Some(met) = query.meets_joined(unit, texts, lacks_vowels, &mut joiner) {
                    self.meet(query, unit, (start, len), met);
                }
            }
            let len = unit.text().len();
            for start in 0..(parts.len() + 1).saturating_sub(len) {
                let run = parts[start..start + len].iter().copied();
                let met = if is_person { None } else { query.meets_acronym(unit, run) };
                if let Some(met) = met {
                    self.meet(query, unit, (start, len), met);
                }
            }
        }
        self.joiner = joiner;
    }

    fn settle(&mut self, index: &Index, query: &Query, reading: u32) -> Points {
        self.comparison.settle(query, &self.listed, index.reading(reading).via());
        self.comparison.points()
    }

    fn take_listed(&mut self, index: &Index, reading: u32) {
        self.comparison.meetings.clear();
        self.listed.clear();
        self.listed.extend(index.parts_of_reading(reading).iter().map(|part| {
            let token = part.token.get();
            let kind = PartKind::from_code(part.kind);
            let rarity = f32::from(index.token(token).rarity.get()) / 10_000.0;
            Listed { token, kind, weight: kind.weight() * rarity }
        }));
        self.meets_letters = !self.listed.iter().any(|part| part.kind == PartKind::Initial)
            || index.bearer_of_reading(reading) != Bearer::Organization;
    }

    /// One to three letters of the subject, each with a word that starts so.
    fn meet_open(&mut self, index: &Index, query: &Query, idx: usize) {
        let Some(form) = index.forms_of(self.listed[idx].token).next() else { return };
        for (_, unit) in
            query.units.iter().take(query.parts.len()).enumerate().filter(|(part, _)| query.is_open(*part))
        {
            let met = query.meets_form(unit, &form, true).filter(is_start);
            if let Some(met) = met {
                self.meet(query, unit, (idx, 1), met);
            }
        }
    }

    /// Takes in a meeting of a unit and a run of listed parts, if parts of their kinds may meet so.
    fn meet(&mut self, query: &Query, unit: &Unit, (start, len): (usize, usize), met: Similarity) {
        let n_listed = self.listed.len();
        if start >= n_listed || len > n_listed || n_listed.min(start + len) > LISTED_MAX {
            return;
        }
        let listed = self.listed.iter().cycle().skip(start).take(len);
        let own = &query.parts[unit.start..unit.start + unit.len];
        let may_meet = match met.rule {
            Rule::Exact => true,
            Rule::Initial => {
                let letter_or_name = |kind: PartKind| kind == PartKind::Initial || names(kind);
                let meets_letters =
                    self.meets_letters || own.iter().all(|part| part.kind == PartKind::Initial);
                meets_letters
                    && own.iter().all(|part| letter_or_name(part.kind))
                    && listed.clone().all(|part| letter_or_name(part.kind))
            }
            Rule::CutOff => {
                own.iter().all(|part| may_be_cut(part.kind))
                    && listed.clone().all(|part| may_be_cut(part.kind))
            }
            Rule::Acronym => {
                let may_be_letters = |kind: PartKind| kind != PartKind::Number && kind != PartKind::Vessel;
                own.iter().all(|part| may_be_letters(part.kind) && part.kind != PartKind::Legal)
                    && listed.clone().all(|part| may_be_letters(part.kind))
            }
            _ => {
                own.iter().any(|part| is_spelt_freely(part.kind))
                    && listed.clone().any(|part| is_spelt_freely(part.kind))
            }
        };
        if !may_meet {
            return;
        }
        let byte = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
        let own_weight: f32 = own.iter().map(|part| part.weight).sum();
        let weight: f32 = listed.map(|part| part.weight).sum();
        // A word that meets a single letter is not all met.
        let own_weight = if met.rule == Rule::Initial { own_weight.min(weight) } else { own_weight };
        self.comparison.meetings.push(Meeting {
            subject: (byte(unit.start), byte(unit.len)),
            entity: (byte(start), byte(len)),
            met,
            entity_mask: run_mask(start, len, n_listed),
            weight,
            own_weight,
        });
    }
}

fn is_start(met: &Similarity) -> bool {
    matches!(met.rule, Rule::Initial | Rule::CutOff)
}

/// Whether a part of this kind is met by its first letters.
fn may_be_cut(kind: PartKind) -> bool {
    is_spelt_freely(kind) || kind == PartKind::Initial
}

/// Whether parts of this kind are met misspelt, too. The others are few and short: misspelt they are other words.
fn is_spelt_freely(kind: PartKind) -> bool {
    use PartKind::{Honorific, Initial, Legal, Number, Particle, Patronymic, Vessel};
    !matches!(kind, Honorific | Initial | Legal | Number | Particle | Patronymic | Vessel)
}
