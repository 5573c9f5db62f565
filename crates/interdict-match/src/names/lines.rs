//! Names that a payment message has broken into lines: the marks of lines go, and what a line break cut in two is left for
//! parts written together to find.

use std::borrow::Cow;

/// A name without the marks that payment messages put before its lines: `1/KIM SANG` and `1/MAN` of SWIFT's field 50F, the
/// account line of field 50K, and the code words of field 72.
pub(super) fn without_line_marks(name: &str) -> Cow<'_, str> {
    if !has_marks(name) {
        return Cow::Borrowed(name);
    }
    let lines = name.lines().map(|line| without_mark(line.trim())).filter(|line| !line.is_empty());
    Cow::Owned(lines.collect::<Vec<_>>().join(" "))
}

/// What stands before names in fields and remittance texts.
const MARKS: [&str; 12] = [
    "/NAME/",
    "/NM/",
    "NAME:",
    "NAME/",
    "BENEFICIARY:",
    "BENEF:",
    "BNF:",
    "/BNF/",
    "ORIGINATOR:",
    "ORDERING CUSTOMER:",
    "PAYEE:",
    "ATTN:",
];

fn has_marks(name: &str) -> bool {
    name.lines().any(|line| without_mark(line.trim()).len() < line.trim().len())
}

/// A line without `1/`, `/NAME/`, `//` or `NAME:` at its start.
fn without_mark(line: &str) -> &str {
    let after_digit = |line: &str| {
        let mut chars = line.chars();
        (chars.next().is_some_and(|char| char.is_ascii_digit()) && chars.next() == Some('/')).then_some(2)
    };
    if let Some(rest) = after_digit(line).and_then(|at| line.get(at..)).or_else(|| line.strip_prefix("//")) {
        return rest.trim_start();
    }
    for mark in MARKS {
        let start = line.get(..mark.len()).filter(|start| start.eq_ignore_ascii_case(mark));
        if let Some(rest) = start.and_then(|_| line.get(mark.len()..)) {
            return rest.trim_start();
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_lines_go() {
        for (name, expected) in [
            ("1/KIM SANG\n1/MAN", "KIM SANG MAN"),
            ("/NAME/KIM\r\n//SANG MAN", "KIM SANG MAN"),
            ("1/2 PRICE LTD", "2 PRICE LTD"),
            ("KIM\nSANG MAN", "KIM\nSANG MAN"),
            ("A/B Trading", "A/B Trading"),
        ] {
            assert_eq!(without_line_marks(name), expected);
        }
    }
}
