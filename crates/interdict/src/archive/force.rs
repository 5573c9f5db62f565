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
            EventKind::Imported | EventKind::Pruned => {}
            EventKind::Quarantined => {
                self.quarantined.insert((list, version), event.reasons.clone());
            }
            EventKind::Released => {
                self.quarantined.remove(&(list, version));
            }
            EventKind::Checked => {
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

    /// Which of the versions of one list is in force, by its place; they are in the order of precedence.
    pub fn in_force(&self, versions: &[Manifest]) -> Option<usize> {
        let list = &versions.first()?.version.id;
        if self.removed.contains(list) {
            return None;
        }
        let pinned = self.pinned.get(list);
        let is_pinned = |manifest: &Manifest| pinned == Some(&manifest.version.version);
        versions
            .iter()
            .position(is_pinned)
            .or_else(|| versions.iter().rposition(|manifest| self.is_free(manifest)))
    }

    /// The version that the authority had published last on a day, by its place. Versions in quarantine are left out.
    pub fn published_by(&self, day: PartialDate, versions: &[Manifest]) -> Option<usize> {
        let (_, end) = day.bounds();
        versions.iter().rposition(|manifest| self.is_free(manifest) && manifest.counts_from() <= end)
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
        let key = (manifest.version.id.clone(), manifest.version.version.clone());
        self.quarantined.get(&key).map(Vec::as_slice)
    }

    /// Whether a version is in quarantine.
    pub fn is_quarantined(&self, manifest: &Manifest) -> bool {
        self.reasons(manifest).is_some()
    }

    fn is_free(&self, manifest: &Manifest) -> bool {
        !self.is_quarantined(manifest)
    }

    /// When the authority was last asked and had this version.
    pub fn checked_at(&self, manifest: &Manifest) -> Option<Timestamp> {
        let key = (manifest.version.id.clone(), manifest.version.version.clone());
        self.checked.get(&key).copied()
    }
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
