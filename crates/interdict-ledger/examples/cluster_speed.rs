//! How long does clustering by common inputs take, and how much memory?
//!
//!     cargo run --release -p interdict-ledger --example cluster_speed -- [OPTION VALUE]...
//!
//! | option | |
//! |---|---|
//! | `--addresses N` | so many addresses, 35 million unless told |
//! | `--seed N` | of the chain that is made up |
//! | `--times N` | runs, of which the median is told |
//! | `--write FOLDER` | writes the common inputs to `offsets.i32` and `addresses.u32` (little-endian), for other programs |
//! | `--read FOLDER` | takes them from there |
//! | `--guards WHICH` | `none`, `collapse` (its default bounds) or `evidence` (no guard, but joining transactions are kept) |
//!
//! | `--chain N` | instead puts the first so many transactions into a chain of outputs, and clusters that with all guards |
//!
//! The inputs: every new address belongs to a new owner, or to the owner of an address drawn from all before, so that few owners have
//! many addresses. Spenders are owners that were active lately or long ago; they spend what they received last, some of it again.
//! Only transactions with two inputs and more are made, as only they join. The digest is that of the cluster of every address.

#![expect(clippy::print_stdout, reason = "the example answers on standard output")]

use std::error::Error;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use interdict_core::random::Random;
use interdict_ledger::clusters::common::CommonInputs;
use interdict_ledger::clusters::forest::{Forest, Unwatched};
use interdict_ledger::clusters::guards::{Collapse, Guard, Labels};
use interdict_ledger::clusters::{Clusters, Evidence, Rules};
use interdict_ledger::outputs::chain::Chain;
use interdict_ledger::outputs::segment::{Segment, SegmentWriter};
use sha2::{Digest, Sha256};

type Failure = Box<dyn Error>;

struct Request {
    addresses: u32,
    seed: u64,
    times: usize,
    write: Option<PathBuf>,
    read: Option<PathBuf>,
    guards: String,
    chain: usize,
}

impl Request {
    fn from_arguments() -> Result<Self, Failure> {
        let mut request = Self {
            addresses: 35_000_000,
            seed: 7,
            times: 3,
            write: None,
            read: None,
            guards: "none".to_owned(),
            chain: 0,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let value = arguments.next().ok_or(format!("{argument} needs a value"))?;
            match argument.as_str() {
                "--addresses" => request.addresses = value.parse()?,
                "--seed" => request.seed = value.parse()?,
                "--times" => request.times = value.parse()?,
                "--write" => request.write = Some(value.into()),
                "--read" => request.read = Some(value.into()),
                "--chain" => request.chain = value.parse()?,
                "--guards" => request.guards = value,
                other => return Err(format!("unknown option {other}").into()),
            }
        }
        Ok(request)
    }
}

/// How many spenders are drawn until one has several addresses.
const SPENDERS_TRIED: usize = 12;

/// Of which owner an address is, and which address of the owner came before it.
struct Owners {
    owner: Vec<u32>,
    before: Vec<u32>,
    last: Vec<u32>,
}

impl Owners {
    /// Address 0 is nobody's, as some programs take it for none.
    fn new(addresses: u32) -> Self {
        let mut owners = Self {
            owner: Vec::with_capacity(addresses as usize),
            before: Vec::with_capacity(addresses as usize),
            last: vec![0],
        };
        owners.owner.push(0);
        owners.before.push(0);
        owners
    }

    fn address(&mut self, address: u32, random: &mut Random) {
        let owner = if random.percent(45) || address < 100 {
            self.last.push(0);
            u32::try_from(self.last.len() - 1).unwrap_or(0)
        } else {
            self.owner[1 + random.below_u32(address - 1) as usize]
        };
        self.owner.push(owner);
        self.before.push(self.last[owner as usize]);
        self.last[owner as usize] = address;
    }

    /// The inputs of a transaction after so many addresses, of a spender with several; nothing if none is met.
    fn spend(&self, addresses: u32, random: &mut Random, into: &mut Vec<u32>) {
        for _ in 0..SPENDERS_TRIED {
            if self.spend_by(addresses, random, into) {
                return;
            }
        }
    }

