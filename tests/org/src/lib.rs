//! A Salesforce org to test against.
