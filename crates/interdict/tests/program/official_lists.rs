//! The official lists of the day, where they are at hand: in the folder that `INTERDICT_DATA` names, or in `../shared/data`
//! beside the repository. Without them these tests say so and check nothing.

use std::path::PathBuf;

use crate::run::Home;

#[expect(clippy::print_stderr, reason = "a test that checks nothing says so")]
pub(crate) fn data() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("INTERDICT_DATA").map_or(beside, PathBuf::from);
    if folder.join("ofac").is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: real data not found (set INTERDICT_DATA)");
    None
}

#[test]
fn the_designations_of_may_2023_are_found_and_others_are_not() {
    let Some(data) = data() else { return };
    let home = Home::new();
    for path in ["ofac/2024-01-08", "un/un_2025-11-25.xml"] {
        let imported = home.run(["lists", "import", &data.join(path).display().to_string(), "--json"]).json();
        assert_eq!(imported["imported"][0]["closed"], true, "{path}");
    }
    for (name, expected) in [
        ("Kim Sang-man", "ofac-43377"),
        ("KIM, Sangman", "ofac-43377"),
        ("김상만", "ofac-43377"),
        ("Chinyong IT Cooperation", "ofac-43379"),
        ("Jinyong", "ofac-43379"),
        ("Lab 110", "ofac-43338"),
        ("Hidden Cobra", "ofac-27307"),
        ("Technical Reconnaisance Bureau", "ofac-43337"),
        ("Pyongyang University of Automation", "ofac-43336"),
    ] {
        let done = home.run(["screen", name, "--json"]);
        assert_eq!(
            (done.code, done.json()["hits"][0]["entity"]["id"].as_str()),
            (3, Some(expected)),
            "{name}"
        );
    }
    for name in ["Patricia Wheeler", "Kim's Nail Salon"] {
        let done = home.run(["screen", name, "--json"]);
        assert_eq!((done.code, done.json()["outcome"].as_str()), (0, Some("clear")), "{name}");
    }
}

#[test]
fn every_list_closes_its_account() {
    let Some(data) = data() else { return };
    let home = Home::new();
    for path in ["un", "ofac/history", "ofac/2022-01-31", "ofac/consolidated", "kr"] {
        let done = home.run(["lists", "import", &data.join(path).display().to_string(), "--json"]);
        let imported = done.json();
        assert_eq!(imported["failed"].as_array().map(Vec::len), Some(0), "{path}: {}", done.stderr);
        for list in imported["imported"].as_array().unwrap() {
            assert_eq!(list["closed"], true, "{path}");
        }
    }
    let versions = home.run(["lists", "status", "--all", "--json"]).json();
    assert!(versions["lists"].as_array().unwrap().len() >= 10);
}
