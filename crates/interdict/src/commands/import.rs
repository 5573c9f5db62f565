//! `interdict lists import PATH`: from files to a version in the archive, with its account, and an index.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::{Value, json};

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::issue::Issue;
use interdict_core::list::{ListId, ListVersion};
use interdict_lists::mapped_csv::Mapping;
use interdict_lists::{Format, ReadError};

use super::{print, print_json};
use crate::Ending;
use crate::archive::{Archive, ArchivedFile, IssueCounts, Manifest, PublishedFrom};
use crate::cli::Import;
use crate::config::Config;
use crate::failure::Failure;
use crate::index_store::{self, Opened};
use crate::intake::{self, ListFiles};
use crate::progress;
use crate::terminal::{FAINT, NOTE, STRONG, number, printable, table};

/// How many issues are shown after an import; `lists status --issues` shows the others.
const ISSUES_SHOWN: usize = 5;

/// What became of the files of one list.
enum Fate {
    Imported(Box<Imported>),
    /// A file of a folder that is no list.
    Skipped(PathBuf, String),
    Failed(PathBuf, Failure),
}

struct Imported {
    manifest: Manifest,
    was_there: bool,
    /// The version that would be in force without this one.
    before: Option<ListVersion>,
    took: Duration,
}

impl Imported {
    /// How many parties fewer this version has than the one it takes the place of, when it is more than a tenth: a list
    /// seldom shrinks so, a cut download does.
    fn shrinks_by(&self) -> Option<u64> {
        let before = self.before.as_ref()?.entities;
        let lost = before.saturating_sub(self.manifest.version.entities);
        (lost > before / SHRINKAGE_SHARE).then_some(lost)
    }
}

/// A list that loses more than one party in so many is worth a warning.
const SHRINKAGE_SHARE: u64 = 10;

/// What the operator said about the list.
struct Wishes {
    list: Option<ListId>,
    format: Option<Format>,
    mapping: Option<(Mapping, String)>,
    published: Option<PartialDate>,
    /// Whether a whole folder is imported.
    is_folder: bool,
}

/// Imports everything at a path, then builds the index.
pub(crate) fn run(config: &Config, args: &Import, is_json: bool) -> Result<Ending, Failure> {
    let wishes = wishes(args)?;
    let archive = Archive::at(&config.home);
    let lists = intake::lists_at(&args.path)?;
    let mut results = Vec::new();
    for paths in &lists {
        match import(&archive, paths, &wishes) {
            Ok(imported) => results.push(Fate::Imported(Box::new(imported))),
            Err(failure) if !wishes.is_folder => return Err(failure),
            Err(error @ Failure::PerhapsNoList { .. }) => {
                results.push(Fate::Skipped(paths[0].clone(), error.to_string()));
            }
            Err(Failure::Read(error @ (ReadError::UnknownFormat { .. } | ReadError::OtherForm { .. }))) => {
                results.push(Fate::Skipped(paths[0].clone(), error.to_string()));
            }
            Err(failure) => results.push(Fate::Failed(paths[0].clone(), failure)),
        }
    }
    if !results.iter().any(|result| matches!(result, Fate::Imported(_))) {
        let first = results.into_iter().find_map(|result| match result {
            Fate::Failed(_, failure) => Some(failure),
            _ => None,
        });
        return Err(first.unwrap_or_else(|| Failure::NothingToImport { path: args.path.clone() }));
    }
    let opened = index_store::open(config)?;
    let in_force: Vec<ListVersion> =
        archive.in_force()?.into_iter().map(|manifest| manifest.version).collect();
    if is_json {
        print_json(&as_json(&results, &in_force, &opened))?;
    } else {
        print(as_text(&results, &in_force, &opened).as_bytes())?;
    }
    let failed = results.iter().filter(|result| matches!(result, Fate::Failed(..))).count();
    if failed > 0 { Err(Failure::SomeFailed { failed, total: results.len() }) } else { Ok(Ending::Clear) }
}

