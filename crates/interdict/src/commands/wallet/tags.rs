//! `interdict wallet tags`: packs of tags that are kept, so that every check knows of them.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use interdict_core::issue::{Issue, Issues, Position, Severity};
use interdict_wallets::tagpack::{TagPack, Written, write};
use interdict_wallets::{Class, Confidence, Tag, parse};

use super::super::{print, print_json};
use crate::archive::write_private;
use crate::cli::{Output, TagsExport, TagsImport, WalletTags};
use crate::config::Config;
use crate::failure::Failure;
use crate::terminal::{FAINT, NOTE, STRONG, number, printable, table};
use crate::wallet::opened;
use crate::wallet::tags::{KeptPack, KeptTags, parsed};
use crate::{Ending, intake};

/// So many issues of an import are shown to people.
const ISSUES_SHOWN: usize = 20;

/// Runs the command that was asked for.
pub(super) fn run(config: &Config, command: &WalletTags, output: Output) -> Result<Ending, Failure> {
    match command {
        WalletTags::Import(args) => import(config, args, output),
        WalletTags::Status => status(config, output),
        WalletTags::Remove { name } => remove(config, name, output),
        WalletTags::Export(args) => export(config, args),
    }
}

/// Packs that were read.
#[derive(Default)]
struct Read {
    packs: Vec<(KeptPack, interdict_core::mapped::MappedFile)>,
    issues: Issues,
    failed: Vec<Refused>,
}

/// A file that is not kept.
#[derive(Serialize)]
struct Refused {
    /// As what it would have been kept.
    name: String,
    file: String,
    reason: String,
}

fn import(config: &Config, args: &TagsImport, output: Output) -> Result<Ending, Failure> {
    let mut read = Read::default();
    for path in &args.paths {
        for (name, file) in packs_at(path)? {
            let name = args.name.clone().unwrap_or(name);
            let path = file.display().to_string();
            let copied = intake::copy(std::slice::from_ref(&file))?;
            let copy = copied.files.into_iter().next().ok_or(Failure::Bug)?;
            match parsed(&copy.bytes) {
                Err(reason) => read.failed.push(Refused { name, file: path, reason }),
                Ok(pack) => {
                    let class = args.class.map(|class| class.class());
                    let (kept, issues) = account(name, copy.digest, class, &pack.value, pack.issues);
                    read.issues.append(issues);
                    read.packs.push((kept, copy.bytes));
                }
            }
        }
    }
    if args.name.is_some() && read.packs.len() + read.failed.len() > 1 {
        return Err(Failure::Usage("--name names one file, and there are several".to_owned()));
    }
    let kept: Vec<KeptPack> = read.packs.iter().map(|(pack, _)| pack.clone()).collect();
    let mut names: Vec<&str> = kept.iter().map(|pack| pack.name.as_str()).collect();
    names.sort_unstable();
    if let Some([name, _]) = names.windows(2).filter_map(<[&str]>::first_chunk).find(|[a, b]| a == b) {
        let name: String = name.chars().take(60).collect();
        return Err(Failure::Usage(format!("two files would be kept as {name:?}; import one with --name")));
    }
    if !read.packs.is_empty() {
        let store = KeptTags::at(&config.home);
        let _lock = store.lock()?;
        store.keep(read.packs)?;
    }
    told(&kept, &read.issues, &read.failed, output)?;
    let lost: u64 = kept.iter().map(|pack| pack.lost).sum();
    match (read.failed.len(), kept.len()) {
        (0, _) if lost > 0 => Err(Failure::TagsLost { lost }),
        (0, _) => Ok(Ending::Clear),
        (failed, kept) => Err(Failure::SomeTagsFailed { failed, total: failed + kept }),
    }
}

