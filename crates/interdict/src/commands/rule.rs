//! `interdict lists use`, `release`, `remove`: what a person decides of lists and versions.

use serde_json::json;

use super::{print, print_json};
use crate::Ending;
use crate::archive::{Archive, EventKind, Holdings, Manifest};
use crate::cli::{Output, Release, Remove, Use};
use crate::config::Config;
use crate::failure::Failure;
use crate::terminal::{STRONG, printable};

/// Puts a version in force, or the one published last.
pub(crate) fn put_in_force(config: &Config, args: &Use, output: Output) -> Result<Ending, Failure> {
    let latest = args.version.strip_suffix("@latest");
    let kind = if latest.is_some() { EventKind::Unpinned } else { EventKind::Pinned };
    let reasons: Vec<String> = args.reason.clone().into_iter().collect();
    decide(config, &[kind], &reasons, output, |holdings| match latest {
        Some(list) => Ok(holdings.list(list)?.last().cloned()),
        None => {
            let manifest = holdings.version(&args.version)?;
            if holdings.rulings.is_quarantined(manifest) {
                let name = manifest.name();
                return Err(Failure::Usage(format!(
                    "{name} is in quarantine; look at it, then: interdict lists release {name} --reason \"…\""
                )));
            }
            Ok(Some(manifest.clone()))
        }
    })
}

/// Lets a version out of quarantine.
pub(crate) fn release(config: &Config, args: &Release, output: Output) -> Result<Ending, Failure> {
    decide(config, &[EventKind::Released], std::slice::from_ref(&args.reason), output, |holdings| {
        match holdings.waiting(&args.version)? {
            Some(manifest) => Ok(Some(manifest.clone())),
            None => {
                let name = holdings.version(&args.version)?.name();
                Err(Failure::Usage(format!("{name} is not in quarantine")))
            }
        }
    })
}

/// Takes a list out of force.
pub(crate) fn remove(config: &Config, args: &Remove, output: Output) -> Result<Ending, Failure> {
    decide(config, &[EventKind::Removed], std::slice::from_ref(&args.reason), output, |holdings| {
        let versions = holdings.list(&args.list)?;
        let in_force = holdings.rulings.in_force(versions).and_then(|idx| versions.get(idx));
        Ok(in_force.or(versions.last()).cloned())
    })
}

/// Writes the decision down and says what is in force of the list since.
fn decide(
    config: &Config,
    kinds: &[EventKind],
    reasons: &[String],
    output: Output,
    chosen: impl FnOnce(&Holdings) -> Result<Option<Manifest>, Failure>,
) -> Result<Ending, Failure> {
    let archive = Archive::at(&config.home);
    let _lock = archive.lock()?;
    let manifest = chosen(&archive.holdings()?)?.ok_or(Failure::Bug)?;
    archive.happened(kinds, &manifest.version, reasons)?;
    let list = &manifest.version.id;
    let holdings = archive.holdings()?;
    let in_force = holdings.in_force().into_iter().find(|manifest| manifest.version.id == *list);
    if output == Output::Json {
        return print_json(&json!({
            "list": list,
            "in_force": in_force.map(|manifest| json!({
                "version": manifest.version.version,
                "published": manifest.version.published,
                "entities": manifest.version.entities,
            })),
        }));
    }
    let told = match in_force {
        Some(manifest) => {
            let published = manifest.version.published.map_or("unknown".to_owned(), |date| date.to_string());
            format!("{STRONG}{}{STRONG:#} is in force, published {published}\n", printable(&manifest.name()))
        }
        None => format!(
            "{STRONG}{list}{STRONG:#} is out of force; back with: interdict lists use {list}@latest\n"
        ),
    };
    print(told.as_bytes())
}
