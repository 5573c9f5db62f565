//! Which names are in an alias field, and of what quality?
//!
//! The list puts several names into one field (`A; B`, `A b) B`), other scripts into brackets or notes
//! (`(original script: …)`), and remarks among them (`combat name`, `born in 1973 …`). What is certain is split; what is
//! not stays one name.

use interdict_core::entity::Entity;

use super::dates::{day, span};
use super::party::note_unknown;
use super::places;
use crate::reading::{Log, keep_as_note};
use crate::text::{clip, fold};
use crate::xml::Element;

const KNOWN: &[&str] =
    &["QUALITY", "ALIAS_NAME", "NOTE", "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH"];
/// Words in brackets that say what kind of name it is.
const REMARKS: &[&str] = &["combat name", "birth name", "nom de guerre", "original script", "call sign"];
const FORMER: &[&str] = &["previously listed as", "formerly listed as"];
/// Words in front of a name in its own script.
const SCRIPT_LABELS: &[&str] = &["original script:", "in arabic script:", "in arabic:"];
/// A bracket with at least so many words, in lower case at its start, is a remark and no name.
const REMARK_WORDS_MIN: usize = 4;
/// A note is a list of names only when each has at most so many words.
const NAME_WORDS_MAX: usize = 7;

/// Adds the names of one alias element, and what it says of the birth of who bears them.
pub(super) fn put_alias(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    note_unknown(log, party, element, KNOWN);
    let quality = element.text_of("QUALITY").unwrap_or_default();
    let note = element.text_of("NOTE");
    let field = element.text_of("ALIAS_NAME");
    let property = property(log, &quality, [&field, &note]);
    let mut names = field.as_deref().map(names_in).unwrap_or_default();
    if let Some(note) = &note {
        names.extend(names_in_note(note));
        let of = field.as_deref().unwrap_or("alias");
        keep_as_note(party, &format!("alias {of}"), note);
    }
    if let Some(field) = field.filter(|field| has_remark(field)) {
        keep_as_note(party, "alias", &field);
    }
    for name in names {
        log.put(party, property, name);
    }
    put_birth(log, party, element);
}

/// The property for the names of an alias of this quality.
fn property(log: &mut Log, quality: &str, texts: [&Option<String>; 2]) -> &'static str {
    let is_former = |text: &String| FORMER.iter().any(|words| text.to_lowercase().contains(words));
    if texts.into_iter().flatten().any(is_former) {
        return "previousName";
    }
    match quality.to_lowercase().trim_end_matches('.') {
        "low" => "weakAlias",
        "f.k.a" | "fka" => "previousName",
        "good" | "a.k.a" | "aka" => "alias",
        "" if texts[0].is_none() => "alias",
        _ => {
            let quality = clip(quality, 40);
            log.note(
                "unknown_quality",
                format!("the alias quality {quality:?} is not known; it is taken as good"),
            );
            "alias"
        }
    }
}

fn put_birth(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    for date in element.texts_of("DATE_OF_BIRTH") {
        if date.eq_ignore_ascii_case("null") {
            continue; // the publisher's word for no value
        }
        match day(&date).or_else(|| span(&date)) {
            Some(date) => log.put(party, "birthDate", date.to_string()),
            None => {
                log.value_lost(
                    "bad_date",
                    "a date of birth of an alias cannot be read; it is kept as a note",
                );
                keep_as_note(party, "birthDate", &date);
            }
        }
    }
    let places = [("CITY_OF_BIRTH", "CITY"), ("COUNTRY_OF_BIRTH", "COUNTRY")];
    let mut place = Element::default();
    for (from, to) in places {
        for found in element.children(from) {
            place.children.push(Element { name: to.into(), ..found.clone() });
        }
    }
    places::put_birth(log, party, &place);
}

