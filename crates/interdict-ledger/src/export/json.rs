//! How are traces written as JSON? One object: a record of the run, and reports with a seed, an end or a flow on each line.

use std::io::{self, Write};

use interdict_core::digest::Digest;
use serde::Serialize;
use serde_json::{Value, json};

use super::record::{Record, canonical};
use crate::report::TraceReport;
use crate::strategy::{Conservation, Strategy};

/// Version of the form. It rises when a field changes its meaning or goes; new fields do not raise it.
pub const FORMAT: &str = "interdict-trace/1";

/// A field of a report: one value, or many that are made one after the other.
pub(super) enum Piece<'a> {
    One(Value),
    Many(Box<dyn Iterator<Item = serde_json::Result<Value>> + 'a>),
}

impl Piece<'_> {
    fn many<'a, T: Serialize>(values: &'a [T]) -> Piece<'a> {
        Piece::Many(Box::new(values.iter().map(serde_json::to_value)))
    }

    /// With one of many on each line.
    fn lines(self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::One(value) => Ok(serde_json::to_writer(out, &value)?),
            Self::Many(values) => {
                out.write_all(b"[")?;
                for (number, value) in values.enumerate() {
                    out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
                    serde_json::to_writer(&mut *out, &value?)?;
                }
                out.write_all(b"]")
            }
        }
    }

    /// In the form of which a digest is made.
    pub(super) fn canonical(self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::One(value) => canonical(&value, out),
            Self::Many(values) => {
                out.write_all(b"[")?;
                for (number, value) in values.enumerate() {
                    out.write_all(if number == 0 { b"" } else { b"," })?;
                    canonical(&value?, out)?;
                }
                out.write_all(b"]")
            }
        }
    }
}

/// The fields of a report in the order in which they are written.
pub(super) fn pieces(report: &TraceReport) -> serde_json::Result<Vec<(&'static str, Piece<'_>)>> {
    let one = |value| Piece::One(value);
    Ok(vec![
        ("strategy", one(serde_json::to_value(report.strategy)?)),
        ("direction", one(serde_json::to_value(report.direction)?)),
        ("unit", one(serde_json::to_value(&report.unit)?)),
        ("transactions", one(Value::from(report.transactions))),
        ("conservation", one(account(report.strategy, &report.conservation))),
        ("seeds", Piece::many(&report.seeds)),
        ("ends", Piece::many(&report.ends)),
        ("flows", Piece::many(&report.flows)),
        ("leads", Piece::many(&report.leads)),
        ("notes", Piece::many(&report.notes)),
    ])
}

/// The account, with amounts as texts, and whether it comes out; of poison nothing is said about that.
pub fn account(strategy: Strategy, sums: &Conservation) -> Value {
    let text = |amount: u128| amount.to_string();
    let holds = if strategy.conserves() { Value::Bool(sums.holds()) } else { Value::Null };
    json!({
        "seed": text(sums.seed),
        "unspent": text(sums.unspent),
        "fee": text(sums.fee),
        "stopped": text(sums.stopped),
        "superseded": text(sums.superseded),
        "issued": text(sums.issued),
        "unseen": text(sums.unseen),
        "dust": text(sums.dust),
        "burnt": text(sums.burnt),
        "holds": holds,
    })
}

/// The record as it is written, with the digest of the answer.
#[derive(Serialize)]
struct Sealed<'a> {
    #[serde(flatten)]
    record: &'a Record,
    answer: Digest,
}

/// Writes reports of one run as one JSON object: `format`, `record`, `reports`. The record has the digest of the answer.
///
/// # Errors
/// When writing fails.
pub fn write(record: &Record, reports: &[TraceReport], out: &mut impl Write) -> io::Result<()> {
    write!(out, "{{\"format\":\"{FORMAT}\",\n\"record\":")?;
    serde_json::to_writer(&mut *out, &Sealed { record, answer: record.answer(reports)? })?;
    out.write_all(b",\n\"reports\":[")?;
    for (number, report) in reports.iter().enumerate() {
        out.write_all(if number == 0 { b"\n{" } else { b",\n{" })?;
        for (number, (name, piece)) in pieces(report)?.into_iter().enumerate() {
            write!(out, "{}\"{name}\":", if number == 0 { "" } else { ",\n" })?;
            piece.lines(out)?;
        }
        out.write_all(b"}")?;
    }
    out.write_all(b"]}\n")
}
