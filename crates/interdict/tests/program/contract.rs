//! The contracts of the program, run as a whole process: commands, JSON, text, ids, exit codes. The snapshots are the
//! contract of `docs/answers.md`; a change in one of them is a change for every caller.

use insta::{assert_json_snapshot, assert_snapshot};

use crate::run::{self, Home, fixture, steady};

#[test]
fn help_teaches() {
    let home = Home::new();
    assert_snapshot!("help", home.run(["--help"]).stdout);
    assert_snapshot!("help_screen", home.run(["screen", "--help"]).stdout);
    assert_snapshot!("help_lists_fetch", home.run(["lists", "fetch", "--help"]).stdout);
    assert_snapshot!("help_lists_import", home.run(["lists", "import", "--help"]).stdout);
    assert_snapshot!("help_lists_status", home.run(["lists", "status", "--help"]).stdout);
    for command in ["evaluate", "generate", "selftest"] {
        assert_snapshot!(format!("help_{command}"), home.run([command, "--help"]).stdout);
    }
}

#[test]
fn completions_and_the_manual_page_are_there() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let done = home.run(["completions", shell]);
        assert!(done.code == 0 && done.stdout.contains("interdict"), "{shell}");
    }
    for (args, title) in
        [(&["man"][..], ".TH interdict "), (&["man", "lists", "import"], ".TH interdict-lists-import ")]
    {
        let page = home.run(args.iter().copied());
        assert!(page.code == 0 && page.stdout.contains(title), "{}", page.stdout);
    }
    assert_eq!(home.run(["man", "nothing"]).code, 2);
}

#[test]
fn the_starter_list_answers_on_a_bare_machine() {
    let home = Home::new();
    let hit = home.run(["screen", "Kim Sang-man"]);
    assert_eq!(hit.code, 3);
    assert_snapshot!("starter_hit", hit.stdout);
    assert!(hit.stderr.contains("embedded starter list"), "{}", hit.stderr);
    let clear = home.run(["screen", "Patricia Wheeler"]);
    assert_eq!((clear.code, clear.stdout.as_str()), (0, "CLEAR  Patricia Wheeler\n"));
    assert_eq!(home.files(), [""; 0], "screening writes nothing on a bare machine");
}

#[test]
fn a_screening_as_json() {
    let home = Home::new();
    let hit = home.run([
        "screen",
        "김상만",
        "--json",
        "--birth-date",
        "1965",
        "--country",
        "North Korea",
        "--schema",
        "Person",
        "--identifier",
        "109420132",
        "--alias",
        "Kim Sangman",
        "--address",
        "Vladivostok",
    ]);
    assert_eq!(hit.code, 3);
    assert_json_snapshot!("screen_hit", steady(&hit.json()));
    let clear = home.run(["screen", "Patricia Wheeler", "--json"]);
    assert_eq!(clear.code, 0);
    assert_json_snapshot!("screen_clear", steady(&clear.json()));
    let not_screened = home.run(["screen", "", "--json"]);
    assert_eq!(not_screened.code, 4);
    assert_json_snapshot!("screen_not_screened", steady(&not_screened.json()));
}

#[test]
fn usage_errors_are_json_too() {
    let done = Home::new().run(["screen", "--json"]);
    let error: serde_json::Value = serde_json::from_str(done.stderr.trim()).unwrap();
    assert_eq!((done.code, error["error"]["code"].as_str()), (2, Some("usage")));
    assert!(error["error"]["message"].as_str().unwrap().contains("<NAME"), "{error}");
}

#[test]
fn the_explanation_adds_up_in_json() {
    let home = Home::new();
    let answer =
        home.run(["screen", "Gim Sangman", "--json", "--birth-date", "1965", "--country", "us"]).json();
    for hit in answer["hits"].as_array().unwrap() {
        let sum = |node: &serde_json::Value| -> i64 {
            let children = node["children"].as_array();
            children.unwrap().iter().map(|child| run::ten_thousandths(&child["contribution"])).sum()
        };
        assert_eq!(sum(&hit["explanation"]), run::ten_thousandths(&hit["score"]));
    }
}

