//! Who is blocked by ownership, through the program: on the starter list, by files of holdings, and in a screening.

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::Value;

use crate::run::{Home, steady, steady_text};

/// A day on which the parties of the starter list were designated.
const DAY: &str = "2026-01-15";

/// Kim Sang Man (ofac-43377) and Chinyong (ofac-43379) are on the starter list.
const HOLDINGS: &str = "\
owner,asset,percent,asset_name,start,end
ofac-43379,lake,60,Blue Lake Trading,,
lake,hill,50,Green Hill Shipping,2024-02-01,
ofac-43377,hill,49,,,
ofac-43377,sun,30,Red Sun Technology,,
freeholder,sun,unknown,,,
ofac-43377,moon,70,New Moon Foods,,2024-12-31
Kim Sang Man,bank,80,Harbor Bank,,
ofac-43377,tower,unknown,Glass Tower Estates,,
";

fn standings(answer: &Value, regime: &str) -> Vec<String> {
    let parties = answer["parties"].as_array().unwrap().iter();
    let told = parties.map(|row| {
        format!(
            "{} {}",
            row["party"]["id"].as_str().unwrap(),
            row["regimes"][regime]["standing"].as_str().unwrap()
        )
    });
    told.collect()
}

#[test]
fn who_is_blocked_by_a_table_of_holdings() {
    let home = Home::new();
    let file = home.write("holdings.csv", HOLDINGS);
    let asked = ["network", "blocked", &file, "--as-of", DAY];
    let done = home.run(asked);
    assert_eq!(done.code, 3, "{}", done.stderr);
    assert_snapshot!("network_blocked", steady_text(&done.stdout));
    let all = home.run(asked.into_iter().chain(["--undetermined", "--json"])).json();
    assert_json_snapshot!("network_blocked_json", steady(&all));
    assert_eq!(
        standings(&all, "ofac"),
        ["lake blocked_by_ownership", "hill blocked_by_ownership", "tower undetermined", "bank undetermined"]
    );
    // The starter list designates nobody under the rules of the others: nothing can be said, and that is no "not blocked".
    let done = home.run(asked.into_iter().chain(["--regime", "eu"]));
    assert!(done.code == 4 && done.stderr.contains("no list in force"), "{} {}", done.code, done.stderr);
}

#[test]
fn why_one_party_is_blocked() {
    let home = Home::new();
    let file = home.write("holdings.csv", HOLDINGS);
    let done = home.run(["network", "explain", "Green Hill Shipping", &file, "--as-of", DAY]);
    assert_eq!(done.code, 3, "{}", done.stderr);
    assert_snapshot!("network_explain", steady_text(&done.stdout));
    let done = home.run(["network", "explain", "hill", &file, "--as-of", DAY, "--regime", "ofac", "--json"]);
    assert_json_snapshot!("network_explain_json", steady(&done.json()));
    // Sold, so that it is not blocked any more; what was blocked then stays blocked.
    let done = home.run(["network", "explain", "moon", &file, "--as-of", DAY, "--regime", "ofac", "--json"]);
    assert_eq!(done.code, 0, "{}", done.stdout);
    let cautions = done.json()["regimes"]["ofac"]["cautions"].clone();
    assert!(
        cautions.as_array().unwrap().iter().any(|caution| caution["kind"] == "blocked_before"),
        "{cautions}"
    );
    let done = home.run(["network", "explain", "moon", &file, "--as-of", "2024-06-01", "--regime", "ofac"]);
    assert_eq!(done.code, 3, "{}", done.stdout);
    let done = home.run(["network", "explain", "nobody", &file, "--as-of", DAY]);
    assert!(done.code == 2 && done.stderr.contains("nobody"), "{}", done.stderr);
}

