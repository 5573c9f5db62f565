//! When was it? The dates of the format: a point, a day of issue, a period whose start and end may each be a span.

use std::borrow::Cow;

use interdict_core::date::{CalendarDate, PartialDate};

use super::{attribute, child_text};
use crate::xml::Element;

/// A date with elements or attributes `Year`, `Month` and `Day`.
pub(super) fn point(element: &Element<'_>) -> Option<PartialDate> {
    let number = |name: &str| child_text(element, name).or_else(|| attribute(element, name));
    let part = |name: &str| match number(name) {
        Some(text) => text.trim().parse::<u8>().ok(),
        None => Some(0),
    };
    PartialDate::new(number("Year")?.trim().parse().ok()?, part("Month")?, part("Day")?).ok()
}

/// What a `DatePeriod` says: the first and the last day that are meant, and whether they are circa. A whole year or month
/// is how the format says that no more is known. `Ok(None)` when the period is open at both ends.
pub(super) fn period(element: &Element<'_>) -> Result<Option<PartialDate>, Cow<'static, str>> {
    let (start, end) = (element.children("Start").next(), element.children("End").next());
    if start.is_none() && end.is_none() {
        return Ok(None);
    }
    let first = boundary(start, ["From", "To"]).or_else(|| boundary(end, ["From", "To"]));
    let last = boundary(end, ["To", "From"]).or_else(|| boundary(start, ["To", "From"]));
    let (Some(first), Some(last)) = (first, last) else {
        return Err(Cow::Borrowed("it has no day that there is"));
    };
    let date = between(first.from(), last.until()).ok_or("it ends before it begins")?;
    let is_circa = [start, end].into_iter().flatten().any(|boundary| is_true(boundary, "Approximate"));
    Ok(Some(if is_circa { date.circa() } else { date }))
}

/// The start and the end of a period as dates of their own.
pub(super) fn start_and_end(element: &Element<'_>) -> [Option<PartialDate>; 2] {
    let (start, end) = (element.children("Start").next(), element.children("End").next());
    [boundary(start, ["From", "To"]), boundary(end, ["To", "From"])]
}

fn boundary(element: Option<&Element<'_>>, names: [&str; 2]) -> Option<PartialDate> {
    names.into_iter().find_map(|name| point(element?.children(name).next()?))
}

/// Whether an attribute is `true`.
pub(super) fn is_true(element: &Element<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(value.trim(), "true" | "1"))
}

/// The date from one day to another, with no more precision than they stand for.
fn between(first: CalendarDate, last: CalendarDate) -> Option<PartialDate> {
    let date = |date: CalendarDate| {
        PartialDate::new(date.year(), date.month().unwrap_or(0), date.day().unwrap_or(0)).ok()
    };
    if first == last {
        return date(first);
    }
    let is_last_of_month = |date: CalendarDate| {
        date.day()
            .is_some_and(|day| CalendarDate::new(date.year(), date.month().unwrap_or(0), day + 1).is_err())
    };
    let is_whole = first.day() == Some(1) && is_last_of_month(last);
    let is_years = is_whole && first.month() == Some(1) && last.month() == Some(12);
    let (first, last) = if is_years {
        (PartialDate::new(first.year(), 0, 0).ok()?, PartialDate::new(last.year(), 0, 0).ok()?)
    } else if is_whole {
        let month = |date: CalendarDate| PartialDate::new(date.year(), date.month()?, 0).ok();
        (month(first)?, month(last)?)
    } else {
        (date(first)?, date(last)?)
    };
    if first == last { Some(first) } else { PartialDate::between(first, last).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofac::dates;

    fn days(first: (u16, u8, u8), last: (u16, u8, u8)) -> String {
        let day = |(year, month, day)| CalendarDate::new(year, month, day).unwrap();
        between(day(first), day(last)).map_or("none".to_owned(), |date| {
            let words = dates::in_words(date);
            assert_eq!(dates::parse(&words), Some(date), "{words} is read as another date");
            words
        })
    }

    #[test]
    fn whole_years_and_months_are_less_precise() {
        assert_eq!(days((1957, 9, 4), (1957, 9, 4)), "04 Sep 1957");
        assert_eq!(days((1957, 1, 1), (1957, 12, 31)), "1957");
        assert_eq!(days((1956, 2, 1), (1956, 2, 29)), "Feb 1956");
        assert_eq!(days((1951, 1, 1), (1953, 12, 31)), "1951 to 1953");
        assert_eq!(days((1951, 3, 1), (1953, 4, 30)), "Mar 1951 to Apr 1953");
        assert_eq!(days((1957, 9, 4), (1958, 9, 7)), "04 Sep 1957 to 07 Sep 1958");
        assert_eq!(days((1957, 0, 0), (1957, 0, 0)), "1957");
        assert_eq!(days((1958, 9, 7), (1957, 9, 4)), "none");
    }
}
