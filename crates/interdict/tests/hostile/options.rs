//! Options, settings and surroundings that are wrong.

use super::home::Home;

#[test]
fn options_out_of_range() {
    let home = Home::with_list();
    let cases: [(&[&str], &[&str]); 12] = [
        (&["--limit", "0"], &["--limit", "1 to 500", "not 0"]),
        (&["--limit", "501"], &["--limit", "1 to 500", "not 501"]),
        (&["--threshold", "2"], &["--threshold", "at most 1", "not 2"]),
        (&["--threshold", "0"], &["--threshold", "above 0"]),
        (&["--threshold=-1"], &["--threshold", "above 0"]),
        (&["--threshold", "nan"], &["--threshold", "above 0"]),
        (&["--threshold", "inf"], &["--threshold", "at most 1"]),
        (&["--list", "unknown"], &["no list \"unknown\"", "there are: own"]),
        (&["--list", ""], &["no list \"\"", "there are: own"]),
        (&["--schema", "Firm"], &["--schema", "\"Firm\"", "Person"]),
        (&["--country", "Atlantis"], &["--country", "\"Atlantis\"", "ISO 3166"]),
        (&["--birth-date", "1965-02-30"], &["--birth-date", "no such day"]),
    ];
    for (options, texts) in cases {
        home.refuses(&[&["screen", "Jane Doe"], options].concat(), texts);
    }
    let file = home.input("own.csv");
    home.refuses(&["lists", "import", &file, "--format", "pdf"], &["no format \"pdf\"", "ofac-csv"]);
    home.refuses(&["lists", "import", &file, "--list", "../x"], &["--list", "lower-case letters", "../x"]);
    home.refuses(&["lists", "import", &file, "--published", "soon"], &["--published", "YYYY-MM-DD"]);
    home.refuses(&["lists", "status", "unknown"], &["no list \"unknown\"", "own"]);
    home.refuses(&["lists", "show", "../../etc/passwd"], &["no party has the id", "interdict screen"]);
}

#[test]
fn usage_that_cannot_be_parsed() {
    let home = Home::with_list();
    let cases: [(&[&str], &str); 6] = [
        (&["frobnicate"], "frobnicate"),
        (&["screen"], "<NAME>"),
        (&["screen", "Jane", "--file", "x"], "--file"),
        (&["screen", "Jane", "--limit", "many"], "many"),
        (&["screen", "Jane", "--threshold", "high"], "high"),
        (&["lists", "import"], "<PATH>"),
    ];
    for (args, text) in cases {
        home.refuses_as_text(args, &[text, "--help"]);
    }
}

#[test]
fn configurations_that_are_wrong() {
    let home = Home::with_list();
    let config = home.path("config.toml");
    let cases: [(&[u8], &str); 6] = [
        (b"[screen]\nthreshhold = 0.5\n", "unknown field `threshhold`"),
        (b"threshold = 0.5\n", "unknown field `threshold`"),
        (b"[screen]\nthreshold = 7\n", "at most 1"),
        (b"[screen]\nlimit = 0\n", "1 to 500"),
        (b"[lists]\nstarter = \"sometimes\"\n", "unknown variant `sometimes`"),
        (b"\xff\xfe", "UTF-8"),
    ];
    for (text, reason) in cases {
        std::fs::write(&config, text).unwrap();
        for args in [&["screen", "Jane Doe"][..], &["lists", "status"], &["lists", "show", "own-1"]] {
            home.refuses(args, &["config.toml", reason]);
        }
    }
    std::fs::remove_file(&config).unwrap();
    home.refuses(&["screen", "Jane Doe", "--config", &home.input("no.toml")], &["cannot read", "no.toml"]);
}

#[test]
fn homes_that_are_none() {
    let home = Home::with_list();
    let file = home.input("own.csv");
    home.refuses(&["screen", "Jane Doe", "--home", &file], &["own.csv"]);
    home.refuses(&["lists", "import", &file, "--home", &file], &["own.csv"]);
}

#[test]
fn no_list_at_all_is_no_clearance() {
    let home = Home::new();
    std::fs::write(home.path("config.toml"), "[lists]\nstarter = \"never\"\n").unwrap();
    let done = home.run(["screen", "Jane Doe"]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(4), ""), "{}", done.stderr);
    assert!(done.stderr.contains("interdict lists import"), "{}", done.stderr);
}

#[test]
fn a_reader_that_goes_away_is_no_failure_to_tell_of() {
    let home = Home::with_list();
    let rows = home.write("many.csv", format!("name\n{}", "Jane Doe\n".repeat(5_000)).as_bytes());
    for args in [&["screen", "--file", &rows][..], &["man"], &["completions", "bash"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        // Gone before the program starts, so that not even the first write can succeed.
        drop(reader);
        let output = home.command(args).stdout(writer).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {stderr}");
        assert!(!stderr.contains("error") && !stderr.contains("panicked"), "{args:?}: {stderr}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_the_answer_is_told() {
    let home = Home::with_list();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = home.command(["screen", "Jane Doe"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot write the answer"));
}

#[cfg(unix)]
#[test]
fn files_that_nobody_may_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::with_list();
    let file = home.write("secret.csv", b"name\nJane Roe\n");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&file).is_ok() {
        println!("skipped: this user may read every file");
        return;
    }
    home.refuses(&["lists", "import", &file], &["cannot read", "secret.csv"]);
    home.refuses(&["screen", "--file", &file], &["cannot read", "secret.csv"]);
    home.refuses(&["screen", "Jane Doe", "--config", &file], &["cannot read", "secret.csv"]);
    let versions = home.path("archive/versions");
    let other = home.write("other.csv", b"name\nJane Roe\n");
    std::fs::set_permissions(&versions, std::fs::Permissions::from_mode(0o555)).unwrap();
    let done = home.run(["lists", "import", &other]);
    std::fs::set_permissions(&versions, std::fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!((done.code, done.stdout.as_str()), (Some(2), ""), "{}", done.stderr);
    assert!(done.stderr.contains("cannot write"), "{}", done.stderr);
    assert_eq!(std::fs::read_dir(&versions).unwrap().count(), 1, "a version was begun");
}
