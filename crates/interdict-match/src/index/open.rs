//! An index file, opened: what its rows say.

use std::ops::{Deref, Range};
use std::path::Path;

use zerocopy::little_endian::U32;
use zerocopy::{FromBytes, Immutable, KnownLayout, Unaligned};

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::identifier::{Identifier, IdentifierKind};
use interdict_core::list::ListVersion;
use interdict_core::mapped::MappedFile;
use interdict_core::model::{self, Schema};

use super::format::{
    DateRow, EntityRow, FORMAT_VERSION, IdentifierRow, MAGIC, NO_ENTITY, NO_NAME, NO_READING, NO_TOKEN,
    NameRow, PartRow, ReadingRow, RunRow, SECTIONS, Section, Slice, Span, TokenRow, hash,
};
use super::{IndexInfo, NameQuality};
use crate::names::{Bearer, PartKind, Via};

/// Files of so many bytes are checked whole when they are opened; larger ones take too long.
pub const VERIFIED_MAX: usize = 64 << 20;

/// An index, ready to be asked.
#[derive(Debug)]
pub struct Index {
    pub(super) bytes: Bytes,
    pub(super) sections: [Range<usize>; SECTIONS],
    pub(super) info: IndexInfo,
}

#[derive(Debug)]
pub(super) enum Bytes {
    Mapped(MappedFile),
    Owned(Vec<u8>),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(file) => file,
            Self::Owned(bytes) => bytes,
        }
    }
}

/// A file is no index that can be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It cannot be read.
    #[error("the index cannot be opened: {0}")]
    Io(#[from] std::io::Error),
    /// It is no index file.
    #[error("the file is no index")]
    NotAnIndex,
    /// It was written in another format.
    #[error(
        "the index has format {found} and this program reads {FORMAT_VERSION}; build it again from the archive"
    )]
    OtherFormat {
        /// The format of the file.
        found: u32,
    },
    /// Its bytes contradict each other.
    #[error("the index is damaged ({0}); build it again from the archive")]
    Damaged(&'static str),
}

