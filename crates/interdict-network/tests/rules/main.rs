//! Who is blocked under which rules: written cases, published examples, history, and the rules written a second time.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]
#![expect(clippy::print_stderr, reason = "a test that checks nothing says so")]

mod cases;
mod chance;
mod generated;
mod graphs;
mod history;
mod naive;
mod proofs;
mod vectors;
mod worlds;
