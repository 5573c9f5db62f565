//! `interdict lists fetch`: its options and its help.

use std::path::PathBuf;

use clap::Args;

/// Fetch official lists from their authorities.
#[derive(Debug, Args)]
#[command(after_help = FETCH_HELP)]
pub(crate) struct Fetch {
    /// Sources to fetch [default: ofac, ofac-nonsdn, un, eu and uk, or as configured]
    #[arg(value_name = "LIST")]
    pub lists: Vec<String>,
    /// Take the files from this folder in place of the network
    #[arg(long, value_name = "FOLDER", conflicts_with = "again")]
    pub from: Option<PathBuf>,
    /// Fetch everything, also what has not changed since the last time
    #[arg(long)]
    pub again: bool,
    /// Show what would be asked of whom, and ask nobody
    #[arg(long)]
    pub dry_run: bool,
}

const FETCH_HELP: &str = "\
A list is fetched only when its authority says that it has changed, and is imported as
`lists import` does it. Cut downloads, error pages and files of two publications are
refused and fetched again; when an authority does not answer, its mirrors are asked.
One list that fails does not stop the others, and the lists in force stay in force.

Sources: ofac, ofac-nonsdn, ofac-enhanced, ofac-nonsdn-enhanced, un, eu, uk, uk-ofsi,
ch, ca, au, us-csl, and those of config.toml: other addresses, mirrors, a proxy, limits
(see docs/fetching.md). HTTPS_PROXY and NO_PROXY are heeded. Nothing else in interdict
uses the network.

A folder for --from holds the files under their official names (SDN.CSV, ADD.CSV …,
consolidated.xml), side by side or in a folder for each source; --dry-run names them.

Exit codes: 0 all fetched or unchanged, 2 usage, or at least one list was not fetched,
4 all fetched, and at least one is in quarantine.

Examples:
  interdict lists fetch                        the lists that most must screen against
  interdict lists fetch un ch --json           two of them, answered for machines
  interdict lists fetch --dry-run              addresses and file names
  interdict lists fetch ofac --from /mnt/usb   on a machine without network";
