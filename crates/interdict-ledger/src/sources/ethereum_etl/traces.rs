//! What did contracts move? Traces in the order in which calls began, without those that failed or whose caller failed.

use std::collections::HashSet;

use super::super::{SourceError, Tally};
use super::table::{Fields, Table};
use super::transactions::Transactions;
use super::{BEFORE_ALL, BEHIND_ALL, Native, Reading};
use crate::accounts::{AccountId, EventKind, LedgerFull, Order, TransactionId};

/// What a trace does with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// From one account to another.
    Moves,
    /// Comes into being.
    Issues,
    /// Nothing: code of another was run, or nothing may change.
    Nothing,
}

#[derive(Debug)]
struct Trace {
    block: u64,
    index: u64,
    /// The places of the calls that lead here.
    path: Vec<u32>,
    effect: Effect,
    kind: EventKind,
    from: Option<AccountId>,
    to: Option<AccountId>,
    value: u128,
    is_failed: bool,
    hash: Option<TransactionId>,
    file: u32,
    line: u64,
}

#[derive(Debug, Default)]
pub(super) struct Traces {
    all: Vec<Trace>,
    tallies: Vec<Tally>,
}

impl Traces {
    /// Takes a table in.
    pub fn read(&mut self, reading: &mut Reading<'_>, mut table: Table<'_>) -> Result<(), SourceError> {
        let mut tally = Tally::new(table.name, "trace");
        let file = u32::try_from(self.tallies.len()).unwrap_or(u32::MAX);
        while let Some(fields) = table.next(&mut tally)? {
            if let Some(trace) = read_one(reading, &mut tally, &fields, file)? {
                self.all.push(trace);
            }
        }
        self.tallies.push(tally);
        Ok(())
    }

    /// Moves what traces moved. The places of transactions that have any; `None` where there are no tables of traces.
    pub fn finish(
        mut self,
        reading: &mut Reading<'_>,
        transactions: &Transactions,
    ) -> Result<Option<HashSet<(u64, u64)>>, LedgerFull> {
        if self.tallies.is_empty() {
            return Ok(None);
        }
        self.all.sort_by(|one, other| one.place().cmp(&other.place()));
        let mut traced = HashSet::new();
        for group in self.all.chunk_by(|one, other| (one.block, one.index) == (other.block, other.index)) {
            let Some(first) = group.first() else { continue };
            traced.insert((first.block, first.index));
            let failed = transactions.at(first.block, first.index).is_some_and(|one| one.status == Some(0));
            if !failed || first.index == BEFORE_ALL || first.index == BEHIND_ALL {
                pass(reading, transactions, &mut self.tallies, group)?;
            }
        }
        for tally in self.tallies {
            tally.finish(&mut reading.account);
        }
        Ok(Some(traced))
    }
}

impl Trace {
    fn place(&self) -> (u64, u64, &[u32]) {
        (self.block, self.index, &self.path)
    }
}

/// The traces of one transaction, a caller before whom it calls.
fn pass(
    reading: &mut Reading<'_>,
    transactions: &Transactions,
    tallies: &mut [Tally],
    group: &[Trace],
) -> Result<(), LedgerFull> {
    let mut failed: Option<&[u32]> = None;
    let mut last: Option<&Trace> = None;
    for (place, trace) in (1_u64..).zip(group) {
        let is_row = trace.index == BEHIND_ALL || trace.index == BEFORE_ALL;
        // Rewards have no path, so that those of one block look alike.
        if !is_row && last.replace(trace).is_some_and(|last| last.path == trace.path) {
            if let Some(tally) = tallies.get_mut(trace.file as usize) {
                tally.lose(trace.line, "duplicate", "a trace of this place was read before");
            }
            continue;
        }
        if failed.is_some_and(|failed| trace.path.starts_with(failed)) {
            continue;
        }
        if trace.is_failed && !is_row {
            failed = Some(&trace.path);
            continue;
        }
        if trace.effect != Effect::Nothing && !trace.is_failed {
            emit(reading, transactions, trace, place)?;
        }
    }
    Ok(())
}

