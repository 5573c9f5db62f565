//! `interdict wallet exposure`: with whom an address deals, straight and through others.

use std::io::{self, Write};

use interdict_ledger::accounts::{self, AccountId, AccountLedger, ExposureRequest, Window};
use interdict_ledger::export::json::account;
use interdict_ledger::export::record::Read;
use interdict_ledger::exposure::{Exposure, Label, Side};
use interdict_ledger::outputs::addresses::AddressSet;
use interdict_ledger::outputs::answer::{NamedSeed, Question};
use interdict_ledger::outputs::{AddressId, exposure};
use interdict_ledger::report::Unit;
use interdict_ledger::strategy::{Direction, Strategy};
use serde::Serialize;

use super::ledgers::{asset, unit_is, written_to};
use crate::Ending;
use crate::cli::{Exposure as Asked, Output};
use crate::config::Config;
use crate::failure::Failure;
use crate::ledger::labels::Labels;
use crate::ledger::opened::{self, Opened, Outputs, Reading};
use crate::ledger::seeds;
use crate::terminal::{FAINT, NOTE, STRONG, printable, table};

/// Tells it.
pub(super) fn run(config: &Config, args: &Asked, output: Output) -> Result<Ending, Failure> {
    seeds::refuse_secrets("address", std::slice::from_ref(&args.address))?;
    let reading = Reading::of(&args.ledger);
    let mut opened = opened::open(config, &args.ledger.places, &reading)?;
    let labels = Labels::open(config, args.labels.as_deref())?;
    if let Opened::Outputs(outputs, _) = &mut opened {
        unit_is(&outputs.unit, args.ledger.asset.as_deref())?;
        outputs.take_labels(&labels);
    }
    let exposure = match &opened {
        Opened::Accounts(ledger, _) => of_accounts(ledger, args, &labels)?,
        Opened::Outputs(outputs, _) => of_outputs(outputs, args)?,
    };
    for side in [&exposure.sending, &exposure.receiving] {
        if side.report.strategy.conserves() && !side.report.conservation.holds() {
            return Err(Failure::Bug);
        }
    }
    written_to(None, &mut |out| match output {
        Output::Text => told(&exposure, args, out),
        Output::Json => {
            serde_json::to_writer(&mut *out, &document(&exposure, args, opened.read(), &labels))?;
            writeln!(out)
        }
    })?;
    Ok(Ending::Clear)
}

fn of_accounts(ledger: &AccountLedger, args: &Asked, labels: &Labels) -> Result<Exposure, Failure> {
    if ledger.account(&args.address).is_none() {
        return Err(not_in_ledger(&args.address));
    }
    let name = |account: AccountId| {
        let own = || ledger.label(account).map(|name| Label { name: name.to_owned(), category: None });
        labels.of(&ledger.address(account)).cloned().or_else(own)
    };
    let known: Vec<Option<Label>> = ledger.accounts().map(name).collect();
    let request = ExposureRequest {
        asset: asset(ledger, args.ledger.asset.as_deref())?,
        strategy: args.strategy,
        address: &args.address,
        window: Window::Always,
        labels: &|_: &AccountLedger, account: AccountId| known.get(account.index()).cloned().flatten(),
        dust: u128::from(args.dust),
    };
    accounts::exposure(ledger, &request).map_err(|error| Failure::Ledger(error.to_string()))
}

fn of_outputs(outputs: &Outputs, args: &Asked) -> Result<Exposure, Failure> {
    let own: AddressSet = outputs.addresses(&args.address)?.into_iter().collect();
    let received = outputs.chain.outputs_at(&own);
    if received.is_empty() {
        return Err(not_in_ledger(&args.address));
    }
    let seeds = [NamedSeed { what: args.address.clone(), outputs: received }];
    let stops: AddressSet =
        outputs.labels.keys().copied().filter(|address: &AddressId| !own.contains(*address)).collect();
    let question = Question {
        strategy: args.strategy,
        direction: Direction::Forward,
        seeds: &seeds,
        stops: &stops,
        window: 0..outputs.chain.txs(),
        dust: args.dust,
        flows_max: 0,
        unit: outputs.unit.clone(),
    };
    let label_of = |text: &str| {
        let address = outputs.addresses(text).ok()?.into_iter().next()?;
        let label = outputs.labels.get(&address)?;
        Some(Label { name: label.name.clone(), category: label.category.clone() })
    };
    exposure::exposure(&outputs.chain, outputs, &question, &label_of)
        .map_err(|error| Failure::Ledger(error.to_string()))
}

