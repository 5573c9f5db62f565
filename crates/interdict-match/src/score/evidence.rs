//! What birth dates, countries, identifiers, addresses and the kind of party add to a score or take from it. Agreement adds,
//! conflict subtracts, absence is neutral.

use interdict_core::date::{CalendarDate, PartialDate};
use interdict_core::explanation::Explanation;
use interdict_core::identifier::{Identifier, IdentifierKind};
use interdict_core::model::Schema;
use interdict_core::score::{Points, Threshold};
use interdict_core::subject::Subject;

use crate::index::EntityRef;
use crate::names::Bearer;

/// The share of what a name lacks to 1 that agreeing evidence adds.
const SAME_DAY: f64 = 0.40;
const DATES_COMPATIBLE: f64 = 0.15;
const SAME_COUNTRY: f64 = 0.15;
const SAME_ADDRESS: f64 = 0.25;
/// What contrary evidence takes away.
const OTHER_DATE: f64 = -0.35;
const DATE_SLIP: f64 = -0.03;
const OTHER_COUNTRY: f64 = -0.08;
const OTHER_KIND: f64 = -0.12;
/// The least score when an identifier is the same.
const SAME_IDENTIFIER: f64 = 0.97;
/// A shorter identifier may be the same by chance, and identifiers of some kinds belong to many: then it only adds.
const TELLING_CHARS_MIN: usize = 5;
const SHARED_KINDS: [IdentifierKind; 3] = [IdentifierKind::Kpp, IdentifierKind::Bik, IdentifierKind::Website];
const SAME_WEAK_IDENTIFIER: f64 = 0.15;

/// The parts of a score besides the name, in the order in which they count. `identifiers` are those the subject and the
/// entity share.
pub(crate) fn weigh(
    name: Points,
    subject: &Subject,
    entity: EntityRef<'_>,
    identifiers: &[(String, Identifier)],
) -> Vec<Explanation> {
    let mut parts = Vec::new();
    let mut score = name;
    let mut add = |part: Option<Evidence>| {
        let Some(part) = part else { return };
        let points = part.effect.points(score);
        score += points;
        let leaf = Explanation::leaf(part.feature, part.rule, points).between(part.subject, part.entity);
        parts.push(leaf);
    };
    add(kind(subject.schema, entity));
    add(dates(&subject.birth_dates, entity));
    add(countries(&subject.countries, entity));
    add(addresses(&subject.addresses, entity));
    add(shared_identifier(identifiers));
    parts
}

/// The least share that a name must reach so that the evidence that the subject brings can lift it to the threshold.
pub(crate) fn name_wanted(threshold: Threshold, subject: &Subject) -> f32 {
    let mut lacking = 1.0 - threshold.score().value();
    for (is_there, adds) in [
        (!subject.birth_dates.is_empty(), SAME_DAY),
        (!subject.countries.is_empty(), SAME_COUNTRY),
        (!subject.addresses.is_empty(), SAME_ADDRESS),
        (!subject.identifiers.is_empty(), SAME_WEAK_IDENTIFIER),
    ] {
        if is_there {
            lacking /= 1.0 - adds;
        }
    }
    narrow((1.0 - lacking).max(NAME_MIN))
}

/// What is known to agree or not of a subject and a party before their names are compared. What is not known counts as that which
/// adds most.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Agreement {
    /// How their dates stand to each other, where both have one.
    pub dates: Option<DateRelation>,
    /// Whether they have a country in common, where both have one.
    pub countries: Option<CountryRelation>,
    /// Whether both have addresses.
    pub have_addresses: bool,
    /// Whether both have identifiers.
    pub have_identifiers: bool,
}

impl Agreement {
    /// The least share that a name must reach for the score to reach the threshold; above 1 when no name is enough. It undoes
    /// what [`weigh`] adds, from the last to the first.
    pub fn name_needed(self, threshold: Threshold) -> f32 {
        let after = threshold.score().value();
        let needed = self.effects().rev().fold(after, |after, effect| effect.undone(after));
        // Below the least name by as much as rounding to 32 bits may add.
        narrow((needed - ROUNDING).max(NAME_MIN - ROUNDING))
    }

