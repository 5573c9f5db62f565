//! The records of a CSV file, bounded. A record that cannot be read is an error of its own, and reading goes on at the
//! line behind its first, so that one unclosed quote does not swallow the rest of the file.

use interdict_core::limits;

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The line it starts on, counted from 1.
    pub line: u64,
    text: String,
    ends: Vec<usize>,
}

impl Record {
    /// A record of fields that come from elsewhere than a CSV.
    pub(crate) fn of<'f>(line: u64, fields: impl IntoIterator<Item = &'f str>) -> Self {
        let (mut text, mut ends) = (String::new(), Vec::new());
        for field in fields {
            text.push_str(field);
            ends.push(text.len());
        }
        Self { line, text, ends }
    }

    /// How many fields it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has no field.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The field at a position, counted from 0, as it stands in the file (blanks are kept, quotes are taken off).
    pub fn get(&self, idx: usize) -> Option<&str> {
        let end = *self.ends.get(idx)?;
        let start = idx.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }

    /// All fields in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|idx| self.get(idx))
    }
}

/// A record that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct RecordError {
    /// The line it starts on, counted from 1.
    pub line: u64,
    /// What is wrong.
    pub reason: RecordFault,
}

/// What is wrong with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    /// Longer than the bound.
    #[error("the record is longer than {} bytes", limits::LINE_BYTES_MAX)]
    TooLong,
    /// It has more fields than the bound.
    #[error("the record has more than {} fields", limits::FIELDS_PER_RECORD_MAX)]
    TooManyFields,
    /// A quote is opened and never closed.
    #[error("a quote is opened and never closed")]
    UnclosedQuote,
    /// A field is not UTF-8.
    #[error("the record is not UTF-8")]
    NotUtf8,
}

impl RecordFault {
    /// The stable name of the kind of issue.
    pub fn kind(self) -> &'static str {
        match self {
            Self::TooLong => "record_too_long",
            Self::TooManyFields => "too_many_fields",
            Self::UnclosedQuote => "unclosed_quote",
            Self::NotUtf8 => "not_utf8",
        }
    }
}

/// The records of a CSV file: fields between `delimiter`, in double quotes where needed. Blank lines are passed over, and
/// so is a byte order mark.
#[derive(Debug)]
pub struct Records<'a> {
    bytes: &'a [u8],
    reader: csv_core::Reader,
    offset: usize,
    line: u64,
    start: (usize, u64),
    output: Vec<u8>,
    ends: Vec<usize>,
}

impl<'a> Records<'a> {
    /// The records of these bytes.
    ///
    /// # Example
    /// ```
    /// use interdict_lists::delimited::Records;
    /// let records: Vec<_> = Records::new(b"id,name\n1,\"KIM, Sang Man\"\n", b',').flatten().collect();
    /// assert_eq!(records[1].get(1), Some("KIM, Sang Man"));
    /// assert_eq!(records[1].line, 2);
    /// ```
    pub fn new(bytes: &'a [u8], delimiter: u8) -> Self {
        let offset = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let output = vec![0; 8 << 10];
        let ends = vec![0; limits::FIELDS_PER_RECORD_MAX + 1];
        let reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        Self { bytes, reader, offset, line: 1, start: (offset, 1), output, ends }
    }

