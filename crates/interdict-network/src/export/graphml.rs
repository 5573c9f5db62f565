//! How is a network written as GraphML, which networkx, yEd, Gephi and igraph open?

use std::io::{self, Write};

use super::{Scope, countries};
use crate::excerpt::StandingOf;
use crate::network::{Interest, Network, PartyId};
use crate::picture::Heading;
use crate::policy::Regime;
use crate::written::escaped;

/// Everything that is told of the graph, of parties and of interests: name, of what, type.
const KEYS: &[(&str, &str, &str)] = &[
    ("regime", "graph", "string"),
    ("as_of", "graph", "string"),
    ("party_id", "node", "string"),
    ("caption", "node", "string"),
    ("schema", "node", "string"),
    ("countries", "node", "string"),
    ("standing", "node", "string"),
    ("kind", "edge", "string"),
    ("share_min", "edge", "double"),
    ("share_max", "edge", "double"),
    ("share", "edge", "string"),
    ("joint", "edge", "string"),
    ("start", "edge", "string"),
    ("end", "edge", "string"),
    ("source", "edge", "string"),
    ("edition", "edge", "string"),
    ("record", "edge", "string"),
    ("words", "edge", "string"),
    ("url", "edge", "string"),
];

/// Writes a network as one GraphML document. Holders point to assets. The heading says under which regime and on which day the standings
/// hold; its title is for pictures.
///
/// Signs that XML does not allow become `�`.
///
/// # Errors
/// When writing fails.
pub fn write(
    network: &Network,
    scope: Scope<'_>,
    heading: &Heading,
    standing: StandingOf<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
          xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
          xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    )?;
    for (name, of, kind) in KEYS {
        writeln!(out, "<key id=\"{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    out.write_all(b"<graph id=\"network\" edgedefault=\"directed\">\n")?;
    data("regime", heading.regime.map_or("", Regime::name), out)?;
    data("as_of", &heading.day.map(|day| day.to_string()).unwrap_or_default(), out)?;
    out.write_all(b"\n")?;
    for party in scope.parties(network) {
        node(network, party, standing, out)?;
    }
    for (number, interest) in scope.interests(network).iter().enumerate() {
        edge(network, number, interest, out)?;
    }
    out.write_all(b"</graph>\n</graphml>\n")
}

fn node(network: &Network, party: PartyId, standing: StandingOf<'_>, out: &mut impl Write) -> io::Result<()> {
    write!(out, "<node id=\"p{}\">", party.index())?;
    data("party_id", network.id(party), out)?;
    data("caption", network.caption(party), out)?;
    if let Some(entity) = network.description(party) {
        data("schema", entity.schema.name, out)?;
    }
    data("countries", &countries(network, party).join(" "), out)?;
    data("standing", standing(party).name(), out)?;
    out.write_all(b"</node>\n")
}

fn edge(network: &Network, number: usize, interest: &Interest, out: &mut impl Write) -> io::Result<()> {
    let (terms, source) = (network.terms(interest), network.source(network.terms(interest).source));
    let (holder, asset) = (interest.holder.index(), interest.asset.index());
    write!(out, "<edge id=\"i{number}\" source=\"p{holder}\" target=\"p{asset}\">")?;
    data("kind", terms.kind.name(), out)?;
    if terms.kind.has_share() {
        data("share_min", &terms.share.min().share.to_string(), out)?;
        data("share_max", &terms.share.max().share.to_string(), out)?;
        data("share", &terms.share.to_string(), out)?;
    }
    data("joint", &network.arrangement(terms).unwrap_or_default(), out)?;
    for (name, date) in [("start", terms.span.start), ("end", terms.span.end)] {
        data(name, &date.map(|date| date.to_string()).unwrap_or_default(), out)?;
    }
    data("source", &source.name, out)?;
    data("edition", &source.edition, out)?;
    data("record", &network.record(interest).to_string(), out)?;
    data("words", network.text(terms.words).unwrap_or_default(), out)?;
    data("url", network.text(terms.url).unwrap_or_default(), out)?;
    out.write_all(b"</edge>\n")
}

/// One value; none for an empty one.
fn data(name: &str, value: &str, out: &mut impl Write) -> io::Result<()> {
    if value.is_empty() { Ok(()) } else { write!(out, "<data key=\"{name}\">{}</data>", escaped(value)) }
}
