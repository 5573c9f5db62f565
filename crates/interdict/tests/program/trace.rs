//! Money followed through the program: the invented theft of docs/examples in every form, where tracing stops, seeds of every kind, what is refused,
//! and one digest for one answer.

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::Value;

use crate::run::{Done, Home, steady};

/// Who was robbed, in docs/examples/theft.csv.
const VICTIM: &str = "0x1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a";
/// Who took it.
const THIEF: &str = "0x2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b";
/// Who mixed it with clean money.
const MIXED: &str = "0x3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c";
/// What the file names `Invented Exchange`.
const EXCHANGE: &str = "0x8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b";
/// The theft.
const THEFT: &str = "0x0101010101010101010101010101010101010101010101010101010101010101";
/// The private key of the example in Bitcoin's wiki.
const SECRET: &str = "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ";

fn theft() -> String {
    format!("{}/../../docs/examples/theft.csv", env!("CARGO_MANIFEST_DIR"))
}

fn trace(home: &Home, args: &[&str]) -> Done {
    home.run(["wallet", "trace", "--ledger", &theft()].into_iter().chain(args.iter().copied()))
}

/// A trace that succeeds, as JSON.
fn traced(home: &Home, args: &[&str]) -> Value {
    let done = trace(home, &[args, &["--json"]].concat());
    assert_eq!(done.code, 0, "{args:?}: {}", done.stderr);
    done.json()
}

/// What one report says: the seed, and how much ended in which way.
fn ended(report: &Value) -> String {
    let sums = report["conservation"].as_object().unwrap();
    let parts = sums.iter().filter(|(_, amount)| !matches!(amount.as_str(), None | Some("0")));
    let coin = |amount: &Value| {
        let amount: u128 = amount.as_str().unwrap().parse().unwrap();
        format!("{}.{:04}", amount / 10_u128.pow(18), amount / 10_u128.pow(14) % 10_000)
    };
    parts.map(|(name, amount)| format!("{name} {}", coin(amount))).collect::<Vec<_>>().join(", ")
}

fn answer(document: &Value) -> &str {
    document["record"]["answer"].as_str().unwrap()
}

#[test]
fn help_of_tracing_teaches() {
    let home = Home::new();
    for command in ["trace", "exposure", "cluster", "chain"] {
        assert_snapshot!(format!("help_wallet_{command}"), home.run(["wallet", command, "--help"]).stdout);
    }
    assert_snapshot!("help_wallet_chain_import", home.run(["wallet", "chain", "import", "--help"]).stdout);
}

#[test]
fn a_theft_is_told_as_a_table_and_as_json() {
    let home = Home::new();
    let args = [THEFT, "--stop-at", "labelled", "--strategy", "fifo", "--strategy", "haircut"];
    let table = trace(&home, &args);
    assert_eq!(table.code, 0, "{}", table.stderr);
    let document = traced(&home, &args);
    let digest = answer(&document);
    let short = table.stdout.lines().last().unwrap().split(' ').nth(1).unwrap();
    assert!(digest.contains(short), "{digest} {short}");
    assert_snapshot!("trace_table", table.stdout.replace(short, "…"));
    let mut told = document.clone();
    told["record"]["answer"] = Value::from("…");
    assert_json_snapshot!("trace_json", steady(&told));
    assert!(
        document["reports"].as_array().unwrap().iter().all(|report| report["conservation"]["holds"] == true)
    );
    assert_eq!(answer(&traced(&home, &args)), digest, "a second run is the same answer");
}

#[test]
fn a_kept_chain_gives_the_answer_of_its_files() {
    let home = Home::new();
    let args = [THEFT, "--stop-at", "labelled"];
    let of_files = traced(&home, &args);
    let kept = home.run(["wallet", "chain", "import", &theft(), "--name", "theft"]);
    assert_eq!((kept.code, kept.stdout.starts_with("theft: 11 events kept")), (0, true), "{}", kept.stderr);
    let of_kept =
        home.run(["wallet", "trace", THEFT, "--ledger", "theft", "--stop-at", "labelled", "--json"]);
    assert_eq!(of_kept.json(), of_files);
    let decimals = home.run(["wallet", "trace", THEFT, "--ledger", "theft", "--decimals", "6"]);
    assert_eq!(decimals.code, 2);
    assert!(decimals.stderr.contains("settled when it was kept"), "{}", decimals.stderr);
}

