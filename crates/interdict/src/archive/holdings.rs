//! What does the archive have, and which version does a name on the command line mean?

use std::collections::BTreeMap;

use interdict_core::date::PartialDate;
use interdict_core::list::ListId;

use super::{Event, Manifest, Rulings, end_of};
use crate::failure::Failure;

/// Everything the archive has: the versions of every list in the order of precedence, and what was ruled of them.
#[derive(Debug)]
pub(crate) struct Holdings {
    /// By list.
    pub lists: BTreeMap<ListId, Vec<Manifest>>,
    /// What people and checks decided.
    pub rulings: Rulings,
    /// Everything that happened.
    pub events: Vec<Event>,
}

impl Holdings {
    /// The version in force of every list that has one.
    pub fn in_force(&self) -> Vec<Manifest> {
        let of_list = |versions: &Vec<Manifest>| Some(versions[self.rulings.in_force(versions)?].clone());
        self.lists.values().filter_map(of_list).collect()
    }

    /// The version of every list that its authority had published last on a day. Lists of which no version is as old are left
    /// out.
    pub fn published_by(&self, day: PartialDate) -> Vec<&Manifest> {
        let then = self.rulings_by(day);
        self.lists.values().filter_map(|versions| self.published_last(versions, day, &then)).collect()
    }

    /// What had been decided at the end of a day.
    pub fn rulings_by(&self, day: PartialDate) -> Rulings {
        Rulings::of(&self.events, end_of(day))
    }

    /// The version that the authority had published last on a day. One that waited in quarantine at the end of that day is left
    /// out; of one that came here only later it counts whether it waits now.
    fn published_last<'a>(
        &self,
        versions: &'a [Manifest],
        day: PartialDate,
        then: &Rulings,
    ) -> Option<&'a Manifest> {
        let (_, end) = day.bounds();
        let known = |manifest: &&Manifest| {
            let rulings = if then.knows(manifest) { then } else { &self.rulings };
            let precedence = rulings.precedence(manifest);
            (!rulings.is_quarantined(manifest) && precedence.0 <= end).then_some(precedence)
        };
        versions.iter().filter(|manifest| known(manifest).is_some()).max_by_key(known)
    }

    /// The version that a text names: `LIST` for the one in force, `LIST@VERSION` with the first digits of the version (four at
    /// least), `LIST@DATE` for the one published last by that day.
    pub fn version(&self, text: &str) -> Result<&Manifest, Failure> {
        let (list, asked) = text.split_once('@').map_or((text, None), |(list, asked)| (list, Some(asked)));
        let versions = self.list(list)?;
        let found = match asked {
            None => self.rulings.in_force(versions).and_then(|idx| versions.get(idx)),
            Some(asked) => match asked.parse::<PartialDate>() {
                Ok(day) if asked.contains('-') => self.published_last(versions, day, &self.rulings_by(day)),
                _ => by_digits(versions, asked)?,
            },
        };
        found.ok_or_else(|| {
            let known: Vec<String> = versions.iter().map(Manifest::in_words).collect();
            Failure::UnknownVersion { asked: text.chars().take(60).collect(), known: known.join(", ") }
        })
    }

    /// The version in quarantine that a text names in the same way, if it names one; `LIST` does where only one waits.
    pub fn waiting(&self, text: &str) -> Result<Option<&Manifest>, Failure> {
        let (list, asked) = text.split_once('@').map_or((text, None), |(list, asked)| (list, Some(asked)));
        let waiting = || self.list(list).map(|all| all.iter().filter(|one| self.rulings.is_quarantined(one)));
        match asked.map(|asked| (asked, asked.parse::<PartialDate>())) {
            None => Ok(waiting()?.next().filter(|_| waiting().is_ok_and(|all| all.count() == 1))),
            Some((asked, Ok(day))) if asked.contains('-') => {
                Ok(waiting()?.rfind(|manifest| self.rulings.precedence(manifest).0 <= day.bounds().1))
            }
            Some((asked, _)) => {
                Ok(by_digits(self.list(list)?, asked)?.filter(|one| self.rulings.is_quarantined(one)))
            }
        }
    }

    /// The versions of one list.
    pub fn list(&self, list: &str) -> Result<&[Manifest], Failure> {
        let found = self.lists.iter().find(|(id, _)| id.as_str() == list);
        found.map(|(_, versions)| versions.as_slice()).ok_or_else(|| {
            let known: Vec<&str> = self.lists.keys().map(ListId::as_str).collect();
            let known = if known.is_empty() { "none yet".to_owned() } else { known.join(", ") };
            Failure::UnknownList { asked: list.chars().take(40).collect(), known }
        })
    }
}

