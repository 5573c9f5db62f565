//! What do the commands that ask a ledger have in common? The asset that is meant, and where the answer goes.

use std::io::{self, Write};
use std::path::Path;

use interdict_ledger::accounts::{AccountLedger, AssetId};
use interdict_ledger::report::Unit;

use crate::archive::write_whole;
use crate::failure::Failure;
use crate::terminal::printable;

/// The asset that is meant: the one that was named, the only one, or the native one.
pub(super) fn asset(ledger: &AccountLedger, named: Option<&str>) -> Result<AssetId, Failure> {
    let all: Vec<(AssetId, &str)> = ledger.assets().map(|(id, asset)| (id, asset.name.as_str())).collect();
    let known = || all.iter().map(|(_, name)| *name).take(20).collect::<Vec<_>>().join(", ");
    if let Some(name) = named {
        return ledger
            .asset(name)
            .ok_or_else(|| Failure::Ledger(format!("--asset {name}: the ledger has {}", known())));
    }
    match all.as_slice() {
        [] => Err(Failure::Ledger("the ledger has no transfer".to_owned())),
        [(one, _)] => Ok(*one),
        several => {
            let mut native = several.iter().filter(|(_, name)| !name.starts_with("0x"));
            match (native.next(), native.next()) {
                (Some((native, _)), None) => Ok(*native),
                _ => Err(Failure::Ledger(format!(
                    "the ledger has several assets; name one with --asset: {}",
                    known()
                ))),
            }
        }
    }
}

/// A chain of outputs has one asset; whoever names another means another chain.
pub(super) fn unit_is(unit: &Unit, named: Option<&str>) -> Result<(), Failure> {
    match named {
        Some(name) if !name.eq_ignore_ascii_case(&unit.asset) => {
            Err(Failure::Ledger(format!("--asset {}: the chain counts in {}", printable(name), unit.asset)))
        }
        _ => Ok(()),
    }
}

/// Writes an answer to a file, whole or not at all, or to standard output.
pub(super) fn written_to(
    path: Option<&Path>,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    match path {
        Some(path) => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
                return Err(Failure::Usage(format!("--output: there is no folder {}", folder.display())));
            }
            let mut bytes = Vec::new();
            write(&mut anstream::StripStream::new(&mut bytes)).map_err(Failure::Output)?;
            write_whole(path, &bytes)
        }
        None => {
            let mut out = io::BufWriter::new(anstream::stdout());
            write(&mut out).and_then(|()| out.flush()).map_err(Failure::Output)
        }
    }
}
