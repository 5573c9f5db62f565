//! Which readings of list names are worth comparing with a reading of a subject's name?

use interdict_core::list::ListId;

use crate::index::format::hash;
use crate::index::{Index, deletions, keys};
use crate::names::Reading;
use crate::score::similarity::likeness;

/// Most readings that are compared in full for one reading of a subject.
const CANDIDATES_MAX: usize = 400;
/// Readings whose share of the weight found by keys is below this cannot reach any usual threshold.
const SHARE_MIN: f32 = 0.2;
/// What finding by a skeleton is worth beside finding by a spelling.
const SKELETON_LIKENESS: f64 = 0.75;

/// The readings of names on these lists (on all when there are none) that share most with a reading, best first.
pub(crate) fn candidates(index: &Index, reading: &Reading, lists: &[ListId]) -> Vec<u32> {
    let mut found = vec![0.0_f32; index.n_readings()];
    let mut touched: Vec<u32> = Vec::new();
    let own_weight: f64 =
        reading.parts.iter().map(|part| part.kind.weight() * index.rarity(&part.text)).sum();
    for query_key in keys(&reading.parts) {
        let kind =
            reading.parts.iter().find(|part| part.text == query_key).map_or(1.0, |part| part.kind.weight());
        for (key, likeness) in near_keys(index, &query_key) {
            let (text, readings) = index.key(key);
            let worth = narrow(likeness * kind * index.rarity(text));
            for reading in readings {
                let sum = &mut found[reading.get() as usize];
                if *sum == 0.0 {
                    touched.push(reading.get());
                }
                *sum += worth;
            }
        }
    }
    let mut ranked: Vec<(u32, f32)> = touched
        .into_iter()
        .map(|candidate| {
            let weight = own_weight + index.reading(candidate).weight();
            (candidate, found[candidate as usize] * 2.0 / narrow(weight.max(0.01)))
        })
        .filter(|(_, share)| *share >= SHARE_MIN)
        .filter(|(candidate, _)| lists.is_empty() || lists.contains(index.reading(*candidate).list()))
        .collect();
    let by_share = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if ranked.len() > CANDIDATES_MAX {
        ranked.select_nth_unstable_by(CANDIDATES_MAX, by_share);
        ranked.truncate(CANDIDATES_MAX);
    }
    ranked.sort_by(by_share);
    ranked.into_iter().map(|(candidate, _)| candidate).collect()
}

/// Ranking needs no more digits, and half the memory is half the time.
#[expect(clippy::cast_possible_truncation, reason = "a share of weights, only used to rank")]
fn narrow(share: f64) -> f32 {
    share as f32
}

/// The keys at most one edit from a query key, or with the same skeleton, each with its likeness.
fn near_keys(index: &Index, query_key: &str) -> Vec<(u32, f64)> {
    let mut keys: Vec<u32> =
        deletions(query_key).iter().flat_map(|text| index.keys_with_hash(hash(text))).collect();
    keys.sort_unstable();
    keys.dedup();
    let likeness_of = |key: u32| {
        let (key_text, _) = index.key(key);
        match query_key.starts_with('~') || key_text.starts_with('~') {
            true if query_key == key_text => SKELETON_LIKENESS,
            true => 0.0, // two texts of one hash
            false => likeness(query_key, key_text),
        }
    };
    keys.into_iter().map(|key| (key, likeness_of(key))).filter(|(_, likeness)| *likeness > 0.0).collect()
}
