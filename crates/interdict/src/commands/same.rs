//! `interdict lists same`: which parties of several lists are one, and why.

mod text;

use serde::Serialize;
use serde_json::json;

use interdict_core::date::PartialDate;
use interdict_core::model::{self, PropertyKind};
use interdict_match::clusters::{Decision, Link, Reason, Refusal, Verdict};
use interdict_match::index::{EntityRef, Index};

use super::show::parties;
use super::{print, print_json};
use crate::Ending;
use crate::cli::{Output, Same};
use crate::cluster_store::{self, Linked};
use crate::config::Config;
use crate::failure::Failure;
use crate::index_store;

/// Shows the cluster of a party, or all clusters, or what somebody should look at.
pub(crate) fn run(config: &Config, args: &Same, output: Output) -> Result<Ending, Failure> {
    let opened = index_store::open(config)?;
    let index = &opened.index;
    let asked = args.id.as_deref().map(|id| parties(index, id)).transpose()?;
    let linked = cluster_store::linked(config, &opened)?;
    if let Some(asked) = asked {
        let view = cluster_of(index, &linked, &asked);
        return if output == Output::Json { print_json(&view) } else { print(text::one(&view).as_bytes()) };
    }
    let summary = Summary::of(index, &linked);
    let mut out = Vec::new();
    let mut line = |value: &dyn erased::Line| -> Result<(), Failure> {
        out.extend(value.json().map_err(|error| Failure::Output(error.into()))?);
        out.push(b'\n');
        Ok(())
    };
    if args.possible {
        let pairs = for_review(index, &linked);
        if output == Output::Text {
            return print(text::pairs(&pairs, &summary).as_bytes());
        }
        pairs.iter().try_for_each(|pair| line(pair))?;
    } else {
        let clusters: Vec<Vec<Party<'_>>> = linked
            .clusters
            .groups()
            .iter()
            .map(|group| group.iter().map(|&party| Party::of(index.entity(party))).collect())
            .collect();
        if output == Output::Text {
            return print(text::all(&clusters, &summary).as_bytes());
        }
        clusters.iter().try_for_each(|cluster| line(&json!({"cluster": cluster})))?;
    }
    line(&json!({"summary": summary}))?;
    print(&out)
}

/// A line of JSON, whatever it is made of.
mod erased {
    pub(super) trait Line {
        fn json(&self) -> serde_json::Result<Vec<u8>>;
    }

    impl<T: serde::Serialize> Line for T {
        fn json(&self) -> serde_json::Result<Vec<u8>> {
            serde_json::to_vec(self)
        }
    }
}

/// A party by its names for people and machines.
#[derive(Serialize)]
struct Party<'a> {
    id: &'a str,
    list: &'a str,
    schema: &'a str,
    caption: &'a str,
}

impl<'a> Party<'a> {
    fn of(entity: EntityRef<'a>) -> Self {
        Self {
            id: entity.id(),
            list: entity.list().id.as_str(),
            schema: entity.schema_name(),
            caption: entity.caption(),
        }
    }
}

/// What one list says of a party.
#[derive(Serialize)]
struct Said<'a> {
    #[serde(flatten)]
    party: Party<'a>,
    names: Vec<&'a str>,
    dates: Vec<PartialDate>,
    countries: Vec<&'a str>,
    identifiers: Vec<String>,
    programs: Vec<&'a str>,
}

impl<'a> Said<'a> {
    fn of(entity: EntityRef<'a>) -> Self {
        Self {
            party: Party::of(entity),
            names: entity.names().map(|name| name.text()).collect(),
            dates: entity.dates().collect(),
            countries: entity.countries().collect(),
            identifiers: identifiers(entity),
            programs: entity.programs().collect(),
        }
    }
}

/// The identifiers in the record of a party, with their property: `passportNumber 472220033`.
fn identifiers(entity: EntityRef<'_>) -> Vec<String> {
    let record: Vec<serde_json::Value> = serde_json::from_slice(entity.record_json()).unwrap_or_default();
    let mut found: Vec<String> = Vec::new();
    for part in &record {
        let schema = part["schema"].as_str().and_then(model::schema);
        for (name, values) in part["properties"].as_object().into_iter().flatten() {
            let kind = schema.and_then(|schema| schema.property(name)).map(|property| property.kind);
            if !is_identifier(name, kind) {
                continue;
            }
            let values = values.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str);
            for told in values.map(|value| format!("{name} {value}")) {
                if !found.contains(&told) {
                    found.push(told);
                }
            }
        }
    }
    found
}

