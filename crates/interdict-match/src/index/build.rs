//! Lists in, the bytes of an index out. The same lists give the same bytes.

use std::collections::BTreeSet;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::identifier::{Identifier, IdentifierKind};
use interdict_core::list::ListVersion;
use interdict_core::model;
use interdict_core::outcome::NotScreened;
use interdict_core::subject::Subject;

use super::format::{ANALYSIS_VERSION, FORMAT_VERSION, Section, hash};
use super::profile::{Profile, profiles};
use super::{Index, IndexInfo, NameQuality};
use crate::names::{Analysis, Bearer, Reading, TABLES, analyze, analyze_subject};
use sections::Sections;
use tokens::{Tokens, Weighing};

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
    let digest = digest_of(&versions, readers);
    let mut builder = Builder::new(IndexInfo { digest, lists: versions }, Weighing::ByRarity)?;
    for (list_idx, list) in lists.iter().enumerate() {
        let list_idx = n_rows(list_idx, "lists")?;
        let profiles = profiles(list.entities);
        let analyzed: Vec<_> = profiles.par_iter().map(|profile| readings_of(profile, analyze)).collect();
        profiles
            .iter()
            .zip(analyzed)
            .try_for_each(|(profile, readings)| builder.add(list_idx, profile, &readings))?;
    }
    builder.finish()
}

/// Builds an index of customers, to look up listed parties in it. Their names are analyzed as those of subjects are, the parts of
/// names weigh what they do on the lists, and an identifier is found whatever kind it is of. The id of a customer is its
/// number. See [`crate::rescreen`].
///
/// # Errors
/// When there are too many customers for the format.
pub(crate) fn build_subjects(
    version: &ListVersion,
    subjects: &[(u32, &Subject)],
    lists: &Index,
) -> Result<Vec<u8>, BuildError> {
    let mut builder = Builder::new(
        IndexInfo { digest: version.digest, lists: vec![version.clone()] },
        Weighing::As(lists),
    )?;
    for chunk in subjects.chunks(SUBJECTS_AT_ONCE) {
        let parties: Vec<Entity> =
            chunk.iter().filter_map(|(number, subject)| party_of(*number, subject)).collect();
        let profiles: Vec<Profile<'_>> =
            parties.iter().zip(chunk).map(|(party, (_, subject))| profile_of(party, subject)).collect();
        let analyzed: Vec<_> =
            profiles.par_iter().map(|profile| readings_of(profile, analyze_subject)).collect();
        for (mut profile, readings) in profiles.into_iter().zip(analyzed) {
            if readings.iter().flatten().flat_map(|reading| &reading.parts).any(|part| part.is_cut) {
                profile.programs.insert(CUT_OFF);
            }
            builder.add(0, &profile, &readings)?;
        }
    }
    builder.finish()
}

/// The mark, among the programs that no customer has, of one with a cut-off word in a name (`Chem.`): only a subject's words are the
/// start of a listed one, so a listed party does not find such a customer.
pub(crate) const CUT_OFF: &str = "cut-off word";

/// So many customers are analyzed side by side before they are written.
const SUBJECTS_AT_ONCE: usize = 65_536;

/// A customer as a party without properties; one of whom nothing is said may be anybody.
fn party_of(number: u32, subject: &Subject) -> Option<Entity> {
    let schema = subject.schema.or_else(|| model::schema("LegalEntity"))?;
    Some(Entity::new(number.to_string(), schema))
}

fn profile_of<'a>(party: &'a Entity, subject: &'a Subject) -> Profile<'a> {
    let every_kind = |value: &'a String| IdentifierKind::ALL.iter().map(move |kind| (*kind, value.as_str()));
    Profile {
        party,
        names: subject.names.iter().map(|name| (name.as_str().into(), NameQuality::Primary)).collect(),
        dates: subject.birth_dates.clone(),
        countries: subject.countries.iter().copied().collect(),
        addresses: subject.addresses.iter().map(String::as_str).collect(),
        programs: BTreeSet::new(),
        identifiers: subject.identifiers.iter().flat_map(every_kind).collect(),
        record: Vec::new(),
    }
}

/// An index that is being written.
struct Builder<'l> {
    info: IndexInfo,
    sections: Sections,
    tokens: Tokens<'l>,
    identifiers: Vec<(u32, u32, u8, String)>,
    ids: Vec<(String, u32)>,
}

impl<'l> Builder<'l> {
    fn new(info: IndexInfo, weighing: Weighing<'l>) -> Result<Self, BuildError> {
        let mut sections = Sections::default();
        sections.bytes[Section::Info as usize] =
            serde_json::to_vec(&info).map_err(|error| BuildError::Info(error.to_string()))?;
        Ok(Self { info, sections, tokens: Tokens::new(weighing), identifiers: Vec::new(), ids: Vec::new() })
    }

    fn add(&mut self, list: u32, profile: &Profile<'_>, readings: &[Vec<Reading>]) -> Result<(), BuildError> {
        let entity = n_rows(self.ids.len(), "entities")?;
        self.sections.push_entity(list, entity, profile, readings, &mut self.tokens)?;
        self.ids.push((profile.party.id.clone(), entity));
        for (kind, value) in &profile.identifiers {
            let comparable = Identifier::new(*kind, *value).comparable();
            self.identifiers.push((hash(comparable.bytes()), entity, kind_code(*kind), (*value).to_owned()));
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>, BuildError> {
        self.sections.finish(self.tokens, self.identifiers, self.ids)?;
        self.sections.assemble(self.info.digest)
    }
}

/// How a name is taken apart.
type Analyze = fn(&str, Bearer) -> Result<Analysis, NotScreened>;

/// The readings of each name of a party; a name that cannot be compared has none and is found by nobody.
fn readings_of(profile: &Profile<'_>, analyze: Analyze) -> Vec<Vec<Reading>> {
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
