//! `interdict wallet trace`: where value went, or came from.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use interdict_ledger::accounts::{self, AccountId, AccountLedger, AssetId, SeedRequest};
use interdict_ledger::export::record::{Parameters, Read, Record};
use interdict_ledger::export::{csv, graphml, json};
use interdict_ledger::outputs::addresses::AddressSet;
use interdict_ledger::outputs::answer::{Question, report};
use interdict_ledger::picture::{Heading, svg};
use interdict_ledger::report::{Note, TraceReport};
use interdict_ledger::strategy::{Direction, Strategy};

use super::ledgers::{asset, unit_is, written_to};
use crate::Ending;
use crate::cli::{Output, StopAt, Trace, TraceFormat};
use crate::config::Config;
use crate::failure::Failure;
use crate::ledger::labels::Labels;
use crate::ledger::opened::{self, Opened, Outputs, Reading};
use crate::ledger::{seeds, told};
use crate::terminal::printable;

/// Most pairs of addresses between which movements are told.
const FLOWS_MAX: usize = 100_000;

/// Traces.
pub(super) fn run(config: &Config, args: &Trace, output: Output) -> Result<Ending, Failure> {
    let written = seeds::written(args)?;
    let format = format(args, output)?;
    let reading = Reading::of(&args.ledger);
    let mut opened = opened::open(config, &args.ledger.places, &reading)?;
    let labels = Labels::open(config, args.stop.stops.as_deref())?;
    if let Opened::Outputs(outputs, _) = &mut opened {
        unit_is(&outputs.unit, args.ledger.asset.as_deref())?;
        outputs.take_labels(&labels);
    }
    let mut reports = match &opened {
        Opened::Accounts(ledger, _) => of_accounts(ledger, args, &written, &labels)?,
        Opened::Outputs(outputs, _) => of_outputs(outputs, args, &written, &labels)?,
    };
    if reports.iter().any(|report| report.strategy.conserves() && !report.conservation.holds()) {
        // Every run shows that its sum comes out; one that does not is no answer.
        return Err(Failure::Bug);
    }
    let is_empty = |report: &TraceReport| report.seeds.iter().all(|seed| seed.amount == 0 && seed.parts == 0);
    if reports.iter().all(is_empty) {
        return Err(nothing_begins(&written, &reports));
    }
    reports.iter_mut().for_each(|report| note_listed(report, &labels));
    let record = record(args, written, opened.read(), &labels);
    let terminals = super::terminals::of(&opened, args, &record.parameters.seeds)?;
    written_to(args.output.as_deref(), &mut |out| {
        write(format, &reports, &record, args.most, out)?;
        match (&terminals, format) {
            (Some(terminals), TraceFormat::Table) => terminals.table(out),
            _ => Ok(()),
        }
    })?;
    if let (Some(terminals), false) = (&terminals, format == TraceFormat::Table) {
        terminals.table(&mut anstream::stderr()).map_err(Failure::Output)?;
    }
    Ok(Ending::Clear)
}

/// Says which addresses that a list names value reached, also where it went on.
fn note_listed(report: &mut TraceReport, labels: &Labels) {
    let ends = report.ends.iter().map(|end| end.address.as_str());
    let passed = report.flows.iter().flat_map(|flow| [flow.from.as_str(), flow.to.as_str()]);
    let listed: BTreeSet<&str> = ends.chain(passed).filter(|address| labels.is_listed(address)).collect();
    if listed.is_empty() {
        return;
    }
    let name = |address: &&str| {
        let label = labels.of(address).map(|label| label.name.as_str()).unwrap_or_default();
        format!("{address} ({label})")
    };
    let shown = listed.iter().take(10).map(name).collect::<Vec<_>>().join(", ");
    let more = if listed.len() > 10 { " …" } else { "" };
    let text = format!("{} addresses of sanctions lists are on the way: {shown}{more}", listed.len());
    report.notes.push(Note { code: "listed_addresses", text });
}

/// The error where the ledger has the seeds, but nothing that moved there: another asset, other days, a transfer that is not there.
fn nothing_begins(written: &[String], reports: &[TraceReport]) -> Failure {
    let seeds: Vec<String> = written.iter().take(3).map(|seed| printable(seed)).collect();
    let more = if written.len() > 3 { " …" } else { "" };
    let asset = reports.first().map(|report| printable(&report.unit.asset)).unwrap_or_default();
    Failure::Ledger(format!(
        "the ledger shows no {asset} of {}{more} as it was asked for; nothing was traced",
        seeds.join(" ")
    ))
}

/// The form of the answer. A graph and a picture are of one report.
fn format(args: &Trace, output: Output) -> Result<TraceFormat, Failure> {
    let ending = args.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    let by_ending = match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("json") => Some(TraceFormat::Json),
        Some("csv") => Some(TraceFormat::Csv),
        Some("graphml") => Some(TraceFormat::Graphml),
        Some("svg") => Some(TraceFormat::Svg),
        _ => None,
    };
    let format = args.format.or(by_ending).unwrap_or(match output {
        Output::Text => TraceFormat::Table,
        Output::Json => TraceFormat::Json,
    });
    let is_of_one = matches!(format, TraceFormat::Graphml | TraceFormat::Svg);
    if is_of_one && args.strategy.len() > 1 {
        return Err(Failure::Usage(
            "graphml and svg show the answer of one rule: name one --strategy, and run the command again for each other".to_owned(),
        ));
    }
    Ok(format)
}