/// The version whose digest begins so.
fn by_digits<'a>(versions: &'a [Manifest], asked: &str) -> Result<Option<&'a Manifest>, Failure> {
    let hex = asked.strip_prefix("sha256:").unwrap_or(asked).to_ascii_lowercase();
    if !(4..=64).contains(&hex.len()) || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let asked: String = asked.chars().take(60).collect();
        let forms = "a day (2024-01-08) or the first digits of a version, four at least (lists status --all)";
        return Err(Failure::Usage(format!("behind @ stands {forms}, not {asked:?}")));
    }
    let mut found = versions.iter().filter(|manifest| manifest.version.digest.to_hex().starts_with(&hex));
    let first = found.next();
    match found.next() {
        Some(_) => Err(Failure::Usage(format!("several versions begin with {hex}; give more digits"))),
        None => Ok(first),
    }
}

#[cfg(test)]
mod tests {
    use interdict_core::digest::Digest;
    use interdict_core::list::{ListVersion, Reconciliation};
    use interdict_lists::inventory::Inventory;
    use jiff::Timestamp;

    use super::super::{EventKind, IssueCounts, PublishedFrom};
    use super::*;

    fn at(day: &str) -> Timestamp {
        format!("{day}T10:00:00Z").parse().unwrap()
    }

    fn manifest(name: &str, published: Option<&str>, imported: &str) -> Manifest {
        let digest = Digest::of(name.as_bytes());
        Manifest {
            version: ListVersion {
                id: "own".parse().unwrap(),
                version: name.to_owned(),
                published: published.map(|day| day.parse().unwrap()),
                entities: 1,
                digest,
            },
            format: "csv".to_owned(),
            files: Vec::new(),
            mapping: None,
            imported_at: at(imported),
            published_from: PublishedFrom::Nowhere,
            reconciliation: Reconciliation { records: Vec::new(), entities: 1, parties: 1 },
            inventory: Inventory::default(),
            issues: IssueCounts { notes: 0, values_lost: 0, records_lost: 0, by_kind: BTreeMap::new() },
            issues_kept: Vec::new(),
        }
    }

    fn holdings(versions: Vec<Manifest>, events: &[(&str, EventKind, &str)]) -> Holdings {
        let event = |(day, event, version): &(&str, EventKind, &str)| Event {
            at: at(day),
            event: *event,
            list: "own".parse().unwrap(),
            version: Some((*version).to_owned()),
            reasons: Vec::new(),
        };
        let events: Vec<Event> = events.iter().map(event).collect();
        let lists = BTreeMap::from([("own".parse().unwrap(), versions)]);
        Holdings { lists, rulings: Rulings::of(&events, None), events }
    }

    fn published_by(holdings: &Holdings, day: &str) -> String {
        let found = holdings.published_by(day.parse().unwrap());
        let named = holdings.version(&format!("own@{day}")).map(|found| found.version.version.clone());
        let found: Vec<&str> = found.iter().map(|manifest| manifest.version.version.as_str()).collect();
        assert_eq!(found.first().copied(), named.ok().as_deref(), "both say the same");
        found.join(" ")
    }

    #[test]
    fn a_version_that_waited_on_a_day_did_not_count_on_it() {
        use EventKind::{Imported, Quarantined, Released};
        let versions = vec![
            manifest("a", Some("2024-01-01"), "2024-01-02"),
            manifest("b", Some("2024-02-01"), "2024-02-02"),
        ];
        let holdings = holdings(
            versions,
            &[
                ("2024-01-02", Imported, "a"),
                ("2024-02-02", Imported, "b"),
                ("2024-02-02", Quarantined, "b"),
                ("2024-02-05", Released, "b"),
            ],
        );
        let found = ["2023-12-31", "2024-01-01", "2024-02-01", "2024-02-04", "2024-02-05"]
            .map(|day| published_by(&holdings, day));
        // On 1 February it was not here yet; that it waited later is no reason, as it was let in in the end.
        assert_eq!(found, ["", "a", "b", "a", "b"]);
    }

    #[test]
    fn an_undated_version_counts_from_when_it_came_and_again_when_it_came_again() {
        use EventKind::{Checked, Imported};
        let versions = vec![manifest("b", None, "2024-02-02"), manifest("a", None, "2024-01-02")];
        let holdings = holdings(
            versions,
            &[("2024-01-02", Imported, "a"), ("2024-02-02", Imported, "b"), ("2024-03-02", Checked, "a")],
        );
        let found =
            ["2024-01-01", "2024-01-31", "2024-02-29", "2024-03-31"].map(|day| published_by(&holdings, day));
        assert_eq!(found, ["", "a", "b", "a"]);
        let in_force = holdings.in_force();
        assert_eq!(in_force.iter().map(|one| &*one.version.version).collect::<Vec<_>>(), ["a"]);
    }
}
