//! Parquet: what is exported is what is imported, in other types and orders too, and what is wrong is told with its row.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use interdict_ledger::outputs::names::network::Network;
use interdict_ledger::outputs::store::Parts;
use interdict_ledger::sources::bitcoin_blocks;
use interdict_ledger::sources::parquet::{ParquetError, ParquetReport, export, import_outputs};
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, FixedLenByteArrayType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::kept::{Kept, plain};
use crate::made::{Miner, write};

fn exported(folder: &Path, blocks: usize) -> (Vec<crate::kept::Plain>, Kept) {
    let miner = Miner::new(31).mine_many(blocks).clone();
    let files = tempfile::tempdir().unwrap();
    write(files.path(), 0, &miner.blocks);
    let mut kept = Kept::default();
    let (parts, _) =
        bitcoin_blocks::import(files.path(), None, Parts::default(), &mut kept, 40, &mut |_, _| ()).unwrap();
    let records = parts.records();
    let (chain, names) = parts.into_chain().unwrap();
    let to = ["blocks", "outputs", "inputs"]
        .map(|table| File::create(folder.join(format!("{table}.parquet"))).unwrap());
    export(&chain, &names, to).unwrap();
    (plain(kept.open(&records)), kept)
}

fn imported(folder: &Path) -> Result<(Parts, ParquetReport), ParquetError> {
    let network = Network::named("bitcoin-regtest").unwrap();
    import_outputs(folder, &network, Parts::default(), &mut Kept::default(), 60)
}

#[test]
fn what_is_exported_is_what_is_imported() {
    let folder = tempfile::tempdir().unwrap();
    let (written, _) = exported(folder.path(), 80);
    let (parts, report) = imported(folder.path()).unwrap();
    assert_eq!(plain(parts), written);
    assert_eq!((report.growth.blocks, report.remarks.len()), (80, 0));
}

#[test]
fn a_changed_or_cut_table_is_an_error_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    exported(folder.path(), 3);
    let mut refused = 0;
    for table in ["blocks", "outputs", "inputs"] {
        let file = folder.path().join(format!("{table}.parquet"));
        let bytes = fs::read(&file).unwrap();
        for cut in (0..bytes.len()).step_by(13) {
            fs::write(&file, &bytes[..cut]).unwrap();
            assert!(imported(folder.path()).is_err(), "{table} cut at {cut}");
        }
        for at in (0..bytes.len()).step_by(3) {
            let mut changed = bytes.clone();
            changed[at] ^= 0x81;
            fs::write(&file, changed).unwrap();
            refused += u32::from(imported(folder.path()).is_err());
        }
        fs::write(&file, &bytes).unwrap();
    }
    assert!(refused > 50, "{refused}");
}

type Column<'a> = (&'a str, Values<'a>);

