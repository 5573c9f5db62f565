//! What is a party called? The aliases of its identities, each a name of typed parts, put together as OFAC's other files
//! print them: `FAMILY NAME, Given Names`, organizations and vessels in capitals.
//!
//! In Arabic and Hebrew letters a name is printed given names first and without a comma, in Chinese, Japanese and Korean the
//! family name first and in one piece.

use std::borrow::Cow;
use std::collections::HashMap;

use super::dates::is_true;
use super::references::{References, Set};
use super::{attribute, text};
use crate::ofac::party::AliasQuality;
use crate::reading::Log;
use crate::text::clip;
use crate::xml::Element;

/// One name of a party.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) full: String,
    /// The type of the alias: `A.K.A.`, which a name without a type is, too.
    pub(super) kind: String,
    pub(super) quality: AliasQuality,
    /// Names of this one that have properties of their own.
    pub(super) parts: Vec<(&'static str, String)>,
    /// What a comment says of it.
    pub(super) comments: Vec<String>,
    part: Option<Part>,
    rank: Rank,
}

/// Which of its names a party is listed under: the first of the highest rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Other,
    /// Of the type `Name`, or another spelling of the primary alias.
    Name,
    Primary,
}

/// The type of a part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Last,
    First,
    Middle,
    Maiden,
    Patronymic,
    Matronymic,
    Nickname,
    Entity,
    Vessel,
    Aircraft,
}

impl Part {
    fn of(text: &str) -> Option<Self> {
        Some(match text.to_ascii_lowercase().as_str() {
            "last name" => Self::Last,
            "first name" => Self::First,
            "middle name" => Self::Middle,
            "maiden name" => Self::Maiden,
            "patronymic" => Self::Patronymic,
            "matronymic" => Self::Matronymic,
            "nickname" => Self::Nickname,
            "entity name" => Self::Entity,
            "vessel name" => Self::Vessel,
            "aircraft name" => Self::Aircraft,
            _ => return None,
        })
    }
}

/// The names of the identities of a party, the primary one first.
pub(super) fn names<'a>(
    identities: &[&Element<'a>],
    references: &References<'a>,
    log: &mut Log,
) -> Vec<Name> {
    let mut names = Vec::new();
    for identity in identities {
        let types = part_types(identity, references, log);
        for alias in identity.children("Alias") {
            add_alias(&mut names, alias, &types, references, log);
        }
    }
    let highest = names.iter().map(|name| name.rank).max();
    if let Some(primary) = names.iter().position(|name| Some(name.rank) == highest) {
        names.get_mut(..=primary).unwrap_or_default().rotate_right(1);
    }
    if let Some(first) = names.first_mut() {
        first.quality = AliasQuality::Strong;
    }
    names
}

/// What the parts of the names say the party is, where its record does not: `individual`, `vessel`, `aircraft`.
pub(super) fn kind_by_names(names: &[Name]) -> Option<&'static str> {
    match names.first()?.part? {
        Part::Entity => None,
        Part::Vessel => Some("vessel"),
        Part::Aircraft => Some("aircraft"),
        _ => Some("individual"),
    }
}

type PartTypes<'a> = HashMap<Cow<'a, str>, Part>;

fn part_types<'a>(identity: &Element<'a>, references: &References<'a>, log: &mut Log) -> PartTypes<'a> {
    let groups =
        identity.children("NamePartGroups").flat_map(|groups| groups.children("MasterNamePartGroup"));
    let mut types = PartTypes::new();
    for group in groups.flat_map(|master| master.children("NamePartGroup")) {
        let words = references.of(Set::NamePartType, group, "NamePartTypeID", log).unwrap_or_default();
        match (attribute(group, "ID"), Part::of(&words)) {
            (Some(id), Some(part)) => {
                types.insert(id, part);
            }
            (_, None) => {
                let words = clip(&words, 60);
                log.note(
                    "unknown_type",
                    format!("{words:?} is no part of a name that is known; its words are kept"),
                );
            }
            (None, _) => log.note("no_id", "a group of name parts has no ID"),
        }
    }
    types
}

