//! Fetching from a server that behaves, and from one that does not. Pauses are noted and not made; where a limit of time is
//! tested, it is some milliseconds.

#[path = "tests/answers.rs"]
mod answers;
#[path = "tests/places.rs"]
mod places;
#[path = "tests/sets.rs"]
mod sets;

use std::cell::RefCell;
use std::time::Duration;

use jiff::Timestamp;

use super::record::FetchRecord;
use super::server::{Reply, Request, Server};
use super::settings::{FetchConfig, FetchSection};
use super::waits::Waits;
use super::{Attempts, Fetched, Fetcher, Outcome, Problem};
use crate::progress;

/// A list as small as can be.
pub(super) const LIST: &[u8] =
    b"{\"id\":\"own-1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Anna Example\"]}}\n";

/// A server, and a source `own` with one file that is there.
pub(super) struct Scene {
    pub server: Server,
    pub config: FetchConfig,
}

/// What came of one fetch.
pub(super) struct Run {
    pub outcome: Result<Outcome, Problem>,
    pub attempts: Attempts,
    /// The pauses that were asked for, in milliseconds.
    pub pauses: Vec<u128>,
}

/// Settings for a source `own` with this rest of its entry.
pub(super) fn config(settings: &str, source: &str) -> FetchConfig {
    let text = format!(
        "proxy = 'none'\nattempts = 3\n{settings}\n[[source]]\nid = 'own'\nallow_http = true\n{source}\n"
    );
    toml::from_str::<FetchSection>(&text).unwrap().settings().unwrap()
}

impl Scene {
    /// A source with one file at `/list`, and a server that answers by this rule.
    pub(super) fn new(settings: &str, rule: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let server = Server::start(rule);
        let files = format!("files = [{{name = 'list.jsonl', url = '{}'}}]", server.url("/list"));
        Self { config: config(settings, &files), server }
    }

    pub(super) fn fetch(&self) -> Run {
        fetch(&self.config, None)
    }
}

/// Fetches the source `own`.
pub(super) fn fetch(config: &FetchConfig, last: Option<&FetchRecord>) -> Run {
    let pauses = RefCell::new(Vec::new());
    let pause = |pause: Duration| pauses.borrow_mut().push(pause.as_millis());
    let waits = Waits { pause: &pause, below: &|_| 0, now: &now };
    let fetcher = Fetcher::new(config, waits).unwrap();
    let mut attempts = Attempts::default();
    let source = config.sources.find("own").unwrap();
    let outcome = fetcher.fetch(source, last, &progress::none(), &mut attempts);
    drop(fetcher);
    Run { outcome, attempts, pauses: pauses.into_inner() }
}

pub(super) fn now() -> Timestamp {
    "2026-11-21T17:00:00Z".parse().unwrap()
}

impl Run {
    pub(super) fn fetched(self) -> Fetched {
        match self.outcome.unwrap() {
            Outcome::Fetched(fetched) => *fetched,
            Outcome::Unchanged(record) => unreachable!("unchanged: {record:?}"),
        }
    }

    /// The code and the message of the problem that it ended with.
    pub(super) fn problem(&self) -> (&'static str, String) {
        let problem = self.outcome.as_ref().unwrap_err();
        (problem.code(), problem.to_string())
    }
}
