//! Where does each tag and text of an XML file begin and end? The parser with offsets, which goes on behind bytes that
//! are not UTF-8.

use std::borrow::Cow;

use quick_xml::errors::Error;
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::source::{ReadError, SourceFile};
use crate::text::clip;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// Within this many bytes the root element has begun, in every list.
const PROLOG_BYTES_MAX: usize = 64 << 10;

/// A piece of the file, and the offset of its first byte.
#[derive(Debug)]
pub(super) struct Token<'a> {
    pub(super) offset: u64,
    pub(super) kind: TokenKind<'a>,
}

/// What a piece of the file is. Texts are `Cow::Owned` only where they held bytes that are not UTF-8.
#[derive(Debug)]
pub(super) enum TokenKind<'a> {
    /// A start tag, what stands between `<` and `>`, and the length of the name in it.
    Start(Cow<'a, str>, usize),
    /// An element without content, in the same form.
    Empty(Cow<'a, str>, usize),
    /// The name of an end tag.
    End(Cow<'a, str>),
    /// A run of text.
    Text(Cow<'a, str>),
    /// The name in a reference `&name;`.
    Reference(Cow<'a, str>),
    /// The end of the file.
    Eof,
}

/// The tokens of a file. Comments and processing instructions are passed over.
pub(super) struct Tokens<'a> {
    file: SourceFile<'a>,
    format: &'static str,
    /// The whole file, when it is UTF-8 from end to end: one check in place of one for each tag.
    text: Option<&'a str>,
    reader: Reader<&'a [u8]>,
    /// Where the bytes of `reader` begin in the file.
    base: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(file: SourceFile<'a>, format: &'static str) -> Result<Self, ReadError> {
        if file.bytes.starts_with(b"\xff\xfe") || file.bytes.starts_with(b"\xfe\xff") {
            return Err(refused(&file, 0, "the file is UTF-16; only UTF-8 is read"));
        }
        let text = str::from_utf8(file.bytes).ok();
        let mut tokens = Self { file, format, text, reader: Reader::from_reader(b""), base: 0 };
        tokens.restart(0);
        Ok(tokens)
    }

    /// Reads on at an offset. The parser cuts off a byte order mark without counting it, so it never gets to see one.
    fn restart(&mut self, at: usize) {
        let rest = self.file.bytes.get(at..).unwrap_or_default();
        let skipped = if rest.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        self.base = at + skipped;
        self.reader = Reader::from_reader(rest.get(skipped..).unwrap_or_default());
        let config = self.reader.config_mut();
        config.check_end_names = false; // checked by `Records`, which outlives a restart
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
    }

    fn offset(&self) -> usize {
        self.base + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The next token.
    ///
    /// # Errors
    /// A DOCTYPE, an encoding that is not UTF-8, a tag that never ends.
    pub(super) fn next(&mut self) -> Result<Token<'a>, ReadError> {
        loop {
            let start = self.offset();
            let kind = match self.reader.read_event() {
                Ok(event) => self.kind(start, event)?,
                Err(Error::Encoding(_)) => {
                    let end = self.offset();
                    self.restart(end);
                    self.damaged(start, end)?
                }
                Err(error) => return Err(self.fault(start, &error)),
            };
            if let Some(kind) = kind {
                return Ok(Token { offset: start as u64, kind });
            }
        }
    }

    fn kind(&self, start: usize, event: Event<'a>) -> Result<Option<TokenKind<'a>>, ReadError> {
        let end = self.offset();
        Ok(Some(match event {
            Event::Start(tag) => TokenKind::Start(self.slice(start + 1, end - 1), tag.name().as_ref().len()),
            Event::Empty(tag) => TokenKind::Empty(self.slice(start + 1, end - 2), tag.name().as_ref().len()),
            Event::End(_) => TokenKind::End(trimmed(self.slice(start + 2, end - 1))),
            Event::Text(text) => TokenKind::Text(text.into_inner()),
            Event::CData(text) => TokenKind::Text(text.into_inner()),
            Event::GeneralRef(name) => TokenKind::Reference(name.into_inner()),
            Event::Eof => TokenKind::Eof,
            Event::DocType(_) => return Err(self.doctype(start)),
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().and_then(Result::ok).unwrap_or(Cow::Borrowed("UTF-8"));
                self.require_utf8(start, &encoding)?;
                return Ok(None);
            }
            Event::Comment(_) | Event::PI(_) => return Ok(None),
        }))
    }

    /// A piece that is not UTF-8, by its first bytes, with U+FFFD where it is wrong.
    fn damaged(&self, start: usize, end: usize) -> Result<Option<TokenKind<'a>>, ReadError> {
        let piece = self.file.bytes.get(start..end).unwrap_or_default();
        let inner = |before: usize, after: usize| {
            let inner = piece.get(before..piece.len().saturating_sub(after)).unwrap_or_default();
            Cow::<'a, str>::Owned(String::from_utf8_lossy(inner).into_owned())
        };
        Ok(Some(match piece {
            [b'<', b'!', b'[', ..] => TokenKind::Text(inner(9, 3)),
            [b'<', b'!', b'-', ..] | [b'<', b'?', ..] => return Ok(None),
            [b'<', b'!', ..] => return Err(self.doctype(start)),
            [b'<', b'/', ..] => TokenKind::End(trimmed(inner(2, 1))),
            [b'<', .., b'/', b'>'] => with_name(inner(1, 2), TokenKind::Empty),
            [b'<', ..] => with_name(inner(1, 1), TokenKind::Start),
            [b'&', .., b';'] => TokenKind::Reference(inner(1, 1)),
            _ => TokenKind::Text(inner(0, 0)),
        }))
    }

    fn slice(&self, start: usize, end: usize) -> Cow<'a, str> {
        if let Some(text) = self.text.and_then(|text| text.get(start..end)) {
            return Cow::Borrowed(text);
        }
        let bytes = self.file.bytes.get(start..end).unwrap_or_default();
        // Nearly all pieces are UTF-8, and this check is the faster one.
        str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
    }

    fn require_utf8(&self, start: usize, encoding: &str) -> Result<(), ReadError> {
        if ["utf-8", "utf8", "us-ascii", "ascii"].iter().any(|known| encoding.eq_ignore_ascii_case(known)) {
            return Ok(());
        }
        let encoding = clip(encoding, 40);
        let reason = format!("the file declares the encoding {encoding:?}; only UTF-8 is read");
        Err(refused(&self.file, start, &reason))
    }

    fn doctype(&self, start: usize) -> ReadError {
        refused(
            &self.file,
            start,
            "a DOCTYPE is refused: no official list needs one, and it can define entity bombs",
        )
    }

    fn fault(&self, start: usize, error: &Error) -> ReadError {
        let rest = self.file.bytes.get(start..).unwrap_or_default();
        if rest.get(..9).is_some_and(|rest| rest.eq_ignore_ascii_case(b"<!DOCTYPE")) {
            return self.doctype(start);
        }
        let file = self.file.name.to_owned();
        let reason: String = error.to_string().chars().take(200).collect();
        match error {
            Error::Syntax(_) if is_cut(rest) => {
                ReadError::Truncated { file, reason: format!("byte {start}: {reason}") }
            }
            _ => {
                let reason = format!("it is not well-formed XML at byte {start}: {reason}");
                ReadError::WrongForm { file, format: self.format, reason }
            }
        }
    }
}

/// The name of the root element, looked for in the first bytes only. `None` when the file is no XML.
pub(crate) fn root_name(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    if !bytes.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let mut reader = Reader::from_reader(bytes.get(..bytes.len().min(PROLOG_BYTES_MAX))?);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => return Some(tag.name().as_ref().to_owned()),
            Event::Text(text) if !text.trim().is_empty() => return None,
            Event::Text(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
            _ => return None,
        }
    }
}

