//! A file of customers, row by row: CSV with a header or JSON lines. A row that cannot be read is still a row of the answer.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use interdict_core::outcome::NotScreened;
use interdict_core::subject::Subject;
use interdict_core::{country, model};
use interdict_lists::delimited::{Record, Records, delimiter};
use interdict_lists::lines::{Line, lines};

use crate::failure::Failure;

/// The fields of a row; any of them may be left out except the name.
pub(crate) const FIELDS: [&str; 8] =
    ["id", "name", "schema", "birth_date", "country", "identifier", "address", "alias"];

/// One row of a customer file.
#[derive(Debug)]
pub(crate) struct Row {
    /// The line it starts on.
    pub line: u64,
    /// Where reading it began, in bytes.
    pub offset: u64,
    /// Its subject, or why there is none to screen.
    pub subject: Result<Subject, (Option<String>, NotScreened)>,
    /// Fields that could not be used; the row is screened without them.
    pub issues: Vec<FieldIssue>,
}

/// A field that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FieldIssue {
    /// Which.
    pub field: String,
    /// Why.
    pub reason: String,
}

/// The values of a row by field.
type Values = BTreeMap<&'static str, Vec<String>>;

/// The rows of a customer file, and the share of it read so far.
pub(crate) enum Rows<'a> {
    /// CSV: the records, and what each column holds.
    Csv(Box<Records<'a>>, Vec<Column>),
    /// JSON lines.
    Json(Box<dyn Iterator<Item = Line<'a>> + 'a>),
}

impl<'a> Rows<'a> {
    /// The rows of these bytes: JSON lines when the first sign is `{`, CSV otherwise.
    ///
    /// # Errors
    /// When the file is empty or an HTML page, or a CSV has no column `name` or a column that is no field.
    pub fn new(bytes: &'a [u8], path: &Path) -> Result<Self, Failure> {
        let refuse = |reason: String| Failure::Customers { path: path.to_owned(), reason };
        let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let start = start.get(..start.len().min(4096)).unwrap_or_default().trim_ascii_start();
        match start.first() {
            None => return Err(refuse("the file is empty".to_owned())),
            Some(b'{') => return Ok(Self::Json(Box::new(lines(bytes)))),
            Some(b'<') => {
                return Err(refuse("this looks like HTML or XML; a CSV or JSON lines is needed".to_owned()));
            }
            Some(_) => {}
        }
        let mut records = Records::new(bytes, delimiter(bytes));
        let header = match records.next() {
            Some(Ok(header)) => header,
            Some(Err(error)) => return Err(refuse(format!("the header cannot be read: {error}"))),
            None => return Err(refuse("the file is empty".to_owned())),
        };
        let columns = columns(&header).map_err(refuse)?;
        Ok(Self::Csv(Box::new(records), columns))
    }

    /// The row that was read at an offset and began on a line before; `bytes` are those of the whole file.
    pub fn row_at(&mut self, bytes: &'a [u8], offset: u64, line: u64) -> Option<Row> {
        let start = usize::try_from(offset).ok()?;
        match self {
            Self::Csv(records, _) => records.go_to(start, line),
            Self::Json(rest) => *rest = Box::new(lines(bytes.get(start..)?)),
        }
        Some(Row { line, offset, ..self.next()? })
    }

    /// The columns of a CSV that are no field and are therefore not used.
    pub fn unused_columns(&self) -> Vec<&str> {
        let columns = match self {
            Self::Csv(_, columns) => columns.as_slice(),
            Self::Json(_) => &[],
        };
        columns.iter().filter(|column| column.field.is_none()).map(|column| column.name.as_str()).collect()
    }