fn wishes(args: &Import) -> Result<Wishes, Failure> {
    let list = args.list.as_deref().map(str::parse::<ListId>).transpose();
    let published = args.published.as_deref().map(str::parse::<PartialDate>).transpose();
    let format = match args.format.as_deref() {
        None => None,
        Some(name) => Some(Format::from_name(name).ok_or_else(|| {
            let known: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
            Failure::Usage(format!("there is no format {name:?}; formats are {}", known.join(", ")))
        })?),
    };
    let mapping = match &args.mapping {
        None => None,
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|error| Failure::Unreadable { path: path.clone(), error })?;
            let mapping =
                Mapping::parse(&text).map_err(|error| Failure::Mapping { path: path.clone(), error })?;
            Some((mapping, text))
        }
    };
    Ok(Wishes {
        list: list.map_err(|error| Failure::Usage(format!("--list: {error}")))?,
        published: published.map_err(|error| Failure::Usage(format!("--published: {error}")))?,
        format: format.or(mapping.is_some().then_some(Format::MappedCsv)),
        mapping,
        is_folder: args.path.is_dir(),
    })
}

/// Reads the files of one list and keeps them. Nothing is written unless at least one party could be read.
fn import(archive: &Archive, paths: &[PathBuf], wishes: &Wishes) -> Result<Imported, Failure> {
    let start = Instant::now();
    let name = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
    let bar = progress::spinner(format!("reading {name}"));
    let files = intake::copy(paths)?;
    let sources = files.sources();
    let format = match wishes.format {
        Some(format) => format,
        None => interdict_lists::detect(&sources)?,
    };
    let mapping = wishes.mapping.as_ref().filter(|_| format == Format::MappedCsv);
    let list = list_id(&files, format, wishes)?;
    let parsed = interdict_lists::read(format, &list, &sources, mapping.map(|(mapping, _)| mapping))?;
    let content = parsed.value;
    if content.reconciliation.parties == 0 {
        let first_issue =
            parsed.issues.kept().first().map(|issue| format!(" (first issue: {issue})")).unwrap_or_default();
        return Err(Failure::NoParties { files: files.names(), first_issue });
    }
    let (published, published_from) = published(&files, wishes, content.published);
    let mapping_digest = mapping.map(|(_, text)| Digest::of(text.as_bytes()));
    let digest = version_digest(&files, mapping_digest);
    let manifest = Manifest {
        version: ListVersion {
            id: list,
            version: digest.short(),
            published,
            entities: content.reconciliation.parties,
            digest,
        },
        format: format.name().to_owned(),
        files: files
            .files
            .iter()
            .map(|file| ArchivedFile {
                name: file.name.clone(),
                digest: file.digest,
                bytes: file.bytes.len() as u64,
            })
            .collect(),
        mapping: mapping_digest,
        imported_at: Timestamp::now(),
        published_from,
        reconciliation: content.reconciliation,
        issues: IssueCounts::of(&parsed.issues),
        issues_kept: parsed.issues.kept().to_vec(),
    };
    let before = archive.besides(&manifest.version)?.pop().map(|other| other.version);
    let same = archive.find(&manifest.version);
    archive.keep_files(&manifest, &files.files, mapping.map(|(_, text)| text.as_bytes()))?;
    let was_there = same.is_some();
    let manifest = match same {
        // The date of publication may become known later; when it was imported first does not change.
        Some(same) if wishes.published.is_none() && same.version.published.is_some() => same,
        same => {
            let imported_at = same.map_or(manifest.imported_at, |same| same.imported_at);
            let manifest = Manifest { imported_at, ..manifest };
            archive.keep(&manifest)?;
            manifest
        }
    };
    bar.finish_and_clear();
    Ok(Imported { manifest, was_there, before, took: start.elapsed() })
}

fn list_id(files: &ListFiles, format: Format, wishes: &Wishes) -> Result<ListId, Failure> {
    let of_format = intake::list_of_format(format, files);
    let list = match (&wishes.list, of_format) {
        (Some(list), _) => list.clone(),
        (None, Some(name)) => name.parse().map_err(|_| Failure::Bug)?,
        // Any table of customers is a CSV: that one found in a folder is a list, only the operator can say.
        (None, None) if format == Format::MappedCsv && wishes.format.is_none() && wishes.is_folder => {
            return Err(Failure::PerhapsNoList { files: files.names() });
        }
        (None, None) => files.list_from_name().parse().map_err(|_| {
            let reason = "no list id can be made from this name: name the list with --list";
            Failure::Usage(format!("{}: {reason}", files.names()))
        })?,
    };
    let is_reserved = RESERVED.contains(&list.as_str()) && of_format != Some(list.as_str());
    if is_reserved {
        return Err(Failure::Usage(format!(
            "the list id {list} is kept for the official list of that name, and {} is not in its form; \
             name another with --list",
            files.names()
        )));
    }
    Ok(list)
}

