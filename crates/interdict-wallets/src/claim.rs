//! Who says what of an address? A list, an authority, an issuer or a tag: kinds of saying that are never mixed.

use serde::{Deserialize, Serialize};

use interdict_core::date::PartialDate;

use crate::confidence::Confidence;

/// What kind of saying it is, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// A sanctions list names the address.
    Sanctioned,
    /// A law-enforcement authority warns of it; that is no designation.
    Advisory,
    /// The issuer of a token has frozen it.
    IssuerFrozen,
    /// A tag attributes it to somebody, with a confidence. Whatever the tag is called, it is no list.
    Attributed,
}

impl Class {
    /// Every class, the gravest first.
    pub const ALL: [Self; 4] = [Self::Sanctioned, Self::Advisory, Self::IssuerFrozen, Self::Attributed];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sanctioned => "sanctioned",
            Self::Advisory => "advisory",
            Self::IssuerFrozen => "issuer_frozen",
            Self::Attributed => "attributed",
        }
    }
}

/// How a saying stands on the day that is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It holds on that day, or nothing says otherwise.
    InForce,
    /// It held before, and not on that day any more.
    Formerly,
    /// It holds only later.
    NotYet,
}

/// From when until when something is listed, as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Listed {
    /// When it was listed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<PartialDate>,
    /// The first day on which it is listed no more.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<PartialDate>,
}

impl Listed {
    /// How it stands on a day. Where a date is less exact than a day it counts as in force for all of the time that may be meant.
    pub fn standing(self, day: PartialDate) -> Standing {
        let (first, last) = day.bounds();
        if self.from.is_some_and(|from| from.bounds().0 > last) {
            Standing::NotYet
        } else if self.until.is_some_and(|until| until.bounds().1 <= first) {
            Standing::Formerly
        } else {
            Standing::InForce
        }
    }
}

/// The party that an address is of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Party {
    /// Its id.
    pub id: String,
    /// Its name.
    pub caption: String,
    /// Its kind: a FollowTheMoney schema.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub schema: String,
    /// What it is about: `sanction`, `crime.cyber` …
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub topics: Vec<String>,
    /// Under which programs it is listed.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub programs: Vec<String>,
}

/// What a tag says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tag {
    /// To whom it attributes the address, in words.
    pub label: String,
    /// What kind of service or person that is: `exchange`, `mixing_service` …
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub category: Option<String>,
    /// What abuse it was used for: `ransomware`, `sanction` …
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub abuse: Option<String>,
    /// The id of the actor in the actor packs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actor: Option<String>,
    /// How sure the maker of the tag is.
    pub confidence: Confidence,
    /// Where the maker has it from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub source: Option<String>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lastmod: Option<String>,
    /// All else that the tag says, by key.
    #[serde(skip_serializing_if = "serde_json::Map::is_empty", default)]
    pub notes: serde_json::Map<String, serde_json::Value>,
}

/// One saying about one address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// What kind of saying.
    pub class: Class,
    /// Where it is from: a place in the caller's table of lists and tag packs.
    pub origin: u32,
    /// The records that say it: ids of entities, or the line of a tag.
    pub records: Vec<String>,
    /// What the list calls the currency; a hint. Several where it names the address under several.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub labels: Vec<String>,
    /// Whose it is; more than one where several hold it together.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub parties: Vec<Party>,
    /// What the tag says, where it is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tag: Option<Tag>,
    /// From when until when.
    #[serde(default)]
    pub listed: Listed,
    /// How it stands on the day that the index is of.
    pub standing: Standing,
    /// Why it stands so, where versions of a list say it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub because: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<PartialDate> {
        text.parse().ok()
    }

    #[test]
    fn a_listing_has_a_first_day_and_a_day_after_the_last() {
        let listed = Listed { from: date("2022-08-08"), until: date("2025-03-21") };
        for (day, standing) in [
            ("2022-08-07", Standing::NotYet),
            ("2022-08-08", Standing::InForce),
            ("2025-03-20", Standing::InForce),
            ("2025-03-21", Standing::Formerly),
        ] {
            assert_eq!(listed.standing(day.parse().unwrap()), standing, "{day}");
        }
        let vague = Listed { from: date("2022-08"), until: date("2025") };
        assert_eq!(vague.standing("2022-08-01".parse().unwrap()), Standing::InForce);
        assert_eq!(vague.standing("2025-12-30".parse().unwrap()), Standing::InForce);
        assert_eq!(Listed::default().standing("1999-01-01".parse().unwrap()), Standing::InForce);
    }
}
