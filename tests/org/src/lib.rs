//! A Salesforce org to test against.

pub mod data;