#[test]
fn what_was_asked_changes_the_answer_and_is_recorded() {
    let home = Home::new();
    let all = traced(&home, &[THIEF]);
    let bounded = traced(&home, &[THIEF, "--since", "2024-03-01", "--until", "2024-03-31", "--dust", "5"]);
    assert_ne!(answer(&all), answer(&bounded));
    let asked = &bounded["record"]["parameters"];
    assert_eq!((asked["since"].as_str(), asked["until"].as_str()), (Some("2024-03-01"), Some("2024-03-31")));
    assert_eq!(asked["dust"], "5");
    assert!(all["record"]["parameters"].get("since").is_none());
}

#[test]
fn every_rule_and_both_directions_come_out() {
    let home = Home::new();
    let forward = ["poison", "haircut", "fifo", "lifo", "tiho"].map(|rule| {
        let document = traced(&home, &[THEFT, "--stop-at", "labelled", "-s", rule]);
        format!("{rule}: {}", ended(&document["reports"][0]))
    });
    let backward = ["poison", "haircut", "fifo", "lifo"].map(|rule| {
        let document = traced(&home, &[EXCHANGE, "--backward", "-s", rule]);
        format!("{rule}, backward: {}", ended(&document["reports"][0]))
    });
    assert_snapshot!("trace_rules", [forward.as_slice(), &backward].concat().join("\n"));
    let tiho = trace(&home, &[EXCHANGE, "--backward", "-s", "tiho"]);
    assert_eq!(tiho.code, 2);
    assert!(tiho.stderr.contains("tiho"), "{}", tiho.stderr);
}

#[test]
fn each_form_goes_to_a_file_whole() {
    let home = Home::new();
    for (format, start, end) in [
        ("table", "fifo, forward: 100 ETH", "\n"),
        ("json", "{\"format\":\"interdict-trace/1\"", "]}\n"),
        ("csv", "strategy,direction,asset,kind,", "\r\n"),
        ("flows-csv", "strategy,direction,asset,from,", "\r\n"),
        ("graphml", "<?xml", "</graphml>\n"),
        ("svg", "<svg", "</svg>\n"),
    ] {
        let path = home.inputs().join(format).display().to_string();
        let done = trace(&home, &[THEFT, "--format", format, "--output", &path]);
        assert_eq!((done.code, done.stdout.as_str()), (0, ""), "{format}: {}", done.stderr);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(start) && text.ends_with(end), "{format}: {text}");
        let printed = trace(&home, &[THEFT, "--format", format]).stdout;
        assert_eq!(printed, text, "{format}: standard output has the same");
    }
    for format in ["graphml", "svg"] {
        let path = home.inputs().join("none");
        let args = [THEFT, "--format", format, "-s", "fifo", "-s", "lifo", "-o", path.to_str().unwrap()];
        let done = trace(&home, &args);
        assert_eq!((done.code, path.exists()), (2, false), "{}", done.stderr);
        assert!(done.stderr.contains("one --strategy"), "{}", done.stderr);
    }
}

#[test]
fn tracing_stops_where_it_is_told_to() {
    let home = Home::new();
    let stops = home.write("stops.csv", &format!("address,name,category\n{MIXED},Ours,exchange\n"));
    let runs: [(&str, &[&str]); 5] = [
        ("nobody known", &[]),
        ("labelled", &["--stop-at", "labelled"]),
        ("nowhere", &["--stop-at", "nowhere"]),
        ("services and a file", &["--stops", &stops]),
        ("a file alone", &["--stop-at", "nowhere", "--stops", &stops]),
    ];
    let told = runs.map(|(name, args)| {
        let document = traced(&home, &[&[THEFT], args].concat());
        let stops = &document["record"]["parameters"]["stops"]["name"];
        format!("{name}: {}; {stops}", ended(&document["reports"][0]))
    });
    assert_snapshot!("trace_stops", told.join("\n"));
    let tags = home.write("tags.yaml", &format!(
        "title: Invented\ncreator: us\ntags:\n  - address: \"{EXCHANGE}\"\n    currency: ETH\n    label: Tagged Exchange\n    category: exchange\n    source: https://example.com\n    confidence: service_data\n    lastmod: 2024-01-01\n"
    ));
    let import = home.run(["wallet", "tags", "import", &tags]);
    assert_eq!(import.code, 0, "{}", import.stderr);
    let tagged = traced(&home, &[THEFT]);
    assert_eq!(tagged["reports"][0]["ends"][0]["label"], "Tagged Exchange", "{tagged}");
}

