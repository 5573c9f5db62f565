//! Where in the files are the blocks? Heads of all, found without reading the rest, and one block at a time.
//!
//! A record is the magic of the network, the length of the block as `u32` and the block. Nodes make files longer in advance (zero bytes at the
//! end), and since version 28 mask them with a key of eight bytes in `xor.dat`; the bytes made in advance are zero without the mask.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use interdict_core::limits::{LEDGER_BLOCK_BYTES_MAX, LEDGER_BLOCKS_MAX, LEDGER_REMARKS_MAX};

use super::BlocksError;
use super::head::{BlockHead, HEAD};
use crate::outputs::names::network::{Network, Proof};
use crate::outputs::store::branch::Header;
use crate::outputs::store::printed;

/// Magic and length.
const RECORD: usize = 8;
/// How much is read at once where a block is looked for.
const STRETCH: usize = 64 << 10;

/// Something in a file that is no whole block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// The file ends within a block: it was being written, or was cut off.
    Truncated {
        /// Which file.
        file: String,
        /// Where the record begins.
        offset: u64,
        /// How many bytes are missing.
        missing: u64,
    },
    /// Bytes that belong to no block.
    Skipped {
        /// Which file.
        file: String,
        /// Where they begin.
        offset: u64,
        /// How many.
        bytes: u64,
    },
    /// A head that no network has: its target is impossible, or its hash is above it.
    BadHead {
        /// Which file.
        file: String,
        /// Where the record begins.
        offset: u64,
        /// Its hash, as printed.
        hash: String,
    },
}

/// Where a block is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub header: Header,
    pub file: usize,
    /// Where its head is.
    pub offset: u64,
    pub length: u32,
}

/// What is in the files.
pub(super) struct Scanned {
    pub network: Network,
    pub heads: Vec<Place>,
    pub bytes: u64,
    pub remarks: Vec<Remark>,
    pub more_remarks: u64,
}

/// Block files; one is open at a time.
pub(super) struct Files {
    paths: Vec<PathBuf>,
    key: [u8; 8],
    open: Option<(usize, File)>,
    /// A stretch that was read last to look for a block: which file, where it begins, its bytes as they are in the file.
    stretch: (usize, u64, Vec<u8>),
}

fn io_error(path: &Path) -> impl Fn(io::Error) -> BlocksError {
    let file = path.display().to_string();
    move |error| BlocksError::Io { file: file.clone(), error }
}

fn is_block_file(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let digits = name.strip_prefix("blk").and_then(|rest| rest.strip_suffix(".dat"));
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()))
}

impl Files {
    /// The block files of a folder (of a node's data folder those in `blocks`), or one file. The key is taken from beside them.
    pub(super) fn find(path: &Path) -> Result<Self, BlocksError> {
        let error = io_error(path);
        let mut folder = path.to_owned();
        let mut paths = Vec::new();
        if fs::metadata(path).map_err(&error)?.is_dir() {
            let inner = path.join("blocks");
            if inner.is_dir() {
                folder = inner;
            }
            for entry in fs::read_dir(&folder).map_err(&error)? {
                paths.push(entry.map_err(&error)?.path());
            }
            paths.retain(|path| is_block_file(path));
            // Longer numbers are later ones.
            paths.sort_by_key(|path| (path.as_os_str().len(), path.clone()));
        } else {
            paths.push(path.to_owned());
            folder = path.parent().map(Path::to_owned).unwrap_or_default();
        }
        if paths.is_empty() {
            return Err(BlocksError::NoFiles);
        }
        let key = folder.join("xor.dat");
        let key = if key.is_file() { read_key(&key)? } else { [0; 8] };
        Ok(Self { paths, key, open: None, stretch: (0, 0, Vec::new()) })
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.paths.len() as u64
    }

