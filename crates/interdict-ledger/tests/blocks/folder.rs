//! A chain in a folder: opened as it was kept, after a reorganization too; damage is found and what is no longer used is removed.

use std::fs;
use std::path::Path;

use interdict_ledger::outputs::store::folder::Folder;
use interdict_ledger::outputs::store::{MANIFEST_FORMAT, Manifest, Parts};
use interdict_ledger::sources::bitcoin_blocks::import;

use crate::kept::plain;
use crate::made::{Miner, write};
use crate::reading::expected;

fn take(folder: &mut Folder, blocks: &Path) -> Manifest {
    let parts =
        folder.manifest().unwrap().map_or_else(Parts::default, |manifest| folder.open(&manifest).unwrap());
    let (parts, report) = import(blocks, None, parts, folder, 30, &mut |_, _| ()).unwrap();
    let network = report.network.name.to_owned();
    let manifest = Manifest {
        format: MANIFEST_FORMAT,
        number: 0,
        network,
        unit: "BTC".to_owned(),
        decimals: 8,
        parts: parts.records(),
    };
    folder.commit(manifest).unwrap()
}

#[test]
fn a_kept_chain_is_opened_checked_and_pruned() {
    let mut trunk = Miner::new(41);
    trunk.mine_many(40);
    let (mut ours, mut theirs) = (trunk.branch(1), trunk.branch(2));
    ours.mine_many(2);
    theirs.mine_many(3);
    let (blocks, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut folder = Folder::at(&home.path().join("bitcoin"));
    assert!(folder.manifest().unwrap().is_none());
    write(blocks.path(), 0, trunk.blocks.iter().chain(&ours.blocks));
    let first = take(&mut folder, blocks.path());
    write(blocks.path(), 1, &theirs.blocks);
    let second = take(&mut folder, blocks.path());
    assert_eq!((first.number, second.number), (1, 2));
    assert_eq!(folder.manifest().unwrap(), Some(second.clone()));
    assert!(home.path().join("bitcoin/manifests/00000001.json").is_file());

    let of_ours: Vec<_> = trunk.blocks.iter().chain(&ours.blocks).cloned().collect();
    let of_theirs: Vec<_> = trunk.blocks.iter().chain(&theirs.blocks).cloned().collect();
    assert_eq!(plain(folder.open(&first).unwrap()), expected(&of_ours), "the chain before is still there");
    assert_eq!(plain(folder.open(&second).unwrap()), expected(&of_theirs));
    assert!(folder.verify(&second).is_empty());

    let (removed, bytes) = folder.prune(&second).unwrap();
    assert!(removed >= 2 && bytes > 0, "what only the first had");
    assert!(folder.open(&first).is_err() && folder.verify(&second).is_empty());
    let names = second.parts[0].names.to_hex();
    let file = home.path().join("bitcoin/files").join(format!("{names}.names"));
    let mut changed = fs::read(&file).unwrap();
    let last = changed.len() - 1;
    changed[last] ^= 1;
    fs::write(&file, changed).unwrap();
    assert!(folder.verify(&second)[0].to_string().contains(&names));
    fs::write(home.path().join("bitcoin/manifest.json"), b"{}").unwrap();
    assert!(folder.manifest().is_err());
}