#[test]
fn seeds_come_from_arguments_files_and_standard_input() {
    let home = Home::new();
    let first = |args: &[&str]| traced(&home, args)["reports"][0]["conservation"]["seed"].clone();
    let theft_alone = first(&[THEFT]);
    assert_eq!(theft_alone, "100000000000000000000");
    assert_eq!(first(&[&format!("{THEFT}:0")]), theft_alone);
    let file = home.write("seeds.txt", &format!("\u{feff}# the theft\n{THEFT}, noted\n\n{THEFT}\n"));
    assert_eq!(first(&["--seeds", &file]), theft_alone);
    let args = ["wallet", "trace", "--seeds", "-", "--ledger", &theft(), "--json"];
    let piped = home.run_with_input(&format!("{THEFT}\n"), args);
    assert_eq!(piped.json()["reports"][0]["conservation"]["seed"], theft_alone);
    let upper = format!("0x{}", THIEF[2..].to_uppercase());
    assert_eq!(first(&[&upper]), theft_alone, "an address counts in any spelling");
    assert_eq!(first(&[VICTIM]), first(&[VICTIM, "--since", "2024-03-01"]));
}

#[test]
fn dust_and_days_bound_a_trace() {
    let home = Home::new();
    let dust = traced(&home, &[THEFT, "--dust", "1000000000000000000"]);
    assert_eq!(ended(&dust["reports"][0]), "seed 100.0000, unspent 99.7500, dust 0.2500");
    let one_day = traced(&home, &[MIXED, "--since", "2024-03-02", "--until", "2024-03-02"]);
    assert_snapshot!("trace_one_day", ended(&one_day["reports"][0]));
    let turned = trace(&home, &[MIXED, "--since", "2024-03-03", "--until", "2024-03-02"]);
    assert_eq!(turned.code, 2);
    assert!(turned.stderr.contains("no day is left"), "{}", turned.stderr);
    assert_eq!(trace(&home, &[MIXED, "--since", "2024-03"]).code, 2);
}

