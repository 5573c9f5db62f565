//! How is a chain cut back to a block, and how do many small segments become one? Parts are written anew; numbers stay as they were.

use std::ops::Range;

use super::{Keep, KeepError, Part, Parts, blocks_of};
use crate::column::Cursor;
use crate::outputs::names::{Link, NamesWriter};
use crate::outputs::segment::{Block, SegmentWriter};
use crate::outputs::{AddressId, NO_ADDRESS, Output};

/// Why parts cannot be written anew.
#[derive(Debug, thiserror::Error)]
pub enum Unwritten {
    /// A part does not hold what it says.
    #[error("a kept part is damaged: {0}")]
    Damaged(&'static str),
    /// Keeping failed.
    #[error(transparent)]
    Keep(#[from] KeepError),
}

/// The chain up to the block of a height, that block included; `None` leaves nothing. Parts before it stay as they are.
///
/// # Errors
/// When the part with the block cannot be read or written anew.
pub fn cut(parts: Parts, stays_to: Option<u64>, keeper: &mut impl Keep) -> Result<Parts, Unwritten> {
    let mut list = parts.0;
    let whole = stays_to.map_or(0, |height| list.partition_point(|part| part.record.last_height <= height));
    let torn = (whole < list.len())
        .then(|| list.swap_remove(whole))
        .filter(|part| stays_to.is_some_and(|height| part.record.first_height <= height));
    list.truncate(whole);
    if let (Some(part), Some(height)) = (torn, stays_to) {
        let (segment, names) = copied(std::slice::from_ref(&part), height)?;
        list.push(keeper.keep(segment, names)?);
    }
    Ok(Parts(list))
}

/// The same chain with some of its consecutive parts as one.
///
/// # Errors
/// When they cannot be read or written.
pub fn merge(parts: Parts, range: Range<usize>, keeper: &mut impl Keep) -> Result<Parts, Unwritten> {
    let mut list = parts.0;
    if range.len() < 2 || range.end > list.len() {
        return Ok(Parts(list));
    }
    let (segment, names) = copied(list.get(range.clone()).unwrap_or_default(), u64::MAX)?;
    let merged = keeper.keep(segment, names)?;
    list.splice(range, [merged]);
    Ok(Parts(list))
}

/// Which parts to merge so that a chain that grows by a few blocks at a time has few: the last ones that together are no larger than a segment may
/// be, if the last is not much smaller than those before it. So each transaction is written anew a few times only, however often a chain grows.
pub fn worth_merging(parts: &Parts, segment_txs: u64) -> Option<Range<usize>> {
    let txs: Vec<u64> = parts.0.iter().map(|part| part.record.txs).collect();
    let (mut start, mut sum) = (txs.len(), 0_u64);
    while let Some(before) = start.checked_sub(1).and_then(|place| txs.get(place)) {
        let is_small = sum == 0 || *before <= sum.saturating_mul(2);
        if !is_small || sum.saturating_add(*before) > segment_txs {
            break;
        }
        sum = sum.saturating_add(*before);
        start -= 1;
    }
    (txs.len() - start >= 2).then_some(start..txs.len())
}

/// What of consecutive parts is up to a height.
fn copied(parts: &[Part], height: u64) -> Result<(SegmentWriter, NamesWriter), Unwritten> {
    let first = parts.first().ok_or(Unwritten::Damaged("there is none"))?;
    let first_address = first.names.addresses().start;
    let mut segment = SegmentWriter::new(first.segment.txs().start, first.segment.outputs().start)
        .after_addresses(first_address);
    let mut names = NamesWriter::new(first.segment.txs().start, first_address);
    for part in parts {
        copy(part, height, &mut segment, &mut names)?;
    }
    Ok((segment, names))
}

fn copy(
    part: &Part,
    height: u64,
    segment: &mut SegmentWriter,
    names: &mut NamesWriter,
) -> Result<(), Unwritten> {
    let from = &part.segment;
    let (input_counts, output_counts) = from.counts();
    let (mut input_counts, mut output_counts) = (Cursor::new(input_counts), Cursor::new(output_counts));
    let (mut distances, mut values) = (Cursor::new(from.inputs()), Cursor::new(from.values()));
    let mut blocks = (0_u64..).zip(blocks_of(from)).peekable();
    let (mut next_input, mut next_output) = (0_u64, from.outputs().start);
    let (mut spends, mut makes): (Vec<Output>, Vec<(u64, AddressId)>) = (Vec::new(), Vec::new());
    for (place, tx) in (0_u64..).zip(from.txs()) {
        while let Some((at, block)) = blocks.next_if(|(_, block)| block.first_tx <= tx) {
            if block.height > height {
                return Ok(());
            }
            begin(part, at, &block, segment, names);
        }
        spends.clear();
        makes.clear();
        let end_input = next_input.saturating_add(input_counts.get(place)).min(from.inputs().len());
        for input in next_input..end_input {
            spends.push(next_output.wrapping_sub(1).wrapping_sub(distances.get(input)));
        }
        let end = next_output.saturating_add(output_counts.get(place)).min(from.outputs().end);
        for output in next_output..end {
            let address = from.address(output);
            makes.push((values.get(output - from.outputs().start), address));
            name(part, address, names)?;
        }
        next_input = end_input;
        next_output = end;
        segment.transaction(&spends, &makes).map_err(|_| Unwritten::Damaged("a transaction does not fit"))?;
        part.names
            .id(tx)
            .and_then(|id| names.transaction(&id))
            .ok_or(Unwritten::Damaged("an id is missing"))?;
    }
    for (at, block) in blocks.take_while(|(_, block)| block.height <= height) {
        begin(part, at, &block, segment, names);
    }
    Ok(())
}

fn begin(part: &Part, at: u64, block: &Block, segment: &mut SegmentWriter, names: &mut NamesWriter) {
    segment.block(block.height, block.time, block.hash);
    names.block(&part.names.link(at).unwrap_or(Link { previous: [0; 32], work: 1 }));
}

/// Adds the key of an address where it comes up for the first time: addresses are numbered in that order.
fn name(part: &Part, address: AddressId, names: &mut NamesWriter) -> Result<(), Unwritten> {
    if address == NO_ADDRESS || address < names.next_address() {
        return Ok(());
    }
    let key = (address == names.next_address()).then(|| part.names.key(address)).flatten();
    let added = key.and_then(|key| names.add_address(key));
    added.map(|_| ()).ok_or(Unwritten::Damaged("addresses are not numbered as they come up"))
}
