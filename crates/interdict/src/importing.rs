//! One list into the archive: recognized, read, counted, compared with the version in force, and kept.

mod identity;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::issue::Parsed;
use interdict_core::list::{ListId, ListVersion};
use interdict_lists::inventory::Inventory;
use interdict_lists::mapped_csv::Mapping;
use interdict_lists::{Format, ListContent};

use crate::archive::{Archive, ArchivedFile, EventKind, IssueCounts, Manifest, Rulings, precedence};
use crate::config::Config;
use crate::failure::Failure;
use crate::intake::{self, ListFiles};
use crate::{progress, quarantine};

pub(crate) use identity::version_digest;

use identity::{list_id, published};

/// What the operator says about the list.
#[derive(Default)]
pub(crate) struct Wishes {
    /// Its id.
    pub list: Option<ListId>,
    /// Its format.
    pub format: Option<Format>,
    /// The mapping of its columns, with its text.
    pub mapping: Option<(Mapping, String)>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// The version that a delta file is applied to, as [`crate::archive::Holdings::version`] takes it.
    pub onto: Option<String>,
    /// Where the files come from.
    pub origin: Origin,
    /// What to do with a version that looks broken.
    pub suspicion: Suspicion,
}

/// Where files come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Origin {
    /// The operator named them.
    #[default]
    Named,
    /// They were found in a folder that the operator named.
    Folder,
    /// The authority gave them just now.
    Fetched,
}

/// What to do with a version that looks broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Suspicion {
    /// Keep it out of force.
    #[default]
    Quarantine,
    /// Take it all the same: somebody has looked at it.
    Accept,
}

/// What became of one list.
pub(crate) struct Imported {
    /// The version as it is kept.
    pub manifest: Manifest,
    /// Whether it was in the archive before.
    pub was_there: bool,
    /// The version that was in force before.
    pub before: Option<ListVersion>,
    /// Why it is in quarantine; none when it is not.
    pub quarantined: Vec<String>,
    /// How long it took.
    pub took: Duration,
}

impl Imported {
    /// How many parties fewer it has than the version that was in force before, when it is more than a tenth.
    pub fn shrinks_by(&self) -> Option<u64> {
        let before = self.before.as_ref()?.entities;
        let fewer = before.checked_sub(self.manifest.version.entities)?;
        (fewer * 10 > before).then_some(fewer)
    }
}

/// A mapping from a file, with its text, as the archive keeps it.
pub(crate) fn read_mapping(path: &Path) -> Result<(Mapping, String), Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::Unreadable { path: path.to_owned(), error })?;
    let mapping = Mapping::parse(&text).map_err(|error| Failure::Mapping { path: path.to_owned(), error })?;
    Ok((mapping, text))
}

/// Reads the files of one list and keeps them. Nothing is written unless at least one party could be read.
pub(crate) fn import(
    config: &Config,
    archive: &Archive,
    paths: &[PathBuf],
    wishes: &Wishes,
) -> Result<Imported, Failure> {
    let start = Instant::now();
    let name = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
    let bar = progress::spinner(format!("reading {name}"));
    let files = intake::copy(paths)?;
    let (files, base) = match &wishes.onto {
        None => (files, None),
        Some(version) => {
            let (files, base) = onto(archive, version, files)?;
            (files, Some(base))
        }
    };
    let (format, list, parsed) = read(&files, wishes, base)?;
    let mapping = wishes.mapping.as_ref().filter(|_| format == Format::MappedCsv);
    let manifest = manifest(&files, format, list, parsed, wishes)?;
    archive.besides(&manifest.version)?; // fails before anything is written
    let _lock = archive.lock()?;
    let others = archive.besides(&manifest.version)?;
    let same = archive.find(&manifest.version);
    let was_there = same.is_some();
    let rulings = archive.rulings()?;
    let before = in_force(&rulings, &others, same.as_ref());
    let (manifest, is_new) = with_former(manifest, same.clone(), wishes.published);
    let reasons = suspicions(config, &rulings, &manifest, before.as_ref());
    archive.keep_files(&manifest, &files.files, mapping.map(|(_, text)| text.as_bytes()))?;
    archive.happened(&events(wishes, same.as_ref(), &reasons), &manifest.version, &reasons)?;
    if is_new {
        archive.keep(&manifest)?;
    }
    bar.finish_and_clear();
    let quarantined = quarantined_now(archive, &manifest)?;
    let digest = manifest.version.digest;
    Ok(Imported {
        manifest,
        was_there,
        before: before.map(|before| before.version).filter(|before| before.digest != digest),
        quarantined,
        took: start.elapsed(),
    })
}

/// The files of a version of the archive with delta files behind them: together they are a new version.
fn onto(archive: &Archive, version: &str, deltas: ListFiles) -> Result<(ListFiles, Manifest), Failure> {
    let base = archive.holdings()?.version(version)?.clone();
    if base.format != Format::FtmJsonLines.name() {
        let (name, format) = (base.name(), &base.format);
        return Err(Failure::Usage(format!(
            "--onto: a delta file changes FollowTheMoney entities, and {name} was read as {format}"
        )));
    }
    let mut files = archive.file_copies(&base)?;
    files.extend(deltas.files);
    Ok((ListFiles { files, path: deltas.path }, base))
}

