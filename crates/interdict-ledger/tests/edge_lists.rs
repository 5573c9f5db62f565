//! Are edge lists read exactly, and are the addresses reached that a published investigation says value ended at?

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that cannot go on ends; a table is told"
)]

#[path = "shared/real.rs"]
mod real;

use std::collections::HashSet;
use std::path::Path;

use interdict_core::issue::{Position, Severity};
use interdict_ledger::accounts::{AccountLedger, Builder, Request, SeedRequest, Terminal, terminals, trace};
use interdict_ledger::sources::SourceAccount;
use interdict_ledger::sources::edge_list::{self, Options};
use interdict_ledger::strategy::Strategy;
use proptest::prelude::{ProptestConfig, prop, prop_assert_eq, proptest};

fn read(file: &str, bytes: &[u8]) -> (AccountLedger, SourceAccount) {
    let mut builder = Builder::new();
    let account = edge_list::read(&mut builder, file, bytes, &Options::default()).unwrap();
    (builder.finish(), account)
}

const LIST: &str = "time,from,To,value_in_usd,tx,from_label,color\n\
    2024-01-02 00:00:00,lea,shop,0.5,t2,,red\n\
    2024-01-01 00:00:00,mia,lea,1.5,t1,Mia,\n\
    2024-01-01 00:00:00,lea,noah,0.25000000000000001,t1,,\n\
    never,lea,noah,1,t3,,\n\
    2024-01-03,lea,,1,t4,,\n\
    2024-01-03,lea,noah,-1,t5,,\n\
    2024-01-03,\"lea,noah,1,t6,,\n";

#[test]
fn every_row_is_a_transfer_or_an_issue() {
    let (ledger, account) = read("list.csv", LIST.as_bytes());
    let count = &account.records[0];
    assert_eq!((count.read, count.taken, count.lost, ledger.len()), (7, 4, 3, 4));
    let kinds: Vec<&str> = account.issues.by_kind().keys().map(String::as_str).collect();
    assert_eq!(kinds, ["bad_place", "bad_value", "no_party", "unclosed_quote", "unknown_column"]);
    assert_eq!(account.issues.count(Severity::RecordLost), 3);
    assert_eq!(ledger.label(ledger.account("mia").unwrap()), Some("Mia"));
    let codes: Vec<&str> = ledger.notes().iter().map(|note| note.code).collect();
    assert_eq!(codes, ["rows_without_time", "valued_in_usd", "rows_not_taken", "values_not_taken"]);
    assert_eq!(ledger.notes()[2].text, "list.csv: 3 of 7 rows (transfer) were not taken");
    assert!(ledger.notes()[0].text.contains("1 of 4 transfers have no time (1 "));
}

fn kinds(account: &SourceAccount) -> Vec<&str> {
    account.issues.by_kind().keys().map(String::as_str).collect()
}

fn codes(ledger: &AccountLedger) -> Vec<&str> {
    ledger.notes().iter().map(|note| note.code).collect()
}

fn senders(ledger: &AccountLedger) -> Vec<String> {
    ledger.events().map(|event| ledger.address(event.from.unwrap())).collect()
}

#[test]
fn a_row_of_another_width_is_lost_and_located() {
    let (ledger, account) = read("list.csv", b"from,to,value\nlea,noah,1,234.50\nlea,noah\nmia,noah,2,\n");
    assert_eq!((ledger.len(), account.records[0].lost), (1, 2));
    assert_eq!(kinds(&account), ["too_few_fields", "too_many_fields"]);
    let places: Vec<_> = account.issues.kept().iter().map(|issue| issue.position).collect();
    assert_eq!(places, [Some(Position::Line(2)), Some(Position::Line(3))]);
    assert!(account.issues.kept()[0].reason.contains("thousands"));
}

