//! What does one party have in another? A kind of interest, how much of it, from when until when, and who says so.

use interdict_core::date::PartialDate;
use serde::Serialize;

use crate::share::ShareRange;

/// The kinds of interest, as the sources tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InterestKind {
    /// Shares, or another part of the property, held directly.
    Shares,
    /// A share that is held through others: the chain is told elsewhere, or not at all.
    IndirectShares,
    /// Votes, held directly.
    VotingRights,
    /// The right to appoint or remove the majority of the board.
    AppointsBoard,
    /// The source states control, by whatever means.
    Controls,
    /// The source states that the one owns or controls the other, and not which.
    OwnsOrControls,
    /// The holder commands a body that is subordinate to it.
    Commands,
    /// A right to profit or to what is left at the end, without shares.
    EconomicRights,
    /// Trustee, settlor, protector, nominee and the like: a role in an arrangement.
    ArrangementRole,
    /// Sits on the board or leads.
    Directorship,
    /// A member.
    Membership,
    /// Acts for the other.
    Representation,
    /// Family of the other.
    Family,
    /// An associate.
    Associate,
    /// Tied in a way that the source does not say, or that has no kind here.
    Other,
}

impl InterestKind {
    /// All kinds.
    pub const ALL: [Self; 15] = [
        Self::Shares,
        Self::IndirectShares,
        Self::VotingRights,
        Self::AppointsBoard,
        Self::Controls,
        Self::OwnsOrControls,
        Self::Commands,
        Self::EconomicRights,
        Self::ArrangementRole,
        Self::Directorship,
        Self::Membership,
        Self::Representation,
        Self::Family,
        Self::Associate,
        Self::Other,
    ];

    /// The stable name: `shares`, `voting_rights`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shares => "shares",
            Self::IndirectShares => "indirect_shares",
            Self::VotingRights => "voting_rights",
            Self::AppointsBoard => "appoints_board",
            Self::Controls => "controls",
            Self::OwnsOrControls => "owns_or_controls",
            Self::Commands => "commands",
            Self::EconomicRights => "economic_rights",
            Self::ArrangementRole => "arrangement_role",
            Self::Directorship => "directorship",
            Self::Membership => "membership",
            Self::Representation => "representation",
            Self::Family => "family",
            Self::Associate => "associate",
            Self::Other => "other",
        }
    }

    /// The kind of a stable name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What the holder does, for a sentence: `holds 50 % of`, `controls`.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Shares => "holds",
            Self::IndirectShares => "holds indirectly",
            Self::VotingRights => "votes",
            Self::AppointsBoard => "appoints the board of",
            Self::Controls => "controls",
            Self::OwnsOrControls => "owns or controls",
            Self::Commands => "commands",
            Self::EconomicRights => "has economic rights in",
            Self::ArrangementRole => "has a role in the arrangement",
            Self::Directorship => "is director or leader of",
            Self::Membership => "is member of",
            Self::Representation => "acts for",
            Self::Family => "is family of",
            Self::Associate => "is associate of",
            Self::Other => "is tied to",
        }
    }

    /// Whether it is counted in percent.
    pub fn has_share(self) -> bool {
        matches!(self, Self::Shares | Self::IndirectShares | Self::VotingRights | Self::EconomicRights)
    }
}

/// From when until when, as far as the source says. No start: it always was. No end: it still is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Span {
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<PartialDate>,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<PartialDate>,
}

/// Whether something held on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// It did not.
    Absent,
    /// The source's dates leave it open: `2019` for a day of 2019.
    Possible,
    /// It did.
    Certain,
}

/// A day as `YYYYMMDD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u32);

impl Day {
    /// The day of a date, when it is exactly one day.
    pub fn of(date: PartialDate) -> Option<Self> {
        let day = date.as_day()?;
        Some(Self(u32::from(day.year()) * 10_000 + u32::from(day.month()?) * 100 + u32::from(day.day()?)))
    }

