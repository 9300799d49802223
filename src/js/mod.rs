//! The boundary: what JavaScript calls. A handle lives for one operation and holds nothing that must outlive it.

#[cfg(feature = "bench")]
mod bench;
mod call;
mod cells;
mod clients;
mod codec;
pub mod convert;
mod encode;
mod login;
mod operation;
mod panic;
mod reader;
mod run;
mod sources;
mod v1;
mod v2;

#[cfg(feature = "bench")]
pub use bench::JsonSplit;
pub use codec::{CsvReader, CsvSplitter};
pub use encode::{CsvEncoder, CsvIntake, XmlEncoder, soql_object};
pub use operation::Operation;
pub use panic::{abandon_instance, on_panic};
pub use reader::Reader;
