//! With whom does an address of a chain of outputs deal? Following all that it received, or where that came from, up to the first label.

use super::answer::{Named, NamedSeed, Question, report};
use super::chain::Chain;
use super::trace::Untraceable;
use crate::exposure::{Exposure, Label, Side};
use crate::strategy::Direction;

/// Exposure of the outputs of a seed. `question` says by which rule, where labels stop it, and the rest; its direction is of no account.
///
/// # Errors
/// As of [`super::trace::trace`].
pub fn exposure(
    chain: &Chain,
    names: &impl Named,
    question: &Question<'_>,
    label_of: &dyn Fn(&str) -> Option<Label>,
) -> Result<Exposure, Untraceable> {
    let side = |direction| {
        let seeds: &[NamedSeed] = question.seeds;
        let (unit, window) = (question.unit.clone(), question.window.clone());
        let asked = Question { direction, seeds, unit, window, ..*question };
        let report = report(chain, names, &asked)?;
        Ok(Side::of(report, |end| label_of(&end.address)))
    };
    Ok(Exposure { sending: side(Direction::Forward)?, receiving: side(Direction::Backward)? })
}
