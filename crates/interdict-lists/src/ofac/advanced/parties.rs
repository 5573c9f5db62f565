//! Which parties are read so far? By their numbers, profiles and entries, so that what stands behind them finds them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use interdict_core::entity::Entity;

use super::attribute;
use super::party::{Before, Record};
use crate::ofac::draft::Draft;
use crate::ofac::listing::{Listing, PARTY};
use crate::reading::{Log, Reading};
use crate::xml::Element;

/// The parties in the order of the file.
#[derive(Default)]
pub(super) struct Parties<'a> {
    listing: Listing,
    by_profile: HashMap<Cow<'a, str>, usize>,
    pub(super) entries: Entries<'a>,
    /// Number and type, and the two ends, of every relationship.
    pub(super) relations: HashSet<[[Cow<'a, str>; 2]; 2]>,
}

/// Where the sanctions entries went.
#[derive(Default)]
pub(super) struct Entries<'a> {
    /// The place of the party, and that of the sanction in it.
    places: HashMap<Cow<'a, str>, (usize, usize)>,
    /// The parties that have an entry.
    parties: HashSet<usize>,
}

impl<'a> Entries<'a> {
    pub(super) fn contains(&self, party: usize) -> bool {
        self.parties.contains(&party)
    }

    pub(super) fn add(&mut self, number: Cow<'a, str>, party: usize, sanction: usize) {
        self.parties.insert(party);
        self.places.entry(number).or_insert((party, sanction));
    }
}

impl<'a> Parties<'a> {
    /// Takes a record.
    pub(super) fn take(
        &mut self,
        reading: &mut Reading<'_>,
        element: &Element<'a>,
        before: &mut Before<'a>,
        mut log: Log,
    ) {
        let record = match Record::read(element, before, &mut log) {
            Ok(record) => record,
            Err(lost) => return reading.lose(PARTY, log, lost),
        };
        let draft = |id, log: &mut Log| record.draft(id, before, log);
        let Some(place) = self.listing.take(reading, &record.number, log, draft) else { return };
        for profile in element.children("Profile") {
            let number = attribute(profile, "ID").or_else(|| attribute(element, "FixedRef"));
            if let Some(number) = number {
                self.by_profile.entry(number).or_insert(place);
            }
        }
    }

    /// The place of the party that has a profile.
    pub(super) fn of_profile(&self, profile: &str) -> Option<usize> {
        self.by_profile.get(profile).copied()
    }

    /// The party at a place.
    pub(super) fn draft(&mut self, at: usize) -> Option<&mut Draft> {
        self.listing.get_mut(at).map(|party| &mut party.draft)
    }

    /// The sanction that an entry went to.
    pub(super) fn sanction(&mut self, entry: &str) -> Option<&mut Entity> {
        let (party, sanction) = self.entries.places.get(entry).copied()?;
        self.draft(party)?.sanctions.get_mut(sanction)
    }

    /// Hands the parties to the account of the file.
    pub(super) fn settle(mut self, reading: &mut Reading<'_>) {
        for at in (0..self.listing.len()).filter(|at| !self.entries.contains(*at)) {
            if let Some(party) = self.listing.get_mut(at) {
                let reason = "the file has no sanctions entry of the party: no program, no date of listing";
                party.log.value_lost("no_entry", reason);
            }
        }
        self.listing.settle(reading);
    }
}
