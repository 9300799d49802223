//! JSON: documents as small trees, and whole records out of a byte stream, for the host's own parser.

mod deserialize;
mod error;
mod parse;
mod parse_error;
mod quote;
mod slice;
mod split;
mod surrogates;
mod value;

pub use deserialize::{MAX_DEPTH, MAX_VALUES};
pub use error::{JsonError, JsonErrorKind};
pub use parse::{parse, parse_elements};
pub use parse_error::{ParseError, ParseErrorKind};
pub(crate) use quote::quote;
pub use slice::Slice;
pub use split::Splitter;
pub use value::{Value, write_list};
