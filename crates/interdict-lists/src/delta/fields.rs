//! What changed of a party, as a person wants to know it?
//!
//! Parts of a record are paired by what they say, whatever their numbers: first those that say the same, then, within one schema,
//! those that have more than half of their values in common. What is left was added or removed. Links between a party and its own
//! parts, the order of values and the numbers of parts are no changes here.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use interdict_core::entity::Entity;
use interdict_core::model::PropertyKind;

/// One change of one party, for people.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FieldChange {
    /// The schema of the part of the record that changed; none for the party itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// What the part says, where one and the same part has another value now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The property, `schema` or `referents`; none where whole parts came or went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// Values, or parts in words, that are no longer there.
    #[serde(default)]
    pub before: Vec<String>,
    /// Values, or parts in words, that were not there.
    #[serde(default)]
    pub after: Vec<String>,
}

impl FieldChange {
    pub(super) fn inverse(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone(), ..self.clone() }
    }
}

/// Above so many comparisons of values, the parts of a party that differ are not paired: no party of a real list comes near.
const COMPARISONS_MAX: usize = 10_000_000;

/// The changes of a record with the party `root`, which is in both versions.
pub(super) fn between(root: &str, old: &[&Entity], new: &[&Entity]) -> Vec<FieldChange> {
    let own: BTreeSet<&str> = old.iter().chain(new).map(|entity| entity.id.as_str()).collect();
    let party = |entities: &[&Entity]| entities.iter().position(|entity| entity.id == root);
    let (before, after) = (party(old).and_then(|at| old.get(at)), party(new).and_then(|at| new.get(at)));
    let mut changes = match (before, after) {
        (Some(before), Some(after)) => compare(before, after, &own),
        _ => Vec::new(),
    };
    let parts = |entities: &[&Entity]| -> Vec<Said> {
        entities.iter().filter(|entity| entity.id != root).map(|part| Said::by(part, &own)).collect()
    };
    changes.extend(parts_between(parts(old), parts(new)));
    changes
}

/// The properties that differ between two entities that are the same thing.
fn compare(before: &Entity, after: &Entity, own: &BTreeSet<&str>) -> Vec<FieldChange> {
    let (schemata, referents) = (schema_change(before.schema.name, after.schema.name), "referents");
    let texts = |entity: &Entity| entity.referents.clone();
    let referents = property_change(referents, &texts(before), &texts(after));
    let (before, after) = (Said::by(before, own), Said::by(after, own));
    schemata.into_iter().chain(property_changes(&before, &after)).chain(referents).collect()
}

fn schema_change(before: &str, after: &str) -> Option<FieldChange> {
    property_change("schema", &[before.to_owned()], &[after.to_owned()])
}

fn property_changes(before: &Said, after: &Said) -> Vec<FieldChange> {
    let names: BTreeSet<&'static str> = before.values.keys().chain(after.values.keys()).copied().collect();
    let values = |said: &Said, name| said.values.get(name).cloned().unwrap_or_default();
    names
        .into_iter()
        .filter_map(|name| property_change(name, &values(before, name), &values(after, name)))
        .collect()
}

/// What is not in the other, in the order of each; none where both hold the same.
fn property_change(property: &str, before: &[String], after: &[String]) -> Option<FieldChange> {
    let without = |these: &[String], others: &[String]| -> Vec<String> {
        let others: BTreeSet<&String> = others.iter().collect();
        these.iter().filter(|text| !others.contains(text)).cloned().collect()
    };
    let (gone, come) = (without(before, after), without(after, before));
    let property = Some(property.to_owned());
    (!gone.is_empty() || !come.is_empty()).then_some(FieldChange {
        part: None,
        of: None,
        property,
        before: gone,
        after: come,
    })
}

/// What an entity says, without links within its own record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    schema: &'static str,
    /// The values of each property, sorted.
    sorted: Vec<(&'static str, Vec<String>)>,
    values: BTreeMap<&'static str, Vec<String>>,
    /// In words: what to call it, or else its values.
    words: String,
}

/// What two parts that say the same have in common.
type Key<'a> = (&'static str, &'a [(&'static str, Vec<String>)]);

impl Said {
    fn by(entity: &Entity, own: &BTreeSet<&str>) -> Self {
        let mut values: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for (property, texts) in entity.properties() {
            let is_link = property.kind == PropertyKind::Entity;
            let texts: Vec<String> =
                texts.iter().filter(|text| !is_link || !own.contains(text.as_str())).cloned().collect();
            if !texts.is_empty() {
                values.insert(property.name, texts);
            }
        }
        let sorted = values.iter().map(|(name, texts)| {
            let mut texts = texts.clone();
            texts.sort_unstable();
            (*name, texts)
        });
        let sorted = sorted.collect();
        let words = words(entity, &values);
        Self { schema: entity.schema.name, sorted, values, words }
    }

