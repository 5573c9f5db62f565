//! Where are the lists? The official sources are data of the program (`sources/official.toml`); the operator's configuration
//! changes them or adds others.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Deserialize;
use ureq::http::Uri;

use interdict_core::limits;
use interdict_core::list::ListId;
use interdict_lists::Format;

use super::address::{self, Plain};
use super::settings::user_agent;

const OFFICIAL: &str = include_str!("../../sources/official.toml");

/// All sources that can be fetched.
#[derive(Debug)]
pub(crate) struct Sources(Vec<Source>);

/// Where one list is, and what it must look like.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// What it is called on the command line.
    pub id: String,
    /// The list.
    pub list: ListId,
    /// What it is, for people.
    pub title: String,
    /// The page of the authority that offers it.
    pub page: Option<String>,
    /// The form that its files must have.
    pub format: Option<Format>,
    /// How the columns of a CSV are read.
    pub mapping: Option<PathBuf>,
    /// The names of its files, the main one first.
    pub names: Vec<String>,
    /// The places that have all its files, the authority's first; each with one address for every file.
    pub places: Vec<Vec<Uri>>,
    /// The content types that are taken; none named: any that may be a list.
    pub accept: Vec<String>,
    /// Whether plain http may be asked.
    pub plain: Plain,
    /// Who asks, where the server must hear something else than usual.
    pub user_agent: Option<String>,
    /// Largest file, where it differs from the usual bound.
    pub max_bytes: Option<u64>,
}

/// A source as it is written. In the configuration every key but the id may be left out for a source that the program knows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceEntry {
    id: String,
    list: Option<String>,
    title: Option<String>,
    page: Option<String>,
    format: Option<String>,
    mapping: Option<PathBuf>,
    files: Option<Vec<FileEntry>>,
    mirrors: Option<Vec<Vec<String>>>,
    accept: Option<Vec<String>>,
    allow_http: Option<bool>,
    user_agent: Option<String>,
    max_bytes: Option<u64>,
}

/// One file of a source.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEntry {
    name: String,
    url: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficialFile {
    source: Vec<SourceEntry>,
}

impl Sources {
    /// The sources that the program carries, with the changes and additions of the operator.
    ///
    /// # Errors
    /// Says what is wrong with which source.
    pub(crate) fn with(changes: Vec<SourceEntry>) -> Result<Self, String> {
        let official: OfficialFile =
            toml::from_str(OFFICIAL).map_err(|error| format!("sources/official.toml: {error}"))?;
        let mut entries = official.source;
        let mut seen = BTreeSet::new();
        for change in changes {
            if !seen.insert(change.id.clone()) {
                return Err(format!("fetch.source {:?} is there twice", change.id));
            }
            match entries.iter_mut().find(|entry| entry.id == change.id) {
                Some(entry) => entry.change(change),
                None => entries.push(change),
            }
        }
        let sources = entries.into_iter().map(|entry| {
            let id = entry.id.clone();
            entry.source().map_err(|reason| format!("fetch.source {id:?}: {reason}"))
        });
        Ok(Self(sources.collect::<Result<_, _>>()?))
    }

    /// The source of that name.
    pub(crate) fn find(&self, id: &str) -> Option<&Source> {
        self.0.iter().find(|source| source.id == id)
    }

