//! The search through an index loses nothing that a look at every name would find: manipulated names of the official lists,
//! screened both ways, have the same hits with the same scores.
//!
//! The lists are in the folder that `INTERDICT_DATA` names, or in `../shared/data` beside the repository. Without them these
//! tests say so and check nothing.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]
#![expect(clippy::print_stderr, reason = "a test that checks nothing says so")]

use std::path::PathBuf;

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::ListVersion;
use interdict_evaluate::lossless::{compare, subjects};
use interdict_lists::{SourceFile, detect, read};
use interdict_match::index::{Index, ListInput, build};

type Lists = Vec<(ListVersion, Vec<Entity>)>;

/// The parties of the UN list and of OFAC's; none without the data.
fn lists() -> Option<Lists> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = std::env::var_os("INTERDICT_DATA").map_or(beside, PathBuf::from);
    if !data.join("ofac").is_dir() {
        eprintln!("skipped: real data not found (set INTERDICT_DATA)");
        return None;
    }
    let ofac = ["SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"];
    let sets =
        [("ofac", data.join("ofac/2024-01-08"), &ofac[..]), ("un", data.join("un"), &["un_2025-11-25.xml"])];
    let read_one = |(list, folder, names): (&str, PathBuf, &[&str])| {
        let bytes: Vec<Vec<u8>> =
            names.iter().map(|name| std::fs::read(folder.join(name)).unwrap()).collect();
        let files: Vec<SourceFile<'_>> =
            names.iter().zip(&bytes).map(|(name, bytes)| SourceFile { name, bytes }).collect();
        let id = list.parse().unwrap();
        let content = read(detect(&files).unwrap(), &id, &files, None).unwrap().value;
        let entities: Vec<Entity> = content.entities.into_iter().filter(Entity::is_party).collect();
        let n = u64::try_from(entities.len()).unwrap();
        let digest = Digest::of(b"test");
        (ListVersion { id, version: "1".to_owned(), published: None, entities: n, digest }, entities)
    };
    Some(sets.into_iter().map(read_one).collect())
}

/// An index of every `n`th party, from the `first` on.
fn slice(lists: &Lists, n: usize, first: usize) -> Index {
    let parties: Lists = lists
        .iter()
        .map(|(version, entities)| {
            let entities: Vec<Entity> = entities.iter().skip(first).step_by(n).cloned().collect();
            let version = ListVersion { entities: u64::try_from(entities.len()).unwrap(), ..version.clone() };
            (version, entities)
        })
        .collect();
    let inputs: Vec<ListInput<'_>> =
        parties.iter().map(|(version, entities)| ListInput { version, entities }).collect();
    Index::from_bytes(build(&inputs, 1).unwrap()).unwrap()
}

/// Twelve slices of the lists, each with other parties and other chances. `interdict selftest --exhaustive` does the same with
/// whole lists.
#[test]
fn the_search_finds_what_a_look_at_every_name_finds() {
    let Some(lists) = lists() else { return };
    let mut n_names = 0;
    for first in 0..12 {
        let index = slice(&lists, 120, first * 10);
        let subjects = subjects(&index, 260, first as u64 + 1);
        let compared = compare(&index, &subjects, &|| {});
        n_names += compared.names;
        assert_eq!(compared.differences, []);
    }
    assert!(n_names >= 3_000, "{n_names}");
}
