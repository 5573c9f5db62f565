//! Every name of the official lists finds its own party, where the lists are at hand: in the folder that `INTERDICT_DATA`
//! names, or in `../shared/data` beside the repository. Without them this test says so and checks nothing.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

use std::path::{Path, PathBuf};

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::ListVersion;
use interdict_core::score::{Score, Threshold};
use interdict_core::subject::Subject;
use interdict_lists::{SourceFile, detect, read};
use interdict_match::index::{Index, ListInput, build};
use interdict_match::{Settings, screen};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

/// One name in so many is screened, so that the test stays short in a build without optimization.
const ONE_IN: usize = 8;

fn entities(list: &str, folder: &Path, names: &[&str]) -> (ListVersion, Vec<Entity>) {
    let bytes: Vec<Vec<u8>> = names.iter().map(|name| std::fs::read(folder.join(name)).unwrap()).collect();
    let files: Vec<SourceFile<'_>> =
        names.iter().zip(&bytes).map(|(name, bytes)| SourceFile { name, bytes }).collect();
    let id = list.parse().unwrap();
    let content = read(detect(&files).unwrap(), &id, &files, None).unwrap().value;
    let entities = content.reconciliation.parties;
    let version =
        ListVersion { id, version: "1".to_owned(), published: None, entities, digest: Digest::of(b"test") };
    (version, content.entities)
}

#[test]
fn every_name_finds_its_own_party_with_a_full_score() {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = std::env::var_os("INTERDICT_DATA").map_or(beside, PathBuf::from);
    if !data.join("ofac").is_dir() {
        eprintln!("skipped: real data not found (set INTERDICT_DATA)");
        return;
    }
    let ofac = entities(
        "ofac",
        &data.join("ofac/2024-01-08"),
        &["SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"],
    );
    let un = entities("un", &data.join("un"), &["un_2025-11-25.xml"]);
    let inputs: Vec<ListInput<'_>> =
        [&ofac, &un].iter().map(|(version, entities)| ListInput { version, entities }).collect();
    let index = Index::from_bytes(build(&inputs, 1).unwrap()).unwrap();
    let settings = Settings { threshold: Threshold::new(0.7).unwrap(), hits_max: 500, lists: Vec::new() };
    let names: Vec<_> = index
        .entities()
        .flat_map(|entity| entity.names().map(move |name| (entity, name)))
        .step_by(ONE_IN)
        .collect();
    assert!(names.len() > 4_000);
    let lost: Vec<String> = names
        .par_iter()
        .filter(|(entity, name)| {
            let hits = screen(&index, &Subject::named(name.text()), &settings).hits;
            !hits.iter().any(|hit| hit.entity.id() == entity.id() && hit.score == Score::ONE)
        })
        .map(|(entity, name)| format!("{} {}", entity.id(), name.text()))
        .collect();
    assert_eq!(lost, [""; 0]);
}
