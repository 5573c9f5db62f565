//! Dates as lists give them: a day, a month, a year, a span of years, or "circa".
//!
//! Written in a subset of EDTF (ISO 8601-2): `1965`, `1965-04`, `1965-04-25`, `1951~` (circa), `1951/1953`
//! (some time between). The plain forms are also FollowTheMoney dates.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A date of which perhaps only the year or the month is known, or a span of such dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PartialDate {
    from: CalendarDate,
    until: CalendarDate,
    approximate: bool,
}

/// A calendar date with the precision it was given in. `month` and `day` are 0 where not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarDate {
    year: u16,
    month: u8,
    day: u8,
}

/// The text or the numbers are no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The text has none of the forms of this module.
    #[error("not a date of the form YYYY, YYYY-MM, YYYY-MM-DD, with ~ for circa or / for a span: {0:?}")]
    Form(String),
    /// There is no such day.
    #[error("there is no such day: {0}")]
    NoSuchDay(String),
    /// The span ends before it begins.
    #[error("the span {0} ends before it begins")]
    Backwards(String),
}

const YEARS: std::ops::RangeInclusive<u16> = 1000..=2200;

impl CalendarDate {
    /// A day, a month (day 0) or a year (month and day 0), of the years 1000 to 2200.
    ///
    /// # Errors
    /// When there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, DateError> {
        let known = YEARS.contains(&year)
            && match (month, day) {
                (0, 0) | (1..=12, 0) => true,
                (1..=12, day) => day <= days_in_month(year, month),
                _ => false,
            };
        if known {
            Ok(Self { year, month, day })
        } else {
            Err(DateError::NoSuchDay(format!("{year:04}-{month:02}-{day:02}")))
        }
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12, where known.
    pub fn month(self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    /// The day of the month, 1 to 31, where known.
    pub fn day(self) -> Option<u8> {
        (self.day > 0).then_some(self.day)
    }

    /// The first and the last day that this date can mean, as `year * 10_000 + month * 100 + day`.
    fn bounds(self) -> (u32, u32) {
        let at = |month: u8, day: u8| u32::from(self.year) * 10_000 + u32::from(month) * 100 + u32::from(day);
        match (self.month, self.day) {
            (0, _) => (at(1, 1), at(12, 31)),
            (month, 0) => (at(month, 1), at(month, days_in_month(self.year, month))),
            (month, day) => (at(month, day), at(month, day)),
        }
    }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl PartialDate {
    /// A day, a month (day 0) or a year (month and day 0).
    ///
    /// # Errors
    /// When there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, DateError> {
        let date = CalendarDate::new(year, month, day)?;
        Ok(Self { from: date, until: date, approximate: false })
    }

    /// Some time between two dates, both included.
    ///
    /// # Errors
    /// When the second ends before the first begins.
    pub fn between(from: Self, until: Self) -> Result<Self, DateError> {
        let span =
            Self { from: from.from, until: until.until, approximate: from.approximate || until.approximate };
        if span.until.bounds().1 < span.from.bounds().0 {
            return Err(DateError::Backwards(span.to_string()));
        }
        Ok(span)
    }

    /// The same, marked as circa.
    #[must_use]
    pub fn circa(self) -> Self {
        Self { approximate: true, ..self }
    }

    /// The first date of the span; the date itself when it is no span.
    pub fn from(self) -> CalendarDate {
        self.from
    }

    /// The last date of the span; the date itself when it is no span.
    pub fn until(self) -> CalendarDate {
        self.until
    }

    /// Whether the source says circa.
    pub fn is_approximate(self) -> bool {
        self.approximate
    }

    /// Whether this is a span between two dates.
    pub fn is_span(self) -> bool {
        self.from != self.until
    }

    /// The day, when this is exactly one day.
    pub fn as_day(self) -> Option<CalendarDate> {
        (!self.is_span() && !self.approximate && self.from.day > 0).then_some(self.from)
    }

    /// Whether both can mean the same day, circa not considered.
    pub fn overlaps(self, other: Self) -> bool {
        let (a, b) = (self.bounds(), other.bounds());
        a.0 <= b.1 && b.0 <= a.1
    }

    /// The first and the last day that this can mean, as numbers `YYYYMMDD`, circa not considered.
    pub fn bounds(self) -> (u32, u32) {
        (self.from.bounds().0, self.until.bounds().1)
    }

    /// The plain FollowTheMoney forms of this date. Circa is left out; a span becomes its years when there
    /// are at most eleven, and its two ends otherwise, so that tools without spans keep what they can use.
    pub fn to_ftm(self) -> Vec<String> {
        if !self.is_span() {
            return vec![self.from.to_string()];
        }
        let (first, last) = (self.from.year, self.until.year);
        if self.from.month == 0 && self.until.month == 0 && last - first <= 10 {
            return (first..=last).map(|year| format!("{year:04}")).collect();
        }
        vec![self.from.to_string(), self.until.to_string()]
    }
}

impl fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Digit by digit: every record of every list has dates, and the formats of numbers are ten times as slow.
        let put = |text: &mut [u8], number: u16| {
            text.iter_mut().rev().fold(number, |number, digit| {
                *digit += u8::try_from(number % 10).unwrap_or_default();
                number / 10
            });
        };
        let mut text = *b"0000-00-00";
        put(&mut text[..4], self.year);
        put(&mut text[5..7], self.month.into());
        put(&mut text[8..], self.day.into());
        let length = if self.month == 0 { 4 } else { 7 + 3 * usize::from(self.day > 0) };
        f.write_str(str::from_utf8(&text[..length]).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let circa = if self.approximate { "~" } else { "" };
        if self.is_span() {
            write!(f, "{}{circa}/{}{circa}", self.from, self.until)
        } else {
            write!(f, "{}{circa}", self.from)
        }
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let form = || DateError::Form(text.chars().take(40).collect());
        if let Some((from, until)) = text.split_once('/') {
            return Self::between(single(from).ok_or_else(form)??, single(until).ok_or_else(form)??);
        }
        single(text).ok_or_else(form)?
    }
}

