//! `interdict lists import PATH`: from files to versions in the archive, with their account, and an index.

mod text;

use std::path::PathBuf;

use serde_json::{Value, json};

use interdict_core::date::PartialDate;
use interdict_core::list::{ListId, ListVersion};
use interdict_lists::{Format, ReadError};

use super::{print, print_json};
use crate::archive::{Archive, Manifest};
use crate::cli::{Import, Output};
use crate::config::Config;
use crate::failure::Failure;
use crate::importing::{self, Imported, Origin, Suspicion, Wishes};
use crate::index_store::{self, Opened};
use crate::{Ending, intake};

/// What became of the files of one list.
enum Fate {
    Imported(Box<Imported>),
    /// A file of a folder that is no list.
    Skipped(PathBuf, String),
    Failed(PathBuf, Failure),
}

/// Imports everything at a path, then builds the index.
pub(crate) fn run(config: &Config, args: &Import, output: Output) -> Result<Ending, Failure> {
    let wishes = wishes(args)?;
    let archive = Archive::at(&config.home);
    let lists = intake::lists_at(&args.path)?;
    let mut results = Vec::new();
    for paths in &lists {
        match importing::import(config, &archive, paths, &wishes) {
            Ok(imported) => results.push(Fate::Imported(Box::new(imported))),
            Err(failure) if wishes.origin == Origin::Named => return Err(failure),
            Err(error @ Failure::PerhapsNoList { .. }) => {
                results.push(Fate::Skipped(paths[0].clone(), error.to_string()));
            }
            Err(Failure::Read(error @ (ReadError::UnknownFormat { .. } | ReadError::OtherForm { .. }))) => {
                results.push(Fate::Skipped(paths[0].clone(), error.to_string()));
            }
            Err(failure) => results.push(Fate::Failed(paths[0].clone(), failure)),
        }
    }
    if !results.iter().any(|result| matches!(result, Fate::Imported(_))) {
        let first = results.into_iter().find_map(|result| match result {
            Fate::Failed(_, failure) => Some(failure),
            _ => None,
        });
        return Err(first.unwrap_or_else(|| Failure::NothingToImport { path: args.path.clone() }));
    }
    told(config, &archive, &results, output)
}

/// Builds the index where there is something for it, says what became of everything, and how it ends.
fn told(config: &Config, archive: &Archive, results: &[Fate], output: Output) -> Result<Ending, Failure> {
    let opened = match index_store::open(config) {
        // Everything that was imported is in quarantine.
        Err(Failure::NoList) => None,
        opened => Some(opened?),
    };
    let in_force: Vec<ListVersion> =
        archive.in_force()?.into_iter().map(|manifest| manifest.version).collect();
    if output == Output::Json {
        print_json(&as_json(results, &in_force, opened.as_ref()))?;
    } else {
        print(text::of(results, &in_force, opened.as_ref()).as_bytes())?;
    }
    let failed = results.iter().filter(|result| matches!(result, Fate::Failed(..))).count();
    if failed > 0 {
        return Err(Failure::SomeFailed { failed, total: results.len() });
    }
    let is_quarantined =
        |result: &Fate| matches!(result, Fate::Imported(imported) if !imported.quarantined.is_empty());
    Ok(if results.iter().any(is_quarantined) { Ending::NotScreened } else { Ending::Clear })
}

fn wishes(args: &Import) -> Result<Wishes, Failure> {
    let list = args.list.as_deref().map(str::parse::<ListId>).transpose();
    let published = args.published.as_deref().map(str::parse::<PartialDate>).transpose();
    let format = match args.format.as_deref() {
        None => None,
        Some(name) => Some(Format::from_name(name).ok_or_else(|| {
            let known: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
            Failure::Usage(format!("there is no format {name:?}; formats are {}", known.join(", ")))
        })?),
    };
    let mapping = args.mapping.as_deref().map(importing::read_mapping).transpose()?;
    Ok(Wishes {
        list: list.map_err(|error| Failure::Usage(format!("--list: {error}")))?,
        published: published.map_err(|error| Failure::Usage(format!("--published: {error}")))?,
        format: format.or(mapping.is_some().then_some(Format::MappedCsv)),
        mapping,
        onto: args.onto.clone(),
        origin: if args.path.is_dir() { Origin::Folder } else { Origin::Named },
        suspicion: if args.accept { Suspicion::Accept } else { Suspicion::Quarantine },
    })
}

fn is_in_force(manifest: &Manifest, in_force: &[ListVersion]) -> bool {
    in_force
        .iter()
        .any(|version| version.id == manifest.version.id && version.digest == manifest.version.digest)
}

fn as_json(results: &[Fate], in_force: &[ListVersion], opened: Option<&Opened>) -> Value {
    let mut imported = Vec::new();
    let mut skipped = Vec::new();
    let mut failed = Vec::new();
    for result in results {
        match result {
            Fate::Imported(import) => {
                let manifest = &import.manifest;
                imported.push(json!({
                    "id": manifest.version.id,
                    "version": manifest.version.version,
                    "digest": manifest.version.digest,
                    "published": manifest.version.published,
                    "published_from": manifest.published_from,
                    "format": manifest.format,
                    "files": manifest.files,
                    "entities": manifest.version.entities,
                    "in_force": is_in_force(manifest, in_force),
                    "was_there": import.was_there,
                    "parties_before": import.before.as_ref().map(|version| version.entities),
                    "shrinks_by": import.shrinks_by(),
                    "quarantined": import.quarantined,
                    "reconciliation": manifest.reconciliation,
                    "closed": manifest.reconciliation.is_closed(),
                    "inventory": manifest.inventory,
                    "issues": manifest.issues,
                    "seconds": import.took.as_secs_f64(),
                }));
            }
            Fate::Skipped(path, reason) => skipped.push(json!({"path": path, "reason": reason})),
            Fate::Failed(path, failure) => {
                failed.push(json!({"path": path, "code": failure.code(), "reason": failure.to_string()}));
            }
        }
    }
    json!({
        "imported": imported,
        "skipped": skipped,
        "failed": failed,
        "index": opened.map(|opened| json!({
            "digest": opened.index.digest(),
            "entities": opened.index.n_entities(),
            "names": opened.index.n_names(),
            "built": opened.built_in.is_some(),
            "seconds": opened.built_in.map(|took| took.as_secs_f64()),
        })),
    })
}
