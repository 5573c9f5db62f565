//! Labelled pairs: two parties each, of which it is known whether they are one.

use std::collections::BTreeMap;

use rayon::iter::{IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};
use serde::Serialize;

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::{ListId, ListVersion};
use interdict_core::model;
use interdict_core::score::{Score, Threshold};
use interdict_core::subject::Subject;
use interdict_match::compare;
use interdict_match::index::{self, Index, ListInput};

use crate::metrics::{Quality, auc, average_precision};
use crate::report::{rounded, rounded_quality};

/// Two parties, and whether they are one.
#[derive(Debug, Clone)]
pub struct Pair {
    /// To which group of pairs it belongs; empty when to none.
    pub group: String,
    /// The one that is screened.
    pub a: Subject,
    /// The one that stands for the list.
    pub b: Subject,
    /// Whether they are one.
    pub is_match: bool,
}

/// How well pairs are told apart.
#[derive(Debug, Serialize)]
pub struct PairReport {
    /// All pairs.
    pub all: PairSlice,
    /// By group, where there is more than one.
    pub groups: Vec<PairSlice>,
    /// The worst errors: matches with the lowest and others with the highest scores.
    pub errors: Vec<PairError>,
}

/// Some of the pairs.
#[derive(Debug, Serialize)]
pub struct PairSlice {
    /// The group, or `all`.
    pub name: String,
    /// How many pairs.
    pub n: usize,
    /// How many of them are matches.
    pub matches: usize,
    /// How often a match scores higher than another pair.
    pub auc: Option<f64>,
    /// Average precision.
    pub average_precision: Option<f64>,
    /// Where precision and recall are best together.
    pub best_f1: Option<Quality>,
    /// At the configured threshold.
    pub configured: Quality,
    /// At a recall of 95 %; null when no threshold finds so many.
    pub at_recall_95: Option<Quality>,
    /// At a recall of 99 %.
    pub at_recall_99: Option<Quality>,
}

/// One pair that was told wrong.
#[derive(Debug, Serialize)]
pub struct PairError {
    /// Its group.
    pub group: String,
    /// The first name of the one.
    pub a: String,
    /// And of the other.
    pub b: String,
    /// Whether they are one.
    pub is_match: bool,
    /// The score.
    pub score: f64,
    /// How far it lies on the wrong side of the configured threshold.
    pub wrong_by: f64,
}

/// Scores every pair and tells how well they are told apart; with the worst `n_errors` of both kinds of error.
pub fn pair_report(
    pairs: &[Pair],
    threshold: Threshold,
    n_errors: usize,
    score: &(dyn Fn(&Subject, &Subject) -> Score + Sync),
    tick: &(dyn Fn() + Sync),
) -> PairReport {
    let one = |pair: &Pair| {
        let score = score(&pair.a, &pair.b);
        tick();
        score
    };
    let scores: Vec<Score> = pairs.par_iter().with_min_len(16).map(one).collect();
    let scored: Vec<(&Pair, Score)> = pairs.iter().zip(scores).collect();
    let mut groups: BTreeMap<&str, Vec<(&Pair, Score)>> = BTreeMap::new();
    for &(pair, score) in &scored {
        groups.entry(&pair.group).or_default().push((pair, score));
    }
    let groups = if groups.len() > 1 { groups } else { BTreeMap::new() };
    PairReport {
        all: pair_slice("all", &scored, threshold),
        groups: groups.iter().map(|(name, own)| pair_slice(name, own, threshold)).collect(),
        errors: errors(&scored, threshold, n_errors),
    }
}

fn pair_slice(name: &str, pairs: &[(&Pair, Score)], threshold: Threshold) -> PairSlice {
    let of = |is_match: bool| -> Vec<Score> {
        pairs.iter().filter(|(pair, _)| pair.is_match == is_match).map(|(_, score)| *score).collect()
    };
    let (matches, others) = (of(true), of(false));
    PairSlice {
        name: name.to_owned(),
        n: pairs.len(),
        matches: matches.len(),
        auc: auc(&matches, &others).map(rounded),
        average_precision: average_precision(&matches, &others).map(rounded),
        best_f1: Quality::best_f1(&matches, &others).map(rounded_quality),
        configured: rounded_quality(Quality::at(threshold.score().points(), &matches, &others)),
        at_recall_95: Quality::at_recall(0.95, &matches, &others).map(rounded_quality),
        at_recall_99: Quality::at_recall(0.99, &matches, &others).map(rounded_quality),
    }
}

