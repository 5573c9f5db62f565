//! The commands that say what changed on a list.

use std::path::PathBuf;

use clap::Args;

/// Show what changed between two versions of a list.
#[derive(Debug, Args)]
#[command(after_help = DIFF_HELP)]
pub(crate) struct Diff {
    /// The earlier version: LIST, LIST@DATE, LIST@VERSION, a file or a folder
    pub from: String,
    /// The later version, named likewise [default: the version in force]
    pub to: Option<String>,
    /// The list that files are of [default: by format, or as the other side]
    #[arg(long, value_name = "LIST")]
    pub list: Option<String>,
    /// Mapping from the columns of a CSV that is not imported (TOML, see docs/csv-mapping.md)
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// Print CSV with one row for each value that came or went
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// Most parties to show of each kind of change, for people
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub limit: usize,
    /// Make the later version of the earlier one with the changes, and back, and compare
    #[arg(long)]
    pub verify: bool,
}

const DIFF_HELP: &str = "\
How to name a version:
  ofac                  the version in force
  ofac@2022-01-31       the version published last by that day
  ofac@1a2b3c           the version that begins so; lists status --all shows them
  downloads/ofac/       a file or folder that need not be imported

With one name only, LIST is compared from the version before to the one in force,
another version of the archive with the one in force, and the one in force with files:
what would an import change?

Both sides are read anew with the same reader, so only the list can have changed.
With --json every change is one line, from which the later version can be made again
(docs/lists.md).

Examples:
  interdict lists diff ofac                           the last change
  interdict lists diff ofac@2022-01-31 ofac@2024-01-08
  interdict lists diff downloads/ofac/                before an import
  interdict lists diff old/SDN.CSV new/SDN.CSV --csv > changes.csv

Exit codes: 0 compared, whatever changed; 1 --verify finds a fault of this program; 2 usage
or input.";

/// Print every change between the versions in the archive, as JSON lines.
#[derive(Debug, Args)]
#[command(after_help = CHANGES_HELP)]
pub(crate) struct Changes {
    /// Only this list
    pub list: Option<String>,
    /// Only versions published on this day or later (2024-01-31), each against the one before it
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
}

const CHANGES_HELP: &str = "\
For each list, each version is compared with the one published before it: a line with
the two versions and the counts, then a line for each party that was added, removed,
changed or reordered (docs/lists.md).

Examples:
  interdict lists changes ofac --since 2024-01-01
  interdict lists changes | jq -c 'select(.kind == \"added\") | [.date, .id, .caption]'

Exit codes: 0 compared, whatever changed; 2 usage or input.";