fn write(
    format: TraceFormat,
    reports: &[TraceReport],
    record: &Record,
    most: usize,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let mut out = out;
    match format {
        TraceFormat::Table => {
            for report in reports {
                out.write_all(told::trace(report, most).as_bytes())?;
            }
            let answer = record.answer(reports)?;
            writeln!(out, "answer {} (--json has the record by which it can be run again)", answer.short())
        }
        TraceFormat::Json => json::write(record, reports, &mut out),
        TraceFormat::Csv => csv::ends(reports, &mut out),
        TraceFormat::FlowsCsv => csv::flows(reports, &mut out),
        TraceFormat::Graphml => one(reports).map_or(Ok(()), |report| graphml::write(report, &mut out)),
        TraceFormat::Svg => one(reports).map_or(Ok(()), |report| {
            let ledger = record.ledgers.iter().map(|read| format!("{}, {}", read.name, read.digest.short()));
            let from = record.parameters.seeds.first().cloned().unwrap_or_default();
            let more = record.parameters.seeds.len().saturating_sub(1);
            let from = if more == 0 { from } else { format!("{from} and {more} more") };
            let title = match report.direction {
                Direction::Forward => format!("Where value of {from} went"),
                Direction::Backward => format!("Where value of {from} came from"),
            };
            let heading = Heading { title, ledger: ledger.collect::<Vec<_>>().join("; ") };
            out.write_all(svg(report, &heading).as_bytes())
        }),
    }
}

/// A picture is of one report: the first.
fn one(reports: &[TraceReport]) -> Option<&TraceReport> {
    reports.first()
}

fn direction(args: &Trace) -> Direction {
    if args.backward { Direction::Backward } else { Direction::Forward }
}

fn record(args: &Trace, seeds: Vec<String>, ledgers: &[Read], labels: &Labels) -> Record {
    let read = |name: String| labels.digest().map(|digest| Read { name, digest });
    let made_of = labels.made_of();
    let stops = match args.stop.stop_at {
        StopAt::Services => read(format!("services: {made_of}")),
        StopAt::Labelled => read(format!("labelled: {made_of}, the ledger")),
        StopAt::Nowhere => {
            args.stop.stops.as_ref().and_then(|_| read(format!("nowhere but --stops: {made_of}")))
        }
    };
    Record {
        program: format!("interdict {}", env!("CARGO_PKG_VERSION")),
        ledgers: ledgers.to_vec(),
        parameters: Parameters {
            seeds,
            strategies: args.strategy.iter().map(|strategy| strategy.name().to_owned()).collect(),
            direction: direction(args),
            stops,
            since: args.since.clone(),
            until: args.until.clone(),
            window: None,
            dust: args.dust.to_string(),
        },
        labels: read(made_of),
        produced_at: None,
    }
}

fn of_accounts(
    ledger: &AccountLedger,
    args: &Trace,
    written: &[String],
    labels: &Labels,
) -> Result<Vec<TraceReport>, Failure> {
    let window = seeds::window(args)?;
    let seeds = seeds::of_accounts(ledger, written, window)?;
    let asset = asset(ledger, args.ledger.asset.as_deref())?;
    let stops: Vec<Option<String>> = services(ledger, labels, args.stop.stop_at);
    let services = |_: &AccountLedger, account: AccountId| stops.get(account.index()).cloned().flatten();
    args.strategy
        .iter()
        .map(|strategy| one_of_accounts(ledger, (asset, *strategy), args, &seeds, &services))
        .collect()
}

fn one_of_accounts(
    ledger: &AccountLedger,
    (asset, strategy): (AssetId, Strategy),
    args: &Trace,
    seeds: &[SeedRequest],
    services: accounts::Services<'_>,
) -> Result<TraceReport, Failure> {
    let mut request = accounts::Request::new(asset, strategy, seeds);
    request.direction = direction(args);
    request.services = services;
    request.dust = u128::from(args.dust);
    request.flows_max = FLOWS_MAX;
    accounts::trace(ledger, &request).map_err(|error| Failure::Ledger(error.to_string()))
}

/// The services among accounts, found once and not at each event.
fn services(ledger: &AccountLedger, labels: &Labels, which: StopAt) -> Vec<Option<String>> {
    let name = |account: AccountId| {
        let address = ledger.address(account);
        let own = || ledger.label(account).filter(|_| which == StopAt::Labelled).map(str::to_owned);
        let known =
            labels.of(&address).filter(|_| labels.stops(&address, which)).map(|label| label.name.clone());
        known.or_else(own)
    };
    ledger.accounts().map(name).collect()
}

fn of_outputs(
    outputs: &Outputs,
    args: &Trace,
    written: &[String],
    labels: &Labels,
) -> Result<Vec<TraceReport>, Failure> {
    let seeds = seeds::of_outputs(outputs, written, seeds::window(args)?)?;
    let mut stops = AddressSet::default();
    for (text, _) in labels.all().filter(|(text, _)| labels.stops(text, args.stop.stop_at)) {
        outputs.addresses(text).unwrap_or_default().into_iter().for_each(|address| stops.insert(address));
    }
    let trace = |strategy: &Strategy| {
        let question = Question {
            strategy: *strategy,
            direction: direction(args),
            seeds: &seeds,
            stops: &stops,
            window: 0..outputs.chain.txs(),
            dust: args.dust,
            flows_max: FLOWS_MAX,
            unit: outputs.unit.clone(),
        };
        report(&outputs.chain, outputs, &question).map_err(|error| Failure::Ledger(error.to_string()))
    };
    args.strategy.iter().map(trace).collect()
}
