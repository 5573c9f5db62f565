//! Which part of one name met which part of the other, and what share of both names that is.
//!
//! Parts meet alone, written together or apart (`sang man` and `sangman`), as an initial, or as an acronym. Of all ways to
//! pair them the one with the greatest share wins; no part is used twice, and order is free.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::names::PartKind;
use crate::score::similarity::{likeness, strength};

/// One part of a name with its weight.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighted<'a> {
    /// Its text.
    pub text: &'a str,
    /// What it is.
    pub kind: PartKind,
    /// What it weighs: kind times rarity, above 0 and at most 1.
    pub weight: f64,
}

/// Two runs of parts that met.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pair {
    /// Parts of the subject's name.
    pub subject: Range<usize>,
    /// Parts of the entity's name.
    pub entity: Range<usize>,
    /// What their likeness counts for as evidence, above 0 and at most 1.
    pub strength: f64,
    /// How they met.
    pub rule: &'static str,
}

/// How two names lie against each other.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alignment {
    /// What met, in the order of the subject's parts.
    pub pairs: Vec<Pair>,
    /// The share of the subject's weight that met, 0 to 1.
    pub subject_share: f64,
    /// The share of the entity's weight that met, 0 to 1.
    pub entity_share: f64,
}

impl Alignment {
    /// The mean of the two shares, to which every pair adds its part.
    pub fn met(&self) -> f64 {
        f64::midpoint(self.subject_share, self.entity_share)
    }

    /// The harmonic mean of the two shares: what is missing on one side counts, however much is there on the other.
    pub fn balanced(&self) -> f64 {
        let sum = self.subject_share + self.entity_share;
        if sum > 0.0 { 2.0 * self.subject_share * self.entity_share / sum } else { 0.0 }
    }
}

/// Most parts of a name that are aligned; parts behind them count as missing.
const PARTS_MAX: usize = 64;
/// Most parts that are written together to meet one part.
const JOINED_MAX: usize = 4;
/// Most ways of pairing that are followed at each part.
const STATES_MAX: usize = 256;
/// The strength of parts that are the same but for a blank.
const JOINED_STRENGTH: f64 = 0.99;
const INITIAL_STRENGTH: f64 = 0.75;
const ACRONYM_STRENGTH: f64 = 0.90;

/// The best alignment of two names.
pub(crate) fn align(subject: &[Weighted<'_>], entity: &[Weighted<'_>]) -> Alignment {
    let total =
        |parts: &[Weighted<'_>]| parts.iter().map(|part| part.weight).sum::<f64>().max(f64::MIN_POSITIVE);
    let (subject_total, entity_total) = (total(subject), total(entity));
    let aligned_subject = &subject[..subject.len().min(PARTS_MAX)];
    let aligned_entity = &entity[..entity.len().min(PARTS_MAX)];
    let worth = |pair: &Pair| {
        let subject_weight = total(&subject[pair.subject.clone()]) / subject_total;
        let entity_weight = total(&entity[pair.entity.clone()]) / entity_total;
        pair.strength * f64::midpoint(subject_weight, entity_weight)
    };
    let are_the_same =
        subject.len() == entity.len() && subject.iter().zip(entity).all(|(a, b)| a.text == b.text);
    let pairs = if are_the_same {
        // The search below follows a bounded number of ways; a name must always meet itself.
        let exact =
            |idx: usize| Pair { subject: idx..idx + 1, entity: idx..idx + 1, strength: 1.0, rule: "exact" };
        (0..subject.len()).map(exact).collect()
    } else {
        best(aligned_subject.len(), &meetings(aligned_subject, aligned_entity), worth)
    };
    let share = |weight: &dyn Fn(&Pair) -> f64| {
        pairs.iter().map(|pair| pair.strength * weight(pair)).sum::<f64>().min(1.0)
    };
    let subject_share = share(&|pair| total(&subject[pair.subject.clone()]) / subject_total);
    let entity_share = share(&|pair| total(&entity[pair.entity.clone()]) / entity_total);
    Alignment { subject_share, entity_share, pairs }
}

/// Everything that could meet, by the first part of the subject.
fn meetings(subject: &[Weighted<'_>], entity: &[Weighted<'_>]) -> Vec<Vec<Pair>> {
    let mut meetings: Vec<Vec<Pair>> = vec![Vec::new(); subject.len()];
    let mut add = |subject: Range<usize>, entity: Range<usize>, (strength, rule): (f64, &'static str)| {
        if strength > 0.0 {
            meetings[subject.start].push(Pair { subject, entity, strength, rule });
        }
    };
    for (i, a) in subject.iter().enumerate() {
        for (j, b) in entity.iter().enumerate() {
            add(i..i + 1, j..j + 1, singles(a, b));
        }
        for (j, n) in runs(entity.len()) {
            add(i..i + 1, j..j + n, joined(a, &entity[j..j + n]));
        }
    }
    for (i, n) in runs(subject.len()) {
        for (j, b) in entity.iter().enumerate() {
            add(i..i + n, j..j + 1, joined(b, &subject[i..i + n]));
        }
    }
    meetings
}

/// Starts and lengths of the runs of at least two parts.
fn runs(n_parts: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n_parts).flat_map(move |start| (2..=6).filter(move |n| start + n <= n_parts).map(move |n| (start, n)))
}