    /// The name of one.
    pub(super) fn name(&self, file: usize) -> String {
        let name = self.paths.get(file).and_then(|path| path.file_name());
        name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    fn error(&self, file: usize, error: io::Error) -> BlocksError {
        BlocksError::Io { file: self.name(file), error }
    }

    fn opened(&mut self, file: usize) -> Result<&mut File, io::Error> {
        if self.open.as_ref().is_none_or(|(open, _)| *open != file) {
            let path = self.paths.get(file).ok_or(io::ErrorKind::NotFound)?;
            self.open = Some((file, File::open(path)?));
        }
        self.open.as_mut().map(|(_, open)| open).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// As many of the bytes as there are, as they are in the file.
    fn raw(&mut self, file: usize, offset: u64, bytes: &mut [u8]) -> Result<usize, BlocksError> {
        if let Some(read) = self.in_stretch(file, offset, bytes.len()) {
            bytes.copy_from_slice(read);
            return Ok(bytes.len());
        }
        let mut fill = || {
            let open = self.opened(file)?;
            open.seek(SeekFrom::Start(offset))?;
            let mut read = 0;
            while let Some(rest) = bytes.get_mut(read..).filter(|rest| !rest.is_empty()) {
                match open.read(rest) {
                    Ok(0) => break,
                    Ok(more) => read += more,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(read)
        };
        fill().map_err(|error| self.error(file, error))
    }

    fn unmask(&self, offset: u64, bytes: &mut [u8]) {
        if self.key == [0; 8] {
            return;
        }
        let turn = usize::try_from(offset % 8).unwrap_or(0);
        let key = self.key.iter().cycle().skip(turn);
        bytes.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
    }

    /// A block with its head, in the place of what was in `bytes`.
    pub(super) fn block(&mut self, place: &Place, bytes: &mut Vec<u8>) -> Result<(), BlocksError> {
        bytes.resize(place.length as usize, 0);
        let read = self.raw(place.file, place.offset, bytes)?;
        if read < bytes.len() {
            return Err(self.error(place.file, io::ErrorKind::UnexpectedEof.into()));
        }
        self.unmask(place.offset, bytes);
        Ok(())
    }

    /// Finds every block of every file.
    pub(super) fn scan(&mut self, expected: Option<Network>) -> Result<Scanned, BlocksError> {
        let found = self.network()?;
        let network = match (found, expected) {
            (Some(found), Some(expected)) if found.magic != expected.magic => {
                return Err(BlocksError::AnotherNetwork { found: found.name, expected: expected.name });
            }
            (_, Some(network)) | (Some(network), None) => network,
            (None, None) => return Err(BlocksError::NoBlocks),
        };
        let (heads, remarks) = (Vec::new(), Vec::new());
        let mut scanned = Scanned { network, heads, bytes: 0, remarks, more_remarks: 0 };
        for file in 0..self.paths.len() {
            self.scan_file(file, &mut scanned)?;
        }
        if scanned.heads.is_empty() { Err(BlocksError::NoBlocks) } else { Ok(scanned) }
    }

    /// Which network the first file that begins with a known magic is of.
    fn network(&mut self) -> Result<Option<Network>, BlocksError> {
        for file in 0..self.paths.len() {
            let mut magic = [0; 4];
            if self.raw(file, 0, &mut magic)? == magic.len() {
                self.unmask(0, &mut magic);
                if let Some(network) = Network::of_magic(magic) {
                    return Ok(Some(network));
                }
            }
        }
        Ok(None)
    }

    fn scan_file(&mut self, file: usize, scanned: &mut Scanned) -> Result<(), BlocksError> {
        let length = self
            .opened(file)
            .and_then(|open| open.metadata())
            .map_err(|error| self.error(file, error))?
            .len();
        scanned.bytes += length;
        let mut at = 0;
        while at < length {
            let mut record = [0; RECORD + HEAD];
            let read = self.raw(file, at, &mut record)?;
            let is_zero = record.iter().take(read.min(RECORD)).all(|byte| *byte == 0);
            self.unmask(at, &mut record);
            let (magic, size) = magic_and_size(&record);
            if magic == scanned.network.magic && size_fits(size) && read >= RECORD {
                let end = at + RECORD as u64 + u64::from(size);
                if end > length {
                    scanned.remark(Remark::Truncated {
                        file: self.name(file),
                        offset: at,
                        missing: end - length,
                    });
                    // What was cut off may be followed by whole blocks.
                    at = self.next_record(file, at + 1, length, &scanned.network)?;
                    continue;
                }
                self.found(file, at, size, &record, scanned)?;
                at = end;
                continue;
            }
            let from = at;
            at = self.next_record(file, at + 1, length, &scanned.network)?;
            if !is_zero || !self.is_all_zero(file, from, at)? {
                scanned.remark(Remark::Skipped { file: self.name(file), offset: from, bytes: at - from });
            }
        }
        Ok(())
    }

    fn found(
        &self,
        file: usize,
        at: u64,
        size: u32,
        record: &[u8; RECORD + HEAD],
        scanned: &mut Scanned,
    ) -> Result<(), BlocksError> {
        let head = BlockHead::of(record.last_chunk().unwrap_or(&[0; HEAD]));
        let is_proved = scanned.network.proof == Proof::Other || head.has_proof();
        match head.work().filter(|_| is_proved) {
            Some(work) => {
                if scanned.heads.len() >= LEDGER_BLOCKS_MAX {
                    return Err(BlocksError::TooMany(LEDGER_BLOCKS_MAX));
                }
                let header = Header { hash: head.hash, previous: head.previous, work };
                scanned.heads.push(Place { header, file, offset: at + RECORD as u64, length: size });
            }
            None => scanned.remark(Remark::BadHead {
                file: self.name(file),
                offset: at,
                hash: printed(&head.hash),
            }),
        }
        Ok(())
    }

    /// Where the next record may begin: the next place with the magic, or the end.
    fn next_record(
        &mut self,
        file: usize,
        from: u64,
        length: u64,
        network: &Network,
    ) -> Result<u64, BlocksError> {
        let mut at = from;
        while at < length {
            if self.in_stretch(file, at, network.magic.len()).is_none() {
                let mut bytes = std::mem::take(&mut self.stretch.2);
                bytes.resize(STRETCH, 0);
                let read = self.raw(file, at, &mut bytes)?;
                bytes.truncate(read);
                self.stretch = (file, at, bytes);
            }
            let (_, start, bytes) = &self.stretch;
            let within = usize::try_from(at - start).unwrap_or(usize::MAX);
            let rest = bytes.get(within..).unwrap_or_default();
            let found = (at..).zip(rest.windows(network.magic.len())).find(|(at, window)| {
                (*at..)
                    .zip(window.iter().zip(network.magic))
                    .all(|(at, (raw, magic))| raw ^ self.mask(at) == magic)
            });
            if let Some((found, _)) = found {
                return Ok(found);
            }
            if rest.len() < network.magic.len() {
                break;
            }
            at += (rest.len() - (network.magic.len() - 1)) as u64;
        }
        Ok(length)
    }

    /// So many bytes from the stretch, if they are in it.
    fn in_stretch(&self, file: usize, at: u64, count: usize) -> Option<&[u8]> {
        let (of, start, bytes) = &self.stretch;
        let within = usize::try_from(at.checked_sub(*start)?).ok().filter(|_| *of == file)?;
        bytes.get(within..within.checked_add(count)?)
    }

    /// What the byte at an offset is masked with.
    fn mask(&self, offset: u64) -> u8 {
        usize::try_from(offset % 8).ok().and_then(|place| self.key.get(place)).copied().unwrap_or(0)
    }

    fn is_all_zero(&mut self, file: usize, from: u64, to: u64) -> Result<bool, BlocksError> {
        let mut stretch = vec![0; STRETCH];
        let mut at = from;
        while at < to {
            let part = usize::try_from(to - at).unwrap_or(STRETCH).min(STRETCH);
            let read = self.raw(file, at, stretch.get_mut(..part).unwrap_or_default())?;
            if read == 0 || stretch.iter().take(read).any(|byte| *byte != 0) {
                return Ok(false);
            }
            at += read as u64;
        }
        Ok(true)
    }
}

impl Scanned {
    fn remark(&mut self, remark: Remark) {
        if self.remarks.len() < LEDGER_REMARKS_MAX {
            self.remarks.push(remark);
        } else {
            self.more_remarks += 1;
        }
    }
}

fn magic_and_size(record: &[u8]) -> ([u8; 4], u32) {
    let magic = record.first_chunk().copied().unwrap_or_default();
    let size = record.get(4..).and_then(<[u8]>::first_chunk).copied().map_or(0, u32::from_le_bytes);
    (magic, size)
}

fn size_fits(size: u32) -> bool {
    (HEAD + 1..=LEDGER_BLOCK_BYTES_MAX).contains(&(size as usize))
}

fn read_key(path: &Path) -> Result<[u8; 8], BlocksError> {
    let mut bytes = Vec::new();
    let open = File::open(path).map_err(io_error(path))?;
    open.take(64).read_to_end(&mut bytes).map_err(io_error(path))?;
    bytes.as_slice().try_into().map_err(|_| BlocksError::BadKey(bytes.len()))
}
