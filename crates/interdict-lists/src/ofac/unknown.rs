//! What does an element of an XML form hold that no reader knows? It is noted and its text kept.

use interdict_core::entity::Entity;

use crate::reading::{Log, keep_as_note};
use crate::text::{clip, fold};
use crate::xml::Element;

/// Notes children and attributes of an element that are not known, and text where it should have none.
pub(super) fn note(
    log: &mut Log,
    party: &mut Entity,
    element: &Element<'_>,
    known: &[&str],
    attributes: &[&str],
) {
    for child in element.children.iter().filter(|child| !known.contains(&child.name.as_ref())) {
        keep(log, party, child);
    }
    note_loose(log, party, element, attributes);
}

/// Notes text and attributes of an element that should have neither.
pub(super) fn note_loose(log: &mut Log, party: &mut Entity, element: &Element<'_>, attributes: &[&str]) {
    if !element.text.trim().is_empty() {
        let name = clip(&element.name, 60);
        log.note("unknown_text", format!("{name} holds text of its own; it is kept as a note"));
        keep_as_note(party, name, &fold(&element.text));
    }
    note_attributes(log, party, element, attributes);
}

/// Notes attributes of an element that are not known.
pub(super) fn note_attributes(log: &mut Log, party: &mut Entity, element: &Element<'_>, known: &[&str]) {
    let is_known = |key: &str| known.contains(&key) || key.starts_with("xsi:") || key.starts_with("xmlns");
    for (key, value) in element.attributes.iter().filter(|(key, _)| !is_known(key)) {
        let (name, key) = (clip(&element.name, 60), clip(key, 60));
        log.note("unknown_attribute", format!("{name} has the attribute {key}; it is kept as a note"));
        keep_as_note(party, key, &fold(value));
    }
}

/// Keeps an element that is not known as a note.
pub(super) fn keep(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    if !element.is_blank() {
        let name = clip(&element.name, 60);
        log.note("unknown_element", format!("<{name}> is not known; its text is kept as a note"));
        keep_as_note(party, "unknown", &element.in_words());
    }
}
