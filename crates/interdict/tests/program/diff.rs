//! What changed between two versions of a list: as text, JSON lines and CSV, and how versions are named.

use insta::assert_snapshot;

use crate::run::{Home, fixture};

const EARLIER: &str = r#"{"id":"own-1","schema":"Company","properties":{"name":["Example Trading"],"alias":["EXTRA"],"addressEntity":["own-1-address-1","own-1-address-2"],"country":["kp"],"programId":["A"]}}
{"id":"own-1-sanction-1","schema":"Sanction","properties":{"entity":["own-1"],"authority":["Authority"],"program":["A"]}}
{"id":"own-1-address-1","schema":"Address","properties":{"full":["1 Port Street"]}}
{"id":"own-1-address-2","schema":"Address","properties":{"full":["2 Hill Street"]}}
{"id":"own-2","schema":"Person","properties":{"name":["Aron Example"],"notes":["Reported to be in custody since 2019, and the review was concluded on 4 March 2020."]}}
{"id":"own-3","schema":"Person","properties":{"name":["Berta Example"]}}
{"id":"own-4","schema":"Vessel","properties":{"name":["EXAMPLE STAR"]}}
"#;

const LATER: &str = r#"{"id":"own-4","schema":"Vessel","properties":{"name":["EXAMPLE STAR"]}}
{"id":"own-1","schema":"Organization","properties":{"name":["Example Trading"],"weakAlias":["EXTRA"],"addressEntity":["own-1-address-1"],"country":["kp"],"programId":["A","B"]}}
{"id":"own-1-sanction-1","schema":"Sanction","properties":{"entity":["own-1"],"authority":["Authority"],"program":["A","B"]}}
{"id":"own-1-address-1","schema":"Address","properties":{"full":["2 Hill Street"]}}
{"id":"own-2","schema":"Person","properties":{"name":["Aron Example"],"notes":["Reported to be in custody since 2019, and the review was concluded on 9 May 2022."]}}
{"id":"own-5","schema":"Person","properties":{"name":["Carl Example, \"Charlie\""],"programId":["B"]}}
"#;

/// Two versions in the archive, and the path of the later one.
fn two_versions(home: &Home) -> String {
    let mut path = String::new();
    for (name, text, published) in
        [("a.ftm.json", EARLIER, "2024-01-08"), ("b.ftm.json", LATER, "2024-06-01")]
    {
        path = home.write(name, text);
        let done =
            home.run(["lists", "import", &path, "--list", "own", "--published", published, "--accept"]);
        assert_eq!(done.code, 0, "{}", done.stderr);
    }
    path
}

#[test]
fn help_teaches() {
    let home = Home::new();
    for command in ["diff", "changes"] {
        assert_snapshot!(format!("help_lists_{command}"), home.run(["lists", command, "--help"]).stdout);
    }
}

#[test]
fn the_last_change_of_a_list() {
    let home = Home::new();
    two_versions(&home);
    let text = home.run(["lists", "diff", "own", "--verify"]);
    assert_eq!(text.code, 0, "{}", text.stderr);
    assert!(text.stderr.starts_with("verified: "), "{}", text.stderr);
    assert_snapshot!("diff_text", text.stdout);
    assert_snapshot!("diff_json", home.run(["lists", "diff", "own", "--json"]).stdout);
    assert_snapshot!("diff_csv", home.run(["lists", "diff", "own", "--csv"]).stdout);
    let limited = home.run(["lists", "diff", "own", "--limit", "1"]).stdout;
    assert!(limited.contains("… and 1 more"), "{limited}");
}

#[test]
fn versions_are_named_by_day_digest_or_file() {
    let home = Home::new();
    let path = two_versions(&home);
    let last = home.run(["lists", "diff", "own", "--csv"]).stdout;
    let versions = home.run(["lists", "status", "own", "--all", "--json"]).json();
    let digests: Vec<&str> =
        versions["lists"].as_array().unwrap().iter().map(|list| list["version"].as_str().unwrap()).collect();
    let [one, other] = digests[..] else { panic!("{digests:?}") };
    let earlier = if last.contains(&format!("own,{one},")) { one } else { other };
    for (from, to) in [
        ("own@2024-01-08".to_owned(), "own@2024-06-01"),
        ("own@2024-05-31".to_owned(), "own@2025-01-01"),
        (format!("own@{}", &earlier[..6]), "own"),
        ("own@2024-01-08".to_owned(), path.as_str()),
    ] {
        let done = home.run(["lists", "diff", &from, to, "--csv"]);
        let dates = |text: &str| text.replace(",2024-06-01,", ",,");
        assert_eq!(dates(&done.stdout), dates(&last), "{from} {to}: {}", done.stderr);
    }
    let same = home.run(["lists", "diff", &path, "--list", "own"]);
    assert!(same.code == 0 && same.stdout.contains("0 added, 0 removed, 0 changed"), "{}", same.stdout);
}

