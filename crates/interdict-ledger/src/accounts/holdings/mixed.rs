//! Balances whose units are not told apart: a sum, and how much of it is taint.

use super::super::share::leaving;
use super::{BeyondRange, Holdings, Moved};

/// How much taint leaves with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Rule {
    /// All of the value, if there is any taint.
    Poison,
    /// As large a part as taint is of the balance.
    Haircut,
    /// Taint before anything else.
    Tiho,
}

#[derive(Debug, Clone, Copy, Default)]
struct Balance {
    all: u128,
    taint: u128,
    direct: u128,
}

/// Balances under such a rule.
#[derive(Debug)]
pub(in super::super) struct Mixed {
    rule: Rule,
    balances: Vec<Balance>,
}

impl Mixed {
    /// Of so many accounts, with what they hold at first.
    pub fn new(rule: Rule, at_first: impl Iterator<Item = u128>) -> Self {
        Self { rule, balances: at_first.map(|all| Balance { all, ..Balance::default() }).collect() }
    }

    fn of(&self, account: u32) -> Balance {
        self.balances.get(account as usize).copied().unwrap_or_default()
    }
}

impl Holdings for Mixed {
    fn balance(&self, account: u32) -> u128 {
        self.of(account).all
    }

    fn taint(&self, account: u32) -> u128 {
        self.of(account).taint
    }

    fn direct(&self, account: u32) -> u128 {
        self.of(account).direct
    }

    fn take(&mut self, account: u32, value: u128, moved: &mut Moved) {
        moved.set(value, 0);
        let Some(balance) = self.balances.get_mut(account as usize) else { return };
        if balance.taint > 0 {
            moved.taint = match self.rule {
                Rule::Poison => value,
                Rule::Haircut => leaving(balance.taint, value, balance.all),
                Rule::Tiho => balance.taint.min(value),
            };
            moved.direct = leaving(balance.direct, moved.taint, balance.taint);
            balance.taint -= moved.taint;
            balance.direct -= moved.direct;
        }
        balance.all -= value;
    }

    fn put(&mut self, account: u32, moved: &Moved) -> Result<(), BeyondRange> {
        let Some(balance) = self.balances.get_mut(account as usize) else { return Ok(()) };
        balance.all = balance.all.checked_add(moved.value).ok_or(BeyondRange)?;
        balance.taint += moved.taint;
        balance.direct += moved.direct;
        if self.rule == Rule::Poison && balance.taint > 0 {
            balance.taint = balance.all;
        }
        Ok(())
    }

    fn trace_all(&mut self, account: u32) {
        if let Some(balance) = self.balances.get_mut(account as usize) {
            (balance.taint, balance.direct) = (balance.all, 0);
        }
    }
}
