//! Apache Parquet: columns with their types, numbers as exact decimals, days as dates. Written a group of rows at a time, so
//! that memory stays flat.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as PhysicalType};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int32Type, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::Writer;
use crate::bi::catalogue::{COLUMNS, Column, Kind, PRECISION};
use crate::bi::cell::Cell;
use crate::bi::feed::Cells;
use crate::http::problem::Problem;

/// Rows in a group: as many as are kept in memory.
const GROUP: usize = 4096;

/// Bytes of a decimal of [`PRECISION`] digits.
const DECIMAL_BYTES: i32 = 12;

/// Where the file is written until it is sent.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Sink {
    fn taken(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The writer.
pub struct Parquet {
    sink: Sink,
    file: SerializedFileWriter<Sink>,
    waiting: Vec<Cells>,
}

impl Parquet {
    /// With the catalogue's columns.
    ///
    /// # Errors
    /// `internal_error` if the columns make no schema.
    pub fn new() -> Result<Self, Problem> {
        let sink = Sink::default();
        let fields: Result<Vec<_>, ParquetError> = COLUMNS.iter().map(|column| field(column).map(Arc::new)).collect();
        let schema = fields.and_then(|fields| Type::group_type_builder("observations").with_fields(fields).build());
        let schema = Arc::new(schema.map_err(Problem::internal)?);
        let properties = Arc::new(WriterProperties::builder().set_compression(Compression::SNAPPY).build());
        let file = SerializedFileWriter::new(sink.clone(), schema, properties).map_err(Problem::internal)?;
        Ok(Self { sink, file, waiting: Vec::new() })
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.waiting);
        let mut group = self.file.next_row_group()?;
        for (at, column) in COLUMNS.iter().enumerate() {
            let cells: Vec<&Cell> = rows.iter().map(|row| &row[at]).collect();
            write_column(&mut group, column, &cells)?;
        }
        group.close()?;
        Ok(())
    }
}

impl Writer for Parquet {
    fn begin(&mut self) -> Result<Vec<u8>, Problem> {
        Ok(self.sink.taken())
    }

    fn rows(&mut self, rows: &[Cells]) -> Result<Vec<u8>, Problem> {
        self.waiting.extend_from_slice(rows);
        if self.waiting.len() >= GROUP {
            self.write_group().map_err(Problem::internal)?;
        }
        Ok(self.sink.taken())
    }

    fn end(&mut self) -> Result<Vec<u8>, Problem> {
        self.write_group().map_err(Problem::internal)?;
        self.file.finish().map_err(Problem::internal)?;
        Ok(self.sink.taken())
    }
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let repetition = if column.nullable { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let (physical, logical) = match column.kind {
        Kind::Code | Kind::Text => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (PhysicalType::INT64, None),
        Kind::Decimal => {
            let (scale, precision) = (column.scale.cast_signed(), PRECISION.cast_signed());
            (PhysicalType::FIXED_LEN_BYTE_ARRAY, Some(LogicalType::decimal(scale, precision)))
        }
        Kind::Date => (PhysicalType::INT32, Some(LogicalType::Date)),
        Kind::Instant => (PhysicalType::INT64, Some(LogicalType::timestamp(true, TimeUnit::MICROS))),
        Kind::Boolean => (PhysicalType::BOOLEAN, None),
    };
    let mut field =
        Type::primitive_type_builder(column.name, physical).with_repetition(repetition).with_logical_type(logical);
    if column.kind == Kind::Decimal {
        field = field
            .with_length(DECIMAL_BYTES)
            .with_precision(PRECISION.cast_signed())
            .with_scale(column.scale.cast_signed());
    }
    field.build()
}

/// Writes the values that are there, and for each row whether one is.
fn write_column(
    group: &mut SerializedRowGroupWriter<'_, Sink>,
    column: &Column,
    cells: &[&Cell],
) -> Result<(), ParquetError> {
    let Some(mut writer) = group.next_column()? else {
        return Err(ParquetError::General(format!("no column {}", column.name)));
    };
    let there: Option<Vec<i16>> =
        column.nullable.then(|| cells.iter().map(|cell| i16::from(!cell.is_null())).collect());
    match column.kind {
        Kind::Code | Kind::Text => write::<ByteArrayType>(&mut writer, cells, there, text)?,
        Kind::Integer => write::<Int64Type>(&mut writer, cells, there, |cell| match cell {
            Cell::Integer(number) => Some(*number),
            _ => None,
        })?,
        Kind::Decimal => write::<FixedLenByteArrayType>(&mut writer, cells, there, |cell| decimal(cell, column.scale))?,
        Kind::Date => write::<Int32Type>(&mut writer, cells, there, |cell| match cell {
            // Days since 1970.
            Cell::Date(day) => day.to_epoch_days().into(),
            _ => None,
        })?,
        Kind::Instant => write::<Int64Type>(&mut writer, cells, there, |cell| match cell {
            Cell::Instant(instant) => Some(instant.timestamp_micros()),
            _ => None,
        })?,
        Kind::Boolean => write::<BoolType>(&mut writer, cells, there, |cell| match cell {
            Cell::Boolean(flag) => Some(*flag),
            _ => None,
        })?,
    }
    writer.close()
}

fn write<T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    cells: &[&Cell],
    there: Option<Vec<i16>>,
    value: impl Fn(&Cell) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let values: Vec<T::T> = cells.iter().filter_map(|cell| value(cell)).collect();
    writer.typed::<T>().write_batch(&values, there.as_deref(), None)?;
    Ok(())
}

fn text(cell: &Cell) -> Option<ByteArray> {
    match cell {
        Cell::Text(text) => Some(ByteArray::from(text.as_str())),
        _ => None,
    }
}

/// The number without its point, big-endian, in two's complement.
fn decimal(cell: &Cell, scale: u32) -> Option<FixedLenByteArray> {
    let Cell::Decimal(number) = cell else { return None };
    let mut scaled = *number;
    scaled.rescale(scale);
    let bytes = scaled.mantissa().to_be_bytes();
    let kept = bytes.len() - usize::try_from(DECIMAL_BYTES).unwrap_or_default();
    Some(FixedLenByteArray::from(bytes[kept..].to_vec()))
}
