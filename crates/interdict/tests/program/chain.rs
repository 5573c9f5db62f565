//! Chains that are kept, through the program: block files that come, come again, are replaced by another branch and are damaged; and what is asked of
//! a chain of outputs.

use std::fs;

use bitcoin::{Block, Network};
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::Value;

use crate::made::{Miner, write};
use crate::run::{Done, Home, steady};

fn wallet(home: &Home, args: &[&str]) -> Done {
    home.run(["wallet"].into_iter().chain(args.iter().copied()))
}

fn json(home: &Home, args: &[&str]) -> Value {
    let done = wallet(home, &[args, &["--json"]].concat());
    assert_eq!(done.code, 0, "{args:?}: {}", done.stderr);
    done.json()
}

/// Writes blocks as the files of a node and imports them.
fn import<'a>(home: &Home, blocks: impl IntoIterator<Item = &'a Block>) -> Value {
    let folder = home.inputs().join("blocks");
    fs::create_dir_all(&folder).unwrap();
    write(&folder, 0, blocks);
    json(home, &["chain", "import", folder.to_str().unwrap(), "--name", "made"])
}

fn trunk() -> Miner {
    let mut miner = Miner::new(21);
    miner.mine_many(24);
    miner
}

/// The first transaction of a block.
fn coinbase(block: &Block) -> String {
    block.txdata[0].compute_txid().to_string()
}

/// Addresses that are spent from together in one of the blocks, without looking at the program's clusters.
fn together(blocks: &[Block]) -> (String, String, String) {
    let of = |spent: &bitcoin::TxIn| {
        let outpoint = spent.previous_output;
        let tx =
            blocks.iter().flat_map(|block| &block.txdata).find(|tx| tx.compute_txid() == outpoint.txid)?;
        let script = &tx.output.get(outpoint.vout as usize)?.script_pubkey;
        let key = script.is_p2pkh() || script.is_p2sh() || script.is_p2wpkh();
        key.then(|| bitcoin::Address::from_script(script, Network::Regtest).unwrap().to_string())
    };
    let of_tx = |tx: &bitcoin::Transaction| {
        let addresses: Vec<String> = tx.input.iter().filter_map(of).collect();
        let (first, last) = (addresses.first()?.clone(), addresses.last()?.clone());
        (first != last).then(|| (first, last, tx.compute_txid().to_string()))
    };
    blocks.iter().flat_map(|block| &block.txdata).find_map(of_tx).unwrap()
}

#[test]
fn a_chain_is_kept_once_and_told() {
    let home = Home::new();
    assert!(wallet(&home, &["chain", "status"]).stdout.starts_with("no chain is kept"));
    let miner = trunk();
    let first = import(&home, &miner.blocks);
    assert_eq!(
        (first["blocks_came"].as_u64(), first["network"].as_str()),
        (Some(24), Some("bitcoin-regtest"))
    );
    assert_json_snapshot!("chain_import", first);
    let again = import(&home, &miner.blocks);
    assert_eq!((again["blocks_came"].as_u64(), again["blocks_known"].as_u64()), (Some(0), Some(24)));
    assert_eq!(again["manifest"], first["manifest"], "nothing new, nothing written");
    assert_snapshot!("chain_status", wallet(&home, &["chain", "status"]).stdout);
    assert_json_snapshot!("chain_status_json", json(&home, &["chain", "status"]));
    assert_eq!(wallet(&home, &["chain", "verify"]).stdout, "sound   made\n");
    assert_eq!(
        json(&home, &["chain", "verify", "made"])["chains"][0]["wrong"],
        Value::from(Vec::<Value>::new())
    );
    assert_eq!(wallet(&home, &["chain", "remove", "made"]).stdout, "made is kept no more\n");
    assert!(home.files().iter().all(|file| !file.contains("chains/made")), "{:?}", home.files());
    for args in [["chain", "remove", "made"], ["chain", "verify", "made"]] {
        let unknown = wallet(&home, &args);
        assert_eq!(unknown.code, 2);
        assert!(unknown.stderr.contains("no chain made is kept"), "{}", unknown.stderr);
    }
}

