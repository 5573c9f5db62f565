//! `interdict wallet check`: some addresses, or a file of them.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::rows::{Row, Rows};
use super::{Counts, text};
use crate::Ending;
use crate::cli::{Output, WalletCheck};
use crate::config::Config;
use crate::failure::Failure;
use crate::wallet::answer::Answer;
use crate::wallet::asked::{Asked, Counted};
use crate::wallet::opened::OpenedWallets;

/// Rows that are looked up side by side before their answers are written in order.
const ROWS_AT_ONCE: usize = 4_096;

/// Checks the addresses or the file that was asked for.
pub(crate) fn run(config: &Config, args: &WalletCheck, output: Output) -> Result<Ending, Failure> {
    let opened = super::index_on(config, args.as_of.as_deref())?;
    let counted = super::counted(&args.class);
    match &args.file {
        Some(path) => check_file(&opened, path, &counted, output),
        None => check_arguments(&opened, &args.addresses, &counted, output),
    }
}

fn check_arguments(
    opened: &OpenedWallets,
    addresses: &[String],
    counted: &Counted,
    output: Output,
) -> Result<Ending, Failure> {
    let mut counts = Counts::default();
    let mut bytes = Vec::new();
    for (place, address) in addresses.iter().enumerate() {
        let asked = Asked::new(opened, address, counted);
        counts.add(asked.outcome());
        match output {
            Output::Json => {
                let answer = Answer::new(opened, &asked);
                let is_one = addresses.len() == 1;
                push_line(&mut bytes, &if is_one { answer } else { answer.of_argument(place + 1) })?;
            }
            Output::Text => {
                let name = format!("address {}", place + 1);
                bytes.extend(text::answer(opened, &asked, &name).into_bytes());
            }
        }
    }
    super::super::print(&bytes)?;
    Ok(counts.ending())
}

fn check_file(
    opened: &OpenedWallets,
    path: &Path,
    counted: &Counted,
    output: Output,
) -> Result<Ending, Failure> {
    let output = if std::io::stdout().is_terminal() { output } else { Output::Json };
    let mut rows = Rows::open(path)?;
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    let mut counts = Counts::default();
    loop {
        let mut chunk: Vec<Row> = Vec::new();
        while chunk.len() < ROWS_AT_ONCE
            && let Some(row) = rows.next_row()?
        {
            chunk.push(row);
        }
        if chunk.is_empty() {
            break;
        }
        let answers: Vec<(&'static str, Vec<u8>)> = chunk
            .into_par_iter()
            .map(|row| answer(opened, &row, counted, output))
            .collect::<Result<_, Failure>>()?;
        for (outcome, bytes) in answers {
            counts.add(outcome);
            out.write_all(&bytes).map_err(Failure::Output)?;
        }
    }
    out.flush().map_err(Failure::Output)?;
    let Counts { clear, hits, not_screened } = counts;
    let n_rows = clear + hits + not_screened;
    if n_rows == 0 {
        return Err(Failure::Usage(format!("{}: the file has no address", path.display())));
    }
    anstream::eprintln!("{n_rows} rows: {clear} clear, {hits} with hits, {not_screened} not screened");
    Ok(counts.ending())
}

fn answer(
    opened: &OpenedWallets,
    row: &Row,
    counted: &Counted,
    output: Output,
) -> Result<(&'static str, Vec<u8>), Failure> {
    let asked = match &row.text {
        Ok(text) => Asked::new(opened, text, counted),
        Err(reason) => Asked::unreadable(reason),
    };
    let mut bytes = Vec::new();
    match output {
        Output::Json => push_line(&mut bytes, &Answer::new(opened, &asked).of_line(row.line))?,
        Output::Text => {
            bytes.extend(text::answer(opened, &asked, &format!("line {}", row.line)).into_bytes())
        }
    }
    Ok((asked.outcome(), bytes))
}

fn push_line(bytes: &mut Vec<u8>, value: &impl serde::Serialize) -> Result<(), Failure> {
    serde_json::to_writer(&mut *bytes, value).map_err(|error| Failure::Output(error.into()))?;
    bytes.push(b'\n');
    Ok(())
}
