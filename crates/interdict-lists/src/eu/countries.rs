//! Which country does a part of a record name?

use std::borrow::Cow;

use interdict_core::country;
use interdict_core::entity::Entity;

use super::party::value;
use crate::reading::Log;
use crate::xml::Element;

/// Spellings of this list besides those that are known everywhere.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("BOSNIA AND HERZEGOWINA", "ba"),
    ("CONGO, Democratic Republic of (was Zaire)", "cd"),
    ("CONGO, People's Republic of", "cg"),
    ("IRAN (ISLAMIC REPUBLIC OF)", "ir"),
    ("KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF", "kp"),
    ("KOREA, REPUBLIC OF", "kr"),
    ("LIBYAN ARAB JAMAHIRIYA", "ly"),
    ("MACEDONIA, THE FORMER YUGOSLAV REPUBLIC OF", "mk"),
    ("MOLDOVA, REPUBLIC OF", "md"),
    ("PALESTINIAN TERRITORY, Occupied", "ps"),
    ("SERBIA AND MONTENEGRO", "csxx"),
    ("TAIWAN, PROVINCE OF CHINA", "tw"),
    ("TANZANIA, UNITED REPUBLIC OF", "tz"),
    ("VIRGIN ISLANDS (BRITISH)", "vg"),
];
/// Codes that this list uses in its own way.
const OTHER_CODES: &[(&str, &str)] = &[("CS", "csxx"), ("UK", "gb"), ("EL", "gr"), ("XK", "xk")];

/// What a part says of its country.
pub(super) struct Country<'e> {
    /// Its code, when it is known.
    pub(super) code: Option<&'static str>,
    /// Its name as published; none when it is said to be unknown.
    pub(super) name: Option<Cow<'e, str>>,
}

impl<'e> Country<'e> {
    /// The country of an element with `countryIso2Code` and `countryDescription`.
    pub(super) fn of(element: &'e Element<'_>) -> Self {
        let is_unknown = |text: &str| text == "00" || text.eq_ignore_ascii_case("unknown");
        let name = value(element, "countryDescription").filter(|name| !is_unknown(name));
        let given = value(element, "countryIso2Code").filter(|code| !is_unknown(code));
        let code = given.as_deref().and_then(code_of).or_else(|| name.as_deref().and_then(code_of));
        Self { code, name: name.or(given) }
    }

    /// The name for people: that of the code, or as published.
    pub(super) fn label(&self) -> Option<&str> {
        self.code.map(country::label).or(self.name.as_deref())
    }

    /// Adds the country to a property; one that is not known is noted and kept.
    pub(super) fn put(&self, log: &mut Log, entity: &mut Entity, property: &str) {
        if let Some(text) = self.code.or(self.name.as_deref()) {
            log.put_country(entity, property, text);
        }
    }
}

/// The code of a country by its name or code.
pub(super) fn code_of(text: &str) -> Option<&'static str> {
    let known = OTHER_CODES.iter().chain(OTHER_NAMES).find(|(name, _)| name.eq_ignore_ascii_case(text));
    known.map(|(_, code)| *code).or_else(|| country::code(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_of_the_model() {
        for (name, code) in OTHER_NAMES.iter().chain(OTHER_CODES) {
            assert_eq!(country::code(code), Some(*code), "{name}");
        }
    }
}
