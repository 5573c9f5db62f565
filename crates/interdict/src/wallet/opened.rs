//! The address index of what is in force or was on a day: lists of the archive with their history, the starter list, and kept tags.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::list::{ListId, ListVersion};
use interdict_lists::READERS_VERSION;
use interdict_wallets::tagpack::{TagLine, TagPack};
use interdict_wallets::{AddressIndex, Claim, Class, Listed, Standing};

use super::history::Versions;
use super::listed::{self, ListedWallet};
use super::tags::{KeptPack, KeptTags};
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
    /// The versions of lists that count.
    pub lists: Vec<ListVersion>,
    /// Older and newer versions, by which is said what is not listed any more or yet.
    pub history: Together,
    /// The kept packs of tags.
    pub tags: Together,
    /// The day that was asked for.
    pub as_of: Option<PartialDate>,
    /// Lists of the archive that had no version yet on that day.
    pub without_version: Vec<ListId>,
    /// Addresses of lists that have the form of a private key, or cannot be read at all, and are not in the index.
    pub n_refused: usize,
    /// Lists that are older than they may be.
    pub stale: Vec<(ListId, Age)>,
    is_starter_only: bool,
}

/// Where a saying is from.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(crate) enum Origin {
    /// A version of a list.
    List {
        /// The list.
        list: ListId,
        /// Its version.
        version: String,
        /// When it was published.
        published: Option<PartialDate>,
    },
    /// A kept pack of tags.
    Tags {
        /// Its name.
        tags: String,
        /// Its digest.
        digest: Digest,
    },
}

impl Origin {
    fn of(version: &ListVersion) -> Self {
        Self::List {
            list: version.id.clone(),
            version: version.version.clone(),
            published: version.published,
        }
    }

    /// As people read it.
    pub fn in_words(&self) -> String {
        match self {
            Self::List { list, version, published } => {
                let published = published.map(|date| format!(", published {date}")).unwrap_or_default();
                format!("{list}@{version}{published}")
            }
            Self::Tags { tags, digest } => format!("tags {tags}, {}", digest.short()),
        }
    }
}

/// Many things under one digest.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Together {
    /// How many.
    pub n: usize,
    /// The digest of all their digests.
    pub digest: Digest,
}

impl Together {
    fn of(seeds: &[String]) -> Self {
        Self { n: seeds.len(), digest: Digest::of(seeds.join("\n").as_bytes()) }
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
        building.add_starter((when, day))?;
    } else {
        building.add_archive(config, &archive, &holdings, (when, day))?;
    }
    building.add_tags(KeptTags::at(&config.home).read()?);
    Ok(building.done())
}

/// The addresses of the lists in force, list by list.
pub(crate) fn in_force(config: &Config) -> Result<Vec<(ListVersion, Vec<ListedWallet>)>, Failure> {
    let chosen = index_store::chosen(config, &Archive::at(&config.home), When::Now)?;
    let mut lists = Vec::new();
    for manifest in &chosen.manifests {
        lists.push((manifest.version.clone(), listed::of_version(&config.home, manifest)?));
    }
    if chosen.with_starter {
        let (version, entities) = starter::load()?;
        lists.push((version, listed::of_entities(&entities)));
    }
    Ok(lists)
}