/// Ids of lists that only files in their own form may take: no file called `un.csv` may take the place of the UN's list.
const RESERVED: [&str; 5] = ["ofac", "ofac-nonsdn", "un", "kr", crate::starter::LIST];

fn published(
    files: &ListFiles,
    wishes: &Wishes,
    in_files: Option<PartialDate>,
) -> (Option<PartialDate>, PublishedFrom) {
    let told = wishes.published.map(|date| (date, PublishedFrom::Operator));
    let told = told.or(in_files.map(|date| (date, PublishedFrom::Files)));
    let told = told.or_else(|| files.date_in_path().map(|date| (date, PublishedFrom::Path)));
    told.map_or((None, PublishedFrom::Nowhere), |(date, from)| (Some(date), from))
}

/// The digest of a version: of its files by name and bytes, and of the mapping they are read through.
fn version_digest(files: &ListFiles, mapping: Option<Digest>) -> Digest {
    let mapping = mapping.map(|digest| digest.as_bytes().to_vec()).unwrap_or_default();
    let parts = files.files.iter().flat_map(|file| [file.name.as_bytes(), file.digest.as_bytes().as_slice()]);
    Digest::of_parts(parts.chain(std::iter::once(mapping.as_slice())))
}

fn is_in_force(manifest: &Manifest, in_force: &[ListVersion]) -> bool {
    in_force
        .iter()
        .any(|version| version.id == manifest.version.id && version.digest == manifest.version.digest)
}

fn as_json(results: &[Fate], in_force: &[ListVersion], opened: &Opened) -> Value {
    let mut imported = Vec::new();
    let mut skipped = Vec::new();
    let mut failed = Vec::new();
    for result in results {
        match result {
            Fate::Imported(import) => {
                let manifest = &import.manifest;
                imported.push(json!({
                    "id": manifest.version.id,
                    "version": manifest.version.version,
                    "digest": manifest.version.digest,
                    "published": manifest.version.published,
                    "published_from": manifest.published_from,
                    "format": manifest.format,
                    "files": manifest.files,
                    "entities": manifest.version.entities,
                    "in_force": is_in_force(manifest, in_force),
                    "was_there": import.was_there,
                    "parties_before": import.before.as_ref().map(|version| version.entities),
                    "shrinks_by": import.shrinks_by(),
                    "reconciliation": manifest.reconciliation,
                    "closed": manifest.reconciliation.is_closed(),
                    "issues": manifest.issues,
                    "seconds": import.took.as_secs_f64(),
                }));
            }
            Fate::Skipped(path, reason) => skipped.push(json!({"path": path, "reason": reason})),
            Fate::Failed(path, failure) => {
                failed.push(json!({"path": path, "code": failure.code(), "reason": failure.to_string()}));
            }
        }
    }
    json!({
        "imported": imported,
        "skipped": skipped,
        "failed": failed,
        "index": {
            "digest": opened.index.digest(),
            "entities": opened.index.n_entities(),
            "names": opened.index.n_names(),
            "built": opened.built_in.is_some(),
            "seconds": opened.built_in.map(|took| took.as_secs_f64()),
        },
    })
}

fn as_text(results: &[Fate], in_force: &[ListVersion], opened: &Opened) -> String {
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
    let issues = manifest.issues;
    let _ = writeln!(
        text,
        "\n  {} entities in all; {} records unexplained; issues: {} records lost, {} values lost, {} notes",
        number(manifest.reconciliation.entities),
        number(manifest.reconciliation.unexplained()),
        number(issues.records_lost),
        number(issues.values_lost),
        number(issues.notes)
    );
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
    if !is_in_force(manifest, in_force) {
        let later = in_force.iter().find(|other| other.id == version.id).and_then(|other| other.published);
        let later = later.map(|date| format!(" (the version of {date} is)")).unwrap_or_default();
        let _ = writeln!(text, "  {NOTE}not in force{NOTE:#}: a later version is in the archive{later}");
    }
    text.push('\n');
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