impl Index {
    /// Opens an index file by memory map. Up to [`VERIFIED_MAX`] bytes all of it is checked; of a larger one only that its
    /// sections and tables are whole, so that opening stays fast: [`Self::verify`] checks the rest. What leads nowhere in a
    /// damaged file that was not checked is read as nothing.
    ///
    /// # Errors
    /// When the file cannot be opened, is no index, has another format, or is seen to be damaged.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let index = Self::new(Bytes::Mapped(MappedFile::open(path)?))?;
        if index.bytes.len() <= VERIFIED_MAX {
            index.verify()?;
        }
        Ok(index)
    }

    /// Takes the bytes of an index, as [`super::build`] gives them, and checks all of them.
    ///
    /// # Errors
    /// When the bytes are no index, have another format, or are damaged.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, OpenError> {
        let index = Self::unverified(bytes)?;
        index.verify()?;
        Ok(index)
    }

    /// The same as far as opening a large file goes.
    pub(crate) fn unverified(bytes: Vec<u8>) -> Result<Self, OpenError> {
        Self::new(Bytes::Owned(bytes))
    }

    fn new(bytes: Bytes) -> Result<Self, OpenError> {
        let sections = sections(&bytes)?;
        let info = &bytes[sections[Section::Info as usize].clone()];
        let info: IndexInfo =
            serde_json::from_slice(info).map_err(|_| OpenError::Damaged("its description"))?;
        let index = Self { bytes, sections, info };
        index.check_tables()?;
        Ok(index)
    }

    /// What the index says of itself.
    pub fn info(&self) -> &IndexInfo {
        &self.info
    }

    /// The digest of its inputs, which names it in every answer.
    pub fn digest(&self) -> Digest {
        self.info.digest
    }

    /// How many parties it holds.
    pub fn n_entities(&self) -> usize {
        self.entity_rows().len()
    }

    /// How many names its parties have.
    pub fn n_names(&self) -> usize {
        self.rows::<NameRow>(Section::Names).len()
    }

    /// All parties.
    pub fn entities(&self) -> impl Iterator<Item = EntityRef<'_>> {
        (0_u32..).zip(self.entity_rows()).map(|(number, row)| EntityRef { index: self, row, number })
    }

    /// The parties of an id: one for each list that has it.
    pub fn entities_with_id(&self, id: &str) -> Vec<EntityRef<'_>> {
        let order = self.rows::<U32>(Section::EntitiesById);
        let id_of = |entity: &U32| self.entity(entity.get()).id();
        let start = order.partition_point(|entity| id_of(entity) < id);
        order
            .iter()
            .skip(start)
            .take_while(|entity| id_of(entity) == id)
            .filter(|entity| (entity.get() as usize) < self.n_entities())
            .map(|entity| self.entity(entity.get()))
            .collect()
    }

    /// The parties that have an identifier which compares equal, with the identifier as the list gives it.
    pub(crate) fn entities_with_identifier(&self, value: &str) -> Vec<(u32, Identifier)> {
        let mut found = Vec::new();
        let rows = self.rows::<IdentifierRow>(Section::Identifiers);
        for kind in IdentifierKind::ALL {
            let asked = Identifier::new(*kind, value).comparable();
            let wanted = hash(asked.bytes());
            let start = rows.partition_point(|row| row.hash.get() < wanted);
            for row in rows.iter().skip(start).take_while(|row| row.hash.get() == wanted) {
                let listed = Identifier::new(kind_of(row.kind), self.text(row.text));
                if listed.kind == *kind && !asked.is_empty() && listed.comparable() == asked {
                    found.push((row.entity.get(), listed));
                }
            }
        }
        found
    }

    pub(crate) fn entity(&self, entity: u32) -> EntityRef<'_> {
        EntityRef { index: self, row: self.entity_row(entity), number: entity }
    }

    /// The list of a party: a position in [`IndexInfo::lists`].
    pub(crate) fn list_idx(&self, entity: u32) -> usize {
        self.entity_row(entity).list.get() as usize
    }

    fn entity_row(&self, entity: u32) -> &EntityRow {
        self.entity_rows().get(entity as usize).unwrap_or(&NO_ENTITY)
    }

    /// The party that a reading names.
    pub(crate) fn entity_of_reading(&self, reading: u32) -> u32 {
        let name = self.reading(reading).row.name.get() as usize;
        self.rows::<NameRow>(Section::Names).get(name).unwrap_or(&NO_NAME).entity.get()
    }

    /// The parts of a run.
    pub(crate) fn run(&self, row: &RunRow) -> impl Iterator<Item = PartRef<'_>> + Clone {
        let parts = self.reading(row.reading.get()).parts();
        parts.cycle().skip(usize::from(row.start)).take(usize::from(row.len))
    }

    /// What the party is that a reading names, as far as it decides how names are taken apart.
    pub(crate) fn bearer_of_reading(&self, reading: u32) -> Bearer {
        Bearer::of(self.entity(self.entity_of_reading(reading)).schema())
    }

    /// The readings of all names of a party.
    pub(crate) fn readings_of_entity(&self, entity: u32) -> impl Iterator<Item = u32> {
        let names = self.slice::<NameRow>(Section::Names, self.entity_row(entity).names);
        let n_readings = u32::try_from(self.reading_rows().len()).unwrap_or(u32::MAX);
        names.iter().flat_map(move |name| {
            let start = name.readings.start.get();
            start..start.saturating_add(name.readings.len.get()).min(n_readings)
        })
    }

    pub(crate) fn reading(&self, reading: u32) -> ReadingRef<'_> {
        ReadingRef { index: self, row: self.reading_rows().get(reading as usize).unwrap_or(&NO_READING) }
    }

    /// All readings of names.
    pub(crate) fn reading_rows(&self) -> &[ReadingRow] {
        self.rows(Section::Readings)
    }

    /// The parts of a reading.
    pub(crate) fn parts_of_reading(&self, reading: u32) -> &[PartRow] {
        self.slice(Section::Parts, self.reading(reading).row.parts)
    }

    /// All distinct texts of parts.
    pub(crate) fn token_rows(&self) -> &[TokenRow] {
        self.rows(Section::Tokens)
    }

    pub(crate) fn token(&self, token: u32) -> &TokenRow {
        self.token_rows().get(token as usize).unwrap_or(&NO_TOKEN)
    }

    /// The readings that have a token.
    pub(crate) fn readings_of(&self, token: &TokenRow) -> &[U32] {
        self.rows::<U32>(Section::Postings).get(range(token.readings)).unwrap_or_default()
    }

    /// The forms of tokens whose own text starts so, in the order of their texts.
    pub(crate) fn forms_starting(&self, start: &str) -> impl Iterator<Item = u32> {
        let tokens = self.token_rows();
        let first = tokens.partition_point(|row| self.text(row.text) < start);
        let from = tokens.get(first..).unwrap_or_default();
        from.iter()
            .take_while(move |row| self.text_bytes(row.text).starts_with(start.as_bytes()))
            .map(|row| row.forms.start.get())
    }

    /// The readings that have a token whose own text starts so, one for each token: tokens, and so their readings, are in the
    /// order of their texts.
    pub(crate) fn readings_starting(&self, start: &str) -> &[U32] {
        let tokens = self.token_rows();
        let from = tokens.partition_point(|row| self.text_bytes(row.text) < start.as_bytes());
        let tokens = tokens.get(from..).unwrap_or_default();
        let n = tokens.partition_point(|row| self.text_bytes(row.text).starts_with(start.as_bytes()));
        let (Some(first), Some(last)) = (tokens.first(), n.checked_sub(1).and_then(|last| tokens.get(last)))
        else {
            return &[];
        };
        let rows = range(first.readings).start..range(last.readings).end;
        self.rows::<U32>(Section::Postings).get(rows).unwrap_or_default()
    }

    pub(super) fn entity_rows(&self) -> &[EntityRow] {
        self.rows(Section::Entities)
    }

    /// The rows of a section. Its length was checked to be a whole number of rows.
    pub(super) fn rows<T: FromBytes + Immutable + KnownLayout + Unaligned>(&self, section: Section) -> &[T] {
        <[T]>::ref_from_bytes(&self.bytes[self.sections[section as usize].clone()]).unwrap_or_default()
    }

    /// Some rows of a section.
    fn slice<T: FromBytes + Immutable + KnownLayout + Unaligned>(
        &self,
        section: Section,
        slice: Slice,
    ) -> &[T] {
        self.rows(section).get(range(slice)).unwrap_or_default()
    }

    /// A text. That it is UTF-8 and lies in its section was checked.
    pub(super) fn text(&self, span: Span) -> &str {
        std::str::from_utf8(self.text_bytes(span)).unwrap_or_default()
    }

    pub(super) fn text_bytes(&self, span: Span) -> &[u8] {
        let start = span.start.get() as usize;
        self.texts().get(start..start + span.len.get() as usize).unwrap_or_default()
    }

    pub(super) fn texts(&self) -> &[u8] {
        &self.bytes[self.sections[Section::Text as usize].clone()]
    }
}

