//! `interdict wallet chain`: chains that are kept, so that they are read once.

mod export;

use std::path::Path;

use interdict_ledger::outputs::names::network::Network;
use interdict_ledger::outputs::store::branch::Choice;
use interdict_ledger::outputs::store::growing::Growth;
use interdict_ledger::outputs::store::{MANIFEST_FORMAT, Manifest, Parts, printed};
use interdict_ledger::sources::bitcoin_blocks::{self, BlocksReport, Remark};
use interdict_ledger::sources::parquet;
use serde_json::json;

use super::ledgers::written_to;
use crate::Ending;
use crate::cli::{Chain, ChainImport, Output};
use crate::config::Config;
use crate::failure::Failure;
use crate::ledger::opened::{self, Reading};
use crate::ledger::places::is_of_outputs;
use crate::ledger::store::{ChainFolder, ChainStore, KeptManifest};
use crate::progress;
use crate::terminal::{CLEAR, ERROR, NOTE, number, table};

/// Decimals of the networks whose chains are kept: a unit is a hundred million of the smallest.
const DECIMALS: u8 = 8;

/// Runs the command that was asked for.
pub(super) fn run(config: &Config, command: &Chain, output: Output) -> Result<Ending, Failure> {
    let store = ChainStore::at(&config.home);
    match command {
        Chain::Import(args) => import(&store, args, output),
        Chain::Export(args) => export::run(&store, args, output),
        Chain::Status => status(&store, output),
        Chain::Verify { name } => verify(&store, name.as_deref(), output),
        Chain::Remove { name } => remove(&store, name, output),
    }
}

/// Whether a place has block files: a folder with some, or one by its name.
fn is_of_blocks(path: &Path) -> bool {
    let is_block_file = |path: &Path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with("blk") && name.ends_with(".dat")
    };
    let inside = |entry: Result<std::fs::DirEntry, _>| entry.is_ok_and(|entry| is_block_file(&entry.path()));
    is_block_file(path) || std::fs::read_dir(path).is_ok_and(|entries| entries.into_iter().any(inside))
}

fn import(store: &ChainStore, args: &ChainImport, output: Output) -> Result<Ending, Failure> {
    let chain = store.chain(&args.name)?;
    let _lock = chain.lock()?;
    match args.paths.as_slice() {
        [path] if is_of_blocks(path) || is_of_outputs(path) => import_outputs(&chain, path, args, output),
        paths if paths.iter().any(|path| is_of_blocks(path) || is_of_outputs(path)) => Err(Failure::Ledger(
            "a chain of outputs is imported from one folder or one file, and nothing beside it".to_owned(),
        )),
        paths => {
            if matches!(chain.manifest()?, Some(KeptManifest::Outputs(_))) {
                return Err(another_kind(args));
            }
            let (ledger, read) = opened::from_files(paths, &Reading::default())?;
            let kept = chain.keep_accounts(&ledger, read)?;
            say(
                output,
                &format!("{}: {} events kept, {}", args.name, number(kept.events), kept.ledger.short()),
                &json!({
                    "chain": args.name, "kind": "accounts", "events": kept.events, "ledger": kept.ledger, "bytes": kept.bytes, "read": kept.read,
                }),
            )
        }
    }
}

fn another_kind(args: &ChainImport) -> Failure {
    Failure::Ledger(format!(
        "{} is kept already, and is a chain of another kind: choose another --name, or remove it first",
        args.name
    ))
}

/// What an import of any source did.
struct Imported {
    network: Network,
    parts: Parts,
    choice: Choice,
    growth: Growth,
    remarks: Vec<String>,
    more_remarks: u64,
}

fn import_outputs(
    chain: &ChainFolder,
    path: &Path,
    args: &ChainImport,
    output: Output,
) -> Result<Ending, Failure> {
    let (old, parts) = match chain.manifest()? {
        None => (None, Parts::new(Vec::new()).map_err(|error| chain.failed(&error))?),
        Some(KeptManifest::Accounts(_)) => return Err(another_kind(args)),
        Some(KeptManifest::Outputs(manifest)) => {
            let parts = chain.outputs().open(&manifest).map_err(|error| chain.failed(&error))?;
            (Some(manifest), parts)
        }
    };
    let named = args.network.as_deref().or(old.as_ref().map(|manifest| manifest.network.as_str()));
    let network = named.map(Network::named).transpose().map_err(Failure::Ledger)?;
    let imported = if is_of_outputs(path) {
        let network = network.map_or_else(|| Network::named("bitcoin"), Ok).map_err(Failure::Ledger)?;
        of_parquet(chain, path, network, parts, args)?
    } else {
        of_blocks(chain, path, network, parts, args)?
    };
    let unit = imported.network.chain.symbols().first().copied().unwrap_or(imported.network.name);
    let manifest = Manifest {
        format: MANIFEST_FORMAT,
        number: 0,
        network: imported.network.name.to_owned(),
        unit: unit.to_uppercase(),
        decimals: DECIMALS,
        parts: imported.parts.records(),
    };
    let manifest = match old.filter(|old| old.parts == manifest.parts) {
        Some(old) => old,
        None => chain.outputs().commit(manifest).map_err(|error| chain.failed(&error))?,
    };
    told(&args.name, &manifest, &imported, output)
}

