//! Records on their way to `JSON.parse`.

/// Whole records as the text of one JSON array, to be parsed in one go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slice {
    /// `[…]`
    pub text: String,
    /// How many elements the array has.
    pub records: usize,
}
