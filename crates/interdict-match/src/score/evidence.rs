//! What birth dates, countries, identifiers, addresses and the kind of party add to a score or take from it. Agreement adds,
//! conflict subtracts, absence is neutral.

use interdict_core::date::PartialDate;
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
        let room = Points::ONE - score;
        let points = match part.effect {
            Effect::OfWhatLacks(share) => Points::from_share(share * room.to_share()),
            Effect::AtLeast(least) => Points(Points::from_share(least).0.max(score.0) - score.0),
            Effect::Plain(points) => Points(Points::from_share(points).0.max(-score.0)),
        };
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

enum Effect {
    OfWhatLacks(f64),
    AtLeast(f64),
    Plain(f64),
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
    let (rule, effect) = match relation {
        DateRelation::SameDay => ("same_day", Effect::OfWhatLacks(SAME_DAY)),
        DateRelation::Compatible => ("compatible", Effect::OfWhatLacks(DATES_COMPATIBLE)),
        DateRelation::DayAndMonthSwapped => ("day_and_month_swapped", Effect::Plain(DATE_SLIP)),
        DateRelation::OneYearApart => ("one_year_apart", Effect::Plain(DATE_SLIP)),
        DateRelation::Mistyped => ("mistyped", Effect::Plain(DATE_SLIP)),
        DateRelation::Other => ("other_date", Effect::Plain(OTHER_DATE)),
    };
    Some(Evidence {
        feature: "birth_date",
        rule,
        effect,
        subject: ours.to_string(),
        entity: theirs.to_string(),
    })
}

fn relation(a: PartialDate, b: PartialDate) -> DateRelation {
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
            false if are_one_slip_apart(&a.to_string(), &b.to_string()) => DateRelation::Mistyped,
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

/// Whether two dates of one form differ in one digit, or in two neighboring digits that changed places.
fn are_one_slip_apart(a: &str, b: &str) -> bool {
    let digits = |text: &str| -> Vec<u8> { text.bytes().filter(u8::is_ascii_digit).collect() };
    let (a, b) = (digits(a), digits(b));
    let differing: Vec<usize> = (0..a.len().min(b.len())).filter(|&idx| a[idx] != b[idx]).collect();
    match differing[..] {
        [_] => true,
        [i, j] => j == i + 1 && a[i] == b[j] && a[j] == b[i],
        _ => false,
    }
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
    Some(match shared {
        Some(country) => evidence("same_country", Effect::OfWhatLacks(SAME_COUNTRY), country, country),
        None => evidence("other_country", Effect::Plain(OTHER_COUNTRY), &ours.join(", "), &theirs.join(", ")),
    })
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
