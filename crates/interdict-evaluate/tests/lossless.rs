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
use interdict_core::limits;
use interdict_core::list::ListVersion;
use interdict_core::score::{Score, Threshold};
use interdict_core::subject::Subject;
use interdict_evaluate::generate::{Plan, generate};
use interdict_lists::{SourceFile, detect, read};
use interdict_match::index::{Index, ListInput, build};
use interdict_match::{Screening, Settings, screen, screen_exhaustively};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

/// The lowest score that is compared: below any threshold that is of use.
const THRESHOLD: f64 = 0.55;

/// An index of one party in so many of the UN list and of OFAC's; none without the data.
fn index(one_in: usize) -> Option<Index> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = std::env::var_os("INTERDICT_DATA").map_or(beside, PathBuf::from);
    if !data.join("ofac").is_dir() {
        eprintln!("skipped: real data not found (set INTERDICT_DATA)");
        return None;
    }
    let ofac = ["SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"];
    let lists: Vec<(ListVersion, Vec<Entity>)> =
        [("ofac", data.join("ofac/2024-01-08"), &ofac[..]), ("un", data.join("un"), &["un_2025-11-25.xml"])]
            .into_iter()
            .map(|(list, folder, names)| {
                let bytes: Vec<Vec<u8>> =
                    names.iter().map(|name| std::fs::read(folder.join(name)).unwrap()).collect();
                let files: Vec<SourceFile<'_>> =
                    names.iter().zip(&bytes).map(|(name, bytes)| SourceFile { name, bytes }).collect();
                let id = list.parse().unwrap();
                let content = read(detect(&files).unwrap(), &id, &files, None).unwrap().value;
                let parties = content.entities.into_iter().filter(Entity::is_party);
                let entities: Vec<Entity> = parties.step_by(one_in).collect();
                let n = u64::try_from(entities.len()).unwrap();
                let digest = Digest::of(b"test");
                let version =
                    ListVersion { id, version: "1".to_owned(), published: None, entities: n, digest };
                (version, entities)
            })
            .collect();
    let inputs: Vec<ListInput<'_>> =
        lists.iter().map(|(version, entities)| ListInput { version, entities }).collect();
    Some(Index::from_bytes(build(&inputs, 1).unwrap()).unwrap())
}

/// Screens `n` manipulated names both ways; those with other answers.
fn lost(index: &Index, per_class: usize, n: usize) -> (usize, Vec<String>) {
    let settings = Settings {
        threshold: Threshold::new(THRESHOLD).unwrap(),
        hits_max: limits::HITS_MAX,
        lists: Vec::new(),
    };
    let cases = generate(index, &Plan { per_class, hard_negatives: per_class * 10, ..Plan::default() });
    let step = (cases.len() / n).max(1);
    let chosen: Vec<&Subject> = cases.iter().step_by(step).map(|case| &case.subject).collect();
    fn hits(screening: &Screening<'_>) -> Vec<(String, Score)> {
        screening.hits.iter().map(|hit| (hit.entity.id().to_owned(), hit.score)).collect()
    }
    let lost = chosen.par_iter().filter_map(|subject| {
        // Names alone: dates and countries do not change which names are found.
        let subject = Subject { names: subject.names.clone(), schema: subject.schema, ..Subject::default() };
        let (found, all) =
            (screen(index, &subject, &settings), screen_exhaustively(index, &subject, &settings));
        (hits(&found) != hits(&all))
            .then(|| format!("{:?}: {:?} and {:?}", subject.names, hits(&found), hits(&all)))
    });
    (chosen.len(), lost.collect())
}

#[test]
fn the_search_finds_what_a_look_at_every_name_finds() {
    let Some(index) = index(40) else { return };
    let (n, lost) = lost(&index, 6, 600);
    assert!(n >= 500, "{n}");
    assert_eq!(lost, [""; 0]);
}

/// The same with a quarter of the parties and thousands of names: some minutes in a build with optimization.
#[test]
#[ignore = "takes minutes; run with: cargo test --release -p interdict-evaluate --test lossless -- --ignored --nocapture"]
fn the_search_finds_it_for_thousands_of_names() {
    let Some(index) = index(4) else { return };
    let (n, lost) = lost(&index, 30, 3_000);
    println!("{n} names, {} with other hits", lost.len());
    assert!(n >= 2_500, "{n}");
    assert_eq!(lost, [""; 0]);
}
