//! Dates as OFAC writes them: `04 Sep 1957`, `Sep 1957`, `1957`, `circa 1957`, `1951 to 1953`.

use interdict_core::date::PartialDate;

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

fn number(text: &str, digits: usize) -> Option<u16> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

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
