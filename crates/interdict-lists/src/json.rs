//! What do the lines of a JSON file hold? One object each, bounded in depth, with every field kept, repeated ones too.

use std::borrow::Cow;

use interdict_core::entity::Entity;
use interdict_core::issue::Position;
use interdict_core::limits;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::lines::{self, Line};
use crate::reading::{Log, Lost, Reading};
use crate::source::ReadError;

/// A JSON value. Numbers and truth values are kept as their texts. Texts without escapes are those of the line, not copies.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json<'a> {
    Null,
    Text(Cow<'a, str>),
    Scalar(Cow<'a, str>),
    Array(Vec<Json<'a>>),
    Object(Object<'a>),
}

/// The fields of an object in the order of the file. Unlike in a map, none is lost when a name comes twice.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Object<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Object<'a> {
    /// The first field of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.fields().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    /// The text of that field; a number counts as its text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Json::Text(text) | Json::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The first field of that name, to be changed.
    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Json<'a>> {
        self.0.iter_mut().find(|(field, _)| field == name).map(|(_, value)| value)
    }

    /// Adds a field, whether or not there is one of that name.
    pub(crate) fn push(&mut self, name: &'static str, value: Json<'a>) {
        self.0.push((Cow::Borrowed(name), value));
    }

    /// Keeps the fields for which `keep` says so; it may change their values.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&str, &mut Json<'a>) -> bool) {
        self.0.retain_mut(|(name, value)| keep(name, value));
    }

    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &Json<'a>)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }
}

/// Reads every line that is not blank as one record of a kind: an object, from which `entities` makes the entities.
///
/// # Errors
/// When there are more lines than the bound, not one of them gives an entity, or the file ends in the middle of a line.
pub(crate) fn read_lines<'a, E: IntoIterator<Item = Entity>>(
    reading: &mut Reading<'a>,
    kind: &'static str,
    format: &'static str,
    mut entities: impl FnMut(&mut Reading<'a>, &Object<'_>, &mut Log) -> Result<E, Lost>,
) -> Result<(), ReadError> {
    each_line(reading, kind, |reading, object, mut log| {
        let outcome = object.and_then(|object| entities(reading, &object, &mut log));
        reading.settle(kind, log, outcome);
        Ok(())
    })?;
    refuse_without_entity(reading, kind, format)
}

/// Counts every line that is not blank as one record of a kind, and hands on its object or what is wrong with it. What
/// comes of the record must be settled there.
///
/// # Errors
/// When there are more lines than the bound, the file ends in the middle of a line, or `take` fails.
pub(crate) fn each_line<'a>(
    reading: &mut Reading<'a>,
    kind: &'static str,
    mut take: impl FnMut(&mut Reading<'a>, Result<Object<'a>, Lost>, Log) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let file = reading.file;
    for line in lines::lines(file.bytes) {
        if line.text.is_ok_and(|text| text.trim().is_empty()) {
            continue;
        }
        reading.count(kind)?;
        let log = reading.log(Position::Line(line.number));
        let object = line
            .text
            .map_err(Lost::from)
            .and_then(|text| object(text).map_err(|reason| Lost::new("bad_json", reason)));
        if object.is_err() && is_cut(file.bytes, &line) {
            let reason = "the last line is the start of an object".to_owned();
            return Err(ReadError::Truncated { file: file.name.to_owned(), reason });
        }
        take(reading, object, log)?;
    }
    Ok(())
}

/// Refuses a file of which no line gave an entity.
///
/// # Errors
/// Says what is wrong with the first line.
pub(crate) fn refuse_without_entity(
    reading: &Reading<'_>,
    kind: &'static str,
    format: &'static str,
) -> Result<(), ReadError> {
    if reading.is_empty() {
        return Err(no_line_of(reading, kind, format));
    }
    Ok(())
}

/// The refusal of a file that has no line of a kind.
pub(crate) fn no_line_of(reading: &Reading<'_>, kind: &'static str, format: &'static str) -> ReadError {
    let first = reading.first_issue().unwrap_or_default();
    let reason = format!("it has no line of the kind {kind}; the first: {first}");
    ReadError::WrongForm { file: reading.file.name.to_owned(), format, reason }
}

