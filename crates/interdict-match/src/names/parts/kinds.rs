//! What each unit of a name is: a word decides by its place and by who bears the name.
//!
//! "General" opens a person's name as a title, "MS" a ship's as a prefix, and a legal form closes an organization's. A person
//! called "Sa" or "Ag" keeps the name.

use super::super::Bearer;
use super::super::vocabulary::Traits;
use super::PartKind;
use super::people::{is_article, is_family_name, looks_east_asian};
use super::tokens::{Break, is_single_letter};
use super::units::{LEGAL, Unit, is_of_organization};

/// The kinds of the units, in their order.
pub(super) fn kinds(units: &[Unit], bearer: Bearer) -> Vec<PartKind> {
    let name = Name {
        units,
        bearer,
        is_organization: match bearer {
            Bearer::Organization => true,
            Bearer::Unknown => is_of_organization(units.iter().map(|unit| unit.traits)),
            Bearer::Person | Bearer::Vehicle => false,
        },
        is_east_asian: matches!(bearer, Bearer::Person | Bearer::Unknown) && looks_east_asian(units),
        legal_until: units.iter().take_while(|unit| unit.has(LEGAL)).count(),
    };
    let mut kinds: Vec<PartKind> = Vec::with_capacity(units.len());
    for idx in 0..units.len() {
        let kind = name.kind(idx, &kinds);
        kinds.push(kind);
    }
    kinds
}

struct Name<'a> {
    units: &'a [Unit],
    bearer: Bearer,
    is_organization: bool,
    is_east_asian: bool,
    /// The number of units at the start that can be legal forms.
    legal_until: usize,
}

