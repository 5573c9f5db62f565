//! Which years of our calendar is a year of another one?
//!
//! Lists give a few births in the Hijri calendars. A year of theirs lies in two of ours, so the answer is a span.

use interdict_core::date::PartialDate;

/// From this year on, a year is one of our calendar whatever the source calls it: the Hijri calendars are not there yet.
const GREGORIAN_FROM: u16 = 1700;
/// The mean length of an Islamic year in years of ours, and the beginning of the year 1 (16 July 622), in millionths.
const LUNAR_YEAR_MILLIONTHS: u32 = 970_224;
const LUNAR_EPOCH_MILLIONTHS: u32 = 622_540_000;

/// A calendar by the name that a source gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Calendar {
    /// Ours.
    Gregorian,
    /// The Islamic one, by the moon.
    Lunar,
    /// The Iranian and Afghan one, by the sun: its year 1 began in March 622.
    Solar,
    /// One that is not known.
    Other,
}

impl Calendar {
    /// The calendar of that name; no name means ours.
    pub(crate) fn of(name: &str) -> Self {
        let name = name.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if name.trim().is_empty() || says(&["gregor"]) {
            Self::Gregorian
        } else if says(&["persian", "solar", "shamsi", "jalali", "iran", "afghan"]) {
            Self::Solar
        } else if says(&["islam", "hijri", "hijra", "lunar", "arab", "qamari"]) {
            Self::Lunar
        } else {
            Self::Other
        }
    }

    /// The span of our years in which a year of this calendar lies. `None` when it is not known.
    pub(crate) fn years(self, year: u16) -> Option<PartialDate> {
        let (from, until) = match self {
            _ if year >= GREGORIAN_FROM => (year, year),
            Self::Gregorian => (year, year),
            Self::Solar => (year.checked_add(621)?, year.checked_add(622)?),
            Self::Lunar => {
                let begin = LUNAR_EPOCH_MILLIONTHS + u32::from(year.checked_sub(1)?) * LUNAR_YEAR_MILLIONTHS;
                let year_of = |millionths: u32| u16::try_from(millionths / 1_000_000).ok();
                (year_of(begin)?, year_of(begin + LUNAR_YEAR_MILLIONTHS)?)
            }
            Self::Other => return None,
        };
        PartialDate::between(PartialDate::new(from, 0, 0).ok()?, PartialDate::new(until, 0, 0).ok()?).ok()
    }

    /// Whether a day and a month beside this year are those of our calendar.
    pub(crate) fn is_ours(self, year: u16) -> bool {
        self == Self::Gregorian || year >= GREGORIAN_FROM
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_other_calendars() {
        for (name, year, expected) in [
            ("GREGORIAN", 1965, Some("1965")),
            ("", 1965, Some("1965")),
            ("PERSIAN", 1345, Some("1966/1967")),
            ("Solar Hijri", 1340, Some("1961/1962")),
            ("ISLAMIC", 1400, Some("1979/1980")), // 21 November 1979 to 8 November 1980
            ("Hijri", 1379, Some("1959/1960")),   // 7 July 1959 to 25 June 1960
            ("ISLAMIC", 1965, Some("1965")),
            ("ISLAMIC", 0, None),
            ("Maya", 13, None),
        ] {
            let years = Calendar::of(name).years(year).map(|date| date.to_string());
            assert_eq!(years.as_deref(), expected, "{name} {year}");
        }
    }
}
