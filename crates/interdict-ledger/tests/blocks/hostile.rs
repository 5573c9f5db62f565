//! Bytes that somebody changed: an error or another answer, never a panic.

use std::fs;

use interdict_ledger::outputs::names::Names;
use interdict_ledger::outputs::store::Parts;
use interdict_ledger::sources::bitcoin_blocks::import;

use crate::kept::Kept;
use crate::made::{Miner, records};

#[test]
fn a_block_file_cut_or_changed_anywhere() {
    let mut miner = Miner::new(21);
    for transactions in [0, 1, 1] {
        miner.mine(transactions);
    }
    let bytes = records(&miner.blocks);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("blk00000.dat");
    let (mut refused, mut taken) = (0, 0);
    let mut tried = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        let result = import(&file, None, Parts::default(), &mut Kept::default(), 100, &mut |_, _| ());
        match result {
            Ok((_, report)) => {
                taken += 1;
                report.growth.blocks
            }
            Err(error) => {
                refused += 1;
                assert!(!error.to_string().is_empty());
                0
            }
        }
    };
    for cut in 0..bytes.len() {
        assert!(tried(&bytes[..cut]) < 3, "cut at {cut}");
    }
    for at in 0..bytes.len() {
        for value in [0xff, bytes[at] ^ 1] {
            let mut changed = bytes.clone();
            changed[at] = value;
            let grown = tried(&changed);
            // Witnesses are in no id, as the head commits to them in the first transaction alone.
            assert!(grown <= 3);
        }
    }
    assert!(refused > 100 && taken > 100, "{refused} refused, {taken} taken");
}

#[test]
fn a_file_of_magics_takes_no_square_time() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("blk00000.dat");
    let record = [&crate::made::REGTEST[..], &0x0070_0000_u32.to_le_bytes()].concat();
    fs::write(&file, record.repeat(200_000)).unwrap();
    let refused = import(&file, None, Parts::default(), &mut Kept::default(), 100, &mut |_, _| ());
    assert!(refused.is_err());
}

#[test]
fn names_cut_or_changed_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("blk00000.dat");
    fs::write(&file, records(&Miner::new(22).mine_many(20).blocks)).unwrap();
    let (parts, _) =
        import(&file, None, Parts::default(), &mut Kept::default(), 100, &mut |_, _| ()).unwrap();
    let bytes = parts.list()[0].names.bytes().to_vec();
    let look = |names: &Names| {
        for number in 0..60 {
            let key = names.key(number).map(<[u8]>::to_vec).unwrap_or_default();
            let _ = (names.address(&key), names.link(u64::from(number)));
            let _ = names.id(number).and_then(|id| names.tx(&id));
        }
    };
    for cut in 0..bytes.len() {
        assert!(Names::from_bytes(bytes[..cut].to_vec()).is_err(), "cut at {cut}");
    }
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x81;
        if let Ok(names) = Names::from_bytes(changed) {
            look(&names);
        }
    }
}
