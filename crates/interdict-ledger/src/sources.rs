//! How do files of chains become ledgers? One module for each kind of file, and what all have in common: the account of what became of every row.

pub mod bitcoin_blocks;
pub mod edge_list;
pub mod ethereum_etl;
pub mod parquet;

mod columns;
mod decimal;
mod moment;

use interdict_core::issue::{Issue, Issues, Position, Severity};
use interdict_core::limits;
use interdict_core::list::RecordCount;
use interdict_lists::delimited::Record;
use interdict_wallets::{Refusal, SecretKind};

use crate::accounts::{Builder, LedgerFull};

/// Most decimals that values have: ten to the power of 38 is the last within 128 bits.
const DECIMALS_MAX: u8 = 38;

/// Why a file is not read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// It is not of the form that was expected.
    #[error("{file}: {reason}")]
    WrongForm {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// It has more records than the bound.
    #[error("{file}: more than {} records (RECORDS_MAX)", limits::RECORDS_MAX)]
    TooMany {
        /// The file.
        file: String,
    },
    /// One whole unit would be beyond 128 bits.
    #[error("values cannot have {0} decimals: with more than {DECIMALS_MAX} even 1 is beyond 128 bits")]
    TooManyDecimals(u8),
    /// There are no more numbers in the ledger.
    #[error(transparent)]
    Full(#[from] LedgerFull),
}

/// What became of the rows of files: each was taken or is an issue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceAccount {
    /// One for each file.
    pub records: Vec<RecordCount>,
    /// What was noticed.
    pub issues: Issues,
}

impl SourceAccount {
    /// Tells in the ledger what of the files is not in it, so that every answer says so.
    fn tell(&self, builder: &mut Builder) {
        for RecordCount { file, record, read, lost, .. } in self.records.iter().filter(|count| count.lost > 0)
        {
            builder
                .note("rows_not_taken", format!("{file}: {lost} of {read} rows ({record}) were not taken"));
        }
        if builder.is_empty() {
            let read: u64 = self.records.iter().map(|count| count.read).sum();
            let text = format!("{}: no transfer was taken; there were {read} rows", self.files());
            builder.note("no_transfers", text);
        }
        let n = self.issues.count(Severity::ValueLost);
        if n > 0 {
            let text = format!("{}: {n} values of rows that were taken are left out", self.files());
            builder.note("values_not_taken", text);
        }
    }

    /// The files by name.
    fn files(&self) -> String {
        let files: Vec<&str> = self.records.iter().map(|count| count.file.as_str()).collect();
        files.join(", ")
    }
}

/// Shortest text that can be a secret: Casascius' mini keys.
const SECRET_BYTES_MIN: usize = 22;

/// What is refused of a text that would be kept as it stands: a private key or seed phrase, or one longer than any name.
fn refusal(text: &str) -> Option<Refusal> {
    (text.len() >= SECRET_BYTES_MIN).then(|| interdict_wallets::parse(text).err()).flatten()
}

/// The same for the name of a transaction. Solana's signatures have the length of a pair of keys.
fn hash_refusal(text: &str) -> Option<Refusal> {
    refusal(text).filter(|refusal| *refusal != Refusal::Secret(SecretKind::KeyPair))
}

/// Names of columns for a message; what may be a secret is not shown (a table without a header has values there).
fn shown<'h>(names: impl Iterator<Item = &'h str>) -> String {
    let shown = |name: &'h str| if refusal(name).is_some() { "(a secret)" } else { name };
    names.map(shown).collect::<Vec<_>>().join(", ")
}

/// The account of one file in the making.
#[derive(Debug)]
struct Tally {
    count: RecordCount,
    issues: Issues,
}

impl Tally {
    fn new(file: &str, record: &str) -> Self {
        let (file, record) = (file.to_owned(), record.to_owned());
        Self { count: RecordCount { file, record, read: 0, taken: 0, lost: 0 }, issues: Issues::new() }
    }

    /// Counts a row as read.
    fn read(&mut self) -> Result<(), SourceError> {
        self.count.read += 1;
        if self.count.read > limits::RECORDS_MAX {
            return Err(SourceError::TooMany { file: self.count.file.clone() });
        }
        Ok(())
    }

    /// The row did not become an event.
    fn lose(&mut self, line: u64, kind: &str, reason: impl Into<String>) {
        self.count.lost += 1;
        self.issue(Severity::RecordLost, Some(line), kind, reason);
    }

    /// Whether a row has no more fields than its header and goes as far as the last column that is needed; otherwise it is lost: which value
    /// belongs to which column is then unknown. Empty fields behind the last column are none.
    fn has_width(&mut self, row: &Record, n_columns: usize, last_needed: usize) -> bool {
        let n_fields = row.len();
        if row.iter().skip(n_columns).any(|text| !text.trim().is_empty()) {
            let reason = format!(
                "the row has {n_fields} fields and the header {n_columns}: a text with the separator in it, as thousands are written with, must stand in quotes"
            );
            self.lose(row.line, "too_many_fields", reason);
            return false;
        }
        if n_fields <= last_needed {
            let reason = format!("the row has {n_fields} fields and needs {}", last_needed.saturating_add(1));
            self.lose(row.line, "too_few_fields", reason);
            return false;
        }
        true
    }

    /// A value of the row is not there.
    fn value_lost(&mut self, line: u64, kind: &str, reason: impl Into<String>) {
        self.issue(Severity::ValueLost, Some(line), kind, reason);
    }

    /// A text that may be kept; what is refused is left out with an issue.
    fn keepable<'t>(
        &mut self,
        line: u64,
        what: &str,
        text: &'t str,
        refusal: impl Fn(&str) -> Option<Refusal>,
    ) -> Option<&'t str> {
        let Some(refusal) = refusal(text) else { return Some(text) };
        self.value_lost(line, "refused_text", format!("{what}: {refusal}"));
        None
    }

    fn note(&mut self, line: Option<u64>, kind: &str, reason: impl Into<String>) {
        self.issue(Severity::Note, line, kind, reason);
    }

    fn issue(&mut self, severity: Severity, line: Option<u64>, kind: &str, reason: impl Into<String>) {
        let mut issue = Issue::new(severity, kind, reason).in_file(self.count.file.as_str());
        issue.position = line.map(Position::Line);
        self.issues.push(issue);
    }

    /// Into the account of all files.
    fn finish(mut self, account: &mut SourceAccount) {
        self.count.taken = self.count.read - self.count.lost;
        account.records.push(self.count);
        account.issues.append(self.issues);
    }
}
