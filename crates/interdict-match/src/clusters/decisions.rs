//! What did people decide about pairs of parties, and what of it is in force?

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One decision about two parties. They are kept one after the other and never changed: what is in force is what was said
/// last of a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// When, as the program writes it.
    pub at: String,
    /// Who.
    pub by: String,
    /// What was decided.
    pub action: Action,
    /// The id of the one party.
    pub a: String,
    /// The id of the other.
    pub b: String,
    /// Why.
    pub reason: String,
}

/// What was decided about a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// They are one.
    Same,
    /// They are two.
    Different,
    /// What was decided before does not hold any more: what is computed holds.
    Undo,
}

impl Decision {
    /// The pair in a fixed order, whichever was named first.
    pub fn pair(&self) -> (&str, &str) {
        if self.a <= self.b { (&self.a, &self.b) } else { (&self.b, &self.a) }
    }
}

/// The decisions in force: of each pair the last, unless it was undone.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    by_pair: BTreeMap<(String, String), Decision>,
}

impl Decisions {
    /// Takes all decisions ever made, in their order.
    pub fn of(all: impl IntoIterator<Item = Decision>) -> Self {
        let mut by_pair = BTreeMap::new();
        for decision in all {
            let (a, b) = decision.pair();
            let pair = (a.to_owned(), b.to_owned());
            match decision.action {
                Action::Undo => by_pair.remove(&pair),
                Action::Same | Action::Different => by_pair.insert(pair, decision),
            };
        }
        Self { by_pair }
    }

    /// Those in force, in the order of the pairs.
    pub fn in_force(&self) -> impl Iterator<Item = &Decision> {
        self.by_pair.values()
    }

    /// What is in force for a pair, in whichever order it is named.
    pub fn about(&self, a: &str, b: &str) -> Option<&Decision> {
        let pair = if a <= b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) };
        self.by_pair.get(&pair)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_pair.is_empty()
    }
}
