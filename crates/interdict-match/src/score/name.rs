//! How strongly two names are one, and why: what met, what is missing on either side, and what order and script take away.

use interdict_core::explanation::Explanation;
use interdict_core::score::Points;

use crate::index::ReadingRef;
use crate::names::{PartKind, Via};
use crate::query::Query;
use crate::score::align::{Meeting, choose};
use crate::score::similarity::Rule;

/// What a part that the other name contradicts costs, beside its weight: both names have something there, and it is not
/// the same.
const CONFLICT: f32 = 1.4;
/// What a part costs that only the list has.
const ONLY_LISTED: f32 = 0.40;
/// What a part costs that only the subject has.
const ONLY_OWN: f32 = 0.60;
/// What both cost more, as long as little has met.
const LITTLE_MET: f32 = 1.0;
/// The weight that counts as enough: two rare words.
const ENOUGH: f32 = 2.0;

/// What the parts of two names weigh, met and not.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Balance {
    /// The weight of what met.
    pub weight: f32,
    /// The same times the strength of each meeting.
    pub met: f32,
    /// The weight of the subject's parts that met nothing.
    pub own: f32,
    /// The weight of the entity's parts that met nothing.
    pub listed: f32,
    /// How much of that is of parts that name: a company is often called by its name alone, without what every other is
    /// called, too.
    pub listed_names: f32,
    /// How much of `own` is of parts that name.
    pub own_names: f32,
    /// Whether the name is read syllable by syllable: then one more or one less is another name.
    pub is_by_syllables: bool,
}

impl Balance {
    /// The share of the names that met, 0 to 1.
    pub fn share(&self) -> f32 {
        if self.met <= 0.0 {
            return 0.0;
        }
        if self.is_by_syllables {
            return self.met / (self.weight + SYLLABLE_MISSING * (self.own + self.listed));
        }
        let conflict = self.own.min(self.listed);
        let little = LITTLE_MET * ((ENOUGH - self.met) / ENOUGH).max(0.0);
        let missing = CONFLICT * conflict
            + ONLY_OWN * (self.own - conflict)
            + ONLY_LISTED * (self.listed - conflict)
            + little * bare(self.own - conflict, self.own_names)
            + little * bare(self.listed - conflict, self.listed_names);
        self.met / (self.weight + missing)
    }
}

/// What a syllable costs that only one of the names has.
const SYLLABLE_MISSING: f32 = 0.9;

/// Of the weight that only one of the names has, what counts as missing while little has met.
fn bare(unmet: f32, unmet_names: f32) -> f32 {
    let names = unmet.min(unmet_names);
    names + GENERIC_MISSING * (unmet - names)
}

/// What words that every other name has count for when only one of the names has them and little has met.
const GENERIC_MISSING: f32 = 0.25;

/// A part of a listed name as it is weighed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listed {
    pub token: u32,
    pub kind: PartKind,
    pub weight: f32,
}

/// What a reading in another script costs: other names are read the same way, and more of them where a sign stands for a
/// syllable, or where it is not known in which language to read it.
fn read_aloud(via: Via) -> Points {
    Points(match via {
        Via::Korean | Via::Chinese | Via::Japanese => -300,
        Via::Arabic | Via::Persian | Via::Hebrew | Via::WadeGiles | Via::Translated => -200,
        Via::SinoKorean | Via::Cantonese => -800,
        _ => -100,
    })
}
/// The syllables of a name have an order: Jong Un is not Un Jong. Family and given name may change places.
const SYLLABLES_SWAPPED: Points = Points(-2_500);
/// Many names begin with the same letters.
const ONLY_AN_ACRONYM: Points = Points(-3_500);
/// How strongly another part must meet beside an acronym.
const BESIDE_ACRONYM_MIN: f32 = 0.85;
/// "X bin Y" is the son of the one, "Y bin X" of the other.
const GENERATIONS_SWAPPED: Points = Points(-3_500);

/// How a subject's name and a listed one lie against each other.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    /// What met, in the order of the subject's parts.
    pub meetings: Vec<Meeting>,
    pub balance: Balance,
    pub penalties: [Option<(&'static str, &'static str, Points)>; 4],
}