    /// What it adds or takes away, in the order of [`weigh`].
    fn effects(self) -> impl DoubleEndedIterator<Item = Effect> {
        let dates = self.dates.map(|relation| dates_effect(relation).1);
        let countries = self.countries.map(|relation| countries_effect(relation).1);
        let addresses = self.have_addresses.then_some(Effect::OfWhatLacks(SAME_ADDRESS));
        let identifiers = self.have_identifiers.then_some(Effect::OfWhatLacks(SAME_WEAK_IDENTIFIER));
        [dates, countries, addresses, identifiers].into_iter().flatten()
    }
}

/// What points that are rounded at every step may be off.
const ROUNDING: f64 = 0.001;

/// Whether a name has so much in common that other evidence counts for it.
pub(crate) fn is_enough_name(points: Points) -> bool {
    points >= Points::from_share(NAME_MIN)
}

#[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1, a bound")]
fn narrow(share: f64) -> f32 {
    share as f32
}

/// Names that have less in common are not looked at, whatever else agrees.
const NAME_MIN: f64 = 0.20;

/// One piece of evidence and what it does.
struct Evidence {
    feature: &'static str,
    rule: &'static str,
    effect: Effect,
    subject: String,
    entity: String,
}

#[derive(Debug, Clone, Copy)]
enum Effect {
    OfWhatLacks(f64),
    AtLeast(f64),
    Plain(f64),
}

impl Effect {
    /// What it adds to a score or takes from it.
    fn points(self, score: Points) -> Points {
        let room = Points::ONE - score;
        match self {
            Self::OfWhatLacks(share) => Points::from_share(share * room.to_share()),
            Self::AtLeast(least) => Points(Points::from_share(least).0.max(score.0) - score.0),
            Self::Plain(points) => Points(Points::from_share(points).0.max(-score.0)),
        }
    }

    /// The least score before it, in share, that gives one after it; not above 0 when every score does.
    fn undone(self, after: f64) -> f64 {
        match self {
            // No score is below 0, whatever is taken away.
            _ if after <= 0.0 => 0.0,
            Self::OfWhatLacks(share) => (after - share) / (1.0 - share),
            Self::Plain(points) => after - points,
            Self::AtLeast(least) if after <= least => 0.0,
            Self::AtLeast(_) => after,
        }
    }
}

/// The kind of party counts only where both are known and cannot be one.
fn kind(schema: Option<&'static Schema>, entity: EntityRef<'_>) -> Option<Evidence> {
    let schema = schema?;
    let (ours, theirs) = (Bearer::of(Some(schema)), Bearer::of(entity.schema()));
    let differ = ours != Bearer::Unknown && theirs != Bearer::Unknown && ours != theirs;
    differ.then(|| Evidence {
        feature: "schema",
        rule: "other_kind",
        effect: Effect::Plain(OTHER_KIND),
        subject: schema.name.to_owned(),
        entity: entity.schema_name().to_owned(),
    })
}

/// How two dates stand to each other, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DateRelation {
    /// The same day of one year.
    SameDay,
    /// They may be one day.
    Compatible,
    /// 5 April and 4 May.
    DayAndMonthSwapped,
    /// The same but for one year.
    OneYearApart,
    /// One digit differs, or two neighbors changed places.
    Mistyped,
    /// They are two dates.
    Other,
}

/// How the countries of two stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CountryRelation {
    /// They have one in common.
    Same,
    /// They have none.
    Other,
}

/// The best relation of any of these dates to any of those, with the two.
pub(crate) fn nearest(
    ours: &[PartialDate],
    theirs: &[PartialDate],
) -> Option<(DateRelation, PartialDate, PartialDate)> {
    let pairs = ours.iter().flat_map(|&ours| theirs.iter().map(move |&theirs| (ours, theirs)));
    pairs.map(|(a, b)| (relation(a, b), a, b)).min_by_key(|(relation, ..)| *relation)
}

/// The best relation of any date of the subject to any of the entity.
fn dates(ours: &[PartialDate], entity: EntityRef<'_>) -> Option<Evidence> {
    let theirs: Vec<PartialDate> = entity.dates().collect();
    let (relation, ours, theirs) = nearest(ours, &theirs)?;
    let (rule, effect) = dates_effect(relation);
    Some(Evidence {
        feature: "birth_date",
        rule,
        effect,
        subject: ours.to_string(),
        entity: theirs.to_string(),
    })
}

