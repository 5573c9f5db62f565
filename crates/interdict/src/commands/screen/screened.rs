//! One subject against the lists, and against those who are blocked by ownership: two indexes, one answer.

use interdict_core::outcome::{NotScreened, Outcome};
use interdict_core::subject::Subject;
use interdict_match::{Screening, screen};

use super::Against;
use crate::answer::{Answer, HoldingsName};
use crate::network::ownership::Ownership;
use crate::terminal::{self, Detail};

/// A subject that was screened.
pub(super) struct Screened<'a> {
    against: &'a Against<'a>,
    /// Against the lists.
    pub listed: Screening<'a>,
    /// Against those who are blocked by ownership, where holdings are kept and there are any.
    owned: Option<(Screening<'a>, &'a Ownership)>,
}

impl<'a> Screened<'a> {
    /// Screens a subject against both.
    pub fn new(against: &'a Against<'a>, subject: &Subject) -> Self {
        let listed = screen(against.index, subject, &against.settings);
        let owned = against.ownership.as_ref().and_then(|ownership| {
            let screening = ownership.screen(subject, &against.settings)?;
            (screening.outcome == Outcome::Hits).then_some((screening, ownership))
        });
        Self { against, listed, owned }
    }

    /// A subject that could not be screened.
    pub fn not_screened(against: &'a Against<'a>, reason: NotScreened) -> Self {
        Self { against, listed: Screening::not_screened(reason), owned: None }
    }

    /// What it says: a hit of either kind is a hit.
    pub fn outcome(&self) -> &Outcome {
        if self.owned.is_some() { &Outcome::Hits } else { &self.listed.outcome }
    }

    /// The answer for machines.
    pub fn answer<'s>(&'s self, subject: Option<&'s Subject>) -> Answer<'s> {
        let of = (self.against.index, self.against.clusters);
        let answer = Answer::new(self.against.name.clone(), of, subject, &self.listed);
        let holdings = self.against.ownership.as_ref().map(HoldingsName::of);
        let answer = Answer { holdings, ..answer };
        match &self.owned {
            Some((screening, ownership)) => answer.with_ownership(screening, ownership),
            None => answer,
        }
    }

    /// The answer for people.
    pub fn text(&self, name: &str, detail: Detail) -> String {
        let Against { index, clusters, .. } = self.against;
        let n_owned = self.owned.as_ref().map_or(0, |(screening, _)| screening.n_hits);
        let mut text = terminal::screening(name, (&self.listed, n_owned), index, clusters, detail);
        if let Some((screening, ownership)) = &self.owned {
            text.push_str(&terminal::owned(screening, ownership, detail));
        }
        text
    }
}
