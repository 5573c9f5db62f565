//! How old is what we know of a list? A list is as fresh as the last time its authority was asked and had this version; one that was
//! imported by hand is as fresh as its publication, or where that is not known, as its import.

use jiff::Timestamp;

use interdict_core::list::ListId;

use crate::archive::{Manifest, Rulings, end_of};
use crate::config::Ages;

/// The age of a version, against the age that its list may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Age {
    /// Whole days since it was known to be what the authority has.
    pub days: i64,
    /// The most days that are allowed.
    pub max_days: i64,
    /// What it counts from.
    pub counts_from: CountsFrom,
}

/// What the age of a version counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CountsFrom {
    /// Its authority was asked and had it.
    Checked,
    /// Its publication.
    Published,
    /// Its import, for want of anything better: it may be older.
    Imported,
}

impl CountsFrom {
    /// Its name for machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Published => "published",
            Self::Imported => "imported",
        }
    }
}

impl Age {
    /// The age of a version at a time.
    pub fn of(manifest: &Manifest, rulings: &Rulings, ages: &Ages, now: Timestamp) -> Self {
        let checked = rulings.checked_at(manifest).map(|at| (at, CountsFrom::Checked));
        let published = || Some((published_at(manifest)?, CountsFrom::Published));
        let (known_at, counts_from) =
            checked.or_else(published).unwrap_or_else(|| (rulings.came_at(manifest), CountsFrom::Imported));
        let seconds = now.as_second() - known_at.as_second();
        Self { days: seconds.max(0) / 86_400, max_days: ages.of(&manifest.version.id), counts_from }
    }

    /// Whether the version is older than its list may be.
    pub fn is_stale(self) -> bool {
        self.days > self.max_days
    }
}

/// The end of the day of publication, in UTC.
fn published_at(manifest: &Manifest) -> Option<Timestamp> {
    manifest.version.published.and_then(end_of)
}

/// What to say of lists that are too old, for people; nothing when none is.
pub(crate) fn warning(stale: &[(ListId, Age)]) -> Option<String> {
    let one = |(list, age): &(ListId, Age)| format!("{list} ({} days, {} allowed)", age.days, age.max_days);
    let lists: Vec<String> = stale.iter().map(one).collect();
    (!lists.is_empty())
        .then(|| format!("lists that are too old: {}; fetch or import others", lists.join(", ")))
}
