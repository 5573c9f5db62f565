//! One number of a register as a clause gives it: `C 50905 (Malta) issued 08 May 2009 expires 07 May 2010`.

use interdict_core::country;
use interdict_core::date::PartialDate;
use interdict_core::identifier::{Identifier, IdentifierKind, Validity};

use super::dates;
use super::rules::Register;
use crate::text::open_bracket;

/// What a clause says of one number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number<'a> {
    /// The number as published.
    pub(super) value: &'a str,
    /// Words in front of the number that say more of its register: `(USCC)`, `RNE`.
    pub(super) qualifier: Option<&'a str>,
    /// The name of the country that issued it.
    pub(super) country: Option<&'a str>,
    pub(super) issued: Option<PartialDate>,
    pub(super) expires: Option<PartialDate>,
    /// What else stands behind it: words in parentheses, `under the name …`.
    pub(super) remark: Option<&'a str>,
}

/// The number in the text behind a label; `None` when the text is no number but a sentence.
pub(super) fn parse(text: &str, register: Register) -> Option<Number<'_>> {
    let text = without_designators(text);
    let (text, expires, _) = dated(text, " expires ");
    let (text, issued, issue) = dated(text, " issued ");
    let (text, country, parentheses) = without_parentheses(text);
    let remark = parentheses.or(issue);
    let (text, qualifier) = without_qualifier(text);
    let value = text.trim().trim_end_matches(['.', ',']);
    let is_number = if needs_digit(register) { has_digit(value) } else { !value.is_empty() };
    let is_sentence =
        value.split(' ').any(|word| word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase()));
    (is_number && !is_sentence && value.len() <= 120).then_some(Number {
        value,
        qualifier,
        country,
        issued,
        expires,
        remark,
    })
}

fn needs_digit(register: Register) -> bool {
    !matches!(
        register,
        Register::Kind(IdentifierKind::Bic | IdentifierKind::Registration)
            | Register::Property("registrationNumber")
    )
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// The text without the `No.`, `Number`, `#` or colon that stands between the label and the number.
fn without_designators(text: &str) -> &str {
    let mut text = text.trim_start_matches([' ', ':', '#']);
    for word in ["Number", "No.", "No", "number"] {
        if let Some(rest) = text.strip_prefix(word).filter(|rest| !rest.starts_with(char::is_alphanumeric)) {
            text = rest.trim_start_matches([' ', ':', '#']);
            break;
        }
    }
    text
}

/// The text in front of ` issued <date>`, and the date; in place of it what stands there when it is no date.
fn dated<'a>(text: &'a str, word: &str) -> (&'a str, Option<PartialDate>, Option<&'a str>) {
    let Some((head, tail)) = text.rsplit_once(word) else { return (text, None, None) };
    match dates::parse(tail) {
        Some(date) => (head.trim_end(), Some(date), None),
        None if word == " issued " => (head.trim_end(), None, Some(tail)),
        None => (text, None, None),
    }
}

/// The text without what stands in parentheses at its end: the country, and perhaps one remark more.
fn without_parentheses(text: &str) -> (&str, Option<&str>, Option<&str>) {
    let Some((head, last)) = last_parentheses(text) else { return (text, None, None) };
    if country::code(last).is_none() && head.is_empty() {
        return (last, None, None); // the number itself is in parentheses
    }
    match last_parentheses(head) {
        Some((number, remark)) if has_digit(number) => (number, Some(last), Some(remark)),
        _ => (head, Some(last), None),
    }
}

fn last_parentheses(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_end().strip_suffix(')')?;
    let start = open_bracket(inner)?;
    let head = inner.get(..start)?;
    let stands_alone = head.is_empty() || head.ends_with(' '); // not so in `IT022428/2014(G)`
    stands_alone.then_some((head.trim_end(), inner.get(start + 1..)?.trim()))
}

/// The text without `(USCC)` or `RNE:` in front.
fn without_qualifier(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    let in_parentheses = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    if let Some((qualifier, rest)) = in_parentheses.filter(|(qualifier, _)| !has_digit(qualifier))
        && !rest.trim().is_empty()
    {
        return (rest.trim(), Some(qualifier));
    }
    match text.split_once(": ") {
        Some((word, rest)) if !word.is_empty() && !word.contains(' ') && !has_digit(word) => {
            (rest.trim(), Some(word))
        }
        _ => (text, None),
    }
}