/// The packs of a path, with their names: a file, or all files of a folder that end in `.yaml` or `.yml`.
fn packs_at(path: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let unreadable = |error| Failure::Unreadable { path: path.to_owned(), error };
    if !std::fs::metadata(path).map_err(unreadable)?.is_dir() {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        return Ok(vec![(stem, path.to_owned())]);
    }
    let mut files = Vec::new();
    collect(path, 0, &mut files)?;
    files.sort();
    if files.is_empty() {
        return Err(Failure::NothingToImport { path: path.to_owned() });
    }
    let name = |file: &PathBuf| {
        let inner = file.strip_prefix(path).unwrap_or(file).with_extension("");
        inner.to_string_lossy().replace('\\', "/")
    };
    Ok(files.into_iter().map(|file| (name(&file), file)).collect())
}

/// Deepest folder that is looked into.
const FOLDERS_MAX: usize = 16;

fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |error| Failure::Unreadable { path: folder.to_owned(), error };
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let is_link = path.is_symlink();
        if path.is_dir() && !is_hidden && !is_link && depth < FOLDERS_MAX {
            collect(&path, depth + 1, files)?;
        } else if path.is_file()
            && !is_hidden
            && path.extension().is_some_and(|end| end == "yaml" || end == "yml")
        {
            files.push(path);
        }
    }
    Ok(())
}

/// The account of a pack: every tag is an entry of the index, or an issue.
fn account(
    name: String,
    digest: interdict_core::digest::Digest,
    class: Option<Class>,
    pack: &TagPack,
    mut issues: Issues,
) -> (KeptPack, Issues) {
    let (mut texts, mut refused) = (0, 0);
    for line in &pack.tags {
        let issue = match parse(&line.address) {
            Ok(reading) if reading.undecided.is_none() => continue,
            Ok(_) => {
                texts += 1;
                Issue::new(
                    Severity::Note,
                    "no_address_form",
                    "its address cannot be read as one; it is found as a text",
                )
            }
            Err(refusal) => {
                refused += 1;
                Issue::new(Severity::RecordLost, "refused", refusal.to_string())
            }
        };
        issues.push(issue.at(Position::Line(line.line)));
    }
    let mut located = Issues::new();
    for issue in issues.kept() {
        located.push(issue.clone().in_file(name.clone()));
    }
    let n_more = issues.len() - located.len();
    if n_more > 0 {
        let reason = format!("{n_more} more issues are counted and not kept");
        located.push(Issue::new(Severity::Note, "more_issues", reason).in_file(name.clone()));
    }
    let lost = issues.count(Severity::RecordLost);
    let kept = KeptPack {
        title: pack.said("title").map(str::to_owned),
        name,
        digest,
        class,
        tags: pack.tags.len() as u64 - refused,
        actors: pack.actors.len() as u64,
        texts,
        lost,
        imported_at: Timestamp::now(),
    };
    (kept, located)
}

fn told(kept: &[KeptPack], issues: &Issues, failed: &[Refused], output: Output) -> Result<Ending, Failure> {
    if output == Output::Json {
        return print_json(&json!({
            "imported": kept, "failed": failed, "issues": issues.by_kind(), "issue_list": issues.kept(),
        }));
    }
    let mut text = listed(kept);
    for issue in issues.kept().iter().take(ISSUES_SHOWN) {
        text.push_str(&format!("{NOTE}issue:{NOTE:#} {}\n", printable(&issue.to_string())));
    }
    if issues.kept().len() > ISSUES_SHOWN {
        text.push_str(&format!(
            "{FAINT}… and {} more; --json shows them{FAINT:#}\n",
            issues.kept().len() - ISSUES_SHOWN
        ));
    }
    for Refused { file, reason, .. } in failed {
        text.push_str(&format!("{NOTE}not imported:{NOTE:#} {}: {}\n", printable(file), printable(reason)));
    }
    print(text.as_bytes())
}

