//! What does a JSON value hold? Read level by level, so that the text of a number stays what the file says and what nobody asks for
//! is left alone.

use std::borrow::Cow;
use std::fmt;

use interdict_core::limits;
use interdict_lists::json::is_too_deep;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A JSON value that is not taken apart yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'a>(&'a str);

/// What is wrong with a text that is no JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RawError {
    TooDeep,
    EndsInTheMiddle,
    Syntax,
}

impl RawError {
    pub fn reason(self) -> String {
        match self {
            Self::TooDeep => format!("the JSON is nested deeper than {}", limits::DEPTH_MAX),
            Self::EndsInTheMiddle => "the JSON ends in the middle".to_owned(),
            Self::Syntax => "no JSON: the syntax is wrong".to_owned(),
        }
    }
}

impl<'a> Raw<'a> {
    /// The value that a text is, checked as a whole.
    pub fn new(text: &'a str) -> Result<Self, RawError> {
        if is_too_deep(text) {
            return Err(RawError::TooDeep);
        }
        match serde_json::from_str::<&RawValue>(text) {
            Ok(value) => Ok(Self(value.get())),
            Err(error) if error.is_eof() => Err(RawError::EndsInTheMiddle),
            Err(_) => Err(RawError::Syntax),
        }
    }

    /// The first value of a text, whatever follows it.
    pub fn first(text: &'a str) -> Option<Self> {
        if is_too_deep(text) {
            return None;
        }
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
        Some(Self(values.next()?.ok()?.get()))
    }

    /// The fields, when this is an object.
    pub fn object(self) -> Option<Fields<'a>> {
        serde_json::from_str(self.0).ok()
    }

    /// The items, when this is an array.
    pub fn array(self) -> Option<Vec<Self>> {
        let items: Vec<&RawValue> = serde_json::from_str(self.0).ok()?;
        Some(items.into_iter().map(|item| Self(item.get())).collect())
    }

    /// The text of a text or a number that is not empty.
    pub fn text(self) -> Option<Cow<'a, str>> {
        match self.0.as_bytes().first()? {
            b'"' => {
                let Text(text) = serde_json::from_str(self.0).ok()?;
                let is_blank = text.trim().is_empty();
                (!is_blank).then_some(text)
            }
            b'-' | b'0'..=b'9' => Some(Cow::Borrowed(self.0)),
            _ => None,
        }
    }

    /// Whether this is `true`.
    pub fn is_true(self) -> bool {
        self.0 == "true"
    }

    /// Whether this says nothing: `null`, an empty text, array or object.
    pub fn is_nothing(self) -> bool {
        matches!(self.0, "null" | "\"\"" | "[]" | "{}")
    }
}

/// The fields of an object, in the order of the file; those that are taken are gone, so that the others can be told.
#[derive(Debug, Default)]
pub(super) struct Fields<'a>(Vec<(Cow<'a, str>, Raw<'a>)>);

impl<'a> Fields<'a> {
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// The first field of a name, without taking it.
    pub fn get(&self, name: &str) -> Option<Raw<'a>> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    /// Takes the first field of a name.
    pub fn take(&mut self, name: &str) -> Option<Raw<'a>> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.swap_remove(at).1)
    }

    /// Takes a text.
    pub fn take_text(&mut self, name: &str) -> Option<Cow<'a, str>> {
        self.take(name)?.text()
    }

    /// Takes the items of an array; a value that is no array is its only item.
    pub fn take_items(&mut self, name: &str) -> Vec<Raw<'a>> {
        match self.take(name) {
            Some(value) if !value.is_nothing() => value.array().unwrap_or_else(|| vec![value]),
            _ => Vec::new(),
        }
    }

    /// The names of what was not taken and says something.
    pub fn rest(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, value)| !value.is_nothing()).map(|(name, _)| name.as_ref())
    }
}

#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Fields<'de>, A::Error> {
        let mut all = Vec::new();
        while let Some((Text(name), value)) = fields.next_entry::<Text<'de>, &'de RawValue>()? {
            all.push((name, Raw(value.get())));
        }
        Ok(Fields(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_text() {
        let text = r#"{"a": 33.3333333333333333333, "b": "김\u0041", "c": [1, null], "a": 2, "d": {}}"#;
        let mut fields = Raw::new(text).unwrap().object().unwrap();
        assert_eq!(fields.take_text("a").unwrap(), "33.3333333333333333333");
        assert_eq!(fields.take_text("b").unwrap(), "김A");
        assert_eq!(fields.take_items("c").len(), 2);
        assert_eq!(fields.rest().collect::<Vec<_>>(), ["a"], "a repeated name is told");
        assert!(fields.take("none").is_none());
    }

    #[test]
    fn what_is_no_json_is_refused() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(Raw::new(&deep).unwrap_err(), RawError::TooDeep);
        assert_eq!(Raw::new("{\"a\": [").unwrap_err(), RawError::EndsInTheMiddle);
        for bad in ["NaN", "{\"a\": NaN}", "{a: 1}", "{} {}"] {
            assert_eq!(Raw::new(bad).unwrap_err(), RawError::Syntax, "{bad}");
        }
    }
}
