//! Which addresses may be asked, and where does a redirect lead? Decided here, apart from the network.

use ureq::http::Uri;

use interdict_core::digest::Digest;

use super::problem::Problem;

/// Whether plain `http://` may be asked: only where the source says so, for a mirror in a network of one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plain {
    Allowed,
    Refused,
}

impl Plain {
    /// From the switch in the configuration.
    pub(crate) fn of(allow_http: Option<bool>) -> Self {
        if allow_http == Some(true) { Self::Allowed } else { Self::Refused }
    }
}

/// An address that may be asked, or what is wrong with it.
pub(crate) fn parse(text: &str, plain: Plain) -> Result<Uri, String> {
    let uri: Uri = text.parse().map_err(|error| format!("{text:?} is no URL: {error}"))?;
    match uri.scheme_str() {
        Some("https") => {}
        Some("http") if plain == Plain::Allowed => {}
        Some("http") => {
            return Err(format!("{text:?} is not https; allow_http = true for its source allows that"));
        }
        _ => return Err(format!("{text:?} is no https URL")),
    }
    match uri.authority() {
        Some(authority) if authority.as_str().contains('@') => {
            Err("a URL with a name or password in it is not taken: it would be kept in records".to_owned())
        }
        Some(authority) if !authority.host().is_empty() => Ok(uri),
        _ => Err(format!("{text:?} names no host")),
    }
}

/// Where a redirect leads. From https to http it never leads, whatever the source allows.
///
/// # Errors
/// When the target is no address, or is one that may not be asked.
pub(crate) fn redirected(from: &Uri, location: &str, plain: Plain) -> Result<Uri, Problem> {
    let refused = |reason: String| Problem::Redirect { url: shown(from), reason };
    let target = absolute(from, location);
    let plain = if from.scheme_str() == Some("https") { Plain::Refused } else { plain };
    match parse(&target, plain) {
        Ok(uri) => Ok(uri),
        Err(_) if target.starts_with("http://") => {
            Err(refused("it leads to an address without https".to_owned()))
        }
        Err(reason) => Err(refused(reason)),
    }
}

/// A reference resolved against the address it came from (RFC 3986, section 5.2, without dot segments, which servers
/// resolve).
fn absolute(from: &Uri, location: &str) -> String {
    let location = location.split('#').next().unwrap_or_default();
    let scheme = from.scheme_str().unwrap_or("https");
    let authority = from.authority().map(|authority| authority.as_str()).unwrap_or_default();
    let path = from.path();
    if has_scheme(location) {
        location.to_owned()
    } else if location.starts_with("//") {
        format!("{scheme}:{location}")
    } else if location.starts_with('/') {
        format!("{scheme}://{authority}{location}")
    } else if location.starts_with('?') || location.is_empty() {
        format!("{scheme}://{authority}{path}{location}")
    } else {
        let folder = path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or("/");
        format!("{scheme}://{authority}{folder}{location}")
    }
}

/// Whether a reference begins with a scheme, as `https:` is one.
fn has_scheme(location: &str) -> bool {
    let Some((scheme, _)) = location.split_once(':') else { return false };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char))
}

/// An address as it is shown and kept: without the query, which may hold a key that was made for one download.
pub(crate) fn shown(uri: &Uri) -> String {
    let scheme = uri.scheme_str().unwrap_or_default();
    let authority = uri.authority().map(|authority| authority.as_str()).unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}{}", uri.path())
}

/// The digest of all of an address, by which the same is known again without being kept.
pub(crate) fn digest(uri: &Uri) -> Digest {
    Digest::of(uri.to_string().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_is_asked_unless_the_source_says_otherwise() {
        assert!(parse("https://lists.example/a.xml?token=1", Plain::Refused).is_ok());
        assert!(parse("http://127.0.0.1:1/a", Plain::Allowed).is_ok());
        for (url, reason) in [
            ("http://127.0.0.1/a", "not https"),
            ("ftp://lists.example/a", "no https URL"),
            ("/a/b", "no https URL"),
            ("file:///etc/passwd", "no"),
            ("https://me:secret@lists.example/a", "name or password"),
            ("https://exa mple/", "no URL"),
        ] {
            let error = parse(url, Plain::Refused).unwrap_err();
            assert!(error.contains(reason) && !error.contains("secret"), "{url}: {error}");
        }
        assert!(parse("ftp://lists.example/a", Plain::Allowed).is_err());
    }

    #[test]
    fn redirects_are_resolved() {
        let from: Uri = "https://a.example/x/y?q=1".parse().unwrap();
        for (location, target) in [
            ("https://b.example/z", "https://b.example/z"),
            ("//b.example/z?k=v#part", "https://b.example/z?k=v"),
            ("/z", "https://a.example/z"),
            ("z", "https://a.example/x/z"),
            ("?q=2", "https://a.example/x/y?q=2"),
            ("a:b", ""),
            ("http://a.example/z", ""),
            ("file:///etc/passwd", ""),
            ("https://a b/", ""),
        ] {
            let to = redirected(&from, location, Plain::Allowed).map(|uri| uri.to_string());
            assert_eq!(to.ok().unwrap_or_default(), target, "{location}");
        }
    }

    #[test]
    fn a_redirect_never_leaves_https() {
        let told = |from: &str, plain| {
            let from: Uri = from.parse().unwrap();
            redirected(&from, "http://b.example/z", plain).map_err(|problem| problem.to_string())
        };
        for plain in [Plain::Allowed, Plain::Refused] {
            assert!(told("https://a.example/", plain).unwrap_err().contains("without https"));
        }
        assert!(told("http://a.example/", Plain::Allowed).is_ok());
        assert!(told("http://a.example/", Plain::Refused).is_err());
    }

    #[test]
    fn keys_are_not_shown() {
        assert_eq!(shown(&"https://a.example/b?sig=1".parse().unwrap()), "https://a.example/b");
    }
}
