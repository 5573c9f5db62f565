//! A server on loopback for tests, that answers as it is told and so can misbehave in every way. It waits for nothing: what
//! stalls does so until the client has gone.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// A running server; it ends when this goes.
pub(crate) struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Request>>>,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// What was asked.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// What was asked for: the path, for a proxy more.
    pub target: String,
    /// How often this target was asked before.
    pub before: usize,
    head: String,
}

impl Request {
    /// A header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let mut found = lines.filter(|(key, _)| key.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.trim())
    }
}

/// What is sent, and how it ends.
pub(crate) struct Reply {
    bytes: Vec<u8>,
    end: End,
}

enum End {
    /// The connection is closed.
    Close,
    /// Nothing comes any more, and the connection stays.
    Stall,
    /// The last byte comes again and again.
    Endless,
}

impl Reply {
    /// A whole answer with these header lines and this body.
    pub(crate) fn of(status: &str, headers: &[&str], body: &[u8]) -> Self {
        let length = format!("Content-Length: {}", body.len());
        Self::raw(&[head(status, &[headers, &[&length]].concat()).as_bytes(), body].concat())
    }

    /// A list with nothing special about it.
    pub(crate) fn list(body: &[u8]) -> Self {
        Self::of("200 OK", &["Content-Type: text/plain"], body)
    }

    /// Nothing but a status and header lines.
    pub(crate) fn status(status: &str, headers: &[&str]) -> Self {
        Self::of(status, headers, b"")
    }

    /// These bytes and no others.
    pub(crate) fn raw(bytes: &[u8]) -> Self {
        Self { bytes: bytes.to_vec(), end: End::Close }
    }

    /// Not one byte.
    pub(crate) fn nothing() -> Self {
        Self::raw(b"")
    }

    /// The same, but the end does not come.
    pub(crate) fn then_stalls(self) -> Self {
        Self { end: End::Stall, ..self }
    }

    /// The same, but it goes on and on.
    pub(crate) fn then_never_ends(self) -> Self {
        Self { end: End::Endless, ..self }
    }
}

/// The status line and the headers of an answer.
pub(crate) fn head(status: &str, headers: &[&str]) -> String {
    let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    format!("HTTP/1.1 {status}\r\n{lines}Connection: close\r\n\r\n")
}

impl Server {
    /// Starts a server that answers each request by this rule.
    pub(crate) fn start(rule: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let is_over = Arc::new(AtomicBool::new(false));
        let (log, over, rule) = (Arc::clone(&asked), Arc::clone(&is_over), Arc::new(rule));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let (log, rule) = (Arc::clone(&log), Arc::clone(&rule));
                let Ok(stream) = stream else { continue };
                std::thread::spawn(move || answer(stream, &log, &*rule));
            }
        });
        Self { address, asked, is_over, thread: Some(thread) }
    }

    /// An address on this server.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Everything that was asked so far.
    pub(crate) fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }

    /// The targets that were asked so far.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.asked().into_iter().map(|request| request.target).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Answers one connection. A client that goes away early is what some tests are about, so errors end it quietly.
fn answer(
    mut stream: TcpStream,
    log: &Mutex<Vec<Request>>,
    rule: &(dyn Fn(&Request) -> Reply + Send + Sync),
) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.extend(byte),
            _ => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let target = head.split_whitespace().nth(1).unwrap_or_default();
    let request = {
        let mut log = log.lock().unwrap();
        let before = log.iter().filter(|request| request.target == target).count();
        let request = Request { target: target.to_owned(), before, head: head.clone() };
        log.push(request.clone());
        request
    };
    let reply = rule(&request);
    let sent = stream.write_all(&reply.bytes).and_then(|()| stream.flush());
    match reply.end {
        End::Close => {}
        End::Stall => while stream.read(&mut byte).is_ok_and(|n| n > 0) {},
        End::Endless => {
            let more = reply.bytes.last().copied().map(|last| vec![last; 4096]).unwrap_or_default();
            while sent.is_ok() && stream.write_all(&more).is_ok() {}
        }
    }
    let _ = stream.shutdown(Shutdown::Write);
}