#[test]
fn a_row_without_a_time_keeps_its_place_in_the_file() {
    for (last, besides) in [("", None), ("2024-02-30", Some("values_not_taken"))] {
        let list =
            format!("from,to,value,time\nlea,noah,5,2024-01-01\nnoah,shop,5,{last}\nmia,lea,5,2023-12-31\n");
        let (ledger, _) = read("list.csv", list.as_bytes());
        assert_eq!(
            (senders(&ledger), codes(&ledger)),
            (
                ["mia", "lea", "noah"].map(str::to_owned).to_vec(),
                ["rows_without_time"].into_iter().chain(besides).collect()
            )
        );
    }
    let (ledger, _) = read("list.csv", b"from,to,value,block\nlea,noah,5,8\nnoah,shop,5,\nmia,lea,5,7\n");
    assert_eq!(
        (senders(&ledger), codes(&ledger)),
        (["mia", "lea", "noah"].map(str::to_owned).to_vec(), vec!["rows_without_block"])
    );
    let (ledger, _) = read("list.csv", b"from,to,value,time\nlea,noah,5,\nnoah,shop,5,\n");
    assert_eq!(codes(&ledger), ["order_of_the_file"]);
}

#[test]
fn a_secret_in_any_column_is_kept_nowhere() {
    let words = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";
    let list = format!(
        "from,to,value,asset,tx_hash,from_label,to_label\nlea,noah,5,{words},{words},{words},{words}\n"
    );
    let (ledger, account) = read("list.csv", list.as_bytes());
    assert_eq!((ledger.len(), kinds(&account), account.issues.len()), (1, vec!["refused_text"], 4));
    assert!(!format!("{ledger:?} {account:?}").contains("zoo"));
    assert!(ledger.asset("value").is_some() && codes(&ledger).contains(&"values_not_taken"));
    let mut kept = Vec::new();
    interdict_ledger::accounts::file::write(&ledger, &mut kept).unwrap();
    assert!(!String::from_utf8_lossy(&kept).contains("zoo"));
    for header in [format!("{words},noah,5\n"), format!("from,to,value,{words}\n")] {
        let read = edge_list::read(&mut Builder::new(), "x", header.as_bytes(), &Options::default());
        assert!(!format!("{read:?}").contains("zoo"));
    }
}

#[test]
fn a_signature_of_solana_is_no_secret() {
    let signature =
        "5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW";
    let list = format!("from,to,value,tx_hash\nlea,noah,5,{signature}\n");
    let (ledger, account) = read("list.csv", list.as_bytes());
    assert!(account.issues.is_empty() && ledger.transactions(signature).len() == 1);
}

#[test]
fn decimals_beyond_128_bits_are_refused() {
    let read = |decimals| {
        let options = Options { decimals: Some(decimals), ..Options::default() };
        edge_list::read(&mut Builder::new(), "x", b"from,to,value\na,b,1\n", &options)
    };
    assert!(read(39).unwrap_err().to_string().contains("39 decimals"));
    assert_eq!(read(38).unwrap().records[0].taken, 1);
}

#[test]
fn a_list_of_nothing_says_so() {
    let (ledger, account) = read("list.csv", b"from,to,value\n");
    assert_eq!((kinds(&account), codes(&ledger)), (vec!["no_transfers"], vec!["no_transfers"]));
    let (ledger, account) = read("list.csv", b"from;to;value\nlea;noah;5,5\nlea;noah;1.234,5\n");
    assert_eq!(kinds(&account), ["bad_value", "no_transfers"]);
    assert_eq!(codes(&ledger), ["order_of_the_file", "rows_not_taken", "no_transfers"]);
    assert!(account.issues.kept().iter().take(2).all(|issue| issue.reason.contains("comma")));
}

#[test]
fn one_asset_has_one_unit_in_any_case_and_file() {
    let (ledger, _) = read("list.csv", b"from,to,value,asset\nlea,noah,5,USDC\nnoah,shop,5,usdc\n");
    assert_eq!((ledger.assets().count(), ledger.asset("uSdC")), (1, ledger.asset("USDC")));
    let mut builder = Builder::new();
    for list in ["from,to,value\nlea,noah,1.5\n", "from,to,value\nnoah,shop,2\n"] {
        edge_list::read(&mut builder, "list.csv", list.as_bytes(), &Options::default()).unwrap();
    }
    let ledger = builder.finish();
    let unit = ledger.unit(ledger.asset("value").unwrap());
    let values: Vec<String> = ledger.events().map(|event| unit.written(event.value)).collect();
    assert_eq!(values, ["1.5", "2"]);
}

