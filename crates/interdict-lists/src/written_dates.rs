//! Which dates does a text of an official list mean? Days before months, as Britain and Australia write them, months in words,
//! years, spans, and several of them in one field.

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;

use crate::reading::{Log, keep_as_note};
use crate::{months, numbered};

/// The dates of a field, and what of it is no date.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Dates<'a> {
    pub(crate) found: Vec<PartialDate>,
    /// The pieces that are no date, or say more than one.
    pub(crate) others: Vec<&'a str>,
}

/// What separates two dates in one field.
const SEPARATORS: [&str; 6] = [";", ">>", "\n", " or ", " and ", "_x000D_"];

/// Adds the dates of a field; what is no date is kept as a note, and an issue when it costs something.
pub(crate) fn put(log: &mut Log, entity: &mut Entity, property: &str, text: &str) {
    let dates = dates(text);
    for date in &dates.found {
        log.put(entity, property, date.to_string());
    }
    for other in dates.others {
        keep_as_note(entity, property, other);
        if dates.found.is_empty() {
            log.value_lost("bad_date", format!("{property}: a date cannot be read; it is kept as a note"));
        } else {
            log.note("qualified_date", format!("{property}: more is said than a date; it is kept as a note"));
        }
    }
}

/// The dates of a field.
pub(crate) fn dates(text: &str) -> Dates<'_> {
    let mut dates = Dates::default();
    for item in numbered::items(text) {
        if let Some(date) = date(item) {
            dates.found.push(date);
            continue;
        }
        let mut pieces = vec![item];
        for separator in SEPARATORS {
            pieces = pieces.into_iter().flat_map(|piece| piece.split(separator)).collect();
        }
        for piece in pieces.into_iter().flat_map(split_at_blanks) {
            let (main, remark) = without_remark(piece);
            match date(main) {
                Some(date) => {
                    dates.found.push(date);
                    dates.others.extend(remark.map(|_| piece.trim()));
                }
                None if piece.contains(char::is_alphanumeric) => dates.others.push(piece.trim()),
                None => {}
            }
        }
    }
    dates
}

/// `11/10/1953  10/11/1953`, `1 May 1950, 2 May 1951`: dates with nothing but blanks or a comma between them.
fn split_at_blanks(piece: &str) -> Vec<&str> {
    for separator in ["  ", ", ", " ", ","] {
        let parts: Vec<&str> =
            piece.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 && parts.iter().all(|part| date(part).is_some()) {
            return parts;
        }
    }
    vec![piece]
}

/// The text without what stands in brackets at its end.
fn without_remark(text: &str) -> (&str, Option<&str>) {
    match text.split_once('(') {
        Some((main, remark)) if !main.trim().is_empty() => (main, Some(remark)),
        _ => (text, None),
    }
}

const CIRCA: [&str; 9] =
    ["approximately", "approx.", "approx", "circa", "about", "around", "c.", "possibly", "~"];

/// One date or span; `None` when the text is none or says more.
pub(crate) fn date(text: &str) -> Option<PartialDate> {
    let text = trim(text);
    let (text, is_circa) = without_word(text, &CIRCA);
    let text = without_word(text, &["born", "between", "from", "in"]).0;
    let date = single(text).or_else(|| span(text))?;
    Some(if is_circa { date.circa() } else { date })
}

/// The text behind one of these words, if it begins with one.
fn without_word<'t>(text: &'t str, words: &[&str]) -> (&'t str, bool) {
    let found = words.iter().find_map(|word| {
        let (head, rest) = text.split_at_checked(word.len())?;
        let ends = !word.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphanumeric);
        (ends && head.eq_ignore_ascii_case(word)).then_some(rest)
    });
    found.map_or((text, false), |rest| (trim(rest), true))
}

fn trim(text: &str) -> &str {
    text.trim_matches(|char: char| char.is_whitespace() || matches!(char, ',' | ';' | '.'))
}

/// `1955-1958`, `1953 and 1958`, `1968 to 1970`, `1970s`.
fn span(text: &str) -> Option<PartialDate> {
    if let Some(decade) = text.strip_suffix('s').and_then(|year| year.parse::<u16>().ok()) {
        let from = PartialDate::new(decade, 0, 0).ok().filter(|_| decade.is_multiple_of(10))?;
        return PartialDate::between(from, PartialDate::new(decade + 9, 0, 0).ok()?).ok();
    }
    let ends = ["-", "–", " to ", " and ", " until ", "/"].iter().filter_map(|word| text.split_once(word));
    for (from, until) in ends {
        let (until, is_circa) = without_word(trim(until), &CIRCA);
        let is_range = text.contains('-') || text.contains('–') || !from.trim().is_empty();
        let from = single(trim(from)).filter(|_| is_range);
        if let Some(span) = from.zip(single(trim(until))).and_then(|(a, b)| PartialDate::between(a, b).ok()) {
            return Some(if is_circa { span.circa() } else { span });
        }
    }
    None
}

