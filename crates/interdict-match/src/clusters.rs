//! Which parties of the lists in force are one? Links between them with reasons, and clusters that follow from the links and
//! from what people decided. Nothing is merged: every party stays what its list says.
//!
//! [`links()`] compares the parties of an index once, with [`Clusters::new`] decisions of people go over it. What is linked, and
//! what never, is told in `docs/clusters.md`.

mod decisions;
mod evidence;
mod facts;
mod grouping;
mod identifiers;
mod linking;
mod names;
mod references;
mod verdict;

use serde::{Deserialize, Serialize};

pub use decisions::{Action, Decision, Decisions};
pub use grouping::{Clusters, Refusal};
pub use linking::{LINKS_VERSION, between, links};

/// What is said of two parties. Of a pair without a link it is said that they are not one, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They are one.
    Same,
    /// They may be one: somebody should look.
    Possible,
}

/// Two parties that are one, or may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The number of the one in the index, the smaller.
    pub a: u32,
    /// The number of the other.
    pub b: u32,
    /// What is said of them.
    pub verdict: Verdict,
    /// How alike their names are.
    pub points: i32,
    /// What speaks for it, the strongest first.
    pub reasons: Vec<Reason>,
    /// What forbids it; then it is never more than possible.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<Reason>,
}

/// One thing that speaks for two parties being one, or against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What it is.
    pub rule: Rule,
    /// What the one party has.
    pub a: String,
    /// What the other has.
    pub b: String,
}

impl Reason {
    fn new(rule: Rule, a: &str, b: &str) -> Self {
        Self { rule, a: a.to_owned(), b: b.to_owned() }
    }
}

/// What a reason says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Both lists have it under one id.
    SameId,
    /// One list names the other's id.
    NamesTheOther,
    /// Both give the same permanent reference number of the United Nations.
    ReferenceNumber,
    /// A text of the one mentions the reference number of the other.
    Mention,
    /// Both have an identifier.
    Identifier,
    /// Their names are alike.
    Name,
    /// Both were born, founded or built on one day.
    SameDay,
    /// Their dates may be one.
    DatesCompatible,
    /// Their dates differ as dates do that were mistyped.
    DateSlip,
    /// One gives a year without a day, and the other date is some years away, as estimates are.
    NearYears,
    /// Both have a country.
    SameCountry,
    /// They are of two kinds.
    OtherKind,
    /// They are of two genders.
    OtherGender,
    /// They were born on two days.
    OtherDate,
    /// They have two numbers of a kind of which everybody has one.
    OtherIdentifier,
    /// One list has both, and gives them no identifier in common.
    OneList,
    /// Somebody decided that they are two.
    Decided,
    /// The cluster would be larger than any can be.
    TooMany,
}

impl Rule {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::SameId => "both lists have it under one id",
            Self::NamesTheOther => "one list names the other's id",
            Self::ReferenceNumber => "the same UN reference number",
            Self::Mention => "one mentions the UN reference number of the other",
            Self::Identifier => "an identifier in common",
            Self::Name => "names",
            Self::SameDay => "the same day",
            Self::DatesCompatible => "dates that may be one",
            Self::DateSlip => "dates that differ by a slip",
            Self::NearYears => "estimated years that are near each other",
            Self::SameCountry => "a country in common",
            Self::OtherKind => "two kinds of party",
            Self::OtherGender => "two genders",
            Self::OtherDate => "two birth dates",
            Self::OtherIdentifier => "two identifiers of a kind of which everybody has one",
            Self::OneList => "one list has both",
            Self::Decided => "decided to be two",
            Self::TooMany => "too many parties for one",
        }
    }
}
