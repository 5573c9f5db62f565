//! Where does tracing begin? What the caller wrote, found in the ledger: addresses, transactions, single outputs and transfers.

use interdict_core::date::PartialDate;
use interdict_ledger::accounts::{AccountLedger, SeedRequest, Window};
use interdict_ledger::outputs::addresses::AddressSet;
use interdict_ledger::outputs::answer::NamedSeed;
use interdict_ledger::outputs::names::tx_in;
use interdict_ledger::outputs::store::unprinted;
use interdict_ledger::outputs::{Output, Tx};
use interdict_wallets::Refusal;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::opened::Outputs;
use crate::cli::Trace;
use crate::commands::at;
use crate::failure::Failure;
use crate::intake;
use crate::terminal::printable;

/// The seeds of a question, as they were written.
pub(crate) fn written(args: &Trace) -> Result<Vec<String>, Failure> {
    let mut seeds: Vec<String> = args.from.iter().map(|seed| seed.trim().to_owned()).collect();
    if let Some(path) = &args.seeds {
        seeds.extend(lines(path)?);
    }
    seeds.retain(|seed| !seed.is_empty());
    let mut known = std::collections::BTreeSet::new();
    seeds.retain(|seed| known.insert(seed.clone()));
    refuse_secrets("seed", &seeds)?;
    if seeds.is_empty() {
        return Err(Failure::Ledger("there is no seed: name an address, a transaction or TXID:N".to_owned()));
    }
    Ok(seeds)
}

/// The lines of a file that say something.
pub(crate) fn lines(path: &std::path::Path) -> Result<Vec<String>, Failure> {
    let copy = intake::input(path)?;
    let text = std::str::from_utf8(&copy)
        .map_err(|_| Failure::Ledger(format!("{} is no UTF-8 text", path.display())))?;
    let lines = text
        .trim_start_matches('\u{feff}')
        .lines()
        .map(|line| line.split(',').next().unwrap_or_default().trim());
    Ok(lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect())
}

/// An error where one of these is a private key or the like; it is told by its number and not repeated.
pub(crate) fn refuse_secrets(what: &str, texts: &[String]) -> Result<(), Failure> {
    for (number, text) in (1..).zip(texts) {
        let whole = parted(text).map_or(text.as_str(), |(whole, _)| whole);
        for text in [text, whole] {
            if let Err(refusal @ Refusal::Secret(_)) = interdict_wallets::parse(text) {
                return Err(Failure::Ledger(format!("{what} {number}: {refusal}")));
            }
        }
    }
    Ok(())
}

/// A text that is in no ledger, for a message. 64 hexadecimal digits may be a transaction elsewhere or a private key, and are cut.
pub(crate) fn shown(text: &str) -> String {
    let whole = parted(text).map_or(text, |(whole, _)| whole);
    let digits = whole.strip_prefix("0x").unwrap_or(whole);
    let is_long = digits.len() >= 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    match digits.get(..8).filter(|_| is_long) {
        Some(start) => format!("{start}… ({} hexadecimal digits)", digits.len()),
        None => printable(text),
    }
}

/// In which seconds addresses count as seeds.
pub(crate) fn window(args: &Trace) -> Result<Option<(i64, i64)>, Failure> {
    if args.since.is_none() && args.until.is_none() {
        return Ok(None);
    }
    let first = args.since.as_deref().map_or(Ok(i64::MIN), |day| seconds(day, "00:00:00"))?;
    let last = args.until.as_deref().map_or(Ok(i64::MAX), |day| seconds(day, "23:59:59"))?;
    if first > last {
        return Err(Failure::Usage("--since is after --until: no day is left".to_owned()));
    }
    Ok(Some((first, last)))
}

fn seconds(day: &str, clock: &str) -> Result<i64, Failure> {
    let day: PartialDate = at::day(day)?;
    let date: Date = day
        .to_string()
        .parse()
        .map_err(|_| Failure::Ledger(format!("{day} is no whole day (YYYY-MM-DD)")))?;
    let time = format!("{date}T{clock}").parse::<jiff::civil::DateTime>().map_err(|_| Failure::Bug)?;
    Ok(time.to_zoned(TimeZone::UTC).map_err(|_| Failure::Bug)?.timestamp().as_second())
}

fn unknown(seed: &str) -> Failure {
    Failure::Ledger(format!(
        "{} is not in the ledger, neither as an address nor as a transaction; nothing was traced",
        shown(seed)
    ))
}

/// A transaction and one part of it: `TXID:N`.
fn parted(seed: &str) -> Option<(&str, usize)> {
    let (transaction, place) = seed.rsplit_once(':')?;
    Some((transaction, place.parse().ok()?))
}

/// Seeds in a ledger of accounts.
pub(crate) fn of_accounts(
    ledger: &AccountLedger,
    written: &[String],
    window: Option<(i64, i64)>,
) -> Result<Vec<SeedRequest>, Failure> {
    let window = window.map_or(Window::Always, |(first, last)| Window::Times(first..=last));
    let find = |seed: &String| {
        if let Some((hash, position)) = parted(seed).filter(|(hash, _)| !ledger.transactions(hash).is_empty())
        {
            return Ok(SeedRequest::Transfer { hash: hash.to_owned(), position });
        }
        if ledger.account(seed).is_some() {
            return Ok(SeedRequest::Address { address: seed.clone(), window: window.clone() });
        }
        if ledger.transactions(seed).is_empty() {
            Err(unknown(seed))
        } else {
            Ok(SeedRequest::Transaction { hash: seed.clone() })
        }
    };
    written.iter().map(find).collect()
}

/// Seeds in a chain of outputs.
pub(crate) fn of_outputs(
    outputs: &Outputs,
    written: &[String],
    window: Option<(i64, i64)>,
) -> Result<Vec<NamedSeed>, Failure> {
    written.iter().map(|seed| of_outputs_one(outputs, seed, window)).collect()
}

fn of_outputs_one(outputs: &Outputs, seed: &str, window: Option<(i64, i64)>) -> Result<NamedSeed, Failure> {
    let named = |found: Vec<Output>| NamedSeed { what: seed.to_owned(), outputs: found };
    let transaction = |text: &str| unprinted(text).and_then(|id| tx_in(&outputs.names, &id));
    if let Some((tx, place)) = parted(seed).and_then(|(text, place)| Some((transaction(text)?, place))) {
        let made: Vec<Output> = outputs_of(outputs, tx);
        let one = made.get(place).ok_or_else(|| {
            Failure::Ledger(format!("{seed}: the transaction has {} outputs, counted from 0", made.len()))
        })?;
        return Ok(named(vec![*one]));
    }
    if let Some(tx) = transaction(seed) {
        return Ok(named(outputs_of(outputs, tx)));
    }
    let addresses: AddressSet = outputs.addresses(seed)?.into_iter().collect();
    if addresses.is_empty() {
        return Err(unknown(seed));
    }
    let inside = |output: &Output| {
        let Some((first, last)) = window else { return true };
        let time =
            outputs.chain.creator(*output).and_then(|tx| outputs.chain.block_of(tx)).map(|block| block.time);
        time.is_some_and(|time| (first..=last).contains(&time))
    };
    let found: Vec<Output> = outputs.chain.outputs_at(&addresses).into_iter().filter(inside).collect();
    if found.is_empty() {
        return Err(Failure::Ledger(format!("{seed} received nothing in these days; nothing was traced")));
    }
    Ok(named(found))
}

fn outputs_of(outputs: &Outputs, tx: Tx) -> Vec<Output> {
    outputs.chain.reader().transaction(tx).output_numbers().collect()
}
