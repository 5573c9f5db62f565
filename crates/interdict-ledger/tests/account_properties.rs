//! Does following value agree with a simulation of single units, and does every unit of a seed end somewhere, whatever happens?

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on ends")]

use std::collections::{BTreeMap, VecDeque};

use interdict_ledger::accounts::{
    AccountLedger, AddressKey, Builder, EventKind, Order, Request, Row, SeedRequest, Window, trace,
};
use interdict_ledger::report::EndKind;
use interdict_ledger::strategy::{Direction, Strategy as By};
use proptest::prelude::*;

const ACCOUNTS: usize = 5;
const NAMES: [&str; ACCOUNTS] = ["mia", "lea", "noah", "finn", "ida"];

/// From, to, value: an account beyond the last is nobody. Never both nobody.
type Move = (usize, usize, u64);

fn moves(n: usize) -> impl Strategy<Value = Vec<Move>> {
    let one = (0..=ACCOUNTS, 0..=ACCOUNTS, 0_u64..12);
    prop::collection::vec(one.prop_filter("somebody", |(from, to, _)| from.min(to) < &ACCOUNTS), 1..n)
}

/// The same where nobody spends more than there is.
fn within_balance(moves: &[Move]) -> Vec<Move> {
    let mut held = [0_u64; ACCOUNTS + 1];
    held[ACCOUNTS] = u64::MAX / 2;
    let mut clipped = Vec::new();
    for &(from, to, value) in moves {
        let value = value.min(held[from]);
        held[from] -= value;
        held[to] += value;
        clipped.push((from, to, value));
    }
    clipped
}

/// `scale` makes the values so large that products are beyond 128 bits.
fn ledger(moves: &[Move], scale: u128) -> AccountLedger {
    let mut builder = Builder::new();
    let asset = builder.asset("A", 0).unwrap();
    let accounts = NAMES.map(|name| builder.account(&AddressKey::of(name).unwrap()).unwrap());
    for (block, &(from, to, value)) in (0..).zip(moves) {
        let (from, to) = (accounts.get(from).copied(), accounts.get(to).copied());
        let kind = match (from, to) {
            (None, _) => EventKind::Mint,
            (_, None) if block % 2 == 0 => EventKind::Fee,
            (_, None) => EventKind::Burn,
            _ => EventKind::Transfer,
        };
        let time = i64::try_from(block).unwrap();
        let transaction = builder.transaction(Some(&format!("t{block}")), block, Some(time)).unwrap();
        let (order, value) = (Order { block, ..Order::default() }, u128::from(value) * scale);
        builder.push(Row { order, from, to, asset, value, kind, transaction }).unwrap();
    }
    builder.finish()
}

/// Where traced value is at the end, as the oracle and as the answer tell it.
#[derive(Debug, PartialEq, Eq, Default)]
struct Found {
    held: BTreeMap<&'static str, u64>,
    gone: u64,
    superseded: u64,
}

/// Which units leave, one by one.
fn leaving(row: &mut VecDeque<bool>, by: By) -> bool {
    let unit = match by {
        By::Fifo => row.pop_front(),
        By::Lifo => row.pop_back(),
        _ => {
            let traced = row.iter().position(|&unit| unit).unwrap_or(0);
            row.remove(traced)
        }
    };
    unit.unwrap()
}

/// Single units in rows, for first in, last in, and taint first.
fn by_units(moves: &[Move], seeds: &[usize], by: By) -> Found {
    let mut rows = vec![VecDeque::new(); ACCOUNTS];
    let mut found = Found::default();
    for (at, &(from, to, value)) in moves.iter().enumerate().filter(|(_, (from, to, _))| from != to) {
        let mut units: Vec<bool> = (0..value).map(|_| false).collect();
        if from < ACCOUNTS {
            while rows[from].len() < units.len() {
                rows[from].push_back(false);
            }
            units = units.iter().map(|_| leaving(&mut rows[from], by)).collect();
        }
        if seeds.contains(&at) {
            found.superseded += units.iter().filter(|unit| **unit).count() as u64;
            units.fill(true);
        }
        match rows.get_mut(to) {
            Some(row) => row.extend(units),
            None => found.gone += units.iter().filter(|unit| **unit).count() as u64,
        }
    }
    for (name, row) in NAMES.iter().zip(rows) {
        found.held.insert(name, row.iter().filter(|unit| **unit).count() as u64);
    }
    found
}

