//! A list from a folder in place of the network: for machines without one. The folder holds the files under the names that
//! the sources give them, side by side or each list in a folder of its name.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::Timestamp;

use interdict_core::digest::Digest;
use interdict_core::mapped::MappedFile;

use super::problem::Problem;
use super::record::{FetchRecord, FileRecord, Origin};
use super::settings::FetchConfig;
use super::sources::Source;
use super::waits::Waits;
use super::{Fetched, private_folder, set};

/// Copies the files of a list from a folder. They are looked at as those that come by the network are; whether they are
/// of one publication, only the operator can know.
///
/// # Errors
/// When a file is not there, too large, or no part of this list.
pub(crate) fn from_folder(
    config: &FetchConfig,
    source: &Source,
    from: &Path,
    waits: &Waits<'_>,
) -> Result<Fetched, Problem> {
    let start = Instant::now();
    let folder = private_folder()?;
    let max = source.max_bytes.unwrap_or(config.bounds.max_bytes);
    let mut files = Vec::new();
    for name in &source.names {
        let path = find(from, &source.id, name)?;
        let copy = folder.path().join(name);
        let bytes = copy_bounded(&path, &copy, max)?;
        set::refuse_page(name, &copy)?;
        let digest = digest(&copy)?;
        files.push(FileRecord { name: name.clone(), digest, bytes, from: Origin::Folder(path) });
    }
    set::look_at(source, folder.path(), &source.names)?;
    let now: Timestamp = (waits.now)();
    let record = FetchRecord {
        source: source.id.clone(),
        list: source.list.clone(),
        fetched_at: now,
        checked_at: None,
        duration_ms: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
        attempts: 0,
        files,
        kept_as: None,
        read_as: None,
    };
    Ok(Fetched { record, folder })
}

fn find(from: &Path, id: &str, name: &str) -> Result<PathBuf, Problem> {
    let places = [from.join(id).join(name), from.join(name)];
    places
        .into_iter()
        .find(|path| path.is_file())
        .ok_or_else(|| Problem::NotInFolder { file: name.to_owned(), folder: from.display().to_string() })
}

fn copy_bounded(path: &Path, copy: &Path, max: u64) -> Result<u64, Problem> {
    let shown = || path.display().to_string();
    let disk = |error: io::Error| Problem::Disk { path: shown(), error };
    let source = File::open(path).map_err(disk)?;
    let mut copy = File::create(copy).map_err(disk)?;
    let bytes = io::copy(&mut source.take(max.saturating_add(1)), &mut copy).map_err(disk)?;
    if bytes > max { Err(Problem::TooLarge { url: shown(), max }) } else { Ok(bytes) }
}

fn digest(path: &Path) -> Result<Digest, Problem> {
    let bytes =
        MappedFile::open(path).map_err(|error| Problem::Disk { path: path.display().to_string(), error })?;
    Ok(Digest::of(&bytes))
}
