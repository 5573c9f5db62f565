//! What does a person see of a trace? The answer in a line, where value ended, how the sum comes out, leads and what has to be known.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use interdict_ledger::report::{End, EndKind, TraceReport, Unit};
use interdict_ledger::strategy::Direction;
use interdict_ledger::words::{END_KINDS, direction_name, end_words, ended};
use jiff::Timestamp;

use crate::terminal::{CLEAR, FAINT, HIT, NOTE, STRONG, number, printable, table};

/// Most leads and notes that are shown.
const LINES_SHOWN: usize = 20;

/// A trace for a person, with so many rows of where value ended.
pub(crate) fn trace(report: &TraceReport, rows_shown: usize) -> String {
    let mut text = format!("{STRONG}{}{STRONG:#}\n", answer(report));
    put_ends(&mut text, report, rows_shown);
    put_sum(&mut text, report);
    for lead in report.leads.iter().take(LINES_SHOWN) {
        let kind = lead.kind.replace('_', " ");
        let (seen, method) = (printable(&lead.seen), printable(&lead.method));
        let sure = lead.confidence * 100.0;
        let _ =
            writeln!(text, "{NOTE}lead{NOTE:#}  {kind}, {sure:.0} % sure: {seen} {FAINT}({method}){FAINT:#}");
    }
    put_more(&mut text, report.leads.len(), "leads");
    if !report.leads.is_empty() {
        let _ =
            writeln!(text, "{FAINT}leads are hints: no taint, and no reason to block by themselves{FAINT:#}");
    }
    for note in report.notes.iter().take(LINES_SHOWN) {
        let _ = writeln!(text, "{NOTE}note{NOTE:#}  {}", printable(&note.text));
    }
    put_more(&mut text, report.notes.len(), "notes");
    text
}

/// `fifo, forward: 12.5 BTC from 2 seeds; 3.2 stopped at 2 services, 9.1 unspent at 14 addresses, 0.2 fees; every unit accounted for`.
pub(crate) fn answer(report: &TraceReport) -> String {
    let sums = &report.conservation;
    let seeds = match report.seeds.as_slice() {
        [seed] => printable(&seed.what),
        seeds => format!("{} seeds", count(seeds.len())),
    };
    let parts: Vec<String> = END_KINDS
        .into_iter()
        .filter(|&kind| ended(sums, kind) > 0)
        .map(|kind| format!("{} {}", figure(&report.unit, ended(sums, kind)), place(report, kind)))
        .collect();
    let parts = if parts.is_empty() { "nothing was found".to_owned() } else { parts.join(", ") };
    let verdict = match (report.strategy.conserves(), sums.holds()) {
        (false, _) => "poison makes taint, and no sum is kept",
        (true, true) => "every unit accounted for",
        (true, false) => "THE SUM DOES NOT COME OUT",
    };
    let (strategy, direction) = (report.strategy, direction_name(report.direction));
    format!("{strategy}, {direction}: {} from {seeds}; {parts}; {verdict}", amount(&report.unit, sums.seed))
}

/// Where value of this kind is: `unspent at 14 addresses`.
fn place(report: &TraceReport, kind: EndKind) -> String {
    let ends = report.ends.iter().filter(|end| end.kind == kind);
    let name = |end: &End| {
        end.label.clone().filter(|_| kind == EndKind::Stopped).unwrap_or_else(|| end.address.clone())
    };
    let places = ends.map(name).collect::<BTreeSet<_>>().len();
    let at = |one: &str, many: &str| match places {
        1 => format!("1 {one}"),
        places => format!("{} {many}", count(places)),
    };
    match (kind, report.direction) {
        (EndKind::Stopped, Direction::Forward) => format!("stopped at {}", at("service", "services")),
        (EndKind::Stopped, Direction::Backward) => format!("came from {}", at("service", "services")),
        (EndKind::Unspent, _) => format!("unspent at {}", at("address", "addresses")),
        (EndKind::Superseded, _) => format!("at {}", at("other seed", "other seeds")),
        (EndKind::Fee, _) => "fees".to_owned(),
        (EndKind::Issued, _) => format!("newly issued to {}", at("address", "addresses")),
        (EndKind::Unseen, _) => format!("of unseen origin at {}", at("address", "addresses")),
        (EndKind::Dust, _) => format!("dust at {}, not followed", at("address", "addresses")),
        (EndKind::Burnt, _) => "destroyed".to_owned(),
    }
}

