//! Files that are no list, or only a part of one.

use super::home::Home;

const PAGE: &[u8] =
    b"<!DOCTYPE html>\n<html><head><title>503</title></head><body>Try again later</body></html>\n";

fn fixture(name: &str) -> Vec<u8> {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/../interdict-lists/tests/fixtures");
    std::fs::read(format!("{fixtures}/{name}")).unwrap()
}

/// Every format by the name of its option, with a file name and a sound file.
fn formats() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    vec![
        ("ofac-csv", "SDN.CSV", fixture("ofac/SDN.CSV")),
        ("ofac-advanced-xml", "SDN_ADVANCED.XML", fixture("ofac_advanced/SDN_ADVANCED.XML")),
        ("un-xml", "un.xml", fixture("un/consolidated.xml")),
        ("eu-xml", "eu.xml", fixture("eu/same.xml")),
        ("eu-csv", "eu.csv", fixture("eu/same_1_1.csv")),
        ("ch-xml", "ch.xml", fixture("ch/list.xml")),
        ("ca-xml", "ca.xml", fixture("ca/data-set.xml")),
        ("kr-jsonl", "kr.jsonl", fixture("kr/designations.jsonl")),
        ("ftm-jsonl", "own.ftm.json", fixture("ftm/entities.ftm.json")),
        ("senzing-jsonl", "own.senzing.json", fixture("senzing/records.json")),
        ("csv", "own.csv", fixture("csv/known_columns.csv")),
    ]
}

#[test]
fn an_error_page_is_no_list() {
    let home = Home::with_list();
    for (format, name, _) in formats() {
        let file = home.write(name, PAGE);
        for options in [&["lists", "import", &file][..], &["lists", "import", &file, "--format", format]] {
            assert_eq!(home.refuses(options, &[name, "HTML", "fetch it again"]), "not_a_list");
        }
        std::fs::remove_file(file).unwrap();
    }
}

#[test]
fn an_empty_file_is_no_list() {
    let home = Home::with_list();
    for (format, name, _) in formats() {
        for nothing in [&b""[..], b"\xef\xbb\xbf \r\n"] {
            let file = home.write(name, nothing);
            home.refuses(&["lists", "import", &file], &[name, "is empty", "fetch it again"]);
            home.refuses(&["lists", "import", &file, "--format", format], &[name, "is empty"]);
        }
        std::fs::remove_file(home.input(name)).unwrap();
    }
}

#[test]
fn a_file_in_no_encoding_is_no_list() {
    let home = Home::with_list();
    let file = home.write("utf16.csv", b"\xff\xfen\0a\0m\0e\0\n\0J\0a\0n\0e\0\n\0");
    home.refuses(&["lists", "import", &file], &["utf16.csv", "UTF-16", "save it as UTF-8"]);
    let file = home.write("binary.dat", b"\x80\x81\x00\x01\xf8\x81\n\xf8\xff");
    home.refuses(&["lists", "import", &file], &["binary.dat", "no known form", "--format"]);
    for (format, ..) in formats() {
        home.refuses(&["lists", "import", &file, "--format", format, "--list", "own"], &["binary.dat"]);
    }
}

