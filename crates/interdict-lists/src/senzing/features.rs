//! Which features does a record have, wherever its attributes stand?

use super::attributes::{self, Family, Single};
use crate::json::{Json, Object};
use crate::reading::Log;
use crate::text::clip;

/// How many features back an attribute is put to one that was begun before. Nobody tells more at once, and a record that repeats
/// one attribute a hundred thousand times must not be slow.
const LOOK_BACK: usize = 64;

/// Attributes that say one thing together: the parts of a name, a number and its country.
#[derive(Debug)]
pub(super) struct Feature<'a> {
    pub(super) family: Family,
    /// The word for its use, where the names of the attributes have one before them: `HOME`.
    pub(super) usage: String,
    values: Vec<(&'static str, &'a str)>,
}

/// What a record says, in its order.
#[derive(Debug, Default)]
pub(super) struct Record<'a> {
    pub(super) features: Vec<Feature<'a>>,
    /// Name and text of attributes that are not known.
    pub(super) unknown: Vec<(String, &'a str)>,
}

impl<'a> Feature<'a> {
    /// The text of that attribute.
    pub(super) fn get(&self, attribute: &str) -> Option<&'a str> {
        self.values.iter().find(|(name, _)| *name == attribute).map(|(_, text)| *text)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        self.values.iter().copied()
    }
}

impl<'a> Record<'a> {
    /// The features of one line.
    pub(super) fn of(object: &'a Object, log: &mut Log) -> Self {
        let mut record = Self::default();
        for (name, value) in object.fields() {
            let texts = match value {
                Json::Array(items) => items.as_slice(),
                value => std::slice::from_ref(value),
            };
            // Flat attributes come first, so that none of an inner object is taken for one of them.
            texts
                .iter()
                .filter(|item| !matches!(item, Json::Object(_)))
                .for_each(|item| record.take(0, name, item, log));
        }
        for (_, value) in object.fields() {
            match value {
                Json::Object(inner) => record.take_object(inner, log),
                Json::Array(items) => items.iter().for_each(|item| {
                    if let Json::Object(inner) = item {
                        record.take_object(inner, log);
                    }
                }),
                _ => {}
            }
        }
        record
    }

    /// The features of a family.
    pub(super) fn of_family(&self, family: Family) -> impl Iterator<Item = &Feature<'a>> {
        self.features.iter().filter(move |feature| feature.family == family)
    }

    /// The texts of an attribute that stands alone.
    pub(super) fn texts(&self, attribute: &'static str) -> impl Iterator<Item = &'a str> {
        self.features.iter().filter_map(move |feature| feature.get(attribute))
    }

    fn take_object(&mut self, object: &'a Object, log: &mut Log) {
        let begun = self.features.len();
        for (name, value) in object.fields() {
            match value {
                Json::Array(items) => items.iter().for_each(|item| self.take(begun, name, item, log)),
                value => self.take(begun, name, value, log),
            }
        }
    }

    /// Takes one attribute of an object whose first feature is the one of that number.
    fn take(&mut self, begun: usize, name: &str, value: &'a Json, log: &mut Log) {
        let text = match value {
            Json::Text(text) | Json::Scalar(text) => text.trim(),
            Json::Null => return,
            Json::Object(_) | Json::Array(_) => {
                let reason = format!("{:?} holds more than texts", clip(name, 60));
                return log.value_lost("nested_value", reason);
            }
        };
        if text.is_empty() {
            return;
        }
        let upper = name.trim().to_ascii_uppercase();
        match attributes::find(&upper) {
            Some((_, Family::Bookkeeping, _)) => {}
            Some((attribute, family, usage)) => self.put(begun, (attribute, family, usage), text),
            None => self.unknown.push((clip(name, 60).to_owned(), text)),
        }
    }

    fn put(&mut self, begun: usize, attribute: (&'static str, Family, &str), text: &'a str) {
        let (name, family, usage) = attribute;
        let is_alone = matches!(family, Family::Single(_));
        let belongs = |feature: &&mut Feature<'_>| {
            !is_alone
                && feature.family == family
                && feature.usage == usage
                && feature.get(name).is_none()
                && (family != Family::Number || is_of_one_number(feature, name))
        };
        let from = begun.max(self.features.len().saturating_sub(LOOK_BACK));
        let last = self.features.get_mut(from..).and_then(|of_object| of_object.iter_mut().rfind(belongs));
        match last {
            Some(feature) => feature.values.push((name, text)),
            None => {
                self.features.push(Feature { family, usage: usage.to_owned(), values: vec![(name, text)] });
            }
        }
    }
}

/// Whether an attribute is of the number that the feature is about: `TAX_ID_TYPE` is not of a passport.
fn is_of_one_number(feature: &Feature<'_>, attribute: &str) -> bool {
    feature.values.first().is_some_and(|(first, _)| register(first) == register(attribute))
}

/// The register of a number, by the name of one of its attributes.
pub(super) fn register(attribute: &str) -> &str {
    attribute.rsplit_once('_').map_or(attribute, |(register, _)| register)
}

/// Whether the attribute stands alone and goes there.
pub(super) fn single(feature: &Feature<'_>) -> Option<(Single, &'static str, String)> {
    let Family::Single(single) = feature.family else { return None };
    let (name, text) = feature.values().next()?;
    Some((single, name, text.to_owned()))
}
