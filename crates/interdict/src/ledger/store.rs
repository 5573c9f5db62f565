//! Where are chains kept? Each in a folder of its own; files are named by their digests and never changed, a manifest says which count.
//!
//! ```text
//! <home>/chains/<name>/…               a chain of outputs, see interdict_ledger::outputs::store::folder
//! <home>/chains/<name>/accounts.json   which file is a ledger of accounts
//! <home>/chains/<name>/<digest>        that file
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use interdict_core::digest::Digest;
use interdict_core::mapped::MappedFile;
use interdict_ledger::accounts::AccountLedger;
use interdict_ledger::accounts::file;
use interdict_ledger::export::record::Read;
use interdict_ledger::outputs::store::Manifest;
use interdict_ledger::outputs::store::folder::Folder;
use interdict_ledger::report::Unit;

use super::opened::Outputs;
use crate::archive::{Lock, write_private};
use crate::failure::Failure;

/// Version of the manifest of accounts.
const ACCOUNTS_FORMAT: u32 = 1;
/// Its name.
const ACCOUNTS: &str = "accounts.json";
/// One of these says that a chain is kept.
const MANIFESTS: [&str; 2] = [ACCOUNTS, "manifest.json"];

/// Which file is a ledger of accounts, and what it was made of.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountsManifest {
    /// [`ACCOUNTS_FORMAT`].
    pub format: u32,
    /// The file.
    pub ledger: Digest,
    /// Its length.
    pub bytes: u64,
    /// How many events it has.
    pub events: u64,
    /// What it was read from.
    pub read: Vec<Read>,
}

/// What is kept under a name.
pub(crate) enum KeptManifest {
    /// A chain of outputs.
    Outputs(Manifest),
    /// A ledger of accounts.
    Accounts(AccountsManifest),
}

/// A kept chain, opened.
pub(crate) enum Kept {
    /// Of accounts.
    Accounts(Box<AccountLedger>, Vec<Read>),
    /// Of outputs.
    Outputs(Box<Outputs>, Vec<Read>),
}

/// The kept chains of a home folder.
#[derive(Debug)]
pub(crate) struct ChainStore {
    folder: PathBuf,
}

impl ChainStore {
    /// Those of a home folder; nothing need be there yet.
    pub fn at(home: &Path) -> Self {
        Self { folder: home.join("chains") }
    }

    /// The names of kept chains, in order.
    pub fn names(&self) -> Result<Vec<String>, Failure> {
        let unreadable = |error| Failure::Unreadable { path: self.folder.clone(), error };
        if !self.folder.exists() {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            if MANIFESTS.iter().any(|manifest| entry.path().join(manifest).is_file()) {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        names.sort();
        Ok(names)
    }

    /// The folder of a chain. A name is one plain word, so that it stays inside of the home folder.
    pub fn chain(&self, name: &str) -> Result<ChainFolder, Failure> {
        let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.');
        if name.is_empty() || name.starts_with('.') || name.len() > 64 || !name.chars().all(is_plain) {
            return Err(Failure::Ledger(format!(
                "{name:?} is no name for a chain: use letters, digits, -, _ and ., at most 64"
            )));
        }
        Ok(ChainFolder { path: self.folder.join(name), name: name.to_owned() })
    }

    /// Opens a chain; none if no chain of this name is kept.
    pub fn open(&self, name: &str) -> Result<Option<Kept>, Failure> {
        let Ok(chain) = self.chain(name) else { return Ok(None) };
        match chain.manifest()? {
            None => Ok(None),
            Some(KeptManifest::Outputs(manifest)) => {
                let read = chain.read_of(&manifest);
                let parts = chain.outputs().open(&manifest).map_err(|error| chain.failed(&error))?;
                let (chain, names) = parts.into_chain().map_err(|error| chain.failed(&error))?;
                let unit = Unit { asset: manifest.unit, decimals: manifest.decimals };
                let labels = BTreeMap::new();
                Ok(Some(Kept::Outputs(Box::new(Outputs { chain, names, unit, labels }), read)))
            }
            Some(KeptManifest::Accounts(manifest)) => {
                let ledger =
                    file::open(&chain.file(&manifest.ledger)).map_err(|error| chain.failed(&error))?;
                // By what it was read from, so that files and the chain that is kept of them give one answer with one digest.
                Ok(Some(Kept::Accounts(Box::new(ledger), manifest.read)))
            }
        }
    }
}

/// The folder of one chain.
#[derive(Debug)]
pub(crate) struct ChainFolder {
    path: PathBuf,
    name: String,
}

impl ChainFolder {
    /// Waits until no other program changes it.
    pub fn lock(&self) -> Result<Lock, Failure> {
        Lock::take(&self.path)
    }

    /// The files of a chain of outputs.
    pub fn outputs(&self) -> Folder {
        Folder::at(&self.path)
    }

    /// An error that names the chain.
    pub fn failed(&self, error: &impl std::fmt::Display) -> Failure {
        Failure::Ledger(format!("chain {}: {error}", self.name))
    }

    fn file(&self, digest: &Digest) -> PathBuf {
        self.path.join(digest.to_string())
    }

    /// What counts; none if the chain is not kept.
    pub fn manifest(&self) -> Result<Option<KeptManifest>, Failure> {
        let path = self.path.join(ACCOUNTS);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let manifest = self.outputs().manifest().map_err(|error| self.failed(&error))?;
                return Ok(manifest.map(KeptManifest::Outputs));
            }
            Err(error) => return Err(Failure::Unreadable { path, error }),
        };
        let damaged = |why: String| {
            self.failed(&format!("{ACCOUNTS} is damaged ({why}); remove the chain and import it again"))
        };
        let manifest: AccountsManifest =
            serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
        if manifest.format != ACCOUNTS_FORMAT {
            return Err(damaged(format!("its format is {}", manifest.format)));
        }
        Ok(Some(KeptManifest::Accounts(manifest)))
    }

