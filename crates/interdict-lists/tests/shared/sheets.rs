//! How are spreadsheets made for tests? The least that an XLSX and an ODS file have.

use crate::archive::zip;

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// A spreadsheet with one sheet. A cell of digits alone is a number, as in official files.
pub fn xlsx(rows: &[Vec<&str>]) -> Vec<u8> {
    let mut strings = String::new();
    let mut n_strings = 0;
    let mut sheet = String::new();
    for (row_idx, row) in rows.iter().enumerate() {
        sheet.push_str(&format!("<row r=\"{}\">", row_idx + 1));
        for (idx, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let column = char::from(b'A' + u8::try_from(idx).unwrap());
            let is_number = cell.bytes().all(|byte| byte.is_ascii_digit());
            let (kind, value) =
                if is_number { ("n", (*cell).to_owned()) } else { ("s", n_strings.to_string()) };
            sheet.push_str(&format!("<c r=\"{column}{}\" t=\"{kind}\"><v>{value}</v></c>", row_idx + 1));
            if !is_number {
                strings.push_str(&format!("<si><t>{}</t></si>", escaped(cell)));
                n_strings += 1;
            }
        }
        sheet.push_str("</row>");
    }
    let sheet = format!("<worksheet><cols/><sheetData>{sheet}</sheetData></worksheet>");
    xlsx_of(&sheet, &strings)
}

/// A spreadsheet of the XML of its sheet and of its shared strings.
pub fn xlsx_of(sheet: &str, strings: &str) -> Vec<u8> {
    let workbook =
        "<workbook xmlns:r='r'><sheets><sheet name='Sheet1' sheetId='1' r:id='rId1'/></sheets></workbook>";
    let relations = "<Relationships><Relationship Id='rId1' Type='worksheet' Target='worksheets/sheet1.xml'/></Relationships>";
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// An ODS file with one table, and a million empty rows behind it as office programs write them.
pub fn ods(rows: &[Vec<&str>]) -> Vec<u8> {
    let mut table = String::new();
    for row in rows {
        table.push_str("<table:table-row>");
        for cell in row {
            match cell.is_empty() {
                true => table.push_str("<table:table-cell table:number-columns-repeated='1'/>"),
                false => table.push_str(&format!(
                    "<table:table-cell><text:p>{}</text:p></table:table-cell>",
                    escaped(cell)
                )),
            }
        }
        table.push_str("<table:table-cell table:number-columns-repeated='16000'/></table:table-row>");
    }
    table.push_str("<table:table-row table:number-rows-repeated='1048000'><table:table-cell table:number-columns-repeated='16000'/></table:table-row>");
    ods_of(&table)
}

/// An ODS file of the XML of its rows.
pub fn ods_of(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office='o'><office:automatic-styles/><office:body><office:spreadsheet>\
         <table:table table:name='List'><table:table-column/>{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[("META-INF/manifest.xml", b"<m/>"), ("content.xml", content.as_bytes())])
}
