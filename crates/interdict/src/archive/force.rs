//! Which version of each list is in force: now, at a former time here, or by what the authority had published on a day?

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use interdict_core::date::PartialDate;
use interdict_core::list::ListId;

use super::journal::{Event, EventKind};
use super::manifest::Manifest;

/// What people and checks decided of lists and versions, besides what was imported.
#[derive(Debug, Default)]
pub(crate) struct Rulings {
    /// Versions in quarantine, with the reasons.
    quarantined: BTreeMap<(ListId, String), Vec<String>>,
    /// The version that is in force whatever comes later.
    pinned: BTreeMap<ListId, String>,
    /// Lists out of force.
    removed: BTreeSet<ListId>,
    /// When the authority was last asked and had that version.
    checked: BTreeMap<(ListId, String), Timestamp>,
    /// When each version came: it was imported, also once more, or its authority was asked and had it. In order.
    came: BTreeMap<(ListId, String), Vec<Timestamp>>,
}

/// How a version stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Screening uses it.
    InForce,
    /// Screening uses it because somebody said so.
    Pinned,
    /// Another version of its list is in force.
    Superseded,
    /// It waits for somebody to look at it, for these reasons.
    Quarantined(Vec<String>),
    /// Its list is out of force.
    Removed,
}

impl Rulings {
    /// The rulings that were made until a time; all of them without one.
    pub fn of(events: &[Event], until: Option<Timestamp>) -> Self {
        let mut rulings = Self::default();
        for event in events.iter().filter(|event| until.is_none_or(|until| event.at <= until)) {
            rulings.add(event);
        }
        rulings
    }

    fn add(&mut self, event: &Event) {
        let list = event.list.clone();
        let version = event.version.clone().unwrap_or_default();
        match event.event {
            EventKind::Imported => self.came.entry((list, version)).or_default().push(event.at),
            EventKind::Pruned => {}
            EventKind::Quarantined => {
                self.quarantined.insert((list, version), event.reasons.clone());
            }
            EventKind::Released => {
                self.quarantined.remove(&(list, version));
            }
            EventKind::Checked => {
                self.came.entry((list.clone(), version.clone())).or_default().push(event.at);
                self.checked.insert((list, version), event.at);
            }
            EventKind::Pinned => {
                self.removed.remove(&list);
                self.pinned.insert(list, version);
            }
            EventKind::Unpinned => {
                self.removed.remove(&list);
                self.pinned.remove(&list);
            }
            EventKind::Removed => {
                self.removed.insert(list);
            }
        }
    }

    /// What decides which version of a list is in force.
    pub fn precedence(&self, manifest: &Manifest) -> (u32, Timestamp) {
        precedence(manifest, self.came_at(manifest))
    }

    /// When the version came last.
    pub fn came_at(&self, manifest: &Manifest) -> Timestamp {
        self.comings(manifest).last().copied().unwrap_or(manifest.imported_at)
    }

    /// When the version came for the first time after a time.
    pub fn came_after(&self, manifest: &Manifest, at: Timestamp) -> Option<Timestamp> {
        let mut comings = std::iter::once(&manifest.imported_at).chain(self.comings(manifest));
        comings.find(|came| **came > at).copied()
    }

    /// Whether the version had come.
    pub fn knows(&self, manifest: &Manifest) -> bool {
        !self.comings(manifest).is_empty()
    }

    fn comings(&self, manifest: &Manifest) -> &[Timestamp] {
        self.came.get(&key(manifest)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Which of the versions of one list is in force, by its place.
    pub fn in_force(&self, versions: &[Manifest]) -> Option<usize> {
        let list = &versions.first()?.version.id;
        if self.removed.contains(list) {
            return None;
        }
        let pinned = self.pinned.get(list);
        let is_pinned = |manifest: &Manifest| pinned == Some(&manifest.version.version);
        versions.iter().position(is_pinned).or_else(|| {
            let free = versions.iter().enumerate().filter(|(_, manifest)| !self.is_quarantined(manifest));
            free.max_by_key(|(_, manifest)| self.precedence(manifest)).map(|(idx, _)| idx)
        })
    }

    /// How each version of one list stands, in their order.
    pub fn standings(&self, versions: &[Manifest]) -> Vec<Standing> {
        let in_force = self.in_force(versions);
        let standing = |(idx, manifest): (usize, &Manifest)| {
            let list = &manifest.version.id;
            if Some(idx) == in_force {
                let is_pinned = self.pinned.get(list) == Some(&manifest.version.version);
                return if is_pinned { Standing::Pinned } else { Standing::InForce };
            }
            match self.reasons(manifest) {
                Some(reasons) => Standing::Quarantined(reasons.to_vec()),
                None if self.removed.contains(list) => Standing::Removed,
                None => Standing::Superseded,
            }
        };
        versions.iter().enumerate().map(standing).collect()
    }

    /// Why a version is in quarantine; none when it is not.
    pub fn reasons(&self, manifest: &Manifest) -> Option<&[String]> {
        self.quarantined.get(&key(manifest)).map(Vec::as_slice)
    }

    /// Whether a version is in quarantine.
    pub fn is_quarantined(&self, manifest: &Manifest) -> bool {
        self.reasons(manifest).is_some()
    }

    /// When the authority was last asked and had this version.
    pub fn checked_at(&self, manifest: &Manifest) -> Option<Timestamp> {
        self.checked.get(&key(manifest)).copied()
    }
}

/// What decides which version of a list is in force: the later publication, as a number `YYYYMMDD`, then the one that came later.
/// A version without a date of publication counts from the day on which it came last: since then the authority has it.
pub(crate) fn precedence(manifest: &Manifest, came_at: Timestamp) -> (u32, Timestamp) {
    (manifest.version.published.or_else(|| day_of(came_at)).map_or(0, |date| date.bounds().1), came_at)
}

fn key(manifest: &Manifest) -> (ListId, String) {
    (manifest.version.id.clone(), manifest.version.version.clone())
}

/// The last second of a day, in UTC.
pub(crate) fn end_of(day: PartialDate) -> Option<Timestamp> {
    let (_, end) = day.bounds();
    format!("{:04}-{:02}-{:02}T23:59:59Z", end / 10_000, end / 100 % 100, end % 100).parse().ok()
}

/// The day of a time, in UTC.
fn day_of(at: Timestamp) -> Option<PartialDate> {
    at.to_string().get(..10)?.parse().ok()
}

impl Standing {
    /// Its name for machines.
    pub fn name(&self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Pinned => "pinned",
            Self::Superseded => "superseded",
            Self::Quarantined(_) => "quarantined",
            Self::Removed => "removed",
        }
    }

    /// Whether screening uses the version.
    pub fn is_in_force(&self) -> bool {
        matches!(self, Self::InForce | Self::Pinned)
    }
}
