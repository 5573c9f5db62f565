//! Networks written in a line: `X 50 A; A >25 B; X controls C`.

use interdict_core::date::PartialDate;
use interdict_network::assessment::Assessment;
use interdict_network::designated::{Basis, Certainty, Designee};
use interdict_network::interest::{Day, InterestKind, Source, Span, Terms};
use interdict_network::network::{Builder, Network, Record};
use interdict_network::policy::Policy;
use interdict_network::share::ShareRange;
use interdict_network::standing::Standing;

/// A day for which nothing in the written networks ends or begins.
pub const TODAY: &str = "2026-01-15";

pub fn day(text: &str) -> Day {
    Day::of(text.parse::<PartialDate>().unwrap()).unwrap()
}

/// `holder share asset`, `holder kind asset` or `holder kind=share asset`, each perhaps with `@start..end` and `#joint` and `source:name`
/// behind, parted by semicolons.
pub fn network(text: &str) -> Network {
    let mut builder = Builder::new();
    let mut sources: Vec<(String, _)> = Vec::new();
    for (line, written) in (1..).zip(text.split(';').map(str::trim).filter(|written| !written.is_empty())) {
        let mut words = written.split_whitespace();
        let [holder, what, asset] = [words.next().unwrap(), words.next().unwrap(), words.next().unwrap()];
        let (mut span, mut joint, mut source) = (Span::default(), 0, "test".to_owned());
        for word in words {
            if let Some(dates) = word.strip_prefix('@') {
                let (start, end) = dates.split_once("..").unwrap();
                let date = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
                span = Span { start: date(start), end: date(end) };
            } else if let Some(arrangement) = word.strip_prefix('#') {
                joint = builder.text(arrangement).unwrap();
            } else {
                word.strip_prefix("source:").unwrap().clone_into(&mut source);
            }
        }
        let source = match sources.iter().find(|(known, _)| *known == source) {
            Some((_, number)) => *number,
            None => {
                let known = Source { name: source.clone(), edition: "1".to_owned(), published: None };
                let number = builder.source(known).unwrap();
                sources.push((source, number));
                number
            }
        };
        let (kind, share) =
            match what.split_once('=').filter(|(kind, _)| InterestKind::of_name(kind).is_some()) {
                Some((kind, share)) => (InterestKind::of_name(kind).unwrap(), share.parse().unwrap()),
                None => match InterestKind::of_name(what) {
                    Some(kind) => (kind, ShareRange::UNKNOWN),
                    None => (InterestKind::Shares, what.parse().unwrap()),
                },
            };
        let terms = Terms { span, joint, ..Terms::new(kind, share, source) };
        let (holder, asset) = (builder.party(holder).unwrap(), builder.party(asset).unwrap());
        builder.add(holder, asset, terms, Record::Line(line)).unwrap();
    }
    builder.finish()
}

pub fn designee(network: &Network, id: &str, certainty: Certainty) -> Option<Designee> {
    let parties = vec![network.find(id)?];
    let evidence = format!("{id} is designated in this test");
    Some(Designee { parties, certainty, basis: Basis::Listed, span: Span::default(), evidence })
}

/// Designated: `X Y ?Z` (Z possibly).
pub fn assess<'n>(network: &'n Network, policy: Policy, designated: &str) -> Assessment<'n> {
    let designees = designated.split_whitespace().filter_map(|id| match id.strip_prefix('?') {
        Some(id) => designee(network, id, Certainty::Possible),
        None => designee(network, id, Certainty::Certain),
    });
    Assessment::new(network, policy, day(TODAY), designees.collect())
}

/// The standings of all parties that are not designated: `A blocked, B undetermined`, those of which nothing can be said left out.
pub fn standings(assessment: &Assessment<'_>) -> String {
    let mut told: Vec<String> = assessment
        .through_others()
        .map(|(party, standing)| {
            let standing = if standing == Standing::Undetermined { "undetermined" } else { "blocked" };
            format!("{} {standing}", assessment.network().id(party))
        })
        .collect();
    told.sort();
    told.join(", ")
}