    fn spend_by(&self, addresses: u32, random: &mut Random, into: &mut Vec<u32>) -> bool {
        let lately = addresses.min(1_000_000);
        let active = if random.percent(70) {
            addresses - 1 - random.below_u32(lately - 1)
        } else {
            1 + random.below_u32(addresses - 1)
        };
        let wanted = match random.below(100) {
            0..=43 => 2,
            44..=63 => 3,
            64..=79 => 4,
            80..=93 => 5 + random.below(10),
            94..=98 => 15 + random.below(100),
            _ => 100 + random.below(500),
        };
        let mut address = self.last[self.owner[active as usize] as usize];
        let skipped = random.skewed(64);
        for _ in 0..skipped {
            address =
                if self.before[address as usize] == 0 { address } else { self.before[address as usize] };
        }
        let start = into.len();
        while address != 0 && into.len() - start < wanted {
            into.push(address);
            if !random.percent(20) {
                address = self.before[address as usize];
            }
        }
        let joins = into[start..].iter().any(|other| *other != into[start]);
        if !joins {
            into.truncate(start);
        }
        joins
    }
}

/// Input addresses, and where those of each transaction end.
#[derive(Default)]
struct Arrays {
    ends: Vec<u32>,
    addresses: Vec<u32>,
}

impl Arrays {
    fn made_up(addresses: u32, seed: u64) -> Self {
        let mut owners = Owners::new(addresses);
        let mut created = Random::new(seed, "owners");
        let mut spent = Random::new(seed, "spends");
        let mut arrays = Self::default();
        for address in 1..addresses {
            owners.address(address, &mut created);
            // On Bitcoin there are some 0.86 transactions for each address, 40 of a hundred with several inputs.
            if address > 2 && spent.percent(34) {
                let start = arrays.addresses.len();
                owners.spend(address, &mut spent, &mut arrays.addresses);
                if arrays.addresses.len() > start {
                    arrays.ends.push(u32::try_from(arrays.addresses.len()).unwrap_or(u32::MAX));
                }
            }
        }
        arrays
    }

    fn read(folder: &Path) -> Result<Self, Failure> {
        let numbers = |name: &str| -> Result<Vec<u32>, Failure> {
            let bytes = fs::read(folder.join(name))?;
            Ok(bytes.as_chunks().0.iter().map(|four| u32::from_le_bytes(*four)).collect())
        };
        // The first offset is 0.
        let ends = numbers("offsets.i32")?.split_off(1);
        Ok(Self { ends, addresses: numbers("addresses.u32")? })
    }

    fn write(&self, folder: &Path) -> Result<(), Failure> {
        fs::create_dir_all(folder)?;
        let offsets: Vec<u32> = [0].into_iter().chain(self.ends.iter().copied()).collect();
        for (name, numbers) in [("offsets.i32", &offsets), ("addresses.u32", &self.addresses)] {
            let mut file = BufWriter::new(fs::File::create(folder.join(name))?);
            for number in numbers {
                file.write_all(&number.to_le_bytes())?;
            }
            file.flush()?;
        }
        Ok(())
    }

    fn inputs(self) -> Result<CommonInputs, Failure> {
        let transactions = (0..u32::try_from(self.ends.len())?).collect();
        Ok(CommonInputs::from_parts(transactions, self.ends, self.addresses)?)
    }
}

/// Clusters as asked, and says what was refused.
fn clustered(request: &Request, inputs: &CommonInputs) -> Result<(Forest, String), Failure> {
    let mut forest = Forest::new(request.addresses)?;
    let told = match request.guards.as_str() {
        "none" => {
            forest.join(inputs, &mut Unwatched)?;
            String::from("no guards")
        }
        which => {
            let (collapse, evidence) = match which {
                "collapse" => (Some(Collapse::default()), Evidence::NotKept),
                "evidence" => (None, Evidence::Kept),
                other => return Err(format!("unknown guards {other}").into()),
            };
            let mut guard = Guard::new(request.addresses, collapse, Labels::default(), evidence)?;
            forest.join(inputs, &mut guard)?;
            format!("refused: {:?}", guard.finish().0.counts)
        }
    };
    forest.settle();
    Ok((forest, told))
}

