//! The words of a folded name as they are written: what stands between blanks and signs, and what stood before it.

/// A word as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Its letters, without apostrophes; letters with dots between them are written together.
    pub text: String,
    /// What stands before it.
    pub before: Break,
    /// How it is written.
    pub shape: Shape,
}

/// What stands between two words; the stronger wins where there are several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// A blank or a sign that says nothing.
    Blank,
    /// A hyphen.
    Hyphen,
    /// A comma or semicolon.
    Comma,
    /// A bracket or a quotation mark, or the start of the name.
    Bracket,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// As a word.
    Word,
    /// As a single letter.
    Letter,
    /// As letters with dots behind them: `s.a.`, `j.`.
    Dotted,
    /// As a few letters with a stroke between them: `m/v`, `a/s`.
    Slashed,
    /// As a word with a dot behind it, which may be the start of a longer one: `gen.`, `fin.`.
    Cut,
}

/// The words of a folded name.
pub(super) fn tokens(folded: &str) -> Vec<Token> {
    let mut tokens = Tokens { found: Vec::with_capacity(8), before: Break::Bracket };
    for chunk in folded.split_inclusive(|char: char| char.is_whitespace() || separator(char).is_some()) {
        let sign =
            chunk.chars().next_back().filter(|&char| char.is_whitespace() || separator(char).is_some());
        let word = &chunk[..chunk.len() - sign.map_or(0, char::len_utf8)];
        if word.chars().any(is_apostrophe) {
            tokens.add_chunk(&word.replace(is_apostrophe, ""));
        } else {
            tokens.add_chunk(word);
        }
        tokens.separate(sign.and_then(separator).unwrap_or(Break::Blank));
    }
    tokens.found
}

struct Tokens {
    found: Vec<Token>,
    before: Break,
}

impl Tokens {
    fn separate(&mut self, sign: Break) {
        self.before = self.before.max(sign);
    }

    fn push(&mut self, text: impl Into<String>, shape: Shape) {
        self.found.push(Token { text: text.into(), before: self.before, shape });
        self.before = Break::Blank;
    }

    /// The words of a run without blanks: `sang-man`, `s.a.`, `o'neil`, `m/v`, `r&d`.
    fn add_chunk(&mut self, chunk: &str) {
        if is_slashed(chunk) {
            self.push(chunk.replace('.', ""), Shape::Slashed);
            return;
        }
        let belongs = |char: char| char.is_alphanumeric() || matches!(char, '.' | '&') || is_mark(char);
        for word in chunk.split_inclusive(|char| !belongs(char)) {
            let sign = word.chars().next_back().filter(|&char| !belongs(char));
            self.add_word(&word[..word.len() - sign.map_or(0, char::len_utf8)]);
            if matches!(sign, Some('-' | '\u{2010}'..='\u{2015}')) {
                self.separate(Break::Hyphen);
            }
        }
    }

    /// The words between dots and ampersands.
    fn add_word(&mut self, word: &str) {
        let mut n_pieces = 0;
        let mut are_letters = true;
        for piece in pieces(word) {
            n_pieces += 1;
            are_letters &= is_one_character(piece);
        }
        if n_pieces > 1 && are_letters {
            self.push(word.replace('.', ""), Shape::Dotted);
            return;
        }
        if n_pieces == 1 && word.ends_with('.') && is_single_letter(word.trim_matches('.')) {
            self.push(word.trim_matches('.'), Shape::Dotted);
            return;
        }
        if n_pieces == 1 && word.ends_with('.') && !word.contains('&') {
            let text = word.trim_matches('.');
            let is_word = text.chars().all(char::is_alphabetic);
            self.push(text, if is_word { Shape::Cut } else { Shape::Word });
            return;
        }
        for piece in pieces(word) {
            let mut rest = piece.split('&').peekable();
            while let Some(text) = rest.next() {
                if !text.is_empty() {
                    let text = without_ordinal(text);
                    self.push(text, if is_single_letter(text) { Shape::Letter } else { Shape::Word });
                }
                if rest.peek().is_some() {
                    self.push("and", Shape::Word);
                }
            }
        }
    }
}

fn pieces(word: &str) -> impl Iterator<Item = &str> {
    word.split('.').filter(|piece| !piece.is_empty())
}

fn is_one_character(piece: &str) -> bool {
    let mut chars = piece.chars();
    chars.next().is_some_and(|char| char != '&') && chars.next().is_none()
}

/// Whether a text is one letter of a script in which a letter alone stands for a name.
pub(super) fn is_single_letter(text: &str) -> bool {
    let mut chars = text.chars();
    let is_such = |char: char| char.is_ascii_alphabetic() || (char.is_alphabetic() && char < '\u{0900}');
    chars.next().is_some_and(is_such) && chars.next().is_none()
}

/// `m/v`, `a/s`, `lpg/c`: two or three runs of few letters with strokes between them.
fn is_slashed(chunk: &str) -> bool {
    const LETTERS_MAX: usize = 6;
    if !chunk.contains('/') {
        return false;
    }
    let is_run = |run: &str| {
        let mut letters = run.chars().filter(|&char| char != '.').peekable();
        letters.peek().is_some() && letters.all(char::is_alphabetic)
    };
    let n_runs = chunk.split('/').count();
    n_runs <= 3 && chunk.chars().count() <= LETTERS_MAX + n_runs && chunk.split('/').all(is_run)
}

/// `110th` is `110`.
fn without_ordinal(word: &str) -> &str {
    let digits = word.trim_end_matches(|char: char| char.is_ascii_alphabetic());
    let is_ordinal = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th");
    if is_ordinal { digits } else { word }
}

/// Signs that end a word and divide a name.
fn separator(char: char) -> Option<Break> {
    match char {
        ',' | ';' | '\u{060c}' | '\u{3001}' => Some(Break::Comma),
        '(' | ')' | '[' | ']' | '{' | '}' | '"' | '«' | '»' | '\u{201c}'..='\u{201f}' => {
            Some(Break::Bracket)
        }
        _ => None,
    }
}

fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '`' | '´' | '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{02b9}'..='\u{02bf}' | '\u{02c8}' | '\u{05f3}')
}

/// Marks that folding has kept because they are letters of their script.
fn is_mark(char: char) -> bool {
    unicode_normalization::char::is_combining_mark(char)
}
