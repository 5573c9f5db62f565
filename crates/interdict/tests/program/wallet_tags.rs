//! Packs of tags through the program: kept, counted, asked, written and removed; and the wallets of real lists and packs.

use interdict_wallets::{Family, parse, spellings};
use serde_json::Value;

use super::wallet::address;
use crate::run::Home;

fn pack(addresses: [&str; 3]) -> String {
    let [exchange, frozen, sanction] = addresses;
    format!(
        "title: Invented\ncreator: nobody\nconfidence: web_crawl\ncurrency: ETH\nlabel: Example Exchange\ntags:\n\
         - address: {exchange}\n  category: exchange\n  actor: example\n  confidence: ownership\n\
         - address: {frozen}\n  category: black_list\n  confidence: ledger_immanent\n\
         - address: {sanction}\n  abuse: sanction\n  is_cluster_definer: true\n\
         - tx_hash: abc\n- address: x.eth\n"
    )
}

#[test]
fn tags_are_kept_asked_written_and_removed() {
    let home = Home::new();
    let own = [1, 2, 3].map(|byte| address(Family::Evm, &[], byte, 20));
    let [exchange, frozen, sanction] = [&own[0], &own[1], &own[2]].map(String::as_str);
    let file = home.write("invented.yaml", &pack([exchange, frozen, sanction]));
    let broken = home.write("broken.yaml", "tags: [\n");
    let imported = home.run(["wallet", "tags", "import", &file, &broken, "--json"]);
    assert_eq!(imported.code, 2, "{}", imported.stderr);
    let answer: Value = serde_json::from_str(imported.stdout.lines().next().unwrap()).unwrap();
    let kept = &answer["imported"][0];
    let counts = ["tags", "texts", "actors", "lost"].map(|key| kept[key].as_u64().unwrap());
    assert_eq!((kept["name"].as_str(), counts), (Some("invented"), [4, 1, 0, 1]));
    assert_eq!(answer["failed"][0]["name"], "broken");
    assert_eq!(answer["issue_list"].as_array().unwrap().len(), 2, "{answer}");

    let alone = home.run(["wallet", "tags", "import", &file, "--json"]);
    assert!(alone.code == 2 && alone.stderr.contains("tags_lost"), "a tag is lost: {}", alone.stderr);

    let check = |text: &str| home.run(["wallet", "check", text, "--json"]).json()["hits"][0].clone();
    let hit = check(exchange);
    assert_eq!(
        (hit["class"].as_str(), hit["tag"]["confidence_level"].as_u64()),
        (Some("attributed"), Some(100))
    );
    assert_eq!(check(frozen)["class"], "issuer_frozen");
    assert_eq!(check(sanction)["class"], "attributed", "a tag is no list");
    assert_eq!(check("x.eth")["by"], "text");
    assert_eq!(home.run(["wallet", "check", exchange, "--class", "sanctioned"]).code, 0);

    let written = home.run(["wallet", "tags", "export"]).stdout;
    let again = home.write("again.yaml", &written);
    let args = ["wallet", "tags", "import", &again, "--class", "advisory", "--name", "fbi"];
    assert_eq!(home.run(args).code, 0);
    let both = home.run(["wallet", "check", sanction, "--json"]).json();
    let classes: Vec<_> = both["hits"].as_array().unwrap().iter().map(|hit| &hit["class"]).collect();
    assert_eq!(classes, ["advisory", "attributed"]);
    assert_eq!(both["hits"][0]["tag"]["notes"]["is_cluster_definer"], true);

    let names = || {
        let status = home.run(["wallet", "tags", "status", "--json"]).json();
        let names =
            status["packs"].as_array().unwrap().iter().map(|pack| pack["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(), ["fbi", "invented"]);
    assert_eq!(home.run(["wallet", "tags", "remove", "fbi"]).code, 0);
    assert_eq!(home.run(["wallet", "tags", "remove", "fbi"]).code, 2);
    assert_eq!(names(), ["invented"]);
    let object = home.files().into_iter().find(|path| path.contains("tags/objects")).unwrap();
    std::fs::write(object, "tags: []").unwrap();
    let damaged = home.run(["wallet", "check", exchange, "--json"]);
    assert!(damaged.code == 2 && damaged.stderr.contains("damaged_tags"), "{}", damaged.stderr);
}

#[test]
fn a_pack_with_a_private_key_is_refused_whole_and_nothing_of_it_is_kept() {
    let home = Home::new();
    let key = "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ";
    let own = address(Family::Evm, &[], 1, 20);
    let file = home.write("keys.yaml", &format!("label: x\ntags:\n- address: '{own}'\n- address: {key}\n"));
    let done = home.run(["wallet", "tags", "import", &file]);
    assert_eq!(done.code, 2, "{}", done.stderr);
    assert!(
        done.stdout.contains("keys.yaml: line 4: ") && done.stdout.contains("take the tag out"),
        "{}",
        done.stdout
    );
    assert!(!format!("{}{}", done.stdout, done.stderr).contains("HueCG"));
    assert!(home.files().iter().all(|path| !path.contains("tags/objects")), "{:?}", home.files());
    assert!(!home.run(["wallet", "tags", "export"]).stdout.contains("HueCG"));
}

#[test]
fn an_actor_gives_its_category() {
    let home = Home::new();
    let own = address(Family::Evm, &[], 1, 20);
    let actors =
        home.write("actors.yaml", "actors:\n- id: example\n  label: Example\n  categories: [exchange]\n");
    let tags = home.write("tags.yaml", &format!("tags:\n- {{address: '{own}', label: x, actor: example}}\n"));
    assert_eq!(home.run(["wallet", "tags", "import", &actors, &tags]).code, 0);
    let answer = home.run(["wallet", "check", &own, "--json"]).json();
    assert_eq!(answer["hits"][0]["tag"]["category"], "exchange");
}

#[test]
fn every_spelling_of_a_real_list_is_a_hit() {
    let Some(data) = super::official_lists::data() else { return };
    let home = Home::new();
    let list = data.join("ofac/2024-01-08").display().to_string();
    assert_eq!(home.run(["lists", "import", &list]).code, 0);
    let written = home.run(["wallet", "tags", "export", "--listed"]).stdout;
    let pack = interdict_wallets::tagpack::read(&written).unwrap().value;
    let mut rows = Vec::new();
    for line in &pack.tags {
        rows.push(line.address.clone());
        for candidate in parse(&line.address).unwrap().candidates {
            rows.extend(spellings(&candidate.address));
        }
    }
    rows.retain(|row| !row.contains(['\n', '"']));
    let rows: Vec<String> = rows.iter().map(|row| format!("\"{row}\"")).collect();
    let file = home.write("rows.csv", &rows.join("\n"));
    let done = home.run(["wallet", "check", "--file", &file]);
    assert!(rows.len() > 30_000, "{}", rows.len());
    let expected = format!("{0} rows: 0 clear, {0} with hits, 0 not screened", rows.len());
    assert!(done.stderr.contains(&expected), "{}", done.stderr);
}

#[test]
fn every_tag_of_graphsense_is_kept() {
    let Some(data) = super::official_lists::data() else { return };
    let folder = data.join("wallets/tags/graphsense");
    if !folder.is_dir() {
        return;
    }
    let home = Home::new();
    let done = home.run(["wallet", "tags", "import", &folder.display().to_string(), "--json"]);
    let packs = done.json()["imported"].as_array().unwrap().clone();
    let sum = |key: &str| packs.iter().map(|pack| pack[key].as_u64().unwrap()).sum::<u64>();
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(sum("tags") > 55_000 && sum("actors") > 3_000 && sum("lost") == 0);
    let frozen = home.run(["wallet", "check", "0x008fe40574e881e7247b50b991c0cc057d66647f", "--json"]).json();
    assert_eq!(frozen["hits"][0]["class"], "issuer_frozen");
}
