//! Which ledger is asked? A kept chain, or files that are read now.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use interdict_core::digest::Digest;
use interdict_core::mapped::MappedFile;
use interdict_ledger::accounts::{AccountLedger, Builder};
use interdict_ledger::export::record::Read;
use interdict_ledger::outputs::answer::{Named, ServiceLabel};
use interdict_ledger::outputs::chain::Chain;
use interdict_ledger::outputs::names::name::{keys_of, text_of};
use interdict_ledger::outputs::names::{Names, address_in};
use interdict_ledger::outputs::store::printed;
use interdict_ledger::outputs::{AddressId, NO_ADDRESS, Tx};
use interdict_ledger::report::Unit;
use interdict_ledger::sources::{SourceAccount, edge_list, ethereum_etl};

use super::labels::Labels;
use super::places::{self, Places};
use super::store::{ChainStore, Kept};
use crate::cli::LedgerArgs;
use crate::config::Config;
use crate::failure::Failure;
use crate::intake;
use crate::terminal::NOTE;

/// A ledger that is ready to be asked.
pub(crate) enum Opened {
    /// A chain of accounts.
    Accounts(Box<AccountLedger>, Vec<Read>),
    /// A chain of outputs.
    Outputs(Box<Outputs>, Vec<Read>),
}

impl Opened {
    /// What was read, with digests.
    pub fn read(&self) -> &[Read] {
        match self {
            Self::Accounts(_, read) | Self::Outputs(_, read) => read,
        }
    }
}

/// A chain of outputs with its names.
pub(crate) struct Outputs {
    pub chain: Chain,
    pub names: Vec<Names>,
    pub unit: Unit,
    /// What addresses of the chain are called.
    pub labels: BTreeMap<AddressId, ServiceLabel>,
}

impl Outputs {
    /// The addresses that a text can mean, in any spelling.
    pub fn addresses(&self, text: &str) -> Result<Vec<AddressId>, Failure> {
        let keys =
            keys_of(text).map_err(|refusal| Failure::Ledger(format!("an address was refused: {refusal}")))?;
        Ok(keys.iter().filter_map(|key| address_in(&self.names, key)).collect())
    }

    /// Takes the names of addresses that the chain has.
    pub fn take_labels(&mut self, labels: &Labels) {
        for (text, label) in labels.all() {
            for address in self.addresses(text).unwrap_or_default() {
                self.labels.insert(address, label.clone());
            }
        }
    }
}

impl Named for Outputs {
    fn transaction(&self, tx: Tx) -> String {
        let id = self.names.iter().find_map(|names| names.id(tx));
        id.map_or_else(|| format!("#{tx}"), |id| printed(&id))
    }

    fn address(&self, address: AddressId) -> String {
        if address == NO_ADDRESS {
            return String::new();
        }
        let key = self.names.iter().find_map(|names| names.key(address));
        key.map_or_else(|| format!("#{address}"), text_of)
    }

    fn label(&self, address: AddressId) -> Option<ServiceLabel> {
        self.labels.get(&address).cloned()
    }
}

/// How files are read.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// The asset that is asked for: what values of an edge list are counted in where it does not say so itself.
    pub asset: Option<String>,
    /// What the native asset of ethereum-etl tables is called.
    pub native: String,
    /// Which column of an edge list is the value.
    pub value_column: Option<String>,
    /// The decimals of its values.
    pub decimals: Option<u8>,
}

impl Default for Reading {
    fn default() -> Self {
        Self { asset: None, native: "ETH".to_owned(), value_column: None, decimals: None }
    }
}

impl Reading {
    /// As the command line says.
    pub fn of(args: &LedgerArgs) -> Self {
        let LedgerArgs { asset, native, value_column, decimals, .. } = args.clone();
        Self { asset, native, value_column, decimals }
    }
}

