//! What a single server may answer.

use super::super::server::{Reply, head};
use super::*;

#[test]
fn a_list_comes_whole_and_with_a_record() {
    let scene = Scene::new("", |_| {
        let headers =
            ["Content-Type: text/plain", "ETag: \"v1\"", "Last-Modified: Fri, 20 Nov 2026 10:00:00 GMT"];
        Reply::of("200 OK", &headers, LIST)
    });
    let run = scene.fetch();
    assert!(run.pauses.is_empty() && run.attempts.failed.is_empty());
    let fetched = run.fetched();
    assert_eq!(std::fs::read(&fetched.paths()[0]).unwrap(), LIST);
    let record = &fetched.record;
    assert_eq!((record.source.as_str(), record.list.as_str(), record.attempts), ("own", "own", 1));
    assert_eq!((record.fetched_at, record.checked_at), (now(), Some(now())));
    let file = &record.files[0];
    assert_eq!((file.name.as_str(), file.bytes), ("list.jsonl", LIST.len() as u64));
    assert_eq!(file.digest, interdict_core::digest::Digest::of(LIST));
    let response = file.response().unwrap();
    assert_eq!((&response.url, response.status, response.attempts), (&scene.server.url("/list"), 200, 1));
    assert_eq!(response.etag.as_deref(), Some("\"v1\""));
    assert_eq!(response.last_modified.as_deref(), Some("Fri, 20 Nov 2026 10:00:00 GMT"));
    assert_eq!(response.content_type.as_deref(), Some("text/plain"));
    let request = &scene.server.asked()[0];
    assert!(request.header("user-agent").unwrap().starts_with("interdict/"), "{request:?}");
    assert_eq!(request.header("accept-encoding"), Some("identity"));
}

#[test]
fn a_body_in_chunks_or_up_to_the_end_of_the_connection_is_whole_too() {
    let chunks = [
        head("200 OK", &["Transfer-Encoding: chunked"]).as_bytes(),
        format!("{:x}\r\n", LIST.len()).as_bytes(),
        LIST,
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    let open = [head("200 OK", &[]).as_bytes(), LIST].concat();
    for bytes in [chunks, open] {
        let fetched = Scene::new("", move |_| Reply::raw(&bytes)).fetch().fetched();
        assert_eq!(std::fs::read(&fetched.paths()[0]).unwrap(), LIST);
    }
}

#[test]
fn a_body_without_an_announced_end_is_fetched_twice() {
    let open = |body: &[u8]| Reply::raw(&[head("200 OK", &["ETag: \"1\""]).as_bytes(), body].concat());
    let scene = Scene::new("", move |_| open(LIST));
    assert_eq!((scene.fetch().fetched().record.attempts, scene.server.asked().len()), (2, 2));
    let cut = Scene::new("", move |request| match request.before {
        0 => open(&[LIST, &LIST[..20]].concat()),
        _ => open(&[LIST, LIST].concat()),
    });
    let run = cut.fetch();
    assert_eq!(run.attempts.failed[0].problem.code(), "changed");
    assert_eq!(run.fetched().record.files[0].bytes, 2 * LIST.len() as u64);
}

#[test]
fn the_private_folder_goes_away() {
    let fetched = Scene::new("", |_| Reply::list(LIST)).fetch().fetched();
    let path = fetched.paths()[0].clone();
    assert!(path.exists());
    drop(fetched);
    assert!(!path.parent().unwrap().exists());
}

#[test]
fn trouble_of_the_server_passes() {
    let scene = Scene::new("", |request| match request.before {
        0 => Reply::status("500 Internal Server Error", &[]),
        1 => Reply::status("503 Service Unavailable", &[]),
        _ => Reply::list(LIST),
    });
    let run = scene.fetch();
    assert_eq!(run.pauses, [500, 1_000]);
    assert_eq!((run.attempts.made, run.attempts.failed.len()), (3, 2));
    assert_eq!(run.fetched().record.files[0].response().unwrap().attempts, 3);
}

#[test]
fn attempts_have_an_end() {
    let scene = Scene::new("", |_| Reply::status("502 Bad Gateway", &[]));
    let run = scene.fetch();
    assert_eq!((run.problem().0, run.attempts.made, run.pauses), ("status", 3, vec![500, 1_000]));
}

#[test]
fn a_server_that_asks_for_patience_gets_it_within_a_bound() {
    let wish = |header: &'static str| {
        Scene::new("", move |request| match request.before {
            0 => Reply::status("429 Too Many Requests", &[header]),
            _ => Reply::list(LIST),
        })
        .fetch()
    };
    assert_eq!(wish("Retry-After: 7").pauses, [7_000]);
    assert_eq!(wish("Retry-After: Sat, 21 Nov 2026 17:00:30 GMT").pauses, [30_000]);
    assert_eq!(wish("X: y").pauses, [500]);
    let run = wish("Retry-After: 86400");
    assert_eq!((run.problem().0, run.attempts.made, run.pauses), ("status", 1, vec![]));
}

#[test]
fn what_is_wrong_with_the_request_is_asked_once() {
    for status in ["400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone"] {
        let run = Scene::new("", move |_| Reply::status(status, &[])).fetch();
        assert_eq!((run.attempts.made, run.pauses.len()), (1, 0), "{status}");
        assert!(run.problem().1.contains(&status[..3]), "{}", run.problem().1);
    }
}

