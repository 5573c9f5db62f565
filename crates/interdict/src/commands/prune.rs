//! `interdict lists prune`: delete versions that are older than versions are kept.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::json;

use super::{print, print_json};
use crate::Ending;
use crate::archive::{Archive, Manifest, Pruned};
use crate::cli::Prune;
use crate::config::Config;
use crate::failure::Failure;
use crate::terminal::number;

/// Deletes what is too old, or says what would be deleted.
pub(crate) fn run(config: &Config, args: &Prune, is_json: bool) -> Result<Ending, Failure> {
    let archive = Archive::at(&config.home);
    let _lock = archive.lock()?;
    let pruned = archive.outdated(config.retention_years, Timestamp::now())?;
    if !args.dry_run {
        archive.prune(&pruned)?;
    }
    if is_json {
        let names: Vec<String> = pruned.versions.iter().map(Manifest::name).collect();
        return print_json(&json!({
            "deleted": !args.dry_run,
            "retention_years": config.retention_years,
            "versions": names,
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
    let (n, objects, bytes) = (pruned.versions.len() as u64, number(pruned.objects), number(pruned.bytes));
    let _ = writeln!(
        text,
        "{} versions out of use for more than {years} years: {objects} files, {bytes} bytes {verb}",
        number(n)
    );
    text
}
