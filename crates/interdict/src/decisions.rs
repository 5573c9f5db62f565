//! What people decided about pairs of parties: the file `<home>/decisions.jsonl`, one decision a line, appended to and never
//! changed.
//!
//! A line that cannot be read ends the reading: to pass over a decision in silence would undo it.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use interdict_core::mapped::MappedFile;
use interdict_lists::lines::lines;
use interdict_match::clusters::{Action, Decision, Decisions};

use crate::failure::Failure;

/// Longest id, name of a person who decides, or reason, in characters.
pub(crate) const TEXT_CHARS_MAX: usize = 2_000;
/// The largest file that is read, in bytes (256 MiB): a million decisions.
const BYTES_MAX: u64 = 256 << 20;

/// Where the decisions of a home folder are.
fn path_of(home: &Path) -> PathBuf {
    home.join("decisions.jsonl")
}

/// The decisions in force; none when there is no file.
pub(crate) fn load(home: &Path) -> Result<Decisions, Failure> {
    Ok(Decisions::of(read(&path_of(home))?))
}

fn read(path: &Path) -> Result<Vec<Decision>, Failure> {
    let unreadable = |error| Failure::Unreadable { path: path.to_owned(), error };
    let data = match std::fs::metadata(path) {
        Ok(data) => data,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(error)),
    };
    let unusable = |reason: String| Failure::Decisions { path: path.to_owned(), reason };
    if !data.is_file() {
        return Err(unusable("it is no file".to_owned()));
    }
    if data.len() > BYTES_MAX {
        return Err(Failure::TooLarge { path: path.to_owned(), bytes: data.len(), max: BYTES_MAX });
    }
    let bytes =
        if data.len() == 0 { return Ok(Vec::new()) } else { MappedFile::open(path).map_err(unreadable)? };
    if !bytes.ends_with(b"\n") {
        return Err(unusable("its last line is cut off".to_owned()));
    }
    let decision = |line: interdict_lists::lines::Line<'_>| {
        let told = |reason: String| unusable(format!("line {}: {reason}", line.number));
        let text = line.text.map_err(|error| told(error.to_string()))?;
        let decision: Decision = serde_json::from_str(text).map_err(|error| told(error.to_string()))?;
        checked(&decision).map_err(told)?;
        Ok(decision)
    };
    lines(&bytes).map(decision).collect()
}

/// Whether a decision is one: two ids, and texts within their bound.
pub(crate) fn checked(decision: &Decision) -> Result<(), String> {
    let Decision { at, by, a, b, reason, .. } = decision;
    for (name, text) in [("at", at), ("by", by), ("a", a), ("b", b), ("reason", reason)] {
        let chars = text.chars().count();
        if chars > TEXT_CHARS_MAX {
            return Err(format!("`{name}` has {chars} characters; the bound is {TEXT_CHARS_MAX}"));
        }
    }
    if a.trim().is_empty() || b.trim().is_empty() {
        return Err("an id is empty".to_owned());
    }
    if a == b {
        return Err("a party cannot be compared with itself".to_owned());
    }
    if reason.trim().is_empty() && decision.action != Action::Undo {
        return Err("there is no reason".to_owned());
    }
    Ok(())
}

/// Appends a decision, in one write and to the disk: a reader sees all of it or nothing.
pub(crate) fn append(home: &Path, decision: &Decision) -> Result<(), Failure> {
    let path = path_of(home);
    // To a damaged file nothing is added: its end may be half a line.
    read(&path)?;
    let unwritable = |error| Failure::Unwritable { path: path.clone(), error };
    let mut line = serde_json::to_vec(decision).map_err(|error| Failure::Output(error.into()))?;
    line.push(b'\n');
    std::fs::create_dir_all(home).map_err(unwritable)?;
    let mut file = OpenOptions::new().append(true).create(true).open(&path).map_err(unwritable)?;
    file.write_all(&line).and_then(|()| file.sync_all()).map_err(unwritable)
}
