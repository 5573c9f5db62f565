//! How is the change of one field put in words that a person can take in?

use std::fmt::Write as _;

use interdict_core::model;
use interdict_lists::delta::FieldChange;

use super::text::Captions;

/// Longest text that is shown whole, in characters.
const CHARS_SHOWN: usize = 200;
/// Longest difference of two texts that is shown whole, with the words around, in characters.
const DIFFERENCE_CHARS_SHOWN: usize = 400;
/// Most values of one field that are shown.
const VALUES_SHOWN: usize = 12;
/// How much of what stays is shown around what changed in a long text, in words.
const WORDS_AROUND: usize = 4;
/// Texts with at least so many words are compared word by word.
const WORDS_COMPARED_MIN: usize = 8;

/// What is known besides a change when it is shown.
pub(super) struct Context<'a> {
    /// The schema of the party.
    pub schema: &'a str,
    /// All changes of the party.
    pub fields: &'a [FieldChange],
    /// The names of parties by id.
    pub captions: &'a Captions,
}

/// The lines of one change: a value in place of another in one line, else each value in its own.
pub(super) fn shown(field: &FieldChange, context: &Context<'_>) -> Vec<String> {
    let gone = |text: &str| format!("- {}{}", value(field, text, context), context.went(field, text));
    let come = |text: &str| format!("+ {}{}", value(field, text, context), context.came(field, text));
    if let ([before], [after]) = (&field.before[..], &field.after[..]) {
        if let Some(differences) = difference(before, after) {
            return differences;
        }
        let moves = !context.went(field, before).is_empty() || !context.came(field, after).is_empty();
        if !moves && before.chars().count() + after.chars().count() <= CHARS_SHOWN / 2 {
            return vec![format!("{} → {}", value(field, before, context), value(field, after, context))];
        }
    }
    let all = field.before.iter().map(|text| gone(text)).chain(field.after.iter().map(|text| come(text)));
    let mut lines: Vec<String> = all.take(VALUES_SHOWN).collect();
    let n_values = field.before.len() + field.after.len();
    if n_values > lines.len() {
        lines.push(format!("… and {} more; --csv and --json have all", n_values - lines.len()));
    }
    lines
}

impl Context<'_> {
    /// Where a value that went from here is now: an alias may become a weak one.
    fn went(&self, from: &FieldChange, text: &str) -> String {
        self.elsewhere(from, |other| other.after.iter().any(|come| come == text), "now")
    }

    /// Where a value that came here was before.
    fn came(&self, to: &FieldChange, text: &str) -> String {
        self.elsewhere(to, |other| other.before.iter().any(|gone| gone == text), "before")
    }

    fn elsewhere(&self, here: &FieldChange, has: impl Fn(&FieldChange) -> bool, when: &str) -> String {
        let mut others = self.fields.iter().filter(|other| {
            other.part.is_none() && here.part.is_none() && other.property != here.property && has(other)
        });
        let property = others.find_map(|other| other.property.as_deref());
        property.map(|property| format!(" ({when} {property})")).unwrap_or_default()
    }
}

/// A value; a code with what it stands for, the id of a party with its name.
fn value(field: &FieldChange, text: &str, context: &Context<'_>) -> String {
    let mut shown = clipped(text, CHARS_SHOWN);
    let schema = model::schema(field.part.as_deref().unwrap_or(context.schema));
    let property = field.property.as_deref().and_then(|name| schema?.property(name));
    let known = property.and_then(|property| model::value(property.kind, text)).map(|(_, label)| label);
    if let Some(known) = known.or_else(|| context.captions.get(text).map(String::as_str)) {
        let _ = write!(shown, " ({})", clipped(known, CHARS_SHOWN));
    }
    shown
}

