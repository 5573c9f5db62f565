//! What is in Parquet files of a chain? A flat layout of our own, documented in `docs/ledger-sources.md`, read and written.

mod export;
mod outputs;
mod table;

pub use export::{ExportError, export};
pub use outputs::{ParquetReport, import_outputs};
pub use table::{ParquetError, Remark};
