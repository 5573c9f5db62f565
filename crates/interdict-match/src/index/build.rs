//! Lists in, the bytes of an index out. The same lists give the same bytes.

use std::collections::{BTreeSet, HashMap};

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use zerocopy::little_endian::U32;

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::identifier::{Identifier, IdentifierKind};
use interdict_core::list::ListVersion;

use super::IndexInfo;
use super::format::{
    ANALYSIS_VERSION, DateRow, EntityRow, FORMAT_VERSION, HashRow, IdentifierRow, KeyRow, MAGIC, NameRow,
    PartRow, ReadingRow, SECTIONS, Section, Slice, Span, TokenRow, checksum, hash,
};
use super::keys::{deletions, keys};
use super::profile::{NameQuality, Profile, profiles};
use crate::names::{Bearer, PartKind, Reading, TABLES, analyze};

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
                identifiers.push((hash(&comparable), entity, kind_code(*kind), (*value).to_owned()));
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

/// The distinct texts of parts and where they occur, gathered while entities are written. The hash maps are for looking up
/// only; what goes into the file is sorted first.
#[derive(Default)]
struct Tokens {
    ids: HashMap<String, u32>,
    /// How many readings have each token.
    frequencies: Vec<u32>,
    /// Token and kind of every part, in the order of the `Parts` section.
    parts: Vec<(u32, PartKind)>,
    keys: HashMap<String, Vec<u32>>,
}

impl Tokens {
    /// Takes in the parts of one reading; the number of the first of them.
    fn add(&mut self, reading_idx: u32, reading: &Reading) -> Result<Slice, BuildError> {
        let start = n_rows(self.parts.len(), "name parts")?;
        let mut seen = BTreeSet::new();
        for part in &reading.parts {
            let next = n_rows(self.ids.len(), "distinct name parts")?;
            let id = match self.ids.get(&part.text) {
                Some(&id) => id,
                None => {
                    self.ids.insert(part.text.clone(), next);
                    self.frequencies.push(0);
                    next
                }
            };
            if seen.insert(id)
                && let Some(frequency) = self.frequencies.get_mut(id as usize)
            {
                *frequency += 1;
            }
            self.parts.push((id, part.kind));
        }
        for key in keys(&reading.parts) {
            self.keys.entry(key).or_default().push(reading_idx);
        }
        Ok(Slice { start: start.into(), len: n_rows(reading.parts.len(), "name parts")?.into() })
    }
}

/// How rare a text is that `frequency` of `n_readings` readings have: 1 for the rarest, falling with the logarithm.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share from 0 to 1 times 10,000"
)]
fn rarity(frequency: u32, n_readings: u32) -> u16 {
    let n = f64::from(n_readings.max(1));
    let idf = (1.0 + n / f64::from(frequency.max(1))).ln() / (1.0 + n).ln();
    ((0.25 + 0.75 * idf.clamp(0.0, 1.0)) * 10_000.0).round() as u16
}

/// The bytes of every section, in the making.
#[derive(Default)]
struct Sections {
    bytes: [Vec<u8>; SECTIONS],
    rows: [u32; SECTIONS],
    texts: HashMap<String, Span>,
    readings: Vec<(u32, Slice, u8)>,
}

impl Sections {
    fn push<T: zerocopy::IntoBytes + zerocopy::Immutable>(
        &mut self,
        section: Section,
        row: &T,
    ) -> Result<(), BuildError> {
        let section = section as usize;
        self.bytes[section].extend_from_slice(row.as_bytes());
        self.rows[section] =
            self.rows[section].checked_add(1).ok_or(BuildError::TooLarge { what: "rows" })?;
        Ok(())
    }

    fn n(&self, section: Section) -> u32 {
        self.rows[section as usize]
    }

