//! How is a ledger kept, so that its tables are read once? One file that is never changed, and is found damaged if it is.
//!
//! Little-endian: magic `IDACCTS1`, SHA-256 of all that follows, then seven counts (`u64`: accounts, hashes, assets, transactions, labels, notes,
//! events), then keys of accounts and of hashes (ends `u64`, bytes), assets (decimals `u8`, name), transactions (hash `u32`, block `u64`, time `i64`),
//! labels (account `u32`, text), notes (code, text), then the columns of events one after the other: from, to, asset, transaction (`u32`), kind
//! (`u8`), value (`u128`). A text is its length (`u32`) and its bytes.

use std::io::{self, Write};
use std::path::Path;

use interdict_core::mapped::MappedFile;
use sha2::{Digest as _, Sha256};

use super::keys::Keys;
use super::ledger::{AccountLedger, Asset, EventKind, NONE, Transaction};
use crate::report::Note;

/// First bytes of the file; the digit is the version of the format.
const MAGIC: &[u8; 8] = b"IDACCTS1";
const DIGEST: usize = 32;
/// Kinds of event, by their number in the file.
const KINDS: [EventKind; 8] = [
    EventKind::Transfer,
    EventKind::TokenTransfer,
    EventKind::Internal,
    EventKind::Fee,
    EventKind::Mint,
    EventKind::Burn,
    EventKind::Reward,
    EventKind::Withdrawal,
];
/// Notes that sources give a ledger.
const CODES: [&str; 15] = [
    "order_of_the_file",
    "order_within_a_moment",
    "values_rounded",
    "valued_in_usd",
    "status_unknown",
    "fees_unknown",
    "without_traces",
    "receiver_unknown",
    "selfdestruct_unknown",
    "rows_without_time",
    "rows_without_block",
    "rows_not_taken",
    "values_not_taken",
    "no_transfers",
    "repeated_rows",
];
/// The code of a note whose own is none of these: who built the ledger gave it.
const OTHER_CODE: &str = "note_of_the_ledger";

/// The code of a note that was written.
pub(crate) fn code_named(code: &str) -> &'static str {
    CODES.into_iter().find(|known| *known == code).unwrap_or(OTHER_CODE)
}

/// Why a file is no ledger.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("the ledger cannot be read: {0}")]
    Io(#[from] io::Error),
    /// It is something else, or of another version.
    #[error("this is no ledger of accounts of this version")]
    Other,
    /// Its bytes are not those that were written.
    #[error("the ledger is damaged: its digest is another")]
    Damaged,
    /// It says something that cannot be.
    #[error("the ledger contradicts itself: {0}")]
    Inconsistent(&'static str),
}

/// Writes a ledger.
///
/// # Errors
/// When writing fails.
pub fn write(ledger: &AccountLedger, mut out: impl Write) -> io::Result<()> {
    let mut body = Vec::new();
    let counts = [
        ledger.accounts.len(),
        ledger.hashes.len(),
        ledger.assets.len(),
        ledger.transactions.len(),
        ledger.labels.len(),
        ledger.notes.len(),
        ledger.len(),
    ];
    body.extend(counts.iter().flat_map(|&count| (count as u64).to_le_bytes()));
    put_keys(&mut body, &ledger.accounts);
    put_keys(&mut body, &ledger.hashes);
    for asset in &ledger.assets {
        body.push(asset.decimals);
        put_text(&mut body, &asset.name)?;
    }
    for transaction in &ledger.transactions {
        body.extend(transaction.hash.to_le_bytes());
        body.extend(transaction.block.to_le_bytes());
        body.extend(transaction.time.to_le_bytes());
    }
    for (account, label) in &ledger.labels {
        body.extend(account.to_le_bytes());
        put_text(&mut body, label)?;
    }
    for note in &ledger.notes {
        put_text(&mut body, note.code)?;
        put_text(&mut body, &note.text)?;
    }
    for column in [&ledger.from, &ledger.to, &ledger.asset, &ledger.transaction] {
        body.extend(column.iter().flat_map(|number| number.to_le_bytes()));
    }
    body.extend(ledger.kind.iter().map(|&kind| kind as u8));
    body.extend(ledger.value.iter().flat_map(|value| value.to_le_bytes()));
    out.write_all(MAGIC)?;
    out.write_all(&Sha256::digest(&body))?;
    out.write_all(&body)
}

fn put_keys(body: &mut Vec<u8>, keys: &Keys) {
    let mut end = 0_u64;
    let all = || (0..).take(keys.len()).map(|number| keys.get(number));
    for key in all() {
        end += key.len() as u64;
        body.extend(end.to_le_bytes());
    }
    all().for_each(|key| body.extend(key));
}

fn put_text(body: &mut Vec<u8>, text: &str) -> io::Result<()> {
    let len = u32::try_from(text.len()).map_err(io::Error::other)?;
    body.extend(len.to_le_bytes());
    body.extend(text.as_bytes());
    Ok(())
}

/// Opens the file of a ledger.
///
/// # Errors
/// When it cannot be read, is something else, or is damaged.
pub fn open(path: &Path) -> Result<AccountLedger, FileError> {
    read(&MappedFile::open(path)?)
}

/// Reads a ledger from its bytes.
///
/// # Errors
/// When they are something else, or damaged.
pub fn read(bytes: &[u8]) -> Result<AccountLedger, FileError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(FileError::Other)?;
    let (digest, body) = rest.split_at_checked(DIGEST).ok_or(FileError::Damaged)?;
    if Sha256::digest(body).as_slice() != digest {
        return Err(FileError::Damaged);
    }
    let mut cursor = Cursor(body);
    let mut count = || cursor.u64().and_then(|count| usize::try_from(count).ok());
    let short = FileError::Inconsistent("it ends too early");
    let counts: Option<Vec<usize>> = (0..7).map(|_| count()).collect();
    let Some(&[accounts, hashes, assets, transactions, labels, notes, events]) = counts.as_deref() else {
        return Err(short);
    };
    let mut ledger = AccountLedger::default();
    let mut fill = || {
        ledger.accounts = cursor.keys(accounts)?;
        ledger.hashes = cursor.keys(hashes)?;
        ledger.assets =
            cursor.many(assets, |cursor| Some(Asset { decimals: cursor.u8()?, name: cursor.text()? }))?;
        ledger.transactions = cursor.many(transactions, |cursor| {
            Some(Transaction {
                hash: cursor.u32()?,
                block: cursor.u64()?,
                time: i64::from_le_bytes(cursor.take()?),
            })
        })?;
        ledger.labels =
            cursor.many(labels, |cursor| Some((cursor.u32()?, cursor.text()?)))?.into_iter().collect();
        ledger.notes = cursor.many(notes, Cursor::note)?;
        for column in [&mut ledger.from, &mut ledger.to, &mut ledger.asset, &mut ledger.transaction] {
            *column = cursor.many(events, Cursor::u32)?;
        }
        ledger.kind = cursor.many(events, |cursor| KINDS.get(usize::from(cursor.u8()?)).copied())?;
        ledger.value = cursor.many(events, |cursor| cursor.take().map(u128::from_le_bytes))?;
        Some(())
    };
    fill().ok_or(short)?;
    check(&ledger, cursor.0)?;
    Ok(ledger)
}