#[test]
fn a_branch_with_more_work_takes_the_place_of_the_last_blocks() {
    let home = Home::new();
    let trunk = trunk();
    let (mut ours, mut theirs) = (trunk.branch(1), trunk.branch(2));
    ours.mine_many(2);
    theirs.mine_many(3);
    import(&home, trunk.blocks.iter().chain(&ours.blocks));
    let gone = coinbase(&ours.blocks[0]);
    assert_eq!(wallet(&home, &["trace", &gone, "--ledger", "made"]).code, 0);
    let grown = import(&home, trunk.blocks.iter().chain(&theirs.blocks));
    assert_eq!((grown["blocks_left"].as_u64(), grown["blocks_came"].as_u64()), (Some(2), Some(3)), "{grown}");
    assert_eq!(grown["tip"]["height"], 26);
    let lost = wallet(&home, &["trace", &gone, "--ledger", "made"]);
    assert_eq!(lost.code, 2, "its block left the chain: {}", lost.stdout);
    assert_eq!(wallet(&home, &["trace", &coinbase(&theirs.blocks[0]), "--ledger", "made"]).code, 0);
    let shorter = import(&home, trunk.blocks.iter().chain(&ours.blocks));
    assert_eq!(shorter["stale"].as_array().map(Vec::len), Some(1), "less work changes nothing: {shorter}");
}

#[test]
fn damage_is_found_and_a_damaged_chain_can_go() {
    let home = Home::new();
    import(&home, &trunk().blocks);
    let theft = format!("{}/../../docs/examples/theft.csv", env!("CARGO_MANIFEST_DIR"));
    json(&home, &["chain", "import", &theft, "--name", "theft"]);
    let flip = |file: &str| {
        let mut bytes = fs::read(file).unwrap();
        let at = bytes.len() - 1;
        bytes[at] ^= 1;
        fs::write(file, bytes).unwrap();
    };
    let names = home.files().into_iter().find(|file| file.ends_with(".names")).unwrap();
    let accounts = home.files().into_iter().find(|file| file.contains("chains/theft/sha256")).unwrap();
    flip(&names);
    flip(&accounts);
    let wrong = wallet(&home, &["chain", "verify"]);
    assert_eq!(wrong.code, 2);
    assert_eq!(
        wrong.stdout.lines().filter(|line| line.starts_with("damaged ")).count(),
        2,
        "{}",
        wrong.stdout
    );
    let refused =
        wallet(&home, &["trace", "0x1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a", "--ledger", "theft"]);
    assert_eq!(refused.code, 2, "{}", refused.stdout);
    fs::remove_file(&accounts).unwrap();
    fs::write(accounts.replace(accounts.rsplit('/').next().unwrap(), "accounts.json"), "{}").unwrap();
    let status = wallet(&home, &["chain", "status"]);
    assert_eq!(status.code, 0, "{}", status.stderr);
    assert!(status.stdout.contains("made") && status.stdout.contains("damaged"), "{}", status.stdout);
    let verified = wallet(&home, &["chain", "verify"]);
    assert!(verified.stdout.contains("accounts.json is damaged"), "{}", verified.stdout);
    assert_eq!(wallet(&home, &["chain", "remove", "theft"]).code, 0);
    json(&home, &["chain", "import", &theft, "--name", "theft"]);
    assert_eq!(wallet(&home, &["chain", "verify", "theft"]).code, 0);
}

#[test]
fn a_name_holds_one_kind_of_chain() {
    let home = Home::new();
    import(&home, &trunk().blocks);
    let theft = format!("{}/../../docs/examples/theft.csv", env!("CARGO_MANIFEST_DIR"));
    let blocks = home.inputs().join("blocks").display().to_string();
    for (args, why) in [
        (vec!["import", &theft, "--name", "made"], "another kind"),
        (vec!["import", &theft, &blocks, "--name", "both"], "nothing beside it"),
        (vec!["import", &theft, "--name", "../up"], "is no name for a chain"),
        (vec!["import", &blocks, "--name", "doge", "--network", "dogecoin"], "dogecoin"),
        (vec!["import", "nowhere.csv", "--name", "none"], "nowhere.csv"),
    ] {
        let done = wallet(&home, &[&["chain"], args.as_slice()].concat());
        assert_eq!(done.code, 2, "{args:?}: {}", done.stdout);
        assert!(done.stderr.contains(why), "{args:?}: {}", done.stderr);
    }
    let asset =
        wallet(&home, &["trace", &coinbase(&trunk().blocks[0]), "--ledger", "made", "--asset", "ETH"]);
    assert_eq!(asset.code, 2, "{}", asset.stdout);
    assert!(asset.stderr.contains("made has "), "{}", asset.stderr);
}

