//! How fast is a list read, and how much memory does it take?
//!
//! `cargo run --release -p interdict-lists --example read_speed -- [--format NAME] [--mapping FILE] [--times N] FILE...`
//!
//! The files together are one list. Without a format it is recognized. The speed is told twice: of the fastest reading by the clock
//! on the wall, and of all readings by the time of the processor, which other programs disturb less. The entities
//! are counted and thrown away as they are handed out. Of the peak of resident memory, what the program and the bytes of the files
//! took before the first reading is told apart.

#![expect(clippy::print_stdout, reason = "the example answers on standard output")]

use std::error::Error;
use std::time::Instant;

use interdict_core::list::ListId;
use interdict_lists::mapped_csv::Mapping;
use interdict_lists::{Format, SourceFile, detect, read_each};

/// What was asked for.
struct Request {
    format: Option<Format>,
    mapping: Option<Mapping>,
    times: u32,
    files: Vec<(String, Vec<u8>)>,
}

impl Request {
    fn from_arguments() -> Result<Self, Box<dyn Error>> {
        let mut request = Self { format: None, mapping: None, times: 5, files: Vec::new() };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--format" => {
                    let name = arguments.next().unwrap_or_default();
                    let format = Format::from_name(&name).ok_or(format!("{name:?} is no format"))?;
                    request.format = Some(format);
                }
                "--mapping" => {
                    let text = std::fs::read_to_string(arguments.next().unwrap_or_default())?;
                    request.mapping = Some(Mapping::parse(&text)?);
                }
                "--times" => request.times = arguments.next().unwrap_or_default().parse()?,
                path => {
                    let name = path.rsplit('/').next().unwrap_or(path).to_owned();
                    request.files.push((name, std::fs::read(path)?));
                }
            }
        }
        Ok(request)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let request = Request::from_arguments()?;
    let files: Vec<_> = request.files.iter().map(|(name, bytes)| SourceFile { name, bytes }).collect();
    let format = request.format.map_or_else(|| detect(&files), Ok)?;
    let list: ListId = "speed".parse()?;
    let n_bytes: usize = request.files.iter().map(|(_, bytes)| bytes.len()).sum();
    let (mut best, ticks_before) = (f64::INFINITY, processor_ticks());
    let (mut n_entities, mut n_parties) = (0_u64, 0);
    let memory_before = status("VmRSS");
    for _ in 0..request.times {
        let start = Instant::now();
        n_entities = 0;
        let account = read_each(format, &list, &files, request.mapping.as_ref(), &mut |_| n_entities += 1)?;
        best = best.min(start.elapsed().as_secs_f64());
        n_parties = account.reconciliation.parties;
    }
    let megabytes = n_bytes.to_string().parse::<f64>()? / 1e6;
    println!("{}: {megabytes:.2} MB, {n_parties} parties, {n_entities} entities", format.name());
    println!("best of {}: {:.1} ms", request.times, best * 1e3);
    println!("{:.1} MB/s, {:.0} entities/s", megabytes / best, n_entities.to_string().parse::<f64>()? / best);
    if let Some(ticks) = processor_ticks().zip(ticks_before).map(|(after, before)| after - before) {
        let seconds = ticks / TICKS_PER_SECOND / f64::from(request.times);
        println!("processor time: {:.1} ms, {:.1} MB/s", seconds * 1e3, megabytes / seconds);
    }
    println!("peak resident memory: {}, before reading {memory_before}", status("VmHWM"));
    Ok(())
}

/// What Linux counts processor time in, for programs (`sysconf(_SC_CLK_TCK)`).
const TICKS_PER_SECOND: f64 = 100.0;

/// The processor time of this process so far, as Linux tells it.
fn processor_ticks() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    // proc_pid_stat(5): utime and stime are fields 14 and 15; what is behind the name begins with field 3.
    let ticks = fields.split(' ').skip(11).take(2).map(str::parse::<f64>);
    ticks.collect::<Result<Vec<_>, _>>().ok().map(|ticks| ticks.iter().sum())
}

/// What Linux tells of this process under a name: `VmRSS` is the memory that it has, `VmHWM` the most that it had.
fn status(name: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.map_or("not known on this system".to_owned(), |line| line.trim().to_owned())
}
