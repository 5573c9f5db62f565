//! Customers that are kept and screened again after the lists changed.

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::Value;

use crate::run::{Done, Home, steady};

const CUSTOMERS: &str = "id,name,birth_date,country,identifier\n\
    c1,Anton Berger,1960-01-02,de,\n\
    c2,Clara Dorn,,,\n\
    c3,Nobody Atall,,,\n\
    c4,???,,,\n\
    c5,Emil Falk,,,P7654321\n\
    c6,Nordstern Trading,,,\n";

const EARLIER: &str = r#"{"id":"1","schema":"Person","properties":{"name":["Anton Berger"],"birthDate":["1960"]}}
{"id":"2","schema":"Person","properties":{"name":["Clara Dorn"]}}
"#;
const LATER: &str = r#"{"id":"1","schema":"Person","properties":{"name":["Anton Bergner"],"birthDate":["1960"]}}
{"id":"3","schema":"Organization","properties":{"name":["Nordstern Trading Ltd"]}}
{"id":"4","schema":"Person","properties":{"name":["Zoltan Ypma"],"passportNumber":["P7654321"]}}
"#;

fn import(home: &Home, published: &str, text: &str) {
    let file = home.write("own.ftm.json", text);
    let done = home.run(["lists", "import", &file, "--list", "own", "--published", published, "--accept"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
}

fn lines(done: &Done) -> Vec<Value> {
    done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn started() -> Home {
    let home = Home::new();
    import(&home, "2024-01-01", EARLIER);
    let file = home.write("customers.csv", CUSTOMERS);
    let done = home.run(["rescreen", "start", "retail", "--file", &file, "--json"]);
    assert_eq!(done.code, 3, "{}", done.stderr);
    let counts = ["rows", "clear", "hits", "not_screened"].map(|key| done.json()[key].as_u64().unwrap());
    assert_eq!(counts, [6, 3, 2, 1]);
    home
}

#[test]
fn what_a_change_of_the_lists_means_for_customers_is_told() {
    let home = started();
    let nothing = home.run(["rescreen", "update", "retail", "--verify", "--json"]);
    let told = lines(&nothing);
    assert_eq!((nothing.code, told.len(), &told[0]["summary"]["screened_again"]), (0, 1, &Value::from(0)));
    import(&home, "2024-02-01", LATER);
    let done = home.run(["rescreen", "update", "retail", "--verify", "--json"]);
    assert_eq!(done.code, 3, "{}", done.stderr);
    assert_json_snapshot!("rescreen_update", lines(&done).iter().map(steady).collect::<Vec<_>>());
    let again = home.run(["rescreen", "update", "retail", "--json"]);
    assert_eq!((again.code, lines(&again).len()), (0, 1), "{}", again.stdout);
}

#[test]
fn commands_on_kept_customers() {
    let home = started();
    for (command, name) in [
        (&["rescreen", "--help"][..], "help_rescreen"),
        (&["rescreen", "update", "--help"], "help_rescreen_update"),
    ] {
        assert_snapshot!(name, home.run(command.iter().copied()).stdout);
    }
    let file = home.write("customers.csv", CUSTOMERS);
    for (args, reason) in [
        (&["start", "retail", "--file", &file][..], "kept as retail already"),
        (&["start", "../x", "--file", &file], "a name for customers"),
        (&["start", "x", "--file", "/nowhere"], "cannot read"),
        (&["start", "x", "--file", &file, "--threshold", "7"], "threshold"),
        (&["update", "other"], "no customers are kept as"),
        (&["stop", "other"], "no customers are kept as"),
    ] {
        let done = home.run(["rescreen"].into_iter().chain(args.iter().copied()));
        assert!(done.code == 2 && done.stderr.contains(reason), "{args:?}: {}", done.stderr);
    }
    let status = home.run(["rescreen", "status", "--json"]).json();
    assert_eq!(
        (&status["customers"][0]["name"], &status["customers"][0]["rows"]),
        (&Value::from("retail"), &Value::from(6))
    );
    assert!(home.run(["rescreen", "status"]).stdout.contains("retail"));
    assert_eq!(home.run(["rescreen", "stop", "retail"]).code, 0);
    assert!(home.run(["rescreen", "status"]).stdout.starts_with("no customers"));
}

#[test]
fn what_is_kept_and_damaged_is_told() {
    let home = started();
    import(&home, "2024-02-01", LATER);
    let find = |end: &str| {
        home.files().into_iter().find(|file| file.contains("/retail/") && file.contains(end)).unwrap()
    };
    let lists = find("/lists-");
    std::fs::write(&lists, "no index").unwrap();
    let done = home.run(["rescreen", "update", "retail", "--json"]);
    let told = lines(&done);
    assert_eq!(
        told.last().unwrap()["summary"]["screened_again"],
        6,
        "without the old index all are screened: {}",
        done.stderr
    );
    std::fs::write(find("/answers-"), "{").unwrap();
    let done = home.run(["rescreen", "update", "retail"]);
    assert!(done.code == 2 && done.stderr.contains("is damaged"), "{}", done.stderr);
}
