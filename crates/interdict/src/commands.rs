//! One file for each command.

pub(crate) mod at;
mod changes;
mod decide;
mod diff;
mod evaluate;
mod fetch;
mod generate;
mod import;
mod network;
mod prune;
mod report;
mod rescreen;
mod rule;
mod same;
mod screen;
mod selftest;
mod show;
mod status;
mod verify;
mod wallet;
mod why_not;

use std::io::Write as _;

use clap::CommandFactory as _;

use crate::Ending;
use crate::cli::{Cli, Command, Lists};
use crate::config;
use crate::failure::Failure;

/// Runs the command that was asked for.
pub(crate) fn run(cli: Cli) -> Result<Ending, Failure> {
    let output = cli.global.output();
    match cli.command {
        Command::Screen(args) => screen::run(&config::load(&cli.global)?, &args, output),
        Command::Lists(Lists::Fetch(args)) => fetch::run(&config::load(&cli.global)?, &args, output),
        Command::Lists(Lists::Import(args)) => import::run(&config::load(&cli.global)?, &args, output),
        Command::Lists(Lists::Status(args)) => status::run(&config::load(&cli.global)?, &args, output),
        Command::Lists(Lists::Report(args)) => report::run(&config::load(&cli.global)?, &args, output),
        Command::Lists(Lists::At(args)) => at::run(&config::load(&cli.global)?, &args, output),
        Command::Lists(Lists::Use(args)) => rule::put_in_force(&config::load(&cli.global)?, &args, output),
        Command::Lists(Lists::Release(args)) => rule::release(&config::load(&cli.global)?, &args, output),
        Command::Lists(Lists::Remove(args)) => rule::remove(&config::load(&cli.global)?, &args, output),
        Command::Lists(Lists::Verify(_)) => verify::run(&config::load(&cli.global)?, output),
        Command::Lists(Lists::Prune(args)) => prune::run(&config::load(&cli.global)?, &args, output),
        Command::Lists(Lists::Show { id }) => show::run(&config::load(&cli.global)?, &id, output),
        Command::Lists(Lists::Diff(args)) => diff::run(&config::load(&cli.global)?, &args, output),
        Command::Lists(Lists::Changes(args)) => changes::run(&config::load(&cli.global)?, &args),
        Command::Lists(Lists::Same(args)) => same::run(&config::load(&cli.global)?, &args, output),
        Command::Lists(Lists::Decide(args)) => decide::run(&config::load(&cli.global)?, &args, output),
        Command::Rescreen(args) => rescreen::run(&config::load(&cli.global)?, &args, output),
        Command::Network(command) => network::run(&config::load(&cli.global)?, &command, output),
        Command::Wallet(command) => wallet::run(&config::load(&cli.global)?, &command, output),
        Command::WhyNot(args) => why_not::run(&config::load(&cli.global)?, &args, output),
        Command::Evaluate(args) => evaluate::run(&config::load(&cli.global)?, &args, output),
        Command::Generate(args) => generate::run(&config::load(&cli.global)?, &args),
        Command::Selftest(args) => selftest::run(&config::load(&cli.global)?, &args, output),
        Command::Completions { shell } => {
            let mut completions = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "interdict", &mut completions);
            print(&completions)
        }
        Command::Man { command } => print(&manual_page(&command)?),
    }
}

/// The manual page of a command, which is named by its words: `lists import`.
fn manual_page(words: &[String]) -> Result<Vec<u8>, Failure> {
    let mut program = Cli::command();
    program.build();
    let mut command = &program;
    for word in words {
        let known = || {
            let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
            Failure::Usage(format!("there is no command {word:?} here; there are: {}", names.join(", ")))
        };
        command = command.find_subcommand(word).ok_or_else(known)?;
    }
    let name = [&["interdict".to_owned()], words].concat().join("-");
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).title(name).render(&mut page).map_err(Failure::Output)?;
    Ok(page)
}

/// Writes an answer to standard output.
fn print(bytes: &[u8]) -> Result<Ending, Failure> {
    let mut out = anstream::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(Failure::Output)?;
    Ok(Ending::Clear)
}

/// Writes a JSON value and a line end to standard output.
fn print_json(value: &impl serde::Serialize) -> Result<Ending, Failure> {
    let mut bytes = serde_json::to_vec(value).map_err(|error| Failure::Output(error.into()))?;
    bytes.push(b'\n');
    print(&bytes)
}
