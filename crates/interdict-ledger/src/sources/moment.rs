//! Which second is a text? `2024-08-22 14:05:59`, with `T`, fraction and offset, a date alone, or seconds, milli-, micro- or
//! nanoseconds since 1970.

/// The last second of the year 9999: what is later was no moment.
const SECONDS_MAX: i64 = 253_402_300_799;

/// Seconds since 1970 (UTC where the text says no offset).
pub(super) fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return since_1970(text);
    }
    let text = text.strip_suffix("UTC").map_or(text, str::trim_end);
    let days = days(text.get(..10)?)?;
    let rest = text.get(10..)?;
    if rest.is_empty() {
        return Some(days * 86_400);
    }
    let clock = rest.strip_prefix([' ', 'T'])?;
    let (clock, offset) = split_offset(clock)?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut parts = clock.split(':');
    let mut part = |below| two(parts.next()?, below);
    let (hours, minutes) = (part(24)?, part(60)?);
    let seconds = parts.next().map_or(Some(0), |text| two(text, 61))?;
    parts.next().is_none().then_some(days * 86_400 + hours * 3_600 + minutes * 60 + seconds - offset)
}

/// Digits tell the unit: from 2001 until the year 2286 seconds have 10, milliseconds 13, microseconds 16 and nanoseconds 19.
fn since_1970(digits: &str) -> Option<i64> {
    let digits = digits.trim_start_matches('0');
    let number: i64 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
    let seconds = match digits.len() {
        0..=12 => number,
        13..=15 => number / 1_000,
        16 => number / 1_000_000,
        19 => number / 1_000_000_000,
        _ => return None,
    };
    (seconds <= SECONDS_MAX).then_some(seconds)
}

fn two(text: &str, below: i64) -> Option<i64> {
    let is_two = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| is_two)?;
    (number < below).then_some(number)
}

/// The clock, and how many seconds it is ahead of UTC.
fn split_offset(clock: &str) -> Option<(&str, i64)> {
    if let Some(clock) = clock.strip_suffix('Z') {
        return Some((clock, 0));
    }
    let Some(at) = clock.rfind(['+', '-']) else { return Some((clock, 0)) };
    let (clock, offset) = clock.split_at_checked(at)?;
    let (sign, offset) = offset.split_at_checked(1)?;
    let hours = two(offset.get(..2)?, 24)?;
    let minutes = match offset.get(2..)?.trim_start_matches(':') {
        "" => 0,
        minutes => two(minutes, 60)?,
    };
    let seconds = hours * 3_600 + minutes * 60;
    Some((clock, if sign == "-" { -seconds } else { seconds }))
}

/// Days from 1970 to a date `2024-08-22` of the Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms").
fn days(text: &str) -> Option<i64> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.strip_prefix('-')?.split_once('-')?;
    if !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, month, day): (i64, i64, i64) = (year.parse().ok()?, two(month, 13)?, two(day, 32)?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if month == 0 || day == 0 || day > longest {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let second = Some(1_724_335_559);
        for text in [
            "2024-08-22 14:05:59",
            "2024-08-22T14:05:59+00:00",
            "2024-08-22T14:05:59Z",
            "2024-08-22 14:05:59.123 UTC",
            "2024-08-22T16:05:59+02:00",
            "2024-08-22T09:35:59-0430",
            "1724335559",
            "1724335559999",
            "1724335559999999",
            "1724335559999999999",
            "01724335559",
        ] {
            assert_eq!(parse(text), second, "{text}");
        }
        assert_eq!(
            (parse("1970-01-01"), parse("2000-03-01 00:00"), parse("0")),
            (Some(0), Some(951_868_800), Some(0))
        );
    }

    #[test]
    fn no_moments() {
        for text in [
            "",
            "yesterday",
            "2024-02-30",
            "2024-13-01",
            "2024-08-22 25:00:00",
            "2024-08-22 1:00",
            "22.08.2024",
            "2024-08-22T",
            "253402300800",
            "253402300800000",
            "17243355599999999",
            "172433555999999999",
            "99999999999999999999",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
