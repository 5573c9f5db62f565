//! How long do building, assessing and explaining take, and how much memory, as networks grow?
//!
//!     cargo run --release -p interdict-network --example scale -- [OPTION VALUE]... HOLDINGS...
//!
//! | option | |
//! |---|---|
//! | `--shape NAME` | `register` (made by a seed, with planted structures), `chain` (one company above the other), `star` (all hold one), `fan` (one holds all), `above` (10,000 designated persons control the head of one chain), `along` (10,000 designated companies within one chain) |
//! | `--open N` | of a hundred holdings of the register, so many are ranges or unknown |
//! | `--designated N` | so many are designated besides the planted ones |
//! | `--times N` | assessments of which the median is told |
//!
//! Each network is made in a process of its own, whose processor time and peak of resident memory are told. The planted answers are
//! checked. Making the rows is not counted as building: it is timed alone before, and taken off.

#![expect(clippy::print_stdout, reason = "the example answers on standard output")]

use std::error::Error;
use std::process::Command;

use interdict_core::date::PartialDate;
use interdict_network::assessment::Assessment;
use interdict_network::designated::{Basis, Certainty, Designee};
use interdict_network::generate::{self, Register, Row};
use interdict_network::interest::{Day, InterestKind, Source, Span, Terms};
use interdict_network::network::{Builder, Network, PartyId, Record};
use interdict_network::policy::Regime;
use interdict_network::share::{Share, ShareRange};
use interdict_network::standing::Standing;

type Failure = Box<dyn Error>;

/// Designated persons above one chain.
const ABOVE: u32 = 10_000;

struct Request {
    shape: String,
    register: Register,
    times: usize,
    sizes: Vec<u32>,
    /// The options as they were given, for the process of one network.
    options: Vec<String>,
    is_child: bool,
}

impl Request {
    fn from_arguments() -> Result<Self, Failure> {
        let register = Register { holdings: 0, open: 0, designated: 1_000, seed: 7 };
        let mut request = Self {
            shape: "register".to_owned(),
            register,
            times: 3,
            sizes: Vec::new(),
            options: Vec::new(),
            is_child: false,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || {
                let value = arguments.next().ok_or(format!("{argument} needs a value"))?;
                request.options.extend([argument.clone(), value.clone()]);
                Ok::<String, Failure>(value)
            };
            match argument.as_str() {
                "--shape" => request.shape = value()?,
                "--open" => request.register.open = value()?.parse()?,
                "--designated" => request.register.designated = value()?.parse()?,
                "--times" => request.times = value()?.parse()?,
                "--child" => request.is_child = true,
                size => request.sizes.push(size.parse()?),
            }
        }
        Ok(request)
    }

    /// The holdings of the shape.
    fn each_row(&self, take: &mut dyn FnMut(Row)) {
        let n = self.register.holdings;
        let most = ShareRange::exactly(Share::percent(60));
        let own = |holder, asset| Row { holder, asset, kind: InterestKind::Shares, share: most };
        match self.shape.as_str() {
            "chain" | "along" => (0..n).for_each(|at| take(own(at, at + 1))),
            "star" => (0..n).for_each(|at| {
                take(Row {
                    share: ShareRange::exactly(Share::from_units(1).unwrap_or_default()),
                    ..own(at + 1, 0)
                });
            }),
            "fan" => (0..n).for_each(|at| {
                take(Row { share: ShareRange::exactly(Share::percent(30)), ..own(0, at + 1) })
            }),
            "above" => {
                (0..n).for_each(|at| take(own(at, at + 1)));
                let controls = |at| Row { kind: InterestKind::Controls, ..own(n + 1 + at, 0) };
                (0..ABOVE).for_each(|at| take(controls(at)));
            }
            _ => self.register.each_row(take),
        }
    }

    fn designated(&self) -> Vec<u32> {
        let n = self.register.holdings;
        match self.shape.as_str() {
            "chain" | "fan" => vec![0],
            "star" => (1..=n).collect(),
            "along" => (0..ABOVE).map(|at| (ABOVE - 1 - at) * (n / ABOVE)).collect(),
            "above" => (0..ABOVE).map(|at| n + 1 + at).collect(),
            _ => self.register.designated(),
        }
    }
}

fn main() -> Result<(), Failure> {
    let mut request = Request::from_arguments()?;
    if request.is_child {
        request.register.holdings = request.sizes.first().copied().unwrap_or_default();
        return measure(&request);
    }
    for size in &request.sizes {
        let mut child = Command::new(std::env::current_exe()?);
        child.args(&request.options);
        let status = child.args(["--child", &size.to_string()]).status()?;
        if !status.success() {
            return Err("the measurement failed".into());
        }
    }
    Ok(())
}

