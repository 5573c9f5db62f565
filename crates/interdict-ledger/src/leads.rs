//! What do patterns in a chain of outputs suggest? Leads: never taint, never a reason to block by themselves.
//!
//! Detectors give numbers ([`Pattern`]); [`Pattern::named`] makes a [`Lead`] of one, in names and words. How sure a detector is was
//! published for some and is a judgment for others: `docs/ledger-clusters.md` says which.

pub mod coinjoin;
pub mod deposits;
pub mod peel;
pub mod transaction;

use crate::outputs::Tx;
use crate::report::{Lead, Unit};

use coinjoin::CoinJoin;
use deposits::Deposits;
use peel::PeelChain;

/// How sure a method is, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u8);

impl Confidence {
    /// So many hundredths; more than 100 are 100.
    pub const fn percent(hundredths: u8) -> Self {
        Self(if hundredths > 100 { 100 } else { hundredths })
    }

    /// From 0 to 1.
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// What was seen.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// A transaction that several parties seem to have built.
    CoinJoin(CoinJoin),
    /// Value from which small parts are taken, step after step.
    PeelChain(PeelChain),
    /// Value that reached a labeled service.
    Deposits(Deposits),
}

/// A pattern, in numbers of the chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// What was seen.
    pub seen: Seen,
    /// The transactions, in order.
    pub transactions: Vec<Tx>,
    /// The addresses.
    pub addresses: Vec<u32>,
}

/// What was found: the first patterns, at most [`interdict_core::limits::LEADS_MAX`], and how many there are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Patterns {
    /// The first patterns.
    pub first: Vec<Pattern>,
    /// How many there are. Exact.
    pub count: u64,
}

impl Patterns {
    fn add(&mut self, pattern: impl FnOnce() -> Pattern) {
        self.count += 1;
        if self.first.len() < interdict_core::limits::LEADS_MAX {
            self.first.push(pattern());
        }
    }
}

/// What transactions, addresses and services are called.
pub trait Names {
    /// The id of a transaction.
    fn transaction(&self, number: Tx) -> String;
    /// The text of an address.
    fn address(&self, number: u32) -> String;
    /// The name of a service that value reached.
    fn service(&self, number: u32) -> String;
}

impl Pattern {
    /// The lead, in names.
    pub fn named(&self, names: &impl Names, unit: &Unit) -> Lead {
        let (kind, method, confidence, seen) = match &self.seen {
            Seen::CoinJoin(coinjoin) => {
                ("coinjoin", coinjoin.method(), coinjoin.confidence, coinjoin.in_words(unit))
            }
            Seen::PeelChain(chain) => {
                ("peel_chain", chain.method(), chain.confidence(), chain.in_words(unit))
            }
            Seen::Deposits(deposits) => (
                deposits.kind.name(),
                deposits.method(),
                deposits.confidence,
                deposits.in_words(&names.service(deposits.service), unit),
            ),
        };
        Lead {
            kind,
            method,
            confidence: confidence.fraction(),
            transactions: self.transactions.iter().map(|number| names.transaction(*number)).collect(),
            addresses: self.addresses.iter().map(|number| names.address(*number)).collect(),
            seen,
        }
    }
}
