//! What the lists and the files of holdings say becomes one network.

use std::collections::BTreeMap;
use std::path::PathBuf;

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::ListVersion;
use interdict_core::mapped::MappedFile;
use interdict_lists::SourceFile;
use interdict_network::designation::{self, Designation};
use interdict_network::interest::Source;
use interdict_network::network::{Builder, Network, PartyId};
use interdict_network::sources::{Account, Origin, SourceError, SourceKind, bods, ftm, table};

use super::kept::Kept;
use crate::config::Config;
use crate::failure::Failure;
use crate::index_store::{self, When};
use crate::terminal::{NOTE, printable};
use crate::{intake, progress};

/// A network, and what the lists say of its parties.
pub(crate) struct Loaded {
    /// All parties and interests.
    pub network: Network,
    /// The lists that it was made of.
    pub lists: Vec<ListVersion>,
    /// The files that it was made of: name and digest.
    pub files: Vec<(String, Digest)>,
    /// Designations under the regimes, in the order of the lists.
    pub designations: Vec<Designation>,
    /// Of each party of a list, on which it is, and in which version: places in `lists`.
    pub listed: BTreeMap<PartyId, Vec<usize>>,
    /// Parties beyond this number come from files alone.
    pub parties_of_lists: usize,
}

/// A file of holdings that is to be read.
pub(crate) struct Holdings {
    /// The name by which answers call it.
    pub name: String,
    /// Its bytes.
    pub bytes: MappedFile,
    /// Their digest.
    pub digest: Digest,
}

/// The files that a question names, or the kept ones.
pub(crate) fn files(config: &Config, paths: &[PathBuf]) -> Result<Vec<Holdings>, Failure> {
    if !paths.is_empty() {
        return paths.iter().map(|path| file(path)).collect();
    }
    let kept = Kept::at(&config.home);
    let files = kept.files()?.into_iter().map(|file| {
        let bytes = kept.open(&file)?;
        Ok(Holdings { name: file.name, bytes, digest: file.digest })
    });
    files.collect()
}

/// A file by its path.
pub(crate) fn file(path: &std::path::Path) -> Result<Holdings, Failure> {
    let copied = intake::copy(&[path.to_owned()])?;
    let file = copied.files.into_iter().next().ok_or(Failure::Bug)?;
    Ok(Holdings { name: file.name, bytes: file.bytes, digest: file.digest })
}

/// Makes the network of the lists that count at a time and of these files.
pub(crate) fn load(config: &Config, when: When, files: &[Holdings]) -> Result<Loaded, Failure> {
    let bar = progress::spinner("reading who owns whom");
    let mut builder = Builder::new();
    let mut loaded = Parts::default();
    for (version, entities) in index_store::entities(config, when)? {
        loaded.list(&mut builder, version, entities)?;
    }
    let parties_of_lists = builder.parties();
    for file in files {
        let account = read(&mut builder, file)?;
        say_what_was_lost(file, &account);
    }
    let network = builder.finish();
    bar.finish_and_clear();
    let Parts { lists, designations, listed } = loaded;
    let files = files.iter().map(|file| (file.name.clone(), file.digest)).collect();
    Ok(Loaded { network, lists, files, designations, listed, parties_of_lists })
}

#[derive(Default)]
struct Parts {
    lists: Vec<ListVersion>,
    designations: Vec<Designation>,
    listed: BTreeMap<PartyId, Vec<usize>>,
}

impl Parts {
    fn list(
        &mut self,
        builder: &mut Builder,
        version: ListVersion,
        entities: Vec<Entity>,
    ) -> Result<(), Failure> {
        let place = self.lists.len();
        let source = builder.source(Source {
            name: version.id.to_string(),
            edition: version.version.clone(),
            published: version.published,
        });
        let origin = Origin { source: source.map_err(SourceError::from)?, file: version.id.as_str() };
        let mut reader = ftm::Reader::new(builder, origin);
        let mut parties = Vec::new();
        for entity in entities {
            self.designations.extend(designation::of(&entity));
            if entity.is_party() {
                parties.push(entity.id.clone());
            }
            reader.take(entity)?;
        }
        reader.finish();
        for id in parties {
            if let Some(party) = builder.find(&id) {
                self.listed.entry(party).or_default().push(place);
            }
        }
        self.lists.push(version);
        Ok(())
    }
}

/// Reads one file into a network.
pub(crate) fn read(builder: &mut Builder, file: &Holdings) -> Result<Account, Failure> {
    let source = builder
        .source(Source { name: file.name.clone(), edition: file.digest.short(), published: None })
        .map_err(SourceError::from)?;
    let origin = Origin { source, file: &file.name };
    Ok(match SourceKind::detect(&file.bytes) {
        SourceKind::Ftm => {
            let file = SourceFile { name: &file.name, bytes: &file.bytes };
            ftm::read(builder, origin, interdict_lists::ftm::read_with_own_ids(&file)?.value.entities)?
        }
        SourceKind::Bods => bods::read(builder, origin, &file.bytes)?,
        SourceKind::Table => table::read(builder, origin, &file.bytes)?,
    })
}

/// What a person should know of what a file could not give.
fn say_what_was_lost(file: &Holdings, account: &Account) {
    let lost: u64 = account.reconciliation.records.iter().map(|row| row.lost).sum();
    if lost > 0 {
        let name = printable(&file.name);
        anstream::eprintln!(
            "{NOTE}note:{NOTE:#} {lost} records of {name} could not be taken: interdict network import {name} shows them"
        );
    }
}
