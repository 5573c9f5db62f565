//! How did a party stand before? What was blocked once stays blocked until the authority lets it go, so that a holding sold last year still
//! matters (OFAC FAQ 402).
//!
//! Only the holders of the party and their holders are looked at, on each day on which an interest or a designation among them begins or
//! ends, or the rules change.

use std::collections::{BTreeMap, BTreeSet};

use interdict_core::date::{CalendarDate, PartialDate};
use serde::Serialize;

use crate::assessment::Assessment;
use crate::designated::Designee;
use crate::interest::{Day, Span};
use crate::network::{Builder, Network, PartyId, Record};
use crate::policy::Regime;
use crate::standing::Standing;

/// Most interests above a party of which the history is told.
const INTERESTS_MAX: usize = 20_000;
/// A hundred years of [`Day`] numbers.
const CENTURY: u32 = 100 * 10_000;
/// Most days on which something begins or ends.
const DAYS_MAX: usize = 366;

/// A time in which the standing did not change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The first day; not there for the first period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The last day; not there for the last period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// How the party stood.
    pub standing: Standing,
}

/// The history of a party, or why it cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum History {
    /// Period by period up to the day that was asked about.
    Told(Vec<Period>),
    /// There are too many interests or days above it.
    TooMuch,
}

impl History {
    /// The last period before the present one in which it was blocked.
    pub fn blocked_before(&self) -> Option<&Period> {
        let Self::Told(periods) = self else { return None };
        let (_, before) = periods.split_last()?;
        before.iter().rev().find(|period| period.standing == Standing::BlockedByOwnership)
    }
}

/// The standings of a party up to a day, when these are the designees, on each day by the rules of that day. `designees` are all of the
/// regime, those of other times included.
pub fn of(network: &Network, regime: Regime, party: PartyId, until: Day, designees: &[Designee]) -> History {
    let Some(above) = above(network, party) else { return History::TooMuch };
    let Some((excerpt, numbers)) = excerpt(network, &above) else { return History::TooMuch };
    let designees: Vec<Designee> =
        designees.iter().filter_map(|designee| within(designee, &numbers)).collect();
    let mut days: BTreeSet<Day> = regime.rules_changed_on().collect();
    let spans = excerpt.interests().iter().map(|interest| excerpt.terms(interest).span);
    for span in spans.chain(designees.iter().map(|designee| designee.span)) {
        add_changes(&mut days, span);
    }
    days.retain(|&day| day <= until);
    if days.len() > DAYS_MAX {
        return History::TooMuch;
    }
    let Some(&party) = numbers.get(&party) else { return History::TooMuch };
    let mut periods: Vec<Period> = Vec::new();
    // Nothing has begun on the day before all days; what has no beginning was there.
    for day in std::iter::once(Day::of_number(0)).chain(days) {
        let standing =
            Assessment::new(&excerpt, regime.policy_on(day), day, designees.clone()).standing(party);
        match periods.last_mut() {
            Some(last) if last.standing == standing => {}
            Some(last) => {
                last.until = Some(before(day));
                periods.push(Period { from: Some(day), until: None, standing });
            }
            None => periods.push(Period { from: None, until: None, standing }),
        }
    }
    History::Told(periods)
}

/// A party, its holders, and theirs; `None` when they have too many interests.
fn above(network: &Network, party: PartyId) -> Option<BTreeSet<PartyId>> {
    let (mut seen, mut next, mut interests) = (BTreeSet::from([party]), vec![party], 0);
    while let Some(asset) = next.pop() {
        for interest in network.held_in(asset) {
            interests += 1;
            if interests > INTERESTS_MAX {
                return None;
            }
            if seen.insert(interest.holder) {
                next.push(interest.holder);
            }
        }
    }
    Some(seen)
}

/// The interests among these parties as a network of their own, and the numbers of the parties there.
fn excerpt(network: &Network, parties: &BTreeSet<PartyId>) -> Option<(Network, BTreeMap<PartyId, PartyId>)> {
    let mut builder = Builder::new();
    for source in network.sources() {
        builder.source(source.clone()).ok()?;
    }
    let mut numbers = BTreeMap::new();
    for &party in parties {
        numbers.insert(party, builder.party(network.id(party)).ok()?);
    }
    for &asset in parties {
        for interest in network.held_in(asset) {
            let terms = *network.terms(interest);
            builder.add(*numbers.get(&interest.holder)?, numbers[&asset], terms, Record::Line(0)).ok()?;
        }
    }
    Some((builder.finish(), numbers))
}

fn within(designee: &Designee, numbers: &BTreeMap<PartyId, PartyId>) -> Option<Designee> {
    let parties: Vec<PartyId> =
        designee.parties.iter().filter_map(|party| numbers.get(party)).copied().collect();
    (!parties.is_empty()).then(|| Designee { parties, ..designee.clone() })
}

/// The days on which a span can begin, surely has begun, can have ended and surely has.
fn add_changes(days: &mut BTreeSet<Day>, span: Span) {
    // A date that can be any day says nothing about when.
    let dated =
        |date: Option<PartialDate>| date.map(Span::days).filter(|(first, last)| last - first < CENTURY);
    for number in dated(span.start).into_iter().flat_map(|(first, last)| [first, last]) {
        days.insert(Day::of_number(number));
    }
    for number in dated(span.end).into_iter().flat_map(|(first, last)| [first, last]) {
        days.insert(after(Day::of_number(number)));
    }
}

/// Year, month and day of a [`Day`].
fn parts(day: Day) -> Option<(u16, u8, u8)> {
    let number = day.number();
    let year = u16::try_from(number / 10_000).ok()?;
    Some((year, u8::try_from(number / 100 % 100).ok()?, u8::try_from(number % 100).ok()?))
}

fn day(year: u16, month: u8, day: u8) -> Option<Day> {
    let date = CalendarDate::new(year, month, day).ok()?;
    Day::of(PartialDate::new(date.year(), date.month()?, date.day()?).ok()?)
}

/// The next day; beyond the calendar the day itself.
fn after(of: Day) -> Day {
    let next = |(year, month, date): (u16, u8, u8)| {
        day(year, month, date + 1).or_else(|| day(year, month + 1, 1)).or_else(|| day(year + 1, 1, 1))
    };
    parts(of).and_then(next).unwrap_or(of)
}

/// The day before; before the calendar the day itself.
fn before(of: Day) -> Day {
    let previous = |(year, month, date): (u16, u8, u8)| {
        let last_of = |year, month| (28..=31).rev().find_map(|last| day(year, month, last));
        let same = date.checked_sub(1).and_then(|date| day(year, month, date));
        same.or_else(|| last_of(year, month.checked_sub(1)?)).or_else(|| day(year.checked_sub(1)?, 12, 31))
    };
    parts(of).and_then(previous).unwrap_or(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other() {
        for (first, second) in [
            ("2020-02-28", "2020-02-29"),
            ("2021-02-28", "2021-03-01"),
            ("2020-12-31", "2021-01-01"),
            ("2020-04-30", "2020-05-01"),
        ] {
            let day = |text: &str| Day::of(text.parse().unwrap()).unwrap();
            assert_eq!((after(day(first)), before(day(second))), (day(second), day(first)));
        }
        assert_eq!(before(Day::of_number(0)), Day::of_number(0));
    }
}
