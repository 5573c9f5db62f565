//! Why parties are blocked, or may be, by id: one JSON line for each, in the order of ids, looked up in a mapped file.
//!
//! ```text
//! line 1    the digest of the lines below
//! line 2…   {"id", "regimes": {regime: explanation}}
//! ```

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};

use interdict_core::digest::Digest;
use interdict_core::mapped::MappedFile;

use crate::failure::Failure;

/// Explanations by id and regime.
pub(crate) type Explanations = BTreeMap<String, BTreeMap<&'static str, Value>>;

/// Explanations of a file, or as they were made.
pub(crate) struct Told {
    bytes: Bytes,
    /// Where the lines begin.
    start: usize,
}

enum Bytes {
    Mapped(MappedFile),
    Made(Vec<u8>),
}

impl Bytes {
    fn as_slice(&self) -> &[u8] {
        match self {
            Self::Mapped(file) => file,
            Self::Made(bytes) => bytes,
        }
    }
}

#[derive(Deserialize)]
struct Id<'l> {
    #[serde(borrow)]
    id: Cow<'l, str>,
}

impl Told {
    /// Explanations as a file holds them.
    pub fn made(told: &Explanations) -> Result<Self, Failure> {
        let mut lines = Vec::new();
        for (id, regimes) in told {
            serde_json::to_writer(&mut lines, &json!({"id": id, "regimes": regimes}))
                .map_err(|error| Failure::Output(error.into()))?;
            lines.push(b'\n');
        }
        let mut bytes = format!("{}\n", Digest::of(&lines)).into_bytes();
        let start = bytes.len();
        bytes.extend(lines);
        Ok(Self { bytes: Bytes::Made(bytes), start })
    }

    /// All of it, to be written.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.as_slice()
    }

    /// Opens a file; `None` when it is not there or not what was written.
    pub fn open(path: &Path) -> Option<Self> {
        let bytes = MappedFile::open(path).ok()?;
        let start = bytes.iter().take(1_000).position(|&byte| byte == b'\n')? + 1;
        let (seal, lines) = bytes.split_at_checked(start)?;
        let is_whole = seal == format!("{}\n", Digest::of(lines)).as_bytes();
        is_whole.then_some(Self { bytes: Bytes::Mapped(bytes), start })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lines().is_empty()
    }

    /// The explanations of a party, by regime.
    pub fn find(&self, id: &str) -> Option<Value> {
        let mut lines = self.lines();
        while !lines.is_empty() {
            let middle =
                lines.get(..lines.len() / 2)?.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
            let end = middle + lines.get(middle..)?.iter().position(|&byte| byte == b'\n')?;
            let line = lines.get(middle..end)?;
            match serde_json::from_slice::<Id<'_>>(line).ok()?.id.as_ref().cmp(id) {
                Ordering::Equal => {
                    return serde_json::from_slice::<Value>(line).ok()?.get_mut("regimes").map(Value::take);
                }
                Ordering::Less => lines = lines.get(end + 1..)?,
                Ordering::Greater => lines = lines.get(..middle)?,
            }
        }
        None
    }

    fn lines(&self) -> &[u8] {
        self.bytes.as_slice().get(self.start..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_party_is_found_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("told");
        let ids = ["", "a", "a\"b\n", "ab", "b", "юла", "김", "z z"];
        let told: Explanations =
            ids.iter().map(|id| ((*id).to_owned(), BTreeMap::from([("ofac", json!({"of": id}))]))).collect();
        let made = Told::made(&told).unwrap();
        assert_eq!(made.find("ab"), Some(json!({"ofac": {"of": "ab"}})));
        std::fs::write(&path, made.as_bytes()).unwrap();
        let open = Told::open(&path).unwrap();
        for id in ids {
            assert_eq!(open.find(id), Some(json!({"ofac": {"of": id}})), "{id:?}");
        }
        for other in ["A", "aa", "zz", "김김"] {
            assert_eq!(open.find(other), None, "{other:?}");
        }
        let mut bytes = std::fs::read(&path).unwrap();
        let last = bytes.len() - 5;
        bytes[last] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        assert!(Told::open(&path).is_none());
        assert!(Told::made(&Explanations::new()).unwrap().is_empty());
    }
}
