//! Requests and responses of signing in and of both APIs, as plain data: built and parsed, never sent.

pub mod arguments;
pub mod document;
pub mod fault;
pub mod info;
pub mod outcome;
pub mod request;
pub mod soap;
pub mod soql;
pub mod v1;
pub mod v2;