fn errors(pairs: &[(&Pair, Score)], threshold: Threshold, n: usize) -> Vec<PairError> {
    let line = threshold.score().value();
    let mut errors: Vec<PairError> = pairs
        .iter()
        .filter(|(pair, score)| threshold.is_reached_by(*score) != pair.is_match)
        .map(|(pair, score)| PairError {
            group: pair.group.clone(),
            a: pair.a.names.first().cloned().unwrap_or_default(),
            b: pair.b.names.first().cloned().unwrap_or_default(),
            is_match: pair.is_match,
            score: score.value(),
            wrong_by: rounded((score.value() - line).abs()),
        })
        .collect();
    errors.sort_by(|a, b| a.is_match.cmp(&b.is_match).then(b.wrong_by.total_cmp(&a.wrong_by)));
    let n_alarms = errors.iter().filter(|error| !error.is_match).count();
    let mut missed = errors.split_off(n_alarms);
    errors.truncate(n);
    missed.truncate(n);
    errors.extend(missed);
    errors
}

/// The score of a subject against an index of one party. Every word is as rare as any other in such an index.
pub fn score_alone(a: &Subject, b: &Subject) -> Score {
    let Some(index) = index_of(b) else { return Score::ZERO };
    let party = index.entities().next();
    party.and_then(|party| compare(&index, a, party).ok()).map_or(Score::ZERO, |hit| hit.score)
}

/// An index of one party; none when the party has no name.
fn index_of(party: &Subject) -> Option<Index> {
    let schema = party.schema.or_else(|| model::schema("LegalEntity"))?;
    let mut entity = Entity::new("pair-1", schema);
    for (idx, name) in party.names.iter().enumerate() {
        entity.add(if idx == 0 { "name" } else { "alias" }, name.as_str()).ok()?;
    }
    // A party of another kind has another kind of date, or none: it is scored without.
    let date = if schema.is_a("Person") { "birthDate" } else { "incorporationDate" };
    for value in &party.birth_dates {
        let _ = entity.add(date, value.to_string());
    }
    for code in &party.countries {
        let _ = entity.add("country", *code);
    }
    let id: ListId = "pair".parse().ok()?;
    let version =
        ListVersion { id, version: String::new(), published: None, entities: 1, digest: Digest::of(b"pair") };
    let bytes = index::build(&[ListInput { version: &version, entities: &[entity] }], 0).ok()?;
    Index::from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use interdict_core::score::Points;

    fn pair(a: &str, b: &str, is_match: bool) -> Pair {
        Pair {
            group: a.get(..1).unwrap_or_default().to_owned(),
            a: Subject::named(a),
            b: Subject::named(b),
            is_match,
        }
    }

    #[test]
    fn pairs_are_told_apart() {
        let pairs = [
            pair("a1", "0.9", true),
            pair("a2", "0.6", true),
            pair("b3", "0.8", false),
            pair("b4", "0.1", false),
        ];
        let score =
            |_: &Subject, b: &Subject| Score::from_points(Points::from_share(b.names[0].parse().unwrap()));
        let report = pair_report(&pairs, Threshold::new(0.7).unwrap(), 5, &score, &|| {});
        assert_eq!((report.all.n, report.all.matches, report.all.auc), (4, 2, Some(0.75)));
        assert!((report.all.configured.f1 - 0.5).abs() < 1e-9);
        assert_eq!(report.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        let errors: Vec<(&str, bool, f64)> =
            report.errors.iter().map(|error| (error.a.as_str(), error.is_match, error.wrong_by)).collect();
        assert_eq!(errors, [("b3", false, 0.1), ("a2", true, 0.1)]);
    }

    #[test]
    fn a_name_is_itself_in_an_index_of_one() {
        let score = score_alone(&Subject::named("Sang Man Kim"), &Subject::named("KIM, Sang Man"));
        assert_eq!(score, Score::ONE);
        assert!(
            score_alone(&Subject::named("Patricia Wheeler"), &Subject::named("KIM, Sang Man")).value() < 0.5
        );
    }
}
