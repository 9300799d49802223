//! CSV: bytes to records and records to bytes, chunk by chunk. No JavaScript types, no I/O.
//!
//! [`Decoder`] reads what Salesforce sends, [`Encoder`] writes what it is to receive, [`Intake`] passes CSV that already
//! exists through to the server, counted and with one kind of record end, and [`Splitter`] cuts it into parts.

mod bom;
mod cells;
mod decode;
mod delimiter;
mod dialect;
mod encode;
mod error;
mod general;
mod header;
mod intake;
mod line_ending;
mod pass;
mod sniff;
mod split;

pub use cells::Cells;
pub use decode::{DecodeOptions, Decoder, Ragged};
pub use delimiter::Delimiter;
pub use dialect::Dialect;
pub use encode::{EncodeError, Encoder};
use error::Latch;
pub use error::{CsvError, CsvErrorKind};
pub use header::header_names;
pub use intake::{Intake, IntakeOptions, Summary};
pub use line_ending::LineEnding;
pub use split::{Limits, Splitter};
