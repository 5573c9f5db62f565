//! Which names are in a field?
//!
//! The list writes other names into brackets (`(also known as …)`), the French name behind a slash, and several aliases into one
//! field, some with their language in front. What is certain is split; what is not stays one name.

use crate::text::fold;

/// Words in front of further names of the same field.
const ALSO: &[&str] = &["also known as", "a.k.a.", "aka "];
const FORMERLY: &[&str] = &["formerly known as", "f.k.a.", "formerly"];
/// Languages that stand in front of a name.
const LANGUAGES: &[&str] = &[
    "belarusian",
    "belarussian",
    "russian",
    "ukrainian",
    "arabic",
    "persian",
    "farsi",
    "hebrew",
    "burmese",
    "spanish",
    "french",
    "english",
    "chinese",
    "korean",
    "serbian",
    "georgian",
    "romanian",
    "moldovan",
    "crimean tatar",
    "cyrillic",
];
/// Legal forms that stand behind a comma of a name, in small letters and without dots.
const LEGAL_FORMS: &[&str] = &[
    "ltd",
    "limited",
    "llc",
    "inc",
    "jsc",
    "ojsc",
    "pjsc",
    "cjsc",
    "oao",
    "ooo",
    "ao",
    "pao",
    "zao",
    "co",
    "sa",
    "fze",
    "limited liability company",
    "joint stock company",
    "public joint stock company",
    "open joint stock company",
    "closed joint stock company",
    "stock company",
    "sc",
    "gmbh",
    "plc",
    "corp",
];
/// A half of a field is a name of its own only with so many letters.
const HALF_LETTERS_MIN: usize = 4;

/// Most brackets with further names in one field.
const BRACKETS_MAX: usize = 20;

/// The names of an entity.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Whole {
    pub(super) name: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) former: Vec<String>,
}

/// The names of a field of aliases.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Aliases {
    pub(super) names: Vec<String>,
    /// Whether it was taken apart at signs that may also stand within a name.
    pub(super) is_guess: bool,
}

/// The names in the field of an entity, which is on one line.
pub(super) fn whole(text: &str) -> Whole {
    let mut whole = Whole::default();
    let mut rest = text.to_owned();
    for _ in 0..BRACKETS_MAX {
        let Some((before, inside, behind)) = further_names(&rest) else { break };
        let (names, property) = match FORMERLY.iter().find_map(|words| after(inside, words)) {
            Some(names) => (names, &mut whole.former),
            None => {
                (ALSO.iter().find_map(|words| after(inside, words)).unwrap_or(inside), &mut whole.aliases)
            }
        };
        property.extend(listed(names).0);
        rest = format!("{} {}", before.trim_end(), behind.trim_start());
    }
    let mut names = halves(&rest).into_iter().map(clean).filter(|name| !name.is_empty());
    whole.name = names.next();
    whole.aliases.splice(0..0, names);
    whole
}

/// What stands in front of a bracket with further names, in it, and behind it. One that is never closed goes to the end.
fn further_names(text: &str) -> Option<(&str, &str, &str)> {
    let starts = text.match_indices('(').map(|(at, _)| at);
    let start = starts.into_iter().find(|at| {
        let inside = text.get(at + 1..).unwrap_or_default();
        ALSO.iter().chain(FORMERLY).any(|words| after(inside, words).is_some())
    })?;
    let inside = text.get(start + 1..)?;
    let mut depth = 1_usize;
    let end = inside.char_indices().find_map(|(at, char)| {
        match char {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    });
    let (inside, behind) =
        end.and_then(|end| Some((inside.get(..end)?, inside.get(end + 1..)?))).unwrap_or((inside, ""));
    Some((text.get(..start)?, inside, behind))
}

/// The text behind these words, in any case.
fn after<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let text = text.trim_start();
    let (head, tail) = text.split_at_checked(words.len())?;
    head.eq_ignore_ascii_case(words).then(|| tail.trim_start_matches([' ', ':']))
}

/// An English name and a French one behind a slash.
fn halves(text: &str) -> Vec<&str> {
    let halves: Vec<&str> = text.split('/').collect();
    let is_name = |half: &&str| half.chars().filter(|char| char.is_alphabetic()).count() >= HALF_LETTERS_MIN;
    if halves.len() == 2 && halves.iter().all(is_name) { halves } else { vec![text] }
}