    /// The last day that a date can mean.
    pub fn last_of(date: PartialDate) -> Self {
        Self(date.bounds().1)
    }

    /// Day of year, month and day as they are written in its number.
    pub(crate) fn number(self) -> u32 {
        self.0
    }

    /// A day that is known to exist.
    pub(crate) const fn on(year: u32, month: u32, day: u32) -> Self {
        Self(year * 10_000 + month * 100 + day)
    }

    pub(crate) const fn of_number(number: u32) -> Self {
        Self(number)
    }
}

/// `YYYY-MM-DD`.
impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0 / 10_000, self.0 / 100 % 100, self.0 % 100)
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One year of [`Day`] numbers.
const YEAR: u32 = 10_000;

impl Span {
    /// The first and the last day on which the start (or the end) can be; circa widens by a year on either side.
    pub(crate) fn days(date: PartialDate) -> (u32, u32) {
        let (first, last) = date.bounds();
        if date.is_approximate() { (first.saturating_sub(YEAR), last + YEAR) } else { (first, last) }
    }

    /// Whether it held on a day; the last day is one of it.
    pub fn on(&self, day: Day) -> Presence {
        let day = day.0;
        let (earliest, latest) = self.start.map_or((0, 0), Self::days);
        let (soonest, last) = self.end.map_or((u32::MAX, u32::MAX), Self::days);
        if day < earliest || day > last {
            Presence::Absent
        } else if day < latest || day > soonest {
            Presence::Possible
        } else {
            Presence::Certain
        }
    }
}

/// Everything about an interest but its two ends and its record. Many interests have the same terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Terms {
    /// The kind.
    pub kind: InterestKind,
    /// How much; [`ShareRange::UNKNOWN`] for a kind that is not counted.
    pub share: ShareRange,
    /// When.
    pub span: Span,
    /// Who says so.
    pub source: SourceId,
    /// Holders of the same joint arrangement in one asset have the same number; 0 for none.
    pub joint: u32,
    /// The source's own words for the interest: [`crate::network::Network::text`]; 0 for none.
    pub words: u32,
    /// Where it can be read: [`crate::network::Network::text`]; 0 for none.
    pub url: u32,
}

impl Terms {
    /// Terms of one kind and source without more.
    pub fn new(kind: InterestKind, share: ShareRange, source: SourceId) -> Self {
        Self { kind, share, span: Span::default(), source, joint: 0, words: 0, url: 0 }
    }
}

/// Number of a source within a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub(crate) u16);

/// Who says that an interest exists: a register, a list, a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its name: the id of a list, the name of a file, the publisher of a register.
    pub name: String,
    /// Which edition: the version of a list, the digest of a file.
    pub edition: String,
    /// When it was published, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<PartialDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn presence(start: &str, end: &str, day: &str) -> Presence {
        let date = |text: &str| (!text.is_empty()).then(|| text.parse::<PartialDate>().unwrap());
        Span { start: date(start), end: date(end) }.on(Day::of(date(day).unwrap()).unwrap())
    }

    #[test]
    fn dates_that_are_not_days_leave_it_open() {
        for (start, end, day, expected) in [
            ("", "", "2020-01-01", Presence::Certain),
            ("2019", "", "2018-12-31", Presence::Absent),
            ("2019", "", "2019-05-01", Presence::Possible),
            ("2019", "", "2019-12-31", Presence::Certain),
            ("2019", "2021-06", "2021-06-15", Presence::Possible),
            ("2019", "2021-06", "2021-07-01", Presence::Absent),
            ("2019-03-01", "2019-03-01", "2019-03-01", Presence::Certain),
            ("2019~", "", "2020-06-01", Presence::Possible),
            ("2019~", "", "2021-01-01", Presence::Certain),
        ] {
            assert_eq!(presence(start, end, day), expected, "{start} {end} {day}");
        }
    }

    #[test]
    fn kinds_are_known_by_their_names() {
        for kind in InterestKind::ALL {
            assert_eq!(InterestKind::of_name(kind.name()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }
}
