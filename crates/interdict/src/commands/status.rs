//! `interdict lists status`: which lists are in force, and how their reading went.

use std::fmt::Write as _;

use serde_json::json;

use jiff::Timestamp;

use interdict_core::list::ListId;

use super::{print, print_json};
use crate::Ending;
use crate::archive::{Archive, Manifest, Standing};
use crate::cli::{Output, Status};
use crate::config::{Config, StarterUse};
use crate::failure::Failure;
use crate::freshness::{self, Age, CountsFrom};
use crate::starter;
use crate::terminal::{ERROR, FAINT, NOTE, number, printable, table};

/// One version with what `status` says of it.
struct Row {
    manifest: Manifest,
    standing: Standing,
    age: Age,
    came_at: Timestamp,
}

impl Row {
    fn is_stale(&self) -> bool {
        self.standing.is_in_force() && self.age.is_stale()
    }

    /// Whether it is shown when not all are asked for: what is in force, and what waits for a decision.
    fn is_of_today(&self) -> bool {
        matches!(self.standing, Standing::InForce | Standing::Pinned | Standing::Quarantined(_))
    }
}

/// What is shown.
struct Shown<'a> {
    config: &'a Config,
    args: &'a Status,
    rows: Vec<Row>,
    /// Whether the embedded starter list is in use.
    uses_starter: bool,
}

/// Shows the versions in force and in quarantine, or all of them. It fails loudly where a list is too old or waits for a decision.
pub(crate) fn run(config: &Config, args: &Status, output: Output) -> Result<Ending, Failure> {
    let holdings = Archive::at(&config.home).holdings()?;
    if let Some(asked) = &args.list {
        holdings.list(asked)?;
    }
    let is_asked = |list: &ListId| args.list.as_ref().is_none_or(|asked| asked == list.as_str());
    let now = Timestamp::now();
    let mut rows = Vec::new();
    for (_, versions) in holdings.lists.iter().filter(|(list, _)| is_asked(list)) {
        let standings = holdings.rulings.standings(versions);
        rows.extend(versions.iter().zip(standings).map(|(manifest, standing)| Row {
            manifest: manifest.clone(),
            standing,
            age: Age::of(manifest, &holdings.rulings, &config.ages, now),
            came_at: holdings.rulings.came_at(manifest),
        }));
    }
    rows.retain(|row| args.all || row.is_of_today());
    let uses_starter = match config.starter {
        StarterUse::Always => true,
        StarterUse::Auto => holdings.lists.is_empty(),
        StarterUse::Never => false,
    };
    let shown = Shown { config, rows, args, uses_starter };
    match output {
        Output::Json => as_json(&shown)?,
        Output::Text => as_text(&shown)?,
    };
    let is_sound = |row: &Row| !row.is_stale() && !matches!(row.standing, Standing::Quarantined(_));
    Ok(if shown.rows.iter().all(is_sound) { Ending::Clear } else { Ending::NotScreened })
}

fn as_json(shown: &Shown<'_>) -> Result<Ending, Failure> {
    let Shown { config, rows, args, uses_starter } = shown;
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
                "came_at": row.came_at,
                "in_force": row.standing.is_in_force(),
                "standing": row.standing.name(),
                "age_days": row.age.days,
                "age_from": row.age.counts_from.name(),
                "max_age_days": row.age.max_days,
                "stale": row.is_stale(),
                "format": manifest.format,
                "files": manifest.files,
                "entities": manifest.version.entities,
                "inventory": manifest.inventory,
                "reconciliation": manifest.reconciliation,
                "closed": manifest.reconciliation.is_closed(),
                "issues": manifest.issues,
            });
            if let Standing::Quarantined(reasons) = &row.standing {
                list["quarantined"] = json!(reasons);
            }
            if args.issues {
                list["issue_list"] = json!(manifest.issues_kept);
            }
            list
        })
        .collect();
    print_json(&json!({"home": config.home, "lists": lists, "starter": uses_starter}))
}

fn as_text(shown: &Shown<'_>) -> Result<Ending, Failure> {
    let Shown { config, rows, args, uses_starter } = shown;
    let mut text = String::new();
    if !rows.is_empty() {
        let header =
            ["list", "published", "version", "parties", "records", "unexplained", "issues", "age", "state"];
        text.push_str(&table(&header, &[3, 4, 5, 6, 7], rows.iter().map(cells)));
        text.push('\n');
    }
    if *uses_starter {
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
    warnings(rows, &mut text);
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

/// What must not be overlooked.
fn warnings(rows: &[Row], text: &mut String) {
    let stale: Vec<(ListId, Age)> = rows
        .iter()
        .filter(|row| row.is_stale())
        .map(|row| (row.manifest.version.id.clone(), row.age))
        .collect();
    if let Some(warning) = freshness::warning(&stale) {
        let _ = writeln!(text, "{ERROR}{warning}{ERROR:#}");
    }
    let is_undated = |row: &&Row| row.standing.is_in_force() && row.age.counts_from == CountsFrom::Imported;
    for row in rows.iter().filter(is_undated) {
        let _ = writeln!(
            text,
            "{NOTE}{}{NOTE:#}: when it was published is not known, and it may be older than its age here, which counts from its \
             import on {}; tell the date with --published, or use lists fetch",
            row.manifest.version.id,
            row.came_at.strftime("%Y-%m-%d")
        );
    }
    for row in rows {
        let Standing::Quarantined(reasons) = &row.standing else { continue };
        let name = row.manifest.name();
        let _ = writeln!(text, "{ERROR}{name} is in quarantine{ERROR:#}: {}", printable(&reasons.join("; ")));
        let _ = writeln!(text, "  look at it, then: interdict lists release {name} --reason \"…\"");
    }
}

fn cells(row: &Row) -> Vec<String> {
    let manifest = &row.manifest;
    let version = &manifest.version;
    let records: u64 = manifest.reconciliation.records.iter().map(|count| count.read).sum();
    vec![
        version.id.to_string(),
        version.published.map_or_else(|| "unknown".to_owned(), |date| date.to_string()),
        version.version.clone(),
        number(version.entities),
        number(records),
        number(manifest.reconciliation.unexplained()),
        number(manifest.issues.total()),
        format!("{} d", number(row.age.days.unsigned_abs())),
        row.standing.name().replace('_', " "),
    ]
}
