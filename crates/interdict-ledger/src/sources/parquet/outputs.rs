//! How do tables of blocks, outputs and inputs become a chain of outputs?

use std::path::Path;

use super::table::{At, Cell, ParquetError, Remark, Rows, Wanted, files_of, rows_in};
use crate::outputs::names::network::Network;
use crate::outputs::names::script::{Named, key_of_script};
use crate::outputs::names::{Link, TxId, name};
use crate::outputs::store::branch::{self, Choice, Header, NO_BLOCK};
use crate::outputs::store::growing::{Growing, Growth, NewBlock, NewOutputs};
use crate::outputs::store::{Keep, Parts, printed, rewrite, unprinted};
use interdict_core::limits::LEDGER_BLOCKS_MAX;

/// Tables of at most so many rows may be in any order; larger ones must be sorted.
const SORTED_HERE: u64 = 5_000_000;

/// What an import of Parquet files did.
#[derive(Debug, Clone)]
pub struct ParquetReport {
    /// What was chosen and what was not.
    pub choice: Choice,
    /// What came to the chain.
    pub growth: Growth,
    /// What was not taken.
    pub remarks: Vec<Remark>,
}

const fn required(name: &'static str) -> Wanted {
    Wanted { name, is_required: true }
}

const fn optional(name: &'static str) -> Wanted {
    Wanted { name, is_required: false }
}

const BLOCKS: [Wanted; 5] =
    [required("height"), required("hash"), optional("previous_hash"), required("time"), optional("work")];
const OUTPUTS: [Wanted; 7] = [
    required("block_height"),
    required("tx_index"),
    required("tx_id"),
    required("output_index"),
    required("value"),
    optional("address"),
    optional("script"),
];
const INPUTS: [Wanted; 6] = [
    required("block_height"),
    required("tx_index"),
    required("tx_id"),
    required("input_index"),
    required("spent_tx_id"),
    required("spent_output_index"),
];

/// Where an input or output stands: block, transaction in it, place in the transaction.
type Place = (u64, u64, u64);

struct InBlock {
    at: At,
    height: u64,
    time: i64,
    header: Header,
}

struct Made {
    at: At,
    place: Place,
    tx: TxId,
    value: u64,
    key: Option<Vec<u8>>,
}

struct Spent {
    at: At,
    place: Place,
    tx: TxId,
    /// Nothing for the row of a transaction that makes new coins.
    spends: Option<(TxId, u32)>,
}

fn number<T: TryFrom<i128>>(cell: &Cell, at: &At, name: &str) -> Result<T, ParquetError> {
    let number = match cell {
        Cell::Whole(number) => Some(*number),
        Cell::Text(text) => text.parse().ok(),
        Cell::Null | Cell::Bytes(_) | Cell::Unfit => None,
    };
    number
        .and_then(|number| T::try_from(number).ok())
        .ok_or_else(|| at.wrong(format!("`{name}` is no whole number in its range")))
}

/// A hash or id: text as it is printed, or 32 bytes in the order in which it is printed.
fn hash(cell: &Cell, at: &At, name: &str) -> Result<[u8; 32], ParquetError> {
    let hash = match cell {
        Cell::Text(text) => unprinted(text),
        Cell::Bytes(bytes) => <[u8; 32]>::try_from(bytes.as_slice()).ok().map(|mut hash| {
            hash.reverse();
            hash
        }),
        Cell::Null | Cell::Whole(_) | Cell::Unfit => None,
    };
    hash.ok_or_else(|| at.wrong(format!("`{name}` is no hash: 64 hexadecimal digits, or 32 bytes")))
}

/// Reads the tables `blocks`, `outputs` and `inputs` of a folder into a chain. What is known to it already is passed over; a branch with more
/// work than the chain's takes its place.
///
/// # Errors
/// When they cannot be read, or do not hang together with each other or with the chain. What was kept until then belongs to no manifest.
pub fn import_outputs<K: Keep>(
    folder: &Path,
    network: &Network,
    parts: Parts,
    keeper: &mut K,
    segment_txs: u64,
) -> Result<(Parts, ParquetReport), ParquetError> {
    let mut remarks = Vec::new();
    let blocks = blocks(folder, &mut remarks)?;
    let headers: Vec<Header> = blocks.iter().map(|block| block.header).collect();
    let choice = branch::choose(&headers, &parts.known())?;
    if let Some(gap) = choice.missing.first() {
        let (missing, follower) = (printed(&gap.missing), printed(&gap.follower));
        return Err(ParquetError::Blocks(format!(
            "block {missing} is missing: block {follower} follows it; give all blocks from the first on"
        )));
    }
    let mut report = ParquetReport { choice, growth: Growth::default(), remarks };
    if report.choice.add.is_empty() {
        return Ok((parts, report));
    }
    let first = report.choice.stays_to.map_or(0, |height| height + 1);
    let parts = rewrite::cut(parts, report.choice.stays_to, keeper)?;
    let made = |at, cells| made(at, cells, network);
    let mut outputs = Sorted::of(folder, ("outputs", OUTPUTS), first, made, |made| (made.place, &made.at))?;
    let mut inputs = Sorted::of(folder, ("inputs", INPUTS), first, spent, |spent| (spent.place, &spent.at))?;
    let mut growing = Growing::new(parts, keeper, segment_txs);
    for (height, place) in (first..).zip(&report.choice.add) {
        let Some(block) = blocks.get(*place) else { continue };
        if block.height != height {
            return Err(block
                .at
                .wrong(format!("`height` is {}, and by its hashes the block is at {height}", block.height)));
        }
        growing.block(&NewBlock {
            height,
            time: block.time,
            hash: block.header.hash,
            link: Link { previous: block.header.previous, work: block.header.work },
        })?;
        transactions(height, &mut outputs, &mut inputs, &mut growing)?;
    }
    if let Some((_, at)) = outputs.at()?.or(inputs.at()?) {
        return Err(at.wrong("its block is not in the table `blocks`, or its transaction has no outputs"));
    }
    report.remarks.append(&mut outputs.rows.remarks);
    report.remarks.append(&mut inputs.rows.remarks);
    let (parts, growth) = growing.finish()?;
    report.growth = growth;
    Ok((parts, report))
}

