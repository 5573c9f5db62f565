//! `lists fetch` as a whole process, against a server on loopback.

use serde_json::Value;

use crate::run::{Home, fixture};
use crate::server::{Reply, Server};

/// The UN fixture, and its name at the authority.
fn un() -> Vec<u8> {
    let folder = std::fs::read_dir(fixture("un")).unwrap();
    let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "xml"));
    paths.sort();
    std::fs::read(&paths[0]).unwrap()
}

/// A server that has the UN list, and answers 500 where a path says so.
fn server() -> Server {
    Server::start(|request| match (request.target.as_str(), request.header("if-none-match")) {
        ("/un.xml", Some("\"1\"")) => Reply::raw(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"),
        ("/un.xml", _) => Reply::of("200 OK", &["ETag: \"1\"", "Content-Type: text/xml"], &un()),
        ("/broken.csv", _) => Reply::list(b"<html><body>Please log in</body></html>"),
        _ => Reply::status("404 Not Found", &[]),
    })
}

/// A configuration in which the UN list is at that server, and a list of one's own is not.
fn configure(home: &Home, server: &Server, rest: &str) {
    let (un, own, broken) = (server.url("/un.xml"), server.url("/own.csv"), server.url("/broken.csv"));
    home.write(
        "config.toml",
        &format!(
            "[fetch]\nlists = ['own', 'un']\nproxy = 'none'\nattempts = 1\n\
             [[fetch.source]]\nid = 'un'\nallow_http = true\nfiles = [{{name = 'un.xml', url = '{un}'}}]\n\
             [[fetch.source]]\nid = 'own'\nallow_http = true\nfiles = [{{name = 'own.csv', url = '{own}'}}]\n\
             [[fetch.source]]\nid = 'broken'\nallow_http = true\nfiles = [{{name = 'b.csv', url = '{broken}'}}]\n\
             {rest}"
        ),
    );
}

fn outcomes(answer: &Value) -> Vec<(&str, &str)> {
    let lists = answer["lists"].as_array().unwrap().iter();
    lists.map(|list| (list["source"].as_str().unwrap(), list["outcome"].as_str().unwrap())).collect()
}

#[test]
fn a_list_is_fetched_and_screened_and_not_fetched_twice() {
    let (home, server) = (Home::new(), server());
    configure(&home, &server, "");
    let first = home.run(["lists", "fetch", "un", "--json"]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    let first = first.json();
    let list = &first["lists"][0];
    assert_eq!(outcomes(&first), [("un", "imported")]);
    assert!(list["version"]["entities"].as_u64().unwrap() > 0, "{list}");
    let file = &list["record"]["files"][0];
    assert_eq!(
        (&file["http"]["url"], &file["http"]["etag"]),
        (&server.url("/un.xml").into(), &"\"1\"".into())
    );
    assert_eq!(list["record"]["kept_as"]["digest"], list["version"]["digest"]);
    let status = home.run(["lists", "status", "--json"]).json();
    assert_eq!(status["lists"][0]["id"], "un");
    let again = home.run(["lists", "fetch", "un", "--json"]).json();
    assert_eq!(outcomes(&again), [("un", "unchanged")]);
    let checked_at = |answer: &Value| answer["lists"][0]["record"]["checked_at"].as_str().map(str::to_owned);
    assert!(checked_at(&first) < checked_at(&again), "it is fresh again");
    let text = home.run(["lists", "fetch", "un"]).stdout;
    assert!(text.starts_with("un  unchanged since 20"), "{text}");
    let whole = home.run(["lists", "fetch", "un", "--again"]).stdout;
    assert!(whole.starts_with("un  fetched, and already there: "), "{whole}");
    assert_eq!(server.asked().iter().filter(|request| request.header("if-none-match").is_some()).count(), 2);
}

#[test]
fn a_list_is_read_again_when_the_configuration_says_something_else_of_it() {
    let home = Home::new();
    let server = Server::start(|request| match request.header("if-none-match") {
        Some("\"1\"") => Reply::raw(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"),
        _ => Reply::of("200 OK", &["ETag: \"1\""], b"No,One,Other\n1,Anton Berger,Clara Dorn\n"),
    });
    let mapping = |column: &str| {
        let columns = "ignore = [\"One\", \"Other\"]\n[properties]";
        format!("id = \"No\"\nschema = \"Person\"\n{columns}\nname = \"{column}\"\n")
    };
    let configure = |file: &str, rest: &str| {
        let (own, path) = (server.url("/own.csv"), home.write("own.toml", &mapping("One")));
        home.write(
            "config.toml",
            &format!(
                "[fetch]\nproxy = 'none'\nattempts = 1\n[[fetch.source]]\nid = 'own'\nallow_http = true\n\
                 files = [{{name = '{file}', url = '{own}'}}]\nmapping = '{path}'\n{rest}"
            ),
        );
    };
    let fetched = || {
        let answer = home.run(["lists", "fetch", "own", "--json"]).json();
        let list = &answer["lists"][0];
        (list["outcome"].as_str().unwrap().to_owned(), list["version"]["version"].clone())
    };
    configure("own.csv", "");
    let (first, again) = (fetched(), fetched());
    assert_eq!((first.0.as_str(), again.0.as_str(), &first.1), ("imported", "unchanged", &again.1));
    home.write("own.toml", &mapping("Other"));
    let (other, again) = (fetched(), fetched());
    assert_eq!((other.0.as_str(), again.0.as_str()), ("imported", "unchanged"));
    assert_ne!(other.1, first.1);
    assert_eq!(home.run(["screen", "Clara Dorn", "--list", "own"]).code, 3);
    configure("own.csv", "format = 'csv'\n");
    assert_eq!(fetched().0, "imported");
    configure("list.csv", "format = 'csv'\n");
    assert_eq!((fetched().0.as_str(), fetched().0.as_str()), ("imported", "unchanged"));
}

#[test]
fn what_the_authority_has_comes_back_through_the_checks_and_is_told_when_it_is_not_in_force() {
    let home = Home::new();
    let rows = |n: usize| {
        "id,schema,name\n".to_owned()
            + &(0..n).map(|n| format!("{n},Person,Anton Berger {n}\n")).collect::<String>()
    };
    let few = rows(10);
    let server = Server::start(move |request| match request.header("if-none-match") {
        Some("\"1\"") => Reply::raw(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"),
        _ => Reply::of("200 OK", &["ETag: \"1\""], few.as_bytes()),
    });
    configure(&home, &server, "");
    let fetched = || home.run(["lists", "fetch", "own", "--json"]);
    let first = fetched().json();
    assert_eq!(outcomes(&first), [("own", "imported")]);
    assert_eq!(first["lists"][0]["in_force"]["digest"], first["lists"][0]["version"]["digest"]);
    assert_eq!(outcomes(&fetched().json()), [("own", "unchanged")]);
    let more = home.write("more.csv", &rows(30));
    let by_hand = home.run(["lists", "import", &more, "--list", "own", "--json"]).json();
    // "Not modified" alone would say nothing of what is in force since.
    let again = fetched();
    assert_eq!((again.code, outcomes(&again.json())), (4, vec![("own", "imported")]), "{}", again.stdout);
    assert_eq!(again.json()["lists"][0]["in_force"]["version"], by_hand["imported"][0]["version"]);
    home.run(["lists", "import", &more, "--list", "own", "--published", "2199-01-01", "--accept"]);
    let text = home.run(["lists", "release", "own", "--reason", "it is whole"]).stdout;
    assert!(text.contains("published 2199-01-01"), "{text}");
    let text = home.run(["lists", "fetch", "own"]).stdout;
    assert!(text.contains("not in force: version ") && text.contains("published 2199-01-01"), "{text}");
}

#[test]
fn no_key_in_an_address_is_kept() {
    let home = Home::new();
    let server = Server::start(|request| match request.header("if-none-match") {
        Some("\"1\"") => Reply::raw(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"),
        _ => Reply::of("200 OK", &["ETag: \"1\""], &un()),
    });
    let outcome = |key: &str| {
        let url = server.url(&format!("/un.xml?token={key}"));
        let source = format!(
            "[[fetch.source]]\nid = 'un'\nallow_http = true\nfiles = [{{name = 'un.xml', url = '{url}'}}]\n"
        );
        home.write("config.toml", &format!("[fetch]\nproxy = 'none'\nattempts = 1\n{source}"));
        let done = home.run(["lists", "fetch", "un", "--json"]);
        assert!(!format!("{}{}", done.stdout, done.stderr).contains(key), "{}", done.stdout);
        done.json()["lists"][0]["outcome"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        [outcome("s3cret"), outcome("s3cret"), outcome("0ther")],
        ["imported", "unchanged", "imported"]
    );
    for file in home.files().iter().filter(|file| !file.ends_with("config.toml")) {
        let bytes = std::fs::read(file).unwrap();
        assert!(!bytes.windows(6).any(|part| part == b"s3cret"), "{file}");
    }
    assert_eq!(server.asked().last().unwrap().target, "/un.xml?token=0ther");
}

#[test]
fn without_the_list_in_the_archive_nobody_is_asked_for_changes_alone() {
    let (home, server) = (Home::new(), server());
    configure(&home, &server, "");
    home.run(["lists", "fetch", "un"]);
    for path in home.files() {
        if path.contains("versions") {
            std::fs::remove_file(path).unwrap();
        }
    }
    assert_eq!(outcomes(&home.run(["lists", "fetch", "un", "--json"]).json()), [("un", "imported")]);
}

#[test]
fn one_list_that_fails_does_not_stop_the_others() {
    let (home, server) = (Home::new(), server());
    configure(&home, &server, "");
    let done = home.run(["lists", "fetch", "--json"]);
    assert_eq!((done.code, outcomes(&done.json())), (2, vec![("own", "failed"), ("un", "imported")]));
    assert!(done.stderr.contains(r#""code":"some_not_fetched""#), "{}", done.stderr);
    assert_eq!(done.json()["lists"][0]["error"]["code"], "status");
    let done = home.run(["lists", "fetch", "broken", "un"]);
    assert_eq!(done.code, 2);
    let lines: Vec<&str> = done.stdout.lines().collect();
    assert!(lines[0].starts_with("broken  not fetched: ") && lines[0].contains("HTML page"), "{lines:?}");
    assert!(lines[1].starts_with("un      unchanged since "), "{lines:?}");
    assert!(done.stderr.contains("1 of 2 lists could not be fetched"), "{}", done.stderr);
}

#[test]
fn what_the_import_refuses_is_fetched_again_next_time() {
    let server = Server::start(|request| match request.before {
        0 => Reply::of("200 OK", &["ETag: \"1\""], &un()[..un().len() / 2]),
        _ => Reply::of("200 OK", &["ETag: \"1\""], &un()),
    });
    let home = Home::new();
    configure(&home, &server, "");
    let cut = home.run(["lists", "fetch", "un", "--json"]);
    assert_eq!((cut.code, outcomes(&cut.json())), (2, vec![("un", "failed")]));
    assert_eq!(home.run(["lists", "status", "--json"]).json()["lists"], Value::Array(Vec::new()));
    assert_eq!(outcomes(&home.run(["lists", "fetch", "un", "--json"]).json()), [("un", "imported")]);
    assert!(server.asked().iter().all(|request| request.header("if-none-match").is_none()));
}

#[test]
fn servers_that_do_harm_end_in_an_error_each() {
    let server = Server::start(|request| match request.target.as_str() {
        "/silent" => Reply::nothing().then_stalls(),
        "/endless" => Reply::raw(b"HTTP/1.1 200 OK\r\n\r\nx").then_never_ends(),
        "/loop" => Reply::status("302 Found", &["Location: /loop"]),
        "/gone" => Reply::nothing(),
        _ => Reply::raw(b"\xff\xfe\x00 no HTTP at all \r\n\r\n"),
    });
    let home = Home::new();
    let ids = ["silent", "endless", "loop", "gone", "garbage"];
    let source = |id: &str| {
        let url = server.url(&format!("/{id}"));
        format!("[[fetch.source]]\nid = '{id}'\nallow_http = true\nfiles = [{{name = 'a', url = '{url}'}}]\n")
    };
    let settings = "[fetch]\nproxy = 'none'\nattempts = 1\nstall = '50ms'\nmax_bytes = 100000\n";
    home.write("config.toml", &format!("{settings}{}", ids.map(source).concat()));
    let done = home.run([&["lists", "fetch", "--json"][..], &ids].concat());
    let answer = done.json();
    let codes: Vec<&str> = answer["lists"]
        .as_array()
        .unwrap()
        .iter()
        .map(|list| list["error"]["code"].as_str().unwrap())
        .collect();
    assert_eq!((done.code, codes), (2, vec!["too_slow", "too_large", "redirect", "connection", "not_http"]));
    assert_eq!(home.files().len(), 1, "nothing but the configuration is there");
}

#[test]
fn a_list_in_quarantine_is_told_each_time() {
    let server = Server::start(|request| match request.before {
        0 => Reply::of(
            "200 OK",
            &["ETag: \"1\""],
            b"id,name\n1,Anna Example\n2,Berta Example\n3,Clara Example\n",
        ),
        _ => Reply::of("200 OK", &["ETag: \"2\""], b"id,name\n1,Anna Example\n"),
    });
    let home = Home::new();
    configure(&home, &server, "");
    assert_eq!(home.run(["lists", "fetch", "own"]).code, 0);
    for _ in 0..2 {
        let done = home.run(["lists", "fetch", "own", "--json"]);
        let answer = done.json();
        assert_eq!((done.code, outcomes(&answer)), (4, vec![("own", "imported")]));
        assert_eq!(answer["lists"][0]["quarantined"].as_array().unwrap().len(), 1, "{answer}");
    }
    assert_eq!(home.run(["screen", "Clara Example"]).code, 3, "the version before stays in force");
    let known: Vec<_> = server.asked().iter().map(|asked| asked.header("if-none-match").is_some()).collect();
    assert_eq!(known, [false, true, false]);
}

#[test]
fn a_dry_run_asks_nobody() {
    let (home, server) = (Home::new(), server());
    configure(&home, &server, "");
    let text = home.run(["lists", "fetch", "un", "ofac", "--dry-run"]);
    assert_eq!(text.code, 0);
    assert!(text.stdout.contains(&format!("un.xml from {}", server.url("/un.xml"))), "{}", text.stdout);
    assert!(text.stdout.contains("SDN.CSV else from https://www.treasury.gov/"), "{}", text.stdout);
    let plan = home.run(["lists", "fetch", "--dry-run", "--json"]).json();
    assert_eq!(plan["lists"][1]["places"][0][0], server.url("/un.xml"));
    assert_eq!((server.asked().len(), home.files().len()), (0, 1), "only the configuration is there");
}

#[test]
fn a_folder_takes_the_place_of_the_network() {
    let (home, server) = (Home::new(), server());
    configure(&home, &server, "");
    let folder = tempfile::tempdir().unwrap();
    let from = folder.path().display().to_string();
    std::fs::create_dir(folder.path().join("un")).unwrap();
    std::fs::write(folder.path().join("un/un.xml"), un()).unwrap();
    std::fs::write(folder.path().join("b.csv"), "<html></html>").unwrap();
    let done = home.run(["lists", "fetch", "un", "own", "broken", "--from", &from, "--json"]);
    let answer = done.json();
    assert_eq!(
        (done.code, outcomes(&answer)),
        (2, vec![("un", "imported"), ("own", "failed"), ("broken", "failed")])
    );
    assert_eq!(answer["lists"][0]["record"]["checked_at"], Value::Null, "nobody says that it is in force");
    assert_eq!(answer["lists"][1]["error"]["code"], "not_in_folder");
    assert_eq!(answer["lists"][2]["error"]["code"], "not_a_list");
    assert_eq!(server.targets(), [""; 0]);
    for name in ["SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"] {
        let bytes = std::fs::read(format!("{}/{name}", fixture("ofac"))).unwrap();
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let ofac = home.run(["lists", "fetch", "ofac", "--from", &from]);
    assert!(ofac.stdout.starts_with("ofac  imported: "), "{}{}", ofac.stdout, ofac.stderr);
}

#[test]
fn a_csv_of_ones_own_is_read_through_its_mapping() {
    let server = Server::start(|_| Reply::list(b"nr;who\n1;Anna Example\n"));
    let home = Home::new();
    let mapping =
        home.write("own.toml", "delimiter = ';'\nid = 'nr'\nschema = 'Person'\n[properties]\nname = 'who'\n");
    home.write(
        "config.toml",
        &format!(
            "[fetch]\nproxy = 'none'\n[[fetch.source]]\nid = 'own'\nallow_http = true\nmapping = '{mapping}'\n\
             files = [{{name = 'own.csv', url = '{}'}}]\n",
            server.url("/own.csv")
        ),
    );
    let done = home.run(["lists", "fetch", "own"]);
    assert!(done.stdout.starts_with("own  imported: 1 parties"), "{}{}", done.stdout, done.stderr);
    assert_eq!(home.run(["screen", "Anna Example"]).code, 3);
}

#[test]
fn wrong_settings_and_names_are_told() {
    let home = Home::new();
    let unknown = home.run(["lists", "fetch", "mars"]);
    assert!(unknown.code == 2 && unknown.stderr.contains("there are: ofac, "), "{}", unknown.stderr);
    for (text, reason) in [
        ("[fetch]\nretries = 3\n", "retries"),
        ("[[fetch.source]]\nid = 'un'\nfiles = [{name = 'a', url = 'http://127.0.0.1/a'}]\n", "allow_http"),
        ("[fetch]\nproxy = 'gopher://me:secret@a'\n", "fetch.proxy"),
    ] {
        home.write("config.toml", text);
        let done = home.run(["lists", "fetch"]);
        assert!(done.code == 2 && done.stderr.contains(reason), "{}", done.stderr);
    }
}