#[test]
fn a_chain_of_outputs_is_followed_by_every_rule() {
    let home = Home::new();
    let miner = trunk();
    import(&home, &miner.blocks);
    let whole = coinbase(&miner.blocks[2]);
    let args = [
        "trace",
        whole.as_str(),
        "--ledger",
        "made",
        "-s",
        "fifo",
        "-s",
        "lifo",
        "-s",
        "haircut",
        "-s",
        "tiho",
    ];
    let forward = json(&home, &args);
    let backward = json(&home, &[&args[..], &["--backward"]].concat());
    for report in
        [&forward, &backward].into_iter().flat_map(|document| document["reports"].as_array().unwrap())
    {
        assert_eq!(report["conservation"]["holds"], true, "{report}");
    }
    assert_eq!(json(&home, &args)["record"]["answer"], forward["record"]["answer"]);
    let paid: u64 = miner.blocks[2].txdata[0].output.iter().map(|output| output.value.to_sat()).sum();
    assert_eq!(forward["reports"][0]["conservation"]["seed"], paid.to_string());
    let part = json(&home, &["trace", &format!("{whole}:0"), "--ledger", "made"]);
    let first = miner.blocks[2].txdata[0].output[0].value.to_sat();
    assert_eq!(part["reports"][0]["conservation"]["seed"], first.to_string());
    let table = wallet(&home, &["trace", &format!("{whole}:0"), "--ledger", "made", "--most", "3"]);
    assert!(table.stdout.starts_with("fifo, forward: ") && table.stdout.contains("every unit accounted for"));
    let beyond = wallet(&home, &["trace", &format!("{whole}:99"), "--ledger", "made"]);
    assert_eq!(beyond.code, 2);
    assert!(beyond.stderr.contains("counted from 0"), "{}", beyond.stderr);
    let secret = "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ";
    for command in ["trace", "exposure", "cluster"] {
        let done = wallet(&home, &[command, secret, "--ledger", "made"]);
        assert_eq!(done.code, 2, "{command}");
        assert!(!done.stderr.contains(secret), "{}", done.stderr);
    }
}

#[test]
fn addresses_that_are_spent_together_are_one_cluster() {
    let home = Home::new();
    let miner = trunk();
    import(&home, &miner.blocks);
    let (one, other, _) = together(&miner.blocks);
    let cluster = json(&home, &["cluster", &one, "--ledger", "made", "--unguarded"]);
    let members = cluster["clusters"][0]["addresses"].as_array().unwrap();
    assert!(members.contains(&Value::from(other.as_str())), "{cluster}");
    let why = json(&home, &["cluster", "--why", &one, &other, "--ledger", "made", "--unguarded"]);
    let steps = why["why"].as_array().unwrap();
    assert_eq!(
        (steps[0]["from"].as_str(), steps[steps.len() - 1]["to"].as_str()),
        (Some(one.as_str()), Some(other.as_str()))
    );
    let path = home.inputs().join("clusters.csv");
    let all = json(&home, &["cluster", "--ledger", "made", "--output", path.to_str().unwrap()]);
    let mut told = steady(&all);
    told["clusters"].as_array_mut().unwrap().truncate(2);
    assert_json_snapshot!("cluster_json", told);
    let csv = fs::read_to_string(&path).unwrap();
    assert!(csv.contains(&format!("\n{one},")) && csv.contains(&format!("\n{other},")), "{csv}");
    let sizes: u64 =
        all["clusters"].as_array().unwrap().iter().map(|one| one["size"].as_u64().unwrap()).sum();
    assert_eq!((csv.lines().next(), csv.lines().count() as u64), (Some("address,cluster"), sizes + 1));
    assert_snapshot!("cluster_table", wallet(&home, &["cluster", "--ledger", "made", "--most", "2"]).stdout);
    let theft = format!("{}/../../docs/examples/theft.csv", env!("CARGO_MANIFEST_DIR"));
    for (args, why) in [
        (vec!["cluster", "--ledger", &theft], "nobody spends together"),
        (vec!["cluster", "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu", "--ledger", "made"], "is not in the chain"),
        (vec!["cluster", "--ledger", "nothing"], "kept are: made"),
    ] {
        let done = wallet(&home, &args);
        assert_eq!(done.code, 2, "{args:?}");
        assert!(done.stderr.contains(why), "{}", done.stderr);
    }
}

#[test]
fn exposure_in_a_chain_of_outputs_stops_at_labels() {
    let home = Home::new();
    let miner = trunk();
    import(&home, &miner.blocks);
    let (one, other, _) = together(&miner.blocks);
    let labels = home.write("labels.csv", &format!("{other},Invented Shop,market\n"));
    let exposure = json(&home, &["exposure", &one, "--ledger", "made", "--labels", &labels]);
    for side in ["sending", "receiving"] {
        let told = &exposure[side];
        assert_eq!(told["conservation"]["holds"], true, "{exposure}");
        let amount = |value: &Value| value.as_str().unwrap().parse::<u64>().unwrap();
        let shares = told["shares"].as_array().unwrap().iter();
        let labelled: u64 = shares.map(|share| amount(&share["direct"]) + amount(&share["indirect"])).sum();
        assert_eq!(labelled + amount(&told["unlabelled"]), amount(&told["all"]), "{exposure}");
    }
    assert_eq!(exposure["sending"]["shares"][0]["label"], "Invented Shop", "{exposure}");
    assert_eq!(exposure["sending"]["shares"][0]["category"], "market");
}