fn dates_effect(relation: DateRelation) -> (&'static str, Effect) {
    match relation {
        DateRelation::SameDay => ("same_day", Effect::OfWhatLacks(SAME_DAY)),
        DateRelation::Compatible => ("compatible", Effect::OfWhatLacks(DATES_COMPATIBLE)),
        DateRelation::DayAndMonthSwapped => ("day_and_month_swapped", Effect::Plain(DATE_SLIP)),
        DateRelation::OneYearApart => ("one_year_apart", Effect::Plain(DATE_SLIP)),
        DateRelation::Mistyped => ("mistyped", Effect::Plain(DATE_SLIP)),
        DateRelation::Other => ("other_date", Effect::Plain(OTHER_DATE)),
    }
}

pub(crate) fn relation(a: PartialDate, b: PartialDate) -> DateRelation {
    if let (Some(a), Some(b)) = (a.as_day(), b.as_day()) {
        if a == b {
            return DateRelation::SameDay;
        }
        if a.year() == b.year() && a.month() == b.day() && a.day() == b.month() {
            return DateRelation::DayAndMonthSwapped;
        }
        // Twelve months apart in whole years: 1965-04-25 and 1966-04-25.
        let one_year = a.year().abs_diff(b.year()) == 1 && (a.month(), a.day()) == (b.month(), b.day());
        return match one_year {
            true => DateRelation::OneYearApart,
            false if are_one_slip_apart(a, b) => DateRelation::Mistyped,
            false => DateRelation::Other,
        };
    }
    if a.overlaps(b) {
        return DateRelation::Compatible;
    }
    // "Circa" is taken for two years to either side.
    let slack = if a.is_approximate() || b.is_approximate() { 2 } else { 1 };
    let gap = if a.bounds().1 < b.bounds().0 {
        b.from().year().saturating_sub(a.until().year())
    } else {
        a.from().year().saturating_sub(b.until().year())
    };
    match gap {
        gap if gap <= slack && slack == 2 => DateRelation::Compatible,
        0 => DateRelation::Mistyped, // the same year, another month
        1 => DateRelation::OneYearApart,
        _ => DateRelation::Other,
    }
}

/// Whether two days differ in one digit, or in two neighboring digits that changed places.
fn are_one_slip_apart(a: CalendarDate, b: CalendarDate) -> bool {
    let (a, b) = (digits(a), digits(b));
    let mut differing = (0..a.len()).filter(|&idx| a.get(idx) != b.get(idx));
    match (differing.next(), differing.next(), differing.next()) {
        (Some(_), None, _) => true,
        (Some(i), Some(j), None) => j == i + 1 && a.get(i) == b.get(j) && a.get(j) == b.get(i),
        _ => false,
    }
}

/// The eight digits of a day.
fn digits(day: CalendarDate) -> [u16; 8] {
    let (year, month, of_month) = (day.year(), day.month().unwrap_or(0), day.day().unwrap_or(0));
    let of_two = |number: u8| [u16::from(number / 10), u16::from(number % 10)];
    let ([m1, m2], [d1, d2]) = (of_two(month), of_two(of_month));
    [year / 1_000, year / 100 % 10, year / 10 % 10, year % 10, m1, m2, d1, d2]
}

