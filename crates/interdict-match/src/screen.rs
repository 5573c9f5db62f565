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

use crate::calibration::likelihood_ratio;
use crate::index::{EntityRef, Index};
use crate::matching::{Matching, NameMatch, Way};
use crate::names::{Analysis, Bearer, analyze_subject};
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
    screen_by(index, subject, settings, Way::ByKeys)
}

/// The same by comparing the subject with every name of the index. It is slow, and there to show that [`screen`] loses
/// nothing.
pub fn screen_exhaustively<'a>(index: &'a Index, subject: &Subject, settings: &Settings) -> Screening<'a> {
    screen_by(index, subject, settings, Way::OneByOne)
}

fn screen_by<'a>(index: &'a Index, subject: &Subject, settings: &Settings, way: Way) -> Screening<'a> {
    let n_names = subject.names.len();
    if n_names > limits::NAMES_PER_SUBJECT_MAX {
        let reason = NotScreened::TooManyNames { names: n_names, max: limits::NAMES_PER_SUBJECT_MAX };
        return Screening::not_screened(reason);
    }
    let (names, mut left_out) = analyzed(subject);
    let matching = Matching::of(index, names, Bearer::of(subject.schema));
    let mut scored = scored(&matching, subject, settings, way);
    scored.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.entity.id().cmp(b.entity.id())));
    let n_hits = scored.len();
    scored.truncate(settings.hits_max.clamp(1, limits::HITS_MAX));
    let explained = scored.into_iter().map(|scored| Hit {
        entity: scored.entity,
        score: scored.score,
        explanation: explained(&matching, scored.name.as_ref(), scored.evidence),
    });
    let hits = explained.collect();
    let outcome = if n_hits > 0 {
        Outcome::Hits
    } else {
        left_out.extend(matching.names.iter().filter_map(|(name, analysis)| says_nothing(name, analysis)));
        without_hits(n_names, &left_out)
    };
    Screening { outcome, hits, n_hits, left_out }
}

/// A party that reaches the threshold, before it is explained.
struct Scored<'a> {
    score: Score,
    entity: EntityRef<'a>,
    evidence: Vec<Explanation>,
    name: Option<NameMatch>,
}

/// Every party that reaches the threshold, in no order that means anything.
fn scored<'a>(
    matching: &Matching<'a, '_>,
    subject: &Subject,
    settings: &Settings,
    way: Way,
) -> Vec<Scored<'a>> {
    let index = matching.index;
    let identifiers = shared_identifiers(index, subject);
    let is_wanted: Vec<bool> = index
        .info()
        .lists
        .iter()
        .map(|list| settings.lists.is_empty() || settings.lists.contains(&list.id))
        .collect();
    let wanted = evidence::name_wanted(settings.threshold, subject);
    let best = matching.best(way, wanted, &identifiers.keys().copied().collect(), &|entity| {
        is_wanted.get(index.list_idx(entity)).is_some_and(|&is| is)
    });
    let no_name = identifiers.keys().filter(|entity| {
        !best.contains_key(*entity) && is_wanted.get(index.list_idx(**entity)).is_some_and(|&is| is)
    });
    // A birth date and a country alone make no hit.
    let is_name = |(entity, name): &(&u32, &NameMatch)| {
        identifiers.contains_key(*entity) || evidence::is_enough_name(name.points)
    };
    let found = best
        .iter()
        .filter(is_name)
        .map(|(&entity, name)| (entity, Some(*name)))
        .chain(no_name.map(|&entity| (entity, None)));
    let score = |(number, name): (u32, Option<NameMatch>)| {
        let shared = identifiers.get(&number).map_or(&[][..], Vec::as_slice);
        let points = name.map_or(Points(0), |name| name.points);
        let entity = index.entity(number);
        let evidence = evidence::weigh(points, subject, entity, shared);
        let score =
            Score::from_points(points + evidence.iter().map(|part| part.contribution).sum::<Points>());
        settings.threshold.is_reached_by(score).then_some(Scored { score, entity, evidence, name })
    };
    found.filter_map(score).collect()
}

/// The tree of a score: the name first, then what else counted.
fn explained(matching: &Matching<'_, '_>, name: Option<&NameMatch>, parts: Vec<Explanation>) -> Explanation {
    let name = match name {
        Some(name) => matching.explain(name),
        None => Explanation::leaf("name", "not_alike", Points(0)),
    };
    Explanation::of_parts("score", "sum", std::iter::once(name).chain(parts).collect())
}

/// The score of a subject against one party, whether it reaches the threshold or not, and why it is what it is. All names of
/// the one are compared with all of the other.
///
/// # Errors
/// When no name of the subject can be compared and no identifier is shared.
pub fn compare<'a>(
    index: &'a Index,
    subject: &Subject,
    entity: EntityRef<'a>,
) -> Result<Hit<'a>, NotScreened> {
    let n_names = subject.names.len();
    if n_names > limits::NAMES_PER_SUBJECT_MAX {
        return Err(NotScreened::TooManyNames { names: n_names, max: limits::NAMES_PER_SUBJECT_MAX });
    }
    let (names, left_out) = analyzed(subject);
    let number = entity.number();
    let shared = shared_identifiers(index, subject).remove(&number).unwrap_or_default();
    if names.is_empty() && shared.is_empty() {
        return Err(left_out.first().cloned().unwrap_or(NotScreened::EmptyName));
    }
    let matching = Matching::of(index, names, Bearer::of(subject.schema));
    let name = matching.best_of(number);
    let points = name.map_or(Points(0), |name| name.points);
    let parts = evidence::weigh(points, subject, entity, &shared);
    let explanation = explained(&matching, name.as_ref(), parts);
    Ok(Hit { entity, score: Score::from_points(explanation.contribution), explanation })
}

/// The names of the subject that can be compared, taken apart, and those that cannot.
pub(crate) fn analyzed(subject: &Subject) -> (Vec<(&str, Analysis)>, Vec<NotScreened>) {
    let bearer = Bearer::of(subject.schema);
    let mut names = Vec::new();
    let mut left_out = Vec::new();
    for name in &subject.names {
        match analyze_subject(name, bearer) {
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

/// The parties that have an identifier of the subject, with the identifiers as both give them.
pub(crate) fn shared_identifiers(
    index: &Index,
    subject: &Subject,
) -> BTreeMap<u32, Vec<(String, Identifier)>> {
    let mut shared: BTreeMap<u32, Vec<(String, Identifier)>> = BTreeMap::new();
    for value in &subject.identifiers {
        for (entity, listed) in index.entities_with_identifier(value) {
            shared.entry(entity).or_default().push((value.clone(), listed));
        }
    }
    shared
}

/// `{"entity": {"id", "caption", "schema", "lists", "programs", "birth_dates", "countries"}, "score", "likelihood_ratio", "explanation"}`.
impl Serialize for Hit<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut hit = serializer.serialize_struct("Hit", 4)?;
        hit.serialize_field("entity", &self.entity)?;
        hit.serialize_field("score", &self.score)?;
        hit.serialize_field("likelihood_ratio", &likelihood_ratio(self.score))?;
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
