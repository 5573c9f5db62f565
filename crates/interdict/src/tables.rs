//! A file of rows with named columns, for what is not a file of customers: cases, benign names, labelled pairs. CSV with a
//! header, or JSON lines. A row that cannot be read ends the reading: numbers about a part of a file would mislead.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use interdict_core::country;
use interdict_core::model;
use interdict_core::subject::Subject;
use interdict_lists::delimited::{Records, delimiter};
use interdict_lists::lines::lines;

use crate::failure::Failure;
use crate::intake;

/// One row: texts by column, in lower case.
#[derive(Debug)]
pub(crate) struct Row {
    /// The line it starts on.
    pub line: u64,
    values: BTreeMap<String, String>,
}

impl Row {
    /// The text of the first of these columns that has one.
    pub fn get(&self, columns: &[&str]) -> Option<&str> {
        columns.iter().find_map(|column| self.values.get(*column)).map(String::as_str)
    }

    /// A subject from the columns of name, schema, birth date and country, each under its first name with a text, and how
    /// many details could not be read and are left out. `|` separates several values.
    pub fn subject(&self, names: &[&str], suffix: &str) -> (Subject, usize) {
        let column = |columns: &[&str]| -> Vec<String> {
            let columns: Vec<String> = columns.iter().map(|column| format!("{column}{suffix}")).collect();
            let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
            let text = self.get(&columns).unwrap_or_default();
            text.split('|').map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect()
        };
        let mut n_unused = 0;
        let mut subject = Subject { names: column(names), ..Subject::default() };
        if let Some(text) = self.get(&["schema"]) {
            subject.schema = model::schema(text);
            n_unused += usize::from(subject.schema.is_none());
        }
        for text in column(&["birth_date", "date_of_birth", "dob"]) {
            match text.parse() {
                Ok(date) => subject.birth_dates.push(date),
                Err(_) => n_unused += 1,
            }
        }
        for text in column(&["country", "nationality"]) {
            match country::code(&text) {
                Some(code) => subject.countries.push(code),
                None => n_unused += 1,
            }
        }
        (subject, n_unused)
    }
}

/// All rows of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<Row>, Failure> {
    let bytes = intake::input(path)?;
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii_start();
    let rows = match start.first() {
        None => Err("the file is empty".to_owned()),
        Some(b'{') => json_rows(&bytes),
        Some(_) => csv_rows(&bytes),
    };
    rows.map_err(|reason| Failure::Customers { path: path.to_owned(), reason })
}

fn csv_rows(bytes: &[u8]) -> Result<Vec<Row>, String> {
    let mut records = Records::new(bytes, delimiter(bytes));
    let header = match records.next() {
        Some(Ok(header)) => header,
        Some(Err(error)) => return Err(format!("the header cannot be read: {error}")),
        None => return Err("the file is empty".to_owned()),
    };
    let columns: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
    let mut rows = Vec::new();
    for record in records {
        let record = record.map_err(|error| format!("line {}: {error}", error.line))?;
        if record.len() > columns.len() {
            let (fields, expected) = (record.len(), columns.len());
            return Err(format!("line {}: it has {fields} fields and the header {expected}", record.line));
        }
        let texts = columns.iter().cloned().zip(record.iter().map(str::to_owned));
        rows.push(Row { line: record.line, values: texts.filter(|(_, text)| !text.is_empty()).collect() });
    }
    Ok(rows)
}

fn json_rows(bytes: &[u8]) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for line in lines(bytes) {
        let told = |reason: String| format!("line {}: {reason}", line.number);
        let text = line.text.map_err(|error| told(error.to_string()))?;
        if text.trim().is_empty() {
            continue;
        }
        let Ok(Value::Object(object)) = serde_json::from_str::<Value>(text) else {
            return Err(told("it is no JSON object".to_owned()));
        };
        let values = object.into_iter().map(|(key, value)| (key.to_lowercase(), text_of(&value)));
        rows.push(Row { line: line.number, values: values.filter(|(_, text)| !text.is_empty()).collect() });
    }
    Ok(rows)
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join("|"),
        other => other.to_string(),
    }
}

/// A field of a CSV, in quotes where it needs them.
pub(crate) fn csv_field(text: &str) -> String {
    let needs_quotes = text.contains(['"', ',', ';', '\t', '\n', '\r']) || text != text.trim();
    if needs_quotes { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_and_json_say_the_same() {
        let csv = csv_rows("Name,dob,Nationality\n\"Kim, Sang\",1965,North Korea\n".as_bytes()).unwrap();
        let json = json_rows(br#"{"name":"Kim, Sang","dob":1965,"nationality":["North Korea"]}"#).unwrap();
        for rows in [csv, json] {
            let (subject, n_unused) = rows[0].subject(&["name"], "");
            assert_eq!((subject.names.as_slice(), n_unused), (&["Kim, Sang".to_owned()][..], 0));
            assert_eq!((subject.birth_dates.len(), subject.countries.as_slice()), (1, &["kp"][..]));
        }
    }

    #[test]
    fn a_row_that_cannot_be_read_ends_the_reading() {
        assert!(csv_rows(b"name\nA,B\n").unwrap_err().starts_with("line 2"));
        assert!(json_rows(b"{}\n[1]\n").unwrap_err().starts_with("line 2"));
    }

    #[test]
    fn details_that_cannot_be_read_are_counted() {
        let rows = csv_rows(b"name,birth_date,country,schema\nA,soon,Atlantis,Firm\n").unwrap();
        assert_eq!(rows[0].subject(&["name"], "").1, 3);
    }

    #[test]
    fn fields_come_back_as_they_went() {
        for text in ["a", "a,b", "a\nb", "say \"a\"", " a"] {
            let file = format!("x,y\n{},1\n", csv_field(text));
            assert_eq!(csv_rows(file.as_bytes()).unwrap()[0].get(&["x"]), Some(text));
        }
    }
}
