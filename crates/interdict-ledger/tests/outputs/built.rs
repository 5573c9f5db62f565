//! Chains made in memory from a few words, in one segment or in several.

use interdict_core::random::Random;
use interdict_ledger::outputs::chain::Chain;
use interdict_ledger::outputs::segment::{Segment, SegmentWriter};
use interdict_ledger::outputs::{AddressId, Output};

/// A transaction: what it spends, and value and address of what it makes.
#[derive(Debug, Clone)]
pub struct Tx {
    pub inputs: Vec<Output>,
    pub outputs: Vec<(u64, AddressId)>,
}

/// The chain of these transactions, a block each, in segments of so many transactions.
pub fn chain(txs: &[Tx], in_segment: usize) -> Chain {
    let mut segments = Vec::new();
    let (mut first_tx, mut first_output, mut addresses) = (0, 0, 0);
    for part in txs.chunks(in_segment) {
        let mut writer = SegmentWriter::new(first_tx, first_output).after_addresses(addresses);
        for tx in part {
            let number = writer.next_tx();
            writer.block(
                u64::from(number),
                i64::from(number) * 600,
                [u8::try_from(number % 251).unwrap(); 32],
            );
            writer.transaction(&tx.inputs, &tx.outputs).expect("a sound transaction");
            addresses = tx
                .outputs
                .iter()
                .map(|output| output.1)
                .filter(|&id| id != u32::MAX)
                .fold(addresses, AddressId::max);
        }
        (first_tx, first_output) = (writer.next_tx(), writer.next_output());
        let mut bytes = Vec::new();
        let written = writer.finish(&mut bytes).expect("a segment");
        assert_eq!(written.bytes, bytes.len() as u64);
        segments.push(Segment::from_bytes(bytes).expect("a sound segment"));
    }
    Chain::new(segments).expect("consecutive")
}

/// Transactions by chance: small values, many merges and splits, fees, zero values, coins that are spent at once or late.
pub fn by_chance(seed: u64, txs: usize, highest: usize) -> Vec<Tx> {
    let mut random = Random::new(seed, "chain");
    let (mut unspent, mut made): (Vec<(Output, u64)>, u64) = (Vec::new(), 0);
    let mut all = Vec::new();
    for _ in 0..txs {
        let spends = if random.percent(25) { 0 } else { (1 + random.below(3)).min(unspent.len()) };
        let taken: Vec<(Output, u64)> =
            (0..spends).map(|_| unspent.swap_remove(random.below(unspent.len()))).collect();
        let coinbase = taken.is_empty();
        let mut left =
            if coinbase { random.below(highest) as u64 } else { taken.iter().map(|input| input.1).sum() };
        let mut outputs = Vec::new();
        for _ in 0..random.below(4) {
            let value =
                if random.percent(15) { 0 } else { random.below(usize::try_from(left).unwrap() + 1) as u64 };
            left -= value;
            let address = if random.percent(10) { u32::MAX } else { random.below_u32(40) };
            outputs.push((value, address));
        }
        if random.percent(60) || outputs.is_empty() {
            outputs.push((left, random.below_u32(40)));
        }
        for (value, _) in &outputs {
            unspent.push((made, *value));
            made += 1;
        }
        all.push(Tx { inputs: taken.iter().map(|input| input.0).collect(), outputs });
    }
    all
}
