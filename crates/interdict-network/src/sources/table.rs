//! What does a table of holdings say? A CSV with a header, one holding a row: who holds how much of whom.
//!
//! Rows without quotes are taken apart in place, as such tables have millions of them; those with quotes go through the reader of
//! delimited lists, with the same bounds. Columns may stand in any order ([`Column`]); one that is not known refuses the file, as a
//! misspelt `percent` would make every share unknown.

mod columns;
mod parties;
mod shares;

use interdict_core::date::PartialDate;
use interdict_core::limits;
use interdict_lists::delimited::{self, Records};

use super::account::{Place, Tally};
use super::{Account, Origin, SourceError, clip, composed, forms, span};
use crate::interest::{InterestKind, Span, Terms};
use crate::network::{Builder, NetworkError, PartyId, Record};
use crate::share::ShareRange;
use columns::{COLUMNS, Header};
use parties::Sides;
use shares::Shares;

pub use columns::Column;

/// What a record of the account is.
const ROW: &str = "holding";

/// Takes the holdings of a table into a network.
///
/// # Errors
/// When the header lacks owner or asset or has an unknown column, there are more rows than the bound, or the network is full.
pub fn read<'f>(builder: &mut Builder, origin: Origin<'f>, bytes: &'f [u8]) -> Result<Account, SourceError> {
    let delimiter = delimited::delimiter(bytes);
    let mut records = Records::new(bytes, delimiter);
    let wrong = |reason: String| SourceError::WrongForm { file: origin.file.to_owned(), reason };
    if let Some(reason) = forms::no_text(bytes) {
        return Err(wrong(reason));
    }
    let header = records.next().ok_or_else(|| wrong("the table is empty; it needs a header".to_owned()))?;
    let header = header.map_err(|error| wrong(format!("the header cannot be read: {error}")))?;
    let header = Header::new(&header).map_err(wrong)?;
    let (offset, line) = (records.offset(), lines_in(bytes, records.offset()) + 1);
    let sides = Sides::new(&header);
    let shares = Shares::default();
    let unfit_before = builder.unfit_values();
    let mut rows = Rows {
        records,
        builder,
        origin,
        tally: Tally::new(origin),
        header,
        sides,
        shares,
        last: None,
        read: 0,
        lost: 0,
    };
    rows.all(bytes, delimiter, offset, line)?;
    let (read, lost) = (rows.read, rows.lost);
    let row = rows.tally.row(ROW);
    (row.read, row.taken) = (read, read - lost);
    rows.tally.interests(read - lost);
    rows.shares.finish(&mut rows.tally);
    rows.tally.unfit(rows.builder.unfit_values() - unfit_before);
    Ok(rows.tally.finish())
}

fn lines_in(bytes: &[u8], end: usize) -> u64 {
    memchr::memchr_iter(b'\n', bytes.get(..end).unwrap_or_default()).count() as u64
}

struct Rows<'a, 'f> {
    /// Reads the rows with quotes.
    records: Records<'f>,
    builder: &'a mut Builder,
    origin: Origin<'f>,
    tally: Tally,
    header: Header,
    sides: Sides,
    shares: Shares,
    /// The row before: tables often go on with the same owner.
    last: Option<(String, PartyId)>,
    read: u64,
    lost: u64,
}

/// The fields of a row by column; empty where the table has none.
type Fields<'r> = [&'r str; COLUMNS];

impl Rows<'_, '_> {
    fn all(&mut self, bytes: &[u8], delimiter: u8, from: usize, line: u64) -> Result<(), SourceError> {
        let (mut offset, mut number) = (from, line);
        while let Some(rest) = bytes.get(offset..).filter(|rest| !rest.is_empty()) {
            let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let text = rest.get(..len).unwrap_or_default();
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            if memchr::memchr(b'"', text).is_some() {
                (offset, number) = self.quoted(bytes, offset, number)?;
                continue;
            }
            if !text.is_empty() {
                self.plain(text, delimiter, number)?;
            }
            offset += len + 1;
            number += 1;
        }
        Ok(())
    }

    /// Counts a row.
    fn count(&mut self) -> Result<(), SourceError> {
        self.read += 1;
        self.tally.check(self.read)
    }

    fn lose(&mut self, line: u64, kind: &str, reason: impl Into<String>) {
        self.lost += 1;
        self.tally.lose(ROW, Place::line(line), kind, reason);
    }

    /// A row without quotes: what stands between the delimiters.
    fn plain(&mut self, text: &[u8], delimiter: u8, line: u64) -> Result<(), SourceError> {
        self.count()?;
        if text.len() > limits::LINE_BYTES_MAX {
            self.lose(
                line,
                "record_too_long",
                format!("the row is longer than {} bytes", limits::LINE_BYTES_MAX),
            );
            return Ok(());
        }
        let Ok(text) = std::str::from_utf8(text) else {
            self.lose(line, "not_utf8", "the row is not UTF-8");
            return Ok(());
        };
        let mut fields = [""; COLUMNS];
        let columns = &self.header.columns;
        let (mut n, mut start) = (0, 0);
        // The end of the text ends the last field as a delimiter would.
        for end in
            (0..text.len()).filter(|&at| text.as_bytes().get(at) == Some(&delimiter)).chain([text.len()])
        {
            if let (Some(&column), Some(field)) = (columns.get(n), text.get(start..end)) {
                fields[column as usize] = field.trim();
            }
            (n, start) = (n + 1, end + 1);
        }
        self.row(n, &fields, line)
    }