fn blocks(folder: &Path, remarks: &mut Vec<Remark>) -> Result<Vec<InBlock>, ParquetError> {
    let mut rows = Rows::new(files_of(folder, "blocks")?, BLOCKS);
    let mut blocks: Vec<InBlock> = Vec::new();
    while let Some(row) = rows.next() {
        let (at, [height, own, previous, time, work]) = row?;
        if blocks.len() >= LEDGER_BLOCKS_MAX {
            return Err(at.wrong(format!("more than {LEDGER_BLOCKS_MAX} blocks (LEDGER_BLOCKS_MAX)")));
        }
        let height = number(&height, &at, "height")?;
        let previous = match previous {
            Cell::Null => None,
            cell => Some(hash(&cell, &at, "previous_hash")?),
        };
        let work = if work == Cell::Null { 1 } else { number::<u128>(&work, &at, "work")? };
        let header = Header { hash: hash(&own, &at, "hash")?, previous: previous.unwrap_or(NO_BLOCK), work };
        let time = number(&time, &at, "time")?;
        blocks.push(InBlock { at, height, time, header });
    }
    remarks.append(&mut rows.remarks);
    blocks.sort_by_key(|block| block.height);
    let mut before: Option<(u64, [u8; 32])> = None;
    for block in &mut blocks {
        if let Some((height, hash)) = before {
            if block.height == height {
                return Err(block
                    .at
                    .wrong(format!("two blocks have height {height}; give one branch at a time")));
            }
            if block.header.previous == NO_BLOCK && block.height == height + 1 {
                block.header.previous = hash;
            }
        }
        if block.header.previous == NO_BLOCK && block.height != 0 {
            return Err(block.at.wrong("`previous_hash` is not there, and neither is the block before it"));
        }
        before = Some((block.height, block.header.hash));
    }
    Ok(blocks)
}

fn made(at: At, cells: [Cell; 7], network: &Network) -> Result<Made, ParquetError> {
    let [height, tx_index, tx, output_index, value, address, script] = cells;
    let place = (
        number(&height, &at, "block_height")?,
        number(&tx_index, &at, "tx_index")?,
        number(&output_index, &at, "output_index")?,
    );
    let key = match (address, script) {
        (Cell::Null, Cell::Null) => None,
        (Cell::Null, Cell::Bytes(script)) => of_script(&script, network),
        (Cell::Null, Cell::Text(script)) => {
            let script = unhex(&script)
                .ok_or_else(|| at.wrong("`script` is no run of bytes or hexadecimal digits"))?;
            of_script(&script, network)
        }
        (Cell::Text(address), _) => Some(
            name::key_on(&address, network.chain)
                .ok_or_else(|| at.wrong("`address` is empty, too long, or a private key"))?,
        ),
        _ => return Err(at.wrong("`address` is no text, or `script` no run of bytes")),
    };
    let (tx, value) = (hash(&tx, &at, "tx_id")?, number(&value, &at, "value")?);
    Ok(Made { at, place, tx, value, key })
}

fn of_script(script: &[u8], network: &Network) -> Option<Vec<u8>> {
    let mut key = Vec::new();
    (key_of_script(script, network, &mut key) == Named::Yes).then_some(key)
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    let is_hex = digits.len().is_multiple_of(2) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let byte = |place: usize| u8::from_str_radix(digits.get(place..place + 2)?, 16).ok();
    if is_hex { (0..digits.len()).step_by(2).map(byte).collect() } else { None }
}

fn spent(at: At, cells: [Cell; 6]) -> Result<Spent, ParquetError> {
    let [height, tx_index, tx, input_index, spent, output] = cells;
    let place = (
        number(&height, &at, "block_height")?,
        number(&tx_index, &at, "tx_index")?,
        number(&input_index, &at, "input_index")?,
    );
    let spends = match spent {
        Cell::Null => None,
        spent => Some((hash(&spent, &at, "spent_tx_id")?, number(&output, &at, "spent_output_index")?)),
    };
    Ok(Spent { tx: hash(&tx, &at, "tx_id")?, at, place, spends })
}

