//! What speaks for two parties being one, and what forbids it?

use std::collections::BTreeMap;

use interdict_core::date::PartialDate;
use interdict_core::score::Points;

use super::facts::{Facts, Kind};
use super::identifiers::{self, Register};
use super::names::Alike;
use super::references;
use super::{Reason, Rule};
use crate::index::EntityRef;
use crate::score::evidence::{DateRelation, nearest};

/// All that was found out about a pair.
#[derive(Debug)]
pub(super) struct Evidence {
    /// Their names, where they are alike.
    pub names: Option<Alike>,
    /// One names the other's id, or both the same.
    pub reference: Option<Reason>,
    /// A text of the one mentions the other's reference number.
    pub mention: Option<Reason>,
    pub identifier: Option<(Register, Reason)>,
    pub date: Option<(DateRelation, Reason)>,
    /// A country in common.
    pub country: Option<Reason>,
    /// Whether both lists give countries, and none is common.
    pub has_other_country: bool,
    pub is_organization: bool,
    /// Whether one of them is a ship or an aircraft.
    pub is_vehicle: bool,
    /// What forbids a link.
    pub against: Vec<Reason>,
}

impl Evidence {
    /// Lays the facts of two parties side by side.
    pub fn of(
        a: &Facts<'_>,
        b: &Facts<'_>,
        entities: (EntityRef<'_>, EntityRef<'_>),
        names: Option<Alike>,
    ) -> Self {
        let is = |kinds: &[Kind]| kinds.contains(&a.kind) || kinds.contains(&b.kind);
        Self {
            is_organization: is(&[Kind::Organization]),
            is_vehicle: is(&[Kind::Vessel, Kind::Vehicle]),
            has_other_country: !a.countries.is_empty()
                && !b.countries.is_empty()
                && a.countries.is_disjoint(&b.countries),
            reference: reference(a, b, entities),
            mention: mention(a, b),
            identifier: identifiers::shared(a, b)
                .map(|(register, value)| (register, Reason::new(Rule::Identifier, value, register.name()))),
            date: date(a, b),
            country: country(a, b),
            against: conflicts(a, b),
            names,
        }
    }

    pub fn points(&self) -> Points {
        self.names.as_ref().map_or(Points(0), |names| names.points)
    }

    /// The reasons for a link, the strongest first.
    pub fn reasons(self) -> (Vec<Reason>, Vec<Reason>) {
        let name = self.names.map(|names| Reason::new(Rule::Name, &names.a, &names.b));
        let reasons = self
            .reference
            .into_iter()
            .chain(self.identifier.map(|(_, reason)| reason))
            .chain(name)
            .chain(self.mention)
            .chain(self.date.map(|(_, reason)| reason))
            .chain(self.country)
            .collect();
        (reasons, self.against)
    }
}

fn reference(
    a: &Facts<'_>,
    b: &Facts<'_>,
    (a_entity, b_entity): (EntityRef<'_>, EntityRef<'_>),
) -> Option<Reason> {
    let (a_id, b_id) = (a_entity.id(), b_entity.id());
    if a_id == b_id {
        return Some(Reason::new(Rule::SameId, a_id, b_id));
    }
    let names = |facts: &Facts<'_>, other| references::ids(other).any(|id| facts.referents.contains(id));
    if names(a, b_entity) || names(b, a_entity) {
        return Some(Reason::new(Rule::NamesTheOther, a_id, b_id));
    }
    let common = a.references.intersection(&b.references).next();
    common.map(|number| Reason::new(Rule::ReferenceNumber, number, number))
}

fn mention(a: &Facts<'_>, b: &Facts<'_>) -> Option<Reason> {
    let of =
        |own: &Facts<'_>, other: &Facts<'_>| own.mentions.intersection(&other.references).next().cloned();
    let number = of(a, b).or_else(|| of(b, a))?;
    Some(Reason::new(Rule::Mention, &number, &number))
}

/// A year without a day is often an estimate, and lists estimate apart: of the judged pairs with such a year, a quarter of
/// those that differ by two to five years are one.
const ESTIMATES_WITHIN_YEARS: u16 = 5;

/// Two birth dates that disagree as estimates do. Organizations and ships were founded and built on several days.
fn estimates(a: &Facts<'_>, b: &Facts<'_>) -> Option<(PartialDate, PartialDate)> {
    if a.kind != Kind::Person && b.kind != Kind::Person {
        return None;
    }
    let pairs = a.dates.iter().flat_map(|&ours| b.dates.iter().map(move |&theirs| (ours, theirs)));
    pairs.into_iter().find(|(ours, theirs)| {
        let is_estimate = ours.as_day().is_none() || theirs.as_day().is_none();
        let [early, late] = if ours.bounds() <= theirs.bounds() { [ours, theirs] } else { [theirs, ours] };
        is_estimate && late.from().year().saturating_sub(early.until().year()) <= ESTIMATES_WITHIN_YEARS
    })
}

fn date(a: &Facts<'_>, b: &Facts<'_>) -> Option<(DateRelation, Reason)> {
    let (relation, ours, theirs) = nearest(&a.dates, &b.dates)?;
    if let Some((ours, theirs)) = estimates(a, b).filter(|_| relation == DateRelation::Other) {
        return Some((relation, Reason::new(Rule::NearYears, &ours.to_string(), &theirs.to_string())));
    }
    let rule = match relation {
        DateRelation::SameDay => Rule::SameDay,
        DateRelation::Compatible => Rule::DatesCompatible,
        DateRelation::DayAndMonthSwapped | DateRelation::OneYearApart | DateRelation::Mistyped => {
            Rule::DateSlip
        }
        // For persons this is a conflict; of others it says nothing.
        DateRelation::Other => return None,
    };
    Some((relation, Reason::new(rule, &ours.to_string(), &theirs.to_string())))
}

fn country(a: &Facts<'_>, b: &Facts<'_>) -> Option<Reason> {
    let common = a.countries.intersection(&b.countries).next()?;
    Some(Reason::new(Rule::SameCountry, common, common))
}

/// What forbids that two parties are one.
pub(super) fn conflicts(a: &Facts<'_>, b: &Facts<'_>) -> Vec<Reason> {
    let mut conflicts = Vec::new();
    if !a.kind.may_be(b.kind) {
        conflicts.push(Reason::new(Rule::OtherKind, a.kind.name(), b.kind.name()));
    }
    let listed = |values: &std::collections::BTreeSet<String>| {
        values.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
    };
    if !a.genders.is_empty() && !b.genders.is_empty() && a.genders.is_disjoint(&b.genders) {
        conflicts.push(Reason::new(Rule::OtherGender, &listed(&a.genders), &listed(&b.genders)));
    }
    let is_person = a.kind == Kind::Person || b.kind == Kind::Person;
    let nearest = nearest(&a.dates, &b.dates).filter(|_| is_person && estimates(a, b).is_none());
    if let Some((DateRelation::Other, ours, theirs)) = nearest {
        conflicts.push(Reason::new(Rule::OtherDate, &ours.to_string(), &theirs.to_string()));
    }
    let both: BTreeMap<_, _> =
        a.only_ones.iter().filter_map(|(kind, ours)| Some((kind, (ours, b.only_ones.get(kind)?)))).collect();
    for (kind, (ours, theirs)) in both {
        if ours.is_disjoint(theirs) {
            let told = |values| format!("{kind} {}", listed(values));
            conflicts.push(Reason::new(Rule::OtherIdentifier, &told(ours), &told(theirs)));
        }
    }
    conflicts
}
