//! Runs the checks of fuzz targets over their corpus, without a fuzzer.

use std::fs;
use std::path::{Path, PathBuf};

/// The name of a fuzz target, and its check.
type Target = (&'static str, fn(&[u8]));

/// Hands every file of the corpus of each target to its check, and names the files that fail.
pub fn all(targets: &[Target]) {
    let mut failed = Vec::new();
    for (target, check) in targets {
        let paths = corpus_of(target);
        assert!(!paths.is_empty(), "the corpus of {target} is empty");
        for path in paths {
            let bytes = fs::read(&path).unwrap();
            if std::panic::catch_unwind(|| check(&bytes)).is_err() {
                failed.push(path);
            }
        }
    }
    assert!(failed.is_empty(), "these inputs break an invariant: {failed:#?}");
}

fn corpus_of(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus")).join(target);
    let entries = fs::read_dir(&folder).map_err(|error| format!("no corpus of {target}: {error}")).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
