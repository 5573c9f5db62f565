//! The answer of a screening as JSON. Its shape is a contract: `docs/answers.md` tells it, snapshot tests hold it.

use serde::Serialize;
use serde_json::Value;

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::list::ListId;
use interdict_core::outcome::{NotScreened, Outcome};
use interdict_core::subject::Subject;
use interdict_match::clusters::Clusters;
use interdict_match::index::{Index, IndexInfo};
use interdict_match::{Hit, Screening};
use interdict_network::interest::Day;

use crate::customers::FieldIssue;
use crate::index_store::{Opened, When};
use crate::network::kept::KeptFile;
use crate::network::ownership::Ownership;

/// The answer for one subject.
#[derive(Serialize)]
pub(crate) struct Answer<'a> {
    /// The id of the row, in answers to a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a str>,
    /// The line of the row, in answers to a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// What was screened; null when the row could not be read.
    pub subject: Option<&'a Subject>,
    /// `clear`, `hits` or `not_screened`.
    pub outcome: &'static str,
    /// Why it was not screened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// What it was screened against.
    pub index: IndexName<'a>,
    /// Which kept holdings it was screened against, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holdings: Option<HoldingsName<'a>>,
    /// How many hits there are, those beyond the limit included.
    pub n_hits: usize,
    /// The hits, best first.
    pub hits: Vec<AnswerHit<'a>>,
    /// Fields of the row that could not be used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<FieldIssue>,
}

/// A hit, and the same party elsewhere.
#[derive(Serialize)]
pub(crate) struct AnswerHit<'a> {
    kind: HitKind,
    #[serde(flatten)]
    hit: &'a Hit<'a>,
    /// The ids of the other parties of its cluster, in the order of the lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<&'a str>,
    /// Why a party that is on no list is blocked, or may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    ownership: Option<ByOwnership>,
}

/// What makes a party one that is screened against.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum HitKind {
    /// It is on a list.
    Listed,
    /// It is blocked by who owns or controls it, or may be.
    Ownership,
}

/// How a party stands that is on no list.
#[derive(Serialize)]
struct ByOwnership {
    as_of: Day,
    /// The explanation under each regime under which it is blocked or undetermined.
    regimes: Value,
}

impl<'a> AnswerHit<'a> {
    fn of(hit: &'a Hit<'a>, index: &'a Index, clusters: &Clusters) -> Self {
        let own = hit.entity.number();
        let others = clusters.of(own).into_iter().flatten().filter(|&&party| party != own);
        let same_as = others.map(|&party| index.entity(party).id()).collect();
        Self { kind: HitKind::Listed, hit, same_as, ownership: None }
    }
}

/// Kept holdings as an answer names them.
#[derive(Serialize)]
pub(crate) struct HoldingsName<'a> {
    as_of: Day,
    files: Vec<HoldingsFile<'a>>,
}

#[derive(Serialize)]
struct HoldingsFile<'a> {
    name: &'a str,
    digest: Digest,
}

impl<'a> HoldingsName<'a> {
    /// The name of the holdings that parties are blocked by.
    pub fn of(ownership: &'a Ownership) -> Self {
        let file = |file: &'a KeptFile| HoldingsFile { name: &file.name, digest: file.digest };
        Self { as_of: ownership.day(), files: ownership.files().iter().map(file).collect() }
    }
}

/// Why a subject was not screened.
#[derive(Serialize)]
pub(crate) struct Reason {
    /// A stable name.
    code: &'static str,
    /// A sentence.
    message: String,
}

impl Reason {
    /// A reason as answers give it.
    pub fn of(reason: &NotScreened) -> Self {
        Self { code: code(reason), message: reason.to_string() }
    }

    /// The sentence.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// An index as an answer names it.
#[derive(Serialize, Clone)]
pub(crate) struct IndexName<'a> {
    digest: Digest,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<PartialDate>,
    lists: Vec<ListName<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    lists_without_version: &'a [ListId],
}

#[derive(Serialize, Clone)]
struct ListName<'a> {
    id: &'a ListId,
    version: &'a str,
    published: Option<PartialDate>,
    entities: u64,
    /// Older than the list may be.
    #[serde(skip_serializing_if = "is_false")]
    stale: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn is_false(value: &bool) -> bool {
    !value
}

impl<'a> IndexName<'a> {
    /// The name of an index.
    pub fn of(info: &'a IndexInfo) -> Self {
        let name = |list: &'a interdict_core::list::ListVersion| ListName {
            id: &list.id,
            version: &list.version,
            published: list.published,
            entities: list.entities,
            stale: false,
        };
        let lists = info.lists.iter().map(name).collect();
        Self { digest: info.digest, as_of: None, lists, lists_without_version: &[] }
    }

    /// The name of an open index, with which of its lists are too old, and of which day they are.
    pub fn of_opened(opened: &'a Opened, when: When) -> Self {
        let mut name = Self::of(opened.index.info());
        for list in &mut name.lists {
            list.stale = opened.stale.iter().any(|(stale, _)| stale == list.id);
        }
        if let When::PublishedBy(day) = when {
            name.as_of = Some(day);
        }
        Self { lists_without_version: &opened.without_version, ..name }
    }
}

impl<'a> Answer<'a> {
    /// The answer for a subject, from its screening against the index of that name and its clusters.
    pub fn new(
        name: IndexName<'a>,
        (index, clusters): (&'a Index, &Clusters),
        subject: Option<&'a Subject>,
        screening: &'a Screening<'a>,
    ) -> Self {
        let reason = match &screening.outcome {
            Outcome::NotScreened(reason) => Some(Reason::of(reason)),
            Outcome::Clear | Outcome::Hits => None,
        };
        Self {
            id: None,
            line: None,
            subject,
            outcome: screening.outcome.name(),
            reason,
            index: name,
            holdings: None,
            n_hits: screening.n_hits,
            hits: screening.hits.iter().map(|hit| AnswerHit::of(hit, index, clusters)).collect(),
            issues: Vec::new(),
        }
    }
}

impl<'a> Answer<'a> {
    /// The same with hits by ownership behind those of the lists.
    pub fn with_ownership(self, screening: &'a Screening<'a>, ownership: &'a Ownership) -> Self {
        let owned = screening.hits.iter().map(|hit| AnswerHit {
            kind: HitKind::Ownership,
            hit,
            same_as: Vec::new(),
            ownership: ownership
                .of(hit.entity.id())
                .map(|regimes| ByOwnership { as_of: ownership.day(), regimes }),
        });
        Self {
            outcome: Outcome::Hits.name(),
            reason: None,
            n_hits: self.n_hits + screening.n_hits,
            hits: self.hits.into_iter().chain(owned).collect(),
            ..self
        }
    }
}

/// The stable name of a reason.
pub(crate) fn code(reason: &NotScreened) -> &'static str {
    match reason {
        NotScreened::EmptyName => "empty_name",
        NotScreened::UnusableName { .. } => "unusable_name",
        NotScreened::OnlyGenericWords { .. } => "only_generic_words",
        NotScreened::ScriptNotRead { .. } => "script_not_read",
        NotScreened::NameTooLong { .. } => "name_too_long",
        NotScreened::TooManyNames { .. } => "too_many_names",
        NotScreened::UnreadableRow { .. } => "unreadable_row",
    }
}
