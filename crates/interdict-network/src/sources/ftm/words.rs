//! Which interest do the words of a link mean? The words of official lists and registers, and where none is known the schema.

use interdict_core::entity::Entity;

use crate::interest::InterestKind;
use crate::share::ShareRange;

/// Which end of a link holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// The first: owner, director, subject.
    Forward,
    /// The second.
    Backward,
}

/// One interest that the words of a link tell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meaning {
    pub ends: Ends,
    pub kind: InterestKind,
    /// As far as words say it.
    pub share: ShareRange,
    /// Whether it is over.
    pub is_past: bool,
}

use Ends::{Backward, Forward};
use InterestKind as Kind;

/// What a plain link's role means: the words as a whole, in small letters. Those of OFAC are the types of its relationships.
const ROLES: &[(&str, Ends, Kind)] = &[
    ("subordinate to", Backward, Kind::Commands),
    ("commanded by", Backward, Kind::Commands),
    ("commands", Forward, Kind::Commands),
    ("controlled by", Backward, Kind::Controls),
    ("controls", Forward, Kind::Controls),
    ("owned or controlled by", Backward, Kind::OwnsOrControls),
    ("owned, controlled, or operated by", Backward, Kind::OwnsOrControls),
    ("owns, controls, or operates", Forward, Kind::OwnsOrControls),
    ("owns or controls", Forward, Kind::OwnsOrControls),
    ("previous owner or operator", Forward, Kind::OwnsOrControls),
    ("current owner or operator", Forward, Kind::OwnsOrControls),
    ("subsidiary of", Backward, Kind::OwnsOrControls),
    ("parent of", Forward, Kind::OwnsOrControls),
    ("parent company of", Forward, Kind::OwnsOrControls),
    ("owned by", Backward, Kind::Shares),
    ("owns", Forward, Kind::Shares),
    ("owner of", Forward, Kind::Shares),
    ("shareholder of", Forward, Kind::Shares),
    ("property in the interest of", Backward, Kind::Shares),
    ("leader or official of", Forward, Kind::Directorship),
    ("principal executive officer", Forward, Kind::Directorship),
    ("director of", Forward, Kind::Directorship),
    ("playing a significant role in", Forward, Kind::Membership),
    ("member of", Forward, Kind::Membership),
    ("acting for or on behalf of", Forward, Kind::Representation),
    ("family member of", Forward, Kind::Family),
    ("associate of", Forward, Kind::Associate),
];

/// Words that say of an ownership what it is, wherever they stand; the first that is there counts. The codes are those of the
/// British register of people with significant control (Companies House, `psc_descriptions.yml`).
const OWNING: &[(&[&str], Kind)] = &[
    (&["voting", "indirect"], Kind::OwnsOrControls),
    (&["voting"], Kind::VotingRights),
    (&["appoint", "director"], Kind::AppointsBoard),
    (&["appoint", "board"], Kind::AppointsBoard),
    (&["influence", "control"], Kind::Controls),
    (&["surplus", "assets"], Kind::EconomicRights),
    (&["owner", "operator"], Kind::OwnsOrControls),
    (&["own", "control"], Kind::OwnsOrControls),
    (&["indirect"], Kind::IndirectShares),
    (&["ultimate"], Kind::IndirectShares),
    (&["control"], Kind::Controls),
    (&["parent"], Kind::OwnsOrControls),
    (&["subsidiary"], Kind::OwnsOrControls),
    (&["trustee"], Kind::ArrangementRole),
    (&["settlor"], Kind::ArrangementRole),
    (&["protector"], Kind::ArrangementRole),
    (&["nominee"], Kind::ArrangementRole),
    (&["shareholder"], Kind::Shares),
    (&["shares"], Kind::Shares),
];

/// Words of a status or role that say that it is over.
const PAST: &[&str] = &[
    "former",
    "formerly",
    "ceased",
    "inactive",
    "ended",
    "terminated",
    "resigned",
    "previous",
    "past",
    "historic",
    "historical",
    "divested",
];

