//! When was a person born, and since when is there what is no person?

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;

use crate::calendar::Calendar;
use crate::leftover;
use crate::reading::{Log, keep_as_note};
use crate::xml::Element;

/// A date of birth; of what is no person, of its founding or building.
pub(super) fn put(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    const KNOWN: &[&str] = &["ssid", "day", "month", "year", "calendar", "quality"];
    leftover::note(log, party, element, &[], KNOWN);
    let property = ["birthDate", "incorporationDate", "buildDate"]
        .into_iter()
        .find(|property| party.schema.property(property).is_some())
        .unwrap_or("notes");
    let of = |name: &str| element.attribute(name).map(str::trim).filter(|text| !text.is_empty());
    let number = |name: &str| of(name).and_then(|text| text.parse::<u16>().ok());
    let calendar = Calendar::of(of("calendar").unwrap_or_default());
    let small = |name: &str| number(name).and_then(|number| u8::try_from(number).ok());
    let date = number("year").and_then(|year| {
        if !calendar.is_ours(year) {
            return calendar.years(year);
        }
        let month = small("month").unwrap_or(0);
        let day = if month == 0 { 0 } else { small("day").unwrap_or(0) };
        PartialDate::new(year, month, day).ok()
    });
    let is_ours = number("year").is_some_and(|year| calendar.is_ours(year));
    match date {
        Some(date) => {
            let date = if of("quality") == Some("low") { date.circa() } else { date };
            log.put(party, property, date.to_string());
            if !is_ours {
                let reason =
                    "a date is of another calendar; the years of ours are taken, and it is kept as a note";
                log.note("other_calendar", reason);
                keep_as_note(party, property, &element.in_words());
            }
        }
        None if element.is_blank() => {}
        None => {
            log.value_lost("bad_date", "a date of birth cannot be read; it is kept as a note");
            keep_as_note(party, property, &element.in_words());
        }
    }
}
