//! Names that are none, and names made to do harm.

use super::home::{Home, outcome};

#[test]
fn names_that_cannot_be_screened() {
    let home = Home::with_list();
    let long = "x".repeat(100_000);
    let cases = [
        ("", "empty_name"),
        (" \t\u{3000}", "empty_name"),
        ("!! ---", "unusable_name"),
        ("\u{202e}\u{200b}", "unusable_name"),
        (&long, "name_too_long"),
    ];
    for (name, reason) in cases {
        let answers = home.screens(&[name], 4);
        assert_eq!(outcome(&answers[0]), ("not_screened", reason));
        let done = home.run(["screen", name]);
        assert_eq!(done.code, Some(4));
        assert!(done.stdout.starts_with("NOT SCREENED"), "{}", done.stdout);
    }
}

#[test]
fn an_alias_is_screened_when_the_name_cannot_be() {
    let home = Home::with_list();
    assert_eq!(outcome(&home.screens(&["", "--alias", "Jane Doe"], 3)[0]), ("hits", ""));
    let aliases = vec!["--alias=Jane Doe"; 100];
    let answers = home.screens(&[&["Jane Doe"], aliases.as_slice()].concat(), 4);
    assert_eq!(outcome(&answers[0]), ("not_screened", "too_many_names"));
}

#[test]
fn terminal_escapes_do_not_reach_the_terminal() {
    let home = Home::new();
    let evil = "Jane\u{1b}[31m Doe\u{1b}]0;title\u{7}\u{9b}2J";
    let file = home.write("own.csv", format!("id,name\n1\u{1b}[2J,{evil}\n").as_bytes());
    assert_eq!(home.run(["lists", "import", &file]).code, Some(0));
    let named = home.write("evil\u{1b}]0;\u{7}.csv", b"name\nJane Roe\n");
    let folder = home.input("folder\u{1b}]0;\u{7}");
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(&named, home.input("folder\u{1b}]0;\u{7}/own\u{1b}]0;\u{7}.csv")).unwrap();
    std::fs::write(home.input("folder\u{1b}]0;\u{7}/page\u{1b}]0;\u{7}.csv"), "<html>").unwrap();
    std::fs::write(home.input("folder\u{1b}]0;\u{7}/text\u{1b}]0;\u{7}.txt"), "text").unwrap();
    let id = home.screens(&["Jane Doe", "--threshold", "0.2"], 3)[0]["hits"][0]["entity"]["id"].clone();
    let id = id.as_str().unwrap();
    for args in [
        &["screen", evil, "--explain"][..],
        &["screen", "\u{1b}]0;\u{7}"],
        &["lists", "show", id],
        &["lists", "show", evil],
        &["lists", "status", "--issues"],
        &["screen", evil, "--schema", evil],
        &["screen", evil, "--country", evil],
        &["screen", evil, "--list", evil],
        &["lists", "import", evil],
        &["lists", "import", &named, "--list", "named"],
        &["lists", "import", &folder, "--list", "folder"],
        &["screen", "--file", evil],
    ] {
        // Colors asked for even where there is no terminal, as in front of one.
        let output = home.command(args).env("CLICOLOR_FORCE", "1").output().unwrap();
        for stream in [&output.stdout, &output.stderr] {
            let text = String::from_utf8(stream.clone()).unwrap();
            let harm = ["\u{1b}[31m Doe", "\u{1b}]", "\u{1b}[2J", "\u{9b}", "\u{7}"];
            let found: Vec<_> = harm.iter().filter(|harm| text.contains(**harm)).collect();
            assert!(found.is_empty(), "{args:?}: {found:?} in {text:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt as _;
    let home = Home::with_list();
    let before = home.state();
    let bad = std::ffi::OsStr::from_bytes(b"Jane \xff Doe");
    let done = home.run([std::ffi::OsStr::new("screen"), bad]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(2), ""), "{}", done.stderr);
    assert!(done.stderr.starts_with("error: "), "{}", done.stderr);
    let done = home.run([std::ffi::OsStr::new("lists"), std::ffi::OsStr::new("import"), bad]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(2), ""), "{}", done.stderr);
    assert!(home.state() == before);
}
