//! Which rows of the official CSV are one party? They are put together to the element that the XML has for it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use interdict_core::date::PartialDate;
use interdict_core::issue::{Position, Severity};

use super::columns::{self, Block, Field, Place};
use super::{cells, dates, party};
use crate::delimited::{Record, RecordError, Records};
use crate::reading::{Lost, Reading};
use crate::source::{Account, ReadError};
use crate::text::{clip, fold};
use crate::xml::Element;

const KIND: &str = "row";
/// The name of what stands behind the last column.
const BEHIND_LAST: &str = "behind the last column";

/// The rows of one party.
struct Group<'h> {
    element: Element<'h>,
    /// The lines of its rows.
    lines: Vec<u64>,
    /// The parts that are there, each in words.
    parts: HashSet<String>,
}

/// What was read of a file.
struct Rows<'h> {
    header: &'h Record,
    places: Vec<Place>,
    /// The columns of each part, in the order of [`Block::PARTS`].
    parts: Vec<Vec<(usize, Field)>>,
    groups: Vec<Group<'h>>,
    by_id: HashMap<String, usize>,
    published: Option<PartialDate>,
}

/// Whether the header is that of the official CSV.
pub(super) fn is_official(header: &Record) -> bool {
    columns::places(header).is_some()
}

/// Reads the rows behind the header.
pub(super) fn read(
    mut reading: Reading<'_>,
    header: &Record,
    mut records: Records<'_>,
) -> Result<Account, ReadError> {
    let places = columns::places(header).unwrap_or_default();
    note_unknown_columns(&mut reading, header, &places);
    let parts = Block::PARTS.iter().map(|block| columns_of(*block, &places)).collect();
    let mut rows = Rows { header, places, parts, groups: Vec::new(), by_id: HashMap::new(), published: None };
    let bytes = reading.file.bytes;
    while let Some(record) = records.next() {
        refuse_cut(&reading, &records, bytes, &record, header.len())?;
        reading.count(KIND)?;
        let line = record.as_ref().map_or_else(|error| error.line, |record| record.line);
        let taken = record.map_err(Lost::from).and_then(|record| rows.add(&record));
        match taken {
            Ok(true) => {}
            Ok(false) => {
                let mut log = reading.log(Position::Line(line));
                log.note(
                    "wrong_columns",
                    "the row has more or fewer fields than the header; what is there is taken",
                );
                reading.push(log);
            }
            Err(lost) => {
                let log = reading.log(Position::Line(line));
                reading.lose(KIND, log, lost);
            }
        }
    }
    rows.settle(&mut reading);
    if rows.published.is_none() {
        reading.issue(Severity::Note, "no_date", "the file does not say when it was generated");
    }
    Ok(reading.finish(rows.published))
}

/// Refuses a file whose last row is shorter than the header and has no line end: it was cut off.
pub(super) fn refuse_cut(
    reading: &Reading<'_>,
    records: &Records<'_>,
    bytes: &[u8],
    record: &Result<Record, RecordError>,
    n_columns: usize,
) -> Result<(), ReadError> {
    let is_whole = record.as_ref().is_ok_and(|record| record.len() >= n_columns);
    let is_last = records.offset() == bytes.len() && !bytes.ends_with(b"\n") && !bytes.ends_with(b"\r");
    if is_last && !is_whole {
        let (file, reason) = (reading.file.name.to_owned(), "the last row is cut off".to_owned());
        return Err(ReadError::Truncated { file, reason });
    }
    Ok(())
}

fn columns_of(block: Block, places: &[Place]) -> Vec<(usize, Field)> {
    let places = places.iter().enumerate();
    places
        .filter_map(|(idx, place)| place.filter(|(of, _)| *of == block).map(|(_, field)| (idx, field)))
        .collect()
}

fn note_unknown_columns(reading: &mut Reading<'_>, header: &Record, places: &[Place]) {
    let unknown =
        header.iter().zip(places).filter(|(name, place)| place.is_none() && !name.trim().is_empty());
    for (name, _) in unknown {
        let mut log = reading.log(Position::Line(header.line));
        let name = clip(name, 60);
        log.note("unknown_column", format!("the column {name:?} is not known; its values are kept as notes"));
        reading.push(log);
    }
}

