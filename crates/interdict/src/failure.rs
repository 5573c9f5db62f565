//! Everything that can end a command before its work is done, with a message that fits after "error:" and an exit code.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use interdict_lists::ReadError;
use interdict_lists::delta::DeltaError;
use interdict_lists::mapped_csv::MappingError;
use interdict_match::index::{BuildError, OpenError};
use interdict_network::sources::SourceError;

/// A command ended without its answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A file or folder cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file or folder cannot be written.
    #[error("cannot write {}: {error}", path.display())]
    Unwritable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The answer cannot be written.
    #[error("cannot write the answer: {0}")]
    Output(io::Error),
    /// A file is larger than the bound.
    #[error("{} has {bytes} bytes; the bound is {max}", path.display())]
    TooLarge {
        /// Which.
        path: PathBuf,
        /// Its size.
        bytes: u64,
        /// The bound.
        max: u64,
    },
    /// A folder has nothing to import.
    #[error("{} holds no list of a known form", path.display())]
    NothingToImport {
        /// The folder.
        path: PathBuf,
    },
    /// A CSV in a folder may be a table of anything.
    #[error(
        "{files} is a CSV, and only you can say that it is a list: import it by itself, or name it with --list"
    )]
    PerhapsNoList {
        /// The file.
        files: String,
    },
    /// The files are no list.
    #[error("nothing was imported: {0}")]
    Read(#[from] ReadError),
    /// The files are a list without a single party.
    #[error("nothing was imported: no party could be read from {files}{first_issue}")]
    NoParties {
        /// The files.
        files: String,
        /// The first issue, as the most likely cause.
        first_issue: String,
    },
    /// Some of the lists of a folder could not be imported.
    #[error("{failed} of {total} lists could not be imported")]
    SomeFailed {
        /// How many not.
        failed: usize,
        /// Of how many.
        total: usize,
    },
    /// Some of the lists could not be fetched.
    #[error("{failed} of {total} lists could not be fetched")]
    SomeNotFetched {
        /// How many not.
        failed: usize,
        /// Of how many.
        total: usize,
    },
    /// The mapping of a CSV is wrong.
    #[error("the mapping {} cannot be used: {error}", path.display())]
    Mapping {
        /// The mapping file.
        path: PathBuf,
        /// Why.
        error: MappingError,
    },
    /// The configuration is wrong.
    #[error("the configuration {} cannot be used: {reason}", path.display())]
    Config {
        /// The configuration file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// There is no folder for the program's data.
    #[error("no home directory is known; name a folder with --home or INTERDICT_HOME")]
    NoHome,
    /// The archive contradicts itself.
    #[error("the archive is damaged: {}: {reason}; import the list again", path.display())]
    DamagedArchive {
        /// Where.
        path: PathBuf,
        /// How.
        reason: String,
    },
    /// The journal of the archive contradicts itself.
    #[error(
        "the journal is damaged: {}: line {line}: {reason}; put the file back from a copy, or move it away to go on without \
         what was ruled of quarantined and pinned versions",
        path.display()
    )]
    DamagedJournal {
        /// The journal.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// How.
        reason: String,
    },
    /// What is kept of a file of customers contradicts itself.
    #[error("what is kept of the customers {name} is damaged: {}: {reason}; delete it with interdict rescreen stop {name}, and start again", path.display())]
    DamagedCustomers {
        /// Where.
        path: PathBuf,
        /// How.
        reason: String,
        /// Which customers.
        name: String,
    },
    /// The short way of rescreening gave other answers than the long one.
    #[error(
        "{differences} rows have other answers than a full rescreening gives; the full ones are kept; please report this as a bug"
    )]
    NotTheSame {
        /// How many rows.
        differences: usize,
    },
    /// A version was named that is not there.
    #[error("there is no version {asked:?}; there are: {known}")]
    UnknownVersion {
        /// What was asked for.
        asked: String,
        /// What there is.
        known: String,
    },
    /// Nothing had been published on the day that was asked for.
    #[error("no list in the archive has a version published by {day}; import one, or ask for a later day")]
    NothingPublished {
        /// The day.
        day: String,
    },
    /// The index cannot be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The index cannot be used.
    #[error("{}: {error}", path.display())]
    Open {
        /// The index file.
        path: PathBuf,
        /// Why.
        error: OpenError,
    },
    /// There is nothing to screen against.
    #[error(
        "no list is in force; import one with `interdict lists import PATH`, or see with `interdict lists status --all` what waits in quarantine or is out of force"
    )]
    NoList,
    /// A list was named that is not there.
    #[error("there is no list {asked:?}; there are: {known}")]
    UnknownList {
        /// What was asked for.
        asked: String,
        /// What there is.
        known: String,
    },
    /// A source was named that is not known.
    #[error("there is no source {asked:?} to fetch; there are: {known}")]
    UnknownSource {
        /// What was asked for.
        asked: String,
        /// What there is.
        known: String,
    },
    /// An id was named that no list has.
    #[error(
        "no party has the id {id:?}; ids look like ofac-43377 and are in the answers of `interdict screen`"
    )]
    UnknownEntity {
        /// The id.
        id: String,
    },
    /// An argument cannot be used.
    #[error("{0}")]
    Usage(String),
    /// A customer file cannot be used at all.
    #[error("{}: {reason}", path.display())]
    Customers {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// Files that are to be compared are no list.
    #[error("{}: {error}", path.display())]
    NotAList {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: ReadError,
    },
    /// Of these versions no delta can be made.
    #[error("the versions cannot be compared: {0}")]
    Delta(#[from] DeltaError),
    /// The changes do not lead from one version to the other.
    #[error("the changes do not lead from one version to the other: {0}; please report this")]
    NotVerified(String),
    /// The decisions about parties cannot be read.
    #[error("the decisions {} cannot be used: {reason}; mend or move the file, nothing was changed", path.display())]
    Decisions {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// No list designates anybody under the rules that were asked about.
    #[error(
        "no list in force designates anybody under {regime}: import one (interdict lists fetch), or say who is designated (--designated, --designated-by)"
    )]
    NoListOf {
        /// Whose rules.
        regime: &'static str,
    },
    /// The kept holdings are damaged.
    #[error("{} is damaged: {reason}; import the holdings again: interdict network import FILE", path.display())]
    DamagedNetwork {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The kept tags are damaged.
    #[error("{} is damaged: {reason}; import the tags again: interdict wallet tags import PATH", path.display())]
    DamagedTags {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// Some of the packs of tags could not be imported.
    #[error("{failed} of {total} packs could not be imported")]
    SomeTagsFailed {
        /// How many not.
        failed: usize,
        /// Of how many.
        total: usize,
    },
    /// Some tags could not be taken.
    #[error("{lost} tags could not be taken, as the issues say; the others are kept")]
    TagsLost {
        /// How many tags and actors.
        lost: u64,
    },
    /// A file is none of holdings.
    #[error("{}: {reason}", path.display())]
    Holdings {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A ledger cannot be read, or does not have what was asked for.
    #[error("{0}")]
    Ledger(String),
    /// What a network is made of cannot be used.
    #[error(transparent)]
    NetworkSource(#[from] SourceError),
    /// This program is wrong.
    #[error(
        "this is a bug of interdict; please report it with the message above and the command (without names of people)"
    )]
    Bug,
}

impl Failure {
    /// The exit code of the program.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Bug | Self::NotVerified(_) | Self::NotTheSame { .. } => 1,
            Self::NoList | Self::NoListOf { .. } | Self::NothingPublished { .. } => 4,
            _ => 2,
        })
    }

    /// A stable name for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable",
            Self::Unwritable { .. } => "unwritable",
            Self::Output(_) => "output",
            Self::TooLarge { .. } => "too_large",
            Self::NothingToImport { .. } => "nothing_to_import",
            Self::PerhapsNoList { .. } => "perhaps_no_list",
            Self::Read(_) => "not_a_list",
            Self::NoParties { .. } => "no_parties",
            Self::SomeFailed { .. } => "some_failed",
            Self::SomeNotFetched { .. } => "some_not_fetched",
            Self::Mapping { .. } => "mapping",
            Self::Config { .. } => "config",
            Self::NoHome => "no_home",
            Self::DamagedArchive { .. } => "damaged_archive",
            Self::DamagedJournal { .. } => "damaged_journal",
            Self::DamagedCustomers { .. } => "damaged_customers",
            Self::NotTheSame { .. } => "not_the_same",
            Self::UnknownVersion { .. } => "unknown_version",
            Self::NothingPublished { .. } => "nothing_published",
            Self::Build(_) => "index_too_large",
            Self::Open { .. } => "index_unusable",
            Self::NoList | Self::NoListOf { .. } => "no_list",
            Self::UnknownList { .. } => "unknown_list",
            Self::UnknownSource { .. } => "unknown_source",
            Self::UnknownEntity { .. } => "unknown_entity",
            Self::Usage(_) => "usage",
            Self::Customers { .. } => "customers",
            Self::NotAList { .. } => "not_a_list",
            Self::Delta(_) => "delta",
            Self::NotVerified(_) => "not_verified",
            Self::Decisions { .. } => "decisions",
            Self::DamagedNetwork { .. } => "damaged_network",
            Self::DamagedTags { .. } => "damaged_tags",
            Self::SomeTagsFailed { .. } => "some_failed",
            Self::TagsLost { .. } => "tags_lost",
            Self::Holdings { .. } | Self::NetworkSource(_) => "holdings",
            Self::Ledger(_) => "ledger",
            Self::Bug => "bug",
        }
    }

    /// Whether the reader of the answer has gone.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
