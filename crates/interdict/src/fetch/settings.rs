//! What the operator says about fetching: the section `[fetch]` of the configuration.

use std::time::Duration;

use jiff::SignedDuration;
use serde::Deserialize;

use interdict_core::limits;

use super::sources::{SourceEntry, Sources};

/// The lists that are fetched when none is named.
const LISTS: [&str; 5] = ["ofac", "ofac-nonsdn", "un", "eu", "uk"];

/// How lists are fetched, and from where.
#[derive(Debug)]
pub(crate) struct FetchConfig {
    /// The sources that are fetched when none is named.
    pub lists: Vec<String>,
    /// The sources, those of the program with the changes of the operator.
    pub sources: Sources,
    /// The proxy.
    pub proxy: ProxyUse,
    /// How long and how much.
    pub bounds: Bounds,
    /// Who asks.
    pub user_agent: String,
}

/// Which proxy is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ProxyUse {
    /// As the environment says: `ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`.
    Environment,
    /// None, whatever the environment says.
    None,
    /// This one, except for these hosts.
    This {
        /// Its address.
        url: String,
        /// Hosts that are asked directly, in the notation of `NO_PROXY`.
        except: Vec<String>,
    },
}

/// The bounds of one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// Longest time to a connection, TLS included.
    pub connect: Duration,
    /// Longest silence of a server.
    pub stall: Duration,
    /// Longest time for one list, with all attempts and mirrors.
    pub total: Duration,
    /// Most attempts for one file at one place.
    pub attempts: u32,
    /// Most redirects of one request.
    pub redirects: u32,
    /// Largest file.
    pub max_bytes: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            stall: Duration::from_secs(60),
            total: Duration::from_secs(20 * 60),
            attempts: 4,
            redirects: 5,
            max_bytes: limits::FETCH_BYTES_MAX,
        }
    }
}

/// The section as it is written; every key may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FetchSection {
    lists: Option<Vec<String>>,
    proxy: Option<String>,
    no_proxy: Option<Vec<String>>,
    connect: Option<SignedDuration>,
    stall: Option<SignedDuration>,
    total: Option<SignedDuration>,
    attempts: Option<u32>,
    redirects: Option<u32>,
    max_bytes: Option<u64>,
    user_agent: Option<String>,
    #[serde(default)]
    source: Vec<SourceEntry>,
}

impl FetchSection {
    /// The settings, or what is wrong with them.
    pub(crate) fn settings(self) -> Result<FetchConfig, String> {
        let sources = Sources::with(self.source)?;
        let lists = self.lists.unwrap_or_else(|| LISTS.map(str::to_owned).to_vec());
        if let Some(unknown) = lists.iter().find(|id| sources.find(id).is_none()) {
            return Err(format!("fetch.lists: there is no source {unknown:?}; there are {}", sources.ids()));
        }
        let default = Bounds::default();
        let bounds = Bounds {
            connect: duration("connect", self.connect, default.connect)?,
            stall: duration("stall", self.stall, default.stall)?,
            total: duration("total", self.total, default.total)?,
            attempts: between("attempts", self.attempts, default.attempts, 1..=limits::FETCH_ATTEMPTS_MAX)?,
            redirects: between("redirects", self.redirects, default.redirects, 0..=limits::REDIRECTS_MAX)?,
            max_bytes: between("max_bytes", self.max_bytes, default.max_bytes, 1..=limits::FILE_BYTES_MAX)?,
        };
        Ok(FetchConfig {
            lists,
            sources,
            proxy: proxy(self.proxy, self.no_proxy)?,
            bounds,
            user_agent: user_agent(self.user_agent.as_deref().unwrap_or(USER_AGENT))?,
        })
    }
}

/// Who asks, with the version of the program in place of `{version}`.
const USER_AGENT: &str = "interdict/{version} (+https://github.com/interdict/interdict)";

