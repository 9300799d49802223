//! The records of one body, in whichever format it is.

use super::outcome_row::OutcomeRow;
use super::plan::{CsvReading, Role, unrecognised};
use crate::csv::{Cells, CsvError, DecodeOptions, Decoder};
use crate::error::{Error, Kind, Place, Result};
use crate::json::{JsonError, ParseError, Slice, Splitter};
use crate::xml::{RecordDecoder, XmlError};

/// Some records.
#[derive(Debug)]
pub enum Chunk {
    /// Of CSV: cells, and the header where it is new.
    Cells(Option<Vec<String>>, Cells),
    /// Of JSON and XML: the text of a JSON array.
    Json(Slice),
    /// What became of rows.
    Outcomes(Vec<OutcomeRow>),
}

/// A body being read. The format is looked at, never assumed: `[` is JSON, `<` is XML, all else CSV.
pub enum Records {
    /// Nothing has come but white space.
    Unknown,
    /// Comma-separated.
    Csv(Box<Decoder>),
    /// An array of objects.
    Json(Splitter),
    /// Elements.
    Xml(RecordDecoder),
}

/// The format that a piece begins in; none where it is but white space, or a byte order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Json,
    Xml,
}

impl Format {
    /// Looks at the first bytes of a body.
    ///
    /// # Errors
    /// Where a body of this role cannot be in this format.
    pub fn of(piece: &[u8], role: Role) -> Result<Option<Format>> {
        let first = piece
            .iter()
            .find(|byte| !byte.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(byte));
        match first {
            None => Ok(None),
            Some(b'[') if role.is_any_format() => Ok(Some(Format::Json)),
            Some(b'<') if role.is_any_format() => Ok(Some(Format::Xml)),
            Some(b'[' | b'{' | b'<') => Err(unrecognised("it is JSON or a page of HTML")),
            Some(_) => Ok(Some(Format::Csv)),
        }
    }
}

impl Records {
    /// Reads a piece.
    pub fn push(&mut self, piece: &[u8], role: Role, csv: &CsvReading) -> Result<()> {
        if let Records::Unknown = self {
            *self = match Format::of(piece, role)? {
                None => return Ok(()),
                Some(Format::Csv) => Records::Csv(Box::new(decoder(role, csv))),
                Some(Format::Json) => Records::Json(Splitter::new()),
                Some(Format::Xml) => Records::Xml(RecordDecoder::new(role.record_kind())),
            };
        }
        match self {
            Records::Unknown => Ok(()),
            Records::Csv(decoder) => decoder.push(piece).map_err(Error::from),
            Records::Json(splitter) => splitter.push(piece).map_err(Error::from),
            Records::Xml(decoder) => decoder.push(piece).map_err(Error::from),
        }
    }

    /// Ends the body.
    ///
    /// # Errors
    /// Where it ends in the middle of a record.
    pub fn finish(&mut self) -> Result<()> {
        match self {
            Records::Unknown => Ok(()),
            Records::Csv(decoder) => decoder.finish().map_err(Error::from),
            Records::Json(splitter) => splitter.finish().map_err(Error::from),
            Records::Xml(decoder) => decoder.finish().map_err(Error::from),
        }
    }

    /// The whole records that have come since the last time.
    pub fn take(&mut self) -> Option<Chunk> {
        match self {
            Records::Unknown => None,
            Records::Csv(decoder) => decoder.take().map(|cells| Chunk::Cells(None, cells)),
            Records::Json(splitter) => splitter.take().map(Chunk::Json),
            Records::Xml(decoder) => decoder.take().map(Chunk::Json),
        }
    }

    /// The format, once it is known.
    pub(super) fn format(&self) -> Option<Format> {
        match self {
            Records::Unknown => None,
            Records::Csv(_) => Some(Format::Csv),
            Records::Json(_) => Some(Format::Json),
            Records::Xml(_) => Some(Format::Xml),
        }
    }

    /// The header, of CSV.
    pub fn header(&self) -> Option<&[String]> {
        match self {
            Records::Csv(decoder) => decoder.header(),
            _ => None,
        }
    }
}

fn decoder(role: Role, csv: &CsvReading) -> Decoder {
    Decoder::new(DecodeOptions {
        delimiter: csv.delimiter,
        ragged: role.ragged(),
        null: csv.null.clone(),
        fatal_utf8: csv.fatal_utf8,
        ..DecodeOptions::default()
    })
}

impl Chunk {
    /// How many records it holds.
    pub fn rows(&self) -> u64 {
        match self {
            Chunk::Cells(_, cells) => cells.rows() as u64,
            Chunk::Json(slice) => slice.records as u64,
            Chunk::Outcomes(rows) => rows.len() as u64,
        }
    }
}

impl From<CsvError> for Error {
    fn from(error: CsvError) -> Error {
        let column = (error.column > 0).then_some(error.column);
        let place = Place { row: Some(error.row), column, byte: Some(error.byte) };
        Error::describing(Kind::Csv(place), &error)
    }
}

impl From<JsonError> for Error {
    fn from(error: JsonError) -> Error {
        let place = Place { byte: Some(error.byte), ..Place::default() };
        Error::describing(Kind::Response(place), &error)
    }
}

impl From<ParseError> for Error {
    fn from(error: ParseError) -> Error {
        Error::describing(Kind::Response(Place::default()), &error)
    }
}

impl From<XmlError> for Error {
    fn from(error: XmlError) -> Error {
        let place = Place { row: error.record, byte: Some(error.byte), ..Place::default() };
        Error::describing(Kind::Response(place), &error)
    }
}
