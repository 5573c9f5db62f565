//! Real files of every kind, handed in without a word on their format: each is recognized, or refused with what it is.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

#[path = "shared/real.rs"]
mod real;

use std::path::Path;

use interdict_lists::{Format, SourceFile, detect};

/// The files under a folder, in name order.
fn files_under(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_under(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

/// What a file is recognized as, or why it is not.
fn answer(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    let format = detect(&[SourceFile { name, bytes: &bytes }]);
    format.map_or_else(|error| error.to_string(), |format| format!("read as {}", format.name()))
}

/// What each file of a folder must be recognized as: the first row whose part stands in its name.
fn check(folder: &str, expected: &[(&str, &str)]) {
    let Some(folder) = real::path(folder) else { return };
    for path in files_under(&folder) {
        let (name, answer) = (path.display().to_string(), answer(&path));
        let row = expected.iter().find(|(part, _)| name.contains(part));
        assert!(row.is_some_and(|(_, expected)| answer.contains(expected)), "{name}: {answer}");
    }
}

#[test]
fn the_files_of_ofac() {
    check(
        "ofac",
        &[
            ("profile_relationships.csv", "read as csv"), // and then refused: it has no column `name`
            (".xsd", "an XML schema"),
            ("advanced_xml/", "read as ofac-advanced-xml"),
            ("CONSOLIDATED.XML", "read as ofac-xml"),
            (".ZIP", "read as ofac-enhanced-xml"),
            ("enhanced_xml/", "read as ofac-enhanced-xml"),
            ("COMMENTS.CSV", "only a part of OFAC's"),
            ("ADD.CSV", "only a part of OFAC's"),
            ("ALT.CSV", "only a part of OFAC's"),
            (".CSV", "read as ofac-csv"),
            (".csv", "read as ofac-csv"),
        ],
    );
}

#[test]
fn the_files_of_other_authorities() {
    check("un", &[(".xml", "read as un-xml")]);
    check("kr", &[("kr_mofa_dprk.jsonl", "read as kr-jsonl")]);
    check("eu", &[(".xml", "read as eu-xml"), ("fsf_parsed", "read as eu-csv")]);
    check("uk", &[(".ods", "read as uk"), (".csv", "read as uk-ofsi")]);
    check("au", &[(".xlsx", "read as au")]);
    check("ca", &[(".xml", "read as ca-xml")]);
    check("ch", &[(".xml", "read as ch-xml")]);
    check("us_csl", &[(".gz", "read as us-csl")]);
}

#[test]
fn the_files_in_json() {
    check(
        "ftm",
        &[
            ("peps_entities", "read as ftm-jsonl"),
            ("delta", "delta file"),
            ("nested", "read as ftm-jsonl"),
            ("senzing", "read as senzing-jsonl"),
            ("model.json", "no known form"),
        ],
    );
    check("network", &[(".json", "no known form")]);
}

#[test]
fn the_root_element_tells_the_forms_of_ofac() {
    let format = |bytes: &[u8]| detect(&[SourceFile { name: "list.xml", bytes }]).ok();
    for (bytes, expected) in [
        (&include_bytes!("fixtures/ofac_xml/classic.xml")[..], Some(Format::OfacXml)),
        (include_bytes!("fixtures/ofac_xml/enhanced.xml"), Some(Format::OfacEnhancedXml)),
        (include_bytes!("fixtures/ofac_advanced/SDN_ADVANCED.XML"), Some(Format::OfacAdvancedXml)),
        (b"<!-- x --><sdnList/>", Some(Format::OfacXml)),
        (b"<sdnLists/>", None),
    ] {
        assert_eq!(format(bytes), expected);
    }
}
