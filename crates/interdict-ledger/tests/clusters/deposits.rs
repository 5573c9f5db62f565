//! Value at labeled addresses becomes one lead for each service; what a service moves itself does not.

use std::collections::BTreeMap;

use interdict_ledger::leads::deposits::{self, Service, ServiceKind};
use interdict_ledger::leads::transaction::Transactions;
use interdict_ledger::leads::{Confidence, Seen};

use crate::built::World;

#[test]
fn deposits_are_gathered_by_service() {
    let bridge = |confidence| Service {
        kind: ServiceKind::Bridge,
        number: 4,
        confidence: Confidence::percent(confidence),
    };
    let mixer = Service { kind: ServiceKind::Mixer, number: 5, confidence: Confidence::percent(80) };
    let labels = BTreeMap::from([(50, bridge(90)), (51, bridge(70)), (60, mixer)]);
    let mut world = World::new();
    let first = world.pay(&[(1_000, 1)], &[(300, 50), (600, 2)]);
    let second = world.pay(&[(1_000, 3)], &[(100, 51), (200, 50), (500, 60)]);
    world.pay(&[(1_000, 50)], &[(900, 51)]);
    let between = world.pay(&[(1_000, 50)], &[(900, 60)]);
    let chain = world.chain();
    let found = deposits::search(&mut Transactions::of(&chain), 0..chain.txs(), &labels);
    assert_eq!(found.count, 2);
    let gathered: Vec<_> = found
        .first
        .iter()
        .map(|pattern| match &pattern.seen {
            Seen::Deposits(deposits) => (
                deposits.kind,
                deposits.value,
                deposits.outputs,
                deposits.confidence,
                &pattern.transactions[..],
            ),
            _ => panic!("no deposits"),
        })
        .collect();
    // New coins at a labeled address are a deposit of nobody's, but the value is there: they are counted as what they are, outputs.
    assert_eq!(gathered[0].0, ServiceKind::Bridge);
    assert_eq!((gathered[0].1, gathered[0].2, gathered[0].3), (600 + 2_000, 5, Confidence::percent(70)));
    assert!(gathered[0].4.contains(&first) && gathered[0].4.contains(&second));
    assert_eq!((gathered[1].1, gathered[1].4), (1_400, &[second, between][..]));
}
