//! From when until when? Dates of sources become a span, also of what has ended nobody says when.

use interdict_core::date::PartialDate;

use crate::interest::Span;

/// Nothing ends before this year, nor after that one: the first and last of [`PartialDate`].
const YEARS: (u16, u16) = (1000, 2200);

/// One date that holds all of these: sources that give several mean one of them.
pub(super) fn hull(dates: impl IntoIterator<Item = PartialDate>) -> Option<PartialDate> {
    dates.into_iter().reduce(|a, b| {
        let (first, last) = (
            if a.bounds().0 <= b.bounds().0 { a } else { b },
            if a.bounds().1 >= b.bounds().1 { a } else { b },
        );
        PartialDate::between(first, last).unwrap_or(a)
    })
}

/// The span between two dates; `None` when it ends before it begins.
pub(super) fn span(start: Option<PartialDate>, end: Option<PartialDate>) -> Option<Span> {
    if end.is_some() && end == some_day() {
        return Some(ended(start, None));
    }
    let is_backwards = start.zip(end).is_some_and(|(start, end)| Span::days(end).1 < Span::days(start).0);
    (!is_backwards).then_some(Span { start, end })
}

/// Some day: a date that is said and that nobody can read. What begins or ends with it may have held on any day.
pub(super) fn some_day() -> Option<PartialDate> {
    let year = |year| PartialDate::new(year, 0, 0).ok();
    PartialDate::between(year(YEARS.0)?, year(YEARS.1)?).ok()
}

/// The span of what has ended some day between its start and the day on which that was known. Until that day it may have
/// lasted; where nothing says when it was known, for ever.
pub(super) fn ended(start: Option<PartialDate>, known: Option<PartialDate>) -> Span {
    let year = |year| PartialDate::new(year, 0, 0).ok();
    let (Some(first), Some(last)) = (year(YEARS.0), year(YEARS.1)) else { return Span { start, end: None } };
    let from = start.unwrap_or(first);
    let end = PartialDate::between(from, known.unwrap_or(last)).or_else(|_| PartialDate::between(from, last));
    Span { start, end: end.ok() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interest::{Day, Presence};

    fn date(text: &str) -> Option<PartialDate> {
        (!text.is_empty()).then(|| text.parse().unwrap())
    }

    #[test]
    fn what_has_ended_may_have_lasted_until_that_was_known() {
        for (start, known, day, presence) in [
            ("2010-01-01", "2020-05-05", "2009-12-31", Presence::Absent),
            ("2010-01-01", "2020-05-05", "2015-01-01", Presence::Possible),
            ("2010-01-01", "2020-05-05", "2020-05-06", Presence::Absent),
            ("", "", "2026-01-01", Presence::Possible),
            ("2021", "2020", "2026-01-01", Presence::Possible),
        ] {
            let day = Day::of(date(day).unwrap()).unwrap();
            assert_eq!(ended(date(start), date(known)).on(day), presence, "{start} {known} {day}");
        }
    }

    #[test]
    fn what_began_nobody_knows_when_may_hold_on_any_day_until_its_end() {
        for (end, day, presence) in [
            ("", "1990-01-01", Presence::Possible),
            ("", "2030-01-01", Presence::Possible),
            ("2020-05-05", "2020-05-05", Presence::Possible),
            ("2020-05-05", "2020-05-06", Presence::Absent),
        ] {
            let day = Day::of(date(day).unwrap()).unwrap();
            assert_eq!(span(some_day(), date(end)).unwrap().on(day), presence, "{end} {day}");
        }
    }

    #[test]
    fn several_dates_are_one_of_them() {
        let all = ["2012-05-01", "2010", "2011-12"].map(|text| date(text).unwrap());
        assert_eq!(hull(all).unwrap().to_string(), "2010/2012-05-01");
        assert_eq!(span(date("2012"), date("2011-12-31")), None);
        assert!(span(date("2012"), date("2012-01-01")).is_some());
    }
}
