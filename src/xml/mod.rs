//! XML: the control documents of Bulk API 1.0 as small trees, and its records to and from JSON text.

mod element;
mod encode;
mod error;
mod escape;
mod lexer;
mod parse;
mod records;
mod tag;
mod to_json;
mod unescape;

pub use element::Element;
pub use encode::{RecordEncoder, RecordError, RecordErrorKind};
pub use error::{XmlError, XmlErrorKind};
pub use escape::escape;
pub use parse::{MAX_BYTES, MAX_NODES, parse};
pub use records::{RecordDecoder, RecordKind};
