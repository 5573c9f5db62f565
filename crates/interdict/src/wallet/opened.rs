//! The address index of what is in force or was on a day: lists of the archive with their history, the starter list, and kept tags.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::list::{ListId, ListVersion};
use interdict_wallets::AddressIndex;

use super::history::Versions;
use super::listed::{self, ListedWallet};
use crate::archive::{Archive, Holdings};
use crate::config::{Config, StarterUse};
use crate::failure::Failure;
use crate::freshness::{self, Age};
use crate::index_store::{self, Chosen, When};
use crate::starter;
use crate::terminal::NOTE;

/// The version of what an index is made of and how; another one may answer otherwise.
const WALLET_INDEX_VERSION: u32 = 1;

/// An address index and what it is of.
pub(crate) struct OpenedWallets {
    /// What is said of which address.
    pub index: AddressIndex,
    /// Where the sayings are from: the place is the `origin` of a claim.
    pub origins: Vec<Origin>,
    /// The digest of all that it is made of.
    pub digest: Digest,
    /// The day that was asked for.
    pub as_of: Option<PartialDate>,
    /// Lists of the archive that had no version yet on that day.
    pub without_version: Vec<ListId>,
    /// Addresses of lists that have the form of a private key, or cannot be read at all, and are not in the index.
    pub n_refused: usize,
    is_starter_only: bool,
    stale: Vec<(ListId, Age)>,
}

/// Where a saying is from.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Origin {
    /// A version of a list.
    List {
        /// The list.
        id: ListId,
        /// Its version.
        version: String,
        /// When it was published.
        published: Option<PartialDate>,
        /// Its digest.
        digest: Digest,
        /// Whether it is the version that counts; others are its history.
        counts: bool,
        /// Whether it is older than the list may be.
        stale: bool,
    },
}

impl Origin {
    fn of(version: &ListVersion, counts: bool, stale: bool) -> Self {
        Self::List {
            id: version.id.clone(),
            version: version.version.clone(),
            published: version.published,
            digest: version.digest,
            counts,
            stale,
        }
    }

    /// Whether answers name it: it is no history.
    pub fn counts(&self) -> bool {
        match self {
            Self::List { counts, .. } => *counts,
        }
    }

    /// As people read it.
    pub fn in_words(&self) -> String {
        match self {
            Self::List { id, version, published, .. } => {
                let published = published.map(|date| format!(", published {date}")).unwrap_or_default();
                format!("{id}@{version}{published}")
            }
        }
    }

    /// What the digest of the index is made of.
    fn seed(&self) -> String {
        match self {
            Self::List { id, digest, counts, .. } => format!("list {id} {digest} {counts}"),
        }
    }
}

/// Opens the index of a time.
pub(crate) fn open(config: &Config, when: When) -> Result<OpenedWallets, Failure> {
    let today = || Timestamp::now().to_zoned(TimeZone::UTC).date().to_string().parse();
    let day: PartialDate = match when {
        When::PublishedBy(day) => day,
        When::Now => today().map_err(|_| Failure::Bug)?,
    };
    let archive = Archive::at(&config.home);
    let holdings = archive.holdings()?;
    let mut building = Building::new(when);
    if holdings.lists.is_empty() {
        if config.starter == StarterUse::Never {
            return Err(Failure::NoList);
        }
        building.is_starter_only = true;
        building.add_starter(day)?;
    } else {
        building.add_archive(config, &archive, &holdings, (when, day))?;
    }
    Ok(building.done())
}

struct Building {
    index: AddressIndex,
    origins: Vec<Origin>,
    as_of: Option<PartialDate>,
    without_version: Vec<ListId>,
    n_refused: usize,
    is_starter_only: bool,
    stale: Vec<(ListId, Age)>,
}

impl Building {
    fn new(when: When) -> Self {
        Self {
            index: AddressIndex::new(),
            origins: Vec::new(),
            as_of: match when {
                When::Now => None,
                When::PublishedBy(day) => Some(day),
            },
            without_version: Vec::new(),
            n_refused: 0,
            is_starter_only: false,
            stale: Vec::new(),
        }
    }

