//! What makes a party blocked under each regime? The rules as values, with their sources; no graph is walked here.
//!
//! | | OFAC | EU | UK |
//! |---|---|---|---|
//! | ownership | 50 percent or more | 50 percent or more | more than 50 percent |
//! | holders together | all blocked persons | all listed persons | each alone, and those of a joint arrangement |
//! | control | no (but of blocked governments) | yes | yes |
//!
//! Sources: OFAC, Revised Guidance on Entities Owned by Persons Whose Property and Interests in Property Are Blocked (13 August 2014) and
//! FAQ 398 to 402; Council of the European Union, Best Practices for the effective implementation of restrictive measures (11623/24,
//! 3 July 2024), sections on ownership and control; the Russia (Sanctions) (EU Exit) Regulations 2019, regulation 7 and Schedule 1, after
//! which the other UK regulations are made.

use serde::Serialize;

use crate::interest::{Day, InterestKind};
use crate::share::{Bound, Share};

/// Best Practices of 3 July 2024, in place of those of 4 May 2018 (8519/18).
const EU_AT_LEAST_HALF_SINCE: Day = Day::on(2024, 7, 3);
/// The end of the transition: 11 p.m. of 31 December 2020, European Union (Withdrawal Agreement) Act 2020, section 39.
const UK_ALONE_SINCE: Day = Day::on(2021, 1, 1);

/// Whose sanctions are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// Office of Foreign Assets Control, United States.
    Ofac,
    /// Council of the European Union.
    Eu,
    /// Office of Financial Sanctions Implementation, United Kingdom.
    Uk,
}

impl Regime {
    /// All regimes.
    pub const ALL: [Self; 3] = [Self::Ofac, Self::Eu, Self::Uk];

    /// The stable name: `ofac`, `eu`, `uk`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ofac => "ofac",
            Self::Eu => "eu",
            Self::Uk => "uk",
        }
    }

    /// The rules that it had on a day.
    ///
    /// The EU counts from 50 percent since 3 July 2024; before, it was more than 50. Until the end of 2020 the rules of the EU were those
    /// of the United Kingdom. OFAC's are those of its guidance of 2014 on every day.
    pub fn policy_on(self, day: Day) -> Policy {
        match self {
            Self::Uk if day < UK_ALONE_SINCE => Self::Eu.policy_on(day),
            Self::Eu if day < EU_AT_LEAST_HALF_SINCE => {
                Policy { threshold: Threshold::MoreThanHalf, ..self.policy() }
            }
            _ => self.policy(),
        }
    }

    /// The days from which [`Regime::policy_on`] gives other rules than on the day before.
    pub(crate) fn rules_changed_on(self) -> impl Iterator<Item = Day> {
        match self {
            Self::Ofac => None,
            Self::Eu => Some(EU_AT_LEAST_HALF_SINCE),
            Self::Uk => Some(UK_ALONE_SINCE),
        }
        .into_iter()
    }

    /// Its rules of today.
    pub fn policy(self) -> Policy {
        match self {
            Self::Ofac => Policy {
                threshold: Threshold::AtLeastHalf,
                holders: Holders::Together,
                control: ControlRule::DoesNotBlock,
            },
            Self::Eu => Policy {
                threshold: Threshold::AtLeastHalf,
                holders: Holders::Together,
                control: ControlRule::Blocks,
            },
            Self::Uk => Policy {
                threshold: Threshold::MoreThanHalf,
                holders: Holders::EachAlone,
                control: ControlRule::Blocks,
            },
        }
    }
}

/// The rules of a regime, or rules of one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// How much must be held.
    pub threshold: Threshold,
    /// By whom.
    pub holders: Holders,
    /// Whether control is enough.
    pub control: ControlRule,
}

/// How much must be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    /// 50 percent or more.
    AtLeastHalf,
    /// More than 50 percent.
    MoreThanHalf,
}

/// Whose holdings are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holders {
    /// Those of all blocked parties.
    Together,
    /// Those of one designated person and of what that person owns or controls; with others only in a joint arrangement.
    EachAlone,
}

/// Whether control is enough without ownership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ControlRule {
    /// It is not: OFAC FAQ 398. It is told as a caution.
    DoesNotBlock,
    /// It is.
    Blocks,
}

/// What an interest does under a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Treatment {
    /// Its share is added up.
    Share,
    /// Its share may count: it can be that of a chain that is not told.
    PossibleShare,
    /// Its votes are added up; more than half of them is control.
    Votes,
    /// It is control.
    Control,
    /// It may be control.
    PossibleControl,
    /// It blocks nothing.
    Nothing,
}

impl Policy {
    pub(crate) fn treatment(self, kind: InterestKind) -> Treatment {
        use InterestKind as Kind;
        match (kind, self.control) {
            (Kind::Shares, _) => Treatment::Share,
            (Kind::IndirectShares, _) | (Kind::OwnsOrControls, ControlRule::DoesNotBlock) => {
                Treatment::PossibleShare
            }
            (Kind::VotingRights, ControlRule::Blocks) => Treatment::Votes,
            (Kind::AppointsBoard | Kind::Controls | Kind::Commands, ControlRule::Blocks) => {
                Treatment::Control
            }
            (Kind::OwnsOrControls, ControlRule::Blocks) => Treatment::PossibleControl,
            _ => Treatment::Nothing,
        }
    }
}

impl Threshold {
    /// Whether a sum of which this is the lower bound surely reaches it.
    pub(crate) fn is_surely_reached(self, units: u64, is_open: bool) -> bool {
        let half = Share::HALF.units();
        match self {
            Self::AtLeastHalf => units >= half,
            Self::MoreThanHalf => units > half || (units == half && is_open),
        }
    }

    /// Whether a sum of which this is the upper bound can reach it.
    pub(crate) fn can_be_reached(self, units: u64, is_open: bool) -> bool {
        let half = Share::HALF.units();
        match self {
            Self::AtLeastHalf => units > half || (units == half && !is_open),
            Self::MoreThanHalf => units > half,
        }
    }

    /// The threshold as the lower bound of the range of shares that reach it.
    pub fn bound(self) -> Bound {
        match self {
            Self::AtLeastHalf => Bound::closed(Share::HALF),
            Self::MoreThanHalf => Bound::open(Share::HALF),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_those_of_their_day() {
        let on = |regime: Regime, day: Day| regime.policy_on(day);
        assert_eq!(on(Regime::Ofac, Day::on(2010, 1, 1)), Regime::Ofac.policy());
        assert_eq!(on(Regime::Eu, Day::on(2024, 7, 2)).threshold, Threshold::MoreThanHalf);
        assert_eq!(on(Regime::Eu, Day::on(2024, 7, 3)), Regime::Eu.policy());
        assert_eq!(on(Regime::Uk, Day::on(2020, 12, 31)), on(Regime::Eu, Day::on(2020, 12, 31)));
        assert_eq!(on(Regime::Uk, Day::on(2021, 1, 1)), Regime::Uk.policy());
    }
}
