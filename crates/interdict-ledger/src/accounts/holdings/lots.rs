//! Balances whose units stand in a row: lots in the order in which they came, neighbors that are alike as one.
//!
//! Forward, first in first out takes at the front and puts at the back; backward it undoes that, takes at the back and puts at the front. Last in
//! first out takes and puts at the back in both directions. An account without taint has no row but its balance alone.

use std::collections::VecDeque;

use super::{BeyondRange, Holdings, Lot, Moved, Tag};

/// An end of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum End {
    Front,
    Back,
}

const NO_ROW: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct Balance {
    all: u128,
    taint: u128,
    direct: u128,
    row: u32,
}

/// Balances in rows.
#[derive(Debug)]
pub(in super::super) struct Lots {
    take: End,
    put: End,
    balances: Vec<Balance>,
    rows: Vec<VecDeque<Lot>>,
    free: Vec<u32>,
}

impl Lots {
    /// Of so many accounts, with what they hold at first.
    pub fn new(take: End, put: End, at_first: impl Iterator<Item = u128>) -> Self {
        let balances = at_first.map(|all| Balance { all, taint: 0, direct: 0, row: NO_ROW }).collect();
        Self { take, put, balances, rows: Vec::new(), free: Vec::new() }
    }

    fn of(&self, account: u32) -> Option<&Balance> {
        self.balances.get(account as usize)
    }
}

/// A row for an account that had no taint yet.
fn new_row(rows: &mut Vec<VecDeque<Lot>>, free: &mut Vec<u32>, clean: u128) -> u32 {
    let number = free.pop().unwrap_or_else(|| {
        rows.push(VecDeque::new());
        u32::try_from(rows.len() - 1).unwrap_or(NO_ROW) // there are no more rows than accounts
    });
    if let Some(row) = rows.get_mut(number as usize) {
        add(row, End::Back, Lot { amount: clean, tag: Tag::Clean });
    }
    number
}

/// Puts a lot at an end, together with its neighbor if that is alike.
fn add(row: &mut VecDeque<Lot>, end: End, lot: Lot) {
    if lot.amount == 0 {
        return;
    }
    let neighbor = match end {
        End::Front => row.front_mut(),
        End::Back => row.back_mut(),
    };
    match neighbor {
        Some(neighbor) if neighbor.tag == lot.tag => neighbor.amount += lot.amount,
        _ if end == End::Front => row.push_front(lot),
        _ => row.push_back(lot),
    }
}

/// Takes value from an end.
fn remove(row: &mut VecDeque<Lot>, end: End, value: u128, moved: &mut Moved) {
    let mut left = value;
    while left > 0 {
        let lot = match end {
            End::Front => row.front_mut(),
            End::Back => row.back_mut(),
        };
        let Some(lot) = lot else { break };
        let part = Lot { amount: lot.amount.min(left), tag: lot.tag };
        lot.amount -= part.amount;
        if lot.amount == 0 {
            match end {
                End::Front => row.pop_front(),
                End::Back => row.pop_back(),
            };
        }
        left -= part.amount;
        if part.tag != Tag::Clean {
            moved.taint += part.amount;
        }
        if part.tag == Tag::Direct {
            moved.direct += part.amount;
        }
        moved.lots.push(part);
    }
}

impl Holdings for Lots {
    fn balance(&self, account: u32) -> u128 {
        self.of(account).map_or(0, |balance| balance.all)
    }

    fn taint(&self, account: u32) -> u128 {
        self.of(account).map_or(0, |balance| balance.taint)
    }

    fn direct(&self, account: u32) -> u128 {
        self.of(account).map_or(0, |balance| balance.direct)
    }

    fn take(&mut self, account: u32, value: u128, moved: &mut Moved) {
        moved.set(value, 0);
        let Some(balance) = self.balances.get_mut(account as usize) else { return };
        balance.all -= value;
        let Some(row) = self.rows.get_mut(balance.row as usize) else { return };
        remove(row, self.take, value, moved);
        balance.taint -= moved.taint;
        balance.direct -= moved.direct;
        if balance.taint == 0 {
            row.clear();
            self.free.push(balance.row);
            balance.row = NO_ROW;
        }
    }

    fn put(&mut self, account: u32, moved: &Moved) -> Result<(), BeyondRange> {
        let Some(balance) = self.balances.get_mut(account as usize) else { return Ok(()) };
        let before = balance.all;
        balance.all = before.checked_add(moved.value).ok_or(BeyondRange)?;
        if balance.row == NO_ROW {
            if moved.taint == 0 {
                return Ok(());
            }
            balance.row = new_row(&mut self.rows, &mut self.free, before);
        }
        balance.taint += moved.taint;
        balance.direct += moved.direct;
        let Some(row) = self.rows.get_mut(balance.row as usize) else { return Ok(()) };
        for lot in &moved.lots {
            add(row, self.put, *lot);
        }
        if moved.lots.is_empty() {
            let tag = match (moved.taint, moved.direct) {
                (0, _) => Tag::Clean,
                (_, 0) => Tag::Traced,
                _ => Tag::Direct,
            };
            add(row, self.put, Lot { amount: moved.value, tag });
        }
        Ok(())
    }

    fn trace_all(&mut self, account: u32) {
        let Some(balance) = self.balances.get_mut(account as usize).filter(|balance| balance.all > 0) else {
            return;
        };
        if balance.row == NO_ROW {
            balance.row = new_row(&mut self.rows, &mut self.free, 0);
        }
        (balance.taint, balance.direct) = (balance.all, 0);
        if let Some(row) = self.rows.get_mut(balance.row as usize) {
            row.clear();
            row.push_back(Lot { amount: balance.all, tag: Tag::Traced });
        }
    }
}
