//! Which two versions are compared: of the archive, or in files that are not imported?

use std::path::{Path, PathBuf};

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::{ListId, ListVersion};
use interdict_lists::Format;

use super::lacking::Parts;
use crate::archive::{Archive, Holdings, Manifest};
use crate::cli::Diff;
use crate::config::Config;
use crate::failure::Failure;
use crate::importing::{read_mapping, version_digest};
use crate::{intake, progress};

/// A version with its entities.
pub(super) struct Version {
    pub version: ListVersion,
    pub entities: Vec<Entity>,
    pub parts: Parts,
}

/// What an argument names.
enum Side {
    /// A version of the archive, as [`Holdings::version`] takes it.
    Archived(String),
    /// The version before the one in force.
    Before(String),
    Files(PathBuf),
}

/// Reads the two versions that are named.
pub(super) fn resolve(config: &Config, args: &Diff) -> Result<(Version, Version), Failure> {
    let archive = Archive::at(&config.home);
    let holdings = archive.holdings()?;
    let asked = args.list.as_deref().map(str::parse::<ListId>).transpose();
    let asked = asked.map_err(|error| Failure::Usage(format!("--list: {error}")))?;
    let (from, to) = match (side(&args.from), args.to.as_deref().map(side)) {
        (from, Some(to)) => (from, to),
        (Side::Archived(text) | Side::Before(text), None) => {
            let list = text.split('@').next().unwrap_or_default().to_owned();
            let from = if list == text { Side::Before(text) } else { Side::Archived(text) };
            (from, Side::Archived(list))
        }
        (Side::Files(path), None) => {
            let to = read_files(&path, asked.as_ref(), None, args.mapping.as_deref())?;
            return Ok((archived(&archive, holdings.version(to.version.id.as_str())?)?, to));
        }
    };
    let list = [&from, &to].into_iter().find_map(|side| match side {
        Side::Archived(text) | Side::Before(text) => text.split('@').next()?.parse::<ListId>().ok(),
        Side::Files(_) => None,
    });
    let read = |side: &Side, other: Option<&ListId>| match side {
        Side::Archived(text) => archived(&archive, holdings.version(text)?),
        Side::Before(list) => archived(&archive, before(&holdings, list)?),
        Side::Files(path) => read_files(path, asked.as_ref(), other, args.mapping.as_deref()),
    };
    let from = read(&from, list.as_ref())?;
    let to = read(&to, Some(&from.version.id))?;
    if from.version.id != to.version.id {
        let (one, other) = (&from.version.id, &to.version.id);
        return Err(Failure::Usage(format!(
            "{one} and {other} are two lists, and only versions of one can be compared; --list says of which list files are"
        )));
    }
    Ok((from, to))
}

/// A path that is there is files; anything else names a version of the archive.
fn side(text: &str) -> Side {
    let path = Path::new(text);
    let (list, which) = text.split_once('@').map_or((text, None), |(list, which)| (list, Some(which)));
    let is_list = list.parse::<ListId>().is_ok();
    if is_list && (which.is_some() || !path.exists() || !text.contains(['/', '.'])) {
        Side::Archived(text.to_owned())
    } else {
        Side::Files(path.to_owned())
    }
}

/// The version of a list that was published before the one in force.
fn before<'a>(holdings: &'a Holdings, list: &str) -> Result<&'a Manifest, Failure> {
    let versions = holdings.list(list)?;
    let in_force = holdings.rulings.in_force(versions).unwrap_or(versions.len());
    let before = in_force.checked_sub(1).and_then(|idx| versions.get(idx));
    before.ok_or_else(|| {
        let known: Vec<String> = versions.iter().map(Manifest::in_words).collect();
        let known = known.join(", ");
        Failure::Usage(format!(
            "{list}: the archive has no version before the one in force; there are: {known}"
        ))
    })
}

fn archived(archive: &Archive, manifest: &Manifest) -> Result<Version, Failure> {
    let bar = progress::spinner(format!("reading {}", manifest.name()));
    let content = archive.read(manifest)?.value;
    bar.finish_and_clear();
    let parts = Parts::of(&manifest.format, &content.reconciliation);
    Ok(Version { version: manifest.version.clone(), entities: content.entities, parts })
}

/// Reads files as an import would, and keeps nothing. They are of the list that was asked for, else of that of their format, else
/// of the list on the other side.
fn read_files(
    path: &Path,
    asked: Option<&ListId>,
    other: Option<&ListId>,
    mapping: Option<&Path>,
) -> Result<Version, Failure> {
    let lists = intake::lists_at(path)?;
    let [paths] = &lists[..] else {
        let reason = format!("{} holds the files of {} lists: name one file", path.display(), lists.len());
        return Err(Failure::Usage(reason));
    };
    let bar = progress::spinner(format!("reading {}", path.display()));
    let files = intake::copy(paths)?;
    let sources = files.sources();
    let mapping = mapping.map(read_mapping).transpose()?;
    let no_list = |error| Failure::NotAList { path: path.to_owned(), error };
    let format = match &mapping {
        Some(_) => Format::MappedCsv,
        None => interdict_lists::detect(&sources).map_err(no_list)?,
    };
    let list = match (asked, interdict_lists::list_of(format, &files.sources()), other) {
        (Some(list), _, _) | (None, None, Some(list)) => list.clone(),
        (None, of_format, _) => of_format
            .map_or_else(|| files.list_from_name(), str::to_owned)
            .parse()
            .map_err(|_| Failure::Usage(format!("{}: name the list with --list", files.names())))?,
    };
    let used = mapping.as_ref().map(|(mapping, _)| mapping);
    let content = interdict_lists::read(format, &list, &sources, used).map_err(no_list)?.value;
    let digest = version_digest(&files, mapping.as_ref().map(|(_, text)| Digest::of(text.as_bytes())), None);
    bar.finish_and_clear();
    let version = ListVersion {
        id: list,
        version: digest.short(),
        published: content.published.or_else(|| files.date_in_path()),
        entities: content.reconciliation.parties,
        digest,
    };
    let parts = Parts::of(format.name(), &content.reconciliation);
    Ok(Version { version, entities: content.entities, parts })
}
