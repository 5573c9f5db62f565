//! Which runs of characters can be addresses, and in which ways is each tried?

use crate::{fold, secret};

/// Shortest address: of the XRP ledger. A few of segregated witness are shorter and are tried by their first letters.
const CHARS_MIN: usize = 25;
/// Shortest text that is tried at all: a mini key, and the shortest of segregated witness.
const CHARS_MIN_KNOWN: usize = 14;
/// Longest address in bytes, with what may be between its letters; a longer run is data.
const BYTES_MAX: usize = 1_024;
/// Longest prefix with a colon that is part of an address (`bitcoincash:`, `0:`).
const PREFIX_BYTES_MAX: usize = 16;

/// So many words before a piece can say what it is.
const WORDS_MAX: usize = 4;
/// Most bytes of them that are kept.
const WORDS_BYTES_MAX: usize = 64;

/// A run of letters and digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it begins, in bytes of the text.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// The line on which it begins, from 1.
    pub line: u64,
    pub(super) text: String,
    /// What stands right before it: a short run and a colon.
    pub(super) prefix: Option<String>,
    /// The character before it.
    pub(super) before: char,
    /// The last words before it that may say what it is.
    pub(super) words: String,
}

/// The piece that is being read.
#[derive(Default)]
pub(super) struct Pieces {
    text: String,
    start: u64,
    prefix: Option<String>,
    /// The character before the piece.
    before: char,
    last: char,
    line: u64,
    is_too_long: bool,
    words: String,
    /// The last character that is no blank.
    mark: char,
}

impl Pieces {
    /// Takes a character; gives the piece that it ends.
    pub(super) fn push(&mut self, char: char, start: u64) -> Option<Piece> {
        let is_part = belongs(char);
        let mut piece = None;
        if is_part {
            if self.text.is_empty() {
                self.start = start;
                self.before = self.last;
            }
            if self.text.len() < BYTES_MAX {
                self.text.push(char);
            } else {
                self.is_too_long = true;
            }
        } else {
            piece = self.end(start);
            if char != ':' {
                self.prefix = None;
            }
            // What is called something in the row or the field before is something else.
            let is_row_over = char == '\n' && !matches!(self.mark, ':' | '=');
            if is_row_over || matches!(char, ',' | ';' | '{' | '}' | '&' | '?') {
                self.words.clear();
            }
        }
        if !char.is_whitespace() {
            self.mark = char;
        }
        self.line += u64::from(char == '\n');
        self.last = char;
        piece
    }

    /// Ends the piece at an offset.
    pub(super) fn end(&mut self, end: u64) -> Option<Piece> {
        if self.text.is_empty() {
            return None;
        }
        let is_too_long = std::mem::take(&mut self.is_too_long);
        if is_too_long || self.text.len() < CHARS_MIN_KNOWN || !is_worth_it(&self.text) {
            let is_short = !is_too_long && self.text.len() <= PREFIX_BYTES_MAX;
            self.prefix = is_short.then(|| self.text.clone());
            if self.words.len() + self.text.len() >= WORDS_BYTES_MAX {
                self.words = last_words(&self.words).to_owned();
            }
            if self.words.len() + self.text.len() >= WORDS_BYTES_MAX {
                self.words.clear();
            }
            if self.text.len() < CHARS_MIN && !is_too_long {
                self.words.push_str(&self.text);
                self.words.push(' ');
            }
            self.text.clear();
            return None;
        }
        let text = std::mem::take(&mut self.text);
        let prefix = self.prefix.take();
        let words = last_words(&self.words).to_owned();
        self.words.clear();
        Some(Piece { start: self.start, end, line: self.line + 1, text, prefix, before: self.before, words })
    }
}

/// The last few of some words, each with a blank behind it.
fn last_words(words: &str) -> &str {
    let start = words.rmatch_indices(' ').nth(WORDS_MAX).map_or(0, |(place, _)| place + 1);
    words.get(start..).unwrap_or_default()
}

/// Do the words before a piece call it a private key, and is it as long as one in hexadecimal digits?
pub(super) fn is_called_secret(piece: &Piece) -> bool {
    let bare = piece.text.trim_matches(['-', '_']);
    secret::is_as_long_as_a_key(bare) && secret::is_labelled(&format!("{}{bare}", piece.words))
}

/// Is a character part of a piece? Those of an address, and those that are folded away or into one.
fn belongs(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '-' | '_') || (!char.is_ascii() && fold::is_foldable(char))
}

fn is_worth_it(text: &str) -> bool {
    const SHORT: [&str; 4] = ["bc1", "tb1", "ltc1", "S"];
    text.len() >= CHARS_MIN || SHORT.iter().any(|start| text.starts_with(start))
}

/// The ways in which a piece is tried, the whole one first: each with how many bytes at its beginning and end are left out.
pub(super) fn variants(piece: &Piece) -> Vec<(String, u64, u64)> {
    let whole = piece.text.as_str();
    let mut all = vec![(whole.to_owned(), 0, 0)];
    let bare = whole.trim_matches(['-', '_']);
    push(&mut all, whole, bare);
    if let Some(prefix) = &piece.prefix {
        all.push((format!("{prefix}:{bare}"), 0, 0));
    }
    // The rest of an escape: `%3A1…` in a link, `\n1…` and `\u00a01…` in JSON.
    let n_escaped: &[usize] = match piece.before {
        '%' => &[2],
        '\\' => &[1, 5],
        _ => &[],
    };
    for n_chars in n_escaped {
        push(&mut all, whole, bare.get(*n_chars..).unwrap_or_default());
    }
    if bare.contains(['-', '_']) {
        for part in bare.split(['-', '_']) {
            push(&mut all, whole, part);
        }
    }
    if !whole.is_ascii() {
        for part in whole.split(|char: char| !char.is_ascii()) {
            push(&mut all, whole, part);
        }
    }
    for address in addresses_in_words(bare) {
        push(&mut all, whole, address);
    }
    all
}

/// The addresses of Ethereum in words of 32 bytes, as logs have them, and calls behind the four bytes of their selector.
fn addresses_in_words(text: &str) -> Vec<&str> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    let selector = digits.len() % 64;
    if !matches!(selector, 0 | 8) || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Vec::new();
    }
    let n_words = digits.len() / 64;
    let word = |place: usize| digits.get(selector + place * 64..selector + (place + 1) * 64);
    (0..n_words).filter_map(|place| word(place)?.strip_prefix("000000000000000000000000")).collect()
}

/// Adds a part of a piece, where it is one and can be an address.
fn push(all: &mut Vec<(String, u64, u64)>, whole: &str, part: &str) {
    if part.len() == whole.len() || part.len() < CHARS_MIN_KNOWN || !is_worth_it(part) {
        return;
    }
    // A part borrows from the whole, so that its place is known.
    let start = (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
    let end = whole.len().saturating_sub(start + part.len());
    let as_u64 = |number: usize| u64::try_from(number).unwrap_or_default();
    all.push((part.to_owned(), as_u64(start), as_u64(end)));
}
