//! Does the answer in names say what the walk found: sums by ends, steps, direct parts, movements?

use std::collections::BTreeMap;

use interdict_ledger::generate::{Settings, TheftKind, chain as generate};
use interdict_ledger::outputs::addresses::AddressSet;
use interdict_ledger::outputs::answer::{Named, NamedSeed, Question, ServiceLabel, report};
use interdict_ledger::outputs::chain::Chain;
use interdict_ledger::outputs::segment::Segment;
use interdict_ledger::outputs::{AddressId, NO_ADDRESS, Tx};
use interdict_ledger::report::{EndKind, Unit};
use interdict_ledger::strategy::{Direction, Strategy};

use crate::built::{self, Tx as Made};

/// Numbers are names; addresses from 1,000 on are services.
struct Numbers;

impl Named for Numbers {
    fn transaction(&self, tx: Tx) -> String {
        format!("t{tx}")
    }

    fn address(&self, address: AddressId) -> String {
        if address == NO_ADDRESS { String::new() } else { format!("a{address}") }
    }

    fn label(&self, address: AddressId) -> Option<ServiceLabel> {
        let service = ServiceLabel { name: "Desk".into(), category: Some("exchange".into()), service: None };
        (1_000..NO_ADDRESS).contains(&address).then_some(service)
    }
}

fn asked<'a>(
    seeds: &'a [NamedSeed],
    stops: &'a AddressSet,
    strategy: Strategy,
    direction: Direction,
) -> Question<'a> {
    let unit = Unit { asset: "BTC".into(), decimals: 8 };
    Question { strategy, direction, seeds, stops, window: 0..Tx::MAX, dust: 0, flows_max: 1_000, unit }
}

#[test]
fn ends_are_told_by_address_with_steps_and_direct_parts() {
    // 100 stolen; 60 straight to a desk, 40 on; of these 30 to the desk by another address in between, 9 stay, 1 is the fee.
    let txs = [
        Made { inputs: vec![], outputs: vec![(100, 1)] },
        Made { inputs: vec![0], outputs: vec![(60, 1_000), (40, 2)] },
        Made { inputs: vec![2], outputs: vec![(30, 1_000), (9, 3)] },
    ];
    let chain = built::chain(&txs, 2);
    let seeds = [NamedSeed { what: "the theft".into(), outputs: vec![0] }];
    let stops: AddressSet = [1_000].into_iter().collect();
    let told = report(&chain, &Numbers, &asked(&seeds, &stops, Strategy::Fifo, Direction::Forward))
        .expect("a trace");
    assert!(told.conservation.holds());
    let ends: Vec<_> = told
        .ends
        .iter()
        .map(|end| (end.address.as_str(), end.kind, end.amount, end.direct, end.parts, end.steps))
        .collect();
    let expected = [
        ("a1000", EndKind::Stopped, 90, 60, 2, 1),
        ("a3", EndKind::Unspent, 9, 0, 1, 2),
        ("", EndKind::Fee, 1, 0, 1, 2),
    ];
    assert_eq!(ends, expected);
    assert_eq!(told.ends[0].label.as_deref(), Some("Desk"));
    assert_eq!((told.ends[0].first, told.ends[0].last), (Some(600), Some(1_200)));
    let flows: Vec<_> =
        told.flows.iter().map(|flow| (flow.from.as_str(), flow.to.as_str(), flow.amount)).collect();
    assert_eq!(flows, [("a1", "a2", 40), ("a1", "a1000", 60), ("a2", "a3", 9), ("a2", "a1000", 30)]);
}

#[test]
fn the_way_back_is_told_in_the_direction_in_which_money_went() {
    let txs = [
        Made { inputs: vec![], outputs: vec![(70, 1)] },
        Made { inputs: vec![], outputs: vec![(30, 2)] },
        Made { inputs: vec![0, 1], outputs: vec![(100, 3)] },
    ];
    let chain = built::chain(&txs, 3);
    let seeds = [NamedSeed { what: "a3".into(), outputs: vec![2] }];
    let nowhere = AddressSet::default();
    let told = report(&chain, &Numbers, &asked(&seeds, &nowhere, Strategy::Haircut, Direction::Backward))
        .expect("a trace");
    let ends: Vec<_> =
        told.ends.iter().map(|end| (end.address.as_str(), end.kind, end.amount, end.steps)).collect();
    assert_eq!(ends, [("a1", EndKind::Issued, 70, 1), ("a2", EndKind::Issued, 30, 1)]);
    let flows: Vec<_> =
        told.flows.iter().map(|flow| (flow.from.as_str(), flow.to.as_str(), flow.amount)).collect();
    assert_eq!(flows, [("a1", "tx:t2", 70), ("a2", "tx:t2", 30), ("tx:t2", "a3", 100)]);
}

#[test]
fn ends_add_up_to_the_account_and_peel_chains_are_leads() {
    let settings = Settings { seed: 3, txs: 20_000, thefts: 8 };
    let generated = generate(&settings, &mut |_, _, _| {}).expect("a chain");
    let mut bytes = Vec::new();
    generated.chain.finish(&mut bytes).expect("a segment");
    let chain = Chain::new(vec![Segment::from_bytes(bytes).expect("sound")]).expect("a chain");
    for theft in &generated.thefts {
        let seeds = [NamedSeed { what: "theft".into(), outputs: vec![theft.seed] }];
        let nowhere = AddressSet::default();
        for strategy in Strategy::ALL {
            let told = report(&chain, &Numbers, &asked(&seeds, &nowhere, strategy, Direction::Forward))
                .expect("a trace");
            let mut sums: BTreeMap<EndKind, u128> = BTreeMap::new();
            told.ends.iter().for_each(|end| *sums.entry(end.kind).or_default() += end.amount);
            assert_eq!(sums.get(&EndKind::Unspent).copied().unwrap_or(0), told.conservation.unspent);
            assert_eq!(sums.get(&EndKind::Fee).copied().unwrap_or(0), told.conservation.fee);
            let peels = told.leads.iter().filter(|lead| lead.kind == "peel_chain").count();
            assert!(theft.kind != TheftKind::Peel || peels == 1, "{strategy}: {peels} peel chains");
        }
    }
}
