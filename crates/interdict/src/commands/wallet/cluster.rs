//! `interdict wallet cluster`: which addresses are one owner's, and why.

use std::collections::BTreeMap;
use std::io::{self, Write};

use interdict_ledger::clusters::evidence::{self, Step};
use interdict_ledger::clusters::guards::Labels as Entities;
use interdict_ledger::clusters::{Clusters, Evidence, Rules};
use interdict_ledger::export::record::Read;
use interdict_ledger::outputs::AddressId;
use interdict_ledger::outputs::answer::Named;
use serde::Serialize;

use super::ledgers::written_to;
use crate::Ending;
use crate::cli::{Cluster, Output};
use crate::config::Config;
use crate::failure::Failure;
use crate::ledger::labels::Labels;
use crate::ledger::opened::{self, Opened, Outputs, Reading};
use crate::ledger::seeds;
use crate::progress;
use crate::tables::csv_field;
use crate::terminal::{FAINT, NOTE, STRONG, number, printable, table};

/// Tells it.
pub(super) fn run(config: &Config, args: &Cluster, output: Output) -> Result<Ending, Failure> {
    let opened = opened::open(config, std::slice::from_ref(&args.place), &Reading::default())?;
    let Opened::Outputs(mut outputs, read) = opened else {
        return Err(Failure::Ledger(
            "clusters by common inputs are of chains of outputs; in a ledger of accounts nobody spends together".to_owned(),
        ));
    };
    outputs.take_labels(&Labels::open(config, None)?);
    let bar = progress::spinner("joining addresses that are spent from together");
    let clusters = clustered(&outputs, args)?;
    bar.finish_and_clear();
    let answer = answer(&outputs, &clusters, args, read)?;
    if let Some(path) = &args.output {
        written_to(Some(path), &mut |out| all(&outputs, &clusters, out))?;
    }
    written_to(None, &mut |out| match output {
        Output::Text => told(&answer, out),
        Output::Json => {
            serde_json::to_writer(&mut *out, &answer)?;
            writeln!(out)
        }
    })?;
    Ok(Ending::Clear)
}

fn n_addresses(outputs: &Outputs) -> u32 {
    outputs.names.last().map_or(0, |names| names.addresses().end)
}

fn clustered(outputs: &Outputs, args: &Cluster) -> Result<Clusters, Failure> {
    let evidence = if args.why.is_empty() { Evidence::NotKept } else { Evidence::Kept };
    let mut rules = Rules { evidence, ..Rules::default() };
    if args.unguarded {
        (rules.coinjoins_from, rules.collapse) = (None, None);
    }
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut entities = Vec::new();
    for (address, label) in outputs.labels.iter().filter(|_| !args.unguarded) {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        entities.push((*address, *numbers.entry(label.name.as_str()).or_insert(next)));
    }
    Clusters::of_chain(&outputs.chain, n_addresses(outputs), &rules, Entities::new(entities))
        .map_err(|error| Failure::Ledger(error.to_string()))
}

/// The answer for machines, and what people are told of it.
#[derive(Serialize)]
struct Answer {
    format: &'static str,
    program: String,
    ledgers: Vec<Read>,
    guarded: bool,
    addresses: u32,
    clusters_of_two_or_more: u64,
    transactions: u64,
    transactions_of_several_addresses: u64,
    coinjoins_left_out: BTreeMap<&'static str, u64>,
    joins_refused: BTreeMap<&'static str, u64>,
    clusters: Vec<ClusterTold>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Vec<StepTold>>,
}

#[derive(Serialize)]
struct ClusterTold {
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<String>,
    /// The smallest address of it stands for it.
    cluster: String,
    size: u32,
    names: Vec<String>,
    addresses: Vec<String>,
}

#[derive(Serialize)]
struct StepTold {
    from: String,
    to: String,
    transaction: String,
}

fn answer(
    outputs: &Outputs,
    clusters: &Clusters,
    args: &Cluster,
    ledgers: Vec<Read>,
) -> Result<Answer, Failure> {
    let forest = clusters.forest();
    let sizes: Vec<(u32, u32)> = forest.joined().collect();
    let told = if args.addresses.is_empty() && args.why.is_empty() {
        let mut largest = sizes.clone();
        largest.sort_by_key(|(cluster, size)| (std::cmp::Reverse(*size), *cluster));
        largest
            .iter()
            .take(args.most)
            .map(|(cluster, _)| cluster_told(outputs, clusters, *cluster, None, args.most))
            .collect()
    } else {
        let of = |text: &String| {
            Ok(cluster_told(outputs, clusters, one(outputs, text)?, Some(text.clone()), args.most))
        };
        args.addresses.iter().map(of).collect::<Result<Vec<_>, Failure>>()?
    };
    let account = clusters.account();
    Ok(Answer {
        format: "interdict-clusters/1",
        program: format!("interdict {}", env!("CARGO_PKG_VERSION")),
        ledgers,
        guarded: !args.unguarded,
        addresses: n_addresses(outputs),
        clusters_of_two_or_more: sizes.len() as u64,
        transactions: account.transactions,
        transactions_of_several_addresses: account.several_addresses,
        coinjoins_left_out: account.coinjoins.iter().map(|(kind, count)| (kind.name(), *count)).collect(),
        joins_refused: account.refusals.counts.clone(),
        clusters: told,
        why: why(outputs, clusters, args)?,
    })
}

