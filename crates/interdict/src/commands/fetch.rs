//! `interdict lists fetch [LIST…]`: lists from their authorities into the archive, one after the other, and an index.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use interdict_core::list::ListVersion;

use super::{print, print_json};
use crate::Ending;
use crate::cli::{Fetch, Output};
use crate::config::Config;
use crate::failure::Failure;
use crate::fetch::hand_over::{self, Kept};
use crate::fetch::record::FetchRecord;
use crate::fetch::sources::Source;
use crate::fetch::waits::Waits;
use crate::fetch::{Attempts, Fetcher, Outcome, Problem, from_folder};
use crate::index_store;
use crate::progress;
use crate::terminal::{NOTE, STRONG, number, printable};

/// What became of one list.
enum Fate {
    Imported(Box<Kept>),
    Unchanged(Box<FetchRecord>),
    /// Nothing came, or what came was refused on the way.
    NotFetched(Problem),
    /// It came, and the import refused it.
    NotImported(Failure),
}

/// One list, what became of it, and the trouble on the way.
struct Report<'a> {
    source: &'a Source,
    fate: Fate,
    attempts: Attempts,
}

/// Fetches lists and builds the index.
pub(crate) fn run(config: &Config, args: &Fetch, output: Output) -> Result<Ending, Failure> {
    let sources = sources(config, &args.lists)?;
    if args.dry_run {
        return dry_run(config, &sources, args, output);
    }
    let usage = |reason| Failure::Usage(format!("fetch.proxy: {reason}"));
    let fetcher = Fetcher::new(&config.fetch, Waits::real()).map_err(usage)?;
    let reports: Vec<Report<'_>> = sources
        .into_iter()
        .map(|source| {
            let mut attempts = Attempts::default();
            let fate = match &args.from {
                Some(folder) => offline(config, source, folder),
                None => fetch(config, &fetcher, source, args, &mut attempts),
            };
            Report { source, fate, attempts }
        })
        .collect();
    if reports.iter().any(|report| matches!(report.fate, Fate::Imported(_))) {
        match index_store::open(config) {
            // Everything that came is in quarantine.
            Ok(_) | Err(Failure::NoList) => {}
            Err(failure) => return Err(failure),
        }
    }
    if output == Output::Json {
        print_json(&json!({"lists": reports.iter().map(as_json).collect::<Vec<_>>()}))?;
    } else {
        print(as_text(&reports).as_bytes())?;
    }
    let is_failed = |report: &&Report<'_>| !matches!(report.fate, Fate::Imported(_) | Fate::Unchanged(_));
    let failed = reports.iter().filter(is_failed).count();
    if failed > 0 {
        return Err(Failure::SomeNotFetched { failed, total: reports.len() });
    }
    let is_quarantined =
        |report: &Report<'_>| matches!(&report.fate, Fate::Imported(kept) if !kept.quarantined.is_empty());
    Ok(if reports.iter().any(is_quarantined) { Ending::NotScreened } else { Ending::Clear })
}

/// The sources that were named, each once, or else those of the configuration.
fn sources<'a>(config: &'a Config, named: &[String]) -> Result<Vec<&'a Source>, Failure> {
    let known = &config.fetch.sources;
    let ids = if named.is_empty() { &config.fetch.lists } else { named };
    let mut sources: Vec<&Source> = Vec::new();
    for id in ids {
        let unknown = || Failure::UnknownSource { asked: id.clone(), known: known.ids() };
        let source = known.find(id).ok_or_else(unknown)?;
        if !sources.iter().any(|other| other.id == source.id) {
            sources.push(source);
        }
    }
    Ok(sources)
}

fn fetch(
    config: &Config,
    fetcher: &Fetcher<'_>,
    source: &Source,
    args: &Fetch,
    attempts: &mut Attempts,
) -> Fate {
    let last = if args.again { None } else { hand_over::last(config, source) };
    let bar = progress::download();
    let outcome = fetcher.fetch(source, last.as_ref(), &bar, attempts);
    bar.finish_and_clear();
    match outcome {
        Err(problem) => Fate::NotFetched(problem),
        Ok(Outcome::Unchanged(record)) => match confirmed(config, &record) {
            Ok(()) => Fate::Unchanged(record),
            Err(failure) => Fate::NotImported(failure),
        },
        Ok(Outcome::Fetched(fetched)) => kept(config, hand_over::import(config, source, &fetched)),
    }
}

fn confirmed(config: &Config, record: &FetchRecord) -> Result<(), Failure> {
    hand_over::confirmed(config, record)?;
    record.keep(&config.home)
}

fn offline(config: &Config, source: &Source, folder: &Path) -> Fate {
    match from_folder(&config.fetch, source, folder, &Waits::real()) {
        Err(problem) => Fate::NotFetched(problem),
        Ok(fetched) => kept(config, hand_over::import(config, source, &fetched)),
    }
}

/// The record is written last: without the list in the archive it would say what is not so.
fn kept(config: &Config, kept: Result<Kept, Failure>) -> Fate {
    match kept.and_then(|kept| kept.record.keep(&config.home).map(|()| kept)) {
        Ok(kept) => Fate::Imported(Box::new(kept)),
        Err(failure) => Fate::NotImported(failure),
    }
}

fn dry_run(config: &Config, sources: &[&Source], args: &Fetch, output: Output) -> Result<Ending, Failure> {
    let plans = sources.iter().map(|source| {
        let last = if args.again || args.from.is_some() { None } else { hand_over::last(config, source) };
        (*source, last)
    });
    let plans: Vec<(&Source, Option<FetchRecord>)> = plans.collect();
    if output == Output::Json {
        let lists: Vec<Value> = plans.iter().map(|(source, last)| plan_json(source, last.as_ref())).collect();
        return print_json(&json!({"from": args.from, "lists": lists}));
    }
    let mut text = String::new();
    for (source, last) in &plans {
        plan_text(source, last.as_ref(), args.from.as_deref(), &mut text);
    }
    print(text.as_bytes())
}

