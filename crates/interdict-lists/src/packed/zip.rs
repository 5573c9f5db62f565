//! Which files are in a ZIP, and what are their bytes? Reads the directory at its end, as the format demands, and no more of
//! the format than lists need (PKWARE, APPNOTE.TXT 6.3.10, sections 4.3 and 4.4).

use std::cell::Cell;

use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use interdict_core::limits;

use super::{bound_by_ratio, inflate, refused, too_many};
use crate::source::{ReadError, SourceFile};

const LOCAL_HEADER: &[u8] = b"PK\x03\x04";
const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
const END_BYTES: usize = 22;
const ENTRY_BYTES: usize = 46;
const LOCAL_BYTES: usize = 30;
/// A field of two or four bytes with all bits set says that ZIP64 has the true number.
const ZIP64_SHORT: usize = 0xffff;
const ZIP64_LONG: usize = 0xffff_ffff;
/// The bits of the flags that mean encryption: of the bytes, strong, of the directory.
const ENCRYPTED: usize = 1 | 1 << 6 | 1 << 13;
const STORED: usize = 0;
const DEFLATED: usize = 8;

/// Whether a file begins as a ZIP does, be it an empty one.
pub(super) fn is_zip(file: &SourceFile<'_>) -> bool {
    file.bytes.starts_with(LOCAL_HEADER) || file.bytes.starts_with(END)
}

/// The directory of a ZIP file.
pub(crate) struct Archive<'a> {
    file: SourceFile<'a>,
    members: Vec<Member>,
    /// How many bytes its size still allows all files together to unpack to: many small ones could hold as much as a large one.
    room: Cell<u64>,
}

/// One entry of the directory.
pub(crate) struct Member {
    /// Its path in the archive.
    pub(crate) name: String,
    method: usize,
    flags: usize,
    checksum: usize,
    packed: usize,
    unpacked: usize,
    offset: usize,
}

impl<'a> Archive<'a> {
    /// Reads the directory.
    ///
    /// # Errors
    /// When the file is cut off, goes on behind its end, has more entries than the bound, or is ZIP64.
    pub(crate) fn open(file: SourceFile<'a>) -> Result<Self, ReadError> {
        let end = find_end(&file)?;
        let [disk, n_members, size, start] =
            [(4, 2), (10, 2), (12, 4), (16, 4)].map(|(at, n)| number(file.bytes, end + at, n));
        let (n_members, size, start) = (n_members.unwrap_or(0), size.unwrap_or(0), start.unwrap_or(0));
        if n_members == ZIP64_SHORT || size == ZIP64_LONG || start == ZIP64_LONG {
            return Err(refused(&file, "it is a ZIP64 archive, which only larger files need"));
        }
        if disk != Some(0) || start.checked_add(size) != Some(end) {
            return Err(refused(
                &file,
                "its directory is not where its end says: it is damaged or a part of one",
            ));
        }
        if n_members > limits::PACKED_FILES_MAX {
            return Err(too_many(&file, "files in it", limits::PACKED_FILES_MAX as u64));
        }
        let mut members = Vec::with_capacity(n_members);
        let mut at = start;
        for _ in 0..n_members {
            let (member, next) = entry(file.bytes, at)
                .filter(|(_, next)| *next <= end)
                .ok_or_else(|| refused(&file, "an entry of its directory is damaged"))?;
            members.push(member);
            at = next;
        }
        if at != end {
            return Err(refused(&file, "its directory holds more than it counts"));
        }
        if overlap(&members, start) {
            return Err(refused(&file, "the files in it overlap"));
        }
        Ok(Self { file, members, room: Cell::new(bound_by_ratio(file.bytes.len())) })
    }