fn of_blocks(
    chain: &ChainFolder,
    path: &Path,
    network: Option<Network>,
    parts: Parts,
    args: &ChainImport,
) -> Result<Imported, Failure> {
    let bar = progress::count(0, "reading blocks");
    let mut progress = |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    };
    let (parts, report) =
        bitcoin_blocks::import(path, network, parts, &mut chain.outputs(), args.segment_txs, &mut progress)
            .map_err(|error| chain.failed(&error))?;
    bar.finish_and_clear();
    let remark = |remark: &Remark| match remark {
        Remark::Truncated { file, offset, missing } => {
            format!(
                "{file}: the block at byte {offset} ends {missing} bytes early: it was being written, or was cut off"
            )
        }
        Remark::Skipped { file, offset, bytes } => {
            format!("{file}: {bytes} bytes from byte {offset} on belong to no block")
        }
        Remark::BadHead { file, offset, hash } => {
            format!("{file}: the block {hash} at byte {offset} has no valid proof of work and was left out")
        }
    };
    let mut remarks: Vec<String> = report.remarks.iter().map(remark).collect();
    if report.hidden_bytes > 0 {
        remarks.push(format!("{} bytes of extension blocks hide their amounts", number(report.hidden_bytes)));
    }
    if !report.is_proof_checked {
        remarks.push("the proof of work of this network is not checked".to_owned());
    }
    let BlocksReport { network, choice, growth, more_remarks, .. } = report;
    Ok(Imported { network, parts, choice, growth, remarks, more_remarks })
}

fn of_parquet(
    chain: &ChainFolder,
    path: &Path,
    network: Network,
    parts: Parts,
    args: &ChainImport,
) -> Result<Imported, Failure> {
    let bar = progress::spinner("reading tables");
    let (parts, report) =
        parquet::import_outputs(path, &network, parts, &mut chain.outputs(), args.segment_txs)
            .map_err(|error| chain.failed(&error))?;
    bar.finish_and_clear();
    let remarks = report.remarks.iter().map(|remark| format!("{}: {}", remark.file, remark.text)).collect();
    Ok(Imported { network, parts, choice: report.choice, growth: report.growth, remarks, more_remarks: 0 })
}

fn told(name: &str, manifest: &Manifest, imported: &Imported, output: Output) -> Result<Ending, Failure> {
    let Imported { choice, growth, remarks, .. } = imported;
    let tip = manifest.parts.last();
    let mut text = format!(
        "{name}: {} blocks with {} transactions came, {} blocks left; {} to block {} ({})",
        number(growth.blocks),
        number(growth.txs),
        number(choice.leaving),
        manifest.network,
        tip.map_or(0, |part| part.last_height),
        tip.map_or("", |part| part.last_hash.as_str()),
    );
    let stale: Vec<String> = choice
        .stale
        .iter()
        .map(|stale| {
            format!(
                "a branch of {} blocks that ends with {} has less work and is left out",
                number(stale.blocks),
                printed(&stale.tip)
            )
        })
        .collect();
    let missing: Vec<String> = choice
        .missing
        .iter()
        .map(|gap| {
            let (missing, follower) = (printed(&gap.missing), printed(&gap.follower));
            format!("block {missing} is not there: {} blocks from {follower} on wait for it; import the files before them too", number(gap.blocks))
        })
        .collect();
    for (what, lines) in [("stale", &stale), ("missing", &missing), ("note", remarks)] {
        for line in lines {
            text += &format!("\n{NOTE}{what}{NOTE:#}  {line}");
        }
    }
    let answer = json!({
        "chain": name, "kind": "outputs", "network": manifest.network, "manifest": manifest.number,
        "blocks_came": growth.blocks, "transactions_came": growth.txs, "blocks_left": choice.leaving,
        "blocks_known": choice.known, "repeated_ids": growth.repeated_ids,
        "tip": tip.map(|part| json!({ "height": part.last_height, "hash": part.last_hash })),
        "stale": stale, "missing": missing, "remarks": remarks, "more_remarks": imported.more_remarks,
        "segments": manifest.parts.len(),
    });
    say(output, &text, &answer)
}

