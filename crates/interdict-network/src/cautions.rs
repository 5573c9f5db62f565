//! What does not block a party, and still matters to whoever deals with it?

use serde::Serialize;

use crate::assessment::Assessment;
use crate::explanation::Holding;
use crate::interest::{InterestKind, Presence};
use crate::network::{Interest, PartyId};
use crate::policy::ControlRule;
use crate::share::ShareRange;
use crate::spread::{Taken, World};
use crate::standing::Standing;
use crate::weights::Class;

/// Most holdings that one caution names.
const HOLDINGS_MAX: usize = 50;

/// A warning with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Caution {
    /// Which.
    pub kind: CautionKind,
    /// What it means, in a sentence.
    pub text: String,
    /// On what it rests.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub holdings: Vec<Holding>,
}

/// The kinds of warnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CautionKind {
    /// Blocked parties hold some, and too little.
    BlockedMinority,
    /// A blocked party controls it, and control does not block under these rules.
    ControlledByBlocked,
    /// A blocked person leads it or acts for it.
    BlockedSignatory,
    /// A blocked party has an interest in a thing: a ship, an aircraft, a building.
    InterestInProperty,
    /// It is tied to a blocked party in another way.
    TiedToBlocked,
    /// It was blocked before; what was blocked then stays blocked.
    BlockedBefore,
    /// The sources give away more than 100 percent of it.
    MoreThanAll,
}

/// The cautions for one party, but those of its history.
pub(crate) fn of(
    assessment: &Assessment<'_>,
    party: PartyId,
    standing: Standing,
    blocked_share: Option<ShareRange>,
) -> Vec<Caution> {
    let mut cautions = Vec::new();
    let mut add = |kind: CautionKind, text: String, holdings: Vec<Holding>| {
        cautions.push(Caution { kind, text, holdings });
    };
    let told = |kinds: &[InterestKind]| holdings(assessment, party, kinds);
    if standing == Standing::NotBlocked
        && let Some(share) = blocked_share
    {
        let holdings = told(&[InterestKind::Shares, InterestKind::IndirectShares]);
        if is_thing(assessment, party) {
            let text = format!(
                "blocked parties have an interest ({share}) in this property; their interest is blocked"
            );
            add(CautionKind::InterestInProperty, text, holdings);
        } else {
            let text = format!(
                "blocked parties hold {share}: not enough to block it, and enough to look again before each dealing"
            );
            add(CautionKind::BlockedMinority, text, holdings);
        }
    }
    let is_free = matches!(standing, Standing::NotBlocked | Standing::Undetermined);
    let is_ofac = assessment.policy.control == ControlRule::DoesNotBlock;
    if is_ofac && is_free {
        use InterestKind as Kind;
        let kinds =
            [Kind::Controls, Kind::Commands, Kind::AppointsBoard, Kind::OwnsOrControls, Kind::VotingRights];
        let holdings = told(&kinds);
        if !holdings.is_empty() {
            let text = "a blocked party controls it, or may; control alone does not block under these rules (OFAC FAQ 398), \
                        and the party may be designated next";
            add(CautionKind::ControlledByBlocked, text.to_owned(), holdings);
        }
    }
    let signs = told(&[InterestKind::Directorship, InterestKind::Representation]);
    if !signs.is_empty() && standing != Standing::Designated {
        let source = if is_ofac { " (OFAC FAQ 398 and 400)" } else { "" };
        let text = format!(
            "a blocked person leads it or acts for it: dealing with that person on its behalf is dealing with a blocked person{source}"
        );
        add(CautionKind::BlockedSignatory, text, signs);
    }
    let ties = ties(assessment, party);
    if !ties.is_empty() && standing != Standing::Designated {
        add(CautionKind::TiedToBlocked, "it is tied to a blocked party".to_owned(), ties);
    }
    if Taken::of(&assessment.weights, party).is_too_much() {
        let text = "the sources give away more than 100 percent of it: holdings are told twice, or of different times";
        let is_counted = |interest: &&Interest| assessment.weights.of(interest).class == Class::Shares;
        let all = assessment.network.held_in(party).filter(is_counted).take(HOLDINGS_MAX);
        add(
            CautionKind::MoreThanAll,
            text.to_owned(),
            all.map(|interest| assessment.holding(interest)).collect(),
        );
    }
    cautions
}

/// Whether a party is a thing and nobody who can own.
fn is_thing(assessment: &Assessment<'_>, party: PartyId) -> bool {
    let schema = assessment.network.description(party).map(|entity| entity.schema);
    schema.is_some_and(|schema| schema.is_a("Asset") && !schema.is_a("LegalEntity"))
}

/// The interests of these kinds that parties in force of a block have in a party on the day.
fn holdings(assessment: &Assessment<'_>, party: PartyId, kinds: &[InterestKind]) -> Vec<Holding> {
    let of_kind = |interest: &&Interest| kinds.contains(&assessment.network.terms(interest).kind);
    let held = assessment.network.held_in(party).filter(of_kind);
    let held = held.filter(|interest| is_current(assessment, interest));
    let held = held.filter(|interest| assessment.is_in(interest.holder, World::Possible));
    held.take(HOLDINGS_MAX).map(|interest| assessment.holding(interest)).collect()
}

/// The other ties to blocked parties, in either direction.
fn ties(assessment: &Assessment<'_>, party: PartyId) -> Vec<Holding> {
    use InterestKind as Kind;
    let is_tie = |interest: &&Interest| {
        let kind = assessment.network.terms(interest).kind;
        matches!(
            kind,
            Kind::Membership
                | Kind::Family
                | Kind::Associate
                | Kind::Other
                | Kind::EconomicRights
                | Kind::ArrangementRole
        )
    };
    let network = assessment.network;
    let above = network.held_in(party).filter(is_tie).map(|interest| (interest, interest.holder));
    let below = network.held_by(party).iter().filter(is_tie).map(|interest| (interest, interest.asset));
    let ties = above.chain(below).filter(|(interest, _)| is_current(assessment, interest));
    let ties = ties.filter(|(_, far)| assessment.is_in(*far, World::Possible));
    ties.take(HOLDINGS_MAX).map(|(interest, _)| assessment.holding(interest)).collect()
}

fn is_current(assessment: &Assessment<'_>, interest: &Interest) -> bool {
    assessment.network.terms(interest).span.on(assessment.day) != Presence::Absent
}