/// Rows in the order of the chain, from a height on.
struct Sorted<'a, T, const N: usize> {
    rows: Rows<N>,
    read: Box<dyn Fn(At, [Cell; N]) -> Result<T, ParquetError> + 'a>,
    place: fn(&T) -> (Place, &At),
    /// All of a small table.
    held: Option<std::vec::IntoIter<T>>,
    next: Option<T>,
    last: Option<Place>,
    from: u64,
}

impl<'a, T, const N: usize> Sorted<'a, T, N> {
    fn of(
        folder: &Path,
        (table, columns): (&'static str, [Wanted; N]),
        from: u64,
        read: impl Fn(At, [Cell; N]) -> Result<T, ParquetError> + 'a,
        place: fn(&T) -> (Place, &At),
    ) -> Result<Self, ParquetError> {
        let files = files_of(folder, table)?;
        let is_small = rows_in(&files)? <= SORTED_HERE;
        let rows = Rows::new(files, columns);
        let mut sorted = Self { rows, read: Box::new(read), place, held: None, next: None, last: None, from };
        if is_small {
            let mut held = Vec::new();
            while let Some(row) = sorted.rows.next() {
                let (at, cells) = row?;
                held.push((sorted.read)(at, cells)?);
            }
            held.sort_by_key(|row| place(row).0);
            sorted.held = Some(held.into_iter());
        }
        Ok(sorted)
    }

    fn pull(&mut self) -> Result<Option<T>, ParquetError> {
        match &mut self.held {
            Some(held) => Ok(held.next()),
            None => match self.rows.next().transpose()? {
                Some((at, cells)) => (self.read)(at, cells).map(Some),
                None => Ok(None),
            },
        }
    }

    /// The next row, which stays the next.
    fn peek(&mut self) -> Result<Option<&T>, ParquetError> {
        while self.next.is_none() {
            let Some(row) = self.pull()? else { return Ok(None) };
            let (place, at) = (self.place)(&row);
            if self.last.is_some_and(|last| last == place) {
                return Err(at.wrong("it stands where another row stands"));
            }
            if self.last.is_some_and(|last| last > place) {
                return Err(at.wrong(format!(
                    "it comes before the row before it; tables of more than {SORTED_HERE} rows are to be sorted by block, transaction and place"
                )));
            }
            self.last = Some(place);
            if place.0 >= self.from {
                self.next = Some(row);
            }
        }
        Ok(self.next.as_ref())
    }

    /// The next row, if it is of a transaction of a block.
    fn of_transaction(&mut self, height: u64, tx: u64) -> Result<Option<T>, ParquetError> {
        let place = self.place;
        let is_of = self.peek()?.is_some_and(|row| (place(row).0.0, place(row).0.1) == (height, tx));
        Ok(if is_of { self.next.take() } else { None })
    }

    /// What the next row is a row of, and where it is.
    fn at(&mut self) -> Result<Option<(Place, At)>, ParquetError> {
        let place = self.place;
        Ok(self.peek()?.map(|row| (place(row).0, place(row).1.clone())))
    }
}

/// Gives the transactions of a block on.
fn transactions<K: Keep>(
    height: u64,
    outputs: &mut Sorted<'_, Made, 7>,
    inputs: &mut Sorted<'_, Spent, 6>,
    growing: &mut Growing<'_, K>,
) -> Result<(), ParquetError> {
    let (mut makes, mut spends) = (NewOutputs::default(), Vec::new());
    while let Some((place, at)) = outputs.at()?.filter(|(place, _)| place.0 <= height) {
        let tx = place.1;
        let mut id = None;
        makes.clear();
        spends.clear();
        for number in 0.. {
            let Some(made) = outputs.of_transaction(height, tx)? else { break };
            if made.place.2 != number || *id.get_or_insert(made.tx) != made.tx {
                return Err(made
                    .at
                    .wrong("the outputs of a transaction are numbered from 0 on, and have one `tx_id`"));
            }
            makes.push(made.value, made.key.as_deref());
        }
        let id = id.ok_or_else(|| at.wrong("its block is not in the table `blocks`"))?;
        for number in 0.. {
            let Some(spent) = inputs.of_transaction(height, tx)? else { break };
            if spent.place.2 != number || spent.tx != id {
                return Err(spent
                    .at
                    .wrong("the inputs of a transaction are numbered from 0 on, and have its `tx_id`"));
            }
            spends.extend(spent.spends);
        }
        if let Some((_, at)) = inputs.at()?.filter(|(place, _)| (place.0, place.1) <= (height, tx)) {
            return Err(at.wrong("its transaction has no outputs in the table `outputs`"));
        }
        growing.transaction(&id, &spends, &makes)?;
    }
    Ok(())
}
