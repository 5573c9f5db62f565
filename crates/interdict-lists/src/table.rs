//! Where are the columns of a table, and what does a row say in them? For lists in CSV and in spreadsheets, whose header is
//! found by the names of its columns and may stand below a line with a date.

use crate::delimited::{Record, RecordError, RecordFault, Records};
use crate::source::{ReadError, SourceFile};

/// How many rows are looked at for the header.
const HEADER_ROWS_MAX: usize = 10;
/// How far from its beginning a file is looked at for the header.
const START_BYTES: usize = 64 << 10;

/// The name of a column without what differs from one edition of a list to the next: case, blanks, punctuation.
pub(crate) fn key(name: &str) -> String {
    if name.is_ascii() {
        let kept = name.chars().filter(char::is_ascii_alphanumeric);
        let mut key = String::with_capacity(name.len());
        key.extend(kept.map(|char| char.to_ascii_lowercase()));
        return key; // nearly all columns, and much faster
    }
    name.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The columns of a table.
#[derive(Debug)]
pub(crate) struct Header {
    columns: Vec<Column>,
}

#[derive(Debug)]
struct Column {
    key: String,
    name: String,
}

/// One field that holds something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'t> {
    /// The column by its [`key`].
    pub(crate) key: &'t str,
    /// The column as the file writes it.
    pub(crate) name: &'t str,
    /// The text, without blanks around it.
    pub(crate) text: &'t str,
}

impl Header {
    /// How many columns it has.
    fn n_columns(&self) -> usize {
        self.columns.len()
    }

    /// The header of a row, when it has all the columns of one of the sets.
    pub(crate) fn of(record: &Record, needed: &[&[&str]]) -> Option<Self> {
        let columns: Vec<Column> =
            record.iter().map(|name| Column { key: key(name), name: name.trim().to_owned() }).collect();
        let has = |wanted: &&str| columns.iter().any(|column| column.key == **wanted);
        needed.iter().any(|set| set.iter().all(has)).then_some(Self { columns })
    }

    /// The fields of a row that hold something.
    pub(crate) fn fields<'t>(&'t self, record: &'t Record) -> impl Iterator<Item = Field<'t>> {
        record.iter().enumerate().filter_map(|(idx, text)| {
            let text = text.trim();
            let (key, name) = self.columns.get(idx).map_or(("", ""), |column| (&column.key, &column.name));
            (!text.is_empty()).then_some(Field { key, name, text })
        })
    }

    /// The text in the column of a key; `None` when it is empty.
    pub(crate) fn text<'t>(&'t self, record: &'t Record, key: &str) -> Option<&'t str> {
        let columns = self.columns.iter().enumerate().filter(|(_, column)| column.key == key);
        columns.filter_map(|(idx, _)| record.get(idx).map(str::trim)).find(|text| !text.is_empty())
    }
}

/// The header among the first rows, and the rows above it. `None` when there is none.
pub(crate) fn find_header(
    rows: &mut dyn Iterator<Item = Record>,
    needed: &[&[&str]],
) -> Option<(Vec<Record>, Header)> {
    let mut above = Vec::new();
    for row in rows.take(HEADER_ROWS_MAX) {
        if let Some(header) = Header::of(&row, needed) {
            return Some((above, header));
        }
        above.push(row);
    }
    None
}

/// The last row of a CSV: one that is shorter than the header, without a line end, is what a download that was cut off leaves.
#[derive(Debug, Default)]
pub(crate) struct End {
    /// How many fields it has; or why it is none.
    last: Option<Result<usize, RecordFault>>,
}

impl End {
    /// Takes note of a row; the last one counts.
    pub(crate) fn is_now(&mut self, record: &Result<Record, RecordError>) {
        self.last = Some(record.as_ref().map(Record::len).map_err(|error| error.reason));
    }

    /// Refuses a file that ends in the middle of a row.
    ///
    /// # Errors
    /// When it does.
    pub(crate) fn refuse_cut(&self, file: &SourceFile<'_>, header: &Header) -> Result<(), ReadError> {
        if file.bytes.ends_with(b"\n") {
            return Ok(());
        }
        let n_columns = header.n_columns();
        let reason = match self.last {
            Some(Ok(n)) if n < n_columns => format!("its last row has {n} of {n_columns} columns"),
            Some(Err(RecordFault::UnclosedQuote)) => "a quote in its last row is never closed".to_owned(),
            _ => return Ok(()),
        };
        Err(ReadError::Truncated { file: file.name.to_owned(), reason })
    }
}

/// Whether a CSV has such a header.
pub(crate) fn is_csv_with(bytes: &[u8], needed: &[&[&str]]) -> bool {
    let start = bytes.get(..bytes.len().min(START_BYTES)).unwrap_or_default();
    let start = crate::encoding::to_utf8(start);
    let mut rows = Records::new(&start, b',').filter_map(Result::ok);
    find_header(&mut rows, needed).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_ends_in_a_row_is_cut_off() {
        let is_cut = |text: &str| {
            let mut rows = Records::new(text.as_bytes(), b',');
            let found = find_header(&mut rows.by_ref().filter_map(Result::ok), &[&["id", "name"]]);
            let mut end = End::default();
            rows.for_each(|row| end.is_now(&row));
            let file = SourceFile { name: "x.csv", bytes: text.as_bytes() };
            end.refuse_cut(&file, &found.unwrap().1).is_err()
        };
        for whole in ["id,name,x\n1,a,b\n", "id,name,x\n1,a,b", "id,name,x\n1,a\n", "id,name\n"] {
            assert!(!is_cut(whole), "{whole:?}");
        }
        for cut in ["id,name,x\n1,a,b\n2,c", "id,name,x\n1,\"a", "id,name,x\n1,a,b\n2"] {
            assert!(is_cut(cut), "{cut:?}");
        }
    }

    #[test]
    fn headers_stand_below_other_rows() {
        let csv = b"Report Date: 1 May,\n\nUnique ID,Name 6,(note)\nA1, KIM ,,more\n";
        let mut rows = Records::new(csv, b',').flatten();
        let (above, header) = find_header(&mut rows, &[&["uniqueid", "name6"]]).unwrap();
        assert_eq!(above.len(), 1);
        let row = rows.next().unwrap();
        let fields: Vec<_> = header.fields(&row).map(|field| (field.name, field.text)).collect();
        assert_eq!(fields, [("Unique ID", "A1"), ("Name 6", "KIM"), ("", "more")]);
        assert_eq!(header.text(&row, "name6"), Some("KIM"));
        assert_eq!(header.text(&row, "note"), None);
        assert!(is_csv_with(csv, &[&["x"], &["note"]]) && !is_csv_with(csv, &[&["note", "name1"]]));
        assert!(!is_csv_with(b"", &[&["x"]]));
    }
}
