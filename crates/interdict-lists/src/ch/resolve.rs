//! Which entities come of a target, now that the places, programs and other targets of the file are known?

use std::collections::HashMap;

use interdict_core::entity::Entity;

use super::listing::Listing;
use super::party::{Address, Target, new};
use super::places::Places;
use super::programs::Programs;
use crate::reading::{Log, keep_as_note};

const AUTHORITY: &str = "State Secretariat for Economic Affairs";

impl Target {
    /// The entities of the target, the party first, with the places, programs and other targets of the file.
    pub(super) fn resolve(
        mut self,
        log: &mut Log,
        programs: &Programs,
        places: &Places,
        ids: &HashMap<String, String>,
    ) -> Vec<Entity> {
        for birth in std::mem::take(&mut self.births) {
            let place = places.find(log, Some(&birth));
            if place.is_named() && !log.offer(&mut self.party, "birthPlace", place.one_line()) {
                keep_as_note(&mut self.party, "birthPlace", &place.one_line());
            }
            place.put_country(log, &mut self.party, "birthCountry");
        }
        let addresses = self.resolve_addresses(log, places);
        let papers = std::mem::take(&mut self.papers).into_iter().map(|mut paper| {
            if let Some(place) = &paper.place {
                let place = places.find(log, Some(place));
                let line = place.one_line();
                if !line.is_empty() {
                    log.put(&mut paper.entity, "description", format!("Issued in {line}"));
                }
            }
            paper.entity
        });
        let papers: Vec<Entity> = papers.collect();
        let links = self.links(log, ids);
        let sanctions = self.sanctions(log, programs);
        let mut entities = vec![self.party];
        [sanctions, addresses, papers, links].into_iter().for_each(|parts| entities.extend(parts));
        entities
    }

    fn resolve_addresses(&mut self, log: &mut Log, places: &Places) -> Vec<Entity> {
        let mut addresses = Vec::new();
        for Address { entity: mut address, place } in std::mem::take(&mut self.addresses) {
            let place = places.find(log, place.as_deref());
            place.put_country(log, &mut self.party, "country");
            place.put(log, &mut address);
            let of = |property: &str| address.first(property).map(str::to_owned);
            let post_box = of("postOfficeBox").map(|number| format!("P.O. Box {number}"));
            let line = Some(place.one_line()).filter(|line| !line.is_empty());
            let is_more = place.is_named() || of("street").is_some() || post_box.is_some();
            let care_of = of("summary").map(|name| format!("c/o {name}"));
            let parts = [care_of, of("street"), post_box, of("postalCode"), line];
            let full = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
            if full.is_empty() && address.get("remarks").is_empty() {
                continue;
            }
            if is_more {
                log.put(&mut self.party, "address", &full);
            }
            log.put(&mut address, "full", full);
            log.put(&mut self.party, "addressEntity", &address.id);
            addresses.push(address);
        }
        addresses
    }

    /// Links to other targets of the file. One to a target that is not there, or is de-listed, is kept as a note.
    fn links(&mut self, log: &mut Log, ids: &HashMap<String, String>) -> Vec<Entity> {
        let mut links = Vec::new();
        for relation in std::mem::take(&mut self.relations) {
            let Some(id) = ids.get(&relation.target).filter(|id| **id != self.party.id) else {
                let reason = "the target that it is related to is not among the listed targets of the file";
                log.note("unresolved_link", reason);
                let words = format!("{} {} {}", relation.kind, relation.target, relation.remarks.join(" "));
                keep_as_note(&mut self.party, "relation", &words);
                continue;
            };
            let mut link = new(format!("{}-link-{}", self.party.id, links.len() + 1), "UnknownLink");
            log.put(&mut link, "subject", &self.party.id);
            log.put(&mut link, "object", id);
            log.put(&mut link, "role", &relation.kind);
            relation.remarks.iter().for_each(|remark| log.put(&mut link, "description", remark));
            links.push(link);
        }
        links
    }

    /// One sanction for each set, and at least one.
    fn sanctions(&mut self, log: &mut Log, programs: &Programs) -> Vec<Entity> {
        let sets = std::mem::take(&mut self.sets);
        let mut sets: Vec<Option<&str>> = sets.iter().map(|set| Some(set.as_str())).collect();
        if sets.is_empty() {
            log.note("no_program", "the target names no set of sanctions");
            sets.push(None);
        }
        let mut sanctions = Vec::new();
        for set in sets {
            let mut sanction = new(format!("{}-sanction-{}", self.party.id, sanctions.len() + 1), "Sanction");
            log.put(&mut sanction, "entity", &self.party.id);
            log.put(&mut sanction, "authority", AUTHORITY);
            log.put(&mut sanction, "country", "ch");
            log.put(&mut sanction, "authorityId", &self.ssid);
            if let Some(set) = set {
                programs.put(log, &mut self.party, &mut sanction, set);
            }
            for id in &self.foreign {
                log.put(&mut sanction, "unscId", id);
            }
            self.put_listing(log, &mut sanction);
            if sanctions.is_empty() {
                self.reasons.iter().for_each(|reason| log.put(&mut sanction, "reason", reason));
            }
            sanctions.push(sanction);
        }
        sanctions
    }

    fn put_listing(&mut self, log: &mut Log, sanction: &mut Entity) {
        let Listing { listed, since, until, modified, .. } = self.listing;
        let dates =
            [("listingDate", listed), ("startDate", since), ("endDate", until), ("modifiedAt", modified)];
        for (property, date) in dates {
            let Some(date) = date.map(|date| date.to_string()) else { continue };
            if property == "modifiedAt" {
                log.put(&mut self.party, property, &date);
            }
            log.put(sanction, property, date);
        }
    }
}
