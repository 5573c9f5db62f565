//! How is a trace written as tables? Two files of CSV (RFC 4180): where value ended, and how it moved. Each row tells the whole question, so
//! that tables of several runs can be put below each other.

use std::io::{self, Write};

use crate::report::{End, Flow, TraceReport};
use crate::words::{direction_name, end_name};
use crate::written::{csv_field, moment};

/// The columns that both tables begin with.
const COMMON: &str = "strategy,direction,asset";

/// Writes where value ended, a row for each address and way to end.
///
/// # Errors
/// When writing fails.
pub fn ends(reports: &[TraceReport], out: &mut impl Write) -> io::Result<()> {
    write!(out, "{COMMON},kind,address,label,amount,amount_units,direct_units,parts,steps,first,last\r\n")?;
    for report in reports {
        let common = common(report);
        for end in &report.ends {
            write!(out, "{common},{}\r\n", end_row(report, end))?;
        }
    }
    Ok(())
}

/// Writes how value moved, a row for each pair of addresses.
///
/// # Errors
/// When writing fails.
pub fn flows(reports: &[TraceReport], out: &mut impl Write) -> io::Result<()> {
    write!(out, "{COMMON},from,to,amount,amount_units,transactions,first,last,examples\r\n")?;
    for report in reports {
        let common = common(report);
        for flow in &report.flows {
            write!(out, "{common},{}\r\n", flow_row(report, flow))?;
        }
    }
    Ok(())
}

fn common(report: &TraceReport) -> String {
    format!("{},{},{}", report.strategy, direction_name(report.direction), csv_field(&report.unit.asset))
}

fn end_row(report: &TraceReport, end: &End) -> String {
    let label = csv_field(end.label.as_deref().unwrap_or_default());
    format!(
        "{},{},{label},{},{},{},{},{},{},{}",
        end_name(end.kind),
        csv_field(&end.address),
        report.unit.written(end.amount),
        end.amount,
        end.direct,
        end.parts,
        end.steps,
        time(end.first),
        time(end.last)
    )
}

fn flow_row(report: &TraceReport, flow: &Flow) -> String {
    format!(
        "{},{},{},{},{},{},{},{}",
        csv_field(&flow.from),
        csv_field(&flow.to),
        report.unit.written(flow.amount),
        flow.amount,
        flow.transactions,
        time(flow.first),
        time(flow.last),
        csv_field(&flow.examples.join(" "))
    )
}

/// A moment; nothing where the ledger tells none.
fn time(seconds: Option<i64>) -> String {
    seconds.map(moment).unwrap_or_default()
}
