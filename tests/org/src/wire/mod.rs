//! The formats on the wire: CSV, XML, JSON, and compression.

pub mod csv;
pub mod gzip;
pub mod time;
pub mod xml;
