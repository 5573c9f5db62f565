//! What does the chain say of a transaction, an output, an address? Segments one after the other, read as one.

use super::addresses::AddressSet;
use super::segment::{Block, Segment, address_of};
use super::{AddressId, Output, Tx};
use crate::column::{BLOCK, Column, Near};

/// A chain: segments that follow one another. Nothing of it changes; a longer chain is another value.
#[derive(Debug)]
pub struct Chain {
    segments: Vec<Segment>,
}

/// Segments that are no chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("segment {0} does not begin where the one before it ends")]
pub struct NotConsecutive(usize);

/// Where a transaction's inputs and outputs are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extents {
    /// Its first input, in the segment.
    first_input: u64,
    /// How many outputs it spends; none if it makes new coins.
    pub inputs: u64,
    /// The number of its first output.
    pub first_output: Output,
    /// How many outputs it makes.
    pub outputs: u64,
}

impl Extents {
    /// The numbers of its outputs.
    pub fn output_numbers(&self) -> std::ops::Range<Output> {
        self.first_output..self.first_output + self.outputs
    }
}

impl Chain {
    /// Puts segments together.
    ///
    /// # Errors
    /// When one does not begin where the one before it ends; the first begins with 0.
    pub fn new(segments: Vec<Segment>) -> Result<Self, NotConsecutive> {
        let (mut next_tx, mut next_output) = (0, 0);
        for (place, segment) in segments.iter().enumerate() {
            let extent = segment.extent();
            if (extent.first_tx, extent.first_output) != (next_tx, next_output) {
                return Err(NotConsecutive(place));
            }
            next_tx += extent.txs;
            next_output += extent.outputs;
        }
        Ok(Self { segments })
    }

    /// Its segments, in order.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// How many transactions it has.
    pub fn txs(&self) -> Tx {
        self.segments.last().map_or(0, |segment| segment.txs().end)
    }

    /// How many outputs it has.
    pub fn outputs(&self) -> Output {
        self.segments.last().map_or(0, |segment| segment.outputs().end)
    }

    /// How many inputs it has.
    pub fn inputs(&self) -> u64 {
        self.segments.iter().map(|segment| segment.extent().inputs).sum()
    }

    fn at_output(&self, output: Output) -> Option<(usize, &Segment)> {
        let place = self.segments.partition_point(|segment| segment.outputs().end <= output);
        self.segments.get(place).map(|segment| (place, segment))
    }

    /// The transaction that made an output. `None` for an output that is not in the chain.
    pub fn creator(&self, output: Output) -> Option<Tx> {
        self.at_output(output).map(|(_, segment)| segment.creator(output))
    }

    /// The address of an output; [`super::NO_ADDRESS`] if it has none or is not in the chain.
    pub fn address(&self, output: Output) -> AddressId {
        self.at_output(output).map_or(super::NO_ADDRESS, |(_, segment)| segment.address(output))
    }

    /// The value of an output, 0 if it is not in the chain.
    pub fn value(&self, output: Output) -> u64 {
        self.at_output(output)
            .map_or(0, |(_, segment)| segment.values().get(output - segment.outputs().start))
    }

    /// The transaction that spends an output, which `creator` made.
    pub fn spender(&self, output: Output, creator: Tx) -> Option<Tx> {
        let (place, segment) = self.at_output(output)?;
        match segment.spent().get(output - segment.outputs().start) {
            0 => self.segments.get(place + 1..)?.iter().find_map(|later| later.spender_of_earlier(output)),
            distance => creator.checked_add(Tx::try_from(distance).ok()?),
        }
    }

    /// The block that a transaction is in.
    pub fn block_of(&self, tx: Tx) -> Option<Block> {
        let place = self.segments.partition_point(|segment| segment.txs().end <= tx);
        self.segments.get(place)?.block_of(tx)
    }

    /// All outputs at these addresses, in order. Reads the addresses of the whole chain.
    pub fn outputs_at(&self, addresses: &AddressSet) -> Vec<Output> {
        let all =
            self.segments.iter().flat_map(|segment| segment.outputs().map(move |output| (segment, output)));
        all.filter(|(segment, output)| addresses.contains(segment.address(*output)))
            .map(|(_, output)| output)
            .collect()
    }

    /// A reader of its transactions.
    pub fn reader(&self) -> Reader<'_> {
        let views = self.segments.iter().map(View::of).collect();
        Reader {
            chain: self,
            views,
            at: 0,
            block: u64::MAX,
            input_ends: [0; BLOCK],
            output_ends: [0; BLOCK],
            near_inputs: Near::new(),
            near_values: Near::new(),
            near_spent: Near::new(),
            near_addresses: Near::new(),
        }
    }
}

/// The columns of a segment that are read for each transaction.
#[derive(Debug, Clone, Copy)]
struct View<'a> {
    segment: &'a Segment,
    first_tx: u64,
    first_output: Output,
    end_output: Output,
    inputs: Column<'a>,
    values: Column<'a>,
    spent: Column<'a>,
    addresses: Column<'a>,
}

