//! Settings: from the command line, then the configuration file, then the defaults.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use interdict_core::limits;
use interdict_core::score::Threshold;

use crate::cli::Global;
use crate::failure::Failure;

/// The default threshold. `docs/matching.md` says what it costs and finds.
pub(crate) const THRESHOLD: f64 = 0.7;
/// The default number of hits in an answer.
const HITS: usize = 10;

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
}

/// Reads the configuration that the options name.
pub(crate) fn load(global: &Global) -> Result<Config, Failure> {
    let home = match &global.home {
        Some(home) => home.clone(),
        None => platform_home().ok_or(Failure::NoHome)?,
    };
    let path = global.config.clone().unwrap_or_else(|| home.join("config.toml"));
    let file = read(&path, global.config.is_some())?;
    let reason = |reason: String| Failure::Config { path: path.clone(), reason };
    Ok(Config {
        threshold: threshold(file.screen.threshold.unwrap_or(THRESHOLD)).map_err(reason)?,
        hits_max: hits_max(file.screen.limit.unwrap_or(HITS)).map_err(reason)?,
        starter: file.lists.starter,
        home,
    })
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

/// A file that was asked for must be there; the default one need not.
fn read(path: &Path, is_asked_for: bool) -> Result<ConfigFile, Failure> {
    match std::fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text)
            .map_err(|error| Failure::Config { path: path.to_owned(), reason: error.to_string() }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !is_asked_for => {
            Ok(ConfigFile::default())
        }
        Err(error) => Err(Failure::Unreadable { path: path.to_owned(), error }),
    }
}
