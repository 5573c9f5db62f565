//! What was written is what is read: ids, spends, values, addresses; masked, padded, out of order, in several segments.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use bitcoin::hashes::Hash;
use bitcoin::{Address, Block, Network};
use interdict_ledger::outputs::store::Parts;
use interdict_ledger::sources::bitcoin_blocks::{BlocksError, BlocksReport, Remark, import};

use crate::kept::{Kept, Plain, plain};
use crate::made::{Miner, records, write};

fn imported(path: &Path, segment_txs: u64) -> (Vec<Plain>, BlocksReport, usize) {
    let mut kept = Kept::default();
    let (parts, report) =
        import(path, None, Parts::default(), &mut kept, segment_txs, &mut |_, _| ()).expect("an import");
    let count = parts.list().len();
    (plain(kept.open(&parts.records())), report, count)
}

/// What the `bitcoin` crate says of the same blocks.
pub fn expected(blocks: &[Block]) -> Vec<Plain> {
    let mut spenders = HashMap::new();
    for tx in blocks.iter().flat_map(|block| &block.txdata).filter(|tx| !tx.is_coinbase()) {
        for input in &tx.input {
            spenders.insert(input.previous_output, tx.compute_txid().to_byte_array());
        }
    }
    let mut all = Vec::new();
    for (height, block) in (0..).zip(blocks) {
        for tx in &block.txdata {
            let txid = tx.compute_txid();
            let spent = tx.input.iter().filter(|_| !tx.is_coinbase());
            let address = |script: &bitcoin::Script| match Address::from_script(script, Network::Regtest) {
                Ok(address) => Some(address.to_string()),
                Err(_) if script.is_op_return() => None,
                Err(_) => Some(match script.p2pk_public_key() {
                    Some(key) => Address::p2pkh(key, Network::Regtest).to_string(),
                    None => in_other_ways(script),
                }),
            };
            all.push(Plain {
                id: txid.to_byte_array(),
                block: block.block_hash().to_byte_array(),
                height,
                time: i64::from(block.header.time),
                inputs: spent
                    .map(|input| {
                        (input.previous_output.txid.to_byte_array(), u64::from(input.previous_output.vout))
                    })
                    .collect(),
                outputs: tx
                    .output
                    .iter()
                    .map(|output| (output.value.to_sat(), address(&output.script_pubkey)))
                    .collect(),
                spent_by: (0..)
                    .zip(&tx.output)
                    .map(|(vout, _)| spenders.get(&bitcoin::OutPoint { txid, vout }).copied())
                    .collect(),
            });
        }
    }
    all
}

/// A key that is on no curve is an address for us and not for the crate; other scripts have their digest.
fn in_other_ways(script: &bitcoin::Script) -> String {
    use bitcoin::hashes::{hash160, sha256};
    match script.as_bytes() {
        [33, key @ .., 0xac] if key.len() == 33 => {
            let hash = bitcoin::PubkeyHash::from_raw_hash(hash160::Hash::hash(key));
            Address::p2pkh(hash, Network::Regtest).to_string()
        }
        other => format!("script:{}", sha256::Hash::hash(other)),
    }
}

fn mined(seed: u64, blocks: usize) -> Vec<Block> {
    Miner::new(seed).mine_many(blocks).blocks.clone()
}

#[test]
fn every_transaction_is_what_another_implementation_wrote() {
    let blocks = mined(1, 120);
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 0, &blocks[..50]);
    write(folder.path(), 1, &blocks[50..]);
    let expected = expected(&blocks);
    for (segment_txs, segments) in [(1_000_000, 1..2), (40, 4..20), (1, 100..121)] {
        let (found, report, count) = imported(folder.path(), segment_txs);
        assert_eq!(found, expected);
        assert!(segments.contains(&count), "{count} segments");
        assert_eq!((report.network.name, report.files), ("bitcoin-regtest", 2));
        assert_eq!(report.growth.txs, expected.len() as u64);
        assert_eq!(report.growth.outputs, expected.iter().map(|tx| tx.outputs.len() as u64).sum::<u64>());
        assert!(report.remarks.is_empty() && report.is_proof_checked);
    }
}

