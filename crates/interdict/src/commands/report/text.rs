//! The account of the lists, for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Account;
use crate::terminal::{ERROR, FAINT, STRONG, number, printable, table};

/// All of it.
pub(super) fn of(accounts: &[Account]) -> String {
    let mut text = String::new();
    for account in accounts {
        one(account, &mut text);
    }
    let n: u64 = accounts.iter().map(|account| account.inventory.n_parties()).sum();
    let is_closed = accounts.iter().all(|account| account.open.is_empty());
    if is_closed {
        let _ = writeln!(
            text,
            "{STRONG}Every total closes{STRONG:#}: {} parties on {} lists.",
            number(n),
            accounts.len()
        );
    } else {
        let _ = writeln!(text, "{ERROR}Not every total closes.{ERROR:#}");
    }
    text
}

fn one(account: &Account, text: &mut String) {
    let published = account.published.map_or("date unknown".to_owned(), |date| format!("published {date}"));
    let _ = writeln!(text, "{STRONG}{}{STRONG:#} {published}, version {}", account.id, account.version);
    let rows = account.records.iter().map(|row| {
        let numbers = [row.read, row.taken, row.lost].map(number);
        [vec![format!("  {}", printable(&row.file)), row.record.clone()], numbers.to_vec()].concat()
    });
    text.push_str(&table(&["  file", "record", "read", "taken", "lost"], &[2, 3, 4], rows));
    text.push('\n');
    let inventory = &account.inventory;
    let lines = [
        ("parties", inventory.n_parties(), &inventory.parties),
        ("other entities", account.entities - inventory.n_parties().min(account.entities), &inventory.others),
        ("names", inventory.n_names(), &inventory.names),
        ("identifiers", inventory.identifiers.values().sum(), &inventory.identifiers),
        ("issues", account.issues.total(), &account.issues.by_kind),
    ];
    for (what, total, parts) in lines {
        let _ = writeln!(text, "  {what} {}{FAINT}{}{FAINT:#}", number(total), told(parts));
    }
    let index = &account.index;
    let _ = writeln!(text, "  in the index {} parties, {} names", number(index.parties), number(index.names));
    for open in &account.open {
        let _ = writeln!(text, "  {ERROR}does not close{ERROR:#} {open}");
    }
    text.push('\n');
}

fn told(parts: &BTreeMap<String, u64>) -> String {
    let mut parts: Vec<(&String, &u64)> = parts.iter().collect();
    parts.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), *name));
    let parts: Vec<String> =
        parts.iter().map(|(name, n)| format!("{} {}", name.replace('_', " "), number(**n))).collect();
    if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) }
}
