//! `interdict screen`: one name, or a file of customers.

use std::io::{IsTerminal as _, Write};
use std::path::Path;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use interdict_core::list::ListId;
use interdict_core::outcome::Outcome;
use interdict_core::subject::Subject;
use interdict_core::{country, model};
use interdict_match::index::Index;
use interdict_match::{Screening, Settings, screen};

use super::{print, print_json};
use crate::answer::{Answer, IndexName};
use crate::cli::Screen;
use crate::config::{self, Config};
use crate::customers::{Row, Rows, unknown_country, unknown_schema};
use crate::failure::Failure;
use crate::index_store::{self, Opened};
use crate::terminal::{self, Detail, NOTE};
use crate::{Verdict, customers, intake, progress};

/// Rows that are screened side by side before their answers are written in order.
const ROWS_AT_ONCE: usize = 2_048;

/// Screens the name or the file that was asked for.
pub(crate) fn run(config: &Config, args: &Screen, is_json: bool) -> Result<Verdict, Failure> {
    let subject = args.name.as_ref().map(|name| subject(name, args)).transpose()?;
    let opened = index_store::open(config)?;
    let settings = settings(config, args, &opened.index)?;
    say_what_is_used(&opened);
    match (&args.file, subject) {
        (Some(path), _) => screen_file(&opened.index, path, &settings, args, is_json),
        (None, Some(subject)) => screen_one(&opened.index, &subject, &settings, args, is_json),
        (None, None) => Err(Failure::Usage("name somebody to screen, or a file with --file".to_owned())),
    }
}

fn subject(name: &str, args: &Screen) -> Result<Subject, Failure> {
    let usage = |option: &str, reason: String| Failure::Usage(format!("--{option}: {reason}"));
    let schema = match &args.schema {
        Some(text) => Some(model::schema(text).ok_or_else(|| usage("schema", unknown_schema(text)))?),
        None => None,
    };
    let birth_dates = args
        .birth_date
        .iter()
        .map(|text| text.parse().map_err(|error| usage("birth-date", format!("{error}"))))
        .collect::<Result<_, _>>()?;
    let countries = args
        .country
        .iter()
        .map(|text| country::code(text).ok_or_else(|| usage("country", unknown_country(text))))
        .collect::<Result<_, _>>()?;
    Ok(Subject {
        id: None,
        names: std::iter::once(name.to_owned()).chain(args.alias.iter().cloned()).collect(),
        schema,
        birth_dates,
        countries,
        identifiers: args.identifier.clone(),
        addresses: args.address.clone(),
    })
}

fn settings(config: &Config, args: &Screen, index: &Index) -> Result<Settings, Failure> {
    let known: Vec<&ListId> = index.info().lists.iter().map(|list| &list.id).collect();
    for asked in &args.list {
        if !known.iter().any(|list| list.as_str() == asked) {
            let known = known.iter().map(|list| list.as_str()).collect::<Vec<_>>().join(", ");
            return Err(Failure::UnknownList { asked: asked.chars().take(40).collect(), known });
        }
    }
    let usage = |option: &str, reason: String| Failure::Usage(format!("--{option}: {reason}"));
    let threshold = match args.threshold {
        Some(value) => config::threshold(value).map_err(|reason| usage("threshold", reason))?,
        None => config.threshold,
    };
    let hits_max = match args.limit {
        Some(limit) => config::hits_max(limit).map_err(|reason| usage("limit", reason))?,
        None => config.hits_max,
    };
    let lists =
        known.into_iter().filter(|list| args.list.iter().any(|asked| asked == list.as_str())).cloned();
    Ok(Settings { threshold, hits_max, lists: lists.collect() })
}

/// What a person should know about the index before reading the answer.
fn say_what_is_used(opened: &Opened) {
    if opened.is_starter_only {
        anstream::eprintln!(
            "{NOTE}note:{NOTE:#} screened against the embedded starter list ({} parties of North Korea's cyber program) only;\n      \
             import the official lists with `interdict lists import PATH`",
            opened.index.n_entities()
        );
    }
    if let Some(took) = opened.built_in {
        anstream::eprintln!(
            "{NOTE}note:{NOTE:#} the index was not there and was built in {:.1} s",
            took.as_secs_f64()
        );
    }
}