#[test]
fn other_answers_are_no_list() {
    for status in
        ["204 No Content", "206 Partial Content", "203 Non-Authoritative Information", "304 Not Modified"]
    {
        let run = Scene::new("", move |_| Reply::status(status, &[])).fetch();
        assert_eq!((run.problem().0, run.attempts.made), ("status", 1), "{status}");
    }
}

#[test]
fn a_cut_body_is_fetched_again() {
    let short = [head("200 OK", &["Content-Length: 1000"]).as_bytes(), LIST].concat();
    let chunk = [head("200 OK", &["Transfer-Encoding: chunked"]).as_bytes(), b"3e8\r\n", LIST].concat();
    let no_last_chunk =
        [head("200 OK", &["Transfer-Encoding: chunked"]).as_bytes(), b"5\r\n{\"id\"\r\n"].concat();
    let bad_chunk = [head("200 OK", &["Transfer-Encoding: chunked"]).as_bytes(), b"zz\r\n", LIST].concat();
    for bytes in [short, chunk, no_last_chunk, bad_chunk] {
        let always = bytes.clone();
        let run = Scene::new("", move |_| Reply::raw(&always)).fetch();
        assert_eq!((run.problem().0, run.attempts.made), ("cut", 3), "{}", run.problem().1);
        let once = Scene::new("", move |request| match request.before {
            0 => Reply::raw(&bytes),
            _ => Reply::list(LIST),
        });
        let fetched = once.fetch().fetched();
        assert_eq!(std::fs::read(&fetched.paths()[0]).unwrap(), LIST, "nothing of the first attempt is left");
    }
}

#[test]
fn a_body_without_end_is_refused() {
    let run = Scene::new("max_bytes = 100000", |_| {
        Reply::raw(&[head("200 OK", &[]).as_bytes(), LIST].concat()).then_never_ends()
    })
    .fetch();
    assert_eq!((run.problem().0, run.attempts.made), ("too_large", 1));
    assert!(run.problem().1.contains("100000 bytes (max_bytes"), "{}", run.problem().1);
    let announced = Scene::new("max_bytes = 10", |_| {
        Reply::raw(head("200 OK", &["Content-Length: 11"]).as_bytes()).then_stalls()
    });
    assert_eq!(announced.fetch().problem().0, "too_large", "without waiting for what is announced");
}

#[test]
fn a_silent_server_is_left() {
    let nothing = Scene::new("stall = '40ms'", |_| Reply::nothing().then_stalls()).fetch();
    assert_eq!((nothing.problem().0, nothing.attempts.made), ("too_slow", 3));
    let half = Scene::new("stall = '40ms'", |_| {
        Reply::raw(&[head("200 OK", &["Content-Length: 1000"]).as_bytes(), LIST].concat()).then_stalls()
    })
    .fetch();
    assert_eq!((half.problem().0, half.attempts.made), ("too_slow", 3));
    assert!(half.problem().1.contains("fetch.stall"), "{}", half.problem().1);
}

#[test]
fn a_list_has_a_limit_of_time() {
    let endless = Scene::new("total = '60ms'\nmax_bytes = 4294967296", |_| {
        Reply::raw(&[head("200 OK", &[]).as_bytes(), b"x"].concat()).then_never_ends()
    });
    assert_eq!(endless.fetch().problem().0, "out_of_time");
    let patience = |_: &Request| Reply::status("500 Oh", &["Retry-After: 100"]);
    let run = Scene::new("total = '30s'", patience).fetch();
    assert_eq!(
        (run.problem().0, run.pauses.len()),
        ("out_of_time", 0),
        "the pause is longer than the time left"
    );
    assert!(run.problem().1.contains("answered 500"), "{}", run.problem().1);
}

#[test]
fn pages_are_no_lists() {
    let page = b"<!DOCTYPE html><html><body>Under maintenance</body></html>";
    let honest = Scene::new("", |_| Reply::of("200 OK", &["Content-Type: text/html; charset=utf-8"], page));
    assert_eq!(honest.fetch().problem().0, "wrong_type");
    let lying = Scene::new("", |_| Reply::of("200 OK", &["Content-Type: text/xml"], page)).fetch();
    assert_eq!((lying.problem().0, lying.attempts.made), ("not_a_list", 1));
    assert!(lying.problem().1.contains("HTML page"), "{}", lying.problem().1);
    let empty = Scene::new("", |_| Reply::list(b"")).fetch();
    assert!(empty.problem().1.contains("empty"), "{}", empty.problem().1);
    let packed = ["Content-Encoding: gzip", "Content-Type: text/plain"];
    let packed = Scene::new("", move |_| Reply::of("200 OK", &packed, b"\x1f\x8b")).fetch();
    assert_eq!(packed.problem().0, "encoded");
}

#[test]
fn what_is_no_http_is_refused() {
    for bytes in [&b"220 ftp.example ready\r\n"[..], b"HTTP/1.1 abc\r\n\r\n", b"\0\0\0\0\0\0\0\0\r\n\r\n"] {
        let run = Scene::new("", |_| Reply::raw(bytes)).fetch();
        assert_eq!(run.attempts.made, 3, "{:?}", run.problem());
        assert!(["not_http", "connection"].contains(&run.problem().0), "{:?}", run.problem());
    }
    let long = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(1 << 20));
    assert_eq!(Scene::new("", move |_| Reply::raw(long.as_bytes())).fetch().problem().0, "not_http");
    let gone = Scene::new("", |_| Reply::nothing()).fetch();
    assert_eq!((gone.problem().0, gone.attempts.made), ("connection", 3));
}
