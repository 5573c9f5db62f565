//! The sheets of an XLSX file (ECMA-376, part 1, sections 18.2 to 18.4).

use std::collections::HashMap;

use interdict_core::limits;

use super::{Cells, Room, Sheet, bad_row, local, part, wrong_form};
use crate::packed::Archive;
use crate::source::{ReadError, SourceFile};
use crate::xml::{self, Element, Records};

pub(super) const WORKBOOK: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";
const STRINGS: &str = "xl/sharedStrings.xml";
const FORMAT: &str = "a spreadsheet (XLSX)";

pub(super) fn sheets(file: &SourceFile<'_>, rows_max: usize) -> Result<Vec<Sheet>, ReadError> {
    let archive = Archive::open(*file)?;
    let strings = strings(file, &archive)?;
    let mut room = Room::new();
    let mut sheets = Vec::new();
    for (name, path) in listed_sheets(file, &archive)? {
        let bytes = part(&archive, &path)?.ok_or_else(|| wrong_form(file, "a sheet is missing"))?;
        let source = SourceFile { name: file.name, bytes: &bytes };
        let mut rows = Vec::new();
        let mut line = 0;
        for record in records(source, "worksheet", "x:worksheet", &["sheetData", "x:sheetData"])? {
            let record = record?;
            let element = match &record.element {
                Ok(element) if local(element) == "row" => element,
                Ok(_) => continue,
                Err(fault) => {
                    rows.push(Err(bad_row(line + 1, fault)));
                    continue;
                }
            };
            line = element.attribute("r").and_then(|line| line.parse().ok()).unwrap_or(line + 1);
            let cells = cells(element, &strings);
            room.take(file, &cells.texts)?;
            rows.extend(cells.into_row(line));
            if rows.len() >= rows_max {
                break;
            }
        }
        sheets.push(Sheet { name, rows });
    }
    Ok(sheets)
}

/// Names and paths of the sheets, in order.
fn listed_sheets(file: &SourceFile<'_>, archive: &Archive<'_>) -> Result<Vec<(String, String)>, ReadError> {
    let relations = part(archive, RELATIONS)?.unwrap_or_default();
    let source = SourceFile { name: file.name, bytes: &relations };
    let mut targets = HashMap::new();
    for record in records(source, "Relationships", "x:Relationships", &[])? {
        let Ok(element) = record?.element else { continue };
        let attribute = |name| element.attribute(name).unwrap_or_default().to_owned();
        targets.insert(attribute("Id"), attribute("Target"));
    }
    let workbook = part(archive, WORKBOOK)?.unwrap_or_default();
    let source = SourceFile { name: file.name, bytes: &workbook };
    let mut sheets = Vec::new();
    for record in records(source, "workbook", "x:workbook", &["sheets", "x:sheets"])? {
        let Ok(element) = record?.element else { continue };
        if local(&element) != "sheet" {
            continue;
        }
        let id = element.attribute("r:id").unwrap_or_default();
        let target = targets.get(id).ok_or_else(|| wrong_form(file, "a sheet has no place"))?;
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        if sheets.iter().any(|(_, known)| *known == path) {
            return Err(wrong_form(file, "two sheets are the same part"));
        }
        if sheets.len() >= limits::PACKED_FILES_MAX {
            let (file, max) = (file.name.to_owned(), limits::PACKED_FILES_MAX as u64);
            return Err(ReadError::TooMany { file, what: "sheets", max });
        }
        sheets.push((element.attribute("name").unwrap_or_default().to_owned(), path));
    }
    Ok(sheets)
}

/// The texts that cells refer to by number.
fn strings(file: &SourceFile<'_>, archive: &Archive<'_>) -> Result<Vec<String>, ReadError> {
    let Some(bytes) = part(archive, STRINGS)? else { return Ok(Vec::new()) };
    let source = SourceFile { name: file.name, bytes: &bytes };
    let mut strings = Vec::new();
    for record in records(source, "sst", "x:sst", &[])? {
        strings.push(record?.element.map(|element| text(&element)).unwrap_or_default());
    }
    Ok(strings)
}

/// A text, plain or in pieces of different looks. How it is spoken (`rPh`) is not part of it.
fn text(element: &Element<'_>) -> String {
    let pieces = element.children.iter().map(|child| match local(child) {
        "t" => child.text.to_string(),
        "r" => text(child),
        _ => String::new(),
    });
    pieces.collect::<String>().replace("_x000D_", "\r")
}

fn cells(row: &Element<'_>, strings: &[String]) -> Cells {
    let mut cells = Cells::default();
    let mut column = 0;
    for cell in row.children.iter().filter(|cell| local(cell) == "c") {
        column = cell.attribute("r").and_then(column_of).unwrap_or(column);
        let value = cell.children.iter().find(|child| local(child) == "v").map(|value| value.text.trim());
        let inline = cell.children.iter().find(|child| local(child) == "is");
        match (cell.attribute("t"), value, inline) {
            (Some("s"), Some(number), _) => {
                let shared = number.parse().ok().and_then(|at: usize| strings.get(at));
                cells.put(column, shared.map(String::as_str).unwrap_or_default());
            }
            (_, _, Some(inline)) => cells.put(column, &text(inline)),
            (_, Some(value), None) => cells.put(column, value),
            (_, None, None) => {}
        }
        column += 1;
    }
    cells
}

/// The column of a cell, counted from 0: `AB12` is in 27.
fn column_of(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase);
    let number = letters.take(4).fold(0, |number, letter| number * 26 + usize::from(letter - b'A') + 1);
    number.checked_sub(1)
}

/// The records of a part. Some programs write every name with the prefix `x`.
fn records<'a>(
    file: SourceFile<'a>,
    plain: &'static str,
    prefixed: &'static str,
    containers: &'static [&'static str],
) -> Result<Records<'a>, ReadError> {
    let is_prefixed = xml::root_name(file.bytes).is_some_and(|root| root == prefixed);
    Records::open(file, FORMAT, if is_prefixed { prefixed } else { plain }, containers)
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns() {
        for (reference, column) in
            [("A1", Some(0)), ("Z9", Some(25)), ("AB12", Some(27)), ("XFD1", Some(16_383)), ("12", None)]
        {
            assert_eq!(super::column_of(reference), column, "{reference}");
        }
        assert!(super::column_of("ZZZZZZZZZZZZZZZZZZZZZZ1").is_some());
    }
}