fn plan_json(source: &Source, last: Option<&FetchRecord>) -> Value {
    let places = source.places.iter().map(|place| place.iter().map(ToString::to_string).collect::<Vec<_>>());
    json!({
        "source": source.id,
        "list": source.list,
        "title": source.title,
        "page": source.page,
        "files": source.names,
        "places": places.collect::<Vec<_>>(),
        "last": last,
    })
}

fn plan_text(source: &Source, last: Option<&FetchRecord>, from: Option<&Path>, text: &mut String) {
    let _ = writeln!(text, "{STRONG}{}{STRONG:#}  {}", source.id, printable(&source.title));
    if let Some(folder) = from {
        let folder = printable(&folder.display().to_string());
        let _ = writeln!(text, "  from {folder}: {}", source.names.join(", "));
        return;
    }
    for (n, place) in source.places.iter().enumerate() {
        for (name, url) in source.names.iter().zip(place) {
            let from = if n == 0 { "from" } else { "else from" };
            let _ = writeln!(text, "  {name} {from} {url}");
        }
    }
    match last.and_then(|last| last.checked_at) {
        Some(at) => {
            let _ = writeln!(text, "  only when it has changed since {}", minute(at));
        }
        None => text.push_str("  whole, whatever there is\n"),
    }
}

fn as_json(report: &Report<'_>) -> Value {
    let (outcome, record, version, error) = match &report.fate {
        Fate::Imported(kept) => ("imported", Some(&kept.record), Some(&kept.version), None),
        Fate::Unchanged(record) => ("unchanged", Some(&**record), record.kept_as.as_ref(), None),
        Fate::NotFetched(problem) => {
            ("failed", None, None, Some(json!({"code": problem.code(), "message": problem.to_string()})))
        }
        Fate::NotImported(failure) => {
            ("failed", None, None, Some(json!({"code": failure.code(), "message": failure.to_string()})))
        }
    };
    let (quarantined, in_force) = match &report.fate {
        Fate::Imported(kept) => (kept.quarantined.as_slice(), kept.in_force.as_ref()),
        _ => (&[][..], None),
    };
    let trouble = report.attempts.failed.iter().map(|failed| {
        json!({"url": failed.url, "code": failed.problem.code(), "message": failed.problem.to_string()})
    });
    json!({
        "source": report.source.id,
        "list": report.source.list,
        "outcome": outcome,
        "version": version,
        "was_there": matches!(&report.fate, Fate::Imported(kept) if kept.was_there),
        "quarantined": quarantined,
        "in_force": in_force,
        "record": record,
        "requests": report.attempts.made,
        "trouble": trouble.collect::<Vec<_>>(),
        "error": error,
    })
}

fn as_text(reports: &[Report<'_>]) -> String {
    let width = reports.iter().map(|report| report.source.id.len()).max().unwrap_or_default();
    let mut text = String::new();
    for report in reports {
        let told = match &report.fate {
            Fate::Imported(kept) => imported(kept),
            Fate::Unchanged(record) => unchanged(record),
            Fate::NotFetched(problem) => {
                format!("{NOTE}not fetched{NOTE:#}: {}", printable(&problem.to_string()))
            }
            Fate::NotImported(failure) => {
                format!("{NOTE}not imported{NOTE:#}: {}", printable(&failure.to_string()))
            }
        };
        let trouble = match report.attempts.failed.len() {
            0 => String::new(),
            1 => ", after 1 failed attempt".to_owned(),
            n => format!(", after {n} failed attempts"),
        };
        let id = &report.source.id;
        let _ = writeln!(text, "{STRONG}{id}{STRONG:#}{:1$}  {told}{trouble}", "", width - id.len());
    }
    text
}

fn imported(kept: &Kept) -> String {
    let ListVersion { version, entities, published, .. } = &kept.version;
    let is_in_force = kept.in_force.as_ref().is_some_and(|other| other.digest == kept.version.digest);
    let standing = match (is_in_force, &kept.in_force) {
        _ if !kept.quarantined.is_empty() => {
            format!("; {NOTE}in quarantine{NOTE:#}: {}", printable(&kept.quarantined.join("; ")))
        }
        (true, _) => String::new(),
        (false, None) => format!("; {NOTE}not in force{NOTE:#}: the list is out of force"),
        (false, Some(other)) => {
            let published = other.published.map(|date| format!(", published {date}")).unwrap_or_default();
            format!("; {NOTE}not in force{NOTE:#}: version {} is{published}", other.version)
        }
    };
    let verb = if kept.was_there { "fetched, and already there" } else { "imported" };
    let published = published.map(|date| format!(", published {date}")).unwrap_or_default();
    let bytes: u64 = kept.record.files.iter().map(|file| file.bytes).sum();
    format!(
        "{verb}: {} parties{published}, version {version} ({} KB in {:.1} s){standing}",
        number(*entities),
        number(bytes.div_ceil(1024)),
        std::time::Duration::from_millis(kept.record.duration_ms).as_secs_f64()
    )
}

fn unchanged(record: &FetchRecord) -> String {
    let version = record.kept_as.as_ref().map(|version| version.version.as_str()).unwrap_or_default();
    format!("unchanged since {}: version {version}", minute(record.fetched_at))
}

/// A time to the minute, in UTC.
fn minute(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