/// Shares that the codes of the British register say: Companies Act 2006, Schedule 1A, part 1.
const CODES: &[(&str, &str)] = &[
    ("25-to-50-percent", "more than 25 up to 50"),
    ("50-to-75-percent", "more than 50, less than 75"),
    ("75-to-100-percent", "at least 75"),
    ("more-than-25-percent", "more than 25"),
    ("more than 25% but not more than 50%", "more than 25 up to 50"),
    ("more than 50% but less than 75%", "more than 50, less than 75"),
    ("75% or more", "at least 75"),
];

/// What a link says, at least one thing. Of an ownership with a percentage that cannot be ownership *or* control.
pub(super) fn meanings(link: &Entity, has_percentage: bool) -> Vec<Meaning> {
    let is_past = is_past(link);
    let meaning = |ends, kind| Meaning { ends, kind, share: ShareRange::UNKNOWN, is_past };
    let kind = match link.schema.name {
        "Ownership" => return owning(link, has_percentage, is_past),
        "UnknownLink" => return plain(link, is_past),
        "Directorship" => Kind::Directorship,
        "Membership" => Kind::Membership,
        "Representation" => Kind::Representation,
        "Family" => Kind::Family,
        "Associate" => Kind::Associate,
        _ => Kind::Other,
    };
    vec![meaning(Forward, kind)]
}

fn plain(link: &Entity, is_past: bool) -> Vec<Meaning> {
    let of = |role: &String| {
        let role = role.trim().to_lowercase();
        let known = ROLES.iter().find(|(words, ..)| *words == role);
        known.map_or((Forward, Kind::Other), |&(_, ends, kind)| (ends, kind))
    };
    let mut all: Vec<(Ends, Kind)> = Vec::new();
    for found in link.get("role").iter().map(of) {
        if !all.contains(&found) {
            all.push(found);
        }
    }
    if all.is_empty() {
        all.push((Forward, Kind::Other));
    }
    let share = ShareRange::UNKNOWN;
    all.into_iter().map(|(ends, kind)| Meaning { ends, kind, share, is_past }).collect()
}

fn owning(link: &Entity, has_percentage: bool, is_past: bool) -> Vec<Meaning> {
    let mut all: Vec<Meaning> = Vec::new();
    for text in link.get("role").iter().chain(link.get("ownershipType")) {
        let text = text.to_lowercase();
        let has = |word: &&str| text.contains(word);
        let Some(&(_, kind)) = OWNING.iter().find(|(words, _)| words.iter().all(has)) else { continue };
        let is_either = kind == Kind::OwnsOrControls && !text.contains("voting");
        let kind = if is_either && has_percentage { Kind::Shares } else { kind };
        let code = CODES.iter().find(|(code, _)| text.contains(code));
        let share = code.and_then(|(_, share)| share.parse().ok()).unwrap_or(ShareRange::UNKNOWN);
        all.push(Meaning { ends: Forward, kind, share, is_past });
    }
    // Beside what is more special, a plain word for owning says nothing new; but a percentage is of something that is counted.
    let is_counted = |meaning: &Meaning| meaning.kind.has_share() || meaning.kind == Kind::OwnsOrControls;
    if all.is_empty() || (has_percentage && !all.iter().any(is_counted)) {
        all.push(Meaning { ends: Forward, kind: Kind::Shares, share: ShareRange::UNKNOWN, is_past });
    }
    all
}

fn is_past(link: &Entity) -> bool {
    let said = link.get("status").iter().chain(link.get("role")).chain(link.get("ownershipType"));
    said.flat_map(|text| text.split(|sign: char| !sign.is_alphanumeric() && sign != '-')).any(|word| {
        // `ex-director`, but not `ex officio`.
        let is_ex = word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("ex-"));
        is_ex || PAST.iter().any(|past| word.eq_ignore_ascii_case(past))
    })
}