/// One date without a span; `None` when the form is wrong. A time of day (`T…`) is cut off.
fn single(text: &str) -> Option<Result<PartialDate, DateError>> {
    let (text, approximate) = match text.strip_suffix('~') {
        Some(text) => (text, true),
        None => (text, false),
    };
    let (date, time) = text.split_once(['T', ' ']).map_or((text, None), |(date, time)| (date, Some(time)));
    if time.is_some_and(|time| date.len() != 10 || !time.starts_with(|first: char| first.is_ascii_digit())) {
        return None;
    }
    let mut parts = date.split('-');
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map(|part| number(part, 2).filter(|&month| month > 0));
    let day = parts.next().map(|part| number(part, 2).filter(|&day| day > 0));
    if parts.next().is_some() || month == Some(None) || day == Some(None) {
        return None;
    }
    let month = u8::try_from(month.flatten().unwrap_or(0)).ok()?;
    let day = u8::try_from(day.flatten().unwrap_or(0)).ok()?;
    Some(PartialDate::new(year, month, day).map(|date| PartialDate { approximate, ..date }))
}

fn number(text: &str, digits: usize) -> Option<u16> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for PartialDate {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn reads_what_it_writes() {
        for text in ["1965", "1965-04", "1965-04-25", "1951~", "1951/1953", "1951~/1953~", "1960-02-29"] {
            assert_eq!(date(text).to_string(), text);
        }
        assert_eq!(date("2012-01-01T10:00:00").to_string(), "2012-01-01");
    }

    #[test]
    fn refuses_what_is_no_date() {
        for bad in [
            "",
            "65",
            "1965-4",
            "1965-13",
            "1965-02-30",
            "1961-02-29",
            "0000",
            "1965-00",
            "1965-04-00",
            "1953/1951",
            "1951/",
            "/",
            "~",
            "1965-04-25-01",
            "25 Apr 1965",
            "196５",
            "1965 ",
            "1965Tx",
        ] {
            assert!(bad.parse::<PartialDate>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn overlap_is_by_what_is_known() {
        assert!(date("1965").overlaps(date("1965-04-25")));
        assert!(date("1951/1953").overlaps(date("1952-12")));
        assert!(!date("1951/1953").overlaps(date("1954")));
        assert!(!date("1965-04").overlaps(date("1965-05-01")));
    }

    #[test]
    fn followthemoney_forms() {
        assert_eq!(date("1951/1953").to_ftm(), ["1951", "1952", "1953"]);
        assert_eq!(date("1951~").to_ftm(), ["1951"]);
        assert_eq!(date("1951-02/1953").to_ftm(), ["1951-02", "1953"]);
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,24}") {
            let _ = text.parse::<PartialDate>();
        }

        #[test]
        fn round_trips(year in 1000u16..2200, month in 0u8..13, day in 0u8..32, circa: bool) {
            if let Ok(built) = PartialDate::new(year, month, day) {
                let built = if circa { built.circa() } else { built };
                prop_assert_eq!(built.to_string().parse::<PartialDate>().unwrap(), built);
            }
        }
    }
}
