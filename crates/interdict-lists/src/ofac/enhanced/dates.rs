//! Which date is meant by four days: the first and the last on which it may begin, and the first and the last on which it may end?

use interdict_core::date::PartialDate;

use crate::ofac::dates;
use crate::xml::Element;

/// What a date may hold.
pub(super) const KNOWN: &[&str] =
    &["fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd", "isApproximate", "isDateRange"];

/// The date of such an element; `None` when it is none.
pub(super) fn of(element: &Element<'_>) -> Option<PartialDate> {
    let day = |name: &str| element.line_of(name).and_then(|text| dates::iso(&text));
    let is = |name: &str| element.line_of(name).as_deref() == Some("true");
    let (from, until) = (day("fromDateBegin")?, day("toDateEnd")?);
    let date = if is("isDateRange") {
        PartialDate::between(within(from, day("fromDateEnd")?)?, within(day("toDateBegin")?, until)?).ok()?
    } else {
        within(from, until)?
    };
    Some(if is("isApproximate") { date.circa() } else { date })
}

/// The day, month or year that begins and ends with these days, or else the span between them.
fn within(from: PartialDate, until: PartialDate) -> Option<PartialDate> {
    let span = PartialDate::between(from, until).ok()?;
    let first = from.from();
    let (month, day) = (first.month().unwrap_or(0), first.day().unwrap_or(0));
    let wholes = [(0, 0), (month, 0), (month, day)];
    let mut whole =
        wholes.into_iter().filter_map(|(month, day)| PartialDate::new(first.year(), month, day).ok());
    Some(whole.find(|whole| whole.bounds() == span.bounds()).unwrap_or(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_days() {
        for (days, circa, range, expected) in [
            (["1972-01-01", "1972-01-01", "1972-12-31", "1972-12-31"], "false", "false", Some("1972")),
            (["1957-01-01", "1957-01-01", "1957-12-31", "1957-12-31"], "true", "false", Some("1957~")),
            (["1957-10-10", "1957-10-10", "1957-10-10", "1957-10-10"], "false", "false", Some("1957-10-10")),
            (["1957-02-01", "1957-02-01", "1957-02-28", "1957-02-28"], "false", "false", Some("1957-02")),
            (["1951-01-01", "1951-12-31", "1953-01-01", "1953-12-31"], "false", "true", Some("1951/1953")),
            (
                ["1955-03-01", "1955-03-31", "1956-03-01", "1956-03-31"],
                "false",
                "true",
                Some("1955-03/1956-03"),
            ),
            (
                ["1955-03-02", "1955-03-02", "1955-04-05", "1955-04-05"],
                "false",
                "false",
                Some("1955-03-02/1955-04-05"),
            ),
            (["1956-03-02", "", "", "1955-04-05"], "false", "false", None),
            (["", "", "", ""], "false", "false", None),
        ] {
            let child = |name: &'static str, text: &'static str| Element {
                name: name.into(),
                text: text.into(),
                ..Element::default()
            };
            let texts = [days[0], days[1], days[2], days[3], circa, range];
            let children = KNOWN.iter().zip(texts).map(|(name, text)| child(name, text)).collect();
            let date = of(&Element { children, ..Element::default() });
            assert_eq!(date.map(|date| date.to_string()).as_deref(), expected, "{days:?}");
        }
    }
}
