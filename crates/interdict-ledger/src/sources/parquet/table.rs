//! What does a row of a flat Parquet file say? The columns that are asked for, whatever type they are kept in, row by row.

use std::fs::{self, File};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{AsBytes, DataType};
use parquet::errors::ParquetError as Broken;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

use crate::accounts::LedgerFull;
use crate::outputs::store::branch::AnotherChain;
use crate::outputs::store::growing::Ungrown;
use crate::outputs::store::rewrite::Unwritten;
use crate::sources::SourceError;

/// Rows that are unpacked at once.
const ROWS: usize = 4_096;

/// Why Parquet files cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum ParquetError {
    /// Reading failed.
    #[error("{file}: {error}")]
    Io {
        /// Which file.
        file: String,
        /// What happened.
        error: std::io::Error,
    },
    /// A table is not there.
    #[error(
        "{folder}: no table `{table}`: no file {table}.parquet or {table}-….parquet and no folder {table}"
    )]
    NoTable {
        /// Where it was looked for.
        folder: String,
        /// Which table.
        table: &'static str,
    },
    /// It is no sound Parquet file.
    #[error("{file}: is no sound Parquet file: {reason}")]
    Damaged {
        /// Which file.
        file: String,
        /// What the reader says.
        reason: String,
    },
    /// A column is not there, or of a type that is not taken.
    #[error("{file}: column `{column}` {reason}")]
    Column {
        /// Which file.
        file: String,
        /// Which column.
        column: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// A row is not what it must be.
    #[error("{file}, row {row}: {reason}")]
    Row {
        /// Which file.
        file: String,
        /// The row, the first is 1.
        row: u64,
        /// What is wrong.
        reason: String,
    },
    /// The blocks are of another chain, or a gap is before them.
    #[error("{0}")]
    Blocks(String),
    /// They are of another chain than the one that is kept.
    #[error(transparent)]
    AnotherChain(#[from] AnotherChain),
    /// A transaction does not fit.
    #[error(transparent)]
    Ungrown(#[from] Ungrown),
    /// The chain that is kept cannot be cut back.
    #[error(transparent)]
    Unwritten(#[from] Unwritten),
    /// There are more rows than the bound, or than a ledger has numbers for.
    #[error(transparent)]
    TooMany(#[from] SourceError),
}

impl From<LedgerFull> for ParquetError {
    fn from(full: LedgerFull) -> Self {
        Self::TooMany(full.into())
    }
}

/// Something that is in the files and not taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// Which file.
    pub file: String,
    /// What was seen.
    pub text: String,
}

/// A value as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Null,
    Whole(i128),
    Text(String),
    Bytes(Vec<u8>),
    /// Not what its column says: not whole, not UTF-8, or beyond 128 bits.
    Unfit,
}

/// A column that is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub name: &'static str,
    pub is_required: bool,
}

/// The files of a table in a folder, in the order of their names.
pub(super) fn files_of(folder: &Path, table: &'static str) -> Result<Vec<PathBuf>, ParquetError> {
    let own = |path: &Path| {
        let stem = path.file_name()?.to_str()?.strip_suffix(".parquet")?;
        let rest = stem.strip_prefix(table)?;
        (rest.is_empty() || rest.starts_with(['-', '_', '.'])).then_some(())
    };
    let mut files = listed(folder)?;
    files.retain(|path| own(path).is_some() && path.is_file());
    let inner = folder.join(table);
    if inner.is_dir() {
        files.extend(
            listed(&inner)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "parquet")),
        );
    }
    files.sort();
    if files.is_empty() {
        return Err(ParquetError::NoTable { folder: folder.display().to_string(), table });
    }
    Ok(files)
}

/// Whether a folder has files of a table (`transfers`, `outputs`), so that they would be read as one with more of them.
pub fn has_table(folder: &Path, table: &'static str) -> bool {
    files_of(folder, table).is_ok()
}

fn listed(folder: &Path) -> Result<Vec<PathBuf>, ParquetError> {
    let error = |error| ParquetError::Io { file: folder.display().to_string(), error };
    fs::read_dir(folder).map_err(error)?.map(|entry| entry.map(|entry| entry.path()).map_err(error)).collect()
}

/// How the numbers of a column are to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Signed,
    Unsigned,
    /// In these parts of one.
    Scaled(i128),
    Text,
    Bytes,
    /// A decimal number in bytes.
    Digits(i128),
}

