//! Known customers and the answers that they had, kept so that after a change of the lists only those are screened again whom it
//! can touch.
//!
//! ```text
//! <home>/customers/<name>/customers            the file as it came
//! <home>/customers/<name>/rows                 where each row begins: offset and line, 8 bytes each, little-endian
//! <home>/customers/<name>/customers.idx        the customers as an index, for listed parties to be looked up in
//! <home>/customers/<name>/lists-<digest>.idx   the index of the lists that the answers are of
//! <home>/customers/<name>/answers-<digest>     the rows that had hits or were not screened, as JSON lines
//! <home>/customers/<name>/state.json           what the answers are of; written last
//! ```

mod answers;
mod kept;

pub(crate) use answers::{Answers, Known, KnownHit};
pub(crate) use kept::{Kept, State, names};
