//! Do the published and the agreed cases come out to the unit?

use std::collections::{BTreeMap, HashMap};

use interdict_ledger::outputs::Output;
use interdict_ledger::outputs::addresses::AddressSet;
use interdict_ledger::outputs::trace::{Fate, Listener, Request, Step, trace};
use interdict_ledger::strategy::{Direction, Strategy};
use serde_json::Value;

#[path = "../../../interdict-lists/tests/shared/real.rs"]
mod real;

use crate::built::{Tx, chain};

#[derive(Default)]
struct Fees(Vec<(u32, u64)>);

impl Listener for Fees {
    fn step(&mut self, step: &Step<'_>) {
        if step.rest > 0 {
            self.0.push((step.tx, step.rest));
        }
    }
}

fn texts(of: &Value) -> Vec<&str> {
    of.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn amounts(of: &Value) -> BTreeMap<String, u64> {
    of.as_object()
        .expect("amounts")
        .iter()
        .map(|(name, amount)| (name.clone(), amount.as_u64().expect("an amount")))
        .collect()
}

/// Every output is an address of its own, so that stops are told by outputs.
fn check(case: &Value) -> usize {
    let (mut numbers, mut names, mut txs, mut ids) = (HashMap::new(), Vec::new(), Vec::new(), Vec::new());
    for tx in case["txs"].as_array().expect("transactions") {
        let inputs = texts(&tx["in"]).iter().map(|name| numbers[*name]).collect();
        let mut outputs = Vec::new();
        for output in tx["out"].as_array().expect("outputs") {
            let number = names.len() as Output;
            numbers.insert(output[0].as_str().expect("a name"), number);
            names.push(output[0].as_str().expect("a name"));
            outputs.push((output[1].as_u64().expect("a value"), u32::try_from(number).unwrap()));
        }
        txs.push(Tx { inputs, outputs });
        ids.push(tx["id"].as_str().expect("an id"));
    }
    let chain = chain(&txs, txs.len());
    let seeds: Vec<Output> = texts(&case["sources"]).iter().map(|name| numbers[*name]).collect();
    let stops: AddressSet =
        texts(&case["stop_at"]).iter().map(|name| u32::try_from(numbers[*name]).unwrap()).collect();
    for strategy in Strategy::ALL {
        let expected = &case["expect"][strategy.name()];
        let direction = Direction::Forward;
        let request =
            Request { strategy, direction, seeds: &seeds, stops: &stops, window: 0..chain.txs(), dust: 0 };
        let mut fees = Fees::default();
        let traced = trace(&chain, &request, &mut fees).expect("a trace");
        let named = |at: (Output, u64)| (names[usize::try_from(at.0).unwrap()].to_owned(), at.1);
        let told = format!("{} {strategy}", case["name"]);
        assert_eq!(
            traced.unspent().iter().copied().map(named).collect::<BTreeMap<_, _>>(),
            amounts(&expected["unspent"]),
            "{told}"
        );
        let stopped =
            traced.ended.iter().filter(|at| at.fate == Fate::Stopped).map(|at| named((at.output, at.amount)));
        assert_eq!(stopped.collect::<BTreeMap<_, _>>(), amounts(&expected["stopped"]), "{told}");
        let fees = fees.0.iter().map(|(tx, fee)| (ids[*tx as usize].to_owned(), *fee));
        assert_eq!(fees.collect::<BTreeMap<_, _>>(), amounts(&expected["fee"]), "{told}");
        assert_eq!(
            Some(traced.conservation.superseded),
            expected["superseded"].as_u64().map(u128::from),
            "{told}"
        );
        assert!(traced.conservation.holds() || !strategy.conserves(), "{told}");
    }
    Strategy::ALL.len()
}

#[test]
fn our_own_cases() {
    let cases: Value = serde_json::from_str(include_str!("cases.json")).expect("JSON");
    let checked: usize = cases.as_array().expect("cases").iter().map(check).sum();
    assert_eq!(checked, 15);
}

#[test]
fn agreed_cases() {
    let Some(path) = real::path("../vectors/taint_cases.json") else { return };
    let text = std::fs::read_to_string(path).expect("readable");
    let cases: Value = serde_json::from_str(&text).expect("JSON");
    let checked: usize = cases["utxo"].as_array().expect("cases").iter().map(check).sum();
    assert_eq!(checked, 60);
}