#[test]
fn a_file_is_answered_row_by_row() {
    let home = Home::new();
    let csv = home.write(
        "customers.csv",
        "id,name,schema,birth_date,country\n\
         1,Kim Sang-man,Person,1965-04-25,KP\n\
         2,Patricia Wheeler,,,\n\
         3,,,,\n\
         4,\"Lazarus Group\",Firm,soon,Atlantis\n\
         5,\"open quote\n\
         6,Hidden Cobra|Guardians of Peace,,,\n",
    );
    let done = home.run(["screen", "--file", &csv]);
    assert_eq!(done.code, 3);
    let lines: Vec<serde_json::Value> =
        done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line["id"].as_str(), line["line"].as_u64().unwrap(), line["outcome"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            (Some("1"), 2, "hits"),
            (Some("2"), 3, "clear"),
            (Some("3"), 4, "not_screened"),
            (Some("4"), 5, "hits"),
            (None, 6, "not_screened"),
            (Some("6"), 7, "hits"),
        ]
    );
    assert_json_snapshot!("file_row_with_issues", steady(&lines[3]));
    assert_json_snapshot!("file_row_unreadable", steady(&lines[4]));
    assert!(done.stderr.contains("6 rows: 1 clear, 3 with hits, 2 not screened"), "{}", done.stderr);
}

#[test]
fn the_exit_code_of_a_file_is_its_gravest_row() {
    let home = Home::new();
    let code = |text: &str| home.run(["screen", "--file", &home.write("c.csv", text)]).code;
    assert_eq!(code("name\nPatricia Wheeler\n"), 0);
    assert_eq!(code("name,id\nPatricia Wheeler,1\n,2\n"), 4);
    assert_eq!(code("name,id\n,1\nKim Sang Man,2\n"), 3);
    assert_eq!(code("name\n"), 0);
}

#[test]
fn lists_are_imported_shown_and_screened() {
    let home = Home::new();
    let ofac = fixture("ofac");
    let imported = home.run(["lists", "import", &ofac, "--published", "2024-01-08", "--json"]);
    assert_eq!(imported.code, 0, "{}", imported.stderr);
    assert_json_snapshot!("import", steady(&imported.json()));
    let un = home.run(["lists", "import", &fixture("un")]);
    assert_eq!(un.code, 0, "{}", un.stderr);
    assert_json_snapshot!("status", steady(&home.run(["lists", "status", "--json"]).json()));
    assert_json_snapshot!("show", steady(&home.run(["lists", "show", "ofac-43377", "--json"]).json()));
    assert_snapshot!("show_text", run::steady_text(&home.run(["lists", "show", "ofac-43377"]).stdout));
    let hit = home.run(["screen", "Kim Sang-man", "--json"]).json();
    assert_eq!(hit["hits"][0]["entity"]["id"], "ofac-43377");
    let lists: Vec<_> =
        hit["index"]["lists"].as_array().unwrap().iter().map(|list| list["id"].clone()).collect();
    assert_eq!(lists, ["ofac", "un"]);
    let elsewhere = home.run(["screen", "Kim Sang-man", "--list", "un"]);
    assert_eq!(elsewhere.code, 0, "{}", elsewhere.stdout);
}

#[test]
fn importing_again_changes_nothing() {
    let home = Home::new();
    let ofac = fixture("ofac");
    home.run(["lists", "import", &ofac]);
    let files = home.files();
    let again = home.run(["lists", "import", &ofac, "--json"]).json();
    assert_eq!(again["imported"][0]["was_there"], true);
    assert_eq!(again["index"]["built"], false);
    assert_eq!(home.files(), files);
}

#[test]
fn the_version_published_last_is_in_force() {
    let home = Home::new();
    let newer = home.write("new.csv", "id,name\n1,Alpha Beta\n");
    let older = home.write("old.csv", "id,name\n1,Gamma Delta\n");
    let import = |file: &str, published: &str| {
        home.run(["lists", "import", file, "--list", "own", "--published", published, "--json"]).json()
    };
    assert_eq!(import(&newer, "2025-06-01")["imported"][0]["in_force"], true);
    assert_eq!(import(&older, "2024-06-01")["imported"][0]["in_force"], false);
    assert_eq!(home.run(["screen", "Alpha Beta"]).code, 3);
    assert_eq!(home.run(["screen", "Gamma Delta"]).code, 0);
    let versions = home.run(["lists", "status", "own", "--all", "--json"]).json();
    assert_eq!(versions["lists"].as_array().unwrap().len(), 2);
}

#[test]
fn the_configuration_is_read() {
    let home = Home::new();
    home.write("config.toml", "[screen]\nthreshold = 1.0\n[lists]\nstarter = \"never\"\n");
    let nothing = home.run(["screen", "Kim Sang-man", "--json"]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (4, ""));
    assert!(nothing.stderr.contains(r#""code":"no_list""#), "{}", nothing.stderr);
    home.run(["lists", "import", &fixture("ofac")]);
    assert_eq!(home.run(["screen", "Gim Sangman"]).code, 0);
    assert_eq!(home.run(["screen", "Gim Sangman", "--threshold", "0.7"]).code, 3);
    home.write("config.toml", "[screen]\ntreshold = 1.0\n");
    let wrong = home.run(["screen", "Kim"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("treshold"), "{}", wrong.stderr);
}
