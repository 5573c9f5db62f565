//! The arguments of the commands that measure the engine: `evaluate`, `generate`, `selftest`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Measure how well names are found, on the lists in force.
#[derive(Debug, Args)]
#[command(after_help = EVALUATE_HELP)]
pub(crate) struct Evaluate {
    /// Cases: CSV or JSON lines with `name` and `expected_id`, as `interdict generate` writes them; may be given several
    /// times [default: generated]
    #[arg(long, value_name = "FILE")]
    pub cases: Vec<PathBuf>,
    /// Names that nobody should be alerted on: CSV or JSON lines with `name` or `full_name`
    #[arg(long, value_name = "FILE")]
    pub benign: Option<PathBuf>,
    /// Use only the first so many benign names
    #[arg(long, value_name = "N")]
    pub benign_limit: Option<usize>,
    /// More hard negatives: CSV or JSON lines with `name`
    #[arg(long, value_name = "FILE")]
    pub hard: Option<PathBuf>,
    /// Labelled pairs: CSV or JSON lines with `name1`, `name2` and `is_match`
    #[arg(long, value_name = "FILE")]
    pub pairs: Option<PathBuf>,
    /// Use birth dates and countries besides the names
    #[arg(long)]
    pub details: bool,
    /// Screen against this list only; may be given several times
    #[arg(long, value_name = "LIST")]
    pub list: Vec<String>,
    /// The threshold to report besides those at given alert rates [default: 0.7, or as configured]
    #[arg(long)]
    pub threshold: Option<f64>,
    /// Seed of the cases that are generated
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Generated cases of each class and severity
    #[arg(long, default_value_t = 100, value_name = "N")]
    pub per_class: usize,
    /// Generated hard negatives
    #[arg(long, default_value_t = 2_000, value_name = "N")]
    pub hard_negatives: usize,
    /// Write the report as one HTML page, with curves
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Write the cases that are not found at 1 % alerts on benign names as CSV, with what was found instead
    #[arg(long, value_name = "FILE")]
    pub misses: Option<PathBuf>,
    /// Write how many times likelier each score is for the listed party than for somebody else, fitted to this run; needs
    /// --benign
    #[arg(long, value_name = "FILE")]
    pub fit_odds: Option<PathBuf>,
    /// Print so many of the worst errors in labelled pairs
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub errors: usize,
}

const EVALUATE_HELP: &str = "\
Without --cases, names of the lists in force are manipulated in 37 ways and screened.
With --benign, recall is told at 0.1, 0.5, 1, 2 and 5 % alerts on these names.
docs/evaluate.md defines every number.

Examples:
  interdict evaluate --benign customers.csv --html report.html
  interdict evaluate --cases cases.csv --benign customers.csv --details --json
  interdict evaluate --pairs pairs.csv --errors 20";

/// Write manipulated names of the lists in force, as cases for `interdict evaluate` or for another engine.
#[derive(Debug, Args)]
#[command(after_help = GENERATE_HELP)]
pub(crate) struct Generate {
    /// Where chance starts: the same seed and lists give the same cases
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Cases of each class and severity
    #[arg(long, default_value_t = 100, value_name = "N")]
    pub per_class: usize,
    /// How much is done to the names
    #[arg(long, value_enum, default_value_t = SeverityArg::All)]
    pub severity: SeverityArg,
    /// Names that are like a listed one and are none
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub hard_negatives: usize,
    /// Write birth dates and countries too
    #[arg(long)]
    pub with_dates: bool,
    /// Draw names from this list only; may be given several times
    #[arg(long, value_name = "LIST")]
    pub list: Vec<String>,
}

const GENERATE_HELP: &str = "\
The cases are a CSV on standard output: case_id, class, severity, schema, name,
birth_date, country, expected_id, expected_list, label (1: the party, 0: not),
source_name. docs/evaluate.md describes the classes.

Examples:
  interdict generate > cases.csv
  interdict generate --severity light --per-class 500 --list un > light.csv
  interdict generate --hard-negatives 2000 --with-dates --seed 7 > cases.csv";

/// Which severities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SeverityArg {
    /// A slip.
    Light,
    /// A careless clerk.
    Medium,
    /// Somebody who does not want to be found.
    Heavy,
    /// All three.
    All,
}

/// Screen every name of every list in force as it stands.
#[derive(Debug, Args)]
#[command(after_help = SELFTEST_HELP)]
pub(crate) struct Selftest {
    /// Screen only so many names, evenly spread
    #[arg(long, value_name = "N")]
    pub sample: Option<usize>,
    /// Then screen so many manipulated names twice, through the index and by looking at every listed name, and compare
    /// (about a second each on lists of 15,000 parties)
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub exhaustive: Option<usize>,
    /// Seed of the manipulated names
    #[arg(long, default_value_t = 1, value_name = "N", requires = "exhaustive")]
    pub seed: u64,
}

const SELFTEST_HELP: &str = "\
Each primary name and strong alias must be a hit on its own party at the configured
threshold. Weak aliases and former names are screened and told too, but decide
nothing.

With --exhaustive it also shows that the search loses nothing: both ways of
screening must give the same hits with the same scores, at four thresholds from
0.30 on, with names alone and with birth dates and countries.

Exit codes: 0 all found, 4 at least one name was not, or the two ways differ.

Examples:
  interdict selftest
  interdict selftest --sample 5000 --json
  interdict selftest --exhaustive 500";

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|n| *n > 0).ok_or_else(|| "a whole number from 1 on".to_owned())
}
