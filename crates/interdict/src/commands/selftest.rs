//! `interdict selftest`: is the index sound, and does every name of every list in force find its own party?

use std::fmt::Write as _;

use serde::Serialize;

use interdict_evaluate::selftest::{self, Coverage, Missed};

use super::{print, print_json};
use crate::answer::IndexName;
use crate::cli::Selftest;
use crate::config::Config;
use crate::failure::Failure;
use crate::terminal::{self, ERROR, FAINT, NOTE, STRONG, number, printable};
use crate::{Ending, index_store, progress};

/// How many names are shown one by one, for each list; with --json all are.
const SHOWN: usize = 20;

#[derive(Serialize)]
struct Answer<'a> {
    complete: bool,
    index: IndexName<'a>,
    #[serde(flatten)]
    selftest: selftest::Selftest,
}

/// Screens every name, or the sample that was asked for.
pub(crate) fn run(config: &Config, args: &Selftest, is_json: bool) -> Result<Ending, Failure> {
    let opened = index_store::open_verified(config)?;
    let index = &opened.index;
    let bar = progress::count(selftest::names(index, args.sample).0.len(), "screening");
    let done = selftest::selftest(index, config.threshold, args.sample, &|| bar.inc(1));
    bar.finish_and_clear();
    let complete = done.is_complete();
    if is_json {
        print_json(&Answer { complete, index: IndexName::of(index.info()), selftest: done })?;
    } else {
        print(text(&done).as_bytes())?;
    }
    Ok(if complete { Ending::Clear } else { Ending::NotScreened })
}

fn text(done: &selftest::Selftest) -> String {
    let count = |n: usize| number(n as u64);
    let row = |list: &Coverage| {
        vec![
            list.list.clone(),
            count(list.names),
            count(list.found),
            share(list.found, list.names),
            share(list.first_place, list.names),
            count(list.weak_names),
            share(list.weak_found, list.weak_names),
        ]
    };
    let header = ["list", "names", "found", "share", "first place", "weak names", "found"];
    let mut text = terminal::table(&header, &[1, 2, 3, 4, 5, 6], done.lists.iter().map(row));
    let one_in = if done.one_in > 1 { format!(", one name in {}", done.one_in) } else { String::new() };
    let _ = writeln!(text, "\n\n{FAINT}threshold {}{one_in}{FAINT:#}", done.threshold);
    for list in &done.lists {
        for (title, names) in [("not found", &list.missed), ("not screened", &list.not_screened)] {
            told(&list.list, title, names, &mut text);
        }
    }
    let verdict = if done.is_complete() {
        format!("{STRONG}Every primary name and strong alias finds its own party.{STRONG:#}\n")
    } else {
        format!("{ERROR}Some primary names or strong aliases do not find their own party.{ERROR:#}\n")
    };
    text + &verdict
}

fn told(list: &str, title: &str, names: &[Missed], text: &mut String) {
    if names.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{NOTE}{list}: {} {title}{NOTE:#}", number(names.len() as u64));
    for missed in names.iter().take(SHOWN) {
        let Missed { id, name, quality, reason } = missed;
        let (name, reason) = (printable(name), printable(reason));
        let _ = writeln!(text, "  {id}  {name}  {FAINT}{}, {reason}{FAINT:#}", quality.replace('_', " "));
    }
    if names.len() > SHOWN {
        let _ = writeln!(text, "  {FAINT}… and {} more; --json shows them{FAINT:#}", names.len() - SHOWN);
    }
    text.push('\n');
}

/// A share in percent that is never rounded up to the whole.
fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let hundredths = part * 10_000 / whole;
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn nothing_missing_is_hidden_by_rounding() {
        assert_eq!(
            [(99_999, 100_000), (5, 5), (0, 0)].map(|(part, whole)| share(part, whole)),
            ["99.99 %", "100.00 %", "–"]
        );
    }
}
