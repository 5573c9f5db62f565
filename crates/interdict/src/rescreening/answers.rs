//! The answers of customers, as far as they say anything: hits, rows that could not be screened, and parties that came near. All
//! others are clear.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use interdict_core::limits;
use interdict_core::outcome::Outcome;
use interdict_core::score::{Points, Score, Threshold};
use interdict_match::index::Index;
use interdict_match::rescreen::{Change, MARGIN};
use interdict_match::{Hit, Screening, Settings, screen};

use crate::answer::code;
use crate::customers::Row;

/// The answers by row, those that are clear left out.
pub(crate) type Answers = BTreeMap<u32, Known>;

/// What was answered for one row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Known {
    /// The number of the row, from 0.
    pub row: u32,
    /// The line on which it starts.
    pub line: u64,
    /// The customer's own id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<String>,
    /// Why it was not screened, by its stable name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub not_screened: Option<String>,
    /// Its hits, best first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub hits: Vec<KnownHit>,
    /// Parties that came near the threshold, within [`MARGIN`] below it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub near: Vec<KnownHit>,
    /// Whether there are more hits than are kept.
    #[serde(default)]
    pub has_more: bool,
}

/// One hit, without its reasons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct KnownHit {
    /// The party.
    pub id: String,
    /// Its list.
    pub list: String,
    /// What to call it.
    pub caption: String,
    /// The score, in ten-thousandths.
    pub score: i32,
}

impl Known {
    /// The answer for a row, with the parties that came near; none when it is clear and nothing came near.
    pub fn of(index: &Index, number: u32, row: &Row, threshold: Threshold) -> Option<Self> {
        let settings = |threshold| Settings { threshold, hits_max: limits::HITS_MAX, lists: Vec::new() };
        let (id, screening) = match &row.subject {
            Ok(subject) => (subject.id.clone(), screen(index, subject, &settings(near(threshold)))),
            Err((id, reason)) => (id.clone(), Screening::not_screened(reason.clone())),
        };
        let (hits, near): (Vec<_>, Vec<_>) =
            screening.hits.iter().partition(|hit| threshold.is_reached_by(hit.score));
        // What finding nothing means is the same at every threshold, and found fastest at the highest.
        let outcome = match &row.subject {
            Ok(subject) if hits.is_empty() && !near.is_empty() => {
                screen(index, subject, &settings(Threshold::from_points(Points::ONE))).outcome
            }
            _ => screening.outcome.clone(),
        };
        let not_screened = match &outcome {
            Outcome::NotScreened(reason) => Some(code(reason).to_owned()),
            Outcome::Clear | Outcome::Hits => None,
        };
        if hits.is_empty() && near.is_empty() && not_screened.is_none() {
            return None;
        }
        let kept = |hits: Vec<&Hit<'_>>| hits.into_iter().map(KnownHit::of).collect();
        let has_more = screening.n_hits > screening.hits.len();
        Some(Self {
            row: number,
            line: row.line,
            id,
            not_screened,
            hits: kept(hits),
            near: kept(near),
            has_more,
        })
    }

    /// Whether a hit, or what came near, is on a party that a change touches. Beyond the most hits that are kept nothing is
    /// known, so it may be.
    pub fn is_touched_by(&self, change: &Change) -> bool {
        self.has_more || self.hits.iter().chain(&self.near).any(|hit| change.touches(&hit.id))
    }

    /// Whether it says anything: hits, or that there was no screening.
    pub fn is_clear(&self) -> bool {
        self.hits.is_empty() && self.not_screened.is_none()
    }
}

impl KnownHit {
    fn of(hit: &Hit<'_>) -> Self {
        Self {
            id: hit.entity.id().to_owned(),
            list: hit.entity.list().id.to_string(),
            caption: hit.entity.caption().to_owned(),
            score: points(hit.score),
        }
    }
}

/// The threshold above which a score is near another threshold.
fn near(threshold: Threshold) -> Threshold {
    Threshold::from_points(threshold.score().points() - MARGIN)
}

fn points(score: Score) -> i32 {
    score.points().0
}
