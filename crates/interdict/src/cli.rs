//! The command line: which commands and options there are, and how `--help` teaches them.

mod changes;
mod clusters;
mod fetch;
mod lists;
mod measure;
mod network;
mod rescreen;
mod trace;
mod wallet;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

pub(crate) use changes::{Changes, Diff};
pub(crate) use clusters::{DecideArg, DecidePair, Same};
pub(crate) use fetch::Fetch;
pub(crate) use lists::{At, Import, Lists, Prune, Release, Remove, Report, Status, Use};
pub(crate) use measure::{Evaluate, Generate, Selftest, SeverityArg};
pub(crate) use network::{
    Blocked, Explain, Export, ExportFormat, Import as NetworkImport, Network, Question as NetworkQuestion,
};
pub(crate) use rescreen::{Rescreen, RescreenUpdate};
pub(crate) use trace::{
    Chain, ChainExport, ChainImport, Cluster, Exposure, LedgerArgs, StopAt, Trace, TraceFormat,
};
pub(crate) use wallet::{ClassArg, TagsExport, TagsImport, Wallet, WalletCheck, WalletScan, WalletTags};

/// Recognize sanctioned parties, with evidence that can be replayed.
#[derive(Debug, Parser)]
#[command(name = "interdict", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  interdict screen \"Kim Sang-man\"                 screen one name
  interdict lists fetch                           fetch the official lists and import them
  interdict lists import sdn/                     import the OFAC files in a folder
  interdict screen --file customers.csv --json    screen a file, one JSON line per row

Without imported lists the embedded starter list (North Korea's cyber program) is used.

Exit codes: 0 clear, 1 a bug, 2 usage or input, 3 hits, 4 not screened.";

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Global {
    /// Folder of the archive, the index and the configuration [default: the platform's data folder]
    #[arg(
        long,
        global = true,
        env = "INTERDICT_HOME",
        hide_env_values = true,
        value_name = "FOLDER",
        help_heading = "Global options"
    )]
    pub home: Option<PathBuf>,
    /// Configuration file [default: config.toml in the home folder]
    #[arg(
        long,
        global = true,
        env = "INTERDICT_CONFIG",
        hide_env_values = true,
        value_name = "FILE",
        help_heading = "Global options"
    )]
    pub config: Option<PathBuf>,
    /// Print JSON for machines instead of text for people
    #[arg(long, global = true, help_heading = "Global options")]
    pub json: bool,
}

/// In which form answers are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    /// For people.
    Text,
    /// For machines.
    Json,
}

impl Global {
    /// In which form answers were asked for.
    pub fn output(&self) -> Output {
        if self.json { Output::Json } else { Output::Text }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Screen a name or a file of customers
    Screen(Box<Screen>),
    /// Fetch or import lists, see what is or was in force and what changed, look at one party
    #[command(subcommand)]
    Lists(Lists),
    /// Keep customers, and screen them again after the lists changed: only those whom the change can touch
    #[command(subcommand)]
    Rescreen(Rescreen),
    /// Who owns or controls whom, and who is blocked because of that without being on a list
    #[command(subcommand)]
    Network(Box<Network>),
    /// Whose is a wallet address, and is it listed, warned of, frozen or attributed
    #[command(subcommand)]
    Wallet(Box<Wallet>),
    /// Say why a name is no hit for a party, or which parties came nearest
    WhyNot(Box<WhyNot>),
    /// Measure how well names are found, on the lists in force
    Evaluate(Box<Evaluate>),
    /// Write manipulated names of the lists in force, to test this engine or another
    Generate(Generate),
    /// Screen every name of every list in force as it stands
    Selftest(Selftest),
    /// Print completions for a shell
    #[command(after_help = "Example: interdict completions bash > /etc/bash_completion.d/interdict")]
    Completions {
        /// Which shell.
        shell: Shell,
    },
    /// Print a manual page
    #[command(
        after_help = "Examples:\n  interdict man > interdict.1 && man ./interdict.1\n  interdict man lists import > interdict-lists-import.1"
    )]
    Man {
        /// The page of this command [default: the page of the whole program]
        command: Vec<String>,
    },
}

