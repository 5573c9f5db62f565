//! The lines of a file, bounded: a line that is too long or no UTF-8 is an error of its own, and reading goes on
//! behind it.

use interdict_core::limits;

/// One line: where it is, and its text without the line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// The number of the line, counted from 1.
    pub number: u64,
    /// The offset of its first byte.
    pub offset: u64,
    /// The text, or what is wrong with the line.
    pub text: Result<&'a str, LineError>,
}

/// A line that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Longer than the bound.
    #[error("the line has {bytes} bytes; the bound is {}", limits::LINE_BYTES_MAX)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Not UTF-8.
    #[error("the line is not UTF-8 from its byte {column} on")]
    NotUtf8 {
        /// The offset in the line of the first byte that is wrong.
        column: usize,
    },
}

impl LineError {
    /// The stable name of the kind of issue.
    pub fn kind(self) -> &'static str {
        match self {
            Self::TooLong { .. } => "line_too_long",
            Self::NotUtf8 { .. } => "not_utf8",
        }
    }
}

/// The lines of a file. A byte order mark at its start is left out, blank lines are not.
///
/// # Example
/// ```
/// let lines: Vec<_> = interdict_lists::lines::lines(b"a\r\nb").map(|line| line.text).collect();
/// assert_eq!(lines, [Ok("a"), Ok("b")]);
/// ```
pub fn lines(bytes: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let mut offset = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mut number = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(offset..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr(b'\n', rest);
        let line = &rest[..end.unwrap_or(rest.len())];
        number += 1;
        let start = offset as u64;
        offset += end.map_or(rest.len(), |end| end + 1);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        Some(Line { number, offset: start, text: text(line) })
    })
}

fn text(line: &[u8]) -> Result<&str, LineError> {
    if line.len() > limits::LINE_BYTES_MAX {
        return Err(LineError::TooLong { bytes: line.len() });
    }
    std::str::from_utf8(line).map_err(|error| LineError::NotUtf8 { column: error.valid_up_to() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_does_not_hide_the_next() {
        let mut bytes = b"\xef\xbb\xbfone\n\xff\n".to_vec();
        bytes.resize(bytes.len() + limits::LINE_BYTES_MAX + 1, b'x');
        bytes.extend(b"\n\nlast");
        let texts: Vec<_> = lines(&bytes).map(|line| (line.number, line.text)).collect();
        let too_long = LineError::TooLong { bytes: limits::LINE_BYTES_MAX + 1 };
        assert_eq!(
            texts,
            [
                (1, Ok("one")),
                (2, Err(LineError::NotUtf8 { column: 0 })),
                (3, Err(too_long)),
                (4, Ok("")),
                (5, Ok("last")),
            ]
        );
    }
}
