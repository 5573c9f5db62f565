//! A file of customers: its rows are screened side by side, and their answers written in its order.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use interdict_core::outcome::Outcome;

use super::screened::Screened;
use super::{Against, detail, issues_of};
use crate::answer::Answer;
use crate::cli::{Output, Screen};
use crate::customers::{self, Row, Rows};
use crate::failure::Failure;
use crate::terminal::{Detail, NOTE, printable};
use crate::{Ending, intake, progress};

/// Rows that are screened side by side before their answers are written in order.
const ROWS_AT_ONCE: usize = 2_048;

/// Screens every row, and writes the answers in their order.
pub(super) fn screen_file(
    against: &Against<'_>,
    path: &Path,
    args: &Screen,
    output: Output,
) -> Result<Ending, Failure> {
    let bytes = intake::input(path)?;
    let mut rows = Rows::new(&bytes, path)?;
    let unused: Vec<String> = rows.unused_columns().into_iter().map(printable).collect();
    if !unused.is_empty() {
        let fields = customers::FIELDS.join(", ");
        anstream::eprintln!(
            "{NOTE}note:{NOTE:#} columns not used: {}; fields are {fields}",
            unused.join(", ")
        );
    }
    let output = if std::io::stdout().is_terminal() { output } else { Output::Json };
    let bar = match output {
        Output::Text => progress::none(),
        Output::Json => progress::bytes(bytes.len() as u64, "screening"),
    };
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    let mut counts = Counts::default();
    loop {
        let chunk: Vec<Row> = rows.by_ref().take(ROWS_AT_ONCE).collect();
        if chunk.is_empty() {
            break;
        }
        let answers: Vec<(Outcome, usize, Vec<u8>)> = chunk
            .into_par_iter()
            .map(|row| answer(against, &row, output, detail(args)))
            .collect::<Result<_, _>>()?;
        for (outcome, n_issues, text) in answers {
            counts.add(&outcome, n_issues);
            out.write_all(&text).map_err(Failure::Output)?;
        }
        bar.set_position(rows.offset().unwrap_or_default());
    }
    out.flush().map_err(Failure::Output)?;
    bar.finish_and_clear();
    let Counts { clear, hits, not_screened, with_issues } = counts;
    let rows = clear + hits + not_screened;
    anstream::eprintln!("{rows} rows: {clear} clear, {hits} with hits, {not_screened} not screened");
    if with_issues > 0 {
        anstream::eprintln!(
            "{with_issues} rows have fields or names that could not be used: see `issues` in their answers"
        );
    }
    Ok(counts.ending())
}

/// The answer for one row, as a line of JSON or as text.
fn answer(
    against: &Against<'_>,
    row: &Row,
    output: Output,
    detail: Detail,
) -> Result<(Outcome, usize, Vec<u8>), Failure> {
    let (screened, subject, id) = match &row.subject {
        Ok(subject) => (Screened::new(against, subject), Some(subject), subject.id.as_deref()),
        Err((id, reason)) => (Screened::not_screened(against, reason.clone()), None, id.as_deref()),
    };
    let issues = issues_of(&row.issues, &screened.listed);
    let n_issues = issues.len();
    let text = if output == Output::Text {
        let unnamed = format!("line {}", row.line);
        let name = subject.and_then(|subject| subject.names.first()).unwrap_or(&unnamed);
        let mut text = screened.text(name, detail).into_bytes();
        for issue in &issues {
            text.extend(
                format!("  {NOTE}{}{NOTE:#}: {}\n", printable(&issue.field), printable(&issue.reason))
                    .into_bytes(),
            );
        }
        text
    } else {
        let answer = Answer { id, line: Some(row.line), issues, ..screened.answer(subject) };
        let mut line = serde_json::to_vec(&answer).map_err(|error| Failure::Output(error.into()))?;
        line.push(b'\n');
        line
    };
    Ok((screened.outcome().clone(), n_issues, text))
}

/// How many rows ended how.
#[derive(Default)]
struct Counts {
    clear: u64,
    hits: u64,
    not_screened: u64,
    with_issues: u64,
}

impl Counts {
    fn add(&mut self, outcome: &Outcome, n_issues: usize) {
        self.with_issues += u64::from(n_issues > 0);
        match outcome {
            Outcome::Clear => self.clear += 1,
            Outcome::Hits => self.hits += 1,
            Outcome::NotScreened(_) => self.not_screened += 1,
        }
    }

    fn ending(&self) -> Ending {
        match (self.hits, self.not_screened) {
            (0, 0) => Ending::Clear,
            (0, _) => Ending::NotScreened,
            _ => Ending::Hits,
        }
    }
}