fn put_ends(text: &mut String, report: &TraceReport, rows_shown: usize) {
    if report.ends.is_empty() {
        return;
    }
    let header = ["where", "address", "name", "amount", "share", "steps", "first", "last"];
    let rows = report.ends.iter().take(rows_shown).map(|end| {
        vec![
            end_words(end.kind).to_owned(),
            printable(&end.address),
            end.label.as_deref().map(printable).unwrap_or_default(),
            figure(&report.unit, end.amount),
            share(report, end.amount),
            if end.address.is_empty() { String::new() } else { end.steps.to_string() },
            end.first.map(day).unwrap_or_default(),
            end.last.map(day).unwrap_or_default(),
        ]
    });
    let _ = writeln!(text, "\n{}", table(&header, &[3, 4, 5], rows));
    let rest = report.ends.get(rows_shown..).unwrap_or_default();
    if !rest.is_empty() {
        let sum = rest.iter().fold(0_u128, |sum, end| sum.saturating_add(end.amount));
        let _ = writeln!(
            text,
            "{FAINT}… {} more with {}; --json has all{FAINT:#}",
            count(rest.len()),
            amount(&report.unit, sum)
        );
    }
    text.push('\n');
}

/// The account, and by how much it fails to come out.
fn put_sum(text: &mut String, report: &TraceReport) {
    let (unit, sums) = (&report.unit, &report.conservation);
    if !report.strategy.conserves() {
        return;
    }
    let parts: Vec<String> = END_KINDS
        .into_iter()
        .filter(|&kind| ended(sums, kind) > 0)
        .map(|kind| format!("{} {}", figure(unit, ended(sums, kind)), end_words(kind).to_lowercase()))
        .collect();
    let parts = if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") };
    let seed = figure(unit, sums.seed);
    let line = match sums.accounted() {
        Some(accounted) if accounted == sums.seed => format!("{CLEAR}sum{CLEAR:#}   {seed} = {parts}"),
        Some(accounted) => {
            let off = amount(unit, accounted.abs_diff(sums.seed));
            let way = if accounted > sums.seed { "too much" } else { "missing" };
            format!("{HIT}sum{HIT:#}   {seed} is not {parts}: {off} {way}")
        }
        None => format!("{HIT}sum{HIT:#}   {seed} is not {parts}: more than can be counted"),
    };
    let _ = writeln!(text, "{line}");
}

fn put_more(text: &mut String, all: usize, what: &str) {
    if all > LINES_SHOWN {
        let _ = writeln!(text, "{FAINT}… {} more {what}; --json has all{FAINT:#}", count(all - LINES_SHOWN));
    }
}

/// An exact amount with its unit: `1,234.5 BTC`.
fn amount(unit: &Unit, amount: u128) -> String {
    format!("{} {}", figure(unit, amount), printable(&unit.asset))
}

/// An exact amount with commas between thousands.
fn figure(unit: &Unit, amount: u128) -> String {
    let written = unit.written(amount);
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if fraction.is_empty() { text } else { format!("{text}.{fraction}") }
}

/// The part of the seed, in percent; nothing for poison, of which parts say nothing.
fn share(report: &TraceReport, amount: u128) -> String {
    let seed = report.conservation.seed;
    if !report.strategy.conserves() || seed == 0 {
        return String::new();
    }
    // So that the product fits; what is cut off is far below a thousandth.
    let shift = 64_u32.saturating_sub(seed.leading_zeros());
    let (amount, seed) = (amount >> shift, seed >> shift);
    match (amount.saturating_mul(2_000) / seed).div_ceil(2) {
        0 => "< 0.1 %".to_owned(),
        parts => format!("{}.{} %", parts / 10, parts % 10),
    }
}

fn day(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map_or_else(|_| seconds.to_string(), |time| time.strftime("%Y-%m-%d").to_string())
}

