//! Form and check digits of identifiers, each after the rule of its register. Input is letters and digits in upper case.

use super::{IdentifierKind, Validity};

/// What form and check digits of an identifier say. `value` is letters and digits in upper case.
pub(super) fn validity(kind: IdentifierKind, value: &str) -> Validity {
    match kind {
        IdentifierKind::Lei => {
            check(value.len() == 20 && is_alphanumeric(value), || mod_97(value) == Some(1))
        }
        IdentifierKind::Iban => {
            check((15..=34).contains(&value.len()) && is_alphanumeric(value), || iban(value))
        }
        IdentifierKind::Imo => {
            let digits = value.trim_start_matches("IMO");
            check(digits.len() == 7 && is_digits(digits), || imo_ship(digits) || imo_company(digits))
        }
        IdentifierKind::Inn => check(matches!(value.len(), 10 | 12) && is_digits(value), || inn(value)),
        IdentifierKind::Ogrn => check(matches!(value.len(), 13 | 15) && is_digits(value), || ogrn(value)),
        IdentifierKind::Uscc => check(value.len() == 18 && is_alphanumeric(value), || uscc(value)),
        IdentifierKind::Isin => check(value.len() == 12 && is_alphanumeric(value), || isin(value)),
        IdentifierKind::Bic => form(matches!(value.len(), 8 | 11) && is_bic(value)),
        IdentifierKind::Mmsi => form(value.len() == 9 && is_digits(value)),
        IdentifierKind::Duns => form(value.len() == 9 && is_digits(value)),
        IdentifierKind::Bik | IdentifierKind::Kpp => form(value.len() == 9 && is_alphanumeric(value)),
        IdentifierKind::Ssn => form(value.len() == 9 && is_digits(value)),
        _ => Validity::NotChecked,
    }
}

fn form(right: bool) -> Validity {
    if right { Validity::Valid } else { Validity::WrongForm }
}

fn check(form: bool, digits: impl FnOnce() -> bool) -> Validity {
    match form {
        false => Validity::WrongForm,
        true if digits() => Validity::Valid,
        true => Validity::WrongCheckDigit,
    }
}

