//! Is a new version of a list to be trusted? A list that lost a part of what it had is more likely a broken download than news: it
//! stays out of force until somebody has looked at it, and the version before stays in force.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use interdict_lists::inventory::Inventory;

use crate::archive::Manifest;
use crate::terminal::number;

/// A kind of thing that a list has at least so many of, or one in a hundred, does not go away all at once.
const KIND_MIN: u64 = 10;
/// So few records that cannot be read say nothing of the file as a whole.
const LOST_MIN: u64 = 10;

/// The issues of a delta file that was applied to another version than it was made for.
const MISFITS: [&str; 3] = ["add_of_present", "mod_of_absent", "del_of_absent"];

/// The day after that of the import, as a number `YYYYMMDD`: an authority east of Greenwich may be a day ahead.
fn tomorrow(new: &Manifest) -> u32 {
    let day = new.imported_at.to_zoned(TimeZone::UTC).date();
    let day = day.tomorrow().unwrap_or(day);
    let [year, month, day] = [i32::from(day.year()), i32::from(day.month()), i32::from(day.day())];
    u32::try_from(year * 10_000 + month * 100 + day).unwrap_or_default()
}

/// Why a version must not be in force before somebody has looked at it, in sentences; none when there is no reason. `before` is
/// the version in force, `max_shrink` the share (0 to 1) that a list may lose from one version to the next.
pub(crate) fn reasons(new: &Manifest, before: Option<&Manifest>, max_shrink: f64) -> Vec<String> {
    let mut reasons = Vec::new();
    let unexplained = new.reconciliation.unexplained();
    if unexplained > 0 {
        reasons.push(format!(
            "{} records are neither taken nor lost: the account does not close",
            number(unexplained)
        ));
    }
    let read: u64 = new.reconciliation.records.iter().map(|row| row.read).sum();
    let lost: u64 = new.reconciliation.records.iter().map(|row| row.lost).sum();
    if lost >= LOST_MIN && is_more_than(lost, read, max_shrink) {
        reasons.push(format!("{} of {} records could not be read", number(lost), number(read)));
    }
    let misfits: u64 = MISFITS.iter().filter_map(|kind| new.issues.by_kind.get(*kind)).sum();
    if misfits > 0 {
        reasons.push(format!(
            "{} changes of a delta file do not fit the version that it was applied to",
            number(misfits)
        ));
    }
    if new.issues.by_kind.contains_key("partial_list") {
        reasons.push("it says that it is only a part of the list".to_owned());
    }
    if let Some(published) = new.version.published.filter(|published| published.bounds().0 > tomorrow(new)) {
        reasons.push(format!("it says that it was published on {published}, which is not yet"));
    }
    if let Some(before) = before {
        reasons.extend(against(new, before, max_shrink));
    }
    reasons
}

fn against(new: &Manifest, before: &Manifest, max_shrink: f64) -> Vec<String> {
    let mut reasons = Vec::new();
    let (n_before, n_new) = (before.version.entities, new.version.entities);
    if is_more_than(n_before.saturating_sub(n_new), n_before, max_shrink) {
        reasons.push(format!(
            "it has {} parties, and the version in force ({}) has {}",
            number(n_new),
            before.version.version,
            number(n_before)
        ));
    }
    let kinds = |inventory: &Inventory| -> [(&'static str, BTreeMap<String, u64>); 4] {
        [
            ("parties of the kind", inventory.parties.clone()),
            ("entities of the kind", inventory.others.clone()),
            ("names of the kind", inventory.names.clone()),
            ("identifiers of the kind", inventory.identifiers.clone()),
        ]
    };
    for ((what, old), (_, now)) in kinds(&before.inventory).into_iter().zip(kinds(&new.inventory)) {
        let total: u64 = old.values().sum();
        let is_seldom = |n: u64| n < KIND_MIN && n * 100 < total;
        for (kind, n) in old.into_iter().filter(|(kind, n)| !is_seldom(*n) && !now.contains_key(kind)) {
            reasons.push(format!("it has no {what} {kind}, and the version in force has {}", number(n)));
        }
    }
    reasons
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn is_more_than(part: u64, whole: u64, share: f64) -> bool {
    part as f64 > whole as f64 * share
}

#[cfg(test)]
mod tests {
    use interdict_core::list::{ListVersion, Reconciliation, RecordCount};

    use super::*;
    use crate::archive::{IssueCounts, PublishedFrom};

    fn version(n: u64, kinds: &[(&str, u64)], lost: u64) -> Manifest {
        let digest = interdict_core::digest::Digest::of(&n.to_le_bytes());
        let row = RecordCount { file: "a".into(), record: "party".into(), read: n + lost, taken: n, lost };
        Manifest {
            version: ListVersion {
                id: "own".parse().unwrap(),
                version: digest.short(),
                published: None,
                entities: n,
                digest,
            },
            format: "csv".to_owned(),
            files: Vec::new(),
            mapping: None,
            imported_at: "2026-11-21T10:00:00Z".parse().unwrap(),
            published_from: PublishedFrom::Nowhere,
            reconciliation: Reconciliation { records: vec![row], entities: n, parties: n },
            inventory: Inventory {
                parties: kinds.iter().map(|(kind, n)| ((*kind).to_owned(), *n)).collect(),
                ..Inventory::default()
            },
            issues: IssueCounts { notes: 0, values_lost: 0, records_lost: lost, by_kind: BTreeMap::new() },
            issues_kept: Vec::new(),
        }
    }

    #[test]
    fn a_list_may_shrink_a_little_and_lose_rare_kinds() {
        let before = version(1_000, &[("Person", 990), ("Vessel", 9), ("Company", 1)], 0);
        let new = version(900, &[("Person", 900)], 0);
        assert_eq!(reasons(&new, Some(&before), 0.1), [""; 0]);
        assert_eq!(reasons(&new, None, 0.1), [""; 0]);
    }

    #[test]
    fn a_list_that_lost_much_is_told_why() {
        let before = version(1_000, &[("Person", 500), ("Vessel", 500)], 0);
        let told = |new: &Manifest, before: Option<&Manifest>| reasons(new, before, 0.1).join("; ");
        let shrunk = told(&version(899, &[("Person", 400), ("Vessel", 499)], 0), Some(&before));
        assert!(shrunk.contains("it has 899 parties") && shrunk.contains("has 1,000"), "{shrunk}");
        let without = told(&version(1_000, &[("Person", 1_000)], 0), Some(&before));
        assert!(
            without.contains("no parties of the kind Vessel") && without.contains("has 500"),
            "{without}"
        );
        assert!(told(&version(80, &[], 20), None).contains("20 of 100 records could not be read"));
        let mut misfit = version(10, &[], 0);
        misfit.issues.by_kind.insert("mod_of_absent".to_owned(), 3);
        assert!(told(&misfit, None).contains("3 changes of a delta file do not fit"));
        let mut part = version(10, &[], 0);
        part.issues.by_kind.insert("partial_list".to_owned(), 1);
        assert!(told(&part, None).contains("only a part of the list"));
        let dated = |date: &str| {
            let mut version = version(10, &[], 0);
            version.version.published = date.parse().ok();
            told(&version, None)
        };
        assert!(dated("2062-01-01").contains("which is not yet"));
        assert_eq!(dated("2026-11-22"), "");
        let mut open = version(10, &[], 0);
        open.reconciliation.records[0].read = 12;
        assert!(told(&open, None).contains("2 records are neither taken nor lost"));
    }
}
