//! The made register: the same by the same seed, never more than all of anything, and its planted answers hold.

use std::collections::BTreeMap;

use crate::graphs::{TODAY, day};
use interdict_network::assessment::Assessment;
use interdict_network::designated::{Basis, Certainty, Designee};
use interdict_network::generate::{self, Register, Row};
use interdict_network::interest::{InterestKind, Source, Span, Terms};
use interdict_network::network::{Builder, Network, PartyId, Record};
use interdict_network::policy::Regime;
use interdict_network::share::Share;

fn rows(register: &Register) -> Vec<Row> {
    let mut rows = Vec::new();
    register.each_row(&mut |row| rows.push(row));
    rows
}

fn party(network: &Network, number: u32) -> Option<PartyId> {
    let mut id = String::new();
    generate::id(number, &mut id);
    network.find(&id)
}

fn network(rows: &[Row]) -> Network {
    let mut builder = Builder::new();
    let source = Source { name: "made".to_owned(), edition: "1".to_owned(), published: None };
    let source = builder.source(source).unwrap();
    let mut id = String::new();
    for (row, line) in rows.iter().zip(1..) {
        generate::id(row.holder, &mut id);
        let holder = builder.party(&id).unwrap();
        generate::id(row.asset, &mut id);
        let asset = builder.party(&id).unwrap();
        builder.add(holder, asset, Terms::new(row.kind, row.share, source), Record::Line(line)).unwrap();
    }
    builder.finish()
}

#[test]
fn planted_parties_stand_as_they_must() {
    for open in [0, 20] {
        let register = Register { holdings: 60_000, open, designated: 200, seed: 3 };
        let network = network(&rows(&register));
        let of = |number| Designee {
            parties: vec![party(&network, number).unwrap()],
            certainty: Certainty::Certain,
            basis: Basis::Listed,
            span: Span::default(),
            evidence: "made".to_owned(),
        };
        let designated =
            register.designated().into_iter().filter(|&number| party(&network, number).is_some());
        let designees: Vec<Designee> = designated.map(of).collect();
        assert!(designees.len() > 50);
        for (at, regime) in Regime::ALL.into_iter().enumerate() {
            let assessment = Assessment::new(&network, regime.policy(), day(TODAY), designees.clone());
            for (number, expected) in register.planted().expected {
                let standing = assessment.standing(party(&network, number).unwrap());
                assert_eq!(standing, expected[at], "{number} {}", regime.name());
            }
        }
    }
}

#[test]
fn a_seed_makes_one_register_that_looks_like_one() {
    let register = Register { holdings: 50_000, open: 0, designated: 0, seed: 9 };
    let made = rows(&register);
    assert_eq!(made, rows(&register));
    assert_ne!(made, rows(&Register { seed: 10, ..register }));
    let mut held: BTreeMap<u32, (u64, u32)> = BTreeMap::new();
    let mut holdings: BTreeMap<u32, u32> = BTreeMap::new();
    for row in made.iter().filter(|row| row.kind == InterestKind::Shares) {
        let of_asset = held.entry(row.asset).or_default();
        *of_asset = (of_asset.0 + row.share.exact().unwrap().units(), of_asset.1 + 1);
        *holdings.entry(row.holder).or_default() += 1;
    }
    assert!(held.values().all(|(units, _)| *units <= Share::WHOLE.units()));
    let most = |numbers: &mut dyn Iterator<Item = u32>| numbers.max().unwrap();
    let mut holders: Vec<u32> = held.values().map(|(_, holders)| *holders).collect();
    holders.sort_unstable();
    assert!(holders[holders.len() / 2] <= 2 && most(&mut holders.into_iter()) > 200);
    let single = holdings.values().filter(|&&count| count == 1).count();
    assert!(single * 2 > holdings.len() && most(&mut holdings.values().copied()) > 100);
}
