//! Where things stand in bytes: what touches every byte, compiled for speed while all else is for size.
//!
//! Sixty-four bytes at a time become bit masks, and what follows is arithmetic on those. Nothing here is generic,
//! so that it is compiled in this crate, by this crate's settings. It knows the plain dialect of CSV and
//! says where that ends; whoever calls it knows the rest.

mod block;
mod cells;
mod json;
mod plain;
mod quote;
mod records;
mod text;

pub use cells::{CellIndex, CellOptions, Cells, Irregular, NULL};
pub use json::Nesting;
pub use quote::{Delimiters, write_rows};
pub use records::{Last, RecordEnd, RecordIndex, Unterminated};
pub use text::{Wide, blank_non_ascii, grow, utf16_len};
