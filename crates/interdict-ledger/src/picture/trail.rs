//! Who gave value to whom? The flows of a report as a graph that leads away from the seeds, in either direction of tracing.

use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::report::{EndKind, Seed, TraceReport};
use crate::strategy::Direction;

/// An address, with what is known of it.
#[derive(Debug, Default)]
pub(super) struct Node<'a> {
    pub address: &'a str,
    pub label: Option<&'a str>,
    /// Whether tracing began here, and with how much as far as that is known.
    pub seed: Option<Option<u128>>,
    pub ends: BTreeMap<EndKind, u128>,
    /// What came from nearer to the seeds, and what went on.
    pub entering: u128,
    pub leaving: u128,
    /// What it gave to itself.
    pub within: u128,
    /// The fewest lines between a seed and here.
    pub depth: usize,
    /// Leads that name it, from 0.
    pub leads: Vec<usize>,
}

impl Node<'_> {
    /// What ended here.
    pub fn ended(&self) -> u128 {
        self.ends.values().fold(0, |sum, amount| sum.saturating_add(*amount))
    }

    /// How much of value met it.
    pub fn weight(&self) -> u128 {
        self.entering.max(self.leaving).max(self.ended()).max(self.seed.flatten().unwrap_or(0))
    }
}

/// Value that went from one to another, away from the seeds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub from: usize,
    pub to: usize,
    pub amount: u128,
    pub transactions: u64,
}

/// All nodes and edges.
#[derive(Debug)]
pub(super) struct Trail<'a> {
    pub nodes: Vec<Node<'a>>,
    pub edges: Vec<Edge>,
    /// For each node, its edges away from the seeds, the largest first.
    pub onward: Vec<Vec<usize>>,
    /// For each node, how many others give to it.
    pub givers: Vec<usize>,
    /// Whether the report has no flows, so that lines go from the seeds to the ends at once.
    pub is_without_flows: bool,
}

impl<'a> Trail<'a> {
    pub fn new(report: &'a TraceReport) -> Self {
        let mut making = Making::default();
        for flow in &report.flows {
            let (from, to) = (making.node(&flow.from), making.node(&flow.to));
            let (from, to) = if report.direction == Direction::Forward { (from, to) } else { (to, from) };
            making.edge(Edge { from, to, amount: flow.amount, transactions: flow.transactions });
        }
        let steps = making.ends(report);
        let is_without_flows = report.flows.is_empty();
        if is_without_flows {
            making.lines_to_ends(report);
        } else {
            making.seeds(&report.seeds);
        }
        for (number, lead) in report.leads.iter().enumerate() {
            for address in &lead.addresses {
                if let Some(node) =
                    making.numbers.get(address.as_str()).and_then(|&at| making.nodes.get_mut(at))
                {
                    node.leads.push(number);
                }
            }
        }
        making.finish(&steps, is_without_flows)
    }
}

#[derive(Default)]
struct Making<'a> {
    nodes: Vec<Node<'a>>,
    numbers: HashMap<&'a str, usize>,
    edges: Vec<Edge>,
    pairs: HashMap<(usize, usize), usize>,
}

impl<'a> Making<'a> {
    fn node(&mut self, address: &'a str) -> usize {
        let next = self.nodes.len();
        let number = *self.numbers.entry(address).or_insert(next);
        if number == next {
            self.nodes.push(Node { address, ..Node::default() });
        }
        number
    }

    fn edge(&mut self, edge: Edge) {
        if edge.from == edge.to {
            if let Some(node) = self.nodes.get_mut(edge.from) {
                node.within = node.within.saturating_add(edge.amount);
            }
            return;
        }
        if let Some(node) = self.nodes.get_mut(edge.from) {
            node.leaving = node.leaving.saturating_add(edge.amount);
        }
        if let Some(node) = self.nodes.get_mut(edge.to) {
            node.entering = node.entering.saturating_add(edge.amount);
        }
        let next = self.edges.len();
        let at = *self.pairs.entry((edge.from, edge.to)).or_insert(next);
        match self.edges.get_mut(at) {
            Some(known) => {
                known.amount = known.amount.saturating_add(edge.amount);
                known.transactions = known.transactions.saturating_add(edge.transactions);
            }
            None => self.edges.push(edge),
        }
    }

