//! The real history of official lists, where it is at hand: every step leads there and back.

use std::path::Path;

use interdict_core::entity::Entity;
use interdict_lists::delta::{self, ChangeKind};
use interdict_lists::{Format, SourceFile};

use crate::properties::reread;
use crate::real;

fn read(path: &Path, list: &str, format: Format) -> Vec<Entity> {
    let mut paths = vec![path.to_owned()];
    if path.is_dir() {
        paths = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
    }
    let files: Vec<(String, Vec<u8>)> = paths
        .iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect();
    let sources: Vec<SourceFile<'_>> = files.iter().map(|(name, bytes)| SourceFile { name, bytes }).collect();
    interdict_lists::read(format, &list.parse().unwrap(), &sources, None).unwrap().value.entities
}

#[expect(clippy::print_stdout, reason = "the figures are what one looks at")]
fn check_steps(list: &str, format: Format, versions: &[&str]) {
    let mut earlier: Option<Vec<Entity>> = None;
    for name in versions {
        let Some(path) = real::path(&format!("{list}/{name}")) else { return };
        let b = read(&path, list, format);
        if let Some(a) = earlier {
            let delta = delta::delta(&a, &b).unwrap();
            assert_eq!(delta::apply(&delta, &a).unwrap(), b, "{name}");
            assert_eq!(delta::apply(&delta.inverse(), &b).unwrap(), a, "{name}");
            assert_eq!(delta::apply(&reread(&a, &b, &delta), &a).unwrap(), b, "{name}");
            let kinds = [ChangeKind::Added, ChangeKind::Removed, ChangeKind::Changed, ChangeKind::Reordered];
            let counts = kinds.map(|kind| delta.count(kind));
            println!(
                "{list} to {name}: {} to {} entities, added, removed, changed, reordered {counts:?}",
                a.len(),
                b.len()
            );
            let parties = |entities: &[Entity]| entities.iter().filter(|entity| entity.is_party()).count();
            assert_eq!(parties(&a) + counts[0], parties(&b) + counts[1], "{name}: the counts add up");
        }
        earlier = Some(b);
    }
}

#[test]
fn the_history_of_ofac() {
    let versions = [
        "history/sdn_2021-08-18.csv",
        "2022-01-31/SDN.CSV",
        "history/sdn_2022-03-24.csv",
        "history/sdn_2022-05-06.csv",
        "history/sdn_2023-04-24.csv",
        "2024-01-08/SDN.CSV",
    ];
    check_steps("ofac", Format::OfacCsv, &versions);
    check_steps("ofac", Format::OfacCsv, &["2022-01-31", "2024-01-08"]);
}

#[test]
fn the_history_of_the_un() {
    check_steps("un", Format::UnXml, &["un_2018-08-24.xml", "un_2024-09-26.xml", "un_2025-11-25.xml"]);
}
