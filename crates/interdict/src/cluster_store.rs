//! The links between the parties of the lists in force, kept beside their index under the same digest, so that a screening
//! does not compute them.
//!
//! ```text
//! <home>/index/<digest>.clusters.jsonl
//! line 1    {"links_version", "index", "seal"}    the seal is the digest of the lines below
//! line 2    the clusters without any decision: arrays of numbers of parties
//! line 3…   the links
//! ```
//!
//! A file that is not there, damaged, or of another version is computed again.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use interdict_core::digest::Digest;
use interdict_core::limits;
use interdict_core::mapped::MappedFile;
use interdict_match::clusters::{self, Clusters, Decisions, LINKS_VERSION, Link};
use interdict_match::index::Index;

use crate::archive::write_whole;
use crate::config::Config;
use crate::decisions;
use crate::failure::Failure;
use crate::index_store::Opened;
use crate::{progress, terminal};

/// The first line.
#[derive(Serialize, Deserialize)]
struct Header {
    links_version: u32,
    index: Digest,
    seal: Digest,
}

/// Links with the decisions about them, and the clusters that follow.
pub(crate) struct Linked {
    pub links: Vec<Link>,
    pub decisions: Decisions,
    /// Whether the last decision is cut off, and does not count.
    pub is_cut_off: bool,
    pub clusters: Clusters,
}

/// The file of an index file.
pub(crate) fn path_of(index: &Path) -> PathBuf {
    index.with_extension("clusters.jsonl")
}

/// With more parties than this the links take minutes: they are computed when `lists same` asks for them, not by every import.
const AT_ONCE_MAX: usize = 20_000;

/// Whether the links of an index are computed as soon as it is built.
pub(crate) fn is_computed_at_once(index: &Index) -> bool {
    index.n_entities() <= AT_ONCE_MAX
}

/// The clusters of the lists in force, as people decided; what a screening needs, and no more. Where the links are not computed
/// yet and would take minutes, only what people decided is known, and that is said.
pub(crate) fn clusters(config: &Config, opened: &Opened) -> Result<Clusters, Failure> {
    let decisions = decisions::load(&config.home)?.decisions();
    let kept = opened.path.as_deref().and_then(|path| read(&path_of(path)));
    let groups = kept.as_deref().and_then(|bytes| groups(bytes, &opened.index));
    match groups {
        Some(groups) if decisions.is_empty() => Ok(Clusters::from_groups(groups)),
        None if !is_computed_at_once(&opened.index) => {
            let note = terminal::NOTE;
            anstream::eprintln!(
                "{note}note:{note:#} which hits are one party is not computed yet: interdict lists same"
            );
            Ok(Clusters::new(&opened.index, &[], &decisions))
        }
        _ => Ok(Clusters::new(&opened.index, &links_of(opened), &decisions)),
    }
}

/// The links of the lists in force, the decisions, and the clusters.
pub(crate) fn linked(config: &Config, opened: &Opened) -> Result<Linked, Failure> {
    let recorded = decisions::load(&config.home)?;
    let is_cut_off = recorded.is_cut_off();
    let decisions = recorded.decisions();
    let links = links_of(opened);
    let clusters = Clusters::new(&opened.index, &links, &decisions);
    Ok(Linked { links, decisions, is_cut_off, clusters })
}

/// The links of the lists in force, kept or computed.
fn links_of(opened: &Opened) -> Vec<Link> {
    let kept = opened.path.as_deref().and_then(|path| read(&path_of(path)));
    let links = kept.as_deref().and_then(|bytes| links(bytes, &opened.index));
    links.unwrap_or_else(|| computed(&opened.index, opened.path.as_deref()))
}

/// Computes the links of an index, and keeps them beside its file when it has one. That they cannot be kept only costs time.
pub(crate) fn computed(index: &Index, path: Option<&Path>) -> Vec<Link> {
    let bar = progress::spinner("recognizing parties that stand on several lists");
    let links = clusters::links(index);
    if let Some(path) = path.map(path_of) {
        let kept = bytes(index, &links)
            .map_err(|error| Failure::Output(error.into()))
            .and_then(|bytes| write_whole(&path, &bytes));
        if let Err(failure) = kept {
            let note = terminal::NOTE;
            anstream::eprintln!("{note}note:{note:#} {failure}; the clusters are computed again next time");
        }
    }
    bar.finish_and_clear();
    links
}

fn bytes(index: &Index, links: &[Link]) -> serde_json::Result<Vec<u8>> {
    let clusters = Clusters::new(index, links, &Decisions::default());
    let mut body = serde_json::to_vec(clusters.groups())?;
    body.push(b'\n');
    for link in links {
        serde_json::to_writer(&mut body, link)?;
        body.push(b'\n');
    }
    let header = Header { links_version: LINKS_VERSION, index: index.digest(), seal: Digest::of(&body) };
    let mut bytes = serde_json::to_vec(&header)?;
    bytes.push(b'\n');
    bytes.extend(body);
    Ok(bytes)
}

fn read(path: &Path) -> Option<MappedFile> {
    let data = std::fs::metadata(path).ok()?;
    (data.is_file() && data.len() > 0 && data.len() <= limits::FILE_BYTES_MAX)
        .then(|| MappedFile::open(path).ok())
        .flatten()
}

/// What is below the header, when the file is whole and of this index.
fn body<'b>(bytes: &'b [u8], index: &Index) -> Option<&'b [u8]> {
    let end = bytes.iter().take(1_000).position(|&byte| byte == b'\n')?;
    let (header, body) = bytes.split_at_checked(end + 1)?;
    let header: Header = serde_json::from_slice(header).ok()?;
    let is_right = header.links_version == LINKS_VERSION
        && header.index == index.digest()
        && header.seal == Digest::of(body);
    is_right.then_some(body)
}

fn groups(bytes: &[u8], index: &Index) -> Option<Vec<Vec<u32>>> {
    let first = body(bytes, index)?.split(|&byte| byte == b'\n').next()?;
    serde_json::from_slice(first).ok()
}

fn links(bytes: &[u8], index: &Index) -> Option<Vec<Link>> {
    let lines = body(bytes, index)?.split(|&byte| byte == b'\n').skip(1);
    lines.filter(|line| !line.is_empty()).map(|line| serde_json::from_slice(line).ok()).collect()
}
