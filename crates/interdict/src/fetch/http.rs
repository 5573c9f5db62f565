//! One file from one address: redirects, limits and the type of the answer are watched here, and bytes go to disk as they
//! come. What is returned came whole, as far as the protocol tells.
//!
//! Nothing is resumed: an answer that is cut off is thrown away, so that no file is ever put together of two publications.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use ureq::config::AutoHeaderValue;
use ureq::http::{HeaderMap, Uri, header};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, Body, Proxy, Timeout};

use super::address::{self, Plain};
use super::problem::Problem;
use super::record::Response;
use super::settings::{FetchConfig, ProxyUse};
use super::waits::Waits;

/// What is asked, and within which bounds.
pub(crate) struct Ask<'a> {
    /// The address.
    pub url: &'a Uri,
    /// What is known of the file: the server is asked whether that has changed.
    pub known: Option<&'a Response>,
    /// The content types that are taken.
    pub accept: &'a [String],
    /// Whether plain http may be asked.
    pub plain: Plain,
    /// Who asks.
    pub user_agent: &'a str,
    /// Most redirects.
    pub redirects: u32,
    /// Largest file.
    pub max_bytes: u64,
    /// When the time is used up.
    pub deadline: Instant,
}

/// What came of it.
pub(crate) enum Answer {
    /// The file is as it is known.
    Unchanged,
    /// A file, and how its end was known.
    File(Response, BodyEnd),
}

/// How the end of a body is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyEnd {
    /// By its length or by a last chunk: a cut is noticed.
    Announced,
    /// By the end of the connection alone: a cut looks like the end.
    Open,
}

/// A client for all lists.
///
/// # Errors
/// When the proxy is none.
pub(crate) fn agent(config: &FetchConfig) -> Result<Agent, String> {
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    let settings = Agent::config_builder()
        .tls_config(tls)
        .proxy(proxy(&config.proxy)?)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(AutoHeaderValue::None)
        .accept_encoding("identity")
        .timeout_connect(Some(config.bounds.connect))
        .timeout_per_read(Some(config.bounds.stall))
        .timeout_per_write(Some(config.bounds.stall))
        .build();
    Ok(settings.new_agent())
}

/// The proxy that is meant.
///
/// # Errors
/// When it is none. The message does not repeat it, since it may hold a password.
pub(super) fn proxy(used: &ProxyUse) -> Result<Option<Proxy>, String> {
    let wrong = |_| "fetch.proxy is an address like \"http://proxy.example:3128\", or \"none\"".to_owned();
    let (url, except) = match used {
        ProxyUse::Environment => return Ok(Proxy::try_from_env()),
        ProxyUse::None => return Ok(None),
        ProxyUse::This { url, except } => (url, except),
    };
    let plain = Proxy::new(url).map_err(wrong)?;
    let mut builder = Proxy::builder(plain.protocol()).host(plain.host()).port(plain.port());
    if let Some(username) = plain.username() {
        builder = builder.username(username);
    }
    if let Some(password) = plain.password() {
        builder = builder.password(password);
    }
    for host in except {
        builder = builder.no_proxy(host);
    }
    builder.build().map(Some).map_err(wrong)
}

/// Fetches one file.
///
/// # Errors
/// When it did not come whole, or is not what a list may be; what was written then is worth nothing.
pub(crate) fn get(
    agent: &Agent,
    ask: &Ask<'_>,
    into: &Path,
    bar: &ProgressBar,
    waits: &Waits<'_>,
) -> Result<Answer, Problem> {
    let start = Instant::now();
    let (uri, mut response) = follow(agent, ask)?;
    let url = address::shown(&uri);
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    match status {
        200 => {}
        304 if ask.known.is_some() => return Ok(Answer::Unchanged),
        _ => {
            let retry_after = text(&headers, header::RETRY_AFTER).and_then(|wish| waits.retry_after(&wish));
            return Err(Problem::Status { url, status, retry_after });
        }
    }
    check_kind(&url, &headers, ask.accept)?;
    receive(response.body_mut(), ask, &url, into, bar)?;
    let is_announced = [header::CONTENT_LENGTH, header::TRANSFER_ENCODING];
    let is_announced = is_announced.iter().any(|name| headers.contains_key(name));
    let end = if is_announced { BodyEnd::Announced } else { BodyEnd::Open };
    let response = Response {
        url: address::shown(ask.url),
        url_digest: Some(address::digest(ask.url)),
        final_url: url,
        status,
        etag: text(&headers, header::ETAG),
        last_modified: text(&headers, header::LAST_MODIFIED),
        content_type: text(&headers, header::CONTENT_TYPE),
        fetched_at: (waits.now)(),
        duration_ms: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
        attempts: 1,
    };
    Ok(Answer::File(response, end))
}

