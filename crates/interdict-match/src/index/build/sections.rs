//! How do parties, names, parts and tables become the sections of an index file?

use std::collections::HashMap;

use interdict_core::digest::Digest;
use interdict_core::model::Schema;
use zerocopy::little_endian::U32;

use super::tokens::{Sorted, Tokens, bucketed, forms, tables};
use super::{BuildError, n_rows};
use crate::index::format::{
    DateRow, EntityRow, FORMAT_VERSION, FormRow, HashRow, IdentifierRow, MAGIC, NameRow, PartRow, ReadingRow,
    RunRow, SECTIONS, Section, Slice, Span, TokenRow, checksum,
};
use crate::index::profile::{NameQuality, Profile};
use crate::names::{Bearer, PartKind, Reading};
use crate::sound;

/// The bytes of every section, in the making.
#[derive(Default)]
pub(super) struct Sections {
    pub bytes: [Vec<u8>; SECTIONS],
    rows: [u32; SECTIONS],
    texts: HashMap<String, Span>,
    /// Name, first part, number of parts, and how it came about.
    readings: Vec<(u32, u32, u32, u8)>,
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

    pub fn push_entity(
        &mut self,
        list: u32,
        entity: u32,
        profile: &Profile<'_>,
        readings: &[Vec<Reading>],
        tokens: &mut Tokens<'_>,
    ) -> Result<(), BuildError> {
        let names_start = self.n(Section::Names);
        for ((name, quality), readings) in profile.names.iter().zip(readings) {
            self.push_name(entity, profile.party.schema, (name, *quality), readings, tokens)?;
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
        schema: &Schema,
        (name, quality): (&str, NameQuality),
        readings: &[Reading],
        tokens: &mut Tokens<'_>,
    ) -> Result<(), BuildError> {
        let name_idx = self.n(Section::Names);
        let start = n_rows(self.readings.len(), "readings")?;
        for reading in readings {
            let reading_idx = n_rows(self.readings.len(), "readings")?;
            let (start, len) = tokens.add(reading_idx, reading, Bearer::of(Some(schema)))?;
            self.readings.push((name_idx, start, len, reading.via.code()));
        }
        let readings = Slice { start: start.into(), len: n_rows(readings.len(), "readings")?.into() };
        let row =
            NameRow { text: self.text(name)?, entity: entity.into(), readings, quality: quality.code() };
        self.push(Section::Names, &row)
    }

    /// Writes what needs all entities: tokens by text, parts, readings, keys, hashes, identifiers and the order of ids.
    pub fn finish(
        &mut self,
        tokens: Tokens<'_>,
        mut identifiers: Vec<(u32, u32, u8, String)>,
        mut ids: Vec<(String, u32)>,
    ) -> Result<(), BuildError> {
        let n_readings = n_rows(self.readings.len(), "readings")?;
        let sorted = tokens.sorted(n_readings)?;
        for (name, start, len, via) in std::mem::take(&mut self.readings) {
            let parts = &sorted.parts[start as usize..(start + len) as usize];
            let weight = |&(token, _, kind): &(u32, u32, PartKind)| {
                kind.weight() * f32::from(sorted.tokens[token as usize].rarity)
            };
            let row = ReadingRow {
                name: name.into(),
                parts: Slice { start: start.into(), len: len.into() },
                weight: tenths(parts.iter().map(weight).sum()).into(),
                via,
            };
            self.push(Section::Readings, &row)?;
        }
        self.push_tokens(&sorted)?;
        self.push_runs(sorted)?;
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

    fn push_tokens(&mut self, sorted: &Sorted) -> Result<(), BuildError> {
        let mut first_forms = Vec::with_capacity(sorted.tokens.len());
        for (idx, token) in (0_u32..).zip(&sorted.tokens) {
            let first_form = self.n(Section::Forms);
            first_forms.push(first_form);
            // The first form is the token's own text.
            let mut own = None;
            for text in forms(token) {
                let span = self.push_form(idx, text, token.lacks_vowels)?;
                own.get_or_insert(span);
            }
            let (start, end) = token.readings;
            let row = TokenRow {
                text: own.unwrap_or(Span::NONE),
                forms: Slice { start: first_form.into(), len: (self.n(Section::Forms) - first_form).into() },
                readings: Slice { start: start.into(), len: (end - start).into() },
                rarity: token.rarity.into(),
                weight_max: token.weights.1.into(),
                weight_min: token.weights.0.into(),
            };
            self.push(Section::Tokens, &row)?;
        }
        for &(token, form, kind) in &sorted.parts {
            let form = first_forms[token as usize] + form;
            self.push(
                Section::Parts,
                &PartRow { token: token.into(), form: form.into(), kind: kind.code() },
            )?;
        }
        for &reading in &sorted.postings {
            self.push(Section::Postings, &U32::from(reading))?;
        }
        let [spellings, keys, skeletons] = tables(&sorted.tokens);
        let of = |row: &HashRow| row.hash.get();
        self.push_table(Section::SpellingBuckets, Section::Spellings, spellings, of)?;
        self.push_table(Section::SoundKeyBuckets, Section::SoundKeys, keys, of)?;
        self.push_table(Section::SkeletonBuckets, Section::Skeletons, skeletons, of)
    }

    fn push_form(&mut self, token: u32, text: &str, lacks_vowels: bool) -> Result<Span, BuildError> {
        let mut sounds = Vec::new();
        sound::sounds(text, &mut sounds);
        let key = sound::key(&sounds);
        let bytes = &mut self.bytes[Section::Text as usize];
        let start = n_rows(bytes.len(), "bytes of text")?;
        for row in [text.as_bytes(), &sounds, &key] {
            bytes.extend_from_slice(row);
        }
        n_rows(bytes.len(), "bytes of text")?;
        let span = Span { start: start.into(), len: n_rows(text.len(), "bytes of text")?.into() };
        let byte = |n: usize| u8::try_from(n).map_err(|_| BuildError::TooLarge { what: "sounds" });
        let row = FormRow {
            text: span,
            n_sounds: byte(sounds.len())?,
            n_key: byte(key.len())?,
            token: token.into(),
            lacks_vowels: lacks_vowels.into(),
        };
        self.push(Section::Forms, &row)?;
        Ok(span)
    }

    fn push_runs(&mut self, sorted: Sorted) -> Result<(), BuildError> {
        let of = |row: &RunRow| row.hash.get();
        self.push_table(Section::JoinedBuckets, Section::Joined, sorted.joined, of)?;
        self.push_table(Section::AcronymBuckets, Section::Acronyms, sorted.acronyms, of)
    }

    fn push_table<T: Ord + zerocopy::IntoBytes + zerocopy::Immutable>(
        &mut self,
        buckets: Section,
        section: Section,
        rows: Vec<T>,
        hash_of: impl Fn(&T) -> u32,
    ) -> Result<(), BuildError> {
        let (rows, starts) = bucketed(rows, hash_of)?;
        for start in starts {
            self.push(buckets, &U32::from(start))?;
        }
        for row in &rows {
            self.push(section, row)?;
        }
        Ok(())
    }

    pub fn assemble(self, digest: Digest) -> Result<Vec<u8>, BuildError> {
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

/// A weight in ten-thousandths as a whole number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "weights of at most some hundred parts, each at most 20,000"
)]
fn tenths(weight: f32) -> u32 {
    weight.clamp(0.0, 1e9).round() as u32
}