fn add_alias<'a>(
    names: &mut Vec<Name>,
    alias: &Element<'a>,
    types: &PartTypes<'a>,
    references: &References<'a>,
    log: &mut Log,
) {
    let kind = references.of(Set::AliasType, alias, "AliasTypeID", log).unwrap_or_default();
    let (is_primary, is_weak) = (is_true(alias, "Primary"), is_true(alias, "LowQuality"));
    let is_name = is_primary || kind.eq_ignore_ascii_case("name") && !is_weak;
    let kind = if is_name || kind.eq_ignore_ascii_case("name") { "A.K.A." } else { kind.as_ref() };
    for documented in alias.children("DocumentedName") {
        let status = attribute(documented, "DocNameStatusID");
        let status = status.and_then(|id| references.text(Set::DocNameStatus, &id)).unwrap_or_default();
        let parts = parts(documented, types);
        let Some(mut name) = compose(&parts) else {
            log.note("no_name", "an alias has no text");
            continue;
        };
        name.comments.extend(
            [alias, documented]
                .iter()
                .filter_map(|part| super::child_text(part, "Comment"))
                .map(Cow::into_owned),
        );
        name.rank = match is_name {
            true if is_primary && status.starts_with("Primary") => Rank::Primary,
            true => Rank::Name,
            false => Rank::Other,
        };
        name.kind = kind.to_owned();
        name.quality = if is_weak { AliasQuality::Weak } else { AliasQuality::Strong };
        names.push(name);
    }
}

/// The words of a name with the types of their groups.
fn parts(documented: &Element<'_>, types: &PartTypes<'_>) -> Vec<(Option<Part>, String)> {
    let mut parts = Vec::new();
    for part in documented.children("DocumentedNamePart") {
        for value in part.children("NamePartValue") {
            let kind = attribute(value, "NamePartGroupID").and_then(|id| types.get(&id)).copied();
            let around = |name: &str| attribute(part, name).unwrap_or_default();
            let words = format!("{}{}{}", around("LeadingChars"), text(value), around("TrailingChars"));
            let words: String = words.chars().filter(|char| !is_direction_mark(*char)).collect();
            let words = words.trim();
            if !words.is_empty() {
                parts.push((kind, words.to_owned()));
            }
        }
    }
    parts
}