impl<'a> View<'a> {
    fn of(segment: &'a Segment) -> Self {
        let extent = segment.extent();
        Self {
            segment,
            first_tx: extent.first_tx,
            first_output: extent.first_output,
            end_output: extent.first_output + extent.outputs,
            inputs: segment.inputs(),
            values: segment.values(),
            spent: segment.spent(),
            addresses: segment.addresses(),
        }
    }
}

/// Reads transactions, fastest when they are near each other: what was unpacked for one serves its neighbors.
#[derive(Debug)]
pub struct Reader<'a> {
    chain: &'a Chain,
    views: Vec<View<'a>>,
    at: usize,
    block: u64,
    input_ends: [u64; BLOCK],
    output_ends: [u64; BLOCK],
    near_inputs: Near,
    near_values: Near,
    near_spent: Near,
    near_addresses: Near,
}

impl<'a> Reader<'a> {
    /// The chain that is read.
    pub fn chain(&self) -> &'a Chain {
        self.chain
    }

    /// Where the inputs and outputs of a transaction are. Empty beyond the end of the chain.
    pub fn transaction(&mut self, tx: Tx) -> Extents {
        let inside = self.views.get(self.at).is_some_and(|view| view.segment.txs().contains(&tx));
        if !inside {
            self.at = self.views.partition_point(|view| view.segment.txs().end <= tx);
            self.block = u64::MAX;
        }
        let Some(view) = self.views.get(self.at).copied() else {
            return Extents { first_input: 0, inputs: 0, first_output: self.chain.outputs(), outputs: 0 };
        };
        let place = u64::from(tx) - view.first_tx;
        if place / BLOCK as u64 != self.block {
            self.unpack(&view, place / BLOCK as u64);
        }
        let starts = view.segment.starts(self.block);
        let within = usize::try_from(place % BLOCK as u64).unwrap_or(0);
        let range = |ends: &[u64; BLOCK], start: u64| {
            let from = within.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(start);
            (from, ends.get(within).copied().unwrap_or(from) - from)
        };
        let (first_input, inputs) = range(&self.input_ends, starts.0);
        let (first_output, outputs) = range(&self.output_ends, starts.1);
        Extents { first_input, inputs, first_output: view.first_output + first_output, outputs }
    }

    /// Where each transaction of a block of 64 ends.
    fn unpack(&mut self, view: &View<'_>, block: u64) {
        let (inputs, outputs) = view.segment.counts();
        let starts = view.segment.starts(block);
        for (column, ends, start) in
            [(inputs, &mut self.input_ends, starts.0), (outputs, &mut self.output_ends, starts.1)]
        {
            let in_block = column.decode(block, ends);
            let mut end = start;
            for (place, count) in ends.iter_mut().enumerate() {
                end = end.saturating_add(if place < in_block { *count } else { 0 });
                *count = end;
            }
        }
        self.block = block;
    }

    /// The outputs that the transaction read last spends, in order, into the list.
    #[inline]
    pub fn inputs(&mut self, of: &Extents, into: &mut Vec<Output>) {
        into.clear();
        let Some(column) = self.views.get(self.at).map(|view| (self.at, view.inputs)) else { return };
        for place in of.first_input..of.first_input.saturating_add(of.inputs).min(column.1.len()) {
            let (distance, _) = self.near_inputs.get(column, place);
            into.push(of.first_output.wrapping_sub(1).wrapping_sub(distance));
        }
    }

    #[inline]
    fn view_of(&self, output: Output) -> Option<(usize, View<'a>)> {
        let place = match self.views.as_slice() {
            [_] => 0,
            views => views.partition_point(|view| view.end_output <= output),
        };
        self.views.get(place).map(|view| (place, *view))
    }

    /// The value of an output, 0 if it is not in the chain.
    #[inline]
    pub fn value(&self, output: Output) -> u64 {
        self.view_of(output).map_or(0, |(_, view)| view.values.get(output.wrapping_sub(view.first_output)))
    }

    /// The same, fastest for outputs that follow one another.
    #[inline]
    pub fn value_near(&mut self, output: Output) -> u64 {
        let Some((place, view)) = self.view_of(output) else { return 0 };
        self.near_values.get((place, view.values), output.wrapping_sub(view.first_output)).0
    }

    /// The transaction that spends an output, which `creator` made. Fastest for outputs that follow one another.
    #[inline]
    pub fn spender(&mut self, output: Output, creator: Tx) -> Option<Tx> {
        let (place, view) = self.view_of(output)?;
        match self.near_spent.get((place, view.spent), output.wrapping_sub(view.first_output)).0 {
            0 if self.views.len() == 1 => None,
            0 => self.chain.spender(output, creator),
            distance => creator.checked_add(Tx::try_from(distance).ok()?),
        }
    }

    /// The address of an output. Fastest for outputs that follow one another.
    #[inline]
    pub fn address(&mut self, output: Output) -> AddressId {
        let Some((place, view)) = self.view_of(output) else { return super::NO_ADDRESS };
        let (code, base) =
            self.near_addresses.get((place, view.addresses), output.wrapping_sub(view.first_output));
        address_of(code, base)
    }
}
