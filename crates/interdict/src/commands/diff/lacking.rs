//! Which files does one version of a list come without, that the other has? Of lists that are a set of files.

use std::collections::BTreeMap;

use interdict_core::list::Reconciliation;
use interdict_lists::Format;
use interdict_lists::delta::lines::Lacking;

/// The files of a version by what their records are; none where its format is one file, or says the same in other files.
pub(in crate::commands) struct Parts(BTreeMap<String, String>);

impl Parts {
    /// Those of a version that was read as this format, from the account of its reading.
    pub fn of(format: &str, account: &Reconciliation) -> Self {
        let rows = account.records.iter().filter(|_| format == Format::OfacCsv.name());
        Self(rows.map(|row| (row.record.clone(), row.file.clone())).collect())
    }

    /// What each of two versions, the earlier and the later, comes without.
    pub fn lacking(&self, later: &Self) -> Lacking {
        if self.0.is_empty() || later.0.is_empty() {
            return Lacking::default();
        }
        let only = |one: &Self, other: &Self| -> Vec<String> {
            let rows = one.0.iter().filter(|(record, _)| !other.0.contains_key(*record));
            rows.map(|(_, file)| file.clone()).collect()
        };
        Lacking { from: only(later, self), to: only(self, later) }
    }
}

/// Says on standard error what a version comes without.
pub(in crate::commands) fn tell(lacking: &Lacking, (from, to): (&str, &str)) {
    for (version, files) in [(from, &lacking.from), (to, &lacking.to)] {
        if !files.is_empty() {
            let (warning, files) = (crate::terminal::ERROR, crate::terminal::printable(&files.join(", ")));
            anstream::eprintln!(
                "{warning}warning:{warning:#} version {version} comes without {files}, which the other has: what these hold is told \
                 as changed, and need not have changed"
            );
        }
    }
}