/// Numbers are of what there is.
fn check(ledger: &AccountLedger, behind: &[u8]) -> Result<(), FileError> {
    let within = |numbers: &[u32], len: usize| numbers.iter().all(|&number| (number as usize) < len);
    let or_none =
        |numbers: &[u32], len: usize| numbers.iter().all(|&number| number == NONE || (number as usize) < len);
    let accounts = ledger.accounts.len();
    let hashes: Vec<u32> = ledger.transactions.iter().map(|transaction| transaction.hash).collect();
    let is_right = behind.is_empty()
        && or_none(&ledger.from, accounts)
        && or_none(&ledger.to, accounts)
        && within(&ledger.asset, ledger.assets.len())
        && within(&ledger.transaction, ledger.transactions.len())
        && or_none(&hashes, ledger.hashes.len())
        && ledger.labels.keys().all(|&account| (account as usize) < accounts);
    if is_right { Ok(()) } else { Err(FileError::Inconsistent("a number is of nothing that there is")) }
}

/// What is left of the bytes. Nothing is set aside for more than they can hold.
struct Cursor<'b>(&'b [u8]);

impl<'b> Cursor<'b> {
    fn bytes(&mut self, len: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.try_into().ok()
    }

    fn u8(&mut self) -> Option<u8> {
        self.take().map(u8::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }

    fn text(&mut self) -> Option<String> {
        let len = usize::try_from(self.u32()?).ok()?;
        String::from_utf8(self.bytes(len)?.to_vec()).ok()
    }

    fn note(&mut self) -> Option<Note> {
        let (code, text) = (self.text()?, self.text()?);
        Some(Note { code: code_named(&code), text })
    }

    /// So many of a kind; each takes a byte at least.
    fn many<T>(&mut self, count: usize, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        if count > self.0.len() {
            return None;
        }
        (0..count).map(|_| read(self)).collect()
    }

    fn keys(&mut self, count: usize) -> Option<Keys> {
        let ends = self.many(count, Self::u64)?;
        let (mut keys, mut start) = (Keys::default(), 0);
        for (number, end) in (0_u32..).zip(ends) {
            let key = self.bytes(usize::try_from(end.checked_sub(start)?).ok()?)?;
            // A key that was there before would have the number of that.
            (keys.intern(key)? == number).then_some(())?;
            start = end;
        }
        Some(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_their_numbers() {
        for (number, kind) in KINDS.into_iter().enumerate() {
            assert_eq!(kind as usize, number);
        }
    }
}