/// A user agent with the version in its place, or why it is none.
pub(crate) fn user_agent(template: &str) -> Result<String, String> {
    let text = template.replace("{version}", env!("CARGO_PKG_VERSION"));
    let fits = !text.trim().is_empty() && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if fits { Ok(text) } else { Err(format!("user_agent: {template:?} cannot stand in a request")) }
}

fn proxy(url: Option<String>, except: Option<Vec<String>>) -> Result<ProxyUse, String> {
    match url {
        None if except.is_some() => Err("fetch.no_proxy goes with fetch.proxy; without it the environment \
             variables HTTPS_PROXY and NO_PROXY are used"
            .to_owned()),
        None => Ok(ProxyUse::Environment),
        Some(none) if none == "none" => Ok(ProxyUse::None),
        Some(url) => {
            let used = ProxyUse::This { url, except: except.unwrap_or_default() };
            super::http::proxy(&used).map(|_| used)
        }
    }
}

fn duration(key: &str, told: Option<SignedDuration>, default: Duration) -> Result<Duration, String> {
    let Some(told) = told else { return Ok(default) };
    let longest = Duration::from_secs(limits::FETCH_SECONDS_MAX);
    match Duration::try_from(told) {
        Ok(told) if !told.is_zero() && told <= longest => Ok(told),
        _ => {
            Err(format!("fetch.{key} is a time like \"30s\" or \"5m\", up to {} h", longest.as_secs() / 3600))
        }
    }
}

fn between<N: PartialOrd + std::fmt::Display>(
    key: &str,
    told: Option<N>,
    default: N,
    bounds: std::ops::RangeInclusive<N>,
) -> Result<N, String> {
    match told {
        None => Ok(default),
        Some(told) if bounds.contains(&told) => Ok(told),
        Some(told) => Err(format!("fetch.{key} is {} to {}, not {told}", bounds.start(), bounds.end())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Result<FetchConfig, String> {
        let section: FetchSection = toml::from_str(text).map_err(|error| error.to_string())?;
        section.settings()
    }

    #[test]
    fn without_a_word_the_official_lists_are_fetched() {
        let settings = settings("").unwrap();
        assert_eq!(settings.lists, LISTS);
        assert_eq!((settings.proxy, settings.bounds), (ProxyUse::Environment, Bounds::default()));
        assert!(settings.user_agent.starts_with(concat!(
            "interdict/",
            env!("CARGO_PKG_VERSION"),
            " (+https"
        )));
    }

    #[test]
    fn everything_may_be_set() {
        let settings = settings(
            "lists = ['un']\nproxy = 'http://me:pass@proxy.example:3128'\nno_proxy = ['.example']\n\
             connect = '5s'\nstall = '250ms'\ntotal = '1h'\nattempts = 1\nredirects = 0\nmax_bytes = 1000\n\
             user_agent = 'bank/{version}'",
        )
        .unwrap();
        assert_eq!(settings.bounds.stall, Duration::from_millis(250));
        assert_eq!(settings.bounds.total, Duration::from_secs(3600));
        assert_eq!((settings.bounds.attempts, settings.bounds.redirects), (1, 0));
        assert!(matches!(settings.proxy, ProxyUse::This { except, .. } if except == [".example"]));
        assert_eq!(self::settings("proxy = 'none'").unwrap().proxy, ProxyUse::None);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, reason) in [
            ("mirror = 1", "mirror"),
            ("lists = ['nowhere']", "no source \"nowhere\""),
            ("stall = '0s'", "fetch.stall"),
            ("total = '-5s'", "fetch.total"),
            ("total = '9999h'", "fetch.total"),
            ("connect = 'soon'", "soon"),
            ("attempts = 0", "fetch.attempts"),
            ("redirects = 1000", "fetch.redirects"),
            ("max_bytes = 0", "fetch.max_bytes"),
            ("no_proxy = ['a']", "fetch.no_proxy"),
            ("proxy = 'gopher://a'", "fetch.proxy"),
            ("proxy = ''", "fetch.proxy"),
            ("user_agent = \"a\\nb\"", "user_agent"),
        ] {
            let error = settings(text).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
