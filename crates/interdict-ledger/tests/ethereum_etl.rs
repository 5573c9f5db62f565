//! Do the tables of ethereum-etl become the events that happened, in their exact order, and does nothing go missing?

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use interdict_core::issue::Severity;
use interdict_ledger::accounts::{AccountLedger, Builder, Event, Request, SeedRequest, trace};
use interdict_ledger::report::EndKind;
use interdict_ledger::sources::SourceAccount;
use interdict_ledger::sources::ethereum_etl::{self, File};
use interdict_ledger::strategy::Strategy;
use proptest::prelude::{ProptestConfig, prop, prop_assert, prop_assert_eq, proptest};

/// An invented address that ends in a letter of hexadecimal.
fn address(letter: char) -> String {
    format!("0x{}{letter}", "7e".repeat(19) + "0")
}

fn hash(n: u32) -> String {
    format!("0x{n:064x}")
}

const ZERO: &str = "0x0000000000000000000000000000000000000000";

/// `@a` stands for an address, `#1` for a hash.
fn filled(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '@' => out.push_str(&address(letters.next().unwrap())),
            '#' => out.push_str(&hash(letters.next().unwrap().to_digit(10).unwrap())),
            '~' => out.push_str(ZERO),
            other => out.push(other),
        }
    }
    out
}

fn read(files: &[(&str, &str)]) -> (AccountLedger, SourceAccount) {
    let texts: Vec<(&str, String)> = files.iter().map(|(name, text)| (*name, filled(text))).collect();
    let files: Vec<File<'_>> = texts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let mut builder = Builder::new();
    let account = ethereum_etl::read(&mut builder, "ETH", &files).unwrap();
    (builder.finish(), account)
}

fn told(ledger: &AccountLedger) -> Vec<String> {
    let name = |account: Option<_>| {
        account.map_or("-".to_owned(), |account| {
            let text = ledger.address(account);
            if text == ZERO { "zero".to_owned() } else { text[text.len() - 1..].to_lowercase() }
        })
    };
    let one = |event: Event| {
        let asset = ledger.unit(event.asset).asset;
        let asset = if asset == "ETH" { "" } else { &asset[asset.len() - 1..] };
        format!(
            "{:?} {}>{} {}{}",
            event.kind,
            name(event.from),
            name(event.to),
            event.value,
            asset.to_lowercase()
        )
    };
    ledger.events().map(one).collect()
}

const BLOCKS: &str = "number,hash,parent_hash,miner,timestamp,base_fee_per_gas,withdrawals\n\
    101,0x1,0x0,@9,1700000012,10,\n\
    100,0x0,0x9,@9,1700000000,10,\"[{'index': 1, 'validator_index': 2, 'address': '@8', 'amount': 3}]\"\n";

const TRANSACTIONS: &str = "block_number,hash,transaction_index,from_address,to_address,value,gas,gas_price,block_timestamp\n\
    101,#3,0,@b,@c,70,90,12,1700000012\n\
    100,#2,1,@a,@c,500,90,12,1700000000\n\
    100,#1,0,@a,@b,1000,90,12,1700000000\n";

const RECEIPTS: &str = "transaction_hash,transaction_index,block_number,cumulative_gas_used,gas_used,contract_address,status,effective_gas_price\n\
    #1,0,100,21,21,,1,12\n\
    #2,1,100,51,30,,0,11\n\
    #3,0,101,20,20,,1,12\n";

#[test]
fn transactions_with_receipts_and_blocks() {
    let (ledger, account) = read(&[("t", TRANSACTIONS), ("r", RECEIPTS), ("b", BLOCKS)]);
    assert_eq!(
        told(&ledger),
        [
            "Fee a>- 252",
            "Transfer a>b 1000",
            "Reward ->9 42",
            "Fee a>- 330",
            "Reward ->9 30",
            "Withdrawal ->8 3000000000",
            "Fee b>- 240",
            "Transfer b>c 70",
            "Reward ->9 40",
        ],
        "the failed transaction pays its fee and moves nothing"
    );
    assert!(ledger.notes().is_empty() && account.issues.is_empty(), "{:?}", account.issues);
    assert_eq!(account.records.iter().map(|count| count.taken).collect::<Vec<_>>(), [2, 3, 3]);
    let last = ledger.events().last().unwrap();
    assert_eq!((ledger.block(last.transaction), ledger.time(last.transaction)), (101, Some(1_700_000_012)));
    let seeds = [SeedRequest::Transfer { hash: hash(1), position: 0 }];
    let report = trace(&ledger, &Request::new(ledger.asset("ETH").unwrap(), Strategy::Fifo, &seeds)).unwrap();
    let ends: Vec<(EndKind, u128)> = report.ends.iter().map(|end| (end.kind, end.amount)).collect();
    assert_eq!(ends, [(EndKind::Unspent, 690), (EndKind::Fee, 240), (EndKind::Unspent, 70)]);
    assert!(report.conservation.holds());
}

