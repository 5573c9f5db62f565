//! Which date does a text give, in a form that the operator names?

use interdict_core::date::PartialDate;

use crate::months;

/// A form of dates: `%d` day, `%m` month in digits, `%b` month in English words (three letters or all), `%Y` year in four
/// digits; everything else stands for itself. A day or month of `00` is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateFormat(Vec<Token>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Day,
    Month,
    MonthName,
    Year,
    Char(char),
}

impl DateFormat {
    /// Reads a form, or says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut tokens = Vec::new();
        let mut chars = text.chars();
        while let Some(char) = chars.next() {
            tokens.push(match (char, if char == '%' { chars.next() } else { None }) {
                ('%', Some('d')) => Token::Day,
                ('%', Some('m')) => Token::Month,
                ('%', Some('b')) => Token::MonthName,
                ('%', Some('Y')) => Token::Year,
                ('%', _) => return Err(format!("{text:?}: only %d, %m, %b and %Y are known")),
                (char, _) => Token::Char(char),
            });
        }
        let count = |wanted: &[Token]| tokens.iter().filter(|token| wanted.contains(token)).count();
        let month = count(&[Token::Month, Token::MonthName]);
        if count(&[Token::Year]) != 1 || month > 1 || count(&[Token::Day]) > month {
            return Err(format!("{text:?} must have one %Y, at most one month, and a day only with a month"));
        }
        Ok(Self(tokens))
    }

    /// The date of a text that has this form.
    pub(super) fn read(&self, text: &str) -> Option<PartialDate> {
        let (mut year, mut month, mut day) = (0, 0, 0);
        let mut rest = text.trim();
        for token in &self.0 {
            match token {
                Token::Char(char) => rest = rest.strip_prefix(*char)?,
                Token::Day => day = u8::try_from(digits(&mut rest, 1..=2)?).ok()?,
                Token::Month => month = u8::try_from(digits(&mut rest, 1..=2)?).ok()?,
                Token::MonthName => month = month_name(&mut rest)?,
                Token::Year => year = digits(&mut rest, 4..=4)?,
            }
        }
        let day = if month == 0 { 0 } else { day };
        rest.is_empty().then(|| PartialDate::new(year, month, day).ok())?
    }
}

fn digits(rest: &mut &str, lengths: std::ops::RangeInclusive<usize>) -> Option<u16> {
    let length = rest.bytes().take(*lengths.end()).take_while(u8::is_ascii_digit).count();
    if !lengths.contains(&length) {
        return None;
    }
    let (number, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    number.parse().ok()
}

fn month_name(rest: &mut &str) -> Option<u8> {
    let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    months::month(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_their_forms() {
        for (format, text, expected) in [
            ("%d/%m/%Y", "25/04/1965", Some("1965-04-25")),
            ("%d/%m/%Y", "5/4/1965", Some("1965-04-05")),
            ("%d/%m/%Y", "00/00/1965", Some("1965")),
            ("%d/%m/%Y", "00/04/1965", Some("1965-04")),
            ("%d %b %Y", "25 Apr 1965", Some("1965-04-25")),
            ("%b %d, %Y", "September 1, 2023", Some("2023-09-01")),
            ("%Y%m%d", "19650425", Some("1965-04-25")),
            ("%Y", " 1965 ", Some("1965")),
            ("%d/%m/%Y", "31/02/1965", None),
            ("%d/%m/%Y", "25/04/65", None),
            ("%d/%m/%Y", "25/04/1965 or so", None),
            ("%d %b %Y", "25 Abc 1965", None),
            ("%d/%m/%Y", "é5/04/1965", None),
        ] {
            let date = DateFormat::parse(format).unwrap().read(text);
            assert_eq!(date.map(|date| date.to_string()).as_deref(), expected, "{format} {text}");
        }
        for bad in ["%y", "%d", "%d %Y", "%Y %Y", "%", "%m %b %Y"] {
            assert!(DateFormat::parse(bad).is_err(), "{bad}");
        }
    }
}