#[test]
fn one_record_that_is_not_utf8_costs_that_record_alone() {
    let home = Home::new();
    let file = home.write("own.csv", b"id,name\n1,Jane \xff Doe\n2,Jane Roe\n");
    let done = home.run(["lists", "import", &file, "--json"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let answer: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    let row = &answer["imported"][0]["reconciliation"]["records"][0];
    assert_eq!([&row["read"], &row["taken"], &row["lost"]], [2, 1, 1]);
}

#[test]
fn a_cut_list_is_not_taken_for_a_whole_one() {
    let home = Home::with_list();
    for (_, name, bytes) in formats() {
        // Within a record, and not at its first byte: a file that ends with a whole line is as good as a whole file.
        let cut = bytes.len() - 25;
        assert!(!bytes[..cut].ends_with(b"\n"), "{name} is cut between two records");
        let file = home.write(name, &bytes[..cut]);
        home.refuses(&["lists", "import", &file], &[name, "ends in the middle", "fetch it again"]);
        std::fs::remove_file(file).unwrap();
    }
    home.write("SDN.CSV", &fixture("ofac/SDN.CSV"));
    for name in ["ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"] {
        let bytes = fixture(&format!("ofac/{name}"));
        home.write(name, &bytes[..bytes.len() - 12]);
        home.refuses(&["lists", "import", &home.input("SDN.CSV")], &[name, "ends in the middle"]);
        std::fs::remove_file(home.input(name)).unwrap();
    }
}

#[test]
fn entity_bombs_are_refused() {
    let home = Home::with_list();
    let mut bomb = String::from("<?xml version=\"1.0\"?>\n<!DOCTYPE l [<!ENTITY a0 \"bang\">");
    for level in 1..30 {
        let below = level - 1;
        bomb += &format!("<!ENTITY a{level} \"&a{below};&a{below};&a{below};&a{below};\">");
    }
    bomb += "]>\n<CONSOLIDATED_LIST><ENTITIES><ENTITY><DATAID>1</DATAID><FIRST_NAME>&a29;</FIRST_NAME>";
    bomb += "</ENTITY></ENTITIES></CONSOLIDATED_LIST>";
    let file = home.write("bomb.xml", bomb.as_bytes());
    home.refuses(&["lists", "import", &file], &["bomb.xml", "DOCTYPE is refused"]);
    home.refuses(&["lists", "import", &file, "--format", "un-xml"], &["bomb.xml", "DOCTYPE is refused"]);
}

#[test]
fn deep_nesting_is_refused() {
    let home = Home::with_list();
    let (open, close) = ("<A>".repeat(100_000), "</A>".repeat(100_000));
    let xml =
        format!("<CONSOLIDATED_LIST><ENTITIES><ENTITY>{open}{close}</ENTITY></ENTITIES></CONSOLIDATED_LIST>");
    let file = home.write("deep.xml", xml.as_bytes());
    home.refuses(&["lists", "import", &file], &["deep.xml", "nested deeper than 64"]);
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    let json = format!("{{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{{\"name\":{open}{close}}}}}\n");
    let file = home.write("deep.ftm.json", json.as_bytes());
    home.refuses(&["lists", "import", &file], &["deep.ftm.json", "no known form"]);
    home.refuses(
        &["lists", "import", &file, "--format", "ftm-jsonl"],
        &["deep.ftm.json", "nested deeper than 64"],
    );
}

#[test]
fn a_csv_without_names_is_no_list() {
    let home = Home::with_list();
    let file = home.write("other.csv", b"id,fullname\n1,Jane Doe\n");
    home.refuses(&["lists", "import", &file], &["other.csv", "no column \"name\"", "fullname", "mapping"]);
}

#[test]
fn folders_and_what_is_not_there() {
    let home = Home::with_list();
    let folder = home.input("folder");
    std::fs::create_dir(&folder).unwrap();
    home.refuses(&["lists", "import", &folder], &["folder", "no list of a known form"]);
    home.refuses(&["lists", "import", &home.input("nowhere.csv")], &["cannot read", "nowhere.csv"]);
    let own = home.input("own.csv");
    home.refuses(&["lists", "import", &own, "--mapping", &folder], &["cannot read", "folder"]);
    home.refuses(
        &["lists", "import", &own, "--mapping", &home.input("no.toml")],
        &["cannot read", "no.toml"],
    );
    let mapping = home.write("bad.toml", b"nonsense = [");
    home.refuses(&["lists", "import", &own, "--mapping", &mapping], &["the mapping", "bad.toml"]);
    std::fs::write(home.input("folder/page.csv"), PAGE).unwrap();
    home.refuses(&["lists", "import", &folder], &["page.csv", "HTML"]);
}
