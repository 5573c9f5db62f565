//! What can be tested and measured without a real chain? Chains by chance, with thefts planted in them whose answers are known.
//!
//! The same settings give the same bytes on every machine. The answers of a theft come from how it was laid out and not from the code that
//! traces: each is laid out so that anyone can tell them with a pencil.

mod background;
mod thefts;

use std::collections::BTreeMap;

use interdict_core::random::Random;

use crate::outputs::segment::{SegmentWriter, Unfit};
use crate::outputs::{AddressId, Output, Tx};
use background::Background;
use thefts::Theft;
pub use thefts::{Answer, Planted, TheftKind};

/// Transactions in a block.
const IN_BLOCK: u32 = 2_000;

/// What chain is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Another seed, another chain.
    pub seed: u64,
    /// How many transactions, about.
    pub txs: u32,
    /// How many thefts are planted, of all kinds in turn.
    pub thefts: usize,
}

/// A chain by chance.
#[derive(Debug)]
pub struct Generated {
    /// All of it, ready to be written.
    pub chain: SegmentWriter,
    /// The thefts in it, with their answers.
    pub thefts: Vec<Planted>,
    /// How many addresses came up.
    pub addresses: AddressId,
}

/// Who is told of each transaction: its number, what it spends, and value and address of what it makes.
pub type Told<'a> = dyn FnMut(Tx, &[Output], &[(u64, AddressId)]) + 'a;

/// Takes transactions as they are made: the writer of a segment, and whoever wants them too.
struct Making<'a, 'b> {
    chain: SegmentWriter,
    told: &'a mut Told<'b>,
    addresses: AddressId,
}

impl Making<'_, '_> {
    fn add(&mut self, inputs: &[Output], outputs: &[(u64, AddressId)]) -> Result<Output, Unfit> {
        let first = self.chain.next_output();
        let tx = self.chain.transaction(inputs, outputs)?;
        (self.told)(tx, inputs, outputs);
        Ok(first)
    }

    fn fresh_address(&mut self) -> AddressId {
        self.addresses += 1;
        self.addresses - 1
    }
}

/// Makes a chain, and tells each transaction as it is made. A theft that found no coins to be mixed with is left out.
///
/// # Errors
/// When so many transactions do not fit a segment.
pub fn chain(settings: &Settings, told: &mut Told<'_>) -> Result<Generated, Unfit> {
    let mut making = Making { chain: SegmentWriter::new(0, 0), told, addresses: 0 };
    let mut background = Background::new(settings.seed);
    let mut random = Random::new(settings.seed, "thefts");
    let mut agenda: BTreeMap<Tx, Theft> = BTreeMap::new();
    for number in 0..settings.thefts {
        let begin = settings.txs / 10 + random.below_u32((settings.txs / 2).max(1));
        let theft = Theft::new(TheftKind::of(number), Random::new(settings.seed, &format!("theft {number}")));
        put_off(&mut agenda, begin, theft);
    }
    let mut planted = Vec::new();
    let mut height = 0;
    let latest = settings.txs.saturating_add(settings.txs / 2);
    while making.chain.next_tx() < settings.txs || (!agenda.is_empty() && making.chain.next_tx() < latest) {
        let tx = making.chain.next_tx();
        if tx.is_multiple_of(IN_BLOCK) {
            making.chain.block(
                height,
                1_600_000_000 + i64::try_from(height).unwrap_or(0) * 600,
                block_hash(height),
            );
            height += 1;
            background.new_coins(&mut making)?;
        }
        if agenda.first_key_value().is_some_and(|(due, _)| *due <= tx) {
            let Some((_, mut theft)) = agenda.pop_first() else { break };
            match theft.step(&mut making, &mut background)? {
                None => put_off(&mut agenda, tx + 1 + random.below_u32(500), theft),
                Some(done) => planted.push(done),
            }
        }
        background.transaction(&mut making)?;
    }
    Ok(Generated { chain: making.chain, thefts: planted, addresses: making.addresses })
}

/// Puts a theft where no other is due.
fn put_off(agenda: &mut BTreeMap<Tx, Theft>, mut due: Tx, theft: Theft) {
    while agenda.contains_key(&due) {
        due += 1;
    }
    agenda.insert(due, theft);
}

fn block_hash(height: u64) -> [u8; 32] {
    use sha2::{Digest, Sha256};
    Sha256::digest(height.to_le_bytes()).into()
}
