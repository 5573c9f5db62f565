//! A read-only memory-mapped file: the one place where `unsafe` is allowed.

use std::fs::File;
use std::io;
use std::ops::Deref;
use std::path::Path;

/// The bytes of a file, mapped read-only. An empty file is an empty slice.
#[derive(Debug)]
pub struct MappedFile {
    map: Option<memmap2::Mmap>,
}

impl MappedFile {
    /// Maps the file at `path`.
    ///
    /// Map only files that nobody rewrites in place: the archive and the index are written once under a
    /// temporary name and then renamed, so a reader keeps the bytes it opened.
    ///
    /// # Errors
    /// When the file cannot be opened, is no regular file, or cannot be mapped.
    pub fn open(path: &Path) -> io::Result<Self> {
        Self::of(&File::open(path)?)
    }

    /// Maps an open file, under the same condition as [`MappedFile::open`]: nobody changes it while it is mapped. A private
    /// copy of a file that others may change fulfills it.
    ///
    /// # Errors
    /// When it is no regular file or cannot be mapped.
    #[expect(unsafe_code, reason = "a memory map is unsafe by its API; see the invariant in the body")]
    pub fn of(file: &File) -> io::Result<Self> {
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        if metadata.len() == 0 {
            return Ok(Self { map: None });
        }
        // SAFETY: the slice must not change while it is borrowed. Files that are mapped are private copies, or written once
        // and replaced by rename (never modified or truncated), so the pages behind an open map stay as they are.
        let map = unsafe { memmap2::Mmap::map(file)? };
        Ok(Self { map: Some(map) })
    }
}

impl Deref for MappedFile {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.map.as_deref().unwrap_or_default()
    }
}
