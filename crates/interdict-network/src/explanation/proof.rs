//! The proof of a standing: which parties were reached one after the other, and by what.

use std::collections::HashSet;

use super::{Because, HOLDINGS_MAX, Holding, STEPS_MAX, Step};
use crate::assessment::{Assessment, Reach, counts};
use crate::designated::Designee;
use crate::network::{Interest, PartyId};
use crate::policy::Threshold;
use crate::spread::{Spread, World};
use crate::sums::{self, Blocked};
use crate::weights::Class;

/// The proof of one standing.
pub(super) struct Proof<'w, 'p, 'n> {
    assessment: &'p Assessment<'n>,
    world: World,
    ranks: Ranks<'w, 'p>,
    /// Where each designated person counts alone: the one who first reached the party, or is it.
    alone: Option<&'p Designee>,
    /// Why the parties of blocked governments are such.
    government: Option<&'p Assessment<'n>>,
}

/// The order of entering.
enum Ranks<'w, 'p> {
    /// As the assessment knows it: all designees count together.
    Together(&'p Reach),
    /// Of the designee that counts alone.
    Alone(&'w Spread<'p>),
}

impl<'w, 'p, 'n> Proof<'w, 'p, 'n> {
    /// The proof in a world; where each designee counts alone, with the number of the one that is followed, and how far it reaches.
    pub fn new(assessment: &'p Assessment<'n>, world: World, alone: Option<(usize, &'w Spread<'p>)>) -> Self {
        let ranks = match alone {
            None => Ranks::Together(assessment.reach(world)),
            Some((_, spread)) => Ranks::Alone(spread),
        };
        let alone = alone.and_then(|(number, _)| assessment.designees.get(number));
        let government = assessment.government.as_deref();
        Self { assessment, world, ranks, alone, government }
    }

    fn rank(&self, party: PartyId) -> u32 {
        match &self.ranks {
            Ranks::Together(reach) => reach.of(party),
            Ranks::Alone(spread) => spread.rank(party),
        }
    }

    /// The steps in order, and how many are left out. Where there are too many, the first and the last are told: where blocking begins, and
    /// how it reaches the party.
    pub fn steps(&self, party: PartyId) -> (Vec<Step>, usize) {
        let mut seen = HashSet::from([party]);
        let mut queue = vec![party];
        let mut at = 0;
        while let Some(&asset) = queue.get(at) {
            at += 1;
            queue.extend(self.holders_before(asset).into_iter().filter(|&holder| seen.insert(holder)));
        }
        let left_out = queue.len().saturating_sub(STEPS_MAX);
        if left_out > 0 {
            // The queue begins with the party and goes up hop by hop.
            let mut others = queue.split_off(STEPS_MAX / 2);
            others.sort_by_key(|&party| self.rank(party));
            queue.extend(others.into_iter().take(STEPS_MAX - STEPS_MAX / 2));
        }
        queue.sort_by_key(|&party| self.rank(party));
        (queue.into_iter().map(|party| self.step(party)).collect(), left_out)
    }

    /// The last step alone, and how many it rests on at once: the time is that of one step however long the proof is.
    pub fn last_step(&self, party: PartyId) -> (Vec<Step>, usize) {
        let holders: HashSet<PartyId> = self.holders_before(party).into_iter().collect();
        (vec![self.step(party)], holders.len())
    }

    /// The holders on whom the entering of a party rests; nobody for one at which blocking begins.
    fn holders_before(&self, asset: PartyId) -> Vec<PartyId> {
        if self.seed(asset).is_some() {
            return Vec::new();
        }
        let own = self.rank(asset);
        // The others of a joint arrangement are no steps, unless they were reached before.
        let is_before = |holder: &PartyId| (1..own).contains(&self.rank(*holder));
        let held = self.by_government(asset).unwrap_or_else(|| self.before(asset));
        held.into_iter().map(|interest| interest.holder).filter(is_before).collect()
    }

    /// The designee that a party is, if the proof begins there. Where each designated person counts alone it begins with one.
    fn seed(&self, party: PartyId) -> Option<&'p Designee> {
        match self.alone {
            Some(alone) => Some(alone).filter(|designee| designee.parties.contains(&party)),
            None => self.assessment.designee(party).filter(|designee| counts(designee, self.world)),
        }
    }

    /// By what a blocked government owns or controls a party; `None` when it does not.
    fn by_government(&self, party: PartyId) -> Option<Vec<&'n Interest>> {
        let assessment = self.government?;
        let reach = assessment.reach(self.world);
        let own = Some(reach.of(party)).filter(|&rank| rank != 0)?;
        let is_before = |holder: PartyId| (1..own).contains(&reach.of(holder));
        Some(sums::counted(&assessment.weights, assessment.policy, party, self.world, &is_before))
    }

    /// The interests on which the entering of a party rests: those of parties that entered before it.
    fn before(&self, asset: PartyId) -> Vec<&'n Interest> {
        let own = self.rank(asset);
        let is_before = |holder: PartyId| (1..own).contains(&self.rank(holder));
        let mut counted =
            sums::counted(&self.assessment.weights, self.assessment.policy, asset, self.world, &is_before);
        counted.retain(|interest| {
            let weight = self.assessment.weights.of(interest);
            let least = self.world == World::Certain && weight.min == 0 && !weight.min_is_open;
            !least && weight.max > 0
        });
        counted
    }

    fn step(&self, party: PartyId) -> Step {
        let mut left_out = 0;
        let because = match self.seed(party) {
            Some(designee) => Because::Designated { evidence: designee.evidence.clone() },
            None => self.because(party, &mut left_out),
        };
        Step {
            party: self.assessment.named(party),
            standing: self.assessment.standing(party),
            because,
            holdings_left_out: left_out,
        }
    }

    /// By which rule a party was reached, and how many of the holdings are not told.
    fn because(&self, party: PartyId, left_out: &mut usize) -> Because {
        let assessment = self.assessment;
        let mut told = |held: Vec<&Interest>| -> Vec<Holding> {
            *left_out = held.len().saturating_sub(HOLDINGS_MAX);
            held.into_iter().take(HOLDINGS_MAX).map(|interest| assessment.holding(interest)).collect()
        };
        if let Some(held) = self.by_government(party) {
            return Because::Government { holdings: told(held) };
        }
        let before = self.before(party);
        let mut of = |class: Class| {
            let of_class = before.iter().filter(|interest| assessment.weights.of(interest).class == class);
            told(of_class.copied().collect())
        };
        let own = self.rank(party);
        let perhaps = |holder: PartyId| (1..own).contains(&self.rank(holder));
        let surely = |holder: PartyId| perhaps(holder) && assessment.is_in(holder, World::Certain);
        let blocked = Blocked { surely: &surely, perhaps: &perhaps };
        let reached = |class, threshold| {
            let total = sums::total(&assessment.weights, assessment.policy, party, class, &blocked);
            let is_reached = match self.world {
                World::Certain => total.surely_reaches(threshold),
                World::Possible => total.can_reach(threshold),
            };
            total.range().filter(|_| is_reached)
        };
        if let Some(share) = reached(Class::Shares, assessment.policy.threshold) {
            return Because::Ownership { share, holdings: of(Class::Shares) };
        }
        match reached(Class::Votes, Threshold::MoreThanHalf) {
            Some(share) => Because::Votes { share, holdings: of(Class::Votes) },
            None => Because::Control { holdings: of(Class::Control) },
        }
    }
}
