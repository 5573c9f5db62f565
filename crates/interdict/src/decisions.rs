//! What people decided about pairs of parties: the file `<home>/decisions.jsonl`, one decision a line, appended to and never
//! changed. Who adds to it holds the lock of the archive.
//!
//! A line that cannot be read ends the reading: to pass over a decision in silence would undo it. Only the last line may be cut off,
//! by a crash while it was written: who made that decision was never told that it is recorded. It does not count, every command
//! says so, and the next decision takes its place.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use interdict_core::mapped::MappedFile;
use interdict_lists::lines::lines;
use interdict_match::clusters::{Action, Decision, Decisions};

use crate::archive::{Archive, sync_folder};
use crate::failure::Failure;
use crate::terminal::{self, printable};

/// Longest id, name of a person who decides, or reason, in characters.
pub(crate) const TEXT_CHARS_MAX: usize = 2_000;
/// The largest file that is read, in bytes (256 MiB): a million decisions.
const BYTES_MAX: u64 = 256 << 20;

/// Where the decisions of a home folder are.
fn path_of(home: &Path) -> PathBuf {
    home.join("decisions.jsonl")
}

/// What is recorded.
pub(crate) struct Recorded {
    decisions: Vec<Decision>,
    tail: Tail,
}

/// How a file of decisions ends.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Tail {
    Whole,
    /// Its last line is a decision without a line end, as an editor may leave it.
    WithoutLineEnd,
    /// Behind so many bytes is this part of a line.
    CutOff(u64, String),
}

impl Recorded {
    /// The decisions in force.
    pub fn decisions(self) -> Decisions {
        Decisions::of(self.decisions)
    }

    /// Whether the last line is cut off.
    pub fn is_cut_off(&self) -> bool {
        matches!(self.tail, Tail::CutOff(..))
    }
}

/// Everything that is recorded; nothing when there is no file. A last line that is cut off is told on standard error.
pub(crate) fn load(home: &Path) -> Result<Recorded, Failure> {
    let path = path_of(home);
    let recorded = read(&path)?;
    if recorded.is_cut_off() {
        let (error, path) = (terminal::ERROR, printable(&path.display().to_string()));
        anstream::eprintln!(
            "{error}warning:{error:#} the last line of {path} is cut off, and does not count: what was being decided when it was \
             written must be decided again, with interdict lists decide, which takes its place"
        );
    }
    Ok(recorded)
}

fn read(path: &Path) -> Result<Recorded, Failure> {
    let unreadable = |error| Failure::Unreadable { path: path.to_owned(), error };
    let nothing = || Recorded { decisions: Vec::new(), tail: Tail::Whole };
    let data = match std::fs::metadata(path) {
        Ok(data) => data,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(nothing()),
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
        if data.len() == 0 { return Ok(nothing()) } else { MappedFile::open(path).map_err(unreadable)? };
    let tail = tail_of(&bytes);
    let counts = match &tail {
        Tail::CutOff(whole, _) => usize::try_from(*whole).ok().and_then(|whole| bytes.get(..whole)),
        Tail::Whole | Tail::WithoutLineEnd => Some(&*bytes),
    };
    let decision = |line: interdict_lists::lines::Line<'_>| {
        let told = |reason: String| unusable(format!("line {}: {reason}", line.number));
        let text = line.text.map_err(|error| told(error.to_string()))?;
        let decision: Decision = serde_json::from_str(text).map_err(|error| told(error.to_string()))?;
        checked(&decision).map_err(told)?;
        Ok(decision)
    };
    let decisions: Result<Vec<Decision>, Failure> = lines(counts.unwrap_or_default()).map(decision).collect();
    Ok(Recorded { decisions: decisions?, tail })
}

/// How a file ends. A line that was cut off breaks off within its JSON; some systems fill what was not written with zeros.
fn tail_of(bytes: &[u8]) -> Tail {
    if bytes.ends_with(b"\n") {
        return Tail::Whole;
    }
    let whole = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let last = bytes.get(whole..).unwrap_or_default();
    let breaks_off = match std::str::from_utf8(last) {
        Ok(text) => serde_json::from_str::<Decision>(text).is_err_and(|error| error.is_eof()),
        Err(error) => error.error_len().is_none(),
    };
    if breaks_off || last.ends_with(b"\0") {
        Tail::CutOff(whole as u64, String::from_utf8_lossy(last).into_owned())
    } else {
        Tail::WithoutLineEnd
    }
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

/// Appends a decision, in one write and to the disk: a reader sees all of it or nothing. One program at a time does so. A line that
/// was cut off is told and taken away, so that none is half of one decision and half of another.
pub(crate) fn append(home: &Path, decision: &Decision) -> Result<(), Failure> {
    let path = path_of(home);
    let unwritable = |error| Failure::Unwritable { path: path.clone(), error };
    let _lock = Archive::at(home).lock()?;
    // To a damaged file nothing is added.
    let tail = read(&path)?.tail;
    let mut line = if tail == Tail::WithoutLineEnd { vec![b'\n'] } else { Vec::new() };
    serde_json::to_writer(&mut line, decision).map_err(|error| Failure::Output(error.into()))?;
    line.push(b'\n');
    let mut file = OpenOptions::new().append(true).create(true).open(&path).map_err(unwritable)?;
    if let Tail::CutOff(whole, text) = tail {
        let (note, text) = (terminal::NOTE, printable(&text));
        anstream::eprintln!("{note}note:{note:#} the line that was cut off is taken away: {text}");
        file.set_len(whole).map_err(unwritable)?;
    }
    file.write_all(&line).and_then(|()| file.sync_all()).map_err(unwritable)?;
    sync_folder(home).map_err(unwritable)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &[u8] =
        r#"{"at":"2026-01-01","by":"x","action":"same","a":"a-1","b":"b-1","reason":"Zürich"}"#.as_bytes();

    #[test]
    fn a_line_is_cut_off_wherever_a_crash_cuts_it() {
        for cut in 1..LINE.len() {
            let text = [LINE, b"\n", &LINE[..cut]].concat();
            let whole = LINE.len() as u64 + 1;
            assert!(matches!(tail_of(&text), Tail::CutOff(at, _) if at == whole), "{cut}");
        }
        assert_eq!(tail_of(&[LINE, b"\n", LINE].concat()), Tail::WithoutLineEnd);
        assert_eq!(tail_of(&[LINE, b"\n"].concat()), Tail::Whole);
        assert!(matches!(tail_of(&[LINE, b"\n\0\0\0"].concat()), Tail::CutOff(..)));
        assert_eq!(
            tail_of(b"no decision"),
            Tail::WithoutLineEnd,
            "that is no cut, and is refused when it is read"
        );
    }
}
