//! The boundary: what JavaScript calls. A handle lives for one operation and holds nothing that must outlive it.

mod abort;
#[cfg(feature = "bench")]
mod bench;
mod calls;
mod cells;
mod codec;
pub mod convert;
mod encode;
mod operation;
mod panic;
mod reader;

#[cfg(feature = "bench")]
pub use bench::JsonSplit;
pub use codec::{CsvReader, CsvSplitter};
pub use encode::{CsvEncoder, CsvIntake, XmlEncoder, soql_object};
pub use operation::Operation;
pub use panic::on_panic;
pub use reader::Reader;
