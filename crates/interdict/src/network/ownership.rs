//! The parties that are blocked through others by what kept files of holdings say, ready to be screened against. They are on no list, so
//! they are an index of their own; a hit in it is a hit by ownership.
//!
//! ```text
//! <home>/network/ownership/<digest>.idx    the index
//! <home>/network/ownership/<digest>.told   how each of its parties stands, under each regime, and why
//! ```
//! The digest is that of the lists, the kept files, the day and what else the answer depends on, so that it can never be of others. Both
//! can be made again at any time.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::ListVersion;
use interdict_core::model;
use interdict_core::subject::Subject;
use interdict_lists::READERS_VERSION;
use interdict_match::index::{self, Index, ListInput};
use interdict_match::{Screening, Settings, screen};
use interdict_network::assessment::Assessment;
use interdict_network::explanation::Explainer;
use interdict_network::interest::Day;
use interdict_network::network::PartyId;
use interdict_network::policy::Regime;

use super::designees::{Known, Said};
use super::kept::{Kept, KeptFile};
use super::loading;
use super::told::{Explanations, Told};
use crate::archive::write_private;
use crate::config::Config;
use crate::failure::Failure;
use crate::index_store::{Opened, When};
use crate::progress;
use crate::terminal::NOTE;

/// The name of the index of parties that are blocked through others, where an answer names a list.
const LIST: &str = "by-ownership";
/// Counts up when the same lists and holdings give other answers.
const VERSION: &str = "2";

/// How long what was made of another day stays, for programs that read it.
const KEPT_FOR: Duration = Duration::from_secs(3_600);

/// What is kept between two screenings.
type Made = (Option<Index>, Told);

/// Of more parties than these only the last step of the proof is kept; `network explain` tells all of it.
const EXPLAINED_MAX: usize = 2_000;

/// Parties that are blocked through others.
pub(crate) struct Ownership {
    /// Nothing when there are none.
    index: Option<Index>,
    /// The explanation under each regime under which a party is blocked or undetermined.
    told: Told,
    /// On which day.
    day: Day,
    /// The files that they were made of.
    files: Vec<KeptFile>,
}

impl Ownership {
    /// Those of the kept holdings and of the lists of an index; `None` when no holdings are kept.
    pub fn open(config: &Config, when: When, opened: &Opened) -> Result<Option<Self>, Failure> {
        let files = Kept::at(&config.home).files()?;
        if files.is_empty() {
            return Ok(None);
        }
        let date = match when {
            When::PublishedBy(day) => day,
            When::Now => today()?,
        };
        // A month or a year means its last day, as for the lists.
        let day = Day::last_of(date);
        let parts = files.iter().map(|file| format!("{} {}", file.name, file.digest));
        let key: Vec<String> = [VERSION.to_owned(), opened.index.digest().to_string(), day.to_string()]
            .into_iter()
            .chain([format!("{:?}", config.threshold)])
            .chain(parts)
            .collect();
        let digest = Digest::of(key.join("\n").as_bytes());
        let made = match read(config, digest) {
            Some(known) => known,
            None => make(config, when, day, digest)?,
        };
        let (index, told) = made;
        Ok(Some(Self { index, told, day, files }))
    }

    /// Screens a subject against them.
    pub fn screen(&self, subject: &Subject, settings: &Settings) -> Option<Screening<'_>> {
        let settings = Settings { lists: Vec::new(), ..settings.clone() };
        Some(screen(self.index.as_ref()?, subject, &settings))
    }

    /// Why a party is blocked, or may be: by regime.
    pub fn of(&self, id: &str) -> Option<Value> {
        self.told.find(id)
    }

    /// The same in a line for each regime: `OFAC: blocked by ownership, blocked parties hold 60 %`.
    pub fn lines(&self, id: &str) -> Vec<String> {
        let regimes = self.of(id);
        let line = |(regime, explanation): (&String, &Value)| {
            let standing = explanation["standing"].as_str().unwrap_or_default().replace('_', " ");
            let share = &explanation["blocked_share"];
            let held = match (share["min"].as_str(), share["max"].as_str()) {
                (Some(min), Some(max)) if min == max => format!(", blocked parties hold {min} %"),
                (Some(min), Some(max)) => format!(", blocked parties hold {min} to {max} %"),
                _ => String::new(),
            };
            format!("{}: {standing}{held}", regime.to_uppercase())
        };
        regimes.as_ref().and_then(Value::as_object).into_iter().flatten().map(line).collect()
    }

    /// The day of the answers.
    pub fn day(&self) -> Day {
        self.day
    }

    /// The files that the answers are of.
    pub fn files(&self) -> &[KeptFile] {
        &self.files
    }
}

