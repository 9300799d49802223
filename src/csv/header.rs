//! The names of the columns, of CSV that is passed on or split.

use super::{CsvError, DecodeOptions, Decoder, Delimiter, Ragged};

/// The names in the first record of the data, which begins at `start`, behind a byte order mark if there was one. Nothing
/// else of it is looked at.
///
/// # Errors
/// As [`Decoder::push`] and [`Decoder::finish`].
pub fn header_names(
    data: &[u8],
    delimiter: Delimiter,
    start: u64,
) -> Result<Vec<String>, CsvError> {
    let options = DecodeOptions { delimiter, ragged: Ragged::Pad, ..DecodeOptions::default() };
    let mut decoder = Decoder::new(options);
    decoder.skip_mark();
    let read = decoder.push(data).and_then(|()| match decoder.header() {
        Some(_) => Ok(()),
        None => decoder.finish(),
    });
    read.map_err(|error| CsvError { byte: error.byte + start, ..error })?;
    Ok(decoder.header().unwrap_or_default().to_vec())
}