/// The rows of a table, file by file.
pub(super) struct Rows<const N: usize> {
    wanted: [Wanted; N],
    files: std::vec::IntoIter<PathBuf>,
    open: Option<Open>,
    batch: [std::vec::IntoIter<Cell>; N],
    row: u64,
    file: String,
    pub remarks: Vec<Remark>,
}

struct Open {
    reader: SerializedFileReader<File>,
    group: usize,
    /// Place and kind of each column that is asked for.
    places: Vec<Option<(usize, Kind, i16)>>,
    columns: Vec<Option<ColumnReader>>,
    left: usize,
}

/// Where a row is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct At {
    pub file: std::sync::Arc<str>,
    pub row: u64,
}

impl At {
    pub(super) fn wrong(&self, reason: impl Into<String>) -> ParquetError {
        ParquetError::Row { file: self.file.to_string(), row: self.row, reason: reason.into() }
    }
}

impl<const N: usize> Rows<N> {
    pub(super) fn new(files: Vec<PathBuf>, wanted: [Wanted; N]) -> Self {
        let batch = std::array::from_fn(|_| Vec::new().into_iter());
        let (files, remarks) = (files.into_iter(), Vec::new());
        Self { wanted, files, open: None, batch, row: 0, file: String::new(), remarks }
    }

    /// The next row; `None` after the last.
    pub(super) fn next(&mut self) -> Option<Result<(At, [Cell; N]), ParquetError>> {
        while self.batch.first().is_none_or(|column| column.len() == 0) {
            // The reader of the format is not ours; what it does with damaged bytes ends here whatever it is.
            match catch_unwind(AssertUnwindSafe(|| self.fill())) {
                Ok(Ok(true)) => {}
                Ok(Ok(false)) => return None,
                Ok(Err(error)) => return self.end(error),
                Err(_) => {
                    let error = self.damaged(&"its bytes do not fit each other");
                    return self.end(error);
                }
            }
        }
        self.row += 1;
        let cells = std::array::from_fn(|place| {
            self.batch.get_mut(place).and_then(Iterator::next).unwrap_or(Cell::Null)
        });
        Some(Ok((At { file: self.file.as_str().into(), row: self.row }, cells)))
    }

    fn end(&mut self, error: ParquetError) -> Option<Result<(At, [Cell; N]), ParquetError>> {
        self.open = None;
        self.files = Vec::new().into_iter();
        Some(Err(error))
    }

    fn damaged(&self, reason: &dyn ToString) -> ParquetError {
        ParquetError::Damaged { file: self.file.clone(), reason: reason.to_string() }
    }

    /// Unpacks the next rows. `false` after the last.
    fn fill(&mut self) -> Result<bool, ParquetError> {
        let Some(open) = &mut self.open else {
            let Some(path) = self.files.next() else { return Ok(false) };
            self.file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            self.row = 0;
            self.open = Some(self.opened(&path)?);
            return Ok(true);
        };
        let broken =
            |error: Broken| ParquetError::Damaged { file: self.file.clone(), reason: error.to_string() };
        if open.left == 0 {
            if open.group >= open.reader.num_row_groups() {
                self.open = None;
                return Ok(true);
            }
            let group = open.reader.get_row_group(open.group).map_err(broken)?;
            open.left = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
            open.columns = columns(group.as_ref(), &open.places).map_err(broken)?;
            open.group += 1;
            return Ok(true);
        }
        let rows = open.left.min(ROWS);
        for ((column, place), cells) in open.columns.iter_mut().zip(&open.places).zip(&mut self.batch) {
            let read = match (column, place) {
                (Some(column), Some((_, kind, levels))) => {
                    cells_of(column, *kind, *levels, rows).map_err(broken)?
                }
                _ => vec![Cell::Null; rows],
            };
            if read.len() != rows {
                return Err(broken(Broken::General("a column ends before its rows".to_owned())));
            }
            *cells = read.into_iter();
        }
        open.left -= rows;
        Ok(true)
    }