/// The address that a text means in this chain.
fn one(outputs: &Outputs, text: &str) -> Result<AddressId, Failure> {
    let not_there = || Failure::Ledger(format!("{} is not in the chain", seeds::shown(text)));
    outputs.addresses(text)?.into_iter().next().ok_or_else(not_there)
}

fn cluster_told(
    outputs: &Outputs,
    clusters: &Clusters,
    of: AddressId,
    asked: Option<String>,
    most: usize,
) -> ClusterTold {
    let forest = clusters.forest();
    let cluster = forest.cluster(of);
    let members: Vec<AddressId> = forest.members(cluster).collect();
    let mut names: Vec<String> = members
        .iter()
        .filter_map(|member| outputs.labels.get(member))
        .map(|label| label.name.clone())
        .collect();
    names.sort();
    names.dedup();
    ClusterTold {
        asked,
        cluster: outputs.address(cluster),
        size: forest.size(of),
        names,
        addresses: members.iter().take(most).map(|member| outputs.address(*member)).collect(),
    }
}

fn why(outputs: &Outputs, clusters: &Clusters, args: &Cluster) -> Result<Option<Vec<StepTold>>, Failure> {
    let [from, to] = args.why.as_slice() else { return Ok(None) };
    let (a, b) = (one(outputs, from)?, one(outputs, to)?);
    let path = evidence::path(clusters, &outputs.chain, a, b).ok_or_else(|| {
        Failure::Ledger(format!("{} and {} are not in one cluster", printable(from), printable(to)))
    })?;
    let told = |step: &Step| StepTold {
        from: outputs.address(step.from),
        to: outputs.address(step.to),
        transaction: outputs.transaction(step.transaction),
    };
    Ok(Some(path.iter().map(told).collect()))
}

/// Every address of a cluster of two or more, with the address that stands for its cluster.
fn all(outputs: &Outputs, clusters: &Clusters, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "address,cluster")?;
    let forest = clusters.forest();
    for address in (0..n_addresses(outputs)).filter(|address| forest.size(*address) > 1) {
        let cluster = forest.cluster(address);
        writeln!(out, "{},{}", csv_field(&outputs.address(address)), csv_field(&outputs.address(cluster)))?;
    }
    Ok(())
}

fn told(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let (addresses, clusters) = (number(u64::from(answer.addresses)), number(answer.clusters_of_two_or_more));
    writeln!(out, "{STRONG}{addresses} addresses, {clusters} clusters of two or more{STRONG:#}")?;
    let row = |cluster: &ClusterTold| {
        let shown =
            cluster.addresses.iter().take(3).map(|address| printable(address)).collect::<Vec<_>>().join(" ");
        let more = if cluster.size > 3 { " …" } else { "" };
        vec![
            printable(&cluster.cluster),
            number(u64::from(cluster.size)),
            printable(&cluster.names.join(", ")),
            shown + more,
        ]
    };
    if !answer.clusters.is_empty() {
        writeln!(
            out,
            "{}",
            table(&["cluster", "addresses", "names", "among them"], &[1], answer.clusters.iter().map(row))
        )?;
    }
    for (number, step) in (1..).zip(answer.why.iter().flatten()) {
        writeln!(
            out,
            "{number}. {} and {} were spent from together in {}",
            printable(&step.from),
            printable(&step.to),
            step.transaction
        )?;
    }
    for (kind, count) in &answer.coinjoins_left_out {
        writeln!(
            out,
            "{NOTE}left out{NOTE:#}  {} transactions that look like CoinJoins ({kind})",
            number(*count)
        )?;
    }
    for (reason, count) in &answer.joins_refused {
        writeln!(
            out,
            "{NOTE}refused{NOTE:#}   {} transactions ({})",
            number(*count),
            reason.replace('_', " ")
        )?;
    }
    writeln!(out, "{FAINT}a cluster is a lead, and no proof of who owns it{FAINT:#}")
}
