//! Which dates does a cell hold? A number that spreadsheets count with, or a text.

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;

use crate::reading::Log;
use crate::written_dates;

/// The first day of spreadsheets is the last of 1899; they think that 1900 was a leap year, so days count from the 30th.
const DAYS_FROM_EPOCH: i64 = 25_569;

/// A cell of a number: a year, or a day as spreadsheets count them.
pub(super) fn date_of_number(text: &str) -> Option<PartialDate> {
    let whole = text.split('.').next()?;
    let number: i64 =
        whole.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))?;
    if number <= 2_200 {
        return PartialDate::new(u16::try_from(number).ok()?, 0, 0).ok();
    }
    day_of(number.checked_sub(DAYS_FROM_EPOCH)?)
}

/// The day that is so many days after 1 January 1970, by the rule of the Gregorian calendar.
fn day_of(days: i64) -> Option<PartialDate> {
    let days = days.checked_add(719_468)?; // to 1 March of the year 0
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153; // March is 0
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = u16::try_from(era * 400 + year_of_era + next).ok()?;
    PartialDate::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
}

/// Adds the dates of a field; what is no date is kept as a note.
pub(super) fn put_dates(log: &mut Log, entity: &mut Entity, property: &str, text: &str) {
    if let Some(date) = date_of_number(text) {
        return log.put(entity, property, date.to_string());
    }
    written_dates::put(log, entity, property, text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_years_or_days() {
        let date = |text| date_of_number(text).map(|date| date.to_string());
        for (text, expected) in [
            ("1935", Some("1935")),
            ("18798", Some("1951-06-19")),
            ("45303", Some("2024-01-12")),
            ("25569.5", Some("1970-01-01")),
            ("36585", Some("2000-02-29")),
            ("36586", Some("2000-03-01")),
            ("12", None),
            ("99999999999999999999", None),
            ("9223372036854775807", None),
            ("1 May", None),
        ] {
            assert_eq!(date(text).as_deref(), expected, "{text}");
        }
    }
}
