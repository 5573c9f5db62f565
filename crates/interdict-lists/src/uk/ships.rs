//! What is said of a ship?

use interdict_core::entity::Entity;
use interdict_core::identifier::IdentifierKind;

use super::columns::What;
use super::facts::Facts;
use super::party::put as put_value;
use super::{places, values};
use crate::reading::{Log, keep_as_note};
use crate::written_dates;

pub(super) fn put(log: &mut Log, party: &mut Entity, facts: &Facts) {
    for text in facts.all(What::Imo).flat_map(values) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        match digits.len() {
            7 => log.put_identifier(party, IdentifierKind::Imo, &digits),
            _ => log.put_identifier(party, IdentifierKind::Imo, text),
        }
    }
    for (what, property) in [(What::Flag, "flag"), (What::PastFlag, "pastFlags")] {
        for text in facts.all(what).flat_map(values) {
            places::put_countries(log, party, property, text);
        }
    }
    for text in facts.all(What::ShipType).flat_map(values) {
        put_value(log, party, "type", text);
    }
    for text in facts.all(What::Tonnage) {
        let number = text.replace(',', "");
        let number = number.split_whitespace().next().filter(|word| word.parse::<f64>().is_ok());
        match number {
            Some(number) => put_value(log, party, "tonnage", number),
            None => keep_as_note(party, "tonnage", text),
        }
    }
    for text in facts.all(What::BuiltIn) {
        match party.schema.property("buildDate").is_some() {
            true => written_dates::put(log, party, "buildDate", text),
            false => keep_as_note(party, "buildDate", text),
        }
    }
    facts.all(What::Length).for_each(|text| keep_as_note(party, "length", text));
    facts.all(What::Hull).for_each(|text| log.put_identifier(party, IdentifierKind::Registration, text));
}
