//! The commands that screen known customers again.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Keep customers, and screen them again after the lists changed.
#[derive(Debug, Subcommand)]
#[command(after_help = RESCREEN_HELP)]
pub(crate) enum Rescreen {
    /// Screen a file of customers once, and keep it with its answers
    Start {
        /// A name for these customers: letters, digits, hyphens and underscores
        name: String,
        /// CSV with a header, or JSON lines, as for `interdict screen --file`; - reads standard input
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
        /// Lowest score that makes a hit, above 0 and at most 1 [default: 0.7, or as configured]
        #[arg(long)]
        threshold: Option<f64>,
    },
    /// Screen again whom a change of the lists can touch, and tell what is new
    Update(RescreenUpdate),
    /// Show which customers are kept, and which lists their answers are of
    Status,
    /// Delete kept customers and their answers
    Stop {
        /// The name of the customers
        name: String,
    },
}

/// Screen again whom a change of the lists can touch.
#[derive(Debug, Args)]
#[command(after_help = UPDATE_HELP)]
pub(crate) struct RescreenUpdate {
    /// The name of the customers
    pub name: String,
    /// Screen all of them again, and compare with what the short way gives
    #[arg(long)]
    pub verify: bool,
}

const RESCREEN_HELP: &str = "\
Examples:
  interdict rescreen start retail --file customers.csv
  interdict lists fetch && interdict rescreen update retail";

const UPDATE_HELP: &str = "\
Told are new hits, lost hits and changed scores, one a line: JSON with --json or when
the output is no terminal. A customer whom the change cannot touch keeps the answer;
docs/rescreening.md says why that gives the same as screening all again, and --verify
shows it. After an update of the program all customers are screened again.

Exit codes: 0 no new hit, 1 the two ways differ (--verify), 2 usage or input, 3 new hits,
4 no new hit, and a customer that was screened before cannot be screened any more.

Examples:
  interdict rescreen update retail
  interdict rescreen update retail --verify --json > changes.jsonl";
