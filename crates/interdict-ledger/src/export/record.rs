//! By what can somebody else run a trace again, and see by one digest whether the answer is the same?

use std::io::{self, Write};

use interdict_core::digest::Digest;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::json;
use crate::report::TraceReport;
use crate::strategy::Direction;

/// Something that was read, by name and digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// What it is called: `bitcoin to block 840000`, `labels.csv`.
    pub name: String,
    /// The digest of its bytes.
    pub digest: Digest,
}

/// The transactions that were looked at, by number in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The first.
    pub first: u64,
    /// The one behind the last.
    pub end: u64,
}

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameters {
    /// What tracing began with, as it was asked for: addresses, `txid:n`, transactions.
    pub seeds: Vec<String>,
    /// By which rules, by name, in the order of the reports.
    pub strategies: Vec<String>,
    /// In which direction.
    pub direction: Direction,
    /// Where the addresses come from at which tracing stops; none when it stops nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stops: Option<Read>,
    /// The first day on which seeds that are addresses count; none for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The last such day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Which transactions were looked at; none for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// Below which amount value was not followed, in whole units as a decimal text.
    pub dust: String,
}

/// All that somebody else needs to run a trace again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The program and its version: `interdict 0.1.0`.
    pub program: String,
    /// The ledgers that were read.
    pub ledgers: Vec<Read>,
    /// What was asked.
    pub parameters: Parameters,
    /// Where labels of addresses come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<Read>,
    /// When it was run, if the caller says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub produced_at: Option<String>,
}

impl Record {
    /// The digest of the answer: SHA-256 of the canonical JSON of the document without `program`, `produced_at` and the digest itself. Two runs of
    /// any versions that read the same, were asked the same and answer the same have the same digest.
    ///
    /// # Errors
    /// When a part has no form in JSON.
    pub fn answer(&self, reports: &[TraceReport]) -> io::Result<Digest> {
        let mut hashed = Hashed(Sha256::new());
        let mut record = serde_json::to_value(self)?;
        if let Some(fields) = record.as_object_mut() {
            fields.retain(|name, _| !matches!(name.as_str(), "program" | "produced_at"));
        }
        write!(hashed, "{{\"format\":\"{}\",\"record\":", json::FORMAT)?;
        canonical(&record, &mut hashed)?;
        hashed.write_all(b",\"reports\":[")?;
        for (number, report) in reports.iter().enumerate() {
            hashed.write_all(if number == 0 { b"{" } else { b",{" })?;
            let mut pieces = json::pieces(report)?;
            pieces.sort_by_key(|(name, _)| *name);
            for (number, (name, piece)) in pieces.into_iter().enumerate() {
                write!(hashed, "{}\"{name}\":", if number == 0 { "" } else { "," })?;
                piece.canonical(&mut hashed)?;
            }
            hashed.write_all(b"}")?;
        }
        hashed.write_all(b"]}")?;
        Ok(Digest::from_bytes(hashed.0.finalize().into()))
    }
}

/// Writes a value with the fields of objects in the order of their names, and no blanks.
pub(super) fn canonical(value: &Value, out: &mut impl Write) -> io::Result<()> {
    match value {
        Value::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_by_key(|(name, _)| *name);
            out.write_all(b"{")?;
            for (number, (name, value)) in sorted.into_iter().enumerate() {
                out.write_all(if number == 0 { b"" } else { b"," })?;
                serde_json::to_writer(&mut *out, name)?;
                out.write_all(b":")?;
                canonical(value, out)?;
            }
            out.write_all(b"}")
        }
        Value::Array(values) => {
            out.write_all(b"[")?;
            for (number, value) in values.iter().enumerate() {
                out.write_all(if number == 0 { b"" } else { b"," })?;
                canonical(value, out)?;
            }
            out.write_all(b"]")
        }
        other => Ok(serde_json::to_writer(out, other)?),
    }
}

/// Bytes that go into a digest.
struct Hashed(Sha256);

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