struct Building {
    index: AddressIndex,
    origins: Vec<Origin>,
    lists: Vec<ListVersion>,
    history: Vec<String>,
    tags: Vec<String>,
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
            lists: Vec::new(),
            history: Vec::new(),
            tags: Vec::new(),
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
            self.add_list(Versions { all, counts }, day);
        }
        if chosen.with_starter {
            self.add_starter((when, day))?;
        }
        self.stale = chosen.stale;
        self.without_version.extend(chosen.without_version);
        Ok(())
    }

    /// Before the day on which it was compiled only its dates say anything, as of any list without a version of the day.
    fn add_starter(&mut self, (when, day): (When, PartialDate)) -> Result<(), Failure> {
        let (version, entities) = starter::load()?;
        let is_of_the_day = when == When::Now
            || version.published.is_some_and(|published| published.bounds().0 <= day.bounds().1);
        if !is_of_the_day {
            self.without_version.push(version.id.clone());
        }
        let counts = is_of_the_day.then_some(0);
        let versions = Versions { all: vec![(version, listed::of_entities(&entities))], counts };
        self.add_list(versions, day);
        Ok(())
    }

    fn add_list(&mut self, versions: Versions, day: PartialDate) {
        let counts = versions.counts;
        let first = self.origins.len();
        for (place, (version, _)) in versions.all.iter().enumerate() {
            self.origins.push(Origin::of(version));
            if counts == Some(place) {
                self.lists.push(version.clone());
            } else {
                self.history.push(format!("{} {}", version.id, version.digest));
            }
        }
        for stood in versions.on(day) {
            self.add_wallet(stood.wallet, first + stood.version);
        }
    }

    fn add_tags(&mut self, packs: Vec<(KeptPack, TagPack)>) {
        let actors: BTreeMap<String, Vec<String>> = packs
            .iter()
            .flat_map(|(_, pack)| {
                pack.actors.iter().map(|actor| (actor.id.clone(), actor.categories.clone()))
            })
            .collect();
        for (kept, pack) in packs {
            let class = kept.class.map_or("", Class::name);
            self.tags.push(format!("{} {} {class}", kept.name, kept.digest));
            let origin = u32::try_from(self.origins.len()).unwrap_or(u32::MAX);
            self.origins.push(Origin::Tags { tags: kept.name, digest: kept.digest });
            for line in pack.tags {
                let class = kept.class.unwrap_or_else(|| line.class());
                let is_added =
                    self.index.add(&line.address.clone(), tagged(line, class, origin, &actors)).is_ok();
                self.n_refused += usize::from(!is_added);
            }
        }
    }

    fn add_wallet(&mut self, wallet: ListedWallet, origin: usize) {
        let mut claim = wallet.claim;
        claim.origin = u32::try_from(origin).unwrap_or(u32::MAX);
        let is_added = wallet.text.is_some_and(|text| self.index.add(&text, claim).is_ok());
        self.n_refused += usize::from(!is_added);
    }

    fn done(self) -> OpenedWallets {
        let mut seed = format!("interdict wallets {WALLET_INDEX_VERSION} {READERS_VERSION}\n");
        seed.extend(self.as_of.map(|day| format!("as of {day}\n")));
        seed.extend(self.lists.iter().map(|list| format!("list {} {}\n", list.id, list.digest)));
        let (history, tags) = (Together::of(&self.history), Together::of(&self.tags));
        seed.push_str(&format!("history {}\ntags {}\n", history.digest, tags.digest));
        OpenedWallets {
            index: self.index,
            origins: self.origins,
            digest: Digest::of(seed.as_bytes()),
            lists: self.lists,
            history,
            tags,
            as_of: self.as_of,
            without_version: self.without_version,
            n_refused: self.n_refused,
            is_starter_only: self.is_starter_only,
            stale: self.stale,
        }
    }
}

/// What one tag says. Where it names an actor and no category, it has that of the actor.
fn tagged(line: TagLine, class: Class, origin: u32, actors: &BTreeMap<String, Vec<String>>) -> Claim {
    let mut tag = line.tag;
    if tag.category.is_none() {
        let categories = tag.actor.as_ref().and_then(|actor| actors.get(actor));
        tag.category = categories.filter(|all| !all.is_empty()).map(|all| all.join(", "));
    }
    Claim {
        class,
        origin,
        records: vec![format!("line {}", line.line)],
        labels: line.labels,
        parties: Vec::new(),
        tag: Some(tag),
        listed: Listed::default(),
        standing: Standing::InForce,
        because: None,
    }
}

impl OpenedWallets {
    /// Says on standard error what a person should know before reading the answer.
    pub fn say_what_is_used(&self) {
        if self.is_starter_only {
            anstream::eprintln!(
                "{NOTE}note:{NOTE:#} of the lists only the embedded starter list (North Korea's cyber program) is compared with;\n      \
                 import the official lists with `interdict lists import PATH`"
            );
        }
        if let Some(warning) = freshness::warning(&self.stale) {
            anstream::eprintln!("{NOTE}note:{NOTE:#} {warning}");
        }
        if !self.without_version.is_empty() {
            let lists: BTreeSet<&str> = self.without_version.iter().map(ListId::as_str).collect();
            let lists = lists.into_iter().collect::<Vec<_>>().join(", ");
            anstream::eprintln!(
                "{NOTE}note:{NOTE:#} there is no version of that day of {lists}: only the dates in it say what was listed then"
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
