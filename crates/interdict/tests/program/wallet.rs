//! Wallet addresses through the program: classes, spellings, days, files, free text, and what is refused.

use insta::{assert_json_snapshot, assert_snapshot};
use interdict_wallets::{Family, WalletAddress, spellings};
use serde_json::Value;

use crate::run::{Done, Home, steady};

/// Of the starter list: Kim Sang Man's.
const LISTED: &str = "1D6gG9iKEhPitTcWRJiniuj1jYM2hNeAfJ";
/// Of nobody.
const OTHER: &str = "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu";
/// The private key of the example in Bitcoin's wiki.
const SECRET: &str = "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ";
/// 64 digits under the label of Monero, as a list once had them.
const DIGITS: &str = "00000000000000000000000000000000000000000000000000000000000000ff";

/// An invented address: bytes that are all the same.
pub(crate) fn address(family: Family, start: &[u8], byte: u8, n_bytes: usize) -> String {
    WalletAddress::from_parts(family, &[start, &vec![byte; n_bytes]].concat()).unwrap().to_string()
}

/// A list of two parties with these wallets: party, label, address.
fn list(wallets: &[(&str, &str, &str)]) -> String {
    let mut lines = Vec::new();
    for (id, name) in [("own-1", "Example Mixer"), ("own-2", "Example Bureau")] {
        lines.push(format!(
            r#"{{"id":"{id}","schema":"Organization","properties":{{"name":["{name}"],"topics":["sanction"]}}}}"#
        ));
    }
    for (place, (party, label, address)) in wallets.iter().enumerate() {
        lines.push(format!(
            r#"{{"id":"own-w{place}","schema":"CryptoWallet","properties":{{"publicKey":["{address}"],"currencySymbol":["{label}"],"holder":["{party}"]}}}}"#
        ));
    }
    lines.join("\n")
}