/// Recognizes the files and reads them; those of a version with deltas are what that version is.
fn read(
    files: &ListFiles,
    wishes: &Wishes,
    base: Option<Manifest>,
) -> Result<(Format, ListId, Parsed<ListContent>), Failure> {
    let sources = files.sources();
    let format = match (wishes.format, &base) {
        (_, Some(_)) => Format::FtmJsonLines,
        (Some(format), None) => format,
        (None, None) => interdict_lists::detect(&sources)?,
    };
    let mapping = wishes.mapping.as_ref().filter(|_| format == Format::MappedCsv);
    let list = match base {
        Some(base) => base.version.id,
        None => list_id(files, format, wishes)?,
    };
    let parsed = interdict_lists::read(format, &list, &sources, mapping.map(|(mapping, _)| mapping))?;
    if parsed.value.reconciliation.parties == 0 {
        let first_issue =
            parsed.issues.kept().first().map(|issue| format!(" (first issue: {issue})")).unwrap_or_default();
        return Err(Failure::NoParties { files: files.names(), first_issue });
    }
    Ok((format, list, parsed))
}

fn manifest(
    files: &ListFiles,
    format: Format,
    list: ListId,
    parsed: Parsed<ListContent>,
    wishes: &Wishes,
) -> Result<Manifest, Failure> {
    let content = parsed.value;
    let (published, published_from) = published(files, wishes, content.published);
    let mapping = wishes.mapping.as_ref().filter(|_| format == Format::MappedCsv);
    let mapping = mapping.map(|(_, text)| Digest::of(text.as_bytes()));
    let told = wishes.format.filter(|format| {
        mapping.is_none() && interdict_lists::detect(&files.sources()).ok() != Some(*format)
    });
    let digest = version_digest(files, mapping, told);
    let archived = |file: &intake::FileCopy| ArchivedFile {
        name: file.name.clone(),
        digest: file.digest,
        bytes: file.bytes.len() as u64,
    };
    Ok(Manifest {
        version: ListVersion {
            id: list,
            version: digest.short(),
            published,
            entities: content.reconciliation.parties,
            digest,
        },
        format: format.name().to_owned(),
        files: files.files.iter().map(archived).collect(),
        mapping,
        imported_at: Timestamp::now(),
        published_from,
        inventory: Inventory::of(&content.entities),
        reconciliation: content.reconciliation,
        issues: IssueCounts::of(&parsed.issues),
        issues_kept: parsed.issues.kept().to_vec(),
    })
}

/// The version of the list that is in force before this one comes.
fn in_force(rulings: &Rulings, others: &[Manifest], same: Option<&Manifest>) -> Option<Manifest> {
    let versions: Vec<Manifest> = others.iter().chain(same).cloned().collect();
    rulings.in_force(&versions).map(|idx| versions[idx].clone())
}

/// Why a version that comes now must stay out of force. One that is older than that in force, or is the one in force, changes
/// nothing.
fn suspicions(config: &Config, rulings: &Rulings, new: &Manifest, before: Option<&Manifest>) -> Vec<String> {
    let changes_nothing = before.is_some_and(|before| {
        let is_older = precedence(new, Timestamp::now()) < rulings.precedence(before);
        before.version.digest == new.version.digest || is_older
    });
    if changes_nothing { Vec::new() } else { quarantine::reasons(new, before, config.max_shrink) }
}

fn events(wishes: &Wishes, same: Option<&Manifest>, reasons: &[String]) -> Vec<EventKind> {
    let was_there = same.is_some();
    let accepts = wishes.suspicion == Suspicion::Accept;
    let is_suspicious = !reasons.is_empty();
    let is_fetched = wishes.origin == Origin::Fetched;
    let all = [
        (EventKind::Imported, !was_there || !is_fetched),
        (EventKind::Quarantined, is_suspicious && !accepts),
        (EventKind::Released, accepts && (was_there || is_suspicious)),
        (EventKind::Checked, is_fetched),
    ];
    all.into_iter().filter(|(_, happens)| *happens).map(|(kind, _)| kind).collect()
}

fn quarantined_now(archive: &Archive, manifest: &Manifest) -> Result<Vec<String>, Failure> {
    Ok(archive.rulings()?.reasons(manifest).map(<[String]>::to_vec).unwrap_or_default())
}

/// What is kept of a version that was there before: the date of publication may become known later, and readers get better; when
/// it was imported first does not change. The second value says whether there is anything new to keep.
fn with_former(new: Manifest, former: Option<Manifest>, told: Option<PartialDate>) -> (Manifest, bool) {
    let Some(former) = former else { return (new, true) };
    let keeps_date = told.is_none() && former.version.published.is_some();
    let (published, published_from) = if keeps_date {
        (former.version.published, former.published_from)
    } else {
        (new.version.published, new.published_from)
    };
    let version = ListVersion { published, ..new.version };
    let manifest = Manifest { version, published_from, imported_at: former.imported_at, ..new };
    let is_new = manifest.sealed().ok() != former.sealed().ok();
    (manifest, is_new)
}
