//! `interdict lists report`: the account of everything in force. What the files hold, what the entities are, and what the index has
//! that screening uses; every total must close.

mod text;

use std::collections::BTreeMap;

use serde::Serialize;

use interdict_core::list::{ListId, RecordCount};
use interdict_lists::inventory::Inventory;
use interdict_match::index::Index;

use super::{print, print_json};
use crate::Ending;
use crate::archive::{Archive, IssueCounts, Manifest};
use crate::cli::{Output, Report};
use crate::config::Config;
use crate::failure::Failure;
use crate::index_store;

/// The account of one list.
#[derive(Serialize)]
struct Account {
    id: ListId,
    version: String,
    published: Option<interdict_core::date::PartialDate>,
    records: Vec<RecordCount>,
    entities: u64,
    inventory: Inventory,
    wallets: u64,
    issues: IssueCounts,
    index: Indexed,
    /// What does not add up, in sentences.
    open: Vec<String>,
}

/// What the index has of a list.
#[derive(Serialize, Default)]
struct Indexed {
    parties: u64,
    names: u64,
    names_by_quality: BTreeMap<&'static str, u64>,
}

/// Accounts for the lists in force.
pub(crate) fn run(config: &Config, args: &Report, output: Output) -> Result<Ending, Failure> {
    let archive = Archive::at(&config.home);
    let holdings = archive.holdings()?;
    if let Some(list) = &args.list {
        holdings.list(list)?;
    }
    let is_asked =
        |manifest: &Manifest| args.list.as_ref().is_none_or(|asked| asked == manifest.version.id.as_str());
    let manifests: Vec<Manifest> = holdings.in_force().into_iter().filter(is_asked).collect();
    if manifests.is_empty() {
        return Err(Failure::NoList);
    }
    let opened = index_store::open(config)?;
    let mut accounts = Vec::new();
    for manifest in manifests {
        accounts.push(account(&archive, &opened.index, manifest)?);
    }
    let is_closed = accounts.iter().all(|account| account.open.is_empty());
    if output == Output::Json {
        print_json(&serde_json::json!({"closed": is_closed, "lists": accounts}))?;
    } else {
        print(text::of(&accounts).as_bytes())?;
    }
    Ok(if is_closed { Ending::Clear } else { Ending::NotScreened })
}

/// Reads a list again, so that the account is of the bytes in the archive and of the readers of today.
fn account(archive: &Archive, index: &Index, manifest: Manifest) -> Result<Account, Failure> {
    let parsed = archive.read(&manifest)?;
    let inventory = Inventory::of(&parsed.value.entities);
    let indexed = indexed(index, &manifest.version.id);
    let reconciliation = parsed.value.reconciliation;
    let mut account = Account {
        id: manifest.version.id,
        version: manifest.version.version,
        published: manifest.version.published,
        records: reconciliation.records.clone(),
        entities: reconciliation.entities,
        wallets: inventory.n_wallets(),
        inventory,
        issues: IssueCounts::of(&parsed.issues),
        index: indexed,
        open: Vec::new(),
    };
    account.open = open(&account, reconciliation.unexplained(), manifest.version.entities);
    Ok(account)
}

fn indexed(index: &Index, list: &ListId) -> Indexed {
    let mut indexed = Indexed::default();
    for entity in index.entities().filter(|entity| entity.list().id == *list) {
        indexed.parties += 1;
        for name in entity.names() {
            indexed.names += 1;
            *indexed.names_by_quality.entry(name.quality().name()).or_default() += 1;
        }
    }
    indexed
}

/// What does not add up.
fn open(account: &Account, unexplained: u64, at_import: u64) -> Vec<String> {
    let lost: u64 = account.records.iter().map(|row| row.lost).sum();
    let inventory = &account.inventory;
    let differ = |what: &str, a: u64, b: u64| (a != b).then(|| format!("{what}: {a} and {b}"));
    [
        differ("records that are neither taken nor lost", unexplained, 0),
        differ("records lost and issues that say so", lost, account.issues.records_lost),
        differ("entities read and entities counted by kind", account.entities, inventory.n_entities()),
        differ("parties at the import and parties now", at_import, inventory.n_parties()),
        differ("parties of the list and parties in the index", inventory.n_parties(), account.index.parties),
        differ("names of the list and names in the index", inventory.n_names(), account.index.names),
    ]
    .into_iter()
    .flatten()
    .collect()
}
