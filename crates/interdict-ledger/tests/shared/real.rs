//! Where are the real lists? Tests that read them skip, and say so, where they are not at hand.

#![expect(clippy::print_stdout, reason = "a test that is skipped must say so")]

use std::path::PathBuf;

/// A file or folder of the real data; `None` when it is not there, which is said.
pub fn path(name: &str) -> Option<PathBuf> {
    let data = std::env::var_os("INTERDICT_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let path = data.join(name);
    if !path.exists() {
        println!("skipped: real data not found (set INTERDICT_DATA)");
        return None;
    }
    Some(path)
}
