//! How is a chain written as Parquet? The same tables that are read, so that what is exported can be imported again.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int64Type};
use parquet::errors::ParquetError as Broken;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use crate::outputs::chain::Chain;
use crate::outputs::names::{Names, TxId, name};
use crate::outputs::store::printed;
use crate::outputs::{AddressId, NO_ADDRESS, Output, Tx};

/// Rows in a group.
const ROWS: usize = 256 << 10;

const BLOCKS: &str = "message blocks { required int64 height; required binary hash (UTF8); required binary previous_hash (UTF8);
    required int64 time; required binary work (UTF8); }";
const OUTPUTS: &str =
    "message outputs { required int64 block_height; required int64 tx_index; required binary tx_id (UTF8);
    required int64 output_index; required int64 value (UINT_64); optional binary address (UTF8); }";
const INPUTS: &str =
    "message inputs { required int64 block_height; required int64 tx_index; required binary tx_id (UTF8);
    required int64 input_index; required binary spent_tx_id (UTF8); required int64 spent_output_index; }";

/// Why a chain cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Writing failed.
    #[error("cannot be written: {0}")]
    Parquet(#[from] Broken),
    /// A name is not there.
    #[error("the names of the chain are damaged: {0} has none")]
    Nameless(String),
}

/// A column of a group of rows.
pub(super) enum Column {
    Whole(Vec<i64>),
    MaybeWhole(Vec<i64>, Vec<i16>),
    Text(Vec<ByteArray>),
    Maybe(Vec<ByteArray>, Vec<i16>),
}

impl Column {
    fn clear(&mut self) {
        match self {
            Self::Whole(values) => values.clear(),
            Self::Text(values) => values.clear(),
            Self::MaybeWhole(values, levels) => {
                values.clear();
                levels.clear();
            }
            Self::Maybe(values, levels) => {
                values.clear();
                levels.clear();
            }
        }
    }
}

/// A table that is being written.
pub(super) struct Table<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<Column>,
    rows: usize,
}

/// A value of a row.
pub(super) enum Value {
    Whole(u64),
    MaybeWhole(Option<i64>),
    Text(String),
    Maybe(Option<String>),
}

impl<W: Write + Send> Table<W> {
    fn new(to: W, schema: &str, columns: Vec<Column>) -> Result<Self, Broken> {
        Self::saying(to, schema, columns, Vec::new())
    }

    /// A table that says something of itself besides its rows.
    pub(super) fn saying(
        to: W,
        schema: &str,
        columns: Vec<Column>,
        said: Vec<KeyValue>,
    ) -> Result<Self, Broken> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
            .set_key_value_metadata((!said.is_empty()).then_some(said))
            .build();
        let schema = Arc::new(parse_message_type(schema)?);
        let writer = SerializedFileWriter::new(to, schema, Arc::new(properties))?;
        Ok(Self { writer, columns, rows: 0 })
    }

    pub(super) fn row<const N: usize>(&mut self, values: [Value; N]) -> Result<(), Broken> {
        for (column, value) in self.columns.iter_mut().zip(values) {
            match (column, value) {
                (Column::Whole(values), Value::Whole(value)) => values.push(value.cast_signed()),
                (Column::Text(values), Value::Text(text)) => values.push(text.into_bytes().into()),
                (Column::MaybeWhole(values, levels), Value::MaybeWhole(value)) => {
                    levels.push(i16::from(value.is_some()));
                    values.extend(value);
                }
                (Column::Maybe(values, levels), Value::Maybe(text)) => {
                    levels.push(i16::from(text.is_some()));
                    values.extend(text.map(|text| text.into_bytes().into()));
                }
                _ => return Err(Broken::General("a value is of another type than its column".to_owned())),
            }
        }
        self.rows += 1;
        if self.rows == ROWS { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Broken> {
        if self.rows > 0 {
            let mut group = self.writer.next_row_group()?;
            for column in &mut self.columns {
                match column {
                    Column::Whole(values) => put::<Int64Type, W>(&mut group, values, None)?,
                    Column::MaybeWhole(values, levels) => {
                        put::<Int64Type, W>(&mut group, values, Some(levels))?
                    }
                    Column::Text(values) => put::<ByteArrayType, W>(&mut group, values, None)?,
                    Column::Maybe(values, levels) => {
                        put::<ByteArrayType, W>(&mut group, values, Some(levels))?
                    }
                }
                column.clear();
            }
            group.close()?;
            self.rows = 0;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), Broken> {
        self.flush()?;
        self.writer.close().map(|_| ())
    }
}

fn put<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), Broken> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(values, levels, None)?;
        column.close()?;
    }
    Ok(())
}