enum Values<'a> {
    Small(&'a [i32]),
    Large(&'a [i64]),
    Text(&'a [&'a str]),
    Fixed(&'a [[u8; 32]]),
}

fn table(path: &Path, columns: &[Column<'_>]) {
    let fields: String = columns.iter().map(|(schema, _)| format!("required {schema};")).collect();
    let schema = Arc::new(parse_message_type(&format!("message rows {{ {fields} }}")).unwrap());
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer =
        SerializedFileWriter::new(File::create(path).unwrap(), schema, Arc::new(properties)).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for (_, values) in columns {
        let mut column = group.next_column().unwrap().unwrap();
        match values {
            Values::Small(values) => column.typed::<Int32Type>().write_batch(values, None, None).unwrap(),
            Values::Large(values) => column.typed::<Int64Type>().write_batch(values, None, None).unwrap(),
            Values::Text(texts) => {
                let texts: Vec<ByteArray> = texts.iter().map(|text| ByteArray::from(*text)).collect();
                column.typed::<ByteArrayType>().write_batch(&texts, None, None).unwrap()
            }
            Values::Fixed(runs) => {
                let runs: Vec<_> = runs.iter().map(|run| ByteArray::from(run.to_vec()).into()).collect();
                column.typed::<FixedLenByteArrayType>().write_batch(&runs, None, None).unwrap()
            }
        };
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
}

/// Two blocks as another system may have written them: other types, another order, a column that is not known.
fn foreign(folder: &Path, values: &[&str], spent: &[[u8; 32]]) {
    let hashes = ["aa".repeat(32), "bb".repeat(32)];
    let hashes: Vec<&str> = hashes.iter().map(String::as_str).collect();
    let blocks: [Column<'_>; 3] = [
        ("int32 height", Values::Small(&[0, 1])),
        ("binary hash (UTF8)", Values::Text(&hashes)),
        ("int64 time (TIMESTAMP_MILLIS)", Values::Large(&[1_600_000_000_123, 1_600_000_600_000])),
    ];
    table(&folder.join("blocks.parquet"), &blocks);
    fs::create_dir_all(folder.join("outputs")).unwrap();
    let outputs: [Column<'_>; 7] = [
        ("int64 block_height", Values::Large(&[1, 1, 0, 1])),
        ("int32 tx_index", Values::Small(&[1, 0, 0, 1])),
        ("fixed_len_byte_array(32) tx_id", Values::Fixed(&[[3; 32], [2; 32], [1; 32], [3; 32]])),
        ("int32 output_index", Values::Small(&[1, 0, 0, 0])),
        ("binary value (UTF8)", Values::Text(values)),
        (
            "binary address (UTF8)",
            Values::Text(&["mfWxJ45yp2SFn7UciZyNpvDKrzbhyfKrY8", "somebody", "miner", "miner"]),
        ),
        ("int32 color", Values::Small(&[1, 2, 3, 4])),
    ];
    table(&folder.join("outputs/part-0.parquet"), &outputs);
    let inputs: [Column<'_>; 6] = [
        ("int64 block_height", Values::Large(&[1])),
        ("int32 tx_index", Values::Small(&[1])),
        ("fixed_len_byte_array(32) tx_id", Values::Fixed(&[[3; 32]])),
        ("int32 input_index", Values::Small(&[0])),
        ("fixed_len_byte_array(32) spent_tx_id", Values::Fixed(spent)),
        ("int32 spent_output_index", Values::Small(&[0])),
    ];
    table(&folder.join("inputs.parquet"), &inputs);
}

#[test]
fn tables_of_other_systems_are_read() {
    let folder = tempfile::tempdir().unwrap();
    foreign(folder.path(), &["10", "50", "40", "29"], &[[1; 32]]);
    let (parts, report) = imported(folder.path()).unwrap();
    let txs = plain(parts);
    assert_eq!(txs.len(), 3);
    assert_eq!(txs[0].time, 1_600_000_000);
    assert_eq!(txs[0].spent_by, [Some([3; 32])]);
    assert_eq!(txs[2].inputs, [([1; 32], 0)]);
    let address = |text: &str| Some(text.to_owned());
    assert_eq!(txs[2].outputs, [(29, address("miner")), (10, address("mfWxJ45yp2SFn7UciZyNpvDKrzbhyfKrY8"))]);
    assert_eq!(report.remarks.len(), 1);
    assert!(report.remarks[0].text.contains("color"));
}

#[test]
fn what_is_wrong_is_told_with_its_row() {
    let folder = tempfile::tempdir().unwrap();
    foreign(folder.path(), &["10", "-5", "40", "29"], &[[1; 32]]);
    let refused = imported(folder.path()).unwrap_err().to_string();
    assert!(refused.contains("part-0.parquet, row 2") && refused.contains("`value`"), "{refused}");
    foreign(folder.path(), &["10", "50", "40", "29"], &[[9; 32]]);
    let refused = imported(folder.path()).unwrap_err().to_string();
    assert!(refused.contains(&"09".repeat(32)) && refused.contains("not in the chain"), "{refused}");
    fs::remove_file(folder.path().join("inputs.parquet")).unwrap();
    let refused = imported(folder.path()).unwrap_err().to_string();
    assert!(refused.contains("inputs"), "{refused}");
}