    fn opened(&mut self, path: &Path) -> Result<Open, ParquetError> {
        let file = File::open(path).map_err(|error| ParquetError::Io { file: self.file.clone(), error })?;
        let reader = SerializedFileReader::new(file).map_err(|error| self.damaged(&error))?;
        let schema = reader.metadata().file_metadata().schema_descr();
        let mut places = vec![None; N];
        for (at, column) in schema.columns().iter().enumerate() {
            let name = column.path().string();
            let place = self.wanted.iter().position(|wanted| wanted.name.eq_ignore_ascii_case(&name));
            let Some(slot) = place.and_then(|place| places.get_mut(place)) else {
                let text = format!("column `{name}` is not known and not taken");
                self.remarks.push(Remark { file: self.file.clone(), text });
                continue;
            };
            let kind = kind_of(column).map_err(|reason| ParquetError::Column {
                file: self.file.clone(),
                column: name,
                reason,
            })?;
            *slot = Some((at, kind, column.max_def_level()));
        }
        for (wanted, place) in self.wanted.iter().zip(&places) {
            if wanted.is_required && place.is_none() {
                let reason = "is not there";
                return Err(ParquetError::Column {
                    file: self.file.clone(),
                    column: wanted.name.to_owned(),
                    reason,
                });
            }
        }
        let columns = (0..N).map(|_| None).collect();
        Ok(Open { reader, group: 0, places, columns, left: 0 })
    }
}

fn columns(
    group: &dyn RowGroupReader,
    places: &[Option<(usize, Kind, i16)>],
) -> Result<Vec<Option<ColumnReader>>, Broken> {
    let reader =
        |place: &Option<(usize, Kind, i16)>| place.map(|(at, ..)| group.get_column_reader(at)).transpose();
    places.iter().map(reader).collect()
}

fn kind_of(column: &ColumnDescriptor) -> Result<Kind, &'static str> {
    use parquet::basic::Type;
    if column.max_rep_level() != 0 || column.max_def_level() > 1 {
        return Err("is nested; only flat tables are read");
    }
    let decimal = || {
        let scale = u32::try_from(column.type_scale()).ok().filter(|scale| *scale <= 38);
        scale.and_then(|scale| 10_i128.checked_pow(scale)).ok_or("has a scale that is not taken")
    };
    let is_decimal = column.converted_type() == ConvertedType::DECIMAL
        || matches!(column.logical_type_ref(), Some(LogicalType::Decimal(_)));
    let is_text = matches!(column.converted_type(), ConvertedType::UTF8 | ConvertedType::ENUM)
        || matches!(column.logical_type_ref(), Some(LogicalType::String | LogicalType::Enum));
    let time = match (column.logical_type_ref(), column.converted_type()) {
        (Some(LogicalType::Timestamp(time)), _) => Some(match time.unit {
            TimeUnit::MILLIS => 1_000,
            TimeUnit::MICROS => 1_000_000,
            TimeUnit::NANOS => 1_000_000_000,
        }),
        (_, ConvertedType::TIMESTAMP_MILLIS) => Some(1_000),
        (_, ConvertedType::TIMESTAMP_MICROS) => Some(1_000_000),
        _ => None,
    };
    let is_unsigned = matches!(
        column.converted_type(),
        ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64
    ) || matches!(column.logical_type_ref(), Some(LogicalType::Integer(whole)) if !whole.is_signed);
    match column.physical_type() {
        Type::INT32 | Type::INT64 if is_decimal => decimal().map(Kind::Scaled),
        // Fractions of a second are cut off.
        Type::INT64 if time.is_some() => Ok(Kind::Scaled(-time.unwrap_or(1))),
        Type::INT32 | Type::INT64 if is_unsigned => Ok(Kind::Unsigned),
        Type::INT32 | Type::INT64 => Ok(Kind::Signed),
        Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY if is_decimal => decimal().map(Kind::Digits),
        Type::BYTE_ARRAY if is_text => Ok(Kind::Text),
        Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY => Ok(Kind::Bytes),
        Type::FLOAT | Type::DOUBLE => Err("is a floating-point number, which is not exact"),
        Type::BOOLEAN | Type::INT96 => Err("has a type that is not taken"),
    }
}

fn cells_of(column: &mut ColumnReader, kind: Kind, levels: i16, rows: usize) -> Result<Vec<Cell>, Broken> {
    match column {
        ColumnReader::Int32ColumnReader(column) => read(column, levels, rows, |number: i32| {
            let bits = i64::from(number.cast_unsigned());
            whole(if kind == Kind::Unsigned { i128::from(bits) } else { i128::from(number) }, kind)
        }),
        ColumnReader::Int64ColumnReader(column) => read(column, levels, rows, |number: i64| {
            let bits = i128::from(number.cast_unsigned());
            whole(if kind == Kind::Unsigned { bits } else { i128::from(number) }, kind)
        }),
        ColumnReader::ByteArrayColumnReader(column) => {
            read(column, levels, rows, |bytes| from_bytes(bytes.as_bytes(), kind))
        }
        ColumnReader::FixedLenByteArrayColumnReader(column) => {
            read(column, levels, rows, |bytes| from_bytes(bytes.as_bytes(), kind))
        }
        _ => Err(Broken::General("a column has another type than the file says".to_owned())),
    }
}

