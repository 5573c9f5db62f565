//! Is the archive as it was written? Every object is hashed again, every manifest and every line of the journal checked.

use std::collections::BTreeSet;
use std::path::PathBuf;

use interdict_core::digest::Digest;

use super::manifest::Manifest;
use super::{Archive, Event, EventKind, entries, is_manifest};
use crate::failure::Failure;

/// What a check of the whole archive found.
#[derive(Debug)]
pub(crate) struct Verified {
    /// Versions whose manifest is sound.
    pub versions: u64,
    /// Objects whose bytes have the digest they are kept under.
    pub objects: u64,
    /// The bytes of these objects.
    pub bytes: u64,
    /// Lines of the journal.
    pub events: u64,
    /// The last digest of the journal's chain, to be kept in another place.
    pub chain: Option<Digest>,
    /// Objects that no version names: what an import or a deletion that was cut off has left.
    pub unused: Vec<PathBuf>,
    /// What is damaged or missing.
    pub damaged: Vec<Failure>,
}

impl Archive {
    /// Checks everything; what is damaged is gathered, not thrown. `tick` is called with the bytes of each object.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn verify(&self, tick: &dyn Fn(u64)) -> Result<Verified, Failure> {
        let mut verified = Verified {
            versions: 0,
            objects: 0,
            bytes: 0,
            events: 0,
            chain: None,
            unused: Vec::new(),
            damaged: Vec::new(),
        };
        let known = self.verify_journal(&mut verified);
        let used = self.verify_manifests(&known, &mut verified)?;
        self.verify_completeness(&mut verified);
        for digest in &used {
            match self.object(*digest) {
                Ok(bytes) => {
                    verified.objects += 1;
                    verified.bytes += bytes.len() as u64;
                    tick(bytes.len() as u64);
                }
                Err(failure) => verified.damaged.push(failure),
            }
        }
        let names: BTreeSet<PathBuf> = used.iter().map(|digest| self.object_path(*digest)).collect();
        verified.unused =
            entries(&self.objects())?.into_iter().filter(|path| !names.contains(path)).collect();
        Ok(verified)
    }

    /// The versions that the journal knows, by list and version.
    fn verify_journal(&self, verified: &mut Verified) -> BTreeSet<(String, String)> {
        match self.events() {
            Ok(events) => {
                verified.events = events.events.len() as u64;
                verified.chain = Some(events.chain);
                let version = |event: &Event| Some((event.list.to_string(), event.version.clone()?));
                events.events.iter().filter_map(version).collect()
            }
            Err(failure) => {
                verified.damaged.push(failure);
                BTreeSet::new()
            }
        }
    }

    /// Whether every version that the journal says was imported, and not deleted since, has its manifest.
    fn verify_completeness(&self, verified: &mut Verified) {
        let missing = self.missing().unwrap_or_default(); // A damaged journal is told already.
        verified.damaged.extend(missing.into_iter().map(|path| {
            let reason = "the journal says that this version was imported, and it is not there: the import was cut off, or the \
                          file was deleted";
            Failure::DamagedArchive { path, reason: reason.to_owned() }
        }));
    }

    /// The manifests that should be there by the journal, and are not.
    pub(super) fn missing(&self) -> Result<Vec<PathBuf>, Failure> {
        let mut there = BTreeSet::new();
        for Event { event, list, version, .. } in self.events()?.events {
            let Some(version) = version else { continue };
            match event {
                EventKind::Imported => there.insert((list, version)),
                EventKind::Pruned => there.remove(&(list, version)),
                _ => false,
            };
        }
        let paths = there.into_iter().map(|(list, version)| self.path_of_version(&list, &version));
        Ok(paths.filter(|path| !path.exists()).collect())
    }

    /// The objects that sound manifests name.
    fn verify_manifests(
        &self,
        known: &BTreeSet<(String, String)>,
        verified: &mut Verified,
    ) -> Result<BTreeSet<Digest>, Failure> {
        let mut used = BTreeSet::new();
        for folder in entries(&self.folder.join("versions"))? {
            for path in entries(&folder)?.iter().filter(|path| is_manifest(path)) {
                match Manifest::read(path) {
                    Ok(manifest) => {
                        verified.versions += 1;
                        let version = (manifest.version.id.to_string(), manifest.version.version.clone());
                        if verified.chain.is_some() && !known.contains(&version) {
                            let reason =
                                "the journal does not know this version: lines of it are missing".to_owned();
                            verified.damaged.push(Failure::DamagedArchive { path: path.clone(), reason });
                        }
                        used.extend(manifest.files.iter().map(|file| file.digest).chain(manifest.mapping));
                    }
                    Err(failure) => verified.damaged.push(failure),
                }
            }
        }
        Ok(used)
    }
}