/// Whether a piece that has no end only lacks what is behind the end of the file: a tag, a comment or CDATA, or their start.
fn is_cut(rest: &[u8]) -> bool {
    let starts = |opening: &[u8]| rest.starts_with(opening) || opening.starts_with(rest);
    !rest.starts_with(b"<!") || starts(b"<!--") || starts(b"<![CDATA[") || starts(b"<!DOCTYPE")
}

fn refused(file: &SourceFile<'_>, offset: usize, reason: &str) -> ReadError {
    ReadError::Refused { file: file.name.to_owned(), offset: offset as u64, reason: reason.to_owned() }
}

fn with_name<'a>(
    tag: Cow<'a, str>,
    kind: impl FnOnce(Cow<'a, str>, usize) -> TokenKind<'a>,
) -> TokenKind<'a> {
    let length = tag.find(|char: char| char.is_ascii_whitespace()).unwrap_or(tag.len());
    kind(tag, length)
}

/// The name of an end tag without the blanks that may follow it.
fn trimmed(name: Cow<'_, str>) -> Cow<'_, str> {
    match name {
        Cow::Borrowed(name) => Cow::Borrowed(name.trim_ascii_end()),
        Cow::Owned(name) => Cow::Owned(name.trim_ascii_end().to_owned()),
    }
}
