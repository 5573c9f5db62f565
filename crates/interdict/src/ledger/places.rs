//! Which files of accounts do places stand for? Tables of text, or one table of transfers as Parquet.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use interdict_core::digest::Digest;
use interdict_core::mapped::MappedFile;
use interdict_ledger::accounts::Builder;
use interdict_ledger::export::record::Read;
use interdict_ledger::sources::SourceAccount;
use interdict_ledger::sources::parquet::{self, TransferOptions};

use super::opened::Reading;
use crate::failure::Failure;
use crate::intake;

/// Endings of tables.
const TABLES: [&str; 3] = ["csv", "tsv", "parquet"];
/// First bytes of a Parquet file.
const MAGIC: &[u8; 4] = b"PAR1";

/// Files of accounts of one form.
pub(super) enum Places {
    /// Tables of text.
    Texts(Vec<PathBuf>),
    /// One table of transfers.
    Transfers(Vec<PathBuf>),
}

/// Every file of the places: a folder stands for its tables, in the order of their names.
pub(super) fn found(places: &[PathBuf]) -> Result<Places, Failure> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for place in places {
        if place.is_dir() {
            paths.extend(inside(place)?);
        } else {
            paths.push(place.clone());
        }
    }
    let (transfers, texts): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| is_parquet(path));
    match (transfers.is_empty(), texts.is_empty()) {
        (true, _) => Ok(Places::Texts(texts)),
        (false, true) => Ok(Places::Transfers(transfers)),
        (false, false) => Err(Failure::Ledger(
            "Parquet tables of transfers and tables of text are not read together: nothing says which row of one is before which of the other"
                .to_owned(),
        )),
    }
}

/// Whether a folder has the Parquet tables of a chain of outputs.
pub(crate) fn is_of_outputs(path: &Path) -> bool {
    path.join("outputs.parquet").is_file() || path.join("outputs").is_dir()
}

fn inside(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    if is_of_outputs(folder) {
        return Err(Failure::Ledger(format!(
            "{} has the tables of a chain of outputs; keep it first: interdict wallet chain import {0} --name NAME",
            folder.display()
        )));
    }
    if let Ok(transfers) = parquet::transfer_files(folder) {
        return Ok(transfers);
    }
    let unreadable = |error| Failure::Unreadable { path: folder.to_owned(), error };
    let mut inside = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let is_table =
            path.extension().is_some_and(|end| TABLES.iter().any(|known| end.eq_ignore_ascii_case(known)));
        if is_table {
            inside.push(path);
        }
    }
    inside.sort();
    if inside.is_empty() {
        return Err(Failure::Ledger(format!("{} has no table (.csv, .tsv, .parquet)", folder.display())));
    }
    Ok(inside)
}

/// By its name or its first bytes. What cannot be read is told by whoever reads it.
fn is_parquet(path: &Path) -> bool {
    let begins = || {
        let mut first = [0; MAGIC.len()];
        path.is_file()
            && File::open(path).and_then(|mut file| file.read_exact(&mut first)).is_ok()
            && first == *MAGIC
    };
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("parquet")) || begins()
}

/// Reads tables of transfers from private copies, which nobody changes meanwhile.
pub(super) fn read_transfers(
    builder: &mut Builder,
    paths: &[PathBuf],
    reading: &Reading,
) -> Result<(SourceAccount, Vec<Read>), Failure> {
    let folder = tempfile::tempdir().map_err(Failure::Output)?;
    let (mut copies, mut read) = (Vec::new(), Vec::new());
    for (number, path) in paths.iter().enumerate() {
        let (copy, digest) = copied(path, &folder.path().join(number.to_string()))?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        copies.push(copy);
        read.push(Read { name, digest });
    }
    let options = TransferOptions { asset: reading.asset.clone(), decimals: reading.decimals };
    let account = parquet::import_accounts(builder, &copies, &options)
        .map_err(|error| Failure::Ledger(error.to_string()))?;
    Ok((account, read))
}

/// A copy of the same name in a folder of its own.
fn copied(path: &Path, folder: &Path) -> Result<(PathBuf, Digest), Failure> {
    let unreadable = |error: io::Error| Failure::Unreadable { path: path.to_owned(), error };
    let bytes: MappedFile = intake::input(path)?;
    let copy = folder.join(path.file_name().unwrap_or_default());
    fs::create_dir(folder).and_then(|()| fs::write(&copy, &*bytes)).map_err(unreadable)?;
    Ok((copy, Digest::of(&bytes)))
}
