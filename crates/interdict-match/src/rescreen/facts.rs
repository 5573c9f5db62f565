//! What of a customer tells, before names are compared, how much the names would have to say? Of a million customers nearly all were
//! born on another day than a listed party: with a name that only agrees in part they are no hit, and need not be compared.

use std::collections::HashMap;
use std::hash::Hash;

use interdict_core::date::PartialDate;
use interdict_core::score::Threshold;

use crate::index::{EntityRef, Index};
use crate::score::evidence::{Agreement, CountryRelation, DateRelation, relation};

/// What is known of all customers, in a form that is fast to ask.
pub(super) struct Facts<'a> {
    /// For each reading what its customer has.
    readings: Vec<Fact>,
    dates: Numbered<PartialDate>,
    countries: Numbered<&'a str>,
    /// What any of them has.
    any: Agreement,
}

/// The date and the country of a customer, by their numbers.
#[derive(Debug, Clone, Copy, Default)]
struct Fact {
    date: u32,
    country: u32,
}

/// Values by their numbers; two numbers are of nobody's values.
#[derive(Debug)]
struct Numbered<T> {
    values: Vec<T>,
    /// For looking up only.
    numbers: HashMap<T, u32>,
}

/// The number of who has no value.
const NONE: u32 = 0;
/// The number of who has several.
const SEVERAL: u32 = 1;
/// The number of the first value.
const FIRST: u32 = 2;

impl<T: Copy + Eq + Hash> Numbered<T> {
    /// The number of what one customer has.
    fn number(&mut self, mut values: impl Iterator<Item = T>) -> u32 {
        let (Some(value), None) = (values.next(), values.next()) else {
            return SEVERAL;
        };
        let next = u32::try_from(self.values.len()).map_or(SEVERAL, |number| number.saturating_add(FIRST));
        *self.numbers.entry(value).or_insert_with(|| {
            self.values.push(value);
            next
        })
    }

    /// For each number what `place` says of its value: `none` of no value, and `several` of several.
    fn places(&self, none: usize, several: usize, place: impl Fn(T) -> usize) -> Vec<usize> {
        [none, several].into_iter().chain(self.values.iter().map(|&value| place(value))).collect()
    }
}

impl<'a> Facts<'a> {
    /// Gathers what an index of customers has.
    pub fn of(index: &'a Index) -> Self {
        let any = Agreement { have_identifiers: index.has_identifiers(), ..Agreement::default() };
        let readings = vec![Fact::default(); index.reading_rows().len()];
        let mut facts = Self {
            readings,
            dates: Numbered { values: Vec::new(), numbers: HashMap::new() },
            countries: Numbered { values: Vec::new(), numbers: HashMap::new() },
            any,
        };
        for customer in index.entities() {
            let fact = facts.add(customer);
            for reading in index.readings_of_entity(customer.number()) {
                if let Some(place) = facts.readings.get_mut(reading as usize) {
                    *place = fact;
                }
            }
        }
        facts
    }

    fn add(&mut self, customer: EntityRef<'a>) -> Fact {
        let mut fact = Fact { date: NONE, country: NONE };
        if customer.dates().next().is_some() {
            fact.date = self.dates.number(customer.dates());
            self.any.dates = Some(DateRelation::SameDay);
        }
        if customer.countries().next().is_some() {
            fact.country = self.countries.number(customer.countries());
            self.any.countries = Some(CountryRelation::Same);
        }
        self.any.have_addresses |= customer.addresses().next().is_some();
        fact
    }
}

/// How much a name must say of each customer for a hit on one listed party.
pub(super) struct Needed<'f> {
    readings: &'f [Fact],
    /// For the number of each date, and of each country, where its share stands.
    by_date: Vec<usize>,
    by_country: Vec<usize>,
    /// What is needed by how dates, and then countries, stand to each other; what is not known comes last.
    shares: [[f32; COUNTRIES.len()]; DATES.len()],
    least: f32,
}

/// How dates can stand to each other.
const DATES: [Option<DateRelation>; 7] = [
    Some(DateRelation::SameDay),
    Some(DateRelation::Compatible),
    Some(DateRelation::DayAndMonthSwapped),
    Some(DateRelation::OneYearApart),
    Some(DateRelation::Mistyped),
    Some(DateRelation::Other),
    None,
];

/// How countries can stand to each other.
const COUNTRIES: [Option<CountryRelation>; 3] =
    [Some(CountryRelation::Same), Some(CountryRelation::Other), None];

/// The place of what is best in both.
const BEST: usize = 0;
/// The places of what is not known.
const NO_DATES: usize = DATES.len() - 1;
const NO_COUNTRIES: usize = COUNTRIES.len() - 1;
/// The place of other countries.
const OTHER_COUNTRY: usize = 1;

impl<'f> Needed<'f> {
    /// For a party of the lists with these identifiers.
    pub fn of(
        facts: &'f Facts<'_>,
        party: EntityRef<'_>,
        identifiers: &[String],
        threshold: Threshold,
    ) -> Self {
        let listed: Vec<PartialDate> = party.dates().collect();
        let countries: Vec<&str> = party.countries().collect();
        let agreement = |dates: Option<DateRelation>, countries_stand: Option<CountryRelation>| Agreement {
            dates: dates.filter(|_| !listed.is_empty()),
            countries: countries_stand.filter(|_| !countries.is_empty()),
            have_addresses: facts.any.have_addresses && party.addresses().next().is_some(),
            have_identifiers: facts.any.have_identifiers && !identifiers.is_empty(),
        };
        let needed = |dates, countries| agreement(dates, countries).name_needed(threshold);
        let by_date = facts.dates.places(NO_DATES, BEST, |date| {
            let best = listed.iter().map(|listed| relation(date, *listed)).min();
            DATES.iter().position(|relation| *relation == best).unwrap_or(BEST)
        });
        let by_country = facts.countries.places(NO_COUNTRIES, BEST, |country| {
            if countries.contains(&country) { BEST } else { OTHER_COUNTRY }
        });
        Self {
            readings: &facts.readings,
            by_date,
            by_country,
            shares: DATES.map(|dates| COUNTRIES.map(|countries| needed(dates, countries))),
            least: needed(facts.any.dates, facts.any.countries),
        }
    }

    /// The least that is needed of anybody.
    pub fn least(&self) -> f32 {
        self.least
    }

    /// What is needed of the customer who has a reading.
    pub fn of_reading(&self, reading: u32) -> f32 {
        let fact = self.readings.get(reading as usize).copied().unwrap_or_default();
        let place = |places: &[usize], number: u32| places.get(number as usize).copied().unwrap_or(BEST);
        let dates = place(&self.by_date, fact.date);
        let countries = place(&self.by_country, fact.country);
        self.shares.get(dates).and_then(|shares| shares.get(countries)).copied().unwrap_or(0.0)
    }
}
