//! What the lists and the files of holdings say becomes one network.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::issue::{Issue, Severity};
use interdict_core::list::{ListVersion, RecordCount};
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
    /// The files that it was made of.
    pub files: Vec<FileRead>,
    /// Designations under the regimes, in the order of the lists and files, each with the name of the file when it is in one.
    pub designations: Vec<(Designation, Option<String>)>,
    /// Of each party of a list, on which it is, and in which version: places in `lists`.
    pub listed: BTreeMap<PartyId, Vec<usize>>,
    /// Parties beyond this number come from files alone.
    pub parties_of_lists: usize,
}

/// A file of holdings that was read.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FileRead {
    /// Its name.
    pub name: String,
    /// Its digest.
    pub digest: Digest,
    /// Records that could not be taken.
    pub lost: u64,
    /// What was noticed of the others: values that could not be used, and the like.
    pub issues: u64,
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
    let mut read_files = Vec::new();
    for file in files {
        let (account, designations) = read(&mut builder, file)?;
        bar.suspend(|| say_what_was_lost(file, &account));
        let of_file = |designation| (designation, Some(file.name.clone()));
        loaded.designations.extend(designations.into_iter().map(of_file));
        let (name, digest) = (file.name.clone(), file.digest);
        read_files.push(FileRead { name, digest, lost: lost(&account), issues: account.issues.len() });
    }
    let network = builder.finish();
    bar.finish_and_clear();
    let Parts { lists, designations, listed } = loaded;
    let files = read_files;
    Ok(Loaded { network, lists, files, designations, listed, parties_of_lists })
}

#[derive(Default)]
struct Parts {
    lists: Vec<ListVersion>,
    designations: Vec<(Designation, Option<String>)>,
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
            let own = designation::of(&entity);
            self.designations.extend(own.into_iter().map(|designation| (designation, None)));
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

/// Reads one file into a network; what it says of designations comes with the account.
pub(crate) fn read(builder: &mut Builder, file: &Holdings) -> Result<(Account, Vec<Designation>), Failure> {
    let source = builder
        .source(Source { name: file.name.clone(), edition: file.digest.short(), published: None })
        .map_err(SourceError::from)?;
    let origin = Origin { source, file: &file.name };
    let mut designations = Vec::new();
    let account = match SourceKind::detect(&file.bytes) {
        SourceKind::Ftm => {
            let parsed = interdict_lists::ftm::read_with_own_ids(&SourceFile {
                name: &file.name,
                bytes: &file.bytes,
            })?;
            designations.extend(parsed.value.entities.iter().flat_map(designation::of));
            let mut account = ftm::read(builder, origin, parsed.value.entities)?;
            // Lines that are no entity were lost before the entities became parties and links.
            account.issues.append(parsed.issues);
            let is_short = |row: &RecordCount| row.lost > 0;
            account
                .reconciliation
                .records
                .extend(parsed.value.reconciliation.records.into_iter().filter(is_short));
            account
        }
        SourceKind::Bods => bods::read(builder, origin, &file.bytes)?,
        SourceKind::Table => table::read(builder, origin, &file.bytes)?,
    };
    Ok((account, designations))
}

/// Records of a file that could not be taken.
pub(crate) fn lost(account: &Account) -> u64 {
    account.reconciliation.records.iter().map(|row| row.lost).sum()
}

/// Most issues of one file that are shown.
const ISSUES_SHOWN: usize = 5;

/// What a person should know of what a file could not give.
pub(crate) fn say_what_was_lost(file: &Holdings, account: &Account) {
    let name = printable(&file.name);
    let issues: Vec<&Issue> =
        account.issues.kept().iter().filter(|issue| issue.severity != Severity::Note).collect();
    for issue in issues.iter().take(ISSUES_SHOWN) {
        anstream::eprintln!("{NOTE}note:{NOTE:#} {}", printable(&issue.to_string()));
    }
    if issues.len() > ISSUES_SHOWN {
        anstream::eprintln!("{NOTE}note:{NOTE:#} … and {} more of {name}", issues.len() - ISSUES_SHOWN);
    }
    let lost = lost(account);
    if lost > 0 {
        let records = if lost == 1 { "record" } else { "records" };
        anstream::eprintln!(
            "{NOTE}note:{NOTE:#} {lost} {records} of {name} could not be taken; the answer is without them"
        );
    }
}