/// The answer at the end of the redirects, and where it is.
fn follow(agent: &Agent, ask: &Ask<'_>) -> Result<(Uri, ureq::http::Response<Body>), Problem> {
    let mut uri = ask.url.clone();
    for _ in 0..=ask.redirects {
        let response = request(agent, ask, &uri)?;
        if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok((uri, response));
        }
        let location = text(response.headers(), header::LOCATION).ok_or_else(|| Problem::Redirect {
            url: address::shown(&uri),
            reason: "it does not say where it leads".to_owned(),
        })?;
        uri = address::redirected(&uri, &location, ask.plain)?;
    }
    let reason = format!("there are more than {} in a row (fetch.redirects)", ask.redirects);
    Err(Problem::Redirect { url: address::shown(ask.url), reason })
}

fn request(agent: &Agent, ask: &Ask<'_>, uri: &Uri) -> Result<ureq::http::Response<Body>, Problem> {
    let left = time_left(ask.deadline)?;
    let mut request = agent.get(uri).header(header::USER_AGENT, ask.user_agent);
    if let Some(known) = ask.known {
        // A server that knows both looks at the ETag alone (RFC 9110, section 13.1.3).
        if let Some(etag) = &known.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(last_modified) = &known.last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, last_modified);
        }
    }
    let called = request.config().timeout_global(Some(left)).build().call();
    called.map_err(|error| no_answer(&address::shown(uri), error))
}

fn time_left(deadline: Instant) -> Result<Duration, Problem> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(Problem::OutOfTime { last: "no answer yet".to_owned() }) } else { Ok(left) }
}

/// Why there is no answer at all.
fn no_answer(url: &str, error: ureq::Error) -> Problem {
    let url = url.to_owned();
    let slow = |waited_for, limit| Problem::TooSlow { url: url.clone(), waited_for, limit };
    match error {
        ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => slow("a connection", "fetch.connect"),
        ureq::Error::Timeout(Timeout::PerRead | Timeout::PerWrite) => slow("the answer", "fetch.stall"),
        ureq::Error::Timeout(_) => Problem::OutOfTime { last: format!("{url} did not answer") },
        ureq::Error::Protocol(_) | ureq::Error::Http(_) | ureq::Error::LargeResponseHeader(..) => {
            Problem::NotHttp { url, reason: error.to_string() }
        }
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => {
            Problem::Tls { url, reason: error.to_string() }
        }
        ureq::Error::Io(error) if is_tls(&error) => Problem::Tls { url, reason: error.to_string() },
        error => Problem::Connection { url, reason: error.to_string() },
    }
}

/// Whether the secure layer refused, which trying again does not change.
fn is_tls(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>())
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// Refuses what no list is: pages, pictures, types that the source does not name, and bodies packed unasked.
fn check_kind(url: &str, headers: &HeaderMap, accept: &[String]) -> Result<(), Problem> {
    if let Some(encoding) = text(headers, header::CONTENT_ENCODING).filter(|encoding| encoding != "identity")
    {
        return Err(Problem::Encoded { url: url.to_owned(), encoding });
    }
    let Some(content_type) = text(headers, header::CONTENT_TYPE) else { return Ok(()) };
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_page = ["text/html", "application/xhtml+xml"].contains(&kind.as_str())
        || ["image/", "audio/", "video/", "multipart/"].iter().any(|family| kind.starts_with(family));
    if is_page || (!accept.is_empty() && !kind.is_empty() && !accept.contains(&kind)) {
        return Err(Problem::WrongType { url: url.to_owned(), content_type: kind });
    }
    Ok(())
}

