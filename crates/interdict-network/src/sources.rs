//! Where does a network come from? The kinds of sources there are, and what all share: the origin of what is read, its account,
//! and how dates become a span. What each kind says is in its own file.
//!
//! | source | file |
//! |---|---|
//! | FollowTheMoney entities: every list that is read here, and what others publish in that form | [`ftm`] |
//! | Beneficial Ownership Data Standard 0.1 to 0.4: registers of owners | [`bods`] |
//! | a table of holdings | [`table`] |
//!
//! Nothing is lost in silence: every record is taken or lost with an issue, and what finds no place in the graph is counted in a note.

pub mod bods;
pub mod ftm;
pub mod table;

mod account;
mod raw;
mod span;

use std::borrow::Cow;

use interdict_core::issue::Issues;
use interdict_core::limits;
use interdict_core::list::Reconciliation;
use interdict_lists::lines;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use crate::interest::SourceId;
use crate::network::NetworkError;

use raw::Raw;

/// Of which source, and by which name in issues, something is read.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The source that every interest names.
    pub source: SourceId,
    /// The name of the file, for issues.
    pub file: &'a str,
}

/// What became of everything that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Records by kind. `entities` counts descriptions and interests together, `parties` the descriptions.
    pub reconciliation: Reconciliation,
    /// What could not be taken, or only in part.
    pub issues: Issues,
}

/// Why a source is refused as a whole. The builder may hold a part of it by then and must not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// The network takes no more.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// More of something than the bound.
    #[error("{file}: more than {max} {what}")]
    TooMany {
        /// The file.
        file: String,
        /// Of what.
        what: &'static str,
        /// The bound.
        max: u64,
    },
    /// The file ends in the middle: holdings would be missing.
    #[error("{file}: the file ends in the middle of {what}")]
    Truncated {
        /// The file.
        file: String,
        /// In the middle of what.
        what: &'static str,
    },
    /// The file is nothing of the kind.
    #[error("{file}: {reason}")]
    WrongForm {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
}

/// The kinds of sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// FollowTheMoney as JSON lines.
    Ftm,
    /// Beneficial Ownership Data Standard, as a JSON array or JSON lines.
    Bods,
    /// A CSV of holdings.
    Table,
}

impl SourceKind {
    /// The stable name: `ftm`, `bods`, `table`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ftm => "ftm",
            Self::Bods => "bods",
            Self::Table => "table",
        }
    }

    /// What a file looks like, by its beginning. What is no JSON is a table; whether it is one, reading it says.
    pub fn detect(bytes: &[u8]) -> Self {
        let bytes = bytes.get(..bytes.len().min(limits::LINE_BYTES_MAX)).unwrap_or_default();
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        match text.first() {
            Some(b'[') => Self::Bods,
            Some(b'{') => {
                let line = lines::lines(text).next().and_then(|line| line.text.ok());
                let fields = line.and_then(|line| Raw::new(line).ok()?.object());
                // An object over several lines is no JSON lines, so it is no FollowTheMoney.
                let is_ftm = fields.is_some_and(|fields| fields.has("schema") && fields.has("properties"));
                if is_ftm { Self::Ftm } else { Self::Bods }
            }
            _ => Self::Table,
        }
    }
}

/// An id in the one form that Unicode has for what looks alike (NFC): `é` is one sign and not two.
fn composed(id: &str) -> Cow<'_, str> {
    if id.is_ascii() || is_nfc_quick(id.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(id);
    }
    Cow::Owned(id.nfc().collect())
}

/// A text cut to so many characters, for issues.
fn clip(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_known_by_their_beginning() {
        for (bytes, kind) in [
            (&br#"{"id": "a", "schema": "Person", "properties": {}}"#[..], SourceKind::Ftm),
            (b"\xef\xbb\xbf [", SourceKind::Bods),
            (br#"{"statementId": "a", "recordType": "person"}"#, SourceKind::Bods),
            (b"{\n\"statementID\": \"a\"}", SourceKind::Bods),
            (b"owner,asset,percent\n", SourceKind::Table),
            (b"", SourceKind::Table),
        ] {
            assert_eq!(SourceKind::detect(bytes), kind, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