pub(super) fn whole() -> Column {
    Column::Whole(Vec::new())
}

pub(super) fn text() -> Column {
    Column::Text(Vec::new())
}

/// Writes the tables `blocks`, `outputs` and `inputs`, each to its own place.
///
/// # Errors
/// When writing fails, or names are damaged.
pub fn export<W: Write + Send>(
    chain: &Chain,
    names: &[Names],
    [blocks, outputs, inputs]: [W; 3],
) -> Result<(), ExportError> {
    let mut blocks = Table::new(blocks, BLOCKS, vec![whole(), text(), text(), whole(), text()])?;
    let maybe = Column::Maybe(Vec::new(), Vec::new());
    let mut outputs = Table::new(outputs, OUTPUTS, vec![whole(), whole(), text(), whole(), whole(), maybe])?;
    let mut inputs = Table::new(inputs, INPUTS, vec![whole(), whole(), text(), whole(), text(), whole()])?;
    let mut reader = chain.reader();
    let mut spends = Vec::new();
    for (segment, own) in chain.segments().iter().zip(names) {
        let mut ends: Vec<Tx> = (1..segment.extent().blocks)
            .map_while(|place| segment.block(place).map(|block| block.first_tx))
            .collect();
        ends.push(segment.txs().end);
        for (place, end) in (0..).zip(ends) {
            let Some(block) = segment.block(place) else { break };
            let link =
                own.link(place).ok_or_else(|| ExportError::Nameless(format!("block {}", block.height)))?;
            blocks.row([
                Value::Whole(block.height),
                Value::Text(printed(&block.hash)),
                Value::Text(printed(&link.previous)),
                Value::Whole(block.time.cast_unsigned()),
                Value::Text(link.work.to_string()),
            ])?;
            for (tx_index, tx) in (0_u64..).zip(block.first_tx..end) {
                let extents = reader.transaction(tx);
                reader.inputs(&extents, &mut spends);
                let id = Value::Text;
                let own_id = printed(&id_of(names, tx)?);
                for (place, output) in (0_u64..).zip(extents.output_numbers()) {
                    outputs.row([
                        Value::Whole(block.height),
                        Value::Whole(tx_index),
                        id(own_id.clone()),
                        Value::Whole(place),
                        Value::Whole(reader.value(output)),
                        Value::Maybe(address_of(names, reader.address(output))?),
                    ])?;
                }
                for (place, spent) in (0_u64..).zip(&spends) {
                    let (spent, output) = spent_by(chain, names, *spent)?;
                    inputs.row([
                        Value::Whole(block.height),
                        Value::Whole(tx_index),
                        id(own_id.clone()),
                        Value::Whole(place),
                        id(printed(&spent)),
                        Value::Whole(output),
                    ])?;
                }
            }
        }
    }
    blocks.finish()?;
    outputs.finish()?;
    inputs.finish()?;
    Ok(())
}

fn id_of(names: &[Names], tx: Tx) -> Result<TxId, ExportError> {
    let at = names.partition_point(|names| names.txs().end <= tx);
    names
        .get(at)
        .and_then(|names| names.id(tx))
        .ok_or_else(|| ExportError::Nameless(format!("transaction {tx}")))
}

fn address_of(names: &[Names], address: AddressId) -> Result<Option<String>, ExportError> {
    if address == NO_ADDRESS {
        return Ok(None);
    }
    let at = names.partition_point(|names| names.addresses().end <= address);
    let key = names.get(at).and_then(|names| names.key(address));
    key.map(|key| Some(name::text_of(key))).ok_or_else(|| ExportError::Nameless(format!("address {address}")))
}

/// The transaction that made an output, and the place of the output in it.
fn spent_by(chain: &Chain, names: &[Names], output: Output) -> Result<(TxId, u64), ExportError> {
    let nameless = || ExportError::Nameless(format!("output {output}"));
    let tx = chain.creator(output).ok_or_else(nameless)?;
    let first = first_output(chain, tx).ok_or_else(nameless)?;
    Ok((id_of(names, tx)?, output.saturating_sub(first)))
}

fn first_output(chain: &Chain, tx: Tx) -> Option<Output> {
    Some(chain.reader().transaction(tx).first_output)
}
