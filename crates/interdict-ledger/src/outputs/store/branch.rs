//! Which of several branches is the chain? The one with the most work; among equals the one that is known already or was seen first.
//!
//! Sources hold blocks in any order, blocks that lost, and gaps. Nothing of that is left out in silence: the answer names the stale branches and
//! the blocks that are missing.

use std::collections::{HashMap, HashSet};

/// The previous block of the first block of a chain.
pub const NO_BLOCK: [u8; 32] = [0; 32];

/// A block of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Its hash.
    pub hash: [u8; 32],
    /// The hash of the block before.
    pub previous: [u8; 32],
    /// The work in it, 1 where the source does not tell.
    pub work: u128,
}

/// The chain so far.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Height, and the work of the chain up to it, of each block.
    pub blocks: HashMap<[u8; 32], (u64, u128)>,
    /// The last block.
    pub tip: Option<[u8; 32]>,
}

/// Blocks that are not of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale {
    /// Its last block.
    pub tip: [u8; 32],
    /// How many blocks it has that no other branch has told before it.
    pub blocks: u64,
}

/// Blocks that hang in the air.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// The block that is not there.
    pub missing: [u8; 32],
    /// The first that follows it.
    pub follower: [u8; 32],
    /// How many follow it, directly or not.
    pub blocks: u64,
}

/// What to do with the blocks of a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// The height up to which the chain stays; `None` when nothing of it does, or there was none.
    pub stays_to: Option<u64>,
    /// The blocks to add, in order, by their places in the source. Empty when the chain stays as it is.
    pub add: Vec<usize>,
    /// How many blocks leave the chain.
    pub leaving: u64,
    /// How many blocks of the source are in the chain already, or came twice.
    pub known: u64,
    /// Branches that lost.
    pub stale: Vec<Stale>,
    /// Gaps.
    pub missing: Vec<Missing>,
}

/// A source that is of another chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the first block is another than that of the chain that is kept; they are two chains")]
pub struct AnotherChain;

/// Height and work of the chain up to a block.
type Reached = (u64, u128);

/// Chooses the branch.
///
/// # Errors
/// When the source has a first block that is not the chain's.
pub fn choose(headers: &[Header], known: &Known) -> Result<Choice, AnotherChain> {
    let mut tree = Tree::of(headers, known);
    if known.tip.is_some() && !tree.firsts.is_empty() {
        return Err(AnotherChain);
    }
    tree.reach(known);
    let now = known.tip.and_then(|tip| known.blocks.get(&tip)).copied();
    let mut best: Option<(usize, Reached)> = None;
    for (place, reached) in tree.reached.iter().enumerate() {
        let Some(reached) = *reached else { continue };
        let to_beat = best.map(|best| best.1).or(now).map(|(_, work)| work);
        if to_beat.is_none_or(|work| reached.1 > work) {
            best = Some((place, reached));
        }
    }
    let mut choice = Choice { known: tree.repeated, missing: tree.missing(), ..Choice::default() };
    choice.stays_to = now.map(|(height, _)| height);
    if let Some((tip, _)) = best {
        let mut at = Some(tip);
        while let Some(place) = at {
            choice.add.push(place);
            at = tree.parents.get(place).copied().flatten();
        }
        choice.add.reverse();
        let fork = choice
            .add
            .first()
            .and_then(|first| headers.get(*first))
            .and_then(|first| known.blocks.get(&first.previous));
        let stays_to = fork.map(|(height, _)| *height);
        choice.leaving = match (choice.stays_to, stays_to) {
            (Some(was), Some(is)) => was - is,
            (Some(was), None) => was + 1,
            (None, _) => 0,
        };
        choice.stays_to = stays_to;
    }
    choice.stale = tree.stale(&choice.add);
    Ok(choice)
}

/// The blocks of a source that are new, each with the one before it.
struct Tree<'a> {
    headers: &'a [Header],
    /// New blocks by hash.
    places: HashMap<[u8; 32], usize>,
    parents: Vec<Option<usize>>,
    children: HashMap<[u8; 32], Vec<usize>>,
    reached: Vec<Option<Reached>>,
    /// Places of first blocks.
    firsts: Vec<usize>,
    repeated: u64,
}

impl<'a> Tree<'a> {
    fn of(headers: &'a [Header], known: &Known) -> Self {
        let (mut places, mut repeated) = (HashMap::with_capacity(headers.len()), 0);
        for (place, header) in headers.iter().enumerate() {
            if known.blocks.contains_key(&header.hash) || places.contains_key(&header.hash) {
                repeated += 1;
            } else {
                places.insert(header.hash, place);
            }
        }
        let mut tree = Self {
            headers,
            parents: vec![None; headers.len()],
            children: HashMap::new(),
            reached: vec![None; headers.len()],
            firsts: Vec::new(),
            places,
            repeated,
        };
        for (place, header) in headers.iter().enumerate() {
            if tree.places.get(&header.hash) != Some(&place) {
                continue;
            }
            if header.previous == NO_BLOCK {
                tree.firsts.push(place);
            }
            if let Some(parent) = tree.parents.get_mut(place) {
                *parent = tree.places.get(&header.previous).copied();
            }
            tree.children.entry(header.previous).or_default().push(place);
        }
        tree
    }

