//! Serves the org.
fn main() {}