fn countries(ours: &[&'static str], entity: EntityRef<'_>) -> Option<Evidence> {
    let theirs: Vec<&str> = entity.countries().collect();
    if ours.is_empty() || theirs.is_empty() {
        return None;
    }
    let shared = ours.iter().find(|country| theirs.contains(*country));
    let evidence = |rule, effect, ours: &str, theirs: &str| Evidence {
        feature: "country",
        rule,
        effect,
        subject: ours.to_owned(),
        entity: theirs.to_owned(),
    };
    let relation = if shared.is_some() { CountryRelation::Same } else { CountryRelation::Other };
    let (rule, effect) = countries_effect(relation);
    Some(match shared {
        Some(country) => evidence(rule, effect, country, country),
        None => evidence(rule, effect, &ours.join(", "), &theirs.join(", ")),
    })
}

fn countries_effect(relation: CountryRelation) -> (&'static str, Effect) {
    match relation {
        CountryRelation::Same => ("same_country", Effect::OfWhatLacks(SAME_COUNTRY)),
        CountryRelation::Other => ("other_country", Effect::Plain(OTHER_COUNTRY)),
    }
}

/// Addresses count when most words of the shorter are in the longer, a number among them: a town in common says little. A
/// different address says nothing, people move.
fn addresses(ours: &[String], entity: EntityRef<'_>) -> Option<Evidence> {
    let words = |text: &str| -> Vec<String> {
        text.split(|char: char| !char.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let theirs: Vec<(&str, Vec<String>)> = entity.addresses().map(|text| (text, words(text))).collect();
    for our_text in ours {
        let our_words = words(our_text);
        for (their_text, their_words) in &theirs {
            let n_shorter = our_words.len().min(their_words.len());
            let n_shared = our_words.iter().filter(|word| their_words.contains(word)).count();
            let has_number = our_words
                .iter()
                .any(|word| their_words.contains(word) && word.bytes().any(|byte| byte.is_ascii_digit()));
            if has_number && n_shorter >= 3 && n_shared * 4 >= n_shorter * 3 {
                return Some(Evidence {
                    feature: "address",
                    rule: "same_address",
                    effect: Effect::OfWhatLacks(SAME_ADDRESS),
                    subject: our_text.clone(),
                    entity: (*their_text).to_owned(),
                });
            }
        }
    }
    None
}

fn shared_identifier(identifiers: &[(String, Identifier)]) -> Option<Evidence> {
    let chars = |identifier: &Identifier| identifier.comparable().chars().count();
    let strongest = |identifier: &Identifier| (!SHARED_KINDS.contains(&identifier.kind), chars(identifier));
    let (ours, theirs) = identifiers.iter().max_by_key(|(_, identifier)| strongest(identifier))?;
    let tells = chars(theirs) >= TELLING_CHARS_MIN && !SHARED_KINDS.contains(&theirs.kind);
    let (rule, effect) = if tells {
        ("same_identifier", Effect::AtLeast(SAME_IDENTIFIER))
    } else {
        ("same_weak_identifier", Effect::OfWhatLacks(SAME_WEAK_IDENTIFIER))
    };
    Some(Evidence {
        feature: "identifier",
        rule,
        effect,
        subject: ours.clone(),
        entity: format!("{} {}", theirs.kind.name(), theirs.value),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_needed_is_the_least_that_reaches_the_threshold() {
        use DateRelation::{Compatible, Mistyped, Other, SameDay};
        let dates = [None, Some(SameDay), Some(Compatible), Some(Mistyped), Some(Other)];
        let countries = [None, Some(CountryRelation::Same), Some(CountryRelation::Other)];
        for (dates, countries) in dates.into_iter().flat_map(|dates| countries.map(|are| (dates, are))) {
            for (have_addresses, have_identifiers) in
                [(false, false), (true, false), (false, true), (true, true)]
            {
                let agreement = Agreement { dates, countries, have_addresses, have_identifiers };
                let score = |name: Points| {
                    agreement.effects().fold(name, |score, effect| score + effect.points(score))
                };
                for threshold in
                    [2_000, 5_500, 7_000, 9_900].map(|points| Threshold::from_points(Points(points)))
                {
                    let needed = agreement.name_needed(threshold);
                    let least =
                        (2_000..=10_000).map(Points).find(|name| score(*name) >= threshold.score().points());
                    match least {
                        Some(least) => {
                            let over = least.to_share() - f64::from(needed);
                            assert!((0.0..0.002).contains(&over), "{agreement:?} {threshold:?} {over}");
                        }
                        None => assert!(needed > 0.998, "{agreement:?} {threshold:?} {needed}"),
                    }
                }
            }
        }
    }

    #[test]
    fn relations_of_dates() {
        let check = |a: &str, b: &str, expected| {
            assert_eq!(relation(a.parse().unwrap(), b.parse().unwrap()), expected, "{a} {b}");
            assert_eq!(relation(b.parse().unwrap(), a.parse().unwrap()), expected, "{b} {a}");
        };
        check("1965-04-25", "1965-04-25", DateRelation::SameDay);
        check("1965", "1965-04-25", DateRelation::Compatible);
        check("1951/1953", "1952-12", DateRelation::Compatible);
        check("1965-04-05", "1965-05-04", DateRelation::DayAndMonthSwapped);
        check("1965-04-25", "1966-04-25", DateRelation::OneYearApart);
        check("1965", "1966", DateRelation::OneYearApart);
        check("1965~", "1967", DateRelation::Compatible);
        check("1965-04-25", "1965-04-26", DateRelation::Mistyped);
        check("1965-04-25", "1956-04-25", DateRelation::Mistyped);
        check("1965-04-25", "1965-05", DateRelation::Mistyped);
        check("1965-04-25", "1965-11-03", DateRelation::Other);
        check("1965", "1968", DateRelation::Other);
    }
}
