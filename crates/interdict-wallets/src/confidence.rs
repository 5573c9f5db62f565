//! How sure is the maker of a tag? The named levels of GraphSense's TagPacks, in their order.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The levels of GraphSense's taxonomy, with their numbers (`confidence.csv` of graphsense-tagpack-tool; `ledger_immanent` and
/// `forensic_investigation` are of its later versions).
const LEVELS: [(&str, u8); 14] = [
    ("override", 100),
    ("ownership", 100),
    ("ledger_immanent", 100),
    ("manual_transaction", 90),
    ("service_api", 70),
    ("forensic_investigation", 70),
    ("authority_data", 60),
    ("trusted_provider", 50),
    ("service_data", 50),
    ("forensic", 50),
    ("untrusted_transaction", 40),
    ("web_crawl", 20),
    ("heuristic", 10),
    ("unknown", 5),
];

/// A named level. It is ordered by its number, and by its name where two have the same number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub struct Confidence(Named);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Named {
    /// A place in [`LEVELS`].
    Known(usize),
    /// A name that the taxonomy does not have.
    Other(String),
}

impl Confidence {
    /// The level of a name. Any name is kept; one that is not of the taxonomy has no number.
    pub fn named(name: &str) -> Self {
        let known = LEVELS.iter().position(|(level, _)| *level == name);
        Self(known.map_or_else(|| Named::Other(name.to_owned()), Named::Known))
    }

    /// The level of a tag that says none.
    pub fn unknown() -> Self {
        Self::named("unknown")
    }

    /// The name.
    pub fn name(&self) -> &str {
        match &self.0 {
            Named::Known(place) => LEVELS.get(*place).map_or("unknown", |(name, _)| name),
            Named::Other(name) => name,
        }
    }

    /// The number, 0 to 100; none for a name that is not of the taxonomy.
    pub fn level(&self) -> Option<u8> {
        match &self.0 {
            Named::Known(place) => LEVELS.get(*place).map(|(_, level)| *level),
            Named::Other(_) => None,
        }
    }
}

impl Default for Confidence {
    fn default() -> Self {
        Self::unknown()
    }
}

impl Ord for Confidence {
    fn cmp(&self, other: &Self) -> Ordering {
        self.level().cmp(&other.level()).then_with(|| self.name().cmp(other.name()))
    }
}

impl PartialOrd for Confidence {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl From<Confidence> for String {
    fn from(confidence: Confidence) -> Self {
        confidence.name().to_owned()
    }
}

impl From<String> for Confidence {
    fn from(name: String) -> Self {
        Self::named(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_ordered_by_their_numbers_and_names_outside_come_last() {
        let mut names = ["web_crawl", "sure", "ownership", "unknown", "authority_data", "heuristic"];
        names.sort_by_key(|name| std::cmp::Reverse(Confidence::named(name)));
        assert_eq!(names, ["ownership", "authority_data", "web_crawl", "heuristic", "unknown", "sure"]);
        assert_eq!(Confidence::named("sure").level(), None);
        assert_eq!(String::from(Confidence::from("sure".to_owned())), "sure");
        assert_eq!(Confidence::named("service_api").level(), Some(70));
    }
}
