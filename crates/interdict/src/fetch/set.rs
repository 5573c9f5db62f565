//! The files of one list at one place: fetched with patience, all of one publication, and looked at before anybody uses them.

use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use ureq::Agent;
use ureq::http::Uri;

use interdict_core::digest::Digest;
use interdict_core::mapped::MappedFile;
use interdict_lists::{ReadError, SourceFile};

use super::address;
use super::http::{self, Answer, Ask, BodyEnd};
use super::problem::{Problem, Remedy};
use super::record::{FetchRecord, FileRecord, Origin, Response};
use super::settings::FetchConfig;
use super::sources::Source;
use super::waits::Waits;

/// The end of the name of a file that is only fetched to be compared.
const AGAIN: &str = ".again";

/// What is needed to ask for the files of one list.
pub(crate) struct Errand<'a> {
    /// How.
    pub config: &'a FetchConfig,
    /// With what.
    pub agent: &'a Agent,
    /// The list.
    pub source: &'a Source,
    /// The last fetch, when the archive still has what came of it.
    pub last: Option<&'a FetchRecord>,
    /// Where the files go.
    pub folder: &'a Path,
    /// Where progress is shown.
    pub bar: &'a ProgressBar,
    /// Pauses, chance and clock.
    pub waits: &'a Waits<'a>,
    /// When the time for this list is used up.
    pub deadline: Instant,
}

/// One attempt that failed.
#[derive(Debug)]
pub(crate) struct Failed {
    /// The address, without its query.
    pub url: String,
    /// Why.
    pub problem: Problem,
}

/// The attempts at one list: how many requests for files, and which failed.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    /// Requests, those that failed included.
    pub made: u32,
    /// Those that failed.
    pub failed: Vec<Failed>,
}

impl Errand<'_> {
    /// The files of the list at one place; nothing when none has changed since the last fetch.
    ///
    /// # Errors
    /// When one file does not come, when they do not fit together, or are not this list.
    pub(crate) fn fetch(
        &self,
        place: &[Uri],
        attempts: &mut Attempts,
    ) -> Result<Option<Vec<FileRecord>>, Problem> {
        let mut answers = Vec::new();
        for (name, url) in self.source.names.iter().zip(place) {
            answers.push((name, url, self.patiently(name, url, self.known(name, url), attempts)?));
        }
        if answers.iter().all(|(.., answer)| matches!(answer, Answer::Unchanged)) {
            return Ok(None);
        }
        let mut files = Vec::new();
        for (name, url, answer) in answers {
            // One file of the set has changed: the others are needed, too, although they are as before.
            let answer = match answer {
                Answer::Unchanged => self.patiently(name, url, None, attempts)?,
                answer => answer,
            };
            let Answer::File(response, end) = answer else {
                return Err(Problem::Status { url: address::shown(url), status: 304, retry_after: None });
            };
            files.push((self.record(name, response)?, end));
        }
        self.confirm(place, &files, attempts)?;
        look_at(self.source, self.folder, &self.source.names)?;
        Ok(Some(files.into_iter().map(|(file, _)| file).collect()))
    }

    /// What is known of a file from the last fetch, at this very address.
    fn known(&self, name: &str, url: &Uri) -> Option<&Response> {
        let files = &self.last?.files;
        let known = files.iter().find(|file| file.name == name).and_then(FileRecord::response);
        known.filter(|known| known.url_digest == Some(address::digest(url)) && known.has_validator())
    }

    /// Asks for a file as often as is allowed and sensible.
    fn patiently(
        &self,
        name: &str,
        url: &Uri,
        known: Option<&Response>,
        attempts: &mut Attempts,
    ) -> Result<Answer, Problem> {
        let mut attempt = 1;
        loop {
            attempts.made = attempts.made.saturating_add(1);
            match self.once(name, url, known) {
                Ok(Answer::File(response, end)) => {
                    return Ok(Answer::File(Response { attempts: attempt, ..response }, end));
                }
                Ok(Answer::Unchanged) => return Ok(Answer::Unchanged),
                Err(problem) => self.wait_after(attempt, problem, url, attempts)?,
            }
            attempt = attempt.saturating_add(1);
        }
    }

    fn once(&self, name: &str, url: &Uri, known: Option<&Response>) -> Result<Answer, Problem> {
        let ask = Ask {
            url,
            known,
            accept: &self.source.accept,
            plain: self.source.plain,
            user_agent: self.source.user_agent.as_ref().unwrap_or(&self.config.user_agent),
            redirects: self.config.bounds.redirects,
            max_bytes: self.source.max_bytes.unwrap_or(self.config.bounds.max_bytes),
            deadline: self.deadline,
        };
        let path = self.folder.join(name);
        self.bar.set_message(name.replace(AGAIN, ", once more"));
        let answer = http::get(self.agent, &ask, &path, self.bar, self.waits)?;
        if matches!(answer, Answer::File(..)) {
            refuse_page(name, &path)?;
        }
        Ok(answer)
    }

    /// Waits before the next attempt, or gives the problem back when there is none.
    pub(crate) fn wait_after(
        &self,
        attempt: u32,
        problem: Problem,
        url: &Uri,
        attempts: &mut Attempts,
    ) -> Result<(), Problem> {
        if problem.remedy() != Remedy::Again || attempt >= self.config.bounds.attempts {
            return Err(problem);
        }
        let Some(wait) = self.waits.after(attempt, problem.retry_after()) else { return Err(problem) };
        if !self.is_time_for(wait) {
            return Err(Problem::OutOfTime { last: problem.to_string() });
        }
        attempts.failed.push(Failed { url: address::shown(url), problem });
        self.bar.set_message(format!("waiting for {}", url.host().unwrap_or_default()));
        (self.waits.pause)(wait);
        Ok(())
    }

    fn is_time_for(&self, wait: Duration) -> bool {
        self.deadline.saturating_duration_since(Instant::now()) > wait
    }

    fn record(&self, name: &str, response: Response) -> Result<FileRecord, Problem> {
        let bytes = open(&self.folder.join(name))?;
        Ok(FileRecord {
            name: name.to_owned(),
            digest: Digest::of(&bytes),
            bytes: bytes.len() as u64,
            from: Origin::Http(response),
        })
    }

    /// Asks for files once more, and refuses those that are not the same again: the files of a set, so that all of them were
    /// in force at one moment, the one between the last file that came and the first question; and a body whose end was
    /// not announced, since only a second one can show that the first was not cut.
    fn confirm(
        &self,
        place: &[Uri],
        files: &[(FileRecord, BodyEnd)],
        attempts: &mut Attempts,
    ) -> Result<(), Problem> {
        for ((file, end), url) in files.iter().zip(place) {
            let known = match end {
                BodyEnd::Announced if files.len() < 2 => continue,
                BodyEnd::Announced => file.response().filter(|known| known.has_validator()),
                BodyEnd::Open => None,
            };
            let again = format!("{}{AGAIN}", file.name);
            let has_changed = match self.patiently(&again, url, known, attempts)? {
                Answer::Unchanged => false,
                Answer::File(..) => Digest::of(&open(&self.folder.join(&again))?) != file.digest,
            };
            if has_changed {
                return Err(Problem::Changed { url: address::shown(url), file: file.name.clone() });
            }
        }
        Ok(())
    }
}