fn today() -> Result<PartialDate, Failure> {
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date().to_string();
    today.parse().map_err(|_| Failure::Bug)
}

/// Forgets what was made of former holdings. What cannot be removed does no harm: it is never taken for that of others.
pub(crate) fn forget(config: &Config) {
    let _ = fs::remove_dir_all(folder(config));
}

fn folder(config: &Config) -> PathBuf {
    config.home.join("network").join("ownership")
}

/// What was made before; `None` when it is not there or damaged, and has to be made again.
fn read(config: &Config, digest: Digest) -> Option<Made> {
    let path = folder(config).join(digest.to_hex());
    let told = Told::open(&path.with_extension("told"))?;
    let index = if told.is_empty() { None } else { Some(Index::open(&path.with_extension("idx")).ok()?) };
    Some((index, told))
}

fn make(config: &Config, when: When, day: Day, digest: Digest) -> Result<Made, Failure> {
    let files = loading::files(config, &[])?;
    let loaded = loading::load(config, when, &files)?;
    let known = Known::new(config, &loaded, when, &Said::default())?;
    let bar = progress::spinner("finding out who is blocked by ownership");
    let mut entities: BTreeMap<String, Entity> = BTreeMap::new();
    let mut told = Explanations::new();
    for regime in Regime::ALL.into_iter().filter(|&regime| known.has_designations(regime)) {
        let assessment = Assessment::new(&loaded.network, regime.policy_on(day), day, known.under(regime));
        let found: Vec<PartyId> = assessment.through_others().map(|(party, _)| party).collect();
        let mut explainer = Explainer::of(&assessment);
        let are_many = found.len() > EXPLAINED_MAX;
        for party in assessment.by_designee(found) {
            let explanation =
                if are_many { explainer.explain_briefly(party) } else { explainer.explain(party) };
            let id = loaded.network.id(party).to_owned();
            let value = serde_json::to_value(explanation).map_err(|error| Failure::Output(error.into()))?;
            told.entry(id.clone()).or_default().insert(regime.name(), value);
            entities.entry(id).or_insert(entity(&loaded, party)?);
        }
    }
    let index = if entities.is_empty() { None } else { Some(indexed(config, digest, entities)?) };
    let told = Told::made(&told)?;
    keep(&folder(config).join(digest.to_hex()).with_extension("told"), told.as_bytes());
    remove_others(config, digest);
    bar.finish_and_clear();
    Ok((index, told))
}

/// Removes what was made of other days and holdings some time ago, as it would never be read again. What cannot be removed does no harm.
fn remove_others(config: &Config, digest: Digest) {
    for entry in fs::read_dir(folder(config)).into_iter().flatten().flatten() {
        let path = entry.path();
        let age = entry.metadata().and_then(|data| data.modified()).ok().and_then(|at| at.elapsed().ok());
        let is_old = age.is_some_and(|age| age > KEPT_FOR);
        if is_old && path.file_stem().is_none_or(|stem| stem != digest.to_hex().as_str()) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Keeps what was made for the next time. Where nothing can be written, it is made again each time, and that is said.
fn keep(path: &Path, bytes: &[u8]) {
    if let Err(failure) = write_private(path, bytes) {
        anstream::eprintln!(
            "{NOTE}note:{NOTE:#} {failure}; who is blocked by ownership is found out again next time"
        );
    }
}

/// A party as it is screened against. Who has no name is called by the id: many files know nothing else.
fn entity(loaded: &loading::Loaded, party: PartyId) -> Result<Entity, Failure> {
    let network = &loaded.network;
    if let Some(entity) = network.description(party).filter(|entity| entity.first("name").is_some()) {
        return Ok(entity.clone());
    }
    let known = network.description(party).cloned();
    let schema = model::schema("LegalEntity").ok_or(Failure::Bug)?;
    let mut entity = known.unwrap_or_else(|| Entity::new(network.id(party), schema));
    // An id that is too long for a name is one that nobody is called by.
    let _ = entity.add("name", network.id(party));
    Ok(entity)
}

fn indexed(config: &Config, digest: Digest, entities: BTreeMap<String, Entity>) -> Result<Index, Failure> {
    let entities: Vec<Entity> = entities.into_values().collect();
    let version = ListVersion {
        id: LIST.parse().map_err(|_| Failure::Bug)?,
        version: digest.short(),
        published: None,
        entities: entities.len() as u64,
        digest,
    };
    let bytes = index::build(&[ListInput { version: &version, entities: &entities }], READERS_VERSION)?;
    let path = folder(config).join(digest.to_hex()).with_extension("idx");
    keep(&path, &bytes);
    Index::from_bytes(bytes).map_err(|error| Failure::Open { path, error })
}
