//! By which rule is value followed, in which direction, and does the sum come out?

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A rule by which value that enters a transaction, or a balance, is told apart when it leaves. All are exact in whole units (satoshi, wei).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    /// Any tainted value taints everything that leaves with it, wholly. Shows what can be reached; it creates taint, so no sum is kept.
    Poison,
    /// Proportional: each output has the share of taint that all inputs together have; the fee is one more output. Whole units by the method of
    /// largest remainders, the first in order where remainders are alike.
    Haircut,
    /// First in, first out: inputs in order fill outputs in order, the fee last. After Devaynes v Noble (Clayton's case, 1816), the rule that
    /// courts use for mixed accounts.
    Fifo,
    /// Last in, first out: the last input is spent first; outputs in order, the fee last.
    Lifo,
    /// Taint in, highest out: tainted value fills the largest outputs first, then the fee. Of a balance, tainted value leaves first.
    Tiho,
}

impl Strategy {
    /// All strategies, in the order in which they are told.
    pub const ALL: [Self; 5] = [Self::Poison, Self::Haircut, Self::Fifo, Self::Lifo, Self::Tiho];

    /// The name on the command line and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Poison => "poison",
            Self::Haircut => "haircut",
            Self::Fifo => "fifo",
            Self::Lifo => "lifo",
            Self::Tiho => "tiho",
        }
    }

    /// Whether the traced value adds up to the seed: all but poison.
    pub fn conserves(self) -> bool {
        self != Self::Poison
    }
}

impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no strategy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no strategy has this name; use one of poison, haircut, fifo, lifo, tiho")]
pub struct UnknownStrategy;

impl FromStr for Strategy {
    type Err = UnknownStrategy;

    fn from_str(text: &str) -> Result<Self, UnknownStrategy> {
        Self::ALL.into_iter().find(|strategy| strategy.name() == text).ok_or(UnknownStrategy)
    }
}

/// Whether value is followed to where it went, or back to where it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the seed to those who received it.
    Forward,
    /// From the seed back to those who funded it.
    Backward,
}

/// The account of one run: where every unit of the seed ended. The test of correctness of every strategy but poison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Conservation {
    /// What the run began with: the value of all seeds.
    pub seed: u128,
    /// Still held where it was found last: unspent outputs, balances.
    pub unspent: u128,
    /// Paid as fees.
    pub fee: u128,
    /// Arrived at a service, where tracing stops.
    pub stopped: u128,
    /// Arrived at another seed, whose whole value was counted already.
    pub superseded: u128,
    /// Backward only: came into being, as the reward of a block or as a mint.
    pub issued: u128,
    /// Backward only: was there before the ledger begins, or came in a way that the ledger does not show.
    pub unseen: u128,
    /// Below the threshold that was asked for, and not followed.
    pub dust: u128,
    /// Forward only, chains of accounts: destroyed, as by a burn of a token.
    pub burnt: u128,
}

impl Conservation {
    /// Everything that was accounted for. `None` when the sum is beyond 128 bits.
    pub fn accounted(&self) -> Option<u128> {
        [
            self.unspent,
            self.fee,
            self.stopped,
            self.superseded,
            self.issued,
            self.unseen,
            self.dust,
            self.burnt,
        ]
        .into_iter()
        .try_fold(0_u128, u128::checked_add)
    }

    /// Whether every unit of the seed is accounted for, and none twice. Of poison, which makes taint, this says nothing.
    pub fn holds(&self) -> bool {
        self.accounted() == Some(self.seed)
    }
}
