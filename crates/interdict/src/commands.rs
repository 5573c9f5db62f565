//! One file for each command.

mod import;
mod screen;
mod show;
mod status;

use std::io::Write as _;

use clap::CommandFactory as _;

use crate::Verdict;
use crate::cli::{Cli, Command, Lists};
use crate::config;
use crate::failure::Failure;

/// Runs the command that was asked for.
pub(crate) fn run(cli: Cli) -> Result<Verdict, Failure> {
    match cli.command {
        Command::Screen(args) => screen::run(&config::load(&cli.global)?, &args, cli.global.json),
        Command::Lists(Lists::Import(args)) => {
            import::run(&config::load(&cli.global)?, &args, cli.global.json)
        }
        Command::Lists(Lists::Status(args)) => {
            status::run(&config::load(&cli.global)?, &args, cli.global.json)
        }
        Command::Lists(Lists::Show { id }) => show::run(&config::load(&cli.global)?, &id, cli.global.json),
        Command::Completions { shell } => {
            let mut completions = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "interdict", &mut completions);
            print(&completions)
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page).map_err(Failure::Output)?;
            print(&page)
        }
    }
}

/// Writes an answer to standard output.
fn print(bytes: &[u8]) -> Result<Verdict, Failure> {
    let mut out = anstream::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(Failure::Output)?;
    Ok(Verdict::Clear)
}

/// Writes a JSON value and a line end to standard output.
fn print_json(value: &impl serde::Serialize) -> Result<Verdict, Failure> {
    let mut bytes = serde_json::to_vec(value).map_err(|error| Failure::Output(error.into()))?;
    bytes.push(b'\n');
    print(&bytes)
}
