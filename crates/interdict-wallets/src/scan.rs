//! Where in a text are addresses? Bytes in, pieces that may be addresses out, with their place: in prose, links, Markdown, CSV and JSON,
//! of any length in bounded memory.
//!
//! A piece is a run of letters and digits. Characters that are not seen, full-width letters and letters of other scripts that look like
//! Latin ones belong to it, as an address may be broken or disguised by them. UTF-8 is read, and UTF-16 where a byte order mark
//! says so; any other byte parts two pieces, so that the addresses in text of any encoding with ASCII letters are found.

mod decoded;
mod piece;

use std::io::{self, Read};

use crate::index::{AddressIndex, Match};
use crate::parse::parse;
use crate::reading::{Reading, Verified};
use crate::refusal::{Refusal, SecretKind};

pub use piece::Piece;

use decoded::Decoded;
use piece::{Pieces, is_called_secret, variants};

/// The pieces of a text that may be addresses.
pub struct Scanner<R> {
    decoded: Decoded<R>,
    pieces: Pieces,
    is_done: bool,
}

impl<R: Read> Scanner<R> {
    /// Those of a stream.
    pub fn new(source: R) -> Self {
        Self { decoded: Decoded::new(source), pieces: Pieces::default(), is_done: false }
    }

    /// How many bytes were read.
    pub fn n_bytes(&self) -> u64 {
        self.decoded.offset()
    }
}

impl<R: Read> Iterator for Scanner<R> {
    type Item = io::Result<Piece>;

    fn next(&mut self) -> Option<io::Result<Piece>> {
        while !self.is_done {
            match self.decoded.next_char() {
                Ok(Some((char, start))) => {
                    if let Some(piece) = self.pieces.push(char, start) {
                        return Some(Ok(piece));
                    }
                }
                Ok(None) => {
                    self.is_done = true;
                    return self.pieces.end(self.decoded.offset()).map(Ok);
                }
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

/// What a piece of text is.
#[derive(Debug)]
pub enum Seen<'a> {
    /// An address, or a text that is named.
    Address(SeenAddress<'a>),
    /// It has the form of a private key; nothing of it is kept.
    Secret(SecretKind),
}

/// An address in a text.
#[derive(Debug)]
pub struct SeenAddress<'a> {
    /// Where it begins, in bytes of the text.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// What it says.
    pub reading: Reading,
    /// What is said of it.
    pub matches: Vec<Match<'a>>,
}

/// What a piece is: an address with a right checksum, `0x` and 40 digits, or whatever is named by the index; none for other text.
pub fn look<'a>(index: &'a AddressIndex, piece: &Piece) -> Option<Seen<'a>> {
    let mut secret = None;
    for (text, skipped, cut) in variants(piece) {
        match parse(&text) {
            Err(Refusal::Secret(kind)) => {
                secret.get_or_insert(kind);
            }
            Err(_) => {}
            Ok(reading) => {
                let matches = index.look_up(&text, &reading);
                if !matches.is_empty() || is_address(&text, &reading) {
                    let (start, end) = (piece.start + skipped, piece.end - cut);
                    return Some(Seen::Address(SeenAddress { start, end, reading, matches }));
                }
            }
        }
    }
    secret.or_else(|| is_called_secret(piece).then_some(SecretKind::Labelled)).map(Seen::Secret)
}

/// Is it an address for sure, also without being named? Forms without a checksum are also those of digests and other numbers.
fn is_address(text: &str, reading: &Reading) -> bool {
    let has_mark = text.starts_with("0x") || text.starts_with("0X");
    reading.candidates.iter().any(|one| one.verified == Verified::Checksum || has_mark)
}

#[cfg(test)]
mod tests;
