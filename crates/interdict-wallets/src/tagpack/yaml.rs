//! How is YAML taken in? Event by event, so that every scalar stays as it is written, with the line of each tag, and in bounds: depth,
//! length of a text, values of a tag, and no alias of anything large.

use std::collections::HashMap;

use interdict_core::limits::{DEPTH_MAX, FIELD_BYTES_MAX, VALUES_PER_PROPERTY_MAX};
use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};
use serde_json::Value;
use thiserror::Error;

/// Longest text that an alias may stand for, in bytes: an alias costs no more than to write it out.
const ALIAS_BYTES_MAX: usize = 256;
/// Most anchors of one file.
const ANCHORS_MAX: usize = 10_000;

/// A file is no TagPack.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct PackError {
    /// Where.
    pub line: u64,
    /// Why.
    pub reason: String,
}

/// The fields of a mapping, in their order.
pub(super) type Mapping = Vec<(String, Value)>;

/// One tag or actor.
pub(super) struct Item {
    /// The line on which it begins.
    pub line: u64,
    /// None where it is no mapping.
    pub fields: Option<Mapping>,
}

/// One document of a file.
#[derive(Default)]
pub(super) struct Document {
    pub header: Mapping,
    pub tags: Vec<Item>,
    pub actors: Vec<Item>,
    /// The lines of aliases that stand for nothing.
    pub aliases: Vec<u64>,
}

/// The documents of a file.
pub(super) fn read(text: &str) -> Result<Vec<Document>, PackError> {
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        anchors: HashMap::new(),
        aliases: Vec::new(),
        n_values: 0,
    };
    let mut documents = Vec::new();
    loop {
        let (event, line) = reader.next()?;
        match event {
            Event::StreamEnd => break,
            Event::MappingStart(..) => documents.push(reader.document()?),
            Event::Scalar(..) | Event::SequenceStart(..) | Event::Alias(_) => {
                return Err(error(line, "no mapping with `tags` or `actors`"));
            }
            _ => {}
        }
    }
    if documents.is_empty() {
        return Err(error(1, "nothing is in the file"));
    }
    Ok(documents)
}

fn error(line: u64, reason: &str) -> PackError {
    PackError { line, reason: reason.to_owned() }
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    /// The short texts that aliases can stand for.
    anchors: HashMap<usize, String>,
    aliases: Vec<u64>,
    /// Values of the tag that is being read.
    n_values: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, u64), PackError> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, line_of(&span))),
            Some(Err(wrong)) => {
                let line = u64::try_from(wrong.marker().line()).unwrap_or_default();
                Err(error(
                    line,
                    &format!("this is no YAML: {}", wrong.info().chars().take(120).collect::<String>()),
                ))
            }
            None => Ok((Event::StreamEnd, 0)),
        }
    }

    /// What stands in the mapping of a document, whose start was read.
    fn document(&mut self) -> Result<Document, PackError> {
        let mut document = Document::default();
        let mut has_records = false;
        loop {
            let (event, line) = self.next()?;
            let key = match event {
                Event::MappingEnd => break,
                Event::Scalar(text, ..) => text.into_owned(),
                _ => return Err(error(line, "a key of the header is no text")),
            };
            self.n_values = 0;
            if matches!(key.as_str(), "tags" | "actors") {
                let items = self.items()?;
                has_records = true;
                if key == "tags" { document.tags.extend(items) } else { document.actors.extend(items) }
            } else {
                let (event, line) = self.next()?;
                let value = self.value(event, line, 0)?;
                document.header.push((key, value));
            }
        }
        if !has_records {
            return Err(error(1, "no mapping with `tags` or `actors`"));
        }
        document.aliases = std::mem::take(&mut self.aliases);
        Ok(document)
    }

    fn items(&mut self) -> Result<Vec<Item>, PackError> {
        let (event, line) = self.next()?;
        if !matches!(event, Event::SequenceStart(..)) {
            return Err(error(line, "`tags` or `actors` is no list"));
        }
        let mut items = Vec::new();
        loop {
            let (event, line) = self.next()?;
            self.n_values = 0;
            let fields = match event {
                Event::SequenceEnd => return Ok(items),
                Event::MappingStart(..) => Some(self.mapping(1)?),
                other => {
                    self.value(other, line, 1)?;
                    None
                }
            };
            items.push(Item { line, fields });
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Mapping, PackError> {
        let mut fields = Mapping::new();
        loop {
            let (event, line) = self.next()?;
            let key = match event {
                Event::MappingEnd => return Ok(fields),
                Event::Scalar(text, ..) => text.into_owned(),
                other => self.value(other, line, depth + 1)?.to_string(),
            };
            let (event, line) = self.next()?;
            let value = self.value(event, line, depth + 1)?;
            fields.push((key, value));
        }
    }

    fn value(&mut self, event: Event<'a>, line: u64, depth: usize) -> Result<Value, PackError> {
        self.n_values += 1;
        if depth > DEPTH_MAX {
            return Err(error(line, "nested deeper than DEPTH_MAX"));
        }
        if self.n_values > VALUES_PER_PROPERTY_MAX {
            return Err(error(line, "one tag has more values than VALUES_PER_PROPERTY_MAX"));
        }
        match event {
            Event::Scalar(text, style, anchor, _) => self.scalar(&text, style, anchor, line),
            Event::Alias(anchor) => Ok(match self.anchors.get(&anchor) {
                Some(text) => Value::String(text.clone()),
                None => {
                    self.aliases.push(line);
                    Value::Null
                }
            }),
            Event::SequenceStart(..) => {
                let mut values = Vec::new();
                loop {
                    let (event, line) = self.next()?;
                    if matches!(event, Event::SequenceEnd) {
                        return Ok(Value::Array(values));
                    }
                    values.push(self.value(event, line, depth + 1)?);
                }
            }
            Event::MappingStart(..) => Ok(Value::Object(self.mapping(depth)?.into_iter().collect())),
            _ => Err(error(line, "the file ends within a tag")),
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        line: u64,
    ) -> Result<Value, PackError> {
        if text.len() > FIELD_BYTES_MAX {
            return Err(error(line, "a text is longer than FIELD_BYTES_MAX"));
        }
        if anchor != 0 && text.len() <= ALIAS_BYTES_MAX && self.anchors.len() < ANCHORS_MAX {
            self.anchors.insert(anchor, text.to_owned());
        }
        Ok(match (style, text) {
            (ScalarStyle::Plain, "" | "~" | "null" | "Null" | "NULL") => Value::Null,
            (ScalarStyle::Plain, "true" | "false") => Value::Bool(text == "true"),
            _ => Value::String(text.to_owned()),
        })
    }
}

fn line_of(span: &Span) -> u64 {
    u64::try_from(span.start.line()).unwrap_or_default()
}
