//! One subject against one index: a pure function with an explained answer.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use interdict_core::explanation::Explanation;
use interdict_core::identifier::Identifier;
use interdict_core::limits;
use interdict_core::list::ListId;
use interdict_core::outcome::{NotScreened, Outcome};
use interdict_core::score::{Points, Score, Threshold};
use interdict_core::subject::Subject;

use crate::candidates::candidates;
use crate::index::{EntityRef, Index, NameQuality, ReadingRef};
use crate::names::{Analysis, Bearer, PartKind, Reading, Via, analyze};
use crate::score::align::{Alignment, Pair, Weighted, align};
use crate::score::evidence;

/// How to screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The lowest score that makes a hit.
    pub threshold: Threshold,
    /// The most hits that are given, best first; 1 to [`limits::HITS_MAX`].
    pub hits_max: usize,
    /// The lists to screen against; all when empty.
    pub lists: Vec<ListId>,
}

/// The answer for one subject.
#[derive(Debug, Clone)]
pub struct Screening<'a> {
    /// What it says.
    pub outcome: Outcome,
    /// The hits, best first, at most as many as asked for.
    pub hits: Vec<Hit<'a>>,
    /// How many hits there are in all.
    pub n_hits: usize,
    /// Names of the subject that could not be compared, or of which finding nothing says nothing, by reason.
    pub left_out: Vec<NotScreened>,
}

impl Screening<'_> {
    /// The answer for a subject that could not be screened.
    pub fn not_screened(reason: NotScreened) -> Self {
        Self { outcome: Outcome::NotScreened(reason), hits: Vec::new(), n_hits: 0, left_out: Vec::new() }
    }
}

/// An entity that reached the threshold, and why.
#[derive(Debug, Clone)]
pub struct Hit<'a> {
    /// The entity.
    pub entity: EntityRef<'a>,
    /// How strongly it and the subject are one.
    pub score: Score,
    /// Why.
    pub explanation: Explanation,
}

/// Screens a subject against an index. The same index, subject and settings give the same answer.
///
/// Names and identifiers are looked up on their own: a subject without a usable name can still be a hit by an identifier.
pub fn screen<'a>(index: &'a Index, subject: &Subject, settings: &Settings) -> Screening<'a> {
    let n_names = subject.names.len();
    if n_names > limits::NAMES_PER_SUBJECT_MAX {
        let reason = NotScreened::TooManyNames { names: n_names, max: limits::NAMES_PER_SUBJECT_MAX };
        return Screening::not_screened(reason);
    }
    let (names, mut left_out) = analyzed(subject);
    let identifiers = shared_identifiers(index, subject);
    let best = best_names(index, &names, &identifiers, settings);
    let mut hits: Vec<Hit<'a>> = Vec::new();
    for (&entity, name) in &best {
        let shared = identifiers.get(&entity).map_or(&[][..], Vec::as_slice);
        hits.extend(hit(index.entity(entity), subject, Some(name), shared, settings));
    }
    for (&entity, shared) in identifiers.iter().filter(|(entity, _)| !best.contains_key(*entity)) {
        hits.extend(hit(index.entity(entity), subject, None, shared, settings));
    }
    hits.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.entity.id().cmp(b.entity.id())));
    let n_hits = hits.len();
    hits.truncate(settings.hits_max.clamp(1, limits::HITS_MAX));
    let outcome = if n_hits > 0 {
        Outcome::Hits
    } else {
        left_out.extend(names.iter().filter_map(|(name, analysis)| says_nothing(name, analysis)));
        without_hits(n_names, &left_out)
    };
    Screening { outcome, hits, n_hits, left_out }
}

/// The names of the subject that can be compared, taken apart, and those that cannot.
fn analyzed(subject: &Subject) -> (Vec<(&str, Analysis)>, Vec<NotScreened>) {
    let bearer = Bearer::of(subject.schema);
    let mut names = Vec::new();
    let mut left_out = Vec::new();
    for name in &subject.names {
        match analyze(name, bearer) {
            Ok(analysis) => names.push((name.as_str(), analysis)),
            Err(reason) => left_out.push(reason),
        }
    }
    (names, left_out)
}

