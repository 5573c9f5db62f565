//! What can go wrong while a list is fetched, and which of it may pass by itself?

use std::io;
use std::time::Duration;

use interdict_lists::ReadError;

/// Why a file or a list was not fetched. Messages name the address without its query.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// No connection, or it broke.
    #[error("{url}: no connection: {reason}")]
    Connection {
        /// The address.
        url: String,
        /// Why.
        reason: String,
    },
    /// The secure connection cannot be trusted or made.
    #[error("{url}: no secure connection: {reason}")]
    Tls {
        /// The address.
        url: String,
        /// Why.
        reason: String,
    },
    /// The server is silent for too long.
    #[error("{url}: {waited_for} took longer than {limit}")]
    TooSlow {
        /// The address.
        url: String,
        /// What was waited for.
        waited_for: &'static str,
        /// The setting with this limit.
        limit: &'static str,
    },
    /// The time for the whole list is used up.
    #[error("the time for one list is used up (fetch.total); the last trouble was: {last}")]
    OutOfTime {
        /// What went wrong last.
        last: String,
    },
    /// The server answers with something else than the file.
    #[error("{url}: the server answered {status}")]
    Status {
        /// The address.
        url: String,
        /// Its number.
        status: u16,
        /// When the server wants to be asked again.
        retry_after: Option<Duration>,
    },
    /// The answer is no HTTP.
    #[error("{url}: the answer is not HTTP: {reason}")]
    NotHttp {
        /// The address.
        url: String,
        /// Why.
        reason: String,
    },
    /// A redirect that is not followed.
    #[error("{url}: redirect refused: {reason}")]
    Redirect {
        /// The address.
        url: String,
        /// Why.
        reason: String,
    },
    /// The answer is of a type that no list has.
    #[error("{url}: the server gave {content_type}, not a list")]
    WrongType {
        /// The address.
        url: String,
        /// The type it names.
        content_type: String,
    },
    /// The answer is packed in a way that was not asked for.
    #[error("{url}: the answer is encoded ({encoding}), which was not asked for")]
    Encoded {
        /// The address.
        url: String,
        /// How.
        encoding: String,
    },
    /// The body ends too early.
    #[error("{url}: the answer was cut off after {bytes} bytes ({reason})")]
    Cut {
        /// The address.
        url: String,
        /// How many came.
        bytes: u64,
        /// What is missing.
        reason: String,
    },
    /// The body is too large.
    #[error("{url}: more than {max} bytes (max_bytes of the source, or fetch.max_bytes)")]
    TooLarge {
        /// The address.
        url: String,
        /// The bound.
        max: u64,
    },
    /// A file was not the same when it was asked for again: a set is not of one publication, or a body was cut.
    #[error("{url}: {file} was not the same when it was asked for again")]
    Changed {
        /// The address.
        url: String,
        /// The file.
        file: String,
    },
    /// What came is no list.
    #[error("what came is no list: {0}")]
    NotAList(ReadError),
    /// What came is another list, or in another form.
    #[error("what came is {found}, and {expected} was expected")]
    OtherList {
        /// What it is.
        found: String,
        /// What it should be.
        expected: String,
    },
    /// A file of a set is not in the folder.
    #[error("{file} is not in {folder}")]
    NotInFolder {
        /// The file.
        file: String,
        /// Where it was looked for.
        folder: String,
    },
    /// Something on this machine.
    #[error("{path}: {error}")]
    Disk {
        /// The file.
        path: String,
        /// Why.
        error: io::Error,
    },
}

/// What to do about a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// The same once more, after a pause.
    Again,
    /// The next mirror.
    Elsewhere,
    /// Nothing: it is this machine, or the time is used up.
    None,
}

impl Problem {
    /// What may help. An answer of the kind 4xx means that the request is wrong, and is not repeated; 429 alone asks for
    /// patience.
    pub(crate) fn remedy(&self) -> Remedy {
        match self {
            Self::Connection { .. }
            | Self::TooSlow { .. }
            | Self::NotHttp { .. }
            | Self::Cut { .. }
            | Self::Changed { .. } => Remedy::Again,
            Self::Status { status, .. } if *status == 429 || *status >= 500 => Remedy::Again,
            Self::Status { .. }
            | Self::Tls { .. }
            | Self::Redirect { .. }
            | Self::WrongType { .. }
            | Self::Encoded { .. }
            | Self::TooLarge { .. }
            | Self::NotAList(_)
            | Self::OtherList { .. } => Remedy::Elsewhere,
            Self::OutOfTime { .. } | Self::NotInFolder { .. } | Self::Disk { .. } => Remedy::None,
        }
    }

    /// How long the server wants to be left alone.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// A stable name for machines.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Connection { .. } => "connection",
            Self::Tls { .. } => "tls",
            Self::TooSlow { .. } => "too_slow",
            Self::OutOfTime { .. } => "out_of_time",
            Self::Status { .. } => "status",
            Self::NotHttp { .. } => "not_http",
            Self::Redirect { .. } => "redirect",
            Self::WrongType { .. } => "wrong_type",
            Self::Encoded { .. } => "encoded",
            Self::Cut { .. } => "cut",
            Self::TooLarge { .. } => "too_large",
            Self::Changed { .. } => "changed",
            Self::NotAList(_) => "not_a_list",
            Self::OtherList { .. } => "other_list",
            Self::NotInFolder { .. } => "not_in_folder",
            Self::Disk { .. } => "disk",
        }
    }
}