    /// Whether there is an entry of that path.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.member(name).is_some()
    }

    /// The entry of that path.
    pub(crate) fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }

    /// The entries that are files and no folders.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| !(member.name.ends_with('/') && member.unpacked == 0))
    }

    /// The bytes of one entry, at most `max` of them, checked against their checksum.
    ///
    /// # Errors
    /// When they are encrypted, packed in another way, damaged, or more than the bounds.
    pub(crate) fn unpack(&self, member: &Member, max: u64) -> Result<Vec<u8>, ReadError> {
        let file = &self.file;
        if member.flags & ENCRYPTED != 0 {
            return Err(refused(file, "it is encrypted"));
        }
        let packed =
            self.packed_bytes(member).ok_or_else(|| refused(file, "an entry points outside of it"))?;
        let by_ratio = bound_by_ratio(packed.len()).min(self.room.get());
        let bytes = match member.method {
            STORED => inflate(file, packed, by_ratio, max)?,
            DEFLATED => {
                let mut decoder = DeflateDecoder::new(packed);
                let bytes = inflate(file, &mut decoder, by_ratio, max)?;
                if decoder.total_in() != packed.len() as u64 {
                    return Err(refused(file, "a file in it has bytes behind its end"));
                }
                bytes
            }
            other => {
                return Err(refused(
                    file,
                    &format!("a file in it is packed in a way (number {other}) that is not read"),
                ));
            }
        };
        self.room.set(self.room.get().saturating_sub(bytes.len() as u64));
        let mut checksum = Crc::new();
        checksum.update(&bytes);
        if bytes.len() != member.unpacked || u64::from(checksum.sum()) != member.checksum as u64 {
            return Err(refused(file, "the length or the checksum of a file in it is wrong"));
        }
        Ok(bytes)
    }

    fn packed_bytes(&self, member: &Member) -> Option<&'a [u8]> {
        let bytes = self.file.bytes;
        let header = bytes.get(member.offset..)?;
        if !header.starts_with(LOCAL_HEADER) {
            return None;
        }
        let start = LOCAL_BYTES + number(header, 26, 2)? + number(header, 28, 2)?;
        header.get(start..start.checked_add(member.packed)?)
    }
}

/// Whether two entries share bytes or one reaches into the directory: a small file could mean a large one many times.
fn overlap(members: &[Member], start: usize) -> bool {
    let ends_at = |member: &Member| member.offset.saturating_add(LOCAL_BYTES).saturating_add(member.packed);
    let mut spans: Vec<(usize, usize)> =
        members.iter().map(|member| (member.offset, ends_at(member))).collect();
    spans.push((start, start));
    spans.sort_unstable();
    spans.iter().zip(spans.iter().skip(1)).any(|(one, next)| one.1 > next.0)
}

/// Where the end record stands. Only a comment of the length it tells may follow it.
fn find_end(file: &SourceFile<'_>) -> Result<usize, ReadError> {
    let bytes = file.bytes;
    let from = bytes.len().saturating_sub(END_BYTES + ZIP64_SHORT);
    let found = memchr::memmem::rfind(bytes.get(from..).unwrap_or_default(), END).map(|at| from + at);
    let Some(end) = found.filter(|end| end + END_BYTES <= bytes.len()) else {
        let reason = "the directory of the ZIP archive is missing".to_owned();
        return Err(ReadError::Truncated { file: file.name.to_owned(), reason });
    };
    if number(bytes, end + 20, 2).map(|comment| end + END_BYTES + comment) != Some(bytes.len()) {
        return Err(refused(file, "something else stands behind its end"));
    }
    Ok(end)
}

/// The entry of the directory at an offset, and where the next one begins.
fn entry(bytes: &[u8], at: usize) -> Option<(Member, usize)> {
    let entry = bytes.get(at..)?;
    if !entry.starts_with(DIRECTORY_ENTRY) {
        return None;
    }
    let name_end = ENTRY_BYTES + number(entry, 28, 2)?;
    let member = Member {
        name: String::from_utf8_lossy(entry.get(ENTRY_BYTES..name_end)?).into_owned(),
        flags: number(entry, 8, 2)?,
        method: number(entry, 10, 2)?,
        checksum: number(entry, 16, 4)?,
        packed: number(entry, 20, 4)?,
        unpacked: number(entry, 24, 4)?,
        offset: number(entry, 42, 4)?,
    };
    Some((member, at + name_end + number(entry, 30, 2)? + number(entry, 32, 2)?))
}

/// A number of so many bytes, the lowest first.
fn number(bytes: &[u8], at: usize, n_bytes: usize) -> Option<usize> {
    let digits = bytes.get(at..at.checked_add(n_bytes)?)?;
    Some(digits.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}