    /// The names of all, for messages.
    pub(crate) fn ids(&self) -> String {
        self.0.iter().map(|source| source.id.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl SourceEntry {
    /// Takes over what a change says. Other files make the official mirrors meaningless, so those go with them.
    fn change(&mut self, change: Self) {
        if change.files.is_some() {
            self.mirrors = None;
            self.accept = None;
        }
        fn replace<T>(old: &mut Option<T>, new: Option<T>) {
            if new.is_some() {
                *old = new;
            }
        }
        replace(&mut self.list, change.list);
        replace(&mut self.title, change.title);
        replace(&mut self.page, change.page);
        replace(&mut self.format, change.format);
        replace(&mut self.mapping, change.mapping);
        replace(&mut self.files, change.files);
        replace(&mut self.mirrors, change.mirrors);
        replace(&mut self.accept, change.accept);
        replace(&mut self.allow_http, change.allow_http);
        replace(&mut self.user_agent, change.user_agent);
        replace(&mut self.max_bytes, change.max_bytes);
    }

    fn source(self) -> Result<Source, String> {
        let list = |id: &str| id.parse::<ListId>().map_err(|error| error.to_string());
        list(&self.id)?;
        let files = self.files.filter(|files| !files.is_empty()).ok_or("it names no files")?;
        let mirrors = self.mirrors.unwrap_or_default();
        if let Some(mirror) = mirrors.iter().find(|mirror| mirror.len() != files.len()) {
            let (urls, files) = (mirror.len(), files.len());
            return Err(format!("a mirror has one URL for every file, here {files}, not {urls}"));
        }
        let plain = Plain::of(self.allow_http);
        let first = files.iter().map(|file| file.url.clone()).collect();
        let places = std::iter::once(first).chain(mirrors).map(|urls: Vec<String>| {
            urls.iter().map(|url| address::parse(url, plain)).collect::<Result<Vec<_>, _>>()
        });
        Ok(Source {
            list: list(self.list.as_deref().unwrap_or(&self.id))?,
            title: self.title.unwrap_or_else(|| self.id.clone()),
            page: self.page,
            format: self.format.as_deref().map(format).transpose()?,
            mapping: self.mapping,
            places: places.collect::<Result<_, _>>()?,
            names: names(files)?,
            accept: self.accept.unwrap_or_default().iter().map(|kind| kind.to_ascii_lowercase()).collect(),
            plain,
            user_agent: self.user_agent.as_deref().map(user_agent).transpose()?,
            max_bytes: self.max_bytes.map(max_bytes).transpose()?,
            id: self.id,
        })
    }
}

fn format(name: &str) -> Result<Format, String> {
    let known = || Format::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
    Format::from_name(name).ok_or_else(|| format!("there is no format {name:?}; formats are {}", known()))
}

fn max_bytes(bytes: u64) -> Result<u64, String> {
    let fits = (1..=limits::FILE_BYTES_MAX).contains(&bytes);
    if fits { Ok(bytes) } else { Err(format!("max_bytes is 1 to {}, not {bytes}", limits::FILE_BYTES_MAX)) }
}

/// The names under which files are written: nothing else than a plain name may come out of a configuration.
fn names(files: Vec<FileEntry>) -> Result<Vec<String>, String> {
    let mut seen = BTreeSet::new();
    for FileEntry { name, .. } in &files {
        let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._- ".contains(&byte));
        if name.is_empty() || name.starts_with('.') || !is_plain {
            return Err(format!("{name:?} is no plain file name (letters, digits, . _ -)"));
        }
        if !seen.insert(name.to_lowercase()) {
            return Err(format!("two files are named {name:?}"));
        }
    }
    Ok(files.into_iter().map(|file| file.name).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Section {
        source: Vec<SourceEntry>,
    }

    fn with(text: &str) -> Result<Sources, String> {
        let section: Section = toml::from_str(text).map_err(|error| error.to_string())?;
        Sources::with(section.source)
    }

    #[test]
    fn the_official_sources_are_sound() {
        let sources = Sources::with(Vec::new()).unwrap();
        for source in &sources.0 {
            assert_eq!(source.plain, Plain::Refused, "{}", source.id);
            assert!(source.places.iter().flatten().all(|url| url.scheme_str() == Some("https")));
            assert!(source.page.as_deref().is_some_and(|page| page.starts_with("https://")), "{}", source.id);
            assert!(!source.accept.is_empty() && source.title != source.id, "{}", source.id);
        }
        let names: Vec<&String> = sources.0.iter().flat_map(|source| &source.names).collect();
        let different: BTreeSet<_> = names.iter().collect();
        assert_eq!(names.len(), different.len(), "one folder can hold the files of all");
    }

    #[test]
    fn operators_change_and_add_sources() {
        let sources = with(
            "[[source]]\nid = 'un'\nmax_bytes = 5\n[[source]]\nid = 'own'\nallow_http = true\n\
             files = [{name = 'own.csv', url = 'http://lists.intranet/own.csv'}]",
        )
        .unwrap();
        let un = sources.find("un").unwrap();
        assert_eq!((un.max_bytes, un.format), (Some(5), Some(Format::UnXml)));
        assert_eq!(un.places[0][0].host(), Some("scsanctions.un.org"));
        assert_eq!(sources.find("own").unwrap().list.as_str(), "own");
    }

    #[test]
    fn other_files_drop_the_official_mirrors() {
        let change = "[[source]]\nid = 'us-csl'\nfiles = [{name = 'csl.csv', url = 'https://a.example/csl'}]";
        assert_eq!(with(change).unwrap().find("us-csl").unwrap().places.len(), 1);
        let mirror = "\nmirrors = [['https://b.example/csl'], ['https://c.example/csl']]";
        assert_eq!(with(&format!("{change}{mirror}")).unwrap().find("us-csl").unwrap().places.len(), 3);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let own = |rest: &str| format!("[[source]]\nid = 'own'\n{rest}");
        let file = |name: &str, url: &str| own(&format!("files = [{{name = '{name}', url = '{url}'}}]"));
        for (text, reason) in [
            (own(""), "no files"),
            (own("files = []"), "no files"),
            (own("url = 'https://a.example'"), "unknown field"),
            (file("../x", "https://a.example"), "plain file name"),
            (file(".x", "https://a.example"), "plain file name"),
            (file("", "https://a.example"), "plain file name"),
            (file("x", "http://a.example"), "allow_http"),
            (file("x", "a.example"), "https"),
            (file("x", "https://a.example") + "\nmirrors = [[]]", "one URL for every file"),
            (file("x", "https://a.example") + "\nformat = 'xls'", "no format"),
            (file("x", "https://a.example") + "\nmax_bytes = 0", "max_bytes"),
            (file("x", "https://a.example") + "\nlist = 'A B'", "list id"),
            ("[[source]]\nid = '../x'\n".to_owned(), "list id"),
            ("[[source]]\nid = 'un'\n[[source]]\nid = 'un'\n".to_owned(), "twice"),
        ] {
            let error = with(&text).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
