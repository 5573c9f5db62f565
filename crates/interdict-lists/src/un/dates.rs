//! When was a person born, as the list says it?

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;

use super::party::note_unknown;
use crate::months;
use crate::reading::{Log, keep_as_note};
use crate::xml::Element;

const KNOWN: &[&str] = &["TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"];

/// A day, with the time or the time zone behind it cut off: `2014-06-10-04:00`, `2025-11-25T23:00:06.391Z`.
pub(super) fn day(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let date = text.get(..10).filter(|_| text[10..].starts_with(['-', '+', 'T', 'Z'])).unwrap_or(text);
    date.parse().ok()
}

/// Two years with a hyphen between them: `1958 - 1964`.
pub(super) fn span(text: &str) -> Option<PartialDate> {
    let (from, until) = text.split_once('-')?;
    PartialDate::between(day(from)?, day(until)?).ok()
}

/// Adds a date to a property of an entity.
pub(super) fn put_day(log: &mut Log, entity: &mut Entity, property: &str, text: &str) {
    let date = day(text).map_or_else(|| text.to_owned(), |date| date.to_string());
    log.put(entity, property, date);
}

/// Adds one date of birth.
pub(super) fn put_birth(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    note_unknown(log, party, element, KNOWN);
    let note = element.text_of("NOTE");
    let (text, date) = stated(element, note.as_deref());
    if let Some(note) = &note {
        keep_as_note(party, "birthDate", note);
    }
    match (text, date) {
        (_, Some(date)) => log.put(party, "birthDate", date.to_string()),
        (Some(text), None) => {
            log.value_lost("bad_date", "a date of birth cannot be read; it is kept as a note");
            keep_as_note(party, "birthDate", &text);
        }
        (None, None) if note.is_some() => {
            log.note("date_in_note", "a date of birth is only in a note, which is kept")
        }
        (None, None) => {}
    }
}

/// What the element says in words, and the date that this is.
fn stated(element: &Element<'_>, note: Option<&str>) -> (Option<String>, Option<PartialDate>) {
    let kind = element.text_of("TYPE_OF_DATE").unwrap_or_default().to_uppercase();
    let circa =
        kind.starts_with("APPROX") || note.is_some_and(|note| note.to_lowercase().starts_with("approx"));
    let (from, until) = (element.text_of("FROM_YEAR"), element.text_of("TO_YEAR"));
    let single = element.text_of("DATE").or_else(|| element.text_of("YEAR"));
    let (text, date) = match (from, until, single) {
        (Some(from), Some(until), _) => {
            let span = day(&from).zip(day(&until)).and_then(|(a, b)| PartialDate::between(a, b).ok());
            (Some(format!("{from} to {until}")), span)
        }
        (Some(year), None, None) | (None, Some(year), None) => {
            let date = day(&year);
            (Some(year), date)
        }
        (_, _, Some(text)) => {
            let year_and_month = note.filter(|_| text.len() == 4).map(|note| format!("{note} {text}"));
            let date = year_and_month.and_then(|text| months(&text)).or_else(|| day(&text));
            (Some(text), date)
        }
        (None, None, None) => (None, note.and_then(months)),
    };
    (text, date.map(|date| if circa { date.circa() } else { date }))
}

/// A month and a year in words, `Nov. 1973`, or two months of one year, `Between Aug. and Sep. 1977`.
fn months(text: &str) -> Option<PartialDate> {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase())
        .filter(|word| !matches!(word.as_str(), "" | "between" | "and"))
        .collect();
    let (year, words) = words.split_last()?;
    let year: u16 = year.parse().ok().filter(|_| year.len() == 4)?;
    let month = |name: &String| PartialDate::new(year, months::month(name)?, 0).ok();
    let dates: Vec<PartialDate> = words.iter().map(month).collect::<Option<_>>()?;
    match dates[..] {
        [date] => Some(date),
        [from, until] => PartialDate::between(from, until).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn days_and_months() {
        let day = |text: &str| super::day(text).map(|date| date.to_string());
        assert_eq!(day("2014-06-10-04:00").as_deref(), Some("2014-06-10"));
        assert_eq!(day("2018-08-24T19:40:35.913-04:00").as_deref(), Some("2018-08-24"));
        assert_eq!(day("1965").as_deref(), Some("1965"));
        for bad in ["", "null", "2014-13-10", "10.06.2014", "é2014-06-10x"] {
            assert_eq!(day(bad), None, "{bad}");
        }
        let span = |text: &str| super::span(text).map(|date| date.to_string());
        assert_eq!(span("1958 - 1964").as_deref(), Some("1958/1964"));
        assert_eq!((span("1964 - 1958"), span("1958-"), span("-")), (None, None, None));
        let months = |text: &str| super::months(text).map(|date| date.to_string());
        assert_eq!(months("Nov. 1973").as_deref(), Some("1973-11"));
        assert_eq!(months("Between Aug. and Sep. 1977").as_deref(), Some("1977-08/1977-09"));
        for bad in ["30-35 years old", "24/06/1402 (Hijri Calendar)", "1973", "from false passport 1973"] {
            assert_eq!(months(bad), None, "{bad}");
        }
    }
}