fn count(count: usize) -> String {
    number(u64::try_from(count).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use interdict_ledger::report::{Lead, Note, Seed};
    use interdict_ledger::strategy::{Conservation, Strategy};

    const COIN: u128 = 100_000_000;

    fn end(address: &str, label: &str, kind: EndKind, amount: u128) -> End {
        End {
            address: address.to_owned(),
            label: (!label.is_empty()).then(|| label.to_owned()),
            kind,
            amount,
            direct: 0,
            parts: 1,
            steps: 3,
            first: Some(1_709_208_000),
            last: None,
        }
    }

    fn report() -> TraceReport {
        let seed = |what: &str| Seed { what: what.to_owned(), amount: 600 * COIN, parts: 1 };
        TraceReport {
            strategy: Strategy::Fifo,
            direction: Direction::Forward,
            unit: Unit { asset: "BTC".to_owned(), decimals: 8 },
            seeds: vec![seed("77aa:0"), seed("77aa:1")],
            conservation: Conservation {
                seed: 1_200 * COIN,
                stopped: 1_100 * COIN,
                unspent: 99 * COIN,
                fee: COIN,
                ..Conservation::default()
            },
            ends: vec![
                end("a", "Invented Exchange", EndKind::Stopped, 1_000 * COIN),
                end("b", "Invented Exchange", EndKind::Stopped, 100 * COIN),
                end("c", "", EndKind::Unspent, 98 * COIN),
                end("d\u{1b}[31m", "", EndKind::Unspent, COIN),
                end("", "", EndKind::Fee, COIN),
            ],
            flows: Vec::new(),
            leads: vec![Lead {
                kind: "peel_chain",
                method: "peel(steps=3)".to_owned(),
                confidence: 0.8,
                transactions: Vec::new(),
                addresses: Vec::new(),
                seen: "small parts leave".to_owned(),
            }],
            notes: vec![Note { code: "x", text: "opening balances are unknown".to_owned() }],
            transactions: 9,
        }
    }

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn the_answer_is_one_line() {
        assert_eq!(
            answer(&report()),
            "fifo, forward: 1,200 BTC from 2 seeds; 1,100 stopped at 1 service, 99 unspent at 2 addresses, 1 fees; every unit accounted for"
        );
        let poison = TraceReport { strategy: Strategy::Poison, ..report() };
        assert!(answer(&poison).ends_with("; poison makes taint, and no sum is kept"));
        let back = TraceReport { direction: Direction::Backward, ..report() };
        assert!(answer(&back).contains("1,100 came from 1 service"));
    }

    #[test]
    fn a_trace_is_a_table_with_its_sum() {
        insta::assert_snapshot!(plain(&trace(&report(), 4)));
    }

    #[test]
    fn a_sum_that_does_not_come_out_says_by_how_much() {
        let mut off = report();
        off.conservation.unspent -= 1;
        assert!(answer(&off).ends_with("THE SUM DOES NOT COME OUT"));
        assert!(plain(&trace(&off, 4)).contains(": 0.00000001 BTC missing"));
        off.conservation.unspent = u128::MAX;
        assert!(plain(&trace(&off, 4)).contains("more than can be counted"));
    }

    #[test]
    fn nothing_found_is_told_as_that() {
        let nothing = TraceReport {
            ends: Vec::new(),
            leads: Vec::new(),
            notes: Vec::new(),
            conservation: Conservation::default(),
            ..report()
        };
        let told = plain(&trace(&nothing, 4));
        assert!(
            told.contains("0 BTC from 2 seeds; nothing was found") && told.ends_with("sum   0 = 0\n"),
            "{told}"
        );
    }

    #[test]
    fn shares_of_any_size_are_told() {
        let mut large = report();
        large.conservation.seed = u128::MAX;
        assert_eq!(
            [u128::MAX, u128::MAX / 2, 1].map(|amount| share(&large, amount)),
            ["100.0 %", "50.0 %", "< 0.1 %"]
        );
        assert_eq!(day(i64::MAX), i64::MAX.to_string());
    }

    #[test]
    fn long_lists_end_with_a_count() {
        let mut long = report();
        long.notes = (0..25).map(|n| Note { code: "x", text: n.to_string() }).collect();
        assert!(plain(&trace(&long, 4)).contains("… 5 more notes"));
    }
}
