//! What does a value of a row of transfers say? What cannot be read is an issue; without amount or parties the row is lost.

use interdict_wallets::Refusal;

use super::KINDS;
use crate::accounts::address::is_zero;
use crate::accounts::{AddressKey, EventKind};
use crate::sources::parquet::table::Cell;
use crate::sources::{Tally, hash_refusal, moment, refusal};

/// A row that is being read.
pub(super) struct Line<'t> {
    pub tally: &'t mut Tally,
    pub row: u64,
}

/// `0x` and hexadecimal digits.
fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16);
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(digit);
    "0x".chars().chain(digits).collect()
}

impl Line<'_> {
    pub fn value_lost(&mut self, kind: &str, reason: impl Into<String>) {
        self.tally.value_lost(self.row, kind, reason);
    }

    pub fn note(&mut self, kind: &str, reason: &str) {
        self.tally.note(Some(self.row), kind, reason);
    }

    /// A whole number; nothing where there is none.
    pub fn number<T: TryFrom<i128>>(&mut self, cell: &Cell, column: &str) -> Option<T> {
        let read: Option<i128> = match cell {
            Cell::Null => return None,
            Cell::Whole(number) => Some(*number),
            Cell::Text(text) => text.trim().parse().ok(),
            Cell::Bytes(_) | Cell::Unfit => None,
        };
        let read = read.and_then(|number| T::try_from(number).ok());
        if read.is_none() {
            self.value_lost("bad_place", format!("`{column}` is no whole number in its range"));
        }
        read
    }

    /// Seconds since 1970; a text may be a date and time.
    pub fn time(&mut self, cell: &Cell) -> Option<i64> {
        let Cell::Text(text) = cell else { return self.number(cell, "time") };
        let read = moment::parse(text);
        if read.is_none() {
            self.value_lost("bad_place", "`time` cannot be read");
        }
        read
    }

    /// A text; nothing where it is empty.
    pub fn text(&mut self, cell: &Cell, column: &str) -> Option<String> {
        let text = match cell {
            Cell::Null => return None,
            Cell::Whole(number) => Some(number.to_string()),
            Cell::Text(text) => Some(text.trim().to_owned()),
            // Some programs do not mark texts as such.
            Cell::Bytes(bytes) => match bytes.len() {
                20 | 32 if std::str::from_utf8(bytes).is_err() => Some(hexadecimal(bytes)),
                _ => std::str::from_utf8(bytes).ok().map(|text| text.trim().to_owned()),
            },
            Cell::Unfit => None,
        };
        if text.is_none() {
            self.value_lost("bad_text", format!("`{column}` is no text"));
        }
        let text = text.filter(|text| !text.is_empty())?;
        let refused: fn(&str) -> Option<Refusal> = if column == "tx_hash" { hash_refusal } else { refusal };
        self.tally.keepable(self.row, column, &text, refused).map(str::to_owned)
    }

    /// The hash of a transaction: text, or 32 bytes.
    pub fn hash(&mut self, cell: &Cell) -> Option<String> {
        match cell {
            Cell::Bytes(bytes) if bytes.len() == 32 => Some(hexadecimal(bytes)),
            cell => self.text(cell, "tx_hash"),
        }
    }

    /// Who gives or takes; nobody where there is nothing. What is refused loses the row.
    pub fn party(&mut self, cell: &Cell, column: &str) -> Result<Option<AddressKey>, ()> {
        let text = match cell {
            Cell::Null => return Ok(None),
            Cell::Whole(number) => number.to_string(),
            Cell::Text(text) => text.clone(),
            Cell::Bytes(bytes) if bytes.len() == 20 => hexadecimal(bytes),
            Cell::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Cell::Unfit => {
                self.tally.lose(self.row, "bad_text", format!("`{column}` is no text"));
                return Err(());
            }
        };
        if text.trim().is_empty() {
            return Ok(None);
        }
        match AddressKey::of(&text) {
            Ok(key) => Ok(Some(key)),
            Err(refusal) => {
                self.tally.lose(self.row, "refused_address", format!("{column}: {refusal}"));
                Err(())
            }
        }
    }

    /// An amount in the smallest unit.
    pub fn value(&mut self, cell: &Cell) -> Option<u128> {
        let read = match cell {
            Cell::Null => Err("there is no value"),
            Cell::Whole(number) => u128::try_from(*number).map_err(|_| "the value is below zero"),
            Cell::Text(text) => of_digits(text.trim()),
            Cell::Bytes(bytes) => of_bytes(bytes),
            Cell::Unfit => Err("the value is no whole number, or beyond 128 bits"),
        };
        let lost = |reason: &str| self.tally.lose(self.row, "bad_value", reason);
        read.map_err(lost).ok()
    }

    /// What the row is: as it says, or as its parties say. A row without parties is lost.
    pub fn kind(
        &mut self,
        cell: &Cell,
        from: Option<&AddressKey>,
        to: Option<&AddressKey>,
    ) -> Option<EventKind> {
        if from.is_none() && to.is_none() {
            self.tally.lose(self.row, "no_party", "there is neither from nor to");
            return None;
        }
        let told = self.text(cell, "kind").and_then(|name| {
            let known = KINDS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known));
            if known.is_none() {
                self.value_lost("bad_kind", "`kind` is none that is known; the parties say what the row is");
            }
            known.map(|(_, kind)| *kind)
        });
        let kind = kind_of(told, from, to);
        if let Some(told) = told
            && is_between_two(kind)
            && !is_between_two(told)
        {
            self.value_lost(
                "bad_kind",
                "the row has a party that its `kind` cannot have; taken for a transfer",
            );
        }
        Some(kind)
    }
}

fn is_between_two(kind: EventKind) -> bool {
    matches!(kind, EventKind::Transfer | EventKind::TokenTransfer | EventKind::Internal)
}

fn kind_of(told: Option<EventKind>, from: Option<&AddressKey>, to: Option<&AddressKey>) -> EventKind {
    // The value of a transaction or call may name the zero address; a token that does comes into being or is destroyed.
    let is_nobody = |party: Option<&AddressKey>| {
        let counts_zero = !matches!(told, Some(EventKind::Transfer | EventKind::Internal));
        party.is_none_or(|party| counts_zero && is_zero(party))
    };
    match told {
        Some(EventKind::Fee) if to.is_some() => EventKind::Transfer,
        Some(EventKind::Mint | EventKind::Reward | EventKind::Withdrawal) if !is_nobody(from) => {
            EventKind::Transfer
        }
        Some(kind) if !is_between_two(kind) => kind,
        _ if is_nobody(from) => EventKind::Mint,
        _ if is_nobody(to) => EventKind::Burn,
        told => told.unwrap_or(EventKind::Transfer),
    }
}

fn of_digits(text: &str) -> Result<u128, &'static str> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("the value is no whole number of digits");
    }
    text.parse().map_err(|_| "the value is beyond 128 bits")
}

/// 16 or 32 bytes, the largest first; digits that are not marked as text are digits.
fn of_bytes(bytes: &[u8]) -> Result<u128, &'static str> {
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_digit())
    {
        return of_digits(text);
    }
    let (front, back) = bytes.split_at(bytes.len().saturating_sub(16));
    let is_known = matches!(bytes.len(), 16 | 32);
    let back = <[u8; 16]>::try_from(back).ok().filter(|_| is_known);
    let back = back.ok_or("the value is neither digits nor 16 or 32 bytes")?;
    if front.iter().any(|byte| *byte != 0) {
        return Err("the value is beyond 128 bits");
    }
    Ok(u128::from_be_bytes(back))
}
