//! `interdict wallet chain export`: a kept chain as Parquet tables, each whole or not there.

use std::fs::{self, File};
use std::path::Path;

use interdict_ledger::accounts::AccountLedger;
use interdict_ledger::sources::parquet::{self, ExportError};
use serde_json::json;
use tempfile::NamedTempFile;

use super::{say, unknown};
use crate::Ending;
use crate::archive::{sync_folder, temporary_file};
use crate::cli::{ChainExport, Output};
use crate::failure::Failure;
use crate::ledger::opened::Outputs;
use crate::ledger::store::{ChainStore, Kept};
use crate::progress;

/// Tables of chains of outputs.
const OUTPUTS: [&str; 3] = ["blocks", "outputs", "inputs"];
/// That of chains of accounts.
const TRANSFERS: &str = "transfers";

pub(super) fn run(store: &ChainStore, args: &ChainExport, output: Output) -> Result<Ending, Failure> {
    let ChainExport { name, output: folder } = args;
    let kept = store.open(name)?.ok_or_else(|| unknown(name))?;
    let unwritable = |error| Failure::Unwritable { path: folder.clone(), error };
    fs::create_dir_all(folder).map_err(unwritable)?;
    if let Some(table) = OUTPUTS.iter().chain([&TRANSFERS]).find(|table| parquet::has_table(folder, table)) {
        return Err(Failure::Ledger(format!(
            "{} has a table {table} already; tables of one name are read as one, so name another folder",
            folder.display()
        )));
    }
    let bar = progress::spinner("writing tables");
    let (kind, tables) = match kept {
        Kept::Accounts(ledger, _) => ("accounts", accounts(&ledger, folder)?),
        Kept::Outputs(chain, _) => ("outputs", outputs(&chain, folder)?),
    };
    bar.finish_and_clear();
    sync_folder(folder).map_err(unwritable)?;
    let text = format!("{name}: written to {} as {}", folder.display(), tables.join(", "));
    let folder = folder.display().to_string();
    say(output, &text, &json!({ "chain": name, "kind": kind, "folder": folder, "tables": tables }))
}

fn accounts(ledger: &AccountLedger, folder: &Path) -> Result<Vec<String>, Failure> {
    let file = begun(folder)?;
    parquet::export_accounts(ledger, file.as_file()).map_err(|error| failed(folder, &error))?;
    Ok(vec![kept_as(folder, TRANSFERS, file)?])
}

fn outputs(outputs: &Outputs, folder: &Path) -> Result<Vec<String>, Failure> {
    let [blocks, made, inputs] = [begun(folder)?, begun(folder)?, begun(folder)?];
    let to: [&File; 3] = [blocks.as_file(), made.as_file(), inputs.as_file()];
    parquet::export(&outputs.chain, &outputs.names, to).map_err(|error| failed(folder, &error))?;
    let files = OUTPUTS.into_iter().zip([blocks, made, inputs]);
    files.map(|(table, file)| kept_as(folder, table, file)).collect()
}

fn begun(folder: &Path) -> Result<NamedTempFile, Failure> {
    temporary_file()
        .tempfile_in(folder)
        .map_err(|error| Failure::Unwritable { path: folder.to_owned(), error })
}

fn failed(folder: &Path, error: &ExportError) -> Failure {
    Failure::Ledger(format!("{}: {error}", folder.display()))
}

/// Gives a file that is whole its name.
fn kept_as(folder: &Path, table: &str, file: NamedTempFile) -> Result<String, Failure> {
    let name = format!("{table}.parquet");
    let path = folder.join(&name);
    let unwritable = |error| Failure::Unwritable { path: path.clone(), error };
    file.as_file().sync_all().map_err(unwritable)?;
    file.persist_noclobber(&path).map_err(|error| unwritable(error.error))?;
    Ok(name)
}