impl Comparison {
    /// Chooses among the meetings in `self.meetings` and weighs what is left. The penalties need the listed parts.
    pub fn settle(&mut self, query: &Query, listed: &[Listed], listed_via: Via) {
        choose(&mut self.meetings);
        let mut balance = Balance { is_by_syllables: query.is_by_syllables(), ..Balance::default() };
        let (mut own_met, mut listed_met) = (0.0_f32, 0.0_f32);
        for meeting in &self.meetings {
            balance.weight += meeting.weight;
            balance.met += meeting.weight * meeting.met.strength;
            own_met += meeting.own_weight - meeting.excess();
            listed_met += meeting.weight;
        }
        let own: f32 = query.parts.iter().map(|part| part.weight).sum();
        let all_listed: f32 = listed.iter().map(|part| part.weight).sum();
        balance.own = floor(own - own_met);
        balance.listed = floor(all_listed - listed_met);
        balance.listed_names = self.unmet_names(listed);
        let own_generic: f32 = query
            .parts
            .iter()
            .enumerate()
            .filter(|(idx, part)| {
                !names(part.kind) && !self.meetings.iter().any(|meeting| meeting.has_own(*idx))
            })
            .map(|(_, part)| part.weight)
            .sum();
        balance.own_names = floor(balance.own - own_generic);
        self.balance = balance;
        let foreign = |via: Via| via != Via::Written;
        let via = if foreign(query.via) { query.via } else { listed_via };
        let is_read = query.via != listed_via && foreign(via);
        self.penalties = [
            is_read.then_some(("reading", via.name(), read_aloud(via))),
            (query.is_by_syllables() && !self.is_rotated()).then_some((
                "order",
                "syllables_swapped",
                SYLLABLES_SWAPPED,
            )),
            self.is_only_an_acronym(query).then_some(("acronym", "nothing_else_met", ONLY_AN_ACRONYM)),
            self.are_generations_swapped(query).then_some((
                "order",
                "generations_swapped",
                GENERATIONS_SWAPPED,
            )),
        ];
    }

    /// The weight of the listed parts that name and met nothing.
    fn unmet_names(&self, listed: &[Listed]) -> f32 {
        let met = self.meetings.iter().fold(0, |met, meeting| met | meeting.entity_mask);
        let unmet = listed.iter().enumerate().filter(|(idx, _)| met >> (*idx).min(63) & 1 == 0);
        unmet.filter(|(_, part)| names(part.kind)).map(|(_, part)| part.weight).sum()
    }

    /// The points of the name.
    pub fn points(&self) -> Points {
        let share = Points::from_share(f64::from(self.balance.share()));
        let taken: Points = self.penalties.iter().flatten().map(|(.., points)| *points).sum();
        Points((share + taken).0.clamp(0, Points::ONE.0))
    }

    /// Whether the parts that met are in one order on both sides, where the last ones may stand before the first.
    fn is_rotated(&self) -> bool {
        let starts = self.meetings.iter().map(|meeting| meeting.entity.0);
        let n_breaks = starts.clone().zip(starts.skip(1)).filter(|(a, b)| a > b).count();
        let wraps = match (self.meetings.first(), self.meetings.last()) {
            (Some(first), Some(last)) => last.entity.0 > first.entity.0,
            _ => false,
        };
        n_breaks + usize::from(wraps && n_breaks > 0) <= 1
    }

    /// Whether the names have nothing in common but the first letters of one, and parts that every other name has too.
    fn is_only_an_acronym(&self, query: &Query) -> bool {
        let by_letters = |meeting: &Meeting| meeting.met.rule == Rule::Acronym;
        let tells = |meeting: &Meeting| {
            let (start, len) = (usize::from(meeting.subject.0), usize::from(meeting.subject.1));
            let parts = &query.parts[start..start + len];
            meeting.met.strength >= BESIDE_ACRONYM_MIN && parts.iter().any(|part| names(part.kind))
        };
        self.meetings.iter().any(by_letters)
            && !self.meetings.iter().any(|meeting| !by_letters(meeting) && tells(meeting))
    }

    /// Whether "son of" stands between two names that met in the other order.
    fn are_generations_swapped(&self, query: &Query) -> bool {
        let Some(at) = query.parts.iter().position(|part| part.kind == PartKind::Patronymic) else {
            return false;
        };
        let met = |idx: usize| {
            let holds = |meeting: &&Meeting| {
                let start = usize::from(meeting.subject.0);
                (start..start + usize::from(meeting.subject.1)).contains(&idx)
            };
            self.meetings.iter().find(holds).map(|meeting| meeting.entity.0)
        };
        let (Some(before), Some(bin), Some(after)) = (at.checked_sub(1).and_then(met), met(at), met(at + 1))
        else {
            return false;
        };
        after < bin && bin < before
    }

