//! How fast is screening, and how much memory does it take, as lists grow and as names get longer?
//!
//!     cargo run --release -p interdict-match --example scale -- [OPTION VALUE]... SIZE...
//!
//! makes a list of SIZE parties for each size, builds its index, opens it by memory map in a process of its own, and screens
//! names on one core. The parties and names are the same in every run.
//!
//! | option | |
//! |---|---|
//! | `--names FOLDER` | with `first_names.txt` and `last_names.txt`; without it `names` in the folder that `INTERDICT_DATA` names, or in `../shared/data`; without these names of the matcher's own tables |
//! | `--benign CSV` | names of other people, in the first column |
//! | `--tsv FILE` | the figures as a table for machines |
//! | `--draw TSV` | measures nothing, but draws the figures of such a table into the file of `--svg` |

use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use figures::Figures;
use parties::Source;

mod figures;
mod parties;
mod picture;
mod speed;

/// What went wrong.
pub type Failure = Box<dyn Error>;

const SIZES: [usize; 4] = [20_000, 200_000, 1_000_000, 4_000_000];

fn main() -> Result<(), Failure> {
    let args = Args::parse()?;
    if let (Some(tsv), Some(svg)) = (&args.draw, &args.svg) {
        return Ok(std::fs::write(svg, picture::draw(&Figures::read(&std::fs::read_to_string(tsv)?)?))?);
    }
    let source = Source { folder: args.names.clone() };
    match &args.step {
        Some((step, file)) if step == "--build" => {
            speed::build_index(&source, args.sizes.first().copied().unwrap_or_default(), file)
        }
        Some((_, file)) => speed::measure(&source, args.benign.as_deref(), file),
        None => compare_sizes(&args, &source),
    }
}

#[derive(Default)]
struct Args {
    names: Option<PathBuf>,
    benign: Option<PathBuf>,
    tsv: Option<PathBuf>,
    draw: Option<PathBuf>,
    svg: Option<PathBuf>,
    /// What a child process does, and with which index file.
    step: Option<(String, PathBuf)>,
    sizes: Vec<usize>,
}

impl Args {
    fn parse() -> Result<Self, Failure> {
        let mut args = Self::default();
        let mut given = std::env::args().skip(1);
        while let Some(arg) = given.next() {
            let mut value = || given.next().map(PathBuf::from).ok_or(format!("{arg} needs a value"));
            match arg.as_str() {
                "--names" => args.names = Some(value()?),
                "--benign" => args.benign = Some(value()?),
                "--tsv" => args.tsv = Some(value()?),
                "--draw" => args.draw = Some(value()?),
                "--svg" => args.svg = Some(value()?),
                "--build" | "--measure" => args.step = Some((arg.clone(), value()?)),
                size => args.sizes.push(size.parse().map_err(|_| format!("{size} is no number of parties"))?),
            }
        }
        if args.names.is_none() {
            let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
            let folder = std::env::var_os("INTERDICT_DATA").map_or(beside, PathBuf::from).join("names");
            args.names = folder.is_dir().then_some(folder);
        }
        if args.sizes.is_empty() {
            args.sizes = SIZES.to_vec();
        }
        Ok(args)
    }
}

fn compare_sizes(args: &Args, source: &Source) -> Result<(), Failure> {
    print(&format!("Parties and names are made of {}.", source.name()));
    let file = std::env::temp_dir().join(format!("scale-{}.idx", std::process::id()));
    let mut all = Vec::new();
    for &size in &args.sizes {
        let mut figures = Figures::of(size);
        for step in ["--build", "--measure"] {
            let mut child = Command::new(std::env::current_exe()?);
            child.arg(step).arg(&file);
            for (option, path) in [("--names", &args.names), ("--benign", &args.benign)] {
                child.args(path.iter().flat_map(|path| [option.as_ref(), path.as_os_str()]));
            }
            let output = child.arg(size.to_string()).output()?;
            if !output.status.success() {
                return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
            }
            figures.take(&String::from_utf8(output.stdout)?)?;
        }
        print(&figures.text());
        all.push(figures);
    }
    std::fs::remove_file(&file)?;
    if let Some(tsv) = &args.tsv {
        std::fs::write(tsv, Figures::table(&all))?;
    }
    Ok(())
}

/// A line of the answer.
pub fn print(line: &str) {
    // Who reads no further needs no more.
    let _ = writeln!(std::io::stdout(), "{line}");
}