/// The start of a text, with a sign where the rest was left out.
pub(super) fn clipped(text: &str, chars_max: usize) -> String {
    match text.char_indices().nth(chars_max) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Where two long texts differ, with some words around; none where they are short or have too little in common. Words that
/// are only in one of them need one line.
fn difference(before: &str, after: &str) -> Option<Vec<String>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (words(before), words(after));
    let shorter = old.len().min(new.len());
    let start = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(one, other)| one == other).count();
    let end = end.min(shorter.saturating_sub(start));
    let alike = start + end;
    let is_long = old.len().max(new.len()) >= WORDS_COMPARED_MIN;
    if before != after && old == new {
        return Some(vec!["only blanks differ".to_owned()]);
    }
    if !is_long || alike < shorter.div_ceil(2).min(WORDS_COMPARED_MIN) || alike == 0 {
        return None;
    }
    let line = |sign: &str, words: &[&str]| {
        format!("{sign} {}", clipped(&part(words, start, end), DIFFERENCE_CHARS_SHOWN))
    };
    let gone = (old.len() > alike).then(|| line("-", &old));
    Some(gone.into_iter().chain((new.len() > alike).then(|| line("+", &new))).collect())
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// The words between those that stay at the start and at the end, in brackets, with some of these around.
fn part(words: &[&str], start: usize, end: usize) -> String {
    let until = words.len().saturating_sub(end);
    let lead = start.saturating_sub(WORDS_AROUND);
    let tail = (until + WORDS_AROUND).min(words.len());
    let join = |from: usize, to: usize| words.get(from..to).unwrap_or_default().join(" ");
    let mut pieces = Vec::new();
    pieces.extend((lead > 0).then(|| "…".to_owned()));
    pieces.push(join(lead, start));
    pieces.push(format!("[{}]", join(start, until)));
    pieces.push(join(until, tail));
    pieces.extend((tail < words.len()).then(|| "…".to_owned()));
    pieces.retain(|piece| !piece.is_empty());
    pieces.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(property: &str, before: &[&str], after: &[&str]) -> FieldChange {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let property = Some(property.to_owned());
        FieldChange { part: None, of: None, property, before: texts(before), after: texts(after) }
    }

    fn lines(fields: &[FieldChange]) -> Vec<String> {
        let captions = Captions::from([("own-2".to_owned(), "Example Holding".to_owned())]);
        let context = Context { schema: "Company", fields, captions: &captions };
        fields.iter().flat_map(|field| shown(field, &context)).collect()
    }

    #[test]
    fn a_long_text_is_shown_where_it_differs() {
        let before =
            "Reported to be in custody since 2019. Review concluded on 4 March 2020 in the usual way.";
        let after = before.replace("4 March 2020", "9 May 2022");
        let expected = [
            "- … Review concluded on [4 March 2020] in the usual way.",
            "+ … Review concluded on [9 May 2022] in the usual way.",
        ];
        let told = lines(&[field("notes", &[before], &[&after])]);
        assert_eq!(told.iter().map(|line| line.replace("2019. ", "")).collect::<Vec<_>>(), expected);
        assert_eq!(lines(&[field("notes", &["a  b"], &["a b"])]), ["only blanks differ"]);
        let longer = format!("{before} Deceased.");
        let told = lines(&[field("notes", &[before], &[&longer])]);
        assert_eq!(told, ["+ … in the usual way. [Deceased.]"]);
        let told = lines(&[field("notes", &[&longer], &[before])]);
        assert_eq!(told, ["- … in the usual way. [Deceased.]"]);
    }

    #[test]
    fn short_values_codes_and_ids_are_shown_whole() {
        assert_eq!(lines(&[field("country", &["kp"], &["ru"])]), ["kp (North Korea) → ru (Russia)"]);
        let told = lines(&[field("parent", &["a"], &["b", "own-2"])]);
        assert_eq!(told, ["- a", "+ b", "+ own-2 (Example Holding)"]);
        let told = lines(&[field("name", &[], &["x"; 14])]);
        assert_eq!(told.last().map(String::as_str), Some("… and 2 more; --csv and --json have all"));
    }

    #[test]
    fn a_value_that_only_moves_says_where() {
        let told = lines(&[field("alias", &["EXCO"], &["Example Co"]), field("weakAlias", &[], &["EXCO"])]);
        assert_eq!(told, ["- EXCO (now weakAlias)", "+ Example Co", "+ EXCO (before alias)"]);
    }
}
