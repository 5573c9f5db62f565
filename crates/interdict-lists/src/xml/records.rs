//! Which records does an XML file hold? Builds one element tree at a time and checks what the whole file must keep to.

use std::borrow::Cow;

use interdict_core::issue::Severity;
use interdict_core::limits;

use super::building::Building;
use super::tokens::{Token, TokenKind, Tokens};
use super::{Element, Fault, Record};
use crate::source::{ReadError, SourceFile};
use crate::text::{clip, is_blank};

/// The records of a file, in order. The first error ends them.
pub(crate) struct Records<'a> {
    file: SourceFile<'a>,
    format: &'static str,
    containers: &'static [&'static str],
    tokens: Tokens<'a>,
    root: Element<'a>,
    /// The names of the containers that are open, root first; none when the file is read to its end.
    open: Vec<Cow<'a, str>>,
}

impl<'a> Records<'a> {
    /// The records of a file whose root has the given name. `containers` are the elements that only hold records or other
    /// containers.
    ///
    /// # Errors
    /// When the file is no XML, or its root has another name.
    pub(crate) fn open(
        file: SourceFile<'a>,
        format: &'static str,
        root: &'static str,
        containers: &'static [&'static str],
    ) -> Result<Self, ReadError> {
        let tokens = Tokens::new(file, format)?;
        let mut records =
            Self { file, format, containers, tokens, root: Element::default(), open: Vec::new() };
        let mut building = Building::default();
        loop {
            let token = records.tokens.next()?;
            match token.kind {
                TokenKind::Text(text) if is_blank(&text) => {}
                TokenKind::Start(tag, length) | TokenKind::Empty(tag, length)
                    if tag.get(..length) != Some(root) =>
                {
                    let found: String = tag.chars().take(length.min(60)).collect();
                    return Err(records.wrong_form(&format!("its root is <{found}>, not <{root}>")));
                }
                TokenKind::Start(tag, length) => {
                    records.root = building.element(token.offset, &tag, length);
                    records.open.push(records.root.name.clone());
                    return Ok(records);
                }
                TokenKind::Empty(tag, length) => {
                    records.root = building.element(token.offset, &tag, length);
                    return Ok(records);
                }
                TokenKind::Eof => return Err(records.wrong_form("it has no XML element")),
                TokenKind::End(_) | TokenKind::Text(_) | TokenKind::Reference(_) => {
                    return Err(records.wrong_form(&format!("byte {} is before any element", token.offset)));
                }
            }
        }
    }

    /// The root element with its attributes; its children are the records.
    pub(crate) fn root(&self) -> &Element<'a> {
        &self.root
    }

    fn next_record(&mut self) -> Result<Option<Record<'a>>, ReadError> {
        while !self.open.is_empty() {
            let token = self.tokens.next()?;
            match token.kind {
                TokenKind::Start(ref tag, length) if self.is_container(tag, length) => {
                    let name = tag.get(..length).unwrap_or_default().to_owned();
                    self.open.push(Cow::Owned(name));
                }
                TokenKind::Empty(ref tag, length) if self.is_container(tag, length) => {}
                TokenKind::Start(..) | TokenKind::Empty(..) => return self.record(token).map(Some),
                TokenKind::End(name) => self.close(token.offset, &name)?,
                TokenKind::Text(text) if is_blank(&text) => {}
                TokenKind::Text(_) | TokenKind::Reference(_) => return Ok(Some(stray(token.offset))),
                TokenKind::Eof => return Err(self.truncated()),
            }
        }
        Ok(None)
    }

    fn is_container(&self, tag: &str, length: usize) -> bool {
        let name = tag.get(..length).unwrap_or_default();
        self.open.len() < limits::DEPTH_MAX && self.containers.contains(&name)
    }

    /// Closes the innermost container; behind the root nothing may follow.
    fn close(&mut self, offset: u64, name: &str) -> Result<(), ReadError> {
        self.match_names(offset, name, self.open.last().map(Cow::as_ref).unwrap_or_default())?;
        self.open.pop();
        while self.open.is_empty() {
            let token = self.tokens.next()?;
            match token.kind {
                TokenKind::Eof => break,
                TokenKind::Text(text) if is_blank(&text) => {}
                _ => {
                    let reason = format!("at byte {} it goes on behind the end of its root", token.offset);
                    return Err(self.wrong_form(&reason));
                }
            }
        }
        Ok(())
    }

    /// Reads one record to its end tag.
    fn record(&mut self, first: Token<'a>) -> Result<Record<'a>, ReadError> {
        let offset = first.offset;
        let mut building = Building::default();
        let mut token = first;
        loop {
            if self.open.len() + building.open.len() >= limits::DEPTH_MAX
                && matches!(token.kind, TokenKind::Start(..) | TokenKind::Empty(..))
            {
                let reason = format!("elements are nested deeper than {}", limits::DEPTH_MAX);
                return Err(ReadError::Refused {
                    file: self.file.name.to_owned(),
                    offset: token.offset,
                    reason,
                });
            }
            let done = match token.kind {
                TokenKind::Start(tag, length) => {
                    let element = building.element(token.offset, &tag, length);
                    building.open.push(element);
                    None
                }
                TokenKind::Empty(tag, length) => {
                    let element = building.element(token.offset, &tag, length);
                    building.close(element)
                }
                TokenKind::End(name) => {
                    let expected = building.open.last().map(|element| element.name.as_ref());
                    self.match_names(token.offset, &name, expected.unwrap_or_default())?;
                    building.open.pop().and_then(|element| building.close(element))
                }
                TokenKind::Text(text) => {
                    building.text(token.offset, text);
                    None
                }
                TokenKind::Reference(name) => {
                    building.reference(token.offset, &name);
                    None
                }
                TokenKind::Eof => return Err(self.truncated()),
            };
            if let Some(element) = done {
                let element = building.lost.map_or(Ok(element), Err);
                return Ok(Record { offset, element, faults: building.faults });
            }
            token = self.tokens.next()?;
        }
    }

    fn match_names(&self, offset: u64, found: &str, expected: &str) -> Result<(), ReadError> {
        if found == expected {
            return Ok(());
        }
        let (found, expected) = (clip(found, 60), clip(expected, 60));
        Err(self.wrong_form(&format!("at byte {offset} </{found}> stands where </{expected}> must")))
    }

    fn truncated(&self) -> ReadError {
        let name = self.open.last().map(|name| clip(name, 60)).unwrap_or_default();
        ReadError::Truncated { file: self.file.name.to_owned(), reason: format!("<{name}> is never closed") }
    }

    fn wrong_form(&self, reason: &str) -> ReadError {
        ReadError::WrongForm {
            file: self.file.name.to_owned(),
            format: self.format,
            reason: reason.to_owned(),
        }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.next_record().transpose();
        if matches!(record, Some(Err(_))) {
            self.open.clear();
        }
        record
    }
}

/// Text between records, where no list has any.
fn stray(offset: u64) -> Record<'static> {
    let reason = "text stands between the records".to_owned();
    let fault = Fault { offset, severity: Severity::RecordLost, kind: "stray_text", reason };
    Record { offset, element: Err(fault), faults: Vec::new() }
}