/// The names in a field of aliases, which may have line breaks.
pub(super) fn aliases(text: &str) -> Aliases {
    let mut aliases = Aliases::default();
    let parts_names = |char| matches!(char, ';' | '؛' | ':' | ',' | '،' | '\n' | '\r');
    if !text.contains(parts_names) && !has_alternatives(text) {
        let text = text.trim();
        let name = clean(text.strip_prefix("and ").unwrap_or(text));
        aliases.names.extend((!name.is_empty()).then_some(name)); // most fields are one name
        return aliases;
    }
    for line in lines(text) {
        for piece in line.split([';', '؛']).flat_map(at_languages) {
            let (names, is_guess) = listed(piece);
            aliases.is_guess |= is_guess;
            for name in names {
                let pieces = alternatives(&name);
                aliases.is_guess |= pieces.len() > 1;
                aliases.names.extend(pieces.into_iter().map(clean).filter(|name| !name.is_empty()));
            }
        }
    }
    aliases
}

/// A line break parts names where letters of another alphabet follow; otherwise it only wraps a name.
fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(fold).filter(|line| !line.is_empty()) {
        match lines.last_mut() {
            Some(last) if is_latin(last) == is_latin(&line) => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => lines.push(line.into_owned()),
        }
    }
    lines
}

/// The text taken apart in front of each `Russian:`, without these words.
fn at_languages(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (colon, _) in text.match_indices(':') {
        let before = text.get(start..colon).unwrap_or_default();
        let label = before.trim_end();
        let language = LANGUAGES.iter().find(|language| {
            let at = label.len().checked_sub(language.len());
            at.and_then(|at| label.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(language))
        });
        let Some(language) = language else { continue };
        pieces.extend(before.get(..label.len() - language.len()));
        start = colon + 1;
    }
    pieces.extend(text.get(start..));
    pieces
}

/// The names between commas, and whether there are several. A legal form behind a comma is part of its name, and a comma in
/// brackets parts nothing.
fn listed(text: &str) -> (Vec<String>, bool) {
    let mut names: Vec<String> = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    let ends = text.char_indices().filter_map(|(at, char)| {
        match char {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | '،' if depth == 0 => return Some((at, at + char.len_utf8())),
            _ => {}
        }
        None
    });
    let ends: Vec<(usize, usize)> = ends.chain([(text.len(), text.len())]).collect();
    for (end, next) in ends {
        let piece = text.get(start..end).unwrap_or_default().trim();
        let piece = piece.strip_prefix("and ").unwrap_or(piece);
        start = next;
        match names.last_mut() {
            Some(last) if is_form(piece) => {
                last.push_str(", ");
                last.push_str(piece);
            }
            _ if !piece.starts_with(char::is_alphanumeric) && clean(piece).is_empty() => {}
            _ => names.push(piece.to_owned()),
        }
    }
    let is_guess = names.len() > 1;
    (names, is_guess)
}

fn is_form(piece: &str) -> bool {
    let form: String = piece.chars().filter(|char| *char != '.').flat_map(char::to_lowercase).collect();
    LEGAL_FORMS.contains(&form.trim())
}

/// Full names with "or" or a slash between them. Where one of them is a single word it is not told how the others go on, and
/// the text stays as it is.
fn alternatives(text: &str) -> Vec<&str> {
    if !has_alternatives(text) {
        return vec![text];
    }
    let pieces: Vec<&str> = text.split(" or ").flat_map(|piece| piece.split('/')).map(str::trim).collect();
    let is_full = |piece: &&str| piece.split_whitespace().count() > 1;
    if pieces.len() > 1 && pieces.iter().all(is_full) { pieces } else { vec![text] }
}

fn has_alternatives(text: &str) -> bool {
    text.contains('/') || text.split(' ').any(|word| word == "or")
}

/// The name on one line, without what the list left at its ends: commas, and brackets without their partners.
fn clean(name: &str) -> String {
    let ends: &[char] = &[',', ';', ':', ' ', '\u{a0}'];
    let mut name = fold(name).trim_end_matches('(').trim_matches(ends).to_owned();
    let count = |sign: u8| name.bytes().filter(|byte| *byte == sign).count();
    let (opened, closed) = (count(b'('), count(b')'));
    let (mark, surplus) = if opened > closed { ('(', opened - closed) } else { (')', closed - opened) };
    for _ in 0..surplus {
        if name.ends_with(mark) {
            name.pop();
            name.truncate(name.trim_end_matches(ends).len());
        }
    }
    if opened == closed + 1 && name.starts_with('(') {
        name.remove(0);
    }
    name
}