/// Opens what was named: one kept chain, or files.
pub(crate) fn open(config: &Config, places: &[PathBuf], reading: &Reading) -> Result<Opened, Failure> {
    if let [one] = places
        && let Some(name) = one.to_str()
        && let Some(kept) = ChainStore::at(&config.home).open(name)?
    {
        if reading.decimals.is_some() {
            return Err(Failure::Usage(format!("--decimals: those of {name} were settled when it was kept")));
        }
        return match kept {
            Kept::Accounts(ledger, read) => Ok(Opened::Accounts(ledger, read)),
            Kept::Outputs(outputs, read) => {
                let unit = &outputs.unit.asset;
                match reading.asset.as_ref().filter(|asset| !asset.eq_ignore_ascii_case(unit)) {
                    Some(asset) => Err(Failure::Ledger(format!("--asset {asset}: {name} has {unit} alone"))),
                    None => Ok(Opened::Outputs(outputs, read)),
                }
            }
        };
    }
    if let Some(place) = places.iter().find(|place| place.as_os_str() != "-" && !place.exists()) {
        let kept = ChainStore::at(&config.home).names()?.join(", ");
        let kept = if kept.is_empty() { "none is kept".to_owned() } else { format!("kept are: {kept}") };
        return Err(Failure::Ledger(format!(
            "--ledger {}: no kept chain has this name ({kept}), and there is no such file",
            place.display()
        )));
    }
    let (ledger, read) = from_files(places, reading)?;
    Ok(Opened::Accounts(Box::new(ledger), read))
}

/// Reads tables of accounts.
pub(crate) fn from_files(
    places: &[PathBuf],
    reading: &Reading,
) -> Result<(AccountLedger, Vec<Read>), Failure> {
    let mut builder = Builder::new();
    let paths = match places::found(places)? {
        Places::Transfers(paths) => {
            let (account, read) = places::read_transfers(&mut builder, &paths, reading)?;
            refuse_twice(&read)?;
            tell(&account);
            return Ok((builder.finish(), read));
        }
        Places::Texts(paths) => paths,
    };
    let files: Vec<(String, MappedFile)> = paths
        .into_iter()
        .map(|path| Ok((name_of(&path), intake::input(&path)?)))
        .collect::<Result<_, Failure>>()?;
    let read: Vec<Read> =
        files.iter().map(|(name, bytes)| Read { name: name.clone(), digest: Digest::of(bytes) }).collect();
    refuse_twice(&read)?;
    let tables: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), &**bytes)).collect();
    let (etl, lists): (Vec<_>, Vec<_>) =
        tables.into_iter().partition(|(_, bytes)| ethereum_etl::is_table(bytes));
    let unreadable = |error: interdict_ledger::sources::SourceError| Failure::Ledger(error.to_string());
    if !etl.is_empty() {
        tell(&ethereum_etl::read(&mut builder, &reading.native, &etl).map_err(unreadable)?);
    }
    let Reading { asset, decimals, value_column, .. } = reading.clone();
    let options = edge_list::Options { decimals, value_column, asset };
    for (name, bytes) in lists {
        tell(&edge_list::read(&mut builder, name, bytes, &options).map_err(unreadable)?);
    }
    Ok((builder.finish(), read))
}

/// The same file twice would double what moved.
fn refuse_twice(read: &[Read]) -> Result<(), Failure> {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for file in read {
        if let Some(first) = known.insert(file.digest.to_string(), &file.name) {
            return Err(Failure::Ledger(format!(
                "{first} and {} have the same bytes, and what moved would count twice; name one of them",
                file.name
            )));
        }
    }
    Ok(())
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| "standard input".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Says on standard error what of the files was not taken.
pub(crate) fn tell(account: &SourceAccount) {
    for count in account.records.iter().filter(|count| count.lost > 0) {
        anstream::eprintln!(
            "{NOTE}{} of {} rows of {} were not taken{NOTE:#}",
            count.lost,
            count.read,
            count.file
        );
    }
    for issue in account.issues.kept().iter().take(10) {
        anstream::eprintln!("{NOTE}note{NOTE:#}: {issue}");
    }
}