#[test]
fn what_is_not_told_is_noted() {
    let (ledger, _) = read(&[("t", TRANSACTIONS)]);
    assert_eq!(told(&ledger), ["Transfer a>b 1000", "Transfer a>c 500", "Transfer b>c 70"]);
    let codes: Vec<&str> = ledger.notes().iter().map(|note| note.code).collect();
    assert_eq!(codes, ["status_unknown", "fees_unknown"]);
}

/// The columns of newer tables, which carry what receipts say.
#[test]
fn receipts_within_transactions() {
    let text = "hash,block_number,transaction_index,from_address,to_address,value,gas_price,receipt_status,receipt_gas_used,receipt_effective_gas_price,receipt_contract_address,block_timestamp\n\
        #1,5,0,@a,,40,1,1,3,7,@d,2023-11-14 22:13:20 UTC\n\
        #2,5,1,@a,,40,1,0,3,7,,2023-11-14 22:13:20 UTC\n\
        #1,5,0,@a,,40,1,1,3,7,@d,2023-11-14 22:13:20 UTC\n\
        #4,5,1,@a,,40,1,1,3,7,@d,\n";
    let (ledger, account) = read(&[("t", text)]);
    assert_eq!(told(&ledger), ["Fee a>- 21", "Transfer a>d 40", "Fee a>- 21"]);
    let kinds: Vec<&str> = account.issues.by_kind().keys().map(String::as_str).collect();
    assert_eq!(kinds, ["duplicate", "same_place"]);
    assert_eq!((account.records[0].read, account.records[0].taken), (4, 2));
    assert_eq!(ledger.time(ledger.events().next().unwrap().transaction), Some(1_700_000_000));
}

const TRACES: &str = "block_number,transaction_hash,transaction_index,from_address,to_address,value,trace_type,call_type,reward_type,trace_address,error,status\n\
    100,,,,@9,5,reward,,block,,,1\n\
    100,#1,0,@b,@d,2,call,call,,\"0,0\",,1\n\
    100,#1,0,@a,@b,1000,call,call,,,,1\n\
    100,#1,0,@b,@c,300,call,call,,0,,1\n\
    100,#1,0,@b,@e,50,call,call,,1,Reverted,0\n\
    100,#1,0,@e,@f,10,call,call,,\"1,0\",,1\n\
    100,#1,0,@b,@c,1000,call,delegatecall,,2,,1\n\
    100,#1,0,@b,@c,0,call,staticcall,,10,,1\n\
    100,#1,0,@b,@f,4,suicide,,,9,,1\n\
    100,#1,0,@b,@f,4,suicide,,,9,,1\n\
    100,#1,0,@b,,4,create,,,11,,1\n\
    100,#2,1,@a,@c,500,call,call,,,out of gas,0\n\
    100,#2,1,@c,@d,500,call,call,,0,,1\n\
    0,,,,@a,9000,genesis,,,,,1\n\
    100,#1,0,@b,@c,1,frobnicate,,,12,,1\n";

#[test]
fn traces_say_what_moved_and_nothing_is_counted_twice() {
    let (ledger, account) = read(&[("x", TRACES), ("t", TRANSACTIONS), ("r", RECEIPTS)]);
    assert_eq!(
        told(&ledger),
        [
            "Mint ->a 9000",
            "Fee a>- 252",
            "Transfer a>b 1000",
            "Internal b>c 300",
            "Internal b>d 2",
            "Internal b>f 4",
            "Fee a>- 330",
            "Reward ->9 5",
            "Fee b>- 240",
            "Transfer b>c 70",
        ]
    );
    let codes: Vec<&str> = ledger.notes().iter().map(|note| note.code).collect();
    let expected = ["without_traces", "rows_not_taken", "values_not_taken"];
    assert_eq!(codes, expected, "the transaction of block 101 has no traces");
    let kinds: Vec<&str> = account.issues.by_kind().keys().map(String::as_str).collect();
    assert_eq!(kinds, ["duplicate", "no_party", "unknown_trace"]);
}

