//! What becomes of versions: quarantine, decisions, what counted on a day, checks, deletion, the account.

use serde_json::Value;

use crate::run::{Done, Home, fixture};

/// A list of so many people, and some ships.
fn list(people: usize, ships: usize) -> String {
    const NAMES: [&str; 12] = [
        "Anton Berger",
        "Clara Dorn",
        "Emil Falk",
        "Greta Haas",
        "Ivo Jansen",
        "Karla Lenz",
        "Max Norden",
        "Olga Petri",
        "Quinn Reuter",
        "Sven Thoma",
        "Ursula Voss",
        "Wim Ypma",
    ];
    let person = |n: usize| format!("p{n},Person,{} {n}\n", NAMES[n % NAMES.len()]);
    let ship = |n: usize| format!("s{n},Vessel,Nordstern {n}\n");
    "id,schema,name\n".to_owned()
        + &(0..people).map(person).collect::<String>()
        + &(0..ships).map(ship).collect::<String>()
}

fn import(home: &Home, name: &str, published: &str, text: &str) -> Done {
    let file = home.write(name, text);
    home.run(["lists", "import", &file, "--list", "own", "--published", published, "--json"])
}

fn version(done: &Done) -> String {
    done.json()["imported"][0]["version"].as_str().unwrap().to_owned()
}

