//! How many events of a chain of accounts are walked through in a second, by each strategy?
//!
//! `cargo run --release -p interdict-ledger --example account_speed -- [million events]`
//!
//! The ledger is made by a seed: an account for every four events, a tenth of them busy, values as real ones with 18 decimals, one of 20 events
//! a fee. Nobody spends much more than is there. The processor's time is told too, as other programs disturb it less. Tracing begins at two hundred transfers in the first tenth, so that taint spreads.

#![expect(clippy::print_stdout, reason = "the example answers on standard output")]

use std::error::Error;
use std::time::Instant;

use interdict_core::random::Random;
use interdict_ledger::accounts::{
    AccountId, AccountLedger, AddressKey, Builder, EventKind, LedgerFull, Order, Request, Row, SeedRequest,
    trace,
};
use interdict_ledger::strategy::{Direction, Strategy};

const SEEDS: usize = 200;
const ETHER: u128 = 1_000_000_000_000_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let millions: usize = std::env::args().nth(1).map_or(Ok(5), |text| text.parse())?;
    let n_events = millions * 1_000_000;
    let start = Instant::now();
    let ledger = generated(n_events)?;
    println!(
        "{n_events} events, {} accounts, made in {:.1} s",
        ledger.n_accounts(),
        start.elapsed().as_secs_f64()
    );
    let asset = ledger.asset("ETH").ok_or("no asset")?;
    let n_rated = u32::try_from(n_events)?;
    let every = n_events / 10 / SEEDS;
    let hash = |at: usize| ledger.event(at).map(|event| ledger.hash(event.transaction)).unwrap_or_default();
    let transfers = |at: usize| SeedRequest::Transfer { hash: hash(at * every), position: 0 };
    let seeds: Vec<SeedRequest> = (1..=SEEDS).map(transfers).collect();
    let last: Vec<SeedRequest> = ledger
        .event(n_events - 1)
        .and_then(|event| event.to.or(event.from))
        .map(|account| SeedRequest::Balance { address: ledger.address(account) })
        .into_iter()
        .collect();
    for direction in [Direction::Forward, Direction::Backward] {
        for strategy in Strategy::ALL {
            let seeds = if direction == Direction::Forward { &seeds } else { &last };
            let mut request = Request::new(asset, strategy, seeds);
            request.direction = direction;
            let (start, ticks) = (Instant::now(), processor_ticks());
            let Ok(report) = trace(&ledger, &request) else { continue };
            let wall = start.elapsed().as_secs_f64();
            let processor =
                processor_ticks().zip(ticks).map_or(f64::NAN, |(after, before)| (after - before) / 100.0);
            let a_second = |seconds: f64| f64::from(n_rated) / seconds / 1e6;
            let sum = if report.conservation.holds() { "sum holds" } else { "no sum" };
            println!(
                "{direction:?} {strategy:<8} {wall:>7.2} s, million events a second {:>5.1}, of the processor's time {:>5.1}; {} ends, {sum}",
                a_second(wall),
                a_second(processor),
                report.ends.len()
            );
        }
    }
    Ok(())
}

fn generated(n_events: usize) -> Result<AccountLedger, LedgerFull> {
    let mut random = Random::new(7, "account speed");
    let mut builder = Builder::new();
    let asset = builder.asset("ETH", 18)?;
    let n_accounts = n_events / 4;
    let accounts: Vec<AccountId> = (0..n_accounts)
        .filter_map(|number| AddressKey::of(&format!("0x{number:040x}")).ok())
        .map(|key| builder.account(&key))
        .collect::<Result<_, _>>()?;
    let mut held = vec![0_u128; n_accounts];
    for number in 0..n_events {
        let block = number as u64 / 200;
        // One of two is busy.
        let mut any =
            || if random.one_in(2) { random.below(n_accounts / 10) } else { random.below(n_accounts) };
        let (from, to) = (any(), any());
        let is_fee = random.one_in(20);
        let asked = ETHER / 1_000 * (1 + u128::from(random.skewed(1_000_000)));
        let is_poor = held.get(from).is_none_or(|held| *held < asked / 2);
        let (kind, value) = if is_poor { (EventKind::Mint, asked) } else { (EventKind::Transfer, asked) };
        let kind = if is_fee && !is_poor { EventKind::Fee } else { kind };
        let value = if kind == EventKind::Fee { ETHER / 10_000 } else { value };
        let sender = (kind != EventKind::Mint).then_some(from);
        let receiver = (kind != EventKind::Fee).then_some(to);
        if let Some(held) = sender.and_then(|from| held.get_mut(from)) {
            *held = held.saturating_sub(value);
        }
        if let Some(held) = receiver.and_then(|to| held.get_mut(to)) {
            *held += value;
        }
        let transaction = builder.transaction(Some(&format!("0x{number:064x}")), block, None)?;
        let account = |at: Option<usize>| at.and_then(|at| accounts.get(at).copied());
        let order = Order { block, index: number as u64, place: 0 };
        builder.push(Row {
            order,
            from: account(sender),
            to: account(receiver),
            asset,
            value,
            kind,
            transaction,
        })?;
    }
    Ok(builder.finish())
}

/// The processor time of this process so far in hundredths of a second, as Linux tells it.
fn processor_ticks() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields = stat.rsplit_once(')')?.1;
    let mut times = fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    Some(times.next()? + times.next()?)
}
