//! What does the free text of the consolidated list label? `(UN Ref):QDi.263.  (Website):www.example.org`, and in older
//! editions `UN Ref QDi.263.`

use super::columns::{What, fact};
use crate::table;
use crate::text::open_bracket;

/// The pieces of a text that have a label of a column of its own.
pub(super) fn labelled(text: &str) -> Vec<(What, String)> {
    let labels = labels(text);
    let mut found = Vec::new();
    for (idx, (label, _, start)) in labels.iter().enumerate() {
        let end = labels.get(idx + 1).map_or(text.len(), |next| next.1);
        let value = text.get(*start..end).unwrap_or_default().trim();
        if let Some(what) = fact(&table::key(label)) {
            let value = value.strip_suffix('.').unwrap_or(value);
            let value =
                if what == What::ReferenceOfUn { un_reference(value).unwrap_or(value) } else { value };
            found.push((what, value.to_owned()));
        }
    }
    if !found.iter().any(|(what, _)| *what == What::ReferenceOfUn) {
        found.extend(
            unlabelled_un_reference(text).map(|reference| (What::ReferenceOfUn, reference.to_owned())),
        );
    }
    found.retain(|(_, value)| value.contains(char::is_alphanumeric));
    found
}

/// The labels in brackets with a colon behind them: their words, where they begin, where their value begins.
fn labels(text: &str) -> Vec<(&str, usize, usize)> {
    let mut labels = Vec::new();
    for (colon, _) in text.match_indices("):") {
        let head = text.get(..colon).unwrap_or_default();
        // `Business Reg No (s)):` and `(HIN)):` hold brackets of their own.
        let open = open_bracket(head);
        if let Some(open) = open {
            labels.push((head.get(open + 1..).unwrap_or_default(), open, colon + 2));
        }
    }
    labels
}

/// `UN Ref QDe.004.`, `UN REF:QE.A.146.14.`, `UN Ref.KPI.067.`
fn unlabelled_un_reference(text: &str) -> Option<&str> {
    let at = text.to_ascii_lowercase().find("un ref")?;
    un_reference(text.get(at + "un ref".len()..)?.trim_start_matches(['.', ':', ' ']))
}

/// The reference at the beginning of a text: letters, dots and digits, as the UN writes them (`QDi.263`, `QE.A.146.14`).
fn un_reference(text: &str) -> Option<&str> {
    let word = text.split(|char: char| char.is_whitespace() || matches!(char, ',' | ';' | '(')).next()?;
    let word = word.trim_end_matches('.');
    let is_reference = word.contains('.')
        && word.len() <= 16
        && word.starts_with(|char: char| char.is_ascii_alphabetic())
        && word.ends_with(|char: char| char.is_ascii_digit());
    is_reference.then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(What, &str)]) {
        let found = labelled(text);
        let found: Vec<(What, &str)> = found.iter().map(|(what, text)| (*what, text.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn labels_and_references() {
        check(
            "(UK Sanctions List Ref):AQD0183 (UN Ref):QDi.263. Also known. (Further Information):Leads (QDe.118).  (Website):www.x.org",
            &[
                (What::ReferenceOfUk, "AQD0183"),
                (What::ReferenceOfUn, "QDi.263"),
                (What::Website, "www.x.org"),
            ],
        );
        check(
            "(Hull identification number (HIN)):77 (Current owner/operator (s)):Doe Shipping (IMO number):9074729",
            &[(What::Hull, "77"), (What::Owner, "Doe Shipping"), (What::Imo, "9074729")],
        );
        check("UN Ref QDe.004. Emir for the zone", &[(What::ReferenceOfUn, "QDe.004")]);
        check("Annex XIII. UN Ref.KPI.067.", &[(What::ReferenceOfUn, "KPI.067")]);
        check("UN REF:QE.A.146.14. Also", &[(What::ReferenceOfUn, "QE.A.146.14")]);
        check("UN Refugee agency. (see): ", &[]);
        check("):(:)):", &[]);
        check("", &[]);
    }
}
