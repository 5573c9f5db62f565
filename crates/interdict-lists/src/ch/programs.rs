//! Under which programs are targets listed?

use std::collections::HashMap;

use interdict_core::entity::Entity;

use crate::reading::{Log, Lost};
use crate::xml::Element;

/// The sets of sanctions by their number.
#[derive(Default)]
pub(super) struct Programs(HashMap<String, Set>);

/// A set of sanctions, and the program that it is of.
#[derive(Clone, Default)]
struct Set {
    key: Option<String>,
    program: Option<String>,
    name: Option<String>,
    origin: Vec<String>,
}

impl Programs {
    /// Takes a program with its sets.
    pub(super) fn add(&mut self, element: &Element<'_>, log: &mut Log) -> Result<(), Lost> {
        if let Some(ssid) = element.attribute("ssid") {
            log.of_record(ssid);
        }
        let program = Set {
            key: in_english(element, "program-key"),
            program: in_english(element, "program-name"),
            name: None,
            origin: element.texts_of("origin").collect(),
        };
        let mut n_sets = 0;
        for set in element.children("sanctions-set") {
            let Some(ssid) = set.attribute("ssid").map(str::trim).filter(|ssid| !ssid.is_empty()) else {
                continue;
            };
            n_sets += 1;
            let known = self.0.entry(ssid.to_owned()).or_insert_with(|| program.clone());
            if known.name.is_none() || is_english(set) {
                known.name = set.text().or(known.name.take());
            }
        }
        for child in &element.children {
            let is_known =
                matches!(child.name.as_ref(), "program-key" | "program-name" | "sanctions-set" | "origin");
            if !is_known && !child.is_blank() {
                log.note("unknown_element", "a program has an element that is not known; it is left out");
            }
        }
        if n_sets == 0 {
            return Err(Lost::new("no_id", "the program has no set of sanctions with a number"));
        }
        Ok(())
    }

    /// Adds the program of a set to a sanction and its party.
    pub(super) fn put(&self, log: &mut Log, party: &mut Entity, sanction: &mut Entity, set: &str) {
        let Some(set) = self.0.get(set) else {
            log.value_lost("unknown_program", "the set of sanctions is not in the file; its number is kept");
            return log.put(sanction, "programId", set);
        };
        for (property, value) in [("program", &set.program), ("programId", &set.key)] {
            log.put(sanction, property, value.as_deref().unwrap_or_default());
            log.put(party, property, value.as_deref().unwrap_or_default());
        }
        log.put(sanction, "provisions", set.name.as_deref().unwrap_or_default());
        for origin in &set.origin {
            log.put(sanction, "description", format!("Origin: {origin}"));
        }
    }
}

fn is_english(element: &Element<'_>) -> bool {
    element.attribute("lang").is_some_and(|lang| lang == "eng" || lang == "en")
}

/// The English text of the children of that name, or the first one.
fn in_english(element: &Element<'_>, name: &str) -> Option<String> {
    let english = element.children(name).filter(|child| is_english(child)).find_map(Element::text);
    english.or_else(|| element.text_of(name))
}
