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
use interdict_evaluate::run::{Details, Run};
use interdict_lists::{SourceFile, detect, read};
use interdict_match::index::{Index, ListInput, build};
use interdict_match::{Screening, Settings, screen, screen_exhaustively};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

/// The thresholds that are compared, the lowest first: from far below any that is of use to one above the usual.
const THRESHOLDS: [f64; 4] = [0.30, 0.45, 0.60, 0.80];

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

/// One subject with other answers both ways.
struct Lost {
    threshold: f64,
    details: Details,
    told: String,
}

type Hits = Vec<(String, Score)>;

fn hits(screening: &Screening<'_>) -> Hits {
    screening.hits.iter().map(|hit| (hit.entity.id().to_owned(), hit.score)).collect()
}

/// Screens `n` manipulated names both ways, as names alone and with dates and countries; those with other answers. Every name
/// is looked at in full once for all thresholds: what reaches a higher one is among what reaches the lowest.
fn lost(index: &Index, per_class: usize, n: usize, thresholds: &[f64]) -> (usize, Vec<Lost>) {
    let settings = |threshold: f64| Settings {
        threshold: Threshold::new(threshold).unwrap(),
        hits_max: limits::HITS_MAX,
        lists: Vec::new(),
    };
    let cases = generate(index, &Plan { per_class, hard_negatives: per_class * 10, ..Plan::default() });
    let step = (cases.len() / n).max(1);
    let chosen: Vec<&Subject> = cases.iter().step_by(step).map(|case| &case.subject).collect();
    let both_ways = |subject: &&Subject| {
        let mut lost = Vec::new();
        for details in [Details::Names, Details::All] {
            let run = Run { floor: settings(thresholds[0]).threshold, lists: Vec::new(), details };
            let subject = run.evidence(subject);
            let all = screen_exhaustively(index, &subject, &settings(thresholds[0]));
            let all = hits(&all);
            for &threshold in thresholds {
                let found = hits(&screen(index, &subject, &settings(threshold)));
                let is_reached = |hit: &&(String, Score)| settings(threshold).threshold.is_reached_by(hit.1);
                let expected: Hits = all.iter().filter(is_reached).cloned().collect();
                if found != expected {
                    let told =
                        format!("{threshold} {details:?}: {}", difference(&subject, &found, &expected));
                    lost.push(Lost { threshold, details, told });
                }
            }
        }
        lost
    };
    (chosen.len(), chosen.par_iter().flat_map_iter(both_ways).collect())
}

/// What one way has and the other has not.
fn difference(subject: &Subject, found: &Hits, all: &Hits) -> String {
    let without =
        |a: &Hits, b: &Hits| -> Hits { a.iter().filter(|hit| !b.contains(hit)).take(5).cloned().collect() };
    format!("{:?}: missed {:?}, too many {:?}", subject.names, without(all, found), without(found, all))
}

#[test]
fn the_search_finds_what_a_look_at_every_name_finds() {
    let Some(index) = index(40) else { return };
    let (n, lost) = lost(&index, 6, 600, &THRESHOLDS);
    assert!(n >= 500, "{n}");
    assert_eq!(lost.iter().map(|lost| &lost.told).collect::<Vec<_>>(), [""; 0]);
}

/// The same with a quarter of the parties and thousands of names: some minutes in a build with optimization.
#[test]
#[ignore = "takes minutes; run with: cargo test --release -p interdict-evaluate --test lossless -- --ignored --nocapture"]
fn the_search_finds_it_for_thousands_of_names() {
    let Some(index) = index(4) else { return };
    let (n, lost) = lost(&index, 30, 3_000, &THRESHOLDS);
    println!("{n} names");
    for threshold in THRESHOLDS {
        for details in [Details::Names, Details::All] {
            let is_it = |lost: &&Lost| lost.details == details && (lost.threshold - threshold).abs() < 1e-9;
            println!("{threshold} {details:?}: {} with other hits", lost.iter().filter(is_it).count());
        }
    }
    for lost in &lost {
        println!("{}", lost.told);
    }
    assert!(n >= 2_500, "{n}");
    assert!(lost.is_empty());
}
