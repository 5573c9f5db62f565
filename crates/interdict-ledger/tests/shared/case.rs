//! Cases as JSON: events of one asset, the seeds among them, and what each account holds of taint at the end by each strategy.

use std::collections::BTreeMap;

use interdict_ledger::accounts::{
    AccountLedger, AddressKey, Builder, EventKind, Order, Request, Row, SeedRequest, trace,
};
use interdict_ledger::report::{EndKind, TraceReport};
use interdict_ledger::strategy::Strategy;
use serde_json::Value;

/// A ledger of `from`, `to`, `value`; events with a `label` are seeds. Each event is a transaction of its own.
pub fn ledger(events: &[Value]) -> (AccountLedger, Vec<SeedRequest>) {
    let (mut builder, mut seeds) = (Builder::new(), Vec::new());
    let asset = builder.asset("TEST", 0).unwrap();
    for (block, event) in (0..).zip(events) {
        let mut account = |name: &str| {
            let name = event[name].as_str()?;
            Some(builder.account(&AddressKey::of(name).unwrap()).unwrap())
        };
        let (from, to) = (account("from"), account("to"));
        let value = u128::from(event["value"].as_u64().unwrap());
        let hash = format!("t{block}");
        let transaction = builder.transaction(Some(&hash), block, None).unwrap();
        let kind = match (from, to, event["kind"].as_str()) {
            (_, None, Some("fee")) => EventKind::Fee,
            (_, None, _) => EventKind::Burn,
            (None, _, _) => EventKind::Mint,
            _ => EventKind::Transfer,
        };
        let order = Order { block, ..Order::default() };
        builder.push(Row { order, from, to, asset, value, kind, transaction }).unwrap();
        if event["label"].is_string() {
            seeds.push(SeedRequest::Transfer { hash, position: 0 });
        }
    }
    (builder.finish(), seeds)
}

fn of_kind(report: &TraceReport, kind: EndKind) -> BTreeMap<String, u128> {
    let ends = report.ends.iter().filter(|end| end.kind == kind && end.amount > 0);
    ends.map(|end| (end.address.clone(), end.amount)).collect()
}

/// Checks every case of the key `account`; how many there were.
pub fn check_all(text: &str) -> usize {
    let all: Value = serde_json::from_str(text).unwrap();
    let cases = all["account"].as_array().unwrap();
    for case in cases {
        check(case);
    }
    cases.len()
}

fn check(case: &Value) {
    let (ledger, seeds) = ledger(case["events"].as_array().unwrap());
    let asset = ledger.asset("TEST").unwrap();
    let stop: Vec<&str> =
        case["stop_at"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for strategy in Strategy::ALL {
        let services = |ledger: &AccountLedger, account| {
            let address = ledger.address(account);
            stop.contains(&address.as_str()).then_some(address)
        };
        let mut request = Request::new(asset, strategy, &seeds);
        request.services = &services;
        let report = trace(&ledger, &request).unwrap();
        let place = format!("{} by {strategy}: {report:#?}", case["name"]);
        assert!(report.conservation.holds() || !strategy.conserves(), "{place}");
        let expected = &case["expect"][strategy.name()];
        let mut holds: BTreeMap<String, u128> = of_kind(&report, EndKind::Unspent);
        for (key, kind) in [
            ("stopped", EndKind::Stopped),
            ("fee", EndKind::Fee),
            ("burnt", EndKind::Burnt),
            ("superseded", EndKind::Superseded),
        ] {
            let Some(expected) = case["ends"][strategy.name()][key].as_object() else { continue };
            let expected: BTreeMap<String, u128> =
                expected.iter().map(|(name, n)| (name.clone(), u128::from(n.as_u64().unwrap()))).collect();
            assert_eq!(of_kind(&report, kind), expected, "{key} of {place}");
        }
        for (name, expected) in expected.as_object().unwrap() {
            let taint = u128::from(expected["tainted"].as_u64().unwrap());
            assert_eq!(holds.remove(name).unwrap_or(0), taint, "{name} of {place}");
        }
        assert!(holds.is_empty(), "{holds:?} of {place}");
    }
}
