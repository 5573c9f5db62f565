//! What happened to the lists here, in order: imported, quarantined, released, pinned, checked, removed.
//!
//! ```text
//! <home>/archive/journal.jsonl    one event a line; each line ends with the digest of itself and of the line before
//! ```
//!
//! Lines are only ever added. The chain of digests shows that none was changed, left out or put in between; whoever may write the
//! file can of course write a new chain, so its last digest (`lists verify` prints it) belongs in another place, too.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use interdict_core::digest::Digest;
use interdict_core::limits;
use interdict_core::list::ListId;

use crate::failure::Failure;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: EventKind,
    /// To which list.
    pub list: ListId,
    /// To which of its versions, where it is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub version: Option<String>,
    /// Why, in sentences.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub reasons: Vec<String>,
}

/// What can happen to a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EventKind {
    /// A version came into the archive.
    Imported,
    /// A version is kept out of force until somebody has looked at it.
    Quarantined,
    /// Somebody looked at a version in quarantine, and it may be in force.
    Released,
    /// The authority was asked, and this version is what it has.
    Checked,
    /// This version is in force, whatever is published later.
    Pinned,
    /// The version published last is in force again.
    Unpinned,
    /// The list is not in force any more; its versions stay.
    Removed,
    /// A version was older than versions are kept, and was deleted.
    Pruned,
}

/// A line of the journal.
#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    event: Event,
    chain: Digest,
}

/// The journal of an archive.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
}

/// All events, and the digest that the next line continues.
#[derive(Debug)]
pub(crate) struct Events {
    /// In the order in which they happened.
    pub events: Vec<Event>,
    /// The last digest of the chain.
    pub chain: Digest,
    /// How many bytes are whole lines; behind them is at most one that was cut off while it was written.
    whole: u64,
}

impl Journal {
    /// The journal in the folder of an archive.
    pub fn in_folder(archive: &Path) -> Self {
        Self { path: archive.join("journal.jsonl") }
    }

    /// Everything that happened.
    ///
    /// # Errors
    /// When a line was changed after it was written. A last line without its end was cut off by a crash: what it was to say did
    /// not happen.
    pub fn read(&self) -> Result<Events, Failure> {
        let unreadable = |error| Failure::Unreadable { path: self.path.clone(), error };
        let mut events = Events { events: Vec::new(), chain: Digest::of(b""), whole: 0 };
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(events),
            Err(error) => return Err(unreadable(error)),
        };
        let mut text = Vec::new();
        let max = limits::JOURNAL_BYTES_MAX;
        let n = file.take(max + 1).read_to_end(&mut text).map_err(unreadable)? as u64;
        if n > max {
            return Err(Failure::TooLarge { path: self.path.clone(), bytes: n, max });
        }
        for (idx, line) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let Some(line) = line.strip_suffix(b"\n") else { break };
            let event = self.checked(line, idx + 1, events.chain)?;
            events.chain = event.chain;
            events.events.push(event.event);
            events.whole += line.len() as u64 + 1;
        }
        Ok(events)
    }

    fn checked(&self, line: &[u8], number: usize, before: Digest) -> Result<Line, Failure> {
        let damaged = |reason: &str| Failure::DamagedJournal {
            path: self.path.clone(),
            line: number,
            reason: reason.to_owned(),
        };
        let parsed: Line = serde_json::from_slice(line).map_err(|error| damaged(&error.to_string()))?;
        let expected = chained(&parsed.event, before).map_err(|error| damaged(&error.to_string()))?;
        if parsed.chain == expected { Ok(parsed) } else { Err(damaged("it or a line before it was changed")) }
    }

    /// Adds events, all or none, and returns when they are on the disk. The caller holds the lock of the archive.
    pub fn add(&self, new: &[Event]) -> Result<(), Failure> {
        let unwritable = |error| Failure::Unwritable { path: self.path.clone(), error };
        let known = self.read()?;
        let (mut text, mut chain) = (Vec::new(), known.chain);
        for event in new {
            chain = chained(event, chain).map_err(|error| unwritable(error.into()))?;
            let line = Line { event: event.clone(), chain };
            serde_json::to_writer(&mut text, &line).map_err(|error| unwritable(error.into()))?;
            text.push(b'\n');
        }
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder).map_err(unwritable)?;
        }
        let mut file = OpenOptions::new().create(true).append(true).open(&self.path).map_err(unwritable)?;
        file.set_len(known.whole).map_err(unwritable)?;
        file.write_all(&text).and_then(|()| file.sync_all()).map_err(unwritable)
    }
}

/// The digest of an event and of everything before it.
fn chained(event: &Event, before: Digest) -> serde_json::Result<Digest> {
    let text = serde_json::to_vec(event)?;
    Ok(Digest::of_parts([before.as_bytes().as_slice(), &text]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(version: &str) -> Event {
        Event {
            at: "2026-11-21T10:00:00Z".parse().unwrap(),
            event: EventKind::Imported,
            list: "own".parse().unwrap(),
            version: Some(version.to_owned()),
            reasons: Vec::new(),
        }
    }

    #[test]
    fn what_is_added_is_read_and_what_is_changed_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::in_folder(folder.path());
        assert!(journal.read().unwrap().events.is_empty());
        journal.add(&[event("a"), event("b")]).unwrap();
        journal.add(&[event("c")]).unwrap();
        assert_eq!(journal.read().unwrap().events, [event("a"), event("b"), event("c")]);
        let path = folder.path().join("journal.jsonl");
        let text = std::fs::read_to_string(&path).unwrap();
        let without_second: String = text
            .split_inclusive('\n')
            .enumerate()
            .filter(|(idx, _)| *idx != 1)
            .map(|(_, line)| line)
            .collect();
        for changed in [text.replace("\"b\"", "\"x\""), without_second, text.replacen('{', "[", 1)] {
            std::fs::write(&path, changed).unwrap();
            assert!(matches!(journal.read(), Err(Failure::DamagedJournal { .. })));
        }
    }

    #[test]
    fn a_line_that_was_cut_off_did_not_happen() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::in_folder(folder.path());
        journal.add(&[event("a"), event("b")]).unwrap();
        let path = folder.path().join("journal.jsonl");
        let text = std::fs::read(&path).unwrap();
        std::fs::write(&path, &text[..text.len() - 9]).unwrap();
        assert_eq!(journal.read().unwrap().events, [event("a")]);
        journal.add(&[event("c")]).unwrap();
        assert_eq!(journal.read().unwrap().events, [event("a"), event("c")]);
    }
}
