//! Every wallet address of the real lists: is it read under every spelling to the same key, and what stays undecided?

#![expect(clippy::print_stdout, reason = "the table of what was read is the point of the test")]
#![expect(clippy::unwrap_used, reason = "a file that is not as it was must fail the test")]

#[path = "../../interdict-lists/tests/shared/real.rs"]
mod real;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use interdict_core::list::ListId;
use interdict_lists::{SourceFile, detect, read};
use interdict_wallets::{
    Added, AddressIndex, By, Claim, Class, Standing, Undecided, bare_spellings, parse, spellings,
};

/// Label and address.
type Listed = BTreeSet<(String, String)>;

/// The files of which each set is one list.
fn sets(data: &Path) -> Vec<Vec<PathBuf>> {
    let single = [
        "ofac/history/sdn_2021-08-18.csv",
        "ofac/history/sdn_2022-03-24.csv",
        "ofac/history/sdn_2022-05-06.csv",
        "ofac/history/sdn_2023-04-24.csv",
        "ofac/advanced_xml/sdn_advanced_excerpt_2024-02-23.xml",
        "ofac/enhanced_xml/IRGC_sdn_enhanced_2024-08-28.xml",
        "ofac/enhanced_xml/yemen_sdn_enhanced_2024-05-24.xml",
        "us_csl/trade_gov_csl_2022-05-16.csv.gz",
    ];
    let single = single.iter().map(|name| vec![data.join(name)]);
    let folders = ["ofac/2022-01-31", "ofac/2024-01-08"].iter().map(|name| {
        let entries = std::fs::read_dir(data.join(name)).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect::<BTreeSet<_>>().into_iter().collect()
    });
    single.chain(folders).filter(|set: &Vec<PathBuf>| set.iter().all(|path| path.exists())).collect()
}

/// The wallet addresses of a list, as its reader gives them.
fn listed(paths: &[PathBuf]) -> Listed {
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    let files: Vec<_> = paths.iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect();
    let files: Vec<_> = files.iter().map(|(name, bytes)| SourceFile { name, bytes }).collect();
    let list: ListId = "real".parse().unwrap();
    let parsed = read(detect(&files).unwrap(), &list, &files, None).unwrap();
    let wallets = parsed.value.entities.iter().filter(|entity| entity.schema.name == "CryptoWallet");
    let mut found = Listed::new();
    for wallet in wallets {
        let label = wallet.first("currencySymbol").unwrap_or("(none)");
        found.extend(wallet.get("publicKey").iter().map(|address| (label.to_owned(), address.clone())));
    }
    found
}

/// The addresses of text files, a file for each label.
fn of_text_files(folder: &Path) -> Listed {
    let mut found = Listed::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let label = path.file_stem().unwrap().to_str().unwrap().rsplit('_').next().unwrap().to_owned();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.extend(
                text.lines().filter(|line| !line.is_empty()).map(|line| (label.clone(), line.to_owned())),
            );
        }
    }
    found
}

#[derive(Default)]
struct Table {
    rows: BTreeMap<(String, String), usize>,
    undecided: BTreeMap<String, usize>,
    n_spellings: usize,
    wrong: Vec<String>,
}

impl Table {
    fn add(&mut self, label: &str, address: &str) {
        let reading = match parse(address) {
            Ok(reading) => reading,
            Err(refusal) => {
                *self.undecided.entry(format!("{label}: refused, {refusal}")).or_default() += 1;
                return;
            }
        };
        let kind = reading.candidates.first().map_or("(undecided)".to_owned(), |found| {
            format!("{}, {:?}", found.address.family().name(), found.verified)
        });
        *self.rows.entry((label.to_owned(), kind)).or_default() += 1;
        if let Some(why) = reading.undecided {
            let shown = if why == Undecided::SixtyFourHexDigits { "(64 digits)" } else { address };
            *self.undecided.entry(format!("{label}: {why:?} {shown}")).or_default() += 1;
        }
        for candidate in &reading.candidates {
            let every = spellings(&candidate.address);
            assert!(bare_spellings(&candidate.address).len() <= every.len());
            for text in every.iter().map(String::as_str).chain([address]) {
                self.n_spellings += 1;
                let same = parse(text)
                    .is_ok_and(|other| other.candidates.iter().any(|o| o.address == candidate.address));
                if !same {
                    self.wrong.push(format!("{label} {address} as {text:?}"));
                }
            }
        }
    }

    fn print(&self, title: &str) {
        println!(
            "{title}: {} addresses, {} spellings read",
            self.rows.values().sum::<usize>(),
            self.n_spellings
        );
        for ((label, kind), n) in &self.rows {
            println!("{n:>6}  {label:<8} {kind}");
        }
        for (why, n) in &self.undecided {
            println!("{n:>6}  stays undecided: {why}");
        }
    }
}

