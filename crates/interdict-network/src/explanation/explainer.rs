//! Explains the parties of an assessment one after the other, and keeps what one explanation can use of another.

use super::proof::Proof;
use super::{ALONE_PARTIES_MAX, Explanation};
use crate::assessment::{Assessment, counts};
use crate::cautions;
use crate::network::PartyId;
use crate::policy::Holders;
use crate::share::ShareRange;
use crate::spread::{Spread, World};
use crate::standing::Standing;
use crate::sums::{self, Blocked};
use crate::weights::Class;

/// Explains one party after the other. Where each designated person counts alone, parties that the same one reaches are best asked about
/// one after the other: [`Assessment::by_designee`].
#[derive(Debug)]
pub struct Explainer<'a, 'n> {
    assessment: &'a Assessment<'n>,
    /// For designees that each count alone; made when the first is asked about.
    alone: Option<Alone<'a>>,
}

/// How much of a proof is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    Proof,
    LastStep,
}

/// How far the blocking of one designee reaches, kept until another is asked about.
#[derive(Debug)]
struct Alone<'a> {
    /// For what is certain and for what is possible.
    spreads: [Spread<'a>; 2],
    of: Option<usize>,
}

impl<'a, 'n> Explainer<'a, 'n> {
    /// Explains the parties of an assessment.
    pub fn of(assessment: &'a Assessment<'n>) -> Self {
        Self { assessment, alone: None }
    }

    /// Why a party stands as it does.
    pub fn explain(&mut self, party: PartyId) -> Explanation {
        let share = self.blocked_share(party);
        self.explained(party, Detail::Proof, share)
    }

    /// The last step of the proof alone, with `steps_left_out` the number of holders that it rests on, and the share as in a list of many
    /// parties. The time does not grow with the length of the proof.
    pub fn explain_briefly(&mut self, party: PartyId) -> Explanation {
        let share = self.share_in_list(party);
        self.explained(party, Detail::LastStep, share)
    }

    fn explained(
        &mut self,
        party: PartyId,
        detail: Detail,
        blocked_share: Option<ShareRange>,
    ) -> Explanation {
        let assessment = self.assessment;
        let standing = assessment.standing(party);
        let world = match standing {
            Standing::Undetermined | Standing::PossiblyDesignated => World::Possible,
            _ => World::Certain,
        };
        let (steps, steps_left_out) = match standing {
            Standing::NotBlocked => (Vec::new(), 0),
            _ => {
                let first = assessment.first_designee(party, world);
                let alone = match assessment.policy.holders {
                    Holders::Together => None,
                    Holders::EachAlone => first.map(|number| (number, self.follow(number, world))),
                };
                let proof = Proof::new(assessment, world, alone);
                match detail {
                    Detail::Proof => proof.steps(party),
                    Detail::LastStep => proof.last_step(party),
                }
            }
        };
        let cautions = cautions::of(assessment, party, standing, blocked_share);
        let threshold = assessment.policy.threshold;
        Explanation {
            party: assessment.named(party),
            standing,
            blocked_share,
            threshold,
            steps,
            steps_left_out,
            cautions,
        }
    }

    /// What blocked parties hold of a party together; where they do not add up, what one designated person does, the one that has most.
    pub fn blocked_share(&mut self, party: PartyId) -> Option<ShareRange> {
        if self.assessment.policy.holders == Holders::Together {
            return self.share_together(party);
        }
        let (mut best, mut walked): (Option<ShareRange>, usize) = (None, 0);
        for number in self.assessment.designees_above(party) {
            if walked >= ALONE_PARTIES_MAX {
                break;
            }
            let share = self.share_alone(party, number);
            best = best.into_iter().chain(share).max_by_key(|share| (share.min().share, share.max().share));
            walked += self
                .alone
                .iter()
                .flat_map(|alone| &alone.spreads)
                .map(|spread| spread.order().len())
                .sum::<usize>();
        }
        best
    }

    /// The same for a list of many parties: where holders do not add up, what the designated person holds that first reached the party.
    pub fn share_in_list(&mut self, party: PartyId) -> Option<ShareRange> {
        match self.assessment.policy.holders {
            Holders::Together => self.share_together(party),
            Holders::EachAlone => {
                let number = self.assessment.first_to_reach(party)?;
                self.share_alone(party, number)
            }
        }
    }

    fn share_together(&self, party: PartyId) -> Option<ShareRange> {
        let assessment = self.assessment;
        let surely = |holder| assessment.is_in(holder, World::Certain);
        let perhaps = |holder| assessment.is_in(holder, World::Possible);
        let blocked = Blocked { surely: &surely, perhaps: &perhaps };
        sums::total(&assessment.weights, assessment.policy, party, Class::Shares, &blocked).range()
    }

    fn share_alone(&mut self, party: PartyId, number: usize) -> Option<ShareRange> {
        let assessment = self.assessment;
        let [certain, possible] = &self.following(number).spreads;
        let surely = |holder| certain.rank(holder) != 0;
        let perhaps = |holder| possible.rank(holder) != 0;
        let blocked = Blocked { surely: &surely, perhaps: &perhaps };
        sums::total(&assessment.weights, assessment.policy, party, Class::Shares, &blocked).range()
    }

    /// How far the blocking of a designee reaches in a world.
    fn follow(&mut self, number: usize, world: World) -> &Spread<'a> {
        let [certain, possible] = &self.following(number).spreads;
        if world == World::Certain { certain } else { possible }
    }

    /// The same in both worlds.
    fn following(&mut self, number: usize) -> &Alone<'a> {
        let Assessment { weights, policy, designees, .. } = self.assessment;
        let alone = self.alone.get_or_insert_with(|| Alone {
            spreads: [World::Certain, World::Possible].map(|world| Spread::new(weights, *policy, world)),
            of: None,
        });
        if alone.of != Some(number) {
            let [certain, possible] = &mut alone.spreads;
            certain.reset();
            possible.reset();
            if let Some(designee) = designees.get(number) {
                let seeds = || designee.parties.iter().copied();
                certain.run(seeds().filter(|_| counts(designee, World::Certain)));
                possible.run(seeds());
            }
            alone.of = Some(number);
        }
        alone
    }
}
