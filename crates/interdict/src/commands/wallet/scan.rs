//! `interdict wallet scan`: the addresses in free text, hits first.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek as _, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::json;

use interdict_wallets::SecretKind;
use interdict_wallets::scan::{Scanner, Seen, look};

use super::text;
use crate::Ending;
use crate::cli::{Output, WalletScan};
use crate::config::Config;
use crate::failure::Failure;
use crate::terminal::{NOTE, STRONG, number, printable};
use crate::wallet::answer::{Answer, Place};
use crate::wallet::asked::{Asked, Counted};
use crate::wallet::opened::OpenedWallets;

/// Scans the files that were named.
pub(crate) fn run(config: &Config, args: &WalletScan, output: Output) -> Result<Ending, Failure> {
    let opened = super::index_on(config, args.as_of.as_deref())?;
    let counted = super::counted(&args.class);
    // What is no hit waits in a file without a name, so that memory does not grow with it.
    let later =
        if args.all { Some(BufWriter::new(tempfile::tempfile().map_err(Failure::Output)?)) } else { None };
    let out = BufWriter::new(anstream::stdout().lock());
    let mut scan = Scan { opened: &opened, counted, output, out, later, counts: Counts::default() };
    for path in &args.files {
        scan.file(path)?;
    }
    scan.done()
}

/// A scan and where it writes.
struct Scan<'a, W: Write> {
    opened: &'a OpenedWallets,
    counted: Counted,
    output: Output,
    out: BufWriter<W>,
    later: Option<BufWriter<File>>,
    counts: Counts,
}

/// What was found in all.
#[derive(Default, Serialize)]
struct Counts {
    files: u64,
    bytes: u64,
    /// Addresses with hits, each where it stands.
    hits: u64,
    /// Other addresses.
    addresses: u64,
    /// Private keys.
    secrets: u64,
}

impl<W: Write> Scan<'_, W> {
    fn file(&mut self, path: &Path) -> Result<(), Failure> {
        let unreadable = |error| Failure::Unreadable { path: path.to_owned(), error };
        let name = path.display().to_string();
        let source: Box<dyn Read> = match path.as_os_str() == "-" {
            true => Box::new(io::stdin()),
            false => Box::new(File::open(path).map_err(unreadable)?),
        };
        let mut scanner = Scanner::new(source);
        let opened = self.opened;
        for piece in scanner.by_ref() {
            let piece = piece.map_err(unreadable)?;
            match look(&opened.index, &piece) {
                None => {}
                Some(Seen::Secret(kind)) => {
                    self.counts.secrets += 1;
                    let place = Place { file: &name, line: piece.line, start: piece.start, end: piece.end };
                    self.secret(place, kind)?;
                }
                Some(Seen::Address(seen)) => {
                    let place = Place { file: &name, line: piece.line, start: seen.start, end: seen.end };
                    let asked = Asked::of(opened, Ok(seen.reading), seen.matches, &self.counted);
                    self.address(place, &asked)?;
                }
            }
        }
        self.counts.files += 1;
        self.counts.bytes += scanner.n_bytes();
        Ok(())
    }

    fn address(&mut self, place: Place<'_>, asked: &Asked<'_>) -> Result<(), Failure> {
        let is_hit = !asked.hits.is_empty();
        let counter = if is_hit { &mut self.counts.hits } else { &mut self.counts.addresses };
        *counter += 1;
        if !is_hit && self.later.is_none() {
            return Ok(());
        }
        let mut bytes = Vec::new();
        match self.output {
            Output::Json => {
                let answer = Answer::new(self.opened, asked).at(place);
                serde_json::to_writer(&mut bytes, &answer).map_err(|error| Failure::Output(error.into()))?;
                bytes.push(b'\n');
            }
            Output::Text => {
                bytes.extend(headed(place).into_bytes());
                bytes.extend(text::answer(self.opened, asked, "text").into_bytes());
            }
        }
        let written = match &mut self.later {
            Some(later) if !is_hit => later.write_all(&bytes),
            _ => self.out.write_all(&bytes),
        };
        written.map_err(Failure::Output)
    }

    fn secret(&mut self, place: Place<'_>, kind: SecretKind) -> Result<(), Failure> {
        let seen = kind.description();
        let text = match self.output {
            Output::Json => {
                let reason =
                    json!({"code": "secret", "message": format!("this is {seen}; it is not shown or kept")});
                let Place { file, line, start, end } = place;
                let outcome = "not_screened";
                format!(
                    "{}\n",
                    json!({"file": file, "line": line, "start": start, "end": end, "wallet": null, "outcome": outcome, "reason": reason})
                )
            }
            Output::Text => {
                format!("{}{NOTE}{seen}{NOTE:#}: it is not shown; treat it as disclosed\n", headed(place))
            }
        };
        self.out.write_all(text.as_bytes()).map_err(Failure::Output)
    }

    fn done(mut self) -> Result<Ending, Failure> {
        if let Some(later) = self.later.take() {
            let mut file = later.into_inner().map_err(|error| Failure::Output(error.into_error()))?;
            file.rewind().and_then(|()| io::copy(&mut file, &mut self.out)).map_err(Failure::Output)?;
        }
        let counts = &self.counts;
        let summary = match self.output {
            Output::Json => format!("{}\n", json!({"summary": counts})),
            Output::Text => format!(
                "{} bytes: {} with hits, {} other addresses, {} private keys\n",
                number(counts.bytes),
                number(counts.hits),
                number(counts.addresses),
                number(counts.secrets)
            ),
        };
        self.out.write_all(summary.as_bytes()).and_then(|()| self.out.flush()).map_err(Failure::Output)?;
        Ok(match (counts.hits, counts.secrets) {
            (0, 0) => Ending::Clear,
            (0, _) => Ending::NotScreened,
            _ => Ending::Hits,
        })
    }
}

fn headed(place: Place<'_>) -> String {
    let Place { file, line, start, end } = place;
    format!("{STRONG}{}:{line}{STRONG:#} bytes {start} to {end}\n", printable(file))
}
