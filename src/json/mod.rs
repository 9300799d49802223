//! The JSON record dialect: whole records out of a byte stream, for the host's own parser.

mod error;
mod parse;
mod quote;
mod slice;
mod split;
mod value;

pub use error::{JsonError, JsonErrorKind};
pub use parse::parse;
pub(crate) use quote::quote;
pub use slice::Slice;
pub use split::Splitter;
pub use value::{Value, write_list};
