//! How does a party stand under a regime on a day?

use serde::Serialize;

/// The answer for one party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Neither designated nor blocked through others.
    NotBlocked,
    /// What the sources say leaves it open: a share is unknown or a range, a date is not a day, a holder may be designated.
    Undetermined,
    /// Not designated itself, and blocked because of who owns or controls it.
    BlockedByOwnership,
    /// It may be a designated person: nobody has decided.
    PossiblyDesignated,
    /// Designated itself.
    Designated,
}

impl Standing {
    /// The same in words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotBlocked => "not blocked",
            Self::Undetermined => "undetermined",
            Self::BlockedByOwnership => "blocked",
            Self::PossiblyDesignated => "possibly designated",
            Self::Designated => "designated",
        }
    }

    /// The stable name: `blocked_by_ownership`.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotBlocked => "not_blocked",
            Self::Undetermined => "undetermined",
            Self::BlockedByOwnership => "blocked_by_ownership",
            Self::PossiblyDesignated => "possibly_designated",
            Self::Designated => "designated",
        }
    }
}