fn emit(
    reading: &mut Reading<'_>,
    transactions: &Transactions,
    trace: &Trace,
    place: u64,
) -> Result<(), LedgerFull> {
    let known = transactions.at(trace.block, trace.index).map(|one| one.id).or(trace.hash);
    let transaction = match known {
        Some(transaction) => transaction,
        None => reading.builder.transaction(None, trace.block, reading.facts.time(trace.block))?,
    };
    let kind = if trace.path.is_empty() && trace.kind == EventKind::Internal && trace.index != BEFORE_ALL {
        EventKind::Transfer
    } else {
        trace.kind
    };
    let order = Order { block: trace.block, index: trace.index, place };
    let from = trace.from.filter(|_| trace.effect == Effect::Moves);
    reading.native(Native { order, from, to: trace.to, value: trace.value, kind, transaction })
}

/// What kinds of trace there are: what becomes of their value, and where they stand if not in a transaction.
fn effect(fields: &Fields<'_>) -> Option<(Effect, EventKind, Option<u64>)> {
    let found = match (fields.get("tracetype")?, fields.get("calltype")) {
        ("call", None | Some("call")) => (Effect::Moves, EventKind::Internal, None),
        ("call", Some("delegatecall" | "staticcall" | "callcode")) => {
            (Effect::Nothing, EventKind::Internal, None)
        }
        ("create" | "create2" | "suicide" | "selfdestruct", _) => (Effect::Moves, EventKind::Internal, None),
        ("reward", _) => (Effect::Issues, EventKind::Reward, Some(BEHIND_ALL)),
        ("genesis", _) => (Effect::Issues, EventKind::Mint, Some(BEFORE_ALL)),
        ("daofork", _) => (Effect::Moves, EventKind::Internal, Some(BEFORE_ALL)),
        _ => return None,
    };
    Some(found)
}

fn read_one(
    reading: &mut Reading<'_>,
    tally: &mut Tally,
    fields: &Fields<'_>,
    file: u32,
) -> Result<Option<Trace>, SourceError> {
    let line = fields.line();
    let Some((effect, kind, place)) = effect(fields) else {
        tally.lose(line, "unknown_trace", "no trace of this type is known");
        return Ok(None);
    };
    let Some(block) = fields.needed(tally, "blocknumber") else { return Ok(None) };
    let Some(index) = place.or_else(|| Some(fields.number("transactionindex")?.saturating_add(1))) else {
        tally.lose(line, "bad_place", "transactionindex is missing or no number");
        return Ok(None);
    };
    let path = match fields.get("traceaddress") {
        None => Some(Vec::new()),
        Some(text) => text.split([',', '_']).map(|step| step.trim().parse().ok()).collect(),
    };
    let Some(path) = path else {
        tally.lose(line, "bad_place", "traceaddress is no row of numbers");
        return Ok(None);
    };
    let Some(value) = fields.value(tally) else { return Ok(None) };
    let Ok(from) = reading.party(tally, fields, "fromaddress")? else { return Ok(None) };
    let Ok(to) = reading.party(tally, fields, "toaddress")? else { return Ok(None) };
    let is_failed = fields.get("error").is_some() || fields.number("status") == Some(0);
    let is_lacking = to.is_none() || (effect == Effect::Moves && from.is_none());
    let is_end = matches!(fields.get("tracetype"), Some("suicide" | "selfdestruct"));
    reading.counts.selfdestructs_unknown += u64::from(is_end && is_lacking && !is_failed);
    if effect != Effect::Nothing && is_lacking && !is_failed && (value > 0 || is_end) {
        // The place stays: the transaction has traces, and calls within this one may have moved value.
        tally.value_lost(line, "no_party", "the trace does not say from whom to whom its value moved");
    }
    let effect = if is_lacking { Effect::Nothing } else { effect };
    let hash = match fields.hash(tally, "transactionhash") {
        Some(hash) => Some(match reading.builder.of_hash(hash, block) {
            Some(known) => known,
            None => reading.builder.transaction(Some(hash), block, reading.facts.time(block))?,
        }),
        None => None,
    };
    Ok(Some(Trace { block, index, path, effect, kind, from, to, value, is_failed, hash, file, line }))
}