/// What finding nothing means: clear only when at least one name was compared in a way that would have found something. The
/// reasons are those of the names that were not.
fn without_hits(n_names: usize, reasons: &[NotScreened]) -> Outcome {
    if n_names > reasons.len() {
        return Outcome::Clear;
    }
    Outcome::NotScreened(reasons.first().cloned().unwrap_or(NotScreened::EmptyName))
}

/// Why it says nothing that a name found nothing, where it does.
fn says_nothing(name: &str, analysis: &Analysis) -> Option<NotScreened> {
    let detail = || name.chars().take(80).collect();
    match analysis.unread_script {
        Some(script) => Some(NotScreened::ScriptNotRead { script: script.to_owned(), detail: detail() }),
        // "Ltd" may be the name of a listed party; when it is not, nothing was learned of this one.
        None => analysis.is_generic.then(|| NotScreened::OnlyGenericWords { detail: detail() }),
    }
}

/// The best name of each party that was compared.
fn best_names<'a>(
    index: &'a Index,
    names: &[(&str, Analysis)],
    identifiers: &BTreeMap<u32, Vec<(String, Identifier)>>,
    settings: &Settings,
) -> BTreeMap<u32, NameMatch<'a>> {
    let mut best: BTreeMap<u32, NameMatch<'a>> = BTreeMap::new();
    for (name, analysis) in names {
        for reading in &analysis.readings {
            let ours = weighted(index, reading);
            for candidate in candidates(index, reading, &settings.lists) {
                let matched = NameMatch::of(name, reading.via, &ours, index.reading(candidate));
                let entity = matched.reading.name().entity_idx();
                let tells = !analysis.is_generic || matched.explanation.contribution >= GENERIC_NAME_MIN;
                let is_better = best.get(&entity).is_none_or(|known| matched.is_better_than(known));
                if is_better && (tells || identifiers.contains_key(&entity)) {
                    best.insert(entity, matched);
                }
            }
        }
    }
    best
}

/// A name of generic words ("Ltd", "A") is only that of a party called just so.
const GENERIC_NAME_MIN: Points = Points(9_500);

/// The parties that have an identifier of the subject, with the identifiers as both give them.
fn shared_identifiers(index: &Index, subject: &Subject) -> BTreeMap<u32, Vec<(String, Identifier)>> {
    let mut shared: BTreeMap<u32, Vec<(String, Identifier)>> = BTreeMap::new();
    for value in &subject.identifiers {
        for (entity, listed) in index.entities_with_identifier(value) {
            shared.entry(entity).or_default().push((value.clone(), listed));
        }
    }
    shared
}

fn weighted<'a>(index: &Index, reading: &'a Reading) -> Vec<Weighted<'a>> {
    let weight = |part: &'a crate::names::Part| Weighted {
        text: &part.text,
        kind: part.kind,
        weight: part.kind.weight() * index.rarity(&part.text),
    };
    reading.parts.iter().map(weight).collect()
}

/// One name of the subject against one reading of a list name.
struct NameMatch<'a> {
    subject_name: String,
    reading: ReadingRef<'a>,
    explanation: Explanation,
}

