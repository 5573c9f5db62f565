//! Which readings of list names are worth comparing with a reading of a subject's name?

use std::collections::BTreeMap;

use crate::index::format::hash;
use crate::index::{Index, deletions, query_keys};
use crate::names::Reading;
use crate::score::similarity::likeness;

/// Most readings that are compared in full for one reading of a subject.
const CANDIDATES_MAX: usize = 400;
/// What finding by a skeleton is worth beside finding by a spelling.
const SKELETON_LIKENESS: f64 = 0.75;

/// The readings of the index that share most with a reading, best first.
pub(crate) fn candidates(index: &Index, reading: &Reading) -> Vec<u32> {
    let mut shared: BTreeMap<u32, f64> = BTreeMap::new();
    let weight_of = |key: &str| index.rarity(key);
    let own_weight: f64 =
        reading.parts.iter().map(|part| part.kind.weight() * index.rarity(&part.text)).sum();
    for query_key in query_keys(&reading.parts) {
        let kind =
            reading.parts.iter().find(|part| part.text == query_key).map_or(1.0, |part| part.kind.weight());
        for (key, likeness) in near_keys(index, &query_key) {
            let (text, readings) = index.key(key);
            let worth = likeness * kind * weight_of(text).min(1.0);
            for reading in readings {
                *shared.entry(reading.get()).or_default() += worth;
            }
        }
    }
    let mut ranked: Vec<(u32, f64)> = shared
        .into_iter()
        .map(|(candidate, worth)| {
            (candidate, worth / (own_weight + index.reading(candidate).weight()).max(0.01))
        })
        .collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(CANDIDATES_MAX);
    ranked.into_iter().map(|(candidate, _)| candidate).collect()
}

/// The keys at most one edit from a query key, or with the same skeleton, each with its likeness.
fn near_keys(index: &Index, query_key: &str) -> Vec<(u32, f64)> {
    let mut near: BTreeMap<u32, f64> = BTreeMap::new();
    for text in deletions(query_key) {
        for key in index.keys_with_hash(hash(&text)) {
            near.entry(key).or_insert_with(|| {
                let (key_text, _) = index.key(key);
                match query_key.starts_with('~') || key_text.starts_with('~') {
                    true if query_key == key_text => SKELETON_LIKENESS,
                    true => 0.0, // two texts of one hash
                    false => likeness(query_key, key_text),
                }
            });
        }
    }
    near.into_iter().filter(|(_, likeness)| *likeness > 0.0).collect()
}
