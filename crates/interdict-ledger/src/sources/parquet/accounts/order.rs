//! In which order did transfers happen? As their sequence says, or else by time, block, transaction and place in it.

use interdict_core::issue::{Issue, Severity};

use super::Transfer;
use crate::accounts::{AssetId, Builder};
use crate::sources::SourceAccount;
use crate::sources::edge_list::ties::{Tied, Ties};

/// What a row says of its place.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// Among all rows.
    pub sequence: Option<u64>,
    pub block: Option<u64>,
    pub time: Option<i64>,
    /// The place of the transaction in its block.
    pub tx_index: Option<u64>,
    /// The place in the transaction.
    pub position: Option<u64>,
}

impl Place {
    fn is_empty(&self) -> bool {
        self.block.is_none() && self.time.is_none() && self.tx_index.is_none() && self.position.is_none()
    }
}

/// By what rows are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Sequence,
    /// All have a time. Blocks of two chains say nothing of each other, so that times go first.
    Time,
    Block,
    File,
}

type Key = (i64, u64, i64, u64, u64);

impl By {
    fn of(transfers: &[Transfer]) -> Self {
        let all = |has: fn(&Place) -> bool| transfers.iter().all(|transfer| has(&transfer.place));
        if all(|place| place.sequence.is_some()) {
            Self::Sequence
        } else if all(|place| place.time.is_some()) {
            Self::Time
        } else if all(Place::is_empty) {
            Self::File
        } else {
            Self::Block
        }
    }

    fn key(self, place: &Place) -> Key {
        let [block, index, position] =
            [place.block, place.tx_index, place.position].map(Option::unwrap_or_default);
        let time = place.time.unwrap_or(i64::MIN);
        match self {
            Self::Sequence => (0, place.sequence.unwrap_or_default(), 0, 0, 0),
            Self::Time => (time, block, 0, index, position),
            Self::Block => (0, block, if place.block.is_none() { time } else { 0 }, index, position),
            Self::File => (0, 0, 0, 0, 0),
        }
    }
}

/// Transfers in their order.
pub(super) struct Ordered {
    pub transfers: Vec<Transfer>,
    by: By,
    has_sequences: bool,
    /// How many rows have neither a block nor a time.
    without_place: usize,
    reordered: u64,
}

pub(super) fn in_order(
    mut transfers: Vec<Transfer>,
    asset_of: impl Fn(&Transfer) -> Option<AssetId>,
) -> Ordered {
    let by = By::of(&transfers);
    let is_nowhere = |transfer: &&Transfer| transfer.place.block.is_none() && transfer.place.time.is_none();
    let without_place = transfers.iter().filter(is_nowhere).count();
    let has_sequences = transfers.iter().any(|transfer| transfer.place.sequence.is_some());
    let mut ordered = Ordered { transfers: Vec::new(), by, has_sequences, without_place, reordered: 0 };
    transfers.sort_by_key(|transfer| by.key(&transfer.place)); // stable: equal places stay as they were
    if matches!(by, By::Sequence | By::File) {
        ordered.transfers = transfers;
        return ordered;
    }
    let (mut ties, mut places) = (Ties::default(), Vec::with_capacity(transfers.len()));
    for group in transfers.chunk_by(|one, other| by.key(&one.place) == by.key(&other.place)) {
        let tied = |transfer: &Transfer| {
            let Transfer { from, to, value, .. } = *transfer;
            asset_of(transfer).map(|asset| Tied { from, to, asset, value })
        };
        let tied: Vec<Tied> = group.iter().filter_map(tied).collect();
        let start = places.len();
        places.extend(ties.order(&tied).into_iter().map(|place| start + place));
    }
    let mut taken: Vec<Option<Transfer>> = transfers.into_iter().map(Some).collect();
    let take = |place: usize| taken.get_mut(place).and_then(Option::take);
    ordered.transfers = places.into_iter().filter_map(take).collect();
    ordered.reordered = ties.reordered;
    ordered
}

impl Ordered {
    /// What whoever reads an answer has to know of the order.
    pub fn tell(&self, builder: &mut Builder, account: &mut SourceAccount) {
        if self.by == By::File {
            let text =
                "the rows have neither sequences, times nor blocks; they are taken in the order of the files";
            builder.note("order_of_the_file", text.to_owned());
        }
        if self.reordered > 0 {
            let text = format!(
                "in {} groups of transfers of one place the order is unknown and that of the files is impossible; spends are put behind receipts",
                self.reordered
            );
            builder.note("order_within_a_moment", text);
        }
        let mut note = |kind: &str, text: String| account.issues.push(Issue::new(Severity::Note, kind, text));
        if self.has_sequences && self.by != By::Sequence {
            note("sequence_incomplete", "not every row has a `sequence`; none counts".to_owned());
        }
        if self.by == By::Block && self.without_place > 0 {
            let text =
                format!("{} rows have neither a block nor a time; they come first", self.without_place);
            note("no_place", text);
        }
    }
}
