//! `interdict selftest`: is the index sound, does every name of every list in force find its own party, and does the search
//! lose nothing?

use std::fmt::Write as _;

use serde::Serialize;

use interdict_evaluate::lossless::{self, Comparison, Difference};
use interdict_evaluate::selftest::{self, Coverage, Missed};
use interdict_match::index::Index;

use super::{print, print_json};
use crate::answer::IndexName;
use crate::cli::{Output, Selftest};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    exhaustive: Option<Comparison>,
}

/// Screens every name, or the sample that was asked for.
pub(crate) fn run(config: &Config, args: &Selftest, output: Output) -> Result<Ending, Failure> {
    let opened = index_store::open_verified(config)?;
    let index = &opened.index;
    let bar = progress::count(selftest::names(index, args.sample).0.len(), "screening");
    let done = selftest::selftest(index, config.threshold, args.sample, &|| bar.inc(1));
    bar.finish_and_clear();
    let exhaustive = args.exhaustive.map(|n| compare(index, n, args.seed));
    let complete =
        done.is_complete() && exhaustive.as_ref().is_none_or(|compared| compared.differences.is_empty());
    if output == Output::Json {
        print_json(&Answer { complete, index: IndexName::of(index.info()), selftest: done, exhaustive })?;
    } else {
        let compared = exhaustive.as_ref().map(compared_text).unwrap_or_default();
        print((text(&done) + &compared).as_bytes())?;
    }
    Ok(if complete { Ending::Clear } else { Ending::NotScreened })
}

/// Screens manipulated names by the index and by looking at every listed name.
fn compare(index: &Index, n: usize, seed: u64) -> Comparison {
    let subjects = lossless::subjects(index, n, seed);
    let bar = progress::count(subjects.len(), "comparing with every listed name");
    let compared = lossless::compare(index, &subjects, &|| bar.inc(1));
    bar.finish_and_clear();
    compared
}

fn compared_text(compared: &Comparison) -> String {
    let thresholds = lossless::THRESHOLDS.map(|threshold| format!("{:.2}", threshold.score().value()));
    let n = number(compared.names as u64);
    if compared.names == 0 {
        return format!("{ERROR}The lists in force give no manipulated name to compare.{ERROR:#}\n");
    }
    let how = format!("names, each at {}, with and without details", thresholds.join(", "));
    if compared.differences.is_empty() {
        return format!(
            "{STRONG}The search finds what a look at every listed name finds:{STRONG:#} {n} manipulated {how}.\n"
        );
    }
    let differences = number(compared.differences.len() as u64);
    let mut text = format!(
        "{ERROR}The search differs from a look at every listed name{ERROR:#} {differences} times: {n} manipulated {how}.\n"
    );
    for Difference { name, threshold, with_details, missed, extra } in compared.differences.iter().take(SHOWN)
    {
        let details = if *with_details { "with details" } else { "name only" };
        let ids = |answers: &[lossless::Answer]| {
            let ids: Vec<String> =
                answers.iter().take(5).map(|answer| format!("{} {}", answer.id, answer.score)).collect();
            if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
        };
        let (name, missed, extra) = (printable(name), ids(missed), ids(extra));
        let _ = writeln!(
            text,
            "  {name}  {FAINT}{threshold:.2} {details}: missed {missed}; too many {extra}{FAINT:#}"
        );
    }
    text
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
    use interdict_core::score::{Points, Score};
    use interdict_evaluate::lossless::{Answer, Comparison, Difference};

    use super::{compared_text, share};

    #[test]
    fn a_difference_is_told_with_what_was_missed() {
        let answer = Answer { id: "own-1".to_owned(), score: Score::from_points(Points(3_157)) };
        let difference = Difference {
            name: "Kim\u{1b}".to_owned(),
            threshold: 0.3,
            with_details: false,
            missed: vec![answer],
            extra: Vec::new(),
        };
        let told = compared_text(&Comparison { names: 7, differences: vec![difference] });
        let told = anstream::adapter::strip_str(&told).to_string();
        assert!(
            told.contains("differs from a look at every listed name 1 times: 7 manipulated names"),
            "{told}"
        );
        assert!(told.contains("0.30 name only: missed own-1 0.3157; too many none"), "{told}");
        assert!(!told.contains('\u{1b}'));
    }

    #[test]
    fn nothing_missing_is_hidden_by_rounding() {
        assert_eq!(
            [(99_999, 100_000), (5, 5), (0, 0)].map(|(part, whole)| share(part, whole)),
            ["99.99 %", "100.00 %", "–"]
        );
    }
}
