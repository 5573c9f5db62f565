//! Is value reached where it is said to have ended?

use std::io::{self, Write};

use interdict_ledger::accounts::{self, Terminal};
use interdict_ledger::report::Unit;
use interdict_ledger::strategy::Strategy;

use super::ledgers::asset;
use crate::cli::Trace;
use crate::failure::Failure;
use crate::ledger::opened::Opened;
use crate::ledger::seeds;
use crate::terminal::{NOTE, number, printable, table};

/// What was found of each address of a list.
pub(super) struct Terminals {
    all: Vec<Terminal>,
    unit: Unit,
}

/// Looks for the addresses of `--terminals`.
pub(super) fn of(opened: &Opened, args: &Trace, written: &[String]) -> Result<Option<Terminals>, Failure> {
    let Some(path) = &args.terminals else { return Ok(None) };
    let Opened::Accounts(ledger, _) = opened else {
        return Err(Failure::Ledger(
            "--terminals is for ledgers of accounts; on a chain of outputs, the ends of the trace say it"
                .to_owned(),
        ));
    };
    let list = seeds::lines(path)?;
    seeds::refuse_secrets("terminal", &list)?;
    let found = seeds::of_accounts(ledger, written, seeds::window(args)?)?;
    let asset = asset(ledger, args.ledger.asset.as_deref())?;
    let all = accounts::terminals(ledger, asset, &found, &list)
        .map_err(|error| Failure::Ledger(error.to_string()))?;
    Ok(Some(Terminals { all, unit: ledger.unit(asset) }))
}

impl Terminals {
    /// A row for each address, and which are missing.
    pub fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        let header: Vec<&str> =
            ["address", "reached"].into_iter().chain(Strategy::ALL.map(Strategy::name)).collect();
        let rows = self.all.iter().map(|terminal| {
            let reached = if terminal.is_reached { "yes" } else { "no" };
            let name = terminal.label.as_ref().map(|label| format!(" ({label})")).unwrap_or_default();
            let came = Strategy::ALL.map(|strategy| self.unit.written(terminal.by(strategy)));
            [printable(&format!("{}{name}", terminal.address)), reached.to_owned()]
                .into_iter()
                .chain(came)
                .collect()
        });
        writeln!(out, "{}", table(&header, &[2, 3, 4, 5, 6], rows))?;
        let reached = self.all.iter().filter(|terminal| terminal.is_reached).count();
        let text = format!("{} of {} are reached", number(reached as u64), number(self.all.len() as u64));
        writeln!(out, "{NOTE}terminals{NOTE:#}  {text}, amounts in {}", printable(&self.unit.asset))?;
        for missing in self.all.iter().filter(|terminal| !terminal.is_reached) {
            let (address, why) = (printable(&missing.address), why_missing(missing));
            writeln!(out, "{NOTE}missing{NOTE:#}  {address}: {why}")?;
        }
        Ok(())
    }
}

/// Why value does not reach an address.
fn why_missing(terminal: &Terminal) -> &'static str {
    match terminal {
        Terminal { is_linked: true, .. } => {
            "linked with the seeds, but only by transfers that came before value could arrive"
        }
        Terminal { is_in_ledger: true, .. } => "in the ledger, but no transfers lead to it from the seeds",
        _ => "not in the ledger",
    }
}
