//! The commands about who owns or controls whom.

use std::path::PathBuf;

use clap::builder::RangedU64ValueParser;
use clap::{Args, Subcommand, ValueEnum};

use interdict_network::excerpt::PARTIES_MAX;
use interdict_network::policy::Regime;

/// Who owns or controls whom, and is it blocked because of that?
#[derive(Debug, Subcommand)]
#[command(after_help = NETWORK_HELP)]
pub(crate) enum Network {
    /// Show who is blocked by ownership or control, without being on a list
    Blocked(Blocked),
    /// Show why one party is blocked, or is not, step by step
    Explain(Explain),
    /// Write the network, or the part around some parties, as JSON, GraphML or a picture
    Export(Export),
    /// Keep files of holdings, so that every screening knows of them
    Import(Import),
    /// Show which files of holdings are kept
    Status,
    /// Keep a file of holdings no more
    Remove {
        /// Its name, as `network status` shows it
        name: String,
    },
}

/// Which network is asked, and how.
#[derive(Debug, Clone, Args)]
pub(crate) struct Question {
    /// Files of holdings: CSV (owner, asset, percent), FollowTheMoney or Beneficial Ownership Data Standard [default: the files kept by `network import`]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Ask about one set of rules; may be given several times [default: all]
    #[arg(long, value_name = "REGIME")]
    pub regime: Vec<RegimeArg>,
    /// On this day (YYYY-MM-DD) [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// A party, by its id, that is designated whatever the lists say; may be given several times
    #[arg(long, value_name = "ID")]
    pub designated: Vec<String>,
    /// Count every party of this list as designated, whosever list it is; may be given several times
    #[arg(long, value_name = "LIST")]
    pub designated_by: Vec<String>,
    /// Compare no names: designated are parties with the id of a listed one, and those given
    #[arg(long)]
    pub ids_only: bool,
}

impl Question {
    /// The regimes that are asked about.
    pub fn regimes(&self) -> Vec<Regime> {
        let asked =
            |regime: &Regime| self.regime.is_empty() || self.regime.iter().any(|arg| arg.regime() == *regime);
        Regime::ALL.into_iter().filter(asked).collect()
    }
}

/// Whose rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RegimeArg {
    /// United States: 50 percent or more, all blocked holders together
    Ofac,
    /// European Union: 50 percent or more, all listed holders together, or control
    Eu,
    /// United Kingdom: more than 50 percent, each designated person alone, or control
    Uk,
}

impl RegimeArg {
    fn regime(self) -> Regime {
        match self {
            Self::Ofac => Regime::Ofac,
            Self::Eu => Regime::Eu,
            Self::Uk => Regime::Uk,
        }
    }
}

/// Show who is blocked by ownership or control.
#[derive(Debug, Args)]
#[command(after_help = BLOCKED_HELP)]
pub(crate) struct Blocked {
    #[command(flatten)]
    pub question: Question,
    /// Show those, too, of whom the sources leave it open
    #[arg(long)]
    pub undetermined: bool,
}

/// Show why one party is blocked, or is not.
#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_HELP)]
pub(crate) struct Explain {
    /// The party: its id, or its name where only one has it
    pub party: String,
    #[command(flatten)]
    pub question: Question,
}

/// Write the network.
#[derive(Debug, Args)]
#[command(
    after_help = EXPORT_HELP,
    mut_arg("regime", |regime| regime.help("Under which set of rules the parties stand; one").default_value("ofac"))
)]
pub(crate) struct Export {
    #[command(flatten)]
    pub question: Question,
    /// In which form
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// Only the part around this party (id or name); may be given several times
    #[arg(long, value_name = "PARTY")]
    pub around: Vec<String>,
    /// How many steps from the parties of --around, up to holders and down to what they hold
    #[arg(long, default_value_t = 3, value_name = "N", requires = "around")]
    pub steps: u32,
    /// Most parties, 1 to 500; those that matter more come first. For a picture, and with --around for JSON and GraphML, too; without it these have all [default: 150]
    #[arg(long, value_name = "N", value_parser = most())]
    pub most: Option<usize>,
    /// The file to write: a new one or a regular file, which is replaced as a whole [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How many parties can be asked for.
fn most() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..=PARTIES_MAX as u64)
}

/// The forms of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// Parties, interests and sources as JSON
    Json,
    /// A graph for Gephi, yEd or networkx
    Graphml,
    /// A picture: the tree of ownership
    Svg,
}

/// Keep files of holdings.
#[derive(Debug, Args)]
#[command(after_help = IMPORT_HELP)]
pub(crate) struct Import {
    /// CSV (owner, asset, percent), FollowTheMoney or Beneficial Ownership Data Standard
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// A name for the file, under which a newer one takes its place [default: the name of the file]
    #[arg(long)]
    pub name: Option<String>,
}

const NETWORK_HELP: &str = "\
A company that nobody listed can be blocked because of who stands behind it. The rules,
the forms of the files and the JSON are told in docs/network.md.

Examples:
  interdict network blocked holdings.csv
  interdict network explain \"Example Trading Ltd\" holdings.csv
  interdict network import register.jsonl         every screening knows of it from now on";

const BLOCKED_HELP: &str = "\
Designated are the parties of the lists in force under the rules asked about: those with
the same id, and - not surely - those whose name and particulars are a hit. What rests on
a hit is undetermined until --designated says that it is right.

Exit codes: 0 nobody is blocked, 2 usage or input, 3 somebody is blocked by ownership or
control, 4 nobody surely, and somebody perhaps.

Examples:
  interdict network blocked holdings.csv
  interdict network blocked holdings.csv --regime uk --as-of 2024-02-24
  interdict network blocked holdings.csv --designated reg-17 --json";

const EXPLAIN_HELP: &str = "\
Told are the standing under each set of rules, the share that blocked parties hold
together, the proof step by step with its sources, what does not block and still
matters, and how the party stood before.

Exit codes: 0 not blocked, 2 usage or input, 3 designated or blocked under rules that
were asked about, 4 perhaps.

Examples:
  interdict network explain gb-12345678 register.jsonl
  interdict network explain \"Chinyong Information Technology Cooperation Company\"";

const EXPORT_HELP: &str = "\
Without a file of holdings and without kept ones, the network is that of the lists in
force: what they say of owners, directors, agents and links.

Examples:
  interdict network export --format svg --around ofac-43337 -o command.svg
  interdict network export holdings.csv --format graphml > holdings.graphml";

const IMPORT_HELP: &str = "\
The file is read whole before it is kept. From then on `interdict screen` also finds the
parties that are blocked by what the file says, as hits by ownership.

Example: interdict network import register.jsonl --name register";