#[test]
fn files_need_not_be_imported() {
    let home = Home::new();
    let (a, b) = (home.write("a.ftm.json", EARLIER), home.write("b.ftm.json", LATER));
    let done = home.run(["lists", "diff", &a, &b, "--list", "own"]);
    assert!(done.code == 0 && done.stdout.contains("1 added, 1 removed, 2 changed"), "{}", done.stderr);
    assert_eq!(home.files(), [""; 0], "comparing keeps nothing");
}

#[test]
fn every_change_of_the_archive_is_one_line() {
    let home = Home::new();
    two_versions(&home);
    let changes = home.run(["lists", "changes", "own"]);
    assert_eq!(changes.stdout, home.run(["lists", "diff", "own", "--json"]).stdout);
    assert_eq!(home.run(["lists", "changes", "--since", "2024-06-01"]).stdout, changes.stdout);
    let none = home.run(["lists", "changes", "--since", "2024-06-02"]);
    assert_eq!((none.code, none.stdout.as_str()), (0, ""));
}

#[test]
fn what_cannot_be_compared_is_said() {
    let home = Home::new();
    two_versions(&home);
    let page = home.write("page.html", "<html><body>gone</body></html>");
    for (args, reason) in [
        (&["own@2023-01-01"][..], "there is no version \"own@2023-01-01\"; there are: own@"),
        (&["own@ffffffffff"], "there is no version \"own@ffffffffff\""),
        (&["own@soon"], "behind @ stands"),
        (&["ofac"], "there is no list"),
        (&[&fixture("ofac"), &fixture("un")], "ofac and un are two lists"),
        (&["own", &page], "page.html"),
        (&["nowhere/list.xml"], "cannot read"),
    ] {
        let done = home.run(["lists", "diff"].into_iter().chain(args.iter().copied()));
        assert_eq!(done.code, 2, "{args:?}: {}", done.stdout);
        assert!(done.stderr.contains(reason), "{args:?}: {}", done.stderr);
    }
}

#[test]
fn a_set_of_files_against_a_part_of_it_is_told() {
    let home = Home::new();
    let whole = fixture("ofac");
    let sdn = std::fs::read_to_string(format!("{whole}/SDN.CSV")).unwrap();
    let alone = home.write("SDN.CSV", &sdn);
    let diff = |from: &str, to: &str| home.run(["lists", "diff", from, to, "--verify", "--json"]);
    let head = |text: &str| serde_json::from_str::<serde_json::Value>(text.lines().next().unwrap()).unwrap();
    let grown = diff(&alone, &whole);
    let files = serde_json::json!(["ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"]);
    assert_eq!((grown.code, &head(&grown.stdout)["from_lacks"]), (0, &files), "{}", grown.stderr);
    assert!(grown.stderr.contains("comes without ADD.CSV, ALT.CSV, SDN_COMMENTS.CSV"), "{}", grown.stderr);
    let shrunk = diff(&whole, &alone);
    assert_eq!((&head(&shrunk.stdout)["to_lacks"], head(&shrunk.stdout).get("from_lacks")), (&files, None));
    let same = diff(&whole, &whole);
    assert!(!same.stderr.contains("comes without") && head(&same.stdout).get("to_lacks").is_none());
    for (path, day) in [(&alone, "2024-01-01"), (&whole, "2024-01-08")] {
        let done = home.run(["lists", "import", path, "--published", day, "--accept"]);
        assert_eq!(done.code, 0, "{}", done.stderr);
    }
    assert_eq!(head(&home.run(["lists", "changes", "ofac"]).stdout)["from_lacks"], files);
}
