//! How fast is value followed, and how many bytes does a chain take? On a chain by chance with planted thefts.
//!
//! `cargo run --release -p interdict-ledger --example trace_speed -- [--txs N] [--seeds N] [--write FOLDER] [--only STRATEGY]`
//!
//! Prints the size of the chain, and for each strategy the median of five runs in processor time (opening the file included), how many outputs hold traced
//! value, and a digest. With `--write` the chain is also written for the oracle in `benches/peers/taint_oracle.py`, whose digests are the same.

#![expect(clippy::print_stdout, reason = "a measurement is told")]
#![expect(clippy::float_arithmetic, reason = "seconds")]

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use interdict_ledger::generate::{Settings, chain as generate};
use interdict_ledger::outputs::Output;
use interdict_ledger::outputs::addresses::AddressSet;
use interdict_ledger::outputs::chain::Chain;
use interdict_ledger::outputs::segment::Segment;
use interdict_ledger::outputs::trace::{Fate, Request, Traced, trace};
use interdict_ledger::strategy::{Direction, Strategy};
use sha2::{Digest, Sha256};

/// Runs of each strategy.
const RUNS: usize = 5;

struct Arguments {
    txs: u32,
    seeds: usize,
    write: Option<PathBuf>,
    only: Option<Strategy>,
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let mut arguments = Arguments { txs: 2_000_000, seeds: 20, write: None, only: None };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or(format!("{word} needs a value"))?;
        match word.as_str() {
            "--txs" => arguments.txs = value.parse()?,
            "--seeds" => arguments.seeds = value.parse()?,
            "--only" => arguments.only = Some(value.parse()?),
            "--write" => arguments.write = Some(value.into()),
            _ => return Err(format!("unknown argument {word}").into()),
        }
    }
    Ok(arguments)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = arguments()?;
    let folder =
        arguments.write.clone().unwrap_or_else(|| std::env::temp_dir().join("interdict-trace-speed"));
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("chain.segment");
    let (seeds, stops) = make(&arguments, &folder, &path)?;
    let wanted = |strategy: &Strategy| arguments.only.is_none_or(|only| only == *strategy);
    for strategy in Strategy::ALL.into_iter().filter(wanted) {
        report("forward", &path, &request(strategy, Direction::Forward, &seeds, &stops))?;
    }
    let chain = Chain::new(vec![Segment::open(&path)?])?;
    let targets: Vec<Output> =
        (1..=u64::try_from(arguments.seeds)?).map(|back| chain.outputs() - back * 7).collect();
    for strategy in [Strategy::Haircut, Strategy::Fifo].into_iter().filter(|_| arguments.only.is_none()) {
        report("backward", &path, &request(strategy, Direction::Backward, &targets, &AddressSet::default()))?;
    }
    Ok(())
}

fn request<'a>(
    strategy: Strategy,
    direction: Direction,
    seeds: &'a [Output],
    stops: &'a AddressSet,
) -> Request<'a> {
    Request { strategy, direction, seeds, stops, window: 0..u32::MAX, dust: 0 }
}

