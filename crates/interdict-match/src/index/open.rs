//! How is an index file opened, and where are its rows and texts?

use std::ops::{Deref, Range};
use std::path::Path;

use zerocopy::{FromBytes, Immutable, KnownLayout, Unaligned};

use interdict_core::digest::Digest;
use interdict_core::mapped::MappedFile;

use super::IndexInfo;
use super::format::{FORMAT_VERSION, MAGIC, SECTIONS, Section, Slice, Span};

/// Files of so many bytes are checked whole when they are opened; larger ones take too long.
pub const VERIFIED_MAX: usize = 64 << 20;

/// An index, ready to be asked.
#[derive(Debug)]
pub struct Index {
    pub(super) bytes: Bytes,
    pub(super) sections: [Range<usize>; SECTIONS],
    pub(super) info: IndexInfo,
}

#[derive(Debug)]
pub(super) enum Bytes {
    Mapped(MappedFile),
    Owned(Vec<u8>),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(file) => file,
            Self::Owned(bytes) => bytes,
        }
    }
}

/// A file is no index that can be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It cannot be read.
    #[error("the index cannot be opened: {0}")]
    Io(#[from] std::io::Error),
    /// It is no index file.
    #[error("the file is no index")]
    NotAnIndex,
    /// It was written in another format.
    #[error(
        "the index has format {found} and this program reads {FORMAT_VERSION}; build it again from the archive"
    )]
    OtherFormat {
        /// The format of the file.
        found: u32,
    },
    /// Its bytes contradict each other.
    #[error("the index is damaged ({0}); build it again from the archive")]
    Damaged(&'static str),
}

impl Index {
    /// Opens an index file by memory map. Up to [`VERIFIED_MAX`] bytes all of it is checked; of a larger one only that its
    /// sections and tables are whole, so that opening stays fast: [`Self::verify`] checks the rest. What leads nowhere in a
    /// damaged file that was not checked is read as nothing.
    ///
    /// # Errors
    /// When the file cannot be opened, is no index, has another format, or is seen to be damaged.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let index = Self::new(Bytes::Mapped(MappedFile::open(path)?))?;
        if index.bytes.len() <= VERIFIED_MAX {
            index.verify()?;
        }
        Ok(index)
    }

    /// Takes the bytes of an index, as [`super::build`] gives them, and checks all of them.
    ///
    /// # Errors
    /// When the bytes are no index, have another format, or are damaged.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, OpenError> {
        let index = Self::unverified(bytes)?;
        index.verify()?;
        Ok(index)
    }

    /// The same as far as opening a large file goes.
    pub(crate) fn unverified(bytes: Vec<u8>) -> Result<Self, OpenError> {
        Self::new(Bytes::Owned(bytes))
    }

    fn new(bytes: Bytes) -> Result<Self, OpenError> {
        let sections = sections(&bytes)?;
        let info = &bytes[sections[Section::Info as usize].clone()];
        let info: IndexInfo =
            serde_json::from_slice(info).map_err(|_| OpenError::Damaged("its description"))?;
        let index = Self { bytes, sections, info };
        index.check_tables()?;
        Ok(index)
    }

    /// What the index says of itself.
    pub fn info(&self) -> &IndexInfo {
        &self.info
    }

    /// The bytes of its file, to be kept elsewhere.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The digest of its inputs, which names it in every answer.
    pub fn digest(&self) -> Digest {
        self.info.digest
    }

    /// The rows of a section. Its length was checked to be a whole number of rows.
    pub(super) fn rows<T: FromBytes + Immutable + KnownLayout + Unaligned>(&self, section: Section) -> &[T] {
        <[T]>::ref_from_bytes(&self.bytes[self.sections[section as usize].clone()]).unwrap_or_default()
    }

    /// Some rows of a section.
    pub(super) fn slice<T: FromBytes + Immutable + KnownLayout + Unaligned>(
        &self,
        section: Section,
        slice: Slice,
    ) -> &[T] {
        self.rows(section).get(range(slice)).unwrap_or_default()
    }

    /// A text. That it is UTF-8 and lies in its section was checked.
    pub(super) fn text(&self, span: Span) -> &str {
        std::str::from_utf8(self.text_bytes(span)).unwrap_or_default()
    }

    pub(super) fn text_bytes(&self, span: Span) -> &[u8] {
        let start = span.start.get() as usize;
        self.texts().get(start..start + span.len.get() as usize).unwrap_or_default()
    }

    pub(super) fn texts(&self) -> &[u8] {
        &self.bytes[self.sections[Section::Text as usize].clone()]
    }
}

pub(super) fn range(slice: Slice) -> Range<usize> {
    let start = slice.start.get() as usize;
    start..start + slice.len.get() as usize
}

/// Where the sections are, checked against the length of the file.
fn sections(bytes: &[u8]) -> Result<[Range<usize>; SECTIONS], OpenError> {
    if bytes.len() < 16 || bytes[..8] != MAGIC {
        return Err(OpenError::NotAnIndex);
    }
    let u32_at = |at: usize| bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    let found = u32_at(8).unwrap_or_default();
    if found != FORMAT_VERSION {
        return Err(OpenError::OtherFormat { found });
    }
    let u64_at = |at: usize| -> Result<usize, OpenError> {
        let bytes =
            bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).ok_or(OpenError::Damaged("its header"))?;
        usize::try_from(u64::from_le_bytes(bytes)).map_err(|_| OpenError::Damaged("its header"))
    };
    if u32_at(12) != u32::try_from(SECTIONS).ok() || u64_at(48)? != bytes.len() {
        return Err(OpenError::Damaged("its length"));
    }
    let mut sections: [Range<usize>; SECTIONS] = std::array::from_fn(|_| 0..0);
    for (idx, section) in sections.iter_mut().enumerate() {
        let start = u64_at(56 + 16 * idx)?;
        let end = start.checked_add(u64_at(64 + 16 * idx)?).ok_or(OpenError::Damaged("its sections"))?;
        if end > bytes.len() {
            return Err(OpenError::Damaged("its sections"));
        }
        *section = start..end;
    }
    Ok(sections)
}
