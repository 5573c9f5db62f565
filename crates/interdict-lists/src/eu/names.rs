//! Which names does a party bear, and how good are they?

use std::borrow::Cow;

use interdict_core::entity::Entity;

use super::party::{BOOKKEEPING, put_remarks, value};
use crate::leftover;
use crate::reading::{Log, keep_as_note};
use crate::xml::Element;

const PARTS: [&str; 3] = ["firstName", "middleName", "lastName"];
const ATTRIBUTES: &[&str] =
    &["firstName", "middleName", "lastName", "wholeName", "function", "gender", "title", "strong"];
/// Words of a remark that make a name a weak one.
const WEAK: &[&str] = &["low quality", "lo quality", "weak alias"];
/// Words at the start of a remark that make a name a former one.
const FORMER: &[&str] = &["formerly", "f.k.a", "fka", "previously", "former name"];

/// The names of a record, in its order.
pub(super) struct Names<'e>(Vec<Name<'e>>);

struct Name<'e> {
    element: &'e Element<'e>,
    /// `None` when the element has no name at all.
    whole: Option<Cow<'e, str>>,
    quality: Quality,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quality {
    Strong,
    Former,
    Weak,
}

impl<'e> Names<'e> {
    pub(super) fn of(record: &'e Element<'_>) -> Self {
        let name = |element| Name { element, whole: whole(element), quality: quality(element) };
        Self(record.children("nameAlias").map(name).collect())
    }

    /// The name to call the party by: a strong one, in English or of no language where there is one.
    pub(super) fn primary(&self) -> Option<&str> {
        self.0.get(self.primary_idx()?)?.whole.as_deref()
    }

    fn primary_idx(&self) -> Option<usize> {
        let find = |fits: &dyn Fn(&Name<'_>) -> bool| {
            self.0.iter().position(|name| name.whole.is_some() && fits(name))
        };
        find(&|name| name.quality == Quality::Strong && name.is_for_all())
            .or_else(|| find(&|name| name.quality == Quality::Strong))
            .or_else(|| find(&|_| true))
    }

    /// The names that are neither weak nor former.
    pub(super) fn strong(&self) -> impl Iterator<Item = &str> {
        let strong = self.0.iter().filter(|name| name.quality == Quality::Strong);
        strong.filter_map(|name| name.whole.as_deref())
    }

    /// Adds the names with all that stands beside them.
    pub(super) fn put(&self, log: &mut Log, party: &mut Entity) {
        let primary = self.primary_idx();
        for (idx, name) in self.0.iter().enumerate() {
            let property = match name.quality {
                _ if Some(idx) == primary => "name",
                Quality::Strong => "alias",
                Quality::Former => "previousName",
                Quality::Weak => "weakAlias",
            };
            name.put(property, log, party);
        }
    }
}

impl Name<'_> {
    fn is_for_all(&self) -> bool {
        value(self.element, "nameLanguage").is_none_or(|language| language.eq_ignore_ascii_case("en"))
    }

    fn put(&self, property: &str, log: &mut Log, party: &mut Entity) {
        let element = self.element;
        match &self.whole {
            Some(whole) => log.put(party, property, whole),
            None if element.is_blank() => {}
            None => log.note("empty_name", "a name has no text; what stands beside it is kept"),
        }
        self.put_parts(log, party);
        put_items(log, party, "title", element);
        put_items(log, party, "position", element);
        put_gender(log, party, element);
        put_remarks(log, party, "notes", element);
        put_unknown(log, party, element);
    }

    /// The parts of a good name of a person. Those of other names stand in the whole name; where they do not, they are kept.
    fn put_parts(&self, log: &mut Log, party: &mut Entity) {
        let is_good = self.quality == Quality::Strong && party.schema.is_a("Person");
        for property in PARTS {
            let Some(part) = value(self.element, property) else { continue };
            if is_good {
                log.put(party, property, part);
            } else if !self.whole.as_ref().is_some_and(|whole| whole.contains(part.as_ref())) {
                keep_as_note(party, property, &part);
                log.note("name_part", "a part of a name is not in the whole name; it is kept as a note");
            }
        }
    }
}

