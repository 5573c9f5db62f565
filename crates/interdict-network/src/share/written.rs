//! Which share does a text mean? Numbers, ranges, comparisons, fractions and the few words that registers use.

use super::{Bound, PERCENT, Share, ShareRange};

/// A text that is no share, or none that can be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// The text has none of the known forms.
    #[error(
        "not a percentage: {0:?} (forms that are read: 50, 33.3 %, 25-50, >50, more than 25, 1/3, unknown)"
    )]
    Form(String),
    /// More than 100 percent, or less than nothing.
    #[error("a share is 0 to 100 percent, not {0:?}")]
    OutOfBounds(String),
    /// The range ends before it begins.
    #[error("no share lies in this range: {0}")]
    Backwards(String),
}

/// Longest text that is looked at, in bytes; the longest code of a register has some 90.
const TEXT_BYTES_MAX: usize = 200;

/// Largest denominator of a fraction.
const BELOW_MAX: u32 = 100;

type Word = (&'static str, fn() -> ShareRange);

/// Words that say all there is to say.
const WORDS: &[Word] = &[
    ("unknown", || ShareRange::UNKNOWN),
    ("not known", || ShareRange::UNKNOWN),
    ("n/a", || ShareRange::UNKNOWN),
    ("-", || ShareRange::UNKNOWN),
    ("majority", || ShareRange { min: Bound::open(Share::HALF), max: Bound::closed(Share::WHOLE) }),
    ("minority", || ShareRange { min: Bound::open(Share::NONE), max: Bound::open(Share::HALF) }),
    ("half", || ShareRange::exactly(Share::HALF)),
    ("wholly owned", || ShareRange::exactly(Share::WHOLE)),
    ("wholly", || ShareRange::exactly(Share::WHOLE)),
    ("whole", || ShareRange::exactly(Share::WHOLE)),
    ("all", || ShareRange::exactly(Share::WHOLE)),
];

/// Beginnings that make a number a lower bound, and whether it is open. The longer of two that begin alike comes first.
const AT_LEAST: &[(&str, bool)] = &[
    (">=", false),
    ("≥", false),
    ("at least ", false),
    ("not less than ", false),
    ("minimum ", false),
    ("min ", false),
    (">", true),
    ("more than ", true),
    ("over ", true),
    ("above ", true),
];

/// Beginnings that make a number an upper bound, and whether it is open.
const AT_MOST: &[(&str, bool)] = &[
    ("<=", false),
    ("≤", false),
    ("at most ", false),
    ("up to ", false),
    ("not more than ", false),
    ("no more than ", false),
    ("maximum ", false),
    ("max ", false),
    ("<", true),
    ("less than ", true),
    ("under ", true),
    ("below ", true),
];

/// What stands between the two ends of a range.
const BETWEEN: &[&str] = &[" up to ", " to ", "–", "—", "-", " and ", ".."];

pub(super) fn range(text: &str) -> Result<ShareRange, ShareError> {
    let shown = || text.chars().take(60).collect::<String>();
    if text.len() > TEXT_BYTES_MAX {
        return Err(ShareError::Form(shown()));
    }
    let plain = plain(text);
    if plain.is_empty() {
        return Ok(ShareRange::UNKNOWN);
    }
    if let Some((_, range)) = WORDS.iter().find(|(word, _)| *word == plain) {
        return Ok(range());
    }
    if let Some(exact) = number(&plain, &shown)? {
        return Ok(exact);
    }
    let plain = plain.strip_prefix("between ").unwrap_or(&plain);
    if let Some((min, rest)) = lower(plain, &shown)? {
        let max = match rest {
            "" => Bound::closed(Share::WHOLE),
            rest => upper(rest, &shown)?.ok_or_else(|| ShareError::Form(shown()))?,
        };
        return ShareRange::between(min, max).map_err(|_| ShareError::Backwards(shown()));
    }
    if let Some(max) = upper(plain, &shown)? {
        return ShareRange::between(Bound::closed(Share::NONE), max)
            .map_err(|_| ShareError::Backwards(shown()));
    }
    for between in BETWEEN {
        let Some((low, high)) = plain.split_once(between) else { continue };
        if let (Some(low), Some(high)) = (number(low.trim(), &shown)?, number(high.trim(), &shown)?) {
            return ShareRange::between(low.min(), high.max()).map_err(|_| ShareError::Backwards(shown()));
        }
    }
    Err(ShareError::Form(shown()))
}

/// Small letters, single blanks, without percent signs.
fn plain(text: &str) -> String {
    let text = text.to_lowercase().replace("per cent", " ").replace("percent", " ").replace(['%', '％'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A lower bound at the beginning, and what follows it (`, less than 50`, `up to 50`).
fn lower<'a>(text: &'a str, shown: &dyn Fn() -> String) -> Result<Option<(Bound, &'a str)>, ShareError> {
    let Some((rest, is_open)) = after(text, AT_LEAST) else { return Ok(None) };
    let end = rest.find(|sign: char| !sign.is_ascii_digit() && sign != '.').unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(end);
    let Some(least) = number(digits.trim_end_matches('.'), shown)? else { return Ok(None) };
    let rest = rest.trim_start_matches([',', ' ']);
    let rest = rest.strip_prefix("and ").or_else(|| rest.strip_prefix("but ")).unwrap_or(rest);
    Ok(Some((Bound { is_open, ..least.min() }, rest)))
}

fn upper(text: &str, shown: &dyn Fn() -> String) -> Result<Option<Bound>, ShareError> {
    let Some((rest, is_open)) = after(text, AT_MOST) else { return Ok(None) };
    Ok(number(rest, shown)?.map(|most| Bound { is_open: is_open || most.max().is_open, ..most.max() }))
}

fn after<'a>(text: &'a str, beginnings: &[(&str, bool)]) -> Option<(&'a str, bool)> {
    beginnings
        .iter()
        .find_map(|(beginning, is_open)| Some((text.strip_prefix(beginning)?.trim_start(), *is_open)))
}

/// A number or a fraction; `None` when it is neither.
fn number(text: &str, shown: &dyn Fn() -> String) -> Result<Option<ShareRange>, ShareError> {
    if let Some((above, below)) = text.split_once('/') {
        return fraction(above.trim(), below.trim(), shown);
    }
    if let Some(positive) = text.strip_prefix('-') {
        let is_number = decimal(positive).is_some();
        return if is_number { Err(ShareError::OutOfBounds(shown())) } else { Ok(None) };
    }
    let Some((units, is_cut)) = decimal(text) else { return Ok(None) };
    let units = units.filter(|&units| units < Share::WHOLE.0 || (units == Share::WHOLE.0 && !is_cut));
    let units = units.ok_or_else(|| ShareError::OutOfBounds(shown()))?;
    Ok(Some(neighbors(units, is_cut)))
}

/// Whole units, or what lies between them and the next when something is cut off behind them.
fn neighbors(units: u64, is_cut: bool) -> ShareRange {
    if is_cut {
        ShareRange { min: Bound::open(Share(units)), max: Bound::open(Share(units + 1)) }
    } else {
        ShareRange::exactly(Share(units))
    }
}

/// The units of a decimal number and whether digits behind them were cut off; units `None` when they are too many.
fn decimal(text: &str) -> Option<(Option<u64>, bool)> {
    // A comma is the decimal sign of half the world; a share has no thousands to part.
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = if whole.is_empty() { "0" } else { whole };
    if !is_digits(whole) || !is_digits(decimals) {
        return None;
    }
    let (kept, cut) = decimals.split_at(decimals.len().min(Share::DECIMALS));
    let is_cut = cut.bytes().any(|byte| byte != b'0');
    let kept: u64 = format!("{kept:0<12}").parse().ok()?;
    let units = whole.trim_start_matches('0');
    let units = if units.is_empty() { Some(0) } else { units.parse::<u64>().ok() };
    Some((units.and_then(|whole| whole.checked_mul(PERCENT)?.checked_add(kept)), is_cut))
}

/// A fraction of one.
fn fraction(above: &str, below: &str, shown: &dyn Fn() -> String) -> Result<Option<ShareRange>, ShareError> {
    let whole = |text: &str| text.parse::<u32>().ok();
    let (Some(above), Some(below)) = (whole(above), whole(below)) else { return Ok(None) };
    // `50/50` and `25/75` are how the halves of a joint venture are written, and a date or a case number may stand here too.
    let is_fraction = above < below || (above, below) == (1, 1);
    if !is_fraction || below > BELOW_MAX || above + below == 100 {
        return Err(ShareError::Form(shown()));
    }
    let units = u128::from(above) * u128::from(Share::WHOLE.0);
    let below = u128::from(below);
    let whole = u64::try_from(units / below).map_err(|_| ShareError::OutOfBounds(shown()))?;
    Ok(Some(neighbors(whole, units % below != 0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> String {
        text.parse::<ShareRange>().map_or_else(|error| format!("{error}"), |range| range.to_string())
    }

    #[test]
    fn exact_shares_stay_exact() {
        for (text, share) in [
            ("50", "50 %"),
            ("50.00 %", "50 %"),
            ("16.666666", "16.666666 %"),
            ("12,5", "12.5 %"),
            (".5", "0.5 %"),
            ("0.000000000001", "0.000000000001 %"),
            ("100%", "100 %"),
            ("050", "50 %"),
            ("1/4", "25 %"),
            ("1/1", "100 %"),
            ("99/100", "99 %"),
            ("half", "50 %"),
            ("33 per cent", "33 %"),
            ("10.0000000000000000", "10 %"),
        ] {
            assert_eq!(read(text), share, "{text}");
        }
    }

    #[test]
    fn ranges_keep_their_open_ends() {
        for (text, range) in [
            ("25-50", "25 to 50 %"),
            ("25% – 50%", "25 to 50 %"),
            ("between 25 and 50 percent", "25 to 50 %"),
            (">50", "more than 50 %"),
            ("more than 25 up to 50", "more than 25, at most 50 %"),
            (">= 75 %", "75 % or more"),
            ("more than 50%, less than 75%", "more than 50, less than 75 %"),
            ("<5", "0 to less than 5 %"),
            ("majority", "more than 50 %"),
            ("", "unknown"),
            ("unknown", "unknown"),
            ("more than 25% but not more than 50%", "more than 25, at most 50 %"),
            ("1/3", "more than 33.333333333333, less than 33.333333333334 %"),
            ("16.66666666666666", "more than 16.666666666666, less than 16.666666666667 %"),
        ] {
            assert_eq!(read(text), range, "{text}");
        }
    }

    #[test]
    fn what_is_no_share_is_refused() {
        for bad in [
            "101",
            "-5",
            "abc",
            "50-25",
            "3/2",
            "1/0",
            "0/0",
            "50/50",
            "25/75",
            "2/2",
            "7/2024",
            "51/49",
            "5 apples",
            "1e2",
            "NaN",
            "100.0000000000001",
            "25-",
            "٥٠",
            "50.5.5",
        ] {
            assert!(bad.parse::<ShareRange>().is_err(), "{bad}: {}", read(bad));
        }
        assert!("9".repeat(300).parse::<ShareRange>().is_err());
    }

    #[test]
    fn a_hull_holds_both() {
        let range = |text: &str| text.parse::<ShareRange>().unwrap();
        assert_eq!(range("40").hull(range("60")).to_string(), "40 to 60 %");
        assert_eq!(range(">40").hull(range("40")).to_string(), "40 % or more");
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,40}") {
            let _ = text.parse::<ShareRange>();
        }

        #[test]
        fn what_is_written_is_read(units in 0u64..=Share::WHOLE.0) {
            let share = Share(units);
            prop_assert_eq!(share.to_string().parse::<ShareRange>().unwrap().exact(), Some(share));
        }
    }
}
