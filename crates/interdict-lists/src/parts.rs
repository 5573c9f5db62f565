//! Which number does a part of a party get? The entities of its records, counted by what they are.

use interdict_core::entity::Entity;

/// The parts of one party, in order.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    entities: Vec<Entity>,
    /// How many there are of each word. A look at all parts for each would take the square of their number.
    counts: Vec<(&'static str, usize)>,
}

impl Parts {
    /// The id of the next part that has this word in its id: `<party>-address-2`.
    pub(crate) fn next_id(&self, party: &Entity, word: &'static str) -> String {
        format!("{}-{word}-{}", party.id, self.count(word) + 1)
    }

    /// Adds a part whose id has this word.
    pub(crate) fn push(&mut self, word: &'static str, part: Entity) {
        match self.counts.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None => self.counts.push((word, 1)),
        }
        self.entities.push(part);
    }

    fn count(&self, word: &str) -> usize {
        self.counts.iter().find(|(known, _)| *known == word).map_or(0, |(_, count)| *count)
    }
}

impl IntoIterator for Parts {
    type Item = Entity;
    type IntoIter = std::vec::IntoIter<Entity>;

    fn into_iter(self) -> Self::IntoIter {
        self.entities.into_iter()
    }
}