fn put_unknown(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    for child in &element.children {
        if !matches!(child.name.as_ref(), "remark" | "regulationSummary") {
            leftover::note_element(log, party, child);
        }
    }
    leftover::note_text(log, party, element);
    let is_known = |key: &str| ATTRIBUTES.contains(&key) || BOOKKEEPING.contains(&key);
    if element.attributes.iter().any(|(key, _)| !is_known(key)) {
        let known: Vec<&str> = ATTRIBUTES.iter().chain(BOOKKEEPING).copied().collect();
        leftover::note_attributes(log, party, element, &known);
    }
}

/// The whole name, or its parts where it is not given whole.
fn whole<'e>(element: &'e Element<'_>) -> Option<Cow<'e, str>> {
    let joined = || {
        let parts: Vec<_> = PARTS.iter().filter_map(|part| value(element, part)).collect();
        (!parts.is_empty()).then(|| Cow::Owned(parts.join(" ")))
    };
    value(element, "wholeName").or_else(joined)
}

fn quality(element: &Element<'_>) -> Quality {
    let is_weak =
        value(element, "strong").is_some_and(|text| text.eq_ignore_ascii_case("false") || text == "0");
    let remarks: Vec<String> = element.texts_of("remark").map(|remark| remark.to_lowercase()).collect();
    let says = |words: &[&str]| remarks.iter().any(|remark| words.iter().any(|word| remark.contains(word)));
    if is_weak || says(WEAK) {
        Quality::Weak
    } else if remarks.iter().any(|remark| FORMER.iter().any(|word| remark.starts_with(word))) {
        Quality::Former
    } else {
        Quality::Strong
    }
}

/// Titles and functions: `(a) Mullah, (b) Maulavi` are two.
fn put_items(log: &mut Log, party: &mut Entity, property: &str, element: &Element<'_>) {
    let attribute = if property == "position" { "function" } else { property };
    let Some(text) = value(element, attribute) else { return };
    if party.schema.property(property).is_none() {
        return keep_as_note(party, attribute, &text);
    }
    for item in items(&text) {
        log.put(party, property, item);
    }
}

fn items(text: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let (mut start, mut next) = (0, b'a');
    while let Some(marker) = [b'(', next, b')'].get(..).and_then(|marker| std::str::from_utf8(marker).ok()) {
        let Some(at) = text.get(start..).and_then(|rest| rest.find(marker)).map(|at| start + at) else {
            break;
        };
        items.extend(text.get(start..at));
        start = at + 3;
        if next == b'z' {
            break;
        }
        next += 1;
    }
    items.extend(text.get(start..));
    items.iter_mut().for_each(|item| *item = item.trim_matches([' ', ',', ';']));
    items.retain(|item| !item.is_empty());
    items
}

fn put_gender(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    let Some(text) = value(element, "gender") else { return };
    let gender = match text.to_lowercase().as_str() {
        "m" | "male" => "male",
        "f" | "female" => "female",
        _ => {
            log.value_lost("unknown_gender", "the gender is not known; it is kept as a note");
            return keep_as_note(party, "gender", &text);
        }
    };
    if !log.offer(party, "gender", gender) {
        keep_as_note(party, "gender", gender);
    }
}

#[cfg(test)]
mod tests {
    use super::items;

    #[test]
    fn lists_of_titles() {
        for (text, expected) in [
            ("Director", &["Director"][..]),
            ("(a) Mullah, (b) Maulavi", &["Mullah", "Maulavi"]),
            ("(a) Mullah (b) Haji; (c) Dr", &["Mullah", "Haji", "Dr"]),
            ("Head of (b) section", &["Head of (b) section"]),
            ("", &[]),
        ] {
            assert_eq!(items(text), expected, "{text}");
        }
    }
}