fn say(output: Output, text: &str, answer: &serde_json::Value) -> Result<Ending, Failure> {
    written_to(None, &mut |out| match output {
        Output::Text => writeln!(out, "{text}"),
        Output::Json => writeln!(out, "{answer}"),
    })?;
    Ok(Ending::Clear)
}

fn status(store: &ChainStore, output: Output) -> Result<Ending, Failure> {
    let (mut rows, mut answers) = (Vec::new(), Vec::new());
    for name in store.names()? {
        let manifest = match store.chain(&name)?.manifest() {
            Ok(manifest) => manifest,
            Err(damaged) => {
                // The others are told all the same.
                let nothing = String::new;
                rows.push(vec![name.clone(), "damaged".to_owned(), nothing(), nothing(), nothing()]);
                answers.push(json!({ "chain": name, "kind": "damaged", "wrong": damaged.to_string() }));
                continue;
            }
        };
        match manifest {
            None => {}
            Some(KeptManifest::Outputs(manifest)) => {
                let sum = |of: fn(&interdict_ledger::outputs::store::PartRecord) -> u64| {
                    manifest.parts.iter().map(of).sum::<u64>()
                };
                let (txs, bytes) = (sum(|part| part.txs), sum(|part| part.segment_bytes + part.names_bytes));
                let tip = manifest.parts.last();
                let to = tip.map_or_else(String::new, |part| format!("block {}", number(part.last_height)));
                rows.push(vec![name.clone(), manifest.network.clone(), number(txs), to, number(bytes)]);
                answers.push(json!({ "chain": name, "kind": "outputs", "network": manifest.network, "manifest": manifest.number,
                    "transactions": txs, "bytes": bytes, "segments": manifest.parts.len(),
                    "tip": tip.map(|part| json!({ "height": part.last_height, "hash": part.last_hash })) }));
            }
            Some(KeptManifest::Accounts(manifest)) => {
                rows.push(vec![
                    name.clone(),
                    "accounts".to_owned(),
                    number(manifest.events),
                    String::new(),
                    number(manifest.bytes),
                ]);
                answers.push(json!({ "chain": name, "kind": "accounts", "events": manifest.events, "bytes": manifest.bytes,
                    "ledger": manifest.ledger, "read": manifest.read }));
            }
        }
    }
    let text = if rows.is_empty() {
        "no chain is kept; keep one with: interdict wallet chain import PATH --name NAME".to_owned()
    } else {
        table(&["name", "network", "transactions", "to", "bytes"], &[2, 3, 4], rows)
    };
    say(output, &text, &json!({ "chains": answers }))
}

fn verify(store: &ChainStore, name: Option<&str>, output: Output) -> Result<Ending, Failure> {
    let names = name.map_or_else(|| store.names(), |name| Ok(vec![name.to_owned()]))?;
    let (mut text, mut answers, mut n_wrong) = (Vec::new(), Vec::new(), 0);
    for name in names {
        let chain = store.chain(&name)?;
        if !chain.is_kept() {
            return Err(unknown(&name));
        }
        let wrong = match chain.manifest() {
            Ok(Some(manifest)) => chain.verify(&manifest).unwrap_or_else(|missing| vec![missing.to_string()]),
            Ok(None) => return Err(unknown(&name)),
            Err(damaged) => vec![damaged.to_string()],
        };
        n_wrong += wrong.len();
        text.extend(wrong.iter().map(|wrong| format!("{ERROR}damaged{ERROR:#} {name}: {wrong}")));
        if wrong.is_empty() {
            text.push(format!("{CLEAR}sound{CLEAR:#}   {name}"));
        }
        answers.push(json!({ "chain": name, "wrong": wrong }));
    }
    say(output, &text.join("\n"), &json!({ "chains": answers }))?;
    if n_wrong > 0 {
        return Err(Failure::Ledger(format!(
            "{n_wrong} files are damaged; remove the chain and import it again"
        )));
    }
    Ok(Ending::Clear)
}

fn unknown(name: &str) -> Failure {
    Failure::Ledger(format!("no chain {name} is kept; `interdict wallet chain status` shows which are"))
}

fn remove(store: &ChainStore, name: &str, output: Output) -> Result<Ending, Failure> {
    let chain = store.chain(name)?;
    // A manifest that is damaged cannot be read, but can go.
    if !chain.is_kept() {
        return Err(unknown(name));
    }
    chain.remove()?;
    say(output, &format!("{name} is kept no more"), &json!({ "removed": name }))
}