pub(super) fn range(slice: Slice) -> Range<usize> {
    let start = slice.start.get() as usize;
    start..start + slice.len.get() as usize
}

fn kind_of(code: u8) -> IdentifierKind {
    IdentifierKind::ALL.get(usize::from(code)).copied().unwrap_or(IdentifierKind::Registration)
}

/// Where the sections are, checked against the length of the file.
fn sections(bytes: &[u8]) -> Result<[Range<usize>; SECTIONS], OpenError> {
    if bytes.len() < 16 || bytes[..8] != MAGIC {
        return Err(OpenError::NotAnIndex);
    }
    let u32_at = |at: usize| bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    let found = u32_at(8).unwrap_or_default();
    if found != FORMAT_VERSION {
        return Err(OpenError::OtherFormat { found });
    }
    let u64_at = |at: usize| -> Result<usize, OpenError> {
        let bytes =
            bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).ok_or(OpenError::Damaged("its header"))?;
        usize::try_from(u64::from_le_bytes(bytes)).map_err(|_| OpenError::Damaged("its header"))
    };
    if u32_at(12) != u32::try_from(SECTIONS).ok() || u64_at(48)? != bytes.len() {
        return Err(OpenError::Damaged("its length"));
    }
    let mut sections: [Range<usize>; SECTIONS] = std::array::from_fn(|_| 0..0);
    for (idx, section) in sections.iter_mut().enumerate() {
        let start = u64_at(56 + 16 * idx)?;
        let end = start.checked_add(u64_at(64 + 16 * idx)?).ok_or(OpenError::Damaged("its sections"))?;
        if end > bytes.len() {
            return Err(OpenError::Damaged("its sections"));
        }
        *section = start..end;
    }
    Ok(sections)
}

/// One party of an index.
#[derive(Debug, Clone, Copy)]
pub struct EntityRef<'a> {
    index: &'a Index,
    row: &'a EntityRow,
    number: u32,
}

impl<'a> EntityRef<'a> {
    /// Its row among the entities.
    pub(crate) fn number(self) -> u32 {
        self.number
    }

