//! Dates as OFAC writes them: `04 Sep 1957`, `Sep 1957`, `1957`, `circa 1957`, `1951 to 1953`, and in the heads of its XML
//! `05/06/2024` (month first) and `2024-08-28T00:00:00`.

use interdict_core::date::{CalendarDate, PartialDate};

use crate::months;

/// The date of a text; `None` when it is none.
pub(super) fn parse(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let (text, is_circa) = without_circa(text);
    let span = text.split_once(" to ").or_else(|| text.split_once('-'));
    let date = match span {
        Some((from, until)) => {
            let (until, is_until_circa) = without_circa(until.trim());
            let span = PartialDate::between(single(from)?, single(until)?).ok()?;
            if is_until_circa { span.circa() } else { span }
        }
        None => single(text)?,
    };
    Some(if is_circa { date.circa() } else { date })
}

fn without_circa(text: &str) -> (&str, bool) {
    let rest = ["circa ", "Circa ", "c. ", "approximately "].iter().find_map(|word| text.strip_prefix(word));
    (rest.map_or(text, str::trim), rest.is_some())
}

fn single(text: &str) -> Option<PartialDate> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words[..] {
        [year] => PartialDate::new(number(year, 4)?, 0, 0).ok(),
        [month, year] => PartialDate::new(number(year, 4)?, months::month(month)?, 0).ok(),
        [day, month, year] => {
            let day = u8::try_from(number(day, 1).or_else(|| number(day, 2))?).ok().filter(|&day| day > 0)?;
            PartialDate::new(number(year, 4)?, months::month(month)?, day).ok()
        }
        _ => None,
    }
}

/// The day that a file was published on: `05/06/2024`, month first.
pub(super) fn published(text: &str) -> Option<PartialDate> {
    let (month, rest) = text.trim().split_once('/')?;
    let (day, year) = rest.split_once('/')?;
    let small =
        |text: &str| u8::try_from(number(text, 2).or_else(|| number(text, 1))?).ok().filter(|&n| n > 0);
    PartialDate::new(number(year, 4)?, small(month)?, small(day)?).ok()
}

/// A day as ISO 8601 has it, with or without a time behind it.
pub(super) fn iso(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let (day, time) = text.split_at_checked(10)?;
    let fits = time.is_empty() || time.starts_with(['T', 'Z', '+', '-']);
    day.parse().ok().filter(|_| fits)
}

/// A date in any of the forms here.
pub(super) fn any(text: &str) -> Option<PartialDate> {
    parse(text).or_else(|| iso(text)).or_else(|| published(text))
}

/// The date as the remarks write it: `04 Sep 1957`, `circa 1957`, `1951 to 1953`.
pub(super) fn in_words(date: PartialDate) -> String {
    let circa = if date.is_approximate() { "circa " } else { "" };
    let from = day_in_words(date.from());
    if date.is_span() {
        format!("{circa}{from} to {}", day_in_words(date.until()))
    } else {
        format!("{circa}{from}")
    }
}

fn day_in_words(date: CalendarDate) -> String {
    let month = date.month().and_then(months::short).map(|month| format!("{month} ")).unwrap_or_default();
    let day = date.day().map(|day| format!("{day:02} ")).unwrap_or_default();
    format!("{day}{month}{:04}", date.year())
}

fn number(text: &str, digits: usize) -> Option<u16> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_the_xml_forms() {
        let shown = |date: Option<PartialDate>| date.map(|date| date.to_string());
        assert_eq!(shown(published("05/06/2024")).as_deref(), Some("2024-05-06"));
        assert_eq!(shown(published("5/16/2024")).as_deref(), Some("2024-05-16"));
        assert_eq!(shown(iso("2024-05-24T15:59:26.4511801-04:00")).as_deref(), Some("2024-05-24"));
        assert_eq!(shown(iso("2024-05-24")).as_deref(), Some("2024-05-24"));
        for bad in ["", "16/05/2024", "00/05/2024", "2024", "2024-05-24x", "2024-13-01", "é2024-05-24"] {
            assert_eq!((published(bad), iso(bad)), (None, None), "{bad}");
        }
    }

    #[test]
    fn words_are_read_again_as_the_same() {
        for text in ["04 Sep 1957", "Sep 1957", "1957", "circa 1957", "1951 to 1953", "Mar 1955 to Mar 1956"]
        {
            assert_eq!(parse(text).map(in_words).as_deref(), Some(text));
        }
    }

    #[test]
    fn all_forms() {
        let cases = [
            ("04 Sep 1957", Some("1957-09-04")),
            ("4 September 1957", Some("1957-09-04")),
            ("Sep 1957", Some("1957-09")),
            ("1957", Some("1957")),
            ("circa 1951", Some("1951~")),
            ("circa Dec 1951", Some("1951-12~")),
            ("1951 to 1953", Some("1951/1953")),
            ("circa 1979-1982", Some("1979~/1982~")),
            ("circa 1979 to circa 1982", Some("1979~/1982~")),
            ("04 Sep 1957 to 07 Sep 1958", Some("1957-09-04/1958-09-07")),
            ("31 Feb 1957", None),
            ("00 Sep 1957", None),
            ("1953 to 1951", None),
            ("57", None),
            ("", None),
            ("Sept of 1957", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
    }
}