fn in_force(home: &Home) -> Vec<String> {
    let lists = home.run(["lists", "status", "--json"]).json()["lists"].clone();
    let in_force = |list: &&Value| list["in_force"] == true;
    lists
        .as_array()
        .unwrap()
        .iter()
        .filter(in_force)
        .map(|list| list["version"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_version_that_shrank_waits_until_somebody_lets_it_in() {
    let home = Home::new();
    home.write("config.toml", "[lists]\nmax_age_days = 36500\n");
    let first = import(&home, "a.csv", "2024-01-01", &list(100, 20));
    assert_eq!((first.code, in_force(&home)), (0, vec![version(&first)]), "{}", first.stderr);
    let grown = import(&home, "b.csv", "2024-02-01", &list(110, 20));
    assert_eq!((grown.code, in_force(&home)), (0, vec![version(&grown)]));
    let shrunk = import(&home, "c.csv", "2024-03-01", &list(60, 20));
    let reasons = shrunk.json()["imported"][0]["quarantined"].to_string();
    assert!(reasons.contains("it has 80 parties") && reasons.contains("has 130"), "{reasons}");
    assert_eq!((shrunk.code, in_force(&home)), (4, vec![version(&grown)]));
    let status = home.run(["lists", "status"]);
    assert!(status.code == 4 && status.stdout.contains("is in quarantine"), "{}", status.stdout);
    let name = format!("own@{}", version(&shrunk));
    assert_eq!(
        home.run(["lists", "use", &name]).code,
        2,
        "what is in quarantine is not put in force by the way"
    );
    let released = home.run(["lists", "release", &name, "--reason", "they delisted forty", "--json"]);
    assert_eq!((released.code, in_force(&home)), (0, vec![version(&shrunk)]), "{}", released.stderr);
    assert_eq!(home.run(["lists", "release", &name, "--reason", "again"]).code, 2);
    for command in [&["lists", "release", &name][..], &["lists", "remove", "own"], &["lists", "use", &name]] {
        let silent = home.run(command.iter().copied().chain(["--reason", " "]));
        assert!(silent.code == 2 && silent.stderr.contains("say why"), "{}", silent.stderr);
    }
    let help = |command: &str| home.run(["lists", command, "--help"]).stdout;
    assert!(help("release").contains("quarantine") && !help("release").contains("lists remove"));
    assert!(help("remove").contains("out of force") && !help("remove").contains("release"));
    assert_eq!(home.run(["lists", "status"]).code, 0);
}

#[test]
fn a_version_without_a_kind_of_record_waits_unless_it_is_accepted() {
    let home = Home::new();
    let first = import(&home, "a.csv", "2024-01-01", &list(200, 12));
    let without_ships = list(212, 0);
    let file = home.write("b.csv", &without_ships);
    let waits = import(&home, "b.csv", "2024-02-01", &without_ships);
    assert!(waits.json()["imported"][0]["quarantined"].to_string().contains("no parties of the kind Vessel"));
    assert_eq!(in_force(&home), [version(&first)]);
    let accepted = home.run(["lists", "import", &file, "--list", "own", "--accept", "--json"]);
    assert_eq!((accepted.code, in_force(&home)), (0, vec![version(&waits)]), "{}", accepted.stderr);
}

#[test]
fn a_former_version_can_be_put_in_force_and_a_list_taken_out() {
    let home = Home::new();
    let old = import(&home, "a.csv", "2024-01-01", &list(20, 0));
    let new = import(&home, "b.csv", "2024-02-01", &list(21, 0));
    let said = |done: &Done| done.json()["in_force"]["version"].clone();
    let used = home.run(["lists", "use", "own@2024-01-01", "--reason", "a test", "--json"]);
    assert_eq!((said(&used), in_force(&home)), (version(&old).into(), vec![version(&old)]));
    let newest = import(&home, "c.csv", "2024-03-01", &list(22, 0));
    assert_eq!(newest.json()["imported"][0]["in_force"], false);
    assert_eq!(in_force(&home), [version(&old)], "what is pinned stays");
    let removed = home.run(["lists", "remove", "own", "--reason", "not ours", "--json"]);
    assert_eq!((removed.code, said(&removed), in_force(&home).len()), (0, Value::Null, 0));
    assert_eq!(
        home.run(["screen", "Anton Berger 0"]).code,
        4,
        "the starter list does not take the place of a list"
    );
    let back = home.run(["lists", "use", "own@latest", "--json"]);
    assert_eq!((said(&back), in_force(&home)), (version(&newest).into(), vec![version(&newest)]));
    for (asked, code) in [("own@zzzz", 2), ("own@2023-01-01", 2), ("none@latest", 2), ("own", 0)] {
        assert_eq!(home.run(["lists", "use", asked]).code, code, "{asked}");
    }
    let _ = new;
}

#[test]
fn screening_as_of_a_day_uses_what_was_published_by_then() {
    let home = Home::new();
    let first = import(&home, "a.csv", "2023-01-01", "id,schema,name\n1,Person,Anton Berger\n");
    let second =
        import(&home, "b.csv", "2023-05-23", "id,schema,name\n1,Person,Anton Berger\n2,Person,Clara Dorn\n");
    let screen = |day: &str| home.run(["screen", "Clara Dorn", "--as-of", day, "--json"]);
    let (before, after) = (screen("2023-05-22"), screen("2023-05-23"));
    assert_eq!((before.code, after.code), (0, 3), "{}", before.stderr);
    let index = |done: &Done| done.json()["index"].clone();
    assert_eq!(index(&before)["as_of"], "2023-05-22");
    assert_eq!(index(&before)["lists"][0]["version"], version(&first));
    assert_eq!(index(&after)["lists"][0]["version"], version(&second));
    let too_early = screen("2022-12-31");
    assert!(too_early.code == 4 && too_early.stderr.contains("nothing_published"), "{}", too_early.stderr);
    assert_eq!(screen("yesterday").code, 2);
    let other = home.write("c.csv", "id,schema,name\n1,Person,Emil Falk\n");
    home.run(["lists", "import", &other, "--list", "other", "--published", "2024-01-01"]);
    assert_eq!(index(&screen("2023-06-01"))["lists_without_version"], serde_json::json!(["other"]));
    let at = home.run(["lists", "at", "2023-05-22", "own", "--json"]).json();
    assert_eq!(at["lists"][0]["published"]["version"], version(&first));
    assert_eq!(at["lists"][0]["in_force"], Value::Null, "nothing was imported here then");
    let at = home.run(["lists", "at", "2199-01-01", "--json"]).json();
    assert_eq!(at["lists"][1]["in_force"]["version"], version(&second));
}

#[test]
fn an_undated_list_that_goes_back_to_a_former_version_is_that_version() {
    let home = Home::new();
    let undated = |name: &str, people: usize| {
        let file = home.write(name, &list(people, 0));
        home.run(["lists", "import", &file, "--list", "own", "--json"])
    };
    let first = undated("a.csv", 20);
    let second = undated("b.csv", 21);
    assert_eq!(in_force(&home), [version(&second)]);
    let again = undated("a.csv", 20);
    assert_eq!((version(&again), &again.json()["imported"][0]["was_there"]), (version(&first), &true.into()));
    assert_eq!(again.json()["imported"][0]["in_force"], true, "{}", again.stdout);
    assert_eq!(in_force(&home), [version(&first)]);
    assert_eq!(home.run(["screen", "Ivo Jansen 20", "--json"]).json()["index"]["lists"][0]["entities"], 20);
    let status = home.run(["lists", "status", "--json"]).json()["lists"][0].clone();
    assert!(status["came_at"].as_str().unwrap() > status["imported_at"].as_str().unwrap(), "{status}");
    let journal = home.files().into_iter().find(|file| file.ends_with("journal.jsonl")).unwrap();
    let journal = std::fs::read_to_string(journal).unwrap();
    assert_eq!(journal.matches("\"imported\"").count(), 3, "{journal}");
    assert_eq!(home.run(["lists", "verify"]).code, 0);
    // The other way: what shrank waits, also when it was there before.
    home.run(["lists", "use", "own@latest"]);
    let grown = undated("c.csv", 40);
    assert_eq!(in_force(&home), [version(&grown)]);
    let shrunk = undated("a.csv", 20);
    assert_eq!((shrunk.code, in_force(&home)), (4, vec![version(&grown)]), "{}", shrunk.stdout);
}

#[test]
fn the_age_of_a_list_says_what_it_counts_from() {
    let home = Home::new();
    let file = home.write("own.csv", &list(3, 0));
    home.run(["lists", "import", &file, "--list", "own"]);
    let status = home.run(["lists", "status"]);
    assert!(status.code == 0 && status.stdout.contains("counts from its import on 2"), "{}", status.stdout);
    let told = |list: &str| home.run(["lists", "status", list, "--json"]).json()["lists"][0].clone();
    assert_eq!((&told("own")["age_from"], &told("own")["published"]), (&"imported".into(), &Value::Null));
    let dated = home.write("other_20210818.csv", &list(3, 0));
    home.run(["lists", "import", &dated, "--list", "other"]);
    assert_eq!(told("other")["age_from"], "published");
    assert_eq!((&told("other")["published_from"], &told("other")["stale"]), (&"path".into(), &true.into()));
}

#[test]
fn what_waited_in_quarantine_on_a_day_did_not_count_on_it() {
    let home = Home::new();
    let first = import(&home, "a.csv", "2023-01-01", &list(100, 0));
    let shrunk = import(&home, "b.csv", "2023-06-01", &list(50, 0));
    assert_eq!(shrunk.code, 4);
    let at = |day: &str| {
        home.run(["lists", "at", day, "--json"]).json()["lists"][0]["published"]["version"].clone()
    };
    let screened = |day: &str| {
        let done = home.run(["screen", "Clara Dorn 1", "--as-of", day, "--json"]);
        done.json()["index"]["lists"][0]["version"].clone()
    };
    assert_eq!(
        home.run(["lists", "use", "own@2023-06-02", "--json"]).json()["in_force"]["version"],
        version(&first)
    );
    assert_eq!((at("2023-06-02"), screened("2023-06-02")), (version(&first).into(), version(&first).into()));
    let released = home.run(["lists", "release", "own@2023-06-02", "--reason", "they delisted fifty"]);
    assert_eq!(released.code, 0, "{}", released.stderr);
    assert_eq!(
        (at("2023-06-02"), screened("2023-06-02")),
        (version(&shrunk).into(), version(&shrunk).into())
    );
    assert_eq!(home.run(["lists", "release", "own@2023-06-02", "--reason", "again"]).code, 2);
}

#[test]
fn a_list_that_is_too_old_is_told_everywhere() {
    let home = Home::new();
    import(&home, "a.csv", "2020-01-01", "id,schema,name\n1,Person,Anton Berger\n");
    let status = home.run(["lists", "status"]);
    assert!(status.code == 4 && status.stdout.contains("too old: own"), "{}", status.stdout);
    let hit = home.run(["screen", "Anton Berger", "--json"]);
    assert_eq!((hit.code, &hit.json()["index"]["lists"][0]["stale"]), (3, &Value::Bool(true)));
    assert!(hit.stderr.contains("too old: own"), "{}", hit.stderr);
    home.write("config.toml", "[lists.max_age_days_of]\nown = 36500\n");
    assert_eq!(home.run(["lists", "status"]).code, 0);
    let hit = home.run(["screen", "Anton Berger", "--json"]);
    assert_eq!(hit.json()["index"]["lists"][0]["stale"], Value::Null);
    home.write("config.toml", "[lists]\nmax_age_days = -1\n");
    assert_eq!(home.run(["lists", "status"]).code, 2);
}

#[test]
fn a_check_of_the_archive_names_what_is_damaged() {
    let home = Home::new();
    import(&home, "a.csv", "2024-01-01", &list(5, 0));
    import(&home, "b.csv", "2024-02-01", &list(6, 0));
    let sound = home.run(["lists", "verify", "--json"]);
    let told = sound.json();
    assert_eq!(
        (sound.code, &told["sound"], &told["objects"], &told["events"]),
        (0, &true.into(), &2.into(), &2.into())
    );
    let object = home.files().into_iter().find(|file| file.contains("/objects/")).unwrap();
    std::fs::write(&object, "id,schema,name\n").unwrap();
    let stray = home.files().into_iter().find(|file| file.contains("/objects/")).unwrap() + "0";
    std::fs::write(&stray, "x").unwrap();
    let damaged = home.run(["lists", "verify", "--json"]);
    let told = damaged.json();
    assert_eq!((damaged.code, told["damaged"].as_array().unwrap().len()), (4, 1), "{told}");
    assert_eq!(told["unused"], serde_json::json!([stray]));
    let journal = home.files().into_iter().find(|file| file.ends_with("journal.jsonl")).unwrap();
    std::fs::rename(&journal, format!("{journal}.away")).unwrap();
    let without = home.run(["lists", "verify"]);
    assert!(without.code == 4 && without.stdout.contains("the journal does not know"), "{}", without.stdout);
    std::fs::rename(format!("{journal}.away"), &journal).unwrap();
    let text = std::fs::read_to_string(&journal).unwrap();
    std::fs::write(&journal, text.replacen("imported", "released", 1)).unwrap();
    let text = home.run(["lists", "verify"]);
    assert!(text.code == 4 && text.stdout.contains("journal is damaged"), "{}", text.stdout);
    assert_eq!(
        home.run(["screen", "Anton Berger"]).code,
        2,
        "a damaged journal does not decide what is in force"
    );
}

#[test]
fn versions_of_the_last_ten_years_are_not_deleted() {
    let home = Home::new();
    import(&home, "a.csv", "2001-01-01", &list(5, 0));
    import(&home, "b.csv", "2002-02-01", &list(6, 0));
    let before = home.files();
    let pruned = home.run(["lists", "prune", "--json"]);
    assert_eq!(
        (pruned.code, pruned.json()["versions"].clone()),
        (0, serde_json::json!([])),
        "it counts from the import"
    );
    assert_eq!(home.files(), before);
}

#[test]
fn what_a_deletion_that_was_cut_off_left_is_deleted_the_next_time() {
    let home = Home::new();
    import(&home, "a.csv", "2024-01-01", &list(5, 0));
    let second = import(&home, "b.csv", "2024-02-01", &list(6, 0));
    let find = |part: &str| home.files().into_iter().find(|file| file.contains(part)).unwrap();
    let stray = find("/objects/") + "0";
    std::fs::write(&stray, "x").unwrap();
    assert!(home.run(["lists", "verify"]).stdout.contains("lists prune deletes it"));
    // As long as a version is missing the file may be its own.
    let manifest = find(&version(&second));
    std::fs::rename(&manifest, home.write("away.json", "")).unwrap();
    let verified = home.run(["lists", "verify", "--json"]);
    let reason = verified.json()["damaged"][0]["reason"].to_string();
    assert!(verified.code == 4 && reason.contains("import the list again"), "{}", verified.stdout);
    let kept = home.run(["lists", "prune", "--json"]).json();
    assert_eq!((&kept["objects"], kept["missing"].as_array().unwrap().len()), (&0.into(), 1), "{kept}");
    import(&home, "b.csv", "2024-02-01", &list(6, 0));
    let told = home.run(["lists", "prune", "--dry-run", "--json"]).json();
    assert_eq!((&told["unused"], &told["bytes"]), (&serde_json::json!([stray]), &1.into()), "{told}");
    assert!(std::fs::exists(&stray).unwrap());
    assert_eq!(home.run(["lists", "prune"]).code, 0);
    assert!(!std::fs::exists(&stray).unwrap());
    let sound = home.run(["lists", "verify", "--json"]);
    assert_eq!(
        (sound.code, &sound.json()["unused"], &sound.json()["objects"]),
        (0, &serde_json::json!([]), &2.into())
    );
}

#[test]
fn the_account_closes() {
    let home = Home::new();
    for (name, options) in
        [("ofac", ["--published", "2024-01-08"]), ("un/consolidated.xml", ["--published", "2025-11-25"])]
    {
        let done = home.run(["lists", "import", &fixture(name), options[0], options[1]]);
        assert_eq!(done.code, 0, "{}", done.stderr);
    }
    let report = home.run(["lists", "report", "--json"]);
    let told = report.json();
    assert_eq!((report.code, &told["closed"]), (0, &Value::Bool(true)), "{told}");
    for list in told["lists"].as_array().unwrap() {
        let parties: u64 =
            list["inventory"]["parties"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
        assert_eq!(list["index"]["parties"], parties);
        assert!(list["index"]["names"].as_u64().unwrap() >= parties);
    }
    let text = home.run(["lists", "report", "un"]);
    assert!(text.stdout.contains("Every total closes"), "{}", text.stdout);
    assert_eq!(home.run(["lists", "report", "eu"]).code, 2);
}

#[test]
fn a_delta_file_makes_a_new_version_of_the_one_it_is_for() {
    let home = Home::new();
    let entity = |id: &str, name: &str| {
        format!(
            "{{\"id\":\"{id}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"{name}\"],\"topics\":[\"sanction\"]}}}}"
        )
    };
    let base =
        home.write("own.ftm.json", &[entity("a", "Anton Berger"), entity("b", "Clara Dorn")].join("\n"));
    let import = |args: &[&str]| {
        home.run(["lists", "import"].into_iter().chain(args.iter().copied()).chain(["--json"]))
    };
    assert_eq!(import(&[&base, "--list", "own", "--published", "2024-01-01"]).code, 0);
    let operation = |op: &str, entity: String| format!("{{\"op\":\"{op}\",\"entity\":{entity}}}");
    let text = [operation("ADD", entity("c", "Emil Falk")), operation("MOD", entity("a", "Anton Bergner"))]
        .join("\n");
    let delta = home.write("entities.delta.json", &text);
    let alone = import(&[&delta]);
    assert!(alone.code == 2 && alone.stderr.contains("--onto"), "{}", alone.stderr);
    let done = import(&[&delta, "--onto", "own@2024-01-01", "--published", "2024-02-01"]);
    assert_eq!((done.code, &done.json()["imported"][0]["entities"]), (0, &Value::from(3)), "{}", done.stderr);
    assert_eq!(done.json()["imported"][0]["files"].as_array().unwrap().len(), 2);
    assert_eq!(home.run(["screen", "Emil Falk", "--list", "own"]).code, 3);
    let changes = home.run(["lists", "diff", "own"]).stdout;
    assert!(changes.contains("1 added, 0 removed, 1 changed"), "{changes}");
    assert_eq!(home.run(["lists", "report", "own"]).code, 0);
    assert_eq!(import(&[&delta, "--onto", "ofac"]).code, 2);
}

#[test]
fn a_file_that_is_read_as_another_format_is_another_version() {
    let home = Home::new();
    let file = fixture("us_csl/list.csv");
    let import = |more: &[&str]| {
        let args = ["lists", "import", &file, "--list", "own", "--accept", "--json"];
        home.run(args.into_iter().chain(more.iter().copied()))
    };
    let recognized = import(&[]);
    assert_eq!(version(&recognized), version(&import(&["--format", "us-csl"])), "{}", recognized.stderr);
    let other = import(&["--format", "csv"]);
    assert_eq!(
        (other.code, other.json()["imported"][0]["format"].clone()),
        (0, "csv".into()),
        "{}",
        other.stderr
    );
    assert_ne!(version(&other), version(&recognized));
    let digest = |done: &Done| done.json()["index"]["digest"].clone();
    assert_ne!(digest(&other), digest(&recognized), "what is screened is read as it is told now");
}
