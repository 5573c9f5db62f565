//! Redirects, mirrors, proxies and plain http.

use super::super::server::Reply;
use super::*;

#[test]
fn redirects_are_followed_to_other_hosts() {
    let store = Server::start(|_| Reply::list(LIST));
    let target = store.url("/bucket/list?signature=secret");
    let scene = Scene::new("", move |request| match request.target.as_str() {
        "/list" => Reply::status("302 Found", &["Location: /moved"]),
        _ => Reply::status("307 Temporary Redirect", &[&format!("Location: {target}")]),
    });
    let fetched = scene.fetch().fetched();
    let response = fetched.record.files[0].response().unwrap();
    assert_eq!(response.url, scene.server.url("/list"));
    assert_eq!(response.final_url, store.url("/bucket/list"), "without the key in the query");
    assert_eq!(store.targets(), ["/bucket/list?signature=secret"]);
}

#[test]
fn redirects_have_an_end() {
    let scene = Scene::new("redirects = 3", |_| Reply::status("301 Moved", &["Location: /list"]));
    let run = scene.fetch();
    assert_eq!((run.problem().0, run.attempts.made, scene.server.asked().len()), ("redirect", 1, 4));
    for location in ["Location: ftp://a.example/list", "Location: file:///etc/passwd", "X: y"] {
        let run = Scene::new("", move |_| Reply::status("302 Found", &[location])).fetch();
        assert_eq!((run.problem().0, run.attempts.made), ("redirect", 1), "{location}");
    }
}

#[test]
fn a_mirror_is_asked_when_the_authority_does_not_give_the_list() {
    let first = Server::start(|_| Reply::status("404 Not Found", &[]));
    let second = Server::start(|_| Reply::of("200 OK", &["Content-Type: text/html"], b"<html>"));
    let third = Server::start(|_| Reply::list(LIST));
    let config = config(
        "",
        &format!(
            "files = [{{name = 'list.jsonl', url = '{}'}}]\nmirrors = [['{}'], ['{}']]",
            first.url("/a"),
            second.url("/b"),
            third.url("/c")
        ),
    );
    let run = fetch(&config, None);
    let trouble: Vec<_> = run.attempts.failed.iter().map(|failed| failed.problem.code()).collect();
    assert_eq!((trouble, run.pauses.len()), (vec!["status", "wrong_type"], 0));
    assert_eq!(run.fetched().record.files[0].response().unwrap().url, third.url("/c"));
}

#[test]
fn a_port_where_nobody_listens_is_tried_again_and_then_left() {
    let gone = Server::start(|_| Reply::nothing()).url("/list");
    let mirror = Server::start(|_| Reply::list(LIST));
    let files = format!("files = [{{name = 'list.jsonl', url = '{gone}'}}]");
    let run = fetch(&config("", &files), None);
    assert_eq!((run.problem().0, run.attempts.made, run.pauses.len()), ("connection", 3, 2));
    let run = fetch(&config("", &format!("{files}\nmirrors = [['{}']]", mirror.url("/"))), None);
    assert_eq!((run.attempts.made, run.attempts.failed.len()), (4, 3));
    assert!(run.outcome.is_ok());
}

#[test]
fn a_server_without_tls_gets_nothing_under_https() {
    let server = Server::start(|_| Reply::list(LIST));
    let url = server.url("/list").replace("http://", "https://");
    let files = format!("files = [{{name = 'list.jsonl', url = '{url}'}}]");
    let run = fetch(&config("stall = '100ms'\nconnect = '100ms'", &files), None);
    assert!(run.outcome.is_err(), "{:?}", run.problem());
    assert_eq!(server.targets(), [""; 0], "not one request in the clear");
}

#[test]
fn a_proxy_is_asked_in_place_of_the_host() {
    let proxy = Server::start(|_| Reply::status("403 Forbidden", &[]));
    let address = proxy.url("");
    let section = format!(
        "proxy = '{address}'\nno_proxy = ['127.0.0.1']\nattempts = 1\n[[source]]\nid = 'own'\nallow_http = true\n\
         files = [{{name = 'a', url = 'http://lists.example/a'}}]\n"
    );
    let config = toml::from_str::<FetchSection>(&section).unwrap().settings().unwrap();
    assert!(fetch(&config, None).outcome.is_err());
    let asked = proxy.asked();
    assert!(asked[0].target.contains("lists.example"), "{asked:?}");
    let direct = Server::start(|_| Reply::list(LIST));
    let section = section.replace("http://lists.example/a", &direct.url("/a"));
    let config = toml::from_str::<FetchSection>(&section).unwrap().settings().unwrap();
    assert!(fetch(&config, None).outcome.is_ok(), "except for hosts that are asked directly");
}