/// The kind of a number and what its check digits say. The label gives the kind, except where the number itself is of a
/// register with a form of its own: an IMO number, the Russian registers.
pub(super) fn identify(label: &str, kind: IdentifierKind, number: &Number<'_>) -> Identifier {
    let value = number.value;
    let has_form = |kind| Identifier::new(kind, value).validity != Validity::WrongForm;
    let is_imo = value.starts_with("IMO ")
        || label.starts_with("Vessel Registration")
            && Identifier::new(IdentifierKind::Imo, value).validity == Validity::Valid;
    let is_russian = number.country.and_then(country::code) == Some("ru");
    let kind = match kind {
        _ if is_imo => IdentifierKind::Imo,
        IdentifierKind::TaxNumber if is_russian && has_form(IdentifierKind::Inn) => IdentifierKind::Inn,
        IdentifierKind::Registration if is_russian && label.starts_with("Government Gazette") => {
            IdentifierKind::Okpo // OFAC's name for the number of the Russian statistics register
        }
        IdentifierKind::Registration if is_russian && has_form(IdentifierKind::Ogrn) => IdentifierKind::Ogrn,
        kind => kind,
    };
    Identifier::new(kind, value)
}

/// A clause of no known label that is a number all the same: words with a designator, a number with digits, a country.
pub(super) fn unlisted(clause: &str) -> Option<(&str, Number<'_>)> {
    const DESIGNATORS: [&str; 10] = [
        " Number ",
        " number ",
        " No. ",
        " ID ",
        " Code ",
        " Card ",
        " Document ",
        " License ",
        " Permit ",
        " # ",
    ];
    let (at, designator) = DESIGNATORS.iter().filter_map(|word| Some((clause.find(word)?, word))).min()?;
    let (label, rest) = clause.split_at_checked(at + designator.len())?;
    let number = parse(rest, Register::Kind(IdentifierKind::NationalId))?;
    let has_country = number.country.is_some_and(|name| country::code(name).is_some());
    (has_country && label.split(' ').count() <= 8).then_some((label.trim(), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let number = parse(text, Register::Kind(IdentifierKind::NationalId));
        let shown = number.map_or("none".to_owned(), |number| {
            let parts = [
                Some(number.value.to_owned()),
                number.qualifier.map(|text| format!("qualifier={text}")),
                number.country.map(|text| format!("country={text}")),
                number.issued.map(|date| format!("issued={date}")),
                number.expires.map(|date| format!("expires={date}")),
                number.remark.map(|text| format!("remark={text}")),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" | ")
        });
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn numbers_with_what_stands_around_them() {
        check(" 1084010 (Egypt)", "1084010 | country=Egypt");
        check(
            " 109420132 (Korea, North) issued 16 Oct 2019 expires 16 Oct 2024",
            "109420132 | country=Korea, North | issued=2019-10-16 | expires=2024-10-16",
        );
        check(" # 800018928-0 (Colombia)", "800018928-0 | country=Colombia");
        check(" (USCC) 9113100033607322XK (China)", "9113100033607322XK | qualifier=USCC | country=China");
        check(" No.: 44", "44");
        check(" (5777731)", "5777731");
        check(" HRA 738077 (Stuttgart) (Germany)", "HRA 738077 | country=Germany | remark=Stuttgart");
        check(" RNE: W031645-8 (Brazil)", "W031645-8 | qualifier=RNE | country=Brazil");
        check(" IT022428/2014(G)", "IT022428/2014(G)");
        check(" 4117921 issued under the name X", "4117921 | remark=under the name X");
        check(" 467323, Doc. 694710 (Panama)", "467323, Doc. 694710 | country=Panama");
    }

    #[test]
    fn sentences_are_no_numbers() {
        for text in [
            " issued in Sarajevo, Bosnia-Herzegovina",
            " is issued by the State of Texas",
            " place of issue: 5",
            "",
            " issued 21 Jun 1992 in Amman, Jordan",
            " and National ID were issued 5",
            "()",
            "(((",
            ")))",
        ] {
            check(text, "none");
        }
    }

    #[test]
    fn unlisted_registers_need_a_country() {
        let label = |clause| unlisted(clause).map(|(label, number)| (label, number.value));
        assert_eq!(label("Fishing Licence Number 77 (Peru)"), Some(("Fishing Licence Number", "77")));
        assert_eq!(label("Commander of Unit No. 77"), None);
        assert_eq!(label("Head of Department Number 5 (Planning)"), None);
    }
}