impl Name<'_> {
    /// The kind of one unit; `known` are those before it.
    fn kind(&self, idx: usize, known: &[PartKind]) -> PartKind {
        let unit = &self.units[idx];
        if unit.text.chars().all(char::is_numeric) {
            let is_suffix = unit.is_roman && self.bearer == Bearer::Person && idx > 0;
            return if is_suffix { PartKind::Honorific } else { PartKind::Number };
        }
        if is_single_letter(&unit.text) {
            let is_particle = !unit.text.is_ascii() && unit.has(Traits::PARTICLE) && self.units.len() > 1;
            return if is_particle { PartKind::Particle } else { PartKind::Initial };
        }
        if unit.traits == Traits::default() {
            return PartKind::Word;
        }
        match self.bearer {
            Bearer::Person => self.of_person(idx, known).unwrap_or(PartKind::Word),
            _ => self.of_other(idx, known).unwrap_or(PartKind::Word),
        }
    }

    /// What a word of a person's name is besides a name.
    fn of_person(&self, idx: usize, known: &[PartKind]) -> Option<PartKind> {
        if self.units.len() < 2 {
            return None;
        }
        if self.is_honorific(idx, known) {
            return Some(PartKind::Honorific);
        }
        if self.is_patronymic(idx) {
            return Some(PartKind::Patronymic);
        }
        self.is_particle(idx).then_some(PartKind::Particle)
    }

    /// What a word of another name is besides a name.
    fn of_other(&self, idx: usize, known: &[PartKind]) -> Option<PartKind> {
        let unit = &self.units[idx];
        let has_others = self.units.len() > 1;
        let is_ship = self.bearer == Bearer::Vehicle;
        if idx == 0 && has_others && self.is_vessel_prefix(unit) {
            return Some(PartKind::Vessel);
        }
        if self.is_legal(idx) {
            return Some(PartKind::Legal);
        }
        let is_one = |certain, or_name| {
            unit.has(certain) && !unit.has(or_name) || unit.has(or_name) && self.is_organization
        };
        if is_one(Traits::GENERIC, Traits::GENERIC_OR_NAME) {
            return Some(PartKind::Generic);
        }
        if is_one(Traits::PLACE, Traits::PLACE_OR_NAME) {
            return Some(PartKind::Place);
        }
        if unit.has(Traits::DIRECTION) {
            return Some(PartKind::Direction);
        }
        if is_ship || self.is_organization {
            return (has_others && unit.has(Traits::PARTICLE.with(Traits::ARTICLE)) && self.is_particle(idx))
                .then_some(PartKind::Particle)
                .or_else(|| (has_others && self.is_patronymic(idx)).then_some(PartKind::Patronymic));
        }
        match self.of_person(idx, known) {
            None if !has_others && unit.has(Traits::PARTICLE) => Some(PartKind::Particle),
            kind => kind,
        }
    }

    fn is_vessel_prefix(&self, unit: &Unit) -> bool {
        match self.bearer {
            Bearer::Vehicle => unit.has(Traits::VESSEL.with(Traits::VESSEL_ONLY)),
            Bearer::Unknown => unit.has(Traits::VESSEL) && !self.is_organization,
            Bearer::Person | Bearer::Organization => false,
        }
    }

    fn is_legal(&self, idx: usize) -> bool {
        let unit = &self.units[idx];
        if unit.has(Traits::LEGAL) {
            return true;
        }
        if !unit.has(LEGAL) || matches!(self.bearer, Bearer::Vehicle | Bearer::Person) {
            return false;
        }
        let closes = self.closes(idx);
        if self.is_organization {
            return closes || idx < self.legal_until;
        }
        let can_be_name = unit.has(Traits::LEGAL_OR_NAME) || self.is_east_asian || is_family_name(&unit.text);
        self.units.len() == 1 || (closes && idx > 0 && !can_be_name)
    }

    /// Whether nothing but legal forms stands between a unit and the next division of the name.
    fn closes(&self, idx: usize) -> bool {
        let behind = self.units.get(idx + 1..).unwrap_or_default();
        let divided = behind.iter().position(|unit| unit.before > Break::Hyphen).unwrap_or(behind.len());
        behind[..divided].iter().all(|unit| unit.has(LEGAL))
    }

    /// Whether a unit is the last of its name or stands before a comma or bracket.
    fn ends_segment(&self, idx: usize) -> bool {
        self.units.get(idx + 1).is_none_or(|next| next.before > Break::Hyphen)
    }

    fn is_honorific(&self, idx: usize, known: &[PartKind]) -> bool {
        let unit = &self.units[idx];
        let start = (0..=idx).rev().find(|&at| self.units[at].before > Break::Hyphen).unwrap_or(0);
        let only_titles_before = known[start..].iter().zip(&self.units[start..]).all(|(kind, unit)| {
            matches!(kind, PartKind::Honorific)
                || (matches!(kind, PartKind::Particle) && !unit.has(Traits::ARTICLE))
        });
        let opens = only_titles_before && !self.ends_segment(idx);
        if unit.has(Traits::HONORIFIC_FIRST.with(Traits::HONORIFIC)) && opens {
            return true;
        }
        let follows_article = idx > 0 && is_article(&self.units[idx - 1]);
        if unit.has(Traits::HONORIFIC) && !follows_article && !(idx == 0 && self.ends_segment(idx)) {
            return true;
        }
        let only_suffixes_behind =
            self.units[idx + 1..].iter().all(|unit| unit.has(Traits::SUFFIX) || unit.is_roman);
        let is_clear =
            unit.text.len() > 2 || matches!(&*unit.text, "jr" | "sr" | "md") || unit.before == Break::Comma;
        unit.has(Traits::SUFFIX) && idx > 0 && only_suffixes_behind && is_clear && !self.is_east_asian
    }

    /// "Son of" stands between two names or, as `oglu`, behind the father's; `ben` in front is a given name.
    fn is_patronymic(&self, idx: usize) -> bool {
        let unit = &self.units[idx];
        if !unit.has(Traits::PATRONYMIC) || self.is_east_asian {
            return false;
        }
        match &*unit.text {
            "oglu" | "qizi" | "zade" | "zadeh" | "zada" | "zadah" => idx > 0,
            "ben" => idx > 0 && idx + 1 < self.units.len(),
            _ => idx + 1 < self.units.len(),
        }
    }

    fn is_particle(&self, idx: usize) -> bool {
        let unit = &self.units[idx];
        let next = self.units.get(idx + 1);
        if unit.has(Traits::ARTICLE) {
            return next
                .is_some_and(|next| next.before == Break::Hyphen || sounds_into(&unit.text, &next.text));
        }
        unit.has(Traits::PARTICLE) && (self.is_organization || (next.is_some() && !self.is_east_asian))
    }
}

/// Whether an article ends as the next word begins: `as sadr`, `ash shami`.
fn sounds_into(article: &str, next: &str) -> bool {
    let mut letters = article.chars();
    letters.next();
    let rest = letters.as_str();
    !rest.is_empty() && next.starts_with(rest)
}
