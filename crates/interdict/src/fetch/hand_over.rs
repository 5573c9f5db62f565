//! The seam between fetching and the archive: all that `fetch` asks of the import goes through here.

use interdict_core::digest::Digest;
use interdict_core::list::ListVersion;
use interdict_lists::Format;
use interdict_lists::mapped_csv::Mapping;

use super::Fetched;
use super::record::{self, FetchRecord, Reading};
use super::sources::Source;
use crate::archive::{Archive, EventKind};
use crate::config::Config;
use crate::failure::Failure;
use crate::importing::{self, Origin, Suspicion, Wishes};

/// What became of the files that were handed over.
#[derive(Debug)]
pub(crate) struct Kept {
    /// The version in the archive.
    pub version: ListVersion,
    /// Whether the archive had it already.
    pub was_there: bool,
    /// Why it is in quarantine; none when it is not.
    pub quarantined: Vec<String>,
    /// The version of the list that is in force now.
    pub in_force: Option<ListVersion>,
    /// The record of the fetch, with the version that came of it.
    pub record: FetchRecord,
}

/// Imports what was fetched, as `lists import` does with these files.
///
/// # Errors
/// When the import refuses them; then nothing has changed.
pub(crate) fn import(config: &Config, source: &Source, fetched: &Fetched) -> Result<Kept, Failure> {
    let mapping = mapping(config, source)?;
    let read_as = reading(source, mapping.as_ref());
    let is_from_folder =
        fetched.record.files.iter().any(|file| matches!(file.from, record::Origin::Folder(_)));
    let wishes = Wishes {
        list: Some(source.list.clone()),
        format: source.format.or(mapping.is_some().then_some(Format::MappedCsv)),
        mapping,
        onto: None,
        published: None,
        origin: if is_from_folder { Origin::Named } else { Origin::Fetched },
        suspicion: Suspicion::Quarantine,
    };
    let archive = Archive::at(&config.home);
    let imported = importing::import(config, &archive, &fetched.paths(), &wishes)?;
    let version = imported.manifest.version;
    let in_force = archive.in_force()?.into_iter().map(|manifest| manifest.version);
    let in_force = in_force.into_iter().find(|other| other.id == version.id);
    let (kept_as, read_as) = (Some(version.clone()), Some(read_as));
    let record = FetchRecord { kept_as, read_as, ..fetched.record.clone() };
    let (was_there, quarantined) = (imported.was_there, imported.quarantined);
    Ok(Kept { version, was_there, quarantined, in_force, record })
}

fn mapping(config: &Config, source: &Source) -> Result<Option<(Mapping, String)>, Failure> {
    source.mapping.as_ref().map(|path| importing::read_mapping(&config.home.join(path))).transpose()
}

fn reading(source: &Source, mapping: Option<&(Mapping, String)>) -> Reading {
    Reading {
        format: source.format.map(|format| format.name().to_owned()),
        mapping: mapping.map(|(_, text)| Digest::of(text.as_bytes())),
    }
}

/// Notes that the authority confirmed a version.
///
/// # Errors
/// When the journal cannot be written.
pub(crate) fn confirmed(config: &Config, record: &FetchRecord) -> Result<(), Failure> {
    let Some(version) = &record.kept_as else { return Ok(()) };
    let archive = Archive::at(&config.home);
    let _lock = archive.lock()?;
    archive.happened(&[EventKind::Checked], version, &[])
}

/// The last fetch of a source, when the archive still has what came of it, not in quarantine and nothing later besides, and the
/// configuration says the same of its files, format and mapping as then. Otherwise nobody may be asked only whether something changed: the answer "no"
/// would leave the operator without the list, or with one that is read as it no longer should be, and without a word.
pub(crate) fn last(config: &Config, source: &Source) -> Option<FetchRecord> {
    let last = FetchRecord::last(&config.home, &source.id)?;
    let kept = last.kept_as.as_ref().filter(|version| version.id == source.list)?;
    let is_same_set = last.files.iter().map(|file| &file.name).eq(&source.names);
    let reading = reading(source, mapping(config, source).ok()?.as_ref());
    if !is_same_set || last.read_as.as_ref() != Some(&reading) {
        return None;
    }
    let holdings = Archive::at(&config.home).holdings().ok()?;
    let versions = holdings.lists.get(&kept.id)?;
    let latest = versions.iter().rfind(|manifest| !holdings.rulings.is_quarantined(manifest))?;
    (latest.version.digest == kept.digest).then_some(last)
}
