//! Which whole number of smallest units is a decimal text? Exactly, however the text is written: `1e-05`, `347.55300000000005`.

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum DecimalFault {
    #[error("the value is no decimal number")]
    NotANumber,
    #[error("the value has a comma: decimals stand behind a point, and nothing stands between thousands")]
    Comma,
    #[error("the value is below zero")]
    Negative,
    #[error("the value is beyond 128 bits")]
    TooLarge,
}

/// An amount, and whether digits behind its last decimal were rounded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    pub units: u128,
    pub is_rounded: bool,
}

/// Longest exponent that is read; beyond it every number is zero or too large.
const EXPONENT_DIGITS_MAX: usize = 5;

/// Reads a text with so many decimals. What is beyond is rounded, half a unit up.
pub(super) fn parse(text: &str, decimals: u8) -> Result<Amount, DecimalFault> {
    let text = text.trim();
    let (text, is_negative) = match text.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (text.strip_prefix('+').unwrap_or(text), false),
    };
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, read_exponent(exponent)?),
        None => (text, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = whole.len() + fraction.len() > 0
        && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    if !is_number {
        let is_comma = text.contains(',') && parse(&text.replace(',', ""), 0).is_ok();
        return Err(if is_comma { DecimalFault::Comma } else { DecimalFault::NotANumber });
    }
    let fraction_len = i64::try_from(fraction.len()).map_err(|_| DecimalFault::NotANumber)?;
    let amount =
        scaled(whole.bytes().chain(fraction.bytes()), exponent - fraction_len + i64::from(decimals))?;
    if is_negative && amount.units > 0 {
        return Err(DecimalFault::Negative);
    }
    Ok(amount)
}

/// Whether a text says anything behind the point, so that its column is not of whole numbers.
pub(super) fn has_fraction(text: &str) -> bool {
    text.contains(['.', 'e', 'E'])
}

fn read_exponent(text: &str) -> Result<i64, DecimalFault> {
    let digits = text.trim_start_matches(['+', '-']);
    let is_number = text.len() <= digits.len() + 1 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if digits.is_empty() || !is_number || digits.len() > EXPONENT_DIGITS_MAX {
        return Err(DecimalFault::NotANumber);
    }
    text.parse().map_err(|_| DecimalFault::NotANumber)
}

/// The digits times ten to the power.
fn scaled(digits: impl Iterator<Item = u8>, power: i64) -> Result<Amount, DecimalFault> {
    let digits: Vec<u8> = digits.skip_while(|&digit| digit == b'0').collect();
    let n_digits = i64::try_from(digits.len()).map_err(|_| DecimalFault::TooLarge)?;
    let kept = usize::try_from((n_digits + power.min(0)).max(0)).map_err(|_| DecimalFault::TooLarge)?;
    let mut units = 0_u128;
    let push = |units: u128, digit: u8| units.checked_mul(10)?.checked_add(u128::from(digit - b'0'));
    for &digit in digits.iter().take(kept) {
        units = push(units, digit).ok_or(DecimalFault::TooLarge)?;
    }
    let zeros = if units == 0 { 0 } else { power.max(0) };
    for _ in 0..zeros {
        units = push(units, b'0').ok_or(DecimalFault::TooLarge)?;
    }
    let is_rounded = digits.iter().skip(kept).any(|&digit| digit != b'0');
    // The digit behind the last kept one decides; where even it is beyond the first digit, it is a zero.
    let is_up = n_digits + power >= 0 && digits.get(kept).is_some_and(|&digit| digit >= b'5');
    let units = if is_up { units.checked_add(1).ok_or(DecimalFault::TooLarge)? } else { units };
    Ok(Amount { units, is_rounded })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str, decimals: u8) -> Result<u128, DecimalFault> {
        parse(text, decimals).map(|amount| amount.units)
    }

    #[test]
    fn texts_of_any_form() {
        assert_eq!(units("347.55300000000005", 18), Ok(347_553_000_000_000_050_000));
        assert_eq!(
            (units("1e-05", 18), units("1.5E+3", 2), units("0.0", 18)),
            (Ok(10_000_000_000_000), Ok(150_000), Ok(0))
        );
        assert_eq!(
            (units("007", 0), units(".5", 1), units("5.", 1), units("-0", 3)),
            (Ok(7), Ok(5), Ok(50), Ok(0))
        );
        assert_eq!(units("340282366920938463463374607431768211455", 0), Ok(u128::MAX));
        assert_eq!(units("0e99999", 18), Ok(0));
    }

    #[test]
    fn what_is_beyond_the_decimals_is_rounded_and_said() {
        assert_eq!(parse("1.25", 1), Ok(Amount { units: 13, is_rounded: true }));
        assert_eq!(parse("0.05", 1), Ok(Amount { units: 1, is_rounded: true }));
        assert_eq!(parse("0.005", 1), Ok(Amount { units: 0, is_rounded: true }));
        assert_eq!(parse("9.99", 1), Ok(Amount { units: 100, is_rounded: true }));
        assert_eq!(parse("1.20", 1), Ok(Amount { units: 12, is_rounded: false }));
        assert_eq!(parse("6e-20", 18), Ok(Amount { units: 0, is_rounded: true }));
    }

    #[test]
    fn no_amounts() {
        for text in ["", ".", ",", "0x10", "1e", "1e+-5", "nan", "1.2.3", "1e999999", "٣"] {
            assert_eq!(units(text, 18), Err(DecimalFault::NotANumber), "{text}");
        }
        for text in ["1,5", "1,234.50", "-1.234,50"] {
            assert_eq!(units(text, 18), Err(DecimalFault::Comma), "{text}");
        }
        assert_eq!(units("-1", 0), Err(DecimalFault::Negative));
        assert_eq!(units("340282366920938463463374607431768211456", 0), Err(DecimalFault::TooLarge));
        assert_eq!(units("1e40", 0), Err(DecimalFault::TooLarge));
    }
}