/// Whether the files in a folder are the list that a source is of.
///
/// # Errors
/// When they are no list, another list, or in another form than the source names.
pub(super) fn look_at(source: &Source, folder: &Path, names: &[String]) -> Result<(), Problem> {
    let bytes = names.iter().map(|name| open(&folder.join(name))).collect::<Result<Vec<_>, _>>()?;
    let files: Vec<SourceFile<'_>> =
        names.iter().zip(&bytes).map(|(name, bytes)| SourceFile { name, bytes }).collect();
    let found = interdict_lists::detect(&files).map_err(Problem::NotAList)?;
    let other =
        |expected: &str| Problem::OtherList { found: found.name().to_owned(), expected: expected.to_owned() };
    if let Some(format) = source.format.filter(|format| *format != found) {
        return Err(other(format.name()));
    }
    // An authority may have several lists in one format: `ofac` and `ofac-nonsdn`.
    let is_of = |list: &str| {
        let rest = source.list.as_str().strip_prefix(list);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    match found.default_list() {
        Some(list) if source.format.is_none() && !is_of(list) => {
            Err(other(&format!("the list {}", source.list)))
        }
        _ => Ok(()),
    }
}

/// Refuses a page that came under the name of a list, and an empty file, each by itself.
pub(super) fn refuse_page(name: &str, path: &Path) -> Result<(), Problem> {
    let bytes = open(path)?;
    match interdict_lists::detect(&[SourceFile { name, bytes: &bytes }]) {
        Err(error @ (ReadError::HtmlPage { .. } | ReadError::Empty { .. })) => Err(Problem::NotAList(error)),
        _ => Ok(()),
    }
}

fn open(path: &Path) -> Result<MappedFile, Problem> {
    MappedFile::open(path).map_err(|error| Problem::Disk { path: path.display().to_string(), error })
}