    /// Its id.
    pub fn id(self) -> &'a str {
        self.index.text(self.row.id)
    }

    /// What to call it.
    pub fn caption(self) -> &'a str {
        self.index.text(self.row.caption)
    }

    /// The name of its schema.
    pub fn schema_name(self) -> &'a str {
        self.index.text(self.row.schema)
    }

    /// Its schema, when the model has it.
    pub fn schema(self) -> Option<&'static Schema> {
        model::schema(self.schema_name())
    }

    /// The list version it is of.
    pub fn list(self) -> &'a ListVersion {
        let lists = &self.index.info.lists;
        // Where there are entities there is a list; a number without one is only in a file that nobody verified.
        lists.get(self.row.list.get() as usize).unwrap_or(&lists[0])
    }

    /// Its names, the primary one first.
    pub fn names(self) -> impl Iterator<Item = NameRef<'a>> {
        let rows = self.index.slice::<NameRow>(Section::Names, self.row.names);
        rows.iter().map(move |row| NameRef { index: self.index, row })
    }

    /// Its dates of birth, foundation or build.
    pub fn dates(self) -> impl Iterator<Item = PartialDate> {
        let rows = self.index.slice::<DateRow>(Section::Dates, self.row.dates);
        rows.iter().filter_map(move |row| self.index.text(row.text).parse().ok())
    }

    /// The codes of its countries.
    pub fn countries(self) -> impl Iterator<Item = &'a str> {
        self.values(self.row.countries)
    }

    /// Its postal addresses.
    pub fn addresses(self) -> impl Iterator<Item = &'a str> {
        self.values(self.row.addresses)
    }

    /// The programs it is listed under.
    pub fn programs(self) -> impl Iterator<Item = &'a str> {
        self.values(self.row.programs)
    }

    /// The JSON array of the FollowTheMoney entities of its record, itself first.
    pub fn record_json(self) -> &'a [u8] {
        let records = &self.index.bytes[self.index.sections[Section::Records as usize].clone()];
        let start = usize::try_from(self.row.record_start.get()).unwrap_or(usize::MAX);
        records.get(start..start.saturating_add(self.row.record_len.get() as usize)).unwrap_or_default()
    }

    fn values(self, slice: Slice) -> impl Iterator<Item = &'a str> {
        let rows = self.index.slice::<Span>(Section::Values, slice);
        rows.iter().map(move |row| self.index.text(*row))
    }
}

/// One name of a party.
#[derive(Debug, Clone, Copy)]
pub struct NameRef<'a> {
    index: &'a Index,
    row: &'a NameRow,
}

impl<'a> NameRef<'a> {
    /// The name as published.
    pub fn text(self) -> &'a str {
        self.index.text(self.row.text)
    }

    /// How the list gives it.
    pub fn quality(self) -> NameQuality {
        NameQuality::from_code(self.row.quality)
    }

    /// Whether it has at least one reading, so that it can be found.
    pub fn is_comparable(self) -> bool {
        self.row.readings.len.get() > 0
    }
}

/// One reading of a name.
#[derive(Debug, Clone, Copy)]
pub struct ReadingRef<'a> {
    index: &'a Index,
    row: &'a ReadingRow,
}

/// One part of a reading.
#[derive(Debug, Clone, Copy)]
pub struct PartRef<'a> {
    /// Its text.
    pub text: &'a str,
    /// What it is.
    pub kind: PartKind,
    /// How rare its text is, 0 to 1.
    pub rarity: f64,
    /// How it is written, without blanks.
    pub(crate) written: &'a str,
}

impl<'a> ReadingRef<'a> {
    /// The name it reads.
    pub fn name(self) -> NameRef<'a> {
        let names = self.index.rows::<NameRow>(Section::Names);
        NameRef { index: self.index, row: names.get(self.row.name.get() as usize).unwrap_or(&NO_NAME) }
    }

    /// How it came about.
    pub fn via(self) -> Via {
        Via::from_code(self.row.via)
    }

    /// Its parts in order.
    pub fn parts(self) -> impl Iterator<Item = PartRef<'a>> + Clone {
        let tokens = self.index.rows::<TokenRow>(Section::Tokens);
        let rows = self.index.slice::<PartRow>(Section::Parts, self.row.parts);
        rows.iter().map(move |row| {
            let token = tokens.get(row.token.get() as usize).unwrap_or(&NO_TOKEN);
            PartRef {
                text: self.index.text(token.text),
                kind: PartKind::from_code(row.kind),
                rarity: f64::from(token.rarity.get()) / 10_000.0,
                written: self.index.form_text(row.form.get()),
            }
        })
    }
}
