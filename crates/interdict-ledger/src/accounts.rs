//! Where did value on a chain of accounts go? The ledger of one (Ethereum and its like), and tracing through balances in the order of time.
//!
//! What belongs to taint is a balance: value that left before taint arrived stays clean, and a circle of transfers is harmless, as every event
//! has its place in time. Following is exact, in whole units, for one asset at a time; swapped value is a lead and no taint.

pub mod address;
pub mod build;
pub mod exposure;
pub mod file;
pub mod ledger;
pub mod seeds;
pub mod terminals;
pub mod trace;

mod answer;
mod balances;
mod holdings;
pub(crate) mod keys;
mod leads;
mod share;
mod sweep;
mod tally;

pub use address::AddressKey;
pub use build::{Builder, LedgerFull, Order, Row};
pub use exposure::{ExposureRequest, Labels, exposure, receiving, sending};
pub use ledger::{AccountId, AccountLedger, Asset, AssetId, Event, EventKind, TransactionId};
pub use seeds::{SeedRequest, Window};
pub use terminals::{Terminal, terminals};
pub use trace::{Request, Services, TraceError, no_services, trace};