#[test]
fn a_row_that_comes_again_is_told() {
    let (ledger, _) = read("x", b"from,to,value,tx\na,b,5,t1\na,b,5,t1\na,b,5,t2\na,b,5,\na,b,5,\n");
    assert_eq!(ledger.len(), 5);
    assert!(ledger.notes().iter().any(|note| note.code == "repeated_rows" && note.text.starts_with("x: 1 ")));
    let mut builder = Builder::new();
    for file in ["one", "two"] {
        let list = b"from,to,value,tx\na,b,5,t1\na,c,5,t1\n";
        edge_list::read(&mut builder, file, list, &Options::default()).unwrap();
    }
    let ledger = builder.finish();
    assert!(
        ledger.notes().iter().any(|note| note.code == "repeated_rows" && note.text.starts_with("two: 2 "))
    );
}

#[test]
fn rows_are_put_in_the_order_of_time_and_spends_behind_receipts() {
    let list = "timestamp,from,to,amount\n2,noah,shop,3\n1,lea,noah,5\n1,mia,lea,5\n";
    let (ledger, _) = read("list.csv", list.as_bytes());
    let from: Vec<String> = ledger.events().map(|event| ledger.address(event.from.unwrap())).collect();
    assert_eq!(from, ["mia", "lea", "noah"]);
    assert_eq!(ledger.notes()[0].code, "order_within_a_moment");
    let seeds = [SeedRequest::address("mia")];
    let asset = ledger.asset("value").unwrap();
    let report = trace(&ledger, &Request::new(asset, Strategy::Fifo, &seeds)).unwrap();
    let ends: Vec<(&str, u128, u128)> =
        report.ends.iter().map(|end| (end.address.as_str(), end.amount, end.direct)).collect();
    assert_eq!(ends, [("shop", 3, 0), ("noah", 2, 0)]);
    assert_eq!((report.seeds[0].amount, report.unit.decimals), (5, 0));
}

#[test]
fn a_table_of_something_else_is_refused_with_what_it_lacks() {
    let read =
        |text: &str| edge_list::read(&mut Builder::new(), "x.csv", text.as_bytes(), &Options::default());
    assert!(read("").unwrap_err().to_string().contains("header"));
    assert!(read("a,b\n1,2\n").unwrap_err().to_string().contains("from"));
}

