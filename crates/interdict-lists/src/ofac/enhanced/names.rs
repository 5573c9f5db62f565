//! Which names does a party have, in which scripts, and which is the one that it is listed under?

use crate::ofac::draft::Draft;
use crate::ofac::party::{self, AliasQuality};
use crate::ofac::unknown;
use crate::reading::Log;
use crate::xml::Element;

/// The parts of a person's name that have properties of their own, besides first and last name.
const PARTS: [(&str, &str); 3] =
    [("Middle Name", "middleName"), ("Patronymic", "fatherName"), ("Matronymic", "motherName")];
const NAME: &[&str] = &["isPrimary", "aliasType", "isLowQuality", "translations"];
const TRANSLATION: &[&str] =
    &["isPrimary", "script", "formattedFirstName", "formattedLastName", "formattedFullName", "nameParts"];

/// The name that an entity is listed under; empty when it has none.
pub(super) fn primary(entity: &Element<'_>) -> String {
    let names = || {
        let sections = entity.children.iter().filter(|section| section.name == "names");
        sections.flat_map(|section| &section.children).filter(|name| name.name == "name")
    };
    let listed = |name: &Element<'_>| {
        let full = |translation: &&Element<'_>| Some(full(translation)).filter(|name| !name.is_empty());
        let primary = translations(name).filter(|translation| is(translation, "isPrimary"));
        { primary }
            .find_map(|translation| full(&translation))
            .or_else(|| translations(name).find_map(|one| full(&one)))
    };
    let primary = names().filter(|name| is(name, "isPrimary")).find_map(listed);
    primary.or_else(|| names().find_map(listed)).unwrap_or_default()
}

fn is(element: &Element<'_>, name: &str) -> bool {
    element.line_of(name).as_deref() == Some("true")
}

fn translations<'e, 'a>(name: &'e Element<'a>) -> impl Iterator<Item = &'e Element<'a>> {
    let sections = name.children.iter().filter(|child| child.name == "translations");
    sections.flat_map(|section| &section.children).filter(|child| child.name == "translation")
}

/// The whole name of a translation; of its parts where it has none.
fn full(translation: &Element<'_>) -> String {
    if let Some(name) = translation.line_of("formattedFullName") {
        return plain(&name);
    }
    let formatted =
        ["formattedLastName", "formattedFirstName"].into_iter().filter_map(|name| translation.line_of(name));
    let formatted = formatted.collect::<Vec<_>>().join(", ");
    if !formatted.is_empty() {
        return plain(&formatted);
    }
    let parts = parts(translation).filter_map(|part| part.line_of("value"));
    plain(&parts.collect::<Vec<_>>().join(" "))
}

fn parts<'e, 'a>(translation: &'e Element<'a>) -> impl Iterator<Item = &'e Element<'a>> {
    let sections = translation.children.iter().filter(|child| child.name == "nameParts");
    sections.flat_map(|section| &section.children).filter(|child| child.name == "namePart")
}

/// The text without the marks that only turn the direction of writing, which the file puts around Arabic names.
fn plain(text: &str) -> String {
    let is_mark = |char: char| matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.replace(is_mark, "").trim().to_owned()
}

/// Adds all names of a section. That under which the party is listed it has already.
pub(super) fn put_all(draft: &mut Draft, section: &Element<'_>, log: &mut Log) {
    unknown::note(log, &mut draft.party, section, &["name"], &[]);
    for name in section.children.iter().filter(|child| child.name == "name") {
        unknown::note(log, &mut draft.party, name, NAME, &["id"]);
        for translations in name.children.iter().filter(|child| child.name == "translations") {
            unknown::note(log, &mut draft.party, translations, &["translation"], &[]);
        }
        for translation in translations(name) {
            unknown::note(log, &mut draft.party, translation, TRANSLATION, &["id"]);
            put(draft, name, translation, log);
        }
    }
}

fn put(draft: &mut Draft, name: &Element<'_>, translation: &Element<'_>, log: &mut Log) {
    let text = full(translation);
    let quality = if is(name, "isLowQuality") { AliasQuality::Weak } else { AliasQuality::Strong };
    if text.is_empty() {
        return log.note("no_name", "a translation of a name has no name");
    }
    if draft.party.first("name") != Some(text.as_str()) {
        let kind = name.line_of("aliasType");
        // The primary name has no type, and its other translations are names as good as it.
        party::add_alias(draft, kind.as_deref().unwrap_or("A.K.A."), quality, &text, log);
    }
    if quality == AliasQuality::Strong && draft.party.schema.is_a("Person") {
        for part in parts(translation) {
            let kind = part.line_of("type").unwrap_or_default();
            if let Some((_, property)) = PARTS.iter().find(|(name, _)| *name == kind) {
                draft.put(property, plain(&part.line_of("value").unwrap_or_default()), log);
            }
        }
    }
}
