//! What is written down while value is followed: how many steps it is from a seed, between whom it moved, what was paid as fees.

use std::collections::HashMap;

use super::{Named, Question};
use crate::outputs::chain::Chain;
use crate::outputs::trace::{At, Fate, Listener, Step};
use crate::outputs::{AddressId, Output, Tx};
use crate::report::{FLOW_EXAMPLES_MAX, Flow};
use crate::strategy::Direction;

/// Most transactions that are searched for patterns.
const TRANSACTIONS_KEPT_MAX: usize = 200_000;

/// An end of a line: an address, or a transaction in which several addresses spent together, as nobody can say who of them paid whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Node {
    Address(AddressId),
    Transaction(Tx),
}

#[derive(Debug, Clone, Default)]
struct Moved {
    amount: u128,
    transactions: u64,
    first: Option<i64>,
    last: Option<i64>,
    examples: Vec<Tx>,
}

/// What was paid as fees, or (on the way back) has no known origin in a transaction.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rest {
    pub amount: u128,
    pub direct: u128,
    pub parts: u64,
    pub steps: u32,
    pub first: Option<i64>,
    pub last: Option<i64>,
}

pub(super) struct Recorder<'a> {
    chain: &'a Chain,
    direction: Direction,
    flows_max: usize,
    steps: HashMap<Output, u32>,
    /// The same of outputs at which value ended on its way.
    ended: HashMap<Output, u32>,
    moved: HashMap<(Node, Node), Moved>,
    left_out: u64,
    rest: Rest,
    transactions: Vec<Tx>,
    more_transactions: u64,
}

impl<'a> Recorder<'a> {
    pub fn new(chain: &'a Chain, seeds: &[Output], question: &Question<'_>) -> Self {
        Self {
            chain,
            direction: question.direction,
            flows_max: question.flows_max,
            steps: seeds.iter().map(|seed| (*seed, 0)).collect(),
            ended: HashMap::new(),
            moved: HashMap::new(),
            left_out: 0,
            rest: Rest::default(),
            transactions: Vec::new(),
            more_transactions: 0,
        }
    }

    /// The fewest transactions between a seed and an output, at which value goes on, is unspent or came into being.
    pub fn steps(&self, output: Output) -> u32 {
        self.steps.get(&output).copied().unwrap_or(0)
    }

    /// The same where value stopped on its way, also at another seed.
    pub fn steps_to_end(&self, output: Output) -> u32 {
        self.ended.get(&output).copied().unwrap_or_else(|| self.steps(output))
    }

    pub fn rest(&self) -> Rest {
        self.rest
    }

    /// How many movements are not told one by one.
    pub fn flows_left_out(&self) -> u64 {
        self.left_out
    }

    /// The first transactions that were looked at, in their order in the chain, and how many there were besides.
    pub fn transactions(&mut self) -> (&[Tx], u64) {
        self.transactions.sort_unstable();
        (&self.transactions, self.more_transactions)
    }

    /// The movements, in the order of time.
    pub fn flows(self, names: &impl Named) -> Vec<Flow> {
        let mut moved: Vec<((Node, Node), Moved)> = self.moved.into_iter().collect();
        moved.sort_by_key(|(pair, moved)| (moved.first, moved.examples.first().copied(), *pair));
        let name = |node: Node| match node {
            Node::Address(address) => names.address(address),
            Node::Transaction(tx) => format!("tx:{}", names.transaction(tx)),
        };
        let told = |((from, to), moved): ((Node, Node), Moved)| Flow {
            from: name(from),
            to: name(to),
            amount: moved.amount,
            transactions: moved.transactions,
            first: moved.first,
            last: moved.last,
            examples: moved.examples.iter().map(|tx| names.transaction(*tx)).collect(),
        };
        moved.into_iter().map(told).collect()
    }

    fn add(&mut self, from: Node, to: Node, amount: u64, tx: Tx, time: Option<i64>) {
        if !self.moved.contains_key(&(from, to)) && self.moved.len() >= self.flows_max {
            self.left_out += 1;
            return;
        }
        let moved = self.moved.entry((from, to)).or_default();
        moved.amount += u128::from(amount);
        if moved.examples.last() != Some(&tx) {
            moved.transactions += 1;
            if moved.examples.len() < FLOW_EXAMPLES_MAX {
                moved.examples.push(tx);
            }
        }
        moved.first = time.into_iter().chain(moved.first).min();
        moved.last = moved.last.max(time);
    }

    /// Who paid whom in one transaction. Those who pay are what it spends, whichever way it was walked through.
    fn record(&mut self, step: &Step<'_>, time: Option<i64>) {
        let (paying, paid) = match self.direction {
            Direction::Forward => (step.from, step.onto),
            Direction::Backward => (step.onto, step.from),
        };
        if paying.is_empty() {
            // New coins: nobody paid.
            return;
        }
        let (paying, paid) = (self.by_address(paying), self.by_address(paid));
        if let [(payer, _)] = paying.as_slice() {
            for (payee, amount) in paid {
                self.add(Node::Address(*payer), Node::Address(payee), amount, step.tx, time);
            }
            return;
        }
        for (payer, amount) in paying {
            self.add(Node::Address(payer), Node::Transaction(step.tx), amount, step.tx, time);
        }
        for (payee, amount) in paid {
            self.add(Node::Transaction(step.tx), Node::Address(payee), amount, step.tx, time);
        }
    }

    fn by_address(&self, ats: &[At]) -> Vec<(AddressId, u64)> {
        let mut sums: Vec<(AddressId, u64)> = Vec::new();
        for at in ats {
            let address = self.chain.address(at.output);
            match sums.iter_mut().find(|(of, _)| *of == address) {
                Some((_, amount)) => *amount = amount.saturating_add(at.amount),
                None => sums.push((address, at.amount)),
            }
        }
        sums
    }
}

impl Listener for Recorder<'_> {
    fn step(&mut self, step: &Step<'_>) {
        let steps = 1 + step.from.iter().map(|at| self.steps(at.output)).min().unwrap_or(0);
        for at in step.onto {
            let steps_to = if at.fate == Fate::Held { &mut self.steps } else { &mut self.ended };
            let known = steps_to.entry(at.output).or_insert(steps);
            *known = steps.min(*known);
        }
        let time = self.chain.block_of(step.tx).map(|block| block.time);
        if step.rest > 0 {
            let amount = u128::from(step.rest);
            self.rest.steps = if self.rest.parts == 0 { steps } else { self.rest.steps.min(steps) };
            self.rest.amount += amount;
            self.rest.direct += if steps == 1 { amount } else { 0 };
            self.rest.parts += 1;
            self.rest.first = time.into_iter().chain(self.rest.first).min();
            self.rest.last = self.rest.last.max(time);
        }
        if self.flows_max > 0 {
            self.record(step, time);
        }
        if self.transactions.len() < TRANSACTIONS_KEPT_MAX {
            self.transactions.push(step.tx);
        } else {
            self.more_transactions += 1;
        }
    }
}