/// Writes a body to disk, whole or not at all.
fn receive(body: &mut Body, ask: &Ask<'_>, url: &str, into: &Path, bar: &ProgressBar) -> Result<(), Problem> {
    let told = body.content_length();
    let too_large = || Problem::TooLarge { url: url.to_owned(), max: ask.max_bytes };
    if told.is_some_and(|told| told > ask.max_bytes) {
        return Err(too_large());
    }
    bar.set_position(0);
    told.map_or_else(|| bar.unset_length(), |told| bar.set_length(told));
    let disk = |error| Problem::Disk { path: into.display().to_string(), error };
    let mut file = File::create(into).map_err(disk)?;
    let mut reader = body.as_reader();
    let mut buffer = vec![0; 64 << 10];
    let mut bytes: u64 = 0;
    loop {
        let n = reader.read(&mut buffer).map_err(|error| interrupted(url, bytes, error))?;
        let Some(part) = buffer.get(..n).filter(|part| !part.is_empty()) else { break };
        bytes = bytes.saturating_add(n as u64);
        if bytes > ask.max_bytes {
            return Err(too_large());
        }
        file.write_all(part).map_err(disk)?;
        bar.set_position(bytes);
    }
    match told {
        Some(told) if told != bytes => {
            Err(Problem::Cut { url: url.to_owned(), bytes, reason: format!("{told} were announced") })
        }
        _ => file.sync_all().map_err(disk),
    }
}

/// Why a body ended before it was whole.
fn interrupted(url: &str, bytes: u64, error: io::Error) -> Problem {
    let url = url.to_owned();
    match ureq::Error::from(error) {
        ureq::Error::Timeout(Timeout::PerRead) => {
            Problem::TooSlow { url, waited_for: "the rest of the file", limit: "fetch.stall" }
        }
        ureq::Error::Timeout(_) => Problem::OutOfTime { last: format!("{url} sent {bytes} bytes so far") },
        error => Problem::Cut { url, bytes, reason: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(content_type: &str, accept: &[&str]) -> bool {
        let headers = [(header::CONTENT_TYPE, content_type.parse().unwrap())].into_iter().collect();
        let accept: Vec<String> = accept.iter().map(|kind| (*kind).to_owned()).collect();
        check_kind("https://a.example/", &headers, &accept).is_ok()
    }

    #[test]
    fn types_of_answers() {
        assert!(kind("application/xml", &[]) && kind("", &["text/csv"]));
        assert!(kind("Text/CSV; charset=utf-8", &["text/csv"]));
        assert!(!kind("application/json", &["text/csv"]));
        for page in ["text/html", "TEXT/HTML;charset=utf-8", "application/xhtml+xml", "image/png"] {
            assert!(!kind(page, &[]) && !kind(page, &["text/html", "image/png"]), "{page}");
        }
        assert!(check_kind("https://a.example/", &HeaderMap::new(), &["text/csv".to_owned()]).is_ok());
    }

    #[test]
    fn a_proxy_is_taken_as_it_is_told() {
        let this = |url: &str, except: &[&str]| {
            let except = except.iter().map(|host| (*host).to_owned()).collect();
            proxy(&ProxyUse::This { url: url.to_owned(), except })
        };
        let used =
            this("http://me:pa%20ss@proxy.example:3128", &["a.example", ".intranet"]).unwrap().unwrap();
        assert_eq!((used.host(), used.port(), used.username()), ("proxy.example", 3128, Some("me")));
        assert_eq!(used.password(), Some("pa ss"));
        let direct = |url: &str| used.is_no_proxy(&url.parse().unwrap());
        assert!(
            direct("https://a.example/x") && direct("https://b.intranet/") && !direct("https://c.example/")
        );
        let error = this("gopher://me:secret@a", &[]).unwrap_err();
        assert!(!error.contains("secret"), "{error}");
        assert!(proxy(&ProxyUse::None).unwrap().is_none());
    }
}
