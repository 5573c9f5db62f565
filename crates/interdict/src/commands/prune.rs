//! `interdict lists prune`: delete versions that are older than versions are kept.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::json;

use super::{print, print_json};
use crate::Ending;
use crate::archive::{Archive, Manifest, Pruned};
use crate::cli::{Output, Prune};
use crate::config::Config;
use crate::failure::Failure;
use crate::terminal::{NOTE, number, printable};

/// Deletes what is too old, or says what would be deleted.
pub(crate) fn run(config: &Config, args: &Prune, output: Output) -> Result<Ending, Failure> {
    let archive = Archive::at(&config.home);
    let _lock = archive.lock()?;
    let pruned = archive.outdated(config.retention_years, Timestamp::now())?;
    if !args.dry_run {
        archive.prune(&pruned)?;
    }
    if output == Output::Json {
        let names: Vec<String> = pruned.versions.iter().map(Manifest::name).collect();
        return print_json(&json!({
            "deleted": !args.dry_run,
            "retention_years": config.retention_years,
            "versions": names,
            "unused": pruned.unused,
            "missing": pruned.missing,
            "objects": pruned.objects,
            "bytes": pruned.bytes,
        }));
    }
    print(text(&pruned, args, config.retention_years).as_bytes())
}

fn text(pruned: &Pruned, args: &Prune, years: i32) -> String {
    let verb = if args.dry_run { "would be deleted" } else { "deleted" };
    let mut text = String::new();
    for manifest in &pruned.versions {
        let published = manifest.version.published.map_or("unknown".to_owned(), |date| date.to_string());
        let _ = writeln!(text, "{} published {published}: {verb}", manifest.name());
    }
    for path in &pruned.unused {
        let path = printable(&path.display().to_string());
        let _ = writeln!(text, "{path}, which no version names: {verb}");
    }
    for path in &pruned.missing {
        let path = printable(&path.display().to_string());
        let _ = writeln!(
            text,
            "{NOTE}{path} is missing{NOTE:#}: files that no version names may be of it, and stay until that version is imported again"
        );
    }
    let (n, objects, bytes) = (pruned.versions.len() as u64, number(pruned.objects), number(pruned.bytes));
    let _ = writeln!(
        text,
        "{} versions out of use for more than {years} years, {} files that no version names: {objects} files, {bytes} bytes {verb}",
        number(n),
        number(pruned.unused.len() as u64)
    );
    text
}