/// Whether the file ends in the middle of this line: no line end follows, and what is there is the start of an object.
fn is_cut(bytes: &[u8], line: &Line<'_>) -> bool {
    let rest = usize::try_from(line.offset).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
    if rest.len() > limits::LINE_BYTES_MAX || rest.contains(&b'\n') {
        return false;
    }
    let text = match std::str::from_utf8(rest) {
        Ok(text) => text,
        // The cut may go through a letter.
        Err(error) if error.error_len().is_none() => rest
            .get(..error.valid_up_to())
            .and_then(|text| std::str::from_utf8(text).ok())
            .unwrap_or_default(),
        Err(_) => return false,
    };
    text.trim_start().starts_with('{')
        && serde_json::from_str::<IgnoredAny>(text).is_err_and(|error| error.is_eof())
}

/// The object in a line, or what is wrong with it. The reason says where, and quotes nothing of the line.
pub(crate) fn object(line: &str) -> Result<Object<'_>, String> {
    if is_too_deep(line) {
        return Err(format!("the JSON is nested deeper than {}", limits::DEPTH_MAX));
    }
    match serde_json::from_str::<Json<'_>>(line) {
        Ok(Json::Object(object)) => Ok(object),
        Ok(_) => Err("the line is no JSON object".to_owned()),
        Err(error) => Err(format!("the line is no JSON (column {}): {}", error.column(), category(&error))),
    }
}

/// The object in the first line that is not blank, within the first bytes that any entity could need.
pub(crate) fn first_object(bytes: &[u8]) -> Option<Object<'_>> {
    let first =
        lines::lines(bytes).take(10).find(|line| !line.text.is_ok_and(|text| text.trim().is_empty()))?;
    let text = first.text.ok().filter(|text| text.trim_start().starts_with('{'))?;
    object(text).ok()
}

/// Whether a text has JSON nested deeper than [`limits::DEPTH_MAX`].
pub fn is_too_deep(line: &str) -> bool {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for byte in line.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => depth += 1,
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limits::DEPTH_MAX {
            return true;
        }
    }
    false
}

fn category(error: &serde_json::Error) -> &'static str {
    if error.is_eof() { "it ends in the middle" } else { "the syntax is wrong" }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Scalar(Cow::Owned(value.to_string())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Scalar(Cow::Owned(value.to_string())))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Scalar(Cow::Owned(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(Json::Scalar(Cow::Owned(value.to_string())))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element()? {
            array.push(item);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Json<'de>, A::Error> {
        let mut object = Vec::new();
        while let Some((Name(name), value)) = fields.next_entry()? {
            object.push((name, value));
        }
        Ok(Json::Object(Object(object)))
    }
}

/// The name of a field.
#[derive(Deserialize)]
#[serde(transparent)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_where_the_file_ends_in_it() {
        let is_cut = |bytes: &[u8]| lines::lines(bytes).last().is_some_and(|line| is_cut(bytes, &line));
        let whole = "{\"a\": [\"김\"]}".as_bytes();
        for end in 1..whole.len() {
            assert!(is_cut(&whole[..end]), "cut after {end} bytes");
            assert!(!is_cut(&[&whole[..end], b"\n"].concat()), "a whole line of {end} bytes");
        }
        for other in [whole, b"{\"a\": nonsense", b"[1, ", b"text", b"{\"\xff"] {
            assert!(!is_cut(other), "{}", String::from_utf8_lossy(other));
        }
    }

    #[test]
    fn repeated_fields_are_kept() {
        let object = object(r#"{"a": ["x"], "a": 5, "b": null}"#).unwrap();
        let names: Vec<&str> = object.fields().map(|(name, _)| name).collect();
        assert_eq!(names, ["a", "a", "b"]);
    }

    #[test]
    fn depth_is_bounded_and_brackets_in_texts_do_not_count() {
        let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(!is_too_deep(&deep(limits::DEPTH_MAX)));
        assert!(is_too_deep(&deep(limits::DEPTH_MAX + 1)));
        assert!(object(&format!("{{\"a\": {}}}", deep(100_000))).is_err());
        assert!(!is_too_deep(&format!(r#"{{"a": "\"{}"}}"#, "[".repeat(100))));
    }

    #[test]
    fn what_is_no_object_is_named_without_quoting_it() {
        for (line, reason) in [
            ("[1]", "the line is no JSON object"),
            (r#"{"secret": "#, "the line is no JSON (column 11): it ends in the middle"),
            ("secret", "the line is no JSON (column 1): the syntax is wrong"),
        ] {
            assert_eq!(object(line), Err(reason.to_owned()), "{line}");
        }
    }
}
