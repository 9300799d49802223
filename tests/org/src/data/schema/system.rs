//! The places of the fields that every object has.

/// `Id`.
pub const ID: usize = 0;
/// `IsDeleted`.
pub const IS_DELETED: usize = 1;
/// `CreatedDate`.
pub const CREATED_DATE: usize = 2;
/// `LastModifiedDate`.
pub const MODIFIED_DATE: usize = 4;
/// `LastModifiedById`.
pub const MODIFIED_BY: usize = 5;
/// `SystemModstamp`.
pub const MODSTAMP: usize = 6;