/// What two single parts count for as evidence, and why.
fn singles(a: &Weighted<'_>, b: &Weighted<'_>) -> (f64, &'static str) {
    if a.text == b.text {
        return (1.0, "exact");
    }
    if a.kind == PartKind::Initial || b.kind == PartKind::Initial {
        let named = |part: &Weighted<'_>| matches!(part.kind, PartKind::Word | PartKind::Initial);
        let starts = a.text.starts_with(b.text) || b.text.starts_with(a.text);
        return if starts && named(a) && named(b) { (INITIAL_STRENGTH, "initial") } else { (0.0, "") };
    }
    if matches!(a.kind, PartKind::Legal | PartKind::Particle)
        || matches!(b.kind, PartKind::Legal | PartKind::Particle)
    {
        return (0.0, "");
    }
    (strength(likeness(a.text, b.text), a.text, b.text), "spelling")
}

/// What one part and several neighbors count for, written together or by their first letters.
fn joined(one: &Weighted<'_>, several: &[Weighted<'_>]) -> (f64, &'static str) {
    if is_acronym(one, several) {
        return (ACRONYM_STRENGTH, "acronym");
    }
    let length: usize = several.iter().map(|part| part.text.len()).sum();
    if several.len() > JOINED_MAX || one.text.len().abs_diff(length) > 2 || one.kind == PartKind::Number {
        return (0.0, "");
    }
    let together: String = several.iter().map(|part| part.text).collect();
    if together == one.text {
        return (JOINED_STRENGTH, "joined");
    }
    (strength(likeness(one.text, &together), one.text, &together) * JOINED_STRENGTH, "joined_spelling")
}

/// Whether a part of two to six letters is the first letters of as many words.
fn is_acronym(one: &Weighted<'_>, several: &[Weighted<'_>]) -> bool {
    let n_letters = one.text.chars().count();
    n_letters == several.len()
        && matches!(one.kind, PartKind::Word | PartKind::Generic | PartKind::Legal | PartKind::Particle)
        && several.iter().all(|part| part.text.chars().nth(2).is_some() && part.kind != PartKind::Number)
        && one.text.chars().zip(several).all(|(letter, part)| part.text.starts_with(letter))
}

/// A way of pairing the first parts of the subject.
struct State {
    used: u64,
    worth: f64,
    came_from: Option<(usize, usize)>,
    pair: Option<Pair>,
}

