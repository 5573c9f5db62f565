//! What does the list say in the CSV that other makers give it?
//!
//! The columns are `Name, Alias, Nationality, Designation, Sanction Type, Source`, with commas between names in one field. It has no ids,
//! no dates, no numbers and no papers: import an official file where you can. The id of a party is made of the digest of
//! its name, kind and nationality: it stays when rows move, and when aliases come or go.

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::issue::{Position, Severity};
use interdict_core::model;

use super::{countries, rows};
use crate::delimited::{Record, Records};
use crate::ofac::has_legal_form;
use crate::reading::{Log, Lost, Reading, keep_as_note};
use crate::source::{Account, ReadError};
use crate::text::{clip, fold};

const COLUMNS: [&str; 6] = ["Name", "Alias", "Nationality", "Designation", "Sanction Type", "Source"];
const KIND: &str = "row";
/// Legal forms that stand behind a comma of a name, without blanks and dots.
const LEGAL_FORMS: &[&str] =
    &["ltd", "limited", "llc", "inc", "as", "sro", "doo", "sa", "plc", "jsc", "pjsc", "spzoo", "gmbh", "co"];

/// Most commas in the name of a country.
const COMMAS_MAX: usize = 3;
/// Most countries of one field.
const COUNTRIES_MAX: usize = 100;

/// Whether the header has these columns and no other.
pub(super) fn is_parsed(header: &Record) -> bool {
    header.len() == COLUMNS.len()
        && header.iter().zip(COLUMNS).all(|(found, column)| found.trim().eq_ignore_ascii_case(column))
}

/// Reads the rows behind the header.
pub(super) fn read(
    mut reading: Reading<'_>,
    header: &Record,
    mut records: Records<'_>,
) -> Result<Account, ReadError> {
    let bytes = reading.file.bytes;
    let reason = "this form of the list is not the official one: it has no ids, dates, numbers or papers";
    reading.issue(Severity::Note, "reduced_form", reason);
    while let Some(record) = records.next() {
        rows::refuse_cut(&reading, &records, bytes, &record, header.len())?;
        reading.count(KIND)?;
        let line = record.as_ref().map_or_else(|error| error.line, |record| record.line);
        let mut log = reading.log(Position::Line(line));
        let entities = record.map_err(Lost::from).and_then(|row| draft(&mut reading, &row, &mut log));
        reading.settle(KIND, log, entities);
    }
    Ok(reading.finish(None))
}

fn draft(reading: &mut Reading<'_>, row: &Record, log: &mut Log) -> Result<[Entity; 2], Lost> {
    let field = |idx: usize| fold(row.get(idx).unwrap_or_default());
    let (name, alias, nationality, kind) = (field(0), field(1), field(2), field(3));
    if name.is_empty() {
        return Err(Lost::new("no_name", "the row has no name"));
    }
    let digest = Digest::of_parts([&name, &kind, &nationality].map(|text| text.as_bytes())).to_hex();
    let id = digest.get(..12).unwrap_or_default().to_owned();
    log.of_record(&id);
    let id = reading.unique(reading.ids_of.of_party(&id), log);
    let mut party = new(id, schema(&kind, &name, log));
    log.put(&mut party, "name", &name);
    if party.first("name").is_none() {
        return Err(Lost::new("no_name", "the name of the row cannot be kept"));
    }
    for alias in aliases(&alias, &name) {
        log.put(&mut party, "alias", alias);
    }
    if name.contains(", ") && alias.len() > name.len() {
        // Where the name itself has a comma, those between the aliases cannot be told from those within.
        log.note("alias_split", "commas stand in the names and between them; the field is kept as a note");
        keep_as_note(&mut party, "alias", &alias);
    }
    for country in countries_in(&nationality) {
        let country = countries::code_of(country).unwrap_or(country);
        log.put_country(&mut party, "nationality", country);
    }
    log.put(&mut party, "topics", "sanction");
    let mut sanction = new(format!("{}-sanction-1", party.id), "Sanction");
    for (property, text) in
        [("entity", party.id.as_str()), ("authority", "European Union"), ("country", "eu")]
    {
        log.put(&mut sanction, property, text);
    }
    log.put(&mut sanction, "summary", field(4));
    keep_rest(log, &mut party, row);
    Ok([party, sanction])
}

fn new(id: String, schema: &'static str) -> Entity {
    #[expect(clippy::expect_used, reason = "the names are written here and the model is part of the program")]
    Entity::new(id, model::schema(schema).expect("the schema is in the model"))
}

