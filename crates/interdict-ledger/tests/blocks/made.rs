//! Chains with real blocks, made by chance with the `bitcoin` crate: valid merkle roots, the low difficulty of a regtest network.

use std::fs;
use std::path::Path;

use bitcoin::absolute::LockTime;
use bitcoin::block::{Block, Header, Version};
use bitcoin::hashes::Hash;
use bitcoin::{
    Amount, BlockHash, CompactTarget, OutPoint, ScriptBuf, Sequence, Transaction, TxIn, TxMerkleNode, TxOut,
    Witness, consensus, transaction,
};
use interdict_core::random::Random;

pub const REGTEST: [u8; 4] = [0xfa, 0xbf, 0xb5, 0xda];

/// A chain in the making. A copy of it is the beginning of a branch.
#[derive(Debug, Clone)]
pub struct Miner {
    random: Random,
    unspent: Vec<(OutPoint, u64)>,
    tip: BlockHash,
    pub height: u64,
    pub blocks: Vec<Block>,
}

/// A script of one of many kinds, for one of a few holders.
pub fn script(random: &mut Random) -> ScriptBuf {
    let holder = u8::try_from(random.below(30)).unwrap();
    let run = |length: usize| vec![holder; length];
    let bytes = match random.below(10) {
        0 | 1 => [&[0x76, 0xa9, 0x14], &*run(20), &[0x88, 0xac]].concat(),
        2 => [&[0xa9, 0x14], &*run(20), &[0x87]].concat(),
        3 | 4 => [&[0x00, 0x14], &*run(20)].concat(),
        5 => [&[0x00, 0x20], &*run(32)].concat(),
        6 => [&[0x51, 0x20], &*run(32)].concat(),
        7 => [&[33, 2], &*run(32), &[0xac]].concat(),
        8 => [&[0x6a, 4], &*run(4)].concat(),
        _ => vec![0x51, holder],
    };
    ScriptBuf::from_bytes(bytes)
}

impl Miner {
    pub fn new(seed: u64) -> Self {
        let random = Random::new(seed, "miner");
        Self { random, unspent: Vec::new(), tip: BlockHash::all_zeros(), height: 0, blocks: Vec::new() }
    }

    /// From here on another chance.
    pub fn branch(&self, seed: u64) -> Self {
        Self { random: Random::new(seed, "branch"), blocks: Vec::new(), ..self.clone() }
    }

    fn outputs(&mut self, mut left: u64) -> Vec<TxOut> {
        let mut outputs = Vec::new();
        for _ in 0..=self.random.below(3) {
            let value = self.random.below(usize::try_from(left).unwrap() + 1) as u64;
            left -= value;
            outputs.push(TxOut { value: Amount::from_sat(value), script_pubkey: script(&mut self.random) });
        }
        outputs
    }

    fn spend(&mut self) -> Transaction {
        let count = 1 + self.random.below(3.min(self.unspent.len()));
        let taken: Vec<_> =
            (0..count).map(|_| self.unspent.swap_remove(self.random.below(self.unspent.len()))).collect();
        let witness = if self.random.percent(60) { vec![vec![1, 2, 3], vec![4; 300]] } else { Vec::new() };
        let input = taken.iter().map(|(spent, _)| TxIn {
            previous_output: *spent,
            script_sig: ScriptBuf::from_bytes(vec![5; 70]),
            sequence: Sequence::MAX,
            witness: Witness::from_slice(&witness),
        });
        let input = input.collect();
        let output = self.outputs(taken.iter().map(|(_, value)| value).sum());
        Transaction { version: transaction::Version::TWO, lock_time: LockTime::ZERO, input, output }
    }

    fn coinbase(&mut self) -> Transaction {
        let mut unique = self.height.to_le_bytes().to_vec();
        unique.push(u8::try_from(self.random.below(200)).unwrap());
        let input = vec![TxIn {
            previous_output: OutPoint::null(),
            script_sig: ScriptBuf::from_bytes(unique),
            sequence: Sequence::MAX,
            witness: Witness::from_slice(&[vec![0; 32]]),
        }];
        let output = self.outputs(5_000_000_000);
        Transaction { version: transaction::Version::ONE, lock_time: LockTime::ZERO, input, output }
    }

    /// A block with so many transactions besides the first.
    pub fn mine(&mut self, transactions: usize) {
        let mut txdata = Vec::new();
        for place in 0..=transactions {
            if place > 0 && self.unspent.is_empty() {
                break;
            }
            let tx = if place == 0 { self.coinbase() } else { self.spend() };
            let id = tx.compute_txid();
            for (vout, output) in (0..).zip(&tx.output) {
                if !output.script_pubkey.is_op_return() {
                    self.unspent.push((OutPoint { txid: id, vout }, output.value.to_sat()));
                }
            }
            txdata.push(tx);
        }
        let header = Header {
            version: Version::TWO,
            prev_blockhash: self.tip,
            merkle_root: TxMerkleNode::all_zeros(),
            time: 1_600_000_000 + u32::try_from(self.height).unwrap() * 600,
            bits: CompactTarget::from_consensus(0x207f_ffff),
            nonce: 0,
        };
        let block = sealed(Block { header, txdata });
        self.tip = block.block_hash();
        self.height += 1;
        self.blocks.push(block);
    }

    pub fn mine_many(&mut self, blocks: usize) -> &mut Self {
        for _ in 0..blocks {
            let transactions = self.random.below(5);
            self.mine(transactions);
        }
        self
    }
}

/// With its merkle root and a nonce that proves its work.
pub fn sealed(mut block: Block) -> Block {
    block.header.merkle_root = block.compute_merkle_root().unwrap();
    while block.header.validate_pow(block.header.target()).is_err() {
        block.header.nonce += 1;
    }
    block
}

/// Magic, length and block of each.
pub fn records<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for block in blocks {
        let block = consensus::serialize(block);
        bytes.extend(REGTEST);
        bytes.extend(u32::try_from(block.len()).unwrap().to_le_bytes());
        bytes.extend(block);
    }
    bytes
}

/// Writes a file of blocks.
pub fn write<'a>(folder: &Path, number: usize, blocks: impl IntoIterator<Item = &'a Block>) {
    fs::write(folder.join(format!("blk{number:05}.dat")), records(blocks)).unwrap();
}
