//! Which dates does a field hold?

use interdict_core::date::PartialDate;

use crate::months;

/// The dates of a field: one, or several with "or" between them. None when one of them cannot be read.
pub(super) fn parse(text: &str) -> Vec<PartialDate> {
    if let Ok(date) = text.parse() {
        return vec![date]; // nearly all
    }
    let text = text.to_ascii_lowercase();
    let dates: Option<Vec<PartialDate>> = text.split(" or ").map(|piece| one(piece.trim())).collect();
    dates.unwrap_or_default()
}

fn one(text: &str) -> Option<PartialDate> {
    let circa =
        ["circa", "approximately", "around", "about", "c."].iter().find_map(|word| text.strip_prefix(word));
    if let Some(rest) = circa {
        return plain(rest.trim()).map(PartialDate::circa);
    }
    plain(text).or_else(|| span(text)).or_else(|| day_first(text)).or_else(|| decade(text))
}

fn plain(text: &str) -> Option<PartialDate> {
    text.parse().ok()
}

/// `1963-1964`, `between 1963 and 1964`.
fn span(text: &str) -> Option<PartialDate> {
    let between = text.strip_prefix("between ").and_then(|rest| rest.split_once(" and "));
    let (from, until) = between.or_else(|| text.split_once('-')).or_else(|| text.split_once('–'))?;
    PartialDate::between(plain(from.trim())?, plain(until.trim())?).ok()
}

/// `28-10-1960`, `28/10/1960`, `28 October 1960`, `October 1960`.
fn day_first(text: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = text.split([' ', '-', '/', '.']).filter(|part| !part.is_empty()).collect();
    let month_of = |text: &str| months::month(text).or_else(|| text.parse().ok().filter(|_| text.len() <= 2));
    let (day, month, year) = match parts[..] {
        [day, month, year] => (day.parse().ok()?, month_of(month)?, year),
        [month, year] => (0, months::month(month)?, year),
        _ => return None,
    };
    // A year of two digits does not tell its century.
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    PartialDate::new(year, month, day).ok()
}

/// `the early 1970s`: some time in these ten years.
fn decade(text: &str) -> Option<PartialDate> {
    let word = text.split(' ').find_map(|word| word.strip_suffix('s').filter(|year| year.len() == 4))?;
    let first: u16 = word.parse().ok().filter(|year| year % 10 == 0)?;
    let (first, last) =
        (PartialDate::new(first, 0, 0).ok()?, PartialDate::new(first.checked_add(9)?, 0, 0).ok()?);
    PartialDate::between(first, last).ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates_of_a_field() {
        for (text, expected) in [
            ("1972-08-10", &["1972-08-10"][..]),
            ("1955-11", &["1955-11"]),
            ("1963-1964", &["1963/1964"]),
            ("1963 or 1964", &["1963", "1964"]),
            ("1965-07-15 OR 1969-09-28", &["1965-07-15", "1969-09-28"]),
            ("28-10-1960", &["1960-10-28"]),
            ("October 1960", &["1960-10"]),
            ("circa 1960", &["1960~"]),
            ("born in the early 1970s", &["1970/1979"]),
            ("Sep-99", &[]),
            ("1964-1963", &[]),
            ("unknown", &[]),
            ("", &[]),
        ] {
            let dates: Vec<String> = super::parse(text).iter().map(ToString::to_string).collect();
            assert_eq!(dates, expected, "{text}");
        }
    }
}
