//! Who is blocked under which rules: written cases, published examples, history.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]
#![expect(clippy::print_stderr, reason = "a test that checks nothing says so")]

mod cases;
mod graphs;
mod history;
mod vectors;