fn lines(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Reachability, written a second time: rows of the file by time, all of one moment until nothing changes; or all at once.
fn reachable(csv: &str, sources: &[String], in_time: bool) -> HashSet<String> {
    let mut rows: Vec<Vec<&str>> = csv.lines().skip(1).map(|line| line.split(',').collect()).collect();
    rows.sort_by_key(|row| row[0].to_owned());
    let mut reached: HashSet<String> = sources.iter().cloned().collect();
    for group in rows.chunk_by(|one, other| !in_time || one[0] == other[0]) {
        loop {
            let before = reached.len();
            for row in group {
                if reached.contains(row[3]) {
                    reached.insert(row[5].to_owned());
                }
            }
            if reached.len() == before {
                break;
            }
        }
    }
    reached
}

struct Case {
    ledger: AccountLedger,
    sources: Vec<String>,
    csv: String,
    terminals: Vec<Terminal>,
}

fn case(name: &str) -> Option<Case> {
    let folder = real::path(&format!("wallets/traces/{name}"))?;
    let csv = std::fs::read_to_string(folder.join(format!("{name}.csv"))).unwrap();
    let (ledger, account) = read(name, csv.as_bytes());
    assert_eq!((account.records[0].lost, account.records[0].read), (0, csv.lines().count() as u64 - 1));
    let sources = lines(&folder.join("source addresses.csv"));
    let list = lines(&folder.join("terminal addresses.csv"));
    let seeds: Vec<SeedRequest> = sources.iter().map(SeedRequest::address).collect();
    let asset = ledger.asset("USD").unwrap();
    let terminals = terminals(&ledger, asset, &seeds, &list).unwrap();
    for strategy in Strategy::ALL {
        let report = trace(&ledger, &Request::new(asset, strategy, &seeds)).unwrap();
        assert!(report.conservation.holds() || !strategy.conserves(), "{name} {strategy}: {report:?}");
    }
    Some(Case { ledger, sources, csv, terminals })
}

fn check(name: &str, missing: usize, out_of_time: usize) {
    let Some(case) = case(name) else { return };
    let usd = case.ledger.unit(case.ledger.asset("USD").unwrap());
    let (ever, in_time) =
        (reachable(&case.csv, &case.sources, false), reachable(&case.csv, &case.sources, true));
    println!("{name}: {} events, {} terminals", case.ledger.len(), case.terminals.len());
    for note in case.ledger.notes() {
        println!("  {}: {}", note.code, note.text);
    }
    let mut reached = [0; 5];
    for terminal in &case.terminals {
        assert_eq!(terminal.is_linked, ever.contains(&terminal.address), "{terminal:?}");
        assert_eq!(terminal.is_reached, in_time.contains(&terminal.address), "{terminal:?}");
        assert_eq!(terminal.is_reached, terminal.by(Strategy::Poison) > 0, "{terminal:?}");
        let written = |(_, amount): &(Strategy, u128)| format!("{:>14.14}", usd.written(*amount));
        let values: Vec<String> = terminal.came.iter().map(written).collect();
        let label = terminal.label.as_deref().unwrap_or_default();
        let state = match (terminal.is_in_ledger, terminal.is_linked, terminal.is_reached) {
            (false, _, _) => "not in the list",
            (_, false, _) => "not linked",
            (_, _, false) => "linked, never in time",
            _ => "",
        };
        println!("  {} {} {label} {state}", terminal.address, values.join(" "));
        for (count, (_, amount)) in reached.iter_mut().zip(&terminal.came) {
            *count += usize::from(*amount > 0);
        }
    }
    println!("  reached by {:?}: {reached:?}", Strategy::ALL.map(Strategy::name));
    assert_eq!(case.terminals.iter().filter(|terminal| !terminal.is_in_ledger).count(), missing);
    let untimely = case.terminals.iter().filter(|terminal| terminal.is_linked && !terminal.is_reached);
    assert_eq!(untimely.count(), out_of_time);
}

#[test]
fn terminals_of_lifi() {
    check("LIFI", 0, 0);
}

#[test]
fn terminals_of_54m() {
    check("54m", 0, 0);
}

/// Thirteen of the published terminals are in no row of the published list, and three are linked by transfers that happened in the wrong order.
#[test]
fn terminals_of_xscam() {
    check("XScam", 13, 3);
}

#[test]
fn addresses_as_databases_write_them() {
    let Some(path) = real::path("wallets/traces/ronin/LazarusTabularTxs1322519.csv") else { return };
    let (ledger, account) = read("ronin", &std::fs::read(path).unwrap());
    assert_eq!((ledger.len(), account.records[0].lost), (436, 0));
    let lazarus = ledger.account("0x098B716B8Aaf21512996dC57EB0615e2383E2f96").unwrap();
    let eth = ledger.asset("ETH").unwrap();
    let seeds = [SeedRequest::address(ledger.address(lazarus))];
    for strategy in Strategy::ALL {
        let report = trace(&ledger, &Request::new(eth, strategy, &seeds)).unwrap();
        assert!(report.conservation.holds() || !strategy.conserves());
        println!("{strategy}: seed {} ETH", report.unit.written(report.conservation.seed));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Whatever stands in the rows: each is a transfer or an issue.
    #[test]
    fn hostile_rows(rows in prop::collection::vec(prop::sample::select(b"01e-+.,,,\n\n\"aT:Z \xff".to_vec()), 0..120)) {
        let bytes = [&b"time,from,to,value,block\n"[..], &rows].concat();
        let (ledger, account) = read("x", &bytes);
        let count = &account.records[0];
        prop_assert_eq!(count.read, count.taken + count.lost);
        prop_assert_eq!(count.taken, ledger.len() as u64);
        prop_assert_eq!(count.lost, account.issues.count(Severity::RecordLost));
    }
}
