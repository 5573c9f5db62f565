//! How is the outcome of a walk told? Numbers become names, sums become ends, and what has to be known becomes notes.

use std::collections::HashMap;

use super::ledger::{AccountId, AccountLedger, TransactionId};
use super::tally::{Moves, Part};
use super::trace::{Openings, Outcome, Request};
use crate::report::{End, EndKind, Flow, Lead, Note, Seed, TraceReport};
use crate::strategy::{Conservation, Strategy};

/// The answer.
pub(super) fn report(ledger: &AccountLedger, request: &Request<'_>, outcome: &Outcome) -> TraceReport {
    let unit = ledger.unit(request.asset);
    let mut leads = outcome.leads.found(ledger, request.asset);
    leads.extend(bridges(ledger, outcome));
    TraceReport {
        strategy: request.strategy,
        direction: request.direction,
        seeds: seeds(request, outcome),
        conservation: conservation(outcome),
        ends: ends(ledger, outcome),
        flows: flows(ledger, outcome),
        leads,
        notes: notes(ledger, request, outcome),
        transactions: outcome.transactions,
        unit,
    }
}

fn seeds(request: &Request<'_>, outcome: &Outcome) -> Vec<Seed> {
    let asked = request.seeds.iter().zip(&outcome.tally.seeds);
    asked.map(|(seed, &(amount, parts))| Seed { what: seed.written(), amount, parts }).collect()
}

fn conservation(outcome: &Outcome) -> Conservation {
    let seed = outcome.tally.seeds.iter().fold(0_u128, |sum, (amount, _)| sum.saturating_add(*amount));
    let mut sums = Conservation { seed, ..Conservation::default() };
    for (_, kind, part) in &outcome.tally.ends {
        let sum = match kind {
            EndKind::Unspent => &mut sums.unspent,
            EndKind::Stopped => &mut sums.stopped,
            EndKind::Superseded => &mut sums.superseded,
            EndKind::Fee => &mut sums.fee,
            EndKind::Issued => &mut sums.issued,
            EndKind::Unseen => &mut sums.unseen,
            EndKind::Dust => &mut sums.dust,
            EndKind::Burnt => &mut sums.burnt,
        };
        *sum = sum.saturating_add(part.amount);
    }
    sums
}

fn ends(ledger: &AccountLedger, outcome: &Outcome) -> Vec<End> {
    let services: HashMap<u32, &String> =
        outcome.services.iter().map(|(account, name)| (*account, name)).collect();
    let told = |(account, kind, part): &(u32, EndKind, Part)| {
        let id = AccountId(*account);
        let service = services.get(account).map(|name| (*name).clone());
        End {
            address: ledger.address(id),
            label: service.or_else(|| ledger.label(id).map(str::to_owned)),
            kind: *kind,
            amount: part.amount,
            direct: part.direct,
            parts: part.parts,
            steps: part.steps,
            first: part.first,
            last: part.last,
        }
    };
    let mut ends: Vec<End> = outcome.tally.ends.iter().map(told).collect();
    ends.sort_by(|one, other| {
        let by_name = || (&one.address, one.kind).cmp(&(&other.address, other.kind));
        other.amount.cmp(&one.amount).then_with(by_name)
    });
    ends
}

fn flows(ledger: &AccountLedger, outcome: &Outcome) -> Vec<Flow> {
    let told = |(from, to, moves): &(u32, u32, Moves)| Flow {
        from: ledger.address(AccountId(*from)),
        to: ledger.address(AccountId(*to)),
        amount: moves.amount,
        transactions: moves.transactions,
        first: moves.first,
        last: moves.last,
        examples: moves.examples.iter().map(|number| ledger.hash(TransactionId(*number))).collect(),
    };
    let mut flows: Vec<Flow> = outcome.tally.flows.iter().map(told).collect();
    flows.sort_by(|one, other| (one.first, &one.from, &one.to).cmp(&(other.first, &other.from, &other.to)));
    flows
}

/// Value that stopped at a service which calls itself a bridge goes on elsewhere.
fn bridges(ledger: &AccountLedger, outcome: &Outcome) -> Vec<Lead> {
    let is_bridge = |name: &str| name.to_lowercase().contains("bridge");
    let stopped = |account: u32| {
        let mut ends = outcome.tally.ends.iter();
        ends.any(|(other, kind, part)| *other == account && *kind == EndKind::Stopped && part.amount > 0)
    };
    let bridges = outcome.services.iter().filter(|(account, name)| is_bridge(name) && stopped(*account));
    let lead = |(account, name): &(u32, String)| {
        let address = ledger.address(AccountId(*account));
        Lead {
            kind: "bridge",
            method: "name_of_service(contains=bridge)".to_owned(),
            confidence: 0.7,
            transactions: Vec::new(),
            seen: format!("{address} is called {name}; what arrives there may go on another chain"),
            addresses: vec![address],
        }
    };
    bridges.map(lead).collect()
}

fn openings(openings: &Openings, written: &dyn Fn(u128) -> String) -> String {
    let (n, passed) = (openings.accounts, openings.passed);
    let accounts = if n == 1 { "account" } else { "accounts" };
    let (amount, traced) = (written(openings.amount), written(openings.traced));
    format!(
        "in the whole ledger {n} {accounts} spent {amount} more than it saw come in; it is taken for value that came unseen just before, clean unless the account is a seed. Traced value came to {passed} of {n}, and {traced} of the amount is traced"
    )
}

fn notes(ledger: &AccountLedger, request: &Request<'_>, outcome: &Outcome) -> Vec<Note> {
    let unit = ledger.unit(request.asset);
    let written = |amount| format!("{} {}", unit.written(amount), unit.asset);
    let mut notes = ledger.notes().to_vec();
    let mut note = |code, text| notes.push(Note { code, text });
    for &request_at in &outcome.seeds.missing {
        let what = request.seeds.get(request_at).map(|seed| seed.written()).unwrap_or_default();
        note("seed_not_in_ledger", format!("the ledger has nothing of {what} in {}", unit.asset));
    }
    for (number, (seed, _)) in
        request.seeds.iter().zip(&outcome.tally.seeds).enumerate().filter(|(_, (_, (_, parts)))| *parts == 0)
    {
        if !outcome.seeds.missing.contains(&number) {
            note(
                "seed_without_value",
                format!("nothing of {} moved or was held that {} asks for", unit.asset, seed.written()),
            );
        }
    }
    if outcome.openings.accounts > 0 {
        note("opening_balance_unknown", openings(&outcome.openings, &written));
    }
    if request.strategy == Strategy::Poison {
        let text = "poison shows what can be reached and makes taint; amounts do not add up to the seed";
        note("poison_makes_taint", text.to_owned());
    }
    if request.dust > 0 {
        let (least, (amount, n)) = (written(request.dust), outcome.dust);
        let amount = written(amount);
        note(
            "dust_not_followed",
            format!(
                "traced value below {least} was not followed from where it arrived: {n} movements of {amount} together, counted where they arrived"
            ),
        );
    }
    if outcome.tally.flows_left_out > 0 {
        let (n, max) = (outcome.tally.flows_left_out, request.flows_max);
        note(
            "flows_left_out",
            format!("{n} movements between further pairs than the {max} asked for are not told"),
        );
    }
    if outcome.leads.beyond > 0 {
        let n = outcome.leads.beyond;
        note("leads_left_out", format!("{n} further movements were not looked at for swaps"));
    }
    notes
}