fn is_digits(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_alphanumeric(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

/// The digits as numbers.
fn digits(value: &str) -> Vec<u32> {
    value.bytes().map(|byte| u32::from(byte.wrapping_sub(b'0'))).collect()
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// ISO 7064 MOD 97-10 over letters (A = 10 … Z = 35) and digits.
fn mod_97(value: &str) -> Option<u32> {
    value.chars().try_fold(0, |rest, char| {
        let number = char.to_digit(36)?;
        Some((rest * if number < 10 { 10 } else { 100 } + number) % 97)
    })
}

/// ISO 13616: the first four characters go to the end.
fn iban(value: &str) -> bool {
    let (head, tail) = value.split_at(4);
    mod_97(&format!("{tail}{head}")) == Some(1)
}

/// IMO Resolution A.1117(30): the six digits times 7 to 2; the last digit of the sum is the seventh.
fn imo_ship(value: &str) -> bool {
    let digits = digits(value);
    weighted(&digits[..6], &[7, 6, 5, 4, 3, 2]) % 10 == digits[6]
}

/// IMO company numbers (Resolution MSC.160(78)): the six digits times 8, 6, 4, 2, 9, 7; 11 less the rest of the sum by 11,
/// its last digit, is the seventh.
fn imo_company(value: &str) -> bool {
    let digits = digits(value);
    (11 - weighted(&digits[..6], &[8, 6, 4, 2, 9, 7]) % 11) % 10 == digits[6]
}

/// Russian Federal Tax Service order MMV-7-6/435@: control digits by weights, modulo 11, modulo 10.
fn inn(value: &str) -> bool {
    const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let digits = digits(value);
    let control = |n: usize| weighted(&digits[..n], &WEIGHTS[11 - n..]) % 11 % 10 == digits[n];
    if digits.len() == 10 { control(9) } else { control(10) && control(11) }
}

/// Russian government decree 438 of 2002: all digits but the last modulo 11 (13 digits) or 13 (15 digits), modulo 10.
fn ogrn(value: &str) -> bool {
    let (number, control) = value.split_at(value.len() - 1);
    let modulus = if value.len() == 13 { 11 } else { 13 };
    number.parse::<u64>().is_ok_and(|number| (number % modulus % 10).to_string() == control)
}

/// GB 32100-2015: 31 characters (no I, O, S, V, Z), weights are powers of 3 modulo 31.
fn uscc(value: &str) -> bool {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let position = |byte: u8| ALPHABET.iter().position(|&letter| letter == byte);
    let Some(numbers) = value.bytes().map(position).collect::<Option<Vec<_>>>() else { return false };
    let mut weight = 1;
    let mut sum = 0;
    for number in &numbers[..17] {
        sum += number * weight;
        weight = weight * 3 % 31;
    }
    (31 - sum % 31) % 31 == numbers[17]
}

/// ISO 6166: letters as two digits, then Luhn.
fn isin(value: &str) -> bool {
    let expanded: String =
        value.chars().filter_map(|char| char.to_digit(36)).map(|n| n.to_string()).collect();
    luhn(&expanded)
}

/// ISO/IEC 7812-1: every second digit from the right is doubled.
fn luhn(value: &str) -> bool {
    let doubled = |(idx, digit): (usize, u32)| match (idx % 2, digit * 2) {
        (0, _) => digit,
        (_, twice) => twice % 10 + twice / 10,
    };
    digits(value).into_iter().rev().enumerate().map(doubled).sum::<u32>() % 10 == 0
}

/// ISO 9362: four letters or digits, two letters for the country, two for the place, three for the branch.
fn is_bic(value: &str) -> bool {
    is_alphanumeric(value) && value.bytes().skip(4).take(2).all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_and_wrong_check_digits() {
        let cases = [
            (IdentifierKind::Lei, "253400V1H6ART1UQ0N98", Validity::Valid),
            (IdentifierKind::Lei, "253400V1H6ART1UQ0N99", Validity::WrongCheckDigit),
            (IdentifierKind::Lei, "253400", Validity::WrongForm),
            (IdentifierKind::Imo, "9074729", Validity::Valid),
            (IdentifierKind::Imo, "IMO9074729", Validity::Valid),
            (IdentifierKind::Imo, "9074728", Validity::WrongCheckDigit),
            (IdentifierKind::Inn, "7707083893", Validity::Valid),
            (IdentifierKind::Inn, "500100732259", Validity::Valid),
            (IdentifierKind::Inn, "7707083894", Validity::WrongCheckDigit),
            (IdentifierKind::Ogrn, "1027700132195", Validity::Valid),
            (IdentifierKind::Ogrn, "1027700132196", Validity::WrongCheckDigit),
            (IdentifierKind::Uscc, "91222401MA0Y31E659", Validity::Valid),
            (IdentifierKind::Uscc, "91222401MA0Y31E658", Validity::WrongCheckDigit),
            (IdentifierKind::Isin, "US0378331005", Validity::Valid),
            (IdentifierKind::Isin, "US0378331006", Validity::WrongCheckDigit),
            (IdentifierKind::Iban, "GB82WEST12345698765432", Validity::Valid),
            (IdentifierKind::Bic, "SABRRUMM", Validity::Valid),
            (IdentifierKind::Bic, "SABR1UMM", Validity::WrongForm),
            (IdentifierKind::Passport, "X", Validity::NotChecked),
        ];
        for (kind, value, expected) in cases {
            assert_eq!(validity(kind, value), expected, "{value}");
        }
    }

    #[test]
    fn nothing_panics() {
        for kind in IdentifierKind::ALL {
            for value in
                ["", "0", "ÄÖÜ", "IMO", "123456７", "Ω234567890123456789", "000000000000000000000000000"]
            {
                validity(*kind, value);
            }
        }
    }
}