    /// By what a trace names the chain: the digest of the digests of its files.
    fn read_of(&self, manifest: &Manifest) -> Vec<Read> {
        let files: Vec<String> = manifest
            .parts
            .iter()
            .flat_map(|part| [part.segment.to_string(), part.names.to_string()])
            .collect();
        let last = manifest.parts.last().map_or(0, |part| part.last_height);
        let name = format!("{} ({} to block {last})", self.name, manifest.network);
        vec![Read { name, digest: Digest::of(files.join("\n").as_bytes()) }]
    }

    /// Keeps a ledger of accounts, in the place of the last.
    pub fn keep_accounts(
        &self,
        ledger: &AccountLedger,
        read: Vec<Read>,
    ) -> Result<AccountsManifest, Failure> {
        let before = self.manifest()?;
        let mut bytes = Vec::new();
        file::write(ledger, &mut bytes).map_err(Failure::Output)?;
        let digest = Digest::of(&bytes);
        write_private(&self.file(&digest), &bytes)?;
        let manifest = AccountsManifest {
            format: ACCOUNTS_FORMAT,
            ledger: digest,
            bytes: bytes.len() as u64,
            events: ledger.len() as u64,
            read,
        };
        let json = serde_json::to_vec_pretty(&manifest).map_err(|_| Failure::Bug)?;
        write_private(&self.path.join(ACCOUNTS), &json)?;
        if let Some(KeptManifest::Accounts(old)) = before
            && old.ledger != manifest.ledger
        {
            let path = self.file(&old.ledger);
            fs::remove_file(&path).map_err(|error| Failure::Unwritable { path, error })?;
        }
        Ok(manifest)
    }

    /// What is wrong with the files that count.
    pub fn verify(&self, manifest: &KeptManifest) -> Result<Vec<String>, Failure> {
        match manifest {
            KeptManifest::Outputs(manifest) => {
                Ok(self.outputs().verify(manifest).iter().map(ToString::to_string).collect())
            }
            KeptManifest::Accounts(manifest) => {
                let path = self.file(&manifest.ledger);
                let bytes = MappedFile::open(&path)
                    .map_err(|error| Failure::Unreadable { path: path.clone(), error })?;
                let is_sound = Digest::of(&bytes) == manifest.ledger;
                let wrong = format!("{} is not what its name says; import it again", path.display());
                Ok(if is_sound { Vec::new() } else { vec![wrong] })
            }
        }
    }

    /// Whether anything is kept here, sound or damaged.
    pub fn is_kept(&self) -> bool {
        MANIFESTS.iter().any(|manifest| self.path.join(manifest).exists())
    }

    /// Deletes the chain: the manifest first, as a chain that is half deleted is none.
    pub fn remove(&self) -> Result<(), Failure> {
        let unwritable = |error| Failure::Unwritable { path: self.path.clone(), error };
        for manifest in MANIFESTS {
            match fs::remove_file(self.path.join(manifest)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(unwritable(error)),
                _ => {}
            }
        }
        fs::remove_dir_all(&self.path).map_err(unwritable)
    }
}