    /// Adds what ended, and tells how far from the seeds. Fees without an address stand above the drawing only: every transaction pays them.
    fn ends(&mut self, report: &'a TraceReport) -> HashMap<usize, usize> {
        let mut steps = HashMap::new();
        for end in &report.ends {
            if end.kind == EndKind::Fee && end.address.is_empty() {
                continue;
            }
            let number = self.node(&end.address);
            steps.insert(number, usize::try_from(end.steps).unwrap_or(usize::MAX));
            if let Some(node) = self.nodes.get_mut(number) {
                let sum = node.ends.entry(end.kind).or_insert(0);
                *sum = sum.saturating_add(end.amount);
                node.label = node.label.or(end.label.as_deref());
            }
        }
        steps
    }

    /// Marks where tracing began. A seed that is named otherwise than the addresses (`txid:n`) is where more went out than came in.
    fn seeds(&mut self, seeds: &'a [Seed]) {
        let mut unknown = Vec::new();
        for seed in seeds {
            match self.numbers.get(seed.what.as_str()).and_then(|&at| self.nodes.get_mut(at)) {
                Some(node) => {
                    let known = node.seed.flatten().unwrap_or(0);
                    node.seed = Some(Some(known.saturating_add(seed.amount)));
                }
                None => unknown.push(seed),
            }
        }
        if unknown.is_empty() {
            return;
        }
        let is_source = |node: &&mut Node<'_>| {
            node.seed.is_none() && node.leaving.saturating_add(node.ended()) > node.entering
        };
        let mut sources: Vec<_> = self.nodes.iter_mut().filter(is_source).collect();
        let sum = unknown.iter().fold(0_u128, |sum, seed| sum.saturating_add(seed.amount));
        let amount = (sources.len() == 1).then_some(sum);
        sources.iter_mut().for_each(|node| node.seed = Some(amount));
    }

    /// Without flows: a line from the seeds to each end.
    fn lines_to_ends(&mut self, report: &'a TraceReport) {
        let what = match report.seeds.as_slice() {
            [seed] => seed.what.as_str(),
            _ => "all seeds",
        };
        let from = self.node(what);
        if let Some(node) = self.nodes.get_mut(from) {
            node.seed = Some(Some(report.conservation.seed));
        }
        for to in 0..self.nodes.len() {
            let amount = self.nodes.get(to).map_or(0, Node::ended);
            if to != from {
                self.edge(Edge { from, to, amount, transactions: 0 });
            }
        }
    }

    fn finish(mut self, steps: &HashMap<usize, usize>, is_without_flows: bool) -> Trail<'a> {
        if self.nodes.iter().all(|node| node.seed.is_none())
            && let Some(most) = self.nodes.iter_mut().max_by_key(|node| node.leaving)
        {
            most.seed = Some(None);
        }
        let mut onward = vec![Vec::new(); self.nodes.len()];
        let mut givers = vec![0; self.nodes.len()];
        for (number, edge) in self.edges.iter().enumerate() {
            onward[edge.from].push(number);
            givers[edge.to] += 1;
        }
        for edges in &mut onward {
            edges.sort_by_key(|&number: &usize| std::cmp::Reverse(self.edges[number].amount));
        }
        let seeds = (0..self.nodes.len()).filter(|&at| self.nodes[at].seed.is_some());
        let depths =
            depths(self.nodes.len(), seeds, |at| onward[at].iter().map(|&number| self.edges[number].to));
        for (at, (node, depth)) in self.nodes.iter_mut().zip(depths).enumerate() {
            node.depth = depth.unwrap_or_else(|| steps.get(&at).copied().unwrap_or(1).max(1));
        }
        Trail { nodes: self.nodes, edges: self.edges, onward, givers, is_without_flows }
    }
}

/// The fewest steps from any start to each node.
pub(super) fn depths<I: Iterator<Item = usize>>(
    nodes: usize,
    starts: impl Iterator<Item = usize>,
    onward: impl Fn(usize) -> I,
) -> Vec<Option<usize>> {
    let mut depths = vec![None; nodes];
    let mut queue: VecDeque<(usize, usize)> = starts.map(|start| (start, 0)).collect();
    while let Some((at, depth)) = queue.pop_front() {
        if depths[at].is_none() {
            depths[at] = Some(depth);
            queue.extend(onward(at).map(|next| (next, depth + 1)));
        }
    }
    depths
}
