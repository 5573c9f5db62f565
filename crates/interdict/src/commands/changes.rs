//! `interdict lists changes`: every change between the versions in the archive, oldest first, as JSON lines.

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;
use interdict_core::list::ListId;
use interdict_lists::delta;
use interdict_lists::delta::lines::{self, VersionDelta};

use super::diff::lacking::{self, Parts};
use super::print;
use crate::Ending;
use crate::archive::{Archive, Manifest};
use crate::cli::Changes;
use crate::config::Config;
use crate::failure::Failure;

/// Compares each version with the one before it.
pub(crate) fn run(config: &Config, args: &Changes) -> Result<Ending, Failure> {
    let since: Option<PartialDate> = args
        .since
        .as_deref()
        .map(str::parse)
        .transpose()
        .map_err(|error| Failure::Usage(format!("--since: {error}")))?;
    let archive = Archive::at(&config.home);
    let holdings = archive.holdings()?;
    if let Some(list) = &args.list {
        holdings.list(list)?;
    }
    let asked = |list: &ListId| args.list.as_ref().is_none_or(|asked| list.as_str() == asked);
    for (_, versions) in holdings.lists.iter().filter(|(list, _)| asked(list)) {
        // What is in quarantine is not yet news.
        let versions: Vec<&Manifest> =
            versions.iter().filter(|manifest| !holdings.rulings.is_quarantined(manifest)).collect();
        steps(&archive, &versions, since)?;
    }
    Ok(Ending::Clear)
}

fn steps(archive: &Archive, versions: &[&Manifest], since: Option<PartialDate>) -> Result<(), Failure> {
    let mut before: Option<(&Manifest, Vec<Entity>)> = None;
    for (&from, &to) in versions.iter().zip(versions.iter().skip(1)) {
        let from_day = |date: PartialDate| date.bounds().1;
        // A version without a date may have come at any time, so it is not left out.
        let is_before =
            |since| to.version.published.is_some_and(|on| from_day(on) < PartialDate::bounds(since).0);
        if since.is_some_and(is_before) {
            continue;
        }
        let a = match before.take() {
            Some((manifest, entities)) if manifest.version.digest == from.version.digest => entities,
            _ => archive.read(from)?.value.entities,
        };
        let b = archive.read(to)?.value.entities;
        let delta = delta::delta(&a, &b)?;
        let parts = |manifest: &Manifest| Parts::of(&manifest.format, &manifest.reconciliation);
        let lacking = parts(from).lacking(&parts(to));
        lacking::tell(&lacking, (&from.version.version, &to.version.version));
        print_lines(&VersionDelta { from: from.version.clone(), to: to.version.clone(), delta, lacking })?;
        before = Some((to, b));
    }
    Ok(())
}

/// Writes the lines of a delta to standard output.
pub(super) fn print_lines(told: &VersionDelta) -> Result<Ending, Failure> {
    let mut text = String::new();
    for line in lines::write(told) {
        text.push_str(&line.map_err(|error| Failure::Output(error.into()))?);
        text.push('\n');
    }
    print(text.as_bytes())
}