fn not_in_ledger(address: &str) -> Failure {
    Failure::Ledger(format!("{} is not in the ledger; nothing is known of it there", seeds::shown(address)))
}

fn told(exposure: &Exposure, args: &Asked, out: &mut dyn Write) -> io::Result<()> {
    for (side, what) in [(&exposure.sending, "sent and holds"), (&exposure.receiving, "received")] {
        let unit = &side.report.unit;
        let (address, all) = (printable(&args.address), unit.written(side.all));
        writeln!(
            out,
            "{STRONG}{address} {what} {all} {} ({}){STRONG:#}",
            printable(&unit.asset),
            args.strategy
        )?;
        let row = |share: &interdict_ledger::exposure::Share| {
            let name = printable(&share.label.name);
            let category = share.label.category.as_deref().map(printable).unwrap_or_default();
            vec![
                name,
                category,
                unit.written(share.direct),
                unit.written(share.indirect),
                percent(share.ten_thousandths),
            ]
        };
        if !side.shares.is_empty() {
            let rows = side.shares.iter().take(args.most).map(row);
            writeln!(
                out,
                "{}",
                table(&["with", "category", "direct", "indirect", "share"], &[2, 3, 4], rows)
            )?;
        }
        let more = side.shares.len().saturating_sub(args.most);
        if more > 0 {
            writeln!(out, "{FAINT}… {more} more{FAINT:#}")?;
        }
        writeln!(out, "{FAINT}with nobody known: {}{FAINT:#}", unit.written(side.unlabelled))?;
        for note in &side.report.notes {
            writeln!(out, "{NOTE}note{NOTE:#}  {}", printable(&note.text))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn percent(ten_thousandths: u32) -> String {
    format!("{}.{:02} %", ten_thousandths / 100, ten_thousandths % 100)
}

/// The answer for machines. Amounts are whole units, as text.
#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    program: String,
    address: &'a str,
    strategy: Strategy,
    unit: &'a Unit,
    dust: String,
    ledgers: &'a [Read],
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<Read>,
    stops_at: &'static str,
    sending: SideTold<'a>,
    receiving: SideTold<'a>,
}

#[derive(Serialize)]
struct SideTold<'a> {
    all: String,
    unlabelled: String,
    shares: Vec<ShareTold<'a>>,
    conservation: serde_json::Value,
    notes: &'a [interdict_ledger::report::Note],
}

#[derive(Serialize)]
struct ShareTold<'a> {
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'a str>,
    direct: String,
    indirect: String,
    ten_thousandths: u32,
}

fn document<'a>(
    exposure: &'a Exposure,
    args: &'a Asked,
    ledgers: &'a [Read],
    labels: &Labels,
) -> Document<'a> {
    Document {
        format: "interdict-exposure/1",
        program: format!("interdict {}", env!("CARGO_PKG_VERSION")),
        address: &args.address,
        strategy: args.strategy,
        unit: &exposure.sending.report.unit,
        dust: args.dust.to_string(),
        ledgers,
        labels: labels
            .digest()
            .map(|digest| Read { name: "lists, kept tags and --labels".to_owned(), digest }),
        stops_at: "labelled",
        sending: side_told(&exposure.sending),
        receiving: side_told(&exposure.receiving),
    }
}

fn side_told(side: &Side) -> SideTold<'_> {
    SideTold {
        all: side.all.to_string(),
        unlabelled: side.unlabelled.to_string(),
        shares: side
            .shares
            .iter()
            .map(|share| ShareTold {
                label: &share.label.name,
                category: share.label.category.as_deref(),
                direct: share.direct.to_string(),
                indirect: share.indirect.to_string(),
                ten_thousandths: share.ten_thousandths,
            })
            .collect(),
        conservation: account(side.report.strategy, &side.report.conservation),
        notes: &side.report.notes,
    }
}
