//! Kept chains as Parquet through the program: exported, imported again, asked as files, and refused where tables would mix.

use std::path::{Path, PathBuf};

use crate::run::Home;

const LIST: &str = "timestamp,from,to,amount,tx,token,from_label\n\
    1,mia,lea,50,t1,AAA,Mia\n\
    2,lea,noah,30,t2,AAA,\n\
    2,0x0000000000000000000000000000000000000000,noah,7,t2,BBB,\n\
    3,noah,shop,20,t3,AAA,\n";

/// The first block of Bitcoin.
const GENESIS: &str = "\
    0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e\
    67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c01010000000100000000000000000000\
    00000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f\
    4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f75742066\
    6f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a6\
    7962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";

fn folder_of(file: &str) -> PathBuf {
    Path::new(file).parent().unwrap().to_owned()
}

#[test]
fn a_chain_of_accounts_is_exported_and_imported_again() {
    let home = Home::new();
    let list = home.write("list.csv", LIST);
    assert_eq!(home.run(["wallet", "chain", "import", &list, "--name", "one"]).code, 0);
    let folder = folder_of(&list).join("tables");
    let to = folder.to_str().unwrap();
    let export = ["wallet", "chain", "export", "one", "--output", to, "--json"];
    let done = home.run(export);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert_eq!(done.json()["tables"][0], "transfers.parquet");
    let entries = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(entries, 1, "nothing but the table is left");

    let again = home.run(export);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("transfers already"), "{}", again.stderr);
    let none = home.run(["wallet", "chain", "export", "none", "--output", to]);
    assert!(none.code == 2 && none.stderr.contains("no chain none"), "{}", none.stderr);

    let imported = home.run(["wallet", "chain", "import", to, "--name", "two", "--json"]);
    assert_eq!(imported.code, 0, "{}", imported.stderr);
    assert_eq!(imported.json()["events"], 4);
    let file = folder.join("transfers.parquet");
    let unnamed = folder.join("anything");
    std::fs::copy(&file, &unnamed).unwrap();
    let answer = |ledger: &str| {
        let args =
            ["wallet", "trace", "mia", "--ledger", ledger, "--asset", "AAA", "--strategy", "fifo", "--json"];
        let done = home.run(args);
        assert_eq!(done.code, 0, "{ledger}: {}", done.stderr);
        done.json()["reports"].clone()
    };
    let wanted = answer("one");
    assert_eq!(wanted[0]["ends"].as_array().unwrap().len(), 3);
    for ledger in ["two", to, file.to_str().unwrap(), unnamed.to_str().unwrap()] {
        assert_eq!(answer(ledger), wanted, "{ledger}");
    }
    let both = home.run(["wallet", "chain", "import", to, &list, "--name", "three"]);
    assert!(both.code == 2 && both.stderr.contains("not read together"), "{}", both.stderr);
}

#[test]
fn a_damaged_table_is_an_error() {
    let home = Home::new();
    let broken = home.write("transfers.parquet", "PAR1 and no more");
    let done = home.run(["wallet", "chain", "import", &broken, "--name", "one"]);
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains("no sound Parquet file"), "{}", done.stderr);
    let folder = folder_of(&broken);
    std::fs::create_dir(folder.join("outputs")).unwrap();
    let done = home.run(["wallet", "trace", "mia", "--ledger", folder.to_str().unwrap()]);
    assert!(done.code == 2 && done.stderr.contains("chain of outputs"), "{}", done.stderr);
}

#[test]
fn a_chain_of_outputs_is_exported_and_imported_again() {
    let home = Home::new();
    let folder = folder_of(&home.write("any", ""));
    let byte = |place: usize| u8::from_str_radix(&GENESIS[place..place + 2], 16).unwrap();
    let block: Vec<u8> = (0..GENESIS.len()).step_by(2).map(byte).collect();
    let length = u32::try_from(block.len()).unwrap().to_le_bytes();
    let file = folder.join("blk00000.dat");
    std::fs::write(&file, [&[0xf9, 0xbe, 0xb4, 0xd9], &length[..], &block].concat()).unwrap();
    let done = home.run(["wallet", "chain", "import", file.to_str().unwrap(), "--name", "one"]);
    assert_eq!(done.code, 0, "{}", done.stderr);

    let tables = folder.join("tables");
    let to = tables.to_str().unwrap();
    let done = home.run(["wallet", "chain", "export", "one", "--output", to, "--json"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert_eq!(done.json()["tables"].as_array().unwrap().len(), 3);
    let again = home.run(["wallet", "chain", "export", "one", "--output", to]);
    assert!(again.code == 2 && again.stderr.contains("blocks already"), "{}", again.stderr);

    let done = home.run(["wallet", "chain", "import", to, "--name", "two", "--json"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert_eq!(
        done.json()["tip"]["hash"],
        "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"
    );
    let answer = |ledger: &str| {
        let seed = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b:0";
        let done = home.run(["wallet", "trace", seed, "--ledger", ledger, "--strategy", "fifo", "--json"]);
        assert_eq!(done.code, 0, "{ledger}: {}", done.stderr);
        done.json()["reports"].clone()
    };
    assert_eq!(answer("two"), answer("one"));
    assert_eq!(answer("two")[0]["ends"][0]["address"], "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
}