impl<'h> Rows<'h> {
    /// Adds a row to its party; whether it has the columns of the header.
    fn add(&mut self, record: &Record) -> Result<bool, Lost> {
        let of = |field| {
            let at = self.places.iter().position(|place| *place == Some((Block::Entity, field)))?;
            record.get(at).map(str::trim).filter(|text| !text.is_empty())
        };
        if self.published.is_none() {
            self.published = of(Field::FileDate).and_then(dates::day);
        }
        let id = of(Field::Attribute("logicalId")).or_else(|| of(Field::Attribute("euReferenceNumber")));
        let id = id.ok_or_else(|| Lost::new("no_id", "the row does not say of which party it is"))?;
        let at = match self.by_id.get(id) {
            Some(at) => *at,
            None => {
                let element = Element { name: Cow::Borrowed(Block::Entity.element()), ..Element::default() };
                self.groups.push(Group { element, lines: Vec::new(), parts: HashSet::new() });
                self.by_id.insert(id.to_owned(), self.groups.len() - 1);
                self.groups.len() - 1
            }
        };
        if let Some(group) = self.groups.get_mut(at) {
            group.lines.push(record.line);
            add_whole(group, self.header, &self.places, record);
            for (block, columns) in Block::PARTS.iter().zip(&self.parts) {
                add_part(group, *block, columns, record);
            }
        }
        Ok(record.len() == self.places.len())
    }

    /// Makes a party of each group, and says what came of its rows.
    fn settle(&mut self, reading: &mut Reading<'_>) {
        for group in std::mem::take(&mut self.groups) {
            let Some((first, others)) = group.lines.split_first() else { continue };
            let mut log = reading.log(Position::Line(*first));
            match party::draft(reading, &group.element, &mut log) {
                Ok(entities) => {
                    reading.settle(KIND, log, Ok(entities));
                    for line in others {
                        let log = reading.log(Position::Line(*line));
                        reading.settle(KIND, log, Ok(None));
                    }
                }
                Err(lost) => {
                    for line in others {
                        let log = reading.log(Position::Line(*line));
                        reading.lose(KIND, log, Lost::new("no_name", "no row of its party has a name"));
                    }
                    reading.lose(KIND, log, lost);
                }
            }
        }
    }
}

/// Adds what a row says of the party as a whole, and what stands in columns that are not known. Rows that differ in it add up.
fn add_whole<'h>(group: &mut Group<'h>, header: &'h Record, places: &[Place], record: &Record) {
    for (idx, text) in record.iter().enumerate() {
        if matches!(places.get(idx), Some(Some((block, _))) if *block != Block::Entity) {
            continue; // of a part
        }
        let text = fold(text);
        if text.is_empty() {
            continue;
        }
        match places.get(idx) {
            Some(Some((Block::Entity, Field::Attribute(name)))) => add_attribute(group, name, &text),
            Some(Some((Block::Entity, Field::Remark))) => {
                if group.parts.insert(format!("remark {text}")) {
                    group.element.children.push(cells::remark(&text));
                }
            }
            Some(Some(_)) => {}
            Some(None) => {
                let name = header.get(idx).map(str::trim).filter(|name| !name.is_empty());
                add_unknown(group, name.unwrap_or(BEHIND_LAST), &text);
            }
            None => add_unknown(group, BEHIND_LAST, &text),
        }
    }
}

/// An attribute of the party; a second value of it is one too many, and is kept as what is not known.
fn add_attribute(group: &mut Group<'_>, name: &'static str, text: &str) {
    match group.element.attribute(name) {
        None => group.element.attributes.push((name, Cow::Owned(text.to_owned()))),
        Some(known) if known == text => {}
        Some(_) => add_unknown(group, "another row", &format!("{name}: {text}")),
    }
}

fn add_unknown<'h>(group: &mut Group<'h>, name: &'h str, text: &str) {
    if group.parts.insert(format!("{name} {text}")) {
        group.element.attributes.push((name, Cow::Owned(text.to_owned())));
    }
}

/// Adds what a row says of one part, unless another row said the same.
fn add_part(group: &mut Group<'_>, block: Block, columns: &[(usize, Field)], record: &Record) {
    let fields = columns.iter().map(|(idx, field)| (*field, fold(record.get(*idx).unwrap_or_default())));
    let fields = fields.filter(|(_, text)| !text.is_empty());
    if let Some(part) = cells::part(block, fields)
        && group.parts.insert(part.in_words())
    {
        group.element.children.push(part);
    }
}
