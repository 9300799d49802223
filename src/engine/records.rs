//! The records of one body, in whichever format it is.

use crate::csv::{Cells, CsvError, DecodeOptions, Decoder, Delimiter, Ragged};
use crate::error::{Code, Error, Result};
use crate::json::{JsonError, ParseError, Slice, Splitter};
use crate::xml::{RecordDecoder, RecordKind, XmlError};

/// Some records.
#[derive(Debug)]
pub enum Chunk {
    /// Of CSV: cells, and the header where it is new.
    Cells(Option<Vec<String>>, Cells),
    /// Of JSON and XML, and outcomes: the text of a JSON array.
    Json(Slice),
}

/// A body being read. The format is looked at, never assumed: `[` is JSON, `<` is XML, all else CSV.
pub enum Records {
    /// Nothing has come but white space.
    Unknown(Delimiter, RecordKind, Ragged),
    /// Comma-separated.
    Csv(Box<Decoder>),
    /// An array of objects.
    Json(Splitter),
    /// Elements.
    Xml(RecordDecoder),
}

impl Records {
    /// Nothing read yet.
    pub fn new(delimiter: Delimiter, kind: RecordKind, ragged: Ragged) -> Self {
        Records::Unknown(delimiter, kind, ragged)
    }

    /// Looks at a piece for the format, as long as that is unknown.
    pub fn look(&mut self, piece: &[u8]) {
        let Records::Unknown(delimiter, kind, ragged) = *self else { return };
        match piece.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'[') => *self = Records::Json(Splitter::new()),
            Some(b'<') => *self = Records::Xml(RecordDecoder::new(kind)),
            Some(_) => *self = Records::Csv(Box::new(decoder(delimiter, ragged))),
            None => {}
        }
    }

    /// Reads a piece.
    pub fn push(&mut self, piece: &[u8]) -> Result<()> {
        self.look(piece);
        match self {
            Records::Unknown(..) => Ok(()),
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
            Records::Unknown(..) => Ok(()),
            Records::Csv(decoder) => decoder.finish().map_err(Error::from),
            Records::Json(splitter) => splitter.finish().map_err(Error::from),
            Records::Xml(decoder) => decoder.finish().map_err(Error::from),
        }
    }

    /// The whole records that have come since the last time.
    pub fn take(&mut self) -> Option<Chunk> {
        match self {
            Records::Unknown(..) => None,
            Records::Csv(decoder) => decoder.take().map(|cells| Chunk::Cells(None, cells)),
            Records::Json(splitter) => splitter.take().map(Chunk::Json),
            Records::Xml(decoder) => decoder.take().map(Chunk::Json),
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

fn decoder(delimiter: Delimiter, ragged: Ragged) -> Decoder {
    Decoder::new(DecodeOptions { delimiter, ragged, ..DecodeOptions::default() })
}

impl Chunk {
    /// How many records it holds.
    pub fn rows(&self) -> u64 {
        match self {
            Chunk::Cells(_, cells) => cells.rows() as u64,
            Chunk::Json(slice) => slice.records as u64,
        }
    }
}

impl From<CsvError> for Error {
    fn from(error: CsvError) -> Error {
        let mut out = Error::told(Code::Csv, &error);
        out.row = Some(error.row);
        out.column = (error.column > 0).then_some(error.column);
        out.byte = Some(error.byte);
        out
    }
}

impl From<JsonError> for Error {
    fn from(error: JsonError) -> Error {
        unreadable(&error, error.byte)
    }
}

impl From<ParseError> for Error {
    fn from(error: ParseError) -> Error {
        Error::told(Code::Response, &error)
    }
}

impl From<XmlError> for Error {
    fn from(error: XmlError) -> Error {
        let mut out = unreadable(&error, error.byte);
        out.row = error.record;
        out
    }
}

fn unreadable(error: &dyn std::fmt::Display, byte: u64) -> Error {
    let mut out = Error::told(Code::Response, error);
    out.byte = Some(byte);
    out
}