/// The pairing of the greatest worth: a pass over the subject's parts that keeps, for each set of used parts of the entity,
/// the best way there.
fn best(n_subject: usize, meetings: &[Vec<Pair>], worth: impl Fn(&Pair) -> f64) -> Vec<Pair> {
    let mut states: Vec<Vec<State>> = (0..=n_subject).map(|_| Vec::new()).collect();
    states[0].push(State { used: 0, worth: 0.0, came_from: None, pair: None });
    for at in 0..n_subject {
        prune(&mut states[at]);
        for idx in 0..states[at].len() {
            let (used, so_far) = (states[at][idx].used, states[at][idx].worth);
            let came_from = Some((at, idx));
            states[at + 1].push(State { used, worth: so_far, came_from, pair: None });
            for pair in &meetings[at] {
                let mask = pair.entity.clone().fold(0u64, |mask, idx| mask | 1 << idx);
                if used & mask == 0 {
                    let state = State {
                        used: used | mask,
                        worth: so_far + worth(pair),
                        came_from,
                        pair: Some(pair.clone()),
                    };
                    states[pair.subject.end].push(state);
                }
            }
        }
    }
    let last = &mut states[n_subject];
    prune(last);
    let mut pairs = Vec::new();
    let mut at = last.first().map(|_| (n_subject, 0));
    while let Some((part, idx)) = at {
        let state = &states[part][idx];
        pairs.extend(state.pair.clone());
        at = state.came_from;
    }
    pairs.reverse();
    pairs
}

/// Keeps the best state for each set of used parts, best first, and no more than [`STATES_MAX`].
fn prune(states: &mut Vec<State>) {
    let mut best: BTreeMap<u64, State> = BTreeMap::new();
    for state in states.drain(..) {
        match best.get(&state.used) {
            Some(known) if known.worth >= state.worth => {}
            _ => {
                best.insert(state.used, state);
            }
        }
    }
    states.extend(best.into_values());
    states.sort_by(|a, b| b.worth.partial_cmp(&a.worth).unwrap_or(Ordering::Equal).then(a.used.cmp(&b.used)));
    states.truncate(STATES_MAX);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::{Bearer, analyze};

    fn check(subject: &str, entity: &str, expected: &[(&str, &str, &str)]) -> f64 {
        let readings = |name| analyze(name, Bearer::Organization).unwrap().readings;
        let (a, b) = (readings(subject), readings(entity));
        fn weigh(reading: &crate::names::Reading) -> Vec<Weighted<'_>> {
            reading
                .parts
                .iter()
                .map(|part| Weighted { text: &part.text, kind: part.kind, weight: part.kind.weight() })
                .collect()
        }
        let (a, b) = (weigh(&a[0]), weigh(&b[0]));
        let alignment = align(&a, &b);
        let texts = |parts: &[Weighted<'_>]| parts.iter().map(|part| part.text).collect::<Vec<_>>().join(" ");
        let met: Vec<_> = alignment
            .pairs
            .iter()
            .map(|pair| (texts(&a[pair.subject.clone()]), texts(&b[pair.entity.clone()]), pair.rule))
            .collect();
        let met: Vec<_> = met.iter().map(|(a, b, rule)| (a.as_str(), b.as_str(), *rule)).collect();
        assert_eq!(met, expected, "{subject} / {entity}");
        alignment.balanced()
    }

    #[test]
    fn alone_joined_apart_and_by_first_letters() {
        let exact = check(
            "Hidden Cobra",
            "COBRA, Hidden",
            &[("hidden", "hidden", "exact"), ("cobra", "cobra", "exact")],
        );
        assert!((exact - 1.0).abs() < 1e-9);
        check("HIDDENCOBRA", "Hidden Cobra", &[("hiddencobra", "hidden cobra", "joined")]);
        check("Sang Man", "Sangmann", &[("sang man", "sangmann", "joined_spelling")]);
        check(
            "Chinyong IT Coop",
            "Jinyong Information Technology Cooperation",
            &[("chinyong", "jinyong", "spelling"), ("it", "info tech", "acronym"), ("coop", "coop", "exact")],
        );
        check("J Smith", "Jack Smith", &[("j", "jack", "initial"), ("smith", "smith", "exact")]);
    }

    #[test]
    fn a_part_is_used_once() {
        check("Kim Kim", "Kim Lee", &[("kim", "kim", "exact")]);
    }

    #[test]
    fn long_names_end() {
        let long = "alpha ".repeat(150);
        let share = check(&long, &format!("beta {long}"), &vec![("alpha", "alpha", "exact"); 63]);
        assert!(share < 0.5);
        let itself = check(&long, &long, &vec![("alpha", "alpha", "exact"); 150]);
        assert!((itself - 1.0).abs() < 1e-9);
    }
}
