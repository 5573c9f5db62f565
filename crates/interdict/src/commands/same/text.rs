//! Clusters for people: tables, what each list says side by side, reasons in words.

use std::fmt::Write as _;

use interdict_core::country;
use interdict_match::clusters::{Decision, Reason, Rule};

use super::{ClusterView, Pair, Party, Said, Summary};
use crate::terminal::{FAINT, NOTE, STRONG, number, printable, table};

/// So many values of a kind are shown for each list; JSON has all.
const VALUES_SHOWN: usize = 12;

/// All clusters.
pub(super) fn all(clusters: &[Vec<Party<'_>>], summary: &Summary<'_>) -> String {
    let row = |cluster: &Vec<Party<'_>>| {
        let first = cluster.first();
        let ids: Vec<&str> = cluster.iter().map(|party| party.id).collect();
        vec![
            first.map_or_else(String::new, |party| printable(party.caption)),
            first.map_or("", |party| party.schema).to_owned(),
            printable(&ids.join(" ")),
        ]
    };
    let mut text = String::new();
    if !clusters.is_empty() {
        let _ = writeln!(text, "{}\n", table(&["party", "kind", "ids"], &[], clusters.iter().map(row)));
    }
    text + &self::summary(summary)
}

/// Pairs that somebody should look at.
pub(super) fn pairs(pairs: &[Pair<'_>], summary: &Summary<'_>) -> String {
    let text: String = pairs.iter().map(|pair| self::pair(pair) + "\n").collect();
    text + &self::summary(summary)
}

fn summary(summary: &Summary<'_>) -> String {
    let count = |n: usize| number(n as u64);
    let mut text = format!(
        "{} parties on several lists, under {} ids; {} pairs that may be one (--possible); {} decisions\n",
        count(summary.clusters),
        count(summary.parties),
        count(summary.possible_pairs),
        count(summary.decisions)
    );
    for (decisions, why) in [
        (summary.absent, "is about a party that no list in force has"),
        (summary.contradicted, "contradicts other decisions, which hold"),
    ] {
        for decision in decisions {
            let _ = writeln!(text, "{NOTE}note:{NOTE:#} {} {why}", decided(decision));
        }
    }
    text
}

/// One cluster: what each list says, side by side, and the reasons.
pub(super) fn one(view: &ClusterView<'_>) -> String {
    let mut text = side_by_side(&view.cluster);
    for (heading, pairs) in [("One party, because", &view.links), ("May be one", &view.possible)] {
        if !pairs.is_empty() {
            let _ = writeln!(text, "\n{STRONG}{heading}{STRONG:#}");
            text.extend(pairs.iter().map(pair));
        }
    }
    if !view.decisions.is_empty() {
        let _ = writeln!(text, "\n{STRONG}Decisions{STRONG:#}");
        for decision in &view.decisions {
            let _ = writeln!(text, "  {}", decided(decision));
        }
    }
    if view.cluster.len() == 1 {
        text.push_str("\non no other list, as far as is known\n");
    }
    text
}

fn side_by_side(cluster: &[Said<'_>]) -> String {
    let header: Vec<&str> = std::iter::once("").chain(cluster.iter().map(|said| said.party.id)).collect();
    let texts = |values: &[&str]| values.iter().map(|text| printable(text)).collect::<Vec<_>>();
    let row = |name: &str, values: &dyn Fn(&Said<'_>) -> Vec<String>| {
        let cells = cluster.iter().map(|said| shortened(values(said)));
        std::iter::once(name.to_owned()).chain(cells).collect::<Vec<String>>()
    };
    let rows = [
        row("list", &|said| vec![format!("{}, {}", said.party.list, said.party.schema)]),
        row("names", &|said| texts(&said.names)),
        row("dates", &|said| said.dates.iter().map(ToString::to_string).collect()),
        row("countries", &|said| said.countries.iter().map(|code| country::label(code).to_owned()).collect()),
        row("identifiers", &|said| said.identifiers.iter().map(|text| printable(text)).collect()),
        row("programs", &|said| texts(&said.programs)),
    ];
    table(&header, &[], rows) + "\n"
}

fn shortened(mut values: Vec<String>) -> String {
    let more = values.len().saturating_sub(VALUES_SHOWN);
    values.truncate(VALUES_SHOWN);
    if more > 0 {
        values.push(format!("… and {more} more"));
    }
    values.join("\n")
}

fn pair(pair: &Pair<'_>) -> String {
    let party = |party: &Party<'_>| format!("{} {}", printable(party.id), printable(party.caption));
    let mut text = format!("  {} = {}\n", party(&pair.a), party(&pair.b));
    for reason in pair.reasons {
        let _ = writeln!(text, "      {}", told(reason, pair.names));
    }
    for reason in &pair.against {
        let _ = writeln!(text, "      {NOTE}against:{NOTE:#} {}", told(reason, pair.names));
    }
    if let Some(decision) = pair.decision {
        let _ = writeln!(text, "      {}", decided(decision));
    }
    text
}

fn told(reason: &Reason, names: f64) -> String {
    let (a, b) = (printable(&reason.a), printable(&reason.b));
    let words = reason.rule.words();
    match reason.rule {
        Rule::Name => format!("{words} {FAINT}({names:.2}){FAINT:#}: {a} / {b}"),
        Rule::Identifier => format!("{words}: {b} {a}"),
        _ if a == b => format!("{words}: {a}"),
        _ => format!("{words}: {a} / {b}"),
    }
}

fn decided(decision: &Decision) -> String {
    let action = match decision.action {
        interdict_match::clusters::Action::Same => "one party",
        interdict_match::clusters::Action::Different => "two parties",
        interdict_match::clusters::Action::Undo => "taken back",
    };
    printable(&format!(
        "{} and {}: {action}, decided by {} at {}: {}",
        decision.a, decision.b, decision.by, decision.at, decision.reason
    ))
}