    /// The lists of the archive, each with all its versions.
    fn add_archive(
        &mut self,
        config: &Config,
        archive: &Archive,
        holdings: &Holdings,
        (when, day): (When, PartialDate),
    ) -> Result<(), Failure> {
        let chosen = match index_store::chosen(config, archive, when) {
            Ok(chosen) => chosen,
            // Then the dates that the lists give must say it.
            Err(Failure::NothingPublished { .. }) => Chosen {
                manifests: Vec::new(),
                with_starter: false,
                stale: Vec::new(),
                without_version: holdings.lists.keys().cloned().collect(),
            },
            Err(failure) => return Err(failure),
        };
        for (list, manifests) in &holdings.lists {
            let own = chosen.manifests.iter().find(|manifest| manifest.version.id == *list);
            // A list that is out of force is not asked, whatever its versions say.
            if own.is_none() && !chosen.without_version.contains(list) {
                continue;
            }
            let is_used = |version: &ListVersion| own.is_some_and(|own| own.version.digest == version.digest);
            let usable =
                manifests.iter().filter(|one| is_used(&one.version) || !holdings.rulings.is_quarantined(one));
            let mut all = Vec::new();
            for manifest in usable {
                all.push((manifest.version.clone(), listed::of_version(&config.home, manifest)?));
            }
            let counts = all.iter().position(|(version, _)| is_used(version));
            if when == When::Now {
                // What was published later and is not in force has no say in what is in force.
                all.truncate(counts.map_or(0, |counts| counts + 1));
            }
            let is_stale = chosen.stale.iter().any(|(stale, _)| stale == list);
            self.add_list(Versions { all, counts }, day, is_stale);
        }
        if chosen.with_starter {
            self.add_starter(day)?;
        }
        self.stale = chosen.stale;
        self.without_version = chosen.without_version;
        Ok(())
    }

    fn add_starter(&mut self, day: PartialDate) -> Result<(), Failure> {
        let (version, entities) = starter::load()?;
        let versions = Versions { all: vec![(version, listed::of_entities(&entities))], counts: Some(0) };
        self.add_list(versions, day, false);
        Ok(())
    }

    fn add_list(&mut self, versions: Versions, day: PartialDate, is_stale: bool) {
        let names: Vec<ListVersion> = versions.all.iter().map(|(version, _)| version.clone()).collect();
        let counts = versions.counts;
        let first = self.origins.len();
        for (place, version) in names.iter().enumerate() {
            let counts = counts == Some(place);
            self.origins.push(Origin::of(version, counts, counts && is_stale));
        }
        for stood in versions.on(day) {
            self.add_wallet(stood.wallet, first + stood.version);
        }
    }

    fn add_wallet(&mut self, wallet: ListedWallet, origin: usize) {
        let mut claim = wallet.claim;
        claim.origin = u32::try_from(origin).unwrap_or(u32::MAX);
        let is_added = wallet.text.is_some_and(|text| self.index.add(&text, claim).is_ok());
        self.n_refused += usize::from(!is_added);
    }

    fn done(self) -> OpenedWallets {
        let mut seed = format!("interdict wallets {WALLET_INDEX_VERSION}\n");
        seed.extend(self.as_of.map(|day| format!("as of {day}\n")));
        for origin in &self.origins {
            seed.push_str(&origin.seed());
            seed.push('\n');
        }
        OpenedWallets {
            index: self.index,
            origins: self.origins,
            digest: Digest::of(seed.as_bytes()),
            as_of: self.as_of,
            without_version: self.without_version,
            n_refused: self.n_refused,
            is_starter_only: self.is_starter_only,
            stale: self.stale,
        }
    }
}

impl OpenedWallets {
    /// Says on standard error what a person should know before reading the answer.
    pub fn say_what_is_used(&self) {
        if self.is_starter_only {
            anstream::eprintln!(
                "{NOTE}note:{NOTE:#} compared with the embedded starter list ({} addresses of North Korea's cyber program) only;\n      \
                 import the official lists with `interdict lists import PATH`",
                self.index.n_addresses()
            );
        }
        if let Some(warning) = freshness::warning(&self.stale) {
            anstream::eprintln!("{NOTE}note:{NOTE:#} {warning}");
        }
        if !self.without_version.is_empty() {
            let lists: BTreeSet<&str> = self.without_version.iter().map(ListId::as_str).collect();
            let lists = lists.into_iter().collect::<Vec<_>>().join(", ");
            anstream::eprintln!(
                "{NOTE}note:{NOTE:#} the archive has no version of that day of {lists}: only the dates in it say what was listed then"
            );
        }
        if self.n_refused > 0 {
            anstream::eprintln!(
                "{NOTE}note:{NOTE:#} {} texts that the lists give as addresses have the form of a private key or are none, and are not compared",
                self.n_refused
            );
        }
    }
}
