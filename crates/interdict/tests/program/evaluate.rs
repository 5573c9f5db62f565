//! `evaluate`, `generate` and `selftest` as whole processes, on the starter list. The numbers of an evaluation are the
//! engine's and may change; its form is a contract.

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::Value;

use crate::run::Home;

/// A JSON value with every number, text and yes or no replaced by its kind, and lists cut to their first item.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), shape(value))).collect(),
        Value::Array(items) => items.first().map(shape).into_iter().collect(),
        Value::Number(_) => Value::from("number"),
        Value::String(_) => Value::from("text"),
        Value::Bool(_) => Value::from("yes or no"),
        Value::Null => Value::Null,
    }
}

#[test]
fn the_same_seed_gives_the_same_cases() {
    let home = Home::new();
    let generate = |seed| {
        home.run(["generate", "--per-class", "1", "--hard-negatives", "4", "--with-dates", "--seed", seed])
            .stdout
    };
    let cases = generate("7");
    assert_eq!(cases, generate("7"));
    assert_ne!(cases, generate("8"));
    assert_snapshot!("generated", cases);
}

#[test]
fn details_and_severities_are_as_asked_for() {
    let home = Home::new();
    let light = home.run(["generate", "--per-class", "2", "--severity", "light"]).stdout;
    assert!(light.lines().skip(1).all(|line| line.contains(",light,")), "{light}");
    assert!(!light.contains("1965-04-25"), "no dates without --with-dates");
    assert_eq!(home.run(["generate", "--list", "nowhere"]).code, 2);
}

#[test]
fn an_evaluation_tells_what_is_known_of_its_cases() {
    let home = Home::new();
    let cases = home.write(
        "cases.csv",
        "class,severity,name,expected_id,label\n\
         plain,light,\"KIM, Sang Man\",ofac-43377,1\n\
         plain,,Sang Man Kim,ofac-43377,1\n\
         nobody,,Patricia Wheeler,ofac-43377,1\n\
         hard,,Wolfgang Herrmann,,0\n",
    );
    let benign: String = (0..40).map(|_| "Patricia Wheeler\n").collect();
    let benign = home.write("benign.csv", &format!("full_name,date_of_birth\n{benign}\"KIM, Sang Man\"\n"));
    let done = home.run(["evaluate", "--cases", &cases, "--benign", &benign, "--json"]);
    let report = done.json();
    assert_eq!(done.code, 0);
    assert_eq!(report["counts"]["matches"], 3);
    assert_eq!((&report["counts"]["hard_negatives"], &report["counts"]["benign"]), (&1.into(), &41.into()));
    // One benign name in 41 scores 1: at 1 % alerts there is no threshold, at 5 % it may alert.
    let point = |rate: f64| {
        let is_it = |point: &&Value| point["against"] == "benign" && point["alert_rate"] == rate;
        report["points"].as_array().unwrap().iter().position(|point| is_it(&point)).unwrap()
    };
    assert_eq!(report["points"][point(0.01)]["threshold"], Value::Null);
    assert_eq!(report["all"]["recall"][point(0.01)], 0.0);
    assert_eq!(report["all"]["recall"][point(0.05)], 0.666_67);
    assert_eq!(report["all"]["macro_recall"][point(0.05)], 0.5);
    assert_eq!(report["all"]["first_place"], 0.666_67);
    let classes: Vec<_> =
        report["classes"].as_array().unwrap().iter().map(|class| class["name"].as_str()).collect();
    assert_eq!(classes, [Some("nobody"), Some("plain")]);
}

