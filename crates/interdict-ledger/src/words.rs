//! In which words is a trace told? Stable names for programs, and words for people, the same in a table, a picture and a file.

use crate::report::EndKind;
use crate::strategy::{Conservation, Direction};

/// All ways to end, in the order in which they are told.
pub const END_KINDS: [EndKind; 8] = [
    EndKind::Stopped,
    EndKind::Unspent,
    EndKind::Superseded,
    EndKind::Issued,
    EndKind::Unseen,
    EndKind::Burnt,
    EndKind::Dust,
    EndKind::Fee,
];

/// The stable name of a way to end, as in JSON.
pub fn end_name(kind: EndKind) -> &'static str {
    match kind {
        EndKind::Unspent => "unspent",
        EndKind::Stopped => "stopped",
        EndKind::Superseded => "superseded",
        EndKind::Fee => "fee",
        EndKind::Issued => "issued",
        EndKind::Unseen => "unseen",
        EndKind::Dust => "dust",
        EndKind::Burnt => "burnt",
    }
}

/// A way to end, for people.
pub fn end_words(kind: EndKind) -> &'static str {
    match kind {
        EndKind::Unspent => "Unspent",
        EndKind::Stopped => "At a service",
        EndKind::Superseded => "At another seed",
        EndKind::Fee => "Fees",
        EndKind::Issued => "Newly issued",
        EndKind::Unseen => "Origin not seen",
        EndKind::Dust => "Dust, not followed",
        EndKind::Burnt => "Destroyed",
    }
}

/// The stable name of a direction, as in JSON.
pub fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Forward => "forward",
        Direction::Backward => "backward",
    }
}

/// How much ended in one way.
pub fn ended(sums: &Conservation, kind: EndKind) -> u128 {
    match kind {
        EndKind::Unspent => sums.unspent,
        EndKind::Stopped => sums.stopped,
        EndKind::Superseded => sums.superseded,
        EndKind::Fee => sums.fee,
        EndKind::Issued => sums.issued,
        EndKind::Unseen => sums.unseen,
        EndKind::Dust => sums.dust,
        EndKind::Burnt => sums.burnt,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_json() {
        for kind in END_KINDS {
            assert_eq!(serde_json::json!(kind), end_name(kind));
        }
        for direction in [Direction::Forward, Direction::Backward] {
            assert_eq!(serde_json::json!(direction), direction_name(direction));
        }
    }

    #[test]
    fn every_way_to_end_has_its_own_sum() {
        let [unspent, fee, stopped, superseded, issued, unseen, dust, burnt] = [1, 2, 4, 8, 16, 32, 64, 128];
        let sums = Conservation { seed: 255, unspent, fee, stopped, superseded, issued, unseen, dust, burnt };
        assert_eq!(END_KINDS.map(|kind| ended(&sums, kind)).iter().sum::<u128>(), 255);
        assert!(sums.holds());
    }
}
