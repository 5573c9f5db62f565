//! What an import did, for people.

use std::fmt::Write as _;

use interdict_core::issue::Issue;
use interdict_core::list::ListVersion;

use super::{Fate, is_in_force};
use crate::archive::{Manifest, PublishedFrom};
use crate::importing::Imported;
use crate::index_store::Opened;
use crate::terminal::{ERROR, FAINT, NOTE, STRONG, number, printable, table};

/// How many issues are shown after an import; `lists status --issues` shows the others.
const ISSUES_SHOWN: usize = 5;

/// All of it.
pub(super) fn of(results: &[Fate], in_force: &[ListVersion], opened: Option<&Opened>) -> String {
    let mut text = String::new();
    for result in results {
        match result {
            Fate::Imported(import) => imported_text(import, in_force, &mut text),
            Fate::Skipped(path, reason) => {
                let told = printable(&format!("{}: {reason}", path.display()));
                let _ = writeln!(text, "{NOTE}skipped{NOTE:#} {told}\n");
            }
            Fate::Failed(path, failure) => {
                let told = printable(&format!("{}: {failure}", path.display()));
                let _ = writeln!(text, "{NOTE}failed{NOTE:#} {told}\n");
            }
        }
    }
    let Some(opened) = opened else {
        text.push_str("no list is in force\n");
        return text;
    };
    let built = match opened.built_in {
        Some(took) => format!("built in {:.1} s", took.as_secs_f64()),
        None => "unchanged".to_owned(),
    };
    let _ = writeln!(
        text,
        "index {} {built}: {} parties, {} names",
        opened.index.digest().short(),
        number(opened.index.n_entities() as u64),
        number(opened.index.n_names() as u64)
    );
    text
}

fn imported_text(import: &Imported, in_force: &[ListVersion], text: &mut String) {
    let manifest = &import.manifest;
    let version = &manifest.version;
    let published = match (version.published, manifest.published_from) {
        (None, _) => "date of publication unknown, name it with --published".to_owned(),
        (Some(date), PublishedFrom::Path) => format!("published {date} (from the path)"),
        (Some(date), _) => format!("published {date}"),
    };
    let verb = if import.was_there { "already there" } else { "imported" };
    let _ = writeln!(
        text,
        "{STRONG}{}{STRONG:#} {verb}: {} parties, {published}, version {} ({:.1} s)",
        version.id,
        number(version.entities),
        version.version,
        import.took.as_secs_f64()
    );
    let rows = manifest.reconciliation.records.iter().map(|count| {
        let numbers = [count.read, count.taken, count.lost].map(number);
        [vec![format!("  {}", printable(&count.file)), count.record.clone()], numbers.to_vec()].concat()
    });
    text.push_str(&table(&["  file", "record", "read", "taken", "lost"], &[2, 3, 4], rows));
    let issues = &manifest.issues;
    let _ = writeln!(
        text,
        "\n  {} entities in all; {} records unexplained; issues: {} records lost, {} values lost, {} notes",
        number(manifest.reconciliation.entities),
        number(manifest.reconciliation.unexplained()),
        number(issues.records_lost),
        number(issues.values_lost),
        number(issues.notes)
    );
    quarantined_text(import, text);
    if let (Some(lost), true) = (import.shrinks_by(), is_in_force(manifest, in_force)) {
        let before = import.before.as_ref().map_or(0, |version| version.entities);
        let _ = writeln!(
            text,
            "  {NOTE}{} parties fewer{NOTE:#} than the version before ({}): make sure that the download is whole",
            number(lost),
            number(before)
        );
    }
    show_issues(manifest, text);
    if !is_in_force(manifest, in_force) && import.quarantined.is_empty() {
        let later = in_force.iter().find(|other| other.id == version.id).and_then(|other| other.published);
        let later = later.map(|date| format!(" (the version of {date} is)")).unwrap_or_default();
        let _ = writeln!(text, "  {NOTE}not in force{NOTE:#}: a later version is in the archive{later}");
    }
    text.push('\n');
}

fn quarantined_text(import: &Imported, text: &mut String) {
    if import.quarantined.is_empty() {
        return;
    }
    let _ =
        writeln!(text, "  {ERROR}in quarantine, not in force{ERROR:#}: the version before stays in force");
    for reason in &import.quarantined {
        let _ = writeln!(text, "    {}", printable(reason));
    }
    let name = import.manifest.name();
    let _ = writeln!(
        text,
        "  look at it (interdict lists diff), then: interdict lists release {name} --reason \"…\""
    );
}

/// The gravest issues first, a few of them.
fn show_issues(manifest: &Manifest, text: &mut String) {
    let mut issues: Vec<&Issue> = manifest.issues_kept.iter().collect();
    issues.sort_by_key(|issue| std::cmp::Reverse(issue.severity));
    for issue in issues.iter().take(ISSUES_SHOWN) {
        let _ = writeln!(text, "  {FAINT}{}: {}{FAINT:#}", issue.kind, printable(&issue.to_string()));
    }
    if issues.len() > ISSUES_SHOWN {
        let id = &manifest.version.id;
        let _ = writeln!(text, "  {FAINT}all of them: interdict lists status {id} --issues{FAINT:#}");
    }
}
