//! Country names as people and lists write them, turned into the codes of the FollowTheMoney model.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::model::{self, PropertyKind};

const OTHER_NAMES: &str = include_str!("../model/country_names.tsv");

/// The country code of a name, an ISO 3166-1 alpha-2 or alpha-3 code, or a code of the model. Case, blanks and
/// punctuation do not matter.
///
/// # Example
/// ```
/// use interdict_core::country;
/// for name in ["Korea, North", "KP", "PRK", "Democratic People's Republic of Korea"] {
///     assert_eq!(country::code(name), Some("kp"));
/// }
/// assert_eq!(country::code("Atlantis"), None);
/// ```
pub fn code(name: &str) -> Option<&'static str> {
    static CODES: OnceLock<Codes> = OnceLock::new();
    let codes = CODES.get_or_init(Codes::new);
    codes.as_written.get(name).or_else(|| codes.by_key.get(&key(name))).copied()
}

/// The name for people of a country code; the code itself when the model has none.
pub fn label(code: &str) -> &str {
    model::value(PropertyKind::Country, code).map_or(code, |(_, label)| label)
}

/// Every known name with its code. Nearly all names come as they are written in the tables, and then need no key.
#[derive(Default)]
struct Codes {
    as_written: HashMap<&'static str, &'static str>,
    by_key: HashMap<String, &'static str>,
}

impl Codes {
    fn new() -> Self {
        let mut codes = Self::default();
        for (code, label) in model::values(PropertyKind::Country) {
            codes.insert(code, code);
            codes.insert(label, code);
        }
        for line in OTHER_NAMES.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let code = fields.next().and_then(|code| model::value(PropertyKind::Country, code));
            if let Some((code, _)) = code {
                fields.for_each(|name| codes.insert(name, code));
            }
        }
        codes
    }

    fn insert(&mut self, name: &'static str, code: &'static str) {
        self.as_written.insert(name, code);
        self.by_key.insert(key(name), code);
    }
}

/// Letters and digits in lower case: what remains the same in all spellings of a name.
fn key(name: &str) -> String {
    name.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_a_code_of_the_model() {
        for line in OTHER_NAMES.lines().filter(|line| !line.starts_with('#')) {
            let given = line.split('\t').next().unwrap();
            assert!(model::value(PropertyKind::Country, given).is_some(), "{line}");
            for name in line.split('\t').skip(1) {
                assert_eq!(code(name), Some(given), "{name} has two codes");
            }
        }
    }

    #[test]
    fn spellings_that_lists_use() {
        for (name, expected) in [
            ("Democratic Republic of Congo", Some("cd")),
            ("République démocratique du Congo", Some("cd")),
            ("RDC", Some("cd")),
            ("(former USSR)", Some("suhh")),
            ("ex-URSS", Some("suhh")),
            ("Ukrainian SSR", Some("ua")),
            ("Former German Democratic Republic", Some("dd")),
            ("ex-Yugoslavia", Some("yucs")),
            ("Serbia and Montenegro", Some("csxx")),
            ("former Czechoslovakia", Some("cshh")),
            ("Mauritian", Some("mu")),
            ("Ukranian", Some("ua")),
            ("Afgan", Some("af")),
            ("Congolese", None),
            ("Netherlands Antilles", None),
        ] {
            assert_eq!(code(name), expected, "{name}");
        }
    }

    #[test]
    fn names_of_the_model_are_found_too() {
        for (code, label) in model::values(PropertyKind::Country) {
            assert_eq!(super::code(label), Some(code));
            assert_eq!(super::label(code), label);
        }
    }
}