/// Say why a name is no hit for a party, or which parties came nearest.
#[derive(Debug, Args)]
#[command(after_help = WHY_NOT_HELP)]
pub(crate) struct WhyNot {
    /// The name that was screened
    pub name: String,
    /// The id of the party, as `lists show` has it; without it the parties nearest below the threshold are shown
    pub entity: Option<String>,
    /// Kind of party: Person, Company, Organization, Vessel, Airplane … (a FollowTheMoney schema)
    #[arg(long)]
    pub schema: Option<String>,
    /// Birth date, or date of foundation: 1965-04-25, 1965-04 or 1965; may be given several times
    #[arg(long, value_name = "DATE")]
    pub birth_date: Vec<String>,
    /// Country by code or name; may be given several times
    #[arg(long)]
    pub country: Vec<String>,
    /// Lowest score that makes a hit, above 0 and at most 1 [default: 0.7, or as configured]
    #[arg(long)]
    pub threshold: Option<f64>,
    /// Most parties below the threshold to show
    #[arg(long, default_value_t = 3)]
    pub limit: usize,
}

const WHY_NOT_HELP: &str = "\
Every part of the score is shown with what it added or took away, and what kept the
score below the threshold comes first.

Examples:
  interdict why-not \"Kim Jong Un\" ofac-43377
  interdict why-not \"Kim Yong Nam\"

Exit codes: 0 explained, 2 usage or input, 3 it is a hit, 4 the name cannot be compared.";

/// Screen a name or a file of customers.
#[derive(Debug, Args)]
#[command(after_help = SCREEN_HELP)]
pub(crate) struct Screen {
    /// The name to screen
    #[arg(required_unless_present_any = ["file", "identifier"], conflicts_with = "file")]
    pub name: Option<String>,
    /// Screen a file: CSV with a header, or JSON lines; - reads standard input
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Kind of party: Person, Company, Organization, Vessel, Airplane … (a FollowTheMoney schema)
    #[arg(long, conflicts_with = "file")]
    pub schema: Option<String>,
    /// Birth date, or date of foundation: 1965-04-25, 1965-04 or 1965; may be given several times
    #[arg(long, value_name = "DATE", conflicts_with = "file")]
    pub birth_date: Vec<String>,
    /// Country by code or name; may be given several times
    #[arg(long, conflicts_with = "file")]
    pub country: Vec<String>,
    /// Passport, tax number, LEI, IMO number, wallet address …; may be given several times
    #[arg(long, value_name = "VALUE", conflicts_with = "file")]
    pub identifier: Vec<String>,
    /// Another name of the same party; may be given several times
    #[arg(long, value_name = "NAME", conflicts_with = "file")]
    pub alias: Vec<String>,
    /// Postal address; may be given several times
    #[arg(long, conflicts_with = "file")]
    pub address: Vec<String>,
    /// Lowest score that makes a hit, above 0 and at most 1 [default: 0.7, or as configured]
    #[arg(long)]
    pub threshold: Option<f64>,
    /// Most hits to give, best first [default: 10, or as configured]
    #[arg(long)]
    pub limit: Option<usize>,
    /// Screen against this list only; may be given several times
    #[arg(long, value_name = "LIST")]
    pub list: Vec<String>,
    /// Screen against the versions that the authorities had published by this day, from the archive
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Print the whole tree of reasons for each hit, for people
    #[arg(long)]
    pub explain: bool,
}

const SCREEN_HELP: &str = "\
A CSV file needs a header with the column `name`, and may have `id`, `schema`,
`birth_date`, `country`, `identifier`, `address` and `alias`; `|` separates several
values in one field. JSON lines have the same keys. The answers are one JSON line
per row, in input order, with --json or when the output is no terminal.

Exit codes: 0 clear, 2 usage or input, 3 hits, 4 not screened (no hit, and at least
one subject that could not be screened).

Examples:
  interdict screen \"Kim Sang-man\"
  interdict screen 김상만 --birth-date 1965-04-25 --country kp --explain
  interdict screen \"Chinyong IT Cooperation\" --schema Company --json
  interdict screen --identifier 1D6gG9iKEhPitTcWRJiniuj1jYM2hNeAfJ
  interdict screen --file customers.csv > answers.jsonl
  interdict screen \"Kim Sang-man\" --as-of 2023-05-22";

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
