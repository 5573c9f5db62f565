//! A network in lines: one for each interest, in order.

use interdict_network::interest::{Source, Terms};
use interdict_network::network::{Builder, Network};
use interdict_network::sources::{Account, Origin, SourceError};

/// What a source gives: its network and its account.
pub fn read(
    with: impl FnOnce(&mut Builder, Origin<'_>) -> Result<Account, SourceError>,
) -> Result<(Network, Account), SourceError> {
    let mut builder = Builder::new();
    let published = Some("2024-05-05".parse().unwrap());
    let source = builder.source(Source { name: "test".into(), edition: "1".into(), published }).unwrap();
    let account = with(&mut builder, Origin { source, file: "test" })?;
    assert!(account.reconciliation.is_closed(), "{:?}", account.reconciliation);
    let lost: u64 = account.reconciliation.records.iter().map(|row| row.lost).sum();
    assert_eq!(account.issues.count(interdict_core::issue::Severity::RecordLost), lost);
    let network = builder.finish();
    let described = network.parties().filter(|&party| network.description(party).is_some()).count();
    assert!(described as u64 <= account.reconciliation.parties);
    let all = network.interests().len() as u64 + account.reconciliation.parties;
    assert_eq!(account.reconciliation.entities, all);
    Ok((network, account))
}

/// `a > b kind share [start..end] {words}`, with `joint` where it is.
pub fn lines(network: &Network) -> Vec<String> {
    let line = |interest: &interdict_network::network::Interest| {
        let Terms { kind, share, span, joint, words, .. } = *network.terms(interest);
        let mut line =
            format!("{} > {} {}", network.id(interest.holder), network.id(interest.asset), kind.name());
        if share.to_string() != "unknown" {
            line.push_str(&format!(" {share}"));
        }
        if span.start.is_some() || span.end.is_some() {
            let date = |date: Option<interdict_core::date::PartialDate>| {
                date.map(|date| date.to_string()).unwrap_or_default()
            };
            line.push_str(&format!(" [{}..{}]", date(span.start), date(span.end)));
        }
        if joint != 0 {
            line.push_str(" joint");
        }
        if let Some(words) = network.text(words) {
            line.push_str(&format!(" {{{words}}}"));
        }
        line
    };
    network.interests().iter().map(line).collect()
}