/// The names in one field: split at `;` and at markers such as ` b) `, names in another script taken out of brackets,
/// remarks left out.
pub(super) fn names_in(field: &str) -> Vec<String> {
    let mut names = Vec::new();
    for piece in pieces(field) {
        let piece = piece.split(", born ").next().unwrap_or(piece);
        let (outside, brackets) = brackets(piece);
        let mut name = outside;
        let mut inner = Vec::new();
        for bracket in brackets {
            match Bracket::of(&bracket, &name) {
                Bracket::Remark => {}
                Bracket::Names => {
                    inner.extend(pieces(&bracket).iter().map(|piece| without_label(&brackets_off(piece))))
                }
                Bracket::PartOfName => name = format!("{name} ({bracket})"),
            }
        }
        names.push(clean(&if name.contains('(') { piece_without(piece, &inner, &name) } else { name }));
        names.extend(inner.iter().map(|name| clean(name)));
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The names in an alias's note: behind `original script:`, or a list of names alone or in brackets.
fn names_in_note(note: &str) -> Vec<String> {
    let lower = note.to_lowercase();
    for label in SCRIPT_LABELS {
        // Lower case has the same length in bytes here unless the text has rare letters; `get` covers those.
        if let Some(name) = lower.find(label).and_then(|at| note.get(at + label.len()..)) {
            return vec![clean(name)];
        }
    }
    let (outside, brackets) = brackets(note);
    let lists = std::iter::once(outside).chain(brackets);
    for list in lists {
        let names: Vec<String> = pieces(&list).into_iter().map(clean).collect();
        if names.len() > 1 && names.iter().all(|name| looks_like_a_name(name)) {
            return names;
        }
    }
    Vec::new()
}

/// What brackets in a name hold.
enum Bracket {
    Remark,
    Names,
    PartOfName,
}

impl Bracket {
    fn of(bracket: &str, name: &str) -> Self {
        let lower = bracket.to_lowercase();
        let starts_low = bracket.starts_with(char::is_lowercase);
        if REMARKS.iter().chain(FORMER).any(|words| lower == *words) {
            Self::Remark
        } else if SCRIPT_LABELS.iter().any(|label| lower.starts_with(label)) || bracket.contains(';') {
            Self::Names
        } else if starts_low && bracket.split_whitespace().count() >= REMARK_WORDS_MIN {
            Self::Remark
        } else if has_letters(name) && has_letters(bracket) && is_latin(name) != is_latin(bracket) {
            Self::Names
        } else {
            Self::PartOfName
        }
    }
}

/// The text split at `;` and at list markers that stand outside of brackets.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    let bytes = text.as_bytes();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if is_marker(bytes, at) && depth == 0 => {
                pieces.push(text.get(start..at - 1).unwrap_or_default());
                start = at + 1;
            }
            b')' => depth = depth.saturating_sub(1),
            b';' if depth == 0 => {
                pieces.push(text.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(text.get(start..).unwrap_or_default());
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// Whether a bracket closes a list marker: one small letter alone, as in `a) … b) …`.
fn is_marker(bytes: &[u8], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| bytes.get(at)).copied();
    before(1).is_some_and(|letter| letter.is_ascii_lowercase())
        && before(2).is_none_or(|byte| byte == b' ')
        && bytes.get(at + 1) == Some(&b' ')
}

/// The text outside of brackets, and each outermost bracket. An unclosed bracket is part of the text.
fn brackets(text: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside, mut found) = (String::new(), String::new(), Vec::new());
    let mut depth = 0_usize;
    for char in text.chars() {
        match char {
            '(' if depth == 0 => depth = 1,
            ')' if depth == 1 => {
                depth = 0;
                found.push(std::mem::take(&mut inside).trim().to_owned());
            }
            _ if depth == 0 => outside.push(char),
            _ => {
                match char {
                    '(' => depth += 1,
                    ')' => depth -= 1,
                    _ => {}
                }
                inside.push(char);
            }
        }
    }
    if depth > 0 {
        outside = format!("{outside}({inside}");
    }
    (fold(&outside).into_owned(), found)
}

/// A name inside of brackets without the remark brackets in it.
fn brackets_off(text: &str) -> String {
    let (mut name, found) = brackets(text);
    for bracket in found {
        if !matches!(Bracket::of(&bracket, &name), Bracket::Remark) {
            name = format!("{name} ({bracket})");
        }
    }
    name
}

/// The piece as it stands when its brackets are parts of the name in its middle: `Leader (Hong Kong) Limited`.
fn piece_without(piece: &str, inner: &[String], name: &str) -> String {
    let (_, all) = brackets(piece);
    let remarks = all.iter().any(|bracket| matches!(Bracket::of(bracket, name), Bracket::Remark));
    if inner.is_empty() && !remarks { piece.to_owned() } else { name.to_owned() }
}

fn without_label(name: &str) -> String {
    let lower = name.to_lowercase();
    let label = SCRIPT_LABELS.iter().find(|label| lower.starts_with(**label));
    label.and_then(|label| name.get(label.len()..)).unwrap_or(name).to_owned()
}

fn has_remark(field: &str) -> bool {
    field.contains(", born ")
        || field.contains("sub-unit name")
        || brackets(field).1.iter().any(|bracket| matches!(Bracket::of(bracket, field), Bracket::Remark))
}

/// The name on one line, without what the publisher left at its ends.
fn clean(name: &str) -> String {
    let name = fold(name);
    let name = name.strip_suffix("- sub-unit name").unwrap_or(&name);
    let name = name.trim_matches(|char: char| char.is_whitespace() || matches!(char, ',' | ';'));
    let stray = name.starts_with(')').then(|| name.trim_start_matches([')', ' ']));
    stray.unwrap_or(name).to_owned()
}

fn looks_like_a_name(name: &str) -> bool {
    name.split_whitespace().count() <= NAME_WORDS_MAX
        && name.chars().next().is_some_and(|first| first.is_alphabetic() && !first.is_lowercase())
        && !name.contains(|char: char| char.is_ascii_digit() || char == ':')
}

fn has_letters(text: &str) -> bool {
    text.contains(char::is_alphabetic)
}

/// Whether most letters are of the Latin script (which ends, with its marks and extensions, at U+02FF and U+1EFF).
fn is_latin(text: &str) -> bool {
    let letters = text.chars().filter(|char| char.is_alphabetic());
    let (latin, other): (Vec<char>, Vec<char>) =
        letters.partition(|char| matches!(char, '\0'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}'));
    latin.len() >= other.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_with_one_name() {
        for (field, name) in [
            ("Abu  Ali", "Abu Ali"),
            ("ALI, Yasin Baynah", "ALI, Yasin Baynah"),
            (") Abdelrahman al Dabissi", "Abdelrahman al Dabissi"),
            ("Al-Qaida in Egypt (AQE)", "Al-Qaida in Egypt (AQE)"),
            (
                "Leader (Hong Kong) International Trading Limited",
                "Leader (Hong Kong) International Trading Limited",
            ),
            ("華信船務(香港)有限公司", "華信船務(香港)有限公司"),
            ("(Sheikh) Musa Hilal", "(Sheikh) Musa Hilal"),
            ("El Para (combat name)", "El Para"),
            ("EL PARA (COMBAT NAME)", "EL PARA"),
            ("ROADS (NORTHERN AREA", "ROADS (NORTHERN AREA"),
            ("X Y (false identity related to papers that were confiscated)", "X Y"),
            ("Said Wali, born in Kandahar on 01 Jan.1967", "Said Wali"),
            ("BADICA/KARDIAM", "BADICA/KARDIAM"),
        ] {
            assert_eq!(names_in(field), [name]);
        }
        assert!(names_in(" ; ").is_empty());
    }

    #[test]
    fn fields_with_several_names() {
        for (field, names) in [
            ("A Rashidi; B Rashedi", &["A Rashidi", "B Rashedi"][..]),
            (
                "M Sabet; Mo Sabet b) J. Kareemi; J. Karimi",
                &["M Sabet", "Mo Sabet", "J. Kareemi", "J. Karimi"],
            ),
            ("a) Kim Il b) Kim I", &["Kim Il", "Kim I"]),
            ("Jin Tiesan (金铁三)", &["Jin Tiesan", "金铁三"]),
            ("Abu Bakr (original script: Абу Бакр)", &["Abu Bakr", "Абу Бакр"]),
            ("Haji Gul (حاجی گل ),", &["Haji Gul", "حاجی گل"]),
            ("حسن غول (Hassan Ghul; Hasan Gul)", &["حسن غول", "Hassan Ghul", "Hasan Gul"]),
            (
                "Tahrir (TTS) (هيئة (original script); Hayat; Hay’at)",
                &["Tahrir (TTS)", "هيئة", "Hayat", "Hay’at"],
            ),
            ("شبكة (The Network - sub-unit name)", &["شبكة", "The Network"]),
            ("شبكة (Ansar in Libya (ASL))", &["شبكة", "Ansar in Libya (ASL)"]),
        ] {
            assert_eq!(names_in(field), names);
        }
    }

    #[test]
    fn names_in_notes() {
        for (note, names) in [
            ("original script: Абу Банат", &["Абу Банат"][..]),
            ("Previously listed as. In Arabic: أبوبكر", &["أبوبكر"]),
            ("(Abu Du’a; Abu Duaa’) prominently known by this nom de guerre", &["Abu Du’a", "Abu Duaa’"]),
            (
                "born in 1971 in Samarra, Iraq (Ibrahim Awad; Dr. Ibrahim Awwad)",
                &["Ibrahim Awad", "Dr. Ibrahim Awwad"],
            ),
            ("previously listed as", &[]),
            ("Passport number: B0515260; DOB: 1948; POB: Mali", &[]),
            ("born in 1973 in Shabwa, Yemen; nationality Yemeni", &[]),
        ] {
            assert_eq!(names_in_note(note), names, "{note}");
        }
    }
}