    fn key(&self) -> Key<'_> {
        (self.schema, &self.sorted)
    }

    fn n_values(&self) -> usize {
        self.values.values().map(Vec::len).sum()
    }

    fn n_shared(&self, other: &Self) -> usize {
        let (mut these, mut others) = (self.pairs().peekable(), other.pairs().peekable());
        let mut shared = 0;
        while let (Some(this), Some(that)) = (these.peek(), others.peek()) {
            match this.cmp(that) {
                Ordering::Less => {
                    these.next();
                }
                Ordering::Greater => {
                    others.next();
                }
                Ordering::Equal => {
                    shared += 1;
                    these.next();
                    others.next();
                }
            }
        }
        shared
    }

    /// All values with their properties, rising.
    fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.sorted.iter().flat_map(|(name, texts)| texts.iter().map(|text| (*name, text.as_str())))
    }
}

/// A part in words: its caption, or its values, each once.
fn words(entity: &Entity, values: &BTreeMap<&'static str, Vec<String>>) -> String {
    if entity.caption() != entity.id && !entity.schema.is_a("Identification") && entity.schema.edge.is_none()
    {
        return entity.caption().to_owned();
    }
    let mut seen = BTreeSet::new();
    let words: Vec<&str> =
        values.values().flatten().map(String::as_str).filter(|text| seen.insert(*text)).collect();
    if words.is_empty() { entity.schema.label.to_owned() } else { words.join(", ") }
}

fn parts_between(old: Vec<Said>, new: Vec<Said>) -> Vec<FieldChange> {
    let (mut old, mut new) = without_same(old, new);
    let mut changes = Vec::new();
    for (before, after) in paired(&mut old, &mut new) {
        changes.extend(property_changes(&before, &after).into_iter().map(|change| FieldChange {
            part: Some(after.schema.to_owned()),
            of: Some(after.words.clone()),
            ..change
        }));
    }
    let mut by_schema: BTreeMap<&'static str, (Vec<String>, Vec<String>)> = BTreeMap::new();
    old.into_iter().for_each(|part| by_schema.entry(part.schema).or_default().0.push(part.words));
    new.into_iter().for_each(|part| by_schema.entry(part.schema).or_default().1.push(part.words));
    changes.extend(by_schema.into_iter().map(|(schema, (before, after))| FieldChange {
        part: Some(schema.to_owned()),
        of: None,
        property: None,
        before,
        after,
    }));
    changes
}

/// The parts that say what no part of the other version says; of several that say the same, as many as there are more.
fn without_same(old: Vec<Said>, new: Vec<Said>) -> (Vec<Said>, Vec<Said>) {
    let mut counts: HashMap<Key<'_>, usize> = HashMap::new();
    new.iter().for_each(|part| *counts.entry(part.key()).or_default() += 1);
    let gone: Vec<bool> = old.iter().map(|part| !take(&mut counts, part)).collect();
    // What is left of the counts came; of parts that say the same, any may be the one.
    let come: Vec<bool> = new.iter().map(|part| take(&mut counts, part)).collect();
    let chosen = |parts: Vec<Said>, choice: Vec<bool>| -> Vec<Said> {
        parts.into_iter().zip(choice).filter(|(_, chosen)| *chosen).map(|(part, _)| part).collect()
    };
    (chosen(old, gone), chosen(new, come))
}

fn take<'a>(counts: &mut HashMap<Key<'a>, usize>, part: &'a Said) -> bool {
    match counts.get_mut(&part.key()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}

/// Takes out the pairs that are one part with other values, the most alike first for each earlier one.
fn paired(old: &mut Vec<Said>, new: &mut Vec<Said>) -> Vec<(Said, Said)> {
    let n_values = |parts: &[Said]| parts.iter().map(Said::n_values).sum::<usize>();
    let comparisons = |these: &[Said], others: &[Said]| n_values(these).saturating_mul(others.len());
    if comparisons(old, new).saturating_add(comparisons(new, old)) > COMPARISONS_MAX {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    let mut alone = Vec::new();
    for before in old.drain(..) {
        let alike = new.iter().enumerate().filter(|(_, after)| after.schema == before.schema);
        let alike = alike.filter_map(|(at, after)| {
            let shared = before.n_shared(after);
            (2 * shared > before.n_values().max(after.n_values())).then_some((shared, std::cmp::Reverse(at)))
        });
        match alike.max() {
            Some((_, std::cmp::Reverse(at))) => pairs.push((before, new.remove(at))),
            None => alone.push(before),
        }
    }
    *old = alone;
    pairs
}
