//! How is a trace written as GraphML, which networkx, yEd, Gephi and igraph open? Addresses are nodes, flows are edges.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::report::{End, Flow, TraceReport};
use crate::words::{direction_name, end_name};
use crate::written::{escaped, moment};

/// Everything that is told of the graph, of nodes and of edges: name, of what, type.
const KEYS: &[(&str, &str, &str)] = &[
    ("strategy", "graph", "string"),
    ("direction", "graph", "string"),
    ("asset", "graph", "string"),
    ("decimals", "graph", "int"),
    ("seed_units", "graph", "string"),
    ("address", "node", "string"),
    ("kind", "node", "string"),
    ("label", "node", "string"),
    ("seed", "node", "double"),
    ("seed_units", "node", "string"),
    ("ends", "node", "string"),
    ("ended", "node", "double"),
    ("ended_units", "node", "string"),
    ("steps", "node", "int"),
    ("amount", "edge", "double"),
    ("amount_units", "edge", "string"),
    ("transactions", "edge", "long"),
    ("first", "edge", "string"),
    ("last", "edge", "string"),
    ("examples", "edge", "string"),
];

/// What is told of one node.
#[derive(Default)]
struct Node<'a> {
    seed: Option<u128>,
    ends: Vec<&'a End>,
}

/// Writes one report as one GraphML document. Edges point the way the money went, in either direction of tracing.
///
/// Signs that XML does not allow become `�`.
///
/// # Errors
/// When writing fails.
pub fn write(report: &TraceReport, out: &mut impl Write) -> io::Result<()> {
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
          xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
          xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    )?;
    for (name, of, kind) in KEYS {
        writeln!(out, "<key id=\"{of}_{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    out.write_all(b"<graph id=\"trace\" edgedefault=\"directed\">\n")?;
    data("graph_strategy", report.strategy.name(), out)?;
    data("graph_direction", direction_name(report.direction), out)?;
    data("graph_asset", &report.unit.asset, out)?;
    data("graph_decimals", &report.unit.decimals.to_string(), out)?;
    data("graph_seed_units", &report.conservation.seed.to_string(), out)?;
    out.write_all(b"\n")?;
    let nodes = nodes(report);
    let mut numbers = BTreeMap::new();
    for (number, (&address, node)) in nodes.iter().enumerate() {
        numbers.insert(address, number);
        write_node(report, number, address, node, out)?;
    }
    for (number, flow) in report.flows.iter().enumerate() {
        let of = |address: &str| numbers.get(address).copied().unwrap_or_default();
        write!(out, "<edge id=\"f{number}\" source=\"n{}\" target=\"n{}\">", of(&flow.from), of(&flow.to))?;
        write_flow(report, flow, out)?;
    }
    out.write_all(b"</graph>\n</graphml>\n")
}

/// All that has an address, in the order of addresses.
fn nodes(report: &TraceReport) -> BTreeMap<&str, Node<'_>> {
    let mut nodes: BTreeMap<&str, Node<'_>> = BTreeMap::new();
    for flow in &report.flows {
        nodes.entry(&flow.from).or_default();
        nodes.entry(&flow.to).or_default();
    }
    for end in &report.ends {
        nodes.entry(&end.address).or_default().ends.push(end);
    }
    for seed in &report.seeds {
        let sum = &mut nodes.entry(&seed.what).or_default().seed;
        *sum = Some(sum.unwrap_or(0).saturating_add(seed.amount));
    }
    nodes
}

fn write_node(
    report: &TraceReport,
    number: usize,
    address: &str,
    node: &Node<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let unit = &report.unit;
    write!(out, "<node id=\"n{number}\">")?;
    data("node_address", address, out)?;
    data("node_kind", kind(address, node), out)?;
    let label = node.ends.iter().find_map(|end| end.label.as_deref());
    data("node_label", label.unwrap_or_default(), out)?;
    if let Some(seed) = node.seed {
        data("node_seed", &unit.written(seed), out)?;
        data("node_seed_units", &seed.to_string(), out)?;
    }
    if !node.ends.is_empty() {
        let told: Vec<String> = node
            .ends
            .iter()
            .map(|end| format!("{} {}", end_name(end.kind), unit.written(end.amount)))
            .collect();
        let sum = node.ends.iter().fold(0_u128, |sum, end| sum.saturating_add(end.amount));
        data("node_ends", &told.join("; "), out)?;
        data("node_ended", &unit.written(sum), out)?;
        data("node_ended_units", &sum.to_string(), out)?;
        let steps = node.ends.iter().map(|end| end.steps).min().unwrap_or(0);
        data("node_steps", &steps.to_string(), out)?;
    }
    out.write_all(b"</node>\n")
}

/// What a node is: transactions are told by `tx:`, outputs that were asked for by `:n`.
fn kind(address: &str, node: &Node<'_>) -> &'static str {
    let is_output = || {
        address.rsplit_once(':').is_some_and(|(_, n)| !n.is_empty() && n.bytes().all(|n| n.is_ascii_digit()))
    };
    match address {
        "" => "none",
        address if address.starts_with("tx:") => "transaction",
        _ if node.seed.is_some() && is_output() => "output",
        _ => "address",
    }
}

fn write_flow(report: &TraceReport, flow: &Flow, out: &mut impl Write) -> io::Result<()> {
    data("edge_amount", &report.unit.written(flow.amount), out)?;
    data("edge_amount_units", &flow.amount.to_string(), out)?;
    data("edge_transactions", &flow.transactions.to_string(), out)?;
    data("edge_first", &flow.first.map(moment).unwrap_or_default(), out)?;
    data("edge_last", &flow.last.map(moment).unwrap_or_default(), out)?;
    data("edge_examples", &flow.examples.join(" "), out)?;
    out.write_all(b"</edge>\n")
}

/// One value; none for an empty one.
fn data(name: &str, value: &str, out: &mut impl Write) -> io::Result<()> {
    if value.is_empty() { Ok(()) } else { write!(out, "<data key=\"{name}\">{}</data>", escaped(value)) }
}