const TOKENS: &str = "token_address,from_address,to_address,value,transaction_hash,log_index,block_number\n\
    @1,@a,@b,30,#1,12,100\n\
    @1,~,@a,50,#1,7,100\n\
    @2,@b,@a,9,#1,9,100\n\
    @1,@b,~,5,#3,2,101\n\
    @1,@b,@a,1361129467683753853853498429727072845824,#3,3,101\n\
    @4,@b,@a,77,#3,4,101\n\
    @1,@a,@b,30,#1,12,100\n";

#[test]
fn token_transfers_by_log_with_mints_burns_and_what_is_too_large() {
    let contracts =
        "address,bytecode,function_sighashes,is_erc20,is_erc721,block_number\n@4,0x00,,False,True,1\n";
    let tokens = "address,symbol,name,decimals,total_supply,block_number\n@1,T,Test,6,1,1\n";
    let files = [("k", TOKENS), ("c", contracts), ("n", tokens), ("t", TRANSACTIONS), ("r", RECEIPTS)];
    let (ledger, account) = read(&files);
    let all = told(&ledger);
    let tokens: Vec<&str> = all
        .iter()
        .map(String::as_str)
        .filter(|text| text.contains("Mint") || text.contains("Token") || text.contains("Burn"))
        .collect();
    assert_eq!(tokens, ["Mint ->a 501", "TokenTransfer b>a 92", "TokenTransfer a>b 301", "Burn b>zero 51"]);
    let kinds: Vec<&str> = account.issues.by_kind().keys().map(String::as_str).collect();
    assert_eq!(kinds, ["bad_value", "duplicate", "not_fungible"]);
    let token = ledger.asset(&address('1')).unwrap();
    assert_eq!(ledger.unit(token).decimals, 6);
    let seeds = [SeedRequest::Transaction { hash: hash(1) }];
    let report = trace(&ledger, &Request::new(token, Strategy::Fifo, &seeds)).unwrap();
    assert!(report.conservation.holds(), "{report:#?}");
    assert_eq!(
        (report.conservation.seed, report.conservation.superseded, report.conservation.burnt),
        (80, 30, 5)
    );
    assert_eq!(report.leads.len(), 1, "a sent one token and got another: {:?}", report.leads);
    assert!(
        report.leads[0].kind == "swap"
            && report.leads[0].addresses == [ledger.address(ledger.account(&address('a')).unwrap())]
    );
}

#[test]
fn other_tables_are_named_or_refused() {
    let (_, account) =
        read(&[("logs", "log_index,transaction_hash,topics,data\n1,#1,x,y\n"), ("t", TRANSACTIONS)]);
    assert_eq!(account.issues.by_kind().keys().next().unwrap(), "file_not_read");
    let refused = ethereum_etl::read(&mut Builder::new(), "ETH", &[("x", b"a,b\n1,2\n")]);
    assert!(refused.unwrap_err().to_string().contains("a, b"));
    assert!(ethereum_etl::is_table(TRANSACTIONS.as_bytes()) && !ethereum_etl::is_table(b"from,to,value\n"));
}

/// Fields of which rows are made by chance.
const FIELDS: [&str; 14] =
    ["", "0", "1", "1", "100", "@a", "@b", "#1", "#2", "call", "reward", "\"0,1\"", "9e9", "\"x"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever stands in the rows, each is read or an issue, and value is followed without a panic.
    #[test]
    fn hostile_rows(
        tables in prop::collection::vec(0_usize..5, 1..4),
        rows in prop::collection::vec(prop::collection::vec(prop::sample::select(FIELDS.to_vec()), 5..14), 0..12),
    ) {
        let rows: Vec<String> = rows.iter().map(|fields| fields.join(",")).collect();
        let rows = rows.join("\n");
        let tables: Vec<String> = tables.iter().map(|&table| {
            let header = [TRANSACTIONS, TRACES, TOKENS, BLOCKS, RECEIPTS][table].lines().next().unwrap();
            format!("{header}\n{rows}")
        }).collect();
        let files: Vec<(&str, &str)> = tables.iter().map(|text| ("x", text.as_str())).collect();
        let (ledger, account) = read(&files);
        let lost: u64 = account.records.iter().map(|count| count.lost).sum();
        prop_assert_eq!(lost, account.issues.count(Severity::RecordLost));
        for (asset, _) in ledger.assets() {
            let seeds = [SeedRequest::address(address('a'))];
            prop_assert!(trace(&ledger, &Request::new(asset, Strategy::Lifo, &seeds)).is_ok());
        }
    }
}
