//! What each score is worth, fitted to the scores of a run and written as the table that the engine keeps.

use std::path::Path;

use interdict_core::digest::Digest;
use interdict_core::list::ListVersion;
use interdict_core::score::Score;
use interdict_evaluate::calibration;
use interdict_evaluate::cases::{Case, Label};
use interdict_evaluate::run::{Details, Found};
use interdict_match::index::Index;

use crate::cli::Evaluate;
use crate::failure::Failure;
use crate::terminal::number;

/// Fits the table to the cases and the benign names, and writes it.
pub(super) fn write(
    path: &Path,
    args: &Evaluate,
    details: Details,
    index: &Index,
    cases: &[(&Case, &Found)],
    benign: &[Found],
) -> Result<(), Failure> {
    let matches: Vec<Score> =
        cases.iter().filter(|(case, _)| case.label == Label::Match).map(|(_, found)| found.own).collect();
    let hard = cases.iter().filter(|(case, _)| case.label == Label::NoMatch).map(|(_, found)| found.best);
    let others: Vec<Score> = hard.chain(benign.iter().map(|found| found.best)).collect();
    if matches.is_empty() || benign.is_empty() {
        return Err(Failure::Usage("--fit-odds needs cases that should be found, and --benign".to_owned()));
    }
    let n_hard = others.len() - benign.len();
    let made_of = [
        ("command", command(args)),
        ("lists", index.info().lists.iter().map(list).collect::<Vec<_>>().join(", ")),
        ("matches", format!("{}, {}", number(matches.len() as u64), matches_from(args)?)),
        (
            "others",
            format!(
                "{} benign names, {}; {} hard negatives",
                number(benign.len() as u64),
                benign_from(args)?,
                number(n_hard as u64)
            ),
        ),
        ("evidence", if details == Details::All { "all" } else { "names" }.to_owned()),
        ("smoothing", "one more of each is counted in every step".to_owned()),
    ];
    let table = calibration::table(&calibration::fit(&matches, &others), &made_of);
    std::fs::write(path, table).map_err(|error| Failure::Unwritable { path: path.to_owned(), error })
}

/// The command that makes the table again, with the names of the files left open.
fn command(args: &Evaluate) -> String {
    let mut text = "interdict evaluate --benign FILE".to_owned();
    if let Some(limit) = args.benign_limit {
        text.push_str(&format!(" --benign-limit {limit}"));
    }
    text.push_str(&" --cases FILE".repeat(args.cases.len()));
    if args.cases.is_empty() {
        let (seed, per_class, hard) = (args.seed, args.per_class, args.hard_negatives);
        text.push_str(&format!(" --seed {seed} --per-class {per_class} --hard-negatives {hard}"));
    }
    text.push_str(if args.hard.is_some() { " --hard FILE" } else { "" });
    text.push_str(if args.details { " --details" } else { "" });
    text + " --fit-odds FILE"
}

fn list(list: &ListVersion) -> String {
    let published = list.published.map(|date| format!(" of {date}")).unwrap_or_default();
    format!("{}{published} version {} ({} parties)", list.id, list.version, number(list.entities))
}

fn matches_from(args: &Evaluate) -> Result<String, Failure> {
    if args.cases.is_empty() {
        return Ok("generated".to_owned());
    }
    let digests = args.cases.iter().map(|path| digest(path)).collect::<Result<Vec<_>, _>>()?;
    Ok(digests.join(", "))
}

fn benign_from(args: &Evaluate) -> Result<String, Failure> {
    args.benign.as_deref().map_or_else(|| Ok(String::new()), digest)
}

/// The file by what is in it: its name and place say nothing to anybody else.
fn digest(path: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::Unreadable { path: path.to_owned(), error })?;
    Ok(Digest::of(&bytes).to_string())
}
