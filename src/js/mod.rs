//! The boundary: what JavaScript calls. A handle lives for one operation and holds nothing that must outlive it.

mod abort;
mod convert;
mod encode;
mod operation;
mod panic;
mod reader;
mod v1;
mod v2;

pub use encode::{CsvEncoder, CsvIntake, XmlEncoder, soql_object};
pub use operation::Operation;
pub use panic::on_panic;
pub use reader::Reader;
