//! What happens on a chain all day? Payments with change, batches, sweeps, coins spent at once and coins that lie for long.

use interdict_core::random::Random;

use super::Making;
use crate::outputs::segment::Unfit;
use crate::outputs::{AddressId, NO_ADDRESS, Output};

/// New coins of a block, in the smallest unit.
const NEW_COINS: u64 = 5_000_000_000;

/// A coin that can be spent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coin {
    pub output: Output,
    pub value: u64,
    address: AddressId,
}

/// All who have nothing to do with a theft.
#[derive(Debug)]
pub(super) struct Background {
    random: Random,
    coins: Vec<Coin>,
    inputs: Vec<Output>,
    outputs: Vec<(u64, AddressId)>,
}

impl Background {
    pub fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed, "background"),
            coins: Vec::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
        }
    }

    /// The first transaction of a block.
    pub fn new_coins(&mut self, making: &mut Making<'_, '_>) -> Result<(), Unfit> {
        let miner = if self.random.percent(70) { self.random.below_u32(20) } else { making.fresh_address() };
        making.addresses = making.addresses.max(20);
        self.outputs.clear();
        // The first blocks give out many coins, so that payments begin at once.
        let parts = if self.coins.len() < 1_000 { 500 } else { 1 };
        self.outputs.extend((0..parts).map(|_| (NEW_COINS / parts, miner)));
        self.inputs.clear();
        self.add(making)
    }

    /// One transaction of everyday life.
    pub fn transaction(&mut self, making: &mut Making<'_, '_>) -> Result<(), Unfit> {
        let spends = match self.random.below(100) {
            0..62 => 1,
            62..84 => 2,
            84..92 => 3,
            _ => 4 + self.random.skewed(60) as usize,
        };
        self.inputs.clear();
        let (mut total, mut payer) = (0, NO_ADDRESS);
        for _ in 0..spends {
            let Some(coin) = self.take() else { break };
            self.inputs.push(coin.output);
            total += coin.value;
            payer = coin.address;
        }
        if self.inputs.is_empty() {
            return Ok(());
        }
        self.pay(total, payer, making);
        self.add(making)
    }

    /// What is paid, and the change.
    fn pay(&mut self, total: u64, payer: AddressId, making: &mut Making<'_, '_>) {
        self.outputs.clear();
        let fee = (200 + u64::from(self.random.skewed(60_000))).min(total / 20);
        let payments = match self.random.below(100) {
            0..12 => 0,
            12..86 => 1,
            86..94 => 2,
            _ => 3 + u64::from(self.random.skewed(40)),
        };
        let mut left = total - fee;
        for _ in 0..payments {
            let most = usize::try_from(left / payments).unwrap_or(usize::MAX);
            let mut value = self.random.below(most + 1) as u64;
            if self.random.percent(30) {
                // Who pays by hand pays round sums.
                let round = 10_u64.pow(value.checked_ilog10().unwrap_or(0).saturating_sub(1));
                value -= value % round;
            }
            let payee = self.address(making);
            self.outputs.push((value, payee));
            left -= value;
        }
        if self.random.percent(3) {
            self.outputs.push((0, NO_ADDRESS));
        }
        let change = if self.random.percent(30) { payer } else { self.address(making) };
        self.outputs.push((left, change));
        self.random.shuffle(&mut self.outputs);
    }

    /// An address: mostly a new one, else one that came up before, the frequent ones often.
    fn address(&mut self, making: &mut Making<'_, '_>) -> AddressId {
        if self.random.percent(62) { making.fresh_address() } else { self.random.skewed(making.addresses) }
    }

    fn add(&mut self, making: &mut Making<'_, '_>) -> Result<(), Unfit> {
        let first = making.add(&self.inputs, &self.outputs)?;
        for (output, (value, address)) in (first..).zip(&self.outputs) {
            if *address != NO_ADDRESS {
                self.coins.push(Coin { output, value: *value, address: *address });
            }
        }
        Ok(())
    }

    /// A coin, a young one more often than an old one.
    fn take(&mut self) -> Option<Coin> {
        let count = self.coins.len();
        let back = if self.random.percent(15) {
            self.random.below(count)
        } else {
            self.random.skewed(u32::try_from(count).ok()?) as usize
        };
        let place = count.checked_sub(1 + back)?;
        Some(self.coins.swap_remove(place))
    }

    /// A coin of this value at least, for a theft or to be mixed with one: the first of some that fits, else the largest of these.
    pub fn take_worth(&mut self, value: u64) -> Option<Coin> {
        let mut best: Option<Coin> = None;
        for _ in 0..200 {
            let coin = self.take()?;
            if coin.value >= value {
                self.coins.extend(best);
                return Some(coin);
            }
            if best.is_none_or(|best| best.value < coin.value) {
                self.coins.extend(best.replace(coin));
            } else {
                self.coins.push(coin);
            }
        }
        best
    }

    /// Gives a coin back to everyday life.
    pub fn give(&mut self, output: Output, value: u64, address: AddressId) {
        self.coins.push(Coin { output, value, address });
    }
}
