//! `interdict why-not`: what kept a name below the threshold.

use std::fmt::Write as _;

use serde::Serialize;

use interdict_core::explanation::Explanation;
use interdict_core::score::{Points, Score, Threshold};
use interdict_core::subject::Subject;
use interdict_match::index::Index;
use interdict_match::{Hit, Settings, compare, screen};

use super::screen::Details;
use super::{print, print_json, show};
use crate::answer::{IndexName, Reason};
use crate::cli::{Output, WhyNot};
use crate::config::{self, Config};
use crate::failure::Failure;
use crate::terminal::{self, FAINT, STRONG, printable};
use crate::{Ending, index_store};

/// How far below the threshold parties are looked for when none is named.
const BELOW: f64 = 0.35;
/// The lowest score of a party that is shown then.
const LOWEST: f64 = 0.20;

/// The answer. Its shape is told in `docs/answers.md`.
#[derive(Serialize)]
struct Answer<'a> {
    subject: &'a Subject,
    threshold: Score,
    index: IndexName<'a>,
    /// Why the name cannot be compared at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    parties: Vec<Party<'a>>,
}

/// One party and what kept its score down.
#[derive(Serialize)]
struct Party<'a> {
    #[serde(flatten)]
    hit: Hit<'a>,
    is_hit: bool,
    /// What is missing to the threshold; 0 for a hit.
    missing: Points,
    /// What took points away, the most first.
    against: Vec<Explanation>,
}

/// Explains the party that was asked for, or those nearest below the threshold.
pub(crate) fn run(config: &Config, args: &WhyNot, output: Output) -> Result<Ending, Failure> {
    let details =
        Details { schema: args.schema.as_deref(), birth_dates: &args.birth_date, countries: &args.country };
    let subject = Subject { names: vec![args.name.clone()], ..details.subject()? };
    let threshold = match args.threshold {
        Some(value) => {
            config::threshold(value).map_err(|reason| Failure::Usage(format!("--threshold: {reason}")))?
        }
        None => config.threshold,
    };
    let opened = index_store::open(config)?;
    let index = &opened.index;
    let (parties, reason) = match &args.entity {
        Some(id) => compared(index, &subject, id, threshold)?,
        None => nearest(index, &subject, threshold, args.limit),
    };
    let ending = match (&reason, &args.entity) {
        (Some(_), _) => Ending::NotScreened,
        (None, Some(_)) if parties.iter().any(|party| party.is_hit) => Ending::Hits,
        _ => Ending::Clear,
    };
    let answer = Answer {
        subject: &subject,
        threshold: threshold.score(),
        index: IndexName::of(index.info()),
        reason,
        parties,
    };
    if output == Output::Json {
        print_json(&answer)?;
    } else {
        print(text(&args.name, &answer).as_bytes())?;
    }
    Ok(ending)
}

type Found<'a> = (Vec<Party<'a>>, Option<Reason>);

fn compared<'a>(
    index: &'a Index,
    subject: &Subject,
    id: &str,
    threshold: Threshold,
) -> Result<Found<'a>, Failure> {
    let mut parties = Vec::new();
    for entity in show::parties(index, id)? {
        match compare(index, subject, entity) {
            Ok(hit) => parties.push(party(hit, threshold)),
            Err(reason) => return Ok((Vec::new(), Some(Reason::of(&reason)))),
        }
    }
    Ok((parties, None))
}

/// The parties nearest below the threshold.
fn nearest<'a>(index: &'a Index, subject: &Subject, threshold: Threshold, limit: usize) -> Found<'a> {
    let low = Threshold::new((threshold.score().value() - BELOW).max(LOWEST)).unwrap_or(threshold);
    let settings = Settings { threshold: low, hits_max: interdict_core::limits::HITS_MAX, lists: Vec::new() };
    let screening = screen(index, subject, &settings);
    let reason = match &screening.outcome {
        interdict_core::outcome::Outcome::NotScreened(reason) => Some(Reason::of(reason)),
        _ => None,
    };
    let below = screening.hits.into_iter().filter(|hit| !threshold.is_reached_by(hit.score));
    (below.take(limit).map(|hit| party(hit, threshold)).collect(), reason)
}

fn party(hit: Hit<'_>, threshold: Threshold) -> Party<'_> {
    let is_hit = threshold.is_reached_by(hit.score);
    let missing = if is_hit { Points(0) } else { threshold.score().points() - hit.score.points() };
    let mut against = Vec::new();
    collect_against(&hit.explanation, &mut against);
    against.sort_by_key(|leaf| leaf.contribution);
    Party { hit, is_hit, missing, against }
}

/// The leaves that take away.
fn collect_against(explanation: &Explanation, against: &mut Vec<Explanation>) {
    if explanation.children.is_empty() && explanation.contribution < Points(0) {
        against.push(explanation.clone());
    }
    explanation.children.iter().for_each(|child| collect_against(child, against));
}

fn text(name: &str, answer: &Answer<'_>) -> String {
    let threshold = answer.threshold.value();
    let name = printable(name);
    if let Some(reason) = &answer.reason {
        return format!("{STRONG}{name}{STRONG:#} cannot be compared: {}\n", printable(reason.message()));
    }
    if answer.parties.is_empty() {
        return format!("{STRONG}{name}{STRONG:#}: no party comes near the threshold {threshold}\n");
    }
    let mut text = String::new();
    for party in &answer.parties {
        let verdict = if party.is_hit {
            format!("it is a hit at the threshold {threshold}")
        } else {
            let missing = party.missing.to_share();
            format!("{missing:.4} below the threshold {threshold}: {}", in_words(party))
        };
        let _ = writeln!(text, "{STRONG}{name}{STRONG:#}  {FAINT}{verdict}{FAINT:#}");
        text.push_str(&terminal::hit(&party.hit, terminal::Detail::Full));
    }
    text
}

/// The two facts that took the most away.
fn in_words(party: &Party<'_>) -> String {
    let fact = |leaf: &Explanation| {
        let part = leaf.subject.as_ref().or(leaf.entity.as_ref());
        let rule = leaf.rule.replace('_', " ");
        match part {
            Some(part) => format!("{} {rule} ({})", printable(part), leaf.contribution),
            None => format!("{rule} ({})", leaf.contribution),
        }
    };
    let facts: Vec<String> = party.against.iter().take(2).map(fact).collect();
    if facts.is_empty() && party.hit.score == Score::ZERO {
        return "no part of the names meets".to_owned();
    }
    if facts.is_empty() { "parts are only alike".to_owned() } else { facts.join(", ") }
}
