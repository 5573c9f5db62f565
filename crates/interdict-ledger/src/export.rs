//! How do other programs read a trace? JSON with a record by which it can be run again, CSV for tables, GraphML for tools that draw graphs.
//!
//! All are written piece by piece and in a fixed order: the same report gives the same bytes. `docs/ledger-export.md` tells the fields.

pub mod csv;
pub mod graphml;
pub mod json;
pub mod record;