/// Sums, with a part of whole units: half a unit and more is one.
fn by_parts(moves: &[Move], seeds: &[usize]) -> Found {
    let (mut held, mut found) = ([(0_u64, 0_u64); ACCOUNTS], Found::default());
    for (at, &(from, to, value)) in moves.iter().enumerate().filter(|(_, (from, to, _))| from != to) {
        let mut taint = 0;
        if let Some((all, traced)) = held.get_mut(from) {
            *all = (*all).max(value);
            taint = (2 * *traced * value + *all).checked_div(2 * *all).unwrap_or(0);
            (*all, *traced) = (*all - value, *traced - taint);
        }
        if seeds.contains(&at) {
            found.superseded += taint;
            taint = value;
        }
        match held.get_mut(to) {
            Some((all, traced)) => (*all, *traced) = (*all + value, *traced + taint),
            None => found.gone += taint,
        }
    }
    found.held = NAMES.into_iter().zip(held.map(|(_, traced)| traced)).collect();
    found
}

fn transfers(seeds: &[usize]) -> Vec<SeedRequest> {
    seeds.iter().map(|at| SeedRequest::Transfer { hash: format!("t{at}"), position: 0 }).collect()
}

/// What the answer says. Seeds that are fees are none, so none is asked for here.
fn by_trace(moves: &[Move], seeds: &[usize], by: By, scale: u128) -> Found {
    let ledger = ledger(moves, scale);
    let asked = transfers(seeds);
    let report = trace(&ledger, &Request::new(ledger.asset("A").unwrap(), by, &asked)).unwrap();
    assert!(report.conservation.holds(), "{report:#?}");
    let units = |amount: u128| {
        assert_eq!(amount % scale, 0);
        u64::try_from(amount / scale).unwrap()
    };
    let mut found = Found { held: NAMES.map(|name| (name, 0)).into(), ..Found::default() };
    for end in &report.ends {
        assert!(end.direct <= end.amount && end.parts > 0, "{end:?}");
        match end.kind {
            EndKind::Unspent => *found.held.get_mut(end.address.as_str()).unwrap() += units(end.amount),
            EndKind::Superseded => found.superseded += units(end.amount),
            EndKind::Fee | EndKind::Burnt => found.gone += units(end.amount),
            other => panic!("{other:?}"),
        }
    }
    found
}

fn some_seeds(moves: &[Move], picks: &[usize]) -> Vec<usize> {
    let mut seeds: Vec<usize> = picks.iter().map(|pick| pick % moves.len()).collect();
    // A fee is no seed.
    seeds.retain(|&at| moves[at].1 < ACCOUNTS || at % 2 == 1);
    seeds.sort_unstable();
    seeds.dedup();
    seeds
}

/// How much came into being at whom and is in what `name` holds at the end, by going back.
fn origins(ledger: &AccountLedger, by: By, name: &str) -> BTreeMap<String, u128> {
    let asset = ledger.asset("A").unwrap();
    let seeds = [SeedRequest::Balance { address: name.to_owned() }];
    let mut request = Request::new(asset, by, &seeds);
    request.direction = Direction::Backward;
    let report = trace(ledger, &request).unwrap();
    assert!(report.conservation.holds() || !by.conserves(), "{report:#?}");
    let issued = report.ends.into_iter().filter(|end| end.kind == EndKind::Issued && end.amount > 0);
    issued.map(|end| (end.address, end.amount)).collect()
}