fn import(home: &Home, day: &str, text: &str) {
    let file = home.write(&format!("{day}.ftm.json"), text);
    let done =
        home.run(["lists", "import", &file, "--list", "own", "--published", day, "--accept", "--json"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
}

fn lines(done: &Done) -> Vec<Value> {
    done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What the first hit is: class, how it was found, and whose.
fn told(answer: &Value) -> String {
    let hit = &answer["hits"][0];
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    format!("{} {} {}", text(&hit["class"]), text(&hit["by"]), text(&hit["parties"][0]["caption"]))
}

#[test]
fn help_teaches() {
    let home = Home::new();
    assert_snapshot!("help_wallet", home.run(["wallet", "--help"]).stdout);
    assert_snapshot!("help_wallet_check", home.run(["wallet", "check", "--help"]).stdout);
    assert_snapshot!("help_wallet_scan", home.run(["wallet", "scan", "--help"]).stdout);
    assert_snapshot!("help_wallet_tags_import", home.run(["wallet", "tags", "import", "--help"]).stdout);
}

#[test]
fn the_starter_list_answers_on_a_bare_machine() {
    let home = Home::new();
    let hit = home.run(["wallet", "check", LISTED, "--json"]);
    assert_eq!(hit.code, 3, "{}", hit.stderr);
    assert_json_snapshot!("wallet_hit", steady(&hit.json()));
    let json = hit.json();
    let version = json["index"]["lists"][0]["version"].as_str().unwrap();
    let text = home.run(["wallet", "check", LISTED]).stdout;
    assert_snapshot!("wallet_hit_text", text.replace(version, "…"));
    let clear = home.run(["wallet", "check", OTHER, "--json"]);
    assert_eq!(clear.code, 0);
    assert_json_snapshot!("wallet_clear", steady(&clear.json()));
    let several = home.run(["wallet", "check", OTHER, LISTED, "x.eth", "--json"]);
    assert_eq!(several.code, 3);
    let outcomes: Vec<_> = lines(&several)
        .iter()
        .map(|line| format!("{} {}", line["argument"], line["outcome"].as_str().unwrap()))
        .collect();
    assert_eq!(outcomes, ["1 clear", "2 hits", "3 not_screened"]);
}

#[test]
fn what_cannot_be_read_is_never_clear() {
    let home = Home::new();
    let mistyped = OTHER.replace("gu", "gv");
    let lower = OTHER.to_lowercase();
    let wrong_case = "0xaAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    for (text, code) in [
        (mistyped.as_str(), "wrong_checksum"),
        (&lower, "case_lost"),
        ("vault.eth", "name"),
        (DIGITS, "sixty_four_hex_digits"),
        (wrong_case, "wrong_case"),
        ("hello", "unknown_form"),
        (" ", "empty"),
    ] {
        let done = home.run(["wallet", "check", text, "--json"]);
        let answer = done.json();
        assert_eq!((done.code, answer["reason"]["code"].as_str()), (4, Some(code)), "{answer}");
        assert_eq!(answer["outcome"], "not_screened");
    }
}

#[test]
fn a_private_key_is_refused_and_printed_nowhere() {
    let home = Home::new();
    let text = home.write("keys.txt", &format!("note {SECRET}\n"));
    let phrase = "abandon ".repeat(11) + "about";
    for args in [
        vec!["wallet", "check", SECRET, "--json"],
        vec!["wallet", "check", SECRET],
        vec!["wallet", "check", &phrase, "--json"],
        vec!["wallet", "check", "--file", &text],
        vec!["wallet", "scan", &text, "--json"],
        vec!["wallet", "scan", &text, "--all"],
    ] {
        let done = home.run(args.iter().copied());
        assert_eq!(done.code, 4, "{args:?}");
        let all = format!("{}{}", done.stdout, done.stderr);
        assert!(all.contains("private key") || all.contains("seed phrase"), "{all}");
        assert!(!all.contains(&SECRET[..12]) && !all.contains("abandon"), "{all}");
    }
}

#[test]
fn one_address_may_be_of_several_and_a_label_hides_nothing() {
    let home = Home::new();
    let litecoin = address(Family::Bitcoin, &[0x30], 7, 20);
    let tron = address(Family::Tron, &[], 8, 20);
    let ethereum = address(Family::Evm, &[], 8, 20);
    let bitcoin = address(Family::Bitcoin, &[0], 9, 20);
    let script = address(Family::Bitcoin, &[5], 10, 20);
    import(
        &home,
        "2024-01-01",
        &list(&[
            ("own-1", "LTC", &litecoin),
            ("own-2", "LTC", &litecoin),
            ("own-1", "XBT", &tron),
            ("own-1", "XBT", &bitcoin),
            ("own-2", "USDT", &script),
            ("own-1", "XMR", DIGITS),
        ]),
    );
    let check = |text: &str| home.run(["wallet", "check", text, "--json"]).json();
    let both = check(&litecoin);
    let parties: Vec<_> =
        both["hits"].as_array().unwrap().iter().map(|hit| &hit["parties"][0]["id"]).collect();
    assert_eq!(parties, ["own-1", "own-2"]);
    assert_eq!(told(&check(&tron)), "sanctioned address Example Mixer");
    assert_eq!(told(&check(&ethereum)), "related_key ethereum_hash Example Mixer");
    assert_eq!(told(&check(DIGITS)), "sanctioned text Example Mixer");
    assert_eq!(told(&check(&bitcoin.to_lowercase())), "sanctioned text Example Mixer");
    let cash =
        spellings(&WalletAddress::from_parts(Family::Bitcoin, &[&[0][..], &[9; 20]].concat()).unwrap());
    let cash = cash.iter().find(|text| text.starts_with("bitcoincash:")).unwrap();
    let other = check(cash);
    assert_eq!(told(&other), "related_key other_chain Example Mixer");
    assert_eq!(other["hits"][0]["underlying"], "sanctioned");
    // A token is on many chains: its label narrows nothing.
    assert_eq!(told(&check(&format!("BCH:{script}"))), "sanctioned address Example Bureau");
    let narrow = home.run(["wallet", "check", &ethereum, "--class", "sanctioned", "--json"]);
    assert_eq!((narrow.code, narrow.json()["besides"][0]["class"].as_str()), (0, Some("related_key")));
    assert_eq!(home.run(["wallet", "check", &ethereum, "--class", "related_key"]).code, 3);
}

#[test]
fn a_day_says_what_was_listed_then_not_yet_and_no_more() {
    let home = Home::new();
    let (first, second) = (address(Family::Evm, &[], 1, 20), address(Family::Evm, &[], 2, 20));
    import(&home, "2022-01-01", &list(&[("own-1", "ETH", &first)]));
    import(&home, "2022-08-08", &list(&[("own-1", "ETH", &first), ("own-1", "ETH", &second)]));
    import(&home, "2025-03-21", &list(&[("own-1", "ETH", &first)]));
    let on = |text: &str, day: &str| {
        let done = home.run(["wallet", "check", text, "--as-of", day, "--json"]);
        let answer = done.json();
        let standing = answer["besides"][0]["standing"].as_str().unwrap_or("-");
        format!("{} {} {standing}", done.code, answer["outcome"].as_str().unwrap())
    };
    assert_eq!(on(&second, "2022-03-01"), "0 clear not_yet");
    assert_eq!(on(&second, "2023-01-01"), "3 hits -");
    assert_eq!(on(&second, "2025-04-01"), "0 clear formerly");
    assert_eq!(on(&first, "2022-03-01"), "3 hits -");
    assert_eq!(on(&second, "2021-01-01"), "4 not_screened not_yet");
    assert_eq!(on(OTHER, "2021-01-01"), "4 not_screened -");
    let now = home.run(["wallet", "check", &second]);
    assert!(now.code == 0 && now.stdout.contains("formerly listed"), "{}", now.stdout);
    let answer = home.run(["wallet", "check", &second, "--json"]).json();
    assert_eq!(answer["besides"][0]["standing"], "formerly");
    let because = answer["besides"][0]["because"].as_str().unwrap();
    assert!(because.contains("2022-08-08") && because.contains("2025-03-21"), "{because}");
}

#[test]
fn before_the_starter_list_was_compiled_nothing_is_clear() {
    let home = Home::new();
    for day in ["1999-01-01", "2026-11-20"] {
        let done = home.run(["wallet", "check", OTHER, "--as-of", day, "--json"]);
        assert_eq!((done.code, done.json()["reason"]["code"].as_str()), (4, Some("no_list")), "{day}");
    }
    assert_eq!(home.run(["wallet", "check", OTHER, "--as-of", "2026-11-21"]).code, 0);
}

#[test]
fn the_dates_of_designations_count() {
    let home = Home::new();
    let address = address(Family::Evm, &[], 3, 20);
    let act = r#"{"id":"own-1-s","schema":"Sanction","properties":{"entity":["own-1"],"listingDate":["2022-08-08"],"endDate":["2025-03-21"]}}"#;
    import(&home, "2022-01-01", &format!("{}\n{act}", list(&[("own-1", "ETH", &address)])));
    let codes = ["2022-08-07", "2022-08-08", "2025-03-20", "2025-03-21"]
        .map(|day| home.run(["wallet", "check", &address, "--as-of", day]).code);
    assert_eq!(codes, [0, 3, 3, 0]);
}

#[test]
fn a_file_without_an_address_is_not_clear() {
    let home = Home::new();
    for text in ["", "\n \n", "address,amount\n"] {
        let done = home.run(["wallet", "check", "--file", &home.write("none.csv", text)]);
        assert!(done.code == 2 && done.stderr.contains("no address"), "{}", done.stderr);
    }
}

#[test]
fn a_file_has_an_answer_for_each_row() {
    let home = Home::new();
    let rows = format!("address,amount\n{LISTED},1\n\n{OTHER},2\nx.eth,3\n\"bitcoin:{LISTED}\",4\n");
    let file = home.write("rows.csv", &rows);
    let done = home.run(["wallet", "check", "--file", &file]);
    let told: Vec<_> = lines(&done)
        .iter()
        .map(|row| format!("{} {}", row["line"], row["outcome"].as_str().unwrap()))
        .collect();
    assert_eq!(told, ["2 hits", "4 clear", "5 not_screened", "6 hits"]);
    assert_eq!(done.code, 3);
    assert!(done.stderr.contains("4 rows: 1 clear, 2 with hits, 1 not screened"), "{}", done.stderr);
    assert_eq!(home.run(["wallet", "check", "--file", "/nothing/here"]).code, 2);
    assert_eq!(home.run(["wallet", "check"]).code, 2);
}

#[test]
fn free_text_gives_hits_first_and_their_places() {
    let home = Home::new();
    let text = format!(
        "Dear all,\npay {OTHER} or https://example.org/tx?to={}\u{200b}{}&x=1\n",
        &LISTED[..10],
        &LISTED[10..]
    );
    let file = home.write("mail.txt", &text);
    let done = home.run(["wallet", "scan", &file, "--all", "--json"]);
    assert_eq!(done.code, 3, "{}", done.stderr);
    let told = lines(&done);
    let [hit, other, summary] = &told[..] else { panic!("{}", done.stdout) };
    let place = |row: &Value| {
        let (start, end) = (row["start"].as_u64().unwrap(), row["end"].as_u64().unwrap());
        text[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()].to_owned()
    };
    assert_eq!((hit["line"].as_u64(), hit["outcome"].as_str()), (Some(2), Some("hits")));
    assert_eq!(place(hit).replace('\u{200b}', ""), LISTED);
    assert_eq!(place(other), OTHER);
    let expected = format!(r#"{{"files":1,"bytes":{},"hits":1,"addresses":1,"secrets":0}}"#, text.len());
    assert_eq!(summary["summary"], serde_json::from_str::<Value>(&expected).unwrap());
    let none = home.write("none.txt", "nothing here");
    assert_eq!(home.run(["wallet", "scan", &none]).code, 0);
}