    /// How many bytes were read so far, where that is known.
    pub fn offset(&self) -> Option<u64> {
        match self {
            Self::Csv(records, _) => Some(records.offset() as u64),
            Self::Json(_) => None,
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        match self {
            Self::Csv(records, columns) => {
                let offset = records.offset() as u64;
                let row = match records.next()? {
                    Ok(record) if is_misaligned(&record, columns) => {
                        let (fields, expected) = (record.len(), columns.len());
                        let detail =
                            format!("it has {fields} fields and the header {expected}; is a comma unquoted?");
                        unreadable(record.line, detail)
                    }
                    Ok(record) => row(record.line, csv_values(&record, columns), Vec::new()),
                    Err(error) => unreadable(error.line, error),
                };
                Some(Row { offset, ..row })
            }
            Self::Json(lines) => {
                lines.find(|line| !is_blank(line)).map(|line| Row { offset: line.offset, ..json_row(&line) })
            }
        }
    }
}

fn is_blank(line: &Line<'_>) -> bool {
    line.text.is_ok_and(|text| text.trim().is_empty())
}

fn unreadable(line: u64, detail: impl std::fmt::Display) -> Row {
    let reason = NotScreened::UnreadableRow { detail: format!("line {line}: {detail}") };
    Row { line, offset: 0, subject: Err((None, reason)), issues: Vec::new() }
}

/// A column of a CSV.
#[derive(Debug)]
pub(crate) struct Column {
    /// Its name in the header, cut to what an error shows.
    name: String,
    /// The field that it holds.
    field: Option<&'static str>,
}

fn columns(header: &Record) -> Result<Vec<Column>, String> {
    let column = |name: &str| {
        let name = name.trim().to_lowercase();
        Column {
            field: FIELDS.into_iter().find(|field| *field == name),
            name: name.chars().take(40).collect(),
        }
    };
    let columns: Vec<Column> = header.iter().map(column).collect();
    if columns.iter().all(|column| column.field.is_none()) {
        // The first line may be a customer: it is not repeated in the message.
        return Err(format!(
            "the first line is no header; the columns are {}, in any order",
            FIELDS.join(", ")
        ));
    }
    if !columns.iter().any(|column| column.field == Some("name")) {
        let shown: Vec<&str> = columns.iter().take(12).map(|column| column.name.as_str()).collect();
        return Err(format!(
            "the header has no column `name` (it has: {}); columns are {}",
            shown.join(", "),
            FIELDS.join(", ")
        ));
    }
    Ok(columns)
}

fn csv_values(record: &Record, columns: &[Column]) -> Values {
    let mut values = Values::new();
    for (column, text) in columns.iter().zip(record.iter()) {
        let Some(field) = column.field else { continue };
        let texts = text.split('|').map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        values.entry(field).or_default().extend(texts);
    }
    values
}

/// A row that is longer than the header holds text that belongs to no field, most likely because of an unquoted comma in a
/// name. What is left of the name would be screened in its place, so the row is not screened.
fn is_misaligned(record: &Record, columns: &[Column]) -> bool {
    record.iter().skip(columns.len()).any(|text| !text.trim().is_empty())
}

fn json_row(line: &Line<'_>) -> Row {
    let text = match line.text {
        Ok(text) => text,
        Err(error) => return unreadable(line.number, error),
    };
    let object = match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(object)) => object,
        Ok(_) => return unreadable(line.number, "the line is no JSON object"),
        Err(error) => return unreadable(line.number, format!("the line is no JSON: {error}")),
    };
    let mut values = Values::new();
    let mut issues = Vec::new();
    for (key, value) in &object {
        let Some(field) = FIELDS.into_iter().find(|field| field == key) else {
            let reason = format!("there is no such field; fields are {}", FIELDS.join(", "));
            issues.push(FieldIssue { field: key.chars().take(40).collect(), reason });
            continue;
        };
        let items = match value {
            Value::Array(items) => items.iter().collect(),
            value => vec![value],
        };
        for item in items {
            match item {
                Value::Null => {}
                Value::String(text) if text.trim().is_empty() => {}
                Value::String(text) => values.entry(field).or_default().push(text.trim().to_owned()),
                Value::Number(number) => values.entry(field).or_default().push(number.to_string()),
                _ => {
                    issues.push(FieldIssue { field: field.to_owned(), reason: "a text is needed".to_owned() })
                }
            }
        }
    }
    row(line.number, values, issues)
}

/// The subject of a row, and what of the row could not be used.
fn row(line: u64, mut values: Values, mut issues: Vec<FieldIssue>) -> Row {
    let mut take = |field: &'static str| values.remove(field).unwrap_or_default();
    let id = take("id").into_iter().next();
    let names = [take("name"), take("alias")].concat();
    let (identifiers, addresses) = (take("identifier"), take("address"));
    let mut subject = Subject { id, names, identifiers, addresses, ..Subject::default() };
    let mut note = |field: &str, reason: String| issues.push(FieldIssue { field: field.to_owned(), reason });
    for text in take("schema") {
        match model::schema(&text) {
            Some(schema) => subject.schema = Some(schema),
            None => note("schema", unknown_schema(&text)),
        }
    }
    for text in take("birth_date") {
        match text.parse() {
            Ok(date) => subject.birth_dates.push(date),
            Err(error) => note("birth_date", format!("{error}")),
        }
    }
    for text in take("country") {
        match country::code(&text) {
            Some(code) => subject.countries.push(code),
            None => note("country", unknown_country(&text)),
        }
    }
    Row { line, offset: 0, subject: Ok(subject), issues }
}