fn read<T: DataType>(
    column: &mut ColumnReaderImpl<T>,
    levels: i16,
    rows: usize,
    cell: impl Fn(T::T) -> Cell,
) -> Result<Vec<Cell>, Broken> {
    let (mut values, mut defined, mut records) = (Vec::new(), Vec::new(), 0);
    while records < rows {
        let into = (levels > 0).then_some(&mut defined);
        let (read, ..) = column.read_records(rows - records, into, None, &mut values)?;
        if read == 0 {
            break;
        }
        records += read;
    }
    let mut values = values.into_iter();
    let mut next =
        || values.next().map(&cell).ok_or_else(|| Broken::General("values are missing".to_owned()));
    if levels > 0 {
        defined.iter().map(|level| if *level == 0 { Ok(Cell::Null) } else { next() }).collect()
    } else {
        (0..records).map(|_| next()).collect()
    }
}

/// A number in parts of one must be whole; a moment is cut to seconds.
fn whole(number: i128, kind: Kind) -> Cell {
    match kind {
        Kind::Scaled(parts) if parts < 0 => Cell::Whole(number.div_euclid(-parts)),
        Kind::Scaled(parts) | Kind::Digits(parts) if number % parts != 0 => Cell::Unfit,
        Kind::Scaled(parts) | Kind::Digits(parts) => Cell::Whole(number / parts),
        _ => Cell::Whole(number),
    }
}

fn from_bytes(bytes: &[u8], kind: Kind) -> Cell {
    match kind {
        Kind::Text => std::str::from_utf8(bytes).map_or(Cell::Unfit, |text| Cell::Text(text.to_owned())),
        Kind::Digits(parts) => digits(bytes, parts),
        _ => Cell::Bytes(bytes.to_vec()),
    }
}

/// A number in two's complement, the largest byte first. Beyond the signed numbers of 128 bits it is given as text.
fn digits(bytes: &[u8], parts: i128) -> Cell {
    let is_negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
    let filler = if is_negative { 0xff } else { 0 };
    let (front, bytes) = bytes.split_at(bytes.len().saturating_sub(16));
    if bytes.is_empty() || front.iter().any(|byte| *byte != filler) {
        return Cell::Unfit;
    }
    let start = if is_negative { u128::MAX } else { 0 };
    let bits = bytes.iter().fold(start, |number, byte| (number << 8) | u128::from(*byte));
    if (bits.cast_signed() < 0) == is_negative {
        whole(bits.cast_signed(), Kind::Digits(parts))
    } else if is_negative || parts != 1 {
        Cell::Unfit
    } else {
        Cell::Text(bits.to_string())
    }
}

/// What a file says of itself besides its rows: keys and values.
pub(super) fn said_in(path: &Path) -> Result<Vec<(String, String)>, ParquetError> {
    let reader = reader_of(path)?;
    let pairs = reader.metadata().file_metadata().key_value_metadata().into_iter().flatten();
    Ok(pairs.map(|pair| (pair.key.clone(), pair.value.clone().unwrap_or_default())).collect())
}

fn reader_of(path: &Path) -> Result<SerializedFileReader<File>, ParquetError> {
    let name = path.display().to_string();
    let open = File::open(path).map_err(|error| ParquetError::Io { file: name.clone(), error })?;
    let damaged = |reason: String| ParquetError::Damaged { file: name.clone(), reason };
    catch_unwind(AssertUnwindSafe(|| SerializedFileReader::new(open)))
        .map_err(|_| damaged("its bytes do not fit each other".to_owned()))?
        .map_err(|error| damaged(error.to_string()))
}

/// How many rows files have, as they say themselves.
pub(super) fn rows_in(files: &[PathBuf]) -> Result<u64, ParquetError> {
    let mut sum = 0_u64;
    for path in files {
        let reader = reader_of(path)?;
        let rows = u64::try_from(reader.metadata().file_metadata().num_rows()).unwrap_or(u64::MAX);
        sum = sum.saturating_add(rows);
    }
    Ok(sum)
}