#[test]
fn every_address_of_the_lists_under_every_spelling() {
    let Some(data) = real::path("ofac").map(|path| path.parent().unwrap().to_owned()) else { return };
    let mut all: Listed = sets(&data).iter().flat_map(|set| listed(set)).collect();
    let n_read = all.len();
    all.extend(of_text_files(&data.join("wallets/sanctioned/ofac_2024-09-27")));
    let mut table = Table::default();
    for (label, address) in &all {
        table.add(label, address);
    }
    println!("{n_read} pairs of label and address from the readers of lists");
    table.print("OFAC");
    assert!(table.wrong.is_empty(), "{:#?}", table.wrong);
    assert!(all.len() > 600);
    // Only what is no address by any codec: 64 digits under the label of Monero, and an Ethereum address that lost a digit.
    let is_known = |why: &String| why.contains("SixtyFourHexDigits") || why.contains("HexLength");
    assert!(table.undecided.keys().all(is_known), "{:#?}", table.undecided);
}

/// Every address of a list is found in an index of the list under every spelling, whatever its label says.
fn assert_found_in_index(title: &str, listed: &Listed) {
    let mut index = AddressIndex::new();
    for (label, text) in listed {
        let claim = Claim { labels: vec![label.clone()], ..claim() };
        index.add(text, claim).unwrap();
    }
    let (mut n_same, mut n_related, mut missed) = (0_usize, 0_usize, Vec::new());
    for (label, text) in listed {
        let reading = parse(text).unwrap();
        let mut texts = vec![text.clone()];
        texts.extend(reading.candidates.iter().flat_map(|candidate| spellings(&candidate.address)));
        for text in texts {
            let found = parse(&text).map(|reading| index.look_up(&text, &reading)).unwrap_or_default();
            if found.iter().any(|one| !one.by.is_related()) {
                n_same += 1;
            } else if found.iter().any(|one| one.by == By::OtherChain) {
                n_related += 1;
            } else {
                missed.push(format!("{label} {text:?}"));
            }
        }
    }
    println!("{title}: {n_same} spellings found as the address, {n_related} as its key on another chain");
    assert!(missed.is_empty(), "{missed:#?}");
}

fn claim() -> Claim {
    Claim {
        class: Class::Sanctioned,
        origin: 0,
        records: Vec::new(),
        labels: Vec::new(),
        parties: Vec::new(),
        listed: interdict_wallets::Listed::default(),
        standing: Standing::InForce,
        because: None,
        tag: None,
    }
}

#[test]
fn every_spelling_is_found_in_an_index_of_the_lists() {
    let Some(data) = real::path("ofac").map(|path| path.parent().unwrap().to_owned()) else { return };
    let mut all: Listed = sets(&data).iter().flat_map(|set| listed(set)).collect();
    all.extend(of_text_files(&data.join("wallets/sanctioned/ofac_2024-09-27")));
    assert_found_in_index("OFAC", &all);
    let wrong: Listed = all.iter().map(|(_, text)| ("XBT".to_owned(), text.clone())).collect();
    assert_found_in_index("OFAC, all labelled XBT", &wrong);
    let Some(path) = real::path("../vectors/dprk_wallets.json") else { return };
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap().to_owned();
    let dprk = rows.iter().map(|row| (text(row, "ofac_code"), text(row, "address"))).collect();
    assert_found_in_index("DPRK", &dprk);
}

#[test]
fn the_wallets_of_north_korean_parties() {
    let Some(data) = real::path("../vectors/dprk_wallets.json") else { return };
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&std::fs::read(data).unwrap()).unwrap();
    let mut table = Table::default();
    for row in &rows {
        table.add(row["ofac_code"].as_str().unwrap(), row["address"].as_str().unwrap());
    }
    table.print("DPRK");
    assert!(
        table.wrong.is_empty() && table.undecided.is_empty(),
        "{:#?} {:#?}",
        table.wrong,
        table.undecided
    );
}

#[test]
fn the_raw_list_of_israel() {
    let Some(path) = real::path("wallets/sanctioned/il_nbctf_wallets_raw.csv") else { return };
    let text = String::from_utf8(std::fs::read(path).unwrap()).unwrap();
    let mut table = Table::default();
    // Plain commas, and the addresses that hold one are in quotes.
    for line in text.lines().skip(2) {
        let cell = line.split('"').nth(1).or_else(|| line.split(',').nth(4)).unwrap_or_default();
        if cell.chars().count() > 20 {
            table.add("NBCTF", cell);
        }
    }
    table.print("Israel");
    assert!(table.wrong.is_empty(), "{:#?}", table.wrong);
    assert!(table.rows.values().sum::<usize>() > 400);
}