    /// Goes back to the line behind the first line of the record last read: for a caller that finds that the record
    /// has swallowed its neighbors.
    pub fn resume_behind_first_line(&mut self) {
        let (start, line) = self.start;
        let rest = self.bytes.get(start..).unwrap_or_default();
        self.offset = memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |end| start + end + 1);
        self.line = line + 1;
    }

    /// How many bytes of the file were read so far.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Goes on at another place: the offset that [`Records::offset`] gave before a record, and the line there.
    pub fn go_to(&mut self, offset: usize, line: u64) {
        (self.offset, self.line, self.start) = (offset.min(self.bytes.len()), line, (offset, line));
    }

    fn skip_blank_lines(&mut self) {
        while let Some(&byte) = self.bytes.get(self.offset) {
            match byte {
                b'\n' => self.line += 1,
                b'\r' => {}
                _ => break,
            }
            self.offset += 1;
        }
        self.start = (self.offset, self.line);
    }

    /// Reads one record into the buffers; the number of bytes and of fields.
    fn fill(&mut self) -> Result<(usize, usize), RecordFault> {
        self.reader.reset();
        let (mut written, mut n_ends, mut at) = (0, 0, self.offset);
        loop {
            let input = &self.bytes[at..];
            let (result, read, n_bytes, n_fields) =
                self.reader.read_record(input, &mut self.output[written..], &mut self.ends[n_ends..]);
            at += read;
            written += n_bytes;
            n_ends += n_fields;
            if at - self.offset > limits::LINE_BYTES_MAX {
                return Err(RecordFault::TooLong);
            }
            match result {
                csv_core::ReadRecordResult::Record | csv_core::ReadRecordResult::End => break,
                csv_core::ReadRecordResult::InputEmpty => {} // the next call, with no input, ends the record
                csv_core::ReadRecordResult::OutputEndsFull => return Err(RecordFault::TooManyFields),
                csv_core::ReadRecordResult::OutputFull => {
                    if self.output.len() > limits::LINE_BYTES_MAX {
                        return Err(RecordFault::TooLong);
                    }
                    self.output.resize(self.output.len() * 2, 0);
                }
            }
        }
        let raw = &self.bytes[self.offset..at];
        if at == self.bytes.len() && memchr::memchr_iter(b'"', raw).count() % 2 == 1 {
            return Err(RecordFault::UnclosedQuote);
        }
        self.line += memchr::memchr_iter(b'\n', raw).count() as u64;
        self.offset = at;
        Ok((written, n_ends))
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.skip_blank_lines();
        if self.offset >= self.bytes.len() {
            return None;
        }
        let line = self.line;
        let fault = match self.fill() {
            Ok((n_bytes, n_ends)) => match std::str::from_utf8(&self.output[..n_bytes]) {
                // A letter must not have its first byte in one field and its second in the next.
                Ok(text) if self.ends[..n_ends].iter().all(|&end| text.is_char_boundary(end)) => {
                    let record = Record { line, text: text.to_owned(), ends: self.ends[..n_ends].to_vec() };
                    return Some(Ok(record));
                }
                _ => RecordFault::NotUtf8,
            },
            Err(fault) => {
                self.resume_behind_first_line();
                fault
            }
        };
        Some(Err(RecordError { line, reason: fault }))
    }
}

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The delimiter that comes most often in the first line, outside of quotes; the comma when none does.
pub fn delimiter(bytes: &[u8]) -> u8 {
    let bytes = bytes.get(..bytes.len().min(limits::FIELD_BYTES_MAX)).unwrap_or_default().trim_ascii_start();
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in line {
        quoted ^= *byte == b'"';
        let at = DELIMITERS.iter().position(|delimiter| delimiter == byte && !quoted);
        if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    DELIMITERS
        .into_iter()
        .zip(counts)
        .find(|(_, count)| *count == most)
        .map_or(b',', |(delimiter, _)| delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(bytes: &[u8]) -> Vec<Result<Vec<String>, (u64, RecordFault)>> {
        Records::new(bytes, b',')
            .map(|record| match record {
                Ok(record) => Ok(record.iter().map(str::to_owned).collect()),
                Err(error) => Err((error.line, error.reason)),
            })
            .collect()
    }

    fn row(fields: &[&str]) -> Result<Vec<String>, (u64, RecordFault)> {
        Ok(fields.iter().map(|&field| field.to_owned()).collect())
    }

    #[test]
    fn quotes_lines_and_blank_lines() {
        assert_eq!(
            all(b"\xef\xbb\xbfa,\"b, \"\"c\"\"\"\r\n\r\n\"two\nlines\",-0- \n1"),
            [row(&["a", "b, \"c\""]), row(&["two\nlines", "-0- "]), row(&["1"])]
        );
        assert_eq!(all(b""), []);
    }

    #[test]
    fn an_unclosed_quote_costs_one_line() {
        assert_eq!(
            all(b"a,\"b\nc,d\ne,f"),
            [Err((1, RecordFault::UnclosedQuote)), row(&["c", "d"]), row(&["e", "f"])]
        );
    }

    #[test]
    fn bounds() {
        let mut bytes = vec![b'x'; limits::LINE_BYTES_MAX + 10];
        bytes.extend(b"\n1,2\n");
        bytes.extend(vec![b','; limits::FIELDS_PER_RECORD_MAX + 10]);
        bytes.extend(b"\n\xff,b\n3,4\n");
        assert_eq!(
            all(&bytes),
            [
                Err((1, RecordFault::TooLong)),
                row(&["1", "2"]),
                Err((3, RecordFault::TooManyFields)),
                Err((4, RecordFault::NotUtf8)),
                row(&["3", "4"]),
            ]
        );
    }

    #[test]
    fn a_letter_over_two_fields_is_not_utf8() {
        assert_eq!(all(b"\xc3,\xa4\n1,2\n"), [Err((1, RecordFault::NotUtf8)), row(&["1", "2"])]);
    }

    proptest! {
        #[test]
        fn ends_and_never_panics(bytes in prop::collection::vec(prop::sample::select(b"\",\n\ra\xc3\xa4".to_vec()), 0..60)) {
            let n = Records::new(&bytes, b',').count();
            prop_assert!(n <= bytes.len());
        }
    }
}
