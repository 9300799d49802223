//! The JSON record dialect: whole records out of a byte stream, for the host's own parser.

mod error;
mod quote;
mod slice;
mod split;

pub use error::{JsonError, JsonErrorKind};
pub(crate) use quote::quote;
pub use slice::Slice;
pub use split::Splitter;