#[test]
fn masked_padded_out_of_order_and_twice() {
    let blocks = mined(2, 40);
    let folder = tempfile::tempdir().unwrap();
    let key = [7_u8, 1, 200, 3, 99, 0, 255, 18];
    let mask = |bytes: Vec<u8>| -> Vec<u8> {
        bytes.iter().zip(key.iter().cycle()).map(|(byte, key)| byte ^ key).collect()
    };
    let late = mask(records(blocks[20..].iter().rev()));
    fs::write(folder.path().join("blk00000.dat"), [late, vec![0; 70_000]].concat()).unwrap();
    fs::write(folder.path().join("blk00001.dat"), mask(records(&blocks[..25]))).unwrap();
    fs::write(folder.path().join("xor.dat"), key).unwrap();
    fs::write(folder.path().join("rev00000.dat"), b"not this one").unwrap();
    let (found, report, _) = imported(folder.path(), 50);
    assert_eq!(found, expected(&blocks));
    assert_eq!(
        (report.choice.known, report.remarks.len()),
        (5, 0),
        "five blocks came twice, zeros are no remark"
    );
}

#[test]
fn what_is_no_block_is_told_and_what_follows_is_read() {
    let blocks = mined(3, 12);
    let folder = tempfile::tempdir().unwrap();
    let whole = records(&blocks[..10]);
    let last = records(&blocks[11..]);
    let bytes =
        [&whole[..], b"some other bytes", &records(&blocks[10..11]), &last[..last.len() - 3]].concat();
    fs::write(folder.path().join("blk00000.dat"), &bytes).unwrap();
    let (found, report, _) = imported(folder.path(), 1_000);
    assert_eq!(found, expected(&blocks[..11]));
    let skipped = Remark::Skipped { file: "blk00000.dat".to_owned(), offset: whole.len() as u64, bytes: 16 };
    let truncated = Remark::Truncated {
        file: "blk00000.dat".to_owned(),
        offset: (bytes.len() + 3 - last.len()) as u64,
        missing: 3,
    };
    assert_eq!(report.remarks, [skipped, truncated]);
}

#[test]
fn a_gap_is_named_and_nothing_behind_it_is_taken() {
    let blocks = mined(4, 20);
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 0, blocks[..8].iter().chain(&blocks[9..]));
    let (found, report, _) = imported(folder.path(), 1_000);
    assert_eq!(found, expected(&blocks[..8]));
    let gap = report.choice.missing[0];
    assert_eq!((gap.missing, gap.blocks), (blocks[8].block_hash().to_byte_array(), 11));
    write(folder.path(), 0, &blocks[5..]);
    let refused =
        import(folder.path(), None, Parts::default(), &mut Kept::default(), 10, &mut |_, _| ()).unwrap_err();
    assert!(refused.to_string().contains(&blocks[4].block_hash().to_string()), "{refused}");
}

#[test]
fn a_change_in_a_block_is_found() {
    let blocks = mined(5, 6);
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = records(&blocks);
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(folder.path().join("blk00000.dat"), bytes).unwrap();
    let refused = import(folder.path(), None, Parts::default(), &mut Kept::default(), 10, &mut |_, _| ());
    assert!(matches!(refused, Err(BlocksError::Block { .. })), "{refused:?}");
}

#[test]
fn the_first_block_of_each_network_is_read() {
    for (network, name) in [
        (Network::Bitcoin, "bitcoin"),
        (Network::Testnet, "bitcoin-testnet"),
        (Network::Testnet4, "bitcoin-testnet4"),
        (Network::Signet, "bitcoin-signet"),
        (Network::Regtest, "bitcoin-regtest"),
    ] {
        let block = bitcoin::constants::genesis_block(network);
        let folder = tempfile::tempdir().unwrap();
        let mut bytes = records([&block]);
        bytes[..4].copy_from_slice(&network.magic().to_bytes());
        let file = folder.path().join("blk00000.dat");
        fs::write(&file, bytes).unwrap();
        let (found, report, _) = imported(&file, 10);
        assert_eq!(report.network.name, name);
        assert_eq!(found[0].id, block.txdata[0].compute_txid().to_byte_array());
        if network == Network::Bitcoin {
            let address = found[0].outputs[0].1.as_deref();
            assert_eq!(address, Some("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"), "a key that is paid to directly");
        }
    }
}
