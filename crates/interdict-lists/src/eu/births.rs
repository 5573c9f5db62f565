//! When and where was a person born?

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;

use super::party::{is_yes, put_remarks, value};
use super::{countries::Country, dates, places};
use crate::calendar::Calendar;
use crate::leftover;
use crate::reading::{Log, keep_as_note};
use crate::xml::Element;

const ATTRIBUTES: &[&str] = &[
    "circa",
    "calendarType",
    "birthdate",
    "dayOfMonth",
    "monthOfYear",
    "year",
    "yearRangeFrom",
    "yearRangeTo",
    "city",
    "zipCode",
    "region",
    "place",
    "countryIso2Code",
    "countryDescription",
    "logicalId",
    "regulationLanguage",
];

/// Adds one birth: its date and its place.
pub(super) fn put(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    put_date(log, party, element);
    let country = Country::of(element);
    let place = places::one_line(element, country.label());
    let is_more = places::one_line(element, None).is_some();
    if let Some(place) = place.filter(|_| is_more)
        && !log.offer(party, "birthPlace", &place)
    {
        keep_as_note(party, "birthPlace", &place);
    }
    country.put(log, party, "birthCountry");
    put_remarks(log, party, "notes", element);
    leftover::note(log, party, element, &["remark", "regulationSummary"], ATTRIBUTES);
}

fn put_date(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    let property = if party.schema.is_a("Person") { "birthDate" } else { "incorporationDate" };
    let parts = ["birthdate", "dayOfMonth", "monthOfYear", "year", "yearRangeFrom", "yearRangeTo"];
    let given: Vec<String> = parts
        .iter()
        .filter_map(|part| Some(format!("{part} {}", value(element, part)?)))
        .filter(|text| !text.ends_with(" 0"))
        .collect();
    if given.is_empty() {
        return;
    }
    let in_words = || {
        let calendar = value(element, "calendarType").unwrap_or_default();
        format!("{} {calendar}", given.join(", "))
    };
    let Some((date, is_converted)) = stated(element) else {
        log.value_lost("bad_date", "a date of birth cannot be read; it is kept as a note");
        return keep_as_note(party, property, &in_words());
    };
    let date = if is_yes(element, "circa") { date.circa() } else { date };
    if is_converted {
        log.note(
            "other_calendar",
            "a date is of another calendar; the years of ours are taken, and it is kept as a note",
        );
        keep_as_note(party, property, &in_words());
    }
    if !log.offer(party, property, date.to_string()) {
        keep_as_note(party, property, &in_words());
    }
}

/// The date, and whether it was one of another calendar.
fn stated(element: &Element<'_>) -> Option<(PartialDate, bool)> {
    let calendar = Calendar::of(&value(element, "calendarType").unwrap_or_default());
    let number =
        |name: &str| -> Option<u16> { value(element, name)?.parse().ok().filter(|number| *number > 0) };
    if let Some(date) = value(element, "birthdate").and_then(|text| dates::day(&text)) {
        let year = date.from().year();
        return if calendar.is_ours(year) {
            Some((date, false))
        } else {
            Some((calendar.years(year)?, true))
        };
    }
    if let Some(year) = number("year") {
        if !calendar.is_ours(year) {
            return Some((calendar.years(year)?, true));
        }
        let small = |name: &str| number(name).and_then(|number| u8::try_from(number).ok()).unwrap_or(0);
        let (month, day) = (small("monthOfYear"), small("dayOfMonth"));
        let day = if month == 0 { 0 } else { day };
        return Some((PartialDate::new(year, month, day).ok()?, false));
    }
    // A range that is open at one end is no date that can be told; it is kept in words.
    let (from, until) = (number("yearRangeFrom")?, number("yearRangeTo")?);
    let (first, last) = (calendar.years(from)?, calendar.years(until)?);
    let span = PartialDate::between(first, last).ok()?;
    Some((span, !(calendar.is_ours(from) && calendar.is_ours(until))))
}
