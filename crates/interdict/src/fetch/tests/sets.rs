//! What has changed since the last time, and lists of several files.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::server::Reply;
use super::*;

#[test]
fn what_has_not_changed_is_not_fetched() {
    let scene = Scene::new("", |request| match request.header("if-none-match") {
        Some("\"v1\"") => {
            Reply::raw(b"HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\nConnection: close\r\n\r\n")
        }
        _ => Reply::of("200 OK", &["ETag: \"v1\"", "Last-Modified: Fri, 20 Nov 2026 10:00:00 GMT"], LIST),
    });
    let mut last = scene.fetch().fetched().record;
    last.checked_at = None;
    let again = fetch(&scene.config, Some(&last));
    let Ok(Outcome::Unchanged(record)) = again.outcome else { unreachable!("{:?}", again.outcome) };
    assert_eq!(record.checked_at, Some(now()), "what is confirmed is fresh again");
    assert_eq!((record.files, record.fetched_at), (last.files.clone(), last.fetched_at));
    let asked = scene.server.asked();
    assert_eq!(asked[1].header("if-modified-since"), Some("Fri, 20 Nov 2026 10:00:00 GMT"));
    let elsewhere = Scene::new("", |_| Reply::list(LIST));
    assert!(matches!(fetch(&elsewhere.config, Some(&last)).outcome, Ok(Outcome::Fetched(_))));
    assert_eq!(elsewhere.server.asked()[0].header("if-none-match"), None, "it is the tag of another server");
}

/// OFAC's set, cut down to one party, in two publications that differ in every file.
fn ofac(name: &str, publication: usize) -> Vec<u8> {
    let text = match name {
        "/SDN.CSV" => format!(
            "7,\"EXAMPLE {publication}, Anna\",\"individual\",\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n"
        ),
        "/ADD.CSV" => format!("7,{publication},-0- ,\"Nowhere {publication}\",\"Iran\",-0- \r\n"),
        _ => format!("7,{publication},\"aka\",\"EXAMPLE, Ann{publication}\",-0- \r\n"),
    };
    text.into_bytes()
}

fn ofac_config(server: &Server) -> FetchConfig {
    let file = |name: &str| format!("{{name = '{name}', url = '{}'}}", server.url(&format!("/{name}")));
    let files = ["SDN.CSV", "ADD.CSV", "ALT.CSV"].map(file).join(", ");
    config("", &format!("list = 'ofac'\nformat = 'ofac-csv'\nfiles = [{files}]"))
}

/// A server whose publication is the number of requests in this table that have come; with tags, or without.
fn publishes(new_at: &'static [usize], tag: fn(usize) -> Option<String>) -> Server {
    let count = AtomicUsize::new(0);
    Server::start(move |request| {
        let n = count.fetch_add(1, Ordering::SeqCst);
        let publication = new_at.iter().filter(|at| **at <= n).count();
        let tag = tag(publication);
        match (&tag, request.header("if-none-match")) {
            (Some(tag), Some(known)) if tag == known => {
                Reply::raw(b"HTTP/1.1 304 Same\r\nConnection: close\r\n\r\n")
            }
            (Some(tag), _) => {
                Reply::of("200 OK", &[&format!("ETag: {tag}")], &ofac(&request.target, publication))
            }
            (None, _) => Reply::of("200 OK", &[], &ofac(&request.target, publication)),
        }
    })
}

fn tagged(publication: usize) -> Option<String> {
    Some(format!("\"{publication}\""))
}

fn all_of(fetched: &Fetched, publication: usize) -> bool {
    fetched.paths().iter().all(|path| {
        let name = format!("/{}", path.file_name().unwrap().to_str().unwrap());
        std::fs::read(path).unwrap() == ofac(&name, publication)
    })
}

#[test]
fn a_set_is_of_one_publication() {
    let server = publishes(&[], tagged);
    let run = fetch(&ofac_config(&server), None);
    assert_eq!(
        (run.attempts.made, run.pauses.len(), server.asked().len()),
        (6, 0, 6),
        "three files, and a look at each"
    );
    assert!(all_of(&run.fetched(), 0));
    // A new publication before any request of the first round: the set is always of one of the two.
    for new_at in [&[1][..], &[2], &[3], &[4], &[5]] {
        for tag in [tagged, |_| None] {
            let server = publishes(new_at, tag);
            let run = fetch(&ofac_config(&server), None);
            let trouble: Vec<_> = run.attempts.failed.iter().map(|failed| failed.problem.code()).collect();
            assert_eq!((trouble, run.pauses.len()), (vec!["changed"], 1), "{new_at:?}");
            assert!(all_of(&run.fetched(), 1), "{new_at:?}");
        }
    }
}

#[test]
fn a_set_that_always_changes_is_given_up() {
    let server = publishes(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18], tagged);
    let run = fetch(&ofac_config(&server), None);
    assert_eq!((run.problem().0, run.pauses.len()), ("changed", 2));
}

#[test]
fn one_changed_file_brings_the_whole_set() {
    let server = publishes(&[], tagged);
    let config = ofac_config(&server);
    let mut last = fetch(&config, None).fetched().record;
    let same = fetch(&config, Some(&last));
    assert!(matches!(same.outcome, Ok(Outcome::Unchanged(_))));
    assert_eq!(same.attempts.made, 3);
    if let super::super::record::Origin::Http(response) = &mut last.files[2].from {
        response.etag = Some("\"old\"".to_owned());
    }
    let fetched = fetch(&config, Some(&last)).fetched();
    assert_eq!(fetched.record.files.len(), 3);
    assert!(all_of(&fetched, 0));
}

#[test]
fn another_list_is_refused() {
    let server = Server::start(|_| Reply::list(LIST));
    let files = format!("files = [{{name = 'a', url = '{}'}}]", server.url("/a"));
    let run = fetch(&config("", &format!("{files}\nformat = 'un-xml'")), None);
    assert_eq!(run.problem(), ("other_list", "what came is ftm-jsonl, and un-xml was expected".to_owned()));
    let sdn = ofac("/SDN.CSV", 0);
    let server = Server::start(move |_| Reply::list(&sdn));
    let files = format!("files = [{{name = 'SDN.CSV', url = '{}'}}]", server.url("/SDN.CSV"));
    let run = fetch(&config("", &files), None);
    assert_eq!(
        run.problem(),
        ("other_list", "what came is ofac-csv, and the list own was expected".to_owned())
    );
}
