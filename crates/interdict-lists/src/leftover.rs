//! What does an element hold that its reader does not know? It is noted, and its text is kept.

use interdict_core::entity::Entity;

use crate::reading::{Log, keep_as_note};
use crate::text::{clip, fold};
use crate::xml::Element;

/// The longest name of an element or a column in a message, in characters.
const NAME_CHARS_MAX: usize = 60;

/// Notes the children of an element that are not of these names, its own text, and the attributes that are not of these
/// names. Empty ones say nothing.
pub(crate) fn note(
    log: &mut Log,
    entity: &mut Entity,
    element: &Element<'_>,
    children: &[&str],
    attributes: &[&str],
) {
    for child in element.children.iter().filter(|child| !children.contains(&child.name.as_ref())) {
        note_element(log, entity, child);
    }
    note_text(log, entity, element);
    note_attributes(log, entity, element, attributes);
}

/// Notes an element that should not be there.
pub(crate) fn note_element(log: &mut Log, entity: &mut Entity, element: &Element<'_>) {
    if element.is_blank() {
        return;
    }
    let name = clip(&element.name, NAME_CHARS_MAX);
    log.note("unknown_element", format!("<{name}> is not known; its text is kept as a note"));
    keep_as_note(entity, "unknown", &element.in_words());
}

/// Notes the text of an element that should have none.
pub(crate) fn note_text(log: &mut Log, entity: &mut Entity, element: &Element<'_>) {
    if let Some(text) = element.text() {
        let name = clip(&element.name, NAME_CHARS_MAX);
        log.note("unknown_text", format!("{name} holds text of its own; it is kept as a note"));
        keep_as_note(entity, name, &text);
    }
}

/// Notes the attributes that are not of these names.
pub(crate) fn note_attributes(log: &mut Log, entity: &mut Entity, element: &Element<'_>, known: &[&str]) {
    for (key, value) in &element.attributes {
        let is_known = known.contains(key) || key.starts_with("xsi:") || key.starts_with("xmlns");
        if is_known || value.trim().is_empty() {
            continue;
        }
        let (name, key) = (clip(&element.name, NAME_CHARS_MAX), clip(key, NAME_CHARS_MAX));
        log.note("unknown_attribute", format!("{name} has the attribute {key}; it is kept as a note"));
        keep_as_note(entity, key, &fold(value));
    }
}
