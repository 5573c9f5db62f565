//! How can the names of an index be read, what parts do readings have, and which readings have a word?

use zerocopy::little_endian::U32;

use super::format::{NO_NAME, NO_READING, NO_TOKEN, NameRow, PartRow, ReadingRow, RunRow, Section, TokenRow};
use super::open::{Index, range};
use super::party::NameRef;
use crate::names::{Bearer, PartKind, Via};

impl Index {
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

    /// The parts of all readings.
    pub(crate) fn part_rows(&self) -> &[PartRow] {
        self.rows(Section::Parts)
    }

    /// The parts of a reading.
    pub(crate) fn parts_of_reading(&self, reading: u32) -> &[PartRow] {
        self.slice(Section::Parts, self.reading(reading).row.parts)
    }

    /// All distinct texts of parts.
    pub(crate) fn token_rows(&self) -> &[TokenRow] {
        self.rows(Section::Tokens)
    }

    /// The token of a text, of names with or without vowels.
    pub(crate) fn token_of(&self, text: &str, lacks_vowels: bool) -> Option<&TokenRow> {
        let rows = self.token_rows();
        let start = rows.partition_point(|row| self.text(row.text) < text);
        let same = rows.get(start..)?.iter().take_while(|row| self.text(row.text) == text);
        // Of two tokens of one text the one without vowels stands behind the other.
        let same: Vec<&TokenRow> = same.collect();
        if lacks_vowels { same.last().copied() } else { same.first().copied() }
    }

    /// The numbers of the tokens of a text: of names with and without vowels.
    pub(crate) fn tokens_of(&self, text: &str) -> Vec<u32> {
        let (rows, text) = (self.token_rows(), text.as_bytes());
        let start = rows.partition_point(|row| self.text_bytes(row.text) < text);
        let same = (0_u32..).zip(rows).skip(start).take_while(|(_, row)| self.text_bytes(row.text) == text);
        same.map(|(number, _)| number).collect()
    }

    /// The text of a token.
    pub(crate) fn token_text(&self, token: u32) -> &str {
        self.text(self.token(token).text)
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