#[test]
fn a_name_is_a_question_and_the_operator_answers_it() {
    let home = Home::new();
    let file = home.write("holdings.csv", "owner,asset,percent\nKim Sang Man,Harbor Bank,80\n");
    let asked = ["network", "blocked", &file, "--as-of", DAY];
    let code = |more: &[&'static str]| home.run(asked.into_iter().chain(more.iter().copied())).code;
    assert_eq!(code(&[]), 4);
    assert_eq!(code(&["--ids-only"]), 0);
    assert_eq!(code(&["--designated", "Kim Sang Man"]), 3);
    let done = home.run(asked.into_iter().chain(["--designated", "Nobody"]));
    assert!(done.code == 2 && done.stderr.contains("Nobody"), "{}", done.stderr);
}

#[test]
fn a_holder_whose_name_cannot_be_compared_is_not_free() {
    let home = Home::new();
    let file = home.write("holdings.csv", "owner,owner_name,asset,percent\nx,ᏣᎳᎩ ᎠᏰᎵ,Harbor Bank,80\n");
    let asked = ["network", "blocked", &file, "--as-of", DAY, "--undetermined", "--json"];
    let done = home.run(asked);
    assert_eq!(done.code, 4, "{} {}", done.stdout, done.stderr);
    assert!(done.stderr.contains("cannot be compared"), "{}", done.stderr);
    assert_eq!(standings(&done.json(), "ofac"), ["Harbor Bank undetermined"]);
    let done = home.run(["network", "explain", "Harbor Bank", &file, "--as-of", DAY]);
    assert!(done.stdout.contains("its name cannot be compared with the lists"), "{}", done.stdout);
}

#[test]
fn the_chain_of_command_is_told_on_a_bare_machine() {
    let home = Home::new();
    // The 110th Research Center, below the Technical Reconnaissance Bureau, below the Reconnaissance General Bureau. On the day before
    // it was designated it was blocked as a body of the government.
    let done = home.run(["network", "explain", "ofac-43338", "--as-of", "2023-05-22", "--json"]);
    assert_eq!(done.code, 3, "{}", done.stderr);
    let done = home.run(["network", "export", "--format", "json", "--around", "ofac-43338", "--as-of", DAY]);
    let commands: Vec<String> = done.json()["interests"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|interest| interest["kind"] == "commands")
        .map(|interest| {
            format!("{} > {}", interest["holder"].as_str().unwrap(), interest["asset"].as_str().unwrap())
        })
        .collect();
    for link in ["ofac-12210 > ofac-43337", "ofac-43337 > ofac-43338"] {
        assert!(commands.iter().any(|command| command == link), "{link} of {commands:?}");
    }
    let agents = home.run(["network", "explain", "ofac-43379", "--as-of", DAY, "--regime", "ofac"]);
    assert!(agents.stdout.contains("designated"), "{}", agents.stdout);
}

#[test]
fn lists_of_other_authorities_count_when_asked() {
    let home = Home::new();
    let list = home.write("own.csv", "id,name,schema\n1,Orlan Vestrikov,Person\n");
    let done = home.run(["lists", "import", &list, "--list", "own", "--published", "2026-01-01"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let file = home.write("holdings.csv", "owner,asset,percent\nown-1,Immerling Trading,60\n");
    let asked = ["network", "blocked", &file, "--as-of", DAY];
    assert_eq!(home.run(asked).code, 4);
    let done = home.run(asked.into_iter().chain(["--designated-by", "own"]));
    assert_eq!(done.code, 3, "{}", done.stderr);
    let done = home.run([
        "network",
        "explain",
        "Immerling Trading",
        &file,
        "--as-of",
        DAY,
        "--designated-by",
        "own",
    ]);
    assert!(done.stdout.contains("--designated-by"), "{}", done.stdout);
    let done = home.run(asked.into_iter().chain(["--designated-by", "other"]));
    assert!(done.code == 2 && done.stderr.contains("own"), "{}", done.stderr);
}

#[test]
fn several_names_may_be_one_person_who_then_holds_enough() {
    let home = Home::new();
    let list = home.write("own.csv", "id,name,schema\n1,Orlan Vestrikov,Person\n");
    let done = home.run(["lists", "import", &list, "--list", "own", "--published", "2026-01-01"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let rows = "owner,asset,percent\nOrlan Vestrikov,lake,30\nVestrikov Orlan,lake,30\n";
    let file = home.write("holdings.csv", rows);
    let asked = ["network", "blocked", &file, "--as-of", DAY, "--designated-by", "own", "--regime", "uk"];
    assert_eq!(home.run(asked).code, 4);
    assert_eq!(home.run(asked.into_iter().chain(["--ids-only"])).code, 0);
}

#[test]
fn a_screening_finds_those_who_are_blocked_by_kept_holdings() {
    let home = Home::new();
    assert_eq!(home.run(["screen", "Green Hill Shipping"]).code, 0);
    let file = home.write("holdings.csv", HOLDINGS);
    let done = home.run(["network", "import", &file, "--name", "register"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let status = home.run(["network", "status", "--json"]).json();
    let kept = &status["files"][0];
    assert_eq!(
        (kept["name"].as_str(), kept["kind"].as_str(), kept["interests"].as_u64()),
        (Some("register"), Some("table"), Some(8))
    );
    let done = home.run(["screen", "Green Hill Shipping", "--json"]);
    assert_eq!(done.code, 3, "{}", done.stderr);
    let hit = &done.json()["hits"][0];
    assert_eq!((hit["kind"].as_str(), hit["entity"]["id"].as_str()), (Some("ownership"), Some("hill")));
    assert_eq!(hit["ownership"]["regimes"]["ofac"]["standing"], "blocked_by_ownership");
    assert!(hit["ownership"]["regimes"].get("uk").is_none(), "{hit}");
    let done = home.run(["screen", "Green Hill Shipping"]);
    assert!(done.stdout.contains("OFAC: blocked by ownership, blocked parties hold 99 %"), "{}", done.stdout);
    // Of both kinds in one answer, those of the lists first; and in a file.
    let rows = home.write("rows.csv", "id,name\n1,Kim Sang Man\n2,Blue Lake Trading\n3,Nobody At All\n");
    let done = home.run(["screen", "--file", &rows]);
    let kinds: Vec<Value> = done
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["hits"][0]["kind"].clone())
        .collect();
    assert_eq!(kinds, [Value::from("listed"), Value::from("ownership"), Value::Null]);
    // Who asks about one list does not ask about holdings.
    assert_eq!(home.run(["screen", "Green Hill Shipping", "--list", "starter"]).code, 0);
    assert_eq!(home.run(["network", "remove", "register"]).code, 0);
    assert_eq!(home.run(["screen", "Green Hill Shipping"]).code, 0);
    let done = home.run(["network", "remove", "register"]);
    assert!(done.code == 2 && done.stderr.contains("kept are: none"), "{}", done.stderr);
}

#[test]
fn a_network_is_written_for_other_tools() {
    let home = Home::new();
    let file = home.write("holdings.csv", HOLDINGS);
    let export = |format: &'static str| {
        home.run([
            "network",
            "export",
            &file,
            "--format",
            format,
            "--around",
            "hill",
            "--as-of",
            DAY,
            "--ids-only",
        ])
    };
    let picture = export("svg").stdout;
    assert!(picture.starts_with("<svg ") && picture.contains("Green Hill Shipping"), "{picture}");
    assert!(picture.contains("Blocked by ownership") && picture.contains("Designated"), "{picture}");
    let graphml = export("graphml").stdout;
    assert!(
        graphml.contains("<graphml") && graphml.contains("<data key=\"regime\">ofac</data>"),
        "{graphml}"
    );
    let eu = home.run([
        "network",
        "export",
        &file,
        "--format",
        "json",
        "--regime",
        "eu",
        "--as-of",
        DAY,
        "--ids-only",
    ]);
    assert!(eu.code == 4 && eu.stdout.is_empty(), "{} {}", eu.code, eu.stderr);
    let json = export("json").json();
    assert_eq!(json["question"], serde_json::json!({"regime": "ofac", "as_of": DAY}));
    assert_eq!(
        json["interests"].as_array().unwrap().len(),
        json["interests"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|interest| interest["source"].is_number() || interest["source"].is_string())
            .count()
    );
}

#[test]
fn an_export_is_under_one_set_of_rules() {
    let home = Home::new();
    let file = home.write("holdings.csv", HOLDINGS);
    let asked = ["network", "export", &file, "--format", "json", "--as-of", DAY, "--ids-only"];
    let export = |more: &[&'static str]| home.run(asked.into_iter().chain(more.iter().copied()));
    assert_eq!(export(&[]).json()["question"]["regime"], "ofac");
    let uk = ["--regime", "uk", "--designated", "lake"];
    assert_eq!(export(&uk).json()["question"]["regime"], "uk");
    let done = export(&["--regime", "uk", "--regime", "ofac"]);
    assert!(done.code == 2 && done.stderr.contains("one set of rules"), "{} {}", done.code, done.stderr);
    let help = |command: &'static str| home.run(["network", command, "--help"]).stdout;
    assert!(help("export").contains("[default: ofac]") && !help("export").contains("[default: all]"));
    assert!(help("blocked").contains("[default: all]") && !help("blocked").contains("[default: ofac]"));
}

#[test]
fn a_proof_says_what_is_held_jointly() {
    let home = Home::new();
    let file =
        home.write("joint.csv", "owner,asset,percent,joint\nanchor,harbor,30,pact\nberg,harbor,25,pact\n");
    let asked =
        ["network", "explain", "harbor", &file, "--ids-only", "--designated", "anchor", "--regime", "uk"];
    let done = home.run(asked);
    assert_eq!(done.code, 3, "{} {}", done.stdout, done.stderr);
    for words in ["anchor holds 30 % jointly (pact)", "berg holds 25 % jointly (pact)"] {
        assert!(done.stdout.contains(words), "{}", done.stdout);
    }
    let told = home.run(asked.into_iter().chain(["--json"])).json();
    let holdings = &told["regimes"]["uk"]["steps"][1]["holdings"];
    assert_eq!((holdings[0]["joint"].as_str(), holdings[1]["joint"].as_str()), (Some("pact"), Some("pact")));
}

#[test]
fn an_export_replaces_nothing_but_an_older_one() {
    let home = Home::new();
    home.write("bare.csv", HOLDINGS);
    let bare = [
        "network",
        "export",
        "bare.csv",
        "--format",
        "svg",
        "--around",
        "hill",
        "--ids-only",
        "--as-of",
        DAY,
        "-o",
    ];
    for _ in 0..2 {
        let done = home.run_beside_inputs(bare.into_iter().chain(["tree.svg"]));
        assert_eq!(done.code, 0, "{}", done.stderr);
    }
    let file = home.write("holdings.csv", HOLDINGS);
    let older = home.write("older.json", "{}");
    let export = |output: &str| {
        home.run(["network", "export", &file, "--format", "json", "--as-of", DAY, "--ids-only", "-o", output])
    };
    let done = export(&older);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let written = std::fs::read_to_string(&older).unwrap();
    assert!(written.contains("interdict-network/1"), "{written}");
    let folder = std::path::Path::new(&file).parent().unwrap().to_string_lossy().into_owned();
    let itself = format!("{folder}/./holdings.csv");
    for (output, words) in
        [(&file, "files of holdings"), (&itself, "files of holdings"), (&folder, "no regular file")]
    {
        let done = export(output);
        assert!(done.code == 2 && done.stderr.contains(words), "{output}: {} {}", done.code, done.stderr);
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), HOLDINGS);
}

#[cfg(unix)]
#[test]
fn an_export_leaves_links_as_they_are() {
    let home = Home::new();
    let file = home.write("holdings.csv", HOLDINGS);
    let link = format!("{file}.link");
    for target in [file.as_str(), "nowhere"] {
        std::os::unix::fs::symlink(target, &link).unwrap();
        let done = home.run([
            "network",
            "export",
            &file,
            "--format",
            "json",
            "--as-of",
            DAY,
            "--ids-only",
            "-o",
            &link,
        ]);
        assert!(done.code == 2 && done.stderr.contains("no regular file"), "{} {}", done.code, done.stderr);
        assert_eq!(std::fs::read_link(&link).unwrap(), std::path::Path::new(target));
        std::fs::remove_file(&link).unwrap();
    }
}

#[test]
fn how_much_is_exported_is_bounded_and_never_ignored() {
    let home = Home::new();
    let file = home.write("holdings.csv", HOLDINGS);
    let export = |more: &[&'static str]| {
        let asked = ["network", "export", &file, "--as-of", DAY, "--ids-only"];
        home.run(asked.into_iter().chain(more.iter().copied()))
    };
    for refused in [
        &["--format", "svg", "--most", "0"][..],
        &["--format", "svg", "--most", "501"],
        &["--format", "json", "--most", "10"],
        &["--format", "graphml", "--most", "10"],
        &["--format", "svg", "--steps", "2"],
    ] {
        let done = export(refused);
        assert!(done.code == 2 && done.stderr.contains("--"), "{refused:?}: {} {}", done.code, done.stderr);
    }
    let parties = |done: crate::run::Done| done.json()["parties"].as_array().unwrap().len();
    assert_eq!(parties(export(&["--format", "json", "--around", "hill", "--most", "2"])), 2);
    let steps = export(&["--format", "json", "--around", "hill", "--steps", "1"]);
    assert_eq!(parties(steps), 3);
    for more in
        [&["--format", "svg", "--most", "2"][..], &["--format", "svg", "--most", "2", "--around", "hill"]]
    {
        let done = export(more);
        assert!(done.stdout.contains("2 parties, "), "{more:?} {}", done.stderr);
    }
    assert_eq!(export(&["--format", "svg", "--most", "500"]).code, 0);
}

#[test]
fn files_that_are_no_holdings_are_refused() {
    let home = Home::new();
    for (name, text, words) in [
        ("columns.csv", "owner,company,shareholding_pct\na,b,50\n", "company"),
        ("empty.csv", "", "empty"),
        ("header.csv", "owner,asset,percent\n", "nothing in it"),
        ("cut.json", "[{\"statementId\": \"1\"", "cut.json"),
    ] {
        let file = home.write(name, text);
        let done = home.run(["network", "import", &file]);
        assert!(done.code == 2 && done.stderr.contains(words), "{name}: {} {}", done.code, done.stderr);
    }
    assert_eq!(home.run(["network", "status", "--json"]).json()["files"].as_array().unwrap().len(), 0);
    let odd = home.write("odd.csv", "owner,asset,percent\na,b,150\na,c,50\n");
    let done = home.run(["network", "import", &odd]);
    assert!(done.code == 0 && done.stderr.contains("150"), "{}", done.stderr);
}

#[test]
fn what_a_file_says_and_what_is_lost_of_it_is_told() {
    let home = Home::new();
    // A file that says itself who is designated, and by whom; its last line is damaged.
    let entities = [
        r#"{"id":"g","schema":"Company","properties":{"name":["Vestrikov Group"]}}"#,
        r#"{"id":"g-s","schema":"Sanction","properties":{"entity":["g"],"authority":["Council of the European Union"],"country":["eu"],"startDate":["2024-02-23"]}}"#,
        r#"{"id":"c","schema":"Company","properties":{"name":["Immerling Trading"]}}"#,
        r#"{"id":"o","schema":"Ownership","properties":{"owner":["g"],"asset":["c"],"percentage":["60"]}}"#,
        r#"{"id":"o2","schema":"Ownership","properties":{"owner":["c"],"asset":["d"],"percentage":["60"]}"#,
        "",
    ];
    let file = home.write("group.ftm.json", &entities.join("\n"));
    let asked = ["network", "blocked", &file, "--as-of", DAY, "--regime", "eu", "--json"];
    let done = home.run(asked);
    assert_eq!(done.code, 3, "{}", done.stderr);
    assert!(done.stderr.contains("1 record of group.ftm.json could not be taken"), "{}", done.stderr);
    assert_eq!(done.json()["question"]["files"][0]["lost"], 1);
    let done =
        home.run(["network", "explain", "c", &file, "--as-of", DAY, "--regime", "eu", "--json"]).json();
    let evidence = done["regimes"]["eu"]["steps"][0]["evidence"].as_str().unwrap().to_owned();
    assert!(evidence.contains("file group.ftm.json"), "{evidence}");
    // Before the designation nobody was blocked by it.
    let done = home.run(["network", "explain", "c", &file, "--as-of", "2024-01-15", "--regime", "eu"]);
    assert_eq!(done.code, 0, "{}", done.stdout);
}

#[test]
fn kept_holdings_are_named_checked_and_never_replaced_unsaid() {
    let home = Home::new();
    let first = home.write("holdings.csv", HOLDINGS);
    let folder = home.write("other", "");
    std::fs::remove_file(&folder).unwrap();
    std::fs::create_dir(&folder).unwrap();
    let second = format!("{folder}/holdings.csv");
    std::fs::write(&second, "owner,asset,percent\na,b,50\n").unwrap();
    let done = home.run(["network", "import", &first, &second]);
    assert!(done.code == 2 && done.stderr.contains("--name"), "{}", done.stderr);
    assert_eq!(home.run(["network", "import", &first]).code, 0);
    let done = home.run(["network", "import", &second]);
    assert!(done.code == 0 && done.stderr.contains("takes the place of"), "{}", done.stderr);
    let clear = home.run(["screen", "Green Hill Shipping", "--json"]);
    assert_eq!(
        (clear.code, clear.json()["holdings"]["files"][0]["name"].as_str()),
        (0, Some("holdings.csv"))
    );
    let object = home.files().into_iter().find(|file| file.contains("network/objects/")).unwrap();
    std::fs::write(&object, "no").unwrap();
    let done = home.run(["network", "status"]);
    assert!(done.code == 2 && done.stderr.contains("import the holdings again"), "{}", done.stderr);
    let register = home.files().into_iter().find(|file| file.ends_with("files.json")).unwrap();
    std::fs::write(register, "{").unwrap();
    assert_eq!(home.run(["network", "status"]).code, 2);
    let done = home.run(["network", "import", &first]);
    assert!(done.code == 0 && done.stderr.contains("put aside"), "{}", done.stderr);
    assert_eq!(home.run(["screen", "Green Hill Shipping"]).code, 3);
}

#[test]
fn where_nothing_can_be_kept_the_answer_is_the_same() {
    let home = Home::new();
    let file = home.write("holdings.csv", HOLDINGS);
    assert_eq!(home.run(["network", "import", &file]).code, 0);
    // A file where the folder would be: nothing can be written, whoever runs this.
    let register = home.files().into_iter().find(|file| file.ends_with("files.json")).unwrap();
    std::fs::write(register.replace("files.json", "ownership"), "").unwrap();
    let done = home.run(["screen", "Green Hill Shipping", "--json"]);
    assert!(
        done.code == 3 && done.stderr.contains("found out again next time"),
        "{} {}",
        done.code,
        done.stderr
    );
    assert_eq!(done.json()["hits"][0]["kind"], "ownership");
}

#[test]
fn a_link_that_is_over_on_an_unknown_day_has_no_date_of_its_own() {
    let home = Home::new();
    let entities = [
        r#"{"id":"c","schema":"Company","properties":{"name":["Immerling Trading"]}}"#,
        r#"{"id":"o","schema":"Ownership","properties":{"owner":["ofac-43377"],"asset":["c"],"percentage":["60"],"status":["former"]}}"#,
        "",
    ];
    let file = home.write("former.ftm.json", &entities.join("\n"));
    let done = home.run(["network", "explain", "c", &file, "--as-of", DAY]);
    assert!(!done.stdout.contains("1000") && !done.stdout.contains("2200"), "{}", done.stdout);
    assert!(done.stdout.contains("unknown"), "{}", done.stdout);
}

#[test]
fn control_by_a_blocked_government_is_no_mere_caution() {
    let home = Home::new();
    let entities = [
        r#"{"id":"m","schema":"PublicBody","properties":{"name":["Ministry of Invention"],"country":["cu"]}}"#,
        r#"{"id":"c","schema":"Company","properties":{"name":["Immerling Trading"]}}"#,
        r#"{"id":"l","schema":"UnknownLink","properties":{"subject":["c"],"object":["m"],"role":["controlled by"]}}"#,
        "",
    ];
    let file = home.write("government.ftm.json", &entities.join("\n"));
    for day in [DAY, "2010-01-01"] {
        let done = home.run(["network", "explain", "c", &file, "--as-of", day, "--regime", "ofac"]);
        assert_eq!(done.code, 3, "{} {}", done.stdout, done.stderr);
        assert!(done.stdout.contains("owned or controlled by a blocked government"), "{}", done.stdout);
        assert!(!done.stdout.contains("control alone does not block"), "{}", done.stdout);
    }
}