fn measure(request: &Request) -> Result<(), Failure> {
    let before = processor_seconds();
    request.each_row(&mut |row| {
        std::hint::black_box(row);
    });
    let making = processor_seconds() - before;
    let mut left = Vec::new();
    let before = processor_seconds();
    let mut builder = Builder::new();
    fill(&mut builder, request, &mut left)?;
    let filled = processor_seconds() - before - making;
    let network = builder.finish();
    let finished = processor_seconds() - before - making - filled;
    let n = number(network.interests().len())?;
    println!(
        "{} {n} holdings, {} parties, open {} %: added in {filled:.2} s, finished in {finished:.2} s, peak {:.0} MB, {:.0} bytes a holding",
        request.shape,
        network.parties().len(),
        request.register.open,
        peak() / 1e6,
        peak() / n,
    );
    let designees = designees(&network, &request.designated());
    println!("  {} designees", designees.len());
    let day = Day::of("2026-01-15".parse::<PartialDate>()?).ok_or("no day")?;
    for regime in Regime::ALL {
        let mut times = Vec::new();
        let mut kept = None;
        for _ in 0..request.times.max(1) {
            // The memory of two at once is not that of one.
            drop(kept.take());
            let given = designees.clone();
            let before = processor_seconds();
            kept = Some(Assessment::new(&network, regime.policy(), day, given));
            times.push(processor_seconds() - before);
        }
        times.sort_by(f64::total_cmp);
        let Some(assessment) = kept else { continue };
        let before = processor_seconds();
        let through: Vec<(PartyId, Standing)> = assessment.through_others().collect();
        let listing = processor_seconds() - before;
        let blocked =
            through.iter().filter(|(_, standing)| *standing == Standing::BlockedByOwnership).count();
        let explained = explain(&assessment, &through)?;
        println!(
            "  {}: assessed in {:.2} s (median of {}), {blocked} blocked, {} undetermined, listed in {listing:.2} s; explained in {explained:.1} ms; peak {:.0} MB",
            regime.name(),
            times[times.len() / 2],
            times.len(),
            through.len() - blocked,
            peak() / 1e6,
        );
        check(request, &assessment, regime)?;
    }
    Ok(())
}

fn fill(builder: &mut Builder, request: &Request, failures: &mut Vec<Failure>) -> Result<(), Failure> {
    let source =
        builder.source(Source { name: "made".to_owned(), edition: "1".to_owned(), published: None })?;
    let (mut text, mut line) = (String::new(), 0);
    request.each_row(&mut |row| {
        line += 1;
        let mut add = || -> Result<(), Failure> {
            generate::id(row.holder, &mut text);
            let holder = builder.party(&text)?;
            generate::id(row.asset, &mut text);
            let asset = builder.party(&text)?;
            Ok(builder.add(holder, asset, Terms::new(row.kind, row.share, source), Record::Line(line))?)
        };
        if let Err(error) = add() {
            failures.push(error);
        }
    });
    failures.pop().map_or(Ok(()), Err)
}

fn party(network: &Network, number: u32) -> Option<PartyId> {
    let mut text = String::new();
    generate::id(number, &mut text);
    network.find(&text)
}

fn designees(network: &Network, numbers: &[u32]) -> Vec<Designee> {
    let of = |party: PartyId| Designee {
        parties: vec![party],
        certainty: Certainty::Certain,
        basis: Basis::Listed,
        span: Span::default(),
        evidence: "made".to_owned(),
    };
    numbers.iter().filter_map(|&number| party(network, number)).map(of).collect()
}

/// Milliseconds of one explanation, of some spread over all that there is to explain.
fn explain(assessment: &Assessment<'_>, through: &[(PartyId, Standing)]) -> Result<f64, Failure> {
    let some: Vec<_> = through.iter().step_by(through.len() / 5 + 1).collect();
    let before = processor_seconds();
    for (party, _) in &some {
        std::hint::black_box(assessment.explain(*party));
    }
    Ok((processor_seconds() - before) * 1e3 / number(some.len().max(1))?)
}

/// Whether the planted parties stand as they must.
fn check(request: &Request, assessment: &Assessment<'_>, regime: Regime) -> Result<(), Failure> {
    if request.shape != "register" {
        return Ok(());
    }
    let planted = request.register.planted();
    let at = Regime::ALL.iter().position(|known| *known == regime).unwrap_or_default();
    for (number, expected) in &planted.expected {
        let standing = party(assessment.network(), *number).map(|party| assessment.standing(party));
        if standing != Some(expected[at]) {
            return Err(format!("{} {number} is {standing:?}, not {:?}", regime.name(), expected[at]).into());
        }
    }
    println!("    {} planted parties stand as they must", planted.expected.len());
    Ok(())
}

fn number(count: usize) -> Result<f64, Failure> {
    Ok(f64::from(u32::try_from(count)?))
}

/// What Linux counts processor time in, for programs (`sysconf(_SC_CLK_TCK)`).
const TICKS_PER_SECOND: f64 = 100.0;

/// The processor time of this process so far, as Linux tells it.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // proc_pid_stat(5): utime and stime are fields 14 and 15; what is behind the name begins with field 3.
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
    fields.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>()
        / TICKS_PER_SECOND
}

/// The most memory that was resident, in bytes.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kibibytes.unwrap_or(0.0) * 1024.0
}
