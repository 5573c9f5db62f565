//! `interdict rescreen`: customers that are kept, and screened again where a change of the lists can touch them.

mod told;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use jiff::Timestamp;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use interdict_core::digest::Digest;
use interdict_core::list::ListVersion;
use interdict_core::score::Threshold;
use interdict_core::subject::Subject;
use interdict_lists::READERS_VERSION;
use interdict_match::index::{self, Index};
use interdict_match::rescreen::{Change, Customers};

use super::{print_json, screen};
use crate::cli::{Output, Rescreen, RescreenUpdate};
use crate::config::{self, Config};
use crate::customers::{Row, Rows};
use crate::failure::Failure;
use crate::index_store;
use crate::rescreening::{Answers, Kept, Known, State, names};
use crate::{Ending, intake, progress};

/// Rows that are screened side by side.
const ROWS_AT_ONCE: usize = 4_096;

/// Does what was asked for.
pub(crate) fn run(config: &Config, args: &Rescreen, output: Output) -> Result<Ending, Failure> {
    match args {
        Rescreen::Start { name, file, threshold } => start(config, name, file, *threshold, output),
        Rescreen::Update(args) => update(config, args, output),
        Rescreen::Status => status(config, output),
        Rescreen::Stop { name } => {
            Kept::at(&config.home, name)?.delete()?;
            print_json_or(output, &serde_json::json!({"stopped": name}), &format!("{name} is deleted\n"))
        }
    }
}

fn print_json_or(output: Output, value: &serde_json::Value, text: &str) -> Result<Ending, Failure> {
    if output == Output::Json { print_json(value) } else { super::print(text.as_bytes()) }
}

/// Screens all customers and keeps them.
fn start(
    config: &Config,
    name: &str,
    path: &Path,
    threshold: Option<f64>,
    output: Output,
) -> Result<Ending, Failure> {
    let kept = Kept::at(&config.home, name)?;
    not_there(&kept)?;
    let threshold = match threshold {
        Some(value) => {
            config::threshold(value).map_err(|reason| Failure::Usage(format!("--threshold: {reason}")))?
        }
        None => config.threshold,
    };
    let begun = Instant::now();
    let bytes = intake::input(path)?;
    let rows: Vec<Row> = Rows::new(&bytes, path)?.collect();
    let n_rows = u32::try_from(rows.len())
        .map_err(|_| Failure::Usage(format!("{} rows are more than can be kept", rows.len())))?;
    let opened = index_store::open(config)?;
    screen::say_what_is_used(&opened);
    // Nothing is made before all that is needed is there.
    let _lock = kept.lock()?;
    not_there(&kept)?;
    let digest = Digest::of(&bytes);
    let numbered: Vec<(u32, &Row)> = (0..n_rows).zip(&rows).collect();
    let index = customer_index(&numbered, (digest, n_rows), &opened.index)?;
    kept.keep_customers(&bytes, &places(&rows), &index)?;
    let answers = screened(&opened.index, &numbered, threshold);
    let state = State {
        file: path.display().to_string(),
        digest,
        rows: n_rows,
        threshold: threshold.score().value(),
        index: opened.index.digest(),
        engine: engine(),
        lists: opened.index.info().lists.clone(),
        screened_at: Timestamp::now(),
    };
    kept.keep_answers(&state, &answers, opened.index.as_bytes())?;
    told::start(&kept, &state, &answers, begun.elapsed(), output)
}

fn not_there(kept: &Kept) -> Result<(), Failure> {
    let name = kept.name();
    if !kept.is_there() {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "customers are kept as {name} already; delete them with: interdict rescreen stop {name}"
    )))
}

fn places(rows: &[Row]) -> Vec<(u64, u64)> {
    rows.iter().map(|row| (row.offset, row.line)).collect()
}

fn customer_index(
    rows: &[(u32, &Row)],
    (digest, n_rows): (Digest, u32),
    lists: &Index,
) -> Result<Vec<u8>, Failure> {
    let bar = progress::spinner("building the index of the customers");
    let subjects: Vec<(u32, &Subject)> =
        rows.iter().filter_map(|(number, row)| Some((*number, row.subject.as_ref().ok()?))).collect();
    let id = "customers".parse().map_err(|_| Failure::Bug)?;
    let version =
        ListVersion { id, version: digest.short(), published: None, entities: n_rows.into(), digest };
    let bytes = Customers::build(&version, &subjects, lists)?;
    bar.finish_and_clear();
    Ok(bytes)
}

/// The answers of rows, those that are clear left out.
fn screened(index: &Index, rows: &[(u32, &Row)], threshold: Threshold) -> Answers {
    let bar = progress::count(rows.len(), "screening");
    let mut answers = Answers::new();
    for chunk in rows.chunks(ROWS_AT_ONCE) {
        let known: Vec<Option<Known>> =
            chunk.par_iter().map(|(number, row)| Known::of(index, *number, row, threshold)).collect();
        answers.extend(known.into_iter().flatten().map(|known| (known.row, known)));
        bar.inc(chunk.len() as u64);
    }
    bar.finish_and_clear();
    answers
}

/// What the answers depend on besides lists and customers: the readers, the format, the analysis with its tables, the program.
fn engine() -> Digest {
    let readers = index::digest_of(&[], READERS_VERSION);
    Digest::of_parts([readers.as_bytes().as_slice(), env!("CARGO_PKG_VERSION").as_bytes()])
}