impl<'a> NameMatch<'a> {
    fn of(name: &str, via: Via, ours: &[Weighted<'_>], reading: ReadingRef<'a>) -> Self {
        let theirs: Vec<Weighted<'_>> = reading
            .parts()
            .map(|part| Weighted {
                text: part.text,
                kind: part.kind,
                weight: part.kind.weight() * part.rarity,
            })
            .collect();
        let alignment = align(ours, &theirs);
        let explanation = explain_name(&alignment, ours, &theirs, via, reading.via());
        Self { subject_name: name.to_owned(), reading, explanation }
    }

    fn quality(&self) -> NameQuality {
        self.reading.name().quality()
    }

    /// Of equal scores the primary name goes before aliases.
    fn is_better_than(&self, other: &Self) -> bool {
        (self.explanation.contribution, std::cmp::Reverse(self.quality()))
            > (other.explanation.contribution, std::cmp::Reverse(other.quality()))
    }
}

/// What a reading in another script costs: two ways of reading may both be wrong.
const READ_ALOUD: Points = Points(-100);
/// Many names begin with the same letters.
const ONLY_AN_ACRONYM: Points = Points(-3_000);
/// "X bin Y" is the son of the one, "Y bin X" of the other.
const GENERATIONS_SWAPPED: Points = Points(-3_500);

/// The parts of a name's score: what met, what is missing, and the effects of order and script.
fn explain_name(
    alignment: &Alignment,
    ours: &[Weighted<'_>],
    theirs: &[Weighted<'_>],
    our_via: Via,
    their_via: Via,
) -> Explanation {
    let total = |parts: &[Weighted<'_>]| parts.iter().map(|part| part.weight).sum::<f64>();
    let (our_total, their_total) = (total(ours), total(theirs));
    let texts = |parts: &[Weighted<'_>]| parts.iter().map(|part| part.text).collect::<Vec<_>>().join(" ");
    let worths: Vec<f64> = alignment
        .pairs
        .iter()
        .map(|pair| {
            let ours = total(&ours[pair.subject.clone()]) / our_total;
            let theirs = total(&theirs[pair.entity.clone()]) / their_total;
            pair.strength * f64::midpoint(ours, theirs)
        })
        .collect();
    let met = Points::from_share(alignment.met());
    let mut children: Vec<Explanation> = alignment
        .pairs
        .iter()
        .zip(met.split(&worths))
        .map(|(pair, points)| {
            Explanation::leaf("part", pair.rule, points)
                .between(texts(&ours[pair.subject.clone()]), texts(&theirs[pair.entity.clone()]))
        })
        .collect();
    let mut score: Points = children.iter().map(|child| child.contribution).sum();
    let balance = Points::from_share(alignment.balanced()) - score;
    for (leaf, points) in missing(alignment, ours, theirs, balance) {
        score += points;
        children.push(leaf);
    }
    let mut take = |feature, rule, points: Points| {
        let points = points.max(-score);
        if points != Points(0) {
            score += points;
            children.push(Explanation::leaf(feature, rule, points));
        }
    };
    if our_via != their_via && (our_via != Via::Written || their_via != Via::Written) {
        take("reading", if our_via == Via::Written { their_via.name() } else { our_via.name() }, READ_ALOUD);
    }
    if is_only_an_acronym(alignment, ours) {
        take("acronym", "nothing_else_met", ONLY_AN_ACRONYM);
    }
    if are_generations_swapped(alignment, ours) {
        take("order", "generations_swapped", GENERATIONS_SWAPPED);
    }
    Explanation::of_parts("name", "aligned", children)
}

/// What the parts that met nothing take away: together the points between the two means of the shares.
fn missing(
    alignment: &Alignment,
    ours: &[Weighted<'_>],
    theirs: &[Weighted<'_>],
    balance: Points,
) -> Vec<(Explanation, Points)> {
    let unmet = |parts: &[Weighted<'_>], met: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (0..parts.len()).filter(|&idx| !met(idx)).collect()
    };
    let ours_unmet = unmet(ours, &|idx| alignment.pairs.iter().any(|pair| pair.subject.contains(&idx)));
    let theirs_unmet = unmet(theirs, &|idx| alignment.pairs.iter().any(|pair| pair.entity.contains(&idx)));
    if ours_unmet.is_empty() && theirs_unmet.is_empty() {
        let leaf = Explanation::leaf("balance", "uneven_weights", balance);
        return if balance == Points(0) { Vec::new() } else { vec![(leaf, balance)] };
    }
    let weights: Vec<f64> = ours_unmet
        .iter()
        .map(|&idx| ours[idx].weight)
        .chain(theirs_unmet.iter().map(|&idx| theirs[idx].weight))
        .collect();
    let points = balance.split(&weights);
    let from_subject = ours_unmet.iter().map(|&idx| (ours[idx].text, true));
    let from_entity = theirs_unmet.iter().map(|&idx| (theirs[idx].text, false));
    from_subject
        .chain(from_entity)
        .zip(points)
        .map(|((text, of_subject), points)| {
            let leaf = if of_subject {
                Explanation::leaf("missing_part", "only_in_subject", points).of_subject(text)
            } else {
                Explanation::leaf("missing_part", "only_in_entity", points).of_entity(text)
            };
            (leaf, points)
        })
        .collect()
}

/// Whether the names have nothing in common but the first letters of one, and parts that every other name has too.
fn is_only_an_acronym(alignment: &Alignment, ours: &[Weighted<'_>]) -> bool {
    let by_letters = |pair: &Pair| pair.rule == "acronym";
    let tells = |pair: &Pair| {
        ours[pair.subject.clone()].iter().any(|part| matches!(part.kind, PartKind::Word | PartKind::Number))
    };
    alignment.pairs.iter().any(by_letters)
        && !alignment.pairs.iter().any(|pair| !by_letters(pair) && tells(pair))
}

/// Whether "son of" stands between two names that met in the other order.
fn are_generations_swapped(alignment: &Alignment, ours: &[Weighted<'_>]) -> bool {
    let Some(at) = ours.iter().position(|part| part.kind == PartKind::Patronymic) else {
        return false;
    };
    let met = |idx: usize| {
        alignment.pairs.iter().find(|pair| pair.subject.contains(&idx)).map(|pair| pair.entity.start)
    };
    let (Some(before), Some(bin), Some(after)) = (at.checked_sub(1).and_then(met), met(at), met(at + 1))
    else {
        return false;
    };
    after < bin && bin < before
}

/// The hit that an entity makes, when it reaches the threshold.
fn hit<'a>(
    entity: EntityRef<'a>,
    subject: &Subject,
    name: Option<&NameMatch<'a>>,
    identifiers: &[(String, Identifier)],
    settings: &Settings,
) -> Option<Hit<'a>> {
    let wanted = settings.lists.is_empty() || settings.lists.contains(&entity.list().id);
    if !wanted {
        return None;
    }
    let name_part = match name {
        Some(matched) => {
            let quality = matched.quality();
            let listed = matched.reading.name().text();
            Explanation { rule: quality.name(), ..matched.explanation.clone() }
                .between(matched.subject_name.clone(), listed)
        }
        None => Explanation::leaf("name", "not_alike", Points(0)),
    };
    let mut parts = evidence::weigh(name_part.contribution, subject, entity, identifiers);
    parts.insert(0, name_part);
    let explanation = Explanation::of_parts("score", "sum", parts);
    let score = Score::from_points(explanation.contribution);
    settings.threshold.is_reached_by(score).then_some(Hit { entity, score, explanation })
}

/// `{"entity": {"id", "caption", "schema", "lists", "programs", "birth_dates", "countries"}, "score", "explanation"}`.
impl Serialize for Hit<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut hit = serializer.serialize_struct("Hit", 3)?;
        hit.serialize_field("entity", &self.entity)?;
        hit.serialize_field("score", &self.score)?;
        hit.serialize_field("explanation", &self.explanation)?;
        hit.end()
    }
}

impl Serialize for EntityRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entity = serializer.serialize_struct("Entity", 7)?;
        entity.serialize_field("id", self.id())?;
        entity.serialize_field("caption", self.caption())?;
        entity.serialize_field("schema", self.schema_name())?;
        entity.serialize_field("lists", &[&self.list().id])?;
        entity.serialize_field("programs", &self.programs().collect::<Vec<_>>())?;
        entity.serialize_field("birth_dates", &self.dates().collect::<Vec<_>>())?;
        entity.serialize_field("countries", &self.countries().collect::<Vec<_>>())?;
        entity.end()
    }
}