#[test]
fn terminals_say_what_is_reached() {
    let home = Home::new();
    let nobody = "0x9999999999999999999999999999999999999999";
    let list = home.write("ends.txt", &format!("{EXCHANGE}\n{VICTIM}\n{nobody}\n\u{1b}[31mred\n"));
    let done = trace(&home, &[THEFT, "--terminals", &list]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(!done.stdout.contains('\u{1b}'));
    let from = done.stdout.find("answer ").unwrap();
    let table = done.stdout[from..].split_once('\n').unwrap().1;
    assert_snapshot!("trace_terminals", table);
    let json = trace(&home, &[THEFT, "--terminals", &list, "--json"]);
    assert_eq!(json.json()["format"], "interdict-trace/1");
    assert_eq!(json.stderr, table, "the table stands beside, on standard error");
    let secret = home.write("secret.txt", SECRET);
    let refused = trace(&home, &[THEFT, "--terminals", &secret]);
    assert_eq!(refused.code, 2);
    assert!(!format!("{}{}", refused.stdout, refused.stderr).contains(SECRET));
}

#[test]
fn a_private_key_is_no_seed_and_printed_nowhere() {
    let home = Home::new();
    let file = home.write("seeds.txt", &format!("{THEFT}\n{SECRET}\n"));
    let part = format!("{SECRET}:0");
    let phrase = "abandon ".repeat(11) + "about";
    let digits = "c0ffee00".repeat(8);
    let ledger = theft();
    for args in [
        vec!["trace", SECRET],
        vec!["trace", &part],
        vec!["trace", &phrase],
        vec!["trace", &digits],
        vec!["trace", "--seeds", &file],
        vec!["trace", THEFT, SECRET, "--json"],
        vec!["exposure", SECRET],
        vec!["exposure", &digits, "--json"],
    ] {
        let done = home.run(["wallet"].into_iter().chain(args.iter().copied()).chain(["--ledger", &ledger]));
        assert_eq!(done.code, 2, "{args:?}");
        let all = format!("{}{}", done.stdout, done.stderr);
        assert!(!all.contains(&SECRET[..12]) && !all.contains("abandon") && !all.contains(&digits), "{all}");
    }
    let told = trace(&home, &["--seeds", &file]).stderr;
    assert!(told.contains("seed 2: this is a private key"), "{told}");
}

#[test]
fn what_cannot_be_traced_is_an_error_that_says_why() {
    let home = Home::new();
    let nobody = "0x9999999999999999999999999999999999999999";
    let text = home.write("letter.csv", "Dear all,\nnothing to see\n");
    let mixed = home.write("two.csv", "from,to,value,asset\na,b,1,ETH\nb,c,1,USDC\n");
    let empty = home.write("none.txt", "# nothing\n");
    for (args, why) in [
        (vec![nobody, "--ledger", &theft()], "is not in the ledger"),
        (vec!["\u{1b}[31mred", "--ledger", &theft()], "is not in the ledger"),
        (vec![THEFT, "--ledger", "bitcoin"], "no kept chain has this name (none is kept)"),
        (vec!["a", "--ledger", &text], "letter.csv"),
        (vec!["a", "--ledger", &mixed], "ETH, USDC"),
        (vec!["a", "--ledger", &mixed, "--asset", "BTC"], "the ledger has ETH, USDC"),
        (vec!["--seeds", &empty, "--ledger", &theft()], "there is no seed"),
        (vec!["--ledger", &theft()], "SEED"),
        (vec![THEFT], "--ledger"),
        (vec![THEFT, "--ledger", &theft(), "--strategy", "best"], "poison, haircut, fifo, lifo, tiho"),
        (vec![&format!("{THEFT}:7"), "--ledger", &theft()], "nothing was traced"),
    ] {
        let done = home.run(["wallet", "trace"].into_iter().chain(args.iter().copied()));
        assert_eq!(done.code, 2, "{args:?}: {}{}", done.stdout, done.stderr);
        assert!(done.stderr.contains(why) && done.stdout.is_empty(), "{args:?}: {}", done.stderr);
        assert!(!done.stderr.contains('\u{1b}'), "{}", done.stderr);
    }
    let usdc = home.run(["wallet", "trace", "c", "--ledger", &mixed, "--asset", "USDC", "--json"]);
    assert_eq!(usdc.code, 0, "{}", usdc.stderr);
}

#[test]
fn tables_of_ethereum_etl_are_followed_inside() {
    let home = Home::new();
    let folder = home.inputs().join("etl");
    std::fs::create_dir(&folder).unwrap();
    let (shop, token) = (format!("0x{}", "e1".repeat(20)), format!("0x{}", "f2".repeat(20)));
    let (first, second) = (format!("0x{}", "01".repeat(32)), format!("0x{}", "02".repeat(32)));
    let transactions = format!(
        "hash,nonce,block_number,transaction_index,from_address,to_address,value,gas,gas_price,block_timestamp,receipt_gas_used,receipt_effective_gas_price,receipt_status\n{first},0,7,0,{VICTIM},{THIEF},1000,21000,1,1709287200,21000,1,1\n{second},0,9,0,{THIEF},{MIXED},900,21000,1,1709290800,50,1,1\n"
    );
    let traces = format!(
        "block_number,transaction_hash,transaction_index,from_address,to_address,value,call_type,trace_type,status,trace_address\n7,{first},0,{VICTIM},{THIEF},1000,call,call,1,\n9,{second},0,{THIEF},{MIXED},900,call,call,1,\n9,{second},0,{MIXED},{shop},400,call,call,1,0\n"
    );
    let transfers = format!(
        "token_address,from_address,to_address,value,transaction_hash,log_index,block_number\n{token},{THIEF},{shop},77,{second},3,9\n"
    );
    for (name, text) in
        [("transactions.csv", transactions), ("traces.csv", traces), ("token_transfers.csv", transfers)]
    {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let ledger = folder.display().to_string();
    let run = |more: &[&str]| {
        let args = ["wallet", "trace", first.as_str(), "--ledger", &ledger, "--json"];
        home.run(args.into_iter().chain(more.iter().copied())).json()
    };
    let native = run(&[]);
    assert_eq!(native["reports"][0]["unit"]["asset"], "ETH", "the native asset, though there is a token");
    assert_json_snapshot!("trace_etl_ends", native["reports"][0]["ends"]);
    let tokens = home.run(["wallet", "trace", THIEF, "--ledger", &ledger, "--asset", &token, "--json"]);
    assert_eq!(tokens.json()["reports"][0]["ends"][0]["amount"], "77", "{}", tokens.stderr);
    assert_eq!(home.run(["wallet", "chain", "import", &ledger, "--name", "eth"]).code, 0);
    let kept = home.run(["wallet", "trace", &first, "--ledger", "eth", "--json"]).json();
    assert_eq!(answer(&kept), answer(&native));
}

#[test]
fn exposure_is_told_on_both_sides() {
    let home = Home::new();
    let labels = home.write("ours.csv", &format!("{VICTIM},Customer 7,customer\n"));
    let args = ["wallet", "exposure", MIXED, "--ledger", &theft(), "--labels", &labels];
    let table = home.run(args);
    assert_eq!(table.code, 0, "{}", table.stderr);
    assert_snapshot!("exposure_table", table.stdout);
    let json = home.run(args.into_iter().chain(["--json"]));
    assert_json_snapshot!("exposure_json", steady(&json.json()));
    let nobody =
        home.run(["wallet", "exposure", "0x9999999999999999999999999999999999999999", "--ledger", &theft()]);
    assert_eq!(nobody.code, 2);
    assert!(nobody.stderr.contains("is not in the ledger"), "{}", nobody.stderr);
}
