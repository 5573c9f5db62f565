//! Which addresses are in a file? One a line, or the first column of a CSV; read line by line, so that memory does not grow with it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use interdict_core::limits::LINE_BYTES_MAX;

use crate::failure::Failure;

/// What separates the columns of a CSV. No address and no URI of one has any of them; `;` parameters stand behind the address.
const SEPARATORS: [char; 3] = [',', ';', '\t'];
/// Names of a first column that make the first line a header.
const HEADERS: [&str; 6] = ["address", "wallet", "wallet_address", "publickey", "account", "crypto_address"];

/// One row of the file.
pub(super) struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// The text of its address; else why there is none.
    pub text: Result<String, &'static str>,
}

/// The rows of a file or of standard input.
pub(super) struct Rows {
    path: PathBuf,
    source: Box<dyn BufRead>,
    line: u64,
}

impl Rows {
    /// Those of a path; `-` is standard input.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let source: Box<dyn BufRead> = if path.as_os_str() == "-" {
            Box::new(BufReader::new(io::stdin()))
        } else {
            let unreadable = |error| Failure::Unreadable { path: path.to_owned(), error };
            Box::new(BufReader::with_capacity(1 << 16, File::open(path).map_err(unreadable)?))
        };
        Ok(Self { path: path.to_owned(), source, line: 0 })
    }

    /// The next row; blank lines and a header are none.
    pub fn next_row(&mut self) -> Result<Option<Row>, Failure> {
        while let Some((bytes, is_whole)) = self.next_line()? {
            self.line += 1;
            let text = match (String::from_utf8(bytes), is_whole) {
                (_, false) => Err("the line is longer than LINE_BYTES_MAX"),
                (Err(_), true) => Err("the line is not UTF-8"),
                (Ok(text), true) => Ok(text),
            };
            let text = text.map(|text| {
                let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
                first_column(text).to_owned()
            });
            let is_header = self.line == 1
                && text.as_ref().is_ok_and(|text| HEADERS.contains(&text.to_ascii_lowercase().as_str()));
            if !is_header && text.as_ref().map_or(true, |text| !text.trim().is_empty()) {
                return Ok(Some(Row { line: self.line, text }));
            }
        }
        Ok(None)
    }

    /// The bytes of the next line, as many as fit, and whether they are all.
    fn next_line(&mut self) -> Result<Option<(Vec<u8>, bool)>, Failure> {
        let unreadable = |error| Failure::Unreadable { path: self.path.clone(), error };
        let mut bytes = Vec::new();
        let most = u64::try_from(LINE_BYTES_MAX).unwrap_or(u64::MAX);
        (&mut self.source).take(most).read_until(b'\n', &mut bytes).map_err(unreadable)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let is_whole = bytes.ends_with(b"\n") || bytes.len() < LINE_BYTES_MAX;
        if !is_whole {
            self.source.skip_until(b'\n').map_err(unreadable)?;
        }
        Ok(Some((bytes, is_whole)))
    }
}

/// What stands before the first separator, without the quotes of a CSV.
fn first_column(line: &str) -> &str {
    let line = line.trim_end_matches(['\r', '\n']);
    if let Some(rest) = line.trim_start().strip_prefix('"')
        && let Some((quoted, _)) = rest.split_once('"')
    {
        return quoted;
    }
    line.split(SEPARATORS).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_lines_or_first_columns() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows.csv");
        let text = "\u{feff}address;name\r\n1abc;x\r\n\r\n\"0xaa\",\"b\"\n\u{20}2def\t9\nlast";
        std::fs::write(&path, [text.as_bytes(), b"\n\xff\xfe\n"].concat()).unwrap();
        let mut rows = Rows::open(&path).unwrap();
        let mut told = Vec::new();
        while let Some(row) = rows.next_row().unwrap() {
            told.push(format!("{} {}", row.line, row.text.unwrap_or_else(|reason| reason.to_owned())));
        }
        assert_eq!(told, ["2 1abc", "4 0xaa", "5  2def", "6 last", "7 the line is not UTF-8"]);
    }

    #[test]
    fn a_line_without_end_takes_no_more_memory_than_its_bound() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long.txt");
        std::fs::write(&path, [vec![b'a'; LINE_BYTES_MAX * 2], b"\n1abc\n".to_vec()].concat()).unwrap();
        let mut rows = Rows::open(&path).unwrap();
        assert!(rows.next_row().unwrap().unwrap().text.is_err());
        let row = rows.next_row().unwrap().unwrap();
        assert_eq!((row.line, row.text.unwrap()), (2, "1abc".to_owned()));
    }
}
