//! Dates of the wire: XML and CSV write `Z`, JSON writes `+0000`.

use crate::data::datetime_text;

/// `2015-12-15T21:41:45.000Z`, as XML has it.
pub fn xml_time(millis: i64) -> String {
    datetime_text(millis)
}

/// `2015-12-15T20:45:25.000+0000`, as JSON has it: an offset without a colon.
pub fn json_time(millis: i64) -> String {
    let text = datetime_text(millis);
    format!("{}+0000", text.trim_end_matches('Z'))
}
