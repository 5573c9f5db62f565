//! The commands that follow money: chains that are kept, traces, exposure, clusters.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use interdict_ledger::strategy::Strategy;

/// Where a ledger is, and how its files are read.
#[derive(Debug, Clone, Args)]
pub(crate) struct LedgerArgs {
    /// A kept chain by its name, or files and folders: weighted edge lists, ethereum-etl tables, Parquet; may be given several times
    #[arg(long = "ledger", short = 'l', value_name = "NAME|PATH", required = true)]
    pub places: Vec<PathBuf>,
    /// The asset to follow, where the ledger has several: a symbol or the address of a token [default: the only one, or the native one]
    #[arg(long, value_name = "ASSET")]
    pub asset: Option<String>,
    /// What the native asset of ethereum-etl tables is called
    #[arg(long, value_name = "SYMBOL", default_value = "ETH")]
    pub native: String,
    /// Which column of an edge list is the value, where several may be
    #[arg(long, value_name = "COLUMN")]
    pub value_column: Option<String>,
    /// Decimals of the values of an edge list [default: none where all are whole, else 18]
    #[arg(long, value_name = "N")]
    pub decimals: Option<u8>,
}

/// Where tracing stops.
#[derive(Debug, Clone, Args)]
pub(crate) struct StopArgs {
    /// At which known addresses tracing stops
    #[arg(long, value_enum, default_value_t = StopAt::Services, value_name = "WHICH")]
    pub stop_at: StopAt,
    /// A file of further addresses to stop at, one a line: ADDRESS or ADDRESS,NAME or ADDRESS,NAME,CATEGORY
    #[arg(long, value_name = "FILE")]
    pub stops: Option<PathBuf>,
}

/// Which known addresses stop a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum StopAt {
    /// Exchanges, mixers, bridges and other services among the kept tags
    Services,
    /// Every address that a list, a kept tag or the ledger itself names
    Labelled,
    /// Only those of --stops
    Nowhere,
}

/// Follow value from where it was stolen to where it is now.
#[derive(Debug, Args)]
#[command(after_help = TRACE_HELP)]
pub(crate) struct Trace {
    /// Where it begins: addresses, transactions, or single outputs and transfers as TXID:N
    #[arg(value_name = "SEED", required_unless_present = "seeds")]
    pub from: Vec<String>,
    /// A file of seeds, one a line; - reads standard input
    #[arg(long, value_name = "FILE")]
    pub seeds: Option<PathBuf>,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerArgs,
    /// By which rule: poison, haircut, fifo, lifo, tiho; may be given several times
    #[arg(long, short, value_name = "RULE", default_value = "fifo")]
    pub strategy: Vec<Strategy>,
    /// Follow back to where value came from
    #[arg(long)]
    pub backward: bool,
    /// The stops.
    #[command(flatten)]
    pub stop: StopArgs,
    /// Seeds that are addresses begin on this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Seeds that are addresses end with this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Do not follow amounts below this many whole units (satoshi, wei); they are told as dust
    #[arg(long, value_name = "UNITS", default_value_t = 0)]
    pub dust: u64,
    /// A file of addresses where value is said to have ended: says of each whether it is reached, and with how much by each rule
    #[arg(long, value_name = "FILE")]
    pub terminals: Option<PathBuf>,
    /// In which form the answer is written [default: by the ending of --output, else table; json with --json]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<TraceFormat>,
    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How many rows a table shows
    #[arg(long, value_name = "N", default_value_t = 25)]
    pub most: usize,
}

/// How a trace is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TraceFormat {
    /// For people
    Table,
    /// Everything, with a record by which it can be run again
    Json,
    /// Where value ended, a row each
    Csv,
    /// How value moved between addresses, a row each
    FlowsCsv,
    /// The movements as a graph, for networkx, yEd, Gephi
    Graphml,
    /// The movements as a picture
    Svg,
}

const TRACE_HELP: &str = "\
Value is followed exactly, in whole units. fifo (first in, first out; Clayton's case) is the
rule of courts and the default; haircut shares proportionally, lifo and tiho are
alternatives, poison shows what can be reached. On every run but poison's the sum comes
out: seed = unspent + fees + stopped + superseded + dust. Leads (peel chains, CoinJoins,
bridges) are hints and never taint.

Edge lists need columns from, to and value (and time, transaction, asset, labels, if they
are there); order is that of time. What an address spends beyond what the ledger saw come
in is taken as clean and told.

Exit codes: 0 traced, 2 usage or input (a seed that is not in the ledger, too).

Examples:
  interdict wallet trace 0x8b3cb6bf982798fba233bca56749e22eec42dcf3 --ledger transfers.csv
  interdict wallet trace 1Thief… --ledger bitcoin --strategy fifo --strategy haircut
  interdict wallet trace TXID:0 --ledger bitcoin --format svg --output flow.svg
  interdict wallet trace --seeds victims.txt --ledger edges.csv --terminals ends.txt";

