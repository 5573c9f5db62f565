//! `interdict screen`: one name, or a file of customers.

mod file;
mod screened;

use interdict_core::list::ListId;
use interdict_core::outcome::{NotScreened, Outcome};
use interdict_core::subject::Subject;
use interdict_core::{country, model};
use interdict_match::clusters::Clusters;
use interdict_match::index::Index;
use interdict_match::{Screening, Settings};

use super::{at, print, print_json};
use crate::answer::{Answer, IndexName};
use crate::cli::{Output, Screen};
use crate::config::{self, Config};
use crate::customers::{FieldIssue, unknown_country, unknown_schema};
use crate::failure::Failure;
use crate::index_store::{self, Opened, When};
use crate::network::ownership::Ownership;
use crate::terminal::{Detail, NOTE};
use crate::{Ending, cluster_store, freshness};

use screened::Screened;

/// Screens the name or the file that was asked for.
pub(crate) fn run(config: &Config, args: &Screen, output: Output) -> Result<Ending, Failure> {
    let subject = match &args.file {
        None => Some(subject(args)?),
        Some(_) => None,
    };
    let when = match &args.as_of {
        None => When::Now,
        Some(day) => When::PublishedBy(at::day(day)?),
    };
    let (opened, clusters, settings) = prepared(config, args, when)?;
    let name = IndexName::of_opened(&opened, when);
    // Who asks about certain lists does not ask about holdings.
    let ownership = if args.list.is_empty() { Ownership::open(config, when, &opened)? } else { None };
    let against = Against { index: &opened.index, clusters: &clusters, name, settings, ownership };
    match (subject, &args.file) {
        (Some(subject), _) => screen_one(&against, &subject, args, output),
        (None, Some(path)) => file::screen_file(&against, path, args, output),
        (None, None) => Err(Failure::Bug),
    }
}

/// What is screened against, and how.
struct Against<'a> {
    index: &'a Index,
    /// Which of its parties are one.
    clusters: &'a Clusters,
    name: IndexName<'a>,
    settings: Settings,
    /// Those who are blocked by ownership, where holdings are kept.
    ownership: Option<Ownership>,
}

/// The index, its clusters and the settings, with what a person should know of them said.
fn prepared(config: &Config, args: &Screen, when: When) -> Result<(Opened, Clusters, Settings), Failure> {
    let opened = index_store::open_at(config, when)?;
    let settings = settings(config, args, &opened.index)?;
    say_what_is_used(&opened);
    let clusters = cluster_store::clusters(config, &opened)?;
    Ok((opened, clusters, settings))
}

fn subject(args: &Screen) -> Result<Subject, Failure> {
    let details =
        Details { schema: args.schema.as_deref(), birth_dates: &args.birth_date, countries: &args.country };
    Ok(Subject {
        names: args.name.iter().chain(&args.alias).cloned().collect(),
        identifiers: args.identifier.clone(),
        addresses: args.address.clone(),
        ..details.subject()?
    })
}

/// What is told of a subject besides its names, as the options have it.
pub(crate) struct Details<'a> {
    pub schema: Option<&'a str>,
    pub birth_dates: &'a [String],
    pub countries: &'a [String],
}

impl Details<'_> {
    /// A subject without names that has these.
    pub(crate) fn subject(&self) -> Result<Subject, Failure> {
        let usage = |option: &str, reason: String| Failure::Usage(format!("--{option}: {reason}"));
        let schema = match self.schema {
            Some(text) => Some(model::schema(text).ok_or_else(|| usage("schema", unknown_schema(text)))?),
            None => None,
        };
        let birth_dates = self
            .birth_dates
            .iter()
            .map(|text| text.trim().parse().map_err(|error| usage("birth-date", format!("{error}"))))
            .collect::<Result<_, _>>()?;
        let countries = self
            .countries
            .iter()
            .map(|text| country::code(text).ok_or_else(|| usage("country", unknown_country(text))))
            .collect::<Result<_, _>>()?;
        Ok(Subject { schema, birth_dates, countries, ..Subject::default() })
    }
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
pub(super) fn say_what_is_used(opened: &Opened) {
    if opened.is_starter_only {
        anstream::eprintln!(
            "{NOTE}note:{NOTE:#} screened against the embedded starter list ({} parties of North Korea's cyber program) only;\n      \
             import the official lists with `interdict lists import PATH`",
            opened.index.n_entities()
        );
    }
    if let Some(warning) = freshness::warning(&opened.stale) {
        anstream::eprintln!("{NOTE}note:{NOTE:#} {warning}");
    }
    if !opened.without_version.is_empty() {
        let lists: Vec<&str> = opened.without_version.iter().map(ListId::as_str).collect();
        anstream::eprintln!(
            "{NOTE}note:{NOTE:#} not screened against {}: the archive has no version of that day",
            lists.join(", ")
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
    against: &Against<'_>,
    subject: &Subject,
    args: &Screen,
    output: Output,
) -> Result<Ending, Failure> {
    let screened = Screened::new(against, subject);
    if output == Output::Json {
        let answer = screened.answer(Some(subject));
        print_json(&Answer { issues: issues_of(&[], &screened.listed), ..answer })?;
    } else {
        let name = subject.names.first().or(subject.identifiers.first()).map_or("", String::as_str);
        print(screened.text(name, detail(args)).as_bytes())?;
    }
    Ok(match screened.outcome() {
        Outcome::Clear => Ending::Clear,
        Outcome::Hits => Ending::Hits,
        Outcome::NotScreened(_) => Ending::NotScreened,
    })
}

fn detail(args: &Screen) -> Detail {
    if args.explain { Detail::Full } else { Detail::Short }
}

/// The fields that could not be used, and the names that could not be compared although others were.
fn issues_of(fields: &[FieldIssue], screening: &Screening<'_>) -> Vec<FieldIssue> {
    let names: &[NotScreened] = match screening.outcome {
        Outcome::NotScreened(_) => &[],
        Outcome::Clear | Outcome::Hits => &screening.left_out,
    };
    let name = |reason: &NotScreened| FieldIssue { field: "name".to_owned(), reason: reason.to_string() };
    fields.iter().cloned().chain(names.iter().map(name)).collect()
}
