//! Which shares do the percentages of a table mean, and may they be fractions of one?

use std::collections::HashMap;

use crate::share::{Share, ShareRange};
use crate::sources::account::{Place, Tally};

/// Most different texts of shares that are remembered.
const KEPT_MAX: usize = 100_000;

/// The percentages of a table.
#[derive(Debug, Default)]
pub(super) struct Shares {
    known: HashMap<Box<str>, ShareRange>,
    /// Whether one is above 1.
    has_more: bool,
    /// Whether one is above nothing and below 1.
    has_broken: bool,
}

impl Shares {
    /// The share of a row; a text that is none is said, and counts as unknown.
    pub fn read(&mut self, text: &str, tally: &mut Tally, line: u64) -> ShareRange {
        if text.is_empty() {
            return ShareRange::UNKNOWN;
        }
        if let Some(&share) = self.known.get(text) {
            return share;
        }
        match text.parse::<ShareRange>() {
            Ok(share) => {
                self.saw(share);
                if self.known.len() < KEPT_MAX {
                    self.known.insert(text.into(), share);
                }
                share
            }
            Err(error) => {
                let reason = format!("percent: {error}; the share counts as unknown");
                tally.value_lost(Place::line(line), "bad_share", reason);
                ShareRange::UNKNOWN
            }
        }
    }

    fn saw(&mut self, share: ShareRange) {
        let max = share.max().share;
        // What is not known says nothing of the scale.
        self.has_more |= share != ShareRange::UNKNOWN && max > Share::percent(1);
        self.has_broken |= max > Share::NONE && max < Share::percent(1);
    }

    /// Says what all of them together look like.
    pub fn finish(&self, tally: &mut Tally) {
        if self.has_broken && !self.has_more {
            let reason = "no percentage is above 1 and some are broken: these look like fractions of one, and are taken as \
                          percent; write 60 for 0.6 if so";
            tally.note(Place::default(), "fractions_of_one", reason);
        }
    }
}