/// A last name and, in brackets behind it, another spelling of it: `DIKIY (DIKY)`.
pub(super) fn with_other(last: &str) -> (&str, Option<&str>) {
    let other = last.strip_suffix(')').and_then(|rest| rest.split_once('('));
    match other {
        Some((name, other))
            if !name.trim().is_empty() && !other.trim().is_empty() && !other.contains(['(', ')']) =>
        {
            (name.trim(), Some(other.trim()))
        }
        _ => (last, None),
    }
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
    fn names_of_entities() {
        for (text, name, aliases, former) in [
            ("Alfa Plant", "Alfa Plant", &[][..], &[][..]),
            (
                "Alfa JSC (also known as Alpha Works and Alfa Zavod)",
                "Alfa JSC",
                &["Alpha Works and Alfa Zavod"],
                &[],
            ),
            (
                "Alfa (Also known as Alpha, LLC, Alpha Two (A2), and Alpha Three)",
                "Alfa",
                &["Alpha, LLC", "Alpha Two (A2)", "Alpha Three"],
                &[],
            ),
            ("Alfa (also known as Alpha", "Alfa", &["Alpha"], &[]),
            ("Alfa Army/Armée alfa", "Alfa Army", &["Armée alfa"], &[]),
            ("Alfa (AO)/Alfa organisation", "Alfa (AO)", &["Alfa organisation"], &[]),
            ("Alfa (formerly known as Beta) Ltd", "Alfa Ltd", &[], &["Beta"]),
            ("Alfa S/A", "Alfa S/A", &[], &[]),
            ("Alfa (Beta)", "Alfa (Beta)", &[], &[]),
        ] {
            let whole = whole(text);
            assert_eq!(whole.name.as_deref(), Some(name), "{text}");
            assert_eq!(
                (&whole.aliases[..], &whole.former[..]),
                (&strings(aliases)[..], &strings(former)[..]),
                "{text}"
            );
        }
        assert_eq!(whole(" / "), Whole { name: Some("/".to_owned()), ..Whole::default() });
    }

    fn strings(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn names_of_a_field_of_aliases() {
        for (text, names, is_guess) in [
            ("Иван Петров", &["Иван Петров"][..], false),
            ("Иван Петров; Ivan Petrov", &["Иван Петров", "Ivan Petrov"], false),
            (
                "Jan PIATROU, Belarusian: Ян ПЯТРОЎ,  Russian: Иван ПЕТРОВ",
                &["Jan PIATROU", "Ян ПЯТРОЎ", "Иван ПЕТРОВ"],
                false,
            ),
            ("Alfa Co., Ltd, Beta Works", &["Alfa Co., Ltd", "Beta Works"], true),
            ("Alfa Works or Beta Works", &["Alfa Works", "Beta Works"], true),
            ("Jan/ Jane or Ian Petrov", &["Jan/ Jane or Ian Petrov"], false),
            ("حسن علي/حسن محمد علي", &["حسن علي", "حسن محمد علي"], true),
            ("Alfa Star Line\nLimited", &["Alfa Star Line Limited"], false),
            ("Jan Petrov\n عباس علی", &["Jan Petrov", "عباس علی"], false),
            ("Банк) (Russian: Открытый банк", &["Банк", "Открытый банк"], false),
            ("ЗАО \"Банк\" (ЗАО, Банк)", &["ЗАО \"Банк\" (ЗАО, Банк)"], false),
            (" ; , ", &[], false),
        ] {
            assert_eq!(aliases(text), Aliases { names: strings(names), is_guess }, "{text}");
        }
    }

    #[test]
    fn other_spellings_of_last_names() {
        for (text, name, other) in [
            ("DIKIY (DIKY)", "DIKIY", Some("DIKY")),
            ("PETROV", "PETROV", None),
            ("(PETROV)", "(PETROV)", None),
            ("A (B) (C)", "A (B) (C)", None),
        ] {
            assert_eq!(with_other(text), (name, other), "{text}");
        }
    }
}