    /// Where a text stands, each text once.
    fn text(&mut self, text: &str) -> Result<Span, BuildError> {
        if let Some(&span) = self.texts.get(text) {
            return Ok(span);
        }
        let bytes = &mut self.bytes[Section::Text as usize];
        let start = n_rows(bytes.len(), "bytes of text")?;
        bytes.extend_from_slice(text.as_bytes());
        n_rows(bytes.len(), "bytes of text")?;
        let span = Span { start: start.into(), len: n_rows(text.len(), "bytes of text")?.into() };
        self.texts.insert(text.to_owned(), span);
        Ok(span)
    }

    fn values<'a>(&mut self, values: impl IntoIterator<Item = &'a str>) -> Result<Slice, BuildError> {
        let start = self.n(Section::Values);
        for value in values {
            let span = self.text(value)?;
            self.push(Section::Values, &span)?;
        }
        Ok(Slice { start: start.into(), len: (self.n(Section::Values) - start).into() })
    }

    fn push_entity(
        &mut self,
        list: u32,
        entity: u32,
        profile: &Profile<'_>,
        readings: &[Vec<Reading>],
        tokens: &mut Tokens,
    ) -> Result<(), BuildError> {
        let names_start = self.n(Section::Names);
        for ((name, quality), readings) in profile.names.iter().zip(readings) {
            self.push_name(entity, name, *quality, readings, tokens)?;
        }
        let names = Slice { start: names_start.into(), len: (self.n(Section::Names) - names_start).into() };
        let dates_start = self.n(Section::Dates);
        for date in &profile.dates {
            let text = self.text(&date.to_string())?;
            self.push(Section::Dates, &DateRow { text })?;
        }
        let dates = Slice { start: dates_start.into(), len: (self.n(Section::Dates) - dates_start).into() };
        let record =
            serde_json::to_vec(&profile.record).map_err(|error| BuildError::Info(error.to_string()))?;
        let record_start = self.bytes[Section::Records as usize].len() as u64;
        self.bytes[Section::Records as usize].extend_from_slice(&record);
        let row = EntityRow {
            id: self.text(&profile.party.id)?,
            caption: self.text(profile.party.caption())?,
            schema: self.text(profile.party.schema.name)?,
            list: list.into(),
            names,
            dates,
            countries: self.values(profile.countries.iter().copied())?,
            addresses: self.values(profile.addresses.iter().copied())?,
            programs: self.values(profile.programs.iter().copied())?,
            record_start: record_start.into(),
            record_len: n_rows(record.len(), "bytes of a record")?.into(),
        };
        self.push(Section::Entities, &row)
    }

    fn push_name(
        &mut self,
        entity: u32,
        name: &str,
        quality: NameQuality,
        readings: &[Reading],
        tokens: &mut Tokens,
    ) -> Result<(), BuildError> {
        let name_idx = self.n(Section::Names);
        let start = n_rows(self.readings.len(), "readings")?;
        for reading in readings {
            let reading_idx = n_rows(self.readings.len(), "readings")?;
            let parts = tokens.add(reading_idx, reading)?;
            self.readings.push((name_idx, parts, reading.via.code()));
        }
        let readings = Slice { start: start.into(), len: n_rows(readings.len(), "readings")?.into() };
        let row =
            NameRow { text: self.text(name)?, entity: entity.into(), readings, quality: quality.code() };
        self.push(Section::Names, &row)
    }

    /// Writes what needs all entities: tokens by text, parts, readings, keys, hashes, identifiers and the order of ids.
    fn finish(
        &mut self,
        tokens: Tokens,
        mut identifiers: Vec<(u32, u32, u8, String)>,
        mut ids: Vec<(String, u32)>,
    ) -> Result<(), BuildError> {
        let n_readings = n_rows(self.readings.len(), "readings")?;
        let mut rarities = vec![0; tokens.frequencies.len()];
        let mut positions = vec![0; tokens.frequencies.len()];
        let mut ids_by_text: Vec<(String, u32)> = tokens.ids.into_iter().collect();
        ids_by_text.sort_unstable();
        for (position, (text, id)) in ids_by_text.into_iter().enumerate() {
            let rarity = rarity(tokens.frequencies[id as usize], n_readings);
            rarities[id as usize] = rarity;
            positions[id as usize] = n_rows(position, "distinct name parts")?;
            let text = self.text(&text)?;
            self.push(Section::Tokens, &TokenRow { text, rarity: rarity.into() })?;
        }
        for &(id, kind) in &tokens.parts {
            let row = PartRow { token: positions[id as usize].into(), kind: kind.code() };
            self.push(Section::Parts, &row)?;
        }
        for (name, parts, via) in std::mem::take(&mut self.readings) {
            let range = parts.start.get() as usize..(parts.start.get() + parts.len.get()) as usize;
            let weight = |&(id, kind): &(u32, PartKind)| thousandths(kind, rarities[id as usize]);
            let weight: u32 = tokens.parts[range].iter().map(weight).sum();
            self.push(
                Section::Readings,
                &ReadingRow { name: name.into(), parts, weight: weight.into(), via },
            )?;
        }
        self.push_keys(tokens.keys)?;
        identifiers.sort();
        for (hash, entity, kind, value) in identifiers {
            let text = self.text(&value)?;
            let row = IdentifierRow { hash: hash.into(), entity: entity.into(), text, kind };
            self.push(Section::Identifiers, &row)?;
        }
        ids.sort();
        for (_, entity) in ids {
            self.push(Section::EntitiesById, &U32::from(entity))?;
        }
        Ok(())
    }

    fn push_keys(&mut self, keys: HashMap<String, Vec<u32>>) -> Result<(), BuildError> {
        let mut keys: Vec<(String, Vec<u32>)> = keys.into_iter().collect();
        keys.sort_unstable();
        let mut hashes: Vec<(u32, u32)> = Vec::new();
        for (text, readings) in keys {
            let key = self.n(Section::Keys);
            hashes.extend(deletions(&text).iter().map(|text| (hash(text), key)));
            let start = self.n(Section::Postings);
            for reading in &readings {
                self.push(Section::Postings, &U32::from(*reading))?;
            }
            let readings = Slice { start: start.into(), len: n_rows(readings.len(), "readings")?.into() };
            let text = self.text(&text)?;
            self.push(Section::Keys, &KeyRow { text, readings })?;
        }
        hashes.sort_unstable();
        hashes.dedup();
        for (hash, key) in hashes {
            self.push(Section::Hashes, &HashRow { hash: hash.into(), key: key.into() })?;
        }
        Ok(())
    }

    fn assemble(self, digest: Digest) -> Result<Vec<u8>, BuildError> {
        let header_len = 56 + 16 * SECTIONS;
        let file_len = header_len + self.bytes.iter().map(Vec::len).sum::<usize>() + size_of::<u64>();
        let mut file = Vec::with_capacity(file_len);
        file.extend_from_slice(&MAGIC);
        file.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
        file.extend_from_slice(&n_rows(SECTIONS, "sections")?.to_le_bytes());
        file.extend_from_slice(digest.as_bytes());
        file.extend_from_slice(&(file_len as u64).to_le_bytes());
        let mut offset = header_len as u64;
        for section in &self.bytes {
            file.extend_from_slice(&offset.to_le_bytes());
            file.extend_from_slice(&(section.len() as u64).to_le_bytes());
            offset += section.len() as u64;
        }
        for section in &self.bytes {
            file.extend_from_slice(section);
        }
        file.extend_from_slice(&checksum(&file).to_le_bytes());
        Ok(file)
    }
}

/// The weight of a part in thousandths of the rarest word.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share from 0 to 1 times 1,000"
)]
fn thousandths(kind: PartKind, rarity: u16) -> u32 {
    (kind.weight() * f64::from(rarity) / 10.0).round() as u32
}