    /// The same as a tree of contributions that add up to [`Self::points`].
    pub fn explain(&self, query: &Query, reading: ReadingRef<'_>, listed: &[Listed]) -> Explanation {
        let texts = |run: (u8, u8)| words(query.parts.iter().map(|part| part.text.as_str()), run);
        let listed_texts = |run: (u8, u8)| words(reading.parts().map(|part| part.text).cycle(), run);
        let worths: Vec<f64> = self.meetings.iter().map(|m| f64::from(m.weight * m.met.strength)).collect();
        let met =
            Points::from_share(f64::from(self.balance.met / self.balance.weight.max(f32::MIN_POSITIVE)));
        let mut children: Vec<Explanation> = self
            .meetings
            .iter()
            .zip(met.split(&worths))
            .map(|(meeting, points)| {
                Explanation::leaf("part", meeting.met.rule.name(), points)
                    .between(texts(meeting.subject), listed_texts(meeting.entity))
            })
            .collect();
        let total = |children: &[Explanation]| children.iter().map(|c| c.contribution).sum::<Points>();
        let missing = Points::from_share(f64::from(self.balance.share())) - total(&children);
        children.extend(self.missing(query, reading, listed, missing));
        for (feature, rule, points) in self.penalties.iter().flatten() {
            let points = (*points).max(-total(&children));
            if points != Points(0) {
                children.push(Explanation::leaf(feature, rule, points));
            }
        }
        Explanation::of_parts("name", "aligned", children)
    }

    /// What the parts that met nothing take away, each by its weight.
    fn missing(
        &self,
        query: &Query,
        reading: ReadingRef<'_>,
        listed: &[Listed],
        points: Points,
    ) -> Vec<Explanation> {
        let holds = |run: (u8, u8), idx: usize| {
            (usize::from(run.0)..usize::from(run.0) + usize::from(run.1)).contains(&idx)
        };
        let mut leaves = Vec::new();
        let mut weights = Vec::new();
        for (idx, part) in query.parts.iter().enumerate() {
            if !self.meetings.iter().any(|meeting| holds(meeting.subject, idx)) {
                leaves.push(
                    Explanation::leaf("missing_part", "only_in_subject", Points(0)).of_subject(&part.text),
                );
                weights.push(f64::from(part.weight));
            }
        }
        for (idx, (part, listed)) in reading.parts().zip(listed).enumerate() {
            if !self.meetings.iter().any(|meeting| meeting.entity_mask >> idx.min(63) & 1 == 1) {
                leaves.push(
                    Explanation::leaf("missing_part", "only_in_entity", Points(0)).of_entity(part.text),
                );
                weights.push(f64::from(listed.weight));
            }
        }
        if leaves.is_empty() {
            // Every part met, but not for all it weighs: a letter met a name, or a rare word one that it is only like.
            let is_partly = self.balance.own + self.balance.listed > 0.0;
            let rule = if is_partly { "partly_met" } else { "rounding" };
            let rest = Explanation::leaf("balance", rule, points);
            return if points == Points(0) { Vec::new() } else { vec![rest] };
        }
        for (leaf, points) in leaves.iter_mut().zip((-points).split(&weights)) {
            leaf.contribution = -points;
        }
        leaves
    }
}

/// Whether parts of this kind name somebody, rather than say what everybody of a sort is called.
pub(crate) fn names(kind: PartKind) -> bool {
    use PartKind::{Direction, Generic, Honorific, Initial, Legal, Particle, Patronymic, Place, Vessel};
    !matches!(
        kind,
        Direction | Generic | Honorific | Initial | Legal | Particle | Patronymic | Place | Vessel
    )
}

/// Sums of the same weights in another order differ in their last digits.
fn floor(weight: f32) -> f32 {
    if weight < 1e-4 { 0.0 } else { weight }
}

fn words<'a>(parts: impl Iterator<Item = &'a str>, (start, len): (u8, u8)) -> String {
    parts.skip(usize::from(start)).take(usize::from(len)).collect::<Vec<_>>().join(" ")
}