/// Marks for the direction of writing, which are for printing only.
fn is_direction_mark(char: char) -> bool {
    matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn compose(parts: &[(Option<Part>, String)]) -> Option<Name> {
    let of = |kinds: &[Part]| {
        let words: Vec<&str> = parts
            .iter()
            .filter(|(kind, _)| kind.is_some_and(|kind| kinds.contains(&kind)))
            .map(|(_, text)| text.as_str())
            .collect();
        words.join(" ")
    };
    let has = |part: Part| parts.iter().any(|(kind, _)| *kind == Some(part));
    // Where there is a last name, the patronymic is one of the given names; else it is the father's family name.
    let (family, given): (&[Part], &[Part]) =
        match (has(Part::Last), has(Part::Patronymic) || has(Part::Matronymic)) {
            (true, _) => (&[Part::Last, Part::Matronymic], &[Part::First, Part::Middle, Part::Patronymic]),
            (false, true) => (&[Part::Patronymic, Part::Matronymic], &[Part::First, Part::Middle]),
            (false, false) => (&[Part::Maiden], &[Part::First, Part::Middle]),
        };
    let whole: Vec<&str> = parts
        .iter()
        .filter(|(kind, _)| {
            kind.is_none_or(|kind| matches!(kind, Part::Entity | Part::Vessel | Part::Aircraft))
        })
        .map(|(_, text)| text.as_str())
        .collect();
    let given = [of(given), of(&[Part::Nickname])];
    let given: Vec<&str> = given.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let person = print(&of(family), &given.join(" "));
    let full: Vec<String> =
        [capitals(&whole.join(" ")), person].into_iter().filter(|text| !text.is_empty()).collect();
    let full = full.join(" ");
    let mut own = Vec::new();
    for (part, property) in
        [(Part::Middle, "middleName"), (Part::Patronymic, "fatherName"), (Part::Matronymic, "motherName")]
    {
        own.push((property, of(&[part])));
    }
    if has(Part::Maiden) && has(Part::Last) {
        own.push(("previousName", print(&of(&[Part::Maiden]), &given.join(" "))));
    }
    own.retain(|(_, text)| !text.is_empty());
    (!full.is_empty()).then(|| Name {
        full,
        kind: String::new(),
        quality: AliasQuality::Strong,
        parts: own,
        comments: Vec::new(),
        part: parts.iter().find_map(|(kind, _)| *kind),
        rank: Rank::Other,
    })
}

/// A family name and given names as OFAC prints them.
fn print(family: &str, given: &str) -> String {
    let is = |fits: fn(char) -> bool| family.chars().chain(given.chars()).any(fits);
    if family.is_empty() || given.is_empty() {
        return capitals(family) + given;
    }
    if is(|char| matches!(char, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')) {
        format!("{given} {family}")
    } else if is(
        |char| matches!(char, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'),
    ) {
        format!("{family}{given}")
    } else {
        format!("{}, {given}", capitals(family))
    }
}

/// The text in capitals, but for letters whose capitals nobody writes (Georgian).
fn capitals(text: &str) -> String {
    if text.chars().any(|char| matches!(char, '\u{10a0}'..='\u{10ff}')) {
        text.to_owned()
    } else {
        text.to_uppercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(parts: &[(Part, &str)]) -> (String, Vec<(&'static str, String)>) {
        let parts: Vec<_> = parts.iter().map(|(part, text)| (Some(*part), (*text).to_owned())).collect();
        compose(&parts).map(|name| (name.full, name.parts)).unwrap()
    }

    #[test]
    fn names_are_printed_as_in_the_other_files() {
        use Part::{Aircraft, Entity, First, Last, Maiden, Matronymic, Middle, Nickname, Patronymic};
        for (parts, expected) in [
            (&[(Last, "Example"), (First, "Ann"), (Middle, "Bea")][..], "EXAMPLE, Ann Bea"),
            (&[(First, "Ann"), (Last, "Example")], "EXAMPLE, Ann"),
            (&[(Last, "al-Example")], "AL-EXAMPLE"),
            (&[(First, "Ann")], "Ann"),
            (&[(Nickname, "Engineer Ann")], "Engineer Ann"),
            (&[(Entity, "Example Trading Ltd.")], "EXAMPLE TRADING LTD."),
            (&[(Aircraft, "ep-xyz")], "EP-XYZ"),
            (&[(Last, "Пример"), (First, "Анна")], "ПРИМЕР, Анна"),
            (&[(Last, "مثال"), (First, "آنا")], "آنا مثال"),
            (&[(Last, "金"), (First, "例子")], "金例子"),
            (&[(Last, "김"), (First, "예")], "김예"),
            (&[(Patronymic, "Uno"), (Matronymic, "Dos"), (First, "Ana")], "UNO DOS, Ana"),
            (&[(Last, "Example"), (First, "Ann"), (Maiden, "Before")], "EXAMPLE, Ann"),
            (&[(Last, "მაგალითი")], "მაგალითი"),
        ] {
            assert_eq!(full(parts).0, expected);
        }
        let (name, parts) =
            full(&[(Last, "Example"), (First, "Ann"), (Patronymic, "Ivanovna"), (Maiden, "Before")]);
        assert_eq!(name, "EXAMPLE, Ann Ivanovna");
        assert_eq!(
            parts,
            [("fatherName", "Ivanovna".to_owned()), ("previousName", "BEFORE, Ann Ivanovna".to_owned())]
        );
    }
}