/// The clusters, and a digest of the cluster of every address but 0.
fn tell(forest: &Forest) {
    let mut clusters: Vec<u32> = forest.joined().map(|(_, size)| size).collect();
    clusters.sort_unstable_by(|one, other| other.cmp(one));
    let largest = clusters.get(..5.min(clusters.len())).unwrap_or_default();
    println!("clusters of two and more: {}, the largest: {largest:?}", clusters.len());
    let mut digest = Sha256::new();
    (1..forest.addresses()).for_each(|address| digest.update(forest.cluster(address).to_le_bytes()));
    let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    println!("digest: {digest}");
}

/// How long the process was on a processor, in seconds, where the system tells it: of use on a machine that does other things too.
fn on_processor() -> f64 {
    let told = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    told.split(' ')
        .next()
        .and_then(|nanoseconds| nanoseconds.parse::<f64>().ok())
        .map_or(f64::NAN, |ns| ns / 1e9)
}

/// The peak of resident memory, where the system tells it.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or_else(
        || "peak of memory: not told".to_owned(),
        |peak| format!("peak of memory: {}", peak.trim()),
    )
}

/// The first inputs as a chain: coins for the inputs of each transaction, and the transaction, with a payment and change.
fn chain_of(arrays: &Arrays, transactions: usize) -> Result<Chain, Failure> {
    let mut writer = SegmentWriter::new(0, 0);
    writer.block(0, 0, [0; 32]);
    let mut random = Random::new(7, "values");
    let mut start = 0;
    for &end in arrays.ends.iter().take(transactions) {
        let addresses = arrays.addresses.get(start..end as usize).unwrap_or_default();
        start = end as usize;
        let coins: Vec<(u64, u32)> =
            addresses.iter().map(|address| (10_000 + random.below(1_000_000) as u64, *address)).collect();
        let first = writer.next_output();
        writer.transaction(&[], &coins)?;
        let spent: Vec<u64> = (first..writer.next_output()).collect();
        let value: u64 = coins.iter().map(|(value, _)| value).sum();
        let paid = random.below(usize::try_from(value)?) as u64;
        let change = addresses.first().copied().unwrap_or(0);
        writer.transaction(&spent, &[(paid, change), (value - paid, change / 2)])?;
    }
    let mut bytes = Vec::new();
    writer.finish(&mut bytes)?;
    Ok(Chain::new(vec![Segment::from_bytes(bytes)?])?)
}

/// Clusters a chain, and says how long that took and what was left out.
fn cluster_chain(arrays: &Arrays, request: &Request) -> Result<(), Failure> {
    let chain = chain_of(arrays, request.chain)?;
    let before = on_processor();
    let clusters = Clusters::of_chain(&chain, request.addresses, &Rules::default(), Labels::default())?;
    let busy = on_processor() - before;
    let account = clusters.account();
    println!(
        "chain: {} transactions, {} inputs, {} outputs: {busy:.3} s on the processor; left out {:?}, refused {:?}",
        chain.txs(),
        chain.inputs(),
        chain.outputs(),
        account.coinjoins,
        account.refusals.counts
    );
    Ok(())
}

fn main() -> Result<(), Failure> {
    let request = Request::from_arguments()?;
    let start = Instant::now();
    let arrays = match &request.read {
        Some(folder) => Arrays::read(folder)?,
        None => Arrays::made_up(request.addresses, request.seed),
    };
    if let Some(folder) = &request.write {
        arrays.write(folder)?;
    }
    if request.chain > 0 {
        return cluster_chain(&arrays, &request);
    }
    let inputs = arrays.inputs()?;
    let loaded = start.elapsed().as_secs_f64();
    println!(
        "input: {} transactions, {} inputs, {loaded:.2} s; {}",
        inputs.len(),
        inputs.addresses().len(),
        memory()
    );
    let mut times = Vec::new();
    for run in 1..=request.times.max(1) {
        let (start, before) = (Instant::now(), on_processor());
        let (forest, told) = clustered(&request, &inputs)?;
        let (took, busy) = (start.elapsed().as_secs_f64(), on_processor() - before);
        times.push((took, busy));
        println!("clustered: {took:.3} s, {busy:.3} s on the processor, {told}");
        if run == 1 {
            println!("from the file to the clusters: {:.3} s; {}", loaded + took, memory());
            tell(&forest);
        }
    }
    let median = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let took = median(times.iter().map(|(took, _)| *took).collect());
    let busy = median(times.iter().map(|(_, busy)| *busy).collect());
    println!("median: {took:.3} s, {busy:.3} s on the processor");
    Ok(())
}
