//! Which day does a text of the file mean?

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;

use crate::reading::{Log, keep_as_note};

/// A date, with the time or the time zone behind it cut off, or with the day first as the CSV has it:
/// `2020-04-15T15:29:22.497+02:00`, `2008-07-03+02:00`, `28/10/2022`.
pub(super) fn day(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let date = match text.split_at_checked(10) {
        Some((date, rest)) if rest.starts_with(['-', '+', 'T', 'Z', ' ']) => date,
        _ => text,
    };
    date.parse().ok().or_else(|| day_first(date))
}

fn day_first(text: &str) -> Option<PartialDate> {
    let mut parts = text.split(['/', '.']);
    let [day, month, year] = [parts.next()?, parts.next()?, parts.next()?];
    let fits = year.len() == 4 && day.len() <= 2 && month.len() <= 2 && parts.next().is_none();
    if !fits {
        return None;
    }
    PartialDate::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Adds a date to a property. One that cannot be read becomes an issue, and its text is kept.
pub(super) fn put_day(log: &mut Log, entity: &mut Entity, property: &str, text: &str) {
    match day(text) {
        Some(date) => log.put(entity, property, date.to_string()),
        None => {
            log.value_lost("bad_date", format!("the {property} cannot be read; it is kept as a note"));
            keep_as_note(entity, property, text);
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn days() {
        for (text, expected) in [
            ("2020-04-15T15:29:22.497+02:00", Some("2020-04-15")),
            ("2008-07-03+02:00", Some("2008-07-03")),
            ("2008-07-03", Some("2008-07-03")),
            ("28/10/2022", Some("2022-10-28")),
            ("1965", Some("1965")),
            ("1965-04", Some("1965-04")),
            ("31/02/2022", None),
            ("10/2022", None),
            ("", None),
            ("äääääääää", None),
        ] {
            assert_eq!(super::day(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
    }
}