/// With whom an address deals.
#[derive(Debug, Args)]
#[command(after_help = EXPOSURE_HELP)]
pub(crate) struct Exposure {
    /// The address, in any spelling
    #[arg(value_name = "ADDRESS")]
    pub address: String,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerArgs,
    /// By which rule
    #[arg(long, short, value_name = "RULE", default_value = "haircut")]
    pub strategy: Strategy,
    /// A file of further labels, one a line: ADDRESS,NAME or ADDRESS,NAME,CATEGORY
    #[arg(long, value_name = "FILE")]
    pub labels: Option<PathBuf>,
    /// Do not follow amounts below this many whole units
    #[arg(long, value_name = "UNITS", default_value_t = 0)]
    pub dust: u64,
    /// How many rows a table shows
    #[arg(long, value_name = "N", default_value_t = 25)]
    pub most: usize,
}

const EXPOSURE_HELP: &str = "\
Where the value of an address went, and where it came from, up to the first address that a
list, a kept tag or the ledger itself names. Direct is one step away, indirect through
addresses that nobody names.

Exit codes: 0 told, 2 usage or input.

Examples:
  interdict wallet exposure 0x8b3cb6bf982798fba233bca56749e22eec42dcf3 --ledger transfers.csv
  interdict wallet exposure 1Shop… --ledger bitcoin --labels ours.csv --json";

/// Which addresses are one owner's.
#[derive(Debug, Args)]
#[command(after_help = CLUSTER_HELP)]
pub(crate) struct Cluster {
    /// Addresses whose clusters are wanted [default: the largest clusters]
    #[arg(value_name = "ADDRESS")]
    pub addresses: Vec<String>,
    /// A kept chain of outputs
    #[arg(long = "ledger", short = 'l', value_name = "NAME")]
    pub place: PathBuf,
    /// Say by which transactions two addresses are in one cluster
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    pub why: Vec<String>,
    /// Leave no CoinJoin out and refuse nothing
    #[arg(long)]
    pub unguarded: bool,
    /// How many clusters, and addresses of each, are shown
    #[arg(long, value_name = "N", default_value_t = 25)]
    pub most: usize,
    /// Write every address of a cluster of two or more with its cluster as CSV to this file
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

const CLUSTER_HELP: &str = "\
Addresses that are spent from together are taken for one owner's. Transactions that look
like CoinJoins join nothing, and neither does one that would join two large clusters or two
parties with different names; what was left out and refused is counted. A cluster is a
lead, and no proof of who owns it.

Exit codes: 0 told, 2 usage or input.

Examples:
  interdict wallet cluster 1Shop… --ledger bitcoin
  interdict wallet cluster --why 1Shop… 1Other… --ledger bitcoin
  interdict wallet cluster --ledger bitcoin --output clusters.csv";

/// Chains that are kept.
#[derive(Debug, Subcommand)]
pub(crate) enum Chain {
    /// Keep a chain: Bitcoin block files, Parquet, ethereum-etl tables, edge lists
    Import(ChainImport),
    /// Write a kept chain as Parquet tables, which can be imported again
    Export(ChainExport),
    /// Show which chains are kept, up to which block
    Status,
    /// Check every file of kept chains against its digest
    Verify {
        /// Only this chain [default: all]
        name: Option<String>,
    },
    /// Keep a chain no more
    Remove {
        /// Its name
        name: String,
    },
}

/// Keep a chain.
#[derive(Debug, Args)]
#[command(after_help = CHAIN_IMPORT_HELP)]
pub(crate) struct ChainImport {
    /// Files or folders of one chain
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// The name under which it is kept
    #[arg(long)]
    pub name: String,
    /// Of which network block files are [default: what their first bytes say]
    #[arg(long, value_name = "NETWORK")]
    pub network: Option<String>,
    /// Transactions in a segment
    #[arg(long, value_name = "N", default_value_t = 32_000_000)]
    pub segment_txs: u64,
}

/// Write a chain as Parquet.
#[derive(Debug, Args)]
#[command(after_help = CHAIN_EXPORT_HELP)]
pub(crate) struct ChainExport {
    /// The name under which it is kept
    pub name: String,
    /// The folder for the tables; made where it is not there
    #[arg(long, short, value_name = "FOLDER")]
    pub output: PathBuf,
}

const CHAIN_EXPORT_HELP: &str = "\
A chain of outputs becomes the tables blocks, outputs and inputs, a chain of accounts the
table transfers; docs/ledger-sources.md has their columns. A folder that has one of these
tables already is refused, as tables of one name are read as one.

Exit codes: 0 written, 2 usage or input.

Example:
  interdict wallet chain export ethereum --output tables/";

const CHAIN_IMPORT_HELP: &str = "\
Block files of Bitcoin Core (blk00000.dat …, also with xor.dat) and its like become mapped
segments; an import of more files goes on where the last one ended, and where blocks were
replaced by a branch with more work, these leave the chain. Tables of accounts
(ethereum-etl, edge lists, Parquet) become one file; an import takes the place of the last.

Exit codes: 0 kept, 2 usage or input.

Examples:
  interdict wallet chain import ~/.bitcoin/blocks --name bitcoin
  interdict wallet chain import etl/ --name ethereum
  interdict wallet chain status";
