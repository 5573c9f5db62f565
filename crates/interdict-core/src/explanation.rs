//! Why a score is what it is: a tree of signed contributions that add up.

use serde::Serialize;

use crate::score::Points;

/// One node of the reasons for a score.
///
/// A leaf carries its own contribution; a node with children carries the sum of theirs, so the contribution of
/// the root is the score (see [`Explanation::of_parts`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// What was compared or counted: `name`, `part`, `missing_part`, `birth_date`, `country`, `identifier`…
    pub feature: &'static str,
    /// The rule that applied, in words of `docs/matching.md`: `exact`, `spelling`, `joined`, `year_agrees`…
    pub rule: &'static str,
    /// What this adds to the score or takes from it.
    pub contribution: Points,
    /// The text of the subject that was met, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The text of the entity that was met, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// One sentence for a person, where the fields above do not say it all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The parts of this contribution.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Explanation>,
}

impl Explanation {
    /// A leaf: one fact and what it contributes.
    pub fn leaf(feature: &'static str, rule: &'static str, contribution: Points) -> Self {
        Self { feature, rule, contribution, subject: None, entity: None, detail: None, children: Vec::new() }
    }

    /// A node whose contribution is the sum of its parts.
    pub fn of_parts(feature: &'static str, rule: &'static str, children: Vec<Explanation>) -> Self {
        let contribution = children.iter().map(|child| child.contribution).sum();
        Self { children, ..Self::leaf(feature, rule, contribution) }
    }

    /// The same with the two texts that met.
    #[must_use]
    pub fn between(mut self, subject: impl Into<String>, entity: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self.entity = Some(entity.into());
        self
    }

    /// The same with the text of the subject alone.
    #[must_use]
    pub fn of_subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// The same with the text of the entity alone.
    #[must_use]
    pub fn of_entity(mut self, entity: impl Into<String>) -> Self {
        self.entity = Some(entity.into());
        self
    }

    /// The same with a sentence for a person.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Whether every node with children carries exactly their sum.
    pub fn adds_up(&self) -> bool {
        let own = self.children.is_empty()
            || self.contribution == self.children.iter().map(|child| child.contribution).sum();
        own && self.children.iter().all(Self::adds_up)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_the_sum_of_its_parts() {
        let leaf = |points| Explanation::leaf("part", "exact", Points(points));
        let mut node = Explanation::of_parts("name", "aligned", vec![leaf(6_000), leaf(-500)]);
        assert_eq!(node.contribution, Points(5_500));
        assert!(node.adds_up());
        node.children[0].contribution = Points(1);
        assert!(!node.adds_up());
    }
}
