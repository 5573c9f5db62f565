//! What is in Parquet files of a chain? A flat layout of our own, documented in `docs/ledger-sources.md`, read and written.

mod accounts;
mod accounts_export;
mod export;
mod outputs;
mod table;

pub use accounts::{TransferOptions, import_accounts, transfer_files};
pub use accounts_export::export_accounts;
pub use export::{ExportError, export};
pub use outputs::{ParquetReport, import_outputs};
pub use table::{ParquetError, Remark, has_table};
