//! What an official list says: bytes in, FollowTheMoney entities and issues out.
//!
//! Reading never fails on one record: what cannot be read becomes an issue with its place, and the
//! [`Reconciliation`](interdict_core::list::Reconciliation) shows that every record was taken or is an issue. Only a file
//! that is no list at all (an HTML error page, an empty file) is refused as a whole, with a [`ReadError`].
//!
//! This crate opens no file and fetches nothing: the caller hands in bytes. It knows nothing of matching.

pub mod delta;
pub mod inventory;
pub mod source;

pub mod au;
pub mod ca;
pub mod ch;
pub mod eu;
pub mod ftm;
pub mod kr;
pub mod mapped_csv;
pub mod ofac;
pub mod senzing;
pub mod uk;
pub mod un;
pub mod us_csl;

mod calendar;
pub mod delimited;
mod encoding;
pub mod json;
mod leftover;
pub mod lines;
mod months;
mod numbered;
mod packed;
mod parts;
mod reading;
mod table;
mod text;
mod workbook;
mod written_dates;
mod xml;

pub use source::{
    Account, Format, ListContent, READERS_VERSION, ReadError, SourceFile, detect, list_of, read, read_each,
};
