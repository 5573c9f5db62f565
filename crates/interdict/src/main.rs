//! The program: which command was asked for, and with which code does it end?
//!
//! Exit codes: 0 clear, 1 a bug of this program, 2 usage or input, 3 hits, 4 not screened.

mod cli;
mod cluster_store;
mod commands;

mod archive;
mod cases;
mod config;
mod customers;
mod decisions;
mod fetch;
mod freshness;
mod importing;
mod index_store;
mod intake;
mod ledger;
mod network;
mod quarantine;
mod rescreening;
mod starter;
mod wallet;

mod answer;
mod failure;
mod progress;
mod tables;
mod terminal;

use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::Output;
use crate::failure::Failure;

/// What a command that ran to its end has to say by its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Nothing found, or nothing asked.
    Clear,
    /// At least one hit.
    Hits,
    /// No hit, and at least one subject could not be screened.
    NotScreened,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Clear => Self::from(0),
            Ending::Hits => Self::from(3),
            Ending::NotScreened => Self::from(4),
        }
    }
}

fn main() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() && std::env::args_os().any(|arg| arg == "--json") => {
            let text = error.to_string();
            let lines = text.lines().map(str::trim).take_while(|line| !line.starts_with("Usage:"));
            let message = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
            report(&Failure::Usage(message.trim_start_matches("error: ").to_owned()), Output::Json);
            return ExitCode::from(2);
        }
        Err(error) => error.exit(),
    };
    let output = cli.global.output();
    // The message of a panic may hold text from the input, which may be a person's name: only the place is said.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        anstream::eprintln!("panic at {place}");
    }));
    // A panic is a bug by definition; the default exit code of a panic is not the documented one.
    match std::panic::catch_unwind(|| commands::run(cli)) {
        Ok(Ok(ending)) => ending.into(),
        Ok(Err(failure)) => {
            report(&failure, output);
            failure.exit_code()
        }
        Err(_) => {
            report(&Failure::Bug, output);
            ExitCode::from(1)
        }
    }
}

/// Says on standard error what went wrong. A reader that closed the pipe wants to hear nothing more.
fn report(failure: &Failure, output: Output) {
    if failure.is_closed_pipe() {
        return;
    }
    if output == Output::Json {
        let error = serde_json::json!({"error": {"code": failure.code(), "message": failure.to_string()}});
        anstream::eprintln!("{error}");
    } else {
        // A path or a text in the message may hold signs that would change what the terminal shows.
        let lines: Vec<String> = failure.to_string().lines().map(terminal::printable).collect();
        let style = terminal::ERROR;
        anstream::eprintln!("{style}error:{style:#} {}", lines.join("\n"));
    }
}
