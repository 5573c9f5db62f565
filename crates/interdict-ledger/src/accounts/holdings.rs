//! What does each account hold, and how much of it is taint? The rules by which value leaves a balance, apart from where it goes.

mod lots;
mod mixed;

pub(super) use lots::{End, Lots};
pub(super) use mixed::{Mixed, Rule};

/// What a unit of a balance is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Clean,
    /// Traced, and more than one step from a seed, or still at one.
    Traced,
    /// Traced, and came straight from where a seed is held.
    Direct,
}

/// Value that is alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lot {
    pub amount: u128,
    pub tag: Tag,
}

/// Value on its way from one account to another.
#[derive(Debug, Default)]
pub(super) struct Moved {
    pub value: u128,
    /// How much of it is traced.
    pub taint: u128,
    /// How much of that came in one step.
    pub direct: u128,
    /// In which order, where the rule keeps one; none where all of it is alike.
    lots: Vec<Lot>,
}

impl Moved {
    /// Makes it value of which nothing or everything is traced.
    pub fn set(&mut self, value: u128, taint: u128) {
        (self.value, self.taint, self.direct) = (value, taint, 0);
        self.lots.clear();
    }

    /// Says of all traced value in it whether it comes straight from where a seed is held.
    pub fn retag(&mut self, tag: Tag) {
        self.direct = if tag == Tag::Direct { self.taint } else { 0 };
        if self.taint == self.value {
            self.lots.clear();
        }
        for lot in self.lots.iter_mut().filter(|lot| lot.tag != Tag::Clean) {
            lot.tag = tag;
        }
    }
}

/// More of one asset than 128 bits can count came to one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BeyondRange;

/// Balances under one rule.
pub(super) trait Holdings {
    /// All that an account holds.
    fn balance(&self, account: u32) -> u128;
    /// How much of it is traced.
    fn taint(&self, account: u32) -> u128;
    /// How much of that came in one step.
    fn direct(&self, account: u32) -> u128;
    /// Takes value out of a balance that has it.
    fn take(&mut self, account: u32, value: u128, moved: &mut Moved);
    /// Puts value into a balance.
    fn put(&mut self, account: u32, moved: &Moved) -> Result<(), BeyondRange>;
    /// Makes all that an account holds traced value.
    fn trace_all(&mut self, account: u32);
}
