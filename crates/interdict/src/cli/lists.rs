//! The arguments of the commands on lists.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Changes, DecidePair, Diff, Fetch, Same};

/// Fetch or import lists, see what is in force, look at one party.
#[derive(Debug, Subcommand)]
pub(crate) enum Lists {
    /// Fetch official lists from their authorities
    Fetch(Fetch),
    /// Import a list from a file or a folder
    Import(Import),
    /// Show which lists are in force, and how their reading went
    Status(Status),
    /// Show one party with everything its list says
    #[command(after_help = "Example: interdict lists show ofac-43377")]
    Show {
        /// The id of the party, as an answer gives it.
        id: String,
    },
    /// Show what changed between two versions of a list
    Diff(Diff),
    /// Print every change between the versions in the archive, as JSON lines
    Changes(Changes),
    /// Show which parties of several lists are one, and why
    Same(Same),
    /// Say that two parties are one, or that they are not; or take that back
    Decide(DecidePair),
    /// Account for everything that is in force: records, entities, names, identifiers, issues
    Report(Report),
    /// Say which versions counted on a day: published by then, and in force here then
    At(At),
    /// Put a version of a list in force, or the one published last
    Use(Use),
    /// Let a version out of quarantine after looking at it
    Release(Release),
    /// Take a list out of force; its versions stay in the archive
    Remove(Remove),
    /// Check the archive: hash every file again, check every manifest and the journal
    Verify(Verify),
    /// Delete versions that are older than versions are kept
    Prune(Prune),
}

/// Import a list from a file or a folder.
#[derive(Debug, Args)]
#[command(after_help = IMPORT_HELP)]
pub(crate) struct Import {
    /// A file, or a folder with the files of one or more lists
    pub path: PathBuf,
    /// Id of the list: the first part of its entities' ids [default: by format, or from the file's name]
    #[arg(long, value_name = "LIST")]
    pub list: Option<String>,
    /// Format by its name, for files that are not recognized; docs/formats.md lists them
    #[arg(long)]
    pub format: Option<String>,
    /// Mapping from the columns of a CSV to properties (TOML, see docs/csv-mapping.md)
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// When the authority published it [default: from the file, or from a date in its path]
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// Apply a delta file of OpenSanctions to this version: LIST, LIST@DATE or LIST@VERSION
    #[arg(long, value_name = "VERSION", conflicts_with_all = ["list", "format", "mapping"])]
    pub onto: Option<String>,
    /// Put it in force even if it looks broken: it shrank, or lost a kind of record
    #[arg(long)]
    pub accept: bool,
}

const IMPORT_HELP: &str = "\
Every version is kept, byte for byte, under its digest. The version published last
is in force. Nothing is imported from a file that is no list (an HTML page, a cut
download); single records that cannot be read are reported and counted, and the
counts must add up. A version that lost more than a tenth of its parties, or all
records of a kind, goes into quarantine: the version before stays in force.

Exit codes: 0 imported, 2 usage or input, 4 imported and in quarantine.

Examples:
  interdict lists import downloads/ofac/      SDN.CSV, ADD.CSV, ALT.CSV, SDN_COMMENTS.CSV
  interdict lists import consolidated.xml     the UN list
  interdict lists import own.csv --list own --mapping own.toml
  interdict lists import entities.delta.json --onto peps";

/// Show which lists are in force, and how their reading went.
#[derive(Debug, Args)]
pub(crate) struct Status {
    /// Only this list
    pub list: Option<String>,
    /// Every version in the archive, not only those in force
    #[arg(long)]
    pub all: bool,
    /// What was noticed while reading, one by one
    #[arg(long)]
    pub issues: bool,
}

/// Account for everything that is in force.
#[derive(Debug, Args)]
#[command(after_help = REPORT_HELP)]
pub(crate) struct Report {
    /// Only this list
    pub list: Option<String>,
}

const REPORT_HELP: &str = "\
For each list in force: records read, taken and lost, file by file; entities by kind;
names as the list grades them; identifiers and wallets; issues by kind; and the same
counts from the index that screening uses. Every total must close.

Exit codes: 0 everything closes, 2 usage or input, 4 something does not.

Examples:
  interdict lists report
  interdict lists report ofac --json";

/// Say which versions counted on a day.
#[derive(Debug, Args)]
#[command(after_help = AT_HELP)]
pub(crate) struct At {
    /// The day: 2023-05-22
    pub day: String,
    /// Only this list
    pub list: Option<String>,
}

const AT_HELP: &str = "\
Two questions with two answers. Published: the version that the authority had
published last by that day, as far as the archive has it; `screen --as-of` uses it.
In force here: the version that this installation screened with at the end of that
day, by its journal.

Examples:
  interdict lists at 2023-05-22
  interdict lists at 2023-05-22 ofac --json";

/// Put a version of a list in force.
#[derive(Debug, Args)]
#[command(after_help = USE_HELP)]
pub(crate) struct Use {
    /// LIST@VERSION, LIST@DATE, or LIST@latest
    pub version: String,
    /// Why, for the journal
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    pub reason: Option<String>,
}

const USE_HELP: &str = "\
LIST@latest follows what is published last again, also for a list that was removed.

Examples:
  interdict lists use ofac@2024-01-08 --reason \"test of the new rules\"
  interdict lists use ofac@latest";

/// Let a version out of quarantine.
#[derive(Debug, Args)]
#[command(after_help = RELEASE_HELP)]
pub(crate) struct Release {
    /// LIST@VERSION or LIST@DATE; LIST where only one version waits
    pub version: String,
    /// Why, for the journal
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    pub reason: String,
}

const RELEASE_HELP: &str = "\
The version is in force from then on, unless a later one is. `lists status` says what
waits and why. Time and reason stand in the journal of the archive.

Exit codes: 0 released, 2 usage or input, or the version is not in quarantine.

Examples:
  interdict lists release un@5f0c1de5 --reason \"the UN delisted 200 parties today\"
  interdict lists release un --reason \"looked at it with the UN's press release\"";

/// Take a list out of force.
#[derive(Debug, Args)]
#[command(after_help = REMOVE_HELP)]
pub(crate) struct Remove {
    /// The list
    pub list: String,
    /// Why, for the journal
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    pub reason: String,
}

const REMOVE_HELP: &str = "\
Nothing is screened against the list any more, whatever is imported later; its versions
stay in the archive. `lists use LIST@latest` puts it back in force. Time and reason stand
in the journal of the archive.

Examples:
  interdict lists remove own --reason \"replaced by own2\"
  interdict lists use own@latest --reason \"own2 was a mistake\"";

/// A text that says something.
fn some_text(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err("say why".to_owned()) } else { Ok(text.to_owned()) }
}

/// Check the archive.
#[derive(Debug, Args)]
#[command(after_help = VERIFY_HELP)]
pub(crate) struct Verify {}

const VERIFY_HELP: &str = "\
The last line of the journal's chain of digests is printed: kept in another place, it
shows later that nothing was changed before it.

Exit codes: 0 as it was written, 4 something is damaged or missing.

Example: interdict lists verify --json";

/// Delete versions that are older than versions are kept.
#[derive(Debug, Args)]
#[command(after_help = PRUNE_HELP)]
pub(crate) struct Prune {
    /// Show what would be deleted, and delete nothing
    #[arg(long)]
    pub dry_run: bool,
}

const PRUNE_HELP: &str = "\
Versions are kept for ten years after the next one came, or as long as retention_years
in config.toml says. The version in force always stays. Files that no version names,
which a deletion or an import that was cut off has left, are deleted, too.

Example: interdict lists prune --dry-run";