/// The same by following each thing that came into being alone.
fn origins_forward(ledger: &AccountLedger, moves: &[Move], by: By, name: &str) -> BTreeMap<String, u128> {
    let asset = ledger.asset("A").unwrap();
    let mut origins = BTreeMap::new();
    for (at, &(from, to, value)) in moves.iter().enumerate() {
        if from < ACCOUNTS || to >= ACCOUNTS || value == 0 {
            continue;
        }
        let seeds = transfers(&[at]);
        let report = trace(ledger, &Request::new(asset, by, &seeds)).unwrap();
        let ends = report.ends.iter().filter(|end| end.kind == EndKind::Unspent && end.address == name);
        let amount: u128 = ends.map(|end| end.amount).sum();
        if amount > 0 {
            *origins.entry(NAMES[to].to_owned()).or_default() += amount;
        }
    }
    origins
}

fn seed_request() -> impl Strategy<Value = SeedRequest> {
    let address = || prop::sample::select(NAMES.to_vec()).prop_map(str::to_owned);
    let window = prop_oneof![
        Just(Window::Always),
        (0_u64..20, 0_u64..20).prop_map(|(from, long)| Window::Blocks(from..=from + long)),
        (0_i64..20, 0_i64..20).prop_map(|(from, long)| Window::Times(from..=from + long)),
    ];
    prop_oneof![
        (address(), window).prop_map(|(address, window)| SeedRequest::Address { address, window }),
        address().prop_map(|address| SeedRequest::Balance { address }),
        (0..30).prop_map(|at| SeedRequest::Transaction { hash: format!("t{at}") }),
        (0..30, 0_usize..2)
            .prop_map(|(at, position)| SeedRequest::Transfer { hash: format!("t{at}"), position }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn rows_agree_with_single_units(moves in moves(30), picks in prop::collection::vec(0_usize..30, 1..4)) {
        let seeds = some_seeds(&moves, &picks);
        for by in [By::Fifo, By::Lifo, By::Tiho] {
            let expected = by_units(&moves, &seeds, by);
            prop_assert_eq!(&by_trace(&moves, &seeds, by, 1), &expected);
            prop_assert_eq!(by_trace(&moves, &seeds, by, 1 << 100), expected);
        }
    }

    #[test]
    fn parts_agree_with_rounded_fractions(moves in moves(30), picks in prop::collection::vec(0_usize..30, 1..4)) {
        let seeds = some_seeds(&moves, &picks);
        prop_assert_eq!(by_trace(&moves, &seeds, By::Haircut, 1), by_parts(&moves, &seeds));
    }

    #[test]
    fn going_back_is_following_turned_around(moves in moves(30), name in prop::sample::select(NAMES.to_vec())) {
        let all = ledger(&moves, 1);
        for by in [By::Fifo, By::Lifo] {
            prop_assert_eq!(origins(&all, by, name), origins_forward(&all, &moves, by, name));
        }
        // Where nothing came unseen, poison reaches the same in both directions.
        let moves = within_balance(&moves);
        let all = ledger(&moves, 1);
        let forward = origins_forward(&all, &moves, By::Poison, name);
        let back = origins(&all, By::Poison, name);
        prop_assert_eq!(back.keys().collect::<Vec<_>>(), forward.keys().collect::<Vec<_>>());
    }

    #[test]
    fn every_unit_of_a_seed_ends_once(
        moves in moves(30),
        seeds in prop::collection::vec(seed_request(), 1..4),
        service in 0..=ACCOUNTS,
        dust in 0_u128..4,
    ) {
        let ledger = ledger(&moves, 1);
        let services = |ledger: &AccountLedger, account| {
            let address = ledger.address(account);
            (NAMES.get(service) == Some(&address.as_str())).then_some(address)
        };
        for by in By::ALL {
            for direction in [Direction::Forward, Direction::Backward] {
                let mut request = Request::new(ledger.asset("A").unwrap(), by, &seeds);
                (request.direction, request.dust, request.flows_max) = (direction, dust, 3);
                request.services = &services;
                if (by, direction) == (By::Tiho, Direction::Backward) {
                    prop_assert!(trace(&ledger, &request).unwrap_err().to_string().contains("tiho"));
                    continue;
                }
                let report = trace(&ledger, &request).unwrap();
                prop_assert!(report.conservation.holds() || !by.conserves(), "{:#?}", report);
                prop_assert!(report.flows.len() <= 3);
                let again = trace(&ledger, &request).unwrap();
                prop_assert_eq!(report, again);
            }
        }
    }
}
