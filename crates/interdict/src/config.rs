//! Settings: from the command line, then the configuration file, then the defaults.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use interdict_core::limits;
use interdict_core::list::ListId;
use interdict_core::score::Threshold;

use crate::cli::Global;
use crate::failure::Failure;
use crate::fetch::settings::{FetchConfig, FetchSection};

/// The default threshold. `docs/matching.md` says what it costs and finds.
pub(crate) const THRESHOLD: f64 = 0.7;
/// The default number of hits in an answer.
const HITS: usize = 10;
/// The default share that a list may lose from one version to the next. The official lists lose some percent at the most.
const MAX_SHRINK: f64 = 0.1;
/// The default age, in days, from which a list is too old. OFAC, the UN and the EU change theirs weekly or more often.
const MAX_AGE_DAYS: i64 = 7;
/// The default number of years that versions are kept. US sanctions records must be kept for ten years (31 CFR 501.601, since
/// 12 March 2025).
const RETENTION_YEARS: i32 = 10;

/// Where things are and how to screen.
#[derive(Debug)]
pub(crate) struct Config {
    /// The folder of the archive and the index.
    pub home: PathBuf,
    /// The lowest score of a hit.
    pub threshold: Threshold,
    /// The most hits of an answer.
    pub hits_max: usize,
    /// When the embedded starter list is used.
    pub starter: StarterUse,
    /// How lists are fetched.
    pub fetch: FetchConfig,
    /// The share of its parties that a list may lose from one version to the next, 0 to 1.
    pub max_shrink: f64,
    /// How old lists may be.
    pub ages: Ages,
    /// How many years versions are kept that are not in force any more.
    pub retention_years: i32,
}

/// How old lists may be, in days.
#[derive(Debug)]
pub(crate) struct Ages {
    default: i64,
    of_list: BTreeMap<String, i64>,
}

impl Ages {
    /// The most days for one list.
    pub fn of(&self, list: &ListId) -> i64 {
        self.of_list.get(list.as_str()).copied().unwrap_or(self.default)
    }
}

/// When the embedded starter list is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StarterUse {
    /// While no list is imported.
    #[default]
    Auto,
    /// Together with the imported lists.
    Always,
    /// Not at all.
    Never,
}

/// The configuration file; every key may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigFile {
    #[serde(default)]
    screen: ScreenSection,
    #[serde(default)]
    lists: ListsSection,
    #[serde(default)]
    fetch: FetchSection,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScreenSection {
    threshold: Option<f64>,
    limit: Option<usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListsSection {
    #[serde(default)]
    starter: StarterUse,
    max_shrink: Option<f64>,
    max_age_days: Option<i64>,
    #[serde(default)]
    max_age_days_of: BTreeMap<String, i64>,
    retention_years: Option<i32>,
}

/// Reads the configuration that the options name.
pub(crate) fn load(global: &Global) -> Result<Config, Failure> {
    let home = match &global.home {
        Some(home) => home.clone(),
        None => platform_home().ok_or(Failure::NoHome)?,
    };
    let path = global.config.clone().unwrap_or_else(|| home.join("config.toml"));
    let file = read(&path, if global.config.is_some() { Absent::Wrong } else { Absent::Fine })?;
    let reason = |reason: String| Failure::Config { path: path.clone(), reason };
    Ok(Config {
        threshold: threshold(file.screen.threshold.unwrap_or(THRESHOLD)).map_err(reason)?,
        hits_max: hits_max(file.screen.limit.unwrap_or(HITS)).map_err(reason)?,
        starter: file.lists.starter,
        max_shrink: share(file.lists.max_shrink.unwrap_or(MAX_SHRINK)).map_err(reason)?,
        ages: ages(&file.lists).map_err(reason)?,
        retention_years: years(file.lists.retention_years.unwrap_or(RETENTION_YEARS)).map_err(reason)?,
        fetch: file.fetch.settings().map_err(reason)?,
        home,
    })
}

fn share(share: f64) -> Result<f64, String> {
    let fits = (0.0..=1.0).contains(&share);
    if fits { Ok(share) } else { Err(format!("max_shrink is a share from 0 to 1, not {share}")) }
}

fn ages(section: &ListsSection) -> Result<Ages, String> {
    let default = section.max_age_days.unwrap_or(MAX_AGE_DAYS);
    let mut days = section.max_age_days_of.values().chain([&default]);
    match days.find(|days| !(0..=36_500).contains(*days)) {
        Some(days) => Err(format!("an age is a number of days from 0 to 36500, not {days}")),
        None => Ok(Ages { default, of_list: section.max_age_days_of.clone() }),
    }
}

fn years(years: i32) -> Result<i32, String> {
    let fits = (1..=100).contains(&years);
    if fits { Ok(years) } else { Err(format!("retention_years is a number from 1 to 100, not {years}")) }
}

/// A threshold from a number, or what is wrong with it.
pub(crate) fn threshold(value: f64) -> Result<Threshold, String> {
    Threshold::new(value).map_err(|error| error.to_string())
}

/// A number of hits, or what is wrong with it.
pub(crate) fn hits_max(limit: usize) -> Result<usize, String> {
    if (1..=limits::HITS_MAX).contains(&limit) {
        Ok(limit)
    } else {
        Err(format!("a limit is a number from 1 to {}, not {limit}", limits::HITS_MAX))
    }
}

fn platform_home() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "interdict").map(|folders| folders.data_dir().to_owned())
}

/// What it is when a configuration file is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Absent {
    /// Nothing is configured.
    Fine,
    /// It was asked for.
    Wrong,
}

/// A file that was asked for must be there; the default one need not.
fn read(path: &Path, absent: Absent) -> Result<ConfigFile, Failure> {
    match std::fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text)
            .map_err(|error| Failure::Config { path: path.to_owned(), reason: error.to_string() }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && absent == Absent::Fine => {
            Ok(ConfigFile::default())
        }
        Err(error) => Err(Failure::Unreadable { path: path.to_owned(), error }),
    }
}
