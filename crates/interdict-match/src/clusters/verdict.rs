//! Are two parties one, given what was found out about them? The rules, in the order of their strength.

use interdict_core::score::Points;

use super::evidence::Evidence;
use super::identifiers::Register;
use super::names::Alike;
use super::{Rule, Verdict};
use crate::score::evidence::DateRelation;

/// The least points of the names, by what else speaks for it.
mod least {
    use super::Points;

    /// With a reference number or an identifier of one's own: the names must have something in common.
    pub const BESIDE_REFERENCE: Points = Points(5_000);
    pub const BESIDE_IDENTIFIER: Points = Points(6_000);
    /// With a mention, or an identifier that a group may share.
    pub const BESIDE_MENTION: Points = Points(8_500);
    pub const BESIDE_SHARED: Points = Points(9_000);
    /// Two parties of one list, which its authority holds to be two.
    pub const IN_ONE_LIST: Points = Points(9_000);
    /// With the same day of birth; with dates that may be one; with nothing else.
    pub const SAME_DAY: Points = Points(8_000);
    pub const DATES_COMPATIBLE: Points = Points(9_000);
    pub const NAME_ALONE: Points = Points(9_700);
    /// To be worth a look.
    pub const POSSIBLE_SAME_DAY: Points = Points(7_500);
    pub const POSSIBLE: Points = Points(9_000);
}

/// What a person's name must weigh to stand alone: more than one word, however rare.
const PERSON_WEIGHT: f32 = 1.2;
/// The same for an organization: one word of its own.
const ORGANIZATION_WEIGHT: f32 = 0.5;

/// What is said of a pair; nothing when they are not one, as far as is known.
pub(super) fn verdict(evidence: &Evidence, is_one_list: bool) -> Option<Verdict> {
    let by_numbers =
        [by_reference(evidence), by_identifier(evidence, is_one_list)].into_iter().flatten().min();
    // What contradicts each other is never one; but that a list says so by a number is worth a look.
    if !evidence.against.is_empty() {
        return by_numbers.map(|_| Verdict::Possible);
    }
    let (by_mention, by_names) =
        if is_one_list { (None, None) } else { (by_mention(evidence), by_names(evidence)) };
    [by_numbers, by_mention, by_names].into_iter().flatten().min()
}

fn same_if(is_same: bool) -> Verdict {
    if is_same { Verdict::Same } else { Verdict::Possible }
}

fn by_reference(evidence: &Evidence) -> Option<Verdict> {
    let reference = evidence.reference.as_ref()?;
    // An id is meant; a number in a text may be mistyped or another's.
    let is_meant = reference.rule != Rule::ReferenceNumber;
    Some(same_if(is_meant || evidence.points() >= least::BESIDE_REFERENCE))
}

fn by_mention(evidence: &Evidence) -> Option<Verdict> {
    evidence.mention.as_ref()?;
    (evidence.points() >= least::BESIDE_MENTION).then_some(Verdict::Same)
}

fn by_identifier(evidence: &Evidence, is_one_list: bool) -> Option<Verdict> {
    let (register, _) = evidence.identifier.as_ref()?;
    let points = evidence.points();
    if is_one_list {
        return (*register != Register::Shared).then(|| same_if(points >= least::IN_ONE_LIST));
    }
    match register {
        // Ships and companies are renamed.
        Register::Imo | Register::Lei => Some(Verdict::Same),
        Register::Number | Register::Wallet => Some(same_if(points >= least::BESIDE_IDENTIFIER)),
        Register::Shared => (points >= least::BESIDE_SHARED).then_some(Verdict::Same),
    }
}

fn by_names(evidence: &Evidence) -> Option<Verdict> {
    let names = evidence.names.as_ref()?;
    let tells = !names.is_weak && names.rivals == 0;
    let points = names.points;
    match evidence.date.as_ref().map(|(relation, _)| *relation) {
        Some(DateRelation::SameDay) if points >= least::POSSIBLE_SAME_DAY => {
            Some(same_if(tells && points >= least::SAME_DAY && !evidence.is_vehicle))
        }
        Some(DateRelation::Compatible) if points >= least::POSSIBLE => {
            let is_telling = tells && names.met >= ORGANIZATION_WEIGHT && points >= least::DATES_COMPATIBLE;
            Some(same_if(is_telling && !evidence.is_vehicle))
        }
        // Years that lists estimated apart ask for more of the name.
        Some(DateRelation::Other) => (points >= least::NAME_ALONE).then_some(Verdict::Possible),
        // Dates that differ by a slip are two dates: somebody should look.
        Some(_) if points >= least::POSSIBLE => Some(Verdict::Possible),
        None if points >= least::POSSIBLE => {
            Some(same_if(tells && stands_alone(evidence, names) && !evidence.has_other_country))
        }
        _ => None,
    }
}

/// Whether a name is enough where no date is known: not that of a ship, of which many are called alike.
fn stands_alone(evidence: &Evidence, names: &Alike) -> bool {
    let weight = if evidence.is_organization { ORGANIZATION_WEIGHT } else { PERSON_WEIGHT };
    !evidence.is_vehicle && names.points >= least::NAME_ALONE && names.met >= weight
}