    /// A row with quotes, which may go over several lines; where the next begins.
    fn quoted(&mut self, bytes: &[u8], offset: usize, line: u64) -> Result<(usize, u64), SourceError> {
        self.count()?;
        self.records.go_to(offset, line);
        match self.records.next() {
            Some(Ok(record)) => {
                let mut fields = [""; COLUMNS];
                for (column, field) in self.header.columns.iter().zip(record.iter()) {
                    fields[*column as usize] = field.trim();
                }
                self.row(record.len(), &fields, line)?;
            }
            Some(Err(error)) => self.lose(line, error.reason.kind(), error.to_string()),
            None => self.lose(line, "no_record", "there is no record here"),
        }
        let next = self.records.offset().max(offset + 1);
        let lines = memchr::memchr_iter(b'\n', bytes.get(offset..next).unwrap_or_default()).count() as u64;
        Ok((next, line + lines))
    }

    fn row(&mut self, n: usize, fields: &Fields<'_>, line: u64) -> Result<(), SourceError> {
        let columns = self.header.columns.len();
        if n > columns {
            // The fields may have moved: a decimal comma makes two of one.
            self.lose(line, "too_many_fields", format!("the row has {n} fields and the header {columns}"));
            return Ok(());
        }
        let [owner, asset] = [fields[Column::Owner as usize], fields[Column::Asset as usize]];
        if owner.is_empty() || asset.is_empty() {
            self.lose(line, "missing_end", "the row names no owner or no asset");
            return Ok(());
        }
        if owner.len() > limits::FIELD_BYTES_MAX || asset.len() > limits::FIELD_BYTES_MAX {
            self.lose(
                line,
                "value_too_long",
                format!("an id is longer than {} bytes", limits::FIELD_BYTES_MAX),
            );
            return Ok(());
        }
        if n < columns {
            self.tally.note(
                Place::line(line),
                "short_row",
                format!("the row has {n} fields and the header {columns}"),
            );
        }
        let (owner, asset) = (composed(owner), composed(asset));
        let mut fields = *fields;
        fields[Column::Owner as usize] = &owner;
        fields[Column::Asset as usize] = &asset;
        let fields = &fields;
        let holder = self.owner(&owner)?;
        let asset = self.builder.party(&asset)?;
        let terms = self.terms(fields, line)?;
        if self.sides.are_described {
            self.sides.describe(self.builder, fields, &mut self.tally, line)?;
        }
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        self.builder.add(holder, asset, terms, Record::Line(line))?;
        Ok(())
    }

    fn owner(&mut self, owner: &str) -> Result<PartyId, NetworkError> {
        if let Some((id, party)) = &self.last
            && id == owner
        {
            return Ok(*party);
        }
        let party = self.builder.party(owner)?;
        match &mut self.last {
            Some((id, known)) => {
                id.clear();
                id.push_str(owner);
                *known = party;
            }
            None => self.last = Some((owner.to_owned(), party)),
        }
        Ok(party)
    }

    fn terms(&mut self, fields: &Fields<'_>, line: u64) -> Result<Terms, NetworkError> {
        let text = |column: Column| fields[column as usize];
        let kind = match text(Column::Kind) {
            "" => InterestKind::Shares,
            word => {
                columns::kind(word).unwrap_or_else(|| self.unknown_kind(word, text(Column::Percent), line))
            }
        };
        let mut share = self.shares.read(text(Column::Percent), &mut self.tally, line);
        if !kind.has_share() && kind != InterestKind::OwnsOrControls && share != ShareRange::UNKNOWN {
            let reason = format!("a share of what is not counted ({}) is left out", kind.name());
            self.tally.note(Place::line(line), "share_not_counted", reason);
            share = ShareRange::UNKNOWN;
        }
        let mut terms = Terms::new(kind, share, self.origin.source);
        if self.header.has_terms {
            terms.span = self.span(text(Column::Start), text(Column::End), line);
            terms.words = self.builder.text(text(Column::Words))?;
            terms.url = self.builder.text(text(Column::SourceUrl))?;
            if !text(Column::Joint).is_empty() {
                // Another table's arrangement of that name is another one.
                let joint = composed(text(Column::Joint)).to_lowercase();
                let name = format!("joint {} {joint}", self.origin.source.0);
                terms.joint = self.builder.text(&name)?;
            }
        }
        Ok(terms)
    }

    /// What a word is that nobody knows: with a percentage it is of owning or controlling, otherwise a tie.
    fn unknown_kind(&mut self, word: &str, percent: &str, line: u64) -> InterestKind {
        let (kind, as_what) = if percent.is_empty() {
            (InterestKind::Other, "a tie of another kind")
        } else {
            (InterestKind::OwnsOrControls, "ownership or control, and not said which")
        };
        let known = columns::known_kinds();
        let reason =
            format!("the kind {:?} is not known; the row is {as_what} (kinds are: {known})", clip(word));
        self.tally.value_lost(Place::line(line), "unknown_kind", reason);
        kind
    }

    fn span(&mut self, start: &str, end: &str, line: u64) -> Span {
        let mut date = |column: &str, text: &str| match text.parse::<PartialDate>() {
            _ if text.is_empty() => None,
            Ok(date) => Some(date),
            Err(error) => {
                let reason = format!("{column} {:?}: {error}; it may be any day", clip(text));
                self.tally.value_lost(Place::line(line), "bad_date", reason);
                span::some_day()
            }
        };
        let (from, until) = (date("start", start), date("end", end));
        span::span(from, until).unwrap_or_else(|| {
            self.tally.value_lost(
                Place::line(line),
                "backwards",
                "it ends before it begins; both dates are left out",
            );
            Span::default()
        })
    }
}
