//! What is in a packed file? gzip and ZIP are unpacked in memory, within bounds, so that a list is read from the bytes as its
//! authority publishes them.
//!
//! Each stream of a gzip file and each file in a ZIP is checked against its checksum. A ZIP holds one list: one file, or the
//! files of one set. A spreadsheet (XLSX, ODS) is a ZIP too, and is handed on as it came. What is refused: an archive within
//! an archive, encryption, other ways of packing than deflate, bytes before or behind the archive, what unpacks to more than
//! [`limits::FILE_BYTES_MAX`] or to more than [`limits::UNPACKED_RATIO_MAX`] times its size, and ZIP64, which
//! only files above the bounds need.

mod zip;

use std::borrow::Cow;
use std::io::{self, Read};

use flate2::bufread::GzDecoder;
use interdict_core::limits;

use crate::source::{ReadError, SourceFile};
pub(crate) use zip::Archive;

/// One file, unpacked where it came packed.
pub(crate) struct Unpacked<'a> {
    name: String,
    bytes: Cow<'a, [u8]>,
}

impl Unpacked<'_> {
    /// The file as readers take it.
    pub(crate) fn as_source(&self) -> SourceFile<'_> {
        SourceFile { name: &self.name, bytes: &self.bytes }
    }
}

/// The files with the packed ones unpacked. What is not packed is not copied.
///
/// # Errors
/// When a packed file is damaged, cut off, goes over a bound, or is refused for what it is.
pub(crate) fn unpack<'a>(files: &[SourceFile<'a>]) -> Result<Vec<Unpacked<'a>>, ReadError> {
    let mut unpacked = Vec::new();
    for file in files {
        if file.bytes.starts_with(GZIP) {
            let name = without_ending(file.name, ".gz").to_owned();
            let bytes = gunzip(file)?;
            refuse_nested(file, &name, &bytes)?;
            unpacked.push(Unpacked { name, bytes: Cow::Owned(bytes) });
        } else if zip::is_zip(file) && !is_workbook(file) {
            take_members(file, &mut unpacked)?;
        } else {
            unpacked.push(Unpacked { name: file.name.to_owned(), bytes: Cow::Borrowed(file.bytes) });
        }
    }
    Ok(unpacked)
}

/// Whether a file is a ZIP that makes one document: a spreadsheet or a text of an office program.
pub(crate) fn is_workbook(file: &SourceFile<'_>) -> bool {
    let marks = ["[Content_Types].xml", "META-INF/manifest.xml"];
    let is_marked = |archive: &Archive<'_>| marks.iter().any(|mark| archive.has(mark));
    zip::is_zip(file) && Archive::open(*file).is_ok_and(|archive| is_marked(&archive))
}

const GZIP: &[u8] = b"\x1f\x8b";

fn take_members<'a>(file: &SourceFile<'a>, unpacked: &mut Vec<Unpacked<'a>>) -> Result<(), ReadError> {
    let archive = Archive::open(*file)?;
    let mut rest = limits::FILE_BYTES_MAX;
    let before = unpacked.len();
    for member in archive.files() {
        let bytes = archive.unpack(member, rest)?;
        rest -= (bytes.len() as u64).min(rest);
        let name = member.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        refuse_nested(file, &name, &bytes)?;
        unpacked.push(Unpacked { name, bytes: Cow::Owned(bytes) });
    }
    if unpacked.len() == before {
        return Err(refused(file, "there is no file in it"));
    }
    Ok(())
}

/// All streams of a gzip file, one behind the other: some writers pack a long file in pieces.
fn gunzip(file: &SourceFile<'_>) -> Result<Vec<u8>, ReadError> {
    let mut rest = file.bytes;
    let mut unpacked = Vec::new();
    while !rest.is_empty() {
        if !rest.starts_with(GZIP) {
            return Err(refused(file, "something else stands behind its end"));
        }
        let mut decoder = GzDecoder::new(rest);
        let max = limits::FILE_BYTES_MAX.saturating_sub(unpacked.len() as u64);
        let piece = inflate(file, &mut decoder, bound_by_ratio(rest.len()), max)?;
        rest = decoder.into_inner();
        if unpacked.is_empty() {
            unpacked = piece
        } else {
            unpacked.extend(piece)
        }
        // One bound for all streams together: many small ones could hold as much as a large one.
        if unpacked.len() as u64 > bound_by_ratio(file.bytes.len()) {
            return Err(too_many(
                file,
                "bytes when unpacked for each byte packed",
                limits::UNPACKED_RATIO_MAX,
            ));
        }
    }
    Ok(unpacked)
}

/// What so many packed bytes may unpack to.
fn bound_by_ratio(n_packed: usize) -> u64 {
    (n_packed as u64).saturating_mul(limits::UNPACKED_RATIO_MAX).max(limits::UNPACKED_BYTES_FREE)
}

/// Reads what a decoder gives, up to the bounds: `max` bytes, and those that the packed size allows.
fn inflate(file: &SourceFile<'_>, decoder: impl Read, by_ratio: u64, max: u64) -> Result<Vec<u8>, ReadError> {
    let bound = by_ratio.min(max);
    let mut bytes = Vec::new();
    let read = decoder.take(bound + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > bound {
        return Err(match bound == max {
            true => too_many(file, "bytes when unpacked", limits::FILE_BYTES_MAX),
            false => too_many(file, "bytes when unpacked for each byte packed", limits::UNPACKED_RATIO_MAX),
        });
    }
    match read {
        Ok(_) => Ok(bytes),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            let reason = "the packed bytes stop before their end".to_owned();
            Err(ReadError::Truncated { file: file.name.to_owned(), reason })
        }
        Err(error) => Err(refused(file, &format!("its packed bytes are damaged ({error})"))),
    }
}

fn refuse_nested(file: &SourceFile<'_>, name: &str, bytes: &[u8]) -> Result<(), ReadError> {
    let inner = SourceFile { name, bytes };
    let is_archive = bytes.starts_with(GZIP)
        || (zip::is_zip(&inner) && !is_workbook(&inner))
        || bytes.get(257..262) == Some(b"ustar");
    if is_archive {
        return Err(refused(file, "it holds an archive within an archive; unpack the outer one"));
    }
    Ok(())
}

fn without_ending<'n>(name: &'n str, ending: &str) -> &'n str {
    let split = name.len().checked_sub(ending.len()).and_then(|at| name.split_at_checked(at));
    split
        .filter(|(head, tail)| !head.is_empty() && tail.eq_ignore_ascii_case(ending))
        .map_or(name, |(head, _)| head)
}

fn refused(file: &SourceFile<'_>, reason: &str) -> ReadError {
    ReadError::Packed { file: file.name.to_owned(), reason: reason.to_owned() }
}

fn too_many(file: &SourceFile<'_>, what: &'static str, max: u64) -> ReadError {
    ReadError::TooMany { file: file.name.to_owned(), what, max }
}
