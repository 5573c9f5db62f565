//! One party on several lists, through the program: what is shown, what is decided, what a hit says of it.

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::Value;

use crate::run::{Home, steady, steady_text};

/// Three small lists: one invented person on all of them, a company on two, a namesake.
fn three_lists() -> Home {
    let home = Home::new();
    let lists = [
        (
            "alpha",
            "id,name,schema,birth_date,country,program,alias\n\
             1,\"VESTRIKOV, Orlan\",Person,1965-04-25,Russia,ALPHA-1,Orlan G. Vestrikov\n\
             2,Dorval Immerling Trading,Company,,Belgium,ALPHA-2,\n\
             3,Timo Baasrup,Person,1950,,ALPHA-1,\n",
        ),
        (
            "beta",
            "id,name,schema,birth_date,country,program\n\
             7,Orlan Vestrikov,Person,1965,Russia,BETA\n\
             8,Dorval Immerling Trading,Company,,Belgium,BETA\n",
        ),
        (
            "gamma",
            "id,name,schema,birth_date\n5,Orlan Vestrykov,Person,1965-04-25\n6,Timo Baasrup,Person,1951\n",
        ),
    ];
    for (list, csv) in lists {
        let path = home.write(&format!("{list}.csv"), csv);
        let done = home.run(["lists", "import", &path, "--list", list, "--published", "2026-01-01"]);
        assert_eq!(done.code, 0, "{}", done.stderr);
    }
    home
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn ids(cluster: &Value) -> Vec<&str> {
    cluster["cluster"].as_array().unwrap().iter().map(|party| party["id"].as_str().unwrap()).collect()
}

#[test]
fn clusters_are_shown() {
    let home = three_lists();
    assert_snapshot!("same_all", home.run(["lists", "same"]).stdout);
    assert_snapshot!("same_possible", home.run(["lists", "same", "--possible"]).stdout);
    assert_snapshot!("same_one", steady_text(&home.run(["lists", "same", "alpha-1"]).stdout));
    assert_json_snapshot!("same_one_json", steady(&home.run(["lists", "same", "beta-7", "--json"]).json()));
    let all = lines(&home.run(["lists", "same", "--json"]).stdout);
    assert_eq!(ids(&all[0]), ["alpha-1", "beta-7", "gamma-5"]);
    assert_eq!(all.last().unwrap()["summary"]["clusters"], 2);
    let alone = home.run(["lists", "same", "alpha-3", "--json"]).json();
    assert_eq!((ids(&alone), alone["possible"].as_array().unwrap().len()), (vec!["alpha-3"], 1));
    let unknown = home.run(["lists", "same", "alpha-99"]);
    assert!(unknown.code == 2 && unknown.stderr.contains("alpha-99"), "{}", unknown.stderr);
}

#[test]
fn the_help_teaches() {
    let home = Home::new();
    assert_snapshot!("help_lists_same", home.run(["lists", "same", "--help"]).stdout);
    assert_snapshot!("help_lists_decide", home.run(["lists", "decide", "--help"]).stdout);
}

#[test]
fn hits_say_which_are_one_party() {
    let home = three_lists();
    let answer = home.run(["screen", "Orlan Vestrikov", "--json"]).json();
    let hits = answer["hits"].as_array().unwrap();
    assert_eq!(hits.len(), 3);
    for hit in hits {
        let own = hit["entity"]["id"].as_str().unwrap();
        let others: Vec<&str> =
            ["alpha-1", "beta-7", "gamma-5"].into_iter().filter(|id| *id != own).collect();
        assert_eq!(hit["same_as"].as_array().unwrap(), &others);
    }
    let alone = home.run(["screen", "Timo Baasrup", "--json"]).json();
    assert!(alone["hits"][0].get("same_as").is_none());
    let only_beta = home.run(["screen", "Orlan Vestrikov", "--list", "beta", "--json"]).json();
    assert_eq!(only_beta["hits"][0]["same_as"].as_array().unwrap().len(), 2);
    let text = home.run(["screen", "Orlan Vestrikov"]).stdout;
    assert_eq!(text.matches("also on:").count(), 1, "{text}");
    assert_eq!(text.matches("same party as").count(), 2, "{text}");
}

#[test]
fn decisions_are_recorded_and_taken_back() {
    let home = three_lists();
    let said = home.run([
        "lists",
        "decide",
        "alpha-1",
        "gamma-5",
        "different",
        "--reason",
        "father and son",
        "--by",
        "J. Doe",
    ]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let first = |home: &Home| ids(&lines(&home.run(["lists", "same", "--json"]).stdout)[0]).join(" ");
    assert_eq!(first(&home), "alpha-1 beta-7");
    let shown = home.run(["lists", "same", "alpha-1", "--json"]).json();
    assert_eq!(shown["decisions"][0]["by"], "J. Doe");
    assert!(
        home.run(["lists", "decide", "alpha-1", "alpha-3", "same", "--reason", "one passport"])
            .stdout
            .contains("alpha-3")
    );
    assert_eq!(first(&home), "alpha-1 alpha-3 beta-7");
    let answer = home.run(["screen", "Timo Baasrup", "--list", "alpha", "--json"]).json();
    assert_eq!(answer["hits"][0]["same_as"].as_array().unwrap().len(), 2);
    for other in ["gamma-5", "alpha-3"] {
        assert_eq!(home.run(["lists", "decide", other, "alpha-1", "--undo"]).code, 0);
    }
    assert_eq!(first(&home), "alpha-1 beta-7 gamma-5");
    let again = home.run(["lists", "decide", "alpha-3", "alpha-1", "--undo"]);
    assert!(again.code == 2 && again.stderr.contains("nothing is decided"), "{}", again.stderr);
    let decisions = home.files().into_iter().find(|file| file.ends_with("decisions.jsonl")).unwrap();
    assert_eq!(std::fs::read_to_string(decisions).unwrap().lines().count(), 4, "nothing is ever removed");
}

#[test]
fn decisions_outlive_their_parties() {
    let home = three_lists();
    home.run(["lists", "decide", "alpha-3", "beta-7", "same", "--reason", "one passport"]);
    let newer = home.write("newer.csv", "id,name\n9,Hugo Immerling\n");
    let import = ["lists", "import", &newer, "--list", "alpha", "--published", "2026-02-01", "--accept"];
    assert_eq!(home.run(import).code, 0);
    let all = lines(&home.run(["lists", "same", "--json"]).stdout);
    assert_eq!(all.last().unwrap()["summary"]["absent"][0]["a"], "alpha-3");
    assert!(home.run(["lists", "same"]).stdout.contains("no list in force has"));
}

#[test]
fn a_damaged_file_of_decisions_is_an_error_that_names_its_line() {
    let home = three_lists();
    home.run(["lists", "decide", "alpha-1", "gamma-5", "different", "--reason", "two"]);
    let path = home.files().into_iter().find(|file| file.ends_with("decisions.jsonl")).unwrap();
    let sound = std::fs::read_to_string(&path).unwrap();
    let hostile = [
        format!("{sound}{{\"at\":1}}\n"),
        format!("{sound}half a li"),
        format!("{sound}\u{0}\u{0}\n"),
        sound.replace("different", "perhaps"),
        sound.replace("gamma-5", "alpha-1"),
        sound.replace("gamma-5", &"x".repeat(3_000)),
    ];
    for text in hostile {
        std::fs::write(&path, &text).unwrap();
        for args in [&["screen", "Orlan Vestrikov", "--json"][..], &["lists", "same", "--json"]] {
            let done = home.run(args.iter().copied());
            assert_eq!((done.code, done.stdout.as_str()), (2, ""), "{}", done.stderr);
            assert!(
                done.stderr.contains(r#""code":"decisions""#) && done.stderr.contains("line"),
                "{}",
                done.stderr
            );
        }
        let more = home.run(["lists", "decide", "alpha-1", "beta-7", "same", "--reason", "one"]);
        assert_eq!((more.code, std::fs::read_to_string(&path).unwrap()), (2, text), "nothing is added to it");
    }
}

#[test]
fn a_decision_that_was_cut_off_is_told_and_blocks_nothing() {
    let home = three_lists();
    home.run(["lists", "decide", "alpha-1", "gamma-5", "different", "--reason", "two"]);
    let path = home.files().into_iter().find(|file| file.ends_with("decisions.jsonl")).unwrap();
    let sound = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{sound}{}", &sound[..40])).unwrap();
    for args in [&["screen", "Orlan Vestrikov", "--json"][..], &["lists", "same", "--json"]] {
        let done = home.run(args.iter().copied());
        assert!(matches!(done.code, 0 | 3), "{}", done.stderr);
        assert!(
            done.stderr.contains("is cut off") && done.stderr.contains("lists decide"),
            "{}",
            done.stderr
        );
    }
    let summary =
        |home: &Home| lines(&home.run(["lists", "same", "--json"]).stdout).last().unwrap()["summary"].clone();
    assert_eq!((&summary(&home)["is_cut_off"], &summary(&home)["decisions"]), (&true.into(), &1.into()));
    let more = home.run(["lists", "decide", "alpha-1", "beta-7", "same", "--reason", "one"]);
    assert!(more.code == 0 && more.stderr.contains("is taken away"), "{}", more.stderr);
    assert_eq!((&summary(&home)["is_cut_off"], &summary(&home)["decisions"]), (&false.into(), &2.into()));
    // A line that an editor left without its end is a decision like any other.
    let two = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, two.trim_end()).unwrap();
    assert_eq!(summary(&home)["decisions"], 2);
    assert_eq!(home.run(["lists", "decide", "alpha-1", "beta-7", "--undo"]).code, 0);
    assert!(std::fs::read_to_string(&path).unwrap().starts_with(&two));
}

#[test]
fn decisions_made_at_the_same_time_are_all_recorded() {
    let home = three_lists();
    std::thread::scope(|scope| {
        for n in 0..8 {
            let reason = format!("reason {n}");
            let home = &home;
            scope.spawn(move || {
                home.run(["lists", "decide", "alpha-1", "gamma-5", "different", "--reason", &reason])
            });
        }
    });
    let path = home.files().into_iter().find(|file| file.ends_with("decisions.jsonl")).unwrap();
    assert_eq!(lines(&std::fs::read_to_string(&path).unwrap()).len(), 8);
}

#[test]
fn kept_links_are_a_cache() {
    let home = three_lists();
    let answer = home.run(["screen", "Orlan Vestrikov", "--json"]).json();
    let digest = answer["index"]["digest"].as_str().unwrap().trim_start_matches("sha256:");
    let name = format!("{digest}.clusters.jsonl");
    let kept = |home: &Home| home.files().into_iter().find(|file| file.ends_with(&name));
    let path = kept(&home).unwrap();
    let sound = std::fs::read(&path).unwrap();
    let expected = home.run(["lists", "same", "--json"]).stdout;
    for damaged in [&b""[..], b"{}\n[]\n", &sound[..sound.len() / 2], &[&sound[..], b"[]\n"].concat()] {
        std::fs::write(&path, damaged).unwrap();
        assert_eq!(home.run(["lists", "same", "--json"]).stdout, expected);
        assert_eq!(std::fs::read(&path).unwrap(), sound, "it is written again");
    }
    std::fs::remove_file(&path).unwrap();
    let answer = home.run(["screen", "Orlan Vestrikov", "--json"]).json();
    assert_eq!(answer["hits"][0]["same_as"].as_array().unwrap().len(), 2);
    assert_eq!(kept(&home), Some(path));
}
