//! What is measured of one list: each step in a process of its own, so that memory is that of this step alone.

use std::path::Path;
use std::time::Instant;

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::ListVersion;
use interdict_core::model;
use interdict_core::score::Threshold;
use interdict_core::subject::Subject;
use interdict_match::index::{Index, ListInput, build};
use interdict_match::{Settings, screen};

use crate::parties::{Maker, Source};
use crate::{Failure, print};

/// Words of the names whose speed is told.
const LENGTHS: [usize; 5] = [1, 2, 3, 5, 8];
/// Names screened for each figure.
const N_NAMES: usize = 2_000;
/// How often each name is screened. The shortest time of each counts: what else the machine does is not measured.
const RUNS: usize = 3;
/// Parties of one list: the names of one list are taken apart at once.
const LIST_MAX: usize = 100_000;
/// Names listed of which one letter is left out.
const MISSPELT_FROM: usize = 20_000;

/// Builds the index of so many parties.
pub fn build_index(source: &Source, n: usize, file: &Path) -> Result<(), Failure> {
    let mut maker = Maker::new(source, 2)?;
    let mut lists = Vec::new();
    for start in (0..n).step_by(LIST_MAX) {
        let parties = (start..n.min(start + LIST_MAX)).map(|number| maker.party(number));
        let parties = parties.collect::<Result<Vec<Entity>, Failure>>()?;
        let version = ListVersion {
            id: format!("s{}", start / LIST_MAX).parse()?,
            version: "1".to_owned(),
            published: None,
            entities: parties.len() as u64,
            digest: Digest::of(&start.to_le_bytes()),
        };
        lists.push((version, parties));
    }
    let inputs: Vec<ListInput<'_>> =
        lists.iter().map(|(version, entities)| ListInput { version, entities }).collect();
    let start = Instant::now();
    let bytes = build(&inputs, 1)?;
    print(&format!("build_s {:.1}", start.elapsed().as_secs_f64()));
    std::fs::write(file, &bytes)?;
    print(&format!("index_mb {:.0}", megabytes(bytes.len() as u64)));
    Ok(())
}

/// Opens an index and screens names, one after the other.
pub fn measure(source: &Source, benign: Option<&Path>, file: &Path) -> Result<(), Failure> {
    let start = Instant::now();
    let index = Index::open(file)?;
    print(&format!("open_ms {:.1}", start.elapsed().as_secs_f64() * 1_000.0));
    let mut maker = Maker::new(source, 3)?;
    for n_words in LENGTHS {
        let names: Vec<String> = (0..N_NAMES).map(|_| maker.name(n_words)).collect();
        print_speed(&index, &n_words.to_string(), &names)?;
    }
    let listed: Vec<String> = index
        .entities()
        .step_by((index.n_entities() / MISSPELT_FROM).max(1))
        .filter(|entity| entity.schema_name() == "Person")
        .flat_map(|entity| entity.names().map(|name| name.text().to_owned()))
        .take(N_NAMES)
        .collect();
    let misspelt: Vec<String> = listed.iter().map(|name| maker.misspelt(name)).collect();
    print_speed(&index, "misspelt", &misspelt)?;
    if let Some(benign) = benign {
        let text = std::fs::read_to_string(benign)?;
        let names = text.lines().skip(1).filter_map(|line| line.split(',').next());
        let names: Vec<String> = names.take(N_NAMES).map(|name| name.trim_matches('"').to_owned()).collect();
        print_speed(&index, "file", &names)?;
    }
    print(&format!("resident_mb {:.0}", memory("VmRSS")?));
    print(&format!("own_mb {:.0}", memory("RssAnon")?));
    Ok(())
}

fn print_speed(index: &Index, what: &str, names: &[String]) -> Result<(), Failure> {
    let settings = Settings { threshold: Threshold::new(0.7)?, hits_max: 10, lists: Vec::new() };
    let subject = |name: &String| Subject { schema: model::schema("Person"), ..Subject::named(name) };
    let subjects: Vec<Subject> = names.iter().map(subject).collect();
    // Pages of the file and tables of words are read in once.
    subjects.iter().for_each(|subject| drop(screen(index, subject, &settings)));
    let mut micros = vec![f64::INFINITY; subjects.len()];
    let mut n_hits = 0;
    for _ in 0..RUNS {
        n_hits = 0;
        for (subject, least) in subjects.iter().zip(&mut micros) {
            let start = Instant::now();
            n_hits += usize::from(screen(index, subject, &settings).n_hits > 0);
            *least = least.min(start.elapsed().as_secs_f64() * 1e6);
        }
    }
    let per_second = micros.len() as f64 * 1e6 / micros.iter().sum::<f64>();
    micros.sort_by(f64::total_cmp);
    let at = |share: usize| micros.get(micros.len() * share / 100).copied().unwrap_or(0.0);
    let hits = 100.0 * f64::from(u32::try_from(n_hits)?) / micros.len() as f64;
    print(&format!("names {what} {per_second:.0} {:.0} {:.0} {hits:.1}", at(50), at(99)));
    Ok(())
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// A line of what the system says of this process, in megabytes; only Linux says it.
fn memory(line: &str) -> Result<f64, Failure> {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return Ok(f64::NAN) };
    let line = status.lines().find_map(|text| text.strip_prefix(line)).unwrap_or_default();
    let kilobytes = line.split_whitespace().nth(1).unwrap_or("0");
    Ok(kilobytes.parse::<f64>()? / 1024.0)
}
