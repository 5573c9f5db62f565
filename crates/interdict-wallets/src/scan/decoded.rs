//! Which characters are in a stream of bytes, and where? UTF-8, and UTF-16 behind a byte order mark; a byte that is part of no character is
//! one of its own that belongs to no piece.

use std::io::{self, Read};

/// How many bytes are read at once.
const CHUNK_BYTES: usize = 1 << 16;

/// The characters of a stream.
pub(super) struct Decoded<R> {
    source: R,
    buffer: Vec<u8>,
    /// How much of the buffer was decoded.
    at: usize,
    /// How many bytes were decoded before the buffer.
    before: u64,
    is_at_end: bool,
    units: Option<Units>,
}

/// In which units a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Units {
    Bytes,
    LittleEndian,
    BigEndian,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, buffer: Vec::new(), at: 0, before: 0, is_at_end: false, units: None }
    }

    /// Where the next character begins.
    pub(super) fn offset(&self) -> u64 {
        self.before + as_u64(self.at)
    }

    /// The next character and where it begins.
    pub(super) fn next_char(&mut self) -> io::Result<Option<(char, u64)>> {
        // No character has more than four bytes, and no byte order mark more than two.
        if self.buffer.len() - self.at < 4 && !self.is_at_end {
            self.fill()?;
        }
        let start = self.offset();
        let rest = self.buffer.get(self.at..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(None);
        }
        let units = *self.units.get_or_insert(match rest {
            [0xff, 0xfe, ..] => Units::LittleEndian,
            [0xfe, 0xff, ..] => Units::BigEndian,
            _ => Units::Bytes,
        });
        let (char, n_bytes) = match units {
            Units::Bytes => utf8(rest),
            Units::LittleEndian => utf16(rest, u16::from_le_bytes),
            Units::BigEndian => utf16(rest, u16::from_be_bytes),
        };
        self.at += n_bytes;
        Ok(Some((char, start)))
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.at);
        self.before += as_u64(self.at);
        self.at = 0;
        let most = as_u64(CHUNK_BYTES);
        while self.buffer.len() < 4 && !self.is_at_end {
            let n_read = (&mut self.source).take(most).read_to_end(&mut self.buffer)?;
            self.is_at_end = n_read == 0;
        }
        Ok(())
    }
}

/// The first character and its length.
fn utf8(bytes: &[u8]) -> (char, usize) {
    if let Some(first) = bytes.first().filter(|byte| byte.is_ascii()) {
        return (char::from(*first), 1);
    }
    let four = bytes.get(..4).unwrap_or(bytes);
    let valid = match std::str::from_utf8(four) {
        Ok(text) => text,
        Err(error) => four
            .get(..error.valid_up_to())
            .and_then(|valid| std::str::from_utf8(valid).ok())
            .unwrap_or_default(),
    };
    valid.chars().next().map_or((char::REPLACEMENT_CHARACTER, 1), |char| (char, char.len_utf8()))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (char, usize) {
    let units = bytes.chunks_exact(2).take(2).filter_map(|pair| Some(unit(*pair.first_chunk()?)));
    match char::decode_utf16(units).next() {
        Some(Ok(char)) => (char, char.len_utf16() * 2),
        _ => (char::REPLACEMENT_CHARACTER, bytes.len().min(2)),
    }
}

fn as_u64(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