fn status(config: &Config, output: Output) -> Result<Ending, Failure> {
    let packs = KeptTags::at(&config.home).packs()?;
    match output {
        Output::Json => print_json(&json!({"packs": packs})),
        Output::Text if packs.is_empty() => {
            print(b"no tags are kept; keep some with `interdict wallet tags import PATH`\n")
        }
        Output::Text => print(listed(&packs).as_bytes()),
    }
}

fn listed(packs: &[KeptPack]) -> String {
    let row = |pack: &KeptPack| {
        vec![
            printable(&pack.name),
            pack.class.map_or("by tag", Class::name).to_owned(),
            number(pack.tags),
            number(pack.texts),
            number(pack.actors),
            number(pack.lost),
            pack.digest.short(),
        ]
    };
    let header = ["name", "class", "tags", "as text", "actors", "lost", "digest"];
    let mut text = table(&header, &[2, 3, 4, 5], packs.iter().map(row));
    let total: u64 = packs.iter().map(|pack| pack.tags).sum();
    text.push_str(&format!("\n{} packs, {} tags\n", packs.len(), number(total)));
    text
}

fn remove(config: &Config, name: &str, output: Output) -> Result<Ending, Failure> {
    let store = KeptTags::at(&config.home);
    let _lock = store.lock()?;
    let removed = store.remove(name)?;
    match output {
        Output::Json => print_json(&json!({"removed": removed})),
        Output::Text => {
            print(format!("{STRONG}{}{STRONG:#} is kept no more\n", printable(&removed.name)).as_bytes())
        }
    }
}

/// One tag that is to be written.
struct Exported {
    address: String,
    labels: Vec<String>,
    tag: Tag,
}

fn export(config: &Config, args: &TagsExport) -> Result<Ending, Failure> {
    let mut tags = Vec::new();
    let packs = KeptTags::at(&config.home).read()?;
    if let Some(name) = args.names.iter().find(|name| packs.iter().all(|(pack, _)| pack.name != **name)) {
        let name: String = name.chars().take(60).collect();
        return Err(Failure::Usage(format!(
            "no tags are kept as {name:?}; see interdict wallet tags status"
        )));
    }
    let is_asked = |pack: &KeptPack| args.names.is_empty() || args.names.contains(&pack.name);
    for (_, pack) in packs.into_iter().filter(|(pack, _)| is_asked(pack)) {
        tags.extend(pack.tags.into_iter().map(|line| Exported {
            address: line.address,
            labels: line.labels,
            tag: line.tag,
        }));
    }
    if args.listed {
        tags.extend(of_lists(config)?);
    }
    let written: Vec<Written<'_>> = tags
        .iter()
        .map(|one| Written { address: &one.address, labels: &one.labels, tag: &one.tag })
        .collect();
    let text = write(&args.title, "interdict", &written);
    match &args.output {
        Some(path) => write_private(path, text.as_bytes()).map(|()| Ending::Clear),
        None => print(text.as_bytes()),
    }
}

/// The listed addresses as tags: what an authority says, under each label that its list gives.
fn of_lists(config: &Config) -> Result<Vec<Exported>, Failure> {
    let mut tags = Vec::new();
    for (version, wallets) in opened::in_force(config)? {
        for wallet in wallets {
            let Some(address) = wallet.text else { continue };
            let names: Vec<&str> = wallet.claim.parties.iter().map(|party| party.caption.as_str()).collect();
            let tag = Tag {
                label: names.join("; "),
                abuse: Some("sanction".to_owned()),
                confidence: Confidence::named("authority_data"),
                source: Some(format!("{}@{}", version.id, version.version)),
                lastmod: version.published.map(|date| date.to_string()),
                ..Tag::default()
            };
            let labels =
                if wallet.claim.labels.is_empty() { vec![String::new()] } else { wallet.claim.labels };
            tags.extend(labels.into_iter().map(|label| Exported {
                address: address.clone(),
                labels: Some(label).filter(|label| !label.is_empty()).into_iter().collect(),
                tag: tag.clone(),
            }));
        }
    }
    Ok(tags)
}
