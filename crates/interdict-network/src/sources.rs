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
mod forms;
mod raw;
mod span;

use std::borrow::Cow;

use interdict_core::issue::Issues;
use interdict_core::list::Reconciliation;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use crate::interest::SourceId;
use crate::network::NetworkError;

use forms::JsonForm;

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

    /// What a file looks like, by its beginning. What is no JSON is a table; JSON that is no FollowTheMoney in lines goes to the
    /// reader of registers. Whether a file is what it looks like, reading it says.
    pub fn detect(bytes: &[u8]) -> Self {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        match text.first() {
            Some(b'[') => Self::Bods,
            Some(b'{') if JsonForm::of_lines(text) == Some(JsonForm::Ftm) => Self::Ftm,
            Some(b'{') => Self::Bods,
            _ => Self::Table,
        }
    }
}

/// An id in the one form that Unicode has for what looks alike (NFC): `é` is one sign and not two.
pub(crate) fn composed(id: &str) -> Cow<'_, str> {
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
            (br#"{"x": ["#, SourceKind::Bods),
            (b"{\"x\": [\n{\"schema\": \"Person\", \"properties\": {}}", SourceKind::Ftm),
            (b"{\n\"statementID\": \"a\"}", SourceKind::Bods),
            (b"owner,asset,percent\n", SourceKind::Table),
            (b"", SourceKind::Table),
        ] {
            assert_eq!(SourceKind::detect(bytes), kind, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
