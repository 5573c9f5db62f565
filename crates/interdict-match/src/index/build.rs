//! Lists in, the bytes of an index out. The same lists give the same bytes.

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::identifier::{Identifier, IdentifierKind};
use interdict_core::list::ListVersion;

use super::IndexInfo;
use super::format::{ANALYSIS_VERSION, FORMAT_VERSION, Section, hash};
use super::profile::{Profile, profiles};
use crate::names::{Bearer, Reading, TABLES, analyze};
use sections::Sections;
use tokens::Tokens;

mod sections;
mod tokens;

/// One list that goes into an index.
#[derive(Debug, Clone, Copy)]
pub struct ListInput<'a> {
    /// Which version it is.
    pub version: &'a ListVersion,
    /// All its entities.
    pub entities: &'a [Entity],
}

/// An index cannot be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// A section has more rows or bytes than 32 bits can number.
    #[error("the lists are too large for one index: more than {} {what}", u32::MAX)]
    TooLarge {
        /// What there are too many of.
        what: &'static str,
    },
    /// What the index says of itself cannot be written.
    #[error("the description of the index cannot be written: {0}")]
    Info(String),
}

/// The digest of an index of these lists: it names the format, the analysis with its tables, the version of the readers that
/// made the entities, and every list version with its date of publication.
pub fn digest_of(lists: &[ListVersion], readers: u32) -> Digest {
    let versions = [FORMAT_VERSION, ANALYSIS_VERSION, readers].map(u32::to_le_bytes).concat();
    let mut parts: Vec<Vec<u8>> = vec![versions];
    parts.extend(TABLES.iter().map(|table| table.as_bytes().to_vec()));
    for list in lists {
        let published = list.published.map(|date| date.to_string()).unwrap_or_default();
        parts.extend([list.id.as_str().into(), published.into_bytes(), list.digest.as_bytes().to_vec()]);
    }
    Digest::of_parts(parts.iter().map(Vec::as_slice))
}

/// Builds the index of these lists, in this order; `readers` is the version of the readers that made the entities.
///
/// # Errors
/// When the lists are too large for the format.
pub fn build(lists: &[ListInput<'_>], readers: u32) -> Result<Vec<u8>, BuildError> {
    let versions: Vec<ListVersion> = lists.iter().map(|list| list.version.clone()).collect();
    let info = IndexInfo { digest: digest_of(&versions, readers), lists: versions };
    let mut sections = Sections::default();
    sections.bytes[Section::Info as usize] =
        serde_json::to_vec(&info).map_err(|error| BuildError::Info(error.to_string()))?;
    let mut tokens = Tokens::default();
    let mut identifiers = Vec::new();
    let mut ids = Vec::new();
    for (list_idx, list) in lists.iter().enumerate() {
        let profiles = profiles(list.entities);
        let analyzed: Vec<Vec<Vec<Reading>>> = profiles.par_iter().map(readings_of).collect();
        for (profile, readings) in profiles.iter().zip(analyzed) {
            let entity = n_rows(ids.len(), "entities")?;
            sections.push_entity(n_rows(list_idx, "lists")?, entity, profile, &readings, &mut tokens)?;
            ids.push((profile.party.id.clone(), entity));
            for (kind, value) in &profile.identifiers {
                let comparable = Identifier::new(*kind, *value).comparable();
                identifiers.push((hash(comparable.bytes()), entity, kind_code(*kind), (*value).to_owned()));
            }
        }
    }
    sections.finish(tokens, identifiers, ids)?;
    sections.assemble(info.digest)
}

/// The readings of each name of a party; a name that cannot be compared has none and is found by nobody.
fn readings_of(profile: &Profile<'_>) -> Vec<Vec<Reading>> {
    let bearer = Bearer::of(Some(profile.party.schema));
    let readings = |name: &str| analyze(name, bearer).map(|analysis| analysis.readings).unwrap_or_default();
    profile.names.iter().map(|(name, _)| readings(name)).collect()
}

fn kind_code(kind: IdentifierKind) -> u8 {
    let position = IdentifierKind::ALL.iter().position(|&known| known == kind);
    position.and_then(|position| u8::try_from(position).ok()).unwrap_or(u8::MAX)
}

fn n_rows(n: usize, what: &'static str) -> Result<u32, BuildError> {
    u32::try_from(n).map_err(|_| BuildError::TooLarge { what })
}