fn single(text: &str) -> Option<PartialDate> {
    if let Ok(date) = text.parse::<PartialDate>() {
        return (!date.is_span()).then_some(date);
    }
    let separator = ['/', '-', '.'].into_iter().find(|char| text.split(*char).count() == 3);
    if let Some(separator) = separator
        && let Some(date) = in_digits(text, separator)
    {
        return Some(date);
    }
    in_words(text)
}

/// `25/04/1965`; a day or a month of `00` (or letters, `dd/mm/1965`) is not known.
fn in_digits(text: &str, separator: char) -> Option<PartialDate> {
    let mut parts = text.split(separator).map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |part: &str, placeholder: &str| {
        let is_open = part.eq_ignore_ascii_case(placeholder) || part == "00";
        if is_open { Some(0) } else { part.parse::<u8>().ok().filter(|_| part.len() <= 2) }
    };
    let year: u16 = year.parse().ok().filter(|_| year.len() == 4)?;
    let month = number(month, "mm").or_else(|| months::month(month))?;
    let day = number(day, "dd")?;
    match (day, month) {
        (day, 0) if day > 0 => None,
        _ => PartialDate::new(year, month, day).ok(),
    }
}

/// `26 Dec. 1955`, `December 1955`, `Dec 26, 1955`, `1955`.
fn in_words(text: &str) -> Option<PartialDate> {
    let words: Vec<&str> = text
        .split(|char: char| char.is_whitespace() || matches!(char, ',' | '.' | '-'))
        .filter(|word| !word.is_empty())
        .collect();
    let year = |word: &str| word.parse::<u16>().ok().filter(|_| word.len() == 4);
    let day = |word: &str| {
        let digits = word.trim_end_matches(|char: char| char.is_ascii_alphabetic());
        let is_ordinal = ["", "st", "nd", "rd", "th"].contains(&word.get(digits.len()..)?);
        digits.parse::<u8>().ok().filter(|day| *day > 0 && digits.len() <= 2 && is_ordinal)
    };
    match words[..] {
        [y] => PartialDate::new(year(y)?, 0, 0).ok(),
        [m, y] => PartialDate::new(year(y)?, months::month(m)?, 0).ok(),
        [a, b, y] => {
            let (d, m) = day(a).zip(months::month(b)).or_else(|| day(b).zip(months::month(a)))?;
            PartialDate::new(year(y)?, m, d).ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str], others: &[&str]) {
        let dates = dates(text);
        let found: Vec<String> = dates.found.iter().map(ToString::to_string).collect();
        assert_eq!(
            (found.iter().map(String::as_str).collect::<Vec<_>>(), dates.others),
            (expected.to_vec(), others.to_vec()),
            "{text:?}"
        );
    }

    #[test]
    fn one_date() {
        for (text, expected) in [
            ("08/11/1965", "1965-11-08"),
            ("00/00/1980", "1980"),
            ("00/05/1980", "1980-05"),
            ("dd/mm/1963", "1963"),
            ("dd/04/1963", "1963-04"),
            ("29-06-2012", "2012-06-29"),
            ("28-Jan-2026", "2026-01-28"),
            ("09/11/ 1954 ", "1954-11-09"),
            ("1980-05-04", "1980-05-04"),
            ("2014-06-10T00:00:00", "2014-06-10"),
            ("26 Dec. 1955", "1955-12-26"),
            ("29 Sept. 2015", "2015-09-29"),
            ("August, 1961", "1961-08"),
            ("1st May 1950", "1950-05-01"),
            ("Approximately 1963", "1963~"),
            ("circa Dec 1951", "1951-12~"),
            ("Approximately 1955- 1958", "1955~/1958~"),
            ("Between 1953 and 1958", "1953/1958"),
            ("1968 to 1970", "1968/1970"),
            ("1970s", "1970/1979"),
            ("1965", "1965"),
        ] {
            check(text, &[expected], &[]);
        }
    }

    #[test]
    fn several_dates_and_what_is_none() {
        check("a) Approximately 1966 b) 1960 c) 1953", &["1966~", "1960", "1953"], &[]);
        check("1965 or 1966", &["1965", "1966"], &[]);
        check("14 Mar 1974 >> 13 Apr 1974", &["1974-03-14", "1974-04-13"], &[]);
        check("1987;1988;1991 ", &["1987", "1988", "1991"], &[]);
        check("11/10/1953  10/11/1953", &["1953-10-11", "1953-11-10"], &[]);
        check("a) 7/02/1950 b) November 1950", &["1950-02-07", "1950-11"], &[]);
        check("5 Feb. 1970 (this name only)", &["1970-02-05"], &["5 Feb. 1970 (this name only)"]);
        check("late 1960s", &[], &["late 1960s"]);
        check("31/02/1960", &[], &["31/02/1960"]);
        check("17/00/1960", &[], &["17/00/1960"]);
        check("na", &[], &["na"]);
        check("", &[], &[]);
    }
}