/// What to say of a schema that is none.
pub(crate) fn unknown_schema(text: &str) -> String {
    let shown: String = text.chars().take(40).collect();
    format!(
        "there is no schema {shown:?}; take a FollowTheMoney schema such as Person, Company, Organization or Vessel"
    )
}

/// What to say of a country that is none.
pub(crate) fn unknown_country(text: &str) -> String {
    let shown: String = text.chars().take(40).collect();
    format!("there is no country {shown:?}; take an ISO 3166 code or an English name")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8]) -> Vec<Row> {
        Rows::new(text, Path::new("customers")).unwrap().collect()
    }

    #[test]
    fn csv_and_json_lines_say_the_same() {
        let csv = rows(
            "id;name;birth_date;country;alias\n7;\"Kim; Sang\";1965-04-25|1965;KP|Russia;A|B\n".as_bytes(),
        );
        let json = rows(
            br#"{"id":7,"name":"Kim; Sang","birth_date":["1965-04-25","1965"],"country":["KP","Russia"],"alias":["A","B"]}"#,
        );
        for rows in [csv, json] {
            let subject = rows[0].subject.as_ref().unwrap();
            assert_eq!(subject.id.as_deref(), Some("7"));
            assert_eq!(subject.names, ["Kim; Sang", "A", "B"]);
            assert_eq!(subject.birth_dates.len(), 2);
            assert_eq!(subject.countries, ["kp", "ru"]);
            assert_eq!(rows[0].issues, []);
        }
    }

    #[test]
    fn a_row_can_be_read_again_where_it_was() {
        let csv = b"id,name\n1,Kim\n\n2,\"Pak\nSu\"\n3,Ri\n";
        let json = b"{\"id\":1,\"name\":\"Kim\"}\n\n{\"id\":2,\"name\":\"Pak\"}\n{\"id\":3,\"name\":\"Ri\"}";
        for text in [&csv[..], json] {
            let all = rows(text);
            let mut again = Rows::new(text, Path::new("customers")).unwrap();
            for row in all.iter().rev() {
                let found = again.row_at(text, row.offset, row.line).unwrap();
                let id = |row: &Row| row.subject.as_ref().unwrap().id.clone();
                assert_eq!((id(&found), found.line), (id(row), row.line));
            }
            assert_eq!(all.len(), 3);
        }
    }

    #[test]
    fn bad_fields_are_named_and_bad_rows_stay() {
        let rows = rows(
            b"name,schema,birth_date,country\nKim,Firm,yesterday,Atlantis\n\xff,,,\n,,,\nPak,Person,1984,\n",
        );
        assert_eq!(rows.len(), 4);
        let fields: Vec<&str> = rows[0].issues.iter().map(|issue| issue.field.as_str()).collect();
        assert_eq!(fields, ["schema", "birth_date", "country"]);
        assert!(matches!(rows[1].subject, Err((None, NotScreened::UnreadableRow { .. }))));
        assert!(rows[2].subject.as_ref().is_ok_and(|subject| subject.names.is_empty()));
        assert!(rows[3].subject.is_ok());
    }

    #[test]
    fn columns_that_are_no_field_are_told() {
        let rows = Rows::new(b"ID,Name,dob\n", Path::new("x.csv")).unwrap();
        assert_eq!(rows.unused_columns(), ["dob"]);
    }

    #[test]
    fn files_that_are_none() {
        let refused = |text: &[u8]| match Rows::new(text, Path::new("x.csv")) {
            Err(failure) => failure.to_string(),
            Ok(_) => String::new(),
        };
        assert!(refused(b"").contains("empty"));
        assert!(refused(b"<!DOCTYPE html>").contains("HTML"));
        assert!(refused(b"id,fullname\n1,Kim\n").contains("no column `name` (it has: id, fullname)"));
        assert!(!refused(b"Kim Sang Man,1965\n").contains("kim"));
    }
}