fn is_identifier(name: &str, kind: Option<PropertyKind>) -> bool {
    let is_of_program = matches!(name, "programId" | "authorityId");
    (kind == Some(PropertyKind::Identifier) || name == "publicKey") && !is_of_program
}

/// A pair of parties, and why they are one or may be.
#[derive(Serialize)]
struct Pair<'a> {
    a: Party<'a>,
    b: Party<'a>,
    verdict: &'static str,
    names: f64,
    reasons: &'a [Reason],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    against: Vec<&'a Reason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<&'a Decision>,
}

impl<'a> Pair<'a> {
    fn of(index: &'a Index, linked: &'a Linked, link: &'a Link) -> Self {
        let (a, b) = (index.entity(link.a), index.entity(link.b));
        let refusal = linked.clusters.refused.iter().find(|refusal| refusal.link == (link.a, link.b));
        let is_one = linked.clusters.of(link.a).is_some_and(|cluster| cluster.contains(&link.b));
        let decision = linked.decisions.about(a.id(), b.id());
        let verdict = match (is_one, decision) {
            (true, _) => "same",
            (false, Some(_)) => "different",
            (false, None) => "possible",
        };
        let against = link.against.iter().chain(refusal.map(|refusal| &refusal.because)).collect();
        let names = f64::from(link.points) / 10_000.0;
        Self { a: Party::of(a), b: Party::of(b), verdict, names, reasons: &link.reasons, against, decision }
    }
}

/// The cluster of a party, with what is known of it and around it.
#[derive(Serialize)]
struct ClusterView<'a> {
    /// What each list says, side by side.
    cluster: Vec<Said<'a>>,
    /// Why they are one.
    links: Vec<Pair<'a>>,
    /// Who else may be it.
    possible: Vec<Pair<'a>>,
    /// What people decided about any of them.
    decisions: Vec<&'a Decision>,
}

fn cluster_of<'a>(index: &'a Index, linked: &'a Linked, asked: &[EntityRef<'a>]) -> ClusterView<'a> {
    let mut members: Vec<u32> = asked.iter().map(|party| party.number()).collect();
    for party in asked {
        members.extend(linked.clusters.of(party.number()).into_iter().flatten());
    }
    members.sort_unstable();
    members.dedup();
    let touching = linked.links.iter().filter(|link| members.contains(&link.a) || members.contains(&link.b));
    let (links, possible): (Vec<Pair<'_>>, Vec<Pair<'_>>) =
        touching.map(|link| Pair::of(index, linked, link)).partition(|pair| pair.verdict == "same");
    let ids: Vec<&str> = members.iter().map(|&party| index.entity(party).id()).collect();
    let is_about = |decision: &&Decision| ids.contains(&&*decision.a) || ids.contains(&&*decision.b);
    ClusterView {
        cluster: members.iter().map(|&party| Said::of(index.entity(party))).collect(),
        links,
        possible,
        decisions: linked.decisions.in_force().filter(is_about).collect(),
    }
}

/// Pairs that may be one, links that were not followed among them, and nobody decided about.
fn for_review<'a>(index: &'a Index, linked: &'a Linked) -> Vec<Pair<'a>> {
    linked
        .links
        .iter()
        .filter(|link| link.verdict == Verdict::Possible || is_refused(linked, link))
        .map(|link| Pair::of(index, linked, link))
        .filter(|pair| pair.verdict == "possible")
        .collect()
}

fn is_refused(linked: &Linked, link: &Link) -> bool {
    linked.clusters.refused.binary_search_by_key(&(link.a, link.b), |refusal: &Refusal| refusal.link).is_ok()
}

/// How many of what there are.
#[derive(Serialize)]
struct Summary<'a> {
    clusters: usize,
    parties: usize,
    possible_pairs: usize,
    decisions: usize,
    /// Whether the last line of the decisions is cut off, and does not count.
    is_cut_off: bool,
    /// Decisions about parties that no list in force has.
    absent: &'a [Decision],
    /// Decisions that two are one which others contradict.
    contradicted: &'a [Decision],
}

impl<'a> Summary<'a> {
    fn of(index: &Index, linked: &'a Linked) -> Self {
        let clusters = &linked.clusters;
        Self {
            clusters: clusters.groups().len(),
            parties: clusters.groups().iter().map(Vec::len).sum(),
            possible_pairs: for_review(index, linked).len(),
            decisions: linked.decisions.in_force().count(),
            is_cut_off: linked.is_cut_off,
            absent: &clusters.absent,
            contradicted: &clusters.contradicted,
        }
    }
}
