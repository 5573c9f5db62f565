//! `interdict wallet`: whose is an address, is it listed, and where did its money go?

mod chain;
mod check;
mod cluster;
mod exposure;
mod ledgers;
mod rows;
mod scan;
mod tags;
mod terminals;
mod text;
mod trace;

use super::at;
use crate::Ending;
use crate::cli::{ClassArg, Output, Wallet};
use crate::config::Config;
use crate::failure::Failure;
use crate::index_store::When;
use crate::wallet::asked::{Counted, Related};
use crate::wallet::opened::{self, OpenedWallets};

/// Runs the command that was asked for.
pub(crate) fn run(config: &Config, command: &Wallet, output: Output) -> Result<Ending, Failure> {
    match command {
        Wallet::Check(args) => check::run(config, args, output),
        Wallet::Scan(args) => scan::run(config, args, output),
        Wallet::Trace(args) => trace::run(config, args, output),
        Wallet::Exposure(args) => exposure::run(config, args, output),
        Wallet::Cluster(args) => cluster::run(config, args, output),
        Wallet::Chain(command) => chain::run(config, command, output),
        Wallet::Tags(command) => tags::run(config, command, output),
    }
}

/// The index of a day, with what a person should know of it said.
fn index_on(config: &Config, day: Option<&str>) -> Result<OpenedWallets, Failure> {
    let when = match day {
        None => When::Now,
        Some(day) => When::PublishedBy(at::day(day)?),
    };
    let opened = opened::open(config, when)?;
    opened.say_what_is_used();
    Ok(opened)
}

/// What counts as a hit.
fn counted(classes: &[ClassArg]) -> Counted {
    if classes.is_empty() {
        return Counted::default();
    }
    let own = classes.iter().filter_map(|class| class.class()).collect();
    let related = if classes.contains(&ClassArg::RelatedKey) { Related::Count } else { Related::Besides };
    Counted { classes: own, related }
}

/// How many rows ended how.
#[derive(Debug, Default)]
struct Counts {
    clear: u64,
    hits: u64,
    not_screened: u64,
}

impl Counts {
    fn add(&mut self, outcome: &str) {
        match outcome {
            "hits" => self.hits += 1,
            "clear" => self.clear += 1,
            _ => self.not_screened += 1,
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
