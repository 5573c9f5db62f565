//! Where do the official lists come from, and how do they get here whole? The one part of interdict that uses the network.
//!
//! A list is fetched into a private folder: from the authority, else from a mirror, each with several attempts; or from a
//! folder that the operator filled. What is wrong, cut or of two publications is refused, and the next attempt made. What
//! comes out is a [`Fetched`]: files that are all there, with the record of how they came. [`hand_over`] gives it to the
//! import, and nothing else here knows the archive.

pub(crate) mod hand_over;
pub(crate) mod record;
pub(crate) mod settings;
pub(crate) mod sources;
pub(crate) mod waits;

mod address;
mod folder;
mod http;
mod problem;
mod set;

#[cfg(test)]
mod server;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::time::Instant;

use indicatif::ProgressBar;
use tempfile::TempDir;
use ureq::Agent;

pub(crate) use folder::from_folder;
pub(crate) use problem::Problem;
pub(crate) use set::{Attempts, Failed};

use problem::Remedy;
use record::{FetchRecord, FileRecord};
use set::Errand;
use settings::FetchConfig;
use sources::Source;
use waits::Waits;

/// The files of one list in a private folder, which goes away with this.
#[derive(Debug)]
pub(crate) struct Fetched {
    /// How they came.
    pub record: FetchRecord,
    folder: TempDir,
}

impl Fetched {
    /// Where the files are, the main one first.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        self.record.files.iter().map(|file| self.folder.path().join(&file.name)).collect()
    }
}

/// What came of fetching one list.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Its files are here.
    Fetched(Box<Fetched>),
    /// The authority says that nothing has changed since this fetch.
    Unchanged(Box<FetchRecord>),
}

/// Fetches lists, one after the other.
pub(crate) struct Fetcher<'a> {
    config: &'a FetchConfig,
    agent: Agent,
    waits: Waits<'a>,
}

impl<'a> Fetcher<'a> {
    /// Ready to fetch.
    ///
    /// # Errors
    /// When the proxy cannot be used.
    pub(crate) fn new(config: &'a FetchConfig, waits: Waits<'a>) -> Result<Self, String> {
        Ok(Self { config, agent: http::agent(config)?, waits })
    }

    /// Fetches one list, from the first place that gives it. `last` is the last fetch, when the archive still has what came
    /// of it; without it everything is fetched.
    ///
    /// # Errors
    /// The last problem, when no place gave the list. `attempts` has the others.
    pub(crate) fn fetch(
        &self,
        source: &Source,
        last: Option<&FetchRecord>,
        bar: &ProgressBar,
        attempts: &mut Attempts,
    ) -> Result<Outcome, Problem> {
        let start = Instant::now();
        let folder = private_folder()?;
        let errand = Errand {
            config: self.config,
            agent: &self.agent,
            source,
            last,
            folder: folder.path(),
            bar,
            waits: &self.waits,
            deadline: start + self.config.bounds.total,
        };
        let came = everywhere(&errand, attempts)?;
        let now = (self.waits.now)();
        match (came, last) {
            (None, Some(last)) => {
                Ok(Outcome::Unchanged(Box::new(FetchRecord { checked_at: Some(now), ..last.clone() })))
            }
            (files, _) => {
                let record = FetchRecord {
                    source: source.id.clone(),
                    list: source.list.clone(),
                    fetched_at: now,
                    checked_at: Some(now),
                    duration_ms: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
                    attempts: attempts.made,
                    files: files.unwrap_or_default(),
                    kept_as: None,
                    read_as: None,
                };
                Ok(Outcome::Fetched(Box::new(Fetched { record, folder })))
            }
        }
    }
}

/// Goes from place to place until one gives the list.
fn everywhere(errand: &Errand<'_>, attempts: &mut Attempts) -> Result<Option<Vec<FileRecord>>, Problem> {
    let mut places = errand.source.places.iter().peekable();
    while let Some(place) = places.next() {
        let problem = match at(errand, place, attempts) {
            Ok(files) => return Ok(files),
            Err(problem) => problem,
        };
        let Some(url) = place.first().filter(|_| places.peek().is_some()) else { return Err(problem) };
        if problem.remedy() == Remedy::None {
            return Err(problem);
        }
        attempts.failed.push(Failed { url: address::shown(url), problem });
    }
    Err(Problem::OutOfTime { last: "there is no place to ask".to_owned() })
}

/// The set at one place. Files that do not fit together are fetched together once more.
fn at(
    errand: &Errand<'_>,
    place: &[ureq::http::Uri],
    attempts: &mut Attempts,
) -> Result<Option<Vec<FileRecord>>, Problem> {
    let mut round = 1;
    loop {
        match (errand.fetch(place, attempts), place.first()) {
            (Err(problem @ Problem::Changed { .. }), Some(url)) => {
                errand.wait_after(round, problem, url, attempts)?;
            }
            (files, _) => return files,
        }
        round += 1;
    }
}

fn private_folder() -> Result<TempDir, Problem> {
    let path = || std::env::temp_dir().display().to_string();
    tempfile::tempdir().map_err(|error| Problem::Disk { path: path(), error })
}
