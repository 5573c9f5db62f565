//! The sheets of an ODS file (OpenDocument 1.3, part 3, chapter 9).

use interdict_core::limits;

use super::{Cells, Room, Sheet, bad_row, local, part, wrong_form};
use crate::delimited::Record;
use crate::packed::Archive;
use crate::source::{ReadError, SourceFile};
use crate::xml::{Element, Records};

pub(super) const CONTENT: &str = "content.xml";
const FORMAT: &str = "a spreadsheet (ODS)";
const ROOT: &str = "office:document-content";
const CONTAINERS: &[&str] = &[
    "office:body",
    "office:spreadsheet",
    "table:table",
    "table:table-row-group",
    "table:table-header-rows",
    "table:table-rows",
];

/// The rows of all sheets, one sheet behind the other.
pub(super) fn sheets(file: &SourceFile<'_>, rows_max: usize) -> Result<Vec<Sheet>, ReadError> {
    let archive = Archive::open(*file)?;
    let content = part(&archive, CONTENT)?.ok_or_else(|| wrong_form(file, "its content is missing"))?;
    let source = SourceFile { name: file.name, bytes: &content };
    let mut room = Room::new();
    let mut rows = Vec::new();
    let mut line = 1_u64;
    for record in Records::open(source, FORMAT, ROOT, CONTAINERS)? {
        let record = record?;
        let element = match &record.element {
            Ok(element) if local(element) == "table-row" => element,
            Ok(_) => continue,
            Err(fault) => {
                rows.push(Err(bad_row(line, fault)));
                continue;
            }
        };
        let n_repeated = repeated(element, "table:number-rows-repeated");
        let cells = cells(element);
        let texts = cells.texts.clone();
        if let Some(row) = cells.into_row(line) {
            room.take(file, &texts)?;
            rows.push(row);
            for n in 1..n_repeated {
                room.take(file, &texts)?;
                rows.push(Ok(Record::of(line.saturating_add(n), texts.iter().map(String::as_str))));
                if rows.len() >= rows_max {
                    break;
                }
            }
        }
        line = line.saturating_add(n_repeated);
        if rows.len() >= rows_max {
            break;
        }
    }
    Ok(vec![Sheet { name: String::new(), rows }])
}

/// The cells of a row. Covered cells lie under a merged one and hold nothing that is shown.
fn cells(row: &Element<'_>) -> Cells {
    let mut cells = Cells::default();
    let mut column = 0_usize;
    for cell in &row.children {
        let n_repeated =
            usize::try_from(repeated(cell, "table:number-columns-repeated")).unwrap_or(usize::MAX);
        if local(cell) == "table-cell" {
            let text = text(cell);
            // One beyond the bound is enough to say that there are too many.
            for n in 0..n_repeated.min(limits::FIELDS_PER_RECORD_MAX + 1) {
                cells.put(column.saturating_add(n), &text);
            }
        }
        column = column.saturating_add(n_repeated);
    }
    cells
}

/// How often a row or a cell stands there.
fn repeated(element: &Element<'_>, attribute: &str) -> u64 {
    element.attribute(attribute).and_then(|number| number.parse().ok()).unwrap_or(1).max(1)
}

/// The text of a cell as it is shown: its paragraphs, without notes that someone pinned to it.
fn text(cell: &Element<'_>) -> String {
    let paragraphs = cell.children.iter().filter(|child| local(child) == "p").map(paragraph);
    paragraphs.collect::<Vec<_>>().join("\n")
}

/// The text of a paragraph, with the blanks and line ends that have elements of their own.
fn paragraph(element: &Element<'_>) -> String {
    let mut text = String::new();
    let mut start = 0;
    for child in &element.children {
        text.push_str(element.text.get(start..child.before).unwrap_or_default());
        start = child.before;
        match local(child) {
            "s" | "tab" => text.push(' '),
            "line-break" => text.push('\n'),
            _ => text.push_str(&paragraph(child)),
        }
    }
    text.push_str(element.text.get(start..).unwrap_or_default());
    text
}
