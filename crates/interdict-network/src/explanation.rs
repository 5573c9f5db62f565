//! Why does a party stand as it does? The proof step by step, what blocked parties hold of it together, and what to be careful about.

mod explainer;
mod proof;

use std::borrow::Cow;
use std::collections::BTreeSet;

use interdict_core::date::PartialDate;
use serde::Serialize;

use crate::assessment::Assessment;
use crate::cautions::Caution;
use crate::interest::InterestKind;
use crate::network::{Interest, PartyId};
use crate::policy::Threshold;
use crate::share::ShareRange;
use crate::spread::World;
use crate::standing::Standing;

pub use explainer::Explainer;

/// Most steps of a proof that are told; the rest is counted.
pub const STEPS_MAX: usize = 200;
/// Most holdings that one step tells; the rest is counted.
pub const HOLDINGS_MAX: usize = 100;
/// Most designated persons whose holdings are followed one by one for one answer, where they do not add up.
const ALONE_MAX: usize = 1_000;
/// Most parties that are walked for that; the person who reached the party first is always followed.
const ALONE_PARTIES_MAX: usize = 1_000_000;

/// Why a party stands as it does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The party.
    pub party: Named,
    /// Its standing.
    pub standing: Standing,
    /// What blocked parties hold of it together, at the least and at the most; of one designated person where they do not add up. Not there
    /// when they hold nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked_share: Option<ShareRange>,
    /// What would have to be held.
    pub threshold: Threshold,
    /// The proof, from the designated parties to this one. Each step rests on those before it. For a party whose standing is open it is the
    /// proof of what is possible.
    pub steps: Vec<Step>,
    /// Steps that are not told, as there are too many.
    pub steps_left_out: usize,
    /// What does not block, and matters.
    pub cautions: Vec<Caution>,
}

/// A party as an answer names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// What to call it.
    pub caption: String,
    /// What it is, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<&'static str>,
}

/// One step of a proof.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// Who is blocked by it, or may be.
    pub party: Named,
    /// How it stands.
    pub standing: Standing,
    /// By which rule.
    #[serde(flatten)]
    pub because: Because,
    /// Holdings that are not told, as there are too many.
    #[serde(skip_serializing_if = "is_none")]
    pub holdings_left_out: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn is_none(number: &usize) -> bool {
    *number == 0
}

/// The rule of a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum Because {
    /// It is designated.
    Designated {
        /// Which list in which edition, or who said so.
        evidence: String,
    },
    /// It is owned or controlled by a blocked government.
    Government {
        /// By what it is owned or controlled.
        holdings: Vec<Holding>,
    },
    /// Enough of it is held by the parties of earlier steps.
    Ownership {
        /// What they hold together.
        share: ShareRange,
        /// The holdings.
        holdings: Vec<Holding>,
    },
    /// More than half of the votes are with the parties of earlier steps.
    Votes {
        /// What they vote together.
        share: ShareRange,
        /// The holdings.
        holdings: Vec<Holding>,
    },
    /// Parties of earlier steps control it.
    Control {
        /// How.
        holdings: Vec<Holding>,
    },
}

/// One interest with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Holding {
    /// Who has it.
    pub holder: Named,
    /// How the holder stands.
    pub holder_standing: Standing,
    /// What kind it is.
    pub kind: InterestKind,
    /// How much, for a kind that is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<ShareRange>,
    /// Under which joint arrangement, if under one: its holders hold together what each of them has. The name holds within the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joint: Option<String>,
    /// From when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// Which source says so.
    pub source: String,
    /// In which edition.
    pub edition: String,
    /// Where in the source.
    pub record: String,
    /// In which words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl Assessment<'_> {
    /// An interest with its evidence.
    pub fn holding(&self, interest: &Interest) -> Holding {
        let network = self.network;
        let terms = network.terms(interest);
        let source = network.source(terms.source);
        Holding {
            holder: self.named(interest.holder),
            holder_standing: self.standing(interest.holder),
            kind: terms.kind,
            share: terms.kind.has_share().then_some(terms.share),
            joint: network.arrangement(terms).map(Cow::into_owned),
            start: terms.span.start.map(written),
            end: terms.span.end.map(written),
            source: source.name.clone(),
            edition: source.edition.clone(),
            record: network.record(interest).to_string(),
            words: network.text(terms.words).map(str::to_owned),
            url: network.text(terms.url).map(str::to_owned),
        }
    }

    /// A party as an answer names it.
    pub fn named(&self, party: PartyId) -> Named {
        Named {
            id: self.network.id(party).to_owned(),
            caption: self.network.caption(party).to_owned(),
            schema: self.network.description(party).map(|entity| entity.schema.name),
        }
    }

    /// Why a party stands as it does. For many parties ask one [`Explainer`].
    pub fn explain(&self, party: PartyId) -> Explanation {
        Explainer::of(self).explain(party)
    }

    /// The designees among the holders of a party and their holders.
    fn designees_above(&self, party: PartyId) -> Vec<usize> {
        let mut seen = BTreeSet::from([party]);
        let mut next = vec![party];
        let mut designees = BTreeSet::new();
        while let Some(asset) = next.pop() {
            for interest in self.network.held_in(asset) {
                if designees.len() >= ALONE_MAX || !seen.insert(interest.holder) {
                    continue;
                }
                if self.is_in(interest.holder, World::Possible) {
                    designees.extend(self.designee_number(interest.holder));
                    next.push(interest.holder);
                }
            }
        }
        let worlds = [World::Certain, World::Possible];
        let first = worlds.map(|world| (self.reach(world).of(party) as usize).checked_sub(1));
        let first: Vec<usize> = first.into_iter().flatten().collect();
        let others = designees.into_iter().filter(|number| !first.contains(number));
        first.iter().copied().chain(others).collect()
    }
}

/// A date as answers have it; one that can be any day of a century and more is not known.
fn written(date: PartialDate) -> String {
    let years = date.until().year().saturating_sub(date.from().year());
    if years >= 100 { "unknown".to_owned() } else { date.to_string() }
}
