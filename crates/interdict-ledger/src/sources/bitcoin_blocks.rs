//! What is in the block files of a node (`blk00000.dat` and on)? Bitcoin and its like.
//!
//! Files are gone through twice. First the heads of all blocks are read, wherever they are and in any order, and the branch with the most work is
//! chosen. Then the blocks of that branch are read in order, checked against their heads (merkle root, where possible proof of work), and given on.
//! A gap, a branch that lost, bytes that are no block and a block that is cut off are told. Which blocks are valid by all rules of the network, the
//! node has decided; that is not done again.

mod block;
mod files;
mod head;

use std::path::Path;

use crate::outputs::names::network::{Extras, Network, Proof};
use crate::outputs::names::script::{Named, key_of_script};
use crate::outputs::names::{Link, TxId};
use crate::outputs::store::branch::{self, AnotherChain, Choice, Header};
use crate::outputs::store::growing::{Growing, Growth, NewBlock, NewOutputs, Ungrown};
use crate::outputs::store::rewrite::{self, Unwritten};
use crate::outputs::store::{Keep, Parts, printed};
use block::Block;
pub use block::Fault;
use files::Files;
pub use files::Remark;

/// Why block files cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum BlocksError {
    /// Reading failed.
    #[error("{file}: {error}")]
    Io {
        /// Which file.
        file: String,
        /// What happened.
        error: std::io::Error,
    },
    /// There is nothing.
    #[error("no block file is there; they are called blk00000.dat and on, in the folder `blocks` of a node")]
    NoFiles,
    /// The key with which the files are masked has another length.
    #[error("xor.dat has {0} bytes; the key of a node's block files has 8")]
    BadKey(usize),
    /// No block was found.
    #[error(
        "no block of a known network is in the files; they begin with other bytes, or are masked and xor.dat is not beside them"
    )]
    NoBlocks,
    /// They are of another network than was said.
    #[error("the files are of network {found}, not of {expected}")]
    AnotherNetwork {
        /// What the files are of.
        found: &'static str,
        /// What was asked for.
        expected: &'static str,
    },
    /// Too many.
    #[error("more than {0} blocks (LEDGER_BLOCKS_MAX)")]
    TooMany(usize),
    /// Nothing hangs together with the chain.
    #[error(
        "block {missing} is missing: block {follower} follows it and nothing in the files leads up to it; give all block files from the first on, a pruned node does not have them"
    )]
    Gap {
        /// The missing block, as printed.
        missing: String,
        /// The one that follows it.
        follower: String,
    },
    /// They are of another chain than the one that is kept.
    #[error(transparent)]
    AnotherChain(#[from] AnotherChain),
    /// A block is not what it says.
    #[error("{file}, offset {offset}: block {hash}: {fault}")]
    Block {
        /// Which file.
        file: String,
        /// Where its head is.
        offset: u64,
        /// Its hash, as printed.
        hash: String,
        /// What is wrong.
        fault: Fault,
    },
    /// A transaction does not fit.
    #[error(transparent)]
    Ungrown(#[from] Ungrown),
    /// The chain that is kept cannot be cut back.
    #[error(transparent)]
    Unwritten(#[from] Unwritten),
}

/// What an import of block files did.
#[derive(Debug, Clone)]
pub struct BlocksReport {
    /// The network.
    pub network: Network,
    /// How many files were read.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// What was chosen and what was not.
    pub choice: Choice,
    /// What came to the chain.
    pub growth: Growth,
    /// What in the files is no whole block.
    pub remarks: Vec<Remark>,
    /// Remarks beyond those that are kept.
    pub more_remarks: u64,
    /// Bytes of extension blocks, whose amounts are hidden.
    pub hidden_bytes: u64,
    /// Whether the proof of work of the blocks was checked.
    pub is_proof_checked: bool,
}

/// Reads a folder of block files, or one file, into a chain. `network` is what they are expected to be of; without it their first bytes tell. A
/// segment ends with the block that brings it to `segment_txs` transactions. `progress` is told how many of how many blocks are read.
///
/// # Errors
/// When they cannot be read, are no blocks of the chain, or do not hang together with it. What was kept until then belongs to no manifest.
pub fn import<K: Keep>(
    path: &Path,
    network: Option<Network>,
    parts: Parts,
    keeper: &mut K,
    segment_txs: u64,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(Parts, BlocksReport), BlocksError> {
    let mut files = Files::find(path)?;
    let scanned = files.scan(network)?;
    let headers: Vec<Header> = scanned.heads.iter().map(|head| head.header).collect();
    let choice = branch::choose(&headers, &parts.known())?;
    if let Some(gap) = choice.missing.first().filter(|_| choice.add.is_empty() && choice.known == 0) {
        return Err(BlocksError::Gap { missing: printed(&gap.missing), follower: printed(&gap.follower) });
    }
    let mut report = BlocksReport {
        network: scanned.network,
        files: files.count(),
        bytes: scanned.bytes,
        choice,
        growth: Growth::default(),
        remarks: scanned.remarks,
        more_remarks: scanned.more_remarks,
        hidden_bytes: 0,
        is_proof_checked: scanned.network.proof == Proof::OfTheHash,
    };
    if report.choice.add.is_empty() {
        return Ok((parts, report));
    }
    let parts = rewrite::cut(parts, report.choice.stays_to, keeper)?;
    let mut feed = Feed {
        growing: Growing::new(parts, keeper, segment_txs),
        network: scanned.network,
        block: Block::default(),
        outputs: NewOutputs::default(),
        key: Vec::new(),
        hidden_bytes: 0,
    };
    let first = report.choice.stays_to.map_or(0, |height| height + 1);
    let total = report.choice.add.len() as u64;
    let mut bytes = Vec::new();
    for (done, place) in (0..).zip(&report.choice.add) {
        let Some(head) = scanned.heads.get(*place) else { continue };
        files.block(head, &mut bytes)?;
        let wrong = |fault| BlocksError::Block {
            file: files.name(head.file),
            offset: head.offset,
            hash: printed(&head.header.hash),
            fault,
        };
        feed.block.read(&bytes, &scanned.network).map_err(wrong)?;
        feed.give(&bytes, &head.header, first + done)?;
        progress(done + 1, total);
    }
    report.hidden_bytes = feed.hidden_bytes;
    let (parts, growth) = feed.growing.finish()?;
    report.growth = growth;
    Ok((parts, report))
}

/// Gives the transactions of blocks on, with addresses in place of scripts.
struct Feed<'a, K> {
    growing: Growing<'a, K>,
    network: Network,
    block: Block,
    outputs: NewOutputs,
    key: Vec<u8>,
    hidden_bytes: u64,
}

impl<K: Keep> Feed<'_, K> {
    fn give(&mut self, bytes: &[u8], header: &Header, height: u64) -> Result<(), Ungrown> {
        self.growing.block(&NewBlock {
            height,
            time: i64::from(self.block.time),
            hash: header.hash,
            link: Link { previous: header.previous, work: header.work },
        })?;
        for tx in &self.block.txs {
            self.outputs.clear();
            for (value, script) in self.block.outputs.get(tx.outputs.clone()).unwrap_or_default() {
                let script = bytes.get(script.clone()).unwrap_or_default();
                let named = key_of_script(script, &self.network, &mut self.key);
                self.outputs.push(*value, (named == Named::Yes).then_some(self.key.as_slice()));
            }
            let inputs: &[(TxId, u32)] = self.block.inputs.get(tx.inputs.clone()).unwrap_or_default();
            self.growing.transaction(&tx.id, inputs, &self.outputs)?;
        }
        if self.network.extras == Extras::ExtensionBlock {
            self.hidden_bytes += self.block.rest as u64;
        }
        Ok(())
    }
}
