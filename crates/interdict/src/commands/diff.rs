//! `interdict lists diff`: what changed between two versions of a list?

pub(super) mod lacking;
mod sides;
mod text;
mod values;

use interdict_lists::delta::lines::{self, VersionDelta};
use interdict_lists::delta::{self, Delta};

use super::changes::print_lines;
use super::print;
use crate::Ending;
use crate::cli::{Diff, Output};
use crate::config::Config;
use crate::failure::Failure;
use crate::terminal::number;
use sides::Version;

/// Compares the two versions that are named.
pub(crate) fn run(config: &Config, args: &Diff, output: Output) -> Result<Ending, Failure> {
    let (from, to) = sides::resolve(config, args)?;
    let delta = delta::delta(&from.entities, &to.entities)?;
    let lacking = from.parts.lacking(&to.parts);
    lacking::tell(&lacking, (&from.version.version, &to.version.version));
    let told = VersionDelta { from: from.version.clone(), to: to.version.clone(), delta, lacking };
    if args.verify {
        verify(&told, &from, &to)?;
    }
    if output == Output::Json {
        print_lines(&told)
    } else if args.csv {
        print(text::csv(&told).as_bytes())
    } else {
        let names = text::captions(&told.delta, &from.entities, &to.entities);
        print(text::report(&told, args.limit, &names).as_bytes())
    }
}

/// Makes each version of the other, by way of the written lines, and says so on standard error.
fn verify(told: &VersionDelta, from: &Version, to: &Version) -> Result<(), Failure> {
    let mut text = String::new();
    for line in lines::write(told) {
        text.push_str(&line.map_err(|error| Failure::Output(error.into()))?);
        text.push('\n');
    }
    let read = lines::read(text.as_bytes()).map_err(|error| Failure::NotVerified(error.to_string()))?;
    let [read] = &read[..] else {
        return Err(Failure::NotVerified("the lines are of no one delta".to_owned()));
    };
    let leads = |delta: &Delta, start: &Version, end: &Version| -> Result<bool, Failure> {
        let made =
            delta::apply(delta, &start.entities).map_err(|error| Failure::NotVerified(error.to_string()))?;
        Ok(made == end.entities)
    };
    if !leads(&read.delta, from, to)? || !leads(&read.delta.inverse(), to, from)? {
        return Err(Failure::NotVerified("another list came out".to_owned()));
    }
    let bytes = number(text.len() as u64);
    anstream::eprintln!("verified: {bytes} bytes of changes lead from one version to the other and back");
    Ok(())
}
