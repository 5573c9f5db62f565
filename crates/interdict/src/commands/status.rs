//! `interdict lists status`: which lists are in force, and how their reading went.

use std::fmt::Write as _;

use serde_json::json;

use interdict_core::list::ListId;

use super::{print, print_json};
use crate::Ending;
use crate::archive::{Archive, Manifest};
use crate::cli::Status;
use crate::config::{Config, StarterUse};
use crate::failure::Failure;
use crate::starter;
use crate::terminal::{FAINT, NOTE, number, printable, table};

/// One version with what `status` says of it.
struct Row {
    manifest: Manifest,
    is_in_force: bool,
}

/// Shows the versions in force, or all of them.
pub(crate) fn run(config: &Config, args: &Status, is_json: bool) -> Result<Ending, Failure> {
    let versions = Archive::at(&config.home).versions()?;
    if let Some(asked) = &args.list
        && !versions.keys().any(|list| list.as_str() == asked)
    {
        let known: Vec<&str> = versions.keys().map(ListId::as_str).collect();
        let known = if known.is_empty() { "none yet".to_owned() } else { known.join(", ") };
        return Err(Failure::UnknownList { asked: asked.chars().take(40).collect(), known });
    }
    let is_asked = |list: &ListId| args.list.as_ref().is_none_or(|asked| asked == list.as_str());
    let mut rows = Vec::new();
    for (_, list) in versions.into_iter().filter(|(list, _)| is_asked(list)) {
        let n_versions = list.len();
        let with_force = list
            .into_iter()
            .enumerate()
            .map(|(idx, manifest)| Row { manifest, is_in_force: idx + 1 == n_versions });
        rows.extend(with_force.filter(|row| args.all || row.is_in_force));
    }
    let uses_starter = match config.starter {
        StarterUse::Always => true,
        StarterUse::Auto => rows.is_empty(),
        StarterUse::Never => false,
    };
    if is_json {
        as_json(config, &rows, args, uses_starter)
    } else {
        as_text(config, &rows, args, uses_starter)
    }
}

fn as_json(config: &Config, rows: &[Row], args: &Status, uses_starter: bool) -> Result<Ending, Failure> {
    let lists: Vec<_> = rows
        .iter()
        .map(|row| {
            let manifest = &row.manifest;
            let mut list = json!({
                "id": manifest.version.id,
                "version": manifest.version.version,
                "digest": manifest.version.digest,
                "published": manifest.version.published,
                "published_from": manifest.published_from,
                "imported_at": manifest.imported_at,
                "in_force": row.is_in_force,
                "format": manifest.format,
                "files": manifest.files,
                "entities": manifest.version.entities,
                "reconciliation": manifest.reconciliation,
                "closed": manifest.reconciliation.is_closed(),
                "issues": manifest.issues,
            });
            if args.issues {
                list["issue_list"] = json!(manifest.issues_kept);
            }
            list
        })
        .collect();
    print_json(&json!({"home": config.home, "lists": lists, "starter": uses_starter}))
}

fn as_text(config: &Config, rows: &[Row], args: &Status, uses_starter: bool) -> Result<Ending, Failure> {
    let mut text = String::new();
    if !rows.is_empty() {
        let header = ["list", "published", "version", "parties", "records", "unexplained", "issues", "state"];
        text.push_str(&table(&header, &[3, 4, 5, 6], rows.iter().map(cells)));
        text.push('\n');
    }
    if uses_starter {
        let (version, _) = starter::load()?;
        let _ = writeln!(
            text,
            "{NOTE}The embedded starter list is in use{NOTE:#}: {} parties of North Korea's cyber program.\n\
             It is no substitute for the official lists: import them with `interdict lists import PATH`.",
            version.entities
        );
    } else if rows.is_empty() {
        text.push_str("No list is in force, and the starter list is switched off.\n");
    }
    if args.issues {
        for row in rows {
            let mut issues: Vec<_> = row.manifest.issues_kept.iter().collect();
            issues.sort_by_key(|issue| std::cmp::Reverse(issue.severity));
            for issue in issues {
                let _ = writeln!(
                    text,
                    "{} {}: {}",
                    row.manifest.version.id,
                    issue.kind,
                    printable(&issue.to_string())
                );
            }
        }
    }
    let _ = writeln!(text, "{FAINT}home {}{FAINT:#}", config.home.display());
    print(text.as_bytes())
}

fn cells(row: &Row) -> Vec<String> {
    let manifest = &row.manifest;
    let version = &manifest.version;
    let records: u64 = manifest.reconciliation.records.iter().map(|count| count.read).sum();
    let issues = manifest.issues.notes + manifest.issues.values_lost + manifest.issues.records_lost;
    vec![
        version.id.to_string(),
        version.published.map_or_else(|| "unknown".to_owned(), |date| date.to_string()),
        version.version.clone(),
        number(version.entities),
        number(records),
        number(manifest.reconciliation.unexplained()),
        number(issues),
        if row.is_in_force { "in force".to_owned() } else { "superseded".to_owned() },
    ]
}