/// What stands in the last column and behind it.
fn keep_rest(log: &mut Log, party: &mut Entity, row: &Record) {
    for (idx, text) in row.iter().enumerate().skip(COLUMNS.len() - 1) {
        let text = fold(text);
        let is_source = idx < COLUMNS.len() && text == "Europe";
        if !text.is_empty() && !is_source {
            keep_as_note(party, COLUMNS.get(idx).unwrap_or(&"behind the last column"), &text);
        }
    }
    if row.len() != COLUMNS.len() {
        log.note("wrong_columns", "the row has more or fewer fields than the header; what is there is taken");
    }
}

fn schema(kind: &str, name: &str, log: &mut Log) -> &'static str {
    match kind {
        "person" => "Person",
        _ => {
            if kind != "enterprise" {
                let kind = clip(kind, 40);
                let reason =
                    format!("the type of party {kind:?} is not known; it was read as an organization");
                log.note("unknown_type", reason);
            }
            if has_legal_form(name) { "Company" } else { "Organization" }
        }
    }
}

/// The names of the field behind the first, which is the name itself. A legal form behind a comma is part of its name.
fn aliases<'r>(field: &'r str, name: &str) -> Vec<&'r str> {
    let rest = match field.strip_prefix(name) {
        Some(rest) if rest.is_empty() || (rest.starts_with(',') && !begins_with_form(rest)) => rest,
        _ => field,
    };
    let rest = rest.trim_start_matches([',', ' ']);
    let mut ends: Vec<usize> = rest.match_indices(", ").map(|(at, _)| at).collect();
    ends.push(rest.len());
    ends.retain(|end| !rest.get(*end..).is_some_and(begins_with_form));
    let mut aliases = Vec::new();
    let mut start = 0;
    for end in ends {
        aliases.extend(rest.get(start..end).map(|alias| alias.trim_matches([',', ' '])));
        start = end;
    }
    aliases.retain(|alias| !alias.is_empty());
    aliases
}

/// Whether what stands up to the next comma is a legal form alone.
fn begins_with_form(text: &str) -> bool {
    let Some(text) = text.strip_prefix(", ") else { return false };
    let piece = text.split(", ").next().unwrap_or_default();
    let form: String =
        piece.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    LEGAL_FORMS.contains(&form.as_str())
}

/// The countries of a field; commas stand between them and in their names, so the longest names that are known are taken.
fn countries_in(field: &str) -> Vec<&str> {
    let mut ends: Vec<usize> = field.match_indices(',').map(|(at, _)| at).collect();
    ends.push(field.len());
    if ends.len() > COUNTRIES_MAX {
        return vec![field]; // no list of countries
    }
    let mut countries = Vec::new();
    let mut start = 0;
    while start < field.len() {
        let until = |end: &usize| field.get(start..*end).map(str::trim).filter(|_| *end > start);
        let near: Vec<usize> = ends.iter().copied().filter(|end| *end > start).take(COMMAS_MAX + 1).collect();
        let is_known = |end: &&usize| until(end).is_some_and(|text| countries::code_of(text).is_some());
        let Some(end) = near.iter().rev().find(is_known).or(near.first()) else { break };
        countries.extend(until(end));
        start = end + 1;
    }
    countries.retain(|country| country.contains(char::is_alphanumeric));
    countries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_of_a_field() {
        for (field, name, expected) in [
            ("A B, C D, E", "A B", &["C D", "E"][..]),
            ("A B", "A B", &[]),
            ("X, s. r. o., Y Ltd, Z Co., Ltd", "X, s. r. o.", &["Y Ltd", "Z Co., Ltd"]),
            ("X, Ltd", "X", &["X, Ltd"]),
            ("Other", "A", &["Other"]),
            ("", "A", &[]),
        ] {
            assert_eq!(aliases(field, name), expected, "{field}");
        }
    }

    #[test]
    fn countries_of_a_field() {
        for (field, expected) in [
            ("RUSSIAN FEDERATION, MOLDOVA, REPUBLIC OF", &["RUSSIAN FEDERATION", "MOLDOVA, REPUBLIC OF"][..]),
            (
                "CENTRAL AFRICAN REPUBLIC, CHAD, CONGO, People's Republic of",
                &["CENTRAL AFRICAN REPUBLIC", "CHAD", "CONGO, People's Republic of"],
            ),
            ("Atlantis, IRAQ", &["Atlantis", "IRAQ"]),
            ("", &[]),
            (",", &[]),
        ] {
            assert_eq!(countries_in(field), expected, "{field}");
        }
    }
}
