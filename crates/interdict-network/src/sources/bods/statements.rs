//! Where does each statement of a file begin and end? Statements are found one by one, without the file becoming a tree in memory.

use std::ops::Range;

use interdict_core::limits;
use interdict_lists::lines;

use crate::sources::raw::{Raw, RawError};

/// One statement, or what stands where one should.
pub(super) struct Statement<'a> {
    pub at: Range<usize>,
    pub text: Result<&'a str, Fault>,
}

/// Why a statement cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    TooLong,
    NotUtf8,
    /// Not at the place of a statement: behind the end of the array.
    BehindTheEnd,
}

/// The file ends in the middle of a statement, or before its array ends.
pub(super) struct Cut;

impl Fault {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::TooLong => "record_too_long",
            Self::NotUtf8 => "not_utf8",
            Self::BehindTheEnd => "behind_the_end",
        }
    }

    pub fn reason(&self) -> String {
        match self {
            Self::TooLong => format!("a statement is longer than {} bytes", limits::LINE_BYTES_MAX),
            Self::NotUtf8 => "a statement is not UTF-8".to_owned(),
            Self::BehindTheEnd => "there is something behind the end of the array".to_owned(),
        }
    }
}

/// Hands out every statement of a file in order.
pub(super) fn each<E: From<Cut>>(
    bytes: &[u8],
    mut take: impl FnMut(Statement<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let start = start + blanks(bytes.get(start..).unwrap_or_default());
    let is_array = bytes.get(start) == Some(&b'[');
    if is_array || !has_lines(bytes.get(start..).unwrap_or_default()) {
        let from = if is_array { start + 1 } else { start };
        return elements(bytes, from, is_array, &mut take);
    }
    for line in lines::lines(bytes) {
        let Ok(at) = usize::try_from(line.offset) else { continue };
        let text = match line.text {
            Ok(text) if text.trim().is_empty() => continue,
            Ok(text) => Ok(text),
            Err(lines::LineError::TooLong { .. }) => Err(Fault::TooLong),
            Err(lines::LineError::NotUtf8 { .. }) => Err(Fault::NotUtf8),
        };
        let len = text.as_ref().map_or(0, |text| text.len());
        let is_last = text.as_ref().is_ok_and(|_| bytes.len() == at + len);
        if is_last && text.as_ref().is_ok_and(|text| matches!(Raw::new(text), Err(RawError::EndsInTheMiddle)))
        {
            return Err(Cut.into());
        }
        take(Statement { at: at..at + len, text })?;
    }
    Ok(())
}

/// Whether the first line is a value of its own, so that the others are too.
fn has_lines(bytes: &[u8]) -> bool {
    let line = lines::lines(bytes).next().and_then(|line| line.text.ok());
    !line.is_some_and(|line| {
        let is_only_line = line.len() == bytes.len();
        !is_only_line && matches!(Raw::new(line), Err(RawError::EndsInTheMiddle))
    })
}

fn blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// The elements of an array, or objects one behind the other.
fn elements<E: From<Cut>>(
    bytes: &[u8],
    from: usize,
    is_array: bool,
    take: &mut impl FnMut(Statement<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut at = from;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        at += rest.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == b',').count();
        match bytes.get(at) {
            None if is_array => return Err(Cut.into()),
            None => return Ok(()),
            Some(b']') if is_array => {
                at += 1;
                break;
            }
            Some(_) => {}
        }
        let Some(end) = value_end(bytes, at) else { return Err(Cut.into()) };
        let value = bytes.get(at..end).unwrap_or_default();
        let text = if value.len() > limits::LINE_BYTES_MAX {
            Err(Fault::TooLong)
        } else {
            std::str::from_utf8(value).map_err(|_| Fault::NotUtf8)
        };
        take(Statement { at: at..end, text })?;
        at = end;
    }
    at += blanks(bytes.get(at..).unwrap_or_default());
    if at < bytes.len() {
        take(Statement { at: at..bytes.len(), text: Err(Fault::BehindTheEnd) })?;
    }
    Ok(())
}

/// Where the value that begins here ends; `None` when the file ends before it.
fn value_end(bytes: &[u8], at: usize) -> Option<usize> {
    let (mut depth, mut next) = (0_usize, at);
    loop {
        match bytes.get(next)? {
            b'"' => next = text_end(bytes, next + 1)?,
            b'{' | b'[' => {
                depth += 1;
                next += 1;
            }
            b'}' | b']' => {
                // One that closes nothing is a value that is none.
                depth = depth.saturating_sub(1);
                next += 1;
            }
            _ if depth == 0 => {
                let rest = bytes.get(next..)?;
                let len = rest.iter().take_while(|byte| !b" \t\r\n,[]{}\"".contains(byte)).count();
                return Some(next + len.max(1));
            }
            _ => next += 1,
        }
        if depth == 0 {
            return Some(next);
        }
    }
}

/// Behind the quote that ends a text.
fn text_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            _ => at += 2,
        }
    }
}