fn screen_one(
    index: &Index,
    subject: &Subject,
    settings: &Settings,
    args: &Screen,
    is_json: bool,
) -> Result<Verdict, Failure> {
    let screening = screen(index, subject, settings);
    if is_json {
        print_json(&Answer::new(IndexName::of(index.info()), Some(subject), &screening))?;
    } else {
        let name = subject.names.first().map_or("", String::as_str);
        print(terminal::screening(name, &screening, detail(args)).as_bytes())?;
    }
    Ok(match screening.outcome {
        Outcome::Clear => Verdict::Clear,
        Outcome::Hits => Verdict::Hits,
        Outcome::NotScreened(_) => Verdict::NotScreened,
    })
}

fn detail(args: &Screen) -> Detail {
    if args.explain { Detail::Full } else { Detail::Short }
}

/// How many rows ended how.
#[derive(Default)]
struct Counts {
    clear: u64,
    hits: u64,
    not_screened: u64,
}

impl Counts {
    fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Clear => self.clear += 1,
            Outcome::Hits => self.hits += 1,
            Outcome::NotScreened(_) => self.not_screened += 1,
        }
    }

    fn verdict(&self) -> Verdict {
        match (self.hits, self.not_screened) {
            (0, 0) => Verdict::Clear,
            (0, _) => Verdict::NotScreened,
            _ => Verdict::Hits,
        }
    }
}

fn screen_file(
    index: &Index,
    path: &Path,
    settings: &Settings,
    args: &Screen,
    is_json: bool,
) -> Result<Verdict, Failure> {
    let bytes = if path.as_os_str() == "-" {
        intake::private_copy(std::io::stdin().lock(), path)?
    } else {
        let file = std::fs::File::open(path)
            .map_err(|error| Failure::Unreadable { path: path.to_owned(), error })?;
        intake::private_copy(file, path)?
    };
    let mut rows = Rows::new(&bytes, path)?;
    let unused: Vec<String> = rows.unused_columns().into_iter().map(terminal::printable).collect();
    if !unused.is_empty() {
        let fields = customers::FIELDS.join(", ");
        anstream::eprintln!(
            "{NOTE}note:{NOTE:#} columns not used: {}; fields are {fields}",
            unused.join(", ")
        );
    }
    let for_people = !is_json && std::io::stdout().is_terminal();
    let bar = progress::bytes(bytes.len() as u64, "screening");
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    let mut counts = Counts::default();
    loop {
        let chunk: Vec<Row> = rows.by_ref().take(ROWS_AT_ONCE).collect();
        if chunk.is_empty() {
            break;
        }
        let answers: Vec<(Outcome, Vec<u8>)> = chunk
            .into_par_iter()
            .map(|row| answer(index, &row, settings, for_people, detail(args)))
            .collect::<Result<_, _>>()?;
        for (outcome, text) in answers {
            counts.add(&outcome);
            out.write_all(&text).map_err(Failure::Output)?;
        }
        bar.set_position(rows.offset().unwrap_or_default());
    }
    out.flush().map_err(Failure::Output)?;
    bar.finish_and_clear();
    let Counts { clear, hits, not_screened } = counts;
    anstream::eprintln!(
        "{} rows: {clear} clear, {hits} with hits, {not_screened} not screened",
        clear + hits + not_screened
    );
    Ok(counts.verdict())
}

/// The answer for one row, as a line of JSON or as text.
fn answer(
    index: &Index,
    row: &Row,
    settings: &Settings,
    for_people: bool,
    detail: Detail,
) -> Result<(Outcome, Vec<u8>), Failure> {
    let (screening, subject, id) = match &row.subject {
        Ok(subject) => (screen(index, subject, settings), Some(subject), subject.id.as_deref()),
        Err((id, reason)) => {
            let outcome = Outcome::NotScreened(reason.clone());
            (Screening { outcome, hits: Vec::new(), n_hits: 0 }, None, id.as_deref())
        }
    };
    let text = if for_people {
        let name =
            subject.and_then(|subject| subject.names.first()).map_or("(row without a name)", String::as_str);
        let mut text = terminal::screening(name, &screening, detail).into_bytes();
        for issue in &row.issues {
            text.extend(
                format!("  {NOTE}{}{NOTE:#}: {}\n", issue.field, terminal::printable(&issue.reason))
                    .into_bytes(),
            );
        }
        text
    } else {
        let answer = Answer {
            id,
            line: Some(row.line),
            issues: &row.issues,
            ..Answer::new(IndexName::of(index.info()), subject, &screening)
        };
        let mut line = serde_json::to_vec(&answer).map_err(|error| Failure::Output(error.into()))?;
        line.push(b'\n');
        line
    };
    Ok((screening.outcome, text))
}
