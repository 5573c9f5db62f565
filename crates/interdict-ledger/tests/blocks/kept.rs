//! Keeps the files of a chain in memory, and tells what the chain says in plain values.

use std::collections::BTreeMap;

use interdict_core::digest::Digest;
use interdict_ledger::outputs::chain::Chain;
use interdict_ledger::outputs::names::{Names, NamesWriter, address_in, name, tx_in};
use interdict_ledger::outputs::segment::{Segment, SegmentWriter};
use interdict_ledger::outputs::store::{Keep, KeepError, Part, PartRecord, Parts};
use interdict_ledger::outputs::{NO_ADDRESS, Output};

/// Files by digest.
#[derive(Debug, Default, Clone)]
pub struct Kept(BTreeMap<Digest, Vec<u8>>);

impl Keep for Kept {
    fn keep(&mut self, segment: SegmentWriter, names: NamesWriter) -> Result<Part, KeepError> {
        let (mut segment_bytes, mut names_bytes) = (Vec::new(), Vec::new());
        let written = segment.finish(&mut segment_bytes)?;
        let (names_digest, length) = names.finish(&mut names_bytes)?;
        assert_eq!(length, names_bytes.len() as u64);
        let digests = [Digest::from_bytes(written.digest), Digest::from_bytes(names_digest)];
        assert_eq!(digests, [Digest::of(&segment_bytes), Digest::of(&names_bytes)]);
        self.0.insert(digests[0], segment_bytes);
        self.0.insert(digests[1], names_bytes);
        Ok(self.part(digests))
    }
}

impl Kept {
    fn part(&self, digests: [Digest; 2]) -> Part {
        let segment = Segment::from_bytes(self.0[&digests[0]].clone()).expect("a sound segment");
        let names = Names::from_bytes(self.0[&digests[1]].clone()).expect("sound names");
        Part { record: PartRecord::of(&segment, &names, digests), segment, names }
    }

    /// The parts of a manifest.
    pub fn open(&self, records: &[PartRecord]) -> Parts {
        let parts = records.iter().map(|record| {
            let part = self.part([record.segment, record.names]);
            assert_eq!(part.record, *record);
            part
        });
        Parts::new(parts.collect()).expect("parts that follow one another")
    }
}

/// A transaction in plain values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plain {
    pub id: [u8; 32],
    pub block: [u8; 32],
    pub height: u64,
    pub time: i64,
    pub inputs: Vec<([u8; 32], u64)>,
    pub outputs: Vec<(u64, Option<String>)>,
    pub spent_by: Vec<Option<[u8; 32]>>,
}

fn id_in(names: &[Names], tx: u32) -> [u8; 32] {
    names.iter().find_map(|names| names.id(tx)).expect("an id")
}

/// All that a chain says; and every name is found by its look-up.
pub fn plain(parts: Parts) -> Vec<Plain> {
    let (chain, names) = parts.into_chain().expect("a chain");
    let mut reader = chain.reader();
    let place = |output: Output, chain: &Chain| {
        let tx = chain.creator(output).expect("a creator");
        (id_in(&names, tx), output - chain.reader().transaction(tx).first_output)
    };
    let mut all = Vec::new();
    for tx in 0..chain.txs() {
        let extents = reader.transaction(tx);
        let mut inputs = Vec::new();
        reader.inputs(&extents, &mut inputs);
        let block = chain.block_of(tx).expect("a block");
        let id = id_in(&names, tx);
        assert_eq!(tx_in(&names, &id), Some(tx), "the id is found");
        let outputs = extents.output_numbers().map(|output| {
            let address = reader.address(output);
            let text = (address != NO_ADDRESS).then(|| {
                let key = names.iter().find_map(|names| names.key(address)).expect("a key");
                assert_eq!(address_in(&names, key), Some(address), "the address is found");
                let text = name::text_of(key);
                assert!(
                    name::keys_of(&text).unwrap().iter().any(|of_text| of_text == key),
                    "{text} leads to its key"
                );
                text
            });
            (reader.value(output), text)
        });
        all.push(Plain {
            id,
            block: block.hash,
            height: block.height,
            time: block.time,
            inputs: inputs.iter().map(|input| place(*input, &chain)).collect(),
            outputs: outputs.collect(),
            spent_by: extents
                .output_numbers()
                .map(|output| reader.spender(output, tx).map(|spender| id_in(&names, spender)))
                .collect(),
        });
    }
    all
}
