//! The boundary: what JavaScript calls. A handle lives for one operation and holds nothing that must outlive it.

mod abort;
mod calls;
mod convert;
mod encode;
mod operation;
mod panic;
mod reader;

pub use encode::{CsvEncoder, CsvIntake, XmlEncoder, soql_object};
pub use operation::Operation;
pub use panic::on_panic;
pub use reader::Reader;
