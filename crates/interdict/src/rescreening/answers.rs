//! The answers of customers, as far as they say anything: hits, and rows that could not be screened. All others are clear.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use interdict_core::limits;
use interdict_core::outcome::Outcome;
use interdict_core::score::{Score, Threshold};
use interdict_match::index::Index;
use interdict_match::{Screening, Settings, screen};

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
    /// How many there are in all.
    #[serde(default)]
    pub n_hits: usize,
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
    /// The answer for a row; none when it is clear.
    pub fn of(index: &Index, number: u32, row: &Row, threshold: Threshold) -> Option<Self> {
        let settings = Settings { threshold, hits_max: limits::HITS_MAX, lists: Vec::new() };
        let screening = match &row.subject {
            Ok(subject) => screen(index, subject, &settings),
            Err((_, reason)) => Screening::not_screened(reason.clone()),
        };
        let id = match &row.subject {
            Ok(subject) => subject.id.clone(),
            Err((id, _)) => id.clone(),
        };
        let not_screened = match &screening.outcome {
            Outcome::Clear => return None,
            Outcome::Hits => None,
            Outcome::NotScreened(reason) => Some(code(reason).to_owned()),
        };
        let hit = |hit: &interdict_match::Hit<'_>| KnownHit {
            id: hit.entity.id().to_owned(),
            list: hit.entity.list().id.to_string(),
            caption: hit.entity.caption().to_owned(),
            score: points(hit.score),
        };
        let hits = screening.hits.iter().map(hit).collect();
        Some(Self { row: number, line: row.line, id, not_screened, hits, n_hits: screening.n_hits })
    }

    /// Whether one of the hits is on one of these parties.
    pub fn has_hit_on(&self, parties: &std::collections::BTreeSet<String>) -> bool {
        // Beyond the most hits that are kept nothing is known.
        self.n_hits > self.hits.len() || self.hits.iter().any(|hit| parties.contains(&hit.id))
    }
}

fn points(score: Score) -> i32 {
    score.points().0
}
