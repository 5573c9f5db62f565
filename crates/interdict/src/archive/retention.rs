//! Which versions are older than versions are kept? They can be deleted; what is in force never is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::{Span, Timestamp, tz::TimeZone};

use interdict_core::digest::Digest;

use super::journal::EventKind;
use super::{Archive, Manifest, entries};
use crate::failure::Failure;

/// What was deleted, or would be.
#[derive(Debug)]
pub(crate) struct Pruned {
    /// Versions that are older than versions are kept.
    pub versions: Vec<Manifest>,
    /// Files that no version names: what an import or a deletion that was cut off has left.
    pub unused: Vec<PathBuf>,
    /// Manifests that should be there and are not: as long as one is missing, what no version names may be its own, and stays.
    pub missing: Vec<PathBuf>,
    /// Objects that no other version names.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl Archive {
    /// The versions that went out of use more than so many years before a time, and the objects that nothing else needs. A version
    /// goes out of use when one that takes precedence over it came.
    pub fn outdated(&self, years: i32, now: Timestamp) -> Result<Pruned, Failure> {
        let holdings = self.holdings()?;
        let limit = years_before(now, years)?;
        let (mut old, mut kept) = (Vec::new(), BTreeSet::new());
        for versions in holdings.lists.into_values() {
            let in_force = holdings.rulings.in_force(&versions);
            for (idx, manifest) in versions.iter().enumerate() {
                let came_at = holdings.rulings.came_at(manifest);
                // What came before a version that takes precedence was out of use from the first.
                let out_at = versions[idx + 1..]
                    .iter()
                    .map(|later| holdings.rulings.came_after(later, came_at).unwrap_or(came_at))
                    .min();
                let is_old = out_at.is_some_and(|out_at| out_at < limit);
                if is_old && Some(idx) != in_force {
                    old.push(manifest.clone());
                } else {
                    kept.extend(objects_of(manifest));
                }
            }
        }
        let gone: BTreeSet<Digest> =
            old.iter().flat_map(objects_of).filter(|digest| !kept.contains(digest)).collect();
        let missing = self.missing()?;
        let named: BTreeSet<PathBuf> =
            kept.iter().chain(&gone).map(|digest| self.object_path(*digest)).collect();
        let mut unused = if missing.is_empty() { entries(&self.objects())? } else { Vec::new() };
        unused.retain(|path| !named.contains(path));
        let gone: Vec<PathBuf> = gone.iter().map(|digest| self.object_path(*digest)).collect();
        let size = |path: &PathBuf| fs::metadata(path).map_or(0, |data| data.len());
        let bytes = gone.iter().chain(&unused).map(size).sum();
        Ok(Pruned { objects: (gone.len() + unused.len()) as u64, bytes, versions: old, unused, missing })
    }

    /// Deletes what [`Archive::outdated`] found: of each version a line of the journal, then its manifest; then the objects that no
    /// manifest names any more. What is left when that is cut off is found the next time. The caller holds the lock.
    pub fn prune(&self, pruned: &Pruned) -> Result<(), Failure> {
        for manifest in &pruned.versions {
            self.happened(&[EventKind::Pruned], &manifest.version, &[])?;
            remove(&self.manifest_path(&manifest.version))?;
        }
        let mut used = BTreeSet::new();
        for versions in self.holdings()?.lists.into_values() {
            used.extend(versions.iter().flat_map(objects_of).map(|digest| self.object_path(digest)));
        }
        let objects = pruned.versions.iter().flat_map(objects_of).map(|digest| self.object_path(digest));
        let objects = objects.chain(pruned.unused.iter().cloned());
        let gone: BTreeSet<_> = objects.filter(|path| !used.contains(path)).collect();
        let present = entries(&self.objects())?;
        gone.iter().filter(|path| present.contains(path)).try_for_each(|path| remove(path))
    }
}

fn objects_of(manifest: &Manifest) -> impl Iterator<Item = Digest> {
    manifest.files.iter().map(|file| file.digest).chain(manifest.mapping)
}

fn remove(path: &Path) -> Result<(), Failure> {
    fs::remove_file(path).map_err(|error| Failure::Unwritable { path: path.to_owned(), error })
}

fn years_before(now: Timestamp, years: i32) -> Result<Timestamp, Failure> {
    let span =
        Span::new().try_years(years).map_err(|error| Failure::Usage(format!("retention_years: {error}")))?;
    let before = now.to_zoned(TimeZone::UTC).checked_sub(span);
    before.map(|at| at.timestamp()).map_err(|error| Failure::Usage(format!("retention_years: {error}")))
}