#[test]
fn lists_that_lost_the_case_are_found_by_the_raw_key() {
    let Some(path) = real::path("wallets/sanctioned/ofac_2026-01-25.json") else { return };
    let list: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for address in list["addresses"].as_object().unwrap().keys() {
        let reading = parse(address).unwrap();
        let kind = match (reading.candidates.first(), reading.undecided) {
            (Some(found), _) => found.address.family().name().to_owned(),
            (None, why) => format!("{why:?}"),
        };
        *kinds.entry(kind).or_default() += 1;
    }
    println!("OFAC in lower case: {kinds:?}");
    let own = interdict_wallets::raw_key("TA3941uFavMViBsKQ6fMjXxmaSNovx86mz").unwrap();
    assert_eq!(parse("ta3941ufavmvibskq6fmjxxmasnovx86mz").unwrap().raw, Some(own));
}

/// Tags of other people's work: some 55 thousand addresses of many chains.
#[test]
fn the_tags_of_graphsense() {
    let Some(folder) = real::path("wallets/tags/graphsense/packs") else { return };
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut shown: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            let addresses =
                text.lines().filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix("address:"));
            for address in addresses.map(str::trim).filter(|address| !address.is_empty()) {
                let kind = match parse(address) {
                    Ok(reading) => {
                        reading.candidates.first().map_or(format!("{:?}", reading.undecided), |found| {
                            format!("{}, {:?}", found.address.family().name(), found.verified)
                        })
                    }
                    Err(refusal) => format!("refused: {refusal}"),
                };
                let examples = shown.entry(kind.clone()).or_default();
                if examples.len() < 3 {
                    examples.push(address.to_owned());
                }
                *kinds.entry(kind).or_default() += 1;
            }
        }
    }
    for (kind, n) in &kinds {
        println!("{n:>6}  {kind}  {:?}", shown[kind]);
    }
    assert!(kinds.keys().all(|kind| !kind.starts_with("refused")), "an address is taken for a secret");
    let n_read: usize = kinds.iter().filter(|(kind, _)| !kind.starts_with("Some")).map(|(_, n)| n).sum();
    assert!(n_read > 40_000, "{n_read}");
}

#[test]
fn tag_packs_are_read_without_loss() {
    let Some(folder) = real::path("wallets/tags/graphsense") else { return };
    let mut files = Vec::new();
    collect(&folder, &mut files);
    let (mut n_tags, mut n_records, mut n_actors) = (0, 0, 0);
    let mut issues: BTreeMap<String, u64> = BTreeMap::new();
    let mut added: BTreeMap<String, usize> = BTreeMap::new();
    let mut index = AddressIndex::new();
    let mut wrong: Vec<String> = Vec::new();
    let mut seconds = 0.0;
    for path in &files {
        let text = std::fs::read_to_string(path).unwrap();
        let start = std::time::Instant::now();
        let pack =
            interdict_wallets::tagpack::read(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        seconds += start.elapsed().as_secs_f64();
        n_records += pack.value.n_records;
        n_actors += pack.value.actors.len();
        n_tags += pack.value.tags.len();
        for (kind, n) in pack.issues.by_kind() {
            *issues.entry(kind.clone()).or_default() += n;
        }
        let n_lost = pack.issues.count(interdict_core::issue::Severity::RecordLost);
        assert_eq!(pack.value.n_records, (pack.value.tags.len() + pack.value.actors.len()) as u64 + n_lost);
        for line in pack.value.tags {
            let class = line.class();
            let claim = Claim { class, labels: line.labels.clone(), tag: Some(line.tag), ..claim() };
            let kind = match index.add(&line.address, claim) {
                Ok(Added::Address) => format!("address, {}", class.name()),
                Ok(Added::Text(why)) => format!("text, {why:?}"),
                Err(refusal) => format!("refused: {refusal}"),
            };
            *added.entry(kind).or_default() += 1;
            let is_found =
                parse(&line.address).is_ok_and(|reading| !index.look_up(&line.address, &reading).is_empty());
            if !is_found {
                wrong.push(line.address);
            }
        }
    }
    println!(
        "{} files in {seconds:.2} s: {n_records} records, {n_tags} tags, {n_actors} actors",
        files.len()
    );
    println!("issues {issues:?}\nadded {added:#?}\n{} addresses", index.n_addresses());
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(n_tags > 55_000 && n_actors > 3_000);
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries: BTreeSet<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    for path in entries {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "yaml") {
            files.push(path);
        }
    }
}