    fn is_new(&self, place: usize) -> bool {
        self.headers.get(place).is_some_and(|header| self.places.get(&header.hash) == Some(&place))
    }

    /// Height and work of all that hangs together with the chain.
    fn reach(&mut self, known: &Known) {
        let mut open: Vec<(usize, Reached)> = Vec::new();
        for (place, header) in self.headers.iter().enumerate() {
            if !self.is_new(place) {
                continue;
            }
            if header.previous == NO_BLOCK {
                open.push((place, (0, header.work)));
            } else if let Some((height, work)) = known.blocks.get(&header.previous) {
                open.push((place, (height + 1, work.saturating_add(header.work))));
            }
        }
        while let Some((place, reached)) = open.pop() {
            let (Some(slot), Some(header)) = (self.reached.get_mut(place), self.headers.get(place)) else {
                continue;
            };
            if slot.replace(reached).is_some() {
                continue;
            }
            for child in self.children.get(&header.hash).into_iter().flatten() {
                let own = self.headers.get(*child).map_or(0, |child| child.work);
                open.push((*child, (reached.0 + 1, reached.1.saturating_add(own))));
            }
        }
    }

    /// Branches that lead elsewhere, each block told once.
    fn stale(&self, chosen: &[usize]) -> Vec<Stale> {
        let mut told: HashSet<usize> = chosen.iter().copied().collect();
        let mut stale = Vec::new();
        for (place, header) in self.headers.iter().enumerate() {
            let is_tip = self.reached.get(place).is_some_and(Option::is_some)
                && !self.children.contains_key(&header.hash)
                && !told.contains(&place);
            let (mut at, mut blocks) = (is_tip.then_some(place), 0);
            while let Some(block) = at.filter(|block| told.insert(*block)) {
                blocks += 1;
                at = self.parents.get(block).copied().flatten();
            }
            if is_tip {
                stale.push(Stale { tip: header.hash, blocks });
            }
        }
        stale
    }

    /// Gaps, and how much is behind each.
    fn missing(&self) -> Vec<Missing> {
        let mut missing: Vec<Missing> = Vec::new();
        let mut told: HashSet<[u8; 32]> = HashSet::new();
        for (place, header) in self.headers.iter().enumerate() {
            let hangs = self.is_new(place)
                && self.reached.get(place).is_some_and(Option::is_none)
                && !self.places.contains_key(&header.previous);
            if !hangs || !told.insert(header.previous) {
                continue;
            }
            let (mut open, mut blocks) = (vec![header.previous], 0);
            while let Some(hash) = open.pop() {
                for child in self.children.get(&hash).into_iter().flatten() {
                    blocks += 1;
                    open.extend(self.headers.get(*child).map(|child| child.hash));
                }
            }
            missing.push(Missing { missing: header.previous, follower: header.hash, blocks });
        }
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(name: u8) -> [u8; 32] {
        [name; 32]
    }

    fn header(name: u8, previous: u8, work: u128) -> Header {
        Header { hash: hash(name), previous: hash(previous), work }
    }

    fn known(chain: &[(u8, u64, u128)]) -> Known {
        Known {
            blocks: chain.iter().map(|(name, height, work)| (hash(*name), (*height, *work))).collect(),
            tip: chain.last().map(|last| hash(last.0)),
        }
    }

    #[test]
    fn blocks_out_of_order_with_a_lost_branch_and_a_gap() {
        let headers = [
            header(3, 2, 1),
            header(1, 0, 1),
            header(2, 1, 1),
            header(13, 1, 1),
            header(9, 8, 1),
            header(10, 9, 1),
            header(2, 1, 1),
        ];
        let choice = choose(&headers, &Known::default()).unwrap();
        assert_eq!(choice.add, [1, 2, 0]);
        assert_eq!((choice.stays_to, choice.leaving, choice.known), (None, 0, 1));
        assert_eq!(choice.stale, [Stale { tip: hash(13), blocks: 1 }]);
        assert_eq!(choice.missing, [Missing { missing: hash(8), follower: hash(9), blocks: 2 }]);
    }

    #[test]
    fn more_work_wins_and_equal_work_does_not() {
        let chain = known(&[(1, 0, 1), (2, 1, 2), (3, 2, 3)]);
        let equal = choose(&[header(12, 1, 1), header(13, 12, 1)], &chain).unwrap();
        assert_eq!((equal.add.len(), equal.stays_to, equal.leaving), (0, Some(2), 0));
        assert_eq!(equal.stale, [Stale { tip: hash(13), blocks: 2 }]);
        let more = choose(&[header(12, 1, 1), header(13, 12, 2)], &chain).unwrap();
        assert_eq!((more.add.as_slice(), more.stays_to, more.leaving), (&[0, 1][..], Some(0), 2));
        let after = choose(&[header(3, 2, 1), header(4, 3, 1)], &chain).unwrap();
        assert_eq!(
            (after.add.as_slice(), after.stays_to, after.leaving, after.known),
            (&[1][..], Some(2), 0, 1)
        );
        assert_eq!(choose(&[header(7, 0, 50)], &chain), Err(AnotherChain));
    }
}