#[test]
fn the_form_of_a_report_is_a_contract() {
    let home = Home::new();
    let pairs = home.write(
        "pairs.csv",
        "case_group,schema,name1,name2,is_match\na,Person,Kim Sang-man,\"KIM, Sang Man\",true\nb,Person,Patricia Wheeler,Kim,false\n\
         b,Person,Patricia Wheeler,Kim Sang,true\n",
    );
    let benign = home.write("benign.csv", "name\nPatricia Wheeler\nSang Min Kim\n");
    let page = home.write("report.html", "");
    let misses = home.write("misses.csv", "");
    let done = home.run([
        "evaluate",
        "--per-class",
        "1",
        "--hard-negatives",
        "3",
        "--benign",
        &benign,
        "--pairs",
        &pairs,
        "--errors",
        "1",
        "--html",
        &page,
        "--misses",
        &misses,
        "--json",
    ]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert_json_snapshot!("report", shape(&done.json()));
    let misses = std::fs::read_to_string(misses).unwrap();
    assert!(
        misses.starts_with("case_id,class,") && misses.lines().next().unwrap().ends_with("best_id"),
        "{misses}"
    );
    let page = std::fs::read_to_string(page).unwrap();
    for foreign in ["http:", "https:", "src=", "<script", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    for picture in page.split("<svg ").skip(1) {
        assert!(picture.contains("role=\"img\" aria-label=\""), "a picture without words");
    }
    assert_eq!(page.matches("<table>").count(), page.matches("</table>").count());
    assert!(page.matches("<svg ").count() == 5 && page.ends_with("</html>\n"));
}

#[test]
fn what_a_score_is_worth_is_fitted_and_written() {
    let home = Home::new();
    let benign: String = (0..40).map(|_| "Patricia Wheeler\n").collect();
    let benign = home.write("benign.csv", &format!("name\n{benign}"));
    let table = home.write("odds.tsv", "");
    let args = ["evaluate", "--per-class", "1", "--hard-negatives", "3", "--fit-odds", &table];
    let without = home.run(args);
    assert!(without.code == 2 && without.stderr.contains("--benign"), "{}", without.stderr);
    assert_eq!(home.run(args.into_iter().chain(["--benign", &benign])).code, 0);
    let table = std::fs::read_to_string(table).unwrap();
    let rows: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(rows[0], "from\tlikelihood_ratio\tmatches\tothers");
    assert!(rows.len() > 2 && rows[1].starts_with("0.0000\t"), "{table}");
    assert!(table.contains("# command: interdict evaluate --benign FILE --seed 1 --per-class 1"), "{table}");
    // 43 others: nothing is claimed beyond.
    let last: f64 = rows.last().unwrap().split('\t').nth(1).unwrap().parse().unwrap();
    assert!(last > 1.0 && last <= 44.0, "{table}");
}

#[test]
fn the_text_of_an_evaluation() {
    let home = Home::new();
    let text = home.run(["evaluate", "--per-class", "1", "--hard-negatives", "2"]).stdout;
    for part in
        ["hard negatives, 0 benign names; names only", "MACRO", "payment_lines", "AUC", "names/s on one core"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn files_that_cannot_be_used() {
    let home = Home::new();
    let told = |args: &[&str]| {
        let done = home.run(args.iter().copied());
        (done.code, done.stderr)
    };
    let file = home.write("cases.csv", "name,expected_id\nKim,\n");
    let (code, said) = told(&["evaluate", "--cases", &file]);
    assert!(code == 2 && said.contains("line 2: a match needs an `expected_id`"), "{said}");
    let file = home.write("pairs.csv", "name1,name2,is_match\nA,B,perhaps\n");
    let (code, said) = told(&["evaluate", "--pairs", &file]);
    assert!(code == 2 && said.contains("line 2: `is_match`"), "{said}");
    let file = home.write("benign.csv", "surname\nA\n");
    let (code, said) = told(&["evaluate", "--per-class", "1", "--benign", &file]);
    assert!(code == 2 && said.contains("line 2: there is no `name`"), "{said}");
    assert_eq!(told(&["evaluate", "--threshold", "2"]).0, 2);
}

#[test]
fn every_name_of_the_starter_list_finds_its_party() {
    let home = Home::new();
    let done = home.run(["selftest", "--json"]);
    let answer = done.json();
    assert_eq!((done.code, &answer["complete"]), (0, &Value::Bool(true)), "{answer}");
    assert_json_snapshot!("selftest", shape(&answer));
    let text = home.run(["selftest", "--sample", "10"]);
    assert!(text.code == 0 && text.stdout.contains("finds its own party"), "{}", text.stdout);
}

#[test]
fn both_ways_of_screening_agree_on_the_starter_list() {
    let home = Home::new();
    let done = home.run(["selftest", "--sample", "5", "--exhaustive", "50", "--json"]);
    let compared = &done.json()["exhaustive"];
    assert_eq!(done.code, 0, "{compared}");
    assert!(compared["names"].as_u64().is_some_and(|names| names >= 50), "{compared}");
    assert_eq!(compared["differences"], Value::Array(Vec::new()));
    let text = home.run(["selftest", "--sample", "5", "--exhaustive", "20", "--seed", "2"]);
    assert!(text.code == 0 && text.stdout.contains("The search finds what a look"), "{}", text.stdout);
    assert_eq!(home.run(["selftest", "--exhaustive", "0"]).code, 2);
}

#[test]
fn a_listed_name_that_cannot_be_screened_is_told() {
    let home = Home::new();
    let list = home.write(
        "own.jsonl",
        "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Kim Sang Man\"],\"topics\":[\"sanction\"]}}\n\
         {\"id\":\"b\",\"schema\":\"Person\",\"properties\":{\"name\":[\"???\"],\"topics\":[\"sanction\"]}}\n",
    );
    let imported = home.run(["lists", "import", &list, "--list", "own", "--format", "ftm-jsonl"]);
    assert_eq!(imported.code, 0, "{}", imported.stderr);
    let done = home.run(["selftest", "--json"]);
    let own = &done.json()["lists"][0];
    assert_eq!((done.code, &own["names"], &own["found"]), (4, &2.into(), &1.into()), "{own}");
    assert!(own["not_screened"][0]["id"].as_str().is_some_and(|id| id.ends_with('b')), "{own}");
}