/// Which rows are screened again.
enum Touched {
    All,
    Some(BTreeSet<u32>),
}

/// Screens again whom the change of the lists can touch.
fn update(config: &Config, args: &RescreenUpdate, output: Output) -> Result<Ending, Failure> {
    let begun = Instant::now();
    let kept = Kept::at(&config.home, &args.name)?;
    kept.state()?; // nothing is made for a name that is not there
    let _lock = kept.lock()?;
    let state = kept.state()?;
    let threshold = state.threshold()?;
    let opened = index_store::open(config)?;
    screen::say_what_is_used(&opened);
    let before = kept.answers(&state)?;
    let (change, touched) = match former(&kept, &state, &opened.index) {
        Former::Unknown => (None, Touched::All),
        Former::Same => (Some(Change::default()), Touched::Some(BTreeSet::new())),
        Former::Other(old) => {
            let (change, rows) = touched(&kept, (&old, &opened.index), &before, threshold)?;
            (Some(change), Touched::Some(rows))
        }
    };
    let bytes = kept.customers()?;
    let all = kept.rows()?;
    let again = |touched: &Touched| -> Result<(Answers, u64), Failure> {
        let numbers: Vec<u32> = match touched {
            Touched::All => (0..state.rows).collect(),
            Touched::Some(rows) => rows.iter().copied().collect(),
        };
        let rows = rows_at(&bytes, &all, &numbers, &kept)?;
        let numbered: Vec<(u32, &Row)> = numbers.iter().copied().zip(&rows).collect();
        let mut answers = before.clone();
        answers.retain(|row, _| numbers.binary_search(row).is_err());
        answers.extend(screened(&opened.index, &numbered, threshold));
        Ok((answers, numbers.len() as u64))
    };
    let (after, n_again) = again(&touched)?;
    let took = begun.elapsed();
    let (after, differences) = match args.verify {
        false => (after, 0),
        true => {
            let (full, _) = again(&Touched::All)?;
            let differences = told::changes(&after, &full).len();
            (full, differences)
        }
    };
    let new_state = State {
        index: opened.index.digest(),
        engine: engine(),
        lists: opened.index.info().lists.clone(),
        screened_at: Timestamp::now(),
        ..state.clone()
    };
    let summary = told::Summary {
        change: change.as_ref(),
        n_again,
        took,
        is_verified: args.verify && differences == 0,
    };
    let ending =
        told::update(&kept, (&state, &new_state), &told::changes(&before, &after), &summary, output)?;
    // Kept only once it is told: what nobody read is told again the next time.
    kept.keep_answers(&new_state, &after, opened.index.as_bytes())?;
    if differences > 0 { Err(Failure::NotTheSame { differences }) } else { Ok(ending) }
}

/// The lists that the answers are of.
enum Former {
    /// Another program gave the answers, or the index is not there.
    Unknown,
    /// Those of now.
    Same,
    /// Others.
    Other(Box<Index>),
}

fn former(kept: &Kept, state: &State, new: &Index) -> Former {
    if state.engine != engine() {
        anstream::eprintln!(
            "note: the answers are of another version of the program; all customers are screened again"
        );
        return Former::Unknown;
    }
    if state.index == new.digest() {
        return Former::Same;
    }
    let Some(old) = kept.lists(state) else {
        anstream::eprintln!(
            "note: the index that the answers are of is damaged; all customers are screened again"
        );
        return Former::Unknown;
    };
    Former::Other(Box::new(old))
}

/// What is other on the lists, and whom it can touch.
fn touched(
    kept: &Kept,
    (old, new): (&Index, &Index),
    before: &Answers,
    threshold: Threshold,
) -> Result<(Change, BTreeSet<u32>), Failure> {
    let change = Change::between(old, new);
    if change.is_empty() {
        return Ok((change, BTreeSet::new()));
    }
    let bar = progress::spinner("looking for the customers that the change can touch");
    let customers = kept.index()?;
    let mut rows = customers.like_changed(&change, (old, new), threshold);
    rows.extend(customers.with_shifted_parts(&change, before.keys().copied()));
    let is_touched = |known: &&Known| known.is_touched_by(&change);
    rows.extend(before.values().filter(is_touched).map(|known| known.row));
    bar.finish_and_clear();
    Ok((change, rows))
}

/// Reads single rows again.
fn rows_at(bytes: &[u8], places: &[(u64, u64)], numbers: &[u32], kept: &Kept) -> Result<Vec<Row>, Failure> {
    let mut rows = Rows::new(bytes, Path::new(kept.name()))?;
    let row = |number: &u32| {
        let (offset, line) = *places.get(*number as usize).ok_or(Failure::Bug)?;
        rows.row_at(bytes, offset, line).ok_or(Failure::Bug)
    };
    numbers.iter().map(row).collect()
}

fn status(config: &Config, output: Output) -> Result<Ending, Failure> {
    let mut states = Vec::new();
    for name in names(&config.home)? {
        let kept = Kept::at(&config.home, &name)?;
        if kept.is_there() {
            states.push((name, kept.state()?));
        } else {
            anstream::eprintln!(
                "note: {name} was not screened to the end; delete it with: interdict rescreen stop {name}"
            );
        }
    }
    told::status(&states, output)
}
