//! How fast are block files read into segments? Writes a folder of block files of a made-up chain and imports it.
//!
//! `cargo run --release -p interdict-ledger --example blocks_speed -- FOLDER BLOCKS TRANSACTIONS`; a folder that is there is used as it is.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that cannot go on ends, and prints what it found"
)]

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use interdict_core::digest::Digest;
use interdict_core::random::Random;
use interdict_ledger::outputs::names::{Names, NamesWriter};
use interdict_ledger::outputs::segment::{Segment, SegmentWriter};
use interdict_ledger::outputs::store::growing::SEGMENT_TXS;
use interdict_ledger::outputs::store::{Keep, KeepError, Part, PartRecord, Parts};
use interdict_ledger::sources::bitcoin_blocks::import;
use sha2::{Digest as _, Sha256};

const FILE_BYTES: u64 = 128 << 20;

fn sha256d(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(Sha256::digest(bytes)).into()
}

struct Maker {
    random: Random,
    unspent: VecDeque<([u8; 32], u32)>,
    holders: u32,
}

impl Maker {
    /// Two inputs with signatures, two outputs: 370 bytes, as the usual transaction of the years before 2017.
    fn transaction(&mut self, inputs: &[([u8; 32], u32)], height: u32) -> Vec<u8> {
        let mut bytes = vec![1, 0, 0, 0, u8::try_from(inputs.len()).unwrap()];
        for (spent, place) in inputs {
            bytes.extend(spent);
            bytes.extend(place.to_le_bytes());
            bytes.push(107);
            bytes.extend(height.to_le_bytes());
            bytes.extend([0x30; 103]);
            bytes.extend([0xff; 4]);
        }
        bytes.push(2);
        for _ in 0..2 {
            bytes.extend(1_000_u64.to_le_bytes());
            bytes.extend([25, 0x76, 0xa9, 20]);
            // Two of five outputs go to somebody new.
            let is_new = self.random.percent(40);
            let holder = if is_new { self.holders } else { self.random.below_u32(self.holders.max(1)) };
            self.holders += u32::from(is_new);
            bytes.extend(Sha256::digest(holder.to_le_bytes()).iter().take(20));
            bytes.extend([0x88, 0xac]);
        }
        bytes.extend([0; 4]);
        let id = sha256d(&bytes);
        self.unspent.push_back((id, 0));
        self.unspent.push_back((id, 1));
        bytes
    }

    fn spent(&mut self) -> ([u8; 32], u32) {
        // Most coins are spent soon, some late.
        let far = if self.random.percent(70) { 20_000 } else { self.unspent.len() };
        let back = self.random.below(far.min(self.unspent.len()));
        let place = self.unspent.len() - 1 - back;
        self.unspent.swap_remove_back(place).unwrap()
    }
}

fn write_blocks(folder: &Path, blocks: u32, transactions: u32) {
    fs::create_dir_all(folder).unwrap();
    let mut maker = Maker { random: Random::new(1, "blocks"), unspent: VecDeque::new(), holders: 0 };
    let (mut tip, mut number, mut length) = ([0_u8; 32], 0, u64::MAX);
    let mut file: Option<BufWriter<File>> = None;
    for height in 0..blocks {
        let mut ids = Vec::new();
        let mut body = vec![0xfd];
        body.extend(u16::try_from(transactions + 1).unwrap().to_le_bytes());
        for place in 0..=transactions {
            let inputs = match place {
                0 => vec![([0; 32], u32::MAX)],
                _ if maker.unspent.len() < 5_000 => vec![maker.spent()],
                _ => vec![maker.spent(), maker.spent()],
            };
            let tx = maker.transaction(&inputs, height);
            ids.push(sha256d(&tx));
            body.extend(tx);
        }
        while ids.len() > 1 {
            ids = ids.chunks(2).map(|pair| sha256d(&[pair[0], *pair.last().unwrap()].concat())).collect();
        }
        let mut head =
            [&[2, 0, 0, 0], &tip[..], &ids[0], &height.to_le_bytes(), &0x207f_ffff_u32.to_le_bytes()]
                .concat();
        head.extend([0; 4]);
        while sha256d(&head)[31] > 0x7e {
            head[76] += 1;
        }
        tip = sha256d(&head);
        if length > FILE_BYTES {
            file = Some(BufWriter::new(File::create(folder.join(format!("blk{number:05}.dat"))).unwrap()));
            (number, length) = (number + 1, 0);
        }
        let size = u32::try_from(head.len() + body.len()).unwrap();
        let record = [&[0xfa, 0xbf, 0xb5, 0xda], &size.to_le_bytes()[..], &head, &body].concat();
        length += record.len() as u64;
        file.as_mut().unwrap().write_all(&record).unwrap();
    }
}

/// Keeps files in a folder.
struct Folder(PathBuf);

impl Keep for Folder {
    fn keep(&mut self, segment: SegmentWriter, names: NamesWriter) -> Result<Part, KeepError> {
        let start = Instant::now();
        let path = |name: &str| self.0.join(format!("{}.{name}", start.elapsed().as_nanos()));
        let (segment_path, names_path) = (path("segment"), path("names"));
        let written = segment.finish(&mut BufWriter::new(File::create(&segment_path)?))?;
        let (digest, _) = names.finish(&mut BufWriter::new(File::create(&names_path)?))?;
        let segment = Segment::open(&segment_path).expect("a segment");
        let names = Names::open(&names_path).expect("names");
        let digests = [Digest::from_bytes(written.digest), Digest::from_bytes(digest)];
        let record = PartRecord::of(&segment, &names, digests);
        println!("kept {} transactions in {:.1?}", record.txs, start.elapsed());
        Ok(Part { record, segment, names })
    }
}

fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default().to_owned()
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let folder = PathBuf::from(arguments.get(1).expect("a folder"));
    let number = |place: usize| arguments.get(place).expect("a number").parse().expect("a number");
    if !folder.exists() {
        write_blocks(&folder, number(2), number(3));
    }
    let segment_txs = arguments.get(4).map_or(SEGMENT_TXS, |text| text.parse().expect("a number"));
    let out = tempfile::tempdir_in(folder.parent().unwrap()).unwrap();
    let start = Instant::now();
    let mut keeper = Folder(out.path().to_owned());
    let (parts, report) =
        import(&folder, None, Parts::default(), &mut keeper, segment_txs, &mut |_, _| ()).expect("an import");
    let seconds = start.elapsed().as_secs_f64();
    println!("{:?}", report.growth);
    println!(
        "{} bytes in {seconds:.1} s: {:.0} MB/s; {}",
        report.bytes,
        report.bytes as f64 / 1e6 / seconds,
        memory()
    );
    for record in parts.records() {
        println!(
            "segment {:.2}, names {:.2} bytes per transaction",
            record.segment_bytes as f64 / record.txs as f64,
            record.names_bytes as f64 / record.txs as f64
        );
    }
}