/// Makes the chain, and the files for the oracle if they are wanted. Gives what tracing begins with and where it stops.
fn make(
    arguments: &Arguments,
    folder: &Path,
    path: &Path,
) -> Result<(Vec<Output>, AddressSet), Box<dyn Error>> {
    let began = Instant::now();
    let mut oracle = arguments
        .write
        .as_ref()
        .map(|_| File::create(folder.join("chain.bin")))
        .transpose()?
        .map(BufWriter::new);
    let mut failed = None;
    let generated = generate(
        &Settings { seed: 1, txs: arguments.txs, thefts: arguments.seeds },
        &mut |_, inputs, outputs| {
            let Some(file) = &mut oracle else { return };
            let counts = [inputs.len() as u64, outputs.len() as u64];
            let values = outputs.iter().map(|output| output.0);
            let addresses = outputs.iter().map(|output| u64::from(output.1));
            let numbers = counts.into_iter().chain(inputs.iter().copied()).chain(values).chain(addresses);
            failed = numbers
                .map(|number| file.write_all(&number.to_le_bytes()))
                .find_map(Result::err)
                .or(failed.take());
        },
    )?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    let mut file = BufWriter::new(File::create(path)?);
    let written = generated.chain.finish(&mut file)?;
    file.flush()?;
    let extent = written.extent;
    let parts = extent.inputs + extent.outputs;
    println!(
        "{} transactions, {} inputs, {} outputs, {} addresses",
        extent.txs, extent.inputs, extent.outputs, generated.addresses
    );
    println!(
        "{} bytes, {:.2} for each input and output; made in {:.1?}",
        written.bytes,
        ratio(written.bytes, parts),
        began.elapsed()
    );
    // Loot of planted thefts mixes with little; so every other seed is a coin of everyday life, and the loot of the last thefts of all mixes.
    let mut seeds: Vec<Output> =
        generated.thefts.iter().map(|theft| theft.seed).take(arguments.seeds / 2).collect();
    let step = extent.outputs / 4 / u64::try_from(arguments.seeds.max(1))?;
    seeds.extend(
        (0..u64::try_from(arguments.seeds - seeds.len())?).map(|place| extent.outputs / 4 + place * step),
    );
    let stops: Vec<u32> = generated.thefts.iter().flat_map(|theft| theft.services.iter().copied()).collect();
    if arguments.write.is_some() {
        std::fs::write(folder.join("seeds.txt"), lines(&seeds))?;
        std::fs::write(folder.join("stops.txt"), lines(&stops))?;
    }
    Ok((seeds, stops.into_iter().collect()))
}

fn lines<T: ToString>(numbers: &[T]) -> String {
    numbers.iter().map(|number| number.to_string() + "\n").collect()
}

#[expect(clippy::cast_precision_loss, reason = "a ratio for people")]
fn ratio(a: u64, b: u64) -> f64 {
    a as f64 / b as f64
}

fn report(name: &str, path: &Path, request: &Request<'_>) -> Result<(), Box<dyn Error>> {
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..RUNS {
        let began = processor_time()?;
        let chain = Chain::new(vec![Segment::open(path)?])?;
        let opened = processor_time()? - began;
        last = Some(trace(&chain, request, &mut ())?);
        times.push((processor_time()? - began, opened));
    }
    times.sort_unstable();
    let traced = last.ok_or("no run")?;
    if request.strategy.conserves() && !traced.conservation.holds() {
        return Err(
            format!("{}: the sum does not come out: {:?}", request.strategy, traced.conservation).into()
        );
    }
    let (median, opened) = times.get(RUNS / 2).copied().ok_or("no run")?;
    let ends = if traced.unspent().is_empty() { traced.ended.len() } else { traced.unspent().len() };
    println!(
        "{name} {}: {:.3} s ({:.3} s of it to open), {} transactions, {ends} outputs, digest {}",
        request.strategy,
        median.as_secs_f64(),
        opened.as_secs_f64(),
        traced.transactions,
        digest(&traced)
    );
    Ok(())
}

/// Processor time of this thread so far, as Linux tells it: other work on the machine is not in it.
fn processor_time() -> Result<Duration, Box<dyn Error>> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(Duration::from_nanos(told.split_whitespace().next().ok_or("no time")?.parse()?))
}

fn digest(traced: &Traced) -> String {
    let mut hasher = Sha256::new();
    for (output, amount) in traced.unspent() {
        hasher.update(output.to_le_bytes());
        hasher.update(amount.to_le_bytes());
    }
    let mut stopped: Vec<_> =
        traced.ended.iter().filter(|at| at.fate == Fate::Stopped).map(|at| (at.output, at.amount)).collect();
    stopped.sort_unstable();
    for (output, amount) in stopped {
        hasher.update(b"s");
        hasher.update(output.to_le_bytes());
        hasher.update(amount.to_le_bytes());
    }
    hasher.update(traced.conservation.fee.to_le_bytes());
    hasher.update(traced.conservation.superseded.to_le_bytes());
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
